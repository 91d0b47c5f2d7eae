"""A member network of the community."""

import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from plugins.faults import shorten
from plugins.models.fields import NamedLink, Part, Text, Texts, WebAddress, When
from plugins.models.header import Header


def _number(value: Any) -> Any:  # noqa: ANN401 - what YAML holds, before it is typed
    """Read a French number: `1 220`, `1220`, `12,5`."""
    if not isinstance(value, str):
        return value
    try:
        return Decimal(re.sub(r"[\s\u00a0\u202f]", "", value).replace(",", "."))
    except InvalidOperation:
        raise ValueError(
            f"{shorten(value)} n’est pas un nombre. Écrivez des chiffres, par exemple 1220."
        ) from None


class KeyFigure(Part):
    """A number worth knowing."""

    label: Text = Field(alias="libelle", description="Ce que compte le chiffre.")
    value: Annotated[Decimal, BeforeValidator(_number)] = Field(
        alias="valeur", description="Le nombre, sans unité."
    )
    unit: Text | None = Field(None, alias="unite", description="Unité, s’il y en a une.")
    as_of: When | None = Field(None, alias="au", description="Date du chiffre.")


class Officer(Part):
    """A member of the board, named in their function."""

    name: Text = Field(alias="nom", description="Prénom et nom.")
    role: Text = Field(alias="fonction", description="Fonction exercée.")


class Membership(Part):
    """How one joins."""

    url: WebAddress = Field(alias="url", description="Adresse du formulaire d’adhésion.")
    text: Text | None = Field(None, alias="texte", description="Invitation à adhérer.")


def _membership(value: Any) -> Any:  # noqa: ANN401 - what YAML holds, before it is typed
    return {"url": value} if isinstance(value, str) else value


class OrganisationHeader(Header):
    """The header of an organisation."""

    full_name: Text | None = Field(None, alias="nom_complet", description="Nom en toutes lettres.")
    motto: Text | None = Field(None, alias="devise", description="Devise.")
    figures: tuple[KeyFigure, ...] = Field((), alias="chiffres_cles", description="Chiffres clés.")
    board: tuple[Officer, ...] = Field((), alias="bureau", description="Membres du bureau.")
    partners: Texts = Field((), alias="partenaires", description="Partenaires.")
    links: tuple[NamedLink, ...] = Field((), alias="liens", description="Site et réseaux sociaux.")
    membership: Annotated[Membership, BeforeValidator(_membership)] | None = Field(
        None, alias="adhesion", description="Comment adhérer."
    )
