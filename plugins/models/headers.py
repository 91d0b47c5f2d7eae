"""The headers of the content types, events aside: the fields that an editor may fill."""

import re
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from plugins.faults import shorten
from plugins.french.quantities import format_number
from plugins.french.typography import fold
from plugins.models.fields import (
    GroupKind,
    GroupState,
    Image,
    Language,
    Mailbox,
    NamedLink,
    Names,
    OldAddresses,
    Part,
    PublicationDate,
    Reference,
    References,
    RefersTo,
    ShortTitle,
    Slug,
    Status,
    Summary,
    Text,
    Texts,
    Title,
    WebAddress,
    When,
    YesNo,
    closest_value,
    standing_for,
)

_STATUSES = {"draft": Status.DRAFT, "published": Status.PUBLISHED}


def _status(value: object) -> object:
    if isinstance(value, str) and value.strip().lower() == "hidden":
        raise ValueError(
            "« hidden » : Pelican publie un tel contenu sans le mettre dans ses listes, ce que ce "
            "site ne fait pas. Écrivez « publié », ou « brouillon » pour qu’il ne paraisse pas."
        )
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
        "keywords": "themes",
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
    authors: Texts = Field(
        (), alias="auteurs", description="Noms ou services des auteurs ; chacun a sa page."
    )
    themes: Annotated[Names, RefersTo(("theme",))] = Field(
        (), alias="themes", description="Thèmes du contenu."
    )
    organisation: Annotated[Reference, RefersTo(("organisation",))] | None = Field(
        None, alias="organisation", description="Organisation concernée : le nom de son fichier."
    )
    image: Image | None = Field(None, alias="image", description="Illustration de la page.")
    identifier: Slug | None = Field(
        None,
        alias="identifiant",
        description="Identité permanente du contenu ; à défaut, elle vient de l’historique.",
        examples=["convention-2024"],
    )
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
    groups: Annotated[References, RefersTo(("group",))] = Field(
        (), alias="collectifs", description="Chantiers et groupes dont il est question."
    )
    event: Annotated[Reference, RefersTo(("event",))] | None = Field(
        None, alias="evenement", description="Événement dont l’article est le compte rendu."
    )
    lead: YesNo = Field(False, alias="une", description="oui : en tête de la page d’accueil.")


class Editorial(Part):
    """The signature of the opening text, which stands before the first heading."""

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


class GroupHeader(Header):
    """The header of a chantier or of a group."""

    kind: Annotated[GroupKind, closest_value(GroupKind)] = Field(
        alias="genre", description="chantier ou groupe."
    )
    short_title: ShortTitle = Field(
        alias="titre_court", description="Nom court, pour le tableau de l’année (40 caractères)."
    )
    other_names: Texts = Field((), alias="noms", description="Autres noms en usage.")
    state: Annotated[GroupState, closest_value(GroupState)] = Field(
        GroupState.LAUNCHED, alias="etat", description="lancé, à lancer ou terminé."
    )
    stakes: Text | None = Field(None, alias="enjeux", description="Les enjeux, en une phrase.")
    liaisons: Texts = Field((), alias="referents", description="Référents du collectif.")
    contact: Mailbox | None = Field(None, alias="contact", description="Boîte fonctionnelle.")
    order: Annotated[int, Field(ge=0, le=9999)] = Field(
        100, alias="ordre", description="Rang dans les listes et le tableau de l’année."
    )


_YEAR = fold("année")


# Numbers are shown to the thousandth, and decimal arithmetic keeps 28 digits.
_NUMBERS_END = Decimal(10) ** 15


def _number(value: Any) -> Any:  # noqa: ANN401 - what YAML holds, before it is typed
    """Read a French number of at most fifteen digits: `1 220`, `1220`, `12,5`."""
    if not isinstance(value, str):
        return value
    try:
        number = Decimal(re.sub(r"[\s\u00a0\u202f]", "", value).replace(",", "."))
    except InvalidOperation:
        raise ValueError(
            f"{shorten(value)} n’est pas un nombre. Écrivez des chiffres, par exemple 1220."
        ) from None
    if number.is_finite() and number.copy_abs() >= _NUMBERS_END:
        raise ValueError(
            f"{shorten(value)} a plus de quinze chiffres avant la virgule. Écrivez un nombre plus "
            "court, avec une unité plus grande, par exemple « M€ »."
        )
    return number


