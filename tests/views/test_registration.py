"""How to register for an event, and when nothing is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.french.typography import plain
from tests.sample_events import registration_of

URL, CONTACT, INTEREST = "url: https://f.example/", "contact: a@b.fr", "interet: https://i.example/"


@pytest.mark.parametrize(
    ("registration", "told"),
    [
        (CONTACT, "S'inscrire : a@b.fr"),
        (f"{URL}, {CONTACT}", "S'inscrire : formulaire en ligne ou a@b.fr"),
        (
            f"{URL}, avant_le: 2024-01-19 12:00, places: 1",
            "S'inscrire jusqu'au vendredi 19 janvier 2024 à 12 h (1 place) : formulaire en ligne",
        ),
        ("avant_le: 2024-01-08", "S'inscrire jusqu'au lundi 8 janvier 2024"),
        (f"{URL}, {INTEREST}, complet: oui", "Complet : il ne reste aucune place. + interest"),
        (
            f"{URL}, avant_le: 2024-01-07, complet: oui",
            "Inscriptions closes depuis le dimanche 7 janvier 2024.",
        ),
        (INTEREST, " + interest"),
        ("{}", ""),
    ],
)
def test_registration(tmp_path: Path, registration: str, told: str) -> None:
    header = f"debut: 2024-02-01\ninscription: {{{registration.strip('{}')}}}"
    found = registration_of(tmp_path, header)
    assert found is not None
    places = f"({found.places_label})" if found.places_label else ""
    how = " ".join(part for part in (found.action, found.until, places) if part)
    where = " ou ".join(way.title for way in found.ways)
    said = found.notice or " : ".join(part for part in (how, where) if part)
    assert plain(said + (" + interest" if found.interest else "")) == told


@pytest.mark.parametrize(
    "header",
    [
        "debut: 2024-02-01\nstatut_evenement: annulé",
        "debut: 2024-02-01\nstatut_evenement: reporté",
        "debut: 2024-01-07",
        "seances: [{debut: 2024-01-07}, {debut: 2024-02-01, statut: annulé}]",
    ],
)
def test_nobody_registers_for_what_is_off_or_over(tmp_path: Path, header: str) -> None:
    assert registration_of(tmp_path, f"{header}\ninscription: {{{CONTACT}}}") is None


def test_what_is_put_off_to_a_known_date_is_registered_for(tmp_path: Path) -> None:
    header = "debut: 2024-02-01\nstatut_evenement: reporté\ndebut_initial: 2024-01-05"
    assert registration_of(tmp_path, f"{header}\ninscription: {{{CONTACT}}}") is not None
