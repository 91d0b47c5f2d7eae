"""HTML made safe: allowed tags and attributes alone, addresses taken out and judged.

Each tag and address removed is a fault: nothing that an editor wrote vanishes in silence.
"""

import html as html_entities
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from plugins.faults import Position, shorten
from plugins.markdown.alternatives import doubtful_alternative
from plugins.markdown.bodies import LINK_SCHEME, Link, Problem
from plugins.models.fields import IMAGE_ENDINGS

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""The schemes of the addresses outside the site."""

_OBSOLETE = {"acronym", "center", "rtc", "strike", "tt"}
# The page has its own; a text made of them would contradict it.
_OF_THE_PAGE = {"area", "article", "footer", "h1", "header", "hgroup", "map", "nav"}
_TAGS = (nh3.ALLOWED_TAGS | {"figure", "figcaption", "section", "mark"}) - _OBSOLETE - _OF_THE_PAGE
_ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href", "hreflang", "class"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"class", "colspan", "rowspan", "headers"},
    "th": {"class", "colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
    "blockquote": {"cite"},
    "details": {"open"},
    "div": {"class"},
}
_ALIGNMENTS = {"align-left", "align-center", "align-right"}
_CLASSES = {
    "div": {"footnote"},
    "a": {"footnote-ref", "footnote-backref"},
    "td": _ALIGNMENTS,
    "th": _ALIGNMENTS,
}
_EMPTY = re.compile(r"""(?<=\])\(\s*(?:<\s*>\s*)?\)|\b(?:href|src)=(?:""|''|"\s+"|'\s+')""")
BOOLEAN_ATTRIBUTES = frozenset(
    (
        *("allowfullscreen", "async", "autofocus", "autoplay", "checked", "controls", "default"),
        *("defer", "disabled", "download", "hidden", "inert", "ismap", "itemscope", "loop"),
        *("multiple", "muted", "nomodule", "novalidate", "open", "playsinline", "readonly"),
        *("required", "reversed", "selected"),
    )
)
"""HTML's attributes without a value: any other word alone in a tag is one of a sentence."""
# Elements inside a line, which a browser closes only where their closing tag is.
_INLINE_TAG = re.compile(
    r"(?is)<!--.*?-->|<(?P<closing>/?)(?P<name>a|abbr|b|cite|code|del|dfn|em|i|ins|kbd|mark|q|s"
    r"|samp|small|span|strong|sub|sup|time|u|var)(?=[\s>/])[^<>]*>"
)
# An image, or a link that does not begin with a word.
_TO_JUDGE = re.compile(r"""<img|<a\b(?:[^">]|"[^"]*")*>(?![^\s<&])""")
_ID = re.compile(r"[\w:.-]+")
_SCHEME = re.compile(r"\s*([\w+.-]+):")
_OF_A_COMPUTER = re.compile(r"(?i)\s*(?:file:|[a-z]:[\\/]|\\)")
# The ids that templates give: a heading of a text gets another.
_PAGE_IDS = re.compile(
    r"a-venir|a-voir|articles|bureau|chiffres|comptes-rendus|contenu|dans-la-lettre|dates(?:-.*)?"
    r"|documents|editorial|enjeux|evenements|extrait-\d+-.*|lettre|meme-serie|partenaires|passees|plan-\d+"
    r"|seances?(?:-\d+)?"
)


def free_id(wanted: str) -> str:
    """Return the id wanted, or `texte-…` if a template gives that id."""
    return f"texte-{wanted}" if _PAGE_IDS.fullmatch(wanted) else wanted


def refused_address(target: str, *, is_image: bool = False) -> str:
    """Return the message for an address that may not be published."""
    if is_of_a_computer(target):
        is_image = is_image or target.lower().endswith(IMAGE_ENDINGS)
        folder = "images" if is_image else "documents"
        return (
            f"{shorten(target)} est un fichier de votre ordinateur. Déposez-le dans "
            f"« content/{folder} », puis écrivez « ../{folder}/ » et son nom."
        )
    scheme = _SCHEME.match(target)
    if scheme and scheme[1].lower() not in SCHEMES:
        remedy = (
            "Déposez l’image dans « content/images »."
            if is_image
            else "Donnez une adresse https://."
        )
        return f"{shorten(target)} : une adresse « {scheme[1]}: » n’est pas permise. {remedy}"
    return f"{shorten(target)} n’est pas une adresse lisible. Corrigez-la."


