"""An issue of the letter as a mailbox takes it: what a message and the exports are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailPicture:
    """A picture of the letter, in a format that every mail client shows.

    `address` is what the HTML names it by: absolute, on the site. `name` is a file's name, unique
    in the letter.
    """

    address: str
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class LetterMail:
    """An issue of the letter, ready for a mailbox.

    `html` is a whole document whose addresses are absolute, styles inlined; `text` says the same
    in lines of at most 72 columns, separated by line feeds. `web_address` is the issue's page.
    """

    number: int
    subject: str
    preheader: str
    html: str
    text: str
    web_address: str
    pictures: tuple[MailPicture, ...] = ()
