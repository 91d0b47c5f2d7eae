"""An issue of the letter as a mailbox takes it: what a message and the exports are made of."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, replace
from html import escape

from plugins.models.mailboxes import in_words

_LEAVING = "Se désinscrire"


def attribute(name: str, address: str) -> str:
    """Return an attribute of the letter's HTML as its serialiser writes it (HTML, 13.3).

    `address` is escaped as addresses are: it holds no quotation mark. An apostrophe stays one.
    """
    return f'{name}="{escape(address, quote=False)}"'


@dataclass(frozen=True, slots=True)
class MailPicture:
    """A picture of the letter, in a format that every mail client shows.

    `address` is what the HTML names it by: absolute, on the site. `name` is a file's name, unique
    in the letter, of signs that no address changes.
    """

    address: str
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class LetterMail:
    """An issue of the letter, ready for a mailbox.

    `html` is a whole document whose addresses are absolute, styles inlined; `text` says the same
    in lines of at most 72 columns, separated by line feeds, and `flowed_text` as a message says it
    (RFC 3676), its sentences to be wrapped anew. `web_address` is the issue's page.

    `unsubscribe_address` is where a subscriber leaves the letter, be it a mailbox (`mailto:`).
    All parts name it: `html` as the `href` of a link, for nothing else; the texts in words, after
    « Se désinscrire : ».

    `language` is that of its texts (RFC 5646); the fixed words of `html` are marked as French.
    """

    number: int
    subject: str
    preheader: str
    html: str
    text: str
    flowed_text: str
    web_address: str
    unsubscribe_address: str
    pictures: tuple[MailPicture, ...] = ()
    language: str = "fr"

    def with_pictures_within(self) -> LetterMail:
        """Return the letter whose HTML holds its pictures (RFC 2397), for where nothing is hosted.

        Gmail and others do not show such pictures: their alternatives are then what is read.
        """
        html = self.html
        for picture in self.pictures:
            data = f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}"
            html = html.replace(attribute("src", picture.address), f'src="{data}"')
        return replace(self, html=html, pictures=())

    def leaving_at(self, address: str) -> LetterMail:
        """Return the letter that one leaves at another address, or at what a tool puts one for.

        `address` is written as it is: a tag such as `{{ unsubscribe }}`, or an address in which
        nothing is to be escaped in HTML. Raises ValueError when a part has no such link.
        """
        present = self.unsubscribe_address
        link = attribute("href", present)
        # It may stand on several lines.
        words = r"\s+".join(map(re.escape, in_words(present).split()))
        told = re.compile(rf"({_LEAVING}\s*:\s+){words}(?!\S)")
        texts = (self.text, self.flowed_text)
        if link not in self.html or not all(map(told.search, texts)):
            raise ValueError(f"a part of the letter does not link to {present}")
        text, flowed_text = (told.sub(lambda found: found[1] + address, text) for text in texts)
        return replace(
            self,
            html=self.html.replace(link, f'href="{address}"'),
            text=text,
            flowed_text=flowed_text,
            unsubscribe_address=address,
        )
