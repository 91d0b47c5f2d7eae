"""The issues of the letter in every medium: the theme's templates rendered for the outputs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image

from plugins.content.record import Record
from plugins.faults import START, Level, Notices, Position
from plugins.french.quantities import count, weight
from plugins.french.slugs import slugify
from plugins.library.links import BrokenLinkError, not_a_picture, pictures_of
from plugins.models import LetterHeader
from plugins.models.mailboxes import in_words, mailto
from plugins.outputs.mail.eml import sender_of
from plugins.outputs.mail.length import Fitted, MailSection, TooLongError, fit
from plugins.outputs.mail.letter_mail import LetterMail, MailPicture
from plugins.outputs.mail.mail_html import to_mail_html, with_numerals, with_tables_fitted
from plugins.outputs.mail.mail_pictures import MEDIA_TYPES, mail_picture
from plugins.outputs.pdf.cache import FileCache
from plugins.outputs.pdf.pdf import Pdf, PdfError
from plugins.outputs.text.plain_text import to_flowed_text, to_plain_text
from plugins.site.letter_print import LetterPrint
from plugins.theme.media import mail, text
from plugins.theme.theme import Theme, filled
from plugins.views.base import mail_picture_address
from plugins.views.frise import Frise, mail_frise
from plugins.views.letters import LetterView, RubricView, letter_view, subject
from plugins.views.pages import File, Page
from plugins.views.site import Site
from plugins.views.texts import Text

# Filler after the preheader, so that mailboxes do not show the first words of the letter.
_PADDING = "\u00a0\u034f" * 60
_KEPT_PDFS = 200


@dataclass(frozen=True, slots=True)
class PictureSource:
    """An image of a letter's text, and the address of its copy for e-mails."""

    address: str
    path: Path
    letter: Record[LetterHeader]
    position: Position


