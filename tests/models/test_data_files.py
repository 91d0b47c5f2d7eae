"""The letter's settings in `site.yaml`, and the journal `envois.yaml`, with the faults of both."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from plugins.front_matter.document import read_data
from plugins.front_matter.validation import validate
from plugins.models.data import SendingsData, SendingState
from tests.contents import SITE, errors, index_of, load_files, warnings

JOURNAL = """\
# Journal.
- numero: 3
  le: '2024-01-08T09:00:00+01:00'
  liste: lettre@listes.exemple.fr
  message_id: <1b4e28ba@passerelle.example>
  empreinte: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
  etat: Incertain
"""
UNTOUCHED = "Reprenez dans git la ligne telle que l’envoi l’a écrite."
NO_READER = (
    "ce fichier de données n’est lu par aucune page. "
    "Les fichiers possibles sont site.yaml, themes.yaml, termes.yaml, adresses.yaml et "
    "envois.yaml."
)


def test_settings_of_the_letter(tmp_path: Path) -> None:
    lines = (
        "lettre:\n"
        "  expediteur: lettre@exemple.fr\n"
        '  nom: "L\'équipe : la lettre"\n'
        "  desinscription: https://listes.exemple.fr/lettre?a,b\n"
    )
    settings = index_of(tmp_path, {"donnees/site.yaml": SITE + lines}).site.letter
    assert settings is not None
    assert settings.sender == "lettre@exemple.fr"
    assert settings.name == "L’équipe\u00a0: la lettre"
    assert settings.ways_out == ("https://listes.exemple.fr/lettre?a,b",)
    assert (settings.reply_to, settings.list_mailbox, settings.list_id) == (None, None, None)


def test_letter_needs_no_settings(tmp_path: Path) -> None:
    assert index_of(tmp_path, {}).site.letter is None
    empty = index_of(tmp_path, {"donnees/site.yaml": f"{SITE}lettre:\n"})
    assert empty.site.letter is None


@pytest.mark.parametrize(
    ("lines", "messages"),
    [
        (
            "formulaire:\n  forge: bitbucket\n  depot: site",
            (
                (
                    "6:10 · formulaire.forge : « bitbucket » : ce n’est pas un choix possible. "
                    "Choisissez parmi : gitlab, github, gitea."
                ),
                (
                    "7:10 · formulaire.depot : « site » n’est pas le nom d’un dépôt. Écrivez le "
                    "groupe et le projet, par exemple communaute/site."
                ),
            ),
        ),
        (
            "formulaire:\n  forge: github\n  depot: a/b\n  connexion: abc",
            (
                (
                    "8:14 · formulaire.connexion : « abc » : GitHub ne connecte pas un navigateur "
                    "sans relais. Écrivez l’adresse https du relais, ou retirez « connexion » pour "
                    "les jetons d’accès."
                ),
            ),
        ),
        (
            "formulaire:\n  forge: gitlab\n  depot: a/b\n  connexion: https://relais.exemple.fr",
            (
                (
                    "8:14 · formulaire.connexion : « https://relais.exemple.fr » : gitlab n’a pas "
                    "besoin de relais. Écrivez l’identifiant de l’application OAuth, ou retirez "
                    "« connexion » pour les jetons d’accès."
                ),
            ),
        ),
        (
            "formulaire:\n  forge: gitea\n  depot: a/b\n  relecture: oui",
            (
                (
                    "8:14 · formulaire.relecture : « oui » : avec Gitea, le formulaire ne crée pas "
                    "de demande de fusion. Retirez « relecture », et donnez une « branche » de "
                    "travail."
                ),
            ),
        ),
        (
            "lettre: lettre@exemple.fr",
            (
                (
                    "5:9 · lettre : « lettre@exemple.fr » : un groupe de champs est attendu "
                    "(expediteur, nom, reponse, liste, identifiant_liste, desinscription). "
                    "Écrivez-les en dessous, décalés de deux espaces."
                ),
            ),
        ),
        (
            "lettre:\n  nom: La lettre\n  listes: lettre@exemple.fr",
            (
                (
                    "6:3 · lettre.expediteur : le champ est obligatoire et manque. Ajoutez "
                    "« expediteur: lettre@exemple.fr » (boîte fonctionnelle qui envoie la lettre)."
                ),
                "7:3 · lettre.listes : le champ n’existe pas. Vouliez-vous écrire « liste » ?",
            ),
        ),
        (
            "expediteur: lettre@exemple.fr",
            (
                (
                    "5:1 · expediteur : le champ se place dans « lettre ». "
                    "Écrivez-le sous « lettre: », décalé de deux espaces."
                ),
            ),
        ),
        (
            (
                "lettre:\n  expediteur: La lettre <lettre@exemple.fr>\n"
                "  identifiant_liste: <lettre>\n"
                "  desinscription:\n    - http://listes.exemple.fr/lettre\n    - lettre"
            ),
            (
                (
                    "6:15 · lettre.expediteur : « La lettre <lettre@exemple.fr> » n’est pas une "
                    "adresse de messagerie. Écrivez-la sous la forme nom@domaine.fr."
                ),
                (
                    "7:22 · lettre.identifiant_liste : « <lettre> » n’est pas l’identifiant d’une "
                    "liste. Écrivez-le avec des points, sans accent ni espace, par exemple "
                    "lettre.listes.exemple.fr."
                ),
                (
                    "9:7 · lettre.desinscription.1 : « http://listes.exemple.fr/lettre » n’est ni "
                    "une boîte fonctionnelle ni une adresse https. Écrivez par exemple "
                    "desabonnement@exemple.fr ou https://listes.exemple.fr/lettre."
                ),
                (
                    "10:7 · lettre.desinscription.2 : « lettre » n’est ni une boîte fonctionnelle "
                    "ni une adresse https. Écrivez par exemple desabonnement@exemple.fr ou "
                    "https://listes.exemple.fr/lettre."
                ),
            ),
        ),
    ],
)
def test_faults_of_settings(tmp_path: Path, lines: str, messages: tuple[str, ...]) -> None:
    loaded = load_files(tmp_path, {"donnees/site.yaml": f"{SITE}{lines}\n"})
    assert errors(loaded) == [f"content/donnees/site.yaml:{message}" for message in messages]


def test_journal() -> None:
    document, _ = read_data(Path("envois.yaml"), JOURNAL.encode(), "envois")
    assert document is not None
    journal, faults = validate(document, SendingsData)
    assert faults == []
    assert journal is not None
    (sending,) = journal.sendings
    assert sending.sent_at == datetime(2024, 1, 8, 9, tzinfo=timezone(timedelta(hours=1)))
    assert (sending.number, sending.state, sending.reply) == (3, SendingState.UNCERTAIN, None)


@pytest.mark.parametrize("journal", [JOURNAL, "# Rien encore.\n\n  # Vraiment rien.", "[]\n"])
def test_journal_is_accepted(tmp_path: Path, journal: str) -> None:
    loaded = load_files(tmp_path, {"donnees/envois.yaml": journal})
    assert [*errors(loaded), *warnings(loaded)] == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "'2024-01-08T09:00:00+01:00'",
            "2024-01-08 09:00",
            (
                "3:7 · envois.1.le : « 2024-01-08 09:00 » n’est pas un instant. Écrivez le jour, "
                "l’heure et l’écart avec le temps universel, par exemple 2024-01-08T09:00:00+01:00."
            ),
        ),
        (
            "'2024-01-08T09:00:00+01:00'",
            "hier",
            (
                "3:7 · envois.1.le : « hier » n’est pas un instant. Écrivez le jour, l’heure et "
                "l’écart avec le temps universel, par exemple 2024-01-08T09:00:00+01:00."
            ),
        ),
        (
            "'2024-01-08T09:00:00+01:00'",
            "[2024-01-08]",
            (
                "3:7 · envois.1.le : « 2024-01-08 » : une seule valeur est attendue, sans liste ni "
                "groupe. Écrivez-la sur une ligne."
            ),
        ),
        (
            "<1b4e28ba@passerelle.example>",
            "1b4e28ba",
            (
                "5:15 · envois.1.message_id : « 1b4e28ba » n’est pas l’identifiant d’un message. "
                f"{UNTOUCHED}"
            ),
        ),
        (
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "e3b0",
            f"6:14 · envois.1.empreinte : « e3b0 » n’est pas l’empreinte d’un message. {UNTOUCHED}",
        ),
        (
            "Incertain",
            "perdu",
            (
                "7:9 · envois.1.etat : « perdu » : ce n’est pas un choix possible. "
                "Choisissez parmi : accepté, incertain."
            ),
        ),
        (
            "numero: 3",
            "numero: trois",
            "2:11 · envois.1.numero : « trois » : un nombre entier est attendu, par exemple 3.",
        ),
        (
            "  etat: Incertain\n",
            "",
            (
                "2:3 · envois.1.etat : le champ est obligatoire et manque. Ajoutez « etat: … » "
                "(le serveur l’a accepté, ou l’envoi est incertain)."
            ),
        ),
    ],
)
def test_faults_of_the_journal(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in JOURNAL
    loaded = load_files(tmp_path, {"donnees/envois.yaml": JOURNAL.replace(old, new)})
    assert errors(loaded) == [f"content/donnees/envois.yaml:{message}"]


@pytest.mark.parametrize("name", ["donnees/envois.yml", "donnees/lettre/envois.yaml"])
def test_journal_has_one_place(tmp_path: Path, name: str) -> None:
    """The sending reads no other: a letter told as sent elsewhere would be sent again."""
    loaded = load_files(tmp_path, {name: JOURNAL})
    assert errors(loaded) == [f"content/{name}:1:1 · {NO_READER}"]
