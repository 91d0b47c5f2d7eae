"""OPML 2.0: all the feeds in one file, which feed readers import."""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from plugins.outputs.characters import clean_line
from plugins.outputs.feeds.feed import Feed, FeedFormat


def to_opml(title: str, feeds: Iterable[Feed]) -> bytes:
    """Write the list of the feeds, in the order given, in RSS, which all readers take."""
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = clean_line(title)
    ET.SubElement(head, "docs").text = "http://opml.org/spec2.opml"
    body = ET.SubElement(root, "body")
    for feed in feeds:
        ET.SubElement(
            body,
            "outline",
            type="rss",
            version="RSS2",
            text=clean_line(feed.title),
            title=clean_line(feed.title),
            description=clean_line(feed.description),
            language=feed.language,
            xmlUrl=feed.addresses[FeedFormat.RSS],
            htmlUrl=feed.address,
        )
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
