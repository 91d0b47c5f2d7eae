"""What RSS and Atom have in common: entries written once for many feeds, archives, a style sheet.

An entry is written by itself, as bytes, and the same bytes stand in every feed that holds it.
"""

from collections.abc import Iterator, Mapping
from html import escape

from lxml import etree

from plugins.outputs.feeds.feed import Feed, FeedFormat, FeedPicture

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
MEDIA = "http://search.yahoo.com/mrss/"
_INDENT = b"  "


def written(entry: etree._Element, spaces: Mapping[str, str], level: int) -> bytes:
    """Write an entry alone, for a document whose root declares the name spaces given.

    `level` is that of the entry in the document.
    """
    root = etree.Element("root", nsmap=dict(spaces))
    root.append(entry)
    etree.indent(entry, level=level)
    entry.tail = None
    # The root's own tags hold nothing but the name spaces: none has a « > ».
    data = bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=False))
    return _INDENT * level + data[data.index(b">") + 1 : data.rindex(b"</")] + b"\n"


def around_entries(document: bytes, feed: Feed, end: bytes) -> tuple[bytes, bytes]:
    """Return what stands before the entries of a feed, and its `end`, after them.

    `document` is the feed without entries.
    """
    root = etree.fromstring(document)
    if feed.style:
        style = f'href="{escape(feed.style)}" type="text/css"'
        root.addprevious(etree.ProcessingInstruction("xml-stylesheet", style))
    data = bytes(
        etree.tostring(
            root.getroottree(), encoding="UTF-8", xml_declaration=True, pretty_print=True
        )
    )
    before, _, after = data.rpartition(end)
    return before, end + after


def links_to_others(feed: Feed, form: FeedFormat) -> Iterator[tuple[str, str]]:
    """Yield the relation and address of the links to the hub and the archives of a feed."""
    if feed.hub:
        yield "hub", feed.hub
    for relation, addresses in (
        ("prev-archive", feed.previous),
        ("next-archive", feed.following),
        ("current", feed.current),
    ):
        if addresses:
            yield relation, addresses[form]


def add_archive_mark(channel: etree._Element, feed: Feed) -> None:
    """Mark an RSS channel or an Atom feed as an archive, if it is one (RFC 5005, 4)."""
    if feed.current:
        etree.SubElement(channel, f"{{{HISTORY}}}archive")


def add_picture(entry: etree._Element, picture: FeedPicture) -> None:
    """Add the picture of an entry (Media RSS)."""
    file = picture.file
    content = etree.SubElement(
        entry,
        f"{{{MEDIA}}}content",
        url=file.address,
        fileSize=str(file.length),
        type=file.type,
        medium="image",
    )
    if picture.width and picture.height:
        content.set("width", str(picture.width))
        content.set("height", str(picture.height))
    if picture.alt:
        etree.SubElement(content, f"{{{MEDIA}}}description", type="plain").text = picture.alt