def is_of_a_computer(target: str) -> bool:
    """Return True for the address of a file on the editor's computer."""
    return bool(_OF_A_COMPUTER.match(target))


class Sanitizer:
    """Cleans one HTML text; `links` are the addresses taken out of it, in reading order."""

    def __init__(self, source: str, first_line: int) -> None:
        """Take the Markdown of the HTML, where the places of faults are found."""
        self.links: list[Link] = []
        self.problems: list[Problem] = []
        self._source = source
        self._first_line = first_line
        self._from: dict[str, int] = {}
        self._absent: set[str] = set()
        self._ids: set[str] = set()

    def clean(self, raw: str) -> str:
        """Return safe HTML; its `href` and `src` are indexes of `links`."""
        safe = nh3.clean(
            raw,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes=set(SCHEMES),
            link_rel=None,
            attribute_filter=self._attribute,
        )
        # What Markdown makes of a text without HTML is allowed, but for addresses.
        has_html = "<" in self._source
        if has_html or raw.count('href="') + raw.count('src="') != len(self.links):
            tree = LexborHTMLParser(f"<body>{raw}</body>")
            if has_html:
                self.problems.extend(self._lost_tags(tree))
                self.problems.extend(self._lost_words(tree))
                self.problems.extend(self._unclosed(raw))
            self.problems.extend(self._lost_addresses(tree))
        return safe

    def _attribute(self, tag: str, attribute: str, value: str) -> str | None:
        if attribute == "class":
            kept = [name for name in value.split() if name in _CLASSES.get(tag, ())]
            return " ".join(kept) or None
        if attribute == "id":
            return self._id(value)
        if attribute not in {"href", "src"}:
            return value
        if not value.strip():
            self.problems.append(self._no_address(is_image=tag == "img"))
        self.links.append(Link(value, self._locate(value), is_image=tag == "img"))
        return f"{LINK_SCHEME}{len(self.links) - 1}"

    def _no_address(self, *, is_image: bool) -> Problem:
        """Return the fault of the next link, or image, with an empty address."""
        found = _EMPTY.search(self._source, self._from.get("", 0))
        self._from[""] = found.end() if found else 0
        place = self._position(found.start()) if found else Position(self._first_line)
        if is_image:
            return Problem(
                place, "image", "le fichier manque. Écrivez ![ce que montre l’image](fichier)."
            )
        return Problem(place, "lien", "l’adresse manque. Écrivez [les mots](adresse).")

    def _id(self, value: str) -> str | None:
        value = free_id(value)
        if value in self._ids or not _ID.fullmatch(value):
            return None
        self._ids.add(value)
        return value

    def _lost_tags(self, tree: LexborHTMLParser) -> Iterator[Problem]:
        lost = dict.fromkeys(n.tag or "" for n in _elements(tree) if n.tag not in _TAGS)
        for tag in lost:
            yield Problem(
                self._position(max(0, self._source.lower().find(f"<{tag}"))),
                f"<{tag}>",
                "cette balise n’est pas permise : elle est retirée du texte. "
                "Écrivez-le en Markdown ; un « < » à montrer s’écrit « &lt; ».",
                is_warning=True,
            )

    def _lost_words(self, tree: LexborHTMLParser) -> Iterator[Problem]:
        """Yield the tags that have taken words of a sentence for attributes."""
        for node in _elements(tree):
            alone = [name for name, value in node.attributes.items() if value is None]
            lost = [name for name in alone if name not in BOOLEAN_ATTRIBUTES]
            if node.tag in _TAGS and lost and self._is_in_tag(node.tag, lost[0]):
                yield self._tag_problem(
                    f"<{node.tag}",
                    "des mots qui suivent « < » sont pris pour une balise, et ne sont pas montrés. "
                    "Un « < » à montrer s’écrit « &lt; ».",
                )

    def _is_in_tag(self, tag: str, word: str) -> bool:
        """Return True when a tag of the text has a word in it; « {% word %} » gives one too."""
        return bool(re.search(rf"(?is)<{tag}\b[^>]*{re.escape(word)}", self._source))

    def _unclosed(self, raw: str) -> Iterator[Problem]:
        """Yield the tags that stay open to the end of the text, and dress all that follows."""
        opened = Counter[str]()
        for found in _INLINE_TAG.finditer(raw):
            if found["name"]:
                opened[found["name"].lower()] += -1 if found["closing"] else 1
        for tag, count in opened.items():
            if count > 0:
                yield self._tag_problem(
                    f"<{tag}",
                    f"la balise n’est pas fermée, et vaudrait pour tout ce qui suit. Écrivez "
                    f"« </{tag}> » là où elle finit ; un « < » à montrer s’écrit « &lt; ».",
                )

    def _tag_problem(self, opening: str, message: str) -> Problem:
        found = re.search(rf"(?i){re.escape(opening)}\b", self._source)
        place = self._position(found.start() if found else 0)
        return Problem(place, f"{opening}>", message, is_warning=True)

    def _lost_addresses(self, tree: LexborHTMLParser) -> Iterator[Problem]:
        kept = Counter(link.target for link in self.links)
        for node in tree.css("a[href], img[src]"):
            target = node.attributes.get("src" if node.tag == "img" else "href") or ""
            kept[target] -= 1
            if kept[target] < 0:
                name = "image" if node.tag == "img" else "lien"
                message = refused_address(target, is_image=node.tag == "img")
                yield Problem(self._locate(target), name, message)

    def alternatives(self, html: str) -> Iterator[Problem]:
        """Yield a fault per image without an alternative (RGAA 1.1) and per link without words.

        An alternative that tells nothing is a warning.
        """
        if "<" not in self._source and not _TO_JUDGE.search(html):
            return
        tree = LexborHTMLParser(f"<body>{html}</body>")
        for node in tree.css("a[href]"):
            number = (node.attributes.get("href") or "").removeprefix(LINK_SCHEME)
            if number.isdigit() and not node.text().strip() and node.css_first("img") is None:
                link = self.links[int(number)]
                message = f"{shorten(link.target)} : les mots du lien manquent. "
                message += "Écrivez [les mots](adresse)."
                yield Problem(link.position, "lien", message)
        for node in tree.css("img"):
            number = (node.attributes.get("src") or "").removeprefix(LINK_SCHEME)
            if not number.isdigit():
                continue  # its address is refused: that is told already
            link = self.links[int(number)]
            alt = (node.attributes.get("alt") or "").strip()
            if alt:
                if doubt := doubtful_alternative(alt, link.target):
                    yield Problem(link.position, "image", doubt, is_warning=True)
                continue
            yield Problem(
                link.position,
                "image",
                f"{shorten(link.target)} : la description (alt) manque. "
                "Écrivez ![ce que montre l’image](fichier).",
            )

    def _locate(self, target: str) -> Position:
        """Return the place where an address is written; the next place at each further call."""
        bare = target.removeprefix("mailto:").removeprefix("https://")
        for form in (target, html_entities.escape(target), bare):
            for before in ("](", "]: ", '"', "'", "<", "") if form else ():
                if before + form in self._absent:
                    continue
                start = self._source.find(before + form, self._from.get(form, 0))
                if start < 0:
                    self._absent.add(before + form)
                else:
                    start += len(before)
                    self._from[form] = start + 1
                    return self._position(start)
        return Position(self._first_line)

    def _position(self, index: int) -> Position:
        return Position.at(self._source, index, self._first_line)


def _elements(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """Yield the elements of a text, each after the one around it."""
    if tree.body:
        nodes = (node for node in tree.body.traverse() if node.is_element_node)
        yield from islice(nodes, 1, None)  # after the body itself
