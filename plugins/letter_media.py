"""An issue of the letter in every medium: the theme's templates, filled and handed to outputs."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from plugins.core.entries import LetterEntry, RenderedParts
from plugins.core.links import BrokenLinkError, links_of, resolve
from plugins.core.mailboxes import mailto
from plugins.core.rubrics import Rubric
from plugins.core.site import Site
from plugins.media import mail, mail_picture_address, text
from plugins.outputs.letter_mail import LetterMail, MailPicture
from plugins.outputs.mail_html import to_mail_html
from plugins.outputs.mail_length import Fitted, MailSection, fit
from plugins.outputs.mail_pictures import mail_format, mail_picture
from plugins.outputs.plain_text import to_plain_text
from plugins.theme import Theme

# What keeps a mailbox from showing, after the preheader, the first words of the letter.
_PADDING = "\u00a0\u034f" * 60


class LetterMedia:
    """The issues of the letter as e-mail, as plain text and as PDF."""

    def __init__(self, site: Site, theme: Theme) -> None:
        """Prepare the media of the site's letters."""
        self._site = site
        self._theme = theme
        self._mail = mail(site)
        self._text = text(site)
        styles = theme.folder / "mail"
        self._inline_css = (styles / "letter.css").read_text(encoding="utf-8")
        self._head_css = (styles / "head.css").read_text(encoding="utf-8")

    def mail_html(self, letter: LetterEntry) -> Fitted:
        """Return the e-mail's HTML, cut where a mailbox would cut it."""
        sections = [self._section(letter, rubric) for rubric in (letter.opening, *letter.rubrics)]
        render = partial(self._render_mail, letter)
        return fit([section for section in sections if section.pieces], render)

    def text(self, letter: LetterEntry) -> str:
        """Return the plain text."""
        html = self._theme.fill(
            "text/letter.html",
            letter=letter,
            expand=lambda parts: self._theme.expand(RenderedParts(letter, parts), self._text),
            unsubscribe=self._unsubscribe_address,
        )
        return to_plain_text(html)

    def letter_mail(self, letter: LetterEntry) -> LetterMail:
        """Return all that a mailbox takes."""
        return LetterMail(
            number=letter.number,
            subject=letter.title,
            preheader=letter.preheader,
            html=self.mail_html(letter).html,
            text=self.text(letter),
            web_address=self._site.absolute(letter.address),
            unsubscribe_address=self._unsubscribe_address,
            pictures=tuple(self._pictures(letter)),
        )

    @property
    def _unsubscribe_address(self) -> str:
        """Return where one leaves the letter: a page, else a message to the list or the site."""
        settings = self._site.library.site.letter
        found = (settings.ways_out if settings else ()) or (self._site.contact,)
        page = next((way for way in found if way.startswith("https:")), None)
        return page or mailto(found[0], "Désinscription")

    def picture_files(self, letter: LetterEntry) -> dict[str, Path]:
        """Return the files of the pictures that its e-mail shows, by the pictures' addresses."""
        library = self._site.library
        found: dict[str, Path] = {}
        for link in links_of(letter):
            if not link.is_image:
                continue
            try:
                address = resolve(link.target, letter, library)
            except BrokenLinkError:
                continue  # the checks of the content tell it
            found[mail_picture_address(address)] = library.root / address.lstrip("/")
        return found

    def _pictures(self, letter: LetterEntry) -> list[MailPicture]:
        return [
            MailPicture(
                address=self._site.absolute(address),
                name=f"{number:02}-{path.stem}{mail_format(path)}",
                media_type=_MEDIA_TYPES[mail_format(path)],
                data=mail_picture(path),
            )
            for number, (address, path) in enumerate(self.picture_files(letter).items(), start=1)
        ]

    def _section(self, letter: LetterEntry, rubric: Rubric) -> MailSection:
        heading = rubric.heading
        return MailSection(
            heading.title if heading else None,
            heading.id if heading else None,
            tuple(
                self._theme.expand(RenderedParts(letter, piece), self._mail)
                for piece in rubric.pieces
            ),
        )

    def _render_mail(
        self, letter: LetterEntry, sections: Sequence[MailSection], others: int
    ) -> str:
        mjml = self._theme.fill(
            "mail/letter.mjml",
            letter=letter,
            sections=sections,
            others=others,
            frise=self._site.frise(letter.year),
            month=letter.header.date.day.month if letter.header.date.day.year == letter.year else 0,
            padding=_PADDING,
            unsubscribe=self._unsubscribe_address,
        )
        return to_mail_html(mjml, self._inline_css, self._head_css)


_MEDIA_TYPES = {".gif": "image/gif", ".jpg": "image/jpeg", ".png": "image/png"}
