"""What may be written in a field, as the form judges it before it saves.

The models judge again, with better advice: a pattern only spares a round.
"""

from collections.abc import Mapping
from typing import NamedTuple

from plugins.models.fields import ValueKind


class Pattern(NamedTuple):
    """An expression that a whole value matches, in the syntax of browsers, and what to write."""

    expression: str
    advice: str


_DAY = r"\d{4}-\d{2}-\d{2}"
_TIME = r"\d{1,2}(?::\d{2}| ?h(?: ?\d{2})?)"
_WHEN = rf"(?:{_DAY}(?:[?~%]|[ T]{_TIME})?|\d{{4}}(?:-(?:\d{{2}}|[TQtq][1-4]|[Ss][12]))?[?~%]?)"
_SIDE = "(?:haut|bas|gauche|droite|centre)"

PATTERNS: Mapping[ValueKind, Pattern] = {
    ValueKind.MOMENT: Pattern(
        f"^{_WHEN}$",
        "Écrivez un jour (2024-03-25), un jour et une heure (2024-02-07 17:00), un mois (2024-03), "
        "un trimestre (2024-T4) ou une année (2024).",
    ),
    ValueKind.END: Pattern(
        f"^(?:{_WHEN}|{_TIME})$",
        "Écrivez une heure (18:30), un jour (2024-03-26), ou un jour et une heure "
        "(2024-03-26 12:00).",
    ),
    ValueKind.PUBLICATION: Pattern(
        rf"^{_DAY}(?:[ T]{_TIME}(?::\d{{2}})?(?: ?(?:Z|[+\-]\d{{2}}:?\d{{2}}))?)?$",
        "Écrivez un jour (2024-01-08), ou un jour et une heure de Paris (2024-01-08 09:30).",
    ),
    ValueKind.SLUG: Pattern(
        "^[a-z0-9]+(?:-[a-z0-9]+)*$",
        "Écrivez des minuscules sans accent, des chiffres et des traits d’union.",
    ),
    ValueKind.MAILBOX: Pattern(
        r"^[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+$",
        "Écrivez l’adresse sous la forme nom@domaine.fr.",
    ),
    ValueKind.WEB_ADDRESS: Pattern(
        r"^https?://\S+$", "Écrivez l’adresse en entier, avec https:// au début."
    ),
    ValueKind.NUMBER: Pattern(
        r"^-?[\d\s\u00a0\u202f]+(?:[.,]\d+)?$", "Écrivez des chiffres, par exemple 1220 ou 12,5."
    ),
    ValueKind.COORDINATES: Pattern(
        r"^-?\d+(?:\.\d+)?, *-?\d+(?:\.\d+)?$",
        "Écrivez latitude et longitude, par exemple 49.4938, 0.1077.",
    ),
    ValueKind.FOCAL_POINT: Pattern(
        rf"^(?:{_SIDE}(?:[ ,]+{_SIDE})?|\d{{1,3}}\s*%[\s,;]+\d{{1,3}}\s*%)$",
        "Écrivez un ou deux côtés (haut, bas, gauche, droite, centre), ou deux pourcentages "
        "(30\u00a0% 20\u00a0%).",
    ),
}
