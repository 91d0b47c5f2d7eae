"""Recurrences in French words: the rule of each form, what is refused, said and unrolled."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pydantic import ValidationError

from plugins.dates.moments import Period
from plugins.dates.parsing import parse_moment
from plugins.dates.recurrence import days_shown
from plugins.dates.recurrence_in_words import describe
from plugins.dates.recurrence_phrases import excluded, rule_of
from plugins.models import EventHeader
from plugins.models.event import Recurrence
from plugins.outputs.calendars.ics import to_ics
from plugins.views.site_calendars import SiteCalendars
from tests.contents import index_of, text
from tests.outputs import ical_js, ics_reading

FORMS = (
    "« mardi », « lundi et jeudi », « mardi, une semaine sur deux », « premier mardi du mois », "
    "« dernier vendredi du mois » ou « 15 du mois »."
)


@pytest.mark.parametrize(
    ("phrase", "rule"),
    [
        ("mardi", "FREQ=WEEKLY;BYDAY=TU"),
        ("Chaque mardi", "FREQ=WEEKLY;BYDAY=TU"),
        ("tous les mardis.", "FREQ=WEEKLY;BYDAY=TU"),
        ("lundi, mercredi et vendredi", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("le mardi et le jeudi", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("mardi, une semaine sur deux", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("un mardi sur trois", "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU"),
        ("toutes les deux semaines", "FREQ=WEEKLY;INTERVAL=2"),
        ("toutes les deux semaines, le mardi et le jeudi", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH"),
        ("semaine", "FREQ=WEEKLY"),
        ("jour", "FREQ=DAILY"),
        ("tous les 3 jours", "FREQ=DAILY;INTERVAL=3"),
        ("jour ouvré", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("chaque jour du lundi au vendredi", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("premier mardi du mois", "FREQ=MONTHLY;BYDAY=1TU"),
        ("Les premiers mardis de chaque mois", "FREQ=MONTHLY;BYDAY=1TU"),
        ("1er et 3e jeudi du mois", "FREQ=MONTHLY;BYDAY=1TH,3TH"),
        ("DEUXIÈME LUNDI DU MOIS", "FREQ=MONTHLY;BYDAY=2MO"),
        ("avant-dernier vendredi du mois", "FREQ=MONTHLY;BYDAY=-2FR"),
        ("tous les deux mois, le premier mardi", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU"),
        ("15 du mois", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("le 1er et le 15 de chaque mois", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("dernier jour du mois", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("mois", "FREQ=MONTHLY"),
        ("année", "FREQ=YEARLY"),
        ("tous les deux ans", "FREQ=YEARLY;INTERVAL=2"),
        ("chaque premier mardi", "FREQ=MONTHLY;BYDAY=1TU"),
        ("en mars et juin, le premier mardi", "FREQ=MONTHLY;BYMONTH=3,6;BYDAY=1TU"),
        ("en juillet, le 1er et le 15", "FREQ=MONTHLY;BYMONTH=7;BYMONTHDAY=1,15"),
        ("année le 15 mars", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"),
        (
            "tous les deux ans le dernier jour de février",
            "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=-1",
        ),
        ("premier mardi d’avril", "FREQ=YEARLY;BYMONTH=4;BYDAY=1TU"),
        ("toutes les douze semaines", "FREQ=WEEKLY;INTERVAL=12"),
        ("tous les 45 jours", "FREQ=DAILY;INTERVAL=45"),
    ],
)
def test_rule_of_a_phrase(phrase: str, rule: str) -> None:
    assert rule_of(phrase) == rule


@pytest.mark.parametrize(
    "phrase", ["premier jour", "mardi ou jeudi", "32 du mois", "6e mardi du mois", "souvent", "le"]
)
def test_no_phrase_is_guessed(phrase: str) -> None:
    with pytest.raises(ValueError, match="n’est pas compris") as raised:
        rule_of(phrase)
    assert str(raised.value) == f"« {phrase} » n’est pas compris. Écrivez par exemple {FORMS}"


def test_a_rule_in_the_place_of_a_phrase_is_told_where_to_go() -> None:
    with pytest.raises(ValueError, match="« FREQ=DAILY » : une règle RRULE s’écrit dans « regle »"):
        rule_of("FREQ=DAILY")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("août", (8,)),
        ("en août", (8,)),
        ("au mois d’août", (8,)),
        ("juillet et août", (7, 8)),
        ("2027-05-04", parse_moment("2027-05-04")),
        ("le 1er mai 2027", parse_moment("2027-05-01")),
    ],
)
def test_what_is_excluded(written: str, found: object) -> None:
    assert excluded(written) == found


@pytest.mark.parametrize("written", ["2027", "2027-05", "2027-05-04 10:00", "été", "5 mai"])
def test_what_excludes_neither_months_nor_a_day(written: str) -> None:
    with pytest.raises(ValueError, match="ni un mois ni un jour") as raised:
        excluded(written)
    assert str(raised.value) == (
        f"« {written} » n’est ni un mois ni un jour. "
        "Écrivez par exemple « août » ou « 2027-05-04 »."
    )


@pytest.mark.parametrize(
    ("start", "fields", "words"),
    [
        (
            "2024-01-02 17:00",
            {"chaque": "premier mardi du mois", "sauf": ["août"]},
            "chaque mois, le premier mardi, sauf en août, à 17 h",
        ),
        (
            "2024-01-02",
            {"chaque": "un mardi sur deux", "sauf": "juillet, août", "jusqu_au": "2024-12-31"},
            "un mardi sur deux, sauf en juillet et août, jusqu’au 31 décembre 2024",
        ),
        (
            "2024-01-02",
            {"chaque": "jour", "sauf": ["août", "2024-05-01"], "fois": "300"},
            "chaque jour, sauf en août, 300 fois, sauf le 1er mai 2024",
        ),
    ],
)
def test_what_is_said_of_it(start: str, fields: dict[str, object], words: str) -> None:
    found = Recurrence.model_validate(fields).of(Period(parse_moment(start)))
    assert describe(found).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    "phrase",
    [
        *("chaque mardi", "un jeudi sur deux", "toutes les trois semaines, le lundi et le jeudi"),
        *("chaque jour", "tous les deux jours", "chaque jour du lundi au vendredi"),
        *("chaque mois, le premier mardi", "chaque mois, le premier et le troisième mardi"),
        *("tous les deux mois, le dernier vendredi", "chaque mois, le 1er et le 15"),
        "chaque mois, le dernier jour",
    ],
)
def test_what_the_site_says_is_understood(phrase: str) -> None:
    """An editor may copy the sentence of a page."""
    rule = Recurrence.model_validate({"regle": rule_of(phrase)})
    said = describe(rule.of(Period(parse_moment("2024-01-04"))))
    assert said.replace("\u00a0", " ") == phrase


EVENT = {"titre": "T", "resume": "R.", "debut": "2024-01-02 17:00"}


@pytest.mark.parametrize(
    ("fields", "place", "message"),
    [
        (
            {"chaque": "mercredi"},
            ("recurrence", "chaque"),
            (
                "« mercredi » ne donne pas le jour de « debut » (mardi 2 janvier 2024), mais "
                "d’abord mercredi 3 janvier 2024. Écrivez « debut: 2024-01-03 17:00 » (une "
                "exception peut déplacer cette séance), ou corrigez la règle."
            ),
        ),
        (
            {"chaque": "mardi", "regle": "FREQ=DAILY"},
            ("recurrence", "regle"),
            "« chaque » dit déjà quand l’événement revient. Gardez l’un des deux.",
        ),
        (
            {"chaque": "mardi", "jusqu_au": "2024-06-30", "fois": "3"},
            ("recurrence", "fois"),
            "« jusqu_au » dit déjà la fin. Gardez l’un des deux.",
        ),
        (
            {"regle": "FREQ=DAILY", "sauf": ["août"]},
            ("recurrence", "sauf"),
            (
                "« sauf » complète « chaque », qui manque. Ajoutez par exemple "
                "« chaque: premier mardi du mois »."
            ),
        ),
        (
            {"chaque": "mardi", "sauf": ["2024-01-03"]},
            ("recurrence", "sauf"),
            "« 2024-01-03 » : rien n’est prévu ce jour-là. Corrigez la date, ou retirez-la.",
        ),
        (
            {"chaque": "mardi", "sauf": ["2024-01-02"]},
            ("recurrence", "sauf"),
            (
                "« 2024-01-02 » est le jour de « debut ». Écrivez en « debut » la première date où "
                "l’événement a lieu."
            ),
        ),
        (
            {"chaque": "an", "sauf": ["août"], "fois": "4"},
            ("recurrence", "sauf"),
            (
                "un événement annuel revient au mois de « debut », et à aucun autre. "
                "Retirez les mois."
            ),
        ),
        (
            {"chaque": "en janvier et juillet, le premier mardi", "sauf": ["juillet"]},
            ("recurrence", "sauf"),
            "« chaque » nomme déjà les mois. Retirez ceux-ci.",
        ),
        (
            {"chaque": "mardi", "jusqu_au": "2023-12-31"},
            ("recurrence", "chaque"),
            "« jusqu_au: 2023-12-31 » précède le début (2024-01-02 17:00). Corrigez l’un des deux.",
        ),
        (
            {"chaque": "jour", "jusqu_au": "2030-01-01"},
            ("recurrence", "chaque"),
            (
                "plus de 1 000 séances : le calendrier n’en montre pas tant. "
                "Ajoutez « jusqu_au » ou « fois », ou espacez les séances."
            ),
        ),
        (
            {"chaque": "jour", "jusqu_au": "2024-06"},
            ("recurrence", "jusqu_au"),
            "« 2024-06 » n’est pas un jour. Écrivez un jour, par exemple 2024-06-30.",
        ),
    ],
)
def test_what_does_not_go_together(
    fields: dict[str, object], place: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ValidationError) as raised:
        EventHeader.model_validate({**EVENT, "recurrence": fields})
    (error,) = raised.value.errors()
    assert error["loc"] == place
    assert str(error["ctx"]["error"]).replace("\u202f", " ").replace("\u00a0", " ") == message


def test_a_phrase_alone_stands_for_the_group() -> None:
    header = EventHeader.model_validate({**EVENT, "recurrence": "premier mardi du mois"})
    assert header.recurrence_set is not None
    assert header.recurrence_set.rrule == "FREQ=MONTHLY;BYDAY=1TU"


def test_calendars_read_the_days_that_the_site_shows(tmp_path: Path) -> None:
    """Twice a month but in August and on one day, through both changes of the hour in Paris."""
    event = text(
        "debut: 2024-01-02 17:00\nfin: 18:30\nrecurrence:\n  chaque: premier et troisième mardi "
        "du mois\n  sauf: [août, 2024-05-07]\n  jusqu_au: 2024-12-31"
    )
    index = index_of(tmp_path, {"evenements/e.md": event})
    (record,) = index.events
    days = (
        "01-02 01-16 02-06 02-20 03-05 03-19 04-02 04-16 05-21 06-04 06-18 07-02 07-16 "
        "09-03 09-17 10-01 10-15 11-05 11-19 12-03 12-17"
    )
    recurrence = record.header.recurrence_set
    assert recurrence is not None
    shown = recurrence.sittings(*days_shown(dt.date(2024, 1, 8)))
    assert [str(sitting.period.start) for sitting in shown] == [
        f"2024-{day} 17:00" for day in days.split()
    ]
    calendars = SiteCalendars(index, "https://site.example")
    (everything,) = [s for s in calendars.subscriptions if s.name == "tout"]
    ics = to_ics(calendars.calendar(everything))
    starts = [sitting.period.start.instant for sitting in shown]
    expected = [ics_reading.seconds(start) for start in starts if start]
    assert [event.start for event in ics_reading.sittings(ics)] == expected
    assert [event.start for event in ical_js.sittings(ics)] == expected
