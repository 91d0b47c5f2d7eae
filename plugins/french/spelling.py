"""French words that the dictionary does not know, and the word that was probably meant.

The dictionary is Dicollecte's « toutes variantes »: the spellings before and after 1990. Only what
is surely a word of French prose is judged: no capital, which a name may bear; no digit, no sign, as
codes, addresses and inclusive forms (« adhérent·es ») have.
"""

import re
from collections.abc import Iterable, Iterator, Set as AbstractSet
from functools import cache, lru_cache
from itertools import chain, combinations, product
from pathlib import Path

from hunspell import Hunspell

EDITION = "7.0"
"""The edition of the dictionary; what a run keeps of it is thrown away when this changes."""

_FOLDER = Path(__file__).parent / "dictionary"
# A shorter word is more often an abbreviation, a unit or a word of another language.
_SHORTEST = 5
# None of those ends so: « trés » is « très », and no participle that the dictionary lacks.
_GRAVE = re.compile(r"és\Z")
_AROUND = " \t\n.,;:!?…«»“”\"‘’'()[]–—-*†•|"
_LETTERS = "a-zàâäæçéèêëîïôöœùûüÿ"
_WORD = re.compile(rf"[{_LETTERS}]+(?:['’‑-][{_LETTERS}]+)*")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|presqu|puisqu|quelqu|quoiqu)['’]")
_PARTED = re.compile(r"[,;:.!?…)»]\Z")
_JOINED = re.compile(r"['’‑-]")
_VARIANTS = {
    **dict.fromkeys("aàâ", "aàâ"),
    **dict.fromkeys("cç", "cç"),
    **dict.fromkeys("eéèêë", "eéèêë"),
    **dict.fromkeys("iîï", "iîï"),
    **dict.fromkeys("oô", "oô"),
    **dict.fromkeys("uùû", "uùû"),
}
_ACCENTED = {"a": "àâ", "c": "ç", "e": "éèê", "i": "îï", "o": "ô", "u": "ùû"}
_PARTICIPLE = re.compile(r"ée?s?\Z")
_TYPED = "abcdefghijklmnopqrstuvwxyzéè"
# In a shorter word, letters may be swapped or missing on purpose: « intra », « dispo ».
_LONG = 7
# Of more words as near, none is surely meant.
_MOST = 3


def prepare() -> None:
    """Read the dictionary, while nobody waits."""
    _dictionary("fr")


def unknown_words(text: str) -> Iterator[str]:
    """Yield the words of a text that the dictionary does not know, as often as they are there.

    Two in a row are of another language, unless a sign or an elision parts them.
    """
    chunks = text.split()
    unknown = frozenset(filter(_unknown, set(chunks)))
    for number, chunk in enumerate(chunks) if unknown else ():
        if chunk not in unknown:
            continue
        before, after = chunks[number - 1 : number], chunks[number + 1 : number + 2]
        follows = bool(before) and _is_one_phrase(before[0], chunk, unknown)
        leads = bool(after) and _is_one_phrase(chunk, after[0], unknown)
        if not follows and not leads:
            yield _unknown(chunk)


def _is_one_phrase(first: str, second: str, unknown: AbstractSet[str]) -> bool:
    is_parted = _PARTED.search(first) or _ELIDED.match(second)
    return not is_parted and {first, second} <= unknown


@lru_cache(maxsize=1 << 17)
def _unknown(written: str) -> str:
    """Return what the dictionary does not know in signs between two spaces, or nothing."""
    word = written.strip(_AROUND)
    if not _is_long(word) or not _WORD.fullmatch(word):
        return ""
    bare = word
    while found := _ELIDED.match(bare):
        bare = bare[found.end() :]
    if _is_known(word) or _is_known(bare):
        return ""
    parts = filter(_is_long, _JOINED.split(bare))
    return next((part for part in parts if not _is_known(part)), "")


def _is_long(word: str) -> bool:
    """Return True for a word of five letters, or of four when it ends with « és »."""
    return len(word) >= (_SHORTEST - 1 if _GRAVE.search(word) else _SHORTEST)


@lru_cache(maxsize=1 << 14)
def near_words(word: str) -> tuple[str, ...]:
    """Return the few words that an unknown one surely is, but for a slip of the keyboard.

    The slip is a ligature, « és » for « ès », an accent, a letter doubled or not; in a long word,
    two letters swapped or one missing. Any other letter makes a word that may be new; English words
    have no slip.
    """
    if joined := _known(_joined(word)):
        return joined
    if grave := _known([_GRAVE.sub("ès", word)]):
        return grave
    if len(word) < _SHORTEST or _is_english(word):
        return ()
    if near := _known(_accented(word), _doubled(word)):
        return near if len(near) <= _MOST else ()
    sure = _known(_swapped(word), _missing(word)) if len(word) >= _LONG else ()
    return sure if len(sure) == 1 else ()


def _known(*words: Iterable[str]) -> tuple[str, ...]:
    """Return the words that are in the dictionary, but those of the past simple (« contrôlè »)."""
    found = filter(_is_known, dict.fromkeys(chain(*words)))
    return tuple(word for word in found if not word.endswith("è"))


def _joined(word: str) -> Iterator[str]:
    for letters, ligature in (("oe", "œ"), ("ae", "æ")):
        if letters in word:
            yield word.replace(letters, ligature, 1)


def _accented(word: str) -> Iterator[str]:
    """Yield the word with one other accent, or with one or two more.

    The « é » that ends a participle stays: a new verb has it too.
    """
    stem = len(_PARTICIPLE.sub("", word))
    for index, letter in enumerate(word[:stem]):
        for other in _VARIANTS.get(letter, "").replace(letter, ""):
            yield word[:index] + other + word[index + 1 :]
    bare = [index for index, letter in enumerate(word) if letter in _ACCENTED]
    for first, second in combinations(bare, 2):
        for one, other in product(_ACCENTED[word[first]], _ACCENTED[word[second]]):
            yield word[:first] + one + word[first + 1 : second] + other + word[second + 1 :]


def _doubled(word: str) -> Iterator[str]:
    """Yield the word with a letter doubled, or with one of two same letters."""
    for index, letter in enumerate(word[1:], 1):
        yield word[:index] + letter + word[index:]
        if letter == word[index - 1]:
            yield word[:index] + word[index + 1 :]


def _swapped(word: str) -> Iterator[str]:
    for index in range(1, len(word) - 1):
        yield word[:index] + word[index + 1] + word[index] + word[index + 2 :]


def _missing(word: str) -> Iterator[str]:
    """Yield the word with one more letter, before its last two: « globals » has its ending."""
    for index in range(1, len(word) - 1):
        for letter in _TYPED:
            yield word[:index] + letter + word[index:]


def _is_english(word: str) -> bool:
    return _spells("en_US", word) or _spells("en_US", word.removesuffix("s"))


def _is_known(word: str) -> bool:
    return _spells("fr", word.replace("’", "'").replace("‑", "-"))


def _spells(language: str, word: str) -> bool:
    return bool(_dictionary(language).spell(word))


@cache
def _dictionary(language: str) -> Hunspell:
    """Return a dictionary, read at its first use: that takes a tenth of a second."""
    return Hunspell(language, hunspell_data_dir=str(_FOLDER))
