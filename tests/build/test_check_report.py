"""What a check tells to machines, re-read as these read it, and the advice that it keeps back."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from plugins.build import publication
from plugins.build.check_report import (
    CheckReport,
    UsageError,
    report_of,
    to_github,
    to_gitlab,
    to_json,
)
from plugins.faults import ContentError, Edit, Level, Position
from tests.repositories import Repo
from tests.site.small_content import write_content
from tests.sites import ROOT

BILAN = Path("content/articles/bilan, 100 % : fini.md")
ERROR = ContentError(
    BILAN,
    Position(4, 7),
    "seances.2.debut",
    "« 25/03/2024 » : écrivez 2024-03-25.",
    edits=(Edit(Position(4, 7), "25/03/2024", "2024-03-25"),),
)
ADVICE = ContentError(
    Path("content/pages/été.md"), Position(9), None, "à 100 %,\nou :: presque.", Level.WARNING
)


def test_json() -> None:
    assert json.loads(to_json([ERROR, ADVICE])) == {
        "version": 1,
        "errors": 1,
        "warnings": 1,
        "faults": [
            {
                "file": "content/articles/bilan, 100 % : fini.md",
                "line": 4,
                "column": 7,
                "field": "seances.2.debut",
                "level": "error",
                "message": "« 25/03/2024 » : écrivez 2024-03-25.",
                "mendable": True,
            },
            {
                "file": "content/pages/été.md",
                "line": 9,
                "column": 1,
                "field": None,
                "level": "warning",
                "message": "à 100 %,\nou :: presque.",
                "mendable": False,
            },
        ],
    }


def test_no_fault() -> None:
    assert json.loads(to_json([])) == {"version": 1, "errors": 0, "warnings": 0, "faults": []}
    assert json.loads(to_gitlab([])) == []
    assert to_github([]) == ""


# GitHub


def as_runner_reads(line: str) -> tuple[str, dict[str, str], str]:
    """Read a workflow command as GitHub's runner does (ActionCommand, second form)."""
    assert line.startswith("::")
    told, _, data = line[2:].partition("::")
    name, _, properties = told.partition(" ")
    pairs = [pair.split("=", 1) for pair in properties.split(",")]
    return name, {key: unescaped(value, ":,") for key, value in pairs}, unescaped(data)


def unescaped(text: str, more: str = "") -> str:
    for sign in f"\r\n{more}%":  # the percent sign last
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def test_github() -> None:
    told = to_github([ERROR, ADVICE])
    assert told.splitlines() == [
        (
            "::error file=content/articles/bilan%2C 100 %25 %3A fini.md,line=4,col=7"
            ",title=seances.2.debut::« 25/03/2024 » : écrivez 2024-03-25."
        ),
        (
            "::warning file=content/pages/été.md,line=9,col=1"
            ",title=contenu::à 100 %25,%0Aou :: presque."
        ),
    ]
    assert [as_runner_reads(line) for line in told.splitlines()] == [
        (
            level,
            {
                "file": fault.path.as_posix(),
                "line": str(fault.position.line),
                "col": str(fault.position.column),
                "title": title,
            },
            fault.message,
        )
        for fault, level, title in (
            (ERROR, "error", "seances.2.debut"),
            (ADVICE, "warning", "contenu"),
        )
    ]


# GitLab


def issues(*faults: ContentError) -> list[dict[str, Any]]:
    found = json.loads(to_gitlab(faults))
    assert isinstance(found, list)
    for issue in found:
        # What GitLab's reader requires of each, and the types of its values.
        assert all(isinstance(issue[n], str) for n in ("description", "check_name", "fingerprint"))
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert not issue["location"]["path"].startswith(("/", "./"))
        assert type(issue["location"]["lines"]["begin"]) is int
    return found


def test_gitlab() -> None:
    first, second = issues(ERROR, ADVICE)
    assert re.fullmatch(r"[0-9a-f]{64}", first.pop("fingerprint"))
    second.pop("fingerprint")
    assert first == {
        "description": "seances.2.debut : « 25/03/2024 » : écrivez 2024-03-25.",
        "check_name": "seances.debut",
        "severity": "major",
        "location": {"path": BILAN.as_posix(), "lines": {"begin": 4}},
    }
    assert second == {
        "description": "à 100 %, ou :: presque.",
        "check_name": "contenu",
        "severity": "minor",
        "location": {"path": "content/pages/été.md", "lines": {"begin": 9}},
    }


def test_fingerprint_of_a_fault_stays_as_lines_are_added_above_it() -> None:
    twice = "le champ est écrit deux fois (déjà ligne {}). Gardez l’un des deux."
    before = [ERROR, replace(ERROR, message=twice.format(2))]
    after = [replace(f, position=Position(f.position.line + 8, 1)) for f in before]
    after[1] = replace(after[1], message=twice.format(10))
    prints = [issue["fingerprint"] for issue in issues(*before)]
    assert [issue["fingerprint"] for issue in issues(*after)] == prints


def test_fingerprints_are_unique() -> None:
    alike = [replace(ERROR, position=Position(line)) for line in range(1, 4)]
    others = [
        replace(ERROR, path=Path("content/b.md")),
        replace(ERROR, field="fin"),
        replace(ERROR, level=Level.WARNING),
        ADVICE,
    ]
    prints = [issue["fingerprint"] for issue in issues(*alike, *others)]
    assert len(set(prints)) == 7


# The document for those who keep the forge


