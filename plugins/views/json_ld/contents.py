"""Structured data of contents other than events.

A portrait and an author's page are each a ProfilePage, as Google asks of pages about one person or
organisation: https://developers.google.com/search/docs/appearance/structured-data/profile-page.
"""

from collections.abc import Iterable

from plugins.content.record import AnyRecord, Record
from plugins.french.typography import plain
from plugins.library.authors import authors_of
from plugins.library.index import Topic
from plugins.library.publication import changed_at, published_at
from plugins.models import (
    ArticleHeader,
    GroupHeader,
    LetterHeader,
    OrganisationHeader,
    PortraitHeader,
)
from plugins.views.json_ld.lists import ListOfAll, item_list
from plugins.views.letters import pdf_address, text_address
from plugins.views.page_graph import image_id
from plugins.views.pages import PageView
from plugins.views.site import LETTERS
from plugins.views.structured_data import PUBLISHER, WEBSITE, Node, StructuredData, Subject


def article_entity(
    article: Record[ArticleHeader], data: StructuredData, page: PageView, _view: object
) -> Subject:
    """Return an article; without a signature, its author is the publisher."""
    index, header = data.index, article.header
    event = index.reported_event(article)
    about = [data.organisation(group) for group in index.groups_of(article)]
    if event:
        about.append(data.reference(event.address))
    return Subject(
        main={
            "@type": "NewsArticle",
            **data.common(article),
            "headline": plain(header.title),
            **_dates(article, data),
            "author": data.signed(authors_of(article)) or data.reference(PUBLISHER),
            "publisher": data.reference(PUBLISHER),
            "image": image_id(page, data),
            "articleSection": plain(header.section),
            "keywords": [plain(name) for name in header.themes],
            "about": about,
            "isPartOf": data.reference(WEBSITE),
            "inLanguage": header.language,
        }
    )


def letter_entity(
    letter: Record[LetterHeader], data: StructuredData, page: PageView, _view: object
) -> Subject:
    """Return an issue of the letter, and its other forms."""
    header = letter.header
    editors = data.signed(header.editors_in_chief)
    services = [node for node in editors if node["@type"] != "Person"]
    files = ((pdf_address(letter), "application/pdf"), (text_address(letter), "text/plain"))
    return Subject(
        main={
            "@type": "PublicationIssue",
            **data.common(letter),
            "name": plain(header.title),
            "issueNumber": header.number,
            **_dates(letter, data),
            # schema.org knows persons alone as editors.
            "editor": [node for node in editors if node["@type"] == "Person"],
            "contributor": [*services, *data.signed(header.contributors)],
            "publisher": data.reference(PUBLISHER),
            "image": image_id(page, data),
            "keywords": [plain(name) for name in header.themes],
            "isPartOf": _periodical(data),
            "inLanguage": header.language,
            "encoding": [
                {
                    "@type": "MediaObject",
                    "contentUrl": data.absolute(address),
                    "encodingFormat": form,
                }
                for address, form in files
            ],
        }
    )


def letters_entity(
    issues: Iterable[Record[LetterHeader]], data: StructuredData, _page: PageView, _view: object
) -> Subject:
    """Return the letter as a periodical, with the issues of a page of the list."""
    parts = [
        {
            "@type": "PublicationIssue",
            "@id": data.absolute(letter.address),
            "url": data.absolute(letter.address),
            "name": plain(letter.header.title),
            "issueNumber": letter.header.number,
            "datePublished": letter.header.date.day.isoformat(),
        }
        for letter in issues
    ]
    return Subject("CollectionPage", {**_periodical(data), "hasPart": parts})


def portrait_entity(
    portrait: Record[PortraitHeader], data: StructuredData, page: PageView, _view: object
) -> Subject:
    """Return the person of a portrait."""
    header = portrait.header
    organisation = data.index.organisation_of(portrait)
    return Subject(
        "ProfilePage",
        {
            "@type": "Person",
            **data.common(portrait),
            "name": plain(header.name),
            "jobTitle": plain(header.role or ""),
            "affiliation": data.organisation(organisation) if organisation else None,
            "image": image_id(page, data),
        },
    )


def author_entity(author: Topic, data: StructuredData, page: PageView, view: ListOfAll) -> Subject:
    """Return an author, with what a page of the list shows."""
    found = item_list(data, f"{page.address}#liste", page.own_title, view.items)
    return Subject("ProfilePage", data.author(author.title), (found,))


def group_entity(
    group: Record[GroupHeader], data: StructuredData, page: PageView, _view: object
) -> Subject:
    """Return a chantier or a group."""
    header = group.header
    return Subject(
        main={
            **_organisation(group, data, page),
            "alternateName": plain(header.short_title),
            "email": header.contact,
        }
    )


def organisation_entity(
    organisation: Record[OrganisationHeader], data: StructuredData, page: PageView, _view: object
) -> Subject:
    """Return a member network."""
    header = organisation.header
    return Subject(
        main={
            **_organisation(organisation, data, page),
            "alternateName": plain(header.full_name or ""),
            "slogan": plain(header.motto or ""),
            "sameAs": [data.absolute(link.url) for link in header.links],
        }
    )


def _organisation(record: AnyRecord, data: StructuredData, page: PageView) -> Node:
    return {**data.organisation(record), **data.common(record), "image": image_id(page, data)}


def _dates(record: AnyRecord, data: StructuredData) -> Node:
    """Return the times of publication and of the last change, which is the first one at least."""
    published = published_at(record, data.index)
    changed = changed_at(record, data.index) or published
    return {
        "datePublished": published.isoformat() if published else None,
        "dateModified": changed.isoformat() if changed else None,
    }


def _periodical(data: StructuredData) -> Node:
    return {
        "@type": "Periodical",
        "@id": data.absolute(LETTERS.address),
        "name": f"{LETTERS.title} – {plain(data.index.site.name)}",
        "url": data.absolute(LETTERS.address),
        "publisher": data.reference(PUBLISHER),
        "inLanguage": "fr",
    }
