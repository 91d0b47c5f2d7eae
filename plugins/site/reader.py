"""Takes the content from our own reader, and stops the run when anything in it is at fault."""

from collections.abc import Sequence

from pelican import signals
from pelican.generators import Generator


def _check(generators: Sequence[Generator]) -> None:
    """Check the content once every page is planned and before any is written."""
    ours.context["PASSERELLE_WARNINGS"] = check_plan(ours.context)


def register() -> None:
    """Check between planning and writing: it is the last signal before the first write."""
    signals.all_generators_finalized.connect(_check)
