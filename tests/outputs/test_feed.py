"""A feed is as old as its newest item."""

import datetime as dt
from dataclasses import replace

import pytest

from plugins.dates.moments import PARIS
from plugins.outputs.feeds.feed import Feed, feed_updated
from tests.outputs.feed_samples import FEED, SECOND

EARLY, LATE = (dt.datetime(2024, 1, day, tzinfo=PARIS) for day in (2, 5))


def feed(*times: tuple[dt.datetime | None, dt.datetime | None]) -> Feed:
    return replace(FEED, items=tuple(replace(SECOND, published=p, updated=u) for p, u in times))


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
