"""The links land on the right hour: in winter, in summer, over midnight, for whole days."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from plugins.views.calendar_links import calendar_links
from tests.sample_events import occurrence_of

ADDRESS = "https://passerelle.example/evenements/e1/"


def fields(root: Path, header: str) -> dict[str, dict[str, str]]:
    """Return what each calendar is told, by its name."""
    links = calendar_links(occurrence_of(root, header), ADDRESS)
    return {
        link.title: {
            name: values[0] for name, values in parse_qs(urlsplit(link.address).query).items()
        }
        for link in links
    }


@pytest.mark.parametrize(
    ("header", "google", "start", "end"),
    [
        pytest.param(
            "debut: 2024-02-07 17:00\nfin: 18:30",
            "20240207T170000/20240207T183000",
            "2024-02-07T16:00:00Z",
            "2024-02-07T17:30:00Z",
            id="winter",
        ),
        pytest.param(
            "debut: 2024-07-03 09:00\nfin: 10:15",
            "20240703T090000/20240703T101500",
            "2024-07-03T07:00:00Z",
            "2024-07-03T08:15:00Z",
            id="summer",
        ),
        pytest.param(
            "debut: 2024-12-31 22:00\nfin: 2025-01-01 02:00",
            "20241231T220000/20250101T020000",
            "2024-12-31T21:00:00Z",
            "2025-01-01T01:00:00Z",
            id="over midnight",
        ),
        pytest.param(
            "debut: 2024-03-30 23:00\nfin: 2024-03-31 04:00",
            "20240330T230000/20240331T040000",
            "2024-03-30T22:00:00Z",
            "2024-03-31T02:00:00Z",
            id="over the change to summer time",
        ),
        pytest.param(
            "debut: 2024-02-07 17:00",
            "20240207T170000/20240207T180000",
            "2024-02-07T16:00:00Z",
            "2024-02-07T17:00:00Z",
            id="without an end, an hour",
        ),
        pytest.param(
            "debut: 2024-03-25", "20240325/20240326", "2024-03-25", "2024-03-26", id="a whole day"
        ),
        pytest.param(
            "debut: 2024-03-30\nfin: 2024-03-31",
            "20240330/20240401",
            "2024-03-30",
            "2024-04-01",
            id="whole days over the change, the end excluded",
        ),
    ],
)
def test_instants(tmp_path: Path, header: str, google: str, start: str, end: str) -> None:
    told = fields(tmp_path, header)
    assert told["Google Agenda"]["dates"] == google
    assert told["Google Agenda"]["ctz"] == "Europe/Paris"
    for name in ("Outlook.com", "Office 365"):
        assert (told[name]["startdt"], told[name]["enddt"]) == (start, end)
        assert told[name].get("allday") == (None if "T" in start else "true")


def test_words(tmp_path: Path) -> None:
    told = fields(
        tmp_path,
        "debut: 2024-02-07 17:00\n"
        "lieu: {nom: « Chez nous », adresse: 1 rue A & B, ville: Paris}\n"
        "lien_visio: https://visio.example/salle?a=1&b=2",
    )
    google, outlook = told["Google Agenda"], told["Outlook.com"]
    assert google["text"] == outlook["subject"] == "Réunion"
    assert google["location"] == outlook["location"] == "« Chez nous », 1 rue A & B, Paris"
    join = "Rejoindre la visioconférence : https://visio.example/salle?a=1&b=2"
    assert google["details"] == f"Un essai.\n\n{join}\n\n{ADDRESS}"
    assert outlook["body"] == f"Un essai.<br><br>{join.replace('&', '&amp;')}<br><br>{ADDRESS}"


def test_outlook_would_show_a_plus(tmp_path: Path) -> None:
    for link in calendar_links(occurrence_of(tmp_path, "debut: 2024-02-07 17:00"), ADDRESS):
        assert "+" not in link.address


@pytest.mark.parametrize(
    "header",
    [
        "debut: 2024-03",
        "debut: 2024-03-25\nstatut_evenement: annulé",
        "debut: 2024-03-25\nstatut_evenement: reporté",
    ],
)
def test_no_false_day(tmp_path: Path, header: str) -> None:
    assert calendar_links(occurrence_of(tmp_path, header), ADDRESS) == ()


def test_a_new_date_is_one(tmp_path: Path) -> None:
    header = "debut: 2024-03-25\nstatut_evenement: reporté\ndebut_initial: 2024-01-30"
    assert fields(tmp_path, header)["Google Agenda"]["dates"] == "20240325/20240326"
