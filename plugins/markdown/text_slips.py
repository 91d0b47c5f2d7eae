"""Signs of Markdown that are badly written, and that readers would see in a line of text."""

import re
from collections.abc import Iterator

from plugins.faults import shorten
from plugins.markdown.bodies import Problem
from plugins.markdown.prose import Prose

_REFERENCE = re.compile(r"(?<!\\)\[(?P<words>[^\[\]\n^][^\[\]\n]*)\] ?\[(?P<label>[^\[\]\n^]*)\]")
_NOTE = re.compile(r"(?<!\\)\[\^(?P<label>[^\]\n]+)\](?P<is_text>[ \u00a0\u202f]+:(?=[ \u00a0]))?")
_GAP = re.compile(
    r"(?<!\\)\[(?P<words>[^\[\]\n]+)\](?P<gap>[ \u00a0\u202f]+\()"
    r"(?P<target>(?:https?://|www\.|mailto:|\.{0,2}/)[^()\s]*|[^()\s]+\.md(?:#[^()\s]*)?)\)"
)
_SWAPPED = re.compile(r"(?<!\\)\((?P<words>[^()\n]+)\)\[(?P<target>(?:https?://|www\.)[^\]\s]*)\]")
_STRUCK = re.compile(r"(?<!\\)~~(?P<words>[^~\n]+)~~")


def text_slips(prose: Prose) -> Iterator[Problem]:
    """Yield a fault per sign that means nothing as it is written, or a warning if it may."""
    if "[" in prose.source:
        yield from _references(prose)
        yield from _notes(prose)
        yield from _links(prose)
    if "**" in prose.source:
        yield from _bold(prose)
    for found in _STRUCK.finditer(prose.source):
        if "~~" in prose.shown:
            yield _warning(
                prose,
                found,
                f"{shorten(found[0])} : les « ~~ » sont montrés tels quels, ce site ne barre pas. "
                "Retirez-les, et leur texte s’il n’a plus cours.",
            )


def _references(prose: Prose) -> Iterator[Problem]:
    """Yield the links whose address is given nowhere: `[words][label]`."""
    for found in _REFERENCE.finditer(prose.source):
        words, label = found["words"], found["label"] or found["words"]
        if f"][{found['label']}]" in prose.shown or f"] [{found['label']}]" in prose.shown:
            yield Problem(
                prose.place(found.start()),
                "lien",
                f"{shorten(found[0])} : l’adresse « {label} » n’est donnée nulle part. "
                f"Écrivez « [{words}](adresse) ».",
            )


def _notes(prose: Prose) -> Iterator[Problem]:
    """Yield the notes that have no text: a space before the colon makes it none."""
    notes = [found for found in _NOTE.finditer(prose.source) if found[0] in prose.shown]
    texts = {found["label"] for found in notes if found["is_text"]}
    for found in notes:
        label = found["label"]
        if found["is_text"]:
            message = (
                f"le texte de la note [^{label}] n’est pas lu. "
                f"Écrivez « [^{label}]: », sans espace avant le deux-points."
            )
        elif label in texts:
            continue
        else:
            message = (
                f"la note [^{label}] n’a pas de texte. Ajoutez plus bas une ligne "
                f"« [^{label}]: son texte », ou retirez l’appel."
            )
        yield Problem(prose.place(found.start()), "note", message)


def _links(prose: Prose) -> Iterator[Problem]:
    for found in _GAP.finditer(prose.source):
        if f"]{found['gap']}" in prose.shown:
            yield _warning(
                prose,
                found,
                f"{shorten(found[0])} : une espace sépare « ] » de « ( », et ce n’est pas un lien. "
                f"Écrivez « [{found['words']}]({found['target']}) ».",
            )
    for found in _SWAPPED.finditer(prose.source):
        if ")[" in prose.shown:
            yield _warning(
                prose,
                found,
                f"{shorten(found[0])} : les mots vont entre crochets, l’adresse entre parenthèses. "
                f"Écrivez « [{found['words']}]({found['target']}) ».",
            )


def _bold(prose: Prose) -> Iterator[Problem]:
    """Yield the first word of each line that shows the signs of bold."""
    index = 0
    for line in prose.shown.split("\n"):
        word = next((word for word in line.split() if "**" in word), None) if "**" in line else None
        if not word:
            continue
        found = re.compile(rf"(?<!\S){re.escape(word)}(?!\S)").search(prose.source, index)
        if found:
            index = found.end()
            yield _warning(
                prose,
                found,
                f"{shorten(word)} : ces « ** » sont montrés tels quels. Le gras s’écrit "
                "« **mots** », sans espace à l’intérieur.",
            )


def _warning(prose: Prose, found: re.Match[str], message: str) -> Problem:
    return Problem(prose.place(found.start()), "texte", message, is_warning=True)
