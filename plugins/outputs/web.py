"""Files for machines: robots.txt, security.txt and the sitemap."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from xml.etree import ElementTree as ET

from plugins.outputs.characters import clean_line

_VALID_FOR = timedelta(days=364)
"""RFC 9116 (2.5.5) recommends less than a year."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"


def to_robots(sitemap: str, *, may_index: bool = True) -> bytes:
    """Write robots.txt (RFC 9309); robots visit nothing unless `may_index`.

    `sitemap` is absolute.
    """
    if not may_index:
        return b"User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n".encode()


def to_security_txt(mailbox: str, canonical: str, built_on: date) -> bytes:
    """Write security.txt (RFC 9116), valid for 364 days from the build.

    `canonical` is its own address, absolute.
    """
    lines = (
        f"Contact: mailto:{mailbox}",
        f"Expires: {(built_on + _VALID_FOR).isoformat()}T00:00:00Z",
        "Preferred-Languages: fr, en",
        f"Canonical: {canonical}",
    )
    return "".join(f"{line}\n" for line in lines).encode()


@dataclass(frozen=True, slots=True)
class MappedPage:
    """A page of the sitemap: its address, its last change (aware), the pictures that it shows.

    The addresses are absolute.
    """

    address: str
    changed_at: datetime | None = None
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Icon:
    """An icon of the manifest: its `href`, its width in pixels; `is_maskable` if it may be cut."""

    href: str
    width: int
    is_maskable: bool = False


def to_manifest(name: str, description: str, home: str, paper: str, icons: Iterable[Icon]) -> bytes:
    """Write the manifest (W3C, Web Application Manifest) of a site in French.

    `home` is the `href` of its home page, `paper` the colour of its pages.
    """
    manifest = {
        "name": name,
        "short_name": name,
        "description": description,
        "lang": "fr",
        "dir": "ltr",
        "id": home,
        "start_url": home,
        "scope": home,
        # Readers keep the address and the way back.
        "display": "minimal-ui",
        "theme_color": paper,
        "background_color": paper,
        "icons": [
            {
                "src": icon.href,
                "sizes": f"{icon.width}x{icon.width}",
                "type": "image/png",
                "purpose": "maskable" if icon.is_maskable else "any",
            }
            for icon in icons
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n"


def to_sitemap(pages: Iterable[MappedPage]) -> bytes:
    """Write the sitemap (sitemaps.org, protocol 0.9) of pages, with Google's image extension.

    The protocol allows 50 000 pages.
    """
    return _sitemap("urlset", "url", sorted(pages, key=attrgetter("address")))


def to_sitemap_index(sitemaps: Iterable[str]) -> bytes:
    """Write the index of a sitemap of several files (sitemaps.org), by their absolute addresses."""
    return _sitemap("sitemapindex", "sitemap", map(MappedPage, sitemaps))


def _sitemap(root_name: str, name: str, places: Iterable[MappedPage]) -> bytes:
    root = ET.Element(root_name, xmlns=_NAMESPACE)
    for found in places:
        place = ET.SubElement(root, name)
        ET.SubElement(place, "loc").text = clean_line(found.address)
        if found.changed_at:
            ET.SubElement(place, "lastmod").text = found.changed_at.isoformat(timespec="seconds")
        for picture in found.pictures:
            image = ET.SubElement(place, "image:image")
            ET.SubElement(image, "image:loc").text = clean_line(picture)
            root.set("xmlns:image", _IMAGES)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
