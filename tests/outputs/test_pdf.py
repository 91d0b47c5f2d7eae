"""The PDF, read by Poppler and judged by veraPDF, which did not write it."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import re
import subprocess
import sys
import warnings
from dataclasses import replace
from functools import cache

import pytest
from PIL import Image, ImageFile

from plugins.outputs.pdf import engine
from plugins.outputs.pdf.cache import fingerprint
from plugins.outputs.pdf.pdf import Pdf, PdfError, PdfSource, in_eight_bits, to_pdf
from tests.outputs import poppler
from tests.outputs.pdf_samples import (
    ADDRESS,
    BODY,
    FONT_FILES,
    IMAGE,
    SENTENCES,
    source,
    with_pictures,
)
from tests.outputs.verapdf import violations
from tests.sites import ROOT

PICTURE = "https://passerelle.example/images/photo"
TABLES = {
    "spanned": (
        '<tr><th colspan="2">Nom</th><th>Âge</th></tr><tr><td>a</td><td>b</td><td>c</td></tr>',
        ["Nom Column", "Âge Column", "a < Nom", "b < Nom", "c < Âge"],
    ),
    "corner": (
        "<tr><td></td><th>A</th></tr><tr><th>R</th><td>a</td></tr>",
        ["A Column", "R Row", "a < R A"],
    ),
    "rows": (
        "<tr><th>R</th><td>a</td></tr><tr><th>S</th><td>b</td></tr>",
        ["R Row", "a < R", "S Row", "b < S"],
    ),
    "tall": (
        '<tr><th rowspan="2">R</th><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>',
        ["R Row", "a < R", "b < R", "c < R", "d < R"],
    ),
    "ragged": ("<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>", ["a", "b", "c"]),
    "nested": (
        "<tr><th>A</th></tr><tr><td><table><tr><th>B</th></tr><tr><td>b</td></tr></table></td>",
        ["A Column", "B Column", "b < B"],
    ),
    "scoped": (
        '<tr><th scope="row" rowspan="2">R</th></tr><tr><td>a</td></tr>',
        ["R Row", "a < R"],
    ),
}
ROWS = "".join(f"<tr><td>{number}</td><td>x</td></tr>" for number in range(80))
LONG_TABLE = f"<table><tr><th>Nom</th><th>Âge</th></tr>{ROWS}</table>"
WORDS = "1<sup>er</sup> <strong>mot, <em>mot</em></strong>"
LINKED = (
    ("inline", WORDS),
    ("inline", '<img src="/images/plan.svg" alt="Un carré">'),
    ("block", WORDS),
    ("block", f"<p>{WORDS}</p>"),
)
LINKS = "".join(
    f'<a href="https://exemple.fr/{number}" style="display: {display}">{held}</a>'
    for number, (display, held) in enumerate(LINKED)
)


@cache
def printed(body: str) -> Pdf:
    """Return the PDF of a page, made once for all the tests that look at it."""
    return to_pdf(source(body))


def table(name: str) -> Pdf:
    return printed(f"<table>{TABLES[name][0]}</table>")


def deep_picture(clear: int | None = None) -> bytes:
    """Return a picture in 16 bits, one of its greys told to be transparent."""
    picture = Image.new("I;16", (300, 200), 0x8000)
    picture.putpixel((0, 0), 0xFFFF)
    picture.putpixel((1, 0), 0x80)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", **({} if clear is None else {"transparency": clear}))
    return buffer.getvalue()


@pytest.fixture(scope="module")
def pdf() -> Pdf:
    return printed(BODY)


def test_all_conform_to_pdf_ua(pdf: Pdf) -> None:
    # In one go: veraPDF takes longer to start than to judge.
    pictures = source(
        "".join(f'<p><img src="{PICTURE}{clear}" alt="x"></p>' for clear in (None, 0x80))
    )
    files = {f"{PICTURE}{clear}": deep_picture(clear) for clear in (None, 0x80)}
    others = (
        printed(LONG_TABLE),
        printed(f"<div>{LINKS}</div>"),
        to_pdf(with_pictures(pictures, files)),
    )
    documents = (pdf, *map(table, TABLES), *others)
    assert violations(*(document.data for document in documents)) == []


def faults(page: PdfSource) -> tuple[str, ...]:
    with pytest.raises(PdfError) as refusal:
        to_pdf(page)
    return tuple(fault.message for fault in refusal.value.faults)


def test_the_judge_sees_what_does_not_conform() -> None:
    with engine.weasyprint() as weasyprint:
        text = re.sub(r"<img[^>]*>", "", source(BODY).html)  # it would be looked for on the web
        page = weasyprint.HTML(string=text, base_url=ADDRESS)
        fonts = weasyprint.text.fonts.FontConfiguration()
        style = weasyprint.CSS(
            string='@font-face { font-family: "Text"; src: url("text.ttf") }',
            base_url=f"{(ROOT / 'theme/print/fonts').as_uri()}/",
            font_config=fonts,
        )
        untagged = page.write_pdf(stylesheets=[style], font_config=fonts)
    clauses = {line.split()[0] for line in violations(untagged)}
    assert {"7.1-3", "7.1-8", "7.1-11", "7.18.5-1"} <= clauses


def test_the_judge_refuses_what_it_cannot_read() -> None:
    with pytest.raises(AssertionError, match="Couldn't parse"):
        violations(b"%PDF-1.7 and nothing else")


def test_properties_come_from_the_page(pdf: Pdf) -> None:
    found = poppler.properties(pdf.data)
    expected = {
        "Title": "L’œuvre commune",
        "Author": "Rédaction, Secrétariat",
        "Subject": "Ce que l’année a fait.",
        "Keywords": "réseau, lettre",
        "CreationDate": "2023-12-20T00:00:00Z",
        "Tagged": "yes",
        "JavaScript": "no",
        "Encrypted": "no",
        "Pages": "2",
    }
    assert {name: found.get(name) for name in expected} == expected
    assert pdf.pages == 2


def test_text_comes_out_as_it_was_written(pdf: Pdf) -> None:
    # A no-break space is drawn, and so told, as the space that it looks like.
    assert f'"{SENTENCES} "'.replace("\u00a0", " ") in poppler.structure(pdf.data)
    # Here all spaces are the same.
    assert " ".join(SENTENCES.split()) in " ".join(poppler.text(pdf.data).split())


def test_headings_are_bookmarks(pdf: Pdf) -> None:
    assert poppler.bookmarks(pdf.data) == ["Été : l’œuvre", "  Tableau", "    Plan"]


def test_cells_know_their_headers(pdf: Pdf) -> None:
    row = poppler.structure(pdf.data).partition("TBody")[2].partition("H3")[0].split()
    row_header = row[row.index("TH") + 1].strip("<>:")
    column_header = f"{row_header.rsplit('-', 2)[0]}-0-1"
    assert f"/Headers [({row_header}) ({column_header})]" in " ".join(row)


NUMBERED = "ol { list-style: none } li::before { content: counter(list-item) '.' }"


def test_a_list_begins_where_it_says() -> None:
    lists = (
        "<ol><li>un<li>deux</ol><p>Puis</p><ol start='3'><li>trois</ol>"
        "<ol start='-1'><li>moins un</ol><ol start='x'><li>encore un</ol>"
    )
    told = " ".join(poppler.text(to_pdf(source(lists, NUMBERED)).data).split())
    for words in ("1.un 2.deux", "3.trois", "-1.moins un", "1.encore un"):
        assert words in told.replace(". ", ".").replace("−", "-")


@pytest.mark.parametrize("name", TABLES)
def test_any_table_says_what_its_headers_head(name: str) -> None:
    assert headers(table(name)) == TABLES[name][1]


def headers(pdf: Pdf) -> list[str]:
    """Return what each header heads, and by what each cell of one word is headed."""
    found, names = [], {}
    parts = re.split(r"\b(TH|TD)\b", poppler.structure(pdf.data))
    for kind, text in zip(parts[1::2], parts[2::2], strict=True):
        words = re.findall(r'"([^"]+)"', text)
        if not words:
            continue
        if kind == "TH":
            key, scope = re.search(r"<(\S+)>", text), re.search(r"/Scope /(\w+)", text)
            assert key
            assert scope
            names[key[1]] = words[0]
            found.append(f"{words[0]} {scope[1]}")
        else:
            keys = re.findall(r"\((\d\S+)\)", text)
            found.append(" ".join([words[0], *(["<"] if keys else []), *(names[k] for k in keys)]))
    return found


def test_the_headers_of_a_table_are_on_each_page() -> None:
    pages = poppler.text(printed(LONG_TABLE).data).split("\f")[:-1]
    assert len(pages) > 1
    assert all("Âge" in page for page in pages)


def test_a_picture_in_16_bits_is_brought_down_to_8() -> None:
    seen = Image.open(io.BytesIO(in_eight_bits(deep_picture())))
    assert (seen.mode, seen.getextrema()) == ("L", (0, 255))
    assert [seen.getpixel((x, 0)) for x in range(3)] == [255, 0, 128]
    seen = Image.open(io.BytesIO(in_eight_bits(deep_picture(clear=0x80))))
    assert [seen.getpixel((x, 0)) for x in range(3)] == [(255, 255), (0, 0), (128, 255)]


def test_links_are_alive_and_absolute(pdf: Pdf) -> None:
    assert poppler.addresses(pdf.data) == [
        "https://passerelle.example/agenda/",
        "mailto:a@b.example",
    ]


def test_a_link_is_told_once_whatever_it_holds() -> None:
    rows = poppler.run("pdfinfo", printed(f"<div>{LINKS}</div>").data, "-url").splitlines()[1:]
    assert [row[-1] for row in rows] == ["0", "1", "2", "3"]


def test_fonts_are_ours_embedded_and_subset(pdf: Pdf) -> None:
    names = ("Display-Semi-Bold", "Text", "Text-Semi-Bold", "Text-Italic", "Sans", "Emoji")
    assert poppler.fonts(pdf.data) == dict.fromkeys(names, (True, True, True))
    assert len(pdf.data) < 25_000


def test_nothing_is_embedded(pdf: Pdf) -> None:
    assert poppler.attachments(pdf.data) == "0 embedded files"


def test_the_same_bytes_anywhere(pdf: Pdf) -> None:
    script = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1])\n"
        "from plugins.outputs.pdf.pdf import to_pdf\n"
        "from tests.outputs.pdf_samples import BODY, source\n"
        "print(hashlib.sha256(to_pdf(source(BODY)).data).hexdigest())"
    )
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "HOME": "/nowhere"}
    done = subprocess.run(
        (sys.executable, "-c", script, str(ROOT)),
        cwd="/",
        env={"PATH": os.environ["PATH"], "PYTHONHASHSEED": "1", **elsewhere},
        capture_output=True,
        check=True,
        text=True,
    )
    assert (done.stdout.strip(), done.stderr) == (hashlib.sha256(pdf.data).hexdigest(), "")


def test_nothing_remains_of_what_it_changes(capfd: pytest.CaptureFixture[str]) -> None:
    def state() -> object:
        loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
        return (
            dict(os.environ),
            ImageFile.LOAD_TRUNCATED_IMAGES,
            [(log.level, log.propagate, list(log.handlers)) for log in loggers],
            warnings.filters[:],
        )

    before = state()
    assert faults(source("<p>Un <a href='#rien'>renvoi</a>"))
    assert state() == before
    assert capfd.readouterr() == ("", "")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" alt="x" width="9" height="9">{}</svg>'
SECRET = "file:///etc/passwd"


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        (f'<img src="{SECRET}" alt="x">', SECRET),
        (
            '<img src="/images/../../../etc/passwd" alt="x">',
            "https://passerelle.example/etc/passwd",
        ),
        (
            '<img src="/images/%2e%2e/%2e%2e/etc/passwd" alt="x">',
            "https://passerelle.example/images/%2e%2e/%2e%2e/etc/passwd",
        ),
        ('<img src="http://ailleurs.example/x.png" alt="x">', "http://ailleurs.example/x.png"),
        ('<img src="//ailleurs.example/x.png" alt="x">', "https://ailleurs.example/x.png"),
        ('<img src="data:image/gif;base64,R0lGODlh" alt="x">', "data:image/gif;base64,R0lGODlh"),
        ('<base href="file:///etc/"><img src="passwd" alt="x">', SECRET),
        (f'<embed src="{SECRET}">', SECRET),
        (f'<object data="{SECRET}"></object>', SECRET),
        (f'<p style="background: url({SECRET})">x</p>', SECRET),
        (f'<p style="list-style: url({SECRET}); display: list-item">x</p>', SECRET),
        (f'<style>@import url("{SECRET}");</style>', SECRET),
        (f'<link rel="stylesheet" href="{SECRET}">', SECRET),
        (f'<style>@font-face {{ font-family: x; src: url("{SECRET}") }}</style>', SECRET),
        (SVG.format(f'<image href="{SECRET}" width="9" height="9"/>'), SECRET),
        (SVG.format(f"<style>@font-face {{ font-family: x; src: url({SECRET}) }}</style>"), SECRET),
    ],
)
def test_only_the_files_of_the_source_are_read(body: str, refused: str) -> None:
    assert faults(source(body))[0] == f"{refused} n’est pas un fichier du site"


@pytest.mark.parametrize(
    "body",
    [
        f'<link rel="attachment" href="{SECRET}">',
        '<link rel="attachment" href="/images/plan.svg">',
        f'<a rel="attachment" href="{SECRET}">x</a>',
        '<a rel="attachment" href="/images/plan.svg">x</a>',
    ],
)
def test_no_file_is_embedded(body: str) -> None:
    assert faults(source(body)) == ("un fichier joint ne peut pas être mis dans le PDF",)


@pytest.mark.parametrize("address", ["javascript:alert(1)", SECRET, "data:text/html,x"])
def test_no_link_opens_anything_but_a_page(address: str) -> None:
    expected = (f"un PDF ne peut pas ouvrir {address}",)
    assert faults(source(f'<p><a href="{address}">x</a>')) == expected


UNEXPLAINED = (
    "WeasyPrint, qui compose le PDF, ne peut pas tout tracer. "
    "Transmettez son message à la personne qui maintient le site"
)


def noise(ending: str) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((200, 200), 90).save(buffer, ending)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        noise("PNG")[:9000],
        noise("JPEG")[:9000],
        b'<svg xmlns="http://www.w3.org/2000/svg"><text>',
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg><text>&x;</text></svg>',
    ],
    ids=["empty", "unfinished GIF", "half a PNG", "half a JPEG", "unfinished SVG", "entity"],
)
def test_a_picture_that_cannot_be_read_is_told(data: bytes) -> None:
    page = with_pictures(source('<img src="/images/photo" alt="x">'), {PICTURE: data})
    assert faults(page) == (f"l’image {PICTURE} ne peut pas être lue",)


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ('<g transform="rotate(x)"/>', f"le dessin {PICTURE} ne peut pas être tracé"),
        ("<style>a } b {}</style>", f"le dessin {PICTURE} ne peut pas être tracé"),
        (
            "<title>✗</title><text>木</text>",
            "aucune police de l’impression n’a le caractère « 木 » (U+6728) : remplacez-le",
        ),
    ],
    ids=["transform", "style", "character"],
)
def test_a_drawing_that_cannot_be_traced_is_told(drawn: str, expected: str) -> None:
    pictures = {PICTURE: SVG.format(drawn).encode(), f"{PICTURE}2": SVG.format("").encode()}
    page = source('<img src="/images/photo" alt="x"><img src="/images/photo2" alt="x">')
    assert expected in faults(with_pictures(page, pictures))
    assert len(faults(with_pictures(page, pictures))) == 1 + ("✗" in drawn)


@pytest.mark.parametrize(
    ("body", "style", "expected"),
    [
        (
            '<img src="/images/plan.svg">',
            "",
            "l’image /images/plan.svg n’a pas de texte de remplacement",
        ),
        ('<a href="#rien">x</a>', "", "le lien vers #rien ne mène nulle part"),
        (
            "<p>木</p>",
            "",
            "aucune police de l’impression n’a le caractère « 木 » (U+6728) : remplacez-le",
        ),
        (
            "<p>x</p>",
            "p { colr: red; }",
            f"{UNEXPLAINED} : « Ignored `colr: red` at 12:5, unknown property. »",
        ),
        (
            SVG.format('<g transform="rotate(x)"/>'),
            "",
            f"{UNEXPLAINED} : « Failed to render SVG image {ADDRESS} »",
        ),
        (
            SVG.format("<style>@import url(x.css);</style>"),
            "",
            (
                f"{UNEXPLAINED} : « Failed to load inline SVG: 'ElementWrapper' object has no "
                "attribute 'fetch_url' »"
            ),
        ),
        (
            "<p>x</p>",
            '@font-face { font-family: "Autre"; src: url("fonts/autre.ttf") }',
            "https://theme.invalid/print/fonts/autre.ttf n’est pas un fichier du site",
        ),
    ],
)
def test_what_could_not_be_done_is_told(body: str, style: str, expected: str) -> None:
    assert faults(source(body, style))[0] == expected


def test_all_faults_are_told_once() -> None:
    missing = '<img src="/images/un.png" alt="x">'
    found = faults(source(f'{missing}{missing}<img src="/images/deux.png" alt="x">✗✗'))
    assert found == (
        "https://passerelle.example/images/un.png n’est pas un fichier du site",
        "https://passerelle.example/images/deux.png n’est pas un fichier du site",
        "aucune police de l’impression n’a le caractère « ✗ » (U+2717) : remplacez-le",
    )


def test_characters_made_of_others_or_never_seen_are_not_at_fault() -> None:
    """Fonts lack Ṁ, but have its parts; nothing is drawn of joiners, selectors, unseen spaces."""
    seen = "Ṁ M\u0307 e\u0301 \u2000 \u200d \u2060 \u034f 📅\ufe0f \U000e0100 \u00ad"
    to_pdf(source(f"<p>{seen}</p>"))
    [fault] = faults(source(f"<p>{seen} 木</p>"))
    assert "木" in fault


def test_faults_of_all_kinds_are_told_at_once() -> None:
    body = (
        '<p>木</p><a href="#rien">x</a><img src="/images/plan.svg">'
        '<img src="/images/photo" alt="x"><img src="/images/un.png" alt="x">'
    )
    assert faults(with_pictures(source(body), {PICTURE: b""})) == (
        "https://passerelle.example/images/un.png n’est pas un fichier du site",
        "le lien vers #rien ne mène nulle part",
        "l’image /images/plan.svg n’a pas de texte de remplacement",
        "aucune police de l’impression n’a le caractère « 木 » (U+6728) : remplacez-le",
        f"l’image {PICTURE} ne peut pas être lue",
    )


def test_a_fault_knows_the_character_at_fault() -> None:
    page = source('<p>木</p><a href="#rien">x</a>')
    with pytest.raises(PdfError) as refusal:
        to_pdf(page)
    assert {fault.character for fault in refusal.value.faults} == {"木", None}


def test_a_style_without_a_font_is_refused() -> None:
    with pytest.raises(ValueError, match="no font"):
        to_pdf(replace(source("<p>x</p>"), style="p { color: red }"))


def test_without_pango_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise engine.MissingPangoError

    monkeypatch.setattr(engine, "_load", missing)
    [fault] = faults(source("<p>x</p>"))
    assert fault.startswith("il manque Pango, qui compose les PDF.")


@pytest.mark.parametrize(
    ("platform", "told", "expected"),
    [
        ("darwin", None, "/opt/homebrew/lib:/usr/local/lib:/usr/lib"),
        ("darwin", "/opt/local/lib", "/opt/local/lib"),
        ("linux", None, None),
    ],
)
def test_on_macos_libraries_are_looked_for_where_homebrew_puts_them(
    monkeypatch: pytest.MonkeyPatch, platform: str, told: str | None, expected: str | None
) -> None:
    name = "DYLD_FALLBACK_LIBRARY_PATH"
    monkeypatch.delenv(name, raising=False)
    if told:
        monkeypatch.setenv(name, told)
    monkeypatch.setattr(sys, "platform", platform)
    found = []

    def load(module: str) -> object:
        found.append(os.environ.get(name))
        raise OSError(module)

    monkeypatch.setattr("importlib.import_module", load)
    with pytest.raises(engine.MissingPangoError):
        engine._load.__wrapped__()
    assert (found, os.environ.get(name)) == ([expected], told)


def test_the_fingerprint_tells_sources_apart() -> None:
    page = source("<p>x</p>")
    others = (
        replace(page, html=f"{page.html} "),
        replace(page, address=f"{ADDRESS}2/"),
        replace(page, style=f"{page.style} "),
        replace(page, style_address="https://theme.invalid/"),
        with_pictures(page, {PICTURE: IMAGE}),
        with_pictures(page, {PICTURE: IMAGE + b" "}),
        with_pictures(page, {f"{PICTURE}2": IMAGE}),
    )
    assert len({fingerprint(each) for each in (page, *others)}) == 1 + len(others)
    same = replace(page, fonts=dict(reversed(FONT_FILES.items())))
    assert fingerprint(same) == fingerprint(page)


def test_the_fingerprint_tells_versions_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    page = source("<p>x</p>")
    before = fingerprint(page)
    monkeypatch.setattr("plugins.outputs.pdf.cache.versions", lambda: ("weasyprint 71.0",))
    assert fingerprint(page) != before


def test_versions_are_those_of_what_is_loaded() -> None:
    told = engine.versions()
    with engine.weasyprint() as weasyprint:
        assert f"weasyprint {weasyprint.__version__}" in told
        ffi = weasyprint.text.ffi
        number = ffi.pango.pango_version()
    pango = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    assert any("pango" in each and each.endswith(f" {pango}") for each in told)
    assert {each.split()[0] for each in told} >= {
        *("pydyf", "fonttools", "tinycss2", "Pyphen", "selectolax")
    }
