"""What a text is expanded for: how each medium writes its blocks, its links and its images."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from markupsafe import Markup

from plugins.content.pictures import image_size
from plugins.models import Header
from plugins.outputs.mail.mail_pictures import mail_format, shown_size
from plugins.views.entries import Entry
from plugins.views.site import Site

_HREF = Markup('href="{}"')
_SRC = Markup('src="{}"')
_SIZED = Markup('src="{}" width="{}" height="{}"')


@dataclass(frozen=True, slots=True)
class Medium:
    """Where a text is read.

    `blocks` is the folder of its blocks' templates. `link` gives the attributes of a link to an
    address, written in an entry; `image` those of an image at an address, but its `alt`. `lit_day`
    is the day whose month is lit, where it is: what is sent or printed lasts.
    """

    blocks: str
    link: Callable[[str, Entry[Header]], Markup]
    image: Callable[[str], Markup]
    lit_day: date | None = None


def web(site: Site) -> Medium:
    """Return the medium of the site's pages: root-relative addresses, images that leave room."""

    def link(address: str, _entry: Entry[Header]) -> Markup:
        return _HREF.format(site.link(address))

    def image(address: str) -> Markup:
        size = image_size(site.library.file_of(address))
        source = site.link(address)
        tag = _SIZED.format(source, *size) if all(size) else _SRC.format(source)
        return tag + Markup(' loading="lazy"')

    return Medium("blocks", link, image, site.today)


def feed(site: Site) -> Medium:
    """Return the medium of feeds, until its addresses are made absolute: the web's, nothing lit."""
    return replace(web(site), lit_day=None)


def mail(site: Site) -> Medium:
    """Return the medium of e-mails: absolute addresses, pictures that every client shows.

    A place of the letter itself is reached on its page: mail clients take anchors away.
    """

    def link(address: str, entry: Entry[Header]) -> Markup:
        whole = entry.address + address if address.startswith("#") else address
        return _HREF.format(site.absolute(whole))

    def image(address: str) -> Markup:
        path = site.library.file_of(address)
        source = site.absolute(mail_picture_address(path, site.library.root))
        size = shown_size(path)
        return _SIZED.format(source, *size) if size else _SRC.format(source)

    return Medium("mail/blocks", link, image)


def text(site: Site) -> Medium:
    """Return the medium of plain texts: HTML without any dress, addresses absolute."""
    return Medium("text/blocks", _absolute(site), _SRC.format)


def paper(site: Site) -> Medium:
    """Return the medium of the PDF: absolute links, images and places of the letter within."""
    return Medium("print/blocks", _absolute(site), _SRC.format)


def mail_picture_address(path: Path, root: Path) -> str:
    """Return where the picture that mails show of an image of the content stands."""
    # The whole name: a.png and a.svg of one folder are two pictures.
    return f"/courriel/{path.relative_to(root).as_posix()}{mail_format(path)}"


def _absolute(site: Site) -> Callable[[str, Entry[Header]], Markup]:
    return lambda address, _entry: _HREF.format(site.absolute(address))
