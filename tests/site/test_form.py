"""The form is published for the forge that the site names, and only then."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pydantic import Field

from plugins.build.publication import read_settings
from plugins.faults import Level
from plugins.front_matter.document import read_data
from plugins.front_matter.validation import validate
from plugins.models.data import FormSettings
from plugins.models.description import fields_of
from plugins.models.fields import Part
from plugins.site.form_pages import policy
from plugins.site.plan import PlannedSite, site_of
from plugins.views.pages import File, Page
from tests.site.small_content import write_content
from tests.sites import ROOT

FORGE = "formulaire:\n  forge: gitlab\n  depot: communaute/site\n"
DRAFT = "---\ntitre: Secret\nresume: Un secret.\nstatut: brouillon\ndate: 2024-01-02\n---\nTexte.\n"
VENDOR = ROOT / "theme" / "admin" / "vendor"


def planned(root: Path, forge: str = "") -> PlannedSite:
    settings = write_content(root)
    with (root / "content" / "donnees" / "site.yaml").open("a", encoding="utf-8") as site:
        site.write(forge)
    (root / "content" / "articles" / "secret.md").write_text(DRAFT, encoding="utf-8")
    return site_of({**read_settings(settings), "IS_PREVIEW": False})


def content_of(site: PlannedSite, address: str) -> str:
    item = site.plan.find(address)
    assert isinstance(item, File)
    return item.content().decode()


def test_a_site_without_a_forge_has_no_form(tmp_path: Path) -> None:
    assert [a for a in planned(tmp_path).addresses if a.startswith("/admin")] == []


def test_a_site_with_a_forge_has_one(tmp_path: Path) -> None:
    site = planned(tmp_path, FORGE)
    assert [fault for fault in site.faults if fault.level is Level.ERROR] == []
    found = {a.removeprefix("/admin/") for a in site.addresses if a.startswith("/admin/")}
    assert {"index.html", "configuration.json", "form.js", "files.js", "blocks.js"} <= found
    assert {"vendor/sveltia.js", "vendor/yaml.js", "vendor/sveltia-cms.LICENSE.txt"} <= found
    assert not {"renew.mjs", "README.md"} & found
    assert not any(isinstance(site.plan.find(f"/admin/{name}"), Page) for name in found)


def test_the_published_form_does_not_tell_of_drafts(tmp_path: Path) -> None:
    site = planned(tmp_path, FORGE)
    text = content_of(site, "/admin/configuration.json")
    assert "Bilan (article)" in text
    assert "Secret" not in text
    assert json.loads(text)["cms"]["backend"]["repo"] == "communaute/site"


def test_the_page_allows_the_forge_alone(tmp_path: Path) -> None:
    page = content_of(planned(tmp_path, FORGE), "/admin/index.html")
    assert '<meta name="robots" content="noindex, nofollow">' in page
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    rules = dict(rule.split(" ", 1) for rule in policy.replace("&#x27;", "'").split("; "))
    assert rules["connect-src"] == "'self' blob: data: https://gitlab.com"
    assert rules["script-src"] == "'self'"
    assert rules["default-src"] == "'none'"


@pytest.mark.parametrize(
    ("settings", "origin"),
    [
        ({"forge": "github"}, "https://api.github.com"),
        ({"forge": "gitea", "adresse": "https://git.exemple.fr/forge"}, "https://git.exemple.fr"),
    ],
)
def test_the_policy_names_where_the_forge_answers(settings: dict[str, str], origin: str) -> None:
    told = policy(FormSettings.model_validate({"depot": "a/b", **settings}))
    assert f"connect-src 'self' blob: data: {origin};" in told


def test_the_policy_that_a_server_must_allow_is_told() -> None:
    text = (ROOT / "docs" / "formulaire.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
    settings = FormSettings.model_validate({"forge": "gitlab", "depot": "a/b"})
    assert " ".join(told.split()) == policy(settings)


def test_the_settings_that_are_told_are_right() -> None:
    text = (ROOT / "docs" / "formulaire.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    document, _ = read_data(Path("site.yaml"), example.encode(), "site")
    assert document is not None
    settings, faults = validate(document, _OnlyForm)
    assert not faults
    assert settings is not None
    keys = {field.name for field in fields_of(FormSettings)}
    assert set(re.findall(r"(?m)^\| `(\w+)` \|", text)) == keys


class _OnlyForm(Part):
    form: FormSettings = Field(alias="formulaire")


def test_nothing_leads_to_the_form(tmp_path: Path) -> None:
    site = planned(tmp_path, FORGE)
    assert "/admin" not in content_of(site, "/sitemap.xml")
    home = site.plan.find("/")
    assert isinstance(home, Page)
    assert b"/admin/" not in site.theme.render(site.site.page_view(home))


def test_no_content_may_take_its_address(tmp_path: Path) -> None:
    planned(tmp_path)
    text = "---\ntitre: Admin\nresume: Une page.\n---\nTexte.\n"
    path = tmp_path / "content" / "pages" / "admin.md"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    faults = site_of({**read_settings(tmp_path / "settings.py"), "IS_PREVIEW": False}).faults
    assert [fault.message for fault in faults if fault.path.name == "admin.md"] == [
        (
            "« admin » : l’adresse /admin/ est prise par le formulaire. Changez « slug » ou le nom "
            "du fichier."
        )
    ]


@pytest.mark.parametrize("name", ["sveltia.js", "yaml.js"])
def test_the_files_of_third_parties_load_nothing_from_elsewhere(name: str) -> None:
    """Fonts and languages are beside them; what is left out says so instead of being fetched."""
    text = (VENDOR / name).read_text(encoding="utf-8")
    assert re.findall(r"https://(?:cdn\.jsdelivr\.net|fonts\.g\w+\.com)[^\"'`)]*", text) == []
    loaded = set(re.findall(r'(?:\bimport\(|\bfrom)"([^"]+)"', text))
    assert {path for path in loaded if not (VENDOR / path).exists()} == set()


def test_the_versions_of_third_parties_are_told() -> None:
    versions = json.loads((VENDOR / "versions.json").read_text(encoding="utf-8"))
    told = (ROOT / "theme" / "admin" / "README.md").read_text(encoding="utf-8")
    assert versions.keys() == {"@sveltia/cms", "yaml", "esbuild"}
    assert [v for v in versions.values() if v not in told] == []
