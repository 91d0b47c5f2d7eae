"""The texts of dates: each becomes a moment, a publication date or a span of days.

Every error is a ``ValueError`` whose French sentence quotes the text and says what to write
instead; the caller adds file, line and field.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from functools import lru_cache

from babel.dates import get_day_names, get_month_names
from dateutil import parser as dateutil_parser  # type: ignore[import-untyped]

from plugins.dates.moments import YEARS, Moment, Precision, Published, in_paris, midnight
from plugins.faults import RightFormError
from plugins.french.typography import fold

_TIME = r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})(?::00)?| ?h(?: ?(?P<after_h>[0-9]{2}))?)"
_NUMBER = re.compile(r"[0-9]{1,2}")
_DAY_AND_MONTH = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}")
_TIME_ALONE = re.compile(_TIME)
_DAY_OR_TIME = re.compile(
    rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?P<mark>[?~%])?"
    rf"(?:(?:T|[ ])(?P<time>{_TIME}))?"
)
_APPROXIMATE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<part>[0-9]{2}|[TQ][0-9]|S[0-9]))?(?P<mark>[?~%])?"
)
_SYNONYMS = {
    **{f"{letter}{n}": str(32 + n) for letter in "TQ" for n in range(1, 5)},
    **{f"S{n}": str(39 + n) for n in (1, 2)},
}
_PARTS = {
    **{f"{n:02}": Precision.MONTH for n in range(1, 13)},
    **{str(n): Precision.SEASON for n in range(21, 25)},
    **{str(n): Precision.QUARTER for n in range(33, 37)},
    **{str(n): Precision.SEMESTER for n in (40, 41)},
}


def parse_moment(text: str) -> Moment:
    """Return the moment that a text states.

    It is a day (``2024-03-25``), a Paris time (``2024-02-07 17:00``, ``T17:00``, ``17h``,
    ``17 h 30``) or an EDTF date of level 1 or 2: year, month, season (21 to 24), quarter (33 to
    36, also ``T1`` or ``Q1``), semester (40, 41, also ``S1``), with ``?``, ``~`` or ``%``.
    Raise ValueError for anything else.
    """
    value = _squeezed(text)
    if found := _DAY_OR_TIME.fullmatch(value):
        day = checked_day(text, found["year"], found["month"], found["day"])
        mark = found["mark"] or ""
        if not found["time"]:
            return Moment.at(day, mark=mark)
        if mark:
            raise ValueError(
                f"{_quoted(text)} mêle « {mark} » et une heure : écrivez {day}{mark} sans l’heure, "
                f"ou {day} {found['time']} sans « {mark} »."
            )
        return Moment.at(day, _time_of(text, day, found))
    if found := _APPROXIMATE.fullmatch(value.upper()):
        return _approximate(text, found["year"], found["part"], found["mark"] or "")
    raise _refusal(text)


def parse_end(text: str, start: Moment) -> Moment:
    """Return the end that a text states: a moment, or a bare time on the day of ``start``.

    Raise ValueError as ``parse_moment`` does, and for a bare time beside a start without one.
    """
    if _NUMBER.fullmatch(_squeezed(text)):
        hour = f"{int(text):02}:00 si c’est l’heure, ou " if int(text) < 24 else ""
        raise ValueError(
            f"{_quoted(text)} est un nombre : écrivez {hour}le jour en entier, "
            f"par exemple {start.last}."
        )
    found = _TIME_ALONE.fullmatch(_squeezed(text))
    if found is None:
        return parse_moment(text)
    if start.time is None:
        raise ValueError(
            f"{_quoted(text)} est une heure, mais le début ({start}) n’en a pas. "
            "Ajoutez l’heure du début ou donnez un jour de fin."
        )
    return Moment.at(start.first, _time_of(text, start.first, found))


_PUBLICATION = re.compile(
    r"(?P<year>[0-9]{4})(?P<dash>[-/])(?P<month>[0-9]{1,2})(?P=dash)(?P<day>[0-9]{1,2})"
    r"(?:(?:T|[ ])(?P<hour>[0-9]{1,2})(?::|[ ]?h[ ]?)(?P<minute>[0-9]{2})?"
    r"(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"[ ]?(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_ENGLISH_MONTH = re.compile(
    r"(?i)\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)


def parse_publication(text: str) -> Published:
    """Return the publication date that a text states, in any form of Pelican's without ambiguity.

    A day or a time as in ``2010-12-03 10:20``, with ``/`` for ``-``, seconds, an ISO 8601 offset,
    or a date with an English month name. A time without an offset is one of Paris.
    Raise ValueError for anything else, day-first and month-first numbers included.
    """
    value = _squeezed(text)
    if found := _PUBLICATION.fullmatch(value):
        day = checked_day(text, found["year"], found["month"], found["day"])
        if found["hour"] is None:
            return Published(in_paris(midnight(day)), has_time=False)
        clock = _time(text, found) if found["zone"] else _time_of(text, day, found)
        local = dt.datetime.combine(day, clock.replace(second=_second(text, found["second"])))
        return Published(in_paris(_with_zone(text, local, found["zone"])), has_time=True)
    if len(value) <= 60 and _ENGLISH_MONTH.search(value):
        return _english(text, value)
    if any(_APPROXIMATE.fullmatch(form.upper()) for form in (value, right_form(value) or "")):
        raise ValueError(f"{_quoted(text)} : il faut un jour précis, par exemple 2024-03-25.")
    raise _refusal(text)


def parse_interval(text: str) -> tuple[dt.date, dt.date]:
    """Return the first and last day of an EDTF date (`2024-T1`) or interval (`2024-01/2024-03`).

    Raises ValueError with a French sentence.
    """
    try:
        return _interval(text)
    except ValueError:
        if right := right_form(text) or _right_interval(text):
            raise _proposal(text, f"« {text} »", right) from None
        raise


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in _squeezed(text))
    return f"« {shown[:40] + '…' if len(shown) > 40 else shown} »"


_FORMS = (
    "Écrivez un jour (2024-03-25), une heure (2024-02-07 17:00), un mois (2024-03), "
    "un trimestre (2024-T4), un semestre (2024-S1), une saison (de 2024-21, le printemps, à "
    "2024-24, l’hiver) ou une année (2024)."
)
_MONTH_NAMES = dict(get_month_names("wide", locale="fr"))
_WEEKDAYS = tuple(name for _, name in sorted(get_day_names("wide", locale="fr").items()))
_DOUBTFUL = re.compile(
    r"(?i)\b(?:début|mi|fin|courant)\b|(?<![0-9])[0-9]{1,2}[/. -][0-9]{1,2}[/. -][0-9]{2}(?![0-9])"
)


def _year(text: str, year: str) -> int:
    if int(year) not in YEARS:
        raise ValueError(
            f"{_quoted(text)} : l’année {year} est hors de {YEARS[0]}-{YEARS[-1]}. Corrigez-la."
        )
    return int(year)


def checked_day(text: str, year: str, month: str, day: str) -> dt.date:
    """Return a day given by its numbers; raise ValueError, which quotes the text, for any other."""
    y, m, d = _year(text, year), int(month), int(day)
    if not 1 <= m <= 12:
        raise ValueError(
            f"{_quoted(text)} : il n’y a pas de mois {month}. Écrivez année-mois-jour, "
            "par exemple 2024-03-25."
        )
    length = monthrange(y, m)[1]
    if not 1 <= d <= length:
        raise ValueError(
            f"{_quoted(text)} n’existe pas : {_MONTH_NAMES[m]} {y} a {length} jours. "
            "Corrigez le jour."
        )
    return dt.date(y, m, d)


def _time(text: str, found: re.Match[str]) -> dt.time:
    groups = found.groupdict()
    hour, minute = int(groups["hour"]), int(groups["minute"] or groups.get("after_h") or 0)
    if hour == 24 and minute == 0:
        raise ValueError(f"{_quoted(text)} : minuit s’écrit 00:00, à la date du lendemain.")
    if hour > 23 or minute > 59:
        raise ValueError(
            f"{_quoted(text)} : {hour:02}:{minute:02} n’est pas une heure. "
            "Écrivez une heure de 00:00 à 23:59."
        )
    return dt.time(hour, minute)


def _time_of(text: str, day: dt.date, found: re.Match[str]) -> dt.time:
    """Return the time of a day in Paris; refuse one that the clocks skip in spring."""
    clock = _time(text, found)
    shown = in_paris(dt.datetime.combine(day, clock))
    if shown.time() != clock:
        raise ValueError(
            f"{_quoted(text)} : il n’est jamais {clock:%H:%M} le {day}, où l’on passe à l’heure "
            f"d’été. Écrivez {shown:%H:%M}, ou une autre heure."
        )
    return clock


def _approximate(text: str, year: str, part: str | None, mark: str) -> Moment:
    """Return an approximate moment; the edtf library lacks a qualifier after a season."""
    _year(text, year)
    code = _SYNONYMS.get(part, part) if part else None
    precision = Precision.YEAR if code is None else _PARTS.get(code)
    if precision is None:
        raise ValueError(
            f"{_quoted(text)} : « {part} » n’est ni un mois (01 à 12), ni un trimestre (T1 à T4), "
            "ni un semestre (S1, S2), ni une saison (21 à 24). Corrigez-le."
        )
    canonical = year if code is None else f"{year}-{code}"
    first, last = _bounds(canonical)
    return Moment(first, last, None, precision, bool(mark), canonical + mark)


@lru_cache(maxsize=1024)  # the library takes milliseconds, and contents share a few dates
def _bounds(canonical: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of an EDTF date, as the edtf library has them.

    But a winter runs to the end of February: ISO 8601-2 leaves its end open, the library stops at
    31 December.
    """
    from edtf import parse_edtf  # noqa: PLC0415 - slow to load, and few dates need it

    parsed = parse_edtf(canonical)
    first, last = (dt.date(*bound[:3]) for bound in (parsed.lower_strict(), parsed.upper_strict()))
    if canonical.endswith("-24"):
        last = dt.date(int(canonical[:4]) + 1, 3, 1) - dt.timedelta(days=1)
    return first, last


