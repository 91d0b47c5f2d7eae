"""Texts that break naive serializers."""

from hypothesis import strategies as st

HARD = (
    ",", ";", "\\", "\\N", "\\n", "\\,",
    "\n", "\r", "\r\n", "\t", "\0", "\x0b", "\x1b", "\x85", "\u2028", ":", '"', "^",
    "<", ">", "&", "]]>", "\u00a0", "\u202f", "\u202e", "\u05e9", "é", "👩🏽‍🚀", "🇫🇷", "\ufeff",
    "\ufffe", "\ud800", " ",
)  # fmt: skip

texts = st.lists(
    st.one_of(st.sampled_from(HARD), st.characters(exclude_categories=()), st.text(max_size=20)),
    max_size=60,
).map("".join)
titles = texts.map(lambda text: f"Titre {text}")
"""A title has at least one letter: the models see to it."""


def letters(text: str) -> str:
    """Return what must survive any escaping: letters and digits."""
    return "".join(c for c in text if c.isalnum())
