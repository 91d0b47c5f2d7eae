"""The outline of a content: all that others know of it, the words of its text aside."""

from plugins.content.record import AnyRecord
from plugins.library.links import named_links


def outline_of(record: AnyRecord) -> tuple[object, ...]:
    """Return the outline: header, address, ids of headings, targets of links, calls of blocks.

    The places of the header's values, which faults name, are part of it.
    Lists, names, links and relations between contents are gathered from outlines alone.
    """
    links = [(name, link.target, link.is_image) for name, link in named_links(record)]
    blocks = [(block.options, block.argument) for block in record.body.blocks()]
    return (
        record.path,
        record.slug,
        record.address,
        record.header,
        sorted(record.positions.items(), key=repr),
        record.faults,
        sorted(record.body.ids),
        links,
        blocks,
    )
