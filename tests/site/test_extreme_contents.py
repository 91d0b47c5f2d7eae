"""Sites that nobody planned for: empty, as small and as full as can be, full of endless words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.build import publication
from tests import every_field, nu_checker
from tests.contents import Files, article, text, write
from tests.site.broken_links import broken_links
from tests.sites import ROOT, BuiltSite

SMALLEST: Files = {
    "articles/a.md": article("", ""),
    "evenements/a.md": text("debut: 2024-02-01", ""),
    "evenements/b.md": text("debut: 2024-T4", ""),
    "evenements/c.md": text("seances: [{debut: 2024-03-01}]", ""),
    "evenements/d.md": text("seances: [{debut: 2024-03-01}, {debut: 2025}]", ""),
    "lettres/a.md": text("numero: 1\ndate: 2024-01-01", ""),
    "collectifs/a.md": text("genre: groupe\ntitre_court: A", ""),
    "organisations/a.md": text("", ""),
    "portraits/a.md": text("nom: A\nconsentement: oui\nexpire_le: 2025-01-01", ""),
    "metiers/a.md": text("", ""),
    "pages/a.md": text("", ""),
    "pages/b.md": text("gabarit: plan-du-site", ""),
}
WORD = "anticonstitutionnellement" * 4
EVERYTHING = f"""\
## {WORD}

{WORD * 3}

| {WORD} | b |
|---|---|
| {"mot " * 40} | {WORD} |

- {WORD}

> {WORD}

```
{WORD * 3}
```

[{WORD}](https://{WORD[:60]}.example/{WORD})

## Contenu

## À venir

## Séance 1

//// encart
    titre: {WORD}
    contact: {WORD[:30]}@exemple.fr

{WORD}

/// agenda
///
////

/// citation
    auteur: {WORD}

{WORD}
///

/// bouton
    adresse: https://a.example/

{WORD}
///

/// etapes
1. {WORD}
///

/// agenda
///

/// agenda
    periode: 1999
///

/// matrice
    annee: 2024
///

/// matrice
    annee: 1999
///

/// chantiers
///

/// evenement | c
///

/// article | a
///

/// chiffres
    organisation: a
///
"""


def endless(content: str | bytes) -> str:
    assert isinstance(content, str)
    long = content.replace("titre: Essai", f"titre: {WORD} {'mot ' * 20}")
    return long.replace("resume: Un résumé.", f"resume: {WORD} {'mot ' * 40}") + EVERYTHING


SITES: dict[str, Files] = {
    "empty": {},
    "smallest": SMALLEST,
    "fullest": {
        **every_field.STATIC,
        **every_field.DATA,
        **{file: every_field.content(file) for file in every_field.FILES},
    },
    "endless": {name: endless(content) for name, content in SMALLEST.items()},
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all these sites, each with its output."""
    folder = tmp_path_factory.mktemp("extremes")
    for name, files in SITES.items():
        write(folder / name / "content", files)
        settings = folder / name / "settings.py"
        settings.write_text(
            f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
            f"PATH = 'content'\nTHEME = {str(ROOT / 'theme')!r}\n"
            "BUILD_DATE = '2024-01-08 09:00'\n",
            encoding="utf-8",
        )
        assert publication.build(settings, folder / name / "output") == 0
    return folder


@pytest.mark.parametrize("name", SITES)
def test_links_lead_somewhere(sites: Path, name: str) -> None:
    assert broken_links(BuiltSite(sites / name / "output")) == []


def test_pages_are_valid(sites: Path) -> None:
    pages = [page for name in SITES for page in BuiltSite(sites / name / "output").pages()]
    # The form's policy speaks of 'self', which a page read from a file has not.
    own = "Resource violates Content Security Policy"
    assert [told for told in nu_checker.faults(pages) if f"{own} (meta tag)" not in told] == []


@pytest.mark.parametrize("name", SITES)
def test_what_is_not_there_is_not_shown(sites: Path, name: str) -> None:
    """Templates would write None for what a content does not say."""
    site = BuiltSite(sites / name / "output")
    texts = [*site.pages(), *site.mails(), *site.path.rglob("*.txt")]
    assert [
        path for path in texts if re.search(r"\bNone\b", path.read_text(encoding="utf-8"))
    ] == []
