"""Tells the hub of the feeds (WebSub) which of them changed, once they are online."""

import hashlib
import json
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from plugins.mailing.failures import french
from plugins.outputs.feeds.feed import FeedFormat
from plugins.store import Store, key_of

_SECONDS = 10
_NOT_BUILT = "Rien à annoncer : aucun flux dans {}/. Compilez d’abord le site : make publier"
_NO_HUB = (
    "Rien à annoncer : les flux de {}/ ne nomment aucun concentrateur. Donnez le sien au site, "
    "« hub_websub » dans content/donnees/site.yaml, puis : make publier"
)
_FAILED = (
    "Attention : le concentrateur {} n’a pas pris l’annonce ({}). Le site est en ligne ; les "
    "abonnés du concentrateur attendront. Recommencez plus tard : make annoncer"
)


class _Topic(NamedTuple):
    """A feed as a hub knows it, and the digest of what it holds."""

    address: str
    hub: str
    digest: str


def announce(output: Path, store: Store, say: Callable[[str], None]) -> int:
    """Announce to its hub the feeds of a built site that changed since they last were; return 0.

    A hub that fails is told of as a warning, since the site itself is online: what it did not take
    is announced the next time.
    """
    topics = list(_topics(output / "flux"))
    if not topics:
        has_feeds = any((output / "flux").glob(f"*.{FeedFormat.JSON}"))
        say(french((_NO_HUB if has_feeds else _NOT_BUILT).format(output.name)))
        return 0
    key = key_of("announced", topics[0].hub)
    announced: dict[str, str] = json.loads(store.get(key) or b"{}")
    changed = [topic for topic in topics if announced.get(topic.address) != topic.digest]
    taken = 0
    for topic in changed:
        if fault := _refusal(topic):
            say(french(_FAILED.format(topic.hub, fault)))
            break
        announced[topic.address] = topic.digest
        taken += 1
    store.put(key, json.dumps(announced).encode())
    if not changed:
        say(french("Aucun flux n’a changé depuis la dernière annonce."))
    if taken:
        say(f"{taken} flux annoncé{'s' if taken > 1 else ''} à {topics[0].hub}.")
    return 0


def _topics(folder: Path) -> Iterator[_Topic]:
    """Yield the feeds of a folder that name a hub: they say themselves where they are online."""
    for path in sorted(folder.glob(f"*.{FeedFormat.JSON}")):
        feed = json.loads(path.read_bytes())
        for hub in feed.get("hubs", ()):
            for form in FeedFormat:
                file = path.with_suffix(f".{form}")
                address = feed["feed_url"].removesuffix(FeedFormat.JSON) + form
                yield _Topic(address, hub["url"], hashlib.sha256(file.read_bytes()).hexdigest())


def _refusal(topic: _Topic) -> str:
    """Announce a feed; return why the hub did not take it, nothing when it did."""
    body = urlencode({"hub.mode": "publish", "hub.url": topic.address}).encode()
    request = Request(topic.hub, body, method="POST")  # noqa: S310 - an address of the site's data
    try:
        with urlopen(request, timeout=_SECONDS):  # noqa: S310
            return ""
    except HTTPError as error:
        return f"réponse {error.code}"
    except (OSError, HTTPException):
        return "pas de réponse"
