"""Structured data of every page: RDF that schema.org knows, with what Google asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image

from plugins.faults import Notices
from plugins.library.index import read_index
from plugins.site.plan import Plan
from plugins.theme.theme import Theme
from plugins.views.pages import Page
from plugins.views.site import Site
from tests.contents import NOW, index_of, text, write
from tests.every_field import DATA, FILES, STATIC, content
from tests.schema_org import as_rdf, vocabulary
from tests.sites import PAGE_KINDS, ROOT, BuiltSite

Node = dict[str, Any]
# Pixels a side (developers.google.com/search/docs/appearance/structured-data/logo).
SMALLEST_LOGO = 112
URL = "https://passerelle.example"

# https://developers.google.com/search/docs/appearance/structured-data/event and …/article
REQUIRED = {"Event": ("name", "startDate", "location", "location.address"), "NewsArticle": ()}
RECOMMENDED = {
    "Event": (
        *("description", "endDate", "eventStatus", "image", "location.name", "organizer"),
        *("organizer.name", "organizer.url", "performer", "performer.name", "previousStartDate"),
        *("offers", "offers.availability", "offers.url", "offers.price", "offers.priceCurrency"),
        "offers.validFrom",
    ),
    "NewsArticle": (
        *("headline", "image", "datePublished", "dateModified"),
        *("author", "author.name", "author.url"),
    ),
}
NEVER_GIVEN = {
    "offers.price": "no field holds a price: the events are for members, and mostly free",
    "offers.priceCurrency": "no field holds a price",
    "offers.validFrom": "a registration has a last day, no first one",
}


def graph_of(json_ld: str) -> list[Node]:
    found: list[Node] = json.loads(json_ld)["@graph"]
    return found


def json_ld_of(page: str) -> str:
    [script] = html.fromstring(page).xpath("//script[@type='application/ld+json']")
    return str(script.text)


@pytest.fixture(scope="module")
def every_field(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The structured data of contents that fill every field, by address."""
    files = {**{name: content(name) for name in FILES}, **STATIC, **DATA}
    root = write(tmp_path_factory.mktemp("champs") / "content", files)
    site = Site(read_index(root, NOW), URL)
    theme = Theme(ROOT / "theme", site)
    pages = (item for item in Plan(site, theme, Notices()) if isinstance(item, Page))
    light = (page for page in pages if not page.follows_files and not page.noindex)
    return {page.address: str(site.page_view(page).page.json_ld) for page in light}


@pytest.fixture(scope="module")
def sample(site: BuiltSite) -> Mapping[str, str]:
    """The structured data of the sample, by address."""
    return dict(_told(site))


def _told(site: BuiltSite) -> Iterator[tuple[str, str]]:
    for path in site.pages():
        page = path.read_text(encoding="utf-8")
        if 'name="robots" content="noindex"' not in page:
            yield site.address(path), json_ld_of(page)


def test_the_vocabulary_is_read_whole() -> None:
    words = vocabulary()
    assert len(words.properties) > 800
    assert words.range_of(["PublicationIssue"], "issueNumber") == {"Integer", "Text"}
    assert words.range_of(["Event"], "issueNumber") is None
    assert {"CreativeWork", "Thing"} < words.ancestors("NewsArticle")


@pytest.mark.parametrize("pages", ["every_field", "sample"])
def test_every_page_is_rdf_that_schema_org_knows(
    pages: str, request: pytest.FixtureRequest
) -> None:
    told: Mapping[str, str] = request.getfixturevalue(pages)
    faults = {
        address: found
        for address, json_ld in told.items()
        if (found := sorted(as_rdf(json_ld, URL + "/").faults()))
    }
    assert faults == {}


def test_a_fault_would_be_told() -> None:
    node = {"@type": "Event", "@id": f"{URL}/e/", "startDate": "bientôt", "pages": 1}
    node |= {"location": {"@type": "Person", "naem": "A"}, "eventStatus": "Annulé"}
    wrong = json.dumps({"@context": "https://schema.org", "@graph": [node, {"@type": "Rencontre"}]})
    told = [fault.partition(" is ")[0] for fault in sorted(as_rdf(wrong, URL + "/").faults())]
    assert told == [
        "Rencontre",
        "['Event'] has no pages",
        "['Person'] has no naem",
        "eventStatus of ['Event']",
        "location of ['Event']",
        "startDate of ['Event']",
    ]


def test_each_name_in_a_graph_is_of_a_node_of_it(sample: Mapping[str, str]) -> None:
    """Only contents, whose pages tell more, may be elsewhere."""
    unknown = set()
    for address, json_ld in sample.items():
        ids = set(re.findall(r'"@type":"\w+","@id":"([^"]+)"', json_ld))
        for name in re.findall(r'\{"@id":"([^"]+)"\}', json_ld):
            path = name.removeprefix(URL)
            if name not in ids and path not in sample:
                unknown.add((address, name))
    assert unknown == set()


