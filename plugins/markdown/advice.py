"""What is heard badly of a text: links that do not say where they lead, tables without headers."""

import re
from collections.abc import Iterator
from html import unescape

from plugins.faults import Position, shorten
from plugins.french.typography import fold
from plugins.markdown.bodies import LINK_SCHEME, Body, Problem, htmls
from plugins.markdown.prose import Prose
from plugins.models.blocks import ButtonBlock

# Alone, they say of no link where it leads (RGAA 6.1).
_VAGUE = frozenset(
    (
        *("ce lien", "ce lien-ci", "clic", "clic ici", "cliquer ici", "cliquez", "cliquez ici"),
        *("cliquez-ici", "en savoir plus", "ici", "ici meme", "la", "le lien", "lien"),
        *("lire la suite", "lire plus", "par ici", "par la", "plus d'info"),
        *("plus d'information", "plus d'informations", "plus d'infos", "savoir plus"),
        *("suivez ce lien", "suivre ce lien", "via ce lien", "voir ici", "voir plus"),
    )
)
_AROUND = " .:;,!…>→»«()[]"
_LINK = re.compile(
    rf"""<a\b(?:[^">]|"[^"]*")*?\shref="{LINK_SCHEME}(\d+)"[^>]*>((?:(?!</a>).){{1,80}})</a>"""
)
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_HEADER = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# The first line of a table, above its line of dashes, or its tag.
_WRITTEN = re.compile(r"(?m)^(?=[^\n|]*\|)[^\n]*\n(?=[^\n|]*\|)(?=[^\n-]*-)[ \t:|-]+$|<table\b")


def advice(body: Body, prose: Prose) -> Iterator[Problem]:
    """Yield a warning per link whose words lead nowhere, and per table without headers."""
    for block in body.blocks():
        if isinstance(block.options, ButtonBlock):
            words = "".join(part.text for part in htmls(block.parts))
            yield from _vague(words, block.position, "/// bouton")
    html = "".join(part.text for part in htmls(body.parts))
    for link in _LINK.finditer(html):
        yield from _vague(link[2], body.links[int(link[1])].position, "lien")
    yield from _bare_tables(html, prose)


def _vague(html: str, place: Position, field: str) -> Iterator[Problem]:
    words = unescape(_TAG.sub("", html)).strip()
    if fold(words).strip(_AROUND) in _VAGUE:
        message = (
            f"{shorten(words)} ne dit pas où l’on va à qui lit ou entend ces mots seuls. "
            "Écrivez ceux qui nomment la page."
        )
        yield Problem(place, field, message, is_warning=True)


def _bare_tables(html: str, prose: Prose) -> Iterator[Problem]:
    """Yield the tables without a word in their headers (RGAA 5.6)."""
    tables = _TABLE.findall(html) if "<table" in html else ()
    if not tables:
        return
    places = [found.start() for found in _WRITTEN.finditer(prose.source)]
    for number, table in enumerate(tables):
        if any(_TAG.sub("", header).strip() for header in _HEADER.findall(table)):
            continue
        place = places[number] if len(places) == len(tables) else 0
        yield Problem(
            prose.place(place),
            "tableau",
            "ses colonnes n’ont pas d’en-têtes, que l’on entend avant chaque case. Écrivez sur "
            "sa première ligne ce que contient chaque colonne.",
            is_warning=True,
        )
