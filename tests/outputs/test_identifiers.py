"""Identifiers last: they change with the host alone."""

import re
from uuid import UUID

import pytest

from plugins.library.library import Library
from plugins.views.entries import EventEntry
from plugins.views.identifiers import entry_id, occurrence_uid
from tests.outputs.conftest import LibraryOf

SITE = "https://passerelle.example"
SEMINAR = "tag:passerelle.example,2024:/evenements/seminaire/"


@pytest.mark.parametrize(
    ("site_url", "expected"),
    [
        (SITE, SEMINAR),
        ("http://passerelle.example", SEMINAR),
        ("https://PASSERELLE.example:8443", SEMINAR),
        ("https://passerelle.example/un/chemin/", SEMINAR),
        ("https://été.example", "tag:xn--t-9fab.example,2024:/evenements/seminaire/"),
        ("http://localhost:8000", "tag:localhost,2024:/evenements/seminaire/"),
        ("", "tag:localhost,2024:/evenements/seminaire/"),
    ],
)
def test_id_depends_on_the_host_alone(library: Library, site_url: str, expected: str) -> None:
    event = library.find("event", "seminaire")
    assert event is not None
    assert entry_id(event, site_url) == expected


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("/2019/bilan/", "tag:passerelle.example,2024:/2019/bilan/"),
        ("/2019/été[1]/", "tag:passerelle.example,2024:/2019/%C3%A9t%C3%A9%5B1%5D/"),
    ],
)
def test_id_of_a_moved_content_is_its_first_address(
    library_of: LibraryOf, alias: str, expected: str
) -> None:
    text = f"---\ntitre: Neuf\nresume: Neuf.\ndate: 2024-01-02\nalias: ['{alias}', /b/]\n---\n"
    entry = library_of({"articles/neuf.md": text}).find("article", "neuf")
    assert entry is not None
    assert entry_id(entry, SITE) == expected
    # RFC 4151: an authority, a date, then characters of a path.
    assert re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}:[A-Za-z0-9._~!$&'()*+,;=:@%/-]+", expected)


def test_uids_are_uuids_and_the_first_session_has_the_event_s(
    library: Library, library_of: LibraryOf
) -> None:
    alone = library_of(
        {"evenements/nuits.md": "---\ntitre: T\nresume: R.\ndebut: 2024-03-29\n---\n"}
    )
    [whole], sessions = (
        [occurrence_uid(o, SITE) for o in event(found, "nuits").occurrences]
        for found in (alone, library)
    )
    assert sessions[0] == whole
    assert len(set(sessions)) == len(sessions) == 5
    assert all(UUID(uid).version == 5 for uid in sessions)


def test_uid_is_of_the_host_and_of_the_identity_given(
    library: Library, library_of: LibraryOf
) -> None:
    given = library_of(
        {
            "evenements/seminaire.md": None,
            "evenements/autre.md": "---\ntitre: T\nresume: R.\ndebut: 2024-05-01\n"
            "identifiant: seminaire-2024\n---\n",
            "evenements/meme.md": "---\ntitre: T\nresume: R.\ndebut: 2024-05-01\n"
            "identifiant: seminaire-2025\n---\n",
        }
    )
    first, second = (event(given, slug).first for slug in ("autre", "meme"))
    assert occurrence_uid(first, SITE) != occurrence_uid(second, SITE)
    assert occurrence_uid(first, SITE) == occurrence_uid(first, "http://passerelle.example/base")
    assert occurrence_uid(first, SITE) != occurrence_uid(first, "https://autre.example")


def event(library: Library, slug: str) -> EventEntry:
    found = library.find("event", slug)
    assert isinstance(found, EventEntry)
    return found
