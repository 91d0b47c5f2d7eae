"""The mailboxes of persons, where readers should write to those of services."""

import re
from collections.abc import Iterator

from plugins.content.record import AnyRecord
from plugins.faults import ContentError, KeyPath, Level, shorten
from plugins.french.first_names import FIRST_NAMES
from plugins.library.links import named_links
from plugins.models import EventHeader, GroupHeader, LetterHeader

_NAME_AND_SURNAME = re.compile(r"(?P<first>[a-z]+)(?:-[a-z]+)*\.[a-z][a-z-]+(?:\.[a-z-]+)?@.+")


def mailboxes(record: AnyRecord) -> Iterator[ContentError]:
    """Yield a warning per address that is a first name and a surname, in a header or a link."""
    for path, address in _contacts(record):
        if _is_of_a_person(address):
            yield record.error(path, _message(address), Level.WARNING)
    for name, link in named_links(record):
        scheme, _, address = link.target.partition(":")
        address = address.partition("?")[0]
        if scheme.lower() == "mailto" and _is_of_a_person(address):
            yield record.error_at(link.position, name, _message(address), Level.WARNING)


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
