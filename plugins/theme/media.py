"""The media of a text: the blocks, links and images of each."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import unescape

from markupsafe import Markup, escape

from plugins.french.typography import with_plain_spaces
from plugins.theme.pictures import attributes, sources
from plugins.views.base import Picture
from plugins.views.site import Site

_HREF = Markup('href="{}"')
_SRC = Markup('src="{}"')
_SIZED = Markup('src="{}" width="{}" height="{}"')


@dataclass(frozen=True, slots=True)
class Medium:
    """A medium of a text: web, feed, e-mail, plain text or paper.

    `name` is the macro for this medium in the template of a block. `link` returns the attributes of
    a link, from its target and its page; `image` those of a picture, except `alt`, and `sources`
    the elements `source` of a picture in a text. `marks_language` adds a `lang` to texts in another
    language than French; `scrolls` makes of a wide table a region that scrolls, named, and in reach
    of the keyboard (WCAG 1.4.10, 2.1.1).
    """

    name: str
    link: Callable[[str, str], Markup]
    image: Callable[[Picture], Markup]
    sources: Callable[[Picture], Markup] = lambda _: Markup()
    marks_language: bool = False
    scrolls: bool = False


def web(site: Site) -> Medium:
    """Return the medium of pages: root-relative addresses, images in the sizes of a column."""

    def link(address: str, _page: str) -> Markup:
        return _HREF.format(site.link(address))

    return Medium(
        "web",
        link,
        partial(attributes, link=site.link),
        partial(sources, place="prose", link=site.link),
        marks_language=True,
        scrolls=True,
    )


def feed(site: Site) -> Medium:
    """Return the medium of feeds: what pages show, without the parts that need their style sheet.

    Addresses are made absolute afterwards.
    """

    def image(picture: Picture) -> Markup:
        shown = picture.feed
        source = site.link(shown.address if shown else picture.src)
        size = (shown or picture).width, (shown or picture).height
        return _SIZED.format(source, *size) if all(size) else _SRC.format(source)

    return Medium("feed", web(site).link, image, marks_language=True)


def mail(site: Site) -> Medium:
    """Return the medium of e-mails: absolute addresses, pictures in formats of every client.

    Links to an anchor of the letter lead to its page: mail clients remove anchors.
    """

    def link(address: str, page: str) -> Markup:
        whole = page + address if address.startswith("#") else address
        return _HREF.format(site.absolute(whole))

    def image(picture: Picture) -> Markup:
        source = site.absolute(picture.mail_src)
        size = picture.mail_size
        return _SIZED.format(source, *size) if size else _SRC.format(source)

    return Medium("mail", link, image)


def text(site: Site) -> Medium:
    """Return the medium of plain texts: bare HTML, absolute addresses."""
    return Medium("text", _absolute(site), _image)


def paper(site: Site) -> Medium:
    """Return the medium of the PDF: absolute links, images and places of the letter within."""
    return Medium("paper", _absolute(site), _image)


_REGION = re.compile(r'(?s)<div class="table-scroll">(?=<table>(.*?)</tr>)')
_CELL = re.compile(r"(?s)<th\b[^>]*>(.*?)</th>")
_TAG = re.compile(r"<[^>]*>")


def with_regions(html: str) -> str:
    """Name the region of each table by the headings of its columns, and let the keyboard in.

    A group, since a page may hold two tables with the same headings, and landmarks differ in name.
    """
    return _REGION.sub(_region, html)


def _region(found: re.Match[str]) -> str:
    cells = (unescape(_TAG.sub("", cell)).strip() for cell in _CELL.findall(found[1]))
    heads = ", ".join(filter(None, cells))
    label = with_plain_spaces(f"Tableau : {heads}" if heads else "Tableau")
    return f'<div class="table-scroll" role="group" tabindex="0" aria-label="{escape(label)}">'


def _image(picture: Picture) -> Markup:
    return _SRC.format(picture.src)


def _absolute(site: Site) -> Callable[[str, str], Markup]:
    return lambda address, _page: _HREF.format(site.absolute(address))