def types_in(json_ld: str) -> set[str]:
    return {node["@type"] for node in graph_of(json_ld)}


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        ("home", {"WebPage", "ItemList"}),
        ("articles", {"CollectionPage", "ItemList"}),
        ("articles of a year", {"CollectionPage", "ItemList"}),
        ("article", {"WebPage", "NewsArticle"}),
        ("agenda", {"CollectionPage", "ItemList"}),
        ("letters", {"CollectionPage", "Periodical"}),
        ("letter", {"WebPage", "PublicationIssue", "ImageObject"}),
        ("chantiers", {"CollectionPage", "ItemList"}),
        ("chantier", {"WebPage"}),
        ("portrait", {"ProfilePage", "Person"}),
        ("themes", {"CollectionPage", "ItemList"}),
        ("theme", {"CollectionPage", "ItemList"}),
        ("author", {"ProfilePage", "ItemList"}),
        ("standing page", {"WebPage"}),
    ],
)
def test_what_each_kind_of_page_is(
    site: BuiltSite, sample: Mapping[str, str], kind: str, types: set[str]
) -> None:
    found = types_in(sample[site.address_of_kind(kind)])
    steps = {"BreadcrumbList"} if PAGE_KINDS[kind] != "/" else set()
    assert found >= types | steps | {"Organization", "WebSite"}
    assert ("BreadcrumbList" in found) == bool(steps)


def test_the_trail_is_that_of_the_page(site: BuiltSite, sample: Mapping[str, str]) -> None:
    address = "/agenda/2024/03/"
    [trail] = [n for n in graph_of(sample[address]) if n["@type"] == "BreadcrumbList"]
    told = [step["item"]["@id"].removeprefix(URL) for step in trail["itemListElement"]]
    shown = html.fromstring(site.read(address)).xpath("//nav[@class='breadcrumb']//a/@href")
    assert told == [*shown, address] == ["/", "/agenda/", "/agenda/2024/", address]


def test_the_publisher_has_a_logo_at_an_address_that_lasts(
    site: BuiltSite, sample: Mapping[str, str]
) -> None:
    publisher, website, *_ = graph_of(sample["/"])
    assert publisher["@id"] == website["publisher"]["@id"]
    with Image.open(site.file(publisher["logo"]["url"].removeprefix(URL))) as logo:
        assert min(logo.size) >= SMALLEST_LOGO
    target = website["potentialAction"]["target"]["urlTemplate"]
    assert target == f"{URL}/recherche/?q={{search_term_string}}"


def test_a_page_that_is_not_indexed_tells_nothing(site: BuiltSite) -> None:
    assert "ld+json" not in site.read("/404.html")


def every(node: object, kind: str) -> Iterator[Node]:
    """Yield the nodes of a type, wherever they stand."""
    if isinstance(node, dict):
        if node.get("@type") == kind:
            yield node
        for value in node.values():
            yield from every(value, kind)
    elif isinstance(node, list):
        for value in node:
            yield from every(value, kind)


def resolved(node: object, by_id: Mapping[str, Node]) -> object:
    """Return a node in place of a reference to it."""
    return by_id.get(node["@id"], node) if isinstance(node, dict) and "@id" in node else node


def has(node: Node, path: str, by_id: Mapping[str, Node]) -> bool:
    """Return True when a node, and each of several values, has a property; `a.b` is b of a."""
    name, _, rest = path.partition(".")
    if name not in node:
        return False
    values = node[name] if isinstance(node[name], list) else [node[name]]
    if rest == "address":
        # A video conference has none.
        values = [value for value in values if value.get("@type") != "VirtualLocation"]
    if rest == "name" and name == "location":
        values = [value for value in values if value.get("@type") != "VirtualLocation"]
    found = [resolved(value, by_id) for value in values]
    return not rest or all(isinstance(v, dict) and has(v, rest, by_id) for v in found)


@pytest.mark.parametrize("kind", REQUIRED)
def test_google_gets_what_it_requires(sample: Mapping[str, str], kind: str) -> None:
    """An event whose day is not known gives no day: a false one would be worse."""
    number, missing = 0, set()
    for address, json_ld in sample.items():
        graph = graph_of(json_ld)
        by_id = {node["@id"]: node for node in graph}
        for node in every(graph, kind):
            if set(node) <= {"@type", "@id", "name", "url"}:
                continue
            number += 1
            missing |= {(address, p) for p in REQUIRED[kind] if not has(node, p, by_id)}
    assert number > 10
    assert {path for _, path in missing} <= {"startDate"}
    assert len(missing) < number / 2


@pytest.mark.parametrize("kind", RECOMMENDED)
def test_google_gets_what_it_recommends(every_field: Mapping[str, str], kind: str) -> None:
    """Of contents that fill every field."""
    graphs = [graph_of(json_ld) for json_ld in every_field.values()]
    found = {
        path
        for graph in graphs
        for by_id in [{node["@id"]: node for node in graph}]
        for node in every(graph, kind)
        for path in (*REQUIRED[kind], *RECOMMENDED[kind])
        if has(node, path, by_id)
    }
    assert {*REQUIRED[kind], *RECOMMENDED[kind]} - found == {
        path for path in NEVER_GIVEN if kind == "Event"
    }


def test_no_text_ends_the_script(tmp_path: Path) -> None:
    title = "</script><script>alert(1)</script><!--"
    index = index_of(tmp_path, {"pages/a.md": text(titre=json.dumps(title))})
    site = Site(index, URL)
    theme = Theme(ROOT / "theme", site)
    page = Plan(site, theme, Notices()).find("/a/")
    assert isinstance(page, Page)
    shown = theme.render(site.page_view(page)).decode()
    names = {node.get("name") for node in graph_of(json_ld_of(shown))}
    assert title in names
