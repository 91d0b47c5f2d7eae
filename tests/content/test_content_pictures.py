"""The size of a picture, and whether a file is one."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zlib
from pathlib import Path

import pytest
from PIL import Image

from plugins.content.pictures import image_size, is_picture, objection


def picture(kind: str, size: tuple[int, int] = (3, 2)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size).save(data, kind)
    return data.getvalue()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}>{}</svg>'


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("a.png", picture("PNG"), (3, 2)),
        ("a.jpg", picture("JPEG"), (3, 2)),
        ("a.webp", picture("WEBP"), (3, 2)),
        ("a.svg", SVG.format('width="640" height="360"', ""), (640, 360)),
        ("a.svg", SVG.format('width="640px" height="360.4px"', ""), (640, 360)),
        ("a.svg", SVG.format('viewBox="0 0 640 360"', ""), (1200, 675)),
        ("a.svg", SVG.format('width="100%" viewBox="-1,-2, 64.5 , 36"', ""), (1200, 670)),
        ("a.svg", SVG.format("width='24' viewBox='0 0 100 50'", ""), (24, 12)),
        ("a.svg", SVG.format('width="1in" height="2.54cm"', ""), (96, 96)),
        ("a.svg", SVG.format("", ""), (None, None)),
        ("a.svg", SVG.format('width="." height="1.2.3"', ""), (None, None)),
        ("a.svg", b'\xff<svg width="1" height="\xff">', (None, None)),
        ("a.png", b"", (None, None)),
        ("a.png", b"faux", (None, None)),
        ("a.png", picture("PNG")[:20], (None, None)),
        ("a.gif", b"GIF89a", (None, None)),
        ("absent.png", None, (None, None)),
        ("absent.svg", None, (None, None)),
    ],
)
def test_size(
    tmp_path: Path, name: str, data: str | bytes | None, size: tuple[int | None, int | None]
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    assert image_size(tmp_path / name) == size


def test_a_picture_replaced_under_its_name_is_measured_anew(tmp_path: Path) -> None:
    """The preview and `pelican --autoreload` go on from one build to the next."""
    path = tmp_path / "a.png"
    assert (is_picture(path), image_size(path)) == (False, (None, None))
    path.write_bytes(picture("PNG", (3, 2)))
    assert (is_picture(path), image_size(path)) == (True, (3, 2))
    path.write_bytes(picture("PNG", (40, 30)))
    assert image_size(path) == (40, 30)


@pytest.mark.parametrize(("side", "size"), [(12_000, (12_000, 12_000)), (60_000, (None, None))])
def test_a_huge_picture_is_measured_by_its_header(
    tmp_path: Path, side: int, size: tuple[int | None, int | None]
) -> None:
    """It takes no memory and gives no warning; one that no screen can show is no picture."""
    start = b"IHDR" + side.to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    chunk = (13).to_bytes(4, "big") + start + zlib.crc32(start).to_bytes(4, "big")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk + picture("PNG")[33:])
    assert image_size(tmp_path / "a.png") == size


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.svg", SVG.format("", "<path d='M0 0'/><text>on y va = oui</text>"), True),
        ("a.png", picture("PNG"), True),
        ("a.svg", SVG.format("", "<script>alert(1)</script>"), False),
        ("a.svg", SVG.format("onload='alert(1)'", ""), False),
        ("a.svg", SVG.format("", "<a href='JavaScript:alert(1)'/>"), False),
        ("a.svg", SVG.format("", "<foreignObject><p>a</p></foreignObject>"), False),
        ("a.svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.format("", ""), False),
        ("a.svg", "<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:script/></s:svg>", False),
        ("a.svg", "du texte", False),
        ("a.svg", "", False),
        ("a.png", "du texte", False),
    ],
)
def test_is_picture(tmp_path: Path, name: str, data: str | bytes, expected: bool) -> None:
    (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    assert is_picture(tmp_path / name) is expected


HIDDEN = "http://127.0.0.1:9977/HIT"
REMEDY = (
    ", qui n’est pas permis dans un dessin publié. Exportez-le en « SVG simple » : "
    "ni programme, ni animation, ni appel à un autre fichier."
)


@pytest.mark.parametrize(
    ("name", "drawing", "part"),
    [
        ("evil.svg", SVG.format("", "<script>document.title='XSS'</script>"), "script"),
        ("evil.SVG", SVG.format("", "<script>document.title='XSS'</script>"), "script"),
        (
            "attlist.svg",
            f"<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"fetch('{HIDDEN}')\">]>"
            + SVG.format("", "<rect/>"),
            "<!DOCTYPE … [ … ]>",
        ),
        (
            "anim-mask.svg",
            SVG.format(
                "",
                f"<rect><animate attributeName='mask' values=\"image-set('{HIDDEN}' 1x)\"/></rect>",
            ),
            "animate",
        ),
        (
            "mask-imageset.svg",
            SVG.format("", f"<rect mask=\"image-set('{HIDDEN}' 1x)\"/>"),
            f"mask=image-set('{HIDDEN}' 1x)",
        ),
        ("a.svg", SVG.format("", "<rect style='cursor: url(x.cur), auto'/>"), None),
        ("a.svg", SVG.format("", "<rect cursor='url(x.cur)'/>"), "cursor=url(x.cur)"),
        ("a.svg", SVG.format("", "<path d='M0 0Z 1'/>"), "d=M0 0Z 1"),
        ("a.svg", SVG.format("", "<path d='Z 1'/>"), "d=Z 1"),
        # Judged at once, whatever its length.
        ("a.svg", SVG.format("", f"<path d='M{'1' * 5000}x'/>"), None),
        ("a.svg", SVG.format("", f"<rect x='{'1' * 5000}(' y='{'1 ' * 5000}\u00e9'/>"), None),
        ("a.svg", SVG.format("viewBox='a b'", ""), "viewBox=a b"),
        ("a.svg", SVG.format("", "<polygon points='1 2 x'/>"), "points=1 2 x"),
        (
            "a.svg",
            SVG.format("", "<g xml:base='https://exemple.fr/'/>"),
            "base=https://exemple.fr/",
        ),
        ("a.svg", SVG.format("", "<animate attributeName='href'/>"), "animate"),
        ("a.svg", SVG.format("", "<style>@namespace x 'y';</style>"), "style"),
        (
            "a.svg",
            "<?xml version='1.0' encoding='ISO-2022-JP'?>" + SVG.format("", ""),
            "encoding=ISO-2022-JP",
        ),
    ],
)
def test_a_drawing_holds_only_what_draws(
    tmp_path: Path, name: str, drawing: str, part: str | None
) -> None:
    (tmp_path / name).write_text(drawing, encoding="utf-8")
    told = objection(tmp_path / name)
    assert told
    if part:
        assert told == f"contient « {part} »{REMEDY}"


@pytest.mark.parametrize(
    "drawing",
    [
        "<path d='m0 0h1v1l.5.5-1-1c1 1 2 2 3 3s1,1 2,2q1 1 2 2t1 1a1 1 0 01.5.5z'/>",
        "<path d='M1e-3 2E5zm1 1z'/>",
        "<path d=''/>",
        "<metadata><x:xmpmeta xmlns:x='adobe:ns:meta/'/><?xpacket end='w'?></metadata>",
        "<style>@media(min-width:1px){@font-face{src:url(data:font/woff2;base64,A)}}</style>",
        "<polygon points='1,2 3,4'/><text x='1 2' dy='1em' font-size='12px'>a</text>",
        "<g transform='translate (1,2) rotate(45)' fill='rgb(1, 2, 3)'/>",
        "<rect width='100%' height='auto' mask='url(#m)' style='mix-blend-mode: multiply'/>",
        "<style>@media (prefers-color-scheme:dark){path{fill:#fff}}</style>",
    ],
)
def test_what_draws_is_sound(tmp_path: Path, drawing: str) -> None:
    doctype = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    (tmp_path / "a.svg").write_text(doctype + SVG.format("", drawing), encoding="utf-8")
    assert objection(tmp_path / "a.svg") is None


XLINK = "xmlns:xlink='http://www.w3.org/1999/xlink'"
HTML = "xmlns='http://www.w3.org/1999/xhtml'"


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        ("<use href='#a'/>", True),
        (f"<use {XLINK} xlink:href=' #a'/>", True),
        ("<image href='data:image/png;base64,AAAA'/>", False),
        ("<path style='fill: url(#a)' stroke='url(\"#b\")' aria-label='image (1)'/>", True),
        ("<style>@font-face { src: url(data:font/woff2;base64,AAAA) }</style>", True),
        ("<a href='https://exemple.fr/'><path/></a>", True),
        ("<image href='/etc/x.png'/>", False),
        ("<image href='x.png'/>", False),
        (f"<image {XLINK} xlink:href='file:///etc/x.png'/>", False),
        (f"<i:image xmlns:i='http://www.w3.org/2000/svg' {XLINK} xlink:href='x.png'/>", False),
        ("<image xmlns:y='http://www.w3.org/1999/xlink' y:href='&#x2f;etc/x.png'/>", False),
        ("<image href='data:image/svg+xml,&lt;svg/>'/>", False),
        ("<feImage href='https://exemple.fr/x.png'/>", False),
        ("<use href='autre.svg#a'/>", False),
        ("<path style='fill: url(x.svg#a)'/>", False),
        ("<path style='fill: u\\72 l( \"x.svg#a\")'/>", False),
        ("<path filter='url(https://exemple.fr/#a)'/>", False),
        ("<style>path { background: image-set('x.png' 1x) }</style>", False),
        ("<style><![CDATA[@import 'x.css';]]></style>", False),
        ("<style>path { --a: '/*'; fill: url(x); --b: '*/' }</style>", False),
        ("<a href='#'><set attributeName='href' to='x.svg'/></a>", False),
        (f"<img {HTML} srcset='https://exemple.fr/x.png 1x'/>", False),
    ],
)
def test_a_drawing_reads_nothing_beside_itself(
    tmp_path: Path, drawing: str, expected: bool
) -> None:
    """What it would read of the machine that builds would be published in the letter's picture."""
    (tmp_path / "a.svg").write_text(SVG.format("", drawing), encoding="utf-8")
    assert is_picture(tmp_path / "a.svg") is expected


