"""The form reads and writes our files and our blocks: what is left alone does not change a byte."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from plugins.front_matter.document import read_document
from plugins.models import KINDS
from plugins.outputs.form.configuration import FormSource, to_json
from tests.every_field import DATA, FILES, content
from tests.outputs import node
from tests.sites import ROOT

SCRIPT = Path(__file__).with_name("form_files.mjs")
SOURCE = FormSource("Passerelle", "https://passerelle.example", "/main.css", "/favicon.svg")
FORMATS = {kind.folder: f"{kind.name}-frontmatter" for kind in KINDS}
DATA_FORMATS = {"site", "themes", "termes", "adresses"}


def done(tasks: Sequence[dict[str, Any]]) -> list[Any]:
    configuration = json.loads(to_json(SOURCE))
    told = json.dumps({"configuration": configuration, "tasks": list(tasks)})
    found: list[Any] = json.loads(node.run(SCRIPT, told))
    return found


def written(text: str | None, values: dict[str, Any], kind: str = "event-frontmatter") -> str:
    """Return a file after the form has set some of its values."""
    (found,) = done([{"format": kind, "text": text, "set": values}])
    return str(found["written"])


def texts() -> dict[str, tuple[str, str]]:
    """Return the sample's files, and those that fill every field, with their formats."""
    found = {}
    for path in sorted((ROOT / "content").rglob("*.md")):
        found[path.name] = (FORMATS[path.parent.name], path.read_text(encoding="utf-8"))
    for name in FILES:
        found[name] = (FORMATS[name.split("/")[0]], content(name))
    for path in sorted((ROOT / "content" / "donnees").glob("*.yaml")):
        if path.stem in DATA_FORMATS:
            found[path.name] = (path.stem, path.read_text(encoding="utf-8"))
    for name, text in DATA.items():
        if Path(name).stem in DATA_FORMATS:
            found[name] = (Path(name).stem, text)
    return found


def test_a_file_that_nobody_edits_is_written_as_it_was() -> None:
    given = texts()
    found = done([{"format": kind, "text": text} for kind, text in given.values()])
    written = {name: item["written"] for name, item in zip(given, found, strict=True)}
    assert written == {name: text.strip() + "\n" for name, (_, text) in given.items()}


def test_values_have_the_types_of_the_form() -> None:
    (found,) = done([{"format": "event-frontmatter", "text": EVENT}])
    assert found["read"] == {
        "titre": "Rencontre : l’été",
        "resume": "Un essai.",
        "debut": "2024-05-06 10:00",
        "lieu": {"nom": "Le Havre"},
        "serie": {"nom": "Déjeuner", "numero": 3},
        "public": ["cadres", "opérateurs"],
        "inscription": {"places": 40, "complet": True},
        "image": {"fichier": "/images/a.svg", "alt": "Un cercle"},
        "statut_evenement": "à confirmer",
        "statut": "publié",
        "lang": "fr",
        "texte": "Texte.",
    }


EVENT = """\
---
# Une note sur le fichier.
titre: "Rencontre : l’été"
resume: >-
  Un essai.
debut: 2024-05-06 10:00   # heure de Paris
lieu: Le Havre
serie: {nom: Déjeuner, numero: 3}
public: cadres, opérateurs
inscription:
  # Bientôt davantage.
  places: 40
  complet: Oui
image:
  fichier: images/a.svg
  alt: Un cercle
statut_evenement: A confirmer
inconnu: gardé
---

Texte.
"""


def test_an_edit_changes_the_lines_of_its_field_alone() -> None:
    assert written(EVENT, {"debut": "2024-05-07"}) == EVENT.replace(
        "debut: 2024-05-06 10:00   # heure de Paris", "debut: 2024-05-07"
    )
    assert written(EVENT, {"inscription": {"places": 50, "complet": True}}) == EVENT.replace(
        "  places: 40\n  complet: Oui", "  places: 50\n  complet: oui"
    )
    assert written(EVENT, {"image": None}) == EVENT.replace(
        "image:\n  fichier: images/a.svg\n  alt: Un cercle\n", ""
    )
    assert written(EVENT, {"texte": "Autre.\n\nFin."}) == EVENT.replace("Texte.", "Autre.\n\nFin.")


def test_an_item_that_goes_takes_no_other_with_it() -> None:
    """One goes, one stays, one comes: each is written once."""
    seances = """\
seances:
  - debut: 2024-05-06 # la première
    titre: Un
  - debut: 2024-06-03 # la deuxième
    titre: Deux
"""
    given = EVENT.replace("debut: 2024-05-06 10:00   # heure de Paris\n", seances)
    stays, comes = {"debut": "2024-06-03", "titre": "Deux"}, {"debut": "2024-07-01"}
    told = """\
seances:
  - debut: 2024-06-03 # la deuxième
    titre: Deux
  - debut: 2024-07-01
"""
    assert written(given, {"seances": [stays, comes]}) == given.replace(seances, told)
    twice = "seances:\n  - debut: 2024-07-01\n  - debut: 2024-07-01\n"
    assert written(given, {"seances": [comes, comes]}) == given.replace(seances, twice)


