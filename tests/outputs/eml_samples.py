"""The letter of the samples as a message, and messages read by a strict reader."""

from __future__ import annotations

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP

from plugins.models.data import SiteData
from plugins.outputs.mail.eml import Posting, eml, sender_of
from plugins.outputs.mail.letter_mail import LetterMail
from plugins.views.identifiers import message_id
from tests.outputs.letter_samples import LETTER, LISTS, NOW, SITE_URL, site

MESSAGE_ID = message_id(3, SITE_URL)
POSTING = Posting(f"lettre@{LISTS}", NOW, MESSAGE_ID)


def made(mail: LetterMail = LETTER, data: SiteData | None = None, to: Posting = POSTING) -> bytes:
    return eml(mail, sender_of(data or site(), SITE_URL), to)


def parsed(data: bytes) -> EmailMessage:
    """Return the message as Python's strict reader takes it, without a defect."""
    message = BytesParser(EmailMessage, policy=SMTP).parsebytes(data)
    for part in message.walk():
        assert part.defects == []
        for name, value in part.items():
            assert value.defects == (), name
    return message
