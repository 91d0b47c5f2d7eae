"""A standing page."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from plugins.models.fields import closest_value
from plugins.models.header import Header


class Layout(StrEnum):
    """The templates that a standing page can ask for."""

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
