"""Spans of days, and what is proposed for those that are written otherwise."""

from __future__ import annotations

import datetime as dt

import pytest

from plugins.dates.parsing import parse_interval


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-T1", "2024-01-01", "2024-03-31"),
        ("2024-01/2024-03", "2024-01-01", "2024-03-31"),
        ("2024/2025", "2024-01-01", "2025-12-31"),
        ("2024-01-15/2024-T2", "2024-01-15", "2024-06-30"),
    ],
)
def test_intervals(text: str, first: str, last: str) -> None:
    assert parse_interval(text) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("01/2024", "2024-01"),
        ("2024/03", "2024-03"),
        ("mars 2024", "2024-03"),
        ("T1 2024", "2024-T1"),
        ("2024-01 à 2024-03", "2024-01/2024-03"),
        ("2024-01-2024-03", "2024-01/2024-03"),
        ("01/2024 - 03/2024", "2024-01/2024-03"),
        ("mars-juin 2024", "2024-03/2024-06"),
        ("de mars à juin 2024", "2024-03/2024-06"),
        ("du 1er mars au 3 avril 2024", "2024-03-01/2024-04-03"),
        ("décembre 2023 – janvier 2024", "2023-12/2024-01"),
        ("2024-T1/T2", "2024-T1/2024-T2"),
    ],
)
def test_the_right_form_is_proposed(text: str, right: str) -> None:
    with pytest.raises(ValueError, match=f"^« {text} » : écrivez {right}\\.$"):
        parse_interval(text)
    parse_interval(right)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "2024-03/2024-01",
            "« 2024-03/2024-01 » finit avant de commencer. Échangez les deux dates.",
        ),
        ("mars-avril", "« mars-avril » n’est pas une date. "),
        ("13/2024", "« 13 » n’est pas une date. "),
    ],
)
def test_what_is_not_understood_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        parse_interval(text)
