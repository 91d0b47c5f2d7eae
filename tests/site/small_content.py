"""A content folder of a few files, for tests that break it or add to it."""

from pathlib import Path

from plugins.store import store_of
from plugins.theme.theme import kept_in_srgb
from tests.sites import ROOT

_COLOURS = ROOT / "theme" / "static" / "css" / "colour-tokens.css"

FILES = {
    "donnees/site.yaml": """\
nom: Petit site
accroche: pour les essais
description: Un site de quelques pages.
contact: nom@exemple.fr
""",
    "collectifs/numerique.md": """\
---
titre: Approfondir la transformation numérique
resume: Un chantier.
genre: chantier
titre_court: Numérique
---
Le texte du chantier.
""",
    "evenements/webinaire.md": """\
---
titre: Webinaire
resume: Un webinaire.
debut: 2024-02-07 17:00
fin: "18:30"
collectif: numerique
---
Le texte du webinaire.
""",
    "articles/bilan.md": """\
---
titre: Bilan
resume: Un bilan.
date: 2024-01-02
---
Le [webinaire](../evenements/webinaire.md) et une image :

![Un carré](../images/carre.svg)
""",
    "images/carre.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1H0z"/></svg>'
    ),
}


def write_content(folder: Path) -> Path:
    """Write the content under `folder` and the settings that build it; return the settings."""
    for name, text in FILES.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return settings_of(folder)


def settings_of(folder: Path) -> Path:
    """Write the settings of a preview of `folder`'s content; return their file.

    The colours of the theme are converted already: the library that does it takes a while to load.
    """
    kept_in_srgb(_COLOURS.read_text(encoding="utf-8"), store_of(folder))
    settings = folder / "settings.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
        f"PATH = {str(folder / 'content')!r}\nTHEME = {str(ROOT / 'theme')!r}\n"
        "BUILD_DATE = '2024-01-08 09:00'\n",
        encoding="utf-8",
    )
    return settings
