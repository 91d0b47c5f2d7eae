"""`make letter`, `send` and `export`: an issue made into files, sent, or given to another tool."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from plugins.build.command_line import MISUSE
from plugins.build.publication import planned_site, told
from plugins.build.report import print_faults, print_line, print_refusal
from plugins.build.staging import staged
from plugins.content.record import AnyRecord, Record, has_header
from plugins.dates.in_words import format_day
from plugins.dates.moments import PARIS
from plugins.faults import shorten
from plugins.french.quantities import count, weight
from plugins.french.typography import NBSP
from plugins.library.selection import appears, on_day
from plugins.mailing.failures import SendingError, french
from plugins.mailing.journal import Journal
from plugins.mailing.sending import Order, example_warnings, send as send_order
from plugins.models import LetterHeader
from plugins.models.fields import Status
from plugins.outputs.mail.eml import Posting, eml, sender_of
from plugins.outputs.mail.exports import Delivery, Tool, export as export_mail
from plugins.outputs.mail.length import GMAIL_CLIP
from plugins.site.letter_media import LetterMedia
from plugins.site.plan import PlannedSite
from plugins.views.base import kind_label
from plugins.views.identifiers import message_id
from plugins.views.site import Site

_NOTHING_WRITTEN = "rien n’a été écrit"
_NOTHING_SENT = "rien n’est parti"


class LetterCommandError(Exception):
    """The command cannot be carried out as it was given; the message is French."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue, the site it is published on and the maker of its media.

    The site is that of today; for an issue to come, of the day when it appears.
    """

    site: Site
    letter: Record[LetterHeader]
    media: LetterMedia
    is_to_come: bool = False


@dataclass(frozen=True, slots=True)
class _File:
    """A file made of an issue, with a short note for the editor."""

    name: str
    data: bytes
    note: str = ""


def build(settings_file: Path, number: str, exports: Path) -> int:
    """Write an issue's e-mail, text, PDF and message into a folder of `exports`.

    An issue to come is made as of its day.
    """

    def run() -> None:
        issue = _issue(settings_file, number, to_come=True)
        print_line(f"{kind_label(issue.letter)}{NBSP}: {issue.letter.header.title}")
        folder = exports / f"lettre-{issue.letter.header.number}"
        _write(issue, folder, _files(issue))
        print_line(f"Les fichiers sont dans {_shown(folder)}/.")

    return _told(run, _NOTHING_WRITTEN)


def send(  # noqa: PLR0913 - what the command line gives, and the world it acts in
    settings_file: Path,
    number: str,
    *,
    test: str | None,
    again: bool,
    confirm: bool,
    now: datetime,
    environment: Mapping[str, str] = os.environ,
) -> int:
    """Show the message to the list, or to the mailbox of a test; send it if confirmed.

    An issue to come may be tested, as of its day; it goes to the list once it has appeared.
    """

    def run() -> None:
        issue = _issue(settings_file, number, to_come=bool(test))
        site = issue.site.index.site
        mail = issue.media.letter_mail(issue.letter)
        print_faults(issue.media.notices.checked())
        if issue.is_to_come:
            print_line(_not_yet(issue.letter))
        order = Order(mail, site, issue.site.url, now.astimezone(PARIS), test, again, confirm)
        journal = Journal(issue.site.index.contents.root)
        send_order(order, journal, environment, print_line)

    return _told(run, _NOTHING_SENT)


def export(
    settings_file: Path,
    number: str,
    tool: str,
    lists: Sequence[str],
    exports: Path,
    *,
    inline: bool = False,
) -> int:
    """Write an issue's files for another sending tool into a folder of `exports`.

    Pictures stay on the site, or lie in the archive; with `inline`, the HTML holds them.
    """

    def run() -> None:
        wanted = _tool(tool)
        numbers = _list_numbers(lists)
        issue = _issue(settings_file, number)
        folder = exports / f"lettre-{issue.letter.header.number}-{wanted}"
        sender = sender_of(issue.site.index.site, issue.site.url)
        delivery = Delivery(sender.name, sender.mailbox, numbers)
        print_line(f"{kind_label(issue.letter)} pour {wanted}")
        mail = issue.media.letter_mail(issue.letter)
        files = export_mail(mail.with_pictures_within() if inline else mail, wanted, delivery)
        _write(issue, folder, [_File(name, data) for name, data in files.items()])
        print_line(f"Les fichiers sont dans {_shown(folder)}/{NBSP}: suivez LISEZMOI.txt.")

    return _told(run, _NOTHING_WRITTEN)


def _write(issue: Issue, folder: Path, files: Sequence[_File]) -> None:
    """Write files, all or none; list them with their weights."""
    notices = issue.media.notices.checked()
    with staged(folder) as fresh:
        for file in files:
            (fresh / file.name).write_bytes(file.data)
    for file in files:
        print_line(f"  {file.name:<16} {weight(len(file.data)):>8}  {file.note}".rstrip())
    print_faults(notices)
    _print_warnings(issue)


def _told(run: Callable[[], None], outcome: str) -> int:
    """Run a command and return its status; print why it stopped, and `outcome` after faults."""
    try:
        return told(run, partial(print_refusal, outcome=outcome))
    except LetterCommandError as error:
        print_line(str(error))
        return MISUSE
    except SendingError as error:
        print_line(str(error))
        return 1


def _issue(settings_file: Path, number: str, *, to_come: bool = False) -> Issue:
    """Return a published issue; with `to_come`, also a coming one, on the site of its day."""
    planned = planned_site(settings_file)
    site = planned.site
    if letter := _numbered(site.index.letters, number):
        return Issue(site, letter, _media(planned))
    aside = _numbered(site.index.unpublished, number)
    if aside is None:
        known = ", ".join(str(letter.header.number) for letter in reversed(site.index.letters))
        published = f" Numéros publiés{NBSP}: {known}." if known else ""
        raise LetterCommandError(f"{_unknown(number)}{published}")
    if aside.header.status is Status.DRAFT:
        raise LetterCommandError(_draft(aside))
    if _appears(aside) <= site.now:
        raise LetterCommandError(_expired(aside))
    if not to_come:
        raise LetterCommandError(_for_no_list_yet(aside))
    planned = planned_site(settings_file, _appears(aside))
    letter = _numbered(planned.site.index.letters, number)
    if letter is None:
        raise LetterCommandError(_expired(aside))
    return Issue(planned.site, letter, _media(planned), is_to_come=True)


def _media(planned: PlannedSite) -> LetterMedia:
    return LetterMedia(planned.site, planned.theme, planned.plan, planned.notices)


def _unknown(number: str) -> str:
    if not number:
        return french("Quelle lettre ? Donnez son numéro, par exemple N=1.")
    return f"Aucune lettre publiée n° {shorten(number)}."


def _numbered(records: Iterable[AnyRecord], number: str) -> Record[LetterHeader] | None:
    letters = (record for record in records if has_header(record, LetterHeader))
    return next((letter for letter in letters if str(letter.header.number) == number), None)


def _appears(letter: Record[LetterHeader]) -> datetime:
    day = appears(letter.header)
    assert day, "an issue has a date"
    return day


def _draft(letter: Record[LetterHeader]) -> str:
    return french(
        f"{kind_label(letter)} est un brouillon ({letter.path.as_posix()}). "
        "Quand elle est prête, retirez-en « statut » : elle peut être essayée avant sa date."
    )


def _for_no_list_yet(letter: Record[LetterHeader]) -> str:
    return french(
        f"{kind_label(letter)} n’est pas encore publiée : "
        f"elle paraîtra {on_day(_appears(letter))}. "
        f"D’ici là, essayez-la : make lettre N={letter.header.number}, ou "
        f"make envoyer N={letter.header.number} ESSAI=boite@exemple.fr."
    )


def _not_yet(letter: Record[LetterHeader]) -> str:
    return french(
        f"Attention : {kind_label(letter).lower()} n’est pas encore publiée. Ses liens vers le "
        f"site ne mènent nulle part avant qu’elle paraisse, {on_day(_appears(letter))}."
    )


def _expired(letter: Record[LetterHeader]) -> str:
    assert letter.header.expires_on
    return french(
        f"{kind_label(letter)} n’est plus publiée après le "
        f"{format_day(letter.header.expires_on.day)} ({letter.path.as_posix()}). "
        "Retirez « expire_le », ou donnez un jour à venir."
    )


def _files(issue: Issue) -> tuple[_File, ...]:
    """Make all the files of an issue; name each step first, since each takes a while."""
    letter, media = issue.letter, issue.media
    print_line("Le courriel et le texte…")
    mail = media.letter_mail(letter)
    print_line("Le PDF…")
    pdf = media.pdf(letter)
    html = mail.html.encode()
    share = round(100 * len(html) / GMAIL_CLIP)
    sender = sender_of(issue.site.index.site, issue.site.url)
    date = letter.header.date.instant
    posting = Posting(sender.list_mailbox, date, message_id(letter.header.number, issue.site.url))
    stem = f"lettre-{letter.header.number}"
    return (
        _File(f"{stem}.html", html, f"courriel, {share}{NBSP}% de ce que Gmail montre"),
        _File(f"{stem}.txt", mail.text.encode(), "texte seul"),
        _File(f"{stem}.pdf", pdf.data, f"PDF, {count(pdf.pages, 'page')}"),
        _File(f"{stem}.eml", eml(mail, sender, posting), "message prêt à envoyer"),
    )


def _print_warnings(issue: Issue) -> None:
    if issue.is_to_come:
        print_line(_not_yet(issue.letter))
    for warning in example_warnings(issue.site.index.site, issue.site.url):
        print_line(warning)


def _tool(name: str) -> Tool:
    try:
        return Tool(name.lower())
    except ValueError:
        asked = f"{shorten(name)} n’est pas un outil connu." if name else "Pour quel outil ?"
        known = ", ".join(Tool)
        raise LetterCommandError(
            f"{asked} Ajoutez POUR= suivi de l’un de ces noms{NBSP}: {known}."
        ) from None


def _list_numbers(lists: Sequence[str]) -> tuple[int, ...]:
    for item in lists:
        if not item.isdecimal():
            raise LetterCommandError(
                f"{shorten(item)} n’est pas le numéro d’une liste. Exemple{NBSP}: LISTES=3,4"
            )
    return tuple(int(item) for item in lists)


def _shown(folder: Path) -> str:
    return folder.relative_to(Path.cwd()).as_posix()
