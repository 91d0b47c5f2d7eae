"""Readers get text, structure, links and images, with absolute addresses."""

import pytest
from hypothesis import given
from lxml import html as lxml_html

from plugins.outputs.feeds.feed_html import feed_html
from tests.outputs.strategies import texts

ABOVE = "https://passerelle.example/sous/evenements/"
PAGE = f"{ABOVE}x/"


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
