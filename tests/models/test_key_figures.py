"""How a key figure is written: by its unit, whatever its label says."""

import pytest

from plugins.models.headers import KeyFigure


@pytest.mark.parametrize(
    ("value", "unit", "number", "shown_unit"),
    [
        ("2015", "année", "2015", None),
        ("2 015", " Annee", "2015", None),
        ("2015", None, "2\u202f015", None),
        ("1220", None, "1\u202f220", None),
        ("1 220", "personnes", "1\u202f220", "personnes"),
        ("1900", "années", "1\u202f900", "années"),
        ("12,5", "k€", "12,5", "k€"),
        ("3000.0", None, "3\u202f000", None),
        ("-7", "°C", "-7", "°C"),
    ],
)
def test_number_and_unit(value: str, unit: str | None, number: str, shown_unit: str | None) -> None:
    label = "année de création"
    figure = KeyFigure.model_validate({"libelle": label, "valeur": value, "unite": unit})
    assert (figure.number, figure.shown_unit) == (number, shown_unit)
