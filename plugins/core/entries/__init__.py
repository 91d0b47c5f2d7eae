"""The contents of the site: what a file says, where it stands, what is related to it."""

from typing import cast

from plugins.core.entries.article import ArticleEntry
from plugins.core.entries.base import (
    Entry,
    NamedAddress,
    Picture,
    RenderedParts,
    theme_address,
)
from plugins.core.entries.event import EventEntry
from plugins.core.entries.group import GroupEntry
from plugins.core.entries.job import JobEntry
from plugins.core.entries.letter import LetterEntry
from plugins.core.entries.organisation import OrganisationEntry
from plugins.core.entries.page import PageEntry
from plugins.core.entries.portrait import PortraitEntry
from plugins.core.models import Header

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
