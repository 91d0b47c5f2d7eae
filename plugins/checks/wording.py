"""The words of contents: how the community writes its terms, and French spelling."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from plugins.content.record import AnyRecord
from plugins.faults import ContentError, Level, Position, shorten
from plugins.french.spelling import EDITION, near_words
from plugins.french.typography import plain
from plugins.library.index import Index
from plugins.markdown.words import own_prose_of, places_of
from plugins.models.data import TermData
from plugins.models.fields import names_in, prose_in
from plugins.store import key_of, store_of

_APART = re.compile(r"[\s'-]+")


def wording(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    """Yield a warning per form that is not the community's, and per word with a slip."""
    yield from _terms(record, index)
    yield from _spelling(record, index)


# The community's terms.


def _terms(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    """Yield a warning per place of a form that `termes.yaml` says not to write; quotations are not.

    A form is a whole word, or several. Without a capital, it also counts at the head of a sentence.
    """
    forms = index.once(_forms)
    if not forms.terms or not record.header.language.startswith("fr"):
        return
    for path, text in prose_in(record.header):
        if path[:1] in record.positions:
            for written in dict.fromkeys(forms.pattern.findall(plain(text))):
                yield record.error(path, forms.say(written), Level.WARNING)
    prose = plain(own_prose_of(record.body.parts, forms.words))
    found = Counter(" ".join(written.split()) for written in forms.pattern.findall(prose))
    for written, place in _placed(found, record, index):
        yield record.error_at(place, "texte", forms.say(written), Level.WARNING)


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms not to write: the term of each, a pattern of all, and a word that each holds."""

    terms: Mapping[str, TermData]
    pattern: re.Pattern[str]
    words: frozenset[str]

    def say(self, written: str) -> str:
        """Return what to write in the place of a form, and why."""
        term = self.terms[written]
        reason = f" {term.reason}" if term.reason else ""
        return f"{shorten(written)} : écrivez « {term.right} ».{reason}"


def _forms(index: Index) -> _Forms:
    terms: dict[str, TermData] = {}
    for term in index.contents.terms.terms:
        for form in map(plain, term.wrong):
            terms[form] = term
            if form.islower():
                terms[form[0].upper() + form[1:]] = term
    longest_first = sorted(terms, key=len, reverse=True)
    forms = "|".join(r"\s+".join(map(re.escape, form.split())) for form in longest_first)
    # « exemple.fr/webinar » is an address.
    pattern = re.compile(rf"(?<![\w/@.-])(?:{forms})(?![\w/@-]|\.\w)")
    return _Forms(terms, pattern, frozenset(max(re.findall(r"\w*", f), key=len) for f in terms))


# Spelling.


def _spelling(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    """Yield a warning per unknown word that is surely another one, at its first place.

    The names in the headers of contents are known, and so are the words of `termes.yaml`.
    """
    unknown = {*(word for _, word in record.unknown_words), *record.body.unknown_words}
    if not unknown:
        return
    known = index.once(_known_words)
    near = _near({word for word in unknown if not {word, word.removesuffix("s")} & known}, index)
    for path, word in record.unknown_words:
        if word in near:
            yield record.error(path, _ask(word, near[word]), Level.WARNING)
    slips = {word: 1 for word in record.body.unknown_words if word in near}
    for word, place in _placed(slips, record, index):
        yield record.error_at(place, "texte", _ask(word, near[word]), Level.WARNING)


def _near(words: Collection[str], index: Index) -> dict[str, tuple[str, ...]]:
    """Return the words that are surely others, with these; a run keeps them for the next ones.

    Looking for them takes some milliseconds a word, and a word that is right is sought too.
    """
    store = store_of(index.contents.root.absolute().parent)
    keys = {key_of("near", EDITION, word): word for word in sorted(words)}
    kept = store.found(list(keys))
    made = {
        key: " ".join(near_words(word)).encode() for key, word in keys.items() if key not in kept
    }
    store.keep(made)
    found = {word: tuple((kept | made)[key].decode().split()) for key, word in keys.items()}
    return {word: near for word, near in found.items() if near}


def _ask(word: str, near: tuple[str, ...]) -> str:
    choice = " ou ".join(f"« {one} »" for one in near)
    return f"{shorten(word)} : voulez-vous écrire {choice} ?"


def _known_words(index: Index) -> frozenset[str]:
    """Return, in small letters, the words of the names in all headers and of `termes.yaml`."""
    contents = index.contents
    texts = [
        *(name for record in contents.records for name in names_in(record.header)),
        *(theme.name for theme in contents.themes),
        *(term.right for term in contents.terms.terms),
        *contents.terms.words,
        contents.site.name,
        contents.site.publisher or "",
    ]
    return frozenset(word for text in texts for word in _APART.split(plain(text).lower()))


def _placed(
    wanted: Mapping[str, int], record: AnyRecord, index: Index
) -> Iterator[tuple[str, Position]]:
    """Yield each of some words with its first places in a text, as many as are wanted."""
    if wanted:
        source = index.contents.source_of(record)
        for words, count in wanted.items():
            for place in islice(places_of(words, source, record.source_line), count):
                yield words, place
