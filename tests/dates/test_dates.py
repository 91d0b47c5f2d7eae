"""Moments, periods and publication dates: every accepted form, every message."""

import datetime as dt
import re

import pytest
from hypothesis import given, strategies as st

from plugins.dates.moments import PARIS, Moment, Period
from plugins.dates.parsing import parse_end, parse_moment, parse_publication

SKIPPED = (
    "il n’est jamais 02:30 le 2027-03-28, où l’on passe à l’heure d’été. Écrivez 03:30, ou une "
    "autre heure."
)
FORMS = (
    "Écrivez un jour (2024-03-25), une heure (2024-02-07 17:00), un mois (2024-03), "
    "un trimestre (2024-T4), un semestre (2024-S1), une saison (de 2024-21, le printemps, à "
    "2024-24, l’hiver) ou une année (2024)."
)
PART = (
    "n’est ni un mois (01 à 12), ni un trimestre (T1 à T4), ni un semestre (S1, S2), "
    "ni une saison (21 à 24). Corrigez-le."
)


def period(start: str, end: str | None = None) -> Period:
    first = parse_moment(start)
    return Period(first, parse_end(end, first) if end else None)


@pytest.mark.parametrize(
    ("text", "canonical", "precision", "first", "last"),
    [
        ("2024-03-25", "2024-03-25", "day", "2024-03-25", "2024-03-25"),
        (" 2024-02-07 17:00 ", "2024-02-07T17:00", "time", "2024-02-07", "2024-02-07"),
        ("2024-02-07T17:00", "2024-02-07T17:00", "time", "2024-02-07", "2024-02-07"),
        ("2024-02-07 17:00:00", "2024-02-07T17:00", "time", "2024-02-07", "2024-02-07"),
        ("2024-02-07 17h", "2024-02-07T17:00", "time", "2024-02-07", "2024-02-07"),
        ("2024-02-07 17h30", "2024-02-07T17:30", "time", "2024-02-07", "2024-02-07"),
        ("2024-02-07 17\u00a0h\u00a030", "2024-02-07T17:30", "time", "2024-02-07", "2024-02-07"),
        ("2024-03", "2024-03", "month", "2024-03-01", "2024-03-31"),
        ("2024-33", "2024-33", "quarter", "2024-01-01", "2024-03-31"),
        ("2024-36", "2024-36", "quarter", "2024-10-01", "2024-12-31"),
        ("2024-T4", "2024-36", "quarter", "2024-10-01", "2024-12-31"),
        ("2024-t4", "2024-36", "quarter", "2024-10-01", "2024-12-31"),
        ("2024-Q2", "2024-34", "quarter", "2024-04-01", "2024-06-30"),
        ("2024-21", "2024-21", "season", "2024-03-01", "2024-05-31"),
        ("2023-24", "2023-24", "season", "2023-12-01", "2024-02-29"),
        ("2024-40", "2024-40", "semester", "2024-01-01", "2024-06-30"),
        ("2024-S2", "2024-41", "semester", "2024-07-01", "2024-12-31"),
        ("2024", "2024", "year", "2024-01-01", "2024-12-31"),
    ],
)
def test_parse_moment(text: str, canonical: str, precision: str, first: str, last: str) -> None:
    moment = parse_moment(text)
    assert moment.text == canonical
    assert moment.precision == precision
    assert (moment.first.isoformat(), moment.last.isoformat()) == (first, last)
    assert moment.is_approximate == (precision not in {"day", "time"})
    assert parse_moment(moment.text) == parse_moment(str(moment)) == moment


