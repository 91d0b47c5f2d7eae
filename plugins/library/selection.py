"""The contents published at an instant, and the others: found by name or address, and why not."""

from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from functools import cached_property
from pathlib import Path

from plugins.content.folder import composed
from plugins.content.reading import Contents
from plugins.content.record import AnyRecord
from plugins.dates.in_words import format_day, format_time
from plugins.dates.moments import PARIS, in_paris
from plugins.models import Header, PortraitHeader
from plugins.models.fields import Status


class State(Enum):
    """Published, unpublished (draft, to come, expired, without consent), or its header at fault."""

    PUBLISHED = auto()
    UNPUBLISHED = auto()
    BROKEN = auto()


class Selection:
    """The contents as of an aware instant, by type, name, path and address.

    A content is judged when it is first asked for: a selection that answers a few questions costs
    the same, however many contents there are.
    """

    def __init__(self, contents: Contents, now: datetime) -> None:
        """Take the contents; nothing is judged yet."""
        self.contents = contents
        self.now = now
        self.today: date = now.astimezone(PARIS).date()
        self._states: dict[Path, State] = {}

    @cached_property
    def published(self) -> tuple[AnyRecord, ...]:
        """The contents that readers see."""
        return self._in_state(State.PUBLISHED)

    @cached_property
    def unpublished(self) -> tuple[AnyRecord, ...]:
        """Drafts, and contents to come, expired or without consent."""
        return self._in_state(State.UNPUBLISHED)

    @cached_property
    def broken(self) -> tuple[AnyRecord, ...]:
        """The contents with a header at fault: a reference to one is not a second fault."""
        return self._in_state(State.BROKEN)

    def find(self, kind: str, name: str | None, state: State = State.PUBLISHED) -> AnyRecord | None:
        """Return the content of a type, in a state, by its name in a reference.

        The name is a slug, else a file name, a title or another name of the content.
        """
        found = self.contents.named(kind, name) if name else ()
        return next((record for record in found if self.state_of(record) is state), None)

    def slugs(self, kind: str) -> tuple[str, ...]:
        """Return the slugs of the published contents of a type."""
        return tuple(record.slug for record in self.published if record.kind.name == kind)

    def at_path(self, path: Path) -> AnyRecord | None:
        """Return the content of the file shown as `path`, even unpublished or at fault."""
        return self.contents.by_path.get(Path(composed(path)))

    def at_address(self, address: str) -> AnyRecord | None:
        """Return the published content at an address."""
        found = reversed(self.contents.by_address.get(address, ()))
        return next((r for r in found if self.state_of(r) is State.PUBLISHED), None)

    def state_of(self, record: AnyRecord) -> State:
        """Return the state of a content."""
        if record.path not in self._states:
            self._states[record.path] = self._judged(record)
        return self._states[record.path]

    @cached_property
    def linkable_files(self) -> tuple[str, ...]:
        """The files of the published contents, for links: paths from the content folder."""
        return tuple("/".join(record.path.parts[1:]) for record in self.published)

    @property
    def until(self) -> datetime:
        """The instant at which the contents may change by themselves: a day ends, one appears."""
        tomorrow = in_paris(datetime.combine(self.today + timedelta(days=1), time()))
        starts = (appears(record.header) for record in self.contents.records)
        return min([tomorrow, *(start for start in starts if start and start > self.now)])

    def _in_state(self, state: State) -> tuple[AnyRecord, ...]:
        return tuple(r for r in self.contents.records if self.state_of(r) is state)

    def _judged(self, record: AnyRecord) -> State:
        if record.faults and record.header.status is not Status.DRAFT:
            return State.BROKEN
        is_sound = not record.faults and is_published(record.header, self.now)
        return State.PUBLISHED if is_sound else State.UNPUBLISHED


def is_published(header: Header, now: datetime) -> bool:
    """Return True when a content is published at an aware instant."""
    return why_unpublished(header, now) is None


def why_unpublished(header: Header, now: datetime) -> str | None:
    """Return in French why a content is not published at an aware instant, None when it is.

    Drafts, contents to come, expired contents (published until their last day included) and
    portraits without consent are not.
    """
    if header.status is Status.DRAFT:
        return "brouillon"
    if isinstance(header, PortraitHeader) and not header.consent:
        return "sans l’accord de la personne"
    if has_expired(header, now):
        assert header.expires_on
        return f"expiré après le {format_day(header.expires_on.day)}"
    starts = appears(header)
    return f"à paraître {on_day(starts)}" if starts and starts > now else None


def has_expired(header: Header, now: datetime) -> bool:
    """Return True when the last day of a content is over."""
    expires = header.expires_on
    return bool(expires and expires.day < now.astimezone(PARIS).date())


def appears(header: Header) -> datetime | None:
    """Return the aware instant from which a content is published, None without a date."""
    starts = (header.publish_on, header.date)
    return max((start.instant for start in starts if start), default=None)


def on_day(instant: datetime) -> str:
    """Return « le 20 mars 2024 », with the hour unless midnight."""
    hour = f" à {format_time(instant.time())}" if instant.time() != time() else ""
    return f"le {format_day(instant.date())}{hour}"
