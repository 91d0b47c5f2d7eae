"""Days and hours in words that cannot be: the exact warnings, and what is let alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from plugins.checks.written_facts import written_facts
from plugins.library.index import read_index
from tests.contents import NOW, article, errors, load_files, text, warnings
from tests.sites import ROOT


def told(root: Path, body: str, header: str = "") -> list[str]:
    """Return the warnings of an article of 3 January 2024, without the path of its file."""
    loaded = load_files(root, {"articles/a.md": article(header, body)})
    assert errors(loaded) == []
    return [
        fault.removeprefix("content/articles/a.md:").replace("\u00a0", " ")
        for fault in warnings(loaded)
    ]


BACKWARD_HOURS = "la fin précède le début. Corrigez l’une des deux heures."
BACKWARD_DAYS = "la fin précède le début. Corrigez l’un des deux jours."
THURSDAY = "le 8 février 2024 est un jeudi. Corrigez le jour ou la date."


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ("Le mardi 8 février 2024.", [f"6:4 · « mardi 8 février 2024 » : {THURSDAY}"]),
        (
            "Oui.\n\nLe **mardi 8\nfévrier** 2024, à midi.",
            [f"8:6 · « mardi 8 février 2024 » : {THURSDAY}"],
        ),
        ("Le Mardi 8 févr. 2024.", [f"6:4 · « Mardi 8 févr. 2024 » : {THURSDAY}"]),
        ("Le mardi 08/02/2024.", [f"6:4 · « mardi 08/02/2024 » : {THURSDAY}"]),
        ("- mardi 8 février 2024", [f"6:3 · « mardi 8 février 2024 » : {THURSDAY}"]),
        (
            "Du mardi 8 au vendredi 9 février 2024.",
            [f"6:4 · « mardi 8 au vendredi 9 février 2024 » : {THURSDAY}"],
        ),
        (
            "Du mardi 8 février à 14 h au vendredi 9 février 2024.",
            [f"6:4 · « mardi 8 février à 14 h au vendredi 9 février 2024 » : {THURSDAY}"],
        ),
        (
            "Le lundi 30 février 2024.",
            ["6:4 · « lundi 30 février 2024 » : ce jour n’existe pas. Corrigez la date."],
        ),
        (
            "Le mardi 8 février.",
            [
                (
                    "6:4 · « mardi 8 février » : ce jour n’est un mardi ni en 2023, ni en 2024, "
                    "ni en 2025. Corrigez le jour ou la date."
                )
            ],
        ),
        (
            "De 18 h à 17 h.",
            [f"6:1 · « De 18 h à 17 h » : {BACKWARD_HOURS}"],
        ),
        (
            "La réunion se tient de 18 h 30 à 17 h.",
            [f"6:21 · « de 18 h 30 à 17 h » : {BACKWARD_HOURS}"],
        ),
        (
            "La réunion du 12 au 10 février.",
            [f"6:12 · « du 12 au 10 février » : {BACKWARD_DAYS}"],
        ),
    ],
)
def test_message(tmp_path: Path, body: str, messages: list[str]) -> None:
    assert told(tmp_path, body) == messages


@pytest.mark.parametrize(
    "body",
    [
        "Jeudi 8 février 2024, de 17:00 à 16:00.",
        "Horaires : 18h30-17h.",
        "Séance entre 14 h et midi.",
        "| Quand | Quoi |\n|---|---|\n| de 18 h à 17 h | Réunion |",
        "/// encart\nLe mardi 8 février 2024.\n///",
        "### Mardi 8 février 2024\n\nOui.",
        "Avant[^1].\n\n[^1]: Le mardi 8 février 2024.",
        "Mercredi 7 et vendredi 8 février 2024.",
    ],
)
def test_mistake_is_told(tmp_path: Path, body: str) -> None:
    assert len(told(tmp_path, body)) == 1


@pytest.mark.parametrize(
    "body",
    [
        "Le jeudi 8 février 2024, le jeudi 8 février, le mercredi 8 février, le samedi 8 février.",
        "Le jeudi 1er février 2024. Le dimanche 14 juillet 1991.",
        "Du mardi 30 janvier au jeudi 1er février 2024.",
        "Du mardi 30 au jeudi 1er février 2024.",
        "Lundi 30 décembre et jeudi 2 janvier 2025.",
        "Mardi 6, mercredi 7 et jeudi 8 février 2024.",
        "Les mardis 6 et 13 février 2024. Chaque mardi, 8 février 2024.",
        "En 2022, le mardi 8 février fut beau.",
        "Tous les mardis 8 h – 9 h.",
        "`mardi 8 février 2024`, <del>mardi 8 février 2024</del>",
        # over midnight, or a move
        "De 22 h à 2 h. De 17 h à 8 h. De 18 h à minuit. De minuit à 6 h.",
        "De 9 h à 17 h. De 9 h à midi. De midi à 14 h. De 17 h à 18 h 30. 9 h – 10 h",
        "De 18 h à 17 h le lendemain.",
        "La réunion est avancée : de 18 h à 17 h.",
        "Nous sommes allés de 18 h à 17 h trente fois.",
        "Du 25 au 26 mars. Du 20 décembre au 5 janvier. La réunion passe du 12 au 10 février.",
    ],
)
def test_nothing_is_told(tmp_path: Path, body: str) -> None:
    assert told(tmp_path, body) == []


def test_headers_are_read_too(tmp_path: Path) -> None:
    header = (
        "rubrique: Mardi 8 février 2024\n"
        "image: { fichier: images/a.svg, alt: Le mardi 8 février 2024 }\n"
        "auteurs: [Ana, mardi 8 février 2024]"
    )
    files = {
        "images/a.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>",
        "articles/a.md": article(header, titre="Réunion du mardi 8 février 2024"),
    }
    places = [f.partition(" : ")[0] for f in warnings(load_files(tmp_path, files))]
    assert places == [
        f"content/articles/a.md:{place}"
        for place in (
            "2:8 · titre", "5:11 · rubrique", "6:38 · image.alt", "7:16 · auteurs.2",
        )
    ]  # fmt: skip


def test_the_days_of_an_event_give_the_year(tmp_path: Path) -> None:
    """In 2023, 8 February was a Wednesday."""
    files = {
        "evenements/e.md": text(
            "debut: 2024-02-08\ndebut_initial: 2024-01-30",
            "D’abord le mardi 30 janvier, puis le mercredi 8 février.",
            titre="Réunion du mercredi 8 février",
        ),
        "articles/a.md": article("", "La [réunion](../evenements/e.md) du mercredi 8 février."),
    }
    loaded = load_files(tmp_path, files)
    assert [f.replace("\u00a0", " ") for f in warnings(loaded)] == [
        f"content/articles/a.md:6:37 · « mercredi 8 février » : {THURSDAY}",
        f"content/evenements/e.md:2:8 · titre : « mercredi 8 février » : {THURSDAY}",
        f"content/evenements/e.md:7:38 · « mercredi 8 février » : {THURSDAY}",
    ]


def test_a_summary_made_of_the_text_is_not_told_again(tmp_path: Path) -> None:
    pelican = "Title: Essai\nDate: 2024-01-03\n\nLe mardi 8 février 2024."
    loaded = load_files(tmp_path, {"articles/a.md": pelican})
    assert len(warnings(loaded)) == 1


def test_sample_content_makes_no_mistake() -> None:
    index = read_index(ROOT / "content", NOW)
    assert [f for record in index.published for f in written_facts(record, index)] == []


@pytest.mark.parametrize(
    "body",
    [
        "mardi 8 " * 20_000,
        "de 18 h " * 20_000,
        "du 12 au " * 20_000,
        "mardi 8 février 2024. " * 2000,
    ],
)
def test_time_is_linear(tmp_path: Path, body: str) -> None:
    index = load_files(tmp_path, {"articles/a.md": article("", body)}).index
    start = time.process_time()
    list(written_facts(index.published[0], index))
    assert time.process_time() - start < 2
