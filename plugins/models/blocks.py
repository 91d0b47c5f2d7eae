"""The blocks an editor may write in a text: `/// name`, options, content, `///`.

One model per block describes its options. A block that shows other contents (an agenda, a table of
chantiers) is only recorded here: it is expanded later, once per medium.
"""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from plugins.dates.parsing import parse_interval
from plugins.faults import shorten
from plugins.models.fields import (
    GroupState,
    ImageFile,
    Mailbox,
    Part,
    PlainLine,
    Reference,
    RefersTo,
    Text,
    YesNo,
    closest_value,
)


def _interval(value: str) -> str:
    parse_interval(value)
    return value


ArgumentKind = Literal["event", "article", "any"]


class BlockOptions(Part):
    """The options of a block; its class attributes are its name and form."""

    NAME: ClassVar[str]
    SUMMARY: ClassVar[str]
    ARGUMENT: ClassVar[ArgumentKind | None] = None
    ARGUMENT_FORM: ClassVar[str] = "nom-du-fichier"
    HAS_CONTENT: ClassVar[bool] = False


class AgendaBlock(BlockOptions):
    """A list of dates, chosen by period, group and audience."""

    NAME = "agenda"
    SUMMARY = "La liste des dates d’une période, d’un collectif ou d’un public."
    period: Annotated[PlainLine, AfterValidator(_interval)] | None = Field(
        None, alias="periode", description="2024, 2024-03, 2024-T1 ou 2024-01/2024-03."
    )
    group: Annotated[Reference, RefersTo(("group",))] | None = Field(
        None, alias="collectif", description="Un seul collectif."
    )
    audience: Text | None = Field(None, alias="public", description="Un seul public.")


class MatrixMonths(StrEnum):
    """The months that the matrix of a block shows."""

    ALL = "tous"
    BUSY = "utiles"


class MatrixBlock(BlockOptions):
    """The year matrix."""

    NAME = "matrice"
    SUMMARY = "Le tableau de l’année : les collectifs et leurs dates, mois par mois."
    year: Annotated[int, Field(ge=1900, le=2200)] = Field(alias="annee", description="L’année.")
    months: Annotated[MatrixMonths, closest_value(MatrixMonths)] = Field(
        MatrixMonths.ALL,
        alias="mois",
        description="tous, ou utiles : seulement les mois qui ont une date.",
    )


class ChantierDates(StrEnum):
    """The dates that the block of the chantiers shows."""

    UPCOMING = "à venir"
    ALL = "toutes"


class ChantiersBlock(BlockOptions):
    """A table of the chantiers in a given state, with stakes and planned dates."""

    NAME = "chantiers"
    SUMMARY = "Le tableau des chantiers : nom, enjeux, dates prévues."
    state: Annotated[GroupState, closest_value(GroupState)] | None = Field(
        None, alias="etat", description="lancé, à lancer ou terminé ; à défaut, tous."
    )
    dates: Annotated[ChantierDates, closest_value(ChantierDates)] = Field(
        ChantierDates.UPCOMING,
        alias="dates",
        description="à venir, ou toutes : les dates passées aussi.",
    )


class EventBlock(BlockOptions):
    """One event: its sittings, a line each, and how to register."""

    NAME = "evenement"
    SUMMARY = "Un événement : ses dates, son lieu, comment s’inscrire."
    ARGUMENT = "event"
    tells_registration: YesNo = Field(
        True,
        alias="inscription",
        description="non pour taire comment s’inscrire, quand le texte le dit déjà.",
    )


class ArticleBlock(BlockOptions):
    """The teaser of an article."""

    NAME = "article"
    SUMMARY = "L’annonce d’un article : titre, résumé, lien."
    ARGUMENT = "article"


