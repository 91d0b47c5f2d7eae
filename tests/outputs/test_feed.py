"""A feed is as old as its newest item."""

import datetime as dt

import pytest

from plugins.core.dates import PARIS
from plugins.outputs.feed import Feed, FeedItem, feed_updated

EARLY, LATE = (dt.datetime(2024, 1, day, tzinfo=PARIS) for day in (2, 5))


def feed(*times: tuple[dt.datetime | None, dt.datetime | None]) -> Feed:
    items = tuple(FeedItem("id", "T", "https://a/", p, u, "s", "<p>h</p>") for p, u in times)
    return Feed("T", "D", "https://a/", "https://a/f", "fr", items)


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ((), None),
        (((None, None),), None),
        (((EARLY, None), (None, None)), EARLY),
        (((EARLY, LATE),), LATE),
        (((LATE, None), (EARLY, EARLY)), LATE),
    ],
)
def test_feed_updated(
    times: tuple[tuple[dt.datetime | None, dt.datetime | None], ...], expected: dt.datetime | None
) -> None:
    assert feed_updated(feed(*times)) == expected
