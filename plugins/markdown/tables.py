"""Tables in Markdown: columns keep their alignment, cells in excess are told."""

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

import markdown
from markdown.blockparser import BlockParser
from markdown.extensions.tables import TableExtension, TableProcessor

from plugins.markdown.bodies import Problem
from plugins.markdown.prose import Prose

# Markdown's own priority.
_PRIORITY = 75


class Tables(TableExtension):
    """Tables whose cells bear the class `align-left`, `align-center` or `align-right`.

    `wide_rows` are the rows of the text that have more cells than columns, as written.
    """

    def __init__(self) -> None:
        """Start without rows."""
        super().__init__()
        self.wide_rows: list[str] = []

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        """Put our processor in the place of Markdown's."""
        super().extendMarkdown(md)
        processor = _Rows(md.parser, {"use_align_attribute": True}, self.wide_rows)
        md.parser.blockprocessors.register(processor, "table", _PRIORITY)
        md.registerExtension(self)

    def reset(self) -> None:
        """Forget the rows of a text."""
        self.wide_rows.clear()


class _Rows(TableProcessor):
    def __init__(
        self, parser: BlockParser, config: dict[str, object], wide_rows: list[str]
    ) -> None:
        super().__init__(parser, config)
        self._wide_rows = wide_rows

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, align)  # type: ignore[misc]
        for cell in parent[-1]:
            if side := cell.attrib.pop("align", None):
                cell.set("class", f"align-{side}")
        cells: list[str] = self._split_row(row)  # type: ignore[attr-defined]
        if any(cell.strip() for cell in cells[len(align) :]):
            self._wide_rows.append(row)


def wide_row_problems(rows: Iterable[str], prose: Prose) -> Iterator[Problem]:
    """Yield a warning per row that has more cells than its table has columns."""
    index = 0
    for row in rows:
        index = max(index, prose.source.find(row, index))
        yield Problem(
            prose.place(index),
            "tableau",
            "cette ligne a plus de cases que le tableau n’a de colonnes : les dernières sont "
            "perdues. Ajoutez une colonne, ou écrivez « \\| » pour une barre qui n’en est pas une.",
            is_warning=True,
        )
