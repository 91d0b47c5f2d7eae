"""Invitations of Outlook, Google and others: the header, the text and the notices of each."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import assume, given, settings, strategies as st

from plugins.dates.moments import PARIS as PARIS_ZONE, Period
from plugins.dates.recurrence import days_shown
from plugins.models import EventHeader
from plugins.models.fields import EventStatus
from plugins.outputs.calendars.ics import to_ics
from plugins.views.site_calendars import SiteCalendars
from plugins.writing.invitations.reading import Invitation, content_of, read_invitation
from tests.contents import index_of, text
from tests.markdown.rendered import html_of

TODAY = dt.date(2026, 11, 29)

# As Exchange writes the time zone of Paris.
ROMANCE = """\
BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
PARIS = "TZID=Romance Standard Time"
LINE = "_" * 80
# As Outlook's identifiers are, with the day of a sitting in the middle.
OUTLOOK_UID = (
    "040000008200E00074C5B7101A82E008{day}A0C1D2E3F4050607000000000000000010000000AB12CD34"
)
PUBLIC_LINK = (
    "Le lien de visioconférence sera lu de tous : retirez « lien_visio » s’il est réservé."
)
SAVE = "Enregistrez l’invitation depuis l’agenda au format iCalendar (.ics), puis recommencez."


def ics(*events: str, method: str = "REQUEST", zones: str = ROMANCE) -> bytes:
    """Return a calendar, with the line ends and the folding of RFC 5545."""
    head = f"BEGIN:VCALENDAR\nMETHOD:{method}\nPRODID:Microsoft Exchange Server 2010\nVERSION:2.0\n"
    lines = f"{head}{zones}{''.join(events)}END:VCALENDAR\n".split("\n")
    return "\r\n".join(map(_folded, lines)).encode()


def _folded(line: str) -> str:
    return "\r\n ".join(line[n : n + 60] for n in range(0, len(line), 60)) or line


def event(*lines: str, uid: str = "reunion-1") -> str:
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT", ""))


def series(*lines: str) -> str:
    """Return a series on Tuesdays at 8:30, Paris time."""
    return event(
        "SUMMARY:Petit-déjeuner",
        f"DTSTART;{PARIS}:20270202T083000",
        f"DTEND;{PARIS}:20270202T100000",
        *lines,
    )


def only(data: bytes) -> Invitation:
    """Return the one event of a file, which the model of an event accepts."""
    (found,) = read_invitation(data, TODAY)
    model_of(found)
    return found


def model_of(invitation: Invitation) -> EventHeader:
    return EventHeader.model_validate({"titre": "T", **invitation.header, "resume": "R."})


def test_a_meeting_of_outlook_with_teams() -> None:
    data = ics(
        event(
            "ORGANIZER;CN=Jeanne Martin:mailto:jeanne.martin@ministere.example",
            "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Paul Durand:mailto:"
            "paul.durand@ministere.example",
            r"DESCRIPTION;LANGUAGE=fr-FR:Bonjour\,\n\nOrdre du jour :\n- bilan 2026\n- projets * "
            rf"2027\n\nÀ bientôt\n\n{LINE}\nRéunion Microsoft Teams\nParticiper : "
            r"https://teams.microsoft.com/meet/3511?p=zayc\nID de réunion : 351 114\nCode secret : "
            rf"x_Y*z\n{LINE}\nPour les organisateurs : Options de réunion"
            rf"<https://teams.microsoft.com/meetingOptions/?id=1>\n{LINE}\n",
            "SUMMARY;LANGUAGE=fr-FR:Réunion du groupe management",
            f"DTSTART;{PARIS}:20270309T140000",
            f"DTEND;{PARIS}:20270309T153000",
            "CLASS:PUBLIC",
            "PRIORITY:5",
            "DTSTAMP:20261101T090000Z",
            "TRANSP:OPAQUE",
            "STATUS:CONFIRMED",
            "SEQUENCE:0",
            r"LOCATION;LANGUAGE=fr-FR:Salle 3\, 20 avenue de Ségur\; Réunion Microsoft Teams",
            "X-MICROSOFT-CDO-ALLDAYEVENT:FALSE",
            "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/19%3ameet",
            "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nDESCRIPTION:REMINDER\nEND:VALARM",
            uid=OUTLOOK_UID.format(day="00000000"),
        )
    )
    assert only(data) == Invitation(
        {
            "titre": "Réunion du groupe management",
            "debut": "2027-03-09 14:00",
            "fin": "15:30",
            "modalite": "hybride",
            "lieu": "Salle 3, 20 avenue de Ségur",
            "lien_visio": "https://teams.microsoft.com/l/meetup-join/19%3ameet",
            "identifiant": IDENTIFIER,
        },
        "Bonjour,\n\nOrdre du jour :\n\n- bilan 2026\n- projets \\* 2027\n\nÀ bientôt",
        (PUBLIC_LINK,),
    )


