"""The issues of the letter in every medium: the theme's templates rendered for the outputs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from math import ceil
from pathlib import Path
from urllib.parse import urljoin

from plugins.content.pictures import UNREADABLE, is_drawing, objection
from plugins.content.record import AnyRecord, Record
from plugins.faults import START, Level, Notices, Position
from plugins.french.quantities import count, weight
from plugins.french.slugs import slugify
from plugins.library.addresses import in_words, mailto
from plugins.library.links import BrokenLinkError, picture_fault
from plugins.models import LetterHeader
from plugins.outputs.mail.eml import sender_of
from plugins.outputs.mail.length import Fitted, MailSection, TooLongError, fit
from plugins.outputs.mail.letter_mail import LetterMail, MailPicture
from plugins.outputs.mail.mail_html import to_mail_html, with_numerals, with_tables_fitted
from plugins.outputs.mail.mail_pictures import MADE_NAME, MEDIA_TYPES, mail_picture
from plugins.outputs.pdf.cache import PdfCache
from plugins.outputs.pdf.paper_links import with_addresses
from plugins.outputs.pdf.pdf import Pdf, PdfError, PdfSource
from plugins.outputs.picture_copies import plain_copy
from plugins.outputs.text.plain_text import to_flowed_text, to_plain_text
from plugins.site.static_files import picture_cache
from plugins.store import key_of, store_of
from plugins.theme.media import mail, paper, text
from plugins.theme.theme import Theme, filled, kept_in_srgb, whole
from plugins.views.base import mail_picture_address
from plugins.views.frise import Frise, mail_frise
from plugins.views.letters import LetterView, RubricView, letter_view, pdf_address, subject
from plugins.views.pages import File, Page
from plugins.views.site import Site
from plugins.views.texts import Text

# Fictitious host (RFC 2606) of the theme's files for the PDF, which are not published.
_STYLE_ADDRESS = "https://theme.invalid/print/letter.css"
# Room in the margin of the cover: characters per line; lines, one more for the rule of a title;
# lines that an image takes.
_MARGIN_CHARACTERS = 24
_MARGIN_LINES = 34
_IMAGE_LINES = 11


class LetterPrint:
    """The issues of the letter as PDF."""

    def __init__(self, site: Site, theme: Theme, cache: PdfCache) -> None:
        """Take the site, the theme and the cache of unchanged PDFs."""
        self.site = site
        self._theme = theme
        self._cache = cache
        self._views: dict[Path, LetterView] = {}
        self._paper = paper(site)
        folder = theme.folder / "print"
        self._style = kept_in_srgb(whole(folder / "letter.css"), cache.store)
        self._fonts = {
            urljoin(_STYLE_ADDRESS, f"fonts/{path.name}"): path.read_bytes()
            for path in sorted((folder / "fonts").glob("*.ttf"))
        }

    def pdf(self, letter: Record[LetterHeader]) -> Pdf:
        """Return the issue's PDF. Raises PdfError."""
        return self._cache.pdf(self.source(letter))

    def view(self, letter: Record[LetterHeader]) -> LetterView:
        """Return the view of an issue as it is on paper and in plain text, made once."""
        if letter.path not in self._views:
            self._views[letter.path] = letter_view(letter, self.site.index, lit_day=None)
        return self._views[letter.path]

    def source(self, letter: Record[LetterHeader]) -> PdfSource:
        """Return the source of the issue's PDF: HTML, style sheets, pictures, fonts."""
        view = self.view(letter)
        html = self._theme.fill(
            "print/letter.html",
            site=self.site.view,
            letter=view,
            frise=self.site.frise(view.year),
            has_long_contents=_has_long_contents(view),
            medium=self._paper,
        )
        address = self.site.absolute(letter.address)
        return PdfSource(
            with_addresses(html, address),
            # Not the page's address: WeasyPrint would resolve links to the page inside the PDF.
            self.site.absolute(pdf_address(letter)),
            self._style,
            _STYLE_ADDRESS,
            self._fonts,
            self._pictures(letter, address),
        )

    def _pictures(self, letter: Record[LetterHeader], address: str) -> dict[str, bytes]:
        """Return the pictures of the letter by address, resolved from its page."""
        index = self.site.index
        paths = {
            index.resolve(owner, link.target) for owner, link in index.pictures_shown_by(letter)
        }
        cache, contents = picture_cache(self.site), index.contents
        found = {}
        for path in paths:
            file = contents.file_of(path)
            if plain := plain_copy(path, contents.static_at(path)):
                found[urljoin(address, plain.address)] = cache.copy(file, plain)
            else:
                found[urljoin(address, path)] = cache.published(file)
        return found


def _has_long_contents(letter: LetterView) -> bool:
    """Return True when the titles of the rubrics may overflow the margin of the cover."""
    titles = [rubric.heading.title for rubric in letter.rubrics if rubric.heading]
    lines = sum(1 + ceil(len(title) / _MARGIN_CHARACTERS) for title in titles)
    return lines > _MARGIN_LINES - (_IMAGE_LINES if letter.image else 0)


# Filler after the preheader, so that mailboxes do not show the first words of the letter.
_PADDING = "\u00a0\u034f" * 60


