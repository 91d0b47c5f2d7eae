"""Messages between the preview's server and the process that holds the site."""

import json
import struct
from asyncio import StreamReader
from collections.abc import Mapping
from io import FileIO
from typing import Any

# Two lengths before each message: of its JSON, and of the bytes that follow it.
_LENGTHS = struct.Struct(">II")

Message = dict[str, Any]


def packed(header: Mapping[str, object], data: bytes = b"") -> bytes:
    """Return a message as it is sent."""
    head = json.dumps(header).encode()
    return _LENGTHS.pack(len(head), len(data)) + head + data


def read_message(stream: FileIO) -> Message | None:
    """Return the next message without data of an unbuffered stream, None at its end."""
    lengths = _read(stream, _LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head, _ = _LENGTHS.unpack(lengths)
    message: Message = json.loads(_read(stream, head))
    return message


def _read(stream: FileIO, count: int) -> bytes:
    found = b""
    while len(found) < count and (more := stream.read(count - len(found))):
        found += more
    return found


async def receive(reader: StreamReader) -> tuple[Message, bytes]:
    """Return the next message, and its data.

    Raises `asyncio.IncompleteReadError` at the end of the stream.
    """
    head, data = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
    return json.loads(await reader.readexactly(head)), await reader.readexactly(data)