# The digest of the UID, its day being zeroes.
IDENTIFIER = "invitation-f1759c27fd05ff8428e2"


def test_a_meeting_of_google_with_meet() -> None:
    rule = "-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~::~:~::-"
    data = ics(
        event(
            "DTSTART:20270701T120000Z",
            "DTEND:20270701T133000Z",
            "DTSTAMP:20261101T090000Z",
            "ORGANIZER;CN=Agence:mailto:c_188@group.calendar.google.com",
            "ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;CN=x;X-NUM-GUESTS=0:mailto:x@exemple.fr",
            "X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij",
            r"DESCRIPTION:<p>Au programme&nbsp\;:</p><ul><li>un <b>bilan</b></li><li>deux</li></ul>"
            r"Voir <a href='https://www.google.com/url?q=https%3A%2F%2Fexemple.fr%2Fa'>le dossier"
            rf"</a>.<br><br>{rule}\nParticiper avec Google Meet : https://meet.google.com/abc-defg-"
            rf"hij\n\nNe modifiez pas cette section.\n{rule}",
            "LOCATION:",
            "STATUS:TENTATIVE",
            "SUMMARY:Webinaire",
            "ATTACH;FILENAME=ordre.pdf;FMTTYPE=application/pdf:https://drive.google.com/file/1",
            "TRANSP:OPAQUE",
            uid="7kukuqrfedlm2f9t0bvlf6vd8m@google.com",
        ),
        zones="",
    )
    assert only(data) == Invitation(
        {
            "titre": "Webinaire",
            "debut": "2027-07-01 14:00",
            "fin": "15:30",
            "modalite": "visio",
            "lien_visio": "https://meet.google.com/abc-defg-hij",
            "statut_evenement": "à confirmer",
            "identifiant": "invitation-d41d2677d8a1ffadfd67",
        },
        "Au programme\u00a0:\n\n- un **bilan**\n- deux\n\nVoir [le dossier](https://exemple.fr/a).",
        (
            PUBLIC_LINK,
            "Les pièces jointes ne sont pas reprises : ajoutez-les dans « documents ».",
        ),
    )


# Dates -------------------------------------------------------------------------------------------

