"""News, report of an event, point of law, call."""

from pydantic import Field

from plugins.models.fields import PublicationDate, Reference, References, Text, YesNo
from plugins.models.header import Header


class ArticleHeader(Header):
    """The header of an article."""

    date: PublicationDate = Field(
        alias="date", description="Jour de publication, par exemple 2024-01-08."
    )
    section: Text = Field(
        "Actualité",
        alias="rubrique",
        description="Nature de l’article.",
        examples=["Retour d’événement", "Point de droit", "Appel"],
    )
    groups: References = Field(
        (), alias="collectifs", description="Chantiers et groupes dont il est question."
    )
    event: Reference | None = Field(
        None, alias="evenement", description="Événement dont l’article est le compte rendu."
    )
    lead: YesNo = Field(False, alias="une", description="oui : en tête de la page d’accueil.")
