"""Where the time of our build goes: stage by stage, template by template, package by package."""

import os
import pstats
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from plugins.tools.bench.measures import BenchError
from plugins.tools.bench.rounds import build_environment
from plugins.tools.bench.tables import Sheet

Function: TypeAlias = tuple[str, int, str]  # file, line, name
# Of a caller or in all: primitive calls, calls, own seconds, seconds with what is called.
Times: TypeAlias = tuple[int, int, float, float]

# The stages of a build, each the function that does it; those of a line below run inside it.
STAGES = (
    ("site planned", "build/earlier.py", "planned_site"),
    ("· index, with the reading", "library/index.py", "read_index"),
    ("· · contents read", "content/reading.py", "read_contents"),
    ("· · · texts converted", "markdown/conversion.py", "render"),
    ("· checks of contents", "checks/suite.py", "check_contents"),
    ("· plan", "site/plan.py", "addresses"),
    ("· checks of the plan", "checks/suite.py", "check_plan"),
    ("pages and files made", "build/rendering.py", "make"),
    ("· pages rendered", "theme/theme.py", "render"),
    ("files taken by the writer", "passerelle.py", "take"),
    ("output replaced", "build/staging.py", "_commit"),
)
_IMPORTED = ("<frozen importlib._bootstrap>", "_find_and_load")
_IN_C = "~"  # the file of such a function, to the profiler
_PACKAGES = 24  # lines of the table of packages


@dataclass(frozen=True, slots=True)
class Profile:
    """What a profiler saw of one build: own and whole seconds of each function, and its callers."""

    own: Mapping[Function, float]
    whole: Mapping[Function, float]
    callers: Mapping[Function, Mapping[Function, Times]]


def profiled(folder: Path, command: str = "build") -> Profile:
    """Run a command of ours in a copy of the checkout, under the profiler of Python."""
    saved = folder / ".bench-profile"
    done = subprocess.run(
        [sys.executable, "-m", "cProfile", "-o", str(saved), "-m", "plugins.build", command],
        cwd=folder,
        env={**os.environ, **build_environment()},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode or not saved.exists():
        raise BenchError(f"{done.stdout}{done.stderr}".strip())
    return read_profile(saved)


def read_profile(saved: Path) -> Profile:
    """Return a profile that `cProfile` has saved."""
    stats = pstats.Stats(str(saved)).stats  # type: ignore[attr-defined]
    return Profile(
        own={function: values[2] for function, values in stats.items()},
        whole={function: values[3] for function, values in stats.items()},
        callers={function: values[4] for function, values in stats.items()},
    )


def stages(profile: Profile) -> Sheet:
    """Return the seconds of each stage, those within it included; a stage not seen is left out."""
    imported = sum(profile.whole[f] for f in profile.whole if (f[0], f[2]) == _IMPORTED)
    rows = [("modules imported", "", f"{imported:.2f}", _share(imported, profile))]
    for label, file, name in STAGES:
        found = [f for f in profile.whole if f[0].endswith(f"plugins/{file}") and f[2] == name]
        if found:
            seconds = sum(profile.whole[function] for function in found)
            rows.append(
                (label, f"plugins/{file}: {name}", f"{seconds:.2f}", _share(seconds, profile))
            )
    return Sheet(("Stage", "Function", "Seconds", "% of all"), tuple(rows))


def templates(profile: Profile) -> Sheet:
    """Return the seconds of each page template, with all that it calls, and per page."""
    found = [
        (profile.whole[function], Path(function[0]).name)
        for function in profile.whole
        if Path(function[0]).parent.name == "templates"
        and function[2] == "root"
        and Path(function[0]).name != "base.html"
    ]
    return Sheet(
        ("Template", "Seconds", "% of all"),
        tuple(
            (name, f"{seconds:.2f}", _share(seconds, profile))
            for seconds, name in sorted(found, reverse=True)
        ),
        words=1,
    )


def packages(profile: Profile) -> Sheet:
    """Return the own seconds of each package, ours and others', and those of the calls into it.

    What Python does in C is its callers'. A call that comes back into a package through another
    one counts twice in the latter.
    """
    own: dict[str, float] = defaultdict(float)
    whole: dict[str, float] = defaultdict(float)
    for function, seconds in profile.own.items():
        if function[0] != _IN_C:
            own[package_of(function)] += seconds
    for function, callers in profile.callers.items():
        package = package_of(function)
        if function[0] == _IN_C:
            for caller, times in callers.items():
                own[package_of(caller)] += times[2]
            continue
        whole[package] += sum(
            times[3] for caller, times in callers.items() if package_of(caller) != package
        )
    return Sheet(
        ("Package", "Whose", "Own, s", "With calls, s", "% own"),
        tuple(
            (
                package,
                "ours" if package.startswith(("plugins.", "theme")) else "library",
                f"{own[package]:.2f}",
                f"{whole[package]:.2f}",
                _share(own[package], profile),
            )
            for package in sorted(own, key=own.__getitem__, reverse=True)[:_PACKAGES]
        ),
    )


def package_of(function: Function) -> str:
    """Return the package of a function: ours, the theme's templates, a library or Python itself."""
    parts = Path(function[0]).parts
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1].removesuffix(".py")
    if "templates" in parts:
        return "theme/templates"
    if "plugins" in parts:
        return f"plugins.{parts[parts.index('plugins') + 1].removesuffix('.py')}"
    return "Python"


def _share(seconds: float, profile: Profile) -> str:
    return f"{100 * seconds / max(sum(profile.own.values()), 1e-9):.0f}"
