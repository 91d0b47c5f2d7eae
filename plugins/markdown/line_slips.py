"""Lists, tables and headings that are badly written, and that readers would see as text."""

import re
from collections.abc import Iterator

from plugins.markdown.bodies import Problem
from plugins.markdown.prose import Prose

_ITEM = re.compile(r" {0,3}(?P<mark>[-*+]|\d+\.)[ \t]+\S")
_BULLET = re.compile(r"[ \t]*(?P<mark>[•●▪◦‣■➢➤])[ \t\u00a0]*\S")
_DASH = re.compile(r"[ \t]*(?P<mark>[–—])[ \u00a0\u202f]\S")
_NUMBER = re.compile(r"[ \t]*(?P<mark>\d{1,2}\))[ \u00a0]\S")
_HEADING = re.compile(r"(?P<mark>#{1,6}) +\S")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
_SEPARATOR = re.compile(r"[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*")
# What a list may be stuck to without harm, or what is no paragraph.
_NO_PARAGRAPH = re.compile(r"[ \t]*(?:[-*+>|]|\d+\.[ \t]|#|/{2,}|<|\[[^\]]*\]:)|[ \t]{4}")


def line_slips(prose: Prose) -> Iterator[Problem]:
    """Yield a warning per list, table or heading that is read as the lines of a paragraph."""
    bullets_before = False
    for lines in prose.paragraphs():
        has_bullets = bool(_BULLET.match(lines[0][1]))
        if not (has_bullets and bullets_before):
            yield from _other_bullets(prose, lines)
        bullets_before = has_bullets
        yield from _stuck_list(prose, lines)
        yield from _table(prose, lines)
        yield from _heading(prose, lines)


def _other_bullets(prose: Prose, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    """Yield the first line of a list whose signs are a word processor's."""
    for sign, least, right in ((_BULLET, 1, "- "), (_DASH, 2, "- "), (_NUMBER, 2, "1. ")):
        found = [(index, match) for index, text in lines if (match := sign.match(text))]
        if len(found) < least or not prose.shows_line(found[0][1].string):
            continue
        index, match = found[0]
        yield _warning(
            prose,
            index + match.start("mark"),
            f"« {match['mark']} » ne fait pas une liste : ses lignes se suivraient. Commencez "
            f"chacune par « {right}», après une ligne vide.",
        )


def _stuck_list(prose: Prose, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    """Yield the first item of a list that stands against the paragraph above it.

    A lone line that begins so may be a dash, or the end of a number: it is told after a colon.
    """
    for number in range(1, len(lines)):
        (_, above), (index, text) = lines[number - 1 : number + 1]
        found = _ITEM.match(text)
        if not found or _NO_PARAGRAPH.match(above):
            continue
        items = sum(bool(_ITEM.match(text)) for _, text in lines[number:])
        if items < 2 and not above.rstrip().endswith(":"):
            continue
        if prose.shows_line(text):
            yield _warning(
                prose,
                index + found.start("mark"),
                "la liste est collée au texte qui la précède, et se lirait à sa suite. "
                "Mettez une ligne vide avant elle.",
            )
            return


def _table(prose: Prose, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    rows = [number for number, (_, text) in enumerate(lines) if _ROW.fullmatch(text)]
    if len(rows) < 2:
        return
    first = rows[0]
    index, text = lines[first]
    if not prose.shows_line(text):
        return
    if not any(_SEPARATOR.fullmatch(lines[number][1]) for number in rows):
        columns = text.strip().strip("|").count("|") + 1
        message = (
            "le tableau serait lu comme du texte. Ajoutez sous cette ligne "
            f"« |{' --- |' * columns} »."
        )
    elif first:
        message = "le tableau serait lu comme du texte. Mettez une ligne vide avant lui."
    else:
        message = (
            "le tableau serait lu comme du texte. Sa deuxième ligne, de tirets, doit avoir "
            "autant de colonnes que la première."
        )
    yield _warning(prose, index + len(text) - len(text.lstrip()), message)


def _heading(prose: Prose, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    for index, text in lines:
        if _HEADING.match(text) and prose.shows_line(text):
            yield _warning(
                prose,
                index,
                "l’intertitre est dans du HTML, où il n’est pas lu. Retirez la balise qui "
                "l’entoure.",
            )


def _warning(prose: Prose, index: int, message: str) -> Problem:
    return Problem(prose.place(index), "texte", message, is_warning=True)
