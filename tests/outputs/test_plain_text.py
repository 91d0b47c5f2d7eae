"""Plain text that a person enjoys: 72 columns, lists, numbered addresses, nothing lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len

from plugins.outputs.plain_text import COLUMNS, to_plain_text
from plugins.outputs.text_lines import wrapped

LONG = "anticonstitutionnellement " * 6
CASES = [
    ("", "\n"),
    ("<section></section>", "\n"),
    ("<section><p>Un.</p><p>Deux.</p></section>", "Un.\n\nDeux.\n"),
    ("<section><p>Un.</p></section><section><p>Deux.</p></section>", "Un.\n\n\nDeux.\n"),
    ("<section><h1>Titre</h1></section>", f"{'=' * 72}\nTitre\n{'=' * 72}\n"),
    (
        "<section><h2>Titre</h2><h3>Sous-titre</h3><h4>Petit</h4></section>",
        "Titre\n=====\n\nSous-titre\n----------\n\nPetit\n",
    ),
    ("<section><h2></h2><p> </p></section>", "\n"),
    ("<section><p>a\n  b<br>c</p></section>", "a b\nc\n"),
    ("<section><p>30\u00a0juin\u202f!</p></section>", "30\u00a0juin\u202f!\n"),
    (
        "<section><p><strong>gras</strong>, <em>mot </em>et <s>rien</s></p></section>",
        "*gras*, _mot_ et ~rien~\n",
    ),
    ("<section><p>le 1<sup>er</sup>, m<sup>2</sup></p></section>", "le 1er, m²\n"),
    ("<section><ul><li>un</li><li>deux</li></ul></section>", "- un\n- deux\n"),
    ('<section><ol start="9"><li>un</li><li>deux</li></ol></section>', "9. un\n10. deux\n"),
    (
        "<section><ul><li>un<ul><li>sous</li></ul></li><li>deux</li></ul></section>",
        "- un\n  - sous\n- deux\n",
    ),
    (
        f"<section><ul><li>{LONG}</li><li>deux</li></ul></section>",
        "- anticonstitutionnellement anticonstitutionnellement\n"
        "  anticonstitutionnellement anticonstitutionnellement\n"
        "  anticonstitutionnellement anticonstitutionnellement\n\n- deux\n",
    ),
    ("<section><ul></ul><ul><li></li></ul></section>", "- \n"),
    ("<section><blockquote><p>a</p><p>b</p></blockquote></section>", "> a\n>\n> b\n"),
    ("<section><pre><code>x = 1\n\n  y\n</code></pre></section>", "    x = 1\n    \n      y\n"),
    ("<section><hr></section>", "* * *\n"),
    ("<section><dl><dt>Mot</dt><dd>Sens</dd></dl></section>", "Mot\n    Sens\n"),
    (
        "<section><table><thead><tr><th>Nom</th><th>Date</th></tr></thead>"
        "<tbody><tr><td>A</td><td>2 mars</td></tr><tr><th>B</th><td></td></tr></tbody></table></section>",
        "- A\n  Date\u00a0: 2 mars\n\n- B\n",
    ),
    ("<section><table><tr><td>A</td><td>B</td></tr></table></section>", "- A\n  B\n"),
    (
        '<section><figure><img alt="Un cercle"><figcaption>Légende</figcaption></figure></section>',
        "[Image\u00a0: Un cercle]\nLégende\n",
    ),
    ("<section>nu <b>et</b><p>p</p>reste</section>", "nu *et*\n\np\n\nreste\n"),
    ("<section><p>a &lt;b&gt; &amp; c</p></section>", "a <b> & c\n"),
    ("<section><p>a\x00b\ufeff</p></section>", "ab\n"),
]
LINKS = [
    ('<section><p><a href="https://a.fr/">A</a></p></section>', "A\u00a0[1]\n\n[1] https://a.fr/\n"),
    (
        '<section><p><a href="https://a.fr/">A</a> <a href="https://b.fr/">B</a> '
        '<a href="https://a.fr/">encore</a></p></section>'
        '<section><p><a href="https://a.fr/">A</a></p></section>',
        "A\u00a0[1] B\u00a0[2] encore\u00a0[1]\n\n[1] https://a.fr/\n[2] https://b.fr/\n\n\n"
        "A\u00a0[3]\n\n[3] https://a.fr/\n",
    ),
    ('<section><p><a href="https://a.fr/">https://a.fr/</a></p></section>', "https://a.fr/\n"),
    ('<section><p><a href="mailto:a@b.fr?subject=x">a@b.fr</a></p></section>', "a@b.fr\n"),
    ('<section><p><a href="mailto:a@b.fr">Écrire</a></p></section>', "Écrire\u00a0[1]\n\n[1] mailto:a@b.fr\n"),
    ('<section><p>mot<sup><a class="footnote-ref" href="#fn:1">1</a></sup></p></section>', "mot¹\n"),
    ('<section><p>Note.\u00a0<a class="footnote-backref" href="#r">↩</a></p></section>', "Note.\n"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "text"), [*CASES, *LINKS])
def test_text(html: str, text: str) -> None:
    assert to_plain_text(html) == text


@given(st.lists(st.text(alphabet="aéœ👩🎓\u00a0-שלום漢", min_size=1, max_size=30), min_size=1))
def test_lines_hold_in_the_width_and_lose_nothing(words: list[str]) -> None:
    lines = wrapped(" ".join(words), COLUMNS)
    assert " ".join(lines).split(" ") == words
    assert all(cell_len(line) <= COLUMNS or " " not in line for line in lines)


@given(st.lists(st.sampled_from([case for case, _ in CASES]), max_size=6))
def test_no_line_is_too_long_whatever_stands_together(sections: list[str]) -> None:
    text = to_plain_text("".join(sections))
    assert all(cell_len(line) <= COLUMNS for line in text.splitlines())
    assert not re.search(r"\n{4}", text)
