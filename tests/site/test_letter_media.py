"""The letter in every medium, built for real: the sample's issue, and issues that nobody wishes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from rich.cells import cell_len

from plugins.models.blocks import BLOCKS
from plugins.outputs.mail.length import GMAIL_CLIP
from plugins.outputs.mail.mail_pictures import SHOWN_WIDTH
from plugins.outputs.text.plain_text import COLUMNS
from tests.conftest import MadeOnce
from tests.outputs import poppler
from tests.outputs.caniemail import issues
from tests.site.letters import EVERYTHING, LETTERS, MAILBOX, SAID, built_letters
from tests.sites import ROOT, BuiltSite, build_site

# What a client takes away without harm: the letter says and shows the same. The rules of the head
# only enhance (dark scheme, narrow screens); roles and languages are for those who hear them.
HARMLESS = {
    "!important keyword",
    "<body> element",
    "<code> element",  # its words stay
    "<style> element",
    "@media",
    "Chaining selectors",
    "Class selector",
    "Descendant combinator",
    "ID selector",
    "Type selector",
    "aria-label attribute",
    "color-scheme meta tag",
    "display:none",  # Gmail's mobile site shows the preheader, which is the lede
    "lang attribute",
    "mailto: links",  # Orange's application opens a contact card
    "outline",  # of images: none, in MJML's reset
    "role attribute",
    "text-decoration",
    "white-space",  # of code: Outlook lets a long line run on
    "word-break",  # of cells, in MJML's skeleton
    "word-spacing",  # of the body: normal
}
SITE_MAILBOX = "communaute.cadres.dirigeants@developpement-durable.gouv.fr"


@pytest.fixture(scope="module")
def folder(made_once: MadeOnce) -> Path:
    return built_letters(made_once)


@pytest.fixture(scope="module")
def hard(folder: Path) -> BuiltSite:
    """A site with issues that are long, bare, titled at length, or full of signs."""
    return BuiltSite(folder / "output")


@pytest.fixture(params=["sample", *LETTERS])
def letter(request: pytest.FixtureRequest, site: BuiltSite, hard: BuiltSite) -> Letter:
    if request.param == "sample":
        return Letter(site, 1)
    return Letter(hard, LETTERS[request.param])


class Letter:
    """The files of an issue."""

    def __init__(self, site: BuiltSite, number: int) -> None:
        self.site = site
        self.number = number
        self.address = f"/lettres/{number}/"

    @property
    def contact(self) -> str:
        return MAILBOX if self.number == LETTERS["bare"] else SITE_MAILBOX

    @property
    def page(self) -> html.HtmlElement:
        return html.fromstring(self.site.read(self.address))

    @property
    def mail(self) -> str:
        return self.site.read(f"{self.address}courriel.html")

    @property
    def mail_tree(self) -> html.HtmlElement:
        return html.fromstring(self.mail.encode())

    @property
    def text(self) -> str:
        return self.site.read(f"{self.address}lettre-{self.number}.txt")

    @property
    def pdf(self) -> bytes:
        return self.site.file(f"{self.address}lettre-{self.number}.pdf").read_bytes()


# The e-mail


def test_mail_is_shown_whole(letter: Letter) -> None:
    assert len(letter.mail.encode()) < GMAIL_CLIP


def test_mail_uses_nothing_that_a_client_lacks(letter: Letter) -> None:
    assert set(issues(letter.mail).errors) - HARMLESS == set()


def test_mail_makes_no_space_that_outlook_ignores(letter: Letter) -> None:
    """Word, which draws Outlook's messages, knows padding in cells alone."""
    padded = letter.mail_tree.xpath("//p|//h1|//h2|//h3|//h4|//h5|//h6|//ul|//ol|//li|//dl|//pre")
    assert padded
    assert [n for n in padded if re.search(r"padding[^:]*:[^;]*[1-9]", n.get("style", ""))] == []


def test_mail_loads_nothing_but_pictures_of_the_site(letter: Letter) -> None:
    tree = letter.mail_tree
    loaded = [*tree.xpath("//@src"), *tree.xpath("//link/@href"), *tree.xpath("//@background")]
    assert [a for a in loaded if not a.startswith(f"{letter.site.url}/courriel/")] == []
    assert not re.search(r"url\(|@import|@font-face|<script|googleapis", letter.mail)
    for address in loaded:
        assert letter.site.file(urlsplit(address).path).is_file(), address


