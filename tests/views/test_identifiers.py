"""Identifiers last: they change with the host alone."""

import re
from uuid import UUID

import pytest

from plugins.library.index import Index
from plugins.views.identifiers import content_id, occurrence_uid
from tests.contents import event_named
from tests.outputs.conftest import IndexOf

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
def test_id_depends_on_the_host_alone(index: Index, site_url: str, expected: str) -> None:
    event = index.find("event", "seminaire")
    assert event is not None
    assert content_id(event, index, site_url) == expected


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("/2019/bilan/", "tag:passerelle.example,2024:/2019/bilan/"),
        ("/2019/été[1]/", "tag:passerelle.example,2024:/2019/%C3%A9t%C3%A9%5B1%5D/"),
    ],
)
def test_id_of_a_moved_content_is_its_first_address(
    index_of: IndexOf, alias: str, expected: str
) -> None:
    text = f"---\ntitre: Neuf\nresume: Neuf.\ndate: 2024-01-02\nalias: ['{alias}', /b/]\n---\n"
    index = index_of({"articles/neuf.md": text})
    entry = index.find("article", "neuf")
    assert entry is not None
    assert content_id(entry, index, SITE) == expected
    # RFC 4151: an authority, a date, then characters of a path.
    assert re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}:[A-Za-z0-9._~!$&'()*+,;=:@%/-]+", expected)


def test_uids_are_uuids_and_the_first_session_has_the_event_s(
    index: Index, index_of: IndexOf
) -> None:
    alone = index_of({"evenements/nuits.md": "---\ntitre: T\nresume: R.\ndebut: 2024-03-29\n---\n"})
    [whole], sessions = (uids(found, "nuits") for found in (alone, index))
    assert sessions[0] == whole
    assert len(set(sessions)) == len(sessions) == 5
    assert all(UUID(uid).version == 5 for uid in sessions)


def test_uid_is_of_the_host_and_of_the_identity_given(index: Index, index_of: IndexOf) -> None:
    given = index_of(
        {
            "evenements/seminaire.md": None,
            "evenements/autre.md": "---\ntitre: T\nresume: R.\ndebut: 2024-05-01\n"
            "identifiant: seminaire-2024\n---\n",
            "evenements/meme.md": "---\ntitre: T\nresume: R.\ndebut: 2024-05-01\n"
            "identifiant: seminaire-2025\n---\n",
        }
    )
    assert uids(given, "autre") != uids(given, "meme")
    assert uids(given, "autre") == uids(given, "autre", "http://passerelle.example/base")
    assert uids(given, "autre") != uids(given, "autre", "https://autre.example")


def uids(index: Index, slug: str, site_url: str = SITE) -> list[str]:
    event = event_named(index, slug)
    identifier = index.identifier_of(event)
    return [occurrence_uid(o, identifier, site_url) for o in index.occurrences_of(event)]
