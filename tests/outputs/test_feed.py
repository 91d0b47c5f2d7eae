"""A feed is as old as its newest item; its HTML is what readers show."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from lxml import html as lxml_html

from plugins.dates.moments import PARIS
from plugins.outputs.feeds.feed import Feed, feed_html, feed_updated
from tests.outputs.feed_samples import FEED, SECOND
from tests.outputs.strategies import texts

EARLY, LATE = (dt.datetime(2024, 1, day, tzinfo=PARIS) for day in (2, 5))

ABOVE = "https://passerelle.example/sous/evenements/"
PAGE = f"{ABOVE}x/"


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


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class="a" style="color: red" id="b" data-c="d" onclick="e()">T</p>', "<p>T</p>"),
        ("<p>T</p><script>e()</script><style>p{}</style><iframe src='/a'>b</iframe>", "<p>T</p>"),
        ("<p>T <svg><title>frise</title><path/></svg></p>", "<p>T </p>"),
        ('<a href="/sous/agenda/">A</a>', '<a href="https://passerelle.example/sous/agenda/">A</a>'),
        ('<a href="#seance-1">A</a>', f'<a href="{PAGE}#seance-1">A</a>'),
        ('<a href="javascript:e()">A</a>', "<a>A</a>"),
        ('<a href="mailto:a@b.example?subject=c">A</a>',) * 2,
        ('<a href="https://ailleurs.example/" target="_blank" rel="nofollow">A</a>',
         '<a href="https://ailleurs.example/">A</a>'),
        ('<img src="../i.png" alt="I" width="3" height="2" loading="lazy" srcset="/j.png 2x">',
         f'<img src="{ABOVE}i.png" alt="I" width="3" height="2">'),
        ("<table><tr><th scope='row'>R</th><td colspan='2' class='c'>D</td></tr></table>",
         '<table><tbody><tr><th scope="row">R</th><td colspan="2">D</td></tr></tbody></table>'),
        ("<section><h2>T</h2><time datetime='2024-01-08'>8</time></section>",
         '<section><h2>T</h2><time datetime="2024-01-08">8</time></section>'),
        ("<article><p>T</p></article><!-- c -->", "<article><p>T</p></article>"),
        ('<a href="http://[">A</a>', "<a>A</a>"),
        ("<p lang='en'>T</p>", '<p lang="en">T</p>'),
    ],
)  # fmt: skip
def test_feed_html(html: str, expected: str) -> None:
    assert feed_html(html, PAGE) == expected


@given(texts, texts)
def test_whatever_is_in_an_address_it_is_absolute(address: str, text: str) -> None:
    escaped = address.replace("&", "&amp;").replace('"', "&quot;")
    fragment = feed_html(f'<p><a href="{escaped}">a</a>{text}</p>', PAGE)
    for link in lxml_html.fragment_fromstring(fragment or "-", create_parent=True).iter("a"):
        if "href" in link.attrib:
            assert link.attrib["href"].partition(":")[0].lower() in {
                "http", "https", "mailto", "tel",
            }  # fmt: skip
