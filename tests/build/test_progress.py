"""How far a long build is: told in French on a terminal, after a while, and nowhere else."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from plugins.build import progress
from plugins.build.progress import Stages


def drawn(*, is_terminal: bool, since: float, monkeypatch: pytest.MonkeyPatch) -> str:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=is_terminal, width=60)
    clock = iter(range(1000))
    monkeypatch.setattr(progress, "_STARTED", 0.0)
    monkeypatch.setattr("time.monotonic", lambda: since + next(clock))
    with Stages(console).stage("Lecture des textes", 2000) as stage:
        stage.reach(1000)
    return stream.getvalue()


def test_a_long_build_tells_its_stage_and_its_count(monkeypatch: pytest.MonkeyPatch) -> None:
    said = drawn(is_terminal=True, since=3.0, monkeypatch=monkeypatch)
    assert "Lecture des textes" in said
    assert "1000/2000" in said


def test_a_short_build_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(is_terminal=True, since=0.5, monkeypatch=monkeypatch) == ""


def test_nothing_is_told_where_no_terminal_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(is_terminal=False, since=3.0, monkeypatch=monkeypatch) == ""
