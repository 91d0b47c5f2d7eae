"""A chantier or a group: the collective work of the community."""

from typing import Annotated

from pydantic import Field

from plugins.models.fields import (
    GroupKind,
    GroupState,
    Mailbox,
    ShortTitle,
    Text,
    Texts,
    closest_value,
)
from plugins.models.header import Header


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
