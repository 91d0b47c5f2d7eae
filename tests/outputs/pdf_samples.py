"""A page to print with the fonts of the theme, and the files that it may read."""

from __future__ import annotations

from dataclasses import replace

from plugins.outputs.pdf.pdf import PdfSource
from tests.sites import ROOT

FONTS = ROOT / "theme" / "print" / "fonts"
ADDRESS = "https://passerelle.example/lettres/1/"
STYLE_ADDRESS = "https://theme.invalid/print/letter.css"
# Family, weight, style and file.
_FACES = (
    ("Text", 400, "normal", "text"),
    ("Text", 400, "italic", "text-italic"),
    ("Text", 600, "normal", "text-semibold"),
    ("Display", 600, "normal", "display"),
    ("Sans", 400, "normal", "sans"),
    ("Emoji", 400, "normal", "emoji"),
)
STYLE = "\n".join(
    (
        *(
            f'@font-face {{ font-family: "{family}"; src: url("fonts/{file}.ttf"); '
            f"font-weight: {weight}; font-style: {style}; }}"
            for family, weight, style, file in _FACES
        ),
        "@page { size: A4; @bottom-right { content: counter(page) ' / ' counter(pages); } }",
        'html { font-family: "Text", "Emoji"; font-size: 10pt; }',
        'h1 { font-family: "Display"; font-weight: 600; }',
        'table { font-family: "Sans"; }',
        "b { font-weight: 600; }",
    )
)
IMAGE = b"""\
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="9" height="9"/></svg>
"""
FONT_FILES = {
    f"https://theme.invalid/print/fonts/{file}.ttf": (FONTS / f"{file}.ttf").read_bytes()
    for *_, file in _FACES
}
PICTURES = {"https://passerelle.example/images/plan.svg": IMAGE}
SENTENCES = "Le cœur « officiel » affirme : 25\u202f000\u00a0€, № 2, Łukasz, João, CO₂, ≥ 3 ‰ 📅."
BODY = f"""
<h1>Été : l’œuvre</h1>
<p>{SENTENCES} <b>gras</b> <i>penché</i></p>
<p><a href="/agenda/">agenda</a> <a href="mailto:a@b.example">écrire</a> <a href="#t">voir</a></p>
<h2 id="t">Tableau</h2>
<table>
<thead><tr><th scope="col">Groupe</th><th scope="col">Mars</th></tr></thead>
<tbody><tr><th scope="row">Numérique</th><td>25</td></tr></tbody>
</table>
<h3>Plan</h3>
<p><img src="/images/plan.svg" alt="Un carré"></p>
<p style="break-before: page">Fin</p>
"""
_PAGE = """<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<title>L’œuvre commune</title>
<meta name="author" content="Rédaction">
<meta name="author" content="Secrétariat">
<meta name="description" content="Ce que l’année a fait.">
<meta name="keywords" content="réseau, lettre">
<meta name="dcterms.created" content="2023-12-20">
</head>
<body>{}</body>
</html>
"""


def source(body: str, style: str = "") -> PdfSource:
    """Return a page of that body, some style added."""
    html = _PAGE.format(body)
    return PdfSource(html, ADDRESS, f"{STYLE}\n{style}", STYLE_ADDRESS, FONT_FILES, PICTURES)


def with_pictures(page: PdfSource, pictures: dict[str, bytes]) -> PdfSource:
    """Return the page with more pictures."""
    return replace(page, pictures={**page.pictures, **pictures})
