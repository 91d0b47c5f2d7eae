"""The vocabulary of schema.org, as the types of `schema-dts` tell it, and graphs judged by it.

schema.org publishes JSON-LD and N-Triples; Google makes TypeScript declarations of them, which
npm brings without a request to another host.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.plugins.parsers.jsonld import to_rdf
from rdflib.term import Node

from tests.tooling import NODE_FOLDER

DECLARATIONS = NODE_FOLDER / "node_modules" / "schema-dts" / "dist" / "schema.d.ts"
SCHEMA = "https://schema.org/"

_INTERFACE = re.compile(
    r"^(?:export )?interface (\w+?)(Base|Leaf) extends ([^{]+) \{\n(.*?)^\}",
    re.DOTALL | re.MULTILINE,
)
_PROPERTY = re.compile(
    r'(@deprecated[^"]*?\*/\s*)?^    "(\w+)"\?: SchemaValue<(.+), "\2">;', re.MULTILINE
)
_TYPE = re.compile(r"^export type (\w+) = (.+);$", re.MULTILINE)
_DATA = {"Text", "URL", "Date", "DateTime", "Time", "Number", "Integer", "Float", "Boolean"}


@dataclass(frozen=True)
class Vocabulary:
    """The types, with those above each; the properties of each and their ranges; enumerations."""

    above: dict[str, set[str]]
    properties: dict[str, dict[str, set[str]]]
    superseded: set[tuple[str, str]]
    members: dict[str, set[str]]

    def ancestors(self, name: str) -> set[str]:
        """Return a type and all the types above it."""
        return {name}.union(*(self.ancestors(up) for up in self.above.get(name, ())))

    def range_of(self, types: Iterable[str], name: str) -> set[str] | None:
        """Return what a property of a node of these types may be, None when it has no such one."""
        every = {up for kind in types for up in self.ancestors(kind)}
        found = [self.properties[kind][name] for kind in every if name in self.properties[kind]]
        return set().union(*found) if found else None

    def context(self) -> dict[str, Any]:
        """Return a JSON-LD context like that of schema.org, which is not asked for."""
        ranges: dict[str, set[str]] = {}
        for properties in self.properties.values():
            for name, kinds in properties.items():
                ranges.setdefault(name, set()).update(kinds)
        links = {name for name, kinds in ranges.items() if not kinds & (_DATA - {"URL"})}
        return {"@vocab": SCHEMA, **{name: {"@type": "@id"} for name in sorted(links)}}


@cache
def vocabulary() -> Vocabulary:
    """Read the declarations."""
    text = DECLARATIONS.read_text(encoding="utf-8")
    found = Vocabulary({}, {}, set(), {})
    for name, part, above, body in _INTERFACE.findall(text):
        ups = {up.removesuffix("Base") for up in re.findall(r"\w+Base\b", above)}
        found.above.setdefault(name, set()).update(ups - {name})
        properties = found.properties.setdefault(name, {})
        if part == "Base":
            for deprecated, key, kinds in _PROPERTY.findall(body):
                properties[key] = set(re.findall(r"\w+", kinds)) - {"IdReference"}
                if deprecated:
                    found.superseded.add((name, key))
    for name, kinds in _TYPE.findall(text):
        if members := set(re.findall(rf'"({SCHEMA}\w+)"', kinds)):
            found.members[name] = members
    return found


@dataclass(frozen=True)
class Read:
    """A graph of a page, read as RDF."""

    graph: Graph
    site: str

    def faults(self) -> Iterator[str]:
        """Yield what schema.org does not know: types, properties, values."""
        for subject in set(self.graph.subjects()):
            yield from self._of(subject)

    def types(self, node: Node) -> list[str]:
        return [str(kind).removeprefix(SCHEMA) for kind in self.graph.objects(node, RDF.type)]

    def _of(self, subject: Node) -> Iterator[str]:
        words, types = vocabulary(), self.types(subject)
        if not types:
            yield f"{subject} has no type"
        for kind in types:
            if kind not in words.properties:
                yield f"{kind} is no type"
                return
        for predicate, value in self.graph.predicate_objects(subject):
            if predicate == RDF.type:
                continue
            name = str(predicate).removeprefix(SCHEMA)
            # An annotation of an action: https://schema.org/docs/actions.html#part-4.
            is_input = name.endswith("-input")
            allowed = words.range_of(types, name.removesuffix("-input"))
            if allowed is None:
                yield f"{types} has no {name}"
            elif any((up, name) in words.superseded for t in types for up in words.ancestors(t)):
                yield f"{name} of {types} is superseded"
            elif not is_input and not self._is_one_of(allowed, value):
                yield f"{name} of {types} is {value!r}, not one of {sorted(allowed)}"

    def _is_one_of(self, allowed: set[str], value: Node) -> bool:
        if isinstance(value, Literal):
            return any(_is_of(kind, value) for kind in allowed)
        words = vocabulary()
        if isinstance(value, URIRef):
            is_member = any(str(value) in words.members.get(kind, ()) for kind in allowed)
            if is_member or ("URL" in allowed and urlsplit(value).scheme == "https"):
                return True
        kinds = self.types(value)
        if not kinds:
            # What another page tells.
            is_content = bool(allowed - _DATA) and not allowed & words.members.keys()
            return is_content and str(value).startswith(self.site) and "#" not in str(value)
        return any(words.ancestors(kind) & allowed for kind in kinds)


def _is_of(kind: str, value: Literal) -> bool:
    text = str(value)
    match kind:
        case "Text":
            return isinstance(value.toPython(), str)
        case "Date":
            return _is_iso(date, text)
        case "DateTime":
            return _is_iso(datetime, text) and "T" in text and text[-6] in "+-"
        case "Integer":
            return isinstance(value.toPython(), int)
        case "Number":
            return isinstance(value.toPython(), int | float)
    return False


def _is_iso(kind: type[date], text: str) -> bool:
    try:
        kind.fromisoformat(text)
    except ValueError:
        return False
    return True


def as_rdf(json_ld: str, site: str) -> Read:
    """Read a page's structured data with rdflib; without a network, by the context made here."""
    data = json.loads(json_ld)
    assert data.pop("@context") == "https://schema.org"
    graph = Graph()
    # By itself: the parser of `Graph.parse` makes a graph of a class that rdflib deprecates.
    to_rdf({"@context": vocabulary().context(), **data}, graph, base=site)
    return Read(graph, site)
