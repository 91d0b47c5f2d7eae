"""Permanent identifiers of contents, feeds, occurrences and e-mails, for all outputs."""

from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from plugins.content.record import AnyRecord
from plugins.library.former import first_address
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence

# The date in every `tag:` URI (RFC 4151). It must never change.
_TAG_DATE = "2024"
_PATH_SAFE = "/&=%+:;,@!$'()*~-._"


def content_id(record: AnyRecord, index: Index, site_url: str) -> str:
    """Return the permanent identifier of a content: a `tag:` URI (RFC 4151).

    It consists of the site's host and the content's `identifiant`, else its first address: the
    first under `alias`, else the first at which readers could see it, as git tells. A new title,
    file name, address, scheme, port, path or build does not change it. A site on a new host gets
    new identifiers.
    """
    identifier = record.header.identifier
    return _tag(site_url, f"/{identifier}" if identifier else first_address(record, index))


def feed_id(name: str, site_url: str) -> str:
    """Return the permanent identifier of a feed, the same in every format: a `tag:` URI."""
    return _tag(site_url, f"/flux/{name}")


def occurrence_uid(occurrence: Occurrence, identifier: str, site_url: str) -> str:
    """Return the permanent UID of a sitting: a UUID, which discloses nothing (RFC 7986, 5.3).

    The UID derives from the site's host, so that two sites never share a UID, and from
    `identifier`, the event's identity, stable under a new file name, slug or title. The first
    session has the UID of the event without sessions: an event that gets a second session keeps the
    first in subscribers' calendars. A recurring event as a whole has one UID; a sitting on its own
    has its original date in its UID.
    """
    tail = ""
    if occurrence.original:
        tail = f"#{occurrence.original.text}"
    elif occurrence.number and occurrence.number > 1:
        tail = f"#{occurrence.number}"
    return str(uuid5(NAMESPACE_URL, _tag(site_url, f"/{identifier}") + tail))


def deadline_uid(identifier: str, site_url: str) -> str:
    """Return the permanent UID of an event's registration deadline, as `occurrence_uid` does."""
    return str(uuid5(NAMESPACE_URL, _tag(site_url, f"/{identifier}") + "#inscription"))


def message_id(number: int, site_url: str, variant: str = "") -> str:
    """Return the permanent Message-ID of an issue of the letter (RFC 5322, 3.6.4).

    The Message-ID consists of the site's host and the issue's number. Mailboxes drop a second
    message with a known Message-ID: a trial or repeated sending names its `variant`.
    """
    name = _tag(site_url, f"/lettres/{number}/message") + (f"#{variant}" if variant else "")
    host = _host(site_url)
    return f"<{uuid5(NAMESPACE_URL, name)}@{f'[IPv6:{host}]' if ':' in host else host}>"


def _tag(site_url: str, address: str) -> str:
    return f"tag:{_host(site_url)},{_TAG_DATE}:{quote(address, safe=_PATH_SAFE)}"


def _host(site_url: str) -> str:
    return (urlsplit(site_url).hostname or "localhost").encode("idna").decode()
