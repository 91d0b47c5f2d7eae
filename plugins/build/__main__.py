"""`python -m plugins.build`: the program behind every `make` command: the tasks of `tasks.py`."""

from invoke.collection import Collection

import tasks
from plugins.build.command_line import FrenchProgram

FrenchProgram(namespace=Collection.from_module(tasks), name="Passerelle", binary="make").run()
