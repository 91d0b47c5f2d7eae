"""An issue of the letter for mailboxes: the data of messages and exports."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, replace
from html import escape

from plugins.library.addresses import in_words

_LEAVING = "Se désinscrire"


def attribute(name: str, address: str) -> str:
    """Write an attribute as the serialiser of the letter's HTML does (HTML, 13.3).

    `address` is percent-encoded, so that it holds no quotation mark; an apostrophe stays.
    """
    return f'{name}="{escape(address, quote=False)}"'


@dataclass(frozen=True, slots=True)
class MailPicture:
    """A picture of the letter, in a format that every mail client shows.

    `address` is its `src` in the HTML: absolute, on the site. `name` is a file name, unique in the
    letter, that needs no escape in an address.
    """

    address: str
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class LetterMail:
    """An issue of the letter, ready for a mailbox.

    `html` is a whole document: absolute addresses, styles in line. `text` is the same issue in
    lines of at most 72 columns, ended by line feeds; `flowed_text` the same for a message, whose
    client wraps it anew (RFC 3676). `web_address` is the issue's page.

    `unsubscribe_address` is the page or mailbox (`mailto:`) where a subscriber leaves the letter.
    Every part names it: `html` in the `href` of one link; the texts in words, after
    « Se désinscrire : ».

    `language` is the language of the texts (RFC 5646); fixed words of `html` are marked as French.
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
        """Put the pictures into the HTML (`data:`, RFC 2397), so that no site has to host them.

        Gmail and others do not show such pictures, only their alternative texts.
        """
        html = self.html
        for picture in self.pictures:
            data = f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}"
            html = html.replace(attribute("src", picture.address), f'src="{data}"')
        return replace(self, html=html, pictures=())

    def leaving_at(self, address: str) -> LetterMail:
        """Replace the address at which a subscriber leaves the letter, in every part.

        `address` is written unchanged: a tool's tag, such as `{{ unsubscribe }}`, or an address
        without a character that HTML escapes. Raises ValueError when a part has no such link.
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
