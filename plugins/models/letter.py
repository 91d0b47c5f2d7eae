"""An issue of the letter."""

from typing import Annotated

from pydantic import Field

from plugins.models.fields import Mailbox, Part, PublicationDate, Text, Texts
from plugins.models.header import Header


class Editorial(Part):
    """Who signs the opening text (what stands before the first heading)."""

    signature: Text = Field(alias="signature", description="Nom de qui signe.")
    role: Text | None = Field(None, alias="fonction", description="Sa fonction.")


class LetterHeader(Header):
    """The header of an issue of the letter."""

    number: Annotated[int, Field(ge=1, le=99_999)] = Field(
        alias="numero", description="Numéro de la lettre."
    )
    date: PublicationDate = Field(alias="date", description="Jour d’envoi, par exemple 2023-12-20.")
    period: Text | None = Field(
        None, alias="periode", description="Période couverte.", examples=["décembre 2023"]
    )
    subject: Annotated[Text, Field(max_length=150)] | None = Field(
        None,
        alias="objet",
        description="Objet du courriel, 150 caractères au plus. Sans lui, le titre.",
        examples=["La lettre de janvier : neuf chantiers s’ouvrent"],
    )
    preheader: Annotated[Text, Field(max_length=150)] | None = Field(
        None,
        alias="accroche",
        description="Phrase affichée par la messagerie après l’objet, 150 caractères au plus.",
    )
    editors_in_chief: Texts = Field(
        (), alias="redacteurs_en_chef", description="Rédacteurs en chef."
    )
    contributors: Texts = Field((), alias="contributeurs", description="Contributeurs.")
    editorial: Editorial | None = Field(None, alias="editorial", description="Signature.")
    contact: Mailbox | None = Field(
        None, alias="contact", description="Boîte fonctionnelle. À défaut, celle du site."
    )
