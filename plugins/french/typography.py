r"""French typography of all that is displayed, after the Imprimerie nationale's *Lexique*.

No-break spaces: U+00A0 inside guillemets, before a colon and between a number and what it counts;
U+202F before ``;``, ``!`` and ``?`` and between groups of digits. Addresses, file names, times
such as 17:30 and whatever looks like code are left alone.

The work is done by edits of a text that hold no markup. For HTML, the text of a whole paragraph
is assembled first, with the place of each tag remembered, so that a rule sees through tags:
``<strong>mot</strong> !``. Every pattern is linear: its repetitions are possessive and the scan
never comes back to a character that it has left. Only single characters are repeated possessively:
before Python 3.11.5, a possessive group may end in the wrong place (gh-106052).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import NamedTuple

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"

_OBJECT = "\ufffc"
"""The stand-in, in the text of a paragraph, for an element whose content is left alone."""


class _Edit(NamedTuple):
    """Put ``new`` in the place of ``text[start:end]``."""

    start: int
    end: int
    new: str


def typeset(text: str) -> str:
    """Return a plain text with French spaces, quotes, apostrophes, dashes and ordinals.

    Letters and digits stay, except the endings of wrong ordinals (1ère, 2ème). Idempotent.
    """
    for rule in _RULES:
        text = _edited(text, rule(text))
    return text


def with_plain_spaces(text: str) -> str:
    """Return a text with ordinary spaces, for attributes, where no line is set."""
    return text.translate(_PLAIN_SPACES)


def plain(text: str) -> str:
    """Return a text with ordinary spaces and apostrophes, for data, search, comparison."""
    return with_plain_spaces(text).replace("\u2019", "'")


def fold(text: str) -> str:
    """Return the form by which names are matched: no case, accent, ligature nor double space."""
    if text.isascii():
        return " ".join(text.casefold().split())
    compatible = unicodedata.normalize("NFKD", plain(text)).casefold()
    letters = unicodedata.normalize("NFKD", compatible)
    return " ".join(letters.translate(_FOLDED).split())


def capitalised(text: str) -> str:
    """Return the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def clean(text: str) -> str:
    """Return a pasted text in NFC, without zero-width characters nor lines of no-break spaces.

    Lines are emptied, never removed: the place of an error stays right.
    """
    bare = unicodedata.normalize("NFC", text).translate(_ZERO_WIDTH)
    return re.sub(r"(?m)^[\u00a0\u202f]++$", "", bare)


_PLAIN_SPACES = str.maketrans({NBSP: " ", NARROW_NBSP: " "})
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))


