"""The community's terms, and the slips of spelling: told where they are sure, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.french.spelling import near_words, unknown_words
from tests.contents import article, load_files, text, warnings

TERMS = """\
termes:
  - ecrire: webinaire
    au_lieu_de: [webinar, web conférence]
    pourquoi: C'est le mot de l'agenda.
  - ecrire: Dextera
    au_lieu_de: Dextéra
mots: [tiroirthèque]
"""
QUOTED = "/// citation\n    auteur: A. Exemple\n\nUn webinar.\n///"
WEBINAR = "écrivez « webinaire ». C’est le mot de l’agenda."


def told(tmp_path: Path, body: str, header: str = "", titre: str = "Essai") -> list[str]:
    files = {"donnees/termes.yaml": TERMS, "articles/a.md": article(header, body, titre)}
    found = warnings(load_files(tmp_path, files))
    return [fault.removeprefix("content/articles/a.md:") for fault in found]


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        (
            "Un webinar, puis un *web\nconférence*.",
            [("6:4", "webinar"), ("6:22", "web conférence")],
        ),
        ("Webinar ou webinar.", [("6:1", "Webinar"), ("6:12", "webinar")]),
        ("Webinars, WEBINAR, mon-webinar, un webinaire.", []),
        ("Chez Dextéra, pas chez dextéra.", [("6:6", "Dextéra")]),
        (
            "Le code `webinar`, l’adresse <https://a.fr/webinar> et [elle](https://a.fr/webinar).",
            [],
        ),
        ("On n’écrit plus « webinar ».\n\n> Un webinar, disait-il.", []),
        ("Un webinar, pas « webinar » ni [lui](webinar).", [("6:4", "webinar")]),
        (
            f"/// encart\n    titre: Un webinar\n\nTexte.\n///\n\n{QUOTED}",
            [("7:15", "webinar")],
        ),
    ],
)
def test_terms(tmp_path: Path, body: str, faults: list[tuple[str, str]]) -> None:
    right = {"Dextéra": "écrivez « Dextera »."}
    body = body.replace("(webinar)", "(https://a.fr/webinar)")
    assert told(tmp_path, body) == [
        f"{place} · texte : « {form} » : {right.get(form, WEBINAR)}" for place, form in faults
    ]


def test_terms_in_a_header(tmp_path: Path) -> None:
    found = told(tmp_path, "Texte.", "auteurs: [webinar]\nslug: webinar", "Le webinar du mardi")
    assert found == [f"2:8 · titre : « webinar » : {WEBINAR}"]


def test_term_that_forbids_itself(tmp_path: Path) -> None:
    terms = "termes:\n  - ecrire: visio\n    au_lieu_de: [Visio, visio]\n  - ecrire: x\n"
    loaded = load_files(tmp_path, {"donnees/termes.yaml": terms})
    assert [str(fault).removeprefix("content/donnees/") for fault in loaded.faults] == [
        (
            "termes.yaml:3:17 · termes.1.au_lieu_de : « visio » est aussi la forme à écrire. "
            "Retirez-la d’ici."
        ),
        (
            "termes.yaml:4:5 · termes.2.au_lieu_de : le champ est obligatoire et manque. "
            "Ajoutez « au_lieu_de: cadres-dirigeants » (les formes à ne pas écrire)."
        ),
    ]


@pytest.mark.parametrize(
    ("body", "slips"),
    [
        ("La comunauté, la **comunauté**.", [("6:4", "comunauté", "« communauté »")]),
        (
            "Au coeur d’un évenement.",
            [("6:4", "coeur", "« cœur »"), ("6:15", "évenement", "« événement » ou « évènement »")],
        ),
        (
            "On peut adpater l’organisaton.",
            [("6:9", "adpater", "« adapter »"), ("6:19", "organisaton", "« organisation »")],
        ),
        (
            "/// encart\n    titre: La comunauté\n\nLe coeur.\n///",
            [("7:15", "comunauté", "« communauté »"), ("9:4", "coeur", "« cœur »")],
        ),
        ("`comunauté` [nous](https://a.fr/comunauté)", []),
        (
            "C’est trés bien, aprés l’accés.",
            [
                ("6:7", "trés", "« très »"),
                ("6:18", "aprés", "« après »"),
                ("6:26", "accés", "« accès »"),
            ],
        ),
        (
            "Le progrés, aprés-midi.",
            [("6:4", "progrés", "« progrès »"), ("6:13", "aprés", "« après »")],
        ),
        ('Le <span lang="en">comunauté</span>, <del>comunauté</del>.', []),
    ],
)
def test_slips(tmp_path: Path, body: str, slips: list[tuple[str, str, str]]) -> None:
    assert told(tmp_path, body) == [
        f"{place} · texte : « {word} » : voulez-vous écrire {near} ?" for place, word, near in slips
    ]


GOOD = """\
Aujourd’hui, l’événement et l’évènement, la clef et la clé, le maître et le maitre se valent. Un
porte-parole dit-il quelqu’un ? Jusqu’ici, peut-être : c’est-à-dire au mieux. Les adhérent·es, les
élu(e)s et chacun·e écrivent à contact@exemple.fr, sur exemple.fr/comunauté ou #comunauté. Le
CODIR de la DREAL et M. Lewandowsky vont à Châteauroux. Un mooc, un email, un chatbot, des
soft-skills, le project management et les key performance indicators. En 2024, 3ᵉ et 1ers.
Une appli, une visio, un intra, la tiroirthèque, un adhérant dispo. Des prés, des clés, des élus
usés, des outils webinarisés, crés, dfés.
"""


def test_good_words_are_not_told(tmp_path: Path) -> None:
    """Old and new spellings, names, acronyms, foreign and new words, and those of the site."""
    assert told(tmp_path, GOOD) == []


def test_words_of_other_languages(tmp_path: Path) -> None:
    assert told(tmp_path, "La comunauté.", "lang: en", "Ecosystèmes") == []


def test_names_in_headers_are_known(tmp_path: Path) -> None:
    header = "debut: 2024-03-01\nserie: {nom: Les évenements}\nlieu: {ville: Concues}"
    files = {
        "evenements/e.md": text(header, "L’évenement de concues."),
        "articles/a.md": article("", "Des évenements, une fonctionalité.", "Une fonctionalité"),
    }
    assert warnings(load_files(tmp_path, files)) == [
        f"content/articles/a.md:{place} : « fonctionalité » : voulez-vous écrire "
        "« fonctionnalité » ?"
        for place in ("2:8 · titre", "6:21 · texte")
    ]


def test_slips_are_found_again_from_what_was_kept(tmp_path: Path) -> None:
    first = told(tmp_path, "La comunauté, l’intrapreneuriat.")
    near_words.cache_clear()
    assert told(tmp_path, "La comunauté, l’intrapreneuriat.") == first
    assert len(first) == 1
    assert near_words.cache_info().misses == 0


def test_words_in_a_row_are_of_another_language() -> None:
    assert list(unknown_words("le suitable managment des choses")) == []
    assert list(unknown_words("le managment des choses")) == ["managment"]
