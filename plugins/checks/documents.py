"""Warnings about documents put online that tell more than their text."""

from collections.abc import Iterator
from pathlib import Path

from plugins.content.documents import POSITION, TITLE, film_holds_position, properties
from plugins.faults import START, ContentError, Level, shorten
from plugins.french.typography import fold
from plugins.library.index import Index


def check_documents(index: Index) -> Iterator[ContentError]:
    """Yield a warning per document put online whose properties name a person, a firm or a place."""
    for file in sorted(index.static_used):
        path = index.contents.path_of(file)
        found = [(label, value) for label, value in properties(path) if label != POSITION]
        if any(label != TITLE and not _is_ours(value, index) for label, value in found):
            told = ", ".join(f"{label} {shorten(value)}" for label, value in found)
            yield _warning(
                index,
                file,
                f"ce document dit à qui l’ouvre : {told}. Si c’est trop, effacez ses propriétés "
                "(dans Word, « Fichier », « Informations », « Inspecter le document »), refaites "
                "le PDF s’il en vient, et déposez-le de nouveau.",
            )
        for label, value in properties(path):
            if label == POSITION:
                yield _warning(
                    index,
                    file,
                    f"la photographie {shorten(value)}, dans ce document, dit où elle a été prise "
                    "(GPS). Retirez-en ce lieu, insérez-la de nouveau, et déposez le document.",
                )
        if film_holds_position(path):
            yield _warning(
                index,
                file,
                "le lieu de la prise de vue (GPS) est inscrit dans ce film, et serait publié avec "
                "lui. Exportez-le sans sa position, et déposez-le de nouveau.",
            )


def _is_ours(name: str, index: Index) -> bool:
    """Return True for the site's own name, or that of an organisation that it presents."""
    is_site = fold(name) == fold(index.contents.site.name)
    return is_site or index.find("organisation", name) is not None


def _warning(index: Index, file: str, message: str) -> ContentError:
    return ContentError(Path(index.contents.root.name, file), START, None, message, Level.WARNING)
