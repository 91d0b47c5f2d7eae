"""Recurring events: every sitting, every refusal, what is said and written of the rule."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
from typing import Any

import pytest
from pydantic import ValidationError

from plugins.dates.moments import Period
from plugins.dates.parsing import parse_end, parse_moment
from plugins.dates.recurrence import MAX_SITTINGS, RecurrenceSet, Sitting, days_shown
from plugins.dates.recurrence_in_words import describe
from plugins.models import EventHeader
from plugins.models.event import Recurrence
from plugins.models.fields import EventStatus
from tests.sites import ROOT

DAYS = days_shown(dt.date(2024, 1, 8))
FIRST_TUESDAY = {"regle": "FREQ=MONTHLY;BYDAY=1TU;COUNT=6"}


def period(start: str, end: str | None = None) -> Period:
    first = parse_moment(start)
    return Period(first, parse_end(end, first) if end else None)


def recurrence(first: Period, fields: dict[str, Any]) -> RecurrenceSet:
    return Recurrence.model_validate(fields).of(first)


def sittings(first: Period, **fields: object) -> tuple[Sitting, ...]:
    return recurrence(first, fields).sittings(*DAYS)


def shown(sitting: Sitting) -> str:
    """« 2024-03-05 17:00 → 18:30 », after the date by the rule when it is another."""
    start, end = sitting.period.start, sitting.period.end
    text = str(start)
    if end is not None:
        text += f" → {end.time:%H:%M}" if end.time and end.first == start.first else f" → {end}"
    if sitting.original != start:
        text = f"{sitting.original} ⇒ {text}"
    return " ".join(filter(None, (text, sitting.status, sitting.title)))


@pytest.mark.parametrize(
    ("start", "end", "rule", "expected"),
    [
        # The first sitting counts in COUNT.
        (
            "2024-01-02 17:00",
            "18:30",
            "FREQ=MONTHLY;BYDAY=1TU;COUNT=4",
            [
                "2024-01-02 17:00 → 18:30",
                "2024-02-06 17:00 → 18:30",
                "2024-03-05 17:00 → 18:30",
                "2024-04-02 17:00 → 18:30",
            ],
        ),
        # Over both changes of time, the clock says the same hour.
        (
            "2024-03-24 17:00",
            None,
            "FREQ=WEEKLY;COUNT=3",
            ["2024-03-24 17:00", "2024-03-31 17:00", "2024-04-07 17:00"],
        ),
        (
            "2024-10-20 17:00",
            "19:00",
            "FREQ=WEEKLY;COUNT=3",
            ["2024-10-20 17:00 → 19:00", "2024-10-27 17:00 → 19:00", "2024-11-03 17:00 → 19:00"],
        ),
        # An hour that is skipped is an hour later; one that comes twice is the first.
        (
            "2024-03-24 02:30",
            "03:15",
            "FREQ=WEEKLY;COUNT=2",
            ["2024-03-24 02:30 → 03:15", "2024-03-31 02:30 → 04:15"],
        ),
        (
            "2024-10-20 02:30",
            "03:15",
            "FREQ=WEEKLY;COUNT=2",
            ["2024-10-20 02:30 → 03:15", "2024-10-27 02:30 → 03:15"],
        ),
        # Whole days stay whole; several days stay several; a night goes over midnight.
        ("2024-01-31", None, "FREQ=MONTHLY;COUNT=3", ["2024-01-31", "2024-03-31", "2024-05-31"]),
        (
            "2024-02-28",
            "2024-03-01",
            "FREQ=YEARLY;COUNT=2",
            ["2024-02-28 → 2024-03-01", "2025-02-28 → 2025-03-02"],
        ),
        (
            "2024-01-31 22:00",
            "2024-02-01 02:00",
            "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2",
            ["2024-01-31 22:00 → 2024-02-01 02:00", "2024-02-29 22:00 → 2024-03-01 02:00"],
        ),
        # Where a rule stops.
        (
            "2024-06-02",
            None,
            "FREQ=WEEKLY;UNTIL=20240616",
            ["2024-06-02", "2024-06-09", "2024-06-16"],
        ),
        (
            "2024-06-02 17:00",
            None,
            "FREQ=WEEKLY;UNTIL=20240609",
            ["2024-06-02 17:00", "2024-06-09 17:00"],
        ),
        ("2024-06-02 17:00", None, "FREQ=WEEKLY;UNTIL=20240609T145959Z", ["2024-06-02 17:00"]),
        (
            "2024-06-02 17:00",
            None,
            "FREQ=WEEKLY;UNTIL=20240609T150000Z",
            ["2024-06-02 17:00", "2024-06-09 17:00"],
        ),
        ("2024-07-14", None, "FREQ=YEARLY", ["2024-07-14", "2025-07-14"]),
        ("2026-07-14", None, "FREQ=YEARLY", ["2026-07-14"]),
        ("2024-02-29", None, "FREQ=YEARLY;COUNT=2", ["2024-02-29", "2028-02-29"]),
        # As people write them.
        ("2024-06-02", None, "rrule:freq=weekly; count=2;", ["2024-06-02", "2024-06-09"]),
        (
            "2024-01-01",
            None,
            "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,SU;COUNT=4",
            ["2024-01-01", "2024-01-14", "2024-01-15", "2024-01-28"],
        ),
        (
            "2024-01-31",
            None,
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3",
            ["2024-01-31", "2024-02-29", "2024-03-29"],
        ),
        # A start that the rule does not give is held all the same, and counts.
        ("2024-01-03", None, "FREQ=MONTHLY;BYDAY=1TU;COUNT=2", ["2024-01-03", "2024-02-06"]),
    ],
)
def test_rule(start: str, end: str | None, rule: str, expected: list[str]) -> None:
    assert [shown(sitting) for sitting in sittings(period(start, end), regle=rule)] == expected


@pytest.mark.parametrize(
    ("start", "end", "fields", "expected"),
    [
        # Other days take the hour of the event, unless they have their own; twins are one.
        (
            "2024-01-02 17:00",
            "18:00",
            {"dates": ["2024-05-07", "2024-03-05 09:00", "2024-01-02", "2024-05-07 17:00"]},
            ["2024-01-02 17:00 → 18:00", "2024-03-05 09:00 → 10:00", "2024-05-07 17:00 → 18:00"],
        ),
        (
            "2024-01-02",
            None,
            {"regle": "FREQ=MONTHLY;BYDAY=1TU;COUNT=2", "dates": ["2024-02-06", "2024-01-16"]},
            ["2024-01-02", "2024-01-16", "2024-02-06"],
        ),
        # Moved, by a day or with an hour and an end of its own; the order is that of the clock.
        (
            "2024-01-02 17:00",
            "18:30",
            {
                "regle": "FREQ=MONTHLY;BYDAY=1TU;COUNT=5",
                "exceptions": [
                    {"date": "2024-01-02", "debut": "2024-03-12"},
                    {"date": "2024-02-06", "debut": "2024-02-07 09:00"},
                    {"date": "2024-03-05 17:00", "fin": "20:00", "titre": "Bilan"},
                    {"date": "2024-04-02", "debut": "2024-04-03 09:00", "fin": "12:00"},
                    {"date": "2024-05-07", "statut": "annulé"},
                ],
            },
            [
                "2024-02-06 17:00 ⇒ 2024-02-07 09:00 → 10:30",
                "2024-03-05 17:00 → 20:00 Bilan",
                "2024-01-02 17:00 ⇒ 2024-03-12 17:00 → 18:30",
                "2024-04-02 17:00 ⇒ 2024-04-03 09:00 → 12:00",
                "2024-05-07 17:00 → 18:30 annulé",
            ],
        ),
        (
            "2024-01-02",
            "2024-01-03",
            {
                "dates": ["2024-02-06", "2024-03-05"],
                "exceptions": [
                    {"date": "2024-02-06", "statut": "reporté"},
                    {"date": "2024-03-05", "debut": "2024-T4", "statut": "reporté"},
                ],
            },
            [
                "2024-01-02 → 2024-01-03",
                "2024-02-06 → 2024-02-07 reporté",
                "2024-03-05 ⇒ 2024-T4 reporté",
            ],
        ),
        # Of two sittings of one day, the hour tells which.
        (
            "2024-01-02 09:00",
            None,
            {
                "dates": ["2024-01-02 14:00"],
                "exceptions": [{"date": "2024-01-02 14:00", "statut": "annulé"}],
            },
            ["2024-01-02 09:00", "2024-01-02 14:00 annulé"],
        ),
    ],
)
def test_dates_and_exceptions(
    start: str, end: str | None, fields: dict[str, Any], expected: list[str]
) -> None:
    first = period(start, end)
    assert list(recurrence(first, fields).faults()) == []
    assert [shown(sitting) for sitting in sittings(first, **fields)] == expected


def test_sitting_tells_exceptions_and_identity() -> None:
    moved = {"date": "2024-02-06", "debut": "2024-02-07", "statut": "à confirmer", "titre": "B"}
    plain, exception = sittings(
        period("2024-01-02 17:00"), regle="FREQ=MONTHLY;BYDAY=1TU;COUNT=2", exceptions=[moved]
    )
    assert (plain.is_exception, plain.status, plain.title) == (False, None, None)
    assert exception == Sitting(
        parse_moment("2024-02-06 17:00"),
        period("2024-02-07 17:00"),
        EventStatus.TENTATIVE,
        "B",
        is_exception=True,
    )


def told(fields: dict[str, Any], start: str = "2024-01-02 17:00", end: str | None = "18:30") -> str:
    (fault,) = recurrence(period(start, end), fields).faults()
    return f"{'.'.join(map(str, fault.path))} · {fault.message}"


EXAMPLE = "Écrivez par exemple FREQ=MONTHLY;BYDAY=1TU;COUNT=6"
RHYTHMS = "Écrivez FREQ=DAILY, WEEKLY, MONTHLY ou YEARLY."


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            "tous les mardis",
            (
                "« tous les mardis » n’est pas une règle lisible. "
                f"{EXAMPLE} (le premier mardi de chaque mois, six fois)."
            ),
        ),
        (
            "FREQ",
            (
                "« FREQ » n’est pas une règle lisible. "
                f"{EXAMPLE} (le premier mardi de chaque mois, six fois)."
            ),
        ),
        (
            "COUNT=6",
            "« COUNT=6 » ne dit pas à quel rythme. Ajoutez FREQ=DAILY, WEEKLY, MONTHLY ou YEARLY.",
        ),
        (
            "FREQ=MENSUEL",
            (
                "« FREQ=MENSUEL » n’est pas un rythme. Écrivez FREQ=DAILY (chaque jour), "
                "WEEKLY (semaine), MONTHLY (mois) ou YEARLY (année)."
            ),
        ),
        *(
            (
                f"FREQ={frequency}",
                f"« FREQ={frequency} » : un événement revient au plus une fois par jour. {RHYTHMS}",
            )
            for frequency in ("HOURLY", "MINUTELY", "SECONDLY")
        ),
        (
            "DTSTART=20240102;FREQ=DAILY",
            "« DTSTART=20240102 » : la date vient de « debut ». Retirez DTSTART de la règle.",
        ),
        (
            "FREQ=DAILY;BYHOUR=9",
            "« BYHOUR=9 » : l’heure est celle de « debut ». Retirez BYHOUR de la règle.",
        ),
        ("FREQ=DAILY;BYEASTER=0", f"« BYEASTER=0 » : BYEASTER est inconnu. {EXAMPLE}."),
        ("FREQ=DAILY;COUNT=2;COUNT=3", "« COUNT=3 » : COUNT est déjà donné. Gardez l’un des deux."),
        (
            "FREQ=DAILY;COUNT=0",
            (
                "« COUNT=0 » : un nombre entier à partir de 1 est attendu. "
                "Écrivez par exemple COUNT=2."
            ),
        ),
        (
            "FREQ=DAILY;UNTIL=20240230",
            "« UNTIL=20240230 » n’est pas un jour. Écrivez par exemple UNTIL=20240630.",
        ),
        (
            "FREQ=DAILY;UNTIL=99991231T230000Z",
            "« UNTIL=99991231T230000Z » n’est pas un jour. Écrivez par exemple UNTIL=20240630.",
        ),
        (
            "FREQ=MONTHLY;BYDAY=1MA",
            (
                "« 1MA » n’est pas un jour de BYDAY. Écrivez MO, TU, WE, TH, FR, SA, SU "
                "(du lundi au dimanche), avec un rang s’il le faut : 1TU, le premier mardi, "
                "-1FR, le dernier vendredi."
            ),
        ),
        (
            "FREQ=YEARLY;BYMONTH=13",
            "« 13 » : BYMONTH attend un nombre de 1 à 12. Corrigez-le.",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=0",
            "« 0 » : BYMONTHDAY attend un nombre de 1 à 31, ou de -31 à -1. Corrigez-le.",
        ),
        ("FREQ=WEEKLY;WKST=LU", "« WKST=LU » n’est pas un jour. Écrivez WKST=MO."),
        (
            "FREQ=DAILY;COUNT=2;UNTIL=20240301",
            "« COUNT=2 » et « UNTIL=20240301 » terminent tous deux la règle. Gardez l’un des deux.",
        ),
        (
            "FREQ=WEEKLY;BYMONTHDAY=2",
            (
                "« BYMONTHDAY=2 » ne va pas avec FREQ=WEEKLY, mais avec "
                "DAILY ou MONTHLY ou YEARLY. "
                "Changez l’un des deux."
            ),
        ),
        (
            "FREQ=MONTHLY;BYSETPOS=1",
            (
                "« BYSETPOS=1 » choisit parmi des jours qui manquent. "
                "Ajoutez-les, par exemple BYDAY=MO,TU,WE,TH,FR."
            ),
        ),
        (
            "FREQ=WEEKLY;BYDAY=1TU",
            "« BYDAY=1TU » : un rang ne va qu’avec FREQ=MONTHLY ou YEARLY. Écrivez BYDAY=TU.",
        ),
        (
            "FREQ=MONTHLY;BYDAY=6TU",
            (
                "« BYDAY=6TU » : un mois n’a pas plus de cinq semaines. "
                "Écrivez un rang de 1 à 5, ou de -5 à -1."
            ),
        ),
        (
            "FREQ=WEEKLY;UNTIL=20240101",
            "« UNTIL=20240101 » précède le début (2024-01-02 17:00). Corrigez l’un des deux.",
        ),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            (
                "« FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 » ne donne aucun jour. "
                "Corrigez la règle ou retirez-la."
            ),
        ),
        (
            "FREQ=MONTHLY;BYDAY=1WE",
            (
                "« FREQ=MONTHLY;BYDAY=1WE » ne donne pas le jour de « debut » "
                "(mardi 2 janvier 2024), "
                "mais d’abord mercredi 3 janvier 2024. Écrivez « debut: 2024-01-03 17:00 » "
                "(une exception peut déplacer cette séance), ou corrigez la règle."
            ),
        ),
        (
            "FREQ=DAILY;COUNT=1001",
            (
                "plus de 1 000 séances : le calendrier n’en montre pas tant. "
                "Ajoutez UNTIL ou COUNT à la règle, ou espacez les séances."
            ),
        ),
        (
            "FREQ=YEARLY;COUNT=300",
            "la règle va au-delà de 2199. Donnez-lui une fin plus proche.",
        ),
    ],
)
def test_rule_refused(rule: str, message: str) -> None:
    plain = told({"regle": rule}).replace("\u00a0", " ").replace("\u202f", " ")
    assert plain == f"regle · {message}"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {},
            (
                " · ni règle ni dates : rien ne dit quand l’événement revient. Ajoutez « regle » "
                "ou « dates », ou retirez « recurrence »."
            ),
        ),
        (
            {"dates": ["2024-03"]},
            (
                "dates.0 · « 2024-03 » n’est pas un jour précis. "
                "Écrivez un jour, par exemple 2024-03-25."
            ),
        ),
        (
            {"dates": ["2024-02-06", "2024-01-01"]},
            (
                "dates.1 · « 2024-01-01 » précède le début (2024-01-02 17:00). "
                "Écrivez en « debut » la première date, et les autres ici."
            ),
        ),
        (
            {**FIRST_TUESDAY, "exceptions": [{"date": "2024-03-06", "statut": "annulé"}]},
            (
                "exceptions.0.date · « 2024-03-06 » : aucune séance n’est prévue à cette date. "
                "La plus proche est « 2024-03-05 17:00 » : écrivez-la, ou retirez l’exception."
            ),
        ),
        (
            {**FIRST_TUESDAY, "exceptions": [{"date": "2024-03-05 09:00", "statut": "annulé"}]},
            (
                "exceptions.0.date · « 2024-03-05 09:00 » : aucune séance n’est prévue à cette "
                "date. "
                "La plus proche est « 2024-03-05 17:00 » : écrivez-la, ou retirez l’exception."
            ),
        ),
        (
            {**FIRST_TUESDAY, "exceptions": [{"date": "2024-03", "statut": "annulé"}]},
            (
                "exceptions.0.date · « 2024-03 » n’est pas un jour précis. "
                "Écrivez le jour prévu par la règle."
            ),
        ),
        (
            {
                **FIRST_TUESDAY,
                "exceptions": [
                    {"date": "2024-03-05", "statut": "annulé"},
                    {"date": "2024-03-05 17:00", "debut": "2024-03-06"},
                ],
            },
            (
                "exceptions.1.date · « 2024-03-05 17:00 » : une autre exception vise déjà cette "
                "séance (« 2024-03-05 »). Gardez l’une des deux."
            ),
        ),
        (
            {"dates": ["2024-01-02 19:00"], "exceptions": [{"date": "2024-01-02", "titre": "T"}]},
            (
                "exceptions.0.date · « 2024-01-02 » : plusieurs séances sont prévues ce jour-là. "
                "Ajoutez l’heure, par exemple 2024-01-02 17:00."
            ),
        ),
        (
            {**FIRST_TUESDAY, "exceptions": [{"date": "2024-03-05"}]},
            (
                "exceptions.0 · « 2024-03-05 » : l’exception ne change rien. Ajoutez « debut » ou "
                "« statut », ou retirez-la."
            ),
        ),
        (
            {**FIRST_TUESDAY, "exceptions": [{"date": "2024-03-05", "fin": "16:00"}]},
            "exceptions.0.fin · « 16:00 » précède le début (17:00). Corrigez l’un des deux.",
        ),
        (
            {**FIRST_TUESDAY, "exceptions": [{"date": "2024-03-05", "debut": "2024-04-02"}]},
            (
                "exceptions.0.debut · « 2024-04-02 » : une autre séance est prévue à cette date. "
                "Changez la date, ou annulez l’une des deux."
            ),
        ),
    ],
)
def test_dates_and_exceptions_refused(fields: dict[str, Any], message: str) -> None:
    assert told(fields) == message


def test_start_refused() -> None:
    assert told(FIRST_TUESDAY, "2024-T4", None) == (
        " · « 2024-T4 » est une date approximative : rien ne peut être compté à partir d’elle. "
        "Donnez à « debut » un jour précis, ou retirez « recurrence »."
    )
    assert told({"dates": ["2024-02-06 09:00"]}, "2024-01-02", None) == (
        "dates.0 · « 2024-02-06 09:00 » a une heure, mais le début (2024-01-02) n’en a pas. "
        "Donnez l’heure du début ou retirez celle-ci."
    )


def test_every_fault_is_told_at_its_place() -> None:
    """What the validator of the recurrence finds reaches Pydantic's report whole."""
    exceptions = [
        {"date": "2024-03-06", "statut": "annulé"},
        {"date": "2024-03-05", "fin": "16:00"},
    ]
    header = {"titre": "T", "resume": "R.", "debut": "2024-01-02 17:00"}
    faulty = {**header, "recurrence": {**FIRST_TUESDAY, "exceptions": exceptions}}
    with pytest.raises(ValidationError) as raised:
        EventHeader.model_validate(faulty)
    assert [(error["loc"], error["type"], error["input"]) for error in raised.value.errors()] == [
        (("recurrence", "exceptions", 0, "date"), "value_error", "2024-03-06"),
        (("recurrence", "exceptions", 1, "fin"), "value_error", "16:00"),
    ]
    message = str(raised.value.errors()[1]["ctx"]["error"])
    assert message == "« 16:00 » précède le début (17:00). Corrigez l’un des deux."
    sound = EventHeader.model_validate({**header, "recurrence": FIRST_TUESDAY})
    assert sound.recurrence_set == RecurrenceSet(period("2024-01-02 17:00"), FIRST_TUESDAY["regle"])


