"""The text of a new content: valid as it is, and with its comments made fields."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.content.record import has_header
from plugins.front_matter.document import read_data, read_document
from plugins.models import KINDS, EventHeader, Kind
from plugins.models.description import FieldDescription, fields_of
from plugins.writing.new_content import NewContent, content_text
from plugins.writing.themes import with_theme
from tests.contents import article, index_of

GROUP = next(kind for kind in KINDS if kind.name == "group")
EVENT = next(kind for kind in KINDS if kind.name == "event")


def uncommented(text: str) -> str:
    """Return a text whose unused fields have lost their `#`."""
    return re.sub(r"(?m)^#(?!#)", "", text)


def shown(fields: tuple[FieldDescription, ...]) -> set[tuple[str, ...]]:
    """Return the paths of fields, those of groups included."""
    inner = {(f.name, g.name) for f in fields for g in f.fields}
    return {(f.name,) for f in fields} | inner


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_is_there_once_its_sign_is_taken_away(kind: Kind) -> None:
    text = content_text(kind, {"titre": "Essai"})
    document, faults = read_document(Path("x"), uncommented(text).encode())
    assert faults == []
    assert document is not None
    paths = {tuple(p for p in path if isinstance(p, str)) for path in document.keys}
    assert paths == shown(fields_of(kind.header))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_field_without_its_value_is_no_fault(kind: Kind) -> None:
    text = content_text(kind, {"titre": "Essai", "resume": None, "statut": "brouillon"})
    lines = text.split("\n")
    fields = [n for n, line in enumerate(lines) if re.match(r"#[a-z]", line)]
    told = {None, *(f.name for f in fields_of(kind.header) if f.is_required), "debut"}
    for number in fields:
        if lines[number + 1].startswith("##   "):
            continue  # A group, which says what it lacks.
        changed = [line[1:] if n == number else line for n, line in enumerate(lines)]
        record = NewContent(kind, Path("content/x.md"), "\n".join(changed)).record
        assert {fault.field for fault in record.faults} <= told, lines[number]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_example_is_read_as_it_is_shown(kind: Kind) -> None:
    inner = (g for f in fields_of(kind.header) for g in f.fields)
    known = {(f.name, e) for f in (*fields_of(kind.header), *inner) for e in f.examples}
    words, told = "", 0
    for line in content_text(kind, {}).split("\n"):
        if line.startswith("##"):
            words = f"{words} {line.removeprefix('##').strip()}"
            continue
        if " Exemple : " in words:
            name = line.lstrip("# -").rstrip(":")
            shown_example = words.partition(" Exemple : ")[2]
            document, faults = read_data(Path(), f"{name}: {shown_example}".encode(), "")
            assert faults == []
            assert document is not None
            value = document.values[name]
            text = f"[{', '.join(map(str, value))}]" if isinstance(value, list) else value
            assert (name, text) in known
            told += 1
        words = ""
    assert told > 5


def test_an_example_is_in_quotes_when_it_needs_them() -> None:
    article = next(kind for kind in KINDS if kind.name == "article")
    assert ' Exemple : "Illustration : Passerelle"\n' in content_text(article, {})


def test_a_group_shows_the_fields_that_it_leaves_out() -> None:
    values = {
        "titre": "Essai",
        "resume": "Un.",
        "debut": "2027-02-02",
        "recurrence": {"chaque": "premier mardi"},
    }
    text = content_text(EVENT, values)
    start = text.index("recurrence:\n")
    block = text[start : text.index("\n\n", start)]
    lines = [line for line in block.split("\n") if not line.startswith("##")]
    assert lines == [
        "recurrence:",
        "  chaque: premier mardi",
        "#  sauf:",
        "#  jusqu_au:",
        "#  fois:",
        "#  regle:",
        "#  dates:",
        "#  exceptions:",
        "#    - date:",
        "#      debut:",
        "#      fin:",
        "#      statut:",
        "#      titre:",
    ]
    filled = text.replace("#  fois:", "  fois: 3").replace("#  exceptions:", "  exceptions:")
    filled = filled.replace("#    - date:", "    - date: 2027-03-02")
    filled = filled.replace("#      statut:", "      statut: annulé", 1)
    record = NewContent(EVENT, Path("content/evenements/essai.md"), filled).record
    assert record.faults == ()
    assert has_header(record, EventHeader)
    assert record.header.recurrence is not None
    assert len(record.header.recurrence.exceptions) == 1


def test_text_of_a_group() -> None:
    values = {
        "titre": "Essai : un",
        "resume": None,
        "statut": "brouillon",
        "identifiant": "abc",
        "genre": "chantier",
        "titre_court": "Essai",
    }
    text = content_text(GROUP, values, "Le texte.\n\n")
    assert (
        text.split("\n## Rang dans")[0]
        == """\
