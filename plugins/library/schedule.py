"""When a content is published, and the reasons why not."""

from datetime import datetime, time

from plugins.dates.in_words import format_day, format_time
from plugins.dates.moments import PARIS
from plugins.models import Header, PortraitHeader
from plugins.models.fields import Status


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
