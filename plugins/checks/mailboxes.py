"""The mailboxes of persons, where readers should write to those of services."""

import re
from collections.abc import Iterator

from plugins.content.reading import Contents
from plugins.content.record import AnyRecord
from plugins.faults import ContentError, KeyPath, Level, field_name, shorten
from plugins.french.first_names import FIRST_NAMES
from plugins.library.links import named_links
from plugins.models import EventHeader, GroupHeader, LetterHeader
from plugins.models.blocks import CalloutBlock

_NAME_AND_SURNAME = re.compile(r"(?P<first>[a-z]+)(?:-[a-z]+)*\.[a-z][a-z-]+(?:\.[a-z-]+)?@.+")


def mailboxes(record: AnyRecord) -> Iterator[ContentError]:
    """Yield a warning per address that is a first name and a surname, in a header or a text."""
    for path, address in _contacts(record):
        if _is_of_a_person(address):
            yield record.error(path, _message(address), Level.WARNING)
    for block in record.body.blocks():
        options = block.options
        if isinstance(options, CalloutBlock) and _is_of_a_person(options.contact or ""):
            place, message = block.place("contact"), _message(options.contact or "")
            yield record.error_at(place, "/// encart contact", message, Level.WARNING)
    for name, link in named_links(record):
        scheme, _, address = link.target.partition(":")
        address = address.partition("?")[0]
        if scheme.lower() == "mailto" and _is_of_a_person(address):
            yield record.error_at(link.position, name, _message(address), Level.WARNING)


def mailboxes_of_site(contents: Contents) -> Iterator[ContentError]:
    """Yield a warning per address of a person in `site.yaml`.

    The journal of sendings repeats the mailbox of the list: no one may change what it says.
    """
    site, letter = contents.site, contents.site.letter
    given: list[tuple[KeyPath, str | None]] = [(("contact",), site.contact)]
    if letter:
        given += [
            (("lettre", "expediteur"), letter.sender),
            (("lettre", "reponse"), letter.reply_to),
            (("lettre", "liste"), letter.list_mailbox),
            *((("lettre", "desinscription", n), way) for n, way in enumerate(letter.ways_out)),
        ]
    document = contents.site_document
    for field, address in given:
        if address and _is_of_a_person(address):
            yield ContentError(
                document.path,
                document.locate(field),
                field_name(field),
                _message(address),
                Level.WARNING,
            )


def _contacts(record: AnyRecord) -> Iterator[tuple[KeyPath, str]]:
    header = record.header
    if isinstance(header, EventHeader) and header.registration and header.registration.contact:
        yield ("inscription", "contact"), header.registration.contact
    elif isinstance(header, GroupHeader | LetterHeader) and header.contact:
        yield ("contact",), header.contact


def _is_of_a_person(address: str) -> bool:
    found = _NAME_AND_SURNAME.fullmatch(address.lower())
    return bool(found and found["first"] in FIRST_NAMES)


def _message(address: str) -> str:
    return (
        f"{shorten(address)} semble l’adresse d’une personne : elle changera avec elle, et tous la "
        "liraient. Donnez une boîte fonctionnelle."
    )
