"""French wording of dates, times, durations and numbers."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from plugins.dates.in_words import (
    day_cell,
    format_approximate,
    format_day,
    format_duration,
    format_period,
    format_time,
    format_times,
    month_name,
    month_short,
    month_year,
    of_month,
    when,
)
from plugins.dates.moments import Period
from plugins.dates.parsing import parse_end, parse_moment
from plugins.french.typography import typeset


def period(start: str, end: str | None = None) -> Period:
    first = parse_moment(start)
    return Period(first, parse_end(end, first) if end else None)


def test_format_day() -> None:
    assert format_day(dt.date(2024, 2, 1)) == "1er\u00a0février 2024"
    assert format_day(dt.date(2024, 2, 1), year=False) == "1er\u00a0février"
    assert format_day(dt.date(2024, 3, 25), weekday=True) == "lundi 25\u00a0mars 2024"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2024-02-01", None, "1er\u00a0février 2024"),
        ("2024-03-25", "2024-03-26", "du 25 au 26\u00a0mars 2024"),
        ("2024-03-01", "2024-03-03", "du 1er au 3\u00a0mars 2024"),
        ("2024-03-30", "2024-04-02", "du 30\u00a0mars au 2\u00a0avril 2024"),
        ("2023-12-30", "2024-01-02", "du 30\u00a0décembre 2023 au 2\u00a0janvier 2024"),
        ("2024-02-07 17:00", "18:30", "7\u00a0février 2024"),
        ("2024-02-07 20:00", "2024-02-08 00:00", "7\u00a0février 2024"),
        ("2024-T4", None, "4e\u00a0trimestre 2024"),
        ("2024-T1", "2024-T2", "du 1er au 2e\u00a0trimestre 2024"),
        ("2024-S1", "2024-S2", "du 1er au 2e\u00a0semestre 2024"),
        ("2024-03", "2024-05", "de mars à mai 2024"),
        ("2023-10", "2024-01", "d\u2019octobre 2023 à janvier 2024"),
        ("2024", "2025", "de 2024 à 2025"),
        ("2024-03-25?", "2024-03-26?", "du 25\u00a0mars au 26\u00a0mars 2024"),
        ("2024-03", "2024-T4", "mars 2024\u00a0– 4e\u00a0trimestre 2024"),
    ],
)
def test_format_period(start: str, end: str | None, words: str) -> None:
    assert format_period(period(start, end)) == words


def test_format_period_with_weekdays_or_without_year() -> None:
    lasting = period("2024-03-25", "2024-03-26")
    assert format_period(lasting, weekday=True) == "du lundi 25 au mardi 26\u00a0mars 2024"
    assert format_period(lasting, year=False) == "du 25 au 26\u00a0mars"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2024-03-25", None, "lundi 25\u00a0mars 2024"),
        ("2024-02-07 17:00", None, "mercredi 7\u00a0février 2024 à 17\u00a0h"),
        (
            "2024-02-07 17:00",
            "18:30",
            "mercredi 7\u00a0février 2024, de 17\u00a0h à 18\u00a0h\u00a030",
        ),
        (
            "2024-02-07 20:00",
            "2024-02-08 00:00",
            "mercredi 7\u00a0février 2024, de 20\u00a0h à minuit",
        ),
        (
            "2024-02-07 22:00",
            "2024-02-08 01:00",
            "du mercredi 7\u00a0février 2024 à 22\u00a0h au jeudi 8\u00a0février à 1\u00a0h",
        ),
        (
            "2023-12-31 22:00",
            "2024-01-01 02:00",
            (
                "du dimanche 31\u00a0décembre 2023 à 22\u00a0h "
                "au lundi 1er\u00a0janvier 2024 à 2\u00a0h"
            ),
        ),
        ("2024-T4", None, "4e\u00a0trimestre 2024, date à confirmer"),
        ("2024-03", None, "mars 2024, date à confirmer"),
        ("2024", None, "2024, date à confirmer"),
        ("2024-21", None, "printemps 2024, date à confirmer"),
        ("2024-S1", None, "1er\u00a0semestre 2024, date à confirmer"),
        ("2024-03-25?", None, "25\u00a0mars 2024, date à confirmer"),
    ],
)
def test_when(start: str, end: str | None, words: str) -> None:
    assert when(period(start, end)) == words
    assert typeset(words) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-T1", "1er\u00a0trimestre 2024"),
        ("2024-T2", "2e\u00a0trimestre 2024"),
        ("2024-T3", "3e\u00a0trimestre 2024"),
        ("2024-S2", "2e\u00a0semestre 2024"),
        ("2024-22", "été 2024"),
        ("2024-23", "automne 2024"),
        ("2024-24", "hiver 2024-2025"),
        ("2024~", "2024"),
    ],
)
def test_format_approximate(text: str, words: str) -> None:
    assert format_approximate(parse_moment(text)) == words


def test_format_times() -> None:
    assert format_time(dt.time(17)) == "17\u00a0h"
    assert format_time(dt.time(9, 5)) == "9\u00a0h\u00a005"
    assert format_times(dt.time(17), dt.time(18, 30)) == "17\u00a0h\u00a0– 18\u00a0h\u00a030"
    assert format_times(dt.time(17)) == "17\u00a0h"


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (dt.timedelta(minutes=45), "45\u00a0min"),
        (dt.timedelta(minutes=90), "1\u00a0h\u00a030"),
        (dt.timedelta(hours=2), "2\u00a0h"),
        (dt.timedelta(days=1), "1\u00a0jour"),
        (dt.timedelta(days=2), "2\u00a0jours"),
        (dt.timedelta(days=1, hours=2), "1\u00a0jour 2\u00a0h"),
        (dt.timedelta(0), "0\u00a0min"),
    ],
)
def test_format_duration(duration: dt.timedelta, words: str) -> None:
    assert format_duration(duration) == words


def test_format_duration_refuses_a_negative_one() -> None:
    with pytest.raises(ValueError, match="négative"):
        format_duration(dt.timedelta(minutes=-1))


@pytest.mark.parametrize(
    ("start", "end", "month", "cell"),
    [
        ("2024-02-12", None, None, "12"),
        ("2024-02-01", None, None, "1er"),
        ("2024-03-25", "2024-03-26", (2024, 3), "25–26"),
        ("2024-03-30", "2024-05-02", (2024, 3), "30\u00a0→"),
        ("2024-03-30", "2024-05-02", (2024, 4), "→"),
        ("2024-03-30", "2024-05-02", (2024, 5), "→\u00a02"),
        ("2024-03-30", "2024-04-02", None, "30\u00a0mars\u00a0– 2\u00a0avril"),
        ("2024-02-12?", None, None, "12\u202f?"),
        ("2024-T4", None, (2024, 11), "à\u00a0confirmer"),
    ],
)
def test_day_cell(start: str, end: str | None, month: tuple[int, int] | None, cell: str) -> None:
    assert day_cell(period(start, end), month) == cell


def test_months() -> None:
    shown = " ".join(month_short(n) for n in range(1, 13))
    assert shown == "janv. févr. mars avril mai juin juil. août sept. oct. nov. déc."
    assert month_name(8) == "août"
    assert month_year(2024, 1) == "janvier 2024"
    elided = [n for n in range(1, 13) if of_month(n).startswith("d\u2019")]
    assert elided == [4, 8, 10]
    assert of_month(3) == "de mars"


@given(st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2199, 1, 1)))  # noqa: DTZ001
def test_typography_has_nothing_to_add(moment: dt.datetime) -> None:
    for text in (f"{moment:%Y-%m-%d}", f"{moment:%Y-%m-%d %H:%M}", f"{moment:%Y-%m}"):
        words = when(period(text))
        assert typeset(words) == words
