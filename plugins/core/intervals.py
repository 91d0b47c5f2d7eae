"""Spans of days written as EDTF dates or intervals."""

from datetime import date

from plugins.core.dates import parse_moment


def parse_interval(text: str) -> tuple[date, date]:
    """Return the first and last day of an EDTF date (`2024-T1`) or interval (`2024-01/2024-03`).

    Raises ValueError with a French sentence.
    """
    start, _, end = text.partition("/")
    first, last = parse_moment(start), parse_moment(end or start)
    if last.last < first.first:
        raise ValueError(f"« {text} » finit avant de commencer. Échangez les deux dates.")
    return first.first, last.last
