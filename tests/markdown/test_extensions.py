"""Addresses written bare are links; columns keep their alignment; lone notes lead nowhere."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, strategies as st

from plugins.faults import Position
from plugins.markdown.bodies import Link
from plugins.markdown.conversion import _converter
from plugins.markdown.extensions import _INLINE_SIGN, Texts
from tests.markdown.rendered import body_of, html_of, problems

A = '<a href="https://a.fr">https://a.fr</a>'
WWW = '<a href="https://www.a.fr">www.a.fr</a>'
MAIL = '<a href="mailto:nom@a.fr">nom@a.fr</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Voir https://a.fr.", f"<p>Voir {A}.</p>"),
        ("Voir (www.a.fr), ou **www.a.fr**", f"<p>Voir ({WWW}), ou <strong>{WWW}</strong></p>"),
        ("«https://a.fr» : oui", f"<p>«\u00a0{A}\u00a0»\u00a0: oui</p>"),
        ("nom@a.fr, *nom@a.fr*", f"<p>{MAIL}, <em>{MAIL}</em></p>"),
        (
            "https://a.fr/x_(y)?b=1&c_d_e#f…",
            (
                '<p><a href="https://a.fr/x_(y)?b=1&c_d_e#f">'
                "https://a.fr/x_(y)?b=1&amp;c_d_e#f</a>…</p>"
            ),
        ),
        (
            "https://a.fr/?b=1&amp;c=2",
            '<p><a href="https://a.fr/?b=1&c=2">https://a.fr/?b=1&amp;c=2</a></p>',
        ),
        ("- www.a.fr", f"<ul>\n<li>{WWW}</li>\n</ul>"),
        ("## www.a.fr\n\na", f'<h2 id="www-a-fr">{WWW}</h2>\n<p>a</p>'),
        ("`https://a.fr`", "<p><code>https://a.fr</code></p>"),
        ("    www.a.fr", "<pre><code>www.a.fr\n</code></pre>"),
        ("```\nnom@a.fr\n```", "<pre><code>nom@a.fr\n</code></pre>"),
        ("[www.a.fr](/b/)", '<p><a href="/b/">www.a.fr</a></p>'),
        ("[*nom@a.fr*][r]\n\n[r]: /b/", '<p><a href="/b/"><em>nom@a.fr</em></a></p>'),
        ("<https://a.fr>", f"<p>{A}</p>"),
        ("<nom@a.fr>", f"<p>{MAIL}</p>"),
        ('Un <a href="https://a.fr">https://a.fr</a>', f"<p>Un {A}</p>"),
        (
            'Un <a href="/b/">à nom@a.fr</a>, nom@a.fr',
            f'<p>Un <a href="/b/">à nom@a.fr</a>, {MAIL}</p>',
        ),
        ("a < b https://a.fr", f"<p>a &lt; b {A}</p>"),
        ("https:// ou www. ou nom@a ou @a.fr", "<p>https:// ou www. ou nom@a ou @a.fr</p>"),
        ("https\\://a.fr", "<p>https\\://a.fr</p>"),
    ],
)
def test_bare_addresses(text: str, html: str) -> None:
    assert html_of(text) == html
    assert problems(text) == []


def test_bare_addresses_know_their_place() -> None:
    assert body_of("Un\n\nwww.a.fr et nom@a.fr", line=10).links == (
        Link("https://www.a.fr", Position(12, 1)),
        Link("mailto:nom@a.fr", Position(12, 13)),
    )


@pytest.mark.parametrize("text", ["a." * 40_000, "www.a" + "." * 40_000, "https://(" * 10_000])
def test_time_grows_as_the_text_does(text: str) -> None:
    start = time.process_time()
    html_of(text)
    assert time.process_time() - start < 10


def test_a_lone_note_has_no_link_back() -> None:
    assert "href" not in html_of("a\n\n[^9]: perdue")
    assert body_of("a\n\n[^9]: perdue").links == ()


def test_columns_keep_their_alignment() -> None:
    html = html_of("a | b | c | d\n:-- | --: | :-: | ---\n1 | 2 | 3 | 4")
    cells = "".join(
        f"<{tag}{f' class={chr(34)}align-{side}{chr(34)}' if side else ''}>{text}</{tag}>\n"
        for tag, texts in (("th", "abcd"), ("td", "1234"))
        for text, side in zip(texts, ("left", "right", "center", ""), strict=True)
    )
    assert html.replace("</tr>\n</thead>\n<tbody>\n<tr>\n", "").count(cells) == 1


SIGNED = st.text(st.sampled_from("a bé1W:/.www()[]{}<>!*_`~^=&;@#'\"\\\n -+|\x02\x03"), max_size=40)


@given(SIGNED)
def test_a_text_left_out_holds_nothing_for_any_pattern(text: str) -> None:
    bare = text
    while found := _INLINE_SIGN.search(bare):
        bare = bare[: found.start()] + bare[found.end() :]
    for pattern in _converter()._markdown.inlinePatterns:
        compiled = pattern.getCompiledRegExp()
        assert not compiled.search(bare)


@given(SIGNED)
def test_a_pattern_left_out_finds_nothing(text: str) -> None:
    for pattern, sign in _texts()._signs:
        assert sign.search(text) or not pattern.getCompiledRegExp().search(text)


WORDS = ("mot", "`x`", "\\*", "[a](b)", "![a](b.png)", "[a][r]", "[a]", "[^1]", "<b>", "<a@b.fr>")
MORE = ("  \n", "\\\n", "www.a.fr", "https://a.fr", "a@b.fr", "&amp;", "&", "*e*", "**s**", "_u_")
OTHERS = ("==m==", "H~2~O", "x^2^", "[", "]", "(", ")", "*", "_", "`", "<", " ", "\n\n", "- ", "\n")


@given(st.lists(st.sampled_from(WORDS + MORE + OTHERS), max_size=12))
def test_patterns_left_out_change_nothing(words: list[str]) -> None:
    source = "".join(words) + "\n\n[r]: /r/\n"
    texts, md = _texts(), _converter()._markdown
    signs, anything = texts._signs, re.compile("")
    found = md.reset().convert(source)
    try:
        texts._signs = [(pattern, anything) for pattern, _ in signs]
        assert md.reset().convert(source) == found
    finally:
        texts._signs = signs
        md.reset()


def _texts() -> Texts:
    found = _converter()._markdown.treeprocessors["inline"]
    assert isinstance(found, Texts)
    return found


def test_a_text_left_out_is_still_a_text() -> None:
    assert html_of("CNFPT\n\n- un CNFPT, deux\n\n*[CNFPT]: Centre") == (
        '<p><abbr title="Centre">CNFPT</abbr></p>\n<ul>\n'
        '<li>un <abbr title="Centre">CNFPT</abbr>, deux</li>\n</ul>'
    )