def test_a_file_of_windows_keeps_its_line_ends() -> None:
    """But for the last one, which Sveltia CMS writes."""
    changed = EVENT.replace("10:00   # heure de Paris", "11:00").replace("Texte.", "Un.\n\nDeux.")
    found = written(
        EVENT.replace("\n", "\r\n"), {"debut": "2024-05-06 11:00", "texte": "Un.\n\nDeux."}
    )
    assert found == changed.strip().replace("\n", "\r\n") + "\n"


def test_a_new_field_takes_its_place_in_the_order_of_the_form() -> None:
    assert written(EVENT, {"fin": "12:00", "themes": ["Énergie"]}) == EVENT.replace(
        "lieu: Le Havre", "fin: 12:00\nlieu: Le Havre"
    ).replace("inconnu:", "themes: [Énergie]\ninconnu:")


def test_comments_stay_when_the_field_below_them_goes() -> None:
    text = "---\ntitre: A\n# Pourquoi.\ndebut: 2024-01-01\n# Fin.\n---\nTexte.\n"
    assert written(text, {"debut": "", "resume": "B"}) == (
        "---\ntitre: A\nresume: B\n# Pourquoi.\n# Fin.\n---\nTexte.\n"
    )


def test_a_new_content_has_neither_empty_fields_nor_defaults() -> None:
    values = {
        "titre": "Deux : points",
        "resume": "Oui",
        "seances": [
            {"debut": "2024-05-06 10:00", "fin": "", "lieu": None},
            {"debut": "2024-T3", "titre": "# Deuxième"},
        ],
        "public": [],
        "serie": {"nom": "", "numero": None},
        "inscription": {"complet": False, "url": ""},
        "statut_evenement": "confirmé",
        "statut": "brouillon",
        "lang": "fr",
        "texte": "Texte.",
    }
    assert written(None, values) == (
        '---\ntitre: "Deux : points"\nresume: Oui\nseances:\n'
        '  - debut: 2024-05-06 10:00\n  - debut: 2024-T3\n    titre: "# Deuxième"\n'
        "statut: brouillon\n---\nTexte.\n"
    )


def test_the_keys_of_pelican_are_those_of_the_form() -> None:
    text = "---\ntitle: Bilan\nsummary: Un bilan.\ndate: 2024-01-02\ntags: [a]\n---\nTexte.\n"
    assert written(text, {"resume": "Autre."}, "article-frontmatter") == text.replace(
        "summary: Un bilan.", "resume: Autre."
    )


def test_the_text_keeps_the_writing_of_what_says_the_same() -> None:
    """The editor of Sveltia CMS has its own marks of stress, of lists and of rules."""
    before = (
        "Du *neuf* et **[un lien](a.md)**, H~2~O, 3 * 4.\n\n* étoile\n* deux\n\n- - -\n\n"
        "Une ligne.\n\n\\*rien\\*, 2 * 3\n\n```\na_b\n```\n"
    )
    after = (
        "Du _neuf_ et [**un lien**](a.md), H\\~2\\~O, 3 \\* 4.\n\n- étoile\n- deux\n\n***\n\n"
        "Une *autre* ligne, ~5 %.\n\n*rien*, 2 \\* 3\n\n```\na\\_b\n```\n"
    )
    head = "---\ntitre: A\n---\n"
    assert written(head + before, {"texte": after}) == head + before.replace(
        "Une ligne.", "Une *autre* ligne, ~5 %."
    ).replace("\\*rien\\*, 2 * 3", "*rien*, 2 \\* 3").replace("a_b", "a\\_b")


def test_what_the_form_does_not_know_stays() -> None:
    text = "---\ntitre: A\nlieu:\n  nom: B\n  etage: 3  # au fond\nzzz: 1\n---\nTexte.\n"
    assert written(text, {"lieu": {"nom": "C"}}) == text.replace("nom: B", "nom: C").replace(
        "3  # au fond", "3 # au fond"
    )


def test_a_tilde_that_the_text_escapes_stays_so() -> None:
    text = "---\ntitre: A\n---\nDe \\~5 à \\~6.\n\nFin.\n"
    assert written(text, {"texte": "De \\~5 à \\~6.\n\nFin !\n"}) == text.replace("Fin.", "Fin !")


NASTY = [
    *("oui", "null", "~", "2024", "1_000", "07", "0x1F", "12:30:45", "=", "<<", "{a", "[b", "*c"),
    *("&d", "!e", "%f", "@g", "`h`", "- i", "? j", "k: l", "m #n", "'o'", '"p"', "q\\r", "|", ">"),
    *("#s", "t:", "---", "...", "é « è » ’ …", "u\u00a0v\u202fw", "a\nb", "\\n", "x, y", "]z"),
]


def test_every_text_comes_back_through_the_reader_of_the_site() -> None:
    tasks = [
        {"format": "event-frontmatter", "text": None, "set": {"titre": text, "public": [text, "b"]}}
        for text in NASTY
    ]
    for text, found in zip(NASTY, done(tasks), strict=True):
        document, faults = read_document(Path("x.md"), found["written"].encode())
        assert faults == []
        assert document is not None
        assert document.values == {"titre": text, "public": [text, "b"]}


