"""The index of the search: contents to the files that Pagefind's script reads in a browser.

Pagefind's program is asked for them by the messages of its service, as its own wrappers do. Its
Python wrapper waits a tenth of a second for each answer, and its command reads files in the order
of the disk, which shapes the index.
"""

import gzip
import hashlib
import json
import os
import re
import subprocess
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from plugins.french.function_words import veiled
from plugins.outputs.characters import clean_line, clean_text

_LANGUAGE = "fr"
_SIGNATURE = b"pagefind_dcd"
"""What begins each file of the index, once decompressed."""
_ENTRY = "pagefind-entry.json"
# The others are user interfaces and a worker, which our page does without.
_PUBLISHED = re.compile(
    rf"{re.escape(_ENTRY)}|pagefind\.js|wasm\.{_LANGUAGE}\.pagefind"
    r"|(?:index|fragment|filter)/.+|pagefind\..+\.pf_meta"
)
_META = re.compile(r"pagefind\..+\.pf_meta")
_LICENCE = Path(__file__).with_name("pagefind-MIT.txt")
_FILTERS = 3
"""The place of the filters in the file that names all others."""
_READ = 1 << 20


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """A content in the search: its address, its words, and what a result shows of it.

    `facts` are shown with a result and searched too, `filters` the values by which results are
    narrowed, `day` that by which they are sorted (ISO 8601).
    """

    address: str
    text: str
    facts: tuple[tuple[str, str], ...]
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    day: str


class SearchIndexError(RuntimeError):
    """Pagefind's program could not make the index."""


def to_search_index(entries: Sequence[SearchEntry]) -> dict[str, bytes]:
    """Return the files of the index by their names, in the order of the names.

    The same entries give the same bytes.
    """
    if not entries:
        return {}
    made = _answer([_added(entry) for entry in entries])
    files = {
        file["path"]: b64decode(file["content"])
        for file in made["files"]
        if _PUBLISHED.fullmatch(file["path"])
    }
    files["LICENSE.txt"] = _LICENCE.read_bytes()
    return dict(sorted(_in_order(files).items()))


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as one archive, the same for the same files."""
    from zipfile import ZipFile, ZipInfo  # noqa: PLC0415 - slow to load, rarely needed

    data = BytesIO()
    with ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name), content)
    return data.getvalue()


def _added(entry: SearchEntry) -> dict[str, Any]:
    """Return the message that adds an entry."""
    return {
        "type": "AddRecord",
        "url": entry.address,
        "content": veiled(clean_text(entry.text)),
        "language": _LANGUAGE,
        "meta": {name: veiled(clean_line(value)) for name, value in entry.facts if value},
        "filters": {name: list(values) for name, values in entry.filters if values},
        "sort": {"date": entry.day},
    }


def _answer(additions: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the answer to the last message: one that begins an index, adds to it, asks for it."""
    from pagefind.service import get_executable  # noqa: PLC0415 - slow to load, rarely needed

    messages = [
        {"type": "NewIndex", "config": {"force_language": _LANGUAGE}},
        *({"index_id": 0, **addition} for addition in additions),
        {"type": "GetFiles", "index_id": 0},
    ]
    program = get_executable()
    if program is None:
        raise SearchIndexError("no program")
    with subprocess.Popen(
        [program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as service:
        assert service.stdin
        assert service.stdout
        # It answers while it reads; what it has not answered when its input ends is lost.
        writer = threading.Thread(target=_write, args=(service.stdin, messages))
        writer.start()
        answers = [*_answers(service.stdout, len(messages))]
        writer.join()
        with suppress(BrokenPipeError):
            service.stdin.close()
    if len(answers) < len(messages):
        raise SearchIndexError(f"{len(answers)} of {len(messages)} answers")
    for answer in answers:
        if answer["payload"]["type"] == "Error":
            raise SearchIndexError(answer["payload"]["message"])
    payload: dict[str, Any] = answers[-1]["payload"]
    return payload


def _write(pipe: IO[bytes], messages: Sequence[dict[str, Any]]) -> None:
    with suppress(BrokenPipeError):  # The program has stopped: its missing answers tell it.
        for number, payload in enumerate(messages):
            message = json.dumps({"message_id": number, "payload": payload})
            pipe.write(b64encode(message.encode()) + b",")
        pipe.flush()


def _answers(pipe: IO[bytes], number: int) -> Iterator[Any]:
    """Yield as many answers as were asked for, fewer if the program stops."""
    pieces: list[bytes] = []
    while number and (read := os.read(pipe.fileno(), _READ)):
        end, *others = read.split(b",")
        pieces.append(end)
        for piece in others:
            yield json.loads(b64decode(b"".join(pieces)))
            pieces = [piece]
            number -= 1


def _in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files with their filters in one order.

    Pagefind 1.5 writes the values of a filter, and the list of filters, in an order that is another
    one each time, and names files by what they hold.
    """
    kept = {name: data for name, data in files.items() if not name.startswith("filter/")}
    [meta_name] = filter(_META.fullmatch, files)
    # Its version, pages, chunks of words, filters, orders and facts.
    meta = _read(kept.pop(meta_name))
    filters = []
    for name, old in meta[_FILTERS]:
        values = sorted(_read(files[f"filter/{old}.pf_filter"])[1])
        data = _written([name, values])
        new = f"{_LANGUAGE}_{_digest(data)}"
        kept[f"filter/{new}.pf_filter"] = data
        filters.append([name, new])
    meta[_FILTERS] = sorted(filters)
    data = _written(meta)
    mark = f"{_LANGUAGE}_{_digest(data)}"
    kept[f"pagefind.{mark}.pf_meta"] = data
    entry = json.loads(files[_ENTRY])
    entry["languages"][_LANGUAGE]["hash"] = mark
    return {**kept, _ENTRY: json.dumps(entry).encode()}


def _read(data: bytes) -> Any:  # noqa: ANN401 - what CBOR holds
    import cbor2  # noqa: PLC0415 - slow to load, rarely needed

    return cbor2.loads(gzip.decompress(data).removeprefix(_SIGNATURE))


def _written(value: object) -> bytes:
    import cbor2  # noqa: PLC0415 - slow to load, rarely needed

    return gzip.compress(_SIGNATURE + cbor2.dumps(value), mtime=0)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:10]
