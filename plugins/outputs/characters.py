"""Characters that no format refuses and that readers can see."""

import re

# C0 and C1 controls but tab and line feed, surrogates, noncharacters, byte order marks: XML 1.0
# (2.2) and RFC 5545 (3.1) refuse most of them, libical takes the last for no text, no reader shows
# any. U+FFFD is put in their place by programs that read them.
_NONCHARACTERS = "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
_UNFIT = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffd{_NONCHARACTERS}]"
)
# Nearly all texts are of such characters alone: to look for each unfit one takes ten times as long.
_FIT = re.compile("[\t\n -~\xa0-\u2027\u202a-\ud7ff]*")
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")
_BLANKS = re.compile("[ \t\n]+")


def clean_text(text: str) -> str:
    """Remove unfit characters; lines end with a line feed."""
    if _FIT.fullmatch(text):
        return text
    return _UNFIT.sub("", _LINE_ENDS.sub("\n", text))


def clean_line(text: str) -> str:
    """Put a text on one line, without unfit characters; no-break spaces stay."""
    return _BLANKS.sub(" ", clean_text(text)).strip(" ")