@pytest.mark.parametrize(
    ("rule", "start", "end", "text", "words"),
    [
        (
            "COUNT=6;FREQ=MONTHLY;BYDAY=1TU",
            "2024-01-02 17:00",
            "18:30",
            "FREQ=MONTHLY;COUNT=6;BYDAY=1TU",
            "chaque mois, le premier mardi, de 17 h à 18 h 30, 6 fois",
        ),
        (
            "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20240630",
            "2024-01-02 17:00",
            None,
            "FREQ=MONTHLY;UNTIL=20240630T215959Z;BYDAY=1TU",
            "chaque mois, le premier mardi, à 17 h, jusqu’au 30 juin 2024",
        ),
        (
            "FREQ=MONTHLY;UNTIL=20240131T170000",
            "2024-01-02 17:00",
            None,
            "FREQ=MONTHLY;UNTIL=20240131T160000Z",
            "chaque mois, le 2, à 17 h, jusqu’au 31 janvier 2024",
        ),
        (
            "FREQ=MONTHLY;UNTIL=20240630T215959Z",
            "2024-01-02",
            None,
            "FREQ=MONTHLY;UNTIL=20240630",
            "chaque mois, le 2, jusqu’au 30 juin 2024",
        ),
        ("freq=weekly", "2024-01-02", None, "FREQ=WEEKLY", "chaque mardi"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
            "2024-01-04",
            None,
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
            "un jeudi sur deux",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=3;BYDAY=TH,MO",
            "2024-01-04",
            None,
            "FREQ=WEEKLY;INTERVAL=3;BYDAY=TH,MO",
            "toutes les trois semaines, le lundi et le jeudi",
        ),
        (
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            "2024-01-04 22:00",
            "2024-01-05 00:00",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            "chaque jour du lundi au vendredi, de 22 h à minuit",
        ),
        ("FREQ=DAILY;COUNT=3", "2024-01-04", None, "FREQ=DAILY;COUNT=3", "chaque jour, 3 fois"),
        ("FREQ=DAILY;INTERVAL=15", "2024-01-04", None, None, "tous les 15 jours"),
        (
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR",
            "2024-01-26",
            None,
            None,
            "tous les deux mois, le dernier vendredi",
        ),
        (
            "FREQ=MONTHLY;BYDAY=3TU,1TU",
            "2024-01-02",
            None,
            None,
            "chaque mois, le premier et le troisième mardi",
        ),
        (
            "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2",
            "2024-01-09",
            None,
            None,
            "chaque mois, le deuxième mardi",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=15,1", "2024-01-01", None, None, "chaque mois, le 1er et le 15"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2024-01-31", None, None, "chaque mois, le dernier jour"),
        (
            "FREQ=MONTHLY;BYMONTH=1,4,7;BYDAY=1TU",
            "2024-01-02",
            None,
            None,
            "en janvier, avril et juillet, le premier mardi",
        ),
        ("FREQ=YEARLY", "2024-01-12", None, None, "chaque année le 12 janvier"),
        ("FREQ=YEARLY;INTERVAL=2", "2024-05-01", None, None, "tous les deux ans le 1er mai"),
        (
            "FREQ=YEARLY;BYMONTH=4;BYDAY=1TU",
            "2024-04-02",
            None,
            None,
            "chaque année le premier mardi d’avril",
        ),
        # Too particular.
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "2024-05-13", None, None, ""),
        ("FREQ=YEARLY;BYYEARDAY=100", "2024-04-09", None, None, ""),
        ("FREQ=YEARLY;BYDAY=20MO", "2024-05-13", None, None, ""),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "2024-09-13", None, None, ""),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "2024-01-01", None, None, ""),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", "2024-01-29", None, None, ""),
        ("FREQ=MONTHLY;BYMONTHDAY=2,-1", "2024-01-02", None, None, ""),
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTH=1", "2024-01-02", None, None, ""),
        ("FREQ=WEEKLY;BYMONTH=1", "2024-01-02", None, None, ""),
        ("FREQ=DAILY;BYMONTH=1", "2024-01-02", None, None, ""),
    ],
)
def test_text_and_words(
    rule: str, start: str, end: str | None, text: str | None, words: str
) -> None:
    found = recurrence(period(start, end), {"regle": rule})
    assert list(found.faults()) == []
    assert found.rrule == (rule if text is None else text)
    assert describe(found).replace("\u00a0", " ") == words


