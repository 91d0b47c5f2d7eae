r"""French typography of all that is displayed, after the Imprimerie nationale's *Lexique*.

No-break spaces: U+00A0 inside guillemets, before a colon and between a number and what it counts;
U+202F before ``;``, ``!`` and ``?`` and between groups of digits. Addresses, file names, times
such as 17:30 and whatever looks like code are left alone.

The rules are edits of a text without markup; ``typography_html`` applies them to HTML. Each set of
rules reads a text once, from word to word, and only a text with a sign that it may change. Every
pattern is linear: its repetitions are possessive, or give back one word at most. Only single
characters are repeated possessively: before Python 3.11.5, a possessive group may end in the wrong
place (gh-106052).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"

OBJECT = "\ufffc"
"""The stand-in, in the text of a paragraph, for an element whose content is left alone."""


class Edit(NamedTuple):
    """Put ``new`` in the place of ``text[start:end]``."""

    start: int
    end: int
    new: str


def typeset(text: str) -> str:
    """Return a plain text with French spaces, quotes, apostrophes, dashes and ordinals.

    Letters and digits stay, except the endings of wrong ordinals (1ère, 2ème). Idempotent.
    """
    for rule in RULES:
        text = edited(text, rule(text))
    return text


def with_plain_spaces(text: str) -> str:
    """Return a text with ordinary spaces, for attributes, where no line is set."""
    return text.replace(NBSP, " ").replace(NARROW_NBSP, " ")


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
    bare = unicodedata.normalize("NFC", text)
    for sign in _ZERO_WIDTH:
        bare = bare.replace(sign, "")
    return re.sub(r"(?m)^[\u00a0\u202f]++$", "", bare)


# Most texts hold none: `replace` sees it at once, `translate` looks up every sign of a text.
_ZERO_WIDTH = "\u200b\u2060\ufeff"


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


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Return the text after edits, which are in reading order."""
    if not edits:
        return text
    parts: list[str] = []
    done = 0
    for start, end, new in edits:
        parts += (text[done:start], new)
        done = end
    parts.append(text[done:])
    return "".join(parts)


_S = r"[ \u00a0\u202f\u2007\u2009]"
# Most of a text are words that no rule changes and no code holds: they are taken many at a time, up
# to the start of a word, or one by one before a sign that neither code nor an address goes on with.
# Without D, M, P, which begin titles (Dr, Mme, Pr), nor I, V, X, which begin ranks.
_LETTER = "a-zA-CE-HJ-LN-OQ-UWYZÀ-ÖØ-öø-ÿŒœ"
_PLAIN_WORDS = rf"""
    [{_LETTER}][{_LETTER},’\ \n]*(?<=[,’\ \n])(?=\w)
  | [{_LETTER}]++(?=[\s'’,;!?…)»"])
  | [ ](?<![0-9][ ])(?=\w)
  |"""
