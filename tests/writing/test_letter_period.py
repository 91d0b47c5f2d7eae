"""The months that an issue covers, read in its header and written for the next one."""

from __future__ import annotations

from datetime import date

import pytest

from plugins.french.typography import plain
from plugins.writing.letter_period import months_later, read_months


@pytest.mark.parametrize(
    ("written", "following"),
    [
        ("décembre 2023", "janvier 2024"),
        ("Février 2024", "mars 2024"),
        ("janvier-mars 2024", "d'avril à juin 2024"),
        ("de janvier à mars 2024", "d'avril à juin 2024"),
        ("octobre – décembre 2024", "de janvier à mars 2025"),
        ("novembre 2023 - janvier 2024", "de février à avril 2024"),
        ("décembre-janvier 2024", "de février à mars 2024"),
        ("janvier, février et mars 2024", "d'avril à juin 2024"),
        ("juillet/août 2024", "de septembre à octobre 2024"),
        ("1er trimestre 2024", "2e trimestre 2024"),
        ("Quatrième trimestre 2024", "1er trimestre 2025"),
        ("T4 2024", "1er trimestre 2025"),
        ("S1 2024", "2e semestre 2024"),
        ("second semestre 2024", "1er semestre 2025"),
        ("automne 2024", "hiver 2024-2025"),
        ("hiver 2024-2025", "printemps 2025"),
        ("2024", "2025"),
    ],
)
def test_following_months(written: str, following: str) -> None:
    found = read_months(written)
    assert found
    assert plain(found.later(1).words) == following


@pytest.mark.parametrize(
    "written", ["avant Noël", "mars", "la rentrée 2024", "mars 9999", "2024 !"]
)
def test_other_words_are_not_guessed(written: str) -> None:
    assert read_months(written) is None


def test_last_day() -> None:
    found = read_months("hiver 2023-2024")
    assert found
    assert found.last_day == date(2024, 2, 29)
    assert found.later(2).last_day == date(2024, 8, 31)


def test_months_later() -> None:
    assert months_later(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_later(date(2024, 1, 31), -2) == date(2023, 11, 30)
