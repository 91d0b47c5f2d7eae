"""The search: what it finds of each content, and its page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from plugins.content.record import AnyRecord, has_header
from plugins.french.function_words import FUNCTION_WORDS
from plugins.library.index import Index
from plugins.markdown.bodies import Html, Part
from plugins.models import (
    ArticleHeader,
    EventHeader,
    GroupHeader,
    LetterHeader,
    OrganisationHeader,
    PortraitHeader,
)
from plugins.models.headers import Layout
from plugins.outputs.search import SearchEntry
from plugins.views.base import NamedAddress, named
from plugins.views.event_text import leading_one
from plugins.views.site import SEARCH_INDEX, Site
from plugins.views.site_map import SiteMapSection, site_map
from plugins.views.teasers import teaser

KIND, THEME, GROUP, YEAR = "Type", "Thème", "Chantier ou groupe", "Année"
"""What results are narrowed by: the names of the filters in the index, which readers see."""
OFF, APPROXIMATE = "×", "≈"
"""Marks of the form of a date: signs, which no search asks for."""
_NO_DAY = "0000-00-00"
# Elements whose words make no sentence with those that follow.
_END = re.compile(r"(?<=[\w)»])\s*</(?:h[1-6]|li|td|th|dt|dd|p|figcaption)>")
_TAG = re.compile(r"<[^>]*>")
_JOINED = re.compile(r"\w*[œæŒÆ]\w*")
_MOST_SITTINGS = 12


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """A filter of the search; `name` is its name in addresses and `label` that of the index."""

    name: str
    label: str
    any_label: str


@dataclass(frozen=True, slots=True)
class SearchView:
    """The page of the search: where its index is, how queries are read, and what leads elsewhere.

    `function_words` are those of a query that are not asked for, in the order of their signs.
    """

    index: str
    function_words: str
    filters: tuple[SearchFilter, ...]
    sections: tuple[SiteMapSection, ...]
    site_map: NamedAddress | None
    has_contents: bool


SEARCH_FILTERS = (
    SearchFilter("type", KIND, "Tous"),
    SearchFilter("theme", THEME, "Tous"),
    SearchFilter("collectif", GROUP, "Tous"),
    SearchFilter("annee", YEAR, "Toutes"),
)


def search_view(site: Site) -> SearchView:
    """Return the view of the search's page."""
    map_page = next((p for p in site.index.pages if p.header.layout is Layout.SITE_MAP), None)
    return SearchView(
        SEARCH_INDEX,
        " ".join(FUNCTION_WORDS),
        SEARCH_FILTERS,
        site_map(site).sections,
        named(map_page) if map_page else None,
        bool(site.index.published),
    )


def search_entry(record: AnyRecord, index: Index) -> SearchEntry:
    """Return what the search knows of a content: its own words, not those of its excerpts."""
    header, shown = record.header, teaser(record, index)
    form = (OFF if shown.is_off else "") + (APPROXIMATE if shown.is_approximate else "")
    published = shown.published
    facts = (
        ("titre", header.title),
        ("type", shown.kind_label),
        ("quand", shown.when or (published.full if published else "")),
        ("etat", shown.state),
        ("forme", form),
        ("avec", " · ".join(dict.fromkeys(_names(record, index)))),
    )
    years = tuple(map(str, sorted(_years(record, index))))
    filters = (
        (KIND, (_kind(record),)),
        (THEME, header.themes),
        (GROUP, tuple(dict.fromkeys(_groups(record, index)))),
        (YEAR, years),
    )
    text = " ".join(f"{header.summary} {_words(record.body.parts)}".split())
    spelled = " ".join(_spelled(f"{header.title} {text}"))
    return SearchEntry(
        record.address,
        text or header.title,
        (*facts, ("formes", spelled)),
        filters,
        _day(record, index),
    )


def _words(parts: Iterable[Part]) -> str:
    """Return the words of a text; of its blocks, those that the editor wrote in it."""
    return " ".join(
        unescape(_TAG.sub(" ", _END.sub(". ", part.text)))
        if isinstance(part, Html)
        else _words(part.parts)
        for part in parts
    )


def _spelled(text: str) -> Iterable[str]:
    """Return the words with « œ » as those write them who have it on no key."""
    if not any(letter in text for letter in "œæŒÆ"):
        return ()
    found = (word.lower().replace("œ", "oe").replace("æ", "ae") for word in _JOINED.findall(text))
    return dict.fromkeys(found)


def _kind(record: AnyRecord) -> str:
    header = record.header
    return header.kind.label if isinstance(header, GroupHeader) else record.kind.label


def _groups(record: AnyRecord, index: Index) -> Iterator[str]:
    """Yield the titles of the chantiers and groups that a content is, or is of."""
    if has_header(record, GroupHeader):
        yield record.header.title
    elif has_header(record, ArticleHeader):
        yield from (group.header.title for group in index.groups_of(record))
    elif has_header(record, EventHeader) and (group := index.group_of(record)):
        yield group.header.title


def _years(record: AnyRecord, index: Index) -> set[int]:
    """Return the years of a content: for an event, all those that it may fall in."""
    if has_header(record, EventHeader):
        return {
            year
            for occurrence in index.occurrences_of(record)
            for year in range(occurrence.period.first_day.year, occurrence.period.last_day.year + 1)
        }
    return {record.header.date.day.year} if record.header.date else set()


def _day(record: AnyRecord, index: Index) -> str:
    """Return the day by which a content is sorted: for an event, that of the date told of it."""
    if has_header(record, EventHeader):
        return leading_one(index.occurrences_of(record)).period.first_day.isoformat()
    return record.header.date.day.isoformat() if record.header.date else _NO_DAY


def _names(record: AnyRecord, index: Index) -> Iterator[str]:
    """Yield the names that a content's page shows beside its text, by which one may look for it."""
    header = record.header
    organisation = index.organisation_of(record)
    yield from (*header.authors, *header.themes)
    if organisation:
        yield organisation.header.title
    if has_header(record, EventHeader):
        for occurrence in index.occurrences_of(record)[:_MOST_SITTINGS]:
            if place := occurrence.place:
                yield from filter(None, (place.name, place.city))
    match header:
        case EventHeader():
            yield from (*header.speakers, *header.sponsors, *header.audience)
            yield from (header.series.name,) if header.series else ()
        case GroupHeader():
            yield from (header.short_title, *header.other_names, *header.liaisons)
            yield from filter(None, (header.stakes,))
        case LetterHeader():
            yield from (*header.editors_in_chief, *header.contributors)
        case OrganisationHeader():
            yield from filter(None, (header.full_name, header.motto))
            yield from header.partners
        case PortraitHeader():
            yield from filter(None, (header.name, header.role))
    yield from _groups(record, index)