@pytest.mark.parametrize("text", ["2024-03-25?", "2024-03~", "2024-36?", "2024-22%", "2024?"])
def test_qualifier_makes_a_moment_uncertain(text: str) -> None:
    moment = parse_moment(text)
    assert moment.uncertain
    assert moment.is_approximate
    assert moment.text == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("25/03/2024", "« 25/03/2024 » : écrivez 2024-03-25."),
        ("07/02/27", "« 07/02/27 » : écrivez 2027-02-07."),
        ("7.2.27 17h30", "« 7.2.27 17h30 » : écrivez 2027-02-07 17:30."),
        ("07/02", "« 07/02 » n’a pas d’année : écrivez par exemple 2024-03-25."),
        ("25-3-2024", "« 25-3-2024 » : écrivez 2024-03-25."),
        ("2024/03/25", "« 2024/03/25 » : écrivez 2024-03-25."),
        ("20240325", "« 20240325 » : écrivez 2024-03-25."),
        ("7/2/2024 à 17h", "« 7/2/2024 à 17h » : écrivez 2024-02-07 17:00."),
        ("lundi 25 mars 2024", "« lundi 25 mars 2024 » : écrivez 2024-03-25."),
        ("1er février 2024", "« 1er février 2024 » : écrivez 2024-02-01."),
        ("mars 2024", "« mars 2024 » : écrivez 2024-03."),
        ("4e trimestre 2024", "« 4e trimestre 2024 » : écrivez 2024-T4."),
        ("T4 2024", "« T4 2024 » : écrivez 2024-T4."),
        ("s1/2024", "« s1/2024 » : écrivez 2024-S1."),
        ("fin septembre 2024", "« fin septembre 2024 » : écrivez 2024-09."),
        ("mi-mars 2024", "« mi-mars 2024 » : écrivez 2024-03."),
        ("03/2024", "« 03/2024 » : écrivez 2024-03."),
        ("2024/3", "« 2024/3 » : écrivez 2024-03."),
        ("printemps 2024", "« printemps 2024 » : écrivez 2024-21."),
        (
            "2024-02-30",
            "« 2024-02-30 » n’existe pas : février 2024 a 29 jours. Corrigez le jour.",
        ),
        (
            "2024-13-01",
            (
                "« 2024-13-01 » : il n’y a pas de mois 13. Écrivez année-mois-jour, "
                "par exemple 2024-03-25."
            ),
        ),
        ("2024-13", f"« 2024-13 » : « 13 » {PART}"),
        ("2024-T5", f"« 2024-T5 » : « T5 » {PART}"),
        (
            "0224-03-25",
            "« 0224-03-25 » : l’année 0224 est hors de 1800-2199. Corrigez-la.",
        ),
        (
            "2024-02-07 25:00",
            "« 2024-02-07 25:00 » : 25:00 n’est pas une heure. Écrivez une heure de 00:00 à 23:59.",
        ),
        (
            "2024-02-07 24:00",
            "« 2024-02-07 24:00 » : minuit s’écrit 00:00, à la date du lendemain.",
        ),
        ("17:00", "« 17:00 » n’a pas de jour : écrivez par exemple 2024-02-07 17:00."),
        (
            "2024-02-07T17:00Z",
            "« 2024-02-07T17:00Z » : écrivez l’heure de Paris, sans décalage (2024-02-07 17:00).",
        ),
        (
            "2024-02-07 17:00:30",
            "« 2024-02-07 17:00:30 » : écrivez l’heure sans secondes (2024-02-07 17:00).",
        ),
        (
            "2024-03/2024-05",
            "« 2024-03/2024-05 » : écrivez une seule date ; la fin a son propre champ.",
        ),
        (
            "2024-02-07? 17:00",
            (
                "« 2024-02-07? 17:00 » mêle « ? » et une heure : écrivez 2024-02-07? sans l’heure, "
                "ou 2024-02-07 17:00 sans « ? »."
            ),
        ),
        ("2027-03-28 02:30", f"« 2027-03-28 02:30 » : {SKIPPED}"),
        ("2027-03-28T2h30", f"« 2027-03-28T2h30 » : {SKIPPED}"),
        ("", f"La date est vide. {FORMS}"),
        ("bientôt", f"« bientôt » n’est pas une date. {FORMS}"),
        ("202X", f"« 202X » n’est pas une date. {FORMS}"),
        ("٢٠٢٤", f"« ٢٠٢٤ » n’est pas une date. {FORMS}"),
        ("a\x1b" * 50, f"« {'a ' * 20}… » n’est pas une date. {FORMS}"),
    ],
)
def test_moment_says_what_to_write(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_moment(text)


@given(st.one_of(st.text(max_size=30), st.text("0123456789-/:TSQ?~ hXaumrs", max_size=25)))
def test_any_text_is_a_moment_or_a_french_sentence(text: str) -> None:
    for parse in (parse_moment, parse_publication):
        try:
            parse(text)
        except ValueError as error:
            assert str(error).endswith((".", ")."))  # noqa: PT017
            assert "\n" not in str(error)  # noqa: PT017


@given(st.dates(dt.date(1800, 1, 1), dt.date(2199, 12, 31)))
def test_every_day_is_read_back(day: dt.date) -> None:
    assert parse_moment(day.isoformat()).first == day
    assert parse_publication(day.isoformat()).day == day


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2024-01-31 12:00", "2024-01-31T11:00+00:00"),
        ("2024-07-31 12:00", "2024-07-31T10:00+00:00"),
        ("2024-10-27 02:30", "2024-10-27T00:30+00:00"),
    ],
)
def test_instant_is_right_in_both_seasons(text: str, utc: str) -> None:
    instant = parse_moment(text).instant
    assert instant is not None
    assert instant.tzinfo is PARIS
    assert instant.astimezone(dt.UTC) == dt.datetime.fromisoformat(utc)


