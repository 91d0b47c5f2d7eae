"""What a mail client shows of a text that flows (RFC 3676), by a reader that is not ours."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it is compiled with escapes that Python no longer likes
    import formatflowed

KINDS = {
    formatflowed.PARAGRAPH: "flows",
    formatflowed.FIXED: "fixed",
    formatflowed.SIGNATURE_SEPARATOR: "signature",
}


def read(text: str) -> list[tuple[int, str, str]]:
    """Return the depth of quotation, the kind and the joined lines of all that is not empty."""
    wire = text.removesuffix("\n").replace("\n", "\r\n").encode()
    return [
        (about["quotedepth"], KINDS[about["type"]], chunk)
        for about, chunk in formatflowed.decode(wire, character_set="utf-8")
        if chunk
    ]
