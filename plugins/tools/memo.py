"""The aide-mémoire of the editors' guide: one page of A4, from its Markdown."""

import re
from pathlib import Path

from markdown import Markdown

from plugins.french.typography import NBSP
from plugins.outputs.pdf.pdf import Pdf, PdfSource, to_pdf

SOURCE = "aide-memoire.md"
TARGET = "aide-memoire.pdf"

_STYLE = Path(__file__).with_name("memo.css")
_ADDRESS = "https://aide-memoire.invalid/"
# What the tests read on the opening line of an example.
_ATTRIBUTES = re.compile(r"^(```\w+) .*$", re.MULTILINE)
# In letters of several widths one space shows no indentation.
_INDENT = re.compile(r"^ +(?=\S)", re.MULTILINE)
_CODE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_EMPTY_HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)


def write_memo(guide: Path, fonts: Path) -> None:
    """Write the PDF beside its Markdown. Raises PdfError."""
    (guide / TARGET).write_bytes(memo(guide, fonts).data)


def memo(guide: Path, fonts: Path) -> Pdf:
    """Draw the aide-mémoire with the fonts of the letter's PDF. Raises PdfError."""
    paths = {name: fonts / f"{name}.ttf" for name in ("sans", "sans-semibold", "display")}
    faces = (("Sans", 400, "sans"), ("Sans", 600, "sans-semibold"), ("Display", 600, "display"))
    rules = (
        f"@font-face {{ font-family: 'Passerelle {family}'; font-weight: {weight}; "
        f"src: url({paths[name].name}) }}\n"
        for family, weight, name in faces
    )
    return to_pdf(
        PdfSource(
            _page((guide / SOURCE).read_text(encoding="utf-8")),
            _ADDRESS,
            "".join(rules) + _STYLE.read_text(encoding="utf-8"),
            _ADDRESS,
            {f"{_ADDRESS}{path.name}": path.read_bytes() for path in paths.values()},
        )
    )


def _page(text: str) -> str:
    """Return the whole page: a section per heading, in columns below the title."""
    parser = Markdown(extensions=["tables", "fenced_code"])
    html = _EMPTY_HEAD.sub("", parser.convert(_ATTRIBUTES.sub(r"\1", text)))
    html = _CODE.sub(lambda code: _INDENT.sub(_widened, code[0]), html)
    title, *sections = html.split("<h2>")
    heading = re.search(r"<h1>(.*?)</h1>", title)[1]  # type: ignore[index]
    body = "".join(f"<section><h2>{section}</section>" for section in sections)
    return (
        f'<html lang="fr"><head><title>{heading}</title></head>'
        f"<body>{title}<main>{body}</main></body></html>"
    )


def _widened(spaces: re.Match[str]) -> str:
    return 2 * NBSP * len(spaces[0])