def test_words_of_other_dates() -> None:
    days = ["2024-01-10", "2024-01-17", "2024-01-20", "2024-01-21"]
    for number, words in ((2, "le 10 janvier 2024 et le 17 janvier 2024"), (4, "4 autres jours")):
        fields = {"regle": "FREQ=WEEKLY;COUNT=3", "dates": days[:number]}
        found = describe(recurrence(period("2024-01-02"), fields))
        assert found.replace("\u00a0", " ") == f"chaque mardi, 3 fois, ainsi que {words}"


def test_dates_without_a_rule_have_no_words() -> None:
    found = recurrence(period("2024-01-02"), {"dates": ["2024-02-06"]})
    assert (found.rrule, describe(found)) == ("", "")


def test_as_many_sittings_as_allowed() -> None:
    assert len(sittings(period("2024-01-02"), regle="FREQ=DAILY;COUNT=1000")) == MAX_SITTINGS
    assert "plus de 1\u202f000 séances" in told({"regle": "FREQ=DAILY;UNTIL=20270101"})


def test_an_endless_rule_is_never_too_long() -> None:
    found = recurrence(period("1800-01-01"), {"regle": "FREQ=DAILY"})
    assert list(found.faults()) == []
    days = [sitting.period.first_day for sitting in found.sittings(*DAYS)]
    assert days == [DAYS[0] + dt.timedelta(days=n) for n in range((DAYS[1] - DAYS[0]).days + 1)]