def test_the_list_of_themes_keeps_its_comments() -> None:
    text = "# Les thèmes.\n- nom: A\n  resume: Un.\n# Le second.\n- nom: B\n"
    values = {"themes": [{"nom": "A", "resume": "Deux."}, {"nom": "B"}, {"nom": "C"}]}
    assert written(text, values, "themes") == text.replace("Un.", "Deux.") + "- nom: C\n"
    assert written(None, values, "themes").startswith("- nom: A\n  resume: Deux.\n")


BLOCKS: list[tuple[str, str, dict[str, Any]]] = [
    ("agenda", "/// agenda\n///", {"periode": ""}),
    ("agenda", "/// agenda\n    periode: 2024-01/2024-03\n    public: cadres\n///", {}),
    ("matrice", "/// matrice\n    annee: 2024\n    mois: utiles\n///", {"annee": 2024}),
    ("chantiers", "/// chantiers\n    etat: à lancer\n///", {"dates": "à venir"}),
    ("evenement", "/// evenement | seminaire\n    inscription: non\n///", {"inscription": False}),
    ("article", "/// article | bilan\n///", {"_montre": "bilan"}),
    ("extrait", "/// extrait | pages/a-propos#Qui\n    suite: non\n///", {"titre": True}),
    ("chiffres", "/// chiffres\n    organisation: dextera\n///", {"organisation": "dextera"}),
    (
        "encart",
        """/// encart
    titre: "Vous : ici ?"
    contact: a@exemple.fr

Du **gras**.

- un
- deux
///""",
        {"titre": "Vous : ici ?", "_contenu": "Du **gras**.\n\n- un\n- deux"},
    ),
    ("etapes", "/// etapes\n1. Un\n2. Deux\n///", {"_contenu": "1. Un\n2. Deux"}),
    ("citation", "/// citation\n    auteur: Camille\n\nTexte.\n///", {"auteur": "Camille"}),
    ("bouton", "/// bouton\n    adresse: https://exemple.fr/#a\n\nLire\n///", {"_contenu": "Lire"}),
    (
        "image",
        "/// image\n    fichier: images/a.svg\n    alt: Un cercle\n///",
        {"fichier": "/images/a.svg"},
    ),
    (
        "encart",
        "//// encart\n    titre: A\n\n/// bouton\n    adresse: /a/\n\nLire\n///\n////",
        {"_contenu": "/// bouton\n    adresse: /a/\n\nLire\n///"},
    ),
]


def test_blocks_are_read_and_written_as_they_stand() -> None:
    tasks = [
        {"name": name, "text": f"Avant.\n\n{text}\n\n/// {name}\n///\n"} for name, text, _ in BLOCKS
    ]
    for (_, text, values), found in zip(BLOCKS, done(tasks), strict=True):
        assert found["matched"] == found["same"] == found["anew"] == text
        assert {key: found["values"].get(key, "") for key in values} == values


def test_a_block_written_otherwise_stays_so_until_it_is_edited() -> None:
    text = "///  Encart\n    titre: 'A'\n    contact:   a@exemple.fr\n\n\nTexte.\n\n///"
    kept, edited = done(
        [
            {"name": "encart", "text": text},
            {"name": "encart", "text": text, "set": {"titre": "B"}},
        ]
    )
    assert kept["same"] == text
    assert edited["same"] == "/// encart\n    titre: B\n    contact: a@exemple.fr\n\nTexte.\n///"


def _from_openings(path: Path) -> list[str]:
    """Return the text from each opening of a block to the next."""
    parts: list[str] = re.split(r"(?m)^(?=/{3,} \w)", path.read_text(encoding="utf-8"))
    return parts[1:]


def test_every_block_of_the_sample_is_found() -> None:
    tasks = [
        {"name": block["name"], "text": text}
        for path in sorted((ROOT / "content").rglob("*.md"))
        for text in _from_openings(path)
        if (block := re.match(r"/+ (?P<name>\w+)", text))
    ]
    assert len(tasks) > 30
    found = done(tasks)
    assert [task["text"] for task, read in zip(tasks, found, strict=True) if not read] == []
    assert all(read["same"] == read["matched"] for read in found)


PASSAGES = [
    "| A | B |\n| --- | ---: |\n| 1 | 2 |",
    "[^1]: La note,\n    sur deux lignes.",
    "Terme\n: Définition.",
    "*[SG]: secrétariat général",
    "<details>\n<summary>Plus</summary>\nTexte.\n</details>",
]


def test_what_the_editor_cannot_show_is_kept_whole() -> None:
    text = "# Titre\n\nUn *texte*[^1] : voici.\n\n" + "\n\nDu texte.\n\n".join(PASSAGES)
    (found,) = done([{"passages": f"{text}\n\n- un\n- deux : trois\n\n> Cité.\n"}])
    assert found == PASSAGES
