"""A block `extrait` names a published passage, and never shows itself: told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.checks.suite import check_coming
from plugins.library.index import Index
from tests.contents import (
    Files,
    article,
    errors,
    index_of,
    load_files,
    record_at,
    text,
    warnings,
)

BODY = """\
Avant.

## Présentation

Le texte.

/// encart

### Dedans

x
///

## Suite

y
"""
REFERENCE = "organisations/reseau#suite"
FILES: Files = {
    "organisations/reseau.md": text("", BODY, titre="Le réseau"),
    "organisations/seul.md": text("", "Sans intertitre.\n"),
    "organisations/vide.md": text("", ""),
    "organisations/brouillon.md": text("statut: brouillon", BODY),
    "portraits/absent.md": text("nom: A\nconsentement: non\nexpire_le: 2025-01-01", BODY),
    "articles/futur.md": text("date: 2024-02-01", BODY),
}


def block(argument: str, options: str = "") -> str:
    return f"/// extrait | {argument}\n{options}///\n"


@pytest.mark.parametrize(
    "argument",
    [
        "organisations/reseau",
        "organisations/reseau#presentation",
        "organisations/reseau.md#suite",
        "../organisations/reseau.md#suite",
        "organisations/Le réseau#suite",
    ],
)
def test_passages_that_hold(tmp_path: Path, argument: str) -> None:
    index = index_of(tmp_path, {**FILES, "articles/a.md": article(body=block(argument))})
    source = record_at(index, "organisations/reseau.md")
    assert [r.slug for r in index.citing(source)] == ["a"]
    assert [s.excerpt.source for s in index.excerpts_in(record_at(index, "articles/a.md"))] == [
        source
    ]


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        (
            "organisations/resau#suite",
            (
                "« organisations/resau#suite » : contenu inconnu. "
                "Vouliez-vous « organisations/reseau#suite » ?"
            ),
        ),
        (
            "reseau",
            "« reseau » : contenu inconnu. Vouliez-vous « organisations/reseau » ?",
        ),
        (
            "organisation/reseau",
            "« organisation/reseau » : contenu inconnu. Vouliez-vous « organisations/reseau » ?",
        ),
        (
            "zzz",
            (
                "« zzz » : contenu inconnu. Écrivez le dossier et le nom du fichier : "
                "« organisations/nom-du-fichier »."
            ),
        ),
        *(
            (
                name,
                (
                    f"« {name} » n’est pas publié (brouillon, à paraître ou expiré). "
                    "Publiez-le ou retirez ce bloc."
                ),
            )
            for name in ("organisations/brouillon#suite", "portraits/absent", "articles/futur")
        ),
        (
            "organisations/reseau#presentaton",
            (
                "« organisations/reseau#presentaton » : pas d’intertitre « #presentaton » dans ce "
                "contenu. Vouliez-vous « organisations/reseau#presentation » ?"
            ),
        ),
        (
            "organisations/reseau#zzz",
            (
                "« organisations/reseau#zzz » : pas d’intertitre « #zzz » dans ce contenu. "
                "Intertitres possibles : #presentation, #suite."
            ),
        ),
        (
            "organisations/reseau#dedans",
            (
                "« organisations/reseau#dedans » : pas d’intertitre « #dedans » dans ce contenu. "
                "Intertitres possibles : #presentation, #suite."
            ),
        ),
        (
            "organisations/seul#a",
            (
                "« organisations/seul#a » : pas d’intertitre « #a » dans ce contenu. "
                "Il n’en a aucun : écrivez « organisations/seul », pour le montrer en entier."
            ),
        ),
    ],
)
def test_passages_that_do_not(tmp_path: Path, argument: str, message: str) -> None:
    loaded = load_files(tmp_path, {**FILES, "articles/a.md": article(body=block(argument))})
    assert errors(loaded) == [f"content/articles/a.md:6:1 · /// extrait : {message}"]


def test_passage_without_a_word(tmp_path: Path) -> None:
    body = block("organisations/vide")
    loaded = load_files(tmp_path, {**FILES, "articles/a.md": article(body=body)})
    assert errors(loaded) == []
    assert (
        "content/articles/a.md:6:1 · /// extrait : « organisations/vide » n’a pas de texte : le "
        "bloc ne montrerait rien. Écrivez ce texte, ou retirez le bloc."
    ) in warnings(loaded)


def test_block_that_names_nothing(tmp_path: Path) -> None:
    loaded = load_files(tmp_path, {"articles/a.md": article(body="/// extrait\n///\n")})
    assert errors(loaded) == [
        (
            "content/articles/a.md:6:1 · /// extrait : il manque le contenu à montrer. "
            "Écrivez « /// extrait | dossier/nom-du-fichier#intertitre »."
        )
    ]


def test_content_at_fault_is_no_second_fault(tmp_path: Path) -> None:
    broken = text("zzz: 1", BODY)
    files = {"organisations/reseau.md": broken, "articles/a.md": article(body=block(REFERENCE))}
    assert [fault.split(" · ")[0] for fault in errors(load_files(tmp_path, files))] == [
        "content/organisations/reseau.md:4:1"
    ]


def test_itself(tmp_path: Path) -> None:
    files = {"articles/a.md": article(body="## B\n\nx\n\n" + block("articles/a#b"))}
    assert errors(load_files(tmp_path, files)) == [
        (
            "content/articles/a.md:10:1 · /// extrait : « articles/a#b » contient ce bloc "
            "lui-même : l’extrait n’aurait pas de fin. Choisissez un autre passage, ou retirez le "
            "bloc."
        )
    ]


def test_circle_is_told_where_it_can_be_cut(tmp_path: Path) -> None:
    """A content that only leads into the circle is not at fault."""
    files = {
        "articles/a.md": article(body="## A\n\n" + block("articles/b#b")),
        "articles/b.md": article(body="## B\n\nx\n\n" + block("articles/c")),
        "articles/c.md": article(body=block("articles/a#a")),
        "articles/d.md": article(body=block("articles/a")),
    }
    assert errors(load_files(tmp_path, files)) == [
        f"content/articles/{name}.md:{line}:1 · /// extrait : « articles/{written} » mène à un "
        f"extrait qui montre à son tour ce bloc (content/articles/{other}) : il n’aurait pas de "
        "fin. Retirez l’un des deux."
        for name, line, written, other in (
            ("a", 8, "b#b", "c.md:6"),
            ("b", 10, "c", "a.md:8"),
            ("c", 6, "a#a", "b.md:10"),
        )
    ]


def test_two_contents_may_show_each_other(tmp_path: Path) -> None:
    """Neither passage holds the block that shows it."""
    files = {
        "articles/a.md": article(body="## A\n\nx\n\n## E\n\n" + block("articles/b#b")),
        "articles/b.md": article(body="## B\n\ny\n\n## E\n\n" + block("articles/a#a")),
    }
    index: Index = index_of(tmp_path, files)
    a, b = (record_at(index, f"articles/{name}.md") for name in "ab")
    assert (index.citing(a), index.citing(b)) == ((b,), (a,))


def test_source_that_expires_is_told_on_its_day(tmp_path: Path) -> None:
    """On the day that `a` appears, its source is no longer there."""
    files = {
        "articles/s.md": article("expire_le: 2024-01-20", BODY),
        "articles/a.md": text("date: 2024-02-01", block("articles/s")),
    }
    loaded = load_files(tmp_path, files)
    assert errors(loaded) == []
    assert [str(fault) for fault in check_coming(loaded.index)] == [
        (
            "content/articles/a.md:6:1 · /// extrait : « articles/s » n’est pas publié (brouillon, "
            "à paraître ou expiré). Publiez-le ou retirez ce bloc."
        )
    ]