def _second(text: str, second: str | None) -> int:
    if second and int(second) > 59:
        raise ValueError(f"{_quoted(text)} : {second} n’est pas une seconde. Écrivez 00 à 59.")
    return int(second or 0)


def _with_zone(text: str, local: dt.datetime, zone: str | None) -> dt.datetime:
    if zone is None:
        return local
    if zone in ("Z", "UTC", "GMT"):
        return local.replace(tzinfo=dt.UTC)
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError(
            f"{_quoted(text)} : « {zone} » n’est pas un décalage horaire. Retirez-le pour écrire "
            "l’heure de Paris."
        )
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return local.replace(tzinfo=dt.timezone(-offset if zone[0] == "-" else offset))


def _english(text: str, value: str) -> Published:
    """Read an English date; parse it with two defaults, whose difference shows a missing part."""

    def zone(name: str | None, offset: int | None) -> dt.tzinfo | None:
        if offset is not None:
            return dt.timezone(dt.timedelta(seconds=offset))
        if name is None:
            return None
        if name in ("UTC", "GMT", "Z"):
            return dt.UTC
        raise ValueError(name)

    defaults = (dt.datetime(2000, 1, 1), dt.datetime(2001, 2, 2, 1, 1))  # noqa: DTZ001
    try:
        one, two = (
            dateutil_parser.parse(value, default=default, tzinfos=zone) for default in defaults
        )
    except (ValueError, OverflowError, TypeError):
        raise _refusal(text) from None
    if one.date() != two.date():
        raise ValueError(f"{_quoted(text)} est incomplet : il faut un jour, un mois et une année.")
    _year(text, str(one.year))
    if one.time() != two.time():
        return Published(in_paris(midnight(one.date())), has_time=False)
    return Published(in_paris(one.replace(microsecond=0)), has_time=True)


