"""An issue of the letter as a message (RFC 5322, MIME), ready for a server or a file.

Lines end with CRLF, are 7-bit and at most 78 octets long, longer addresses excepted: no server on
the way has anything to change.

Headers are folded here, between encoded words (`email.header.Header`) or addresses:
`email.policy.SMTP` loses spaces, or the quotes around a name, in one version of Python or another
(CPython's gh-87720, gh-92081, gh-144156), and puts an identifier on the line below its header's
name, where some clients do not find it.
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

from plugins.library.addresses import absolute, mailto
from plugins.models.data import LetterSettings, SiteData
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
    """Who sends the letter, and the mailing list that its messages name.

    `archive` is the absolute address of the issues' list; `ways_out` are `mailto:` and `https:`
    addresses to leave the list, the best first.
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
    """The recipient, date and identifier of one message: an issue may be sent several times.

    `recipient` is a mailbox, None for a message that is only a file; `date` is aware; `message_id`
    has its angle brackets (RFC 5322, 3.6.4); a test is marked in its subject.
    """

    recipient: str | None
    date: datetime
    message_id: str
    is_test: bool = False


def eml(mail: LetterMail, sender: Sender, posting: Posting) -> bytes:
    """Write the message: the text, then the HTML, the richest last (RFC 2046, 5.1.4).

    The same arguments give the same bytes.
    """
    message = MIMEMultipart("alternative", _boundary(mail), policy=_POLICY)
    for name, value in _headers(mail, sender, posting):
        message[name] = value
    message.attach(_part(mail.flowed_text, "plain", format="flowed", delsp="no"))
    message.attach(_part(mail.html, "html"))
    return message.as_bytes(policy=_POLICY)


def sender_of(site: SiteData, site_url: str) -> Sender:
    """Return the sender that the site's data name, else the site and its mailbox."""
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
    """Yield the headers of a mailing list (RFC 2369, RFC 2919), none for a message to no list.

    Mail clients offer by them to leave the list or to read its archive.
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
    """Encode and fold a text (RFC 2047) after the name of its header."""
    if _is_plain(text):
        return text
    return Header(text, "utf-8", _LINE_LENGTH, header).encode(linesep=_CRLF)


def _is_plain(text: str) -> bool:
    """Return True for a text that needs no encoding; `=?` starts an encoded word (RFC 2047)."""
    return text.isascii() and len(text) <= _PLAIN_LENGTH and "=?" not in text


def _part(content: str, subtype: str, **parameters: str) -> MIMENonMultipart:
    """Return a part of a message, in quoted-printable, with line ends of mail.

    No dot is alone on its line. Spaces at the end of lines stay: they make a text flow
    (RFC 3676, 4.2).
    """
    lines = content.replace("\r\n", "\n").replace("\r", "\n")
    part = MIMENonMultipart("text", subtype, charset="utf-8", policy=_POLICY, **parameters)
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(b2a_qp(lines.encode()).decode("ascii"))
    return part


def _boundary(mail: LetterMail) -> str:
    """Return a boundary that no part holds: quoted-printable has no `=_` (RFC 2045, 6.7)."""
    return f"=_{sha256(f'{mail.flowed_text}{mail.html}'.encode()).hexdigest()[:24]}"
