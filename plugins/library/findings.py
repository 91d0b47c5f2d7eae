"""What is found of contents one by one, kept as long as nothing that was looked up for it changes.

Most of what an index knows of a content follows from that content and from the few others that it
names. What is looked up to find it (a path, an address, a name, a type) is noted as it is asked
for, so that after an edit only what the edited contents have a part in is found anew.
"""

from collections.abc import Callable, Collection, Hashable, Set as AbstractSet
from typing import Generic, Protocol, TypeAlias, TypeVar, cast

F = TypeVar("F", bound="Finder")
T = TypeVar("T")

ANYTHING = object()
"""Looked up by what may follow from any content."""

# Says all, whatever else was looked up.
_ALL = frozenset({ANYTHING})


_Finding: TypeAlias = tuple[object, AbstractSet[Hashable]]
"""A value, and what was looked up to find it."""


class Findings:
    """What was found, each under a key of its own."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[Hashable, _Finding] = {}
        # A finding that asks for another follows from what was looked up for both.
        self._under_way: list[set[Hashable]] = []

    def note(self, lookup: Hashable) -> None:
        """Note a lookup, for what is being found."""
        if self._under_way:
            self._under_way[-1].add(lookup)

    def once(self, key: Hashable, find: Callable[[], T], *given: Hashable) -> T:
        """Return what a function finds, called at the first time that its key is given.

        It follows from what is `given`, without having to look that up.
        """
        known = self._known.get(key)
        if known is None:
            lookups = set(given)
            self._under_way.append(lookups)
            try:
                value = find()
            finally:
                self._under_way.pop()
            known = self._known[key] = (value, _ALL if ANYTHING in lookups else lookups)
        if self._under_way:
            self._under_way[-1] |= known[1]
        return cast("T", known[0])

    def take(self, before: "Findings", changed: Collection[Hashable]) -> None:
        """Take what was found before, but for what follows from a change; nothing is left there."""
        found = before.given_up()
        doubtful = {*changed, ANYTHING}
        for key in [key for key, (_, lookups) in found.items() if not doubtful.isdisjoint(lookups)]:
            del found[key]
        found |= self._known
        self._known = found

    def given_up(self) -> dict[Hashable, _Finding]:
        """Return all that is known, and forget it."""
        found, self._known = self._known, {}
        return found


class Finder(Protocol):
    """What has findings."""

    @property
    def findings(self) -> Findings:
        """The findings."""


class found_once(Generic[F, T]):  # noqa: N801 - a decorator, like cached_property
    """A property found at its first use, among the findings of its object."""

    def __init__(self, find: Callable[[F], T]) -> None:
        """Take the method that finds it."""
        self._find = find
        self.__doc__ = find.__doc__

    def __get__(self, owner: F, _type: type[F]) -> T:
        """Return the value."""
        return owner.findings.once(self, lambda: self._find(owner))
