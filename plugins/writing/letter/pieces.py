"""The facts of a proposed issue in Markdown: blocks or lists, each under a remark for editors."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from posixpath import relpath
from urllib.parse import quote

from plugins.content.record import AnyRecord, Record
from plugins.dates.in_words import format_day
from plugins.french.typography import plain
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.models import ArticleHeader, EventHeader, LetterHeader
from plugins.models.blocks import AgendaBlock, ArticleBlock, EventBlock
from plugins.views.deadlines import Deadline
from plugins.views.texts import MOST_SITTINGS
from plugins.writing.letter.facts import ChangedEvent, ChangedGroup, ComingEvent, LetterFacts
from plugins.writing.letter.period import interval
from plugins.writing.letter.rubrics import Matter, groups_of
from plugins.writing.markdown_text import remark, words

# A mailbox cuts an e-mail of more than 102,400 bytes. A date weighs up to 1,800 bytes in the block
# of its event, 1,400 in an agenda, 400 in a list; a teaser 1,400, an article in a list 300; the
# rest up to 45,000 where each issue repeats a matrix and a table.
MOST_IN_BLOCKS = 20
MOST_IN_AGENDA = 30
MOST_TEASERS = 12
# A remark or a line of a list tells no more dates.
_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to tell: of which matter, about which chantiers and groups, in Markdown."""

    matter: Matter
    groups: frozenset[Path]
    text: str


