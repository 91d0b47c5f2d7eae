"""The next issue of the letter, proposed from what happened since the last one."""

from dataclasses import dataclass
from pathlib import Path

from plugins.library.index import Index


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file to write: its path from the root of the repository, and its text, ended by a newline.

    `path` begins with the name of the content folder: `content/lettres/2.md`.
    """

    path: Path
    text: str


def propose(index: Index) -> Proposal:
    """Return the next issue of the letter, as of the day of an index; nothing is written.

    Raises `ValueError`, in French, when there is nothing to propose: a draft of the next issue is
    there already, or nothing happened and nothing is to come.
    """
    raise NotImplementedError
