"""Ask caniemail what the mail clients of our readers do not show of a message."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.outputs import node

CLIENTS = (
    "gmail.*",
    "outlook.*",
    "apple-mail.*",
    "orange.*",
    "laposte.*",
    "sfr.*",
    "free-fr.*",
)

_SCRIPT = Path(__file__).with_suffix(".mjs")


@dataclass(frozen=True)
class Issues:
    """What a message uses and clients lack (errors) or support in part (warnings).

    Both give, for each feature by its title on caniemail.com, the clients concerned
    (`display:grid`: `outlook.windows`, …).
    """

    errors: Mapping[str, frozenset[str]]
    warnings: Mapping[str, frozenset[str]]


def issues(html: str) -> Issues:
    """Return the issues of a whole document, its `<style>` elements included.

    A feature that was never tested on a client is no issue there. Neither the rules within an
    `@media` nor what comments show to Outlook are looked at, nor are CSS functions, the elements
    of HTML 5 and pictures in `data:` addresses, which caniemail 2.0 does not recognise.
    """
    found = json.loads(node.run(_SCRIPT, html, *CLIENTS))
    return Issues(_by_feature(found["errors"]), _by_feature(found["warnings"]))


def _by_feature(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    clients: defaultdict[str, set[str]] = defaultdict(set)
    for feature, client in pairs:
        clients[feature].add(client)
    return {feature: frozenset(names) for feature, names in clients.items()}
