"""The descriptions of fields: what schemas, forms and tables are made from."""

from __future__ import annotations

import pytest

from plugins.models import KINDS, EventHeader, Header, LetterHeader, OrganisationHeader
from plugins.models.blocks import BLOCKS, MatrixBlock
from plugins.models.description import FieldDescription, fields_of, own_fields
from plugins.models.fields import _NAMES, _PROSE, Part, ValueKind


def field(model: type[Part], *path: str) -> FieldDescription:
    fields = fields_of(model)
    for name in path[:-1]:
        fields = next(f for f in fields if f.name == name).fields
    return next(f for f in fields if f.name == path[-1])


@pytest.mark.parametrize(
    ("model", "path", "kind"),
    [
        (EventHeader, ("titre",), ValueKind.LINE),
        (EventHeader, ("debut",), ValueKind.MOMENT),
        (EventHeader, ("seances", "fin"), ValueKind.END),
        (EventHeader, ("date",), ValueKind.PUBLICATION),
        (EventHeader, ("modalite",), ValueKind.CHOICE),
        (EventHeader, ("collectif",), ValueKind.REFERENCE),
        (EventHeader, ("lieu", "coordonnees"), ValueKind.COORDINATES),
        (EventHeader, ("image", "fichier"), ValueKind.PICTURE),
        (EventHeader, ("image", "cadrage"), ValueKind.FOCAL_POINT),
        (EventHeader, ("documents", "fichier"), ValueKind.FILE),
        (EventHeader, ("inscription", "contact"), ValueKind.MAILBOX),
        (EventHeader, ("inscription", "url"), ValueKind.WEB_ADDRESS),
        (EventHeader, ("inscription", "complet"), ValueKind.YES_NO),
        (EventHeader, ("inscription", "places"), ValueKind.INTEGER),
        (EventHeader, ("alias",), ValueKind.SITE_ADDRESS),
        (EventHeader, ("identifiant",), ValueKind.SLUG),
        (OrganisationHeader, ("chiffres_cles", "valeur"), ValueKind.NUMBER),
    ],
)
def test_kind_of_a_field(model: type[Part], path: tuple[str, ...], kind: ValueKind) -> None:
    assert field(model, *path).kind is kind


def test_a_field_says_all_that_a_form_needs() -> None:
    assert field(EventHeader, "collectif").refers_to == ("group",)
    assert field(EventHeader, "themes").refers_to == ("theme",)
    assert field(EventHeader, "themes").is_list
    assert not field(EventHeader, "lieu", "coordonnees").is_list
    assert field(EventHeader, "seances").is_list
    assert field(EventHeader, "lieu").stands_for == "nom"
    assert field(EventHeader, "recurrence").stands_for == "chaque"
    assert field(EventHeader, "statut").default == "publié"
    assert field(EventHeader, "inscription", "complet").default == "non"
    modes = ("présentiel", "visio", "hybride", "à définir")
    assert field(EventHeader, "modalite").choices == modes
    assert field(EventHeader, "titre").longest == 200
    objet = field(LetterHeader, "objet")
    assert (objet.longest, objet.is_required) == (150, False)
    assert field(EventHeader, "inscription", "places").least == 1
    year = field(MatrixBlock, "annee")
    assert (year.least, year.most, year.is_required) == (1900, 2200, True)


def test_own_fields_are_those_that_differ_from_the_common_ones() -> None:
    own = {f.name for f in own_fields(LetterHeader, Header)}
    assert "titre" not in own
    assert {"numero", "date"} <= own


def lines(fields: tuple[FieldDescription, ...]) -> set[str]:
    found = {field.name for field in fields if field.kind is ValueKind.LINE}
    return found.union(*(lines(field.fields) for field in fields))


def test_every_line_is_prose_or_names_or_neither() -> None:
    """The words of prose are checked; a new field must say what it holds."""
    models = [*(kind.header for kind in KINDS), *BLOCKS.values()]
    every = set[str]().union(*(lines(fields_of(model)) for model in models))
    # Codes, dates and rules, and an author, whose name is one.
    neither = {"auteur", "chaque", "lang", "periode", "regle", "saison", "sauf", "unite"}
    assert not _PROSE & _NAMES
    assert every - _PROSE - _NAMES == neither