PHOTOGRAPH = (
    "contient une photographie, dont le lieu ou l’auteur partiraient avec lui. "
    "Exportez le tout en PNG, ou retirez la photographie."
)
ENDLESS = (
    "n’a pas de fin : une de ses parties se répète elle-même, ou trop de fois. Exportez-le en PNG."
)
UNREADABLE = "n’est pas un dessin SVG lisible. Enregistrez-le de nouveau."
INKSCAPE = "xmlns:i='http://www.inkscape.org/namespaces/inkscape'"


def tenfold(part: str, whole: str) -> str:
    """Return ten parts, each of which holds the one before ten times."""
    return "".join(whole.format(n + 1, part.format(n) * 10) for n in range(10))


USES = tenfold("<use href='#a{}'/>", "<g id='a{}'>{}</g>")
PATTERNS = tenfold("<path fill='url(#a{})'/>", "<pattern id='a{}'>{}</pattern>")
ENTITIES = tenfold("&a{};", "<!ENTITY a{} '{}'>")


@pytest.mark.parametrize(
    ("drawing", "message"),
    [
        # A photograph in it would keep its position, and take any memory.
        (SVG.format("", "<image href='data:image/jpeg;base64,/9j/'/>"), PHOTOGRAPH),
        (SVG.format(XLINK, "<image xlink:href=' DATA:image/png;base64,A'/>"), PHOTOGRAPH),
        (SVG.format("", "<style>a{fill:url('data:image/webp;base64,A')}</style>"), PHOTOGRAPH),
        # Parts that call parts: a few lines that no browser ends with.
        (SVG.format("", f"<path id='a0'/>{USES}"), ENDLESS),
        (SVG.format("", f"<path id='a0'/>{PATTERNS}"), ENDLESS),
        (SVG.format("", "<g id='a'><use href='#a'/></g>"), ENDLESS),
        (SVG.format("", "<mask id='m'><path mask='url( \"#m\")'/></mask>"), ENDLESS),
        (SVG.format("", "<a id='a' href='#a'><path/></a>"), None),
        (SVG.format("", "<path id='a'/>" + "<use href='#a'/>" * 2000), None),
        # Browsers leave out the words of an element in a style.
        (
            SVG.format(INKSCAPE, "<style>a{b:url<i:x>(#a);c:calc</i:x>(//e)}</style>"),
            f"contient « style »{REMEDY}",
        ),
        (
            SVG.format("", "<style>a{b:url<metadata/>(//e)}</style>"),
            f"contient « style »{REMEDY}",
        ),
        (f"<!DOCTYPE svg [<!ENTITY a0 'a'>{ENTITIES}]>" + SVG.format("x='&a10;'", ""), UNREADABLE),
        (SVG.format("", "<g>" * 5000 + "</g>" * 5000), UNREADABLE),
        (gzip.compress(SVG.format("", "").encode(), mtime=0), UNREADABLE),
        (b"\xef\xbb\xbf" + SVG.format("", "").encode(), None),
        (
            SVG.format("", " " * 5_000_000),
            "pèse plus de 5\u00a0Mo. Simplifiez ses tracés, ou exportez-le en PNG.",
        ),
    ],
)
def test_a_drawing_is_light_and_holds_no_photograph(
    tmp_path: Path, drawing: str | bytes, message: str | None
) -> None:
    data = drawing if isinstance(drawing, bytes) else drawing.encode()
    (tmp_path / "a.svg").write_bytes(data)
    assert objection(tmp_path / "a.svg") == message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7", "latin-1"])
