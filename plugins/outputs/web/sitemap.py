"""The list of pages for search engines (sitemaps.org, protocol 0.9)."""

from collections.abc import Iterable
from datetime import date
from xml.etree import ElementTree as ET

from plugins.outputs.characters import clean_line

MEDIA_TYPE = "application/xml"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def to_sitemap(pages: Iterable[tuple[str, date | None]]) -> bytes:
    """Return the sitemap of absolute addresses and the day of their last change, by address.

    A time is an aware `datetime`; at most 50 000 pages, as the protocol has it.
    """
    root = ET.Element("urlset", xmlns=_NAMESPACE)
    for address, changed in sorted(dict(pages).items()):
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = clean_line(address)
        if changed is not None:
            ET.SubElement(url, "lastmod").text = changed.isoformat()
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