_NUMERIC = re.compile(
    r"(?:(?P<d>[0-9]{1,2})[/. -](?P<m>[0-9]{1,2})[/. -](?P<y>[0-9]{4}|[0-9]{2})"
    r"|(?P<y2>[0-9]{4})[/. -]?(?P<m2>[0-9]{1,2})[/. -]?(?P<d2>[0-9]{1,2}))"
    rf"(?:(?:T|,?[ ](?:à[ ])?)(?P<time>{_TIME}))?"
)
_WORDS = re.compile(
    r"(?i)(?:[a-z]+di |dimanche |le |(?:début|mi|fin|courant)[ -])*"
    r"(?:(?P<d>[0-9]{1,2})(?:er)? )?(?P<name>[^\W\d]{3,9})\.? "
    rf"(?P<y>[0-9]{{4}})(?:,?[ ](?:à[ ])?(?P<time>{_TIME}))?"
)
_PART_FIRST = re.compile(r"(?i)(?P<part>[TSQ])(?P<n>[1-4])[ /-](?P<y>[0-9]{4})")
_MONTH_OF_YEAR = re.compile(
    r"(?P<m>[0-9]{1,2})[/. -](?P<y>[0-9]{4})|(?P<y2>[0-9]{4})[/. ](?P<m2>[0-9]{1,2})"
)
_PART_IN_WORDS = re.compile(
    r"(?i)(?P<n>[1-4])(?:er|e|ème|eme)? (?P<part>trimestre|semestre)(?: de)? (?P<y>[0-9]{4})"
)
SEASONS = {"printemps": 21, "ete": 22, "automne": 23, "hiver": 24}


def not_a_date(text: str) -> str:
    """Return the message for a text like no known date, with every accepted form."""
    return f"{_quoted(text)} n’est pas une date. {_FORMS}"


