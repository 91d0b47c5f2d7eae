"""An issue of the letter among the other contents."""

from functools import cached_property

from plugins.dates.days import Day
from plugins.markdown.bodies import Rubric, rubrics
from plugins.models import LetterHeader
from plugins.models.blocks import MatrixBlock
from plugins.views.entries.base import Entry, RenderedParts


class LetterEntry(Entry[LetterHeader]):
    """An issue of the letter."""

    @property
    def kind_label(self) -> str:
        """Return « La lettre n° 1 »."""
        return f"La lettre n°\u00a0{self.number}"

    @property
    def number(self) -> int:
        """Return the issue's number."""
        return self.header.number

    @property
    def period(self) -> str:
        """Return the period it covers, by default its month."""
        published = Day(self.header.date.day)
        return self.header.period or f"{published.month} {published.year}"

    @property
    def year(self) -> int:
        """Return the year that it speaks of: that of its matrix, else of its date."""
        matrices = (b.options for b in self.body.blocks() if isinstance(b.options, MatrixBlock))
        return next((matrix.year for matrix in matrices), self.header.date.day.year)

    @property
    def lit_month(self) -> int:
        """Return the month of that year in which it appeared, 0 when it appeared in another."""
        day = self.header.date.day
        return day.month if day.year == self.year else 0

    @property
    def mail_address(self) -> str:
        """Return where its e-mail can be seen."""
        return f"{self.address}courriel.html"

    @property
    def text_address(self) -> str:
        """Return where it stands as plain text."""
        return f"{self.address}lettre-{self.number}.txt"

    @property
    def pdf_address(self) -> str:
        """Return where it stands as a PDF."""
        return f"{self.address}lettre-{self.number}.pdf"

    @property
    def subject(self) -> str:
        """Return the subject of its e-mail."""
        return self.header.subject or self.title

    @property
    def preheader(self) -> str:
        """Return what a mailbox shows after the subject."""
        return self.header.preheader or self.summary

    @property
    def editors_in_chief(self) -> tuple[str, ...]:
        """Return the editors in chief."""
        return self.header.editors_in_chief

    @property
    def contributors(self) -> tuple[str, ...]:
        """Return the contributors."""
        return self.header.contributors

    @property
    def editorial_html(self) -> RenderedParts:
        """Return the opening text: what stands before the first rubric."""
        return RenderedParts(self, self.opening.parts)

    @property
    def editorial_signature(self) -> str | None:
        """Return who signs the opening text."""
        return self.header.editorial.signature if self.header.editorial else None

    @property
    def editorial_role(self) -> str | None:
        """Return the signatory's function."""
        return self.header.editorial.role if self.header.editorial else None

    @property
    def html(self) -> RenderedParts:
        """Return the text of the rubrics."""
        return RenderedParts(self, tuple(p for rubric in self.rubrics for p in rubric.parts))

    @property
    def opening(self) -> Rubric:
        """Return the opening text, whole elements told apart."""
        return self._divisions[0]

    @property
    def rubrics(self) -> tuple[Rubric, ...]:
        """Return the rubrics, whole elements told apart."""
        return self._divisions[1:]

    @cached_property
    def _divisions(self) -> tuple[Rubric, ...]:
        return rubrics(self.body)

    @property
    def contact(self) -> str:
        """Return the mailbox to write to: the issue's, else the site's."""
        return self.header.contact or self.library.site.contact

    @property
    def previous(self) -> "LetterEntry | None":
        """Return the issue before."""
        return next((e for e in self.library.letters if e.number < self.number), None)

    @property
    def next(self) -> "LetterEntry | None":
        """Return the issue after."""
        return next((e for e in reversed(self.library.letters) if e.number > self.number), None)