def test_the_spring_gap_is_read_after_it() -> None:
    """A recurrence may give such a time; nobody may write it."""
    skipped = Moment.at(dt.date(2024, 3, 31), dt.time(2, 30))
    assert str(skipped.instant) == "2024-03-31 03:30:00+02:00"


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("2026-10-25 01:59", False),
        ("2026-10-25 02:00", True),
        ("2026-10-25 02:59", True),
        ("2026-10-25 03:00", False),
        ("2027-03-28 03:00", False),
        ("2026-10-25", False),
    ],
)
def test_a_time_that_occurs_twice(text: str, twice: bool) -> None:
    assert parse_moment(text).occurs_twice is twice


def test_only_a_time_has_an_instant() -> None:
    assert parse_moment("2024-03-25").instant is None


def test_approximate_moments_sort_after_the_dated_ones_of_their_span() -> None:
    texts = [
        "2024",
        "2024-T4",
        "2024-12",
        "2024-12-31 23:00",
        "2024-12-31",
        "2024-03",
        "2025-01-01",
    ]
    assert sorted(texts, key=lambda t: parse_moment(t).sort_key) == [
        "2024-03",
        "2024-12-31",
        "2024-12-31 23:00",
        "2024-12",
        "2024-T4",
        "2024",
        "2025-01-01",
    ]


def test_months() -> None:
    assert parse_moment("2024-T1").months == ((2024, 1), (2024, 2), (2024, 3))
    assert parse_moment("2024-24").months == ((2024, 12), (2025, 1), (2025, 2))
    assert period("2023-12-30", "2024-01-02").months == ((2023, 12), (2024, 1))


