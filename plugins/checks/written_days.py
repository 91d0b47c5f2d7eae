"""The days that a French sentence gives: « 1er février », « du 25 au 26 mars », 2024-02-02."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Set as AbstractSet
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from plugins.dates.in_words import month_name
from plugins.french.typography import fold


class WrittenDay(NamedTuple):
    """A day as written; the year is None when it is not."""

    year: int | None
    month: int
    day: int


class Kind(Enum):
    """What several days say: each of them, a first and a last one, or some day among them."""

    EACH = auto()
    BOUNDS = auto()
    WITHIN = auto()


class Role(Enum):
    """What the words around a date make of it."""

    DATE = auto()
    LIMIT = auto()  # « avant le », « jusqu’au », « au plus tard »
    OTHER = auto()  # « depuis le », « décret du », « publié le »: the date of something else


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in a sentence: its words, its days, and what they say.

    The days of `BOUNDS` and `WITHIN` are two, the first and the last one.
    """

    text: str
    days: tuple[WrittenDay, ...]
    kind: Kind
    role: Role

    @property
    def years(self) -> AbstractSet[int]:
        """Return the years that are written."""
        return {day.year for day in self.days if day.year is not None}

    def agrees(self, known: AbstractSet[WrittenDay]) -> bool:
        """Tell whether what it says is true of known days; see `known_days`."""
        if self.kind is Kind.WITHIN:
            return self.touches(known)
        return all(day in known for day in self.days)

    def touches(self, known: AbstractSet[WrittenDay]) -> bool:
        """Tell whether a known day is one of its days."""
        days = _between(*self.days) if self.kind is Kind.WITHIN else self.days
        return any(day in known for day in days)


def known_days(days: AbstractSet[dt.date]) -> frozenset[WrittenDay]:
    """Return every way to write some days, with and without their year."""
    return frozenset(
        WrittenDay(year, day.month, day.day) for day in days for year in (day.year, None)
    )


def find_days(text: str) -> Iterator[Mention]:
    """Yield the dates of a text that has ordinary spaces and apostrophes, in reading order."""
    for match in _DATE.finditer(text):
        found = match.groupdict()
        form = next(form for form in _READERS if found[form])
        days, kind = _READERS[form](found)
        written = _ARTICLE.sub("", match[0]) if kind is Kind.EACH else match[0]
        before = text[max(0, match.start() - _CONTEXT) : match.start()]
        if days and _WEEK.search(before):
            last = days[-1] if kind is Kind.BOUNDS else _later(days[0], 6)
            days, kind = (days[0], last), Kind.WITHIN
        if days and kind is Kind.BOUNDS and _MOVED.search(before):
            kind = Kind.EACH
        if days:
            after = text[match.end() : match.end() + _CONTEXT]
            yield Mention(written, days, kind, _role(before, match[0], after))


