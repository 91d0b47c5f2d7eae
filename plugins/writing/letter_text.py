"""The text of a proposed issue: its facts as blocks, each under a remark, in rubrics."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from posixpath import relpath
from urllib.parse import quote

from plugins.content.record import AnyRecord, Record, has_header
from plugins.dates.in_words import format_day, format_period
from plugins.dates.moments import Moment, Period
from plugins.french.quantities import count
from plugins.library.index import Index
from plugins.markdown.bodies import BlockCall
from plugins.models import ArticleHeader, LetterHeader, OrganisationHeader
from plugins.models.blocks import (
    AgendaBlock,
    ArticleBlock,
    ChantiersBlock,
    EventBlock,
    FiguresBlock,
    MatrixBlock,
)
from plugins.views.agenda import MOST_IN_TEXT, AgendaItem, select
from plugins.views.base import figures
from plugins.views.deadlines import Deadline
from plugins.views.texts import MOST_SITTINGS
from plugins.writing.letter_facts import ChangedEvent, ChangedGroup, ComingEvent, LetterFacts
from plugins.writing.letter_rubrics import FormerRubric, Matter, former_rubrics, groups_of, home
from plugins.writing.markdown_text import field, remark, words

# An e-mail of more than 102,400 bytes is cut: more dates than these, in the blocks of their events,
# become one agenda, and more articles a list of links.
MOST_DATES = 40
MOST_TEASERS = 20
_MOST_TOLD = 3

_MANUAL = """\
<!--
Mode d'emploi. Les remarques comme celle-ci sont pour vous : aucun lecteur ne les voit.
Chacune dit d'où vient ce qui la suit : gardez-le, présentez-le d'une phrase à vous, ou effacez-le
avec sa remarque. Un bloc va de « /// nom » à « /// » ; ses dates viennent des fiches.
Un intertitre seul dans une remarque n'a rien de neuf : effacez-la, ou reprenez-le.
-->
"""
_EDITORIAL = (
    "Éditorial : quelques lignes à vous, ici, avant le premier intertitre. Effacez cette remarque "
    "si ce numéro n'en a pas."
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something to tell: of which matter, about which chantiers and groups, in Markdown."""

    matter: Matter
    groups: frozenset[Path]
    text: str


