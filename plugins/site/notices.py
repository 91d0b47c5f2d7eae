"""The faults found while rendering, which no check of the contents can find."""

from collections.abc import Iterable

from plugins.faults import ContentError, ContentErrors, Level


class Notices:
    """The faults found while rendering; an error among them stops the publication."""

    def __init__(self) -> None:
        """Start without any."""
        self._faults: list[ContentError] = []

    def add(self, faults: Iterable[ContentError]) -> None:
        """Add faults after those found before."""
        self._faults.extend(faults)

    def taken(self) -> tuple[ContentError, ...]:
        """Return the faults found so far, and forget them."""
        faults = tuple(self._faults)
        self._faults.clear()
        return faults

    def checked(self) -> tuple[ContentError, ...]:
        """Return the faults, all warnings; raise ContentErrors when one is an error."""
        faults = tuple(self._faults)
        if any(fault.level is Level.ERROR for fault in faults):
            raise ContentErrors(faults)
        return faults