# What no rule may touch. Each form starts where a word starts, so that a long word is read once.
_UNTOUCHED = r"""
(?:(?![\s'’])(?:
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
    return re.compile(_PLAIN_WORDS + _UNTOUCHED + rules.replace("{S}", _S), re.VERBOSE)


def _matches(rules: re.Pattern[str], text: str) -> list[tuple[str, re.Match[str]]]:
    """Return the name and the match of each rule that applies, in reading order."""
    return [(kind, found) for found in rules.finditer(text) if (kind := found.lastgroup)]


# What a text holds when one of the signs below may be in it.
_HAS_SIGNS = re.compile(rf"""["'“º]|\.{{3}}|{_S}-|[0-9IVX]i?[èe][mr]""")
_SIGNS = _pattern(
    r"""
  | (?=[0-9IVX])(?<![\w.,…])(?:
        [0-9]++(?P<ordinal>i?[èe]mes?+|i?[èe]res?+|ier)
      | X{0,3}+(?:IX|IV|V?I{0,3})(?P<roman>i?[èe]mes?+|i[èe]re)
    )(?!\w)
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


def _signs(text: str) -> list[Edit]:
    """Return the edits that turn a typewriter's signs into French ones, whatever the spaces."""
    if not _HAS_SIGNS.search(text):
        return []
    found = _matches(_SIGNS, text)
    quotes = _quotes(text, [match.start() for kind, match in found if kind == "quote"])
    edits = []
    for kind, match in found:
        start, end = match.span(kind)
        new = quotes.get(start) if kind == "quote" else _sign(kind, match)
        if new is not None and new != text[start:end]:
            edits.append(Edit(start, end, new))
    return edits


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
_PAUSE = r"(?:[!?][;!?]*+(?=[,.…]*+(?:[\s»”\")\]]|\Z|(?<=…)[;:!?]))|;[;!?]*+(?=[\s»”\"]|\Z))"
_COLON = r":(?=[\s»”\"]|\Z)"
_HAS_SPACES = re.compile(rf"[0-9;:!?«»–—]|(?:M\.|Mmes?|Mlles?|Dr|Pr|Mgr|art\.){_S}")
_SPACES = _pattern(
    rf"""
  | (?=[0-9+])(?:
        (?<![\w.,+-])(?P<phone>(?:0|\+[0-9]{{2,3}}{{S}}(?:\(0\){{S}}?)?)[1-9](?:{{S}}[0-9]{{2}}){{4}}
          | 0{{S}}[89][0-9]{{2}}(?:{{S}}[0-9]{{3}}){{2}})(?!\w)
      | (?<![\w.,-])[1-9][0-9]{{0,2}}(?P<groups>(?:{{S}}[0-9]{{3}}(?![0-9]))+)(?![\w\ufffc])
      | (?<![\w:.,/])[0-9]{{1,2}}(?P<hour>{{S}}*+)h
          (?:(?P<minutes>{{S}}*+)[0-5][0-9])?(?![\w\ufffc/'’])
      | (?<![\w.,])(?:[12]?[0-9]|3[01]|0[1-9]|1er|1\ufffc)(?P<nbsp_month>{{S}}++)(?={_MONTH}(?!\w))
      | (?<!\w)[0-9]++(?P<percent_2>(?:[kM]|Md)€)(?!\w)
    )
  | (?<!\w)(?:
        MM?\.(?P<nbsp_m>{{S}}++)(?=[A-ZÀ-Þ])
      | (?:Mmes?|Mlles?|Dr|Pr|Mgr)(?P<nbsp_title>{{S}}++)(?=[A-ZÀ-Þ])
      | (?:pp?|art|chap|fig|vol)\.(?P<nbsp_page>{{S}}++)(?=[0-9])
      | art\.(?P<nbsp_code>{{S}}++)(?=[LRD]\.)
      | [LRD]\.(?P<nbsp_law>{{S}}++)(?=[0-9])
      | [nN](?P<number>°{{S}}*+)(?=[0-9])
    )
  | §(?P<nbsp_section>{{S}}++)(?=[0-9])
  | (?P<opening>«{{S}}*+)(?=\S)
  | (?<=[^\s«])(?P<closing>{{S}}*+)»
  | (?<=\S)(?={{S}})(?:
        (?P<narrow>{{S}}++)(?={_PAUSE})
      | (?P<nbsp_colon>{{S}}++)(?={_COLON})
      | (?P<nbsp_dash>{{S}}++)(?=[–—]{{S}}++(?!»))
    )
  | (?<=[0-9])(?:(?P<nbsp_unit>{{S}}++)(?={_UNIT}(?![\w'’²³]))|(?P<percent>[%‰€]|°C)(?![\w%]))
  | (?<=[\w)\]»”%€°…\ufffc])(?:(?P<pause>{_PAUSE})|(?P<colon>{_COLON}))
  | [\w\ufffc]++ | {{S}}++ | [;!?]++ | :++
    """
)


def _spaces(text: str) -> list[Edit]:
    """Return the edits that put French no-break spaces around the signs that are there."""
    if not _HAS_SPACES.search(text):
        return []
    edits = [edit for kind, found in _matches(_SPACES, text) for edit in _space(kind, found)]
    return [edit for edit in edits if edit.new != text[edit.start : edit.end]]


def _space(kind: str, found: re.Match[str]) -> list[Edit]:
    start, end = found.span(kind)
    match kind:
        case "groups" | "phone":
            space = NARROW_NBSP if kind == "groups" else NBSP
            places = (place for place in range(start, end) if found.string[place].isspace())
            return [Edit(place, place + 1, space) for place in places]
        case "minutes":
            return [Edit(*found.span("hour"), NBSP), Edit(start, end, NBSP)]
        case "opening" | "number":
            new = found[kind][0] + NBSP
        case "percent" | "percent_2" | "colon":
            new = NBSP + found[kind]
        case "pause" | "narrow":
            new = NARROW_NBSP + found[kind].lstrip()
        case _:
            new = NBSP
    return [Edit(start, end, new)]


RULES: tuple[Callable[[str], list[Edit]], ...] = (_signs, _spaces)
"""The sets of rules, each applied to what the one before it gives."""

_HAS_RANKS = re.compile("[0-9IVX](?:e|re|nd)")
_RAISED = _pattern(
    r"""
  | (?<![\w.,\#/])[0-9]++(?P<raised>ers?+|res?+|es?+|ndes?+|nds?+)(?!\w)
  | (?<![\w.,\#/])(?=[IVX])X{0,3}+(?:IX|IV|V?I{0,3})(?P<raised_roman>ers?+|res?+|es?+)(?!\w)
  | [\w\ufffc]++
    """
)


def raised(text: str) -> list[Edit]:
    """Return the edits that raise the endings of ordinals, in HTML."""
    if not _HAS_RANKS.search(text):
        return []
    return [
        Edit(*found.span(kind), f"<sup>{found[kind]}</sup>")
        for kind, found in _matches(_RAISED, text)
    ]
