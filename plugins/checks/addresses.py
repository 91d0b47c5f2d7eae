"""The addresses written in `adresses.yaml`: each was, and leads to one that is."""

from collections.abc import Collection, Iterator

from plugins.faults import ContentError, KeyPath, field_name, shorten
from plugins.library.former import redirections, with_slash
from plugins.library.index import Index
from plugins.library.links import nearest


def check_written_addresses(index: Index, living: Collection[str]) -> Iterator[ContentError]:
    """Yield a fault per address that is one of the site's, is written twice, or leads nowhere.

    `living` are the addresses of the pages and files of today.
    """
    known, moves = set(living), index.once(redirections)
    seen: set[str] = set()
    for number, item in enumerate(index.contents.addresses):
        former = with_slash(item.former)
        here: KeyPath = ("adresses", number, "ancienne")
        if former in known:
            yield _error(
                index,
                here,
                f"{shorten(item.former)} est l’adresse d’une page qui existe. Retirez cette ligne.",
            )
        elif former in seen:
            yield _error(index, here, f"{shorten(item.former)} est déjà plus haut. Gardez l’une.")
        seen.add(former)
        target = item.target.partition("#")[0]
        if target.startswith("/") and target not in known:
            remedy = _remedy(target, known, moves)
            message = f"{shorten(item.target)} : aucune page à cette adresse. {remedy}"
            yield _error(index, ("adresses", number, "vers"), message)


def _remedy(target: str, known: Collection[str], moves: dict[str, str]) -> str:
    if moved := moves.get(with_slash(target)):
        return f"Elle est maintenant à l’adresse « {moved} »."
    near = nearest(target, known)
    return f"Vouliez-vous « {near} » ?" if near else "Corrigez-la, ou écrivez « supprimé »."


def _error(index: Index, path: KeyPath, message: str) -> ContentError:
    document = index.contents.addresses_document
    assert document
    return ContentError(document.path, document.locate(path), field_name(path), message)