def test_mail_links_lead_somewhere(letter: Letter) -> None:
    assert list(broken(letter, letter.mail_tree.xpath("//a/@href"))) == []


def test_mail_is_read_aloud_well(letter: Letter) -> None:
    tree = letter.mail_tree
    assert tree.get("lang") == "fr"
    assert tree.xpath("//div[@role='article']/@lang") == ["fr"]
    assert tree.xpath("//@aria-roledescription") == ["courriel"]
    data = "self::table[.//th]"
    assert tree.xpath(f"//table[not({data}) and not(@role='presentation')]") == []
    assert tree.xpath("//th/ancestor::table[1][@role]") == []
    assert tree.xpath("//th[not(@scope)][ancestor::table[@class='matrix']]") == []
    levels = [int(node.tag[1]) for node in tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_mail_underlines_links_in_sentences_alone(letter: Letter) -> None:
    """A row of a list has one link, which its place, colour and weight tell (WCAG 1.4.1)."""
    tree = letter.mail_tree
    rows = [
        *tree.xpath("//table[@class='contents']//tr | //table[@class='teaser']//tr"),
        *tree.xpath("//tr[td[@class='what']//a] | //tr[th[@class='matrix-name']//a]"),
        *tree.xpath("//table[@class='rows']//tr[td/p[1]/a]"),
    ]
    links = [row.xpath(".//a") for row in rows]
    assert [len(found) for found in links] == [1] * len(rows)
    assert [a.text for found in links for a in found if not is_bare(a)] == []
    sentences = tree.xpath("//td/p[text()]/a | //div/p[text()]/a")
    assert [a.text for a in sentences if is_bare(a)] == []
    if letter.number in {1, LETTERS["everything"]}:
        assert len(rows) > 20
        assert sentences


def is_bare(link: html.HtmlElement) -> bool:
    return "text-decoration: none" in link.get("style", "")


def test_mail_tells_the_year_of_its_strip(letter: Letter) -> None:
    year, *months = letter.mail_tree.xpath("//table[@class='frise']//td")
    assert year.text_content() == "2024"
    assert year.xpath("a/@href") == [f"{letter.site.url}/agenda/2024/"]
    assert "".join(month[0].text_content() for month in months) == "JFMAMJJASOND"


def test_mail_can_do_without_its_pictures(letter: Letter) -> None:
    for image in letter.mail_tree.xpath("//img"):
        assert image.get("alt")
        assert 0 < int(image.get("width")) <= SHOWN_WIDTH
        assert int(image.get("height")) > 0


def test_mail_says_what_mailboxes_show_first(letter: Letter) -> None:
    words = letter.mail_tree.xpath("string(//body)").split()
    lede = letter.page.xpath("string(//p[@class='letter-head__lede'])").split()
    assert words[: len(lede)] == lede


# The plain text


def test_text_holds_in_its_width(letter: Letter) -> None:
    for line in letter.text.splitlines():
        assert cell_len(line) <= COLUMNS or len(line.split()) <= 2, line
        assert line == line.rstrip() or not line.strip()


def test_text_links_lead_somewhere(letter: Letter) -> None:
    addresses = re.findall(r"https?://\S+", letter.text)
    assert addresses
    assert list(broken(letter, addresses)) == []


def test_every_number_of_the_text_has_its_address(letter: Letter) -> None:
    sections = letter.text.split("\n\n\n")
    for section in sections:
        told = re.findall(r"^\[(\d+)\] \S+$", section, re.MULTILINE)
        used = re.findall(r"(?<!^)\u00a0\[(\d+)\]", section)
        assert set(told) == set(used)


# All of them


def test_every_medium_says_every_rubric(letter: Letter) -> None:
    rubrics = [
        " ".join(node.text_content().split())
        for node in letter.page.xpath("//div[contains(@class, 'rubrics')]/h2")
    ]
    assert rubrics
    pdf = squeezed(poppler.text(letter.pdf))
    text = squeezed(letter.text)
    for rubric in rubrics:
        assert squeezed(rubric) in pdf
        assert squeezed(rubric) in text
    if letter.number != LETTERS["long"]:
        mail = squeezed(letter.mail_tree.text_content())
        assert [r for r in rubrics if squeezed(r) not in mail] == []


def test_every_medium_says_whom_to_write_to(letter: Letter) -> None:
    foot = "//dl[@class='letter-foot__credits']"
    page = letter.page.xpath(f"{foot}//a[starts-with(@href, 'mailto:')]")
    assert [link.text_content() for link in page] == [letter.contact]
    mail = letter.mail_tree.xpath(f"//a[@href='mailto:{letter.contact}']")
    assert letter.contact in [link.text_content() for link in mail]
    assert squeezed(f"Écrire à la rédaction: {letter.contact}") in squeezed(letter.text)
    assert squeezed(letter.contact) in squeezed(poppler.text(letter.pdf))


def test_page_leads_to_every_medium(letter: Letter) -> None:
    links = letter.page.xpath("//ul[@class='letter-media']//a/@href")
    assert [letter.site.file(link).is_file() for link in links] == [True] * 3
    label = letter.page.xpath("string(//span[@class='letter-media__note'])")
    assert label.startswith(f"{poppler.properties(letter.pdf)['Pages']}\u00a0page")


# What is special


def test_everything_that_can_be_written_is_in_the_hardest_issue() -> None:
    assert {name for name in BLOCKS if f"/// {name}" not in EVERYTHING} == set()


def test_long_issue_leads_to_the_rest(hard: BuiltSite) -> None:
    letter = Letter(hard, LETTERS["long"])
    links = letter.mail_tree.xpath("//a[starts-with(normalize-space(), 'Lire la suite')]/@href")
    assert len(links) > 10
    assert all(link.startswith(f"{hard.url}/lettres/{letter.number}/#") for link in links)
    assert letter.text.count("Une suite sans fin") == 40 == page_count(letter)


def test_signs_of_other_scripts_are_printed(hard: BuiltSite) -> None:
    """In whatever order a reader of PDF gives what is written from right to left."""
    letter = Letter(hard, LETTERS["signs"])
    assert (
        set("שָׁלוֹם לוי محمد العربي 👩🎓👍 № ½ → ≥ Škoda Łódź") - set(poppler.text(letter.pdf))
        == set()
    )


def test_editor_is_told_of_what_gives_way(folder: Path) -> None:
    said = (folder / SAID).read_text(encoding="utf-8")
    told = [line for line in said.splitlines() if "courriel" in line]
    assert told == [
        (
            "avis content/lettres/6.md:7:1 · courriel : le numéro est trop long pour un courriel "
            "(100 ko au plus) : la fin de « Rubrique 3 », « Rubrique 4 », « Rubrique 5 » et "
            "25\u00a0autres rubriques cède la place à « Lire la suite », et il y manque "
            "10\u00a0rubriques. La page, le texte et le PDF restent entiers. Raccourcissez, ou "
            "renvoyez à des articles."
        )
    ]


def page_count(letter: Letter) -> int:
    return len(letter.page.xpath("//p[contains(., 'Une suite sans fin')]"))


def test_preview_is_not_published(site: BuiltSite, tmp_path: Path) -> None:
    assert site.file("/lettres/1/apercu/").is_file()
    said = build_site(tmp_path / "output", ROOT / "publishconf.py", SOURCE_DATE_EPOCH="1704700800")
    assert "Attention : les adresses complètes du site commencent par" in said
    published = BuiltSite(tmp_path / "output")
    assert not published.file("/lettres/1/apercu/").exists()
    assert "apercu" not in published.read("/lettres/1/")
    assert published.file("/lettres/1/courriel.html").is_file()


def broken(letter: Letter, addresses: list[str]) -> Iterator[str]:
    """Yield the absolute addresses of the site that lead to no file, or to no place of a page."""
    for address in addresses:
        parts = urlsplit(address)
        if parts.scheme == "mailto":
            continue
        if parts.scheme not in {"http", "https"}:
            yield f"not absolute: {address}"
        elif address.startswith(letter.site.url):
            file = letter.site.file(parts.path)
            place = f'id="{unquote(parts.fragment)}"' if parts.fragment else ""
            if not file.is_file() or (place and place not in file.read_text("utf-8")):
                yield address


def squeezed(text: str) -> str:
    """Return a text without blanks, soft hyphens, or the marks of plain text."""
    return re.sub(r"[\s\u00ad*_-]+", "", text)