@dataclass(frozen=True, slots=True)
class LetterText:
    """What makes the text of an issue: its facts, coming days and file; the issue before it."""

    index: Index
    facts: LetterFacts
    span: tuple[date, date]
    path: Path
    last: Record[LetterHeader] | None

    def written(self) -> str:
        """Return the text in Markdown."""
        pieces = list(self._pieces())
        former = former_rubrics(self.last, self.index) if self.last else ()
        homes = [home(piece.matter, piece.groups, former) for piece in pieces]
        rubrics = [
            self._rubric(
                rubric, [p.text for p, h in zip(pieces, homes, strict=True) if h is rubric]
            )
            for rubric in former
        ]
        homeless = [piece for piece, rubric in zip(pieces, homes, strict=True) if rubric is None]
        new = [
            _section(matter.value, texts)
            for matter in Matter
            if (texts := [piece.text for piece in homeless if piece.matter is matter])
        ]
        place = _place_of_new(former)
        parts = [_MANUAL, remark(_EDITORIAL) + "\n", *rubrics[:place], *new, *rubrics[place:]]
        return "\n".join(parts)

    def _rubric(self, rubric: FormerRubric, texts: list[str]) -> str:
        """Return a rubric of the last issue, or its heading in a remark when it has nothing."""
        standing = [text for block in rubric.standing if (text := self._standing(block))]
        title = rubric.title
        for block in rubric.standing:
            if isinstance(block.options, MatrixBlock):
                title = re.sub(rf"\b{block.options.year}\b", str(self._year), title)
        if not (texts or standing):
            return remark(f"## {title}") + "\n"
        return _section(title, [*texts, *standing])

    # The facts

    def _pieces(self) -> Iterator[_Piece]:
        facts, index = self.facts, self.index
        for change in facts.changes:
            yield self._piece(Matter.CHANGES, change.event, self._changed(change))
        told = {change.event.path for change in facts.changes}
        if sum(_rows(coming, index) for coming in facts.events) > MOST_DATES:
            yield _Piece(Matter.EVENTS, frozenset(), self._agendas())
        else:
            for coming in facts.events:
                if coming.event.path not in told:
                    yield self._piece(Matter.EVENTS, coming.event, self._coming(coming))
        if len(facts.articles) > MOST_TEASERS:
            yield _Piece(Matter.ARTICLES, frozenset(), self._article_list())
        else:
            for article in facts.articles:
                yield self._piece(Matter.ARTICLES, article, self._article(article))
        if facts.groups:
            paths = frozenset(changed.group.path for changed in facts.groups)
            yield _Piece(Matter.GROUPS, paths, self._groups())

    def _piece(self, matter: Matter, record: AnyRecord, text: str) -> _Piece:
        return _Piece(matter, groups_of(record, self.index), text)

    def _changed(self, change: ChangedEvent) -> str:
        """Return an event, above it the dates that it had in the last issue."""
        event = change.event
        was = _listed([occurrence.when for occurrence in change.gone])
        now = self.index.occurrences_of(event)
        held = [occurrence for occurrence in now if not occurrence.is_off]
        coming = [occurrence for occurrence in held if not occurrence.is_past] or held
        told = _listed([occurrence.stated_when for occurrence in coming or now])
        text = f"« {event.header.title} » n'est plus : {was}. Maintenant : {told}."
        start = change.gone[0].period.start
        if (
            held
            and event.header.start
            and not (event.header.previous_start or start.is_approximate)
        ):
            text += (
                " Pour que les lecteurs voient l'ancienne date, écrivez dans "
                f"{event.path.as_posix()} « statut_evenement: reporté » et "
                f"« debut_initial: {start} »."
            )
        return _told(text, _block(EventBlock.NAME, _name(event, self.index)))

    def _coming(self, coming: ComingEvent) -> str:
        """Return an event, above it its dates of the coming days."""
        told = _listed([_dated(item) for item in coming.items])
        text = f"« {coming.event.header.title} » : {told}."
        return _told(text, _block(EventBlock.NAME, _name(coming.event, self.index)))

    def _agendas(self) -> str:
        """Return all the dates as agendas, of as many dates as a text shows."""
        blocks = []
        for span in _spans(self.index, self.span):
            items = select(self.index, span=span)
            closing = sum(item.is_deadline for item in items)
            dates = count(len(items) - closing, "date")
            tail = f", {count(closing, 'clôture')} d'inscriptions" if closing else ""
            text = (
                f"{dates}{tail}, {_days(span)}. Pour en mettre une en avant, ajoutez le bloc "
                "« evenement » de sa fiche."
            )
            blocks.append(_told(text, _block(AgendaBlock.NAME, periode=_interval(span))))
        return "\n".join(blocks)

    def _article(self, article: Record[ArticleHeader]) -> str:
        """Return the teaser of an article."""
        header = article.header
        reported = self.index.reported_event(article)
        report = f", compte rendu de « {reported.header.title} »" if reported else ""
        day = format_day(header.date.day)
        text = f"« {header.title} » : {header.section}, {day}{report}."
        return _told(text, _block(ArticleBlock.NAME, _name(article, self.index)))

    def _article_list(self) -> str:
        """Return the new articles as links."""
        articles = self.facts.articles
        text = (
            f"{count(len(articles), 'article')}, du plus récent au plus ancien. Pour en mettre un "
            "en avant, remplacez sa ligne par le bloc « article » de son fichier."
        )
        links = (
            f"- {self._link(article)}, {format_day(article.header.date.day)}\n"
            for article in articles
        )
        return _told(text, "".join(links))

    def _groups(self) -> str:
        """Return the chantiers and groups whose state is new."""
        told = (
            f"« {changed.group.header.title} » "
            + (f"était « {changed.before} »" if changed.before else "est nouveau")
            for changed in self.facts.groups
        )
        lines = (f"- {self._link(c.group)} : {_state(c)}\n" for c in self.facts.groups)
        return _told(f"{' ; '.join(told)}.", "".join(lines))

    def _link(self, record: AnyRecord) -> str:
        target = relpath(record.path.as_posix(), self.path.parent.as_posix())
        return f"[{words(record.header.title)}]({quote(target)})"

    # What each issue repeats

    def _standing(self, block: BlockCall) -> str:
        """Return a block of the last issue for this one, nothing when it would show nothing."""
        index = self.index
        match block.options:
            case MatrixBlock() as asked:
                return _block(asked.NAME, annee=str(self._year), mois=asked.months)
            case ChantiersBlock() as asked:
                states = {group.header.state for group in index.chantiers}
                is_empty = not states or (asked.state and asked.state not in states)
                return "" if is_empty else _block(asked.NAME, etat=asked.state, dates=asked.dates)
            case AgendaBlock() as asked:
                return _block(
                    asked.NAME,
                    periode=_interval(self.span),
                    collectif=asked.group,
                    public=asked.audience,
                )
            case FiguresBlock() as asked:
                found = index.find("organisation", asked.organisation)
                is_shown = found and has_header(found, OrganisationHeader) and figures(found.header)
                return _block(asked.NAME, organisation=asked.organisation) if is_shown else ""
        return self._copied(block)

    @property
    def _year(self) -> int:
        return self.span[1].year

    def _copied(self, block: BlockCall) -> str:
        """Return the lines of a block of the last issue."""
        assert self.last
        lines = self.index.contents.source_of(self.last).split("\n")
        lines = lines[block.position.line - self.last.source_line :]
        bars = lines[0].split()[0]
        end = next(n for n, line in enumerate(lines) if n and line.strip() == bars)
        return "\n".join(lines[: end + 1]) + "\n"