def _refusal(text: str) -> ValueError:
    """Return the refusal of a text that is no date, with its right form when there is one."""
    value = _squeezed(text)
    if not value:
        return ValueError(f"La date est vide. {_FORMS}")
    if len(value) > 60:
        return ValueError(not_a_date(text))
    if _TIME_ALONE.fullmatch(value):
        return ValueError(
            f"{_quoted(text)} n’a pas de jour : écrivez par exemple 2024-02-07 17:00."
        )
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].*(?:Z|[+-][0-9]{2}:?[0-9]{2})$", value):
        return ValueError(
            f"{_quoted(text)} : écrivez l’heure de Paris, sans décalage ({value[:10]} 17:00)."
        )
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{1,2}:[0-9]{2}:", value):
        return ValueError(f"{_quoted(text)} : écrivez l’heure sans secondes ({value[:10]} 17:00).")
    if right := right_form(value):
        return _proposal(value, _quoted(text), right)
    if _DAY_AND_MONTH.fullmatch(value):
        return ValueError(f"{_quoted(text)} n’a pas d’année : écrivez par exemple 2024-03-25.")
    if re.search(r"[0-9](?:/|\.\.|[ ]?au[ ])", value):
        return ValueError(f"{_quoted(text)} : écrivez une seule date ; la fin a son propre champ.")
    return ValueError(not_a_date(text))


def _proposal(value: str, quoted: str, right: str) -> ValueError:
    """Return the refusal of a date that has a right form; it may be put there when it says as much.

    « Fin mars » says more than the month, « 01-02-03 » has two readings, and a weekday that is not
    that of the day makes the day doubtful.
    """
    message = f"{quoted} : écrivez {right}."
    moment = parse_moment(right) if "/" not in right else None
    weekdays = {name for name in _WEEKDAYS if re.search(rf"(?i)\b{name}\b", value)}
    is_doubtful = _DOUBTFUL.search(value) or (
        weekdays and (moment is None or _WEEKDAYS[moment.first.weekday()] not in weekdays)
    )
    return ValueError(message) if is_doubtful else RightFormError(message, right)


def right_form(value: str) -> str | None:
    """Return the accepted form of a date written in another known way, None in doubt."""
    if found := _PART_IN_WORDS.fullmatch(value) or _PART_FIRST.fullmatch(value):
        right = f"{found['y']}-{found['part'][0].upper()}{found['n']}"
    elif found := _MONTH_OF_YEAR.fullmatch(value):
        right = f"{found['y'] or found['y2']}-{int(found['m'] or found['m2']):02}"
    elif found := _NUMERIC.fullmatch(value):
        year, month, day = (found[k] or found[f"{k}2"] for k in ("y", "m", "d"))
        right = _joined(
            f"{2000 + int(year)}" if len(year) == 2 else year, int(month), int(day), found
        )
    elif found := _WORDS.fullmatch(value):
        name = fold(found["name"])
        numbers = [n for n, full in _MONTH_NAMES.items() if _is_month(name, fold(full))]
        if name in SEASONS and not found["d"]:
            right = f"{found['y']}-{SEASONS[name]}"
        elif len(numbers) == 1:
            right = _joined(found["y"], numbers[0], int(found["d"] or 0), found)
        else:
            return None
    else:
        return None
    try:
        parse_moment(right)
    except ValueError:
        return None
    return right


def _is_month(name: str, full: str) -> bool:
    return full == name or (len(name) >= 3 and full.startswith(name))


def _joined(year: str, month: int, day: int, found: re.Match[str]) -> str:
    joined = f"{year}-{month:02}" + (f"-{day:02}" if day else "")
    if found["time"]:
        joined += f" {int(found['hour']):02}:{found['minute'] or found['after_h'] or '00'}"
    return joined


_BETWEEN = re.compile(r"\s+(?:à|au|et|jusqu[’']à|jusqu[’']au)\s+|\s*[–—/-]\s*")
_FROM = re.compile(r"(?i)^(?:de |du |d[’'])")
_YEAR = re.compile(r"\b[0-9]{4}\b")


def _interval(text: str) -> tuple[dt.date, dt.date]:
    start, _, end = text.partition("/")
    first, last = parse_moment(start), parse_moment(end or start)
    if last.last < first.first:
        raise ValueError(f"« {text} » finit avant de commencer. Échangez les deux dates.")
    return first.first, last.last


def _right_interval(text: str) -> str | None:
    """Return the accepted form of « de mars à juin 2024 », « 01/2024 - 03/2024 », or None."""
    for found in _BETWEEN.finditer(text):
        start = _FROM.sub("", text[: found.start()])
        end = text[found.end() :]
        right = f"{_right_end(start, end)}/{_right_end(end, start)}"
        try:
            _interval(right)
        except ValueError:
            continue
        if right != text:
            return right
    return None


def _right_end(text: str, other: str) -> str | None:
    """Return the accepted form of one end, which takes its year from the other when it has none."""
    year = _YEAR.search(other)
    for whole in (text, f"{text} {year[0]}" if year else text):
        try:
            parse_moment(whole)
        except ValueError:
            if right := right_form(whole):
                return right
        else:
            return whole
    return None
