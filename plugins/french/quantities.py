"""Numbers, counts and weights, the French way."""

from decimal import Decimal

from babel.numbers import format_decimal

from plugins.french.typography import NBSP

_KILO = 1000


def format_number(number: float | Decimal) -> str:
    """Return « 1 220 » (U+202F between groups), « 3,5 »."""
    return format_decimal(number, locale="fr")


def count(number: int, noun: str) -> str:
    """Return « 1 page » or « 6 pages »."""
    return f"{number}{NBSP}{noun}{'s' if number > 1 else ''}"


def weight(size: int) -> str:
    """Return the size of a file, in bytes, as « 120 ko » or « 1,4 Mo »; never less than 1 ko."""
    if size < _KILO * _KILO:
        return f"{max(1, round(size / _KILO))}{NBSP}ko"
    return f"{size / _KILO / _KILO:.1f}".replace(".", ",") + f"{NBSP}Mo"