def _section(title: str, texts: Sequence[str]) -> str:
    return "\n".join([f"## {words(title)}\n", *texts])


def _told(text: str, markdown: str) -> str:
    """Return Markdown under the remark that tells where it comes from."""
    return f"{remark(text)}\n{markdown}"


def _block(name: str, argument: str = "", **options: StrEnum | str | None) -> str:
    """Return a block without content."""
    lines = (f"    {field(key, value)}" for key, value in options.items() if value)
    return f"/// {name}{f' | {argument}' if argument else ''}\n{''.join(lines)}///\n"


def _place_of_new(former: Sequence[FormerRubric]) -> int:
    """Return the place of new rubrics: before those at the end that each issue has."""
    place = len(former)
    while place and former[place - 1].is_standing:
        place -= 1
    return place


def _name(record: AnyRecord, index: Index) -> str:
    """Return the name of a content in a block: that of its file, unless another content has it."""
    stem = record.path.stem
    return stem if index.find(record.kind.name, stem) == record else record.slug


def _rows(coming: ComingEvent, index: Index) -> int:
    """Return how many dates the block of an event shows."""
    dates = index.occurrences_of(coming.event)
    return min(MOST_SITTINGS, sum(not occurrence.is_past for occurrence in dates) or len(dates))


def _dated(item: AgendaItem) -> str:
    if isinstance(item, Deadline):
        return f"clôture des inscriptions, {item.when}"
    return item.stated_when


def _listed(texts: Sequence[str]) -> str:
    """Return the first of several dates in words, and how many others there are."""
    told = " ; ".join(texts[:_MOST_TOLD])
    others = len(texts) - _MOST_TOLD
    return f"{told} ; et {count(others, 'autre')}" if others > 0 else told


def _state(changed: ChangedGroup) -> str:
    header = changed.group.header
    return f"{header.kind} {header.state}"


def _spans(index: Index, span: tuple[date, date]) -> Iterator[tuple[date, date]]:
    """Yield a span as it is, else in halves, so that a text shows all the dates of each."""
    first, last = span
    if first == last or len(select(index, span=span)) <= MOST_IN_TEXT:
        yield span
        return
    middle = first + (last - first) // 2
    yield from _spans(index, (first, middle))
    yield from _spans(index, (middle + timedelta(days=1), last))


def _interval(span: tuple[date, date]) -> str:
    return "/".join(day.isoformat() for day in span)


def _days(span: tuple[date, date]) -> str:
    return format_period(Period(*map(Moment.at, span)))
