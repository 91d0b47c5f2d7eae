"""The structured data of a page: one graph, whose nodes name each other by their `@id`.

Each page tells who publishes the site and how to search it, since search engines read a page by
itself. See https://developers.google.com/search/docs/appearance/structured-data.
"""

import json
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from plugins.french.typography import plain
from plugins.views.pages import PageView
from plugins.views.structured_data import (
    PUBLISHER,
    SCHEMA,
    WEBSITE,
    Node,
    StructuredData,
    Subject,
    page_id,
    without_empty,
)

# Square, of 112 pixels a side at least; its address has no fingerprint, since engines keep it.
LOGO = "/theme/apple-touch-icon.png"
_SEARCH = "/recherche/?q="
_FIRST_STEP = "Accueil"


def site_nodes(data: StructuredData) -> str:
    """Return the nodes that every page holds: the publisher and the site, as a part of a graph."""
    return _written((_publisher(data), _website(data)))


def page_graph(page: PageView, subject: Subject, data: StructuredData, site: str) -> Markup:
    """Return the graph of a page, to stand in a `script` element; `site` are the common nodes."""
    own = _written(_page_nodes(page, subject, data))
    text = f'{{"@context":"{SCHEMA}","@graph":[{site},{own}]}}'
    return Markup(text)  # noqa: S704 - escaped where it is written


def image_id(page: PageView, data: StructuredData) -> Node | None:
    """Return a reference to the picture of a page, which its subject bears; None without one."""
    return data.reference(f"{page.address}#image") if page.image else None


def _written(nodes: Iterable[Node]) -> str:
    """Return nodes as JSON, one after another, without what could end a `script` element."""
    cleaned = map(without_empty, nodes)
    text = ",".join(json.dumps(n, ensure_ascii=False, separators=(",", ":")) for n in cleaned)
    # HTML parses end tags and comments before the JSON (HTML, 13.2.5.4).
    return text.replace("<", "\\u003c")


def _publisher(data: StructuredData) -> Node:
    site = data.index.site
    logo = data.absolute(LOGO)
    return {
        **data.publisher(),
        "logo": {"@type": "ImageObject", "@id": logo, "url": logo, "contentUrl": logo},
        "email": site.contact,
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "rédaction",
            "email": site.contact,
            "availableLanguage": "fr",
        },
    }


def _website(data: StructuredData) -> Node:
    site = data.index.site
    return {
        "@type": "WebSite",
        "@id": data.absolute(WEBSITE),
        "url": data.absolute("/"),
        "name": plain(site.name),
        "description": plain(site.description),
        "inLanguage": "fr",
        "publisher": data.reference(PUBLISHER),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{data.absolute(_SEARCH)}{{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def _page_nodes(page: PageView, subject: Subject, data: StructuredData) -> Iterator[Node]:
    main = subject.main
    steps = f"{page.address}#fil"
    has_steps = page.address != "/"
    yield {
        "@type": subject.page_type,
        "@id": data.absolute(page_id(page.address)),
        "url": data.absolute(page.address),
        "name": plain(page.own_title),
        "description": plain(page.description),
        "isPartOf": data.reference(WEBSITE),
        "breadcrumb": data.reference(steps) if has_steps else None,
        "primaryImageOfPage": image_id(page, data),
        "mainEntity": {"@id": main["@id"]} if main else None,
        "mentions": [{"@id": found["@id"]} for found in subject.lists],
    }
    if has_steps:
        yield {
            "@type": "BreadcrumbList",
            "@id": data.absolute(steps),
            "itemListElement": list(_steps(page, data)),
        }
    if page.image:
        source = data.absolute(page.image.src)
        yield {
            "@type": "ImageObject",
            **(image_id(page, data) or {}),
            "url": source,
            "contentUrl": source,
            "caption": plain(page.image.alt),
        }
    if main:
        yield main
    yield from subject.lists


def _steps(page: PageView, data: StructuredData) -> Iterator[Node]:
    """Yield the pages from the home page to this one, as « Vous êtes ici » shows them."""
    above = ((step.title, step.address) for step in page.trail)
    steps = ((_FIRST_STEP, "/"), *above, (page.own_title, page.address))
    for position, (title, address) in enumerate(steps, 1):
        yield {
            "@type": "ListItem",
            "position": position,
            "name": plain(title),
            "item": data.reference(address),
        }
