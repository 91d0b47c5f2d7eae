"""Invitations of calendar applications (iCalendar, RFC 5545 and 5546): each becomes a content.

Outlook's and Google's are read, those of the others as far as they follow the standard. Names and
addresses of the organiser and of the guests are left out: the site names no one who did not ask.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

import icalendar
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from plugins.content.record import AnyRecord
from plugins.dates.moments import Moment
from plugins.dates.parsing import parse_moment
from plugins.faults import shorten
from plugins.french.slugs import SLUG
from plugins.models import EventHeader
from plugins.models.fields import EventStatus
from plugins.writing.invitations.dates import is_onward, planned_start_of, read_dates
from plugins.writing.invitations.texts import body_of, place_of, says_cancelled, text_of, title_of

_MAX_TITLE = 200
_MAX_IDENTIFIER = 40
# The first bytes of Outlook's identifiers; the day of a sitting follows (MS-OXOCAL, 2.2.1.27).
_OUTLOOK = "040000008200e00074c5b7101a82e008"
_NO_DAY = "00000000"
_SAVE = "Enregistrez l’invitation depuis l’agenda au format iCalendar (.ics), puis recommencez."
_FAR_DATE = "une de ses dates est hors du calendrier."
_DAMAGED = f"Ce fichier est abîmé : son calendrier n’est pas lisible en entier. {_SAVE}"


@dataclass(frozen=True, slots=True)
class Invitation:
    """An event of an invitation, as a content of `evenements/` states it.

    `header` maps front-matter keys to plain values: texts, numbers, lists, mappings. `resume`
    is never there, `titre` only when the invitation has one. `text` is Markdown. `notices` are
    French sentences: what was left out, or is to look at again. `planned` is there when the
    invitation is to one sitting of a series only: when that sitting was planned. `is_onward` tells
    that it is also to those that follow.
    """

    header: dict[str, object]
    text: str
    notices: tuple[str, ...]
    planned: Moment | None = None
    is_onward: bool = False


def read_invitation(data: bytes, today: dt.date) -> tuple[Invitation, ...]:
    """Return the events of an iCalendar file, in the order of their dates.

    `today` bounds the endless recurrences that are written date by date. Raise ValueError, with a
    French sentence, for a file that holds no event.
    """
    text = _decoded(data)
    found: list[Invitation] = []
    for calendar in _calendars(text):
        method = text_of(calendar, "METHOD").upper()
        if method in ("REPLY", "COUNTER", "DECLINECOUNTER"):
            raise ValueError(
                "Ce fichier est la réponse d’un invité, non l’invitation. Prenez l’invitation."
            )
        found += [
            _invitation(events, today, is_cancelled=method == "CANCEL")
            for events in _by_identity(calendar)
        ]
    if not found and re.search(r"(?im)^BEGIN:VEVENT", text):
        raise ValueError(_DAMAGED)
    if not found:
        raise ValueError(f"Ce fichier ne contient aucun événement. {_SAVE}")
    return tuple(sorted(found, key=_start))


def content_of(identifier: str, records: Iterable[AnyRecord]) -> AnyRecord | None:
    """Return the content that bears an `identifiant`: an earlier version of an invitation."""
    return next((r for r in records if r.header.identifier == identifier), None)


def _decoded(data: bytes) -> str:
    """Return the text of a file: UTF-8, or the Windows encoding of older applications."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _calendars(text: str) -> list[icalendar.Calendar]:
    if "BEGIN:VCALENDAR" not in text.upper():
        raise ValueError(f"Ce fichier n’est pas une invitation : il n’a pas de calendrier. {_SAVE}")
    if re.search(r"(?im)^VERSION:1\.0\s*$", text):
        raise ValueError(f"Ce fichier est d’un ancien format (vCalendar 1.0). {_SAVE}")
    # Time zones that an earlier file defined would be taken for those of this one.
    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]
    try:
        calendars = icalendar.Calendar.from_ical(text, multiple=True)
    except Exception:  # noqa: BLE001 - of a damaged time zone, icalendar raises whatever it meets
        raise ValueError(_DAMAGED) from None
    return [found for found in calendars if found.name == "VCALENDAR"]


def _by_identity(calendar: icalendar.Component) -> list[list[icalendar.Component]]:
    """Return the events by UID: a series, then its changed sittings; a sitting alone, by itself."""
    found: dict[str, list[icalendar.Component]] = {}
    for number, event in enumerate(calendar.walk("VEVENT")):
        found.setdefault(text_of(event, "UID") or f"#{number}", []).append(event)
    groups = []
    for events in found.values():
        whole = [event for event in events if "RECURRENCE-ID" not in event]
        sittings = [event for event in events if "RECURRENCE-ID" in event]
        if whole:
            groups.append([max(whole, key=_version), *sittings])
        else:
            groups += [[sitting] for sitting in sittings]
    return groups


def _version(event: icalendar.Component) -> int:
    """Return the rank of a version among those of the same event (RFC 5545, 3.8.7.4)."""
    sequence = text_of(event, "SEQUENCE")
    return int(sequence) if re.fullmatch("[0-9]{1,9}", sequence) else 0


