"""The program behind every `make` command, `python -m plugins.build`: it runs a task."""

import gc

from invoke.collection import Collection

import tasks
from plugins.build.command_line import FrenchProgram

# Most objects of a run live until its end: to look for garbage among them as often as Python does
# took a sixth of a check.
gc.set_threshold(50_000, 20, 20)

try:
    FrenchProgram(namespace=Collection.from_module(tasks), name="Passerelle", binary="make").run()
finally:
    # Nor is it looked for at the end, which frees everything.
    gc.freeze()
