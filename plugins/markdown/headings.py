"""The headings of a text: their levels and ids in the page, and their faults."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from plugins.faults import Position
from plugins.french.slugs import slugify
from plugins.markdown.bodies import Problem
from plugins.markdown.prose import Line, outside_fences
from plugins.markdown.sanitizer import free_id

_TOP_LEVEL, _LAST_LEVEL = 2, 6
_FIELD = "intertitre"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARK = re.compile(r"#{1,6}")
_UNDERLINE = re.compile(r"(?:=+|-+) *")


def heading_id(text: str) -> str:
    """Return the id of a heading: its words as a slug."""
    try:
        return free_id(slugify(text))
    except ValueError:
        return "section"


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
    """A heading as written: its number of `#`, and its first and last line in the file."""

    level: int
    first: int
    last: int


def heading_problems(source: str, first_line: int, *, has_rubrics: bool) -> Iterator[Problem]:
    """Yield a warning per heading at a wrong level, or with nothing under it."""
    written = list(_written(source, first_line))
    if has_rubrics:
        yield from _levelled(written)
    yield from _empty(written, source, first_line, has_rubrics=has_rubrics)


def _written(source: str, first_line: int) -> Iterator[_Written]:
    """Yield the headings. A line of `=` or `-` turns a line alone above it into one."""
    blank = Line(0, "")
    lines = [blank, blank, *outside_fences(source, first_line)]
    for before, above, line in zip(lines, lines[1:], lines[2:], strict=False):
        if found := _MARK.match(line.text):
            yield _Written(len(found[0]), line.number, line.number)
        elif _UNDERLINE.fullmatch(line.text) and above.text.strip() and not before.text.strip():
            yield _Written(1 if line.text[0] == "=" else 2, above.number, line.number)


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


def _empty(
    written: list[_Written], source: str, first_line: int, *, has_rubrics: bool
) -> Iterator[Problem]:
    bare = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), source).split("\n")
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
