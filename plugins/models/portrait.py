"""A candidate or a member, presented with their consent and until a given day."""

from pydantic import Field

from plugins.models.fields import Part, PublicationDate, Text, When, YesNo
from plugins.models.header import Header


class Election(Part):
    """What a candidate stands for."""

    ballot: Text = Field(alias="scrutin", description="Élection.")
    seat: Text | None = Field(None, alias="siege", description="Siège visé.")
    date: When | None = Field(None, alias="date", description="Jour du scrutin.")


class PortraitHeader(Header):
    """The header of a portrait: personal data, so consent and an end are required."""

    name: Text = Field(alias="nom", description="Prénom et nom.")
    role: Text | None = Field(None, alias="fonction", description="Fonction exercée.")
    election: Election | None = Field(None, alias="election", description="Candidature.")
    consent: YesNo = Field(
        alias="consentement", description="true : la personne a donné son accord écrit."
    )
    expires_on: PublicationDate = Field(
        alias="expire_le", description="Le portrait n’apparaît plus après ce jour."
    )
