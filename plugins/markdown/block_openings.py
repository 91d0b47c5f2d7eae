"""Lines that open a block, or were meant to: `/// name`, or `/// name | argument`."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from plugins.faults import Position
from plugins.french.typography import fold
from plugins.models.blocks import BLOCKS, BlockOptions

# What an item of a list, a definition, a note or a quotation puts before a mark.
MARGIN = r"(?P<margin>(?:[ \t>]|[-*+:](?=[ \t])|\d+\.(?=[ \t])|\[\^[^\]]+\]:)*)"
LEVEL = 4
_OPENING = re.compile(rf"^{MARGIN}(?P<bars>/{{2,}}) *(?P<name>[\w-]+)(?P<rest>.*)$")
_REST = re.compile(r" *(?:\|.*)?")
# What may stand where the bar should.
_NO_BAR = re.compile(r"[\s:,;=|\uff5c\u00a6\u2502\u2013\u2014-]*")
_ITEM = re.compile(r"(?:[-*+]|\d+\.)[ \t]+$")
_BARS = "///"
_NEAR = 0.75


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that opens a block, unless it is code; `margin` is what stands before it.

    `bars` are those that its closing must have; `mistake` why it opens nothing.
    """

    name: str
    position: Position
    bars: str
    margin: str
    mistake: str

    @property
    def is_nested(self) -> bool:
        """Tell whether it stands inside a list or a quotation, or is code."""
        return is_nested(self.margin)

    @property
    def starts_item(self) -> bool:
        """Tell whether it stands on the very line where an item of a list starts."""
        return bool(_ITEM.search(self.margin))


def read_opening(text: str, number: int) -> Opening | None:
    """Return the opening that a line of a text is, or was meant to be."""
    found = _OPENING.match(text)
    if not found:
        return None
    name, bars, rest = found["name"].lower(), found["bars"], found["rest"]
    is_short = len(bars) < len(_BARS)
    if is_short and (fold(name) not in BLOCKS or not _REST.fullmatch(rest)):
        return None
    position = Position(number, found.start("bars") + 1)
    mistake = _mistake(name, bars, rest)
    return Opening(name, position, _BARS if is_short else bars, found["margin"], mistake)


def is_nested(margin: str) -> bool:
    """Tell whether a margin is that of a list or of a quotation, or makes code of a line."""
    return bool(margin.strip()) or len(margin.expandtabs(LEVEL)) >= LEVEL


def _mistake(name: str, bars: str, rest: str) -> str:
    """Return why a line opens no block, and how to write it; nothing when it does."""
    model = _meant(name)
    if model is None:
        return f"le bloc n’existe pas. Blocs possibles : {', '.join(sorted(BLOCKS))}."
    argument = _NO_BAR.sub("", rest, count=1).strip() or "nom-du-fichier"
    whole = f"{max(bars, _BARS)} {model.NAME}" + (f" | {argument}" if model.ARGUMENT else "")
    if not _REST.fullmatch(rest):
        if model.ARGUMENT:
            return f"il manque la barre « | » après le nom du bloc. Écrivez « {whole} »."
        return f"rien ne suit le nom de ce bloc. Écrivez « {whole} », et ses options dessous."
    if len(bars) < len(_BARS):
        return f"il manque une barre au début. Écrivez « {whole} »."
    return "" if name == model.NAME else f"le bloc n’existe pas. Vouliez-vous « {model.NAME} » ?"


def _meant(name: str) -> type[BlockOptions] | None:
    near = get_close_matches(fold(name), BLOCKS, n=1, cutoff=_NEAR)
    return BLOCKS[near[0]] if near else None