class ExcerptBlock(BlockOptions):
    """A section of another content, or the whole of it."""

    NAME = "extrait"
    SUMMARY = "Un passage d’un autre contenu, écrit là-bas une fois pour toutes."
    ARGUMENT = "any"
    ARGUMENT_FORM = "dossier/nom-du-fichier#intertitre"
    has_title: YesNo = Field(
        True,
        alias="titre",
        description="non pour ne pas reprendre l’intertitre du passage.",
    )
    leads_to_source: YesNo = Field(
        True,
        alias="suite",
        description="non pour ne pas mener au contenu par « Lire la suite ».",
    )


class FiguresBlock(BlockOptions):
    """The key figures of an organisation."""

    NAME = "chiffres"
    SUMMARY = "Les chiffres clés d’une organisation."
    organisation: Annotated[Reference, RefersTo(("organisation",))] = Field(
        alias="organisation", description="L’organisation."
    )


class CalloutBlock(BlockOptions):
    """A call-out with a mailbox."""

    NAME = "encart"
    SUMMARY = "Un appel à réagir, avec une boîte fonctionnelle."
    HAS_CONTENT = True
    title: Text | None = Field(None, alias="titre", description="Titre de l’encart.")
    contact: Mailbox | None = Field(None, alias="contact", description="Boîte fonctionnelle.")
    subject: PlainLine | None = Field(
        None, alias="objet", description="Objet du message, déjà rempli."
    )

    @field_validator("subject")
    @classmethod
    def _check_subject(cls, subject: str | None, info: ValidationInfo) -> str | None:
        """Refuse a subject without a mailbox; a faulty mailbox has its own fault already."""
        if subject and info.data.get("contact", "?") is None:
            raise ValueError(
                f"{shorten(subject)} : sans boîte où écrire, l’objet ne paraîtrait pas. "
                "Ajoutez « contact », ou retirez « objet »."
            )
        return subject


class StepsBlock(BlockOptions):
    """Numbered steps."""

    NAME = "etapes"
    SUMMARY = "Des étapes numérotées : une liste 1. 2. 3."
    HAS_CONTENT = True


class QuoteBlock(BlockOptions):
    """A signed quotation."""

    NAME = "citation"
    SUMMARY = "Une citation et son auteur."
    HAS_CONTENT = True
    author: Text | None = Field(None, alias="auteur", description="Qui parle.")
    role: Text | None = Field(None, alias="fonction", description="Sa fonction.")

    @field_validator("role")
    @classmethod
    def _check_role(cls, role: str | None, info: ValidationInfo) -> str | None:
        """Refuse a function without an author; a faulty author has its own fault already."""
        if role and info.data.get("author", "?") is None:
            raise ValueError(
                f"{shorten(role)} : sans auteur, la fonction ne paraîtrait pas. "
                "Ajoutez « auteur », ou mettez-y la fonction."
            )
        return role


class ButtonBlock(BlockOptions):
    """A link shown as a button."""

    NAME = "bouton"
    SUMMARY = "Un lien mis en valeur ; son contenu est ce qu’on lit dessus."
    HAS_CONTENT = True
    target: PlainLine = Field(alias="adresse", description="Adresse complète ou fichier.")


class ImageBlock(BlockOptions):
    """A picture with caption and credit."""

    NAME = "image"
    SUMMARY = "Une image avec légende et crédit."
    file: ImageFile = Field(alias="fichier", description="Chemin depuis « content ».")
    alt: Text = Field(alias="alt", description="Ce que montre l’image.")
    caption: Text | None = Field(None, alias="legende", description="Légende.")
    credit: Text | None = Field(None, alias="credit", description="Auteur ou source.")


BLOCKS: dict[str, type[BlockOptions]] = {
    block.NAME: block
    for block in (
        AgendaBlock,
        MatrixBlock,
        ChantiersBlock,
        EventBlock,
        ArticleBlock,
        ExcerptBlock,
        FiguresBlock,
        CalloutBlock,
        StepsBlock,
        QuoteBlock,
        ButtonBlock,
        ImageBlock,
    )
}
