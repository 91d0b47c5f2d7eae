"""The contents of the site: what a file says, where it stands, what is related to it."""

from typing import cast

from plugins.models import Header
from plugins.views.entries.article import ArticleEntry
from plugins.views.entries.base import (
    Entry,
    NamedAddress,
    Picture,
    RenderedParts,
    theme_address,
)
from plugins.views.entries.event import EventEntry
from plugins.views.entries.group import GroupEntry
from plugins.views.entries.job import JobEntry
from plugins.views.entries.letter import LetterEntry
from plugins.views.entries.organisation import OrganisationEntry
from plugins.views.entries.page import PageEntry
from plugins.views.entries.portrait import PortraitEntry

__all__ = [
    "ENTRY_CLASSES",
    "ArticleEntry",
    "Entry",
    "EventEntry",
    "GroupEntry",
    "JobEntry",
    "LetterEntry",
    "NamedAddress",
    "OrganisationEntry",
    "PageEntry",
    "Picture",
    "PortraitEntry",
    "RenderedParts",
    "theme_address",
]

ENTRY_CLASSES: dict[str, type[Entry[Header]]] = {
    "article": cast("type[Entry[Header]]", ArticleEntry),
    "event": cast("type[Entry[Header]]", EventEntry),
    "letter": cast("type[Entry[Header]]", LetterEntry),
    "group": cast("type[Entry[Header]]", GroupEntry),
    "organisation": cast("type[Entry[Header]]", OrganisationEntry),
    "portrait": cast("type[Entry[Header]]", PortraitEntry),
    "job": cast("type[Entry[Header]]", JobEntry),
    "page": cast("type[Entry[Header]]", PageEntry),
}
