"""The commands behind `inv letter.*`: an issue made into files, sent, or given to another tool."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plugins.core.dates import PARIS
from plugins.core.entries import LetterEntry
from plugins.core.errors import shorten
from plugins.core.quantities import count, weight
from plugins.core.site import Site
from plugins.core.staging import staged
from plugins.core.typography import NBSP
from plugins.letter_media import LetterMedia
from plugins.mailing.errors import SendingError
from plugins.mailing.journal import Journal
from plugins.mailing.plan import Order, example_warnings
from plugins.mailing.sending import send as send_order
from plugins.outputs.addresses import message_id
from plugins.outputs.mail.eml import Posting, eml, sender_of
from plugins.outputs.mail.exports import Delivery, Tool, export as export_mail
from plugins.outputs.mail.mail_length import GMAIL_CLIP
from plugins.publication import planned_site, told
from plugins.report import print_faults, print_line


class LetterCommandError(Exception):
    """The command cannot do what it is asked; the message is French."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of the site as it will be published, with what makes its media."""

    site: Site
    letter: LetterEntry
    media: LetterMedia


def build(settings_file: Path, number: str, exports: Path) -> int:
    """Write an issue's e-mail, text, PDF and message into a folder of `exports`."""

    def run() -> None:
        issue = _issue(settings_file, number)
        folder = exports / f"lettre-{issue.letter.number}"
        print_line(f"{issue.letter.kind_label}{NBSP}: {issue.letter.title}")
        with staged(folder) as fresh:
            for name, data, note in _files(issue):
                (fresh / name).write_bytes(data)
                print_line(f"  {name:<16} {weight(len(data)):>8}  {note}".rstrip())
            notices = issue.site.told_notices()
        print_faults(notices)
        _print_examples(issue.site)
        print_line(f"Les fichiers sont dans {_shown(folder)}/.")

    return _told(run)


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
    """Say what would go to the list, or to the mailbox of a test; send it when confirmed."""

    def run() -> None:
        issue = _issue(settings_file, number)
        site = issue.site.library.site
        mail = issue.media.letter_mail(issue.letter)
        print_faults(issue.site.told_notices())
        order = Order(mail, site, issue.site.url, now.astimezone(PARIS), test, again, confirm)
        journal = Journal(issue.site.library.root)
        send_order(order, journal, environment, print_line)

    return _told(run)


def export(settings_file: Path, number: str, tool: str, lists: Sequence[str], exports: Path) -> int:
    """Write what another tool takes of an issue into a folder of `exports`."""

    def run() -> None:
        wanted = _tool(tool)
        numbers = _list_numbers(lists)
        issue = _issue(settings_file, number)
        folder = exports / f"lettre-{issue.letter.number}-{wanted}"
        sender = sender_of(issue.site.library.site, issue.site.url)
        delivery = Delivery(sender.name, sender.mailbox, numbers)
        files = export_mail(issue.media.letter_mail(issue.letter), wanted, delivery)
        print_line(f"{issue.letter.kind_label} pour {wanted}")
        with staged(folder) as fresh:
            for file in files:
                (fresh / file.name).write_bytes(file.data)
                print_line(f"  {file.name:<16} {weight(len(file.data)):>8}")
        print_faults(issue.site.told_notices())
        _print_examples(issue.site)
        print_line(f"Les fichiers sont dans {_shown(folder)}/{NBSP}: suivez LISEZMOI.txt.")

    return _told(run)


def _told(run: Callable[[], None]) -> int:
    """Run, and tell in French what stopped it."""
    try:
        return told(run)
    except (LetterCommandError, SendingError) as error:
        print_line(str(error))
        return 1


def _issue(settings_file: Path, number: str) -> Issue:
    site, theme, _ = planned_site(settings_file)
    letters = {str(letter.number): letter for letter in site.library.letters}
    if number not in letters:
        known = f"Numéros publiés{NBSP}: {', '.join(sorted(letters, key=int))}." if letters else ""
        raise LetterCommandError(f"Aucune lettre publiée n° {shorten(number)}. {known}".rstrip())
    return Issue(site, letters[number], LetterMedia(site, theme))


def _files(issue: Issue) -> Iterator[tuple[str, bytes, str]]:
    """Yield the name, the bytes and what to know of each file, as soon as it is made."""
    letter, media = issue.letter, issue.media
    mail = media.letter_mail(letter)
    stem = f"lettre-{letter.number}"
    html = mail.html.encode()
    share = round(100 * len(html) / GMAIL_CLIP)
    yield f"{stem}.html", html, f"courriel, {share}{NBSP}% de ce que Gmail montre"
    yield f"{stem}.txt", mail.text.encode(), "texte seul"
    pdf = media.pdf(letter)
    yield f"{stem}.pdf", pdf.data, f"PDF, {count(pdf.pages, 'page')}"
    sender = sender_of(issue.site.library.site, issue.site.url)
    date = letter.header.date.instant
    posting = Posting(sender.list_mailbox, date, message_id(letter.number, issue.site.url))
    yield f"{stem}.eml", eml(mail, sender, posting), "message prêt à envoyer"


def _print_examples(site: Site) -> None:
    for warning in example_warnings(site.library.site, site.url):
        print_line(warning)


def _tool(name: str) -> Tool:
    try:
        return Tool(name.lower())
    except ValueError:
        asked = f"{shorten(name)} n’est pas un outil connu." if name else "Pour quel outil ?"
        known = ", ".join(Tool)
        raise LetterCommandError(
            f"{asked} Ajoutez --for et l’un de ces noms{NBSP}: {known}."
        ) from None


def _list_numbers(lists: Sequence[str]) -> tuple[int, ...]:
    for item in lists:
        if not item.isdecimal():
            raise LetterCommandError(
                f"{shorten(item)} n’est pas le numéro d’une liste. Exemple{NBSP}: --to-list 3"
            )
    return tuple(int(item) for item in lists)


def _shown(folder: Path) -> str:
    return folder.relative_to(Path.cwd()).as_posix()