@dataclass(frozen=True, slots=True)
class PictureSource:
    """An image of a letter's text, with the content that holds it; the address of its mail copy."""

    address: str
    path: Path
    owner: AnyRecord
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
        self._theme = theme
        self._store = store_of(site.index.contents.root.absolute().parent)
        self._print = LetterPrint(site, theme, PdfCache(self._store))
        self._pdfs: dict[Path, Pdf] = {}
        self._mails: dict[Path, str] = {}
        self._mail = mail(site)
        self._text = text(site)
        self._fonts = tuple(sorted((theme.folder / "print" / "fonts").glob("*.ttf")))
        styles = theme.folder / "mail"
        convert = partial(kept_in_srgb, store=self._store)
        self._inline_css = filled(styles / "letter.css", convert)
        self._head_css = filled(styles / "head.css", convert)

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
        view = letter_view(letter, self.site.index, lit_day=None, for_mail=True)
        sections = [self._section(rubric) for rubric in (view.opening, *view.rubrics)]
        strip = mail_frise(self.site.frise(view.year), self._addresses)
        render = partial(self._render_mail, view, strip)
        return fit([section for section in sections if section.pieces], render)

    @cached_property
    def _addresses(self) -> frozenset[str]:
        """The addresses of the whole plan, asked for when an e-mail is rendered."""
        return frozenset(item.address for item in self._plan)

    def text(self, letter: Record[LetterHeader]) -> str:
        """Return the plain text."""
        return to_plain_text(self._text_html(letter))

    def _text_html(self, letter: Record[LetterHeader]) -> str:
        return self._theme.fill(
            "text/letter.html",
            site=self.site.view,
            letter=self._print.view(letter),
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
            web_address=self.site.absolute(letter.address),
            unsubscribe_address=self._unsubscribe_address,
            pictures=tuple(self._mail_pictures(letter)),
            language=letter.header.language,
        )

    @property
    def _unsubscribe_address(self) -> str:
        """Return the unsubscribe address: a page, else `mailto:` the list or the site."""
        ways = sender_of(self.site.index.site, self.site.url).ways_out
        page = next((way for way in ways if way.startswith("https:")), None)
        way = page or next(iter(ways), mailto(self.site.index.site.contact, "Désinscription"))
        return self.site.absolute(way)

    def pdf(self, letter: Record[LetterHeader]) -> Pdf:
        """Return the PDF; on an error, an empty PDF, with the error in the notices.

        So the errors of all issues are reported at once, before anything is published.
        """
        if letter.path not in self._pdfs:
            try:
                self._pdfs[letter.path] = self._print.pdf(letter)
            except PdfError as error:
                self._pdfs[letter.path] = Pdf(b"", 0)
                source = self.site.index.contents.source_of(letter)
                for fault in error.faults:
                    place = _place(source, letter.source_line, fault.character)
                    self.notices.add([letter.error_at(place, "PDF", f"{fault.message}.")])
        return self._pdfs[letter.path]

    def pdf_label(self, letter: Record[LetterHeader]) -> str:
        """Return « 6 pages, 120 ko » of a PDF already made. Raises KeyError before `pdf`."""
        pdf = self._pdfs[letter.path]
        return f"{count(pdf.pages, 'page')}, {weight(len(pdf.data))}"

    def pictures(self, letter: Record[LetterHeader]) -> tuple[PictureSource, ...]:
        """Return the pictures of the e-mail, each once."""
        index = self.site.index
        found: dict[str, PictureSource] = {}
        for owner, link in index.pictures_shown_by(letter):
            try:
                address = index.resolve(owner, link.target)
            except BrokenLinkError:
                continue  # reported by the checks of the content
            path = index.contents.file_of(address)
            target = mail_picture_address(address, index.contents)
            found.setdefault(target, PictureSource(target, path, owner, link.position))
        return tuple(found.values())

    def picture(self, source: PictureSource) -> bytes:
        """Return the bytes of a picture for e-mails, empty with a notice when unreadable."""
        make = partial(mail_picture, source.path, self._fonts)
        try:
            if is_drawing(source.path):
                fonts = (path.read_bytes() for path in self._fonts)
                key = key_of("drawing", source.path.read_bytes(), *fonts)
                return self._store.made(key, make)
            if objection(source.path):
                return make()
            return picture_cache(self.site).made(source.path, MADE_NAME, make)
        except UNREADABLE:
            message = picture_fault(source.path.name, source.path)
            assert message is not None
            self.notices.add([source.owner.error_at(source.position, "image", message)])
            return b""

    def _mail_pictures(self, letter: Record[LetterHeader]) -> Iterator[MailPicture]:
        for number, source in enumerate(self.pictures(letter), start=1):
            ending = Path(source.address).suffix
            yield MailPicture(
                address=self.site.absolute(source.address),
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
            site=self.site.view,
            letter=letter,
            sections=sections,
            others=others,
            frise=strip,
            medium=self._mail,
            padding=_PADDING,
            unsubscribe=self._unsubscribe_address,
        )
        parts = mjml, self._inline_css, self._head_css
        make = partial(to_mail_html, *parts)
        return self._store.made(key_of("mail", *parts), lambda: make().encode()).decode()


def _plain_name(path: Path) -> str:
    """Return a portable name for a file: archive programs differ on special characters."""
    try:
        return slugify(path.stem)
    except ValueError:
        return "image"


def _place(source: str, first_line: int, character: str | None) -> Position:
    """Return the place of a character in the text, else the start of the file."""
    if character is not None:
        for number, line in enumerate(source.split("\n")):
            if character in line:
                return Position(first_line + number, line.index(character) + 1)
    return START