class _Folded(dict[int, int | str | None]):
    """What becomes of each sign, by its code: combining signs go. Filled as signs are met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = found = None if unicodedata.combining(chr(code)) else code
        return found


_FOLDED = _Folded(
    {
        ord("œ"): "oe",
        ord("æ"): "ae",
        **dict.fromkeys((0x2010, 0x2011), "-"),  # hyphens
        **dict.fromkeys((0x00AD, 0x200B)),  # a soft hyphen, a zero-width space
    }
)


def _edited(text: str, edits: Iterable[_Edit]) -> str:
    parts: list[str] = []
    done = 0
    for edit in edits:
        parts += (text[done : edit.start], edit.new)
        done = edit.end
    return "".join((*parts, text[done:])) if parts else text


# What no rule may touch. Each form starts where a word starts, so that a long word is read once.
_S = r"[ \u00a0\u202f\u2007\u2009]"
_UNTOUCHED = r"""
(?P<untouched>(?:
    (?<![\w])(?:[A-Za-z][A-Za-z0-9+.-]{1,20}+://|www\.|mailto:|tel:|urn:)[^\s<>"«»“”]++
  | (?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)*
  | (?<![\w.-])\w[\w-]*+(?:\.\w[\w-]*+)+                # plan.md, exemple.fr, 1.2
  | (?<![\w-])\w[\w-]*+(?:::?+[\w.%#-]++)+              # 17:30, color:red, std::map
  | (?<![\w-])[\w-]++="[^"\n]*+"                         # lang="fr"
  | (?<![\w.])[A-Za-z_][\w.]*+(?!\(\w{1,4}\))(?:\([^()\s]*+\)|\[[^\[\]\s]*+\])  # f('x')
  | (?<![\w:]):[A-Za-z][\w+-]{0,39}+:(?![\w:])           # :smile:
  | (?<![^\s"«»“”(])(?:~|\.{1,2}+)?/[^\s<>"«»“”]++         # /chemin/vers
  | (?<![^\s"«»“”(])--?[A-Za-z][\w-]*+                     # --option
  | &\#?\w{1,32}+;
  | `[^`\n]*+`
  | \{\{[^{}]*+\}\}
)[;:!?.,]*+)
"""


def _pattern(rules: str) -> re.Pattern[str]:
    return re.compile(_UNTOUCHED + rules.replace("{S}", _S), re.VERBOSE)


def _matches(rules: re.Pattern[str], text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the name and the match of each rule that applies, in reading order."""
    for found in rules.finditer(text):
        kind = found.lastgroup
        if kind is not None and kind != "untouched":
            yield kind, found


_SIGNS = _pattern(
    r"""
  | (?<![\w.,…])[0-9]++(?P<ordinal>i?[èe]mes?+|i?[èe]res?+|ier)(?!\w)
  | (?<![\w.,…])(?=[IVX])X{0,3}+(?:IX|IV|V?I{0,3})(?P<roman>i?[èe]mes?+|i[èe]re)(?!\w)
  | (?<![\w])[nN](?P<degree>º)(?={S}++[0-9]|[0-9]++(?![\w\ufffc]))
  | (?<=[^\W\d_])(?P<apostrophe>')(?=(?:["“]|«{S}*+)?[\w\ufffc])
  | (?<![.0-9/])(?P<ellipsis>\.{3})(?![./])
  | (?<=[0-9])(?P<ellipsis_2>\.{3})(?![./0-9])
  | (?<=[^\s0-9«]){S}++(?P<dash>-{1,3}+)(?={S}++[^\s»])
  | (?<=[0-9]){S}++(?P<dash_2>-{1,3}+)(?={S}++[^\s0-9»])
  | (?P<quote>["«»“”])
  | [\w\ufffc]++ | {S}++ | \.++ | -++
    """
)


def _signs(text: str) -> Iterator[_Edit]:
    """Yield the edits that turn a typewriter's signs into French ones, whatever the spaces."""
    quotes = _quotes(text, [m.start() for m in _SIGNS.finditer(text) if m["quote"]])
    for kind, found in _matches(_SIGNS, text):
        start, end = found.span(kind)
        new = quotes.get(start) if kind == "quote" else _sign(kind, found)
        if new is not None and new != text[start:end]:
            yield _Edit(start, end, new)


def _sign(kind: str, found: re.Match[str]) -> str | None:
    sign = found[kind]
    match kind:
        case "ordinal" | "roman":
            return _ordinal(sign, found[0][: -len(sign)])
        case "degree":
            return "°"
        case "apostrophe":
            return "’"
        case "dash" | "dash_2":
            return "—" if sign == "---" else "–"
        case _:
            return "…"


def _ordinal(ending: str, number: str) -> str | None:
    plural = "s" if ending.endswith("s") else ""
    if "m" in ending:
        return f"e{plural}"
    if number not in ("1", "I"):
        return None
    return "er" if ending == "ier" else f"re{plural}"


_BEFORE_OPENING = frozenset("([{'’/-–—“\"")
_AFTER_CLOSING = frozenset(")]},.;:!?…”/-–—'’\"")


def _quotes(text: str, places: list[int]) -> dict[int, str]:
    """Return the sign of each paired quote: « » outside, “ ” inside others."""
    new: dict[int, str] = {}
    ends: list[int] = []
    for start, end in sorted(_quote_pairs(text, places)):
        while ends and ends[-1] < start:
            ends.pop()
        if text[start] != "«":
            new[start], new[end] = "“”" if ends else "«»"
        ends.append(end)
    return new


def _quote_pairs(text: str, places: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs, nested and of one kind; the rest of a paragraph's quotes are left alone."""
    stack: list[int] = []
    previous = 0
    for place in places:
        if text.find("\n\n", previous, place) >= 0:
            stack.clear()
        previous = place
        opener = _OPENERS.get(text[place])
        may_open, may_close = _sides(text, place) if opener == '"' else (not opener, bool(opener))
        if may_close and stack and text[stack[-1]] == opener:
            yield stack.pop(), place
        elif may_open:
            stack.append(place)
        elif opener != '"':
            stack.clear()


_OPENERS = {"»": "«", "”": "“", '"': '"'}


def _sides(text: str, place: int) -> tuple[bool, bool]:
    """Return whether the straight quote at ``place`` may open, and whether it may close."""
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    free_before, free_after = before.isspace() or before == "«", after.isspace() or after == "»"
    if free_before and free_after:
        return True, True
    may_open = (free_before or before in _BEFORE_OPENING) and not free_after
    may_close = not free_before and (free_after or after in _AFTER_CLOSING)
    return may_open, may_close


_MONTH = (
    "(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|janv\.|févr\.|juill?\.|sept\.|oct\.|nov\.|déc\.)"
)
_UNIT = (
    r"(?:%|‰|€|£|\$|°C?|k€|M€|Md€|[kM]?g|t|[kcm]?m[²³2]?|km/h|ha|[cmh]?l|h|min|m?s|[kMGT]o"
    r"|[kMGT]?Wh?|euros?|millions?|milliards?)"
)
# A sign that ends words; before a parenthesis « ; » and « : » are half of a smiley.
_PAUSE = r"(?:[!?][;!?]*+(?=[,.…]*+(?:[\s»”\")\]]|\Z))|;[;!?]*+(?=[\s»”\"]|\Z))"
_COLON = r":(?=[\s»”\"]|\Z)"
_SPACES = _pattern(
    rf"""
  | (?<![\w.,+-])(?P<phone>(?:0|\+[0-9]{{2,3}}{{S}}(?:\(0\){{S}}?)?)[1-9](?:{{S}}[0-9]{{2}}){{4}}
      | 0{{S}}[89][0-9]{{2}}(?:{{S}}[0-9]{{3}}){{2}})(?!\w)
  | (?<![\w.,-])[1-9][0-9]{{0,2}}(?P<groups>(?:{{S}}[0-9]{{3}}(?![0-9]))+)(?![\w\ufffc])
  | (?<![\w:.,/])[0-9]{{1,2}}(?P<hour>{{S}}*+)h(?:(?P<minutes>{{S}}*+)[0-5][0-9])?(?![\w\ufffc/'’])
  | (?<![\w.,])(?:[12]?[0-9]|3[01]|0[1-9]|1er|1\ufffc)(?P<nbsp_month>{{S}}++)(?={_MONTH}(?!\w))
  | (?<!\w)MM?\.(?P<nbsp_m>{{S}}++)(?=[A-ZÀ-Þ])
  | (?<!\w)(?:Mmes?|Mlles?|Dr|Pr|Mgr)(?P<nbsp_title>{{S}}++)(?=[A-ZÀ-Þ])
  | (?<!\w)(?:pp?|art|chap|fig|vol)\.(?P<nbsp_page>{{S}}++)(?=[0-9])
  | (?<!\w)art\.(?P<nbsp_code>{{S}}++)(?=[LRD]\.)
  | (?<!\w)[LRD]\.(?P<nbsp_law>{{S}}++)(?=[0-9])
  | §(?P<nbsp_section>{{S}}++)(?=[0-9])
  | (?<!\w)[nN](?P<number>°{{S}}*+)(?=[0-9])
  | (?P<opening>«{{S}}*+)(?=\S)
  | (?<=[^\s«])(?P<closing>{{S}}*+)»
  | (?<=\S)(?P<narrow>{{S}}++)(?={_PAUSE})
  | (?<=\S)(?P<nbsp_colon>{{S}}++)(?={_COLON})
  | (?<=\S)(?P<nbsp_dash>{{S}}++)(?=[–—]{{S}}++(?!»))
  | (?<=[0-9])(?P<nbsp_unit>{{S}}++)(?={_UNIT}(?![\w'’²³]))
  | (?<=[0-9])(?P<percent>[%‰€]|°C)(?![\w%])
  | (?<!\w)[0-9]++(?P<percent_2>(?:[kM]|Md)€)(?!\w)
  | (?<=[\w)\]»”%€°…\ufffc])(?P<pause>{_PAUSE})
  | (?<=[\w)\]»”%€°…\ufffc])(?P<colon>{_COLON})
  | [\w\ufffc]++ | {{S}}++ | [;!?]++ | :++
    """
)


def _spaces(text: str) -> Iterator[_Edit]:
    """Yield the edits that put French no-break spaces around the signs that are there."""
    for kind, found in _matches(_SPACES, text):
        for edit in _space(kind, found):
            if edit.new != text[edit.start : edit.end]:
                yield edit


def _space(kind: str, found: re.Match[str]) -> Iterator[_Edit]:
    start, end = found.span(kind)
    match kind:
        case "groups" | "phone":
            for place in (place for place in range(start, end) if found.string[place].isspace()):
                yield _Edit(place, place + 1, NARROW_NBSP if kind == "groups" else NBSP)
        case "minutes":
            yield _Edit(*found.span("hour"), NBSP)
            yield _Edit(start, end, NBSP)
        case "opening" | "number":
            yield _Edit(start, end, found[kind][0] + NBSP)
        case "percent" | "percent_2" | "colon":
            yield _Edit(start, end, NBSP + found[kind])
        case "pause" | "narrow":
            yield _Edit(start, end, NARROW_NBSP + found[kind].lstrip())
        case _:
            yield _Edit(start, end, NBSP)


_RULES: tuple[Callable[[str], Iterator[_Edit]], ...] = (_signs, _spaces)

_RAISED = _pattern(
    r"""
  | (?<![\w.,\#/])[0-9]++(?P<raised>ers?+|res?+|es?+|ndes?+|nds?+)(?!\w)
  | (?<![\w.,\#/])(?=[IVX])X{0,3}+(?:IX|IV|V?I{0,3})(?P<raised_roman>ers?+|res?+|es?+)(?!\w)
  | [\w\ufffc]++
    """
)


def _raised(text: str) -> Iterator[_Edit]:
    """Yield the edits that raise the endings of ordinals, in HTML."""
    for kind, found in _matches(_RAISED, text):
        start, end = found.span(kind)
        yield _Edit(start, end, f"<sup>{found[kind]}</sup>")


class _Mark(NamedTuple):
    """Source that the text of a run leaves out: markup before ``at``, or the spelling of a sign.

    ``width`` is 0 for markup, 1 for the source of the character at ``at``.
    """

    at: int
    width: int
    source: str


class _Run:
    """Text that the reader sees as one line of words, with the place of the markup inside it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.marks: list[_Mark] = []

    def add_text(self, source: str) -> None:
        """Add text, where a character reference is its character and a line break a space."""
        done = 0
        for found in _SPELLED.finditer(source):
            sign = " " if found[0].isspace() else unescape(found[0])
            if len(sign) == 1:
                self._add(source[done : found.start()])
                self.add_sign(sign, found[0])
                done = found.end()
        self._add(source[done:])

    def add_sign(self, sign: str, source: str) -> None:
        """Add one character, to be written as ``source`` unless a rule replaces it."""
        self.marks.append(_Mark(self.length, 1, source))
        self._add(sign)

    def add_markup(self, source: str) -> None:
        """Add markup that no rule sees."""
        self.marks.append(_Mark(self.length, 0, source))

    def html(self, *, raise_ordinals: bool) -> str:
        """Return the typeset source."""
        text, marks = "".join(self.parts), self.marks
        for rule in _RULES:
            edits = list(rule(text))
            text, marks = _edited(text, edits), _moved(marks, edits)
        if raise_ordinals:
            inside = {mark.at for mark in marks if not mark.width}
            edits = [e for e in _raised(text) if inside.isdisjoint(range(e.start + 1, e.end))]
            text, marks = _edited(text, edits), _moved(marks, edits)
        return "".join(_spelled(text, marks))

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


_SPELLED = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|[\t\n\r\f]"
)


def _moved(marks: list[_Mark], edits: list[_Edit]) -> list[_Mark]:
    """Return the marks of a text after edits; the spelling of a replaced character is dropped."""
    moved = []
    shift = n = 0
    for edit in edits:
        while n < len(marks) and marks[n].at + marks[n].width <= edit.start:
            moved.append(marks[n]._replace(at=marks[n].at + shift))
            n += 1
        while n < len(marks) and marks[n].at < edit.end:
            if not marks[n].width:
                moved.append(marks[n]._replace(at=edit.start + shift + len(edit.new)))
            n += 1
        shift += len(edit.new) - (edit.end - edit.start)
    return moved + [mark._replace(at=mark.at + shift) for mark in marks[n:]]


def _spelled(text: str, marks: list[_Mark]) -> Iterator[str]:
    done = 0
    for mark in marks:
        yield text[done : mark.at]
        yield mark.source
        done = mark.at + mark.width
    yield text[done:]


_SEEN_THROUGH = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "cite", "data", "del", "dfn", "em", "i", "ins", "label"),
        *("mark", "q", "s", "small", "span", "strong", "sub", "time", "u", "wbr"),
    )
)
_OPAQUE = frozenset(
    ("canvas", "code", "iframe", "kbd", "math", "object", "pre", "samp", "sup", "svg", "var")
)
_RAW = frozenset(("script", "style", "textarea"))
_WITHOUT_MARKUP = frozenset(("option", "title"))
_VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"))
_FOREIGN = re.compile(r"""(?i)\slang\s*+=\s*+["']?(?!fr\b)[a-z]""")


def typeset_html(html: str) -> str:
    """Return HTML whose text is typeset and whose ordinals are raised with ``<sup>``.

    Tags, attributes, comments, code, scripts, formulas, drawings and passages in another language
    (``lang``) come out byte for byte; a rule sees through inline tags. Idempotent, linear.
    """
    done: list[str] = []
    run = _Run()
    raise_ordinals = True

    for kind, name, source in _pieces(html):
        match kind:
            case "text":
                run.add_text(source)
            case "object":
                run.add_sign(_OBJECT, source)
            case "break":
                run.add_sign("\n", source)
            case "start" | "end" | "rest" if name not in _SEEN_THROUGH:
                done += (run.html(raise_ordinals=raise_ordinals), source)
                run = _Run()
                if name in _WITHOUT_MARKUP:
                    raise_ordinals = kind == "end"
            case _:
                run.add_markup(source)
    return "".join((*done, run.html(raise_ordinals=raise_ordinals)))


_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][^\s/>]*+)")
_TAG_PART = re.compile(r""">|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?""")


def _pieces(html: str) -> Iterator[tuple[str, str, str]]:
    """Yield the kind, the tag's name and the source of each piece of HTML.

    A piece is a text, a comment, a start, an end, a break, an object (a whole element that is left
    alone) or the rest (unfinished).
    """
    place = 0
    while place < len(html):
        kind, end, name = _piece(html, place)
        if kind == "start":
            whole = _object_end(html, place, end, name)
            if whole is not None:
                kind, end = "object", whole
            else:
                kind = {"br": "break", "img": "object"}.get(name, kind)
        yield kind, name, html[place:end]
        place = end


def _piece(html: str, place: int) -> tuple[str, int, str]:
    """Return the kind, the end and the name of the piece that starts at ``place``."""
    if html[place] != "<":
        end = html.find("<", place)
        return "text", len(html) if end < 0 else end, ""
    if found := _TAG.match(html, place):
        close = next((m.end() for m in _TAG_PART.finditer(html, found.end()) if m[0] == ">"), None)
        if close is None:
            return "rest", len(html), ""
        return "end" if found["slash"] else "start", close, found["name"].lower()
    if html[place + 1 : place + 2] not in ("!", "?", "/"):
        return "text", place + 1, ""
    closing = "-->" if html.startswith("<!--", place) else ">"
    end = html.find(closing, place + 2)
    return ("rest", len(html), "") if end < 0 else ("comment", end + len(closing), "")


def _object_end(html: str, place: int, end: int, name: str) -> int | None:
    """Return the end of the element that starts at ``place`` if no rule may enter it, else None.

    ``end`` is that of its start tag. An element that is never closed goes to the end.
    """
    if name in _RAW:
        found = re.compile(rf"(?i)</{name}(?=[\s/>])[^>]*+>").search(html, end)
        return found.end() if found else len(html)
    if name in _VOID or not (name in _OPAQUE or _FOREIGN.search(html, place, end)):
        return None
    end, depth = place, 0
    while end == place or (depth and end < len(html)):
        kind, after, inner = _piece(html, end)
        if kind == "start" and inner in _RAW:
            after = _object_end(html, end, after, inner) or after
        elif inner == name and not (name in ("svg", "math") and html.endswith("/>", end, after)):
            depth += 1 if kind == "start" else -1
        end = after
    return end
