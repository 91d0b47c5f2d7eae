"""Themes and authors: the list of all, and what bears the name of each."""

from collections import Counter
from dataclasses import dataclass

from plugins.content.record import AnyRecord, has_header
from plugins.french.quantities import count
from plugins.library.index import Index, Topic
from plugins.models import EventHeader
from plugins.views.base import NamedAddress, named
from plugins.views.channels import author_subject, theme_subject
from plugins.views.pages import Pagination, Slice
from plugins.views.site import Site
from plugins.views.teasers import Teaser, teaser


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A theme or an author in a list; `held` says what bears it: « 12 contenus »."""

    title: str
    address: str
    held: str
    latest: Teaser


@dataclass(frozen=True, slots=True)
class TopicsView:
    """A page of the list of themes or of authors; `empty_text` is shown when there is none."""

    items: tuple[TopicLine, ...]
    pagination: Pagination
    empty_text: str


@dataclass(frozen=True, slots=True)
class TopicView:
    """A page of the contents of a theme or of an author, newest first.

    `follow` leads to where it can be followed, `portrait` to the author's portrait, if any.
    """

    summary: str | None
    items: tuple[Teaser, ...]
    pagination: Pagination
    follow: NamedAddress | None = None
    portrait: NamedAddress | None = None


def topics_view(part: Slice[Topic], index: Index, empty_text: str) -> TopicsView:
    """Return a page of a list of topics."""
    return TopicsView(tuple(_line(t, index) for t in part.items), part.pagination, empty_text)


def theme_view(theme: Topic, part: Slice[AnyRecord], site: Site) -> TopicView:
    """Return a page of the contents of a theme."""
    follow = site.follow(theme_subject(theme.title), "Suivre ce thème")
    return TopicView(theme.summary, _teasers(part, site.index), part.pagination, follow)


def author_view(author: Topic, part: Slice[AnyRecord], site: Site) -> TopicView:
    """Return a page of what an author has signed."""
    portrait = site.index.portrait_of(author)
    return TopicView(
        held_by_kind(author),
        _teasers(part, site.index),
        part.pagination,
        site.follow(author_subject(author.title), "Suivre cette signature"),
        named(portrait) if portrait else None,
    )


def held_by_kind(topic: Topic) -> str:
    """Return what bears a topic: « 3 articles, 1 lettre »."""
    kinds = Counter(record.kind.label.lower() for record in topic.records)
    return ", ".join(count(number, label) for label, number in kinds.most_common())


def _line(topic: Topic, index: Index) -> TopicLine:
    held = count(len(topic.records), "contenu")
    return TopicLine(topic.title, topic.address, held, teaser(_latest(topic, index), index))


def _latest(topic: Topic, index: Index) -> AnyRecord:
    """Return the newest content of a topic; an event to come only when there is no other."""
    return next((r for r in topic.records if not _is_to_come(r, index)), topic.records[0])


def _is_to_come(record: AnyRecord, index: Index) -> bool:
    if not has_header(record, EventHeader):
        return False
    return index.occurrences_of(record)[0].period.first_day > index.today


def _teasers(part: Slice[AnyRecord], index: Index) -> tuple[Teaser, ...]:
    return tuple(teaser(record, index) for record in part.items)
