"""The form of `/admin/` in a real Chromium: contents are made and edited, checked, and shown.

At the end, `make check` finds no error in what was saved, no other server was asked, and the
browser's console has told no fault.

The folder that an editor chooses is one of the browser's own (OPFS): its handles are those of the
disk, and no window of the system asks for it.
"""

from __future__ import annotations

import base64
import http.server
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Route, expect

from plugins.build.live_site import LiveSite
from plugins.build.preview import media_type_of
from plugins.build.publication import read_settings
from plugins.faults import Level
from plugins.models.data import FormSettings
from plugins.outputs.form.configuration import FormSource, to_json
from tests.browser.form_folder import PICK, READ, SEED
from tests.photographs import photograph
from tests.site.small_content import write_content

NOW = datetime(2024, 1, 8, 8, tzinfo=UTC)
PATIENCE = 15.0
TALL = 4000
"""The height of the window: the form makes a field when it comes in sight."""

BLOCKS = """\
---
# Gardé.
titre: Blocs
resume: Un essai.
date: 2024-01-02
---
Du *neuf*, [un lien](bilan.md), H~2~O, une note[^1], `code`.

* étoile
* deux

    suite

[^1]: La note,
    sur deux lignes.

| A | B |
| --- | ---: |
| 1 | 2 |

Terme
: Définition.

///  encart
    titre:  'Vous'

Du **gras**.

- un
///

/// citation
    auteur: Camille

Un mot.
///

> Cité.

1. Un
2. Deux
"""


