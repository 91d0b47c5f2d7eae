"""Warnings about pictures that may be published, and would serve badly or tell too much."""

from collections.abc import Iterator
from pathlib import Path

from plugins.content.pictures import PHOTOGRAPH_FORMATS, StaticFile, holds_position, is_picture
from plugins.content.record import AnyRecord
from plugins.faults import START, ContentError, Level, Position, shorten
from plugins.french.quantities import format_number, weight
from plugins.library.index import Index
from plugins.library.links import BrokenLinkError, pictures_of
from plugins.markdown.alternatives import doubtful_alternative
from plugins.models import PortraitHeader
from plugins.models.blocks import ImageBlock
from plugins.models.fields import Image

# The longer side, in pixels, under which a header's photograph leaves its place empty.
_SMALL = 600
# The same in the margin, where a portrait is shown.
_SMALL_PORTRAIT = 300
# Bytes above which a picture that the site cannot make lighter is told.
_HEAVY = 300_000


def picture_oversights(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    """Yield a warning per picture of a content with doubtful words, too small, or too heavy.

    The words of Markdown images are judged with their text.
    """
    image = record.header.image
    if image:
        yield from _words(record, image, record.locate(("image", "alt")), "image.alt")
        file = index.contents.static.get(image.file)
        if file and is_picture(index.contents.path_of(image.file)):
            yield from _small(record, image, file)
    for block in record.body.blocks():
        if isinstance(block.options, ImageBlock):
            yield from _words(record, block.options, block.place("alt"), "/// image alt")
    yield from _heavy(record, index)


def _words(
    record: AnyRecord, image: Image | ImageBlock, place: Position, field: str
) -> Iterator[ContentError]:
    if message := doubtful_alternative(image.alt, image.file, image.caption):
        yield record.error_at(place, field, message, Level.WARNING)


def _small(record: AnyRecord, image: Image, file: StaticFile) -> Iterator[ContentError]:
    """Yield a warning for a photograph smaller than its place; a drawing has no size of its own."""
    if file.suffix not in PHOTOGRAPH_FORMATS or not (file.width and file.height):
        return
    wanted = _SMALL_PORTRAIT if isinstance(record.header, PortraitHeader) else _SMALL
    if max(file.width, file.height) < wanted:
        yield record.error(
            ("image", "fichier"),
            f"{shorten(image.file)} est petite pour sa place : {file.width} × {file.height} "
            f"pixels. Prenez l’original, de {wanted} pixels de large au moins ; "
            f"{format_number(2 * wanted)} valent mieux.",
            Level.WARNING,
        )


def _heavy(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    """Yield a warning per heavy drawing or animation; photographs are made lighter by us."""
    told = set()
    for link in pictures_of(record):
        try:
            address = index.resolve(record, link.target)
        except BrokenLinkError:
            continue
        file = index.contents.static_at(address)
        is_drawing = file.suffix == ".svg"
        is_made_lighter = not is_drawing and not (file.width and file.is_animated)
        if file.weight <= _HEAVY or is_made_lighter or address in told:
            continue
        told.add(address)
        remedy = (
            "un dessin. Simplifiez ses tracés, ou exportez-le en PNG."
            if is_drawing
            else "une animation. Raccourcissez-la, réduisez-la, ou prenez une image fixe."
        )
        yield record.error_at(
            link.position,
            "image",
            f"{shorten(link.target.removeprefix('/'))} pèse {weight(file.weight)}, et le site ne "
            f"peut pas alléger {remedy}",
            Level.WARNING,
        )


def check_positions(index: Index) -> Iterator[ContentError]:
    """Yield a warning per photograph with its position in it, published or not."""
    for file in index.contents.static:
        if holds_position(index.contents.path_of(file)):
            yield ContentError(
                Path(index.contents.root.name, file),
                START,
                None,
                "le lieu de la prise de vue (GPS) est inscrit dans la photographie. Les lecteurs "
                "du site ne le voient jamais : ils en reçoivent des copies sans lui. Le fichier, "
                "lui, le garde dans le dépôt. Si ce lieu doit rester secret, remplacez le fichier "
                "par une copie exportée sans le lieu, avant de l’enregistrer dans git.",
                Level.WARNING,
            )
