"""Steps of an e-mail under large numerals: a list has none that every client enlarges."""

from selectolax.lexbor import LexborHTMLParser, LexborNode


def with_numerals(html: str) -> str:
    """Return HTML whose numbered lists, where they are steps, are rows: a numeral, then the step.

    A screen reader, which no role tells of a table, reads them in that order.
    """
    if '<div class="steps">' not in html:
        return html
    body = LexborHTMLParser(f"<body>{html}</body>").body
    assert body is not None
    for numbered in reversed(body.css("div.steps > ol")):
        numbered.replace_with(_table(numbered))
    return body.inner_html or ""


def _table(numbered: LexborNode) -> LexborNode:
    first = numbered.attributes.get("start") or "1"
    start = int(first) if first.lstrip("-").isdecimal() else 1
    items = (node for node in numbered.iter() if node.tag == "li")
    rows = "".join(
        f'<tr><td class="step-numeral" valign="top">{number}</td>'
        f'<td class="step" valign="top">{(item.inner_html or "").strip()}</td></tr>'
        for number, item in enumerate(items, start)
    )
    page = LexborHTMLParser(f'<table role="presentation" class="numbered">{rows}</table>')
    table = page.css_first("table")
    assert table is not None
    return table