class KeyFigure(Part):
    """A key figure of an organisation."""

    label: Text = Field(alias="libelle", description="Ce que compte le chiffre.")
    value: Annotated[Decimal, BeforeValidator(_number)] = Field(
        alias="valeur", description="Le nombre, sans unité."
    )
    unit: Text | None = Field(
        None,
        alias="unite",
        description="Unité, s’il y en a une ; « année » quand le nombre en est une : 2015 se lit "
        "alors « 2015 », et non « 2 015 ».",
        examples=["€", "année"],
    )
    as_of: When | None = Field(None, alias="au", description="Date du chiffre.")

    @property
    def is_year(self) -> bool:
        """True when the unit says that the number is a year."""
        return self.unit is not None and fold(self.unit) == _YEAR

    @property
    def number(self) -> str:
        """The number the French way, « 1 220 » or « 12,5 »; the digits of a year stand together."""
        return str(int(self.value)) if self.is_year else format_number(self.value)

    @property
    def shown_unit(self) -> str | None:
        """The unit after the number; a year needs none."""
        return None if self.is_year else self.unit

    @field_validator("unit")
    @classmethod
    def _check_year(cls, unit: str | None, info: ValidationInfo) -> str | None:
        """Refuse « 12 année »; a faulty number has its own fault already."""
        value: Decimal | None = info.data.get("value")
        if value is None or unit is None or fold(unit) != _YEAR:
            return unit
        if value != int(value) or not 1000 <= value <= 9999:
            raise ValueError(
                f"« {unit} » : {format_number(value)} n’est pas une année de quatre chiffres, "
                "par exemple 2015. Corrigez « valeur », ou écrivez une autre unité, par exemple "
                "« ans »."
            )
        return unit


class Officer(Part):
    """A member of the board, named in their function."""

    name: Text = Field(alias="nom", description="Prénom et nom.")
    role: Text = Field(alias="fonction", description="Fonction exercée.")


class Membership(Part):
    """The way to join."""

    url: WebAddress = Field(alias="url", description="Adresse du formulaire d’adhésion.")
    text: Text | None = Field(None, alias="texte", description="Invitation à adhérer.")


class OrganisationHeader(Header):
    """The header of an organisation."""

    full_name: Text | None = Field(None, alias="nom_complet", description="Nom en toutes lettres.")
    motto: Text | None = Field(None, alias="devise", description="Devise.")
    figures: tuple[KeyFigure, ...] = Field((), alias="chiffres_cles", description="Chiffres clés.")
    board: tuple[Officer, ...] = Field((), alias="bureau", description="Membres du bureau.")
    partners: Texts = Field((), alias="partenaires", description="Partenaires.")
    links: tuple[NamedLink, ...] = Field((), alias="liens", description="Site et réseaux sociaux.")
    membership: Annotated[Membership, standing_for("url")] | None = Field(
        None, alias="adhesion", description="Comment adhérer."
    )


class Election(Part):
    """The election in which a candidate stands."""

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


class JobHeader(Header):
    """The header of a job sheet."""

    see_also: Annotated[References, RefersTo(("any",))] = Field(
        (),
        alias="voir_aussi",
        description="Contenus liés : noms de fichiers. À défaut, ils sont calculés.",
    )


class Layout(StrEnum):
    """The templates that a standing page may have."""

    PAGE = "page"
    SITE_MAP = "plan-du-site"


class PageHeader(Header):
    """The header of a standing page."""

    menu: Annotated[int, Field(ge=0, le=99)] | None = Field(
        None, alias="menu", description="Rang dans le pied de page ; absent : pas de lien."
    )
    layout: Annotated[Layout, closest_value(Layout)] = Field(
        Layout.PAGE, alias="gabarit", description="Gabarit : page ou plan-du-site."
    )