def _invitation(
    events: list[icalendar.Component], today: dt.date, *, is_cancelled: bool
) -> Invitation:
    event, *changes = events
    title, place, body = title_of(event), place_of(event), body_of(event)
    try:
        dates = read_dates(event, changes, today)
        values = {
            "titre": _cut(title),
            **dates.header,
            "modalite": place.mode,
            "lieu": place.name,
            "lien_visio": place.link,
            "statut_evenement": _state(event, is_cancelled=is_cancelled),
            "identifiant": _identifier(event),
        }
        header = {key: value for key, value in values.items() if value}
        faults = _without_faults(header)
        planned = planned_start_of(event) if "RECURRENCE-ID" in event else None
    except (ValueError, OverflowError) as error:
        reason = _FAR_DATE if isinstance(error, OverflowError) else error
        raise ValueError(f"{shorten(title or 'Événement sans titre')} : {reason} {_SAVE}") from None
    alone = [_of_a_series(planned, header)] if planned else []
    notices = [*alone, *dates.notices, *faults, *_notices(event, title, place.link, body.mailboxes)]
    return Invitation(header, body.text, tuple(notices), planned, is_onward(event))


def _state(event: icalendar.Component, *, is_cancelled: bool) -> str | None:
    status = text_of(event, "STATUS").upper()
    if is_cancelled or status == "CANCELLED" or says_cancelled(event):
        return EventStatus.CANCELLED.value
    return EventStatus.TENTATIVE.value if status == "TENTATIVE" else None


def _without_faults(header: dict[str, object]) -> list[str]:
    """Take out the values that no event may have; return why, in French."""
    try:
        EventHeader.model_validate({"titre": "—", "resume": "—", **header})
    except ValidationError as error:
        faults = [(str(fault["loc"][0]), _message(fault)) for fault in error.errors()]
        for key, message in faults:
            if key == "debut":
                raise ValueError(message) from None
            header.pop(key, None)
        return [f"« {key} » n’est pas repris : {message}" for key, message in faults]
    return []


def _message(fault: ErrorDetails) -> str:
    told = fault.get("ctx", {}).get("error")
    return str(told) if told else f"{shorten(fault['input'])} n’est pas une valeur de ce champ."


def _start(invitation: Invitation) -> tuple[int, int, int, str]:
    return parse_moment(str(invitation.header["debut"])).sort_key


def _cut(title: str) -> str:
    if len(title) <= _MAX_TITLE:
        return title
    return title[: _MAX_TITLE - 1].rpartition(" ")[0] + "…"


def _identifier(event: icalendar.Component) -> str:
    """Return the `identifiant` that a UID gives: itself when it is one, else its digest.

    A UID with an address may name a person; Outlook's is too long.
    """
    uid = text_of(event, "UID").lower()
    if uid.startswith(_OUTLOOK):
        head, tail = uid[: len(_OUTLOOK)], uid[len(_OUTLOOK) + len(_NO_DAY) :]
        uid = f"{head}{_NO_DAY}{tail}"
    if not uid or (SLUG.fullmatch(uid) and len(uid) <= _MAX_IDENTIFIER):
        return uid
    return f"invitation-{sha256(uid.encode()).hexdigest()[:20]}"


def _notices(event: icalendar.Component, title: str, link: str, mailboxes: list[str]) -> list[str]:
    notices = []
    if not title:
        notices.append("L’invitation n’a pas de titre : donnez-en un.")
    elif len(title) > _MAX_TITLE:
        notices.append(f"Le titre a {len(title)} caractères : il est coupé à {_MAX_TITLE}.")
    if link:
        notices.append(
            "Le lien de visioconférence sera lu de tous : retirez « lien_visio » s’il est réservé."
        )
    if mailboxes:
        notices.append(
            f"Le texte donne une adresse de messagerie ({', '.join(mailboxes)}) : gardez-la si "
            "c’est une boîte fonctionnelle, retirez-la si c’est celle d’une personne."
        )
    url = text_of(event, "URL")
    if url and url != link:
        notices.append(f"L’invitation renvoie à {url} : ajoutez ce lien au texte s’il est utile.")
    if "ATTACH" in event:
        notices.append("Les pièces jointes ne sont pas reprises : ajoutez-les dans « documents ».")
    if text_of(event, "CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
        notices.append("L’invitation est marquée privée : vérifiez qu’elle peut être publiée.")
    return notices


def _of_a_series(planned: Moment, header: dict[str, object]) -> str:
    """Return what to do with an invitation to one sitting of a series."""
    state = header.get("statut_evenement")
    change: dict[str, object] = {"date": planned.first, "statut": state}
    if state != EventStatus.CANCELLED:
        change |= {"debut": header["debut"], "fin": header.get("fin")}
    words = ", ".join(f"{key}: {value}" for key, value in change.items() if value)
    return (
        "L’invitation ne vaut que pour une séance d’une série. Si la série est déjà dans l’agenda, "
        f"n’en faites pas un nouveau contenu : ajoutez « {words} » à ses « exceptions »."
    )
