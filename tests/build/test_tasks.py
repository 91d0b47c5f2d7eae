"""The tasks: exit statuses, and messages when a command fails or is interrupted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from invoke.context import Context

import tasks
from plugins.build.command_line import MISUSE
from tests.sites import ROOT


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that keeps the traceback."""
    monkeypatch.setattr(tasks, "ERROR_LOG", tmp_path / ".erreur.log")
    monkeypatch.chdir(ROOT)
    return tmp_path / ".erreur.log"


@pytest.mark.parametrize("status", [1, 3])
def test_status_of_a_failure_becomes_that_of_the_process(status: int) -> None:
    with pytest.raises(SystemExit) as caught:
        tasks.command(lambda: status)()
    assert caught.value.code == status


def test_success_lets_the_next_task_run() -> None:
    done: list[str] = []

    def succeed(name: str) -> int:
        done.append(name)
        return 0

    for name in ("build", "check"):
        tasks.command(succeed)(name)
    assert done == ["build", "check"]


@pytest.mark.usefixtures("log")
def test_interruption(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    with pytest.raises(SystemExit) as caught:
        tasks.command(interrupted)()
    assert caught.value.code == 130
    assert capsys.readouterr().out == "\nInterrompu.\n"


def test_unexpected_error_is_told_in_french_and_kept_for_the_maintainer(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> int:
        raise TypeError("unsupported operand")

    with pytest.raises(SystemExit) as caught:
        tasks.command(broken)()
    assert caught.value.code == 70
    assert capsys.readouterr().out == (
        "Erreur inattendue, qui ne vient pas de votre contenu : unsupported operand\n"
        "Transmettez le fichier .erreur.log à la personne qui maintient le site.\n"
    )
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_all_faults_show_even_after_a_failure(tmp_path: Path) -> None:
    witness = tmp_path / "second"
    write = f"from pathlib import Path; Path({str(witness)!r}).touch()"
    status = tasks.run_all(
        tasks.python("-c", "raise SystemExit(3)"), tasks.python("-c", write), tasks.python("-c", "")
    )
    assert status == 3
    assert witness.exists()


@pytest.mark.parametrize("port", ["abc", "-1", "70000"])
@pytest.mark.usefixtures("log")
def test_wrong_port(capsys: pytest.CaptureFixture[str], port: str) -> None:
    with pytest.raises(SystemExit) as caught:
        tasks.serve(Context(), port=port)
    assert caught.value.code == 2
    assert capsys.readouterr().out == (
        f"« {port} » n’est pas un numéro de port. Exemple : make apercu PORT=8001\n"
    )


def test_maintainers_may_call_the_tasks_by_invoke() -> None:
    command = [sys.executable, "-m", "invoke", "letter", "-n", ""]
    done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT, text=True)
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.startswith("Quelle lettre\u00a0?")


def test_links_are_not_told_to_a_machine(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        tasks.check(Context(), links=True, format="json")
    assert caught.value.code == MISUSE
    assert capsys.readouterr().out == (
        "LIENS=oui ne va pas avec FORMAT : demandez l’un, puis l’autre.\n"
    )
