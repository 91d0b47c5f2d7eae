"""Who signs a content, and the page of each author."""

from plugins.content.record import AnyRecord, has_header
from plugins.french.slugs import slugify
from plugins.models import LetterHeader


def authors_of(record: AnyRecord) -> tuple[str, ...]:
    """Return the names that sign a content; of an issue, by default those of its editors in chief.

    Its contributors are no authors: an issue does not say what each wrote.
    """
    header = record.header
    if has_header(record, LetterHeader):
        return header.authors or record.header.editors_in_chief
    return header.authors


def author_address(name: str) -> str | None:
    """Return the address of an author's page, None for a name without a Latin letter."""
    try:
        return f"/auteurs/{slugify(name)}/"
    except ValueError:
        return None
