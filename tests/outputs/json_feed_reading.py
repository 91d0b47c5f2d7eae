"""JSON Feed 1.1 as its specification has it, each rule a field; nothing else may stand there.

https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    AnyUrl,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    model_validator,
)

Text = Annotated[str, StringConstraints(min_length=1)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
MediaType = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[\w.+-]+$")]


class _Object(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Author(_Object):
    """At least one of its fields is there."""

    name: Text | None = None
    url: HttpUrl | None = None
    avatar: HttpUrl | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Author:
        assert self.name or self.url or self.avatar
        return self


class Attachment(_Object):
    url: HttpUrl
    mime_type: MediaType
    title: Text | None = None
    size_in_bytes: Annotated[int, Field(ge=0)] | None = None
    duration_in_seconds: Annotated[float, Field(ge=0)] | None = None


class Item(_Object):
    """`id` is a text; one of the contents is there, and a summary is plain text."""

    id: Text
    url: HttpUrl | None = None
    external_url: HttpUrl | None = None
    title: Text | None = None
    content_html: Text | None = None
    content_text: Text | None = None
    summary: Text | None = None
    image: HttpUrl | None = None
    banner_image: HttpUrl | None = None
    date_published: AwareDatetime | None = None
    date_modified: AwareDatetime | None = None
    authors: Annotated[tuple[Author, ...], Field(strict=False, min_length=1)] | None = None
    tags: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)] | None = None
    language: Language | None = None
    attachments: Annotated[tuple[Attachment, ...], Field(strict=False, min_length=1)] | None = None

    @model_validator(mode="after")
    def _has_content(self) -> Item:
        assert self.content_html or self.content_text
        return self


class Hub(_Object):
    type: Text
    url: AnyUrl


class JsonFeed(_Object):
    version: Literal["https://jsonfeed.org/version/1.1"]
    title: Text
    home_page_url: HttpUrl | None = None
    feed_url: HttpUrl | None = None
    description: Text | None = None
    user_comment: Text | None = None
    next_url: HttpUrl | None = None
    icon: HttpUrl | None = None
    favicon: HttpUrl | None = None
    authors: Annotated[tuple[Author, ...], Field(strict=False, min_length=1)] | None = None
    language: Language | None = None
    expired: bool | None = None
    hubs: Annotated[tuple[Hub, ...], Field(strict=False, min_length=1)] | None = None
    items: Annotated[tuple[Item, ...], Field(strict=False)]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> JsonFeed:
        ids = [item.id for item in self.items]
        assert len(set(ids)) == len(ids)
        return self


def read(feed: bytes) -> JsonFeed:
    """Return the feed; raise on whatever the specification does not have."""
    feed.decode("utf-8")
    return JsonFeed.model_validate_json(feed)
