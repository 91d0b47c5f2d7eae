"""The media of a text: how each writes its blocks, its links and its images."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from plugins.views.base import Picture
from plugins.views.site import Site

_HREF = Markup('href="{}"')
_SRC = Markup('src="{}"')
_SIZED = Markup('src="{}" width="{}" height="{}"')


@dataclass(frozen=True, slots=True)
class Medium:
    """A medium in which a text is read.

    `name` is the macro of a block's template that writes it there. `link` gives the attributes of
    a link to an address, on a page at an address; `image` those of a picture, but its `alt`.
    `marks_language` when a text that is not French must say so itself.
    """

    name: str
    link: Callable[[str, str], Markup]
    image: Callable[[Picture], Markup]
    marks_language: bool = False


def web(site: Site) -> Medium:
    """Return the medium of pages: root-relative addresses, images that leave room.

    Feeds take it too; their addresses are made absolute afterwards.
    """

    def link(address: str, _page: str) -> Markup:
        return _HREF.format(site.link(address))

    def image(picture: Picture) -> Markup:
        source = site.link(picture.src)
        size = (picture.width, picture.height)
        tag = _SIZED.format(source, *size) if all(size) else _SRC.format(source)
        return tag + Markup(' loading="lazy"')

    return Medium("web", link, image, marks_language=True)


def mail(site: Site) -> Medium:
    """Return the medium of e-mails: absolute addresses, pictures that every client shows.

    A place of the letter itself is reached on its page: mail clients take anchors away.
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
    """Return the medium of plain texts: HTML without any dress, addresses absolute."""
    return Medium("text", _absolute(site), _image)


def paper(site: Site) -> Medium:
    """Return the medium of the PDF: absolute links, images and places of the letter within."""
    return Medium("paper", _absolute(site), _image)


def _image(picture: Picture) -> Markup:
    return _SRC.format(picture.src)


def _absolute(site: Site) -> Callable[[str, str], Markup]:
    return lambda address, _page: _HREF.format(site.absolute(address))
