"""Dates as people say them: what a header states of them, and what is refused, with its message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import assume, given, strategies as st

from plugins.dates.in_words import format_day, when
from plugins.dates.moments import PARIS, Moment, Period
from plugins.dates.parsing import parse_moment
from plugins.dates.recurrence import RecurrenceSet
from plugins.dates.recurrence_in_words import describe
from plugins.dates.recurrence_rule import WEEKDAYS, parse_rule
from plugins.dates.said import Said, read_day, read_said
from plugins.models import EventHeader

# A Sunday.
TODAY = dt.date(2026, 11, 29)


def event_of(said: Said) -> EventHeader:
    return EventHeader.model_validate({"titre": "T", "resume": "R.", **said.header()})


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("7 février 2027 17h", "2027-02-07 17:00", None),
        ("7 février 2027 de 17h à 18h30", "2027-02-07 17:00", "18:30"),
        ("7 fév. 2027, 17 h 30 - 19 h", "2027-02-07 17:30", "19:00"),
        ("Le 7 FEVRIER 2027, à 17 heures", "2027-02-07 17:00", None),
        ("dim. 7 févr. 2027 9h05–10h", "2027-02-07 09:05", "10:00"),
        ("7 février 2027 14-16h", "2027-02-07 14:00", "16:00"),
        ("7 février 2027 à midi", "2027-02-07 12:00", None),
        ("7 février 2027 de 22h à minuit", "2027-02-07 22:00", "2027-02-08 00:00"),
        ("25-26 mars", "2027-03-25", "2027-03-26"),
        ("25 et 26 mars 2027", "2027-03-25", "2027-03-26"),
        ("10/11 mars 2027", "2027-03-10", "2027-03-11"),
        ("du 25 mars au 2 avril 2027", "2027-03-25", "2027-04-02"),
        ("du jeudi 25 au vendredi 26 mars 2027", "2027-03-25", "2027-03-26"),
        ("du 30 décembre au 2 janvier", "2026-12-30", "2027-01-02"),
        ("du 30 décembre au 2 janvier 2028", "2027-12-30", "2028-01-02"),
        ("du 30 décembre 2027 au 2 janvier", "2027-12-30", "2028-01-02"),
        ("du 25 mars 9h au 26 mars 17h", "2027-03-25 09:00", "2027-03-26 17:00"),
        ("07/02/2027 17:00", "2027-02-07 17:00", None),
        ("07/02/2027", "2027-02-07", None),
        ("7.2.27", "2027-02-07", None),
        ("07/02", "2027-02-07", None),
        ("29/11", "2026-11-29", None),
        ("28/11", "2027-11-28", None),
        ("29 février", "2028-02-29", None),
        ("1er avril 2027", "2027-04-01", None),
        ("1ᵉʳ avril 2027", "2027-04-01", None),
        ("mardi 9 mars", "2027-03-09", None),
        ("aujourd’hui 18h", "2026-11-29 18:00", None),
        ("demain 14h", "2026-11-30 14:00", None),
        ("après-demain", "2026-12-01", None),
        ("mardi prochain", "2026-12-01", None),
        ("dimanche prochain 10h", "2026-12-06 10:00", None),
        ("T4 2027", "2027-T4", None),
        ("T4", "2026-T4", None),
        ("4e trimestre 2027", "2027-T4", None),
        ("quatrième trimestre de 2027", "2027-T4", None),
        ("du 1er au 2e trimestre 2027", "2027-T1", "2027-T2"),
        ("1er semestre 2027", "2027-S1", None),
        ("automne 2027", "2027-23", None),
        ("hiver 2026-2027", "2026-24", None),
        ("l’été", "2027-22", None),
        ("mars 2027", "2027-03", None),
        ("novembre", "2026-11", None),
        ("octobre", "2027-10", None),
        ("de mars à juin 2027", "2027-03", "2027-06"),
        ("mars-avril 2027", "2027-03", "2027-04"),
        ("de novembre à février 2027", "2026-11", "2027-02"),
        ("de novembre à février", "2026-11", "2027-02"),
        ("2027", "2027", None),
        ("de 2027 à 2028", "2027", "2028"),
        ("25 mars 2027 à confirmer", "2027-03-25?", None),
        ("25 mars 2027 ?", "2027-03-25?", None),
        ("25-26 mars (date à confirmer)", "2027-03-25?", "2027-03-26?"),
        ("T4 2027 à confirmer", "2027-T4", None),
        ("mars 2027 ?", "2027-03?", None),
        ("2027-03-25", "2027-03-25", None),
        ("2027-02-07T17:00", "2027-02-07 17:00", None),
        ("2027-02-07 17:00 - 18:30", "2027-02-07 17:00", "18:30"),
        ("2027-03-25/2027-03-26", "2027-03-25", "2027-03-26"),
        ("2027-T4", "2027-T4", None),
        ("2027-22", "2027-22", None),
        ("2027-03~", "2027-03~", None),
        ("Le 7 février 2027.", "2027-02-07", None),
    ],
)
def test_a_date(text: str, start: str, end: str | None) -> None:
    said = read_said(text, TODAY)
    assert said == Said(start, end)
    assert event_of(said).start == parse_moment(start)


@pytest.mark.parametrize(
    ("text", "header"),
    [
        (
            "chaque premier mardi sauf août",
            {"debut": "2026-12-01", "recurrence": {"chaque": "premier mardi", "sauf": ["août"]}},
        ),
        (
            "chaque premier mardi du mois à 8h30 sauf août à partir de septembre 2027",
            {
                "debut": "2027-09-07 08:30",
                "recurrence": {"chaque": "premier mardi du mois", "sauf": ["août"]},
            },
        ),
        (
            "tous les lundis de 9h à 10h jusqu'au 30 juin 2027",
            {
                "debut": "2026-11-30 09:00",
                "fin": "10:00",
                "recurrence": {"chaque": "tous les lundis", "jusqu_au": "2027-06-30"},
            },
        ),
        (
            "le dernier vendredi du mois, 10 fois, à partir du 26 février 2027",
            {
                "debut": "2027-02-26",
                "recurrence": {"chaque": "dernier vendredi du mois", "fois": 10},
            },
        ),
        (
            "Chaque 1er mardi du mois, de 9 à 10 h",
            {
                "debut": "2026-12-01 09:00",
                "fin": "10:00",
                "recurrence": {"chaque": "1er mardi du mois"},
            },
        ),
        (
            "le 15 de chaque mois à 10h",
            {"debut": "2026-12-15 10:00", "recurrence": {"chaque": "15 de chaque mois"}},
        ),
        (
            "un mardi sur deux à partir du 1er janvier 2027 à 12h",
            {"debut": "2027-01-05 12:00", "recurrence": {"chaque": "un mardi sur deux"}},
        ),
        (
            "chaque mardi, sauf en août et le 4 mai 2027, à partir du 4 mai 2027",
            {
                "debut": "2027-05-11",
                "recurrence": {"chaque": "mardi", "sauf": ["août"]},
            },
        ),
        (
            "chaque mardi, sauf en août et le 4 mai 2027, jusqu’au 31 décembre 2027",
            {
                "debut": "2026-12-01",
                "recurrence": {
                    "chaque": "mardi",
                    "sauf": ["août", "2027-05-04"],
                    "jusqu_au": "2027-12-31",
                },
            },
        ),
        (
            "tous les jeudis à 12h30 du 7 janvier au 24 juin 2027",
            {
                "debut": "2027-01-07 12:30",
                "recurrence": {"chaque": "tous les jeudis", "jusqu_au": "2027-06-24"},
            },
        ),
        (
            "chaque premier mardi de septembre 2027 à juin 2028, de 9h à 10h, hors avril-mai",
            {
                "debut": "2027-09-07 09:00",
                "fin": "10:00",
                "recurrence": {
                    "chaque": "premier mardi",
                    "sauf": ["avril", "mai"],
                    "jusqu_au": "2028-06-30",
                },
            },
        ),
        (
            "chaque mardi jusqu’à la fin de juin",
            {"debut": "2026-12-01", "recurrence": {"chaque": "mardi", "jusqu_au": "2027-06-30"}},
        ),
        (
            "toutes les semaines à partir du 3 décembre",
            {"debut": "2026-12-03", "recurrence": {"chaque": "toutes les semaines"}},
        ),
        (
            "chaque mardi à partir de novembre",
            {"debut": "2026-12-01", "recurrence": {"chaque": "mardi"}},
        ),
        (
            "chaque année le premier mardi d’avril, trois fois",
            {
                "debut": "2027-04-06",
                "recurrence": {"chaque": "année le premier mardi d’avril", "fois": 3},
            },
        ),
        (
            "chaque mardi à 9h, ainsi que le 3 mars 2027",
            {
                "debut": "2026-12-01 09:00",
                "recurrence": {"chaque": "mardi", "dates": ["2027-03-03"]},
            },
        ),
    ],
)
def test_a_recurrence(text: str, header: Mapping[str, object]) -> None:
    said = read_said(text, TODAY)
    assert said.header() == header
    assert event_of(said).recurrence_set is not None


HOW = (
    "Écrivez par exemple « 7 février 2027 17h », « 25-26 mars 2027 », « T4 2027 » "
    "ou « chaque premier mardi du mois à 17h »."
)
ON = "Ajoutez par exemple « à partir du 26 février 2027 »."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"Aucune date n’est donnée. {HOW}"),
        ("25 mars - 2028", f"« 25 mars » est compris, mais pas « - 2028 ». {HOW}"),
        ("bientôt", f"« bientôt » n’est pas compris. {HOW}"),
        (
            "7 février 2027 vers 17h",
            f"« 7 février 2027 » est compris, mais pas « vers 17h ». {HOW}",
        ),
        (
            "chaque mardi à 9h et 14h",
            f"« chaque mardi à 9h » est compris, mais pas « et 14h ». {HOW}",
        ),
        (
            "chaque mardi jusqu’à juin 2027",
            f"« chaque mardi » est compris, mais pas « jusqu’à juin 2027 ». {HOW}",
        ),
        (
            "lundi 9 mars",
            "« lundi 9 mars » : le 9 mars 2027 est un mardi, non un lundi. Corrigez l’un des deux.",
        ),
        (
            "mardi",
            "« mardi » : écrivez le jour du mois, ou « chaque mardi » si l’événement revient.",
        ),
        (
            "hiver 2027",
            (
                "« hiver 2027 » : un hiver tient sur deux années. Écrivez « hiver 2026-2027 » ou "
                "« hiver 2027-2028 »."
            ),
        ),
        (
            "l’hiver",
            (
                "« hiver » : un hiver tient sur deux années. Écrivez « hiver 2026-2027 » ou "
                "« hiver 2027-2028 »."
            ),
        ),
        (
            "fin mars 2027",
            (
                "« fin mars 2027 » : une date ne garde pas « fin ». Écrivez « mars 2027 », ou les "
                "jours possibles."
            ),
        ),
        (
            "25 et 28 mars 2027",
            (
                "« 25 et 28 mars 2027 » : ces dates ne sont pas deux jours qui se suivent. Écrivez "
                "la première ; les autres vont dans « seances »."
            ),
        ),
        (
            "25-26 mars de 9h à 17h",
            (
                "« 25-26 mars de 9h à 17h » : on ne sait pas si l’événement dure aussi la nuit. "
                "Écrivez « du 25 mars 9h au 26 mars 17h » s’il dure du début à la fin ; sinon "
                "« 25-26 mars », ou un jour par séance dans « seances »."
            ),
        ),
        (
            "31 février 2027",
            "« 31 février 2027 » n’existe pas : février 2027 a 28 jours. Corrigez le jour.",
        ),
        (
            "28 mars 2027 2h30",
            (
                "« 2027-03-28 02:30 » : il n’est jamais 02:30 le 2027-03-28, où l’on passe à "
                "l’heure d’été. Écrivez 03:30, ou une autre heure."
            ),
        ),
        (
            "7 février 2027 22h-1h",
            (
                "« 01:00 » précède le début (22:00). Si la fin est le lendemain, écrivez "
                "2027-02-08 01:00."
            ),
        ),
        (
            "7 février 2027 minuit",
            "« 7 février 2027 minuit » : écrivez 00:00, à la date du jour qui commence.",
        ),
        (
            "25 mars 2027 9h à confirmer",
            (
                "« 25 mars 2027 9h à confirmer » : une date à confirmer n’a pas d’heure. Retirez "
                "l’heure, ou retirez « à confirmer » et écrivez « statut_evenement: à confirmer »."
            ),
        ),
        (
            "un mardi sur deux",
            f"« un mardi sur deux » ne dit pas quand cela commence. {ON}",
        ),
        (
            "chaque mois sauf août",
            (
                "« chaque mois » ne dit pas quel jour. Ajoutez le premier jour, par exemple "
                "« à partir du 26 février 2027 »."
            ),
        ),
        ("chaque 30 février", "« chaque 30 février » ne donne aucun jour. Corrigez-le."),
        (
            "chaque mardi de janvier à juin",
            (
                "« de janvier à juin » n’est pas une période d’une année connue. Écrivez "
                "par exemple « du 7 janvier au 24 juin 2027 »."
            ),
        ),
        ("chaque mardi sauf le 4 mai", "« le 4 mai » : ajoutez l’année de ce jour."),
        (
            "chaque mardi sauf le 5 mai 2027",
            "« 2027-05-05 » : rien n’est prévu ce jour-là. Corrigez la date, ou retirez-la.",
        ),
        (
            "chaque mardi sauf les vacances",
            (
                "« les vacances » n’est ni un mois ni un jour. Écrivez par exemple « août » ou "
                "« 2027-05-04 »."
            ),
        ),
        (
            "chaque mardi 5 fois jusqu’au 30 juin 2027",
            (
                "« chaque mardi 5 fois jusqu’au 30 juin 2027 » : « jusqu’au » et « fois » disent "
                "tous deux la fin. Gardez l’un des deux."
            ),
        ),
        ("chaque mardi 2000 fois", "« chaque mardi 2000 fois » : écrivez de 1 à 1\u202f000 fois."),
        (
            "chaque 1er mai sauf août",
            (
                "« chaque 1er mai sauf août » : les mois où l’événement revient sont déjà dits. "
                "Retirez ceux qui suivent « sauf »."
            ),
        ),
        (
            "chaque mardi à partir de la rentrée",
            (
                "« la rentrée » n’est ni un jour ni un mois. Écrivez par exemple « à partir du "
                "26 février 2027 » ou « à partir de septembre 2027 »."
            ),
        ),
        ("x" * 501, f"« {'x' * 59}… » est trop long pour une date. Écrivez la date seule."),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        read_said(text, TODAY)
    assert str(raised.value).replace("\u00a0", " ") == message


def test_next_tuesday_is_open_when_one_comes_in_the_same_week() -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        read_said("mardi prochain", TODAY + dt.timedelta(days=1))
    assert str(raised.value).replace("\u00a0", " ") == (
        "« mardi prochain » peut être le 1er décembre 2026 ou le 8 décembre 2026. Écrivez le jour."
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7 février", "2027-02-07"),
        ("07/02/2027 12h", "2027-02-07 12:00"),
        ("demain", "2026-11-30"),
        ("2027-02-07", "2027-02-07"),
    ],
)
def test_one_day(text: str, day: str) -> None:
    assert read_day(text, TODAY) == day


ONE_DAY = "Écrivez par exemple « 7 février 2027 », « 7 février 2027 17h » ou « 2027-02-07 »."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("vite", f"« vite » n’est pas un jour. {ONE_DAY}"),
        ("mars 2027", f"« mars 2027 » n’est pas un jour précis. {ONE_DAY}"),
        ("25-26 mars", f"« 25-26 mars » n’est pas un jour précis. {ONE_DAY}"),
        ("chaque mardi", f"« chaque mardi » n’est pas un jour précis. {ONE_DAY}"),
        ("7 février ?", f"« 7 février ? » n’est pas un jour précis. {ONE_DAY}"),
    ],
)
def test_what_is_not_one_day(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        read_day(text, TODAY)
    assert str(raised.value) == message


# What the site says, said again ------------------------------------------------------------------

days = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))
todays = st.dates(dt.date(2000, 1, 1), dt.date(2080, 12, 31))
years = st.integers(1990, 2090)
vague = st.one_of(
    years.map(str),
    st.builds(
        "{}-{}".format,
        years,
        st.sampled_from(
            [f"{n:02}" for n in range(1, 13)]
            + ["21", "22", "23", "24", "T1", "T2", "T3", "T4", "S1", "S2"]
        ),
    ),
).map(parse_moment)


def _at(year: int) -> dt.datetime:
    return dt.datetime.combine(dt.date(year, 1, 1), dt.time())


@st.composite
def times(draw: st.DrawFn) -> Moment:
    """A time that Paris has."""
    local = draw(st.datetimes(_at(1990), _at(2090)))
    shown = local.replace(tzinfo=PARIS).astimezone(dt.UTC).astimezone(PARIS)
    return Moment.at(shown.date(), shown.time().replace(second=0, microsecond=0, tzinfo=None))


def _period(bounds: tuple[Moment, Moment]) -> Period:
    start, end = bounds
    try:
        return Period(start, end)
    except ValueError:
        return Period(start) if start.time else Period(end, start)


periods = st.one_of(
    st.one_of(days.map(Moment.at), times(), vague).map(Period),
    st.tuples(days, days).map(lambda two: Period(*map(Moment.at, sorted(two)))),
    st.tuples(days, st.integers(0, 40)).map(
        lambda two: Period(Moment.at(two[0]), Moment.at(two[0] + dt.timedelta(days=two[1])))
    ),
    st.tuples(days, days).map(
        lambda two: Period(*(Moment.at(day, mark="?") for day in sorted(two)))
    ),
    st.tuples(times(), times()).map(_period),
    st.tuples(times(), st.times()).map(
        lambda two: _period(
            (two[0], Moment.at(two[0].first, two[1].replace(second=0, microsecond=0)))
        )
    ),
    st.tuples(vague, vague).map(_period),
)


@given(periods, todays)
def test_a_period_as_the_site_says_it_is_read_back(period: Period, today: dt.date) -> None:
    words = when(period)
    event = event_of(read_said(words, today))
    assert event.period is not None
    assert when(event.period) == words
    if not any(bound.uncertain for bound in (period.start, period.end or period.start)):
        assert event.period.start == period.start
        assert event.period.last_day == period.last_day
        if period.start.time:
            assert event.period.end == period.end


HOURS = [("", None), ("9:00", None), ("17:30", dt.time(19)), ("9:05", dt.time(9, 50))]
numbers = st.integers(1, 31).map(str)
names = st.sampled_from(WEEKDAYS)
ranks = st.sampled_from(["1", "2", "3", "4", "5", "-1", "-2"])
months = st.lists(st.integers(1, 12), min_size=1, max_size=12, unique=True).map(sorted)
days_in_month = st.one_of(
    st.tuples(st.lists(ranks, min_size=1, max_size=3, unique=True), names).map(
        lambda two: "BYDAY=" + ",".join(f"{rank}{two[1]}" for rank in two[0])
    ),
    st.lists(numbers, min_size=1, max_size=3, unique=True).map(
        lambda found: f"BYMONTHDAY={','.join(found)}"
    ),
    st.just("BYMONTHDAY=-1"),
)
intervals = st.one_of(st.just(""), st.integers(2, 99).map(lambda n: f"INTERVAL={n}"))
rules = st.one_of(
    st.tuples(st.just("FREQ=DAILY"), intervals),
    st.tuples(
        st.just("FREQ=WEEKLY"),
        intervals,
        st.lists(names, min_size=1, max_size=7, unique=True).map(
            lambda found: f"BYDAY={','.join(found)}"
        ),
    ),
    st.tuples(st.just("FREQ=MONTHLY"), intervals, days_in_month),
    st.tuples(
        st.just("FREQ=MONTHLY"),
        months.map(lambda m: f"BYMONTH={','.join(map(str, m))}"),
        days_in_month,
    ),
    st.tuples(
        st.just("FREQ=YEARLY"),
        intervals,
        st.integers(1, 12).map(lambda m: f"BYMONTH={m}"),
        days_in_month,
    ),
).map(lambda parts: ";".join(filter(None, parts)))


@given(rules, st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)), todays, st.data())
def test_a_recurrence_as_the_site_says_it_is_read_back(
    rule: str, day: dt.date, today: dt.date, data: st.DataObject
) -> None:
    """The sentence of a page and its first day give the same sittings."""
    found = next(parse_rule(rule).matching(day), None)
    assume(found is not None)
    assert found is not None
    last = found + dt.timedelta(days=800)
    rule += data.draw(st.sampled_from(["", ";COUNT=1", ";COUNT=7", f";UNTIL={last:%Y%m%d}"]))
    start, end = data.draw(st.sampled_from(HOURS))
    first = parse_moment(f"{found} {start}")
    period = Period(first, Moment.at(first.first, end) if end else None)
    recurrence = RecurrenceSet(period, rule)
    assume(not list(recurrence.faults()))
    others = [s.original.first for s in recurrence.sittings(found, last)[1:]]
    off = data.draw(st.lists(st.sampled_from(others), max_size=3, unique=True)) if others else []
    recurrence = replace(recurrence, excluded=tuple(map(Moment.at, sorted(off))))
    words = describe(recurrence)
    assume(words)
    event = event_of(read_said(f"{words}, à partir du {format_day(found)}", today))
    assert event.recurrence_set is not None
    assert event.recurrence_set.sittings(found, last) == recurrence.sittings(found, last)
    assert describe(event.recurrence_set) == words