@pytest.mark.parametrize(
    ("start", "fields", "today", "expected"),
    [
        # From 20 years ago to next year; not before its start.
        (
            "1984-07-14",
            {"regle": "FREQ=YEARLY;INTERVAL=10"},
            "2026-11-01",
            ["2014-07-14", "2024-07-14"],
        ),
        ("2026-07-14", {"regle": "FREQ=YEARLY"}, "2026-01-01", ["2026-07-14", "2027-07-14"]),
        # Without any, the last one before, else the first of all.
        ("1950-07-14", {"regle": "FREQ=YEARLY;INTERVAL=50"}, "2026-01-01", ["2000-07-14"]),
        ("2062-07-14", {"regle": "FREQ=YEARLY"}, "2026-01-01", ["2062-07-14"]),
        # To the last year that dates know.
        ("2198-07-14", {"regle": "FREQ=YEARLY"}, "2199-01-01", ["2198-07-14", "2199-07-14"]),
        # Other dates and exceptions too, as soon as they are planned or held in these years.
        (
            "1985-07-14",
            {
                "regle": "FREQ=YEARLY;INTERVAL=20",
                "dates": ["1986-01-01", "2026-01-01", "2040-01-01"],
                "exceptions": [
                    {"date": "1985-07-14", "statut": "annulé"},
                    {"date": "2005-07-14", "debut": "2006-01-05"},
                    {"date": "2025-07-14", "debut": "2028-01-05"},
                    {"date": "2045-07-14", "statut": "annulé"},
                ],
            },
            "2026-11-01",
            [
                "2005-07-14 ⇒ 2006-01-05",
                "2026-01-01",
                "2025-07-14 ⇒ 2028-01-05",
            ],
        ),
        # A rule that ends is shown whole.
        (
            "2006-07-14",
            {"regle": "FREQ=YEARLY;COUNT=2", "dates": ["2040-01-01"]},
            "2026-11-01",
            ["2006-07-14", "2007-07-14", "2040-01-01"],
        ),
    ],
)
def test_years_of_an_endless_rule(
    start: str, fields: dict[str, Any], today: str, expected: list[str]
) -> None:
    found = recurrence(period(start), fields)
    assert list(found.faults()) == []
    days = days_shown(dt.date.fromisoformat(today))
    assert [shown(sitting) for sitting in found.sittings(*days)] == expected


def test_what_the_rule_alone_does_not_give_is_known_of_all_years() -> None:
    found = recurrence(
        period("2006-01-02 17:00"),
        {
            "regle": "FREQ=WEEKLY",
            "dates": ["2006-01-03", "2006-01-09", "2006-01-16 09:00"],
            "exceptions": [{"date": "2030-01-07", "statut": "annulé"}],
        },
    )
    assert [
        (shown(sitting), sitting.is_added, sitting.is_exception)
        for sitting in found.named_sittings()
    ] == [
        ("2006-01-03 17:00", True, False),
        ("2006-01-09 17:00", False, False),
        ("2006-01-16 09:00", True, False),
        ("2006-01-16 17:00", False, False),
        ("2030-01-07 17:00 annulé", False, True),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYSETPOS=9;BYDAY=MO",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
    ],
)
def test_rule_that_gives_nothing_is_refused_soon(rule: str) -> None:
    start = time.process_time()
    assert "ne donne aucun jour" in told({"regle": rule})
    assert time.process_time() - start < 3


def test_dates_know_no_model() -> None:
    """The models judge what they hold with this package: nothing in it may import them."""
    code = "import sys, plugins.dates.recurrence_in_words\nprint('plugins.models' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.strip() == "False"
