"""Amounts in French words."""

from __future__ import annotations

import pytest

from plugins.french.quantities import count, format_number, weight


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0\u00a0page"), (1, "1\u00a0page"), (2, "2\u00a0pages")]
)
def test_count(number: int, words: str) -> None:
    assert count(number, "page") == words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "1\u00a0ko"),
        (120_400, "120\u00a0ko"),
        (999_999, "1000\u00a0ko"),
        (1_000_000, "1,0\u00a0Mo"),
        (1_449_000, "1,4\u00a0Mo"),
    ],
)
def test_weight(size: int, words: str) -> None:
    assert weight(size) == words


def test_format_number() -> None:
    assert format_number(1220) == "1\u202f220"
    assert format_number(3.5) == "3,5"
