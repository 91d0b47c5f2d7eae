"""Five hundred contents that nobody would write, in every feed, whole, read to the end."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pelican
import pytest
from lxml import etree

from plugins.faults import Level
from plugins.outputs.feeds.feed import FeedFormat
from plugins.outputs.pdf.pdf import Pdf
from plugins.site.letter_media import LetterMedia
from plugins.site.plan import site_of
from plugins.views.pages import File
from tests.contents import Files, write
from tests.outputs.feed_reading import all_ids, walk
from tests.outputs.strategies import HARD
from tests.sites import ROOT

CONTENTS = 500
LETTERS = 20
NUMBER_OF_ARCHIVES = 10
SITE = "https://passerelle.example"
_BODIES = (
    "<script>alert(1)</script>\n\n", "<!-- <b> -->\n\n", "[a](https://exemple.fr/é?x=<>&y)\n\n",
    "<https://exemple.fr/?a=1&b=2>\n\n", "&amp;lt;b&amp;gt; &nbsp; &#0; &#x1F680;\n\n",
    "```\n]]> <?xml?> <!DOCTYPE a>\n```\n\n", "| a | b |\n|---|---|\n| ]]> | & |\n\n",
    "Une note[^1].\n\n[^1]: Au bas & loin <de> là.\n\n", "<p onclick='a()'>un</p>\n\n",
    "## # &lt; & #\n\n",
    "H~2~O, m^2^, ==vu==\n\n", "<svg><title>a</title></svg>\n\n", "\u202eéd un à\u202c\n\n",
)  # fmt: skip


def files_of(random: Random) -> Files:
    """Return the files; each has letters, and is dated, so that it may be published."""

    def words(first: str) -> str:
        drawn = random.choices((*HARD, "mot", "L’été", "R&D"), k=random.randrange(12))
        shown = "".join(c for c in " ".join((first, *drawn)) if c.isprintable())
        return "'{}'".format(shown.replace("'", "''"))

    def content(number: int, fields: str) -> str:
        body = "".join(random.choices(_BODIES, k=3))
        return (
            f"---\ntitre: {words(f'N {number}')}\nresume: {words('Dit')}\n"
            f"auteurs: ['Signataire {number % 7} & {number % 3}', '<{number % 5}>']\n"
            f"themes: [Thème {number % 3}]\norganisation: o\n"
            f"date: 2023-{number % 12 + 1:02}-{number % 28 + 1:02}\n{fields}---\n{body}"
        )

    states = ("confirmé", "annulé", "reporté", "à confirmer")
    files: dict[str, str] = {"organisations/o.md": content(0, "")}
    for number in range(1, CONTENTS + 1):
        if number <= LETTERS:
            files[f"lettres/{number}.md"] = content(number, f"numero: {number}\n")
        elif number % 3:
            files[f"articles/a{number}.md"] = content(number, "collectifs: [g]\n")
        else:
            state = states[number % 4]
            files[f"evenements/e{number}.md"] = content(
                number,
                f"debut: 2024-{number % 12 + 1:02}-03\nstatut_evenement: {state}\ncollectif: g\n"
                f"serie: {{nom: 'Série <{number % 2}> & Cie'}}\n",
            )
    files["collectifs/g.md"] = content(0, "genre: groupe\ntitre_court: G & <C>\n")
    return files


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, File]]:
    """The files of the site's feeds, by address."""
    root = write(tmp_path_factory.mktemp("hostile") / "content", files_of(Random(1)))  # noqa: S311 - the same at each run
    settings: dict[str, Any] = pelican.read_settings(str(ROOT / "pelicanconf.py"))
    settings |= {"PATH": str(root), "IS_PREVIEW": False, "SOURCE_DATE_EPOCH": "1704704400"}
    planned = site_of({**settings, "SITEURL": SITE})
    faults = [str(fault) for fault in planned.faults if fault.level is Level.ERROR]
    assert faults == []
    with pytest.MonkeyPatch.context() as patch:
        # PDFs hold what pages hold, and take a second each.
        patch.setattr(LetterMedia, "pdf", lambda _media, _letter: Pdf(b"%PDF", 1))
        yield {
            SITE + item.address: item
            for item in planned.plan
            if isinstance(item, File) and item.address.startswith("/flux/")
        }


def test_each_feed_is_read_to_its_end(site: dict[str, File]) -> None:
    read: dict[str, bytes] = {}

    def fetch(address: str) -> bytes:
        if address not in read:
            read[address] = site[address].content()
        return read[address]

    heads = [
        address for address in site if address.endswith(".json") and "/archives/" not in address
    ]
    found = {}
    for head in heads:
        name = head.removesuffix(f".{FeedFormat.JSON}")
        walks = [walk(fetch, f"{name}.{form}") for form in FeedFormat]
        ids = [all_ids(documents) for documents in walks]
        assert ids[0] == ids[1] == ids[2]
        assert [len(documents) for documents in walks] == [len(walks[0])] * 3
        found[name.rpartition("/")[2]] = len(ids[0]), len(walks[0]) - 1
    assert found["tout"] == (CONTENTS, NUMBER_OF_ARCHIVES)
    assert found["lettres"] == (LETTERS, 0)
    assert found["organisation-o"] == found["tout"]
    # Every file was read: no archive stands apart from its feed.
    others = {SITE + "/flux/abonnements.opml", SITE + "/flux/flux.css"}
    assert read.keys() == site.keys() - others


def test_the_list_of_feeds_has_each_once(site: dict[str, File]) -> None:
    opml = etree.fromstring(site[f"{SITE}/flux/abonnements.opml"].content())
    told = opml.xpath("//outline/@xmlUrl")
    heads = [a for a in site if a.endswith(f".{FeedFormat.RSS}") and "/archives/" not in a]
    assert sorted(told) == sorted(heads)
    assert all(outline.get("text") for outline in opml.iter("outline"))