def test_a_drawing_is_read_as_what_draws_it_reads_it(tmp_path: Path, encoding: str) -> None:
    drawing = SVG.format("", "<text>é</text><image href='/etc/x.png'/>")
    data = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + drawing.encode(encoding)
    (tmp_path / "a.svg").write_bytes(data)
    assert not is_picture(tmp_path / "a.svg")


def test_a_style_sheet_elsewhere_is_refused(tmp_path: Path) -> None:
    sheet = '<?xml-stylesheet href="x.css"?>'
    (tmp_path / "a.svg").write_text(sheet + SVG.format("", ""), encoding="utf-8")
    assert not is_picture(tmp_path / "a.svg")


@pytest.mark.parametrize(("turn", "size"), [(1, (3, 2)), (6, (2, 3))])
@pytest.mark.parametrize("name", ["a.jpg", "a.webp", "a.png"])
def test_a_photograph_lying_on_its_side_is_measured_upright(
    tmp_path: Path, name: str, turn: int, size: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    Image.new("RGB", (3, 2)).save(tmp_path / name, exif=exif)
    assert image_size(tmp_path / name) == size


def header_of_png(width: int, height: int) -> bytes:
    """Return a PNG whose header tells a size that its few bytes do not hold."""
    start = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    chunk = (13).to_bytes(4, "big") + start + zlib.crc32(start).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + chunk + picture("PNG")[33:]


def large_photograph() -> bytes:
    data = io.BytesIO()
    Image.linear_gradient("L").resize((400, 300)).save(data, "JPEG")
    return data.getvalue()


REDUCE = "Réduisez-la : 10\u202f000\u00a0pixels de côté au plus, et 50\u00a0millions en tout."


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.JPG", large_photograph(), None),
        (
            "coupee.jpg",
            large_photograph()[:1500],
            "est incomplète ou abîmée. Copiez-la de nouveau depuis l’original.",
        ),
        (
            "coupee.png",
            picture("PNG", (300, 300))[:-30],
            "est incomplète ou abîmée. Copiez-la de nouveau depuis l’original.",
        ),
        (
            "deguisee.jpg",
            picture("PNG"),
            "est une image PNG, malgré son nom. Renommez-la avec la fin « .png ».",
        ),
        (
            "deguisee.png",
            picture("JPEG"),
            "est une image JPEG, malgré son nom. Renommez-la avec la fin « .jpg ».",
        ),
        (
            "telephone.jpg",
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
            (
                "est une photographie HEIC, que les navigateurs ne montrent pas. "
                "Exportez-la en JPEG : changer la fin du nom ne suffit pas."
            ),
        ),
        (
            "enorme.png",
            header_of_png(13_000, 13_000),
            f"est trop grande : 13000 × 13000 pixels. {REDUCE}",
        ),
        (
            "large.png",
            header_of_png(10_001, 1),
            f"est trop grande : 10001 × 1 pixels. {REDUCE}",
        ),
        ("bombe.png", header_of_png(50_000, 50_000), f"est trop grande. {REDUCE}"),
        ("a.jpg", b"du texte", "n’est pas une image lisible. Enregistrez-la de nouveau."),
        (
            "a.jpg",
            b"%!PS-Adobe-3.0 EPSF-3.0",
            "n’est pas une image lisible. Enregistrez-la de nouveau.",
        ),
    ],
)
def test_a_picture_that_cannot_be_published_is_told(
    tmp_path: Path, name: str, data: bytes, message: str | None
) -> None:
    (tmp_path / name).write_bytes(data)
    assert objection(tmp_path / name) == message


@pytest.mark.parametrize("size", [(1, 1), (7, 7), (1, 9000), (9000, 1)])
def test_the_smallest_photograph_is_one(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("RGB", size).save(tmp_path / "a.jpg")
    assert objection(tmp_path / "a.jpg") is None


def test_a_bomb_takes_no_memory(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(header_of_png(13_000, 13_000))
    tracemalloc.start()
    assert not is_picture(tmp_path / "a.png")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_an_animation_without_end_is_refused(tmp_path: Path) -> None:
    frames = [Image.new("1", (4000, 4000), n % 2) for n in range(4)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    assert objection(tmp_path / "a.gif") == (
        "est une animation trop lourde : 4 images de 4000 × 4000 pixels. "
        "Raccourcissez-la ou réduisez-la."
    )
