"""Texts written as Markdown and YAML are read back as they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from plugins.french.typography import plain, typeset
from plugins.front_matter.document import Document, read_document
from plugins.markdown.conversion import render
from plugins.writing.markdown_text import field, remark, words

PATH = Path("content/lettres/1.md")
TITLES = [
    *("Neuf chantiers : comment ça marche ?", "R&D et A*B*", "[x](y)", "#tag et <b>", "a_b_c"),
    *("H~2~O", '"Cité"', "C:\\dossier", "fin #", "A {#x}", "x <!-- y --> z", "&amp; co", "`code`"),
    *(
        "https://a.fr/x_y",
        "==x==",
        "- tiret",
        "1. Un",
        "A -- B",
        "C++ | D",
        "\\",
        "]",
        ":",
        "/// x",
    ),
]


@pytest.mark.parametrize("title", TITLES)
def test_words_in_a_heading_and_a_link(title: str) -> None:
    text = f"## {words(title)}\n\nTexte.\n\n## [{words(title)}](https://a.example)\n\nTexte.\n"
    body = render(Document(PATH, {}, text, 1))
    assert [plain(h.title) for h in body.headings] == [plain(typeset(plain(title)))] * 2
    assert body.problems == ()


def test_plain_words_stay_as_they_are() -> None:
    assert words("L’année\u00a02024\u00a0: ce qui vient") == "L'année 2024 : ce qui vient"


@example("~")
@example("oui : non")
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).map(str.strip))
def test_fields(value: str) -> None:
    if not value or value != " ".join(value.split()):
        return
    text = f"---\n{field('titre', value)}{field('noms', [value, value])}---\n"
    document, faults = read_document(PATH, text.encode())
    assert faults == []
    assert document
    assert document.values == {"titre": plain(value), "noms": [plain(value)] * 2}


@pytest.mark.parametrize("text", ["« Un » -- deux", "a --> b", "<b>x</b>", "mardi 7 février 2024"])
def test_remarks_are_seen_by_nobody(text: str) -> None:
    body = render(Document(PATH, {}, f"## A\n\n{remark(text)}\nUn.\n\n{remark(text)}\n", 1))
    assert body.plain_text() == "A Un."
    assert body.problems == ()
    assert body.sentences == ()