NEW_YORK = """\
BEGIN:VTIMEZONE
TZID:Heure du bureau
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
CONVERTED = (
    "Les heures du fuseau « {zone} » sont converties en heures de Paris : le début, {local}, "
    "est à {paris}."
)


@pytest.mark.parametrize(
    ("lines", "dates", "notices"),
    [
        # UTC, in winter and in summer.
        (
            ["DTSTART:20270309T130000Z", "DTEND:20270309T143000Z"],
            {"debut": "2027-03-09 14:00", "fin": "15:30"},
            [],
        ),
        (["DTSTART:20270709T120000Z"], {"debut": "2027-07-09 14:00"}, []),
        # A zone that the file defines, one of Windows, one of the tz database, one with a bar.
        (
            ["DTSTART;TZID=Heure du bureau:20270309T140000", "DURATION:PT1H30M"],
            {"debut": "2027-03-09 20:00", "fin": "21:30"},
            [CONVERTED.format(zone="Heure du bureau", local="14:00", paris="20:00")],
        ),
        (
            ["DTSTART;TZID=GMT Standard Time:20270709T230000", "DURATION:PT1H30M"],
            {"debut": "2027-07-10 00:00", "fin": "01:30"},
            [CONVERTED.format(zone="GMT Standard Time", local="23:00", paris="00:00")],
        ),
        (
            ["DTSTART;TZID=America/Martinique:20270309T140000"],
            {"debut": "2027-03-09 19:00"},
            [CONVERTED.format(zone="America/Martinique", local="14:00", paris="19:00")],
        ),
        (["DTSTART;TZID=/Europe/Brussels:20270309T140000"], {"debut": "2027-03-09 14:00"}, []),
        (["DTSTART:20270309T140000"], {"debut": "2027-03-09 14:00"}, []),
        (
            ["DTSTART;TZID=Customized Time Zone:20270309T140000"],
            {"debut": "2027-03-09 14:00"},
            [
                (
                    "Le fuseau horaire « Customized Time Zone » est inconnu : les heures sont "
                    "prises pour celles de Paris. Vérifiez-les."
                )
            ],
        ),
        # Whole days, whose end is the day after; Outlook's, from midnight to midnight.
        (["DTSTART;VALUE=DATE:20270325"], {"debut": "2027-03-25"}, []),
        (
            ["DTSTART;VALUE=DATE:20270325", "DTEND;VALUE=DATE:20270326"],
            {"debut": "2027-03-25"},
            [],
        ),
        (
            ["DTSTART;VALUE=DATE:20270325", "DTEND;VALUE=DATE:20270327"],
            {"debut": "2027-03-25", "fin": "2027-03-26"},
            [],
        ),
        (
            ["DTSTART;VALUE=DATE:20270325", "DURATION:P2D"],
            {"debut": "2027-03-25", "fin": "2027-03-26"},
            [],
        ),
        (
            [
                "DTSTART;TZID=Tokyo Standard Time:20270325T000000",
                "DTEND;TZID=Tokyo Standard Time:20270326T000000",
                "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
            ],
            {"debut": "2027-03-25"},
            [],
        ),
        # Over midnight, over the change of the hour, without a length, backwards.
        (
            [
                "DTSTART;TZID=Europe/Paris:20270309T220000",
                "DTEND;TZID=Europe/Paris:20270310T010000",
            ],
            {"debut": "2027-03-09 22:00", "fin": "2027-03-10 01:00"},
            [],
        ),
        (
            ["DTSTART;TZID=Europe/Paris:20270328T013000", "DURATION:PT1H"],
            {"debut": "2027-03-28 01:30", "fin": "03:30"},
            [],
        ),
        (["DTSTART:20270309T130000Z", "DTEND:20270309T130000Z"], {"debut": "2027-03-09 14:00"}, []),
        (
            ["DTSTART:20270309T130000Z", "DTEND:20270309T120000Z"],
            {"debut": "2027-03-09 14:00"},
            [
                (
                    "La fin (2027-03-09 13:00) précède le début (2027-03-09 14:00) : elle est "
                    "laissée de côté."
                )
            ],
        ),
    ],
)
def test_dates(lines: list[str], dates: dict[str, str], notices: list[str]) -> None:
    found = only(ics(event("SUMMARY:Réunion", *lines), zones=NEW_YORK))
    assert found.header == {"titre": "Réunion", **dates, "identifiant": "reunion-1"}
    assert list(found.notices) == notices


def test_a_zone_is_that_of_its_own_file() -> None:
    """Icalendar remembers the zones of the files that it read before."""
    lines = ("SUMMARY:Réunion", "DTSTART;TZID=Heure du bureau:20270309T140000")
    only(ics(event(*lines), zones=NEW_YORK))
    other = ROMANCE.replace("Romance Standard Time", "Heure du bureau")
    assert only(ics(event(*lines), zones=other)).header["debut"] == "2027-03-09 14:00"


BY_HAND = (
    "La série ne se dit pas par une règle à l’heure de Paris : ses séances sont écrites une à une, "
    "jusqu’au {last}."
)


@pytest.mark.parametrize(
    ("lines", "header"),
    [
        (["RRULE:FREQ=MONTHLY;BYDAY=1TU"], {"chaque": "premier mardi du mois"}),
        (
            ["RRULE:FREQ=MONTHLY;COUNT=6;INTERVAL=1;BYDAY=TU;BYSETPOS=1"],
            {"chaque": "premier mardi du mois", "fois": 6},
        ),
        (
            ["RRULE:FREQ=WEEKLY;UNTIL=20270629T063000Z;INTERVAL=2;BYDAY=TU;WKST=SU"],
            {"chaque": "un mardi sur deux", "jusqu_au": "2027-06-29"},
        ),
        # An hour before the sitting of the day: it is not held.
        (
            ["RRULE:FREQ=WEEKLY;UNTIL=20270629T053000Z;BYDAY=TU"],
            {"chaque": "mardi", "jusqu_au": "2027-06-28"},
        ),
        (["RRULE:FREQ=WEEKLY;UNTIL=20270629"], {"chaque": "mardi", "jusqu_au": "2027-06-29"}),
        (["RRULE:FREQ=DAILY;COUNT=3"], {"chaque": "jour", "fois": 3}),
        (
            ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=2"],
            {"chaque": "année le 2 février"},
        ),
        (
            ["RRULE:FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=1TU"],
            {"chaque": "premier mardi du mois", "sauf": ["juillet", "août"]},
        ),
        (
            [
                "RRULE:FREQ=WEEKLY;COUNT=9;BYDAY=TU",
                f"EXDATE;{PARIS}:20270216T083000,20270223T083000",
                f"EXDATE;{PARIS}:20270309T083000",
            ],
            {"chaque": "mardi", "fois": 9, "sauf": ["2027-02-16", "2027-02-23", "2027-03-09"]},
        ),
        (
            ["RRULE:FREQ=WEEKLY;COUNT=3", f"RDATE;{PARIS}:20270204T083000,20270205T100000"],
            {"chaque": "mardi", "fois": 3, "dates": ["2027-02-04", "2027-02-05 10:00"]},
        ),
        ([f"RDATE;{PARIS}:20270204T083000"], {"dates": ["2027-02-04"]}),
        # No short sentence says these: the rule stays.
        (
            [
                "RRULE:FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=TU;COUNT=4",
                f"EXDATE;{PARIS}:20270406T083000",
            ],
            {
                "regle": "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=TU",
                "exceptions": [{"date": "2027-04-06", "statut": "annulé"}],
            },
        ),
    ],
)
def test_a_series(lines: list[str], header: dict[str, object]) -> None:
    found = only(ics(series(*lines)))
    assert found.header == {
        "titre": "Petit-déjeuner",
        "debut": "2027-02-02 08:30",
        "fin": "10:00",
        "recurrence": header,
        "identifiant": "reunion-1",
    }
    assert found.notices == ()


RULES = [
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
    "FREQ=YEARLY;BYYEARDAY=100",
]


@given(
    st.sampled_from(RULES),
    st.dates(dt.date(2027, 1, 1), dt.date(2029, 12, 31)),
    st.sampled_from(["Europe/Paris", "Europe/London", "UTC"]),
    st.sampled_from([";COUNT=7", ";UNTIL=20310115T120000Z"]),
    st.sets(st.integers(0, 6), max_size=3),
)
@settings(max_examples=40)
def test_a_series_has_the_sittings_that_dateutil_finds(
    rule: str, day: dt.date, zone: str, end: str, off: set[int]
) -> None:
    local = rrulestr(rule, dtstart=dt.datetime.combine(day, dt.time(12)))[0]
    until = end.removesuffix("Z") if zone == "Europe/Paris" else end.replace("T120000Z", "T130000")
    starts = list(rrulestr(f"{rule}{until}", dtstart=local))
    excluded = [start for n, start in enumerate(starts) if n in off]
    kept = [start for start in starts if start not in excluded]
    assume(kept)
    found = only(
        ics(
            event(
                "SUMMARY:S",
                f"DTSTART;TZID={zone}:{local:%Y%m%dT%H%M%S}",
                f"RRULE:{rule}{end}",
                *(f"EXDATE;TZID={zone}:{start:%Y%m%dT%H%M%S}" for start in excluded),
            )
        )
    )
    instants = [start.replace(tzinfo=ZoneInfo(zone)).astimezone(PARIS_ZONE) for start in kept]
    header = model_of(found)
    assert header.period is not None
    sittings = _sittings(header) or [(header.period, False)]
    held = [period for period, is_cancelled in sittings if not is_cancelled]
    assert [period.start.instant for period in held] == instants


def test_a_series_whose_first_sitting_is_excluded_begins_with_the_next() -> None:
    found = only(ics(series("RRULE:FREQ=WEEKLY;COUNT=4", f"EXDATE;{PARIS}:20270202T083000")))
    assert (found.header["debut"], found.header["recurrence"]) == (
        "2027-02-09 08:30",
        {"chaque": "mardi", "fois": 3},
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:083000"],
        ["RRULE:FREQ=WEEKLY;COUNT=3", "RDATE:demain"],
        ["RRULE:FREQ=SECONDLY"],
        ["RRULE:BYDAY=TU"],
    ],
)
def test_an_unreadable_recurrence_is_told(lines: list[str]) -> None:
    found = only(ics(series(*lines)))
    assert "recurrence" not in found.header
    assert found.notices == ("La récurrence n’est pas lisible : ajoutez « recurrence » vous-même.",)


def test_a_series_in_utc_keeps_its_instants() -> None:
    """At 8:00 UTC, it is 9:00 in Paris, then 10:00 from the 28th of March."""
    found = only(ics(event("SUMMARY:S", "DTSTART:20270316T080000Z", "RRULE:FREQ=WEEKLY;COUNT=3")))
    assert found.header["debut"] == "2027-03-16 09:00"
    assert found.header["recurrence"] == {"dates": ["2027-03-23", "2027-03-30 10:00"]}
    assert found.notices == (BY_HAND.format(last="30\u00a0mars 2027"),)


def test_an_endless_series_of_another_zone_is_written_up_to_a_day() -> None:
    found = only(
        ics(
            event(
                "SUMMARY:S",
                "DTSTART;TZID=Heure du bureau:20270301T200000",
                "RRULE:FREQ=MONTHLY;BYDAY=1MO",
            ),
            zones=NEW_YORK,
        )
    )
    recurrence = model_of(found).recurrence_set
    assert recurrence is not None
    starts = [str(s.period.start) for s in recurrence.sittings(TODAY, TODAY)]
    # In March, New York changes its clocks two or three weeks before Paris.
    assert starts[:3] == ["2027-03-02 02:00", "2027-04-06 02:00", "2027-05-04 02:00"]
    assert starts[12] == "2028-03-07 02:00"
    assert starts[-1] == "2029-12-04 02:00"
    assert found.notices[-1] == BY_HAND.format(last="4\u00a0décembre 2029")


def test_changed_and_cancelled_sittings_are_exceptions() -> None:
    found = only(
        ics(
            series("RRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=10"),
            event(
                "SUMMARY:Petit-déjeuner",
                f"RECURRENCE-ID;{PARIS}:20270406T083000",
                f"DTSTART;{PARIS}:20270407T090000",
                f"DTEND;{PARIS}:20270407T103000",
            ),
            event(
                "SUMMARY:Petit-déjeuner avec la directrice",
                f"RECURRENCE-ID;{PARIS}:20270302T083000",
                f"DTSTART;{PARIS}:20270302T083000",
                f"DTEND;{PARIS}:20270302T110000",
                "STATUS:TENTATIVE",
                "LOCATION:Salle 4",
            ),
            event(f"RECURRENCE-ID;{PARIS}:20270601T083000", "STATUS:CANCELLED"),
            event(
                "SUMMARY:Petit-déjeuner",
                f"RECURRENCE-ID;{PARIS}:20270707T083000",
                f"DTSTART;{PARIS}:20270708T083000",
            ),
        )
    )
    assert found.header["recurrence"] == {
        "chaque": "premier mardi du mois",
        "fois": 10,
        "exceptions": [
            {
                "date": "2027-03-02",
                "fin": "11:00",
                "titre": "Petit-déjeuner avec la directrice",
                "statut": "à confirmer",
            },
            {"date": "2027-04-06", "debut": "2027-04-07 09:00"},
            {"date": "2027-06-01", "statut": "annulé"},
        ],
    }
    assert found.notices == (
        "La séance du 2\u00a0mars 2027 a son propre lieu : « Salle 4 ». Dites-le dans le texte.",
        "La séance du 7\u00a0juillet 2027 n’est pas de la série : elle manque.",
    )


def test_an_invitation_to_one_sitting_says_what_to_add_to_the_series() -> None:
    found = only(ics(event("SUMMARY:P", f"RECURRENCE-ID;{PARIS}:20270302T083000"), method="CANCEL"))
    assert found.header == {
        "titre": "P",
        "debut": "2027-03-02 08:30",
        "statut_evenement": "annulé",
        "identifiant": "reunion-1",
    }
    assert found.notices == (
        (
            "L’invitation ne vaut que pour une séance d’une série. Si la série est déjà dans "
            "l’agenda, n’en faites pas un nouveau contenu : ajoutez « date: 2027-03-02, statut: "
            "annulé » à ses « exceptions »."
        ),
    )


# States, places, texts ---------------------------------------------------------------------------

START = "DTSTART:20270309T130000Z"


@pytest.mark.parametrize(
    ("lines", "method", "state"),
    [
        (["SUMMARY:Séminaire", "STATUS:CONFIRMED"], "REQUEST", None),
        (["SUMMARY:Séminaire", "STATUS:TENTATIVE"], "PUBLISH", "à confirmer"),
        (["SUMMARY:Séminaire", "STATUS:CANCELLED"], "PUBLISH", "annulé"),
        (["SUMMARY:Annulé : Séminaire"], "CANCEL", "annulé"),
        (["SUMMARY:Canceled: Séminaire", "STATUS:CONFIRMED"], "PUBLISH", "annulé"),
        (["SUMMARY:TR: Annulation : Séminaire"], "REQUEST", "annulé"),
    ],
)
def test_the_state_of_an_event(lines: list[str], method: str, state: str | None) -> None:
    header = only(ics(event(START, *lines), method=method)).header
    assert header["titre"] == "Séminaire"
    assert header.get("statut_evenement") == state


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["LOCATION:Salle 3"], ("présentiel", "Salle 3", None)),
        (["LOCATION:Réunion Microsoft Teams"], ("visio", None, None)),
        (["LOCATION:"], (None, None, None)),
        (
            ["LOCATION:https://visio.numerique.gouv.fr/abc-defg"],
            ("visio", None, "https://visio.numerique.gouv.fr/abc-defg"),
        ),
        (
            ["CONFERENCE;VALUE=URI;LABEL=Audio:tel:+33123456789"],
            (None, None, None),
        ),
        (
            ["CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://exemple.webex.com/meet/salle"],
            ("visio", None, "https://exemple.webex.com/meet/salle"),
        ),
        (
            [
                "LOCATION:Ministère\\, salle 3",
                "DESCRIPTION:Ou par Zoom : https://exemple.zoom.us/j/123?pwd=ab. À demain",
            ],
            ("hybride", "Ministère, salle 3", "https://exemple.zoom.us/j/123?pwd=ab"),
        ),
        (
            [
                (
                    "X-ALT-DESC;FMTTYPE=text/html:<p><a href='https://eur02.safelinks.protection.outlo"
                    "ok.com/?url=https%3A%2F%2Fteams.microsoft.com%2Fl%2Fmeetup-join%2F19%253a&amp;data"
                    "=05'>Participer</a></p>"
                )
            ],
            ("visio", None, "https://teams.microsoft.com/l/meetup-join/19%3a"),
        ),
        # Any other link of a text is no meeting.
        (["DESCRIPTION:Voir https://exemple.fr/dossier"], (None, None, None)),
    ],
)
def test_the_place_of_an_event(lines: list[str], place: tuple[str | None, ...]) -> None:
    header = only(ics(event(START, *lines))).header
    assert tuple(map(header.get, ("modalite", "lieu", "lien_visio"))) == place


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        ([r"DESCRIPTION:Un\nDeux\n\n\nTrois"], "Un  \nDeux\n\nTrois"),
        (
            [r"DESCRIPTION:# Titre\n/// agenda\n2. deux\n*gras* <b"],
            "\\# Titre  \n&#47;// agenda  \n2\\. deux  \n\\*gras\\* &lt;b",
        ),
        (
            [
                "X-ALT-DESC;FMTTYPE=text/html:<html><body><h1>Titre</h1><p>Un<br>deux</p></body></html>"
            ],
            "**Titre**\n\nUn  \ndeux",
        ),
        (["DESCRIPTION:<p>/// agenda</p>"], "&#47;// agenda"),
        # A line that is no announcement of Teams stays.
        ([rf"DESCRIPTION:Un\n{LINE}\nDeux"], "Un\n\nDeux"),
        # What is no address stays as it is; the check tells it.
        ([r"DESCRIPTION:Lien : https://[à venir"], "Lien : <https://[à> venir"),
        # A bullet of Word, a bell.
        (["DESCRIPTION:\uf0b7 Un\\n\uf0b7 De\x07ux"], "- Un\n- Deux"),
    ],
)
def test_the_text_of_an_event(lines: list[str], body: str) -> None:
    assert only(ics(event(START, *lines))).text == body


@given(st.text(alphabet="xy1 \\`*_[](){}<>#+-.!|~^=&;:/\n", max_size=60))
def test_no_sign_of_a_text_means_anything(words: str) -> None:
    """A plain text is read on the page as it was written; its dashes may become bullets."""
    escaped = words.translate({10: "\\n", 92: "\\\\", 59: "\\;"})
    found = read_invitation(ics(event(START, f"DESCRIPTION:{escaped}")), TODAY)[0].text
    html = re.sub(r"<[^>]*>", " ", html_of(found, lang="en"))
    assert _signs(unescape(html)) == _signs(words)


def _signs(words: str) -> str:
    """Return words without spaces, dashes, nor lines of one sign, which may be drawn otherwise."""
    drawn = re.sub(r"(?m)^[ ]*([-_=*~#])\1{4,}[ ]*$", "", words)
    return re.sub(r"[\s-]|(?m:^[ ]*\*(?=[ ]+\S))", "", drawn)


# Files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", f"Ce fichier n’est pas une invitation : il n’a pas de calendrier. {SAVE}"),
        (
            b"\xff\xd8\xff",
            f"Ce fichier n’est pas une invitation : il n’a pas de calendrier. {SAVE}",
        ),
        (ics(), f"Ce fichier ne contient aucun événement. {SAVE}"),
        (
            ics(event("SUMMARY:S", START))[:-40],
            f"Ce fichier est abîmé : son calendrier n’est pas lisible en entier. {SAVE}",
        ),
        (
            ics(event("SUMMARY:S", START)).replace(b"VERSION:2.0", b"VERSION:1.0"),
            f"Ce fichier est d’un ancien format (vCalendar 1.0). {SAVE}",
        ),
        (
            ics(event("SUMMARY:S", START), method="REPLY"),
            "Ce fichier est la réponse d’un invité, non l’invitation. Prenez l’invitation.",
        ),
        (ics(event("SUMMARY:S")), f"« S » : l’événement n’a pas de date de début. {SAVE}"),
        (
            ics(event("DTSTART:demain")),
            f"« Événement sans titre » : sa date « DTSTART » n’est pas lisible. {SAVE}",
        ),
        (
            ics(event("SUMMARY:S", "DTSTART;VALUE=DATE:25000101")),
            f"« S » : l’année 2500 est hors de 1800-2199. {SAVE}",
        ),
        (
            ics(event("SUMMARY:S", START, "DURATION:P9999999D")),
            f"« S » : une de ses dates est hors du calendrier. {SAVE}",
        ),
    ],
)
def test_a_file_that_holds_no_event(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        read_invitation(data, TODAY)
    assert str(raised.value) == message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(encoding: str) -> None:
    data = ics(event("SUMMARY:L’été à Sète", START), zones="").decode().encode(encoding)
    assert only(data).header["titre"] == "L’été à Sète"


def test_line_ends_of_unix_and_a_zone_named_by_its_cities() -> None:
    """As outlook.com and some exports write them."""
    name = '"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris"'
    zone = ROMANCE.replace("Romance Standard Time", name.strip('"').replace(",", "\\,"))
    data = ics(event("SUMMARY:S", f"DTSTART;TZID={name}:20270709T140000"), zones=zone)
    found = only(data.replace(b"\r\n", b"\n"))
    assert (found.header["debut"], found.notices) == ("2027-07-09 14:00", ())


def test_the_file_of_an_invitation_has_no_fault(tmp_path: Path) -> None:
    """Its header in YAML and its text are those of a content; only the summary is to write."""
    found = only(
        ics(
            series(
                "RRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=10",
                f"EXDATE;{PARIS}:20270504T083000",
                r"DESCRIPTION:Bonjour\,\n- *un* [deux] {trois}\n/// agenda\nhttps://exemple.fr/a_b_c",
                "LOCATION:Salle 3: à droite #1",
            ),
            event(
                f"RECURRENCE-ID;{PARIS}:20270406T083000",
                f"DTSTART;{PARIS}:20270407T090000",
                f"DTEND;{PARIS}:20270407T110000",
            ),
        )
    )
    header = yaml.safe_dump({**found.header, "resume": "R."}, allow_unicode=True, sort_keys=False)
    index = index_of(tmp_path, {"evenements/e.md": f"---\n{header}---\n{found.text}\n"})
    (record,) = index.events
    assert record.header == model_of(found)
    assert record.text_faults() == ()


def test_several_events_are_in_the_order_of_their_dates() -> None:
    data = ics(
        event("SUMMARY:Deux", "DTSTART:20270310T130000Z", uid="b"),
        event("SUMMARY:Un", START, uid="a"),
    )
    assert [found.header["titre"] for found in read_invitation(data, TODAY)] == ["Un", "Deux"]


def test_what_is_to_look_at_again() -> None:
    found = only(
        ics(
            event(
                START,
                f"SUMMARY:{'très ' * 50}long",
                "CLASS:PRIVATE",
                "URL:https://exemple.fr/seminaire",
                "DESCRIPTION:Écrire à jeanne.martin@exemple.fr ou contact@exemple.fr.",
                "RRULE:FREQ=HOURLY;COUNT=3",
            )
        )
    )
    assert found.header["titre"] == f"{'très ' * 39}…".replace(" …", "…")
    assert found.notices == (
        "La récurrence n’est pas lisible : ajoutez « recurrence » vous-même.",
        "Le titre a 254 caractères : il est coupé à 200.",
        (
            "Le texte donne une adresse de messagerie (contact@exemple.fr, "
            "jeanne.martin@exemple.fr) : gardez-la si c’est une boîte fonctionnelle, retirez-la "
            "si c’est celle d’une personne."
        ),
        (
            "L’invitation renvoie à https://exemple.fr/seminaire : ajoutez ce lien au texte s’il "
            "est utile."
        ),
        "L’invitation est marquée privée : vérifiez qu’elle peut être publiée.",
    )
    assert only(ics(event(START))).notices == ("L’invitation n’a pas de titre : donnez-en un.",)


def test_a_later_version_of_an_invitation_is_recognised(tmp_path: Path) -> None:
    """Outlook writes the day of a sitting into the identifier of its series."""
    uids = [OUTLOOK_UID.format(day=day) for day in ("00000000", "07EB0302")]
    first, second = (
        only(ics(event("SUMMARY:S", START, uid=uid))).header["identifiant"] for uid in uids
    )
    assert first == second == IDENTIFIER
    files = {"evenements/a.md": text(f"debut: 2024-03-09\nidentifiant: {first}")}
    records = index_of(tmp_path, files).events
    assert content_of(IDENTIFIER, records) is records[0]
    assert content_of("autre", records) is None


# Our own calendars -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        "debut: 2024-02-07 17:00\nfin: 18:30",
        "debut: 2024-02-07 22:00\nfin: 2024-02-08 01:00",
        "debut: 2024-03-25",
        "debut: 2024-03-25\nfin: 2024-03-26",
        "debut: 2024-02-06 17:00\nfin: 18:00\nrecurrence: premier mardi du mois",
        (
            "debut: 2024-02-06 17:00\nfin: 18:00\nrecurrence:\n  chaque: mardi\n  fois: 9\n"
            "  sauf: [2024-02-20]\n  dates: [2024-02-08]\n  exceptions:\n    - date: 2024-02-13\n"
            "      debut: 2024-02-14 10:00\n    - date: 2024-02-27\n      statut: annulé"
        ),
        (
            "debut: 2024-02-06\nrecurrence:\n  chaque: premier mardi du mois\n  sauf: [août]\n"
            "  jusqu_au: 2025-06-30"
        ),
        "debut: 2024-02-06 17:00\nfin: 18:00\nstatut_evenement: annulé\nlieu: Sète",
    ],
)
def test_what_the_site_publishes_is_read_back(tmp_path: Path, header: str) -> None:
    index = index_of(tmp_path, {"evenements/e.md": text(header)})
    (record,) = index.events
    calendars = SiteCalendars(index, "https://site.example")
    (everything,) = [s for s in calendars.subscriptions if s.name == "tout"]
    found = model_of(only(to_ics(calendars.calendar(everything))))
    assert found.period == record.header.period
    assert found.event_status == record.header.event_status
    assert found.place == record.header.place
    assert _sittings(found) == _sittings(record.header)


def _sittings(header: EventHeader) -> list[tuple[Period, bool]]:
    if header.recurrence_set is None:
        return []
    sittings = header.recurrence_set.sittings(*days_shown(TODAY))
    return [(s.period, s.status == EventStatus.CANCELLED) for s in sittings]


# Anything ----------------------------------------------------------------------------------------

SAMPLE = ics(
    series("RRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=10", f"EXDATE;{PARIS}:20270504T083000"),
    event(
        f"RECURRENCE-ID;{PARIS}:20270406T083000",
        f"DTSTART;{PARIS}:20270407T090000",
        "LOCATION:Salle 4; https://exemple.zoom.us/j/1",
        "DESCRIPTION:<p>Un</p>",
    ),
)


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 12), st.binary(max_size=6)),
        min_size=1,
        max_size=4,
    )
)
def test_a_damaged_file_gives_events_or_a_message(damages: list[tuple[int, int, bytes]]) -> None:
    data = SAMPLE
    for place, length, other in damages:
        data = data[:place] + other + data[place + length :]
    found: tuple[Invitation, ...] = ()
    message = "Ce fichier "
    try:
        found = read_invitation(data, TODAY)
    except ValueError as error:
        message = str(error)
    assert message.startswith(("Ce fichier ", "« "))
    assert all(map(model_of, found))


def test_each_sitting_of_a_series_alone_is_read() -> None:
    sittings = [event("SUMMARY:S", f"RECURRENCE-ID;{PARIS}:2027030{day}T083000") for day in (2, 9)]
    found = read_invitation(ics(*sittings), TODAY)
    assert [each.header["debut"] for each in found] == ["2027-03-02 08:30", "2027-03-09 08:30"]


def test_the_latest_version_of_an_event_is_read() -> None:
    versions = [event(START, f"SUMMARY:{n}", f"SEQUENCE:{n}") for n in (1, 3, 2)]
    assert only(ics(*versions)).header["titre"] == "3"


def test_a_change_of_the_following_sittings_is_told() -> None:
    change = event(
        "SUMMARY:Petit-déjeuner",
        f"RECURRENCE-ID;RANGE=THISANDFUTURE;{PARIS}:20270209T083000",
        f"DTSTART;{PARIS}:20270209T090000",
        f"DTEND;{PARIS}:20270209T103000",
    )
    found = only(ics(series("RRULE:FREQ=WEEKLY;COUNT=4"), change))
    assert found.header["recurrence"] == {
        "chaque": "mardi",
        "fois": 4,
        "exceptions": [{"date": "2027-02-09", "debut": "2027-02-09 09:00"}],
    }
    assert found.notices == (
        (
            "Ce qui change le 9\u00a0février 2027 vaut aussi pour les séances suivantes : seule "
            "celle-ci est changée. Écrivez les autres dans « exceptions »."
        ),
    )
