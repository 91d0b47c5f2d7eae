"""The content types: the folder of each, and the header that its files may have."""

from dataclasses import dataclass

from plugins.models.event import EventHeader
from plugins.models.headers import (
    ArticleHeader,
    GroupHeader,
    Header,
    JobHeader,
    LetterHeader,
    OrganisationHeader,
    PageHeader,
    PortraitHeader,
)

__all__ = [
    "KINDS",
    "ArticleHeader",
    "EventHeader",
    "GroupHeader",
    "Header",
    "JobHeader",
    "Kind",
    "LetterHeader",
    "OrganisationHeader",
    "PageHeader",
    "PortraitHeader",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """A content type: its folder, the model of its header and its French name."""

    name: str
    folder: str
    header: type[Header]
    label: str


KINDS: tuple[Kind, ...] = (
    Kind("article", "articles", ArticleHeader, "Article"),
    Kind("event", "evenements", EventHeader, "Événement"),
    Kind("letter", "lettres", LetterHeader, "Lettre"),
    Kind("group", "collectifs", GroupHeader, "Collectif"),
    Kind("organisation", "organisations", OrganisationHeader, "Organisation"),
    Kind("portrait", "portraits", PortraitHeader, "Portrait"),
    Kind("job", "metiers", JobHeader, "Métier"),
    Kind("page", "pages", PageHeader, "Page"),
)
