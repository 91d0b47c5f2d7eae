"""The words and signs of the form that the models do not tell."""

import re

from plugins.french.typography import NBSP, capitalised, typeset
from plugins.models.description import FieldDescription
from plugins.models.fields import ValueKind

PLURALS = {
    "article": "Articles",
    "event": "Événements",
    "letter": "Lettres",
    "group": "Chantiers et groupes",
    "organisation": "Organisations",
    "portrait": "Portraits",
    "job": "Métiers",
    "page": "Pages",
}
# Names of Material Symbols, which the form's own font holds.
ICONS = {
    "article": "article",
    "event": "event",
    "letter": "mail",
    "group": "groups",
    "organisation": "account_balance",
    "portrait": "account_circle",
    "job": "work",
    "page": "description",
}
SUMMARIES = {
    "article": "{{titre}} – {{date}}",
    "event": "{{titre}} – {{debut | default('plusieurs séances')}}",
    "letter": f"Lettre n°{NBSP}{{{{numero}}}} – {{{{titre}}}}",
    "portrait": "{{nom}}",
}
GROUP_SUMMARIES = {
    "seances": "{{debut}} {{titre}}",
    "exceptions": "{{date}} {{statut}}",
    "documents": "{{titre}}",
    "chiffres_cles": "{{libelle}} : {{valeur}} {{unite}}",
    "bureau": "{{nom}}, {{fonction}}",
    "liens": "{{titre}}",
    "themes": "{{nom}}",
    "termes": "{{ecrire}}",
    "adresses": "{{ancienne}} → {{vers}}",
    "image": "{{alt}}",
    "lieu": "{{nom}} {{ville}}",
    "serie": "{{nom}} {{numero}}",
    "inscription": "{{url}} {{contact}}",
    "recurrence": "{{chaque}} {{regle}}",
    "editorial": "{{signature}}",
}
ITEMS = {
    "seances": "une séance",
    "exceptions": "une exception",
    "documents": "un document",
    "chiffres_cles": "un chiffre",
    "bureau": "un membre",
    "liens": "un lien",
    "themes": "un thème",
    "termes": "un terme",
    "adresses": "une adresse",
}
DATA_LABELS = {
    "site": "Le site",
    "themes": "Thèmes",
    "termes": "Termes",
    "adresses": "Anciennes adresses",
}
DATA_ICONS = {"site": "settings", "themes": "sell", "termes": "spellcheck", "adresses": "alt_route"}
BLOCK_LABELS = {"evenement": "Événement", "etapes": "Étapes", "chiffres": "Chiffres clés"}
BLOCK_ICONS = {
    "agenda": "calendar_month",
    "matrice": "calendar_view_month",
    "chantiers": "construction",
    "evenement": "event",
    "article": "article",
    "extrait": "content_paste",
    "chiffres": "bar_chart",
    "encart": "campaign",
    "etapes": "format_list_numbered",
    "citation": "format_quote",
    "bouton": "smart_button",
    "image": "image",
}
_FILE_HINTS = {
    ValueKind.PICTURE: "Déposez une image, ou choisissez-en une du site.",
    ValueKind.FILE: "Déposez un fichier, ou choisissez-en un du site.",
}
_SHOWN_EXAMPLES = {
    *(ValueKind.LINE, ValueKind.MOMENT, ValueKind.END, ValueKind.FOCAL_POINT),
    *(ValueKind.SLUG, ValueKind.SITE_ADDRESS),
}
# Where a key is not its label: it has no accents, and may be short.
_LABELS = {
    "adhesion": "Adhésion",
    "alias": "Anciennes adresses",
    "alt": "Description de l’image",
    "ancienne": "Ancienne adresse",
    "annee": "Année",
    "apercu_au": "Jour de l’aperçu",
    "au": "Date du chiffre",
    "avant_le": "S’inscrire avant le",
    "bureau": "Membres du bureau",
    "chiffres_cles": "Chiffres clés",
    "coordonnees": "Coordonnées",
    "credit": "Crédit",
    "debut": "Début",
    "debut_initial": "Début initial",
    "depot": "Dépôt",
    "desinscription": "Désinscription",
    "directeur_de_publication": "Directeur de la publication",
    "ecrire": "Écrire",
    "editeur": "Éditeur",
    "editorial": "Éditorial",
    "election": "Élection",
    "etat": "État",
    "evenement": "Événement",
    "expediteur": "Expéditeur",
    "fois": "Nombre de fois",
    "hebergeur": "Hébergeur",
    "hub_websub": "Concentrateur WebSub",
    "identifiant_liste": "Identifiant de la liste",
    "interet": "Formulaire d’intérêt",
    "jusqu_au": "Jusqu’au",
    "lang": "Langue",
    "legende": "Légende",
    "libelle": "Libellé",
    "lien_visio": "Lien de la visioconférence",
    "modalite": "Modalité",
    "modifie": "Modifié le",
    "noms": "Autres noms",
    "numero": "Numéro",
    "periode": "Période",
    "recurrence": "Récurrence",
    "redacteurs_en_chef": "Rédacteurs en chef",
    "referents": "Référents",
    "regle": "Règle",
    "reponse": "Réponses",
    "resume": "Résumé",
    "seances": "Séances",
    "serie": "Série",
    "siege": "Siège",
    "slug": "Fin de l’adresse",
    "statut_evenement": "Statut de l’événement",
    "themes": "Thèmes",
    "une": "À la une",
    "unite": "Unité",
    "url": "Adresse",
}


def label_of(name: str) -> str:
    """Return the label of a field: « Résumé » for `resume`."""
    return _LABELS.get(name) or capitalised(name.replace("_", " "))


def hint_of(item: FieldDescription) -> str:
    """Return the help of a field: what it is, and an example where its form is not plain."""
    if item.kind in _FILE_HINTS:
        return _FILE_HINTS[item.kind]
    shown = item.description
    is_shown = item.kind in _SHOWN_EXAMPLES and not item.longest
    if is_shown and item.examples and not re.search("exemple|[0-9]", shown):
        examples = ", ".join(item.examples).strip("[]")
        shown = f"{_ended(shown)} Par exemple{NBSP}: {_ended(examples)}"
    return typeset(shown)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "…", "?", "!")) else f"{sentence}."
