"""French typography on every page, as lxml reads it: all that is displayed, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from tests.sites import BuiltSite

# What is not a text in French: code, data, another language, words in an address.
NOT_TEXT = {"code", "pre", "samp", "kbd", "var", "script", "style", "template", "svg", "math"}
INLINE = {
    *("a", "abbr", "b", "bdi", "cite", "data", "del", "dfn", "em", "i", "ins", "mark", "q", "s"),
    *("small", "span", "strong", "sub", "sup", "time", "u", "wbr"),
}
OBJECT = "\ufffc"
# An address is shown as it is; what surrounds it is not.
ADDRESS = re.compile(r"(?:https?://|webcal:|www\.)\S+|[\w.+-]+@[\w.-]+\w|\S+\.(?:md|ics|xml)\b")

FAULTS = {
    "a straight apostrophe between letters": r"\w'\w",
    "a straight quotation mark": r'"',
    "an ordinary space before a sign": r" [:;!?»](?!\w)",
    "no space before a sign": r"[\w)»](?:[;!?](?=\s|$)|:(?=\s|$)|»)",
    "an ordinary space after «, or none": r"«[^\u00a0]",
    "three points for an ellipsis": r"\.\.\.",
}
# What separate elements may hold side by side, as a table or a date in large figures does.
FAULTS_OF_ONE_TEXT = {
    "an ordinary space before a unit": r"\d (?:%|€|h\b|km\b|ko\b|Mo\b)",
    "an ordinary space between a day and its month": (
        r"\b(?:\d|1er) (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre"
        r"|novembre|décembre)\b"
    ),
}
# Outside `sup`, where the ending of an ordinal belongs.
ORDINAL = re.compile(r"\b(?:\d+(?:er|ers|re|res|es?|nde?|ème|ième)|[IVX]{2,}es?)\b")


@cache
def parsed(page: Path) -> html.HtmlElement:
    return html.fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def lines(element: html.HtmlElement, *, ordinals: bool = False) -> list[str]:
    """Return the text that an element shows, a line per block; code is an object.

    So are what is raised, when `ordinals` are looked for, and what only screen readers say.
    """
    pieces = "".join(_pieces(element, ordinals=ordinals))
    return [" ".join(line.split(" ")).strip(" ") for line in pieces.split("\n") if line.strip()]


def _pieces(element: html.HtmlElement, *, ordinals: bool) -> Iterator[str]:
    tag = element.tag if isinstance(element.tag, str) else ""
    is_opaque = tag in NOT_TEXT or not tag or (ordinals and tag == "sup")
    is_foreign = not (element.get("lang") or "fr").startswith("fr")
    is_hidden = "visually-hidden" in (element.get("class") or "").split()
    edge = "" if tag in INLINE else "\n"
    yield edge
    if is_opaque or is_foreign or is_hidden:
        yield OBJECT if tag else ""
    else:
        yield re.sub(r"[ \t\r\n]+", " ", element.text or "")
        for child in element:
            yield from _pieces(child, ordinals=ordinals)
            yield re.sub(r"[ \t\r\n]+", " ", child.tail or "")
    yield edge


def body_of(page: Path) -> html.HtmlElement:
    body = parsed(page).find("body")
    assert body is not None
    return body


def displayed(page: Path) -> list[str]:
    return [ADDRESS.sub(OBJECT, line) for line in lines(body_of(page))]


@pytest.mark.parametrize("fault", FAULTS)
def test_signs_and_spaces(site: BuiltSite, fault: str) -> None:
    pattern = re.compile(FAULTS[fault])
    found = {
        f"{site.address(page)}: {line[max(0, match.start() - 30) : match.end() + 20]}"
        for page in site.pages()
        for line in displayed(page)
        for match in pattern.finditer(line)
    }
    assert sorted(found) == []


@pytest.mark.parametrize("fault", FAULTS_OF_ONE_TEXT)
def test_spaces_inside_a_text(site: BuiltSite, fault: str) -> None:
    pattern = re.compile(FAULTS_OF_ONE_TEXT[fault])
    found = {
        f"{site.address(page)}: {text.strip()[:80]}"
        for page in site.pages()
        for text in parsed(page).xpath("//body//text()[not(ancestor::code | ancestor::pre)]")
        if "visually-hidden" not in (text.getparent().get("class") or "")
        if pattern.search(text)
    }
    assert sorted(found) == []


def test_ordinals_are_raised(site: BuiltSite) -> None:
    found = {
        f"{site.address(page)}: {match[0]} in {line[:60]}"
        for page in site.pages()
        for line in lines(body_of(page), ordinals=True)
        for match in ORDINAL.finditer(ADDRESS.sub(OBJECT, line))
    }
    assert sorted(found) == []
    assert any(parsed(page).xpath("//sup[text()='er']") for page in site.pages())


def test_attributes_hold_plain_text(site: BuiltSite) -> None:
    found = {
        f"{site.address(page)}: {element.tag!r} {name!r} {value[:60]!r}"
        for page in site.pages()
        for element in parsed(page).iter("*")
        for name, value in element.attrib.items()
        if "\u202f" in value
    }
    assert sorted(found) == []


def test_apostrophes_of_what_is_heard(site: BuiltSite) -> None:
    """Titles, names and alternatives say what the page says, e-mails' too."""
    heard = "//title/text() | //@alt | //@aria-label | //@title | //meta[@name]/@content"
    found = {
        f"{site.address(page)}: {text[:60]}"
        for page in [*site.pages(), *site.mails()]
        for text in parsed(page).xpath(heard)
        if re.search(r"\w'\w", text)
    }
    assert sorted(found) == []
    mail = parsed(site.file("/lettres/1/courriel.html"))
    assert "s’ouvrent" in mail.findtext(".//title", "")
    assert mail.xpath("//@aria-label[contains(., 's’ouvrent')]")


def test_addresses_are_as_they_were_written(site: BuiltSite) -> None:
    """A mailbox or an address that is shown is the one that its link leads to."""
    checked = 0
    for page in site.pages():
        for link in parsed(page).xpath("//a[@href]"):
            shown = link.text_content().strip()
            target = link.get("href")
            if "@" in shown and " " not in shown:
                assert target.removeprefix("mailto:").partition("?")[0] == shown, site.address(page)
                checked += 1
            if re.match(r"https?:|webcal:", shown):
                assert re.fullmatch(r"[!-~]+", shown), site.address(page)
    assert checked > 0


@pytest.mark.parametrize(
    ("source", "faulty"),
    [
        ("<p>l'été</p>", "a straight apostrophe between letters"),
        ("<p>l<b>'</b>été</p>", "a straight apostrophe between letters"),
        ("<p><b>mot</b> !</p>", "an ordinary space before a sign"),
        ("<p>mot <b>: suite</b></p>", "an ordinary space before a sign"),
        ("<p>mot!</p>", "no space before a sign"),
        ("<p>« mot\u00a0»</p>", "an ordinary space after «, or none"),
    ],
)
def test_faults_would_be_seen(source: str, faulty: str) -> None:
    body = html.fromstring(f"<body>{source}</body>")
    told = [name for name, rule in FAULTS.items() if any(re.search(rule, x) for x in lines(body))]
    assert faulty in told