@dataclass(frozen=True, slots=True)
class PieceMaker:
    """The maker of the pieces of an issue; `folder` is that of its file."""

    index: Index
    facts: LetterFacts
    span: tuple[date, date]
    folder: Path
    last: Record[LetterHeader] | None

    def pieces(self) -> Iterator[Piece]:
        """Yield all that there is to tell, in the fullest form that an e-mail holds.

        When there is nothing, an agenda says so: an issue needs a text.
        """
        if not self.facts:
            yield self._agenda("Rien de neuf, et aucune date à venir : ce bloc le dit.")
        changes = self.facts.changes
        rows = self._rows(change.event for change in changes)
        yield from self._changes(in_blocks=rows <= MOST_IN_BLOCKS)
        yield from self._events(rows if rows <= MOST_IN_BLOCKS else 0)
        yield from self._articles()
        if groups := self.facts.groups:
            paths = frozenset(changed.group.path for changed in groups)
            yield Piece(Matter.GROUPS, paths, self._list_of_groups(groups))

    def _changes(self, *, in_blocks: bool) -> Iterator[Piece]:
        changes = self.facts.changes
        if not in_blocks:
            yield self._list(Matter.CHANGES, map(self._changed_line, changes), "evenement")
            return
        for change in changes:
            yield self._piece(Matter.CHANGES, change.event, EventBlock.NAME, self._changed(change))

    def _events(self, rows: int) -> Iterator[Piece]:
        """Yield the coming events, beside blocks that show as many dates as `rows`."""
        changed = {change.event.path for change in self.facts.changes} if rows else set()
        events = [coming for coming in self.facts.events if coming.event.path not in changed]
        if rows + self._rows(coming.event for coming in events) <= MOST_IN_BLOCKS:
            for coming in events:
                told = self._coming(coming)
                yield self._piece(Matter.EVENTS, coming.event, EventBlock.NAME, told)
        elif rows + len(self.facts.items) <= MOST_IN_AGENDA:
            yield self._agenda(
                f"{len(self.facts.items)} dates : des blocs rendraient le courriel trop long. Pour "
                "mettre un rendez-vous en avant, ajoutez un bloc « evenement »."
            )
        else:
            lines = map(self._event_line, self.facts.events)
            yield self._list(Matter.EVENTS, lines, "evenement")

    def _articles(self) -> Iterator[Piece]:
        articles = self.facts.articles
        if len(articles) > MOST_TEASERS:
            yield self._list(Matter.ARTICLES, map(self._article_line, articles), "article")
            return
        for article in articles:
            told = self._article(article)
            yield self._piece(Matter.ARTICLES, article, ArticleBlock.NAME, told)

    def _piece(self, matter: Matter, record: AnyRecord, block: str, told: str) -> Piece:
        """Return a content as a block, under what is told of it to the editor."""
        stem = record.path.stem
        is_named = self.index.find(record.kind.name, stem) == record
        text = f"{remark(told)}\n/// {block} | {stem if is_named else record.slug}\n///\n"
        return Piece(matter, groups_of(record, self.index), text)

    def _list(self, matter: Matter, lines: Iterable[str], block: str) -> Piece:
        """Return contents as a list of links, shorter than blocks."""
        items = [f"- {plain(line)}\n" for line in lines]
        told = (
            f"{len(items)} lignes : des blocs rendraient le courriel trop long. Pour en mettre une "
            f"en avant, remplacez-la par un bloc « {block} », avec le nom de son fichier."
        )
        return Piece(matter, frozenset(), f"{remark(told)}\n{''.join(items)}")

    def _link(self, record: AnyRecord) -> str:
        target = relpath(record.path.as_posix(), self.folder.as_posix())
        return f"[{words(record.header.title)}]({quote(target)})"

    def _rows(self, events: Iterable[Record[EventHeader]]) -> int:
        """Return how many dates the blocks of events show."""
        return sum(min(MOST_SITTINGS, len(self._now(event))) for event in events)

    def _now(self, event: Record[EventHeader]) -> tuple[Occurrence, ...]:
        """Return the dates of an event that are not over, all when none is to come."""
        dates = self.index.occurrences_of(event)
        return tuple(date for date in dates if not date.is_past) or dates

    # Changes

    def _changed(self, change: ChangedEvent) -> str:
        header = change.event.header
        was = _listed([occurrence.when for occurrence in change.gone])
        now = _listed([occurrence.stated_when for occurrence in self._now(change.event)])
        told = f"« {header.title} » a changé. Ne tient plus : {was}. À présent : {now}."
        start = change.gone[0].period.start
        is_moved = header.start and not all(date.is_off for date in self._now(change.event))
        if is_moved and not (header.previous_start or header.recurrence or start.is_approximate):
            told += (
                " Pour que les lecteurs voient aussi l’ancienne date, écrivez "
                f"« statut_evenement: reporté » et « debut_initial: {start} » dans "
                f"{change.event.path.as_posix()}."
            )
        return told

    def _changed_line(self, change: ChangedEvent) -> str:
        now = [occurrence.stated_when for occurrence in self._now(change.event)]
        return f"{self._link(change.event)} : {_listed(now)}"

    # Events

    def _coming(self, coming: ComingEvent) -> str:
        last, event = self.last, coming.event
        told = f"« {event.header.title} » : {_dates(coming)}."
        if last and event.path in self.facts.shown:
            told += f" Déjà dans la lettre n° {last.header.number}."
        return told

    def _event_line(self, coming: ComingEvent) -> str:
        return f"{self._link(coming.event)}, {_dates(coming)}"

    def _agenda(self, told: str) -> Piece:
        """Return all the dates as one agenda."""
        block = f"/// {AgendaBlock.NAME}\n    periode: {interval(self.span)}\n///\n"
        return Piece(Matter.EVENTS, frozenset(), f"{remark(told)}\n{block}")

    # Articles

    def _article(self, article: Record[ArticleHeader]) -> str:
        header = article.header
        reported = self.index.reported_event(article)
        report = f", compte rendu de « {reported.header.title} »" if reported else ""
        return f"« {header.title} » : {header.section}, {format_day(header.date.day)}{report}."

    def _article_line(self, article: Record[ArticleHeader]) -> str:
        return f"{self._link(article)}, {format_day(article.header.date.day)}"

    # Chantiers and groups

    def _list_of_groups(self, groups: Sequence[ChangedGroup]) -> str:
        told = (
            f"« {changed.group.header.title} » "
            + (f"était « {changed.before} »" if changed.before else "est nouveau")
            for changed in groups
        )
        lines = (
            f"- {self._link(group)} : {group.header.kind} {group.header.state}\n"
            for group in (changed.group for changed in groups)
        )
        return f"{remark(' ; '.join(told) + '.')}\n{''.join(lines)}"


def _dates(coming: ComingEvent) -> str:
    """Return the dates of an event in words, and the deadline to register."""
    held = [item.stated_when for item in coming.items if isinstance(item, Occurrence)]
    closing = [item.when for item in coming.items if isinstance(item, Deadline)]
    told = [_listed(held)] if held else []
    return " ; ".join([*told, *(f"inscriptions jusqu’au {when}" for when in closing)])


def _listed(dates: Sequence[str]) -> str:
    """Return the first of several dates in words, and how many others there are."""
    told = " ; ".join(dates[:_MOST_TOLD])
    others = len(dates) - _MOST_TOLD
    if others < 1:
        return told
    return f"{told} et {others} autre{'s' if others > 1 else ''}"
