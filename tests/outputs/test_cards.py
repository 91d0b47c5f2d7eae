"""The cards that social networks show, as a decoder that did not write them sees them."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace

import pytest
from PIL import Image

from plugins.french.typography import NBSP
from plugins.outputs.cards.card import HEIGHT, MARGIN, WIDTH, Card, CardMaker, Colours, palette
from plugins.outputs.cards.compositor import Compositor
from tests.sites import ROOT

FONTS = ROOT / "theme/print/fonts"
COLOURS = Colours("#fcfaf6", "#052126", "#005454", "#dbf3ef", "#9d2e1c")
TITLES = {
    "20": "Hydrogène et musée",
    "60": f"Hydrogène, musée et dix-septième étage{NBSP}: une journée au Havre",
    "120": (
        f"Statut du collaborateur de cabinet{NBSP}: ce que change le décret du 12{NBSP}janvier "
        "pour les directeurs et pour leurs équipes"
    ),
    "160": (
        f"Cinq chantiers cherchent leurs participants{NBSP}: attractivité, transition écologique, "
        "espaces de travail, management et numérique, pour le premier trimestre"
    ),
}
HOSTILE = {
    **TITLES,
    "one letter": "M",
    "too long": "Des mots et des mots " * 40,
    "without spaces": "Anticonstitutionnellement" * 12,
    "wide": "W" * 160,
    "no-break spaces": NBSP.join(["mot"] * 60),
    "other writings": "Ω Дом שלום مرحبا بالعالم 📅 ✅ → ⇒ ① CO₂ Łukasz ‰ 中文 e\u0301",
    "spaces": "  des   espaces  ",
    "ordinals": f"Le 1er{NBSP}janvier, le XXe siècle et la 2e{NBSP}séance",
}
MARKS = (
    (6, 0),
    (7, 0),
    (3, 1),
    (0, 0),
    (1, 0),
    (2, 0),
    (0, 0),
    (90, 90),
    (4, 2),
    (14, 4),
    (0, 9),
    (0, 1),
)
CARD = Card(
    site="Passerelle",
    tagline="le réseau des cadres dirigeants",
    kind="Article",
    title=TITLES["60"],
    when=f"3{NBSP}février 2024",
    year=2024,
    lit=(2,),
)
EVENT = replace(
    CARD,
    kind="Événement",
    state="Reporté, nouvelle date à venir",
    numeral="25–26",
    below=("septembre 2024", f"et 12{NBSP}autres dates"),
    is_off=True,
)
CARDS = {
    "article": CARD,
    "event": EVENT,
    "approximate": replace(
        CARD, when=f"4e{NBSP}trimestre 2024", lit=(10, 11, 12), is_approximate=True
    ),
    "with a lede": replace(
        CARD, when="", lede="Un long résumé, qui dit tout ce qu’il peut dire. " * 9
    ),
    "bare": replace(CARD, kind="", when="", tagline="", lit=()),
    "long words everywhere": replace(
        EVENT,
        site="Passerelle " * 9,
        tagline="réseau " * 30,
        kind="Chantier " * 12,
        when="date " * 40,
    ),
}


@pytest.fixture(scope="module")
def maker() -> CardMaker:
    return CardMaker(FONTS, COLOURS)


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    assert (image.format, image.mode, image.size) == ("PNG", "P", (WIDTH, HEIGHT))
    return image


def numbers(png: bytes) -> Image.Image:
    """Return the numbers of the colours of a card; 0 is paper."""
    image = opened(png)
    return Image.frombytes("L", image.size, image.tobytes())


@pytest.mark.parametrize("kind", CARDS)
@pytest.mark.parametrize("title", HOSTILE)
def test_a_card_is_light_and_stays_in_its_frame(maker: CardMaker, kind: str, title: str) -> None:
    png = maker.png(replace(CARDS[kind], title=HOSTILE[title]), MARKS)
    assert len(png) < 60_000
    box = numbers(png).getbbox()
    assert box
    left, top, right, bottom = box
    assert left >= MARGIN - 2
    assert right <= WIDTH - MARGIN + 2
    assert top >= 40
    assert bottom <= HEIGHT - 40


@pytest.mark.parametrize("kind", CARDS)
@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_touches_neither_the_kicker_nor_the_strip(
    maker: CardMaker, kind: str, title: str
) -> None:
    drawn = numbers(maker.png(replace(CARDS[kind], title=HOSTILE[title]), MARKS))
    assert drawn.crop((0, 486, WIDTH, 496)).getbbox() is None
    # Under the rule of the head.
    assert drawn.crop((0, 126, WIDTH, 140)).getbbox() is None


def test_the_same_card_is_the_same_bytes_whatever_was_drawn_before(maker: CardMaker) -> None:
    cards = [replace(card, title=title) for card in CARDS.values() for title in HOSTILE.values()]
    fresh = CardMaker(FONTS, COLOURS)
    backwards = [fresh.png(card, MARKS) for card in reversed(cards)]
    assert [maker.png(card, MARKS) for card in cards] == backwards[::-1]


def test_the_stream_of_bands_is_one_of_zlib(maker: CardMaker) -> None:
    """Pillow does not check its sum (Adler-32), other decoders do."""
    png = maker.png(CARD, MARKS)
    start = png.index(b"IDAT") + 4
    length = int.from_bytes(png[start - 8 : start - 4], "big")
    rows = zlib.decompress(png[start : start + length])
    assert len(rows) == (WIDTH + 1) * HEIGHT
    assert {*rows[:: WIDTH + 1]} == {0}


def test_whatever_is_written_is_easy_to_read() -> None:
    found = palette(COLOURS)
    colours = [tuple(found[n : n + 3]) for n in range(0, len(found), 3)]
    paper, ink, soft = colours[0], colours[15], colours[12]
    grounds_and_inks = [
        (paper, ink),
        (paper, soft),
        (colours[16], colours[23]),
        (colours[24], colours[31]),
        (colours[32], colours[39]),
        (colours[40], colours[47]),
    ]
    assert len(colours) == 48
    for ground, written in grounds_and_inks:
        assert contrast(ground, written) >= 7


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the ratio of WCAG 2.2 (relative luminance)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: tuple[int, ...]) -> float:
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (part / 255 for part in colour)
    ]
    return sum(part * weight for part, weight in zip(parts, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.fixture(scope="module")
def compositor() -> Compositor:
    return Compositor(FONTS)


SIZES = (112, 96, 82, 70, 58, 50, 42, 38)


@pytest.mark.parametrize(
    ("title", "size", "lines"), [("20", 112, 1), ("60", 70, 2), ("120", 58, 3), ("160", 58, 4)]
)
def test_a_title_is_as_large_as_its_room_allows(
    compositor: Compositor, title: str, size: int, lines: int
) -> None:
    found, written = compositor.fitted(TITLES[title], "display", SIZES, 1056, 246)
    assert (found, len(written)) == (size, lines)
    assert " ".join(written) == TITLES[title]


@pytest.mark.parametrize("title", TITLES)
def test_lines_are_balanced(compositor: Compositor, title: str) -> None:
    _, lines = compositor.fitted(TITLES[title], "display", SIZES, 1056, 246)
    lengths = [compositor.length(line, "display") for line in lines]
    assert min(lengths) > 0.6 * max(lengths)


def test_a_no_break_space_is_never_broken(compositor: Compositor) -> None:
    _, lines = compositor.fitted(TITLES["60"], "display", SIZES, 700, 400)
    assert any(f"étage{NBSP}:" in line for line in lines)


def test_what_is_left_out_is_told(compositor: Compositor) -> None:
    size, lines = compositor.fitted(HOSTILE["too long"], "display", SIZES, 1056, 246)
    assert size == SIZES[-1]
    assert lines[-1].endswith("mots…")
    assert all(compositor.length(line, "display") * size <= 1056 for line in lines)


def test_letters_are_kerned_and_ordinals_raised(compositor: Compositor) -> None:
    def apart(text: str) -> float:
        return sum(compositor.length(letter, "display") for letter in text)

    assert compositor.length("AVATAR", "display") < apart("AVATAR") - 0.1
    assert compositor.length("1er", "sans") < compositor.length("1", "sans") + 0.7 * (
        compositor.length("e", "sans") + compositor.length("r", "sans")
    )


@pytest.mark.parametrize("sign", "ΩДשم✅📅⇒①₂Ł‰ﬁ")
def test_each_writing_has_a_face(maker: CardMaker, sign: str) -> None:
    """What a face lacks is set in another; nothing is printed of what all lack."""
    nothing = numbers(maker.png(replace(CARD, title="中"), MARKS))
    assert numbers(maker.png(replace(CARD, title=sign), MARKS)) != nothing
