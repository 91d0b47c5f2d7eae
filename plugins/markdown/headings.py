"""The headings of a text: their levels and ids in the page, and their faults."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from pymdownx.saneheaders import SaneHeadersProcessor

from plugins.faults import Position
from plugins.french.slugs import slugify
from plugins.markdown.bodies import Problem
from plugins.markdown.prose import Line, outside_fences, without_comments
from plugins.markdown.sanitizer import free_id

_TOP_LEVEL, _LAST_LEVEL = 2, 6
_FIELD = "intertitre"
# « #MotDièse » and « #2 de la saison » are words; « ##Titre » can only be meant as a heading.
_OPENING = r"(?P<level>#{2,6}(?!#)|#(?=[ \t\u00a0\u202f]|$))"
_MARK = re.compile(rf"{_OPENING}[ \t\u00a0\u202f]*(?P<words>.*)")
_UNDERLINE = re.compile(r"(?:=+|-+) *")
_SENTENCE = re.compile(r".*[.!?…:;,»)][*_ \u00a0\u202f]*")
_HASHTAG = re.compile(r"#(?P<words>\w[^\n]*[\w’'\"»)])[ \t]*")
_NO_WORDS = re.compile(r"[\s#]*")


def heading_id(text: str) -> str:
    """Return the id of a heading: its words as a slug."""
    try:
        return free_id(slugify(text))
    except ValueError:
        return "section"


class Headings(SaneHeadersProcessor):  # type: ignore[misc]
    """Reads headings: `#` needs a space after it, and a closing `#` a space before it (« C# »)."""

    RE = re.compile(rf"(?m)^{_OPENING}(?P<header>(?:\\.|[^\\\n])*?)(?:[ \t]+#+)?[ \t]*(?:\n|\Z)")


class HeadingLevels(Treeprocessor):
    """Gives headings the levels under the `h1` of a page: from `h2` on, none skipped (RGAA 9.1).

    `has_rubrics` is True for a letter: `#` counts there as `##`, and the headings above the first
    `##` are under the page's « Éditorial ». Otherwise a `#` would take the rubrics below it out of
    the summary, and a heading of the editorial would be a rubric.
    """

    has_rubrics = False

    def run(self, root: Element) -> None:
        """Level the headings of a text."""
        found = [e for e in root.iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
        has_rubrics = self.has_rubrics
        levels = [max(_TOP_LEVEL if has_rubrics else 1, int(e.tag[1])) for e in found]
        above = [_TOP_LEVEL] if has_rubrics and _TOP_LEVEL in levels else []
        for element, level in zip(found, levels, strict=True):
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            element.tag = f"h{min(_LAST_LEVEL, _TOP_LEVEL + len(above) - 1)}"


@dataclass(frozen=True, slots=True)
class _Written:
    """A heading as written: its number of `#`, its first and last line in the file, its words."""

    level: int
    first: int
    last: int
    words: str


def heading_problems(source: str, first_line: int, *, has_rubrics: bool) -> Iterator[Problem]:
    """Yield a fault per heading without words, and a warning per heading that seems a mistake.

    It is at a wrong level, has nothing under it, or is made of a line of text by dashes.
    """
    written = list(_written(source, first_line))
    yield from _wordless(written)
    yield from _underlined(written)
    yield from _hashtags(source, first_line)
    if has_rubrics:
        yield from _levelled(written)
    yield from _skipping(written, _TOP_LEVEL if has_rubrics else 1)
    yield from _empty(written, source, first_line, has_rubrics=has_rubrics)


def _written(source: str, first_line: int) -> Iterator[_Written]:
    """Yield the headings. A line of `=` or `-` turns a line alone above it into one."""
    blank = Line(0, "")
    lines = [blank, blank, *outside_fences(source, first_line)]
    for before, above, line in zip(lines, lines[1:], lines[2:], strict=False):
        if found := _MARK.match(line.text):
            words = found["words"]
            yield _Written(len(found["level"]), line.number, line.number, words)
        elif _UNDERLINE.fullmatch(line.text) and above.text.strip() and not before.text.strip():
            yield _Written(1 if line.text[0] == "=" else 2, above.number, line.number, above.text)


def _wordless(written: list[_Written]) -> Iterator[Problem]:
    for heading in written:
        if _NO_WORDS.fullmatch(heading.words):
            message = "l’intertitre n’a pas de mots. Écrivez-les sur la même ligne, ou retirez-le."
            yield Problem(Position(heading.first), _FIELD, message)


def _underlined(written: list[_Written]) -> Iterator[Problem]:
    """Yield the sentences that a line of dashes turns into headings."""
    for heading in written:
        if heading.last > heading.first and _SENTENCE.fullmatch(heading.words):
            yield _warning(
                heading,
                "les tirets de la ligne suivante en font un intertitre. Pour un trait, mettez une "
                "ligne vide avant eux ; pour un intertitre, écrivez « ## » et ses mots.",
            )


def _hashtags(source: str, first_line: int) -> Iterator[Problem]:
    """Yield the lines alone that a `#` without a space begins, and that do not end a sentence."""
    blank = Line(0, "")
    lines = [blank, *outside_fences(without_comments(source, _blanked), first_line), blank]
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        found = _HASHTAG.fullmatch(line.text)
        if found and not above.text.strip() and not below.text.strip():
            yield Problem(
                Position(line.number),
                "texte",
                f"le « # » est montré tel quel. Pour un intertitre, écrivez « ## {found['words']} »"
                f" ; pour un mot-dièse, « \\#{found['words']} ».",
                is_warning=True,
            )


def _blanked(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def _levelled(written: list[_Written]) -> Iterator[Problem]:
    """Yield the `#` headings of a letter, and the `###` headings above its first `##`."""
    is_early = True
    if all(heading.level != _TOP_LEVEL for heading in written):
        return
    for heading in written:
        if heading.level < _TOP_LEVEL:
            yield _warning(
                heading,
                "« # » est le titre de la page : celui-ci est lu comme s’il avait « ## ». "
                "Écrivez « ## », et « ### » pour ceux qui dépendent de lui.",
            )
        elif heading.level > _TOP_LEVEL and is_early:
            yield _warning(
                heading,
                "aucun « ## » n’est au-dessus : celui-ci reste dans l’éditorial. Pour en faire "
                "une rubrique, écrivez « ## ».",
            )
        is_early = is_early and heading.level > _TOP_LEVEL


def _skipping(written: list[_Written], lowest: int) -> Iterator[Problem]:
    """Yield the headings more than one level under the one above (RGAA 9.1).

    They are read one level under it, as are those of the same level that follow.
    """
    skipped = 0
    for above, heading in pairwise(written):
        if heading.level != skipped:
            skipped = 0
        right = max(lowest, above.level) + 1
        if heading.level > right and not skipped:
            skipped = heading.level
            yield _warning(
                heading,
                f"« {'#' * heading.level} » saute un niveau sous « {'#' * (right - 1)} », et est "
                f"lu comme « {'#' * right} ». Écrivez « {'#' * right} ».",
            )


def _empty(
    written: list[_Written], source: str, first_line: int, *, has_rubrics: bool
) -> Iterator[Problem]:
    bare = without_comments(source, _blanked).split("\n")
    lowest = _TOP_LEVEL if has_rubrics else 1
    for heading, following in pairwise([*written, None]):
        assert heading is not None
        end = following.first - first_line if following else len(bare)
        is_alone = following is None or max(lowest, following.level) <= max(lowest, heading.level)
        if is_alone and not any(line.strip() for line in bare[heading.last + 1 - first_line : end]):
            yield _warning(
                heading,
                "rien n’est écrit sous cet intertitre : il serait seul, dans la page et au "
                "sommaire. Écrivez son texte, ou retirez-le.",
            )


def _warning(heading: _Written, message: str) -> Problem:
    return Problem(Position(heading.first), _FIELD, message, is_warning=True)