@pytest.mark.parametrize(
    ("start", "end", "first", "last", "duration"),
    [
        ("2024-03-25", None, "2024-03-25", "2024-03-25", dt.timedelta(days=1)),
        ("2024-03-25", "2024-03-26", "2024-03-25", "2024-03-26", dt.timedelta(days=2)),
        ("2024-02-07 17:00", None, "2024-02-07", "2024-02-07", None),
        ("2024-02-07 17:00", "18h30", "2024-02-07", "2024-02-07", dt.timedelta(minutes=90)),
        ("2024-02-07 22:00", "2024-02-08 01:00", "2024-02-07", "2024-02-08", dt.timedelta(hours=3)),
        ("2024-02-07 22:00", "2024-02-08 00:00", "2024-02-07", "2024-02-07", dt.timedelta(hours=2)),
        ("2024-03-30 22:00", "2024-03-31 04:00", "2024-03-30", "2024-03-31", dt.timedelta(hours=5)),
        ("2024-03", "2024-05", "2024-03-01", "2024-05-31", None),
    ],
)
def test_period(
    start: str, end: str | None, first: str, last: str, duration: dt.timedelta | None
) -> None:
    lasting = period(start, end)
    assert lasting.first_day.isoformat() == first
    assert lasting.last_day.isoformat() == last
    assert lasting.duration == duration
    assert lasting.days[0] == lasting.first_day
    assert lasting.days[-1] == lasting.last_day
    begin, finish = lasting.instants
    assert begin <= finish


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (
            "2024-02-07 17:00",
            "16:00",
            "« 16:00 » précède le début (17:00). Corrigez l’un des deux.",
        ),
        (
            "2024-02-07 17:00",
            "01:00",
            (
                "« 01:00 » précède le début (17:00). Si la fin est le lendemain, "
                "écrivez 2024-02-08 01:00."
            ),
        ),
        (
            "2024-02-07",
            "2024-02-06",
            "« 2024-02-06 » précède le début (2024-02-07). Corrigez l’un des deux.",
        ),
        (
            "2024-T4",
            "2024-03",
            "« 2024-03 » précède le début (2024-T4). Corrigez l’un des deux.",
        ),
        (
            "2024-02-07 17:00",
            "17h",
            "« 17:00 » est aussi le début. Corrigez la fin ou retirez-la.",
        ),
        (
            "2024-02-07",
            "18:30",
            (
                "« 18:30 » est une heure, mais le début (2024-02-07) n’en a pas. "
                "Ajoutez l’heure du début ou donnez un jour de fin."
            ),
        ),
        (
            "2024-02-07 17:00",
            "2024-02-08",
            (
                "« 2024-02-08 » n’a pas d’heure mais le début (2024-02-07 17:00) en a une. "
                "Donnez l’heure de la fin, ou retirez-la, ou retirez celle du début."
            ),
        ),
        ("2027-03-28 01:00", "2:30", f"« 2:30 » : {SKIPPED}"),
        (
            "2024-02-07",
            "2024-02-08 18:00",
            (
                "« 2024-02-08 18:00 » a une heure mais le début (2024-02-07) n’en a pas. "
                "Donnez l’heure du début ou retirez celle de la fin."
            ),
        ),
    ],
)
def test_period_says_what_is_wrong(start: str, end: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        period(start, end)


def test_instants_of_days_are_the_midnights_around_them() -> None:
    begin, finish = period("2024-03-30", "2024-03-31").instants
    assert str(begin) == "2024-03-30 00:00:00+01:00"
    assert str(finish) == "2024-04-01 00:00:00+02:00"


def test_overlaps() -> None:
    lasting = period("2024-03-25", "2024-03-26")
    assert lasting.overlaps(dt.date(2024, 3, 26), dt.date(2024, 3, 30))
    assert not lasting.overlaps(dt.date(2024, 3, 27), dt.date(2024, 3, 30))
    assert lasting.is_several_days
    assert not period("2024-03").is_several_days


@pytest.mark.parametrize(
    ("text", "paris", "has_time"),
    [
        ("2010-12-03", "2010-12-03 00:00:00+01:00", False),
        ("2010/12/03", "2010-12-03 00:00:00+01:00", False),
        ("2010-12-03 10:20", "2010-12-03 10:20:00+01:00", True),
        ("2010-12-03 10:20:30", "2010-12-03 10:20:30+01:00", True),
        ("2010-12-03 10h20", "2010-12-03 10:20:00+01:00", True),
        ("2010-12-03T10:20:00Z", "2010-12-03 11:20:00+01:00", True),
        ("2010-12-03T23:30:00-05:00", "2010-12-04 05:30:00+01:00", True),
        ("Fri, 03 Dec 2010 10:20", "2010-12-03 10:20:00+01:00", True),
        ("Fri, 03 Dec 2010 10:20:00 +0000", "2010-12-03 11:20:00+01:00", True),
        ("December 3, 2010", "2010-12-03 00:00:00+01:00", False),
    ],
)
def test_parse_publication(text: str, paris: str, has_time: bool) -> None:
    published = parse_publication(text)
    assert str(published.instant) == paris
    assert published.has_time == has_time
    assert published.day.isoformat() == paris[:10]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("03/12/2010", "« 03/12/2010 » : écrivez 2010-12-03."),
        ("2010-12", "« 2010-12 » : il faut un jour précis, par exemple 2024-03-25."),
        ("mars 2024", "« mars 2024 » : il faut un jour précis, par exemple 2024-03-25."),
        ("03/2024", "« 03/2024 » : il faut un jour précis, par exemple 2024-03-25."),
        ("Dec 2010", "« Dec 2010 » est incomplet : il faut un jour, un mois et une année."),
        ("2027-03-28 02:30:15", f"« 2027-03-28 02:30:15 » : {SKIPPED}"),
        ("2010-02-30", "« 2010-02-30 » n’existe pas : février 2010 a 28 jours. Corrigez le jour."),
        (
            "2010-12-03 10:20 +19:00",
            (
                "« 2010-12-03 10:20 +19:00 » : « +19:00 » n’est pas un décalage horaire. "
                "Retirez-le pour écrire l’heure de Paris."
            ),
        ),
    ],
)
def test_publication_says_what_to_write(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_publication(text)
