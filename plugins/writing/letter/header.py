"""The header of a proposed issue: titles and counts of what is inside, what the last one had."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest

from plugins.content.record import Record
from plugins.dates.in_words import format_day, format_period
from plugins.dates.moments import Moment, Period
from plugins.french.typography import capitalised, fold, plain, with_plain_spaces
from plugins.library.index import Index
from plugins.models import LetterHeader
from plugins.views.deadlines import Deadline
from plugins.writing.letter.facts import LetterFacts
from plugins.writing.markdown_text import field

# A mailbox shows no more of a subject; a preheader has its own limit.
_LONGEST_TITLE = 70
_LONGEST_PREHEADER = 150
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class ProposedHeader:
    """What makes the header of an issue.

    `period` is empty when the last issue has none, None when it tells it in unknown words.
    """

    index: Index
    facts: LetterFacts
    span: tuple[date, date]
    number: int
    period: str | None
    last: Record[LetterHeader] | None

    def written(self) -> str:
        """Return the lines of the header, each field under a remark where it helps."""
        return "".join(self._lines())

    def _lines(self) -> Iterator[str]:
        last, titles = self.last, list(self._titles())
        title = self._title(titles)
        used = title.split(_BETWEEN)
        others = _joined((t for t in titles if t not in used), _LONGEST_PREHEADER)
        yield from _remarks(*self._opening())
        yield from _remarks("Titre, et objet du courriel : des titres de ce numéro. À récrire.")
        yield field("titre", title)
        yield field("numero", str(self.number))
        yield from _remarks(
            "Écrivez « publié » quand la lettre est prête : elle paraît au jour de « date ».",
        )
        yield field("statut", "brouillon")
        yield from _remarks(f"Jour d’envoi. Les rendez-vous proposés vont {self._days}.")
        yield field("date", self.span[0].isoformat())
        yield from self._period()
        yield from _remarks("Ce que le numéro contient, pour les listes et la recherche.")
        yield field("resume", self._summary())
        if others:
            yield from _remarks("Ce que la messagerie montre après l’objet : d’autres titres.")
            yield field("accroche", others)
        if last:
            yield from self._lasting(last)

    def _opening(self) -> Iterator[str]:
        since = ""
        if last := self.last:
            day = format_day(last.header.date.day)
            since = f", d’après ce qui est arrivé depuis le n° {last.header.number} ({day})"
        yield f"Numéro proposé le {format_day(self.span[0])}{since}."
        yield "Titres, dates et blocs viennent des fiches : rien n’est rédigé à votre place."
        history = self.index.history
        if last and (history is None or history.notice):
            yield (
                "Les changements de date et l’état des chantiers, que seul git connaît, n’ont pu "
                "être cherchés."
            )

    def _period(self) -> Iterator[str]:
        last = self.last
        if self.period:
            if last:
                told = f"La suite de « {last.header.period} », de même durée."
                yield from _remarks(told)
            yield field("periode", self.period)
        elif self.period is None and last:
            yield from _remarks(
                f"« {last.header.period} » n’est pas une suite de mois connue : écrivez la période "
                "de ce numéro",
                "après les deux-points, et ôtez le « # » au début de la ligne.",
            )
            yield "#periode:\n"

    @property
    def _days(self) -> str:
        return format_period(Period(*map(Moment.at, self.span)))

    def _titles(self) -> Iterator[str]:
        """Yield the titles of what is inside, once each: an article, an event, and so on."""
        articles = sorted(self.facts.articles, key=lambda article: not article.header.lead)
        events = (
            coming.event
            for coming in self.facts.events
            if any(isinstance(item, Deadline) or not item.is_off for item in coming.items)
        )
        pairs = zip_longest(articles, events)
        records = (record for record in chain.from_iterable(pairs) if record)
        return iter(dict.fromkeys(plain(record.header.title) for record in records))

    def _title(self, titles: list[str]) -> str:
        """Return one or two titles; the name of the issue when none is short, or it was taken."""
        title = _joined(titles, _LONGEST_TITLE, most=2)
        taken = {fold(plain(letter.header.title)) for letter in self.index.letters}
        if title and fold(title) not in taken:
            return title
        return f"La lettre n° {self.number}, {format_day(self.span[0])}"

    def _summary(self) -> str:
        """Return how many of each there are, in words."""
        facts = self.facts
        closing = sum(item.is_deadline for item in facts.items)
        told = [
            _counted(len(facts.items) - closing, "rendez-vous", "rendez-vous"),
            _counted(closing, "clôture d’inscriptions", "clôtures d’inscriptions"),
            _counted(len(facts.changes), "changement de date", "changements de date"),
            _counted(len(facts.articles), "article", "articles"),
            _counted(len(facts.groups), "chantier en mouvement", "chantiers en mouvement"),
        ]
        what = ", ".join(filter(None, told)) or "rien de neuf"
        return f"{capitalised(self._days)} : {what}."

    def _lasting(self, last: Record[LetterHeader]) -> Iterator[str]:
        """Yield the fields of the last issue that an issue shares with the next."""
        header = last.header
        editorial = header.editorial
        lines = [
            _optional("redacteurs_en_chef", header.editors_in_chief),
            _optional("contributeurs", header.contributors),
            _optional("auteurs", header.authors),
        ]
        if editorial:
            lines.append("editorial:\n")
            lines.append("  " + field("signature", editorial.signature))
            lines.append("  " + field("fonction", editorial.role) if editorial.role else "")
        lines.append(_optional("contact", header.contact))
        if self.index.organisation_of(last):
            lines.append(_optional("organisation", header.organisation))
        lines.append(_optional("themes", header.themes))
        lines.append(field("lang", header.language) if header.language != "fr" else "")
        if any(lines):
            yield from _remarks(f"Repris de la lettre n° {header.number} : à relire.")
        yield from lines


def _remarks(*lines: str) -> Iterator[str]:
    return (f"## {with_plain_spaces(line)}\n" for line in lines)


def _optional(key: str, value: str | Iterable[str] | None) -> str:
    return field(key, value) if value else ""


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {several if number > 1 else one}" if number else ""


def _joined(titles: Iterable[str], limit: int, most: int = 9) -> str:
    """Return as many titles as a limit of characters holds, in order; longer ones are left out."""
    told: list[str] = []
    for title in titles:
        if len(told) < most and len(_BETWEEN.join([*told, title])) <= limit:
            told.append(title)
    return _BETWEEN.join(told)
