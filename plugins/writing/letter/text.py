"""The text of a proposed issue: what there is to tell, in the rubrics of the last one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plugins.content.record import Record, has_header
from plugins.library.index import Index
from plugins.markdown.bodies import BlockCall
from plugins.models import LetterHeader, OrganisationHeader
from plugins.models.blocks import AgendaBlock, ChantiersBlock, FiguresBlock, MatrixBlock
from plugins.views.base import figures
from plugins.writing.letter.period import interval
from plugins.writing.letter.pieces import Piece
from plugins.writing.letter.rubrics import FormerRubric, Matter, former_rubrics, home
from plugins.writing.markdown_text import remark, words

_MANUAL = """\
<!--
Mode d’emploi. Les remarques comme celle-ci sont pour vous : aucun lecteur ne les voit.
Chacune dit d’où vient ce qui la suit : gardez-le, présentez-le d’une phrase à vous, ou effacez-le
avec sa remarque. Un bloc va de « /// nom » à « /// » : ses dates viennent des fiches.
Un intertitre pris dans une remarque n’a rien de neuf : effacez-le, ou ôtez les signes autour.
-->
"""
_EDITORIAL = (
    "Éditorial : quelques lignes à vous, ici, avant le premier intertitre. Effacez cette remarque "
    "si ce numéro n’en a pas."
)


@dataclass(frozen=True, slots=True)
class LetterText:
    """What makes the text of an issue: its pieces, its coming days, the issue before it."""

    index: Index
    pieces: Sequence[Piece]
    span: tuple[date, date]
    last: Record[LetterHeader] | None

    def written(self) -> str:
        """Return the text in Markdown.

        Rubrics are in the order of the last issue; new ones come before those at the end that each
        issue has.
        """
        former = former_rubrics(self.last, self.index) if self.last else ()
        homes = [(piece, home(piece.matter, piece.groups, former)) for piece in self.pieces]
        rubrics = [
            self._rubric(rubric, [piece.text for piece, place in homes if place is rubric])
            for rubric in former
        ]
        new = [
            _section(matter.value, texts)
            for matter in Matter
            if (texts := [p.text for p, place in homes if place is None and p.matter is matter])
        ]
        end = len(former)
        while end and former[end - 1].is_standing:
            end -= 1
        opening = f"{remark(_EDITORIAL)}\n"
        return "\n".join([_MANUAL, opening, *rubrics[:end], *new, *rubrics[end:]])

    def _rubric(self, rubric: FormerRubric, texts: Sequence[str]) -> str:
        """Return a rubric of the last issue, or its heading in a remark when it has nothing."""
        title = rubric.title
        for block in rubric.standing:
            if isinstance(block.options, MatrixBlock):
                title = re.sub(rf"\b{block.options.year}\b", self._year, title)
        repeated = [self._repeated(block) for block in rubric.standing if self._is_shown(block)]
        if not (texts or repeated):
            return f"{remark(f'## {title}')}\n"
        return _section(title, [*texts, *repeated])

    @property
    def _year(self) -> str:
        return str(self.span[1].year)

    def _is_shown(self, block: BlockCall) -> bool:
        """Return False for a block of the last issue that would show nothing."""
        index, asked = self.index, block.options
        if isinstance(asked, ChantiersBlock):
            return any(asked.state in {None, group.header.state} for group in index.chantiers)
        if isinstance(asked, MatrixBlock):
            return bool(index.occurrences_in(self.span[1].year))
        if isinstance(asked, FiguresBlock):
            found = index.find("organisation", asked.organisation)
            return bool(found and has_header(found, OrganisationHeader) and figures(found.header))
        return True

    def _repeated(self, block: BlockCall) -> str:
        """Return a block of the last issue, as it is written there, but for its dates."""
        assert self.last
        lines = self.index.contents.source_of(self.last).split("\n")
        lines = lines[block.position.line - self.last.source_line :]
        bars = lines[0].split()[0]
        end = next(number for number, line in enumerate(lines) if number and line.strip() == bars)
        text = "\n".join(lines[: end + 1]) + "\n"
        if isinstance(block.options, MatrixBlock):
            return _with_option(text, "annee", self._year)
        if isinstance(block.options, AgendaBlock):
            return _with_option(text, "periode", interval(self.span))
        return text


def _section(title: str, texts: Sequence[str]) -> str:
    return "\n".join([f"## {words(title)}\n", *texts])


def _with_option(block: str, name: str, value: str) -> str:
    """Return a block with a value for one of its options, written or not."""
    opening, _, rest = block.partition("\n")
    others = re.sub(rf"(?m)^[ \t]+{name}[ \t]*:.*\n", "", rest)
    return f"{opening}\n    {name}: {value}\n{others}"
