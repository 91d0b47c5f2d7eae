"""The benchmark's tables and plot, from given measures: nothing here is timed."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from rich.console import Console

from plugins.tools.bench import profile
from plugins.tools.bench.measures import BenchError, Measure, Run, measured, summaries
from plugins.tools.bench.plot import plot
from plugins.tools.bench.rounds import COLD, EDITED, FULL, HUGO, OURS, PELICAN
from plugins.tools.bench.tables import figures, growth, machine, markdown, page, shown
from tests.sites import ROOT

MIB = 1024 * 1024


def run(tool: str, scenario: str, articles: int, wall: float, memory: int = 100) -> Run:
    return Run(tool, scenario, articles, articles + 5, Measure(wall, wall * 2, memory * MIB))


RUNS = [
    *(run(OURS, COLD, 200, wall) for wall in (4.0, 2.0, 3.0)),
    run(OURS, EDITED, 200, 0.5),
    run(PELICAN, FULL, 200, 6.0, 60),
    run(HUGO, FULL, 200, 1.0, 90),
    run(OURS, COLD, 2000, 21.0, 280),
    run(OURS, EDITED, 2000, 1.4),
    run(PELICAN, FULL, 2000, 60.0, 240),
    run(HUGO, FULL, 2000, 4.0, 270),
]


def test_figures() -> None:
    assert markdown(figures(summaries(RUNS), 200)) == (
        "| Tool | Scenario | Pages | Runs | Median, s | Min–max, s | CPU, s | ÷ Pelican | ÷ Hugo "
        "| Peak, MiB |\n"
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        "| Passerelle | cold build | 205 | 3 | 3.00 | 2.00–4.00 | 6.00 | 0.50 | 3.00 | 100 |\n"
        "| Passerelle | one article changed | 205 | 1 | 0.50 | 0.50–0.50 | 1.00 | 0.08 | 0.50 "
        "| 100 |\n"
        "| Pelican | full build | 205 | 1 | 6.00 | 6.00–6.00 | 12.00 | 1.00 | 6.00 | 60 |\n"
        "| Hugo | full build | 205 | 1 | 1.00 | 1.00–1.00 | 2.00 | 0.17 | 1.00 | 90 |"
    )


def test_figures_without_hugo() -> None:
    rows = figures(summaries([r for r in RUNS if r.tool != HUGO]), 200).rows
    assert {row[8] for row in rows} == {"–"}


def test_growth() -> None:
    sheet = growth(summaries(RUNS))
    assert sheet
    assert sheet.head[-1] == "Time × for 10 ×"
    assert sheet.rows[0] == (OURS, COLD, "10.00", "102.4", "7.0")
    assert sheet.rows[1] == (OURS, EDITED, "0.50", "0.0", "2.8")


def test_no_growth_from_one_size() -> None:
    assert growth(summaries(RUNS[:6])) is None


def test_table_of_the_terminal_cuts_nothing() -> None:
    console = Console(file=io.StringIO(), width=130)
    with console.capture() as captured:
        console.print(shown(figures(summaries(RUNS), 2000), "2000 articles"))
    assert "…" not in captured.get()
    assert "one article changed" in captured.get()


def test_page_tells_nothing_of_the_machine_but_its_parts() -> None:
    text = page(summaries(RUNS), "inv bench")
    assert [
        part for part in ("## 200 articles", "## Growth, 200 to 2000") if part not in text
    ] == []
    assert re.match(r"\d+ cores, .+, Python 3\.\d+\.\d+, Pelican \d", machine())
    assert str(ROOT) not in text


@pytest.mark.parametrize("runs", [RUNS, RUNS[:1]])
def test_plot_is_svg_within_its_frame(runs: list[Run]) -> None:
    tree = etree.fromstring(plot(summaries(runs)).encode())
    assert etree.QName(tree).localname == "svg"
    width, height = map(float, tree.attrib["viewBox"].split()[2:])
    dots = [e for e in tree.iter() if etree.QName(e).localname == "circle"]
    assert len(dots) == len(summaries(runs))
    assert all(0 < float(dot.attrib["cx"]) < width for dot in dots)
    assert all(0 < float(dot.attrib["cy"]) < height for dot in dots)


def test_process_is_measured_with_its_children(tmp_path: Path) -> None:
    """The memory is that of the largest process: a child of the child, here."""
    child = f"held = b'x' * {64 * MIB}"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    measure = measured([sys.executable, "-c", parent], tmp_path)
    assert measure.memory > 64 * MIB
    assert measure.wall > 0


def test_failure_is_told_with_what_the_process_said(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="no such thing"):
        measured([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path)


def test_measure_is_all_that_is_printed(tmp_path: Path) -> None:
    script = ROOT / "plugins/tools/bench/measures.py"
    done = subprocess.run(
        [sys.executable, "-I", "-S", script, sys.executable, "-c", "print('said')"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert set(json.loads(done.stdout)) == {"wall", "cpu", "memory"}


# The profile

READ = ("/x/plugins/content/reading.py", 1, "read_contents")
TO_HTML = ("/x/lib/site-packages/markdown/core.py", 1, "convert")
MATCH = ("~", 0, "<method 'match' of 're.Pattern' objects>")
ROOT_OF_PAGE = ("/x/theme/templates/article.html", 1, "root")
SEEN = profile.Profile(
    own={READ: 1.0, TO_HTML: 1.5, MATCH: 0.5, ROOT_OF_PAGE: 1.0},
    whole={READ: 3.0, TO_HTML: 2.0, MATCH: 0.5, ROOT_OF_PAGE: 1.0},
    callers={
        READ: {},
        TO_HTML: {READ: (9, 9, 1.5, 2.0)},
        MATCH: {TO_HTML: (9, 9, 0.5, 0.5)},
        ROOT_OF_PAGE: {},
    },
)


def test_profile_by_stage_template_and_package() -> None:
    assert profile.stages(SEEN).rows == (
        ("modules imported", "", "0.00", "0"),
        ("· · contents read", "plugins/content/reading.py: read_contents", "3.00", "75"),
    )
    assert profile.templates(SEEN).rows == (("article.html", "1.00", "25"),)
    assert set(profile.packages(SEEN).rows) == {
        ("markdown", "library", "2.00", "2.00", "50"),
        ("plugins.content", "ours", "1.00", "0.00", "25"),
        ("theme/templates", "ours", "1.00", "0.00", "25"),
    }


@pytest.mark.parametrize(("file", "name"), [stage[1:] for stage in profile.STAGES])
def test_stage_is_a_function_of_ours(file: str, name: str) -> None:
    assert re.search(rf"def {name}\(", (ROOT / "plugins" / file).read_text(encoding="utf-8"))
