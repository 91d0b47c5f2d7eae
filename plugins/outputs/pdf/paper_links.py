"""The addresses of links, written out for readers of paper."""

from urllib.parse import unquote, urldefrag, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

# Links of the templates without words: they show their address.
_SHOWN = "a.address"
# Links of a text have no class: those of the templates have one.
_TEXT = ".prose a[href]:not([class])"
_MAILTO = "mailto:"
# Elements that hold a paragraph, or stand between two.
_BLOCKS = {
    *("blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
    *("summary", "table", "td", "th", "ul"),
}


def with_addresses(html: str, address: str) -> str:
    """Note the addresses of a text's links at the end of each paragraph.

    Each link is followed by a mark (`span.call`), each paragraph ends with its notes (`span.note`
    in `span.notes`), in the same order: the style sheet numbers both. A link needs no note when it
    leads within the page, or when its words are its address. `address` is the page on the web,
    which may have parts that paper lacks: links to these still lead to the web.
    """
    page = LexborHTMLParser(html)
    places = {node.attributes.get("id") for node in page.css("[id]")}
    for link in page.css("a[href]"):
        online, place = urldefrag(_href(link))
        if online == address and unquote(place) in places:
            link.attrs["href"] = f"#{place}"
    for link in page.css(_SHOWN):
        link.insert_child(shown(_href(link)))
    for link in page.css(_TEXT):
        told = shown(_href(link))
        if not _href(link).startswith("#") and told not in {link.text(), shown(link.text())}:
            notes = _notes_after(page, link)
            link.insert_after(_span(page, "call"))
            notes.insert_child(_span(page, "note", told))
    return page.html or ""


def shown(address: str) -> str:
    """Shorten an address to the part that one types: « passerelle.example/agenda »."""
    parts = urlsplit(address)
    if address.startswith(_MAILTO):
        return unquote(parts.path)
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    path = parts.path if query or fragment else parts.path.rstrip("/")
    typed = unquote(path).replace(" ", "%20")
    return f"{parts.netloc}{typed}{query}{fragment}"


def _notes_after(page: LexborHTMLParser, link: LexborNode) -> LexborNode:
    """Return the notes of the paragraph in which a link stands, added if there are none yet."""
    last = link
    while last.parent is not None and last.parent.tag not in _BLOCKS:
        last = last.parent
    while last.next is not None and last.next.tag not in _BLOCKS:
        last = last.next
    if last.attributes.get("class") == "notes":
        return last
    last.insert_after(_span(page, "notes"))
    notes = last.next
    assert notes is not None
    return notes


def _span(page: LexborHTMLParser, name: str, words: str = "") -> LexborNode:
    span = page.create_node("span")
    span.attrs["class"] = name
    span.insert_child(words)
    return span


def _href(link: LexborNode) -> str:
    return link.attributes.get("href") or ""
