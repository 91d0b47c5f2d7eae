"""What the index of a site has gathered, kept when an edit changes nothing but words of a text.

Lists, names, links and relations are gathered from outlines. When a content keeps its own, it takes
the place of its former self wherever that was gathered, and nothing is gathered anew.
"""

from copy import copy
from dataclasses import replace
from datetime import datetime
from itertools import repeat
from operator import is_
from typing import Any

from plugins.content.reading import Contents
from plugins.content.record import AnyRecord, Record
from plugins.dates.moments import in_paris
from plugins.library.index import Index, Topic
from plugins.library.outline import outline_of
from plugins.library.relations import Relations
from plugins.library.selection import appears
from plugins.views.site import Site

# More edits at once are rare, and each goes through all that is known.
_MOST = 5
# What may hold records in a list or a table; any other object is taken over as it is.
_HOLDERS = (tuple, list, dict, Topic)


def kept(site: Site, fresh: Site) -> Site:
    """Return a fresh site with what has been gathered of it before, or as it is if that changed."""
    before, after = site.index, fresh.index
    edited = _edited(before.contents, after.contents)
    if (
        edited is None
        or len(edited) > _MOST
        or before.history != after.history
        or not _is_same_day(before, after.now)
        or any(outline_of(old) != outline_of(new) for old, new in edited)
    ):
        return fresh
    for old, new in edited:
        swap = _Swap(old, new)
        swap.made[id(before.contents)] = after.contents
        found = Site(swap(site.index), fresh.url, fresh.is_preview)
        for name, value in vars(site).items():
            vars(found).setdefault(name, swap(value))
        site = found
    return site


def _edited(before: Contents, after: Contents) -> list[tuple[AnyRecord, AnyRecord]] | None:
    """Return the contents edited and as they are now; None if there are others, or other files."""
    if len(before.records) != len(after.records) or (
        before.static,
        before.site,
        before.themes,
        before.faults,
    ) != (after.static, after.site, after.themes, after.faults):
        return None
    pairs = zip(before.records, after.records, strict=True)
    return [(old, new) for old, new in pairs if old is not new]


def _is_same_day(index: Index, now: datetime) -> bool:
    """Return True when the contents published at an instant are those of the index."""
    coming = (appears(record.header) for record in index.unpublished)
    return in_paris(now).date() == index.today and not any(
        day and index.now < day <= now for day in coming
    )


class _Swap:
    """Puts a record in the place of its former self in all that holds it.

    What does not hold it stays the same object. `made` are the indexes made so far, by the ids of
    their former selves: an index and its relations hold each other.
    """

    def __init__(self, old: AnyRecord, new: AnyRecord) -> None:
        self._old, self._new = old, new
        self.made: dict[int, Any] = {}

    def __call__(self, value: Any) -> Any:  # noqa: ANN401 - whatever an index has gathered
        if value is self._old:
            return self._new
        if id(value) in self.made:
            return self.made[id(value)]
        match value:
            case Index() | Relations():
                return self._owner(value)
            case Topic():
                return replace(value, records=self(value.records))
            case tuple() | list():
                return self._sequence(value)
            case dict():
                return self._table(value)
        return value

    def _owner(self, value: Any) -> Any:  # noqa: ANN401
        found = copy(value)
        self.made[id(value)] = found
        for name, part in vars(value).items():
            vars(found)[name] = self(part)
        return found

    def _sequence(self, value: Any) -> Any:  # noqa: ANN401
        if value and isinstance(value[0], Record):
            if not any(map(is_, value, repeat(self._old))):
                return value
            return type(value)(self._new if item is self._old else item for item in value)
        if not value or not isinstance(value[0], _HOLDERS):
            return value
        return type(value)(map(self, value))

    def _table(self, value: dict[Any, Any]) -> dict[Any, Any]:
        key, first = next(iter(value.items()), (None, None))
        has_records = isinstance(key, Record)
        if not has_records and not isinstance(first, (Record, *_HOLDERS)):
            return value
        found = copy(value)
        found.clear()
        for name, part in value.items():
            found[self(name) if has_records else name] = self(part)
        return found
