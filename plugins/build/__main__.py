"""The program behind every `make` command, `python -m plugins.build`: it runs a task."""

from invoke.collection import Collection

import tasks
from plugins.build.command_line import FrenchProgram

FrenchProgram(namespace=Collection.from_module(tasks), name="Passerelle", binary="make").run()
