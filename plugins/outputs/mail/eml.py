"""An issue of the letter as a message (RFC 5322, MIME), ready for a server or a file.

Lines are ended by CRLF, are of seven bits and hold 78 octets at most, but for addresses that are
longer by themselves: no server on the way has anything to change.

Headers are folded here, between encoded words (`email.header.Header`) or addresses. What
`email.policy.SMTP` does of them loses spaces, or the quotes around a name, in one version of
Python or another (CPython's gh-87720, gh-92081, gh-144156); and some clients do not find an
identifier that stands on the line below the name of its header.
"""

from binascii import b2a_qp
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, formataddr
from hashlib import sha256

from plugins.library.addresses import absolute
from plugins.models.data import LetterSettings, SiteData
from plugins.models.mailboxes import mailto
from plugins.outputs.characters import clean_line
from plugins.outputs.mail.letter_mail import LetterMail

TEST_MARK = "[Essai]"

_CRLF = "\r\n"
_LINE_LENGTH = 76  # RFC 2047, 2: the limit of a line that holds an encoded word
_POLICY = compat32.clone(linesep=_CRLF, max_line_length=0)
# A longer text is better cut between encoded words, which any reader joins without a space.
_PLAIN_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends the letter, and what a message tells of its mailing list.

    `archive` is the absolute address of the issues' list; `ways_out` are `mailto:` and `https:`
    addresses, the first being the best.
    """

    name: str
    mailbox: str
    archive: str
    reply_to: str | None = None
    list_mailbox: str | None = None
    list_id: str | None = None
    ways_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Posting:
    """What a message has of its own: an issue may be tried, sent and sent again.

    `recipient` is a mailbox, none when the message is but a file; `date` is aware; `message_id`
    is that of `outputs.addresses.message_id`; a test says so before its subject.
    """

    recipient: str | None
    date: datetime
    message_id: str
    is_test: bool = False


def eml(mail: LetterMail, sender: Sender, posting: Posting) -> bytes:
    """Return the message: the text first, then the HTML, which is the richer (RFC 2046, 5.1.4).

    The same arguments give the same bytes.
    """
    message = MIMEMultipart("alternative", _boundary(mail), policy=_POLICY)
    for name, value in _headers(mail, sender, posting):
        message[name] = value
    message.attach(_part(mail.flowed_text, "plain", format="flowed", delsp="no"))
    message.attach(_part(mail.html, "html"))
    return message.as_bytes(policy=_POLICY)


def sender_of(site: SiteData, site_url: str) -> Sender:
    """Return who sends the letter: what `site.yaml` says, else the site and its mailbox."""
    settings = site.letter or LetterSettings.model_validate({"expediteur": site.contact})
    return Sender(
        settings.name or site.name,
        settings.sender,
        absolute(site_url, "/lettres/"),
        settings.reply_to,
        settings.list_mailbox,
        settings.list_id,
        tuple(way if way.startswith("https:") else mailto(way) for way in settings.ways_out),
    )


def subject(mail: LetterMail, posting: Posting) -> str:
    """Return the subject as a mailbox shows it."""
    mark = f"{TEST_MARK} " if posting.is_test else ""
    return clean_line(f"{mark}{mail.subject}")


def _headers(mail: LetterMail, sender: Sender, posting: Posting) -> Iterator[tuple[str, str]]:
    yield "From", _mailbox(sender)
    if posting.recipient:
        yield "To", posting.recipient
    if sender.reply_to:
        yield "Reply-To", sender.reply_to
    yield "Subject", _words("Subject", subject(mail, posting))
    yield "Date", format_datetime(posting.date)
    yield "Message-ID", posting.message_id
    yield "Content-Language", mail.language
    yield from _list_headers(mail, sender)


def _list_headers(mail: LetterMail, sender: Sender) -> Iterator[tuple[str, str]]:
    """Yield what lets mail clients offer to leave the list, to read it (RFC 2369, RFC 2919).

    A message to no list says nothing of one.
    """
    if not (sender.list_mailbox or sender.list_id or sender.ways_out):
        return
    if sender.list_id:
        yield "List-Id", f"<{sender.list_id}>"
    if sender.list_mailbox:
        yield "List-Post", f"<{mailto(sender.list_mailbox)}>"
    ways_out = sender.ways_out or (mail.unsubscribe_address,)
    addresses = (f"<{absolute('', address)}>" for address in ways_out)
    yield "List-Unsubscribe", f",{_CRLF} ".join(addresses)
    yield "List-Archive", f"<{sender.archive}>"


def _mailbox(sender: Sender) -> str:
    name = clean_line(sender.name)
    if _is_plain(name):
        return formataddr((name, sender.mailbox))
    return f"{_words('From', name)}{_CRLF} <{sender.mailbox}>"


def _words(header: str, text: str) -> str:
    """Return a text as RFC 2047 wants it, folded; `header` is what stands before it."""
    if _is_plain(text):
        return text
    return Header(text, "utf-8", _LINE_LENGTH, header).encode(linesep=_CRLF)


def _is_plain(text: str) -> bool:
    """Tell whether a text may stand as it is; `=?` would start an encoded word (RFC 2047)."""
    return text.isascii() and len(text) <= _PLAIN_LENGTH and "=?" not in text


def _part(content: str, subtype: str, **parameters: str) -> MIMENonMultipart:
    """Return a part in quoted-printable, where a dot does not stand alone on a line either.

    A line may end in any way: all become those of mail. Spaces at its end are kept, by which a
    text flows (RFC 3676, 4.2).
    """
    lines = content.replace("\r\n", "\n").replace("\r", "\n")
    part = MIMENonMultipart("text", subtype, charset="utf-8", policy=_POLICY, **parameters)
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(b2a_qp(lines.encode()).decode("ascii"))
    return part


def _boundary(mail: LetterMail) -> str:
    """Return what cannot stand in the parts: quoted-printable has no `=_` (RFC 2045, 6.7)."""
    return f"=_{sha256(f'{mail.flowed_text}{mail.html}'.encode()).hexdigest()[:24]}"