---
## Titre, tel qu’il est affiché.
titre: "Essai : un"
## Une ou deux phrases sans mise en forme, 300 caractères au plus.
resume:
## brouillon (non publié) ou publié.
statut: brouillon
## Identité permanente du contenu ; à défaut, elle vient de l’historique.
identifiant: abc
## chantier ou groupe.
genre: chantier
## Nom court, pour le tableau de l’année (40 caractères).
titre_court: Essai

## Facultatif. Pour remplir un champ, ôtez le « # » au début de sa ligne, puis écrivez sa valeur
## après les deux-points ; d’un champ décalé, ôtez aussi celui de la ligne dont il dépend.

## Autres noms en usage. Exemple : [Éco-responsabilité, Sobriété]
#noms:
## lancé, à lancer ou terminé.
#etat:
## Les enjeux, en une phrase. Exemple : Faire venir les talents, et les garder
#enjeux:
## Référents du collectif. Exemple : [Camille Exemple]
#referents:
## Boîte fonctionnelle. Exemple : contact@exemple.fr
#contact:"""
    )
    assert text.endswith("\n#lang:\n---\nLe texte.\n")


def test_a_name_is_free_when_neither_its_file_nor_its_address_is_taken(tmp_path: Path) -> None:
    files = {
        "articles/un.md": article(),
        "articles/autre.md": article("slug: deux\nalias: [/actualites/trois/]"),
        "articles/Quatre.txt": "",
        "donnees/adresses.yaml": "- ancienne: /actualites/quatre/\n  vers: /\n",
    }
    contents = index_of(tmp_path, files).contents
    kind = next(kind for kind in KINDS if kind.name == "article")
    new = NewContent(kind, Path("content/articles/x.md"), content_text(kind, {"titre": "X"}))
    names = ("un", "UN", "deux", "trois", "quatre", "cinq")
    assert [name for name in names if new.renamed(name).is_free(contents)] == ["cinq"]
    assert new.renamed("un").with_free_name(contents).path.name == "un-2.md"
    page = NewContent(KINDS[-1], Path("content/pages/agenda.md"), new.text)
    assert not page.is_free(contents)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '- nom: "Eau : l\'été"\n'),
        ("# Nos thèmes.\n", '# Nos thèmes.\n- nom: "Eau : l\'été"\n'),
        ("- nom: Air  # l’air\n\n", '- nom: Air  # l’air\n- nom: "Eau : l\'été"\n'),
        ("- nom: Air\r\n", '- nom: Air\r\n- nom: "Eau : l\'été"\r\n'),
        ("themes:\n    - nom: Air", 'themes:\n    - nom: Air\n    - nom: "Eau : l\'été"\n'),
    ],
)
def test_a_theme_more(before: str, after: str) -> None:
    assert with_theme(before.encode(), "Eau : l'été") == after


@pytest.mark.parametrize(
    "before", ["[{nom: Air}]", "themes: [{nom: Air}]\nautre: 1", "- nom: [\n", "- nom: Été"]
)
def test_a_file_of_themes_that_takes_no_line(before: str) -> None:
    with pytest.raises(ValueError, match=r"^Ajoutez vous-même le thème « Eau » dans donnees/"):
        with_theme(before.encode("latin-1"), "Eau")
