"""Events of every kind, beside those of the sample content, for the views of the agenda."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.sites import ROOT, build_site

SETTINGS = """\
from pelicanconf import *

PATH = {content!r}
THEME = {theme!r}
IS_PREVIEW = False
BUILD_DATE = '2024-01-08 09:00'
"""

EVENTS = {
    "postponed": """\
titre: Atelier des retours d'expérience
debut: 2024-02-20 14:00
fin: 2024-02-20 17:00
debut_initial: 2024-01-30 14:00
statut_evenement: reporté
modalite: hybride
lieu: {nom: Tour Séquoia, adresse: 1 place Carpeaux, ville: La Défense}
lien_visio: https://visio.example/atelier
collectif: transformation
organisation: communaute-des-cadres-dirigeants
public: [cadres dirigeants volontaires, référents]
inscription:
  url: https://formulaires.example/atelier
  contact: contact@passerelle.example
  avant_le: 2024-02-16 12:00
  places: 40
  interet: https://formulaires.example/interet
intervenants: [Une cheffe de projet]
parrains: [La direction de la transformation]
serie: {nom: Atelier des retours, numero: 1, saison: 2024}""",
    "awaiting": """\
titre: Visite du port
debut: 2024-02-12
statut_evenement: reporté
modalite: présentiel
lieu: Le Havre
organisation: dextera
serie: {nom: Atelier des retours, numero: 2, saison: 2024}""",
    "cancelled": """\
titre: Petit-déjeuner des secrétaires généraux
debut: 2024-02-13 08:30
fin: 2024-02-13 10:00
statut_evenement: annulé
modalite: présentiel
collectif: tous""",
    "several-days": """\
titre: Séminaire d'été de la communauté, avec un titre assez long pour passer sur plusieurs lignes
debut: 2024-02-26
fin: 2024-03-06
modalite: présentiel
lieu: {nom: Centre de congrès, ville: Cannes}
collectif: tous
inscription: {contact: contact@passerelle.example, complet: oui}""",
    "tentative": """\
titre: Rencontre avec les écoles
debut: 2024-02-27
fin: 2024-02-28
statut_evenement: à confirmer
modalite: hybride
organisation: dextera""",
    "online": """\
titre: Café numérique
debut: 2024-02-28 09:00
modalite: visio
lien_visio: https://visio.example/cafe
collectif: numerique""",
    "recurring": """\
titre: Permanence du mardi
debut: 2024-01-09 12:30
fin: 2024-01-09 13:30
modalite: visio
lien_visio: https://visio.example/permanence
collectif: groupes-de-pairs
recurrence:
  regle: FREQ=MONTHLY;BYDAY=2TU;COUNT=6
  exceptions:
    - {date: 2024-02-13, debut: 2024-02-14 12:30}
    - {date: 2024-03-12, statut: annulé}""",
    "approximate": "titre: Bilan du printemps\ndebut: 2024-03\ncollectif: management",
}

INVITATION = """\
---
titre: Une invitation
resume: Un événement dans un texte.
date: 2024-01-05
---
/// evenement | postponed
///
"""


def build(folder: Path) -> Path:
    """Build the published site of the sample content and these events; return its folder."""
    content = folder / "content"
    shutil.copytree(ROOT / "content", content)
    for name, header in EVENTS.items():
        text = f"---\n{header}\nresume: Un événement de chaque sorte.\n---\nUn texte.\n"
        (content / "evenements" / f"{name}.md").write_text(text, encoding="utf-8")
    (content / "articles" / "invitation.md").write_text(INVITATION, encoding="utf-8")
    settings = folder / "settings.py"
    theme = str(ROOT / "theme")
    settings.write_text(SETTINGS.format(content=str(content), theme=theme), encoding="utf-8")
    build_site(folder / "output", settings)
    return folder / "output"
