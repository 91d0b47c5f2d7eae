"""An issue of the letter, its sender and its list, as messages are made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from plugins.dates.moments import PARIS
from plugins.models.data import SiteData
from plugins.outputs.mail.letter_mail import LetterMail

SITE_URL = "https://passerelle.exemple.fr"
NOW = datetime(2024, 1, 8, 9, tzinfo=PARIS)
LISTS = "listes.exemple.fr"
LETTER = LetterMail(
    number=3,
    subject="La lettre n°\u00a03\u00a0: « l’année commence », et la communauté avec elle",
    preheader="Ce qui vous attend, et comment en être.",
    html=(
        '<!doctype html>\n<html lang="fr"><body>\n<p>Bonne année\u00a0!</p>\n'
        f"<p>{'Une très longue ligne. ' * 60}</p>\n.\n..deux points\n"
        f'<a href="{SITE_URL}/lettres/3/">En ligne</a>\n'
        f'<a href="mailto:quitter@{LISTS}">Se désinscrire</a>\n</body></html>\n'
    ),
    text=(
        "Bonne année\u00a0!\n\n.\n.point en tête\nFrom la rédaction\nfin d’espaces  \n"
        f"\n-- \n{SITE_URL}/lettres/3/\n"
        f"Se désinscrire\u00a0: écrire à quitter@{LISTS}\n"
    ),
    flowed_text=(
        "Bonne année\u00a0!\n\n.\n.point en tête\n From la rédaction\n"
        f"Une phrase qui \nse poursuit.\n\n-- \n{SITE_URL}/lettres/3/\n"
        f"Se désinscrire\u00a0: écrire à quitter@{LISTS}\n"
    ),
    web_address=f"{SITE_URL}/lettres/3/",
    unsubscribe_address=f"mailto:quitter@{LISTS}",
)


def letter(**changes: Any) -> LetterMail:  # noqa: ANN401 - any field
    return replace(LETTER, **changes)


def site(**settings: object) -> SiteData:
    """Return the site's data, with a group `lettre` unless it is None."""
    values: dict[str, object] = {
        "nom": "Passerelle",
        "accroche": "le réseau",
        "description": "La lettre.",
        "contact": "contact@exemple.fr",
        "lettre": {
            "nom": "L’équipe, la lettre",
            "expediteur": "lettre@exemple.fr",
            "reponse": "redaction@exemple.fr",
            "liste": f"lettre@{LISTS}",
            "identifiant_liste": f"lettre.{LISTS}",
            "desinscription": [f"quitter@{LISTS}", f"https://{LISTS}/lettre?a=é,b"],
        },
    }
    return SiteData.model_validate({**values, **settings})
