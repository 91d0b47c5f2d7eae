"""The contents of the outputs, on which the views of events, feeds and calendars are tried too."""

from tests.outputs.conftest import index, index_of

__all__ = ["index", "index_of"]
