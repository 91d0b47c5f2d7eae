"""Contents announced in lists: by theme, in « À voir également », under a page's own text."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace

from plugins.content.record import AnyRecord, day_of, has_header
from plugins.dates.in_words import Day
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.models import EventHeader
from plugins.views.base import Picture, kind_label, picture
from plugins.views.event_text import leading_one, short_when
from plugins.views.site import Site


@dataclass(frozen=True, slots=True)
class Teaser:
    """A content in a list: its type, title, address, summary, day and picture.

    An event has no day but `when` it is held and its `state`, in words; `is_off` when it is not
    held then, `is_approximate` when no day is known. `year` is that by which lists are in order;
    None without a date.
    """

    kind_label: str
    title: str
    address: str
    summary: str
    published: Day | None
    year: int | None
    picture: Picture | None = None
    when: str = ""
    state: str = ""
    is_off: bool = False
    is_approximate: bool = False


def teaser(record: AnyRecord, index: Index) -> Teaser:
    """Return the teaser of a content."""
    header = record.header
    day = day_of(record)
    shown = Teaser(
        kind_label(record),
        header.title,
        record.address,
        header.summary,
        day,
        day.year if day else None,
        picture(header.image, index.contents) if header.image else None,
    )
    if not has_header(record, EventHeader):
        return shown
    occurrences = index.occurrences_of(record)
    told = leading_one(occurrences)
    return replace(
        shown,
        published=None,
        year=occurrences[0].period.first_day.year,
        when=short_when(record, index),
        state=told.state,
        is_off=told.is_off,
        is_approximate=told.is_approximate,
    )


def see_also(view: object, record: AnyRecord, site: Site) -> tuple[Teaser, ...]:
    """Return « À voir également », which repeats nothing that the view of a page lists."""
    related = site.relations.nearest(record, frozenset(_listed(view)))
    return tuple(teaser(other, site.index) for other in related)


def _listed(part: object) -> Iterator[str]:
    """Yield the addresses of the contents that a part of a view lists; prose lists none."""
    if isinstance(part, Occurrence):
        yield part.event.address
    elif isinstance(part, tuple):
        for item in part:
            yield from _listed(item)
    elif is_dataclass(part):
        for field in fields(part):
            value = getattr(part, field.name)
            if field.name == "address" and isinstance(value, str):
                yield value.partition("#")[0]
            else:
                yield from _listed(value)
