"""Footnotes that no call leads to: their text alone is left, and told of."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from plugins.markdown.bodies import Problem
from plugins.markdown.prose import Prose

_TEXT = re.compile(r"(?m)^ {0,3}(?P<mark>\[\^(?P<label>[^\]]*)\]:)")
_LINK, _NOTE, _CALL = "footnote-backref", "fn:", "fnref:"


class LoneNotes(Extension):
    """Takes from the notes that nothing calls their link back, which would lead nowhere.

    The converter's `lone_notes` are their labels.
    """

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        """Look at notes once all calls and all links back are there."""
        md.treeprocessors.register(_LoneNotes(md), "passerelle-notes", 14)


class _LoneNotes(Treeprocessor):
    def run(self, root: Element) -> None:
        called = {element.get("id") for element in root.iter("sup")}
        lone: list[str] = []
        for note in root.iter("li"):
            label = (note.get("id") or "").removeprefix(_NOTE)
            if note.get("id") == f"{_NOTE}{label}" and f"{_CALL}{label}" not in called:
                lone.append(label)
                for parent in list(note.iter()):
                    for child in [c for c in parent if c.get("class") == _LINK]:
                        parent.remove(child)
        self.md.lone_notes = lone  # type: ignore[attr-defined]


def lone_note_problems(labels: list[str], prose: Prose) -> Iterator[Problem]:
    """Yield a fault per note that nothing calls, at its text."""
    lone = set(labels)
    for found in _TEXT.finditer(prose.source) if lone else ():
        label = found["label"]
        if label in lone:
            lone.remove(label)
            yield Problem(
                prose.place(found.start("mark")),
                "note",
                f"la note [^{label}] n’est appelée nulle part. "
                f"Écrivez « [^{label}] » là où elle s’applique, ou retirez-la.",
            )