DOCUMENT = (ROOT / "docs" / "integration-continue.md").read_text(encoding="utf-8")


def test_every_key_is_documented() -> None:
    whole = json.loads(to_json([ERROR]))
    told = re.findall(r"^\| `(\w+)` \|", DOCUMENT, re.MULTILINE)
    assert told == [*whole, *whole["faults"][0]]


def test_files_to_copy_ask_for_reports_that_exist() -> None:
    gitlab, github = map(yaml.safe_load, re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL))
    (line,) = gitlab["verifier"]["script"]
    command, _, report = line.partition(" > ")
    assert gitlab["verifier"]["artifacts"]["reports"] == {"codequality": report}
    # Both need the whole history.
    assert gitlab["verifier"]["variables"] == {"GIT_DEPTH": "0"}
    checkout, _, step = github["jobs"]["verifier"]["steps"]
    assert checkout["with"] == {"fetch-depth": 0}
    for made, form in ((command, "gitlab"), (step["run"], "github")):
        assert made == f"make verifier FORMAT={form}"
        assert report_of(form, "", ROOT, staged=False).form == form


# The advice of some files


def shown(report: CheckReport, capsys: pytest.CaptureFixture[str], *faults: ContentError) -> str:
    report.refuse(faults)
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("files", "is_told"),
    [
        (None, True),
        ({"content/pages/été.md"}, True),
        ({"content/pages"}, True),
        ({"content/pages/été"}, False),
        (set(), False),
    ],
)
def test_advice_of_the_files_at_hand_and_errors_of_all(
    capsys: pytest.CaptureFixture[str], files: set[str] | None, *, is_told: bool
) -> None:
    report = CheckReport(files=None if files is None else frozenset(files))
    # macOS gives the names of files in another form.
    decomposed = replace(ADVICE, path=Path(unicodedata.normalize("NFD", ADVICE.path.as_posix())))
    for advice in (ADVICE, decomposed):
        told = shown(report, capsys, ERROR, advice)
        assert told.startswith(f"erreur {ERROR.place} · ")
        assert ("presque" in told) is is_told
        assert ("1 erreur et 1 avis dans 2 fichiers" in told) is is_told


def test_files_are_paths_from_the_root_or_from_anywhere(tmp_path: Path) -> None:
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/a b.md").touch()
    files = f"content/a b.md, ./content/pages/ ,{tmp_path / 'content'}"
    report = report_of("", files, tmp_path, staged=False)
    assert report.files == frozenset(("content/a b.md", "content/pages", "content"))


MISSING = (
    "n’existe pas dans ce dossier. Écrivez le chemin d’un fichier, ou de plusieurs séparés par des "
    "virgules, par exemple content/articles/bilan.md."
)


@pytest.mark.parametrize(
    ("form", "files", "message"),
    [
        (
            "xml",
            "",
            "Le format « xml » n’existe pas. Formats possibles : json, github, gitlab.",
        ),
        (
            "",
            "content/rien.md",
            f"« content/rien.md » {MISSING}",
        ),
        (
            "",
            "/",
            f"« / » {MISSING}",
        ),
    ],
)
def test_options_without_sense(tmp_path: Path, form: str, files: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        report_of(form, files, tmp_path, staged=False)
    assert str(caught.value) == message


def test_staged_files(tmp_path: Path) -> None:
    """What git is about to commit counts, under both names when it was renamed."""
    repo = Repo(tmp_path / "site")
    repo.commit({"a b.md": "a\n", "à.md": "b\n", "c.md": "c\n"})
    repo.move("a b.md", "renommé.md")
    (repo.content / "à.md").unlink()
    repo.git("add", "--all")
    repo.write("c.md", "pas encore\n")
    files = {"content/a b.md", "content/renommé.md", "content/à.md"}
    assert report_of("", "", repo.root, staged=True).files == frozenset(files)


def test_staged_files_are_those_of_a_repository(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        report_of("", "", tmp_path, staged=True)
    assert str(caught.value) == (
        "Aucun dépôt git autour de ce dossier : on ne sait pas ce qui y change."
    )


# The command itself


def test_the_standard_output_holds_the_report_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = write_content(tmp_path)
    report = CheckReport("json")
    assert publication.check(settings, report=report) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["faults"] == []
    assert said.err.splitlines() == [
        "Contenu vérifié au 8\u00a0janvier 2024.",
        "Aucune erreur : 3 contenus publiés, 0 non publié.",
    ]

    article = tmp_path / "content/articles/bilan.md"
    article.write_text(article.read_text().replace("date: 2024-01-02", "date: 02/01/2024"))
    assert publication.check(settings, report=report) == 1
    said = capsys.readouterr()
    assert [fault["message"] for fault in json.loads(said.out)["faults"]] == [
        "« 02/01/2024 » : écrivez 2024-01-02."
    ]
    assert said.err.splitlines() == [
        "Contenu vérifié au 8\u00a0janvier 2024.",
        "erreur content/articles/bilan.md:4:7 · date : « 02/01/2024 » : écrivez 2024-01-02.",
        "Une de ces fautes se corrige seule : make verifier CORRIGER=1",
        "1 erreur : à corriger avant de publier.",
    ]


def test_options_of_the_command(tmp_path: Path) -> None:
    """An unknown format is refused with the status of misuse, before anything is read."""
    done = subprocess.run(
        [sys.executable, "-m", "plugins.build", "check", "FORMAT=xml"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Le format « xml » n’existe pas. Formats possibles : json, github, gitlab.\n"
    )
