"""The year matrix, drawn as text: columns, rows, what a cell holds and covers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from plugins.french.typography import plain
from plugins.views.matrix import Matrix, MatrixCell, matrix
from tests.contents import NOW, Files, group, index_of, text

A, B = "collectifs/a.md", "collectifs/b.md"
GROUPS: Files = {A: group("Alpha", "ordre: 1"), B: group("Bêta", "ordre: 2", "groupe")}


def events(*headers: str) -> Files:
    return {
        f"evenements/e{number}.md": text(header, titre=f"E{number}")
        for number, header in enumerate(headers, start=1)
    }


def drawn(table: Matrix) -> list[str]:
    """Return the columns, then a line per row; `x3` and `y2` tell the columns and rows covered."""
    lines = [" | ".join(column.title for column in table.columns)]
    for row in table.rows:
        head = f"{row.title}{row.header_span}" if row.header_span != 1 else row.title
        lines.append(" | ".join([f"{head}:", *(_cell(cell) for cell in row.cells)]))
    return [plain(line).strip() for line in lines]


def _cell(cell: MatrixCell) -> str:
    shown = ", ".join(
        (item.text or item.label) + (f" ({', '.join(item.notes)})" if item.notes else "")
        for item in cell.items
    )
    span = f" x{cell.column_span}" if cell.column_span > 1 else ""
    return (shown or ".") + span + (f" y{cell.row_span}" if cell.row_span > 1 else "")


MONTHS = "janv. | févr. | mars | avril | mai | juin | juill. | août | sept. | oct. | nov. | déc."


@pytest.mark.parametrize(
    ("headers", "lines"),
    [
        pytest.param(
            ["debut: 2024-03-12\ncollectif: a"],
            ["janv. | févr. | mars | avril - déc.", "Alpha: | . | . | 12 | ."],
            id="empty months run together, but the lit one stands alone",
        ),
        pytest.param(
            [f"seances: [{{debut: 2024-03-{day}}}]\ncollectif: a" for day in ("12", "01", "28")],
            ["janv. | févr. | mars | avril - déc.", "Alpha: | . | . | 1er, 12, 28 | ."],
            id="several days in a cell, in order",
        ),
        pytest.param(
            ["debut: 2024-03-25\nfin: 2024-03-26\nmodalite: visio\ncollectif: a"],
            ["janv. | févr. | mars | avril - déc.", "Alpha: | . | . | 25–26 (visio) | ."],
            id="a range and its mode",
        ),
        pytest.param(
            [
                f"debut: 2024-03-{day}\nmodalite: hybride\ncollectif: a\nstatut_evenement: {status}"
                for day, status in (("12", "annulé"), ("13", "reporté"), ("14", "à confirmer"))
            ],
            [
                "janv. | févr. | mars | avril - déc.",
                "Alpha: | . | . | 12 (annulé), 13 (reporté), 14 (à confirmer, hybride) | .",
            ],
            id="what keeps one from relying on a day",
        ),
        pytest.param(
            ["debut: 2024-T1\ncollectif: a\nstatut_evenement: annulé"],
            ["janv. | févr. – mars | avril - déc.", "Alpha: | E1 (annulé) x2 | ."],
            id="nothing is left to confirm of what is cancelled",
        ),
        pytest.param(
            ["debut: 2024-03-30\nfin: 2024-05-02\ncollectif: a"],
            [
                "janv. | févr. | mars | avril | mai | juin - déc.",
                "Alpha: | . | . | 30 → | → | → 2 | .",
            ],
            id="a range across months",
        ),
        pytest.param(
            ["debut: 2023-12-30\nfin: 2024-01-02\ncollectif: a"],
            ["janv. | févr. - déc.", "Alpha: | → 2 | ."],
            id="a range that comes from the year before",
        ),
        pytest.param(
            ["debut: 2024-T4\ncollectif: a"],
            [
                "janv. | févr. - sept. | oct. - déc.",
                "Alpha: | . | . | E1, date à confirmer",
            ],
            id="an approximate date covers its months",
        ),
        pytest.param(
            ["debut: 2024-T4\ncollectif: a", "debut: 2024-11-05\ncollectif: b"],
            [
                "janv. | févr. - sept. | oct. | nov. | déc.",
                "Alpha: | . | . | E1, date à confirmer x3",
                "Bêta: | . | . | . | 5 | .",
            ],
            id="… and the months of another row",
        ),
        pytest.param(
            ["debut: 2024-T4\ncollectif: a", "debut: 2024-11-05\ncollectif: a"],
            [
                "janv. | févr. - sept. | oct. | nov. | déc.",
                "Alpha2: | . | . | . | 5 | .",
                "Alpha0: | . | . | E1, date à confirmer x3",
            ],
            id="an approximate date and a day in its span take two lines of one row",
        ),
        pytest.param(
            [
                "debut: 2024-T4\ncollectif: tous",
                "debut: 2024-03-05\ncollectif: a",
                "debut: 2024-05-05\ncollectif: b",
            ],
            [
                "janv. | févr. | mars | avril | mai | juin - sept. | oct. - déc.",
                "Toute la communauté: | . | . | . | . | . | . | E1, date à confirmer y3",
                "Alpha: | . | . | 5 | . | . | .",
                "Bêta: | . | . | . | . | 5 | .",
            ],
            id="an approximate date for everyone covers every row",
        ),
        pytest.param(
            ["debut: 2024-T4\ncollectif: tous", "debut: 2024-11-05\ncollectif: b"],
            [
                "janv. | févr. - sept. | oct. | nov. | déc.",
                "Toute la communauté: | . | . | E1, date à confirmer x3",
                "Bêta: | . | . | . | 5 | .",
            ],
            id="… unless a day is in its way",
        ),
        pytest.param(
            [
                "debut: 2024-21\ncollectif: tous\nstatut_evenement: annulé",
                "debut: 2024-T4\ncollectif: tous",
                "debut: 2024-02-05\ncollectif: tous",
                "debut: 2024-02-06\ncollectif: a",
            ],
            [
                "janv. | févr. | mars - mai | juin - sept. | oct. - déc.",
                "Toute la communauté: | . | 5 | E1 (annulé) y2 | . | E2, date à confirmer y2",
                "Alpha: | . | 6 | .",
            ],
            id="two for everyone, side by side",
        ),
        pytest.param(
            [
                "debut: 2024-23\ncollectif: tous",
                "debut: 2024-T4\ncollectif: tous",
                "debut: 2024-02-06\ncollectif: a",
            ],
            [
                "janv. | févr. | mars - août | sept. | oct. - nov. | déc.",
                "Toute la communauté2: | . | . | . | E1, date à confirmer x2 | .",
                "Toute la communauté0: | . | . | . | . | E2, date à confirmer x2",
                "Alpha: | . | 6 | . | . | . | .",
            ],
            id="two for everyone that share months take two lines",
        ),
        pytest.param(
            [
                "debut: 2024-T4\ncollectif: tous",
                "debut: 2024-T4\ncollectif: tous",
                "debut: 2024-02-06\ncollectif: a",
            ],
            [
                "janv. | févr. | mars - sept. | oct. - déc.",
                "Toute la communauté: | . | . | . | E1, date à confirmer, E2, date à confirmer y2",
                "Alpha: | . | 6 | .",
            ],
            id="two for everyone in the same months share their cell",
        ),
        pytest.param(
            ["debut: 2024-T4\ncollectif: tous", "debut: 2024-T4\ncollectif: a"],
            [
                "janv. | févr. - sept. | oct. - déc.",
                "Toute la communauté: | . | . | E1, date à confirmer",
                "Alpha: | . | . | E2, date à confirmer",
            ],
            id="what a group holds in the same months stands in its own row",
        ),
        pytest.param(
            ["debut: 2024-03-05\ncollectif: tous", "debut: 2024-03-06\ncollectif: a"],
            [
                "janv. | févr. | mars | avril - déc.",
                "Toute la communauté: | . | . | 5 | .",
                "Alpha: | . | . | 6 | .",
            ],
            id="a day that concerns everyone has its own row",
        ),
        pytest.param(
            ["debut: 2024-T4\ncollectif: tous"],
            [
                "janv. | févr. - sept. | oct. - déc.",
                "Toute la communauté: | . | . | E1, date à confirmer",
            ],
            id="… as has what stands alone",
        ),
        pytest.param(
            ["debut: 2024-03-05\norganisation: reseau", "debut: 2024-03-06"],
            [
                "janv. | févr. | mars | avril - déc.",
                "Réseau: | . | . | 5 | .",
                "Autres rendez-vous: | . | . | 6 | .",
            ],
            id="what no group holds comes last",
        ),
        pytest.param(["debut: 2023-03-05\ncollectif: a"], [""], id="an empty year"),
        pytest.param(
            ["debut: 2024-03\ncollectif: a", "debut: 2024\ncollectif: a"],
            [
                "janv. | févr. | mars | avril - déc.",
                "Alpha2: | . | . | E1, date à confirmer | .",
                "Alpha0: | E2, date à confirmer x4",
            ],
            id="two approximate dates of one row",
        ),
    ],
)
def test_matrix(tmp_path: Path, headers: list[str], lines: list[str]) -> None:
    files = {**GROUPS, **events(*headers), "organisations/reseau.md": text("", titre="Réseau")}
    table = matrix(index_of(tmp_path, files), 2024, lit_day=NOW.date())
    expected = [line.replace(" - ", " – ") for line in lines]
    assert drawn(table) == expected
    assert [row.address for row in table.rows if row.title == "Alpha"][:1] in (
        [],
        ["/chantiers/a/"],
    )


def test_what_a_cell_says(tmp_path: Path) -> None:
    header = (
        "debut: 2024-03-25\nfin: 2024-03-26\nmodalite: hybride\ncollectif: a\n"
        "statut_evenement: annulé"
    )
    (row,) = matrix(index_of(tmp_path, {**GROUPS, **events(header)}), 2024).rows
    cell = next(cell for cell in row.cells if cell.items)
    (item,) = cell.items
    occurrence = item.occurrence
    assert (occurrence.is_off, occurrence.is_approximate) == (True, False)
    assert occurrence.address == "/evenements/e1/"
    assert item.notes == ("annulé",)
    assert item.aria_label == "25–26 mars 2024, en présentiel et en visio : E1 (annulé)"
    assert (cell.column_title, cell.is_current) == ("mars", False)


def test_columns_know_their_month(tmp_path: Path) -> None:
    index = index_of(tmp_path, {**GROUPS, **events("debut: 2024-01-20\ncollectif: a")})
    table = matrix(index, 2024, lit_day=date(2024, 1, 8))
    assert [(c.full, c.address, c.is_current) for c in table.columns] == [
        ("janvier", "/agenda/2024/01/", True),
        ("de février à décembre", None, False),
    ]
    assert table.label == "Les dates de 2024, par groupe et par chantier"


def test_the_lit_month_has_its_column(tmp_path: Path) -> None:
    index = index_of(tmp_path, {**GROUPS, **events("debut: 2024-01-20\ncollectif: a")})
    for lit_day, months in (
        (date(2024, 5, 2), ["janv.", "févr. – avril", "mai*", "juin – déc."]),
        (date(2025, 5, 2), ["janv.", "févr. – déc."]),
        (None, ["janv.", "févr. – déc."]),
    ):
        columns = matrix(index, 2024, lit_day=lit_day).columns
        assert [f"{c.title}{'*' * c.is_current}" for c in columns] == months


def test_past_approximate_date_has_nothing_left_to_confirm(tmp_path: Path) -> None:
    files = {**GROUPS, **events("debut: 2024-T1\ncollectif: a")}
    index = index_of(tmp_path, files, datetime(2024, 9, 1, tzinfo=UTC))
    assert drawn(matrix(index, 2024)) == [
        "janv. – mars | avril – déc.",
        "Alpha: | E1, 1er trimestre 2024 | .",
    ]
