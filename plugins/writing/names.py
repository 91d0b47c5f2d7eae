"""The names that a new content may refer to: contents, themes, series of events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from plugins.content.reading import Contents
from plugins.content.record import AnyRecord, has_header
from plugins.french.typography import fold
from plugins.models import EventHeader, GroupHeader, OrganisationHeader

SERIES = "series"
THEME = "theme"
_MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class Named:
    """Something that contents refer to: what a header says, what is shown, its other names."""

    value: str
    title: str
    others: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which it is known."""
        return (self.value, self.title, *self.others)


def names_of(kind: str, contents: Contents) -> tuple[Named, ...]:
    """Return what may be referred to, by title: the contents of a type, `theme` or `series`."""
    if kind == THEME:
        found: Iterable[Named] = (Named(theme.name, theme.name) for theme in contents.themes)
    elif kind == SERIES:
        found = _series(contents)
    else:
        found = (_named(record) for record in contents.records if record.kind.name == kind)
    return tuple(sorted(found, key=lambda named: fold(named.title)))


def find(name: str, known: Iterable[Named]) -> Named | None:
    """Return what a name refers to, whatever its case and accents."""
    wanted = fold(name)
    return next((named for named in known if wanted in map(fold, named.names)), None)


def near(name: str, known: Iterable[Named]) -> list[Named]:
    """Return what a name may have been meant to refer to, the nearest first."""
    by_name = {fold(other): named for named in known for other in named.names}
    close = get_close_matches(fold(name), by_name, n=2 * _MOST_NEAR)
    return list(dict.fromkeys(by_name[other] for other in close))[:_MOST_NEAR]


def _series(contents: Contents) -> Iterator[Named]:
    """Yield each series once, as its first event spells it."""
    seen: set[str] = set()
    for record in contents.records:
        if has_header(record, EventHeader) and (series := record.header.series):
            if fold(series.name) not in seen:
                yield Named(series.name, series.name)
            seen.add(fold(series.name))


def _named(record: AnyRecord) -> Named:
    others: tuple[str | None, ...] = (record.path.stem,)
    if has_header(record, GroupHeader):
        others = (*others, record.header.short_title, *record.header.other_names)
    elif has_header(record, OrganisationHeader):
        others = (*others, record.header.full_name)
    title = record.header.title or record.path.stem
    return Named(record.slug or record.path.stem, title, tuple(filter(None, others)))
