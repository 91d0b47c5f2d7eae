"""The plot of the benchmark: an SVG of its own, for light and dark pages."""

import math
from collections.abc import Iterator, Sequence
from html import escape

from plugins.tools.bench.measures import Summary
from plugins.tools.bench.rounds import HUGO, PELICAN

_WIDTH, _LABELS, _RIGHT = 800, 280, 80
_ROW, _HEAD, _BETWEEN, _FOOT = 24, 34, 18, 34
_STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #222; }
.size { font-weight: 600; }
.label { text-anchor: end; }
.tick { text-anchor: middle; fill: #595959; font-size: 12px; }
.grid { stroke: #ddd; }
.ours { fill: #0b57a4; stroke: #0b57a4; }
.pelican { fill: #a04a00; stroke: #a04a00; }
.hugo { fill: #a3167e; stroke: #a3167e; }
.spread { stroke-width: 3; opacity: .45; }
@media (prefers-color-scheme: dark) {
text { fill: #eee; }
.tick { fill: #b5b5b5; }
.grid { stroke: #444; }
.ours { fill: #6db3f7; stroke: #6db3f7; }
.pelican { fill: #ffa45c; stroke: #ffa45c; }
.hugo { fill: #ff8fdc; stroke: #ff8fdc; }
}
"""
_CLASSES = {PELICAN: "pelican", HUGO: "hugo"}


def plot(summaries: Sequence[Summary]) -> str:
    """Return the SVG: a panel per size, a line per scenario, seconds on a logarithmic scale.

    A dot is a median, the line behind it goes from the fastest to the slowest run.
    """
    sizes = sorted({summary.articles for summary in summaries})
    low = math.floor(math.log10(min(summary.fastest for summary in summaries)))
    high = math.ceil(math.log10(max(summary.slowest for summary in summaries)))
    high = max(high, low + 1)
    height = len(summaries) * _ROW + len(sizes) * (_HEAD + _BETWEEN) + _FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}">',
        "<title>Build times in seconds, logarithmic scale</title>",
        f"<style>{_STYLE}</style>",
        *_grid(low, high, height),
    ]
    y = 0
    for articles in sizes:
        parts.append(f'<text class="size" x="8" y="{y + 22}">{articles} articles</text>')
        y += _HEAD
        for summary in (s for s in summaries if s.articles == articles):
            parts += _line(summary, y + _ROW / 2, low, high)
            y += _ROW
        y += _BETWEEN
    return "\n".join((*parts, "</svg>")) + "\n"


def _grid(low: int, high: int, height: int) -> Iterator[str]:
    bottom = height - _FOOT
    for power in range(low, high + 1):
        x = _x(10.0**power, low, high)
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_HEAD}" y2="{bottom}"/>'
        yield f'<text class="tick" x="{x:.1f}" y="{bottom + 20}">{10.0**power:g} s</text>'


def _line(summary: Summary, y: float, low: int, high: int) -> Iterator[str]:
    first, middle, last = (
        _x(seconds, low, high) for seconds in (summary.fastest, summary.wall, summary.slowest)
    )
    kind = _CLASSES.get(summary.tool, "ours")
    label = escape(f"{summary.tool}: {summary.scenario}")
    yield f'<text class="label" x="{_LABELS}" y="{y + 4:.1f}">{label}</text>'
    yield f'<line class="{kind} spread" x1="{first:.1f}" x2="{last:.1f}" y1="{y}" y2="{y}"/>'
    yield f'<circle class="{kind}" cx="{middle:.1f}" cy="{y}" r="5"/>'
    yield f'<text x="{last + 12:.1f}" y="{y + 4:.1f}">{summary.wall:.2f} s</text>'


def _x(seconds: float, low: int, high: int) -> float:
    """Return where a time stands, between the labels and the right margin."""
    start, end = _LABELS + 24, _WIDTH - _RIGHT
    return start + (end - start) * (math.log10(max(seconds, 10.0**low)) - low) / (high - low)