_MONTHS = {fold(month_name(number)): number for number in range(1, 13)} | {
    "janv": 1,
    "jan": 1,
    "fevr": 2,
    "fev": 2,
    "avr": 4,
    "juill": 7,
    "juil": 7,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_W = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?"
_D = r"(?:1er|3[01]|[12][0-9]|0?[1-9])(?![0-9])"
_M = (
    r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre"
    r"|d[ée]cembre|(?:janv?|f[ée]vr?|avr|juill?|sept|oct|nov|d[ée]c)\.)"
)
_Y = r"(?:(?:1[89]|2[01])[0-9]{2})(?![0-9])"


def _date(n: int, *, short: bool = False) -> str:
    """Return the pattern of date number n; a short one may leave its month to the next."""
    tail = rf"\s+(?P<m{n}>{_M})(?:\s+(?P<y{n}>{_Y}))?"
    return rf"{_W}(?P<d{n}>{_D})" + (f"(?:{tail})?" if short else tail)


_DATE = re.compile(
    rf"""(?ix)
    (?P<iso>(?<![\w/-])(?P<iy>{_Y})-(?P<im>[01][0-9])-(?P<id>[0-3][0-9])(?![\w/-]))
  | (?P<numeric>(?<![\w/.,-])(?P<nd>{_D})(?P<sep>[/.-])(?P<nm>1[0-2]|0?[1-9])(?P=sep)(?P<ny>{_Y})
      (?![\w/-]|\.[0-9]))
  | (?P<between>(?<!\w)entre\s+le\s+{_date(1, short=True)}\s+et\s+le\s+{_date(2)}(?!\w))
  | (?P<range>(?<!\w)du\s+{_date(3, short=True)}\s+(?:jusqu')?au\s+{_date(4)}(?!\w))
  | (?P<dash>(?<![\w/.,-])(?P<d5>{_D})[–-]{_date(6)}(?!\w))
  | (?P<list>(?<!\w)(?:les|des|aux)\s+(?P<head>{_W}{_D}(?:\s*,\s*(?:le\s+)?{_W}{_D}){{0,6}}),?
      \s+(?:et|ou|puis)\s+(?:le\s+)?{_date(7)}(?!\w))
  | (?P<pair>(?<!\w)(?:le|du|au)\s+{_W}(?P<d8>{_D})\s+(?:et|ou|puis)\s+(?:(?:le|du|au)\s+)?
      {_date(9)}(?!\w))
  | (?P<single>(?<![\w/.,°-])(?:(?:le|du|au)\s+)?{_date(10)}(?!\w))
    """
)


def _written(found: dict[str, str | None], n: int, other: int | None = None) -> WrittenDay:
    """Return date number n, which takes from another one the month and year that it leaves out."""
    month, year = found.get(f"m{n}"), found.get(f"y{n}")
    if other is None:
        return WrittenDay(int(year) if year else None, _month(month), _day(found[f"d{n}"]))
    whole = _written(found, other)
    number = _month(month) if month else whole.month
    inherited = whole.year - (number > whole.month) if whole.year else None
    return WrittenDay(int(year) if year else inherited, number, _day(found[f"d{n}"]))


def _day(text: str | None) -> int:
    return int((text or "").lower().removesuffix("er"))


def _month(text: str | None) -> int:
    return _MONTHS[fold(text or "").rstrip(".")]


_Found = dict[str, str | None]
_Days = tuple[WrittenDay, ...]


def _iso(found: _Found) -> tuple[_Days, Kind]:
    year, month, day = (int(found[name] or 0) for name in ("iy", "im", "id"))
    return (WrittenDay(year, month, day),), Kind.EACH


def _numeric(found: _Found) -> tuple[_Days, Kind]:
    return (WrittenDay(int(found["ny"] or 0), int(found["nm"] or 0), _day(found["nd"])),), Kind.EACH


def _list(found: _Found) -> tuple[_Days, Kind]:
    last = _written(found, 7)
    head = re.findall(rf"(?i){_D}", found["head"] or "")
    return (*(last._replace(day=_day(day)) for day in head), last), Kind.EACH


_READERS: dict[str, Callable[[_Found], tuple[_Days, Kind]]] = {
    "iso": _iso,
    "numeric": _numeric,
    "between": lambda found: ((_written(found, 1, 2), _written(found, 2)), Kind.WITHIN),
    "range": lambda found: ((_written(found, 3, 4), _written(found, 4)), Kind.BOUNDS),
    "dash": lambda found: ((_written(found, 5, 6), _written(found, 6)), Kind.BOUNDS),
    "list": _list,
    "pair": lambda found: ((_written(found, 8, 9), _written(found, 9)), Kind.EACH),
    "single": lambda found: ((_written(found, 10),), Kind.EACH),
}

# What the words around a date say of it. They are looked for in that many characters.
_CONTEXT = 60
_ARTICLE = re.compile(r"(?i)^(?:les?|du|des|aux?)\s+")
_WEEK = re.compile(r"(?i)\bsemaine\s+$")
_MOVED = re.compile(r"(?i)\b(?:report|décal|déplac|avanc|repouss)\w*\s+$")
_LIMIT = re.compile(
    r"(?i)(?:\bavant|jusqu'|\bd'ici|\bau plus tard|\blimite|\bclôture|\bclos\w*)"
    r"(?:\s+(?:est|sont|fixée|des inscriptions|d'inscription|pour s'inscrire))*[\s:(]*$"
)
_LIMIT_AFTER = re.compile(r"(?i)[\s,(]*(?:au plus tard|dernier délai|inclus)\b")
_OTHER = re.compile(
    r"""(?ix)
    \b(?:depuis|dès|après|partir|compter|dater|vers|autour|alentours|environ|veille|lendemain
      |surlendemain|suivant|précédant|au\ lieu|et\ non|plutôt\ que|en\ date|en\ vigueur|à\ jour
      |ouvr(?:e|ent|ira|iront)|ouvert(?:e|s|es|ure)?|paru(?:e|s|es|tion)?|para[iî]\w*|publication
      |publi(?:era|eront)|élue?s?
      |(?:publi|diffus|n|nomm|sign|adopt|promulgu|vot|modifi|cré|lanc|envoy|adress|annonc|décid|rédig)ée?s?)
    \s*$
    """
)
_ACT = re.compile(
    r"(?i)\b(?:loi|décret|arrêté|ordonnance|circulaire|instruction|directive|règlement|décision"
    r"|arrêt|jugement|lettre|courrier|courriel|message|note|rapport|article|communiqué|version"
    r"|numéro|édition|délibération|avis|accord|protocole)s?\b[^,;:()]{0,40}$"
)


def _role(before: str, written: str, after: str) -> Role:
    if _LIMIT.search(before) or _LIMIT_AFTER.match(after):
        return Role.LIMIT
    if _OTHER.search(before):
        return Role.OTHER
    if _ACT.search(before) and written[:2].lower() in ("du", "de"):
        return Role.OTHER
    return Role.DATE


_ANY_YEAR = 2000  # has a 29 February
_LONGEST = 100


def _later(day: WrittenDay, days: int) -> WrittenDay:
    try:
        found = dt.date(day.year or _ANY_YEAR, day.month, day.day) + dt.timedelta(days=days)
    except (ValueError, OverflowError):
        return day
    return WrittenDay(found.year if day.year else None, found.month, found.day)


def _between(first: WrittenDay, last: WrittenDay) -> Iterator[WrittenDay]:
    """Yield the days from one to another, both included; those of a long span are not told."""
    day = first
    for _ in range(_LONGEST):
        yield day
        if day == last:
            return
        day = _later(day, 1)
