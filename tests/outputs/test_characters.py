"""Texts lose what XML and iCalendar refuse, and nothing else."""

import pytest
from hypothesis import given
from lxml import etree

from plugins.outputs.characters import clean_line, clean_text
from tests.outputs.strategies import letters, texts


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Déjà vu, « là »\u00a0!", "Déjà vu, « là »\u00a0!"),
        ("a\0b\x08c\x0bd\x1be\x7ff\x9fg", "abcdefg"),
        ("a\ud800b\ufffec\ufdd0d\U0001ffffe", "abcde"),
        ("un\r\ndeux\rtrois\x85quatre\u2028cinq", "un\ndeux\ntrois\nquatre\ncinq"),
        ("tab\tulation", "tab\tulation"),
        ("👩🏽‍🚀 \u202eשלום", "👩🏽‍🚀 \u202eשלום"),
    ],
)
def test_clean_text(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  un\n\t deux  ", "un deux"),
        ("\u00a0un\u202f! ", "\u00a0un\u202f!"),
        ("un\x01 \x02deux", "un deux"),
        ("\0", ""),
    ],
)
def test_clean_line(text: str, cleaned: str) -> None:
    assert clean_line(text) == cleaned


@given(texts)
def test_cleaned_text_is_xml(text: str) -> None:
    element = etree.Element("a")
    element.text = clean_text(text)
    assert letters(element.text) == letters(clean_text(text))
    etree.fromstring(etree.tostring(element, encoding="utf-8"))
