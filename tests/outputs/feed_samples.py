"""Feeds that every format is tried on: what says all, what says little, what was in summer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from plugins.dates.moments import PARIS
from plugins.outputs.feeds.feed import Feed, FeedEnclosure, FeedFormat, FeedItem, FeedPicture

FIRST = FeedItem(
    id="tag:passerelle.example,2024:/actualites/un/",
    title="R&D < 3 %, « tout » va bien",
    address="https://passerelle.example/actualites/un/",
    published=dt.datetime(2024, 1, 5, 9, 30, tzinfo=PARIS),
    updated=dt.datetime(2024, 1, 7, tzinfo=PARIS),
    stamp=dt.datetime(2024, 1, 7, tzinfo=PARIS),
    summary="Un bilan où 1 < 2 & 2 > 1.",
    content_html='<p>Tout <a href="https://passerelle.example/">ici</a> ]]> &amp; là.</p>',
    authors=("Camille Exemple", "Secrétariat général"),
    categories=("Énergie", "Vie du réseau"),
    enclosure=FeedEnclosure("https://passerelle.example/images/un.png", 1234, "image/png"),
)
SECOND = FeedItem(
    id="tag:passerelle.example,2024:/evenements/deux/",
    title="Deux",
    address="https://passerelle.example/evenements/deux/",
    published=None,
    updated=None,
    stamp=dt.datetime(2024, 1, 1, tzinfo=PARIS),
    summary="",
    content_html="",
)
SUMMER = replace(
    SECOND,
    id="tag:passerelle.example,2024:/evenements/trois/",
    title="Trois",
    address="https://passerelle.example/evenements/trois/",
    published=dt.datetime(2023, 7, 4, tzinfo=PARIS),
    stamp=dt.datetime(2023, 7, 4, tzinfo=PARIS),
)
FEED = Feed(
    id="tag:passerelle.example,2024:/flux/tout",
    title="Passerelle\u00a0: tout",
    description="Tout ce qui paraît.",
    author="Communauté & réseaux",
    address="https://passerelle.example/",
    addresses={form: f"https://passerelle.example/flux/tout.{form}" for form in FeedFormat},
    language="fr",
    items=(SECOND, FIRST, SUMMER),
)

LETTER = replace(
    FIRST,
    enclosure=FeedEnclosure("https://passerelle.example/lettre.pdf", 99, "application/pdf"),
    picture=FeedPicture(
        FeedEnclosure("https://passerelle.example/une.jpg", 1234, "image/jpeg"), 640, 360, "R&D < 3"
    ),
)
ARCHIVE = replace(
    FEED,
    addresses={
        form: f"https://passerelle.example/flux/archives/tout.2.{form}" for form in FeedFormat
    },
    current=FEED.addresses,
    previous={
        form: f"https://passerelle.example/flux/archives/tout.1.{form}" for form in FeedFormat
    },
    following=FEED.addresses,
)
"""The latest of two archives, which the feed itself follows."""


def size(address: str) -> int:
    """Return what a file of the site weighs, here the length of its address."""
    return len(address)
