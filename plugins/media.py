"""What a text is expanded for: how each medium writes its blocks, its links and its images."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from plugins.core.entries import Entry
from plugins.core.image_size import image_size
from plugins.core.models import Header
from plugins.core.site import Site


@dataclass(frozen=True, slots=True)
class Medium:
    """Where a text is read.

    `blocks` is the folder of its blocks' templates. `link` gives the attributes of a link to an
    address, written in an entry; `image` those of an image at an address, but its `alt`.
    """

    blocks: str
    link: Callable[[str, Entry[Header]], str]
    image: Callable[[str], str]


def web(site: Site) -> Medium:
    """Return the medium of the site's pages: root-relative addresses, images that leave room."""

    def link(address: str, _entry: Entry[Header]) -> str:
        return f'href="{escape(site.link(address))}"'

    def image(address: str) -> str:
        width, height = image_size(site.library.root / urlsplit(address).path.lstrip("/"))
        size = f' width="{width}" height="{height}"' if width and height else ""
        return f'src="{escape(site.link(address))}"{size} loading="lazy"'

    return Medium("blocks", link, image)
