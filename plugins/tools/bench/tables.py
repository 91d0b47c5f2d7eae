"""The tables of the benchmark: figures and ratios, growth from one size to another."""

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich.table import Table

from plugins.tools.bench.measures import Summary
from plugins.tools.bench.rounds import FULL, HUGO, PELICAN

_MIB = 1024 * 1024
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of texts: some columns of words, then figures, aligned to the right."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 2


def figures(summaries: Sequence[Summary], articles: int) -> Sheet:
    """Return the figures on so many articles, with the ratio of each median to a rival's build."""
    of_size = [summary for summary in summaries if summary.articles == articles]
    rivals = {s.tool: s.wall for s in of_size if s.scenario == FULL}
    head = (
        *("Tool", "Scenario", "Pages", "Runs", "Median, s", "Min–max, s", "CPU, s"),
        *(f"÷ {tool}" for tool in (PELICAN, HUGO)),
        "Peak, MiB",
    )
    return Sheet(
        head,
        tuple(
            (
                summary.tool,
                summary.scenario,
                str(summary.pages),
                str(summary.runs),
                f"{summary.wall:.2f}",
                f"{summary.fastest:.2f}–{summary.slowest:.2f}",
                f"{summary.cpu:.2f}",
                *(_ratio(summary.wall, rivals.get(tool)) for tool in (PELICAN, HUGO)),
                f"{summary.memory / _MIB:.0f}",
            )
            for summary in of_size
        ),
    )


def growth(summaries: Sequence[Summary]) -> Sheet | None:
    """Return what an article more costs between the fewest and the most; None for one size."""
    few, many = (pick(summary.articles for summary in summaries) for pick in (min, max))
    if few == many:
        return None
    first = {(s.tool, s.scenario): s for s in summaries if s.articles == few}
    rows = []
    for last in summaries:
        start = first.get((last.tool, last.scenario))
        if last.articles != many or start is None:
            continue
        more = many - few
        rows.append(
            (
                last.tool,
                last.scenario,
                f"{1000 * (last.wall - start.wall) / more:.2f}",
                f"{(last.memory - start.memory) / _KIB / more:.1f}",
                f"{last.wall / start.wall:.1f}",
            )
        )
    head = ("Tool", "Scenario", "ms per article", "KiB per article", f"Time × for {many / few:g} ×")
    return Sheet(head, tuple(rows))


def shown(sheet: Sheet, title: str) -> Table:
    """Return a sheet for the terminal."""
    table = Table(title=title, title_justify="left")
    for number, name in enumerate(sheet.head):
        table.add_column(name, justify="left" if number < sheet.words else "right", no_wrap=True)
    for row in sheet.rows:
        table.add_row(*row)
    return table


def page(summaries: Sequence[Summary], command: str) -> str:
    """Return docs/bench.md: the command, the machine, the plot and the tables."""
    sizes = sorted({summary.articles for summary in summaries})
    parts = [
        "# Benchmark",
        (
            f"Written by `{command}`; do not edit. The tools run in turn, each run a "
            "whole process. Times are medians by the clock, memory the peak of the largest process."
        ),
        (
            "Contents are drawn from a seed: articles of about 330 words and, for us alone, an "
            "event for ten articles, groups, organisations, portraits, job sheets, pages and "
            "letters. Pelican and Hugo build the articles, with a bare theme, feeds and lists. "
            "A ratio below 1 is a shorter time than the full build of the other tool. On a machine "
            "that also does something else, CPU seconds say more than the clock."
        ),
        f"Machine: {machine()}.",
        "![Median time of each scenario, with the fastest and the slowest run](bench.svg)",
    ]
    for articles in sizes:
        parts += (f"## {articles} articles", markdown(figures(summaries, articles)))
    if sheet := growth(summaries):
        parts += (f"## Growth, {sizes[0]} to {sizes[-1]} articles", markdown(sheet))
    return "\n\n".join(parts) + "\n"


def markdown(sheet: Sheet) -> str:
    """Return a sheet in Markdown."""
    rule = ("---" if number < sheet.words else "---:" for number in range(len(sheet.head)))
    lines = (sheet.head, tuple(rule), *sheet.rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """Return the processor and the versions, without a name or a path of the machine."""
    found = [f"{os.cpu_count()} cores", _processor(), f"Python {platform.python_version()}"]
    for package in ("pelican", "hugo"):
        try:
            found.append(f"{package.capitalize()} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def _processor() -> str:
    """Return the model of the processor, its architecture when the system does not tell it."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        told = ""
    found = re.search(r"^model name\s*:\s*(.+)$", told, re.MULTILINE)
    return found[1] if found else platform.machine()


def _ratio(wall: float, rival: float | None) -> str:
    return f"{wall / rival:.2f}" if rival else "–"