@dataclass
class Form:
    """The form of a small site, open on its folder."""

    page: Page
    root: Path
    live: LiveSite
    url: str
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Open a place of the form: `collections/articles/new`."""
        # The form of the content before has the same button: it is left first.
        self.page.goto(f"{self.url}/admin/#/collections/metiers")
        expect(self.button("Enregistrer")).to_be_hidden()
        self.page.goto(f"{self.url}/admin/#/{address}")
        expect(self.button("Enregistrer")).to_be_visible()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True).first

    def field(self, path: str) -> Locator:
        """Return a field by the path of its key, in a block too: `seances.0.debut`, `:titre`."""
        sign = "$" if path.startswith(":") else ""
        return self.page.locator(f'section[data-key-path{sign}="{path}"]')

    def write(self, path: str, text: str) -> None:
        self.field(path).locator("input, textarea").first.fill(text)

    def choose(self, path: str, label: str) -> None:
        """Choose in a list that opens."""
        self.field(path).get_by_role("combobox").click()
        self.page.get_by_role("option", name=label).click()

    def tick(self, path: str, label: str) -> None:
        """Choose among a few values, all shown."""
        self.field(path).get_by_text(label, exact=True).click()

    @property
    def dialogue(self) -> Locator:
        """The dialogue of a block; a menu that closes is one too, for a moment."""
        return self.page.locator('dialog[open][role="dialog"]')

    def insert(self, block: str) -> None:
        """Open the dialogue of a new block at the end of the text."""
        self.field("texte").get_by_role("button", name="Insérer", exact=True).first.click()
        self.page.get_by_role("menuitem", name=block).click()
        expect(self.dialogue).to_be_visible()

    def confirm(self, label: str = "Insérer") -> None:
        """Take what the dialogue says."""
        self.dialogue.get_by_role("button", name=label, exact=True).last.click()
        expect(self.dialogue).to_be_hidden()

    def save(self, *names: str) -> dict[str, str]:
        """Save; return the files of the folder that changed, once they are those named.

        They are written to the disk too, where the site is read again.
        """
        self.button("Enregistrer").click()
        end = time.monotonic() + PATIENCE
        while set(found := self._changed()) != set(names):
            assert time.monotonic() < end, (list(found), self.said)
            time.sleep(0.05)
        for name, data in found.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self.live.update(frozenset(self.root / name for name in found), NOW)
        texts = {name: data for name, data in found.items() if name.endswith((".md", ".yaml"))}
        return {name: data.decode() for name, data in texts.items()}

    def errors(self) -> list[str]:
        """Return what `make check` would refuse."""
        return [str(f) for f in self.live.faults() if f.level is Level.ERROR]

    def page_of(self, address: str) -> str:
        made = self.live.make(address)
        assert made, address
        return made.data.decode()

    def _changed(self) -> dict[str, bytes]:
        files = {name: base64.b64decode(data) for name, data in self.page.evaluate(READ).items()}
        return {
            name: data
            for name, data in files.items()
            if not (self.root / name).exists() or (self.root / name).read_bytes() != data
        }


@pytest.fixture(scope="module")
def form(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Form]:
    root = tmp_path_factory.mktemp("form")
    settings = write_content(root)
    themes = root / "content" / "donnees" / "themes.yaml"
    themes.write_text("# Les thèmes.\n- nom: Énergie\n- nom: Territoires\n", encoding="utf-8")
    (root / "content/articles/blocs.md").write_text(BLOCKS, encoding="utf-8")
    live = LiveSite(read_settings(settings))
    context = browser.new_context(
        locale="fr-FR", viewport={"width": 1280, "height": TALL}, reduced_motion="reduce"
    )
    context.add_init_script(PICK)
    with _served(live) as url:
        form = Form(context.new_page(), root, live, url)
        form.page.set_default_timeout(PATIENCE * 1000)
        form.page.on("console", lambda message: _hear(form, message))
        form.page.on("request", lambda request: form.asked.append(request.url))
        form.page.goto(f"{url}/robots.txt")
        files = {
            path.relative_to(root).as_posix(): base64.b64encode(path.read_bytes()).decode()
            for path in (root / "content").rglob("*")
            if path.is_file()
        }
        form.page.evaluate(SEED, files)
        form.page.goto(f"{url}/admin/")
        form.button("Ouvrir le dossier du site").click()
        expect(form.page.get_by_role("treeitem", name="Articles")).to_be_visible()
        yield form
    context.close()
    # All that the tests have saved can be published; the files of the letter are made too.
    assert form.errors() == []
    elsewhere = [url for url in form.asked if not url.startswith((form.url, "blob:", "data:"))]
    assert elsewhere == []
    assert form.said == []


def _hear(form: Form, message: ConsoleMessage) -> None:
    if message.type == "error":
        form.said.append(message.text)


class _Served:
    """A live site on a port of this machine."""

    def __init__(self, live: LiveSite) -> None:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                made = live.make(unquote(urlsplit(self.path).path))
                data = made.data if made else b""
                kind = "text/html" if made and made.is_page else media_type_of(self.path)
                self.send_response(200 if made else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        # One request at a time: the site is not made for several threads.
        self._server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}
        )

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


_served: Callable[[LiveSite], _Served] = _Served


def test_an_event_with_sessions_is_created(form: Form) -> None:
    form.open("collections/evenements/new")
    form.write("titre", "Rencontre des réseaux : l’été")
    form.write("resume", "Deux séances pour se connaître.")
    for number, start in enumerate(("2024-05-06 10:00", "le 3 juin")):
        add = form.field("seances").get_by_role("button", name=re.compile("Ajouter.*séance"))
        add.last.click()
        form.write(f"seances.{number}.debut", start)
    form.write("seances.0.fin", "12:00")
    form.tick("seances.0.modalite", "visio")
    form.choose("collectif", "Approfondir la transformation numérique")
    form.tick("statut", "publié")

    form.button("Enregistrer").click()
    advice = form.field("seances.1.debut").get_by_role("alert")
    expect(advice).to_contain_text("Écrivez un jour (2024-03-25), un jour et une heure")

    form.write("seances.1.debut", "2024-T3")
    path = "content/evenements/rencontre-des-reseaux-l-ete.md"
    assert form.save(path) == {
        path: (
            '---\ntitre: "Rencontre des réseaux : l’été"\n'
            "resume: Deux séances pour se connaître.\nseances:\n"
            "  - debut: 2024-05-06 10:00\n    fin: 12:00\n    modalite: visio\n"
            "  - debut: 2024-T3\ncollectif: numerique\n---\n"
        )
    }
    assert "3e trimestre 2024" in re.sub(
        r"<[^>]+>", "", form.page_of("/evenements/rencontre-des-reseaux-l-ete/")
    ).replace("\u00a0", " ")


def test_an_article_gets_a_picture(form: Form, tmp_path: Path) -> None:
    path = "content/articles/bilan.md"
    before = (form.root / path).read_text(encoding="utf-8")
    picture = photograph(tmp_path / "Réunion d’été.jpg")
    form.open("collections/articles/entries/bilan")
    form.field("image").get_by_role("checkbox").click()
    form.field("image.fichier").locator('input[type="file"]').first.set_input_files(picture)

    form.button("Enregistrer").click()
    expect(form.field("image.alt").get_by_role("alert")).to_contain_text("obligatoire")

    form.write("image.alt", "Une salle pleine : cent personnes")
    form.write("image.cadrage", "haut gauche")
    form.tick("themes", "Énergie")
    name = "content/images/reunion-d-ete.jpg"
    assert form.save(path, name) == {
        path: before.replace(
            "date: 2024-01-02\n",
            "date: 2024-01-02\nthemes: [Énergie]\nimage:\n  fichier: images/reunion-d-ete.jpg\n"
            '  alt: "Une salle pleine : cent personnes"\n  cadrage: haut gauche\n',
        )
    }
    shown = form.page_of("/actualites/bilan/")
    assert "/images/reunion-d-ete.jpg" in shown
    assert "Une salle pleine" in shown


def test_a_letter_is_composed_of_blocks(form: Form) -> None:
    form.open("collections/lettres/new")
    form.write("titre", "La lettre de février")
    form.write("resume", "Ce qui vient.")
    form.write("date", "2024-01-07")
    form.write("numero", "2")
    form.tick("statut", "publié")
    form.field("texte").locator('[contenteditable="true"]').first.click()
    form.page.keyboard.insert_text("Bonjour à tous.")
    form.page.keyboard.press("Enter")
    form.insert("Agenda")
    form.write(":periode", "2024-02/2024-03")
    form.confirm()
    form.insert("Événement")
    form.tick(":_montre", "Webinaire")
    form.field(":inscription").get_by_role("switch").click()
    form.confirm()
    form.insert("Encart")
    form.write(":titre", "Vous serez des nôtres ?")
    form.write(":contact", "contact@exemple.fr")
    form.field(":_contenu").locator('[contenteditable="true"]').click()
    form.page.keyboard.insert_text("Écrivez-nous.")
    # The editor gives its text to the dialogue a tenth of a second after the last key.
    form.page.wait_for_timeout(500)
    form.confirm()
    assert form.save("content/lettres/2.md") == {
        "content/lettres/2.md": """\
