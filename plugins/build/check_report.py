"""What `make check` tells of the faults: to the terminal, and to the machines of a merge request.

Loaded without Pelican and the rest of our code: a check that repeats the last one prints at once.
"""

import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from plugins.build.report import (
    TO_MEND,
    in_order,
    print_faults,
    print_line,
    print_refusal,
    remedies,
    summary,
)
from plugins.faults import ContentError, Level, shorten

SCHEMA_VERSION = 1
_WORDS = {Level.ERROR: "error", Level.WARNING: "warning"}
# A message may quote the number of another line, which moves as lines are added.
_LINE = re.compile(r"\bligne \d+")


class UsageError(ValueError):
    """The options of the check cannot be used; the French message says what to write."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """How a check tells its faults.

    In a `form` for machines the report alone goes to the standard output, and all that is for
    people to the other one. Of the advice only that about some `files` is told, if any are given;
    errors are told wherever they are, since a publication stops at each of them.
    """

    form: str = ""
    files: frozenset[str] | None = None

    def refuse(self, faults: Iterable[ContentError]) -> None:
        """Tell faults that would prevent a publication."""
        told = self._told(faults)
        print_refusal(told, outcome=TO_MEND)
        self._write(told)

    def accept(self, faults: Iterable[ContentError], lines: Iterable[str]) -> None:
        """Tell the advice about contents without errors, then sentences."""
        told = self._told(faults)
        print_faults(told)
        for line in remedies(told):
            print_line(line, sys.stderr)
        if told:
            print_line(f"{summary(told)}.", sys.stderr)
        for line in lines:
            self.say(line)
        self._write(told)

    def repeat(self, faults: Iterable[ContentError], lines: Sequence[str]) -> None:
        """Tell again what a check without errors told, its first sentence first."""
        self.say(lines[0])
        self.accept(faults, lines[1:])

    def is_about(self, path: PurePath) -> bool:
        """Return True for a file, or one of a folder, that the check is about: any, by default."""
        if self.files is None:
            return True
        path = PurePath(_composed(path.as_posix()))
        return any(parent.as_posix() in self.files for parent in (path, *path.parents))

    def say(self, sentence: str) -> None:
        """Print a sentence for people."""
        print_line(sentence, sys.stderr if self.form else None)

    def _told(self, faults: Iterable[ContentError]) -> list[ContentError]:
        return [fault for fault in in_order(faults) if self._is_told(fault)]

    def _is_told(self, fault: ContentError) -> bool:
        return fault.level is Level.ERROR or self.is_about(fault.path)

    def _write(self, faults: list[ContentError]) -> None:
        if self.form:
            sys.stdout.flush()
            # A machine reads UTF-8, whatever the terminal is set to.
            sys.stdout.buffer.write(_FORMS[self.form](faults).encode())
            sys.stdout.flush()


PLAIN = CheckReport()


def report_of(form: str, files: str, root: Path, *, staged: bool) -> CheckReport:
    """Return the report that options ask for; raise UsageError for options that have no sense.

    `files` are paths from `root`, separated by commas; `staged` adds what git is about to commit,
    deleted files included.
    """
    if form and form not in _FORMS:
        known = ", ".join(_FORMS)
        raise UsageError(f"Le format {shorten(form)} n’existe pas. Formats possibles : {known}.")
    named = {_inside(name.strip(), root) for name in files.split(",") if name.strip()}
    if staged:
        named |= _staged(root)
    return CheckReport(form, frozenset(named) if files or staged else None)


def _inside(name: str, root: Path) -> str:
    path = (root / name).absolute()
    if not path.exists() or not path.is_relative_to(root.absolute()):
        raise UsageError(
            f"{shorten(name)} n’existe pas dans ce dossier. Écrivez le chemin d’un fichier, ou de "
            "plusieurs séparés par des virgules, par exemple content/articles/bilan.md."
        )
    return _composed(path.relative_to(root.absolute()).as_posix())


def _staged(root: Path) -> set[str]:
    """Return the files that git is about to commit; a renamed file counts under both names."""
    command = ("git", "diff", "--cached", "--name-only", "--no-renames", "--relative", "-z")
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    except OSError:
        done = None
    if done is None or done.returncode:
        raise UsageError("Aucun dépôt git autour de ce dossier : on ne sait pas ce qui y change.")
    return {_composed(name) for name in done.stdout.decode(errors="replace").split("\0") if name}


def _composed(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def to_json(faults: Sequence[ContentError]) -> str:
    """Return the faults in our own form; docs/integration-continue.md states each field."""
    errors = sum(fault.level is Level.ERROR for fault in faults)
    report = {
        "version": SCHEMA_VERSION,
        "errors": errors,
        "warnings": len(faults) - errors,
        "faults": [
            {
                "file": fault.path.as_posix(),
                "line": fault.position.line,
                "column": fault.position.column,
                "field": fault.field,
                "level": _WORDS[fault.level],
                "message": fault.message,
                "mendable": bool(fault.edits),
            }
            for fault in faults
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def to_github(faults: Sequence[ContentError]) -> str:
    """Return the faults as workflow commands of GitHub Actions, one a line.

    https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """
    return "".join(
        f"::{_WORDS[fault.level]} file={_property(fault.path.as_posix())}"
        f",line={fault.position.line},col={fault.position.column}"
        f",title={_property(fault.field or 'contenu')}::{_data(fault.message)}\n"
        for fault in faults
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def to_gitlab(faults: Sequence[ContentError]) -> str:
    """Return the faults as a Code Quality report of GitLab.

    A fault keeps its fingerprint when lines are added above it: it is made of its words, and of its
    rank among those of its file that say the same.
    https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    """
    seen: Counter[tuple[str, ...]] = Counter()
    issues = []
    for fault in faults:
        path = fault.path.as_posix()
        said = (path, fault.field or "", fault.level.value, _LINE.sub("ligne", fault.message))
        seen[said] += 1
        named = "\0".join((*said, str(seen[said])))
        issues.append(
            {
                "description": fault.words,
                "check_name": re.sub(r"\.\d+", "", fault.field or "contenu"),
                "fingerprint": hashlib.sha256(named.encode()).hexdigest(),
                "severity": "major" if fault.level is Level.ERROR else "minor",
                "location": {"path": path, "lines": {"begin": fault.position.line}},
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


_FORMS: dict[str, Callable[[Sequence[ContentError]], str]] = {
    "json": to_json,
    "github": to_github,
    "gitlab": to_gitlab,
}
