"""Permanent identifiers, as all outputs write them."""

from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from plugins.content.record import AnyRecord
from plugins.library.occurrences import Occurrence

# A `tag:` URI names who holds the host on a day. This one never changes, whatever happens.
_TAG_DATE = "2024"
_PATH_SAFE = "/&=%+:;,@!$'()*~-._"


def content_id(record: AnyRecord, site_url: str) -> str:
    """Return the permanent identifier of a content: a `tag:` URI (RFC 4151).

    It is made of the site's host and of the first address that the content ever had, so that a new
    title, file name, address (the old one being kept under `alias`), scheme, port, path or build
    leaves it as it is. A site that moves to another host gets new identifiers.
    """
    old = record.header.old_addresses
    return _tag(site_url, old[0] if old else record.address)


def feed_id(name: str, site_url: str) -> str:
    """Return the permanent identifier of a feed, whatever the format: a `tag:` URI."""
    return _tag(site_url, f"/flux/{name}")


def occurrence_uid(occurrence: Occurrence, identifier: str, site_url: str) -> str:
    """Return the permanent UID of a sitting of an event: a UUID, which tells nothing (RFC 7986).

    It is made of the site's host, lest two sites should name two events alike, and of `identifier`,
    the event's identity, which no new file name, slug or title changes. The first session has the
    UID of the event without sessions: an event that gets a second session keeps the first in
    subscribers' calendars. The sittings of a recurring event share one; a single one is told by
    its first date.
    """
    tail = ""
    if occurrence.original:
        tail = f"#{occurrence.original.text}"
    elif occurrence.number and occurrence.number > 1:
        tail = f"#{occurrence.number}"
    return str(uuid5(NAMESPACE_URL, _tag(site_url, f"/{identifier}") + tail))


def message_id(number: int, site_url: str, variant: str = "") -> str:
    """Return the permanent Message-ID of an issue of the letter (RFC 5322, 3.6.4).

    It is made of the site's host and of the issue's number. Mailboxes drop a second message that
    bears the identifier of a first: what is sent besides (a try, a repetition) names its `variant`.
    """
    name = _tag(site_url, f"/lettres/{number}/message") + (f"#{variant}" if variant else "")
    host = _host(site_url)
    return f"<{uuid5(NAMESPACE_URL, name)}@{f'[IPv6:{host}]' if ':' in host else host}>"


def _tag(site_url: str, address: str) -> str:
    return f"tag:{_host(site_url)},{_TAG_DATE}:{quote(address, safe=_PATH_SAFE)}"


def _host(site_url: str) -> str:
    return (urlsplit(site_url).hostname or "localhost").encode("idna").decode()