---
titre: La lettre de février
resume: Ce qui vient.
date: 2024-01-07
numero: 2
---
Bonjour à tous.

/// agenda
    periode: 2024-02/2024-03
///

/// evenement | webinaire
    inscription: non
///

/// encart
    titre: Vous serez des nôtres ?
    contact: contact@exemple.fr

Écrivez-nous.
///
"""
    }


def test_what_is_not_edited_stays_as_it_is(form: Form) -> None:
    """Only what was changed is; a block is shown by its words and opened by a click."""
    path = "content/articles/blocs.md"
    form.open("collections/articles/entries/blocs")
    form.field("texte").get_by_text("Citation – ", exact=False).click()
    form.write(":fonction", "directrice")
    form.confirm("Mettre à jour")
    assert form.save(path) == {
        path: BLOCKS.replace(
            "    auteur: Camille\n", "    auteur: Camille\n    fonction: directrice\n"
        )
    }


def _fulfil(data: bytes, route: Route) -> None:
    route.fulfill(body=data, content_type="application/json")


# Sveltia CMS puts names between marks of their direction.
FORGES = {
    "gitlab": (
        {"connexion": "0123456789abcdef", "relecture": "oui"},
        r"Se connecter avec \W?GitLab",
    ),
    "github": ({"connexion": "https://relais.exemple.fr"}, r"Se connecter avec \W?GitHub"),
    "gitea": ({}, "Se connecter avec un jeton d’accès"),
}


def test_each_forge_is_offered_to_sign_in(form: Form, fresh_page: Page) -> None:
    """Sveltia CMS refuses a configuration that it finds wrong."""
    page = fresh_page
    for forge, (settings, label) in FORGES.items():
        told = FormSettings.model_validate({"forge": forge, "depot": "a/b", **settings})
        source = FormSource("Passerelle", form.url, "/main.css", "/favicon.svg", told)
        data = to_json(source)
        page.unroute_all()
        page.route("**/configuration.json", partial(_fulfil, data))
        page.goto(f"{form.url}/admin/")
        # The page is that of a site without a forge, which shows no way to sign in.
        button = page.get_by_role("button", name=re.compile(label), include_hidden=True)
        expect(button).to_have_count(1)
