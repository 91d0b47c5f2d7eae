"""The contents published at an instant, and the others: found by name or address, and why not."""

from collections.abc import Hashable
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from pathlib import Path

from plugins.content.folder import composed
from plugins.content.reading import Contents, name_key, name_keys
from plugins.content.record import AnyRecord, H, Record, has_header
from plugins.dates.in_words import format_day, format_time
from plugins.dates.moments import PARIS, in_paris
from plugins.library.findings import ANYTHING, Findings, found_once
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
        self.states: dict[Path, State] = {}
        """The states judged so far."""
        self.findings = Findings()

    @found_once
    def published(self) -> tuple[AnyRecord, ...]:
        """The contents that readers see."""
        return self._in_state(State.PUBLISHED)

    @found_once
    def unpublished(self) -> tuple[AnyRecord, ...]:
        """Drafts, and contents to come, expired or without consent."""
        return self._in_state(State.UNPUBLISHED)

    @found_once
    def broken(self) -> tuple[AnyRecord, ...]:
        """The contents with a header at fault: a reference to one is not a second fault."""
        return self._in_state(State.BROKEN)

    def find(self, kind: str, name: str | None, state: State = State.PUBLISHED) -> AnyRecord | None:
        """Return the content of a type, in a state, by its name in a reference.

        The name is a slug, else a file name, a title or another name of the content.
        """
        if not name:
            return None
        key = name_key(kind, name)
        self.findings.note(key)
        found = self.contents.by_name.get(key, ())
        return next((record for record in found if self.state_of(record) is state), None)

    def slugs(self, kind: str) -> tuple[str, ...]:
        """Return the slugs of the published contents of a type."""
        return tuple(record.slug for record in self.published if record.kind.name == kind)

    def at_path(self, path: Path) -> AnyRecord | None:
        """Return the content of the file shown as `path`, even unpublished or at fault."""
        known = Path(composed(path))
        self.findings.note(known)
        return self.contents.by_path.get(known)

    def at_address(self, address: str) -> AnyRecord | None:
        """Return the published content at an address."""
        self.findings.note(address)
        found = reversed(self.contents.by_address.get(address, ()))
        return next((r for r in found if self.state_of(r) is State.PUBLISHED), None)

    def state_of(self, record: AnyRecord) -> State:
        """Return the state of a content."""
        if record.path not in self.states:
            self.states[record.path] = self._judged(record)
        return self.states[record.path]

    @found_once
    def linkable_files(self) -> tuple[str, ...]:
        """The files of the published contents, for links: paths from the content folder."""
        return tuple("/".join(record.path.parts[1:]) for record in self.published)

    @property
    def until(self) -> datetime:
        """The instant at which the contents may change by themselves: a day ends, one appears."""
        tomorrow = in_paris(datetime.combine(self.today + timedelta(days=1), time()))
        return min([tomorrow, *self._days_to_come])

    def take_findings(self, before: "Selection") -> None:
        """Take from a selection of a moment ago all that it has found and that is still so.

        Nothing is taken when other data, another day or a content that now appears may change all.
        """
        ours, theirs = self.contents, before.contents
        if (
            before.today != self.today
            or _data_of(theirs) != _data_of(ours)
            or before.will_change(self.now)
        ):
            return
        gone_or_new = ours.changes_since(theirs)
        changed: set[Hashable] = {record.path for record in gone_or_new}
        self.states = {path: s for path, s in before.states.items() if path not in changed}
        for record in gone_or_new:
            changed |= {Path(composed(record.path)), record.address, *name_keys(record)}
            changed.update(type(record.header).__mro__)
        self.findings.take(before.findings, changed)

    def will_change(self, now: datetime) -> bool:
        """Return True when a content appears until an instant of the same day, or may go again."""
        return now < self.now or (now > self.now and any(day <= now for day in self._days_to_come))

    @found_once
    def _days_to_come(self) -> tuple[datetime, ...]:
        """The instants at which contents appear, after that of the selection."""
        self.findings.note(ANYTHING)
        days = (appears(record.header) for record in self.contents.records)
        return tuple(day for day in days if day and day > self.now)

    def _in_state(self, state: State) -> tuple[AnyRecord, ...]:
        self.findings.note(ANYTHING)
        return tuple(r for r in self.contents.records if self.state_of(r) is state)

    def typed(self, header: type[H]) -> tuple[Record[H], ...]:
        """Return the published contents of a type, in the order of the files."""
        self.findings.note(header)
        return tuple(
            record
            for record in self.contents.records
            if has_header(record, header) and self.state_of(record) is State.PUBLISHED
        )

    def _judged(self, record: AnyRecord) -> State:
        if record.faults and record.header.status is not Status.DRAFT:
            return State.BROKEN
        is_sound = not record.faults and is_published(record.header, self.now)
        return State.PUBLISHED if is_sound else State.UNPUBLISHED


def _data_of(contents: Contents) -> tuple[object, ...]:
    return contents.static, contents.site, contents.themes, contents.addresses


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
