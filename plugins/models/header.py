"""The fields that every content has, whatever its type."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from plugins.models.fields import (
    Image,
    Language,
    Names,
    OldAddresses,
    Part,
    PublicationDate,
    Reference,
    Slug,
    Status,
    Summary,
    Texts,
    Title,
    closest_value,
)

_STATUSES = {"draft": Status.DRAFT, "published": Status.PUBLISHED}


def _status(value: object) -> object:
    return _STATUSES.get(value.strip().lower(), value) if isinstance(value, str) else value


class Header(Part):
    """The common part of every header; each content type adds its own fields."""

    # Pelican's own keys, read as ours, so that an existing article builds as it is.
    SYNONYMS: ClassVar[dict[str, str]] = {
        "title": "titre",
        "summary": "resume",
        "status": "statut",
        "modified": "modifie",
        "author": "auteurs",
        "authors": "auteurs",
        "tags": "themes",
        "category": "rubrique",
    }

    title: Title = Field(alias="titre", description="Titre, tel qu’il est affiché.")
    summary: Summary = Field(
        alias="resume",
        description="Une ou deux phrases sans mise en forme, 300 caractères au plus.",
    )
    slug: Slug | None = Field(
        None,
        alias="slug",
        description="Fin de l’adresse de la page. À défaut, le nom du fichier.",
        examples=["webinaire-operateurs"],
    )
    status: Annotated[Status, BeforeValidator(_status), closest_value(Status)] = Field(
        Status.PUBLISHED, alias="statut", description="brouillon (non publié) ou publié."
    )
    date: PublicationDate | None = Field(
        None, alias="date", description="Jour de publication, par exemple 2024-01-08."
    )
    modified: PublicationDate | None = Field(
        None, alias="modifie", description="Jour de la dernière modification importante."
    )
    authors: Texts = Field((), alias="auteurs", description="Noms ou services des auteurs.")
    themes: Names = Field((), alias="themes", description="Thèmes du contenu.")
    organisation: Reference | None = Field(
        None, alias="organisation", description="Organisation concernée : le nom de son fichier."
    )
    image: Image | None = Field(None, alias="image", description="Illustration de la page.")
    old_addresses: OldAddresses = Field(
        (), alias="alias", description="Anciennes adresses qui mènent ici."
    )
    publish_on: PublicationDate | None = Field(
        None, alias="publier_le", description="Le contenu n’apparaît pas avant ce jour."
    )
    expires_on: PublicationDate | None = Field(
        None, alias="expire_le", description="Le contenu n’apparaît plus après ce jour."
    )
    language: Language = Field("fr", alias="lang", description="Langue du texte : fr, en, de…")
