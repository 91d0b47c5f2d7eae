"""Checks of blocks `extrait`: the content and the heading named, circles, texts without a word."""

from collections.abc import Iterator
from difflib import get_close_matches

from plugins.content.record import AnyRecord
from plugins.faults import ContentError, Level, shorten
from plugins.french.typography import fold
from plugins.library.excerpts import excerpt_blocks, excerpt_of, name_of, shown_by, source_of
from plugins.library.index import Index
from plugins.library.selection import State
from plugins.markdown.bodies import BlockCall
from plugins.markdown.excerpts import section_ids

_FIELD = "/// extrait"
_NEAR = 0.6


def check_excerpts(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    """Yield a fault per block that names nothing published, or shows itself."""
    for block in excerpt_blocks(record.body):
        if not block.argument or source_of(block, index, State.BROKEN):
            continue
        if message := _unknown(block, index) or _circle(record, block, index):
            yield record.error_at(block.position, _FIELD, message)
        elif _is_empty(block, index):
            message = (
                f"{shorten(block.argument)} n’a pas de texte : le bloc ne montrerait rien. "
                "Écrivez ce texte, ou retirez le bloc."
            )
            yield record.error_at(block.position, _FIELD, message, Level.WARNING)


def _unknown(block: BlockCall, index: Index) -> str | None:
    """Return the message for a block that names no published content, or no heading of it."""
    written, name = shorten(block.argument or ""), name_of(block)
    source = source_of(block, index)
    if source is None:
        if source_of(block, index, State.UNPUBLISHED):
            return (
                f"{written} n’est pas publié (brouillon, à paraître ou expiré). "
                "Publiez-le ou retirez ce bloc."
            )
        known = {
            fold(f"{record.kind.folder}/{record.slug}"): f"{record.kind.folder}/{record.slug}"
            for record in index.published
        }
        # A name alone is near the same name in its folder.
        path = fold(f"{name.folder}/{name.name}".strip("/"))
        ends = [whole for whole in known if whole.endswith(f"/{path}")]
        close = ends or get_close_matches(path, known, n=1, cutoff=_NEAR)
        heading = f"#{name.heading}" if name.heading else ""
        hint = (
            f"Vouliez-vous « {known[close[0]]}{heading} » ?"
            if close
            else "Écrivez le dossier et le nom du fichier : « organisations/nom-du-fichier »."
        )
        return f"{written} : contenu inconnu. {hint}"
    if excerpt_of(block, index) is not None:
        return None
    ids = section_ids(source.body)
    where = f"{source.kind.folder}/{source.slug}"
    close = get_close_matches(name.heading or "", ids, n=1, cutoff=_NEAR)
    if close:
        hint = f"Vouliez-vous « {where}#{close[0]} » ?"
    elif ids:
        hint = f"Intertitres possibles : {', '.join(f'#{one}' for one in ids)}."
    else:
        hint = f"Il n’en a aucun : écrivez « {where} », pour le montrer en entier."
    return f"{written} : pas d’intertitre « #{name.heading} » dans ce contenu. {hint}"


def _circle(record: AnyRecord, block: BlockCall, index: Index) -> str | None:
    """Return the message for a block that stands in what it shows, directly or by a chain."""
    found = excerpt_of(block, index)
    assert found is not None
    own = (record.path, block.position)
    written = shorten(block.argument or "")
    if own in _blocks_of(found.source, found.body.blocks()):
        return (
            f"{written} contient ce bloc lui-même : l’extrait n’aurait pas de fin. "
            "Choisissez un autre passage, ou retirez le bloc."
        )
    for shown in shown_by(found.source, found.body, index):
        if own in _blocks_of(shown.excerpt.source, shown.excerpt.body.blocks()):
            place = f"{shown.record.path.as_posix()}:{shown.block.position.line}"
            return (
                f"{written} mène à un extrait qui montre à son tour ce bloc ({place}) : il "
                "n’aurait pas de fin. Retirez l’un des deux."
            )
    return None


def _blocks_of(record: AnyRecord, blocks: Iterator[BlockCall]) -> set[object]:
    return {(record.path, block.position) for block in blocks}


def _is_empty(block: BlockCall, index: Index) -> bool:
    found = excerpt_of(block, index)
    return found is not None and not found.body.parts
