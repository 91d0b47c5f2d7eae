"""Checks any folder of Markdown in French, and counts what is said of it by rule.

`python -m tests.french_corpus FOLDER…`, by hand: what is said of texts that others have published
must be true. Their headers are replaced by ours, and their links and pictures are not followed.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from plugins.checks.suite import check_contents, check_leftovers
from plugins.faults import ContentError
from plugins.french.function_words import FUNCTION_WORDS
from plugins.library.index import read_index
from plugins.views.site import RESERVED
from tests.contents import NOW, article, write

_HEADER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 120
# The least share of function words in a text that is in French, not in another language.
_FRENCH = 0.2


def texts(folders: Iterable[Path]) -> Iterator[str]:
    """Yield the texts of the Markdown files that are long enough and in French."""
    for folder in folders:
        for path in sorted(folder.rglob("*.md")):
            text = _HEADER.sub("", path.read_text(encoding="utf-8", errors="replace"))
            words = _WORD.findall(text.lower())
            common = sum(word in FUNCTION_WORDS for word in words)
            if len(words) >= _FEWEST_WORDS and common >= _FRENCH * len(words):
                yield text


def rule(fault: ContentError) -> str:
    """Return the level, the field and the message of a fault, without what it quotes."""
    message = re.sub(r"« [^»]* »", "« »", fault.message)
    return f"{fault.level} · {fault.field or ''} : {re.sub('[0-9]+', 'N', message)[:90]}"


def main() -> None:
    """Print every fault, then their number by rule."""
    found = list(texts(map(Path, sys.argv[1:])))
    files = {f"articles/{n:05}.md": article("", text, f"Texte {n}") for n, text in enumerate(found)}
    with tempfile.TemporaryDirectory() as folder:
        index = read_index(write(Path(folder, "content"), files), NOW)
        faults = {*check_contents(index, RESERVED), *check_leftovers(index)}
    for fault in sorted(faults, key=lambda fault: fault.sort_key):
        print(fault.level, fault)
    for name, count in Counter(map(rule, faults)).most_common():
        print(f"{count:6} {name}")
    words = sum(len(_WORD.findall(text)) for text in found)
    print(f"{len(found)} texts, {words} words, {len(faults)} faults")


if __name__ == "__main__":
    main()
