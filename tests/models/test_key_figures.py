"""How a key figure is written: by its unit, whatever its label says."""

import pytest
from pydantic import ValidationError

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
        ("999999999999999,999", "€", "999\u202f999\u202f999\u202f999\u202f999,999", "€"),
        ("-999 999 999 999 999", None, "-999\u202f999\u202f999\u202f999\u202f999", None),
        ("1e-400000", None, "0", None),
    ],
)
def test_number_and_unit(value: str, unit: str | None, number: str, shown_unit: str | None) -> None:
    label = "année de création"
    figure = KeyFigure.model_validate({"libelle": label, "valeur": value, "unite": unit})
    assert (figure.number, figure.shown_unit) == (number, shown_unit)


@pytest.mark.parametrize("unit", [None, "année"])
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1000000000000000", "« 1000000000000000 »"),
        ("-1 000 000 000 000 000", "« -1 000 000 000 000 000 »"),
        ("999999999999999999999999999999", "« 999999999999999999999999999999 »"),
        ("123456789012345678901234567,5", "« 123456789012345678901234567,5 »"),
        ("1e30", "« 1e30 »"),
        ("1e400000", "« 1e400000 »"),
        ("1e9999999", "« 1e9999999 »"),
    ],
)
def test_a_number_too_long_to_be_shown_is_refused(value: str, shown: str, unit: str | None) -> None:
    message = (
        f"{shown} a plus de quinze chiffres avant la virgule. Écrivez un nombre plus court, avec "
        "une unité plus grande, par exemple « M€ »."
    )
    with pytest.raises(ValidationError) as refusal:
        KeyFigure.model_validate({"libelle": "Budget", "valeur": value, "unite": unit})
    [fault] = refusal.value.errors()
    assert (fault["loc"], str(fault["ctx"]["error"])) == (("valeur",), message)
