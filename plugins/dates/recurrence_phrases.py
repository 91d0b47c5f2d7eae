"""When an event comes back, as French says it: « premier mardi du mois », « sauf en août ».

A phrase is read to the rule that it states (RFC 5545, 3.3.10), or refused: no phrase is guessed.
Case, accents and the words « le », « chaque », « tous les » do not count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from plugins.dates.in_words import month_name, weekday_name
from plugins.dates.moments import Moment, Precision
from plugins.dates.parsing import parse_moment, right_form
from plugins.dates.recurrence_in_words import number_in_words
from plugins.dates.recurrence_rule import WEEKDAYS
from plugins.faults import shorten
from plugins.french.typography import fold

EXAMPLE = "premier mardi du mois"
_ADVICE = (
    "Écrivez par exemple « mardi », « lundi et jeudi », « mardi, une semaine sur deux », "
    "« premier mardi du mois », « dernier vendredi du mois » ou « 15 du mois »."
)
_DAYS = {fold(weekday_name(number)): code for number, code in enumerate(WEEKDAYS)}
_MONTHS = {fold(month_name(number)): number for number in range(1, 13)}
_ORDINALS = ("premier", "deuxieme", "troisieme", "quatrieme", "cinquieme")
_RANKS = (
    {word: rank for rank, word in enumerate(_ORDINALS, 1)}
    | {f"{rank}{ending}": rank for rank in range(2, 6) for ending in ("e", "eme")}
    | {"1er": 1, "second": 2, "dernier": -1, "avant-dernier": -2}
)
NUMBERS = {number_in_words(number): number for number in range(2, 13)}
NUMBERS |= {str(number): number for number in range(2, 100)}
_WORKING_DAYS = ",".join(WEEKDAYS[:5])


def _one_of(words: Collection[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


def _several(item: str) -> str:
    return rf"{item}(?:(?:, ?| et )(?:les? )?{item})*"


_DAY = _one_of(_DAYS) + "s?"
_SOME_DAYS = _several(_DAY)
_SOME_RANKS = _several(_one_of(_RANKS) + "s?")
_SOME_NUMBERS = _several(r"(?:1er|[1-9]|[12][0-9]|3[01])")
_EVERY = rf"(?:(?P<every>{_one_of(NUMBERS)}) )?"
_SOME_WEEKS = rf"(?:,? (?:une semaine sur|toutes les) (?P<every>{_one_of(NUMBERS)})(?: semaines)?)?"
_IN_MONTH = r" (?:du|de chaque|de tous les|des?) mois"
_ARTICLE = r"(?:les? )?"
_MONTH = _one_of(_MONTHS)
_IN_YEAR = rf"(?:{_EVERY}(?:ans?|annees?),? {_ARTICLE})?"
_DAYS_IN_MONTH = (
    rf"(?:(?P<ranks>{_SOME_RANKS}) (?P<days>{_DAY})|(?P<numbers>{_SOME_NUMBERS})"
    r"|(?P<last>derniers? jours?))"
)


def _daily(found: re.Match[str]) -> str:
    return _rule("DAILY", found)


def _working_days(_found: re.Match[str]) -> str:
    return f"FREQ=WEEKLY;BYDAY={_WORKING_DAYS}"


def _weekly(found: re.Match[str]) -> str:
    return _rule("WEEKLY", found, _weekdays(found["days"]) if found["days"] else "")


def _monthly_by_day(found: re.Match[str]) -> str:
    return f"{_rule('MONTHLY', found)};{_days_in_month(found)}"


def _in_some_months(found: re.Match[str]) -> str:
    return f"FREQ=MONTHLY;BYMONTH={_months(found)};{_days_in_month(found)}"


def _yearly_by_day(found: re.Match[str]) -> str:
    return f"{_rule('YEARLY', found)};BYMONTH={_months(found)};{_days_in_month(found)}"


def _months(found: re.Match[str]) -> str:
    return ",".join(str(_MONTHS[name]) for name in _words(found["months"]))


def _days_in_month(found: re.Match[str]) -> str:
    if found["ranks"]:
        (day,) = _weekdays(found["days"])
        ranks = (_RANKS[word.removesuffix("s")] for word in _words(found["ranks"]))
        return f"BYDAY={','.join(f'{rank}{day}' for rank in ranks)}"
    numbers = (word.removesuffix("er") for word in _words(found["numbers"] or "-1"))
    return f"BYMONTHDAY={','.join(numbers)}"


def _monthly(found: re.Match[str]) -> str:
    return _rule("MONTHLY", found)


def _yearly(found: re.Match[str]) -> str:
    return _rule("YEARLY", found)


_FORMS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (rf"{_EVERY}jours?", _daily),
    (r"jours? (?:ouvres?|du lundi au vendredi)|du lundi au vendredi", _working_days),
    (rf"{_EVERY}semaines?(?:,? {_ARTICLE}(?P<days>{_SOME_DAYS}))?", _weekly),
    (rf"(?P<days>{_SOME_DAYS}){_SOME_WEEKS}", _weekly),
    (rf"un (?P<days>{_DAY}) sur (?P<every>{_one_of(NUMBERS)})", _weekly),
    # « chaque premier mardi » can only be one of the month; « chaque 15 » could be of the year.
    (rf"(?P<every>){_DAYS_IN_MONTH}(?(ranks)(?:{_IN_MONTH})?|{_IN_MONTH})", _monthly_by_day),
    (rf"{_EVERY}mois,? {_ARTICLE}{_DAYS_IN_MONTH}", _monthly_by_day),
    (rf"en (?P<months>{_several(_MONTH)}),? {_ARTICLE}{_DAYS_IN_MONTH}", _in_some_months),
    (rf"{_IN_YEAR}{_DAYS_IN_MONTH} (?:de |d')?(?P<months>{_MONTH})", _yearly_by_day),
    (rf"{_EVERY}mois", _monthly),
    (rf"{_EVERY}(?:ans?|annees?)", _yearly),
)
_FIRST_WORDS = re.compile(r"^(?:(?:chaque|tous|toutes|les?) )+")


def rule_of(phrase: str) -> str:
    """Return the rule that a phrase states; raise ValueError for any other text.

    « premier mardi du mois » is `FREQ=MONTHLY;BYDAY=1TU`.
    """
    text = _FIRST_WORDS.sub("", fold(phrase).rstrip("."))
    for form, rule in _FORMS:
        if found := re.fullmatch(form, text):
            return rule(found)
    if "freq=" in text:
        raise ValueError(f"{shorten(phrase)} : une règle RRULE s’écrit dans « regle ».")
    raise ValueError(f"{shorten(phrase)} n’est pas compris. {_ADVICE}")


def _rule(frequency: str, found: re.Match[str], days: Collection[str] = ()) -> str:
    every = f";INTERVAL={NUMBERS[found['every']]}" if found["every"] else ""
    return f"FREQ={frequency}{every}" + (f";BYDAY={','.join(days)}" if days else "")


def _weekdays(text: str) -> list[str]:
    return [_DAYS[word.removesuffix("s")] for word in _words(text)]


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[ ,]+", text) if word not in {"et", "le", "les"}]


_OF_MONTHS = re.compile(r"^(?:tout )?(?:en |les? )?(?:mois )?(?:au mois )?(?:de |d')?")


def excluded(text: str) -> tuple[int, ...] | Moment:
    """Return the months (« août »), or the day (« 1er mai 2027 »), without the event.

    Raise ValueError for any other text.
    """
    names = _words(_OF_MONTHS.sub("", fold(text).rstrip(".")))
    if names and all(name in _MONTHS for name in names):
        return tuple(_MONTHS[name] for name in names)
    try:
        moment = parse_moment(right_form(" ".join(text.split())) or text)
    except ValueError:
        moment = None
    if moment is None or moment.precision is not Precision.DAY or moment.uncertain:
        raise ValueError(
            f"{shorten(text)} n’est ni un mois ni un jour. "
            "Écrivez par exemple « août » ou « 2027-05-04 »."
        )
    return moment


def without_months(rule: str, months: Collection[int]) -> str:
    """Return a rule that gives no day in some months."""
    if not months:
        return rule
    kept = [str(month) for month in range(1, 13) if month not in months]
    return f"{rule};BYMONTH={','.join(kept)}"
