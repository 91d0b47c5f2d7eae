"""Spans of days written as EDTF dates or intervals."""

import re
from datetime import date

from plugins.dates.moments import parse_moment, right_form

_BETWEEN = re.compile(r"\s+(?:à|au|et|jusqu[’']à|jusqu[’']au)\s+|\s*[–—/-]\s*")
_FROM = re.compile(r"(?i)^(?:de |du |d[’'])")
_YEAR = re.compile(r"\b[0-9]{4}\b")


def parse_interval(text: str) -> tuple[date, date]:
    """Return the first and last day of an EDTF date (`2024-T1`) or interval (`2024-01/2024-03`).

    Raises ValueError with a French sentence.
    """
    try:
        return _interval(text)
    except ValueError:
        if right := right_form(text) or _right_interval(text):
            raise ValueError(f"« {text} » : écrivez {right}.") from None
        raise


def _interval(text: str) -> tuple[date, date]:
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
    """Return the accepted form of a date, whose year the other may tell for both."""
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
