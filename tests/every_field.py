"""One file of each content type, and each data file: together they fill every field."""

from __future__ import annotations

from tests.contents import SVG, Files

COMMON = """\
titre: "L'essai : complet"
resume: Tout ce qu'un contenu peut dire.
slug: essai-complet
statut: publié
date: 2024-01-03 09:30
modifie: 2024-01-05
auteurs: [Camille Exemple, La rédaction]
themes: [Énergie, Territoires]
organisation: reseau
image:
  fichier: images/essai.svg
  alt: Un cercle
  legende: Un cercle.
  credit: Passerelle
  cadrage: haut gauche
publier_le: 2024-01-04
expire_le: 2025-01-01
lang: fr
"""
FILES = {
    "articles/complet.md": """\
identifiant: complet-1
alias: [/2019/article/, /ancien/]
rubrique: Point de droit
collectifs: [numerique]
evenement: complet
une: oui
""",
    "evenements/en-mots.md": """\
identifiant: complet-2
alias: /2019/en-mots/
debut: 2024-01-02 17:00
recurrence:
  chaque: premier mardi du mois
  sauf: [août, 2024-05-07]
  jusqu_au: 2024-12-31
""",
    "evenements/trois-fois.md": """\
identifiant: complet-3
alias: /2019/trois-fois/
debut: 2024-01-02 17:00
recurrence:
  chaque: mardi
  fois: 3
""",
    "evenements/complet.md": """\
identifiant: complet-4
alias: /2019/evenement/
debut: 2024-02-07 17:00
fin: 18:30
modalite: hybride
lieu:
  nom: Grande Arche
  adresse: 1 parvis de la Défense
  ville: Puteaux
  coordonnees: 48.8925, 2.2361
lien_visio: https://visio.example/1
recurrence:
  regle: FREQ=MONTHLY;BYDAY=1WE;COUNT=3
  dates: [2024-06-19 17:00]
  exceptions:
    - date: 2024-03-06 17:00
      debut: 2024-03-07 17:00
      fin: 2024-03-07 18:30
      statut: confirmé
      titre: Déplacée
debut_initial: 2024-02-06 17:00
collectif: numerique
serie:
  nom: Déjeuner passerelle
  numero: 3
  saison: 2023
public: [cadres, élus]
inscription:
  url: https://inscription.example/
  contact: contact@exemple.fr
  avant_le: 2024-01-19 12:00
  places: 40
  complet: non
  interet: https://interet.example/
intervenants: [Camille Exemple]
parrains: [Exemple Énergie]
statut_evenement: à confirmer
documents:
  - titre: Programme
    fichier: documents/programme.pdf
""",
    "evenements/seances.md": """\
identifiant: complet-5
alias: /2019/seances/
moment: journée
seances:
  - debut: 2024-03-01 10:00
    fin: 12:00
    modalite: hybride
    lieu: Nantes
    lien_visio: https://visio.example/2
    titre: Première
    statut: reporté
  - debut: 2024-T2
    moment: matinée
""",
    "lettres/complet.md": """\
identifiant: complet-6
alias: /2019/lettre/
numero: 12
periode: janvier 2024
accroche: Ce qui vous attend.
objet: La lettre de mars.
redacteurs_en_chef: [Camille Exemple]
contributeurs: [La rédaction]
editorial:
  signature: Camille Exemple
  fonction: rédactrice en chef
contact: lettre@exemple.fr
""",
    "collectifs/numerique.md": """\
identifiant: complet-7
alias: /2019/numerique/
genre: chantier
titre_court: Numérique
noms: [Le numérique, Outils]
etat: à lancer
enjeux: Des outils utiles.
referents: [Camille Exemple]
contact: numerique@exemple.fr
ordre: 3
""",
    "organisations/reseau.md": """\
identifiant: complet-8
alias: /2019/reseau/
nom_complet: Le réseau des réseaux
devise: Relier
chiffres_cles:
  - libelle: adhérents
    valeur: 1 220
    unite: personnes
    au: 2023
bureau:
  - nom: Camille Exemple
    fonction: présidente
partenaires: [Exemple Énergie]
liens:
  - titre: Le site
    url: https://reseau.example/
adhesion:
  url: https://reseau.example/adherer
  texte: Rejoignez-nous
""",
    "portraits/complet.md": """\
identifiant: complet-9
alias: /2019/portrait/
nom: Camille Exemple
fonction: secrétaire générale
election:
  scrutin: Conseil d'administration
  siege: membre
  date: 2024-06-14
consentement: true
""",
    "metiers/complet.md": """\
identifiant: complet-10
alias: /2019/metier/
voir_aussi: [essai-complet]
""",
    "pages/complet.md": """\
identifiant: complet-11
alias: /2019/page/
menu: 20
gabarit: page
""",
}
ONE_OF_A_KIND = {
    "evenements/seances.md": "seances",
    "evenements/en-mots.md": "en-mots",
    "evenements/trois-fois.md": "trois-fois",
    "collectifs/numerique.md": "numerique",
    "organisations/reseau.md": "reseau",
}
STATIC: Files = {"images/essai.svg": SVG, "documents/programme.pdf": b"%PDF-1.7\n"}
DATA = {
    "donnees/adresses.yaml": """\
- ancienne: /2018/essai/
  vers: /agenda/
- ancienne: /2018/retire/
  vers: supprimé
""",
    "donnees/site.yaml": """\
nom: Passerelle
accroche: le réseau
description: L'agenda et la lettre.
contact: contact@exemple.fr
editeur: La communauté
directeur_de_publication: le secrétaire général
hebergeur: Exemple SAS
hub_websub: https://hub.exemple.fr/
apercu_au: 2024-01-08
formulaire:
  forge: gitlab
  depot: communaute/site
  branche: main
  adresse: https://gitlab.exemple.fr
  connexion: 0123456789abcdef
  relecture: oui
lettre:
  nom: La lettre
  expediteur: lettre@exemple.fr
  reponse: redaction@exemple.fr
  liste: lettre@listes.exemple.fr
  identifiant_liste: lettre.listes.exemple.fr
  desinscription: [desabonnement@exemple.fr, "https://listes.exemple.fr/lettre?quitter"]
""",
    "donnees/themes.yaml": """\
- nom: Énergie
  resume: De l'hydrogène à la sobriété.
- nom: Territoires
""",
    "donnees/termes.yaml": """\
termes:
  - ecrire: webinaire
    au_lieu_de: [webinar, webinars]
    pourquoi: C'est le mot de la lettre.
mots: [intrapreneuriat]
""",
    "donnees/envois.yaml": """\
- numero: 12
  le: '2024-01-03T09:30:00+01:00'
  liste: lettre@listes.exemple.fr
  message_id: <1b4e28ba-2fa1-5d3b-a3f5-ef19b5a7633b@passerelle.example>
  empreinte: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
  etat: accepté
  reponse: "250 2.0.0 Ok: queued as 4F1B2"
""",
}


def content(file: str) -> str:
    common = COMMON.replace("essai-complet", ONE_OF_A_KIND.get(file, "essai-complet"))
    return f"---\n{common}{FILES[file]}---\nTexte.\n"
