"""Any text is read in a time that grows with its length, or refused with its line."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from plugins.markdown.bounds import MAX_BLOCKS, MAX_CHARACTERS, MAX_LINES, MAX_OPEN_TAGS
from plugins.markdown.links import MAX_READ
from tests.markdown.rendered import body_of, html_of, problems

LONG = (
    "le texte compte 100\u202f001 caractères, plus que les 100\u202f000 permis. "
    "Répartissez-le entre plusieurs contenus, ou placez-le dans un document joint."
)
CROWDED = "plus de 1\u202f000 lignes se suivent. Coupez-les par des lignes vides."
BLOCKS = "plus de 300 lignes commencent par « /// ». Répartissez ce texte entre plusieurs contenus."
OPEN = (
    "plus de 100 « < » ouvrent une balise qui n’est pas fermée. "
    "Un « < » à montrer s’écrit « &lt; »."
)
ENDLESS = (
    "trop d’adresses de liens ne sont pas fermées dans ce paragraphe. "
    "Écrivez « [les mots](adresse) », et coupez-le par des lignes vides."
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n" * (MAX_CHARACTERS // 2) + "b", f"50003:1 · texte : {LONG}"),
        ("a\n\n" + "b\n" * MAX_LINES + "b", f"1005:1 · texte : {CROWDED}"),
        ("/// encart\n\na\n///\n\n" * (MAX_BLOCKS // 2) + "///", f"753:1 · texte : {BLOCKS}"),
        ("a\n\n" + "1 <b ou\n" * (MAX_OPEN_TAGS + 1), f"105:1 · texte : {OPEN}"),
        ("Un mot.\n\nDeux [a](" + "[a](" * 5000, f"5:1 · lien : {ENDLESS}"),
        ("Un mot.\n\n" + "[a](l'a) " * 5000, f"5:1 · lien : {ENDLESS}"),
    ],
)
def test_what_is_too_much_is_told(text: str, message: str) -> None:
    assert problems(text, line=3) == [message]
    assert html_of("Un *mot*.") == "<p>Un <em>mot</em>.</p>"


@pytest.mark.parametrize(
    "text",
    [
        "a\n" * (MAX_LINES - 1) + "a",
        "```\n" + "a<b\n" * 2 * MAX_LINES + "```",
        "```\n" + "///\n" * 2 * MAX_BLOCKS + "```",
        "a < b et c > d, <b>e</b> " * 2 * MAX_OPEN_TAGS,
        "[a](b.md) " * 1000,
    ],
)
def test_what_a_text_may_hold(text: str) -> None:
    assert not problems(text)


def _calls(text: str) -> int:
    """Return how many functions are called to convert a text: neither a clock nor a guess."""
    count = 0

    def counted(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        body_of(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        *("[", "![", "[^", "[a][", "![a][", "(a)[", "[[", "[a]", "[]()", "[a](b.md) ", "](", "](<"),
        *("<![CDATA[", "`", "`a` ", "``a` ", "*", "_", "**a ", "*a_b ", "&", "&#", "<", "<b>"),
        *(
            "a\n\n",
            "> a\n\n",
            "- a\n\n",
            "# a\n\n",
            "| a ",
            "a@b.fr ",
            "https://a.fr ",
            "==a",
            "a~b~",
        ),
        *("[^1]", "{: #a }", "~~a~~ ", ":a:", "\\*", "<!--", "<b>a</b> ", "1. a\n\n", "'", '"'),
    ],
)
def test_work_grows_with_the_text(unit: str) -> None:
    body_of(unit)
    few, many = (_calls(unit * (size // len(unit))) for size in (1500, 3000))
    assert many < 2.3 * few


def test_addresses_are_bounded() -> None:
    """A text as long as may be, of links as short as may be, needs far less."""
    assert MAX_READ > 10 * MAX_CHARACTERS