class LetterMedia:
    """The issues of the letter as e-mail, as plain text and as PDF."""

    def __init__(
        self, site: Site, theme: Theme, plan: Sequence[Page | File], notices: Notices
    ) -> None:
        """Take what the media are rendered from, each when first asked for.

        `plan` is then the whole plan of the site; faults are added to `notices`.
        """
        self.site = site
        self.notices = notices
        self._plan = plan
        self._site = site
        self._theme = theme
        cache = FileCache(site.index.contents.root.parent / ".cache" / "pdf", most=_KEPT_PDFS)
        self._print = LetterPrint(site, theme, cache)
        self._pdfs: dict[Path, Pdf] = {}
        self._mails: dict[Path, str] = {}
        self._mail = mail(site)
        self._text = text(site)
        self._fonts = tuple(sorted((theme.folder / "print" / "fonts").glob("*.ttf")))
        styles = theme.folder / "mail"
        self._inline_css = filled(styles / "letter.css")
        self._head_css = filled(styles / "head.css")

    def mail_html(self, letter: Record[LetterHeader]) -> str:
        """Return the HTML of the e-mail, cut before mailboxes would cut it; a notice says so."""
        if letter.path not in self._mails:
            try:
                fitted = self._fit(letter)
            except TooLongError as error:
                fitted = Fitted("", (), 0)
                self.notices.add([letter.error_at(START, "courriel", str(error))])
            if fitted.notice:
                place = Position(letter.source_line)
                notice = letter.error_at(place, "courriel", fitted.notice, Level.WARNING)
                self.notices.add([notice])
            self._mails[letter.path] = fitted.html
        return self._mails[letter.path]

    def _fit(self, letter: Record[LetterHeader]) -> Fitted:
        view = letter_view(letter, self._site.index, lit_day=None, for_mail=True)
        sections = [self._section(rubric) for rubric in (view.opening, *view.rubrics)]
        addresses = {item.address for item in self._plan}
        strip = mail_frise(self._site.frise(view.year), addresses)
        render = partial(self._render_mail, view, strip)
        return fit([section for section in sections if section.pieces], render)

    def text(self, letter: Record[LetterHeader]) -> str:
        """Return the plain text."""
        return to_plain_text(self._text_html(letter))

    def _text_html(self, letter: Record[LetterHeader]) -> str:
        return self._theme.fill(
            "text/letter.html",
            site=self._site.view,
            letter=letter_view(letter, self._site.index, lit_day=None),
            medium=self._text,
            unsubscribe=in_words(self._unsubscribe_address),
        )

    def letter_mail(self, letter: Record[LetterHeader]) -> LetterMail:
        """Return the complete data of the e-mail."""
        return LetterMail(
            number=letter.header.number,
            subject=subject(letter),
            preheader=letter.header.preheader or letter.header.summary,
            html=self.mail_html(letter),
            text=self.text(letter),
            flowed_text=to_flowed_text(self._text_html(letter)),
            web_address=self._site.absolute(letter.address),
            unsubscribe_address=self._unsubscribe_address,
            pictures=tuple(self._mail_pictures(letter)),
            language=letter.header.language,
        )

    @property
    def _unsubscribe_address(self) -> str:
        """Return the unsubscribe address: a page, else `mailto:` the list or the site."""
        ways = sender_of(self._site.index.site, self._site.url).ways_out
        page = next((way for way in ways if way.startswith("https:")), None)
        way = page or next(iter(ways), mailto(self._site.index.site.contact, "Désinscription"))
        return self._site.absolute(way)

    def pdf(self, letter: Record[LetterHeader]) -> Pdf:
        """Return the PDF; on an error, an empty PDF, with the error in the notices.

        So the errors of all issues are reported at once, before anything is published.
        """
        if letter.path not in self._pdfs:
            try:
                self._pdfs[letter.path] = self._print.pdf(letter)
            except PdfError as error:
                self._pdfs[letter.path] = Pdf(b"", 0)
                self.notices.add(
                    letter.error_at(_place(letter, fault.character), "PDF", f"{fault.message}.")
                    for fault in error.faults
                )
        return self._pdfs[letter.path]

    def pdf_label(self, letter: Record[LetterHeader]) -> str:
        """Return « 6 pages, 120 ko »."""
        pdf = self.pdf(letter)
        return f"{count(pdf.pages, 'page')}, {weight(len(pdf.data))}"

    def pictures(self, letter: Record[LetterHeader]) -> tuple[PictureSource, ...]:
        """Return the pictures of the e-mail, each once."""
        index = self._site.index
        found: dict[str, PictureSource] = {}
        for link in pictures_of(letter):
            try:
                address = index.resolve(letter, link.target)
            except BrokenLinkError:
                continue  # reported by the checks of the content
            path = index.contents.file_of(address)
            target = mail_picture_address(address, index.contents)
            found.setdefault(target, PictureSource(target, path, letter, link.position))
        return tuple(found.values())

    def picture(self, source: PictureSource) -> bytes:
        """Return the bytes of a picture for e-mails, empty with a notice when unreadable."""
        try:
            return mail_picture(source.path, self._fonts)
        except (OSError, ValueError, Image.DecompressionBombError):
            message = not_a_picture(source.path.name)
            self.notices.add([source.letter.error_at(source.position, "image", message)])
            return b""

    def _mail_pictures(self, letter: Record[LetterHeader]) -> Iterator[MailPicture]:
        for number, source in enumerate(self.pictures(letter), start=1):
            ending = Path(source.address).suffix
            yield MailPicture(
                address=self._site.absolute(source.address),
                name=f"{number:02}-{_plain_name(source.path)}{ending}",
                media_type=MEDIA_TYPES[ending],
                data=self.picture(source),
            )

    def _section(self, rubric: RubricView) -> MailSection:
        heading = rubric.heading
        return MailSection(
            heading.title if heading else None,
            heading.id if heading else None,
            tuple(map(self._mail_piece, rubric.pieces)),
        )

    def _mail_piece(self, piece: Text) -> str:
        return with_tables_fitted(with_numerals(self._theme.expand(piece, self._mail)))

    def _render_mail(
        self, letter: LetterView, strip: Frise, sections: Sequence[MailSection], others: int
    ) -> str:
        mjml = self._theme.fill(
            "mail/letter.mjml",
            site=self._site.view,
            letter=letter,
            sections=sections,
            others=others,
            frise=strip,
            medium=self._mail,
            padding=_PADDING,
            unsubscribe=self._unsubscribe_address,
        )
        return to_mail_html(mjml, self._inline_css, self._head_css)


def _plain_name(path: Path) -> str:
    """Return a portable name for a file: archive programs differ on special characters."""
    try:
        return slugify(path.stem)
    except ValueError:
        return "image"


def _place(letter: Record[LetterHeader], character: str | None) -> Position:
    """Return the place of a character in the text, else the start of the file."""
    if character is not None:
        for number, line in enumerate(letter.source.split("\n")):
            if character in line:
                return Position(letter.source_line + number, line.index(character) + 1)
    return START
