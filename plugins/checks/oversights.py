"""Warnings about probable oversights in valid contents; the editor decides."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from plugins.content.folder import is_lost_text
from plugins.content.record import AnyRecord, Record, has_header
from plugins.faults import START, ContentError, KeyPath, Level, shorten
from plugins.french.typography import fold
from plugins.library.index import Index
from plugins.models import EventHeader, LetterHeader, OrganisationHeader
from plugins.models.blocks import FiguresBlock
from plugins.models.fields import Mode, Status, texts_in

# Days before a sitting from which a missing place or link is reported.
_NEAR = 30
# Days before its period from which an approximate date is reported.
_SOON = 60
# A date further away, in days, is reported: its year is probably mistyped.
FAR = 5 * 366
# Days before the end of a publication from which it is told.
_EXPIRING = 14
# The characters of a title that are shown in lists.
_LONG_TITLE = 70


# Bold, a link, a tag: a field of a header is plain text, and would show them.
_MARKUP = re.compile(
    r"(?P<bold>(?<![*\w])\*\*(?=[^\s*])[^*\n]+\*\*)|(?P<link>\[[^\[\]\n]+\]\([^()\s]+\))"
    r"|(?P<tag></?(?:a|b|br|em|i|mark|p|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>)"
)


def oversights(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    """Yield a warning per probable oversight of a content, published or not."""
    yield from _markup(record)
    yield from _no_figures(record, index)
    yield from _all_capitals(record)
    yield from _long_title(record)
    yield from _unknown_themes(record, index)
    if has_header(record, EventHeader):
        yield from _late_deadline(record, index)


def oversights_of_day(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    """Yield a warning per probable oversight that the day, or what is published, makes one."""
    yield from _expires_soon(record, index)
    if has_header(record, EventHeader):
        yield from _nowhere(record, index)
        yield from _doubtful_dates(record, index)
    elif has_header(record, LetterHeader):
        yield from _out_of_order(record, index)


def _markup(record: AnyRecord) -> Iterator[ContentError]:
    """Yield a warning per field of the header with signs of Markdown or HTML, which names all."""
    for path, value in texts_in(record.header):
        signs = dict.fromkeys(shorten(found[0]) for found in _MARKUP.finditer(value))
        if signs:
            told = " est montré tel quel" if len(signs) == 1 else " sont montrés tels quels"
            yield record.error(
                path,
                f"{', '.join(signs)}{told} : un champ de l’en-tête n’est que du texte. "
                "Retirez ces signes.",
                Level.WARNING,
            )


def _no_figures(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    """Yield a warning per block `chiffres` whose organisation has no figures."""
    for block in record.body.blocks():
        if not isinstance(block.options, FiguresBlock):
            continue
        found = index.find("organisation", block.options.organisation)
        if found and has_header(found, OrganisationHeader) and not found.header.figures:
            yield record.error_at(
                block.place("organisation"),
                "/// chiffres organisation",
                f"{shorten(block.options.organisation)} n’a pas de chiffres : le bloc ne "
                "montrerait rien. Donnez-lui des « chiffres_cles » dans "
                f"{found.path.as_posix()}, ou retirez le bloc.",
                Level.WARNING,
            )


def _all_capitals(record: AnyRecord) -> Iterator[ContentError]:
    """Yield a warning for a title or a summary in capitals; an acronym or two are none."""
    for key, value in (("titre", record.header.title), ("resume", record.header.summary)):
        words = re.findall(r"[^\W\d_]{5,}", value)
        if (key,) in record.positions and value.isupper() and len(words) > 1:
            yield record.error(
                (key,),
                f"{shorten(value)} est tout en capitales, qui se lisent mal et s’entendent "
                "parfois lettre à lettre. Écrivez-le en minuscules, capitales d’usage exceptées.",
                Level.WARNING,
            )


def _long_title(record: AnyRecord) -> Iterator[ContentError]:
    """Yield a warning for a title that lists of search results, or of messages, would cut.

    Google and Bing show 70 characters at most (PowerMapper, « Page title length for search
    engines », 2014), and mailboxes cut subjects of more (Return Path, 2015).
    """
    if has_header(record, LetterHeader):
        key, shown = ("objet" if record.header.subject else "titre"), "les messageries"
        title = record.header.subject or record.header.title
    else:
        key, title, shown = "titre", record.header.title, "les moteurs de recherche"
    if len(title) > _LONG_TITLE:
        cut = title[:_LONG_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:.\u00a0\u202f")
        yield record.error(
            (key,),
            f"{len(title)} signes, quand {shown} en montrent {_LONG_TITLE} : on lirait "
            f"« {cut}… ». Raccourcissez, ou dites l’essentiel d’abord.",
            Level.WARNING,
        )


def _expires_soon(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    """Yield a warning for a content that is to be unpublished in the next days."""
    expires = record.header.expires_on
    days = (expires.day - index.today).days if expires else _EXPIRING + 1
    if expires and days <= _EXPIRING:
        when = "demain" if days == 1 else f"dans {days} jours"
        yield record.error(
            ("expire_le",),
            f"{expires.day} est {when if days > 0 else 'aujourd’hui'} : le contenu n’est plus "
            "publié ensuite. Prolongez la date s’il doit rester.",
            Level.WARNING,
        )


def _late_deadline(event: Record[EventHeader], index: Index) -> Iterator[ContentError]:
    deadline = event.header.registration and event.header.registration.deadline
    last = max(occurrence.period.last_day for occurrence in index.occurrences_of(event))
    if deadline and deadline.first > last:
        yield event.error(
            ("inscription", "avant_le"),
            f"« {deadline} » vient après l’événement, dont le dernier jour est {last}. "
            "Vérifiez l’une des deux dates.",
            Level.WARNING,
        )


def _nowhere(event: Record[EventHeader], index: Index) -> Iterator[ContentError]:
    """Yield a warning for the first near sitting without place or link.

    An online event with `inscription` needs no link: participants may get it by e-mail.
    """
    for sitting in index.occurrences_of(event):
        is_near = not sitting.is_past and (sitting.period.first_day - index.today).days < _NEAR
        if sitting.is_approximate or sitting.is_off or not is_near:
            continue
        missing = ""
        if sitting.mode is Mode.HYBRID and not (sitting.place or sitting.online_url):
            missing = "ni lieu ni lien n’est donné. Ajoutez « lieu » et « lien_visio »."
        elif sitting.mode is Mode.ONLINE and not (sitting.online_url or event.header.registration):
            missing = "aucun lien n’est donné. Ajoutez « lien_visio », ou « inscription »."
        if missing:
            own: KeyPath = ("seances", (sitting.number or 1) - 1, "modalite")
            path: KeyPath = own if own in event.positions else ("modalite",)
            yield event.error(path, f"« {sitting.mode} » : {missing}", Level.WARNING)
            return


def _out_of_order(letter: Record[LetterHeader], index: Index) -> Iterator[ContentError]:
    """Yield a warning when an issue is dated before the issue with the previous number."""
    issues = index.once(_issues)
    place = bisect_left(issues, letter.header.number, key=lambda issue: issue.header.number)
    before = issues[place - 1] if place else None
    if before and before.header.date.instant > letter.header.date.instant:
        yield letter.error(
            ("date",),
            f"{letter.header.date.day} précède la lettre n° {before.header.number}, datée du "
            f"{before.header.date.day}. Vérifiez les dates, ou les numéros.",
            Level.WARNING,
        )


def _issues(index: Index) -> tuple[Record[LetterHeader], ...]:
    """Return the issues that are no drafts, published or to come, by number."""
    found = (
        record
        for record in (*index.published, *index.unpublished)
        if has_header(record, LetterHeader) and record.header.status is not Status.DRAFT
    )
    return tuple(sorted(found, key=lambda issue: issue.header.number))


def _unknown_themes(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    known = tuple(theme.name for theme in index.contents.themes)
    for number, name in enumerate(record.header.themes):
        if known and (hint := _hint_for_theme(name, known)):
            path: KeyPath = ("themes", number)
            yield record.error(
                path,
                f"{shorten(name)} n’est pas dans donnees/themes.yaml. {hint}",
                Level.WARNING,
            )


@lru_cache(maxsize=1024)
def _hint_for_theme(name: str, known: tuple[str, ...]) -> str:
    """Return what to do about a theme that is not known, nothing for one that is."""
    names = {fold(theme): theme for theme in known}
    if fold(name) in names:
        return ""
    if len(several := _joined_themes(fold(name), names)) > 1:
        return f"Séparez les thèmes par une virgule : « {', '.join(several)} »."
    close = get_close_matches(fold(name), names, n=1, cutoff=0.5)
    return f"Vouliez-vous « {names[close[0]]} » ?" if close else "Ajoutez-le si c’est voulu."


def _joined_themes(words: str, names: Mapping[str, str]) -> list[str]:
    """Return the themes that are written one after the other, none when there is anything else."""
    found = []
    while words:
        first = next((name for name in names if f"{words} ".startswith(f"{name} ")), None)
        if first is None:
            return []
        found.append(names[first])
        words = words[len(first) :].strip()
    return found


def _doubtful_dates(record: Record[EventHeader], index: Index) -> Iterator[ContentError]:
    """Yield the reminders of approximate or far dates.

    Of the dates that one line of the header states, by a recurrence, only the first is told.
    """
    today = index.today
    approximate: set[KeyPath] = set()
    far: set[KeyPath] = set()
    for occurrence in index.occurrences_of(record):
        days = (occurrence.period.first_day - today).days
        path = ("seances", occurrence.number - 1, "debut") if occurrence.number else ("debut",)
        start = occurrence.period.start
        is_soon = not occurrence.is_past and days < _SOON
        if occurrence.is_approximate and is_soon and path not in approximate:
            approximate.add(path)
            when = f"dans {days} {'jour' if days == 1 else 'jours'}" if days > 0 else "déjà"
            yield record.error(
                path,
                f"« {start} » est encore approximatif, et la période commence {when}. "
                "Donnez le jour dès qu’il est connu.",
                Level.WARNING,
            )
        if days > FAR and path not in far:
            far.add(path)
            yield record.error(
                path,
                f"« {start} » est dans {start.first.year - today.year} ans. Vérifiez l’année.",
                Level.WARNING,
            )


def unused_texts(index: Index) -> Iterator[ContentError]:
    """Yield a warning per word processor file, in a folder of contents, without a link to it."""
    every = (*index.published, *index.unpublished, *index.broken)
    used = {file for record in every for file in index.static_files_of(record)}
    for file in sorted(index.contents.static.keys() - used):
        if is_lost_text(file):
            yield ContentError(
                Path(index.contents.root.name, file),
                START,
                None,
                f"{shorten(Path(file).name)} n’est pas publié : aucun contenu n’y mène. S’il "
                "devait être un contenu, enregistrez son texte dans un fichier « .md » ; sinon, "
                "donnez-lui un lien, ou retirez-le.",
                Level.WARNING,
            )
