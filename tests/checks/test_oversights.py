"""What editors forget is told as a warning, and what is usual is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.checks.oversights import unused_texts
from tests.contents import Files, article, errors, load_files, text, warnings

LETTERS: Files = {"lettres/1.md": text("numero: 1\ndate: 2024-01-05")}
REGISTERED = "inscription:\n  contact: a@exemple.fr"


@pytest.mark.parametrize(
    ("file", "header", "message"),
    [
        (
            "evenements/e.md",
            "debut: 2024-03-01\ninscription:\n  avant_le: 2024-03-02",
            (
                "6:13 · inscription.avant_le : « 2024-03-02 » vient après l’événement, dont le "
                "dernier jour est 2024-03-01. Vérifiez l’une des deux dates."
            ),
        ),
        ("evenements/e.md", "debut: 2024-03-01\ninscription:\n  avant_le: 2024-03-01", None),
        ("evenements/e.md", "debut: 2024-T3\ninscription:\n  avant_le: 2024-09-30", None),
        (
            "evenements/e.md",
            (
                "seances:\n  - debut: 2024-03-01\n  - debut: 2024-04-01\n"
                "inscription:\n  avant_le: 2024-03-15"
            ),
            None,
        ),
        (
            "evenements/e.md",
            "debut: 2024-01-15\nmodalite: hybride",
            (
                "5:11 · modalite : « hybride » : ni lieu ni lien n’est donné. "
                "Ajoutez « lieu » et « lien_visio »."
            ),
        ),
        (
            "evenements/e.md",
            "seances:\n  - debut: 2024-01-15\n  - debut: 2024-01-16\n    modalite: visio",
            (
                "7:15 · seances.2.modalite : « visio » : aucun lien n’est donné. "
                "Ajoutez « lien_visio », ou « inscription »."
            ),
        ),
        ("evenements/e.md", "debut: 2024-01-15\nmodalite: hybride\nlieu: Ici", None),
        ("evenements/e.md", f"debut: 2024-01-15\nmodalite: visio\n{REGISTERED}", None),
        ("evenements/e.md", "debut: 2024-01-15\nmodalite: visio\nlien_visio: https://a.fr", None),
        ("evenements/e.md", "debut: 2024-01-15\nmodalite: visio\nstatut_evenement: annulé", None),
        ("evenements/e.md", "debut: 2024-01-05\nmodalite: visio", None),
        ("evenements/e.md", "debut: 2024-02-15\nmodalite: visio", None),
        (
            "lettres/2.md",
            "numero: 2\ndate: 2024-01-04",
            (
                "5:7 · date : 2024-01-04 précède la lettre n° 1, datée du 2024-01-05. "
                "Vérifiez les dates, ou les numéros."
            ),
        ),
        ("lettres/2.md", "numero: 2\ndate: 2024-01-06", None),
    ],
)
def test_oversights(tmp_path: Path, file: str, header: str, message: str | None) -> None:
    loaded = load_files(tmp_path, {**LETTERS, file: text(header)})
    assert errors(loaded) == []
    assert warnings(loaded) == ([f"content/{file}:{message}"] if message else [])


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            "date: 2034-01-03",
            (
                "4:7 · date : 2034-01-03 est dans 10 ans : le contenu n’est pas publié d’ici là. "
                "Vérifiez l’année."
            ),
        ),
        (
            "date: 2024-01-03\npublier_le: 2034-01-04",
            (
                "5:13 · publier_le : 2034-01-04 est dans 10 ans : le contenu n’est pas publié "
                "d’ici là. Vérifiez l’année."
            ),
        ),
        (
            "date: 2024-02-03\nexpire_le: 2024-01-31",
            (
                "5:12 · expire_le : 2024-01-31 précède la parution (2024-02-03) : le contenu ne "
                "paraîtrait jamais. Vérifiez les deux dates."
            ),
        ),
        (
            "date: 2024-01-03\nexpire_le: 2024-01-07",
            (
                "5:12 · expire_le : 2024-01-07 est passé : le contenu n’est plus publié. Retirez "
                "le fichier, ou prolongez la date."
            ),
        ),
        ("date: 2024-02-03\nexpire_le: 2024-02-03", None),
        ("date: 2034-01-03\nstatut: brouillon", None),
    ],
)
def test_never_published(tmp_path: Path, header: str, message: str | None) -> None:
    loaded = load_files(tmp_path, {"articles/a.md": text(header)})
    assert warnings(loaded) == ([f"content/articles/a.md:{message}"] if message else [])


@pytest.mark.parametrize(
    ("titre", "is_told"),
    [
        ("RÉUNION PLÉNIÈRE DU 8 FÉVRIER 2024", True),
        ("Réunion PLÉNIÈRE", False),
        ("DEXTERA", False),
        ("WEBINAIRE 2024", False),
        ("CGEDD & IGPN, SNCF", False),
    ],
)
def test_title_in_capitals(tmp_path: Path, titre: str, is_told: bool) -> None:
    loaded = load_files(tmp_path, {"articles/a.md": article(titre=titre)})
    assert [fault.replace("\u00a0", " ") for fault in warnings(loaded)] == [
        (
            f"content/articles/a.md:2:8 · titre : « {titre} » est tout en capitales, qui se lisent "
            "mal et s’entendent parfois lettre à lettre. Écrivez-le en minuscules, capitales "
            "d’usage exceptées."
        )
    ] * is_told


def test_texts_that_nothing_uses(tmp_path: Path) -> None:
    """One may be a content that a word processor saved; documents stand in their own folder."""
    used: Files = dict.fromkeys(
        ("articles/lu.docx", "articles/brouillon.odt", "documents/b.docx", "articles/b.pdf"), b""
    )
    loaded = load_files(
        tmp_path,
        {
            **used,
            "articles/essai.docx": b"",
            "articles/a.md": article("", "[a](lu.docx)"),
            "articles/b.md": article("statut: brouillon", "[a](brouillon.odt)"),
        },
    )
    assert [str(fault) for fault in unused_texts(loaded.index)] == [
        (
            "content/articles/essai.docx:1:1 · « essai.docx » n’est pas publié : aucun contenu n’y "
            "mène. S’il devait être un contenu, enregistrez son texte dans un fichier « .md » ; "
            "sinon, donnez-lui un lien, ou retirez-le."
        )
    ]


def test_block_of_figures_that_shows_none(tmp_path: Path) -> None:
    loaded = load_files(
        tmp_path,
        {
            "organisations/o.md": text("nom_complet: O"),
            "pages/p.md": text("", "/// chiffres\n    organisation: o\n///\n"),
        },
    )
    assert warnings(loaded) == [
        (
            "content/pages/p.md:7:19 · /// chiffres organisation : « o » n’a pas de chiffres : "
            "le bloc ne montrerait rien. Donnez-lui des « chiffres_cles » dans "
            "content/organisations/o.md, ou retirez le bloc."
        )
    ]


LONG = "Collaborateur de cabinet, un emploi prévu par la loi, un métier qu’elle ne décrit pas"
CUT = (
    "en montrent 70 : on lirait « Collaborateur de cabinet, un emploi prévu par la loi, un "
    "métier… ». Raccourcissez, ou dites l’essentiel d’abord."
)
RESULTS = "titre : 85 signes, quand les moteurs de recherche"


@pytest.mark.parametrize(
    ("file", "header", "told"),
    [
        ("articles/a.md", f"titre: {LONG}", f"2:8 · {RESULTS}"),
        ("articles/a.md", f"titre: {LONG[:70]}", None),
        ("lettres/1.md", f"titre: {LONG}", "2:8 · titre : 85 signes, quand les messageries"),
        ("lettres/1.md", f"titre: {LONG}\nobjet: Court", None),
        (
            "lettres/1.md",
            f"titre: Court\nobjet: {LONG}",
            "3:8 · objet : 85 signes, quand les messageries",
        ),
    ],
)
def test_long_titles(tmp_path: Path, file: str, header: str, told: str | None) -> None:
    number = "numero: 1\n" if file.startswith("lettres") else ""
    content = f"---\n{header}\nresume: Un résumé.\n{number}date: 2024-01-03\n---\nTexte.\n"
    found = warnings(load_files(tmp_path, {file: content}))
    assert found == ([f"content/{file}:{told} {CUT}"] if told else [])


@pytest.mark.parametrize(
    ("day", "when"),
    [
        ("2024-01-08", "aujourd’hui"),
        ("2024-01-09", "demain"),
        ("2024-01-22", "dans 14 jours"),
        ("2024-01-23", None),
    ],
)
def test_contents_that_expire(tmp_path: Path, day: str, when: str | None) -> None:
    loaded = load_files(tmp_path, {"articles/a.md": article(f"expire_le: {day}")})
    message = (
        f"content/articles/a.md:5:12 · expire_le : {day} est {when} : le contenu n’est plus publié "
        "ensuite. Prolongez la date s’il doit rester."
    )
    assert warnings(loaded) == ([message] if when else [])
