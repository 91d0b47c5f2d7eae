"""HTML as feed readers take it: no style, no script, no relative address."""

from urllib.parse import urljoin

import nh3

from plugins.outputs.characters import clean_text

# What holds text; the W3C feed validator knows each of them.
_TAGS = (nh3.ALLOWED_TAGS | {"section", "tfoot"}) - {"area", "bdo", "h1", "map", "nav", "rtc"}
# What makes sense only in a page: dropped with what it holds, where other tags keep their text.
_DROPPED = {"button", "dialog", "form", "iframe", "math", "nav", "noscript", "object", "script"}
_DROPPED |= {"style", "svg", "template", "title"}
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "abbr": {"title"},
    "col": {"span"},
    "colgroup": {"span"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}


def feed_html(html: str, address: str) -> str:
    """Return the HTML of a content for feeds; `address` is its page's, absolute.

    It keeps text, structure, links and images, and nothing that a reader strips or that the W3C
    feed validator warns about; a relative address that is left is resolved.
    """

    def resolve(_tag: str, name: str, value: str) -> str | None:
        if name not in {"href", "src"}:
            return value
        try:
            return urljoin(address, value)
        except ValueError:  # no address at all: the attribute goes
            return None

    return nh3.clean(
        clean_text(html),
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        attribute_filter=resolve,
        url_schemes=_SCHEMES,
        link_rel=None,
    ).strip()
