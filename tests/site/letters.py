"""Issues of the letter that nobody wishes: what each is, by number."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import MadeOnce
from tests.site.small_content import settings_of
from tests.sites import ROOT, build_site, keep_cards

LETTERS = {"everything": 2, "bare": 3, "titled": 4, "signs": 5, "long": 6}
MAILBOX = "redaction@exemple.fr"
SAID = "said.txt"

EVERYTHING = """\
## Une rubrique sans éditorial

Un paragraphe avec `code`, *italique*, **gras**, une note[^1], un lien [vers la suite](#tout), 1er \
et m<sup>2</sup>, &lt;b>, un [site](https://exemple.fr/?a=1&b=2).

[^1]: La **note** de bas de page.

![Un cercle de points](../images/lancement.svg "La légende de l'image")

/// image
    fichier: images/dejeuner.svg
    alt: Une longue table
    legende: Le deuxième déjeuner
    credit: "Illustration : Passerelle"
///

| Nom | Date | Lieu |
| --- | ---: | --- |
| Un | 2 mars | La Défense |
| Deux | 12 mars 2024 | Anticonstitutionnellement-sur-Loire |

| Direction | Participants | Modalités | Interlocuteurs | Échéance |
| --- | ---: | --- | --- | --- |
| Direction générale de l'énergie | 12 | Visio | [Camille](https://exemple.fr/) | 2 mars |
| Opérateurs | 250 | Présentiel | | fin avril |

| Inscrits | 250 |
| --- | ---: |
| Chantiers | 9 |

1. Un
2. Deux

    - sous-liste
    - encore

    /// evenement | webinaire-operateurs
    ///

3. Trois

> Une citation en Markdown.
>
> Deux paragraphes.

Terme
:   Définition

```
code   préservé
  ici
```

---

/// citation
    auteur: Camille Exemple
    fonction: secrétaire générale

Ils avaient mille raisons d'attendre ; ils ont **choisi** d'essayer.
///

/// bouton
    adresse: https://formulaires.example/groupes-de-pairs

S'inscrire en ligne
///

/// chiffres
    organisation: dextera
///

/// article | cannes-seminaire
///

/// extrait | organisations/dextera#pourquoi-une-association-de-collaborateurs-de-cabinet
///

/// extrait | organisations/dextera#pourquoi-adherer
    titre: non
    suite: non
///

//// encart
    titre: Un encart plein
    contact: communaute.cadres.dirigeants@developpement-durable.gouv.fr
    objet: "L'objet : oui"

Avec des blocs dedans :

/// evenement | pleniere-jeunes-cadres
///

/// bouton
    adresse: ../evenements/webinaire-operateurs.md

Y aller
///
////

/// etapes
1. **Un.** Faites ceci.
2. **Deux.** Puis cela.
///

/// agenda
    periode: 2024-01/2024-03
    collectif: numerique
///

/// agenda
    periode: 1999
///

/// chantiers
///

/// chantiers
    etat: terminé
///

/// matrice
    annee: 2024
    mois: utiles
///

/// matrice
    annee: 1995
///

## Tout {#tout}

Fin.
"""
_TITLE = (
    "Réorganisation interministérielle des directions départementales : anticiper "
    "constitutionnellement chacun des recrutements à venir"
)
_SUBJECT = "### Sujet\n\n" + "Un paragraphe qui dure, et qui se répète. " * 24 + "\n\n"


def built_letters(made_once: MadeOnce) -> Path:
    """Return the folder of the site with these issues: content, PDFs in .cache, output, words."""

    def make(folder: Path) -> None:
        write_letters(folder / "content")
        keep_cards(folder)
        said = build_site(folder / "output", settings_of(folder))
        (folder / SAID).write_text(said, encoding="utf-8")

    return made_once("letters", make)


def write_letters(content: Path) -> None:
    """Write the sample content with these issues in it."""
    shutil.copytree(ROOT / "content", content)
    bodies = {
        "everything": ("Essai de tout", "", EVERYTHING),
        "bare": ("Sans événement", f"contact: {MAILBOX}\n", "## Seule rubrique\n\nDeux mots.\n"),
        "titled": (_TITLE, "", f"Éditorial.\n\n## {_TITLE}\n\nTexte.\n"),
        "signs": (
            "Fête 🎉 chez שָׁלוֹם לוי",
            "redacteurs_en_chef: [שָׁלוֹם לוי, محمد العربي, Zoë 👩‍🎓 Exemple]\n",
            "Bravo 👍🏽 à محمد العربي !\n\n## Rubrique 🎓\n\nTexte, № 4, ½, →, ≥, Škoda, Łódź.\n",
        ),
        "long": ("Quarante longues rubriques", "", long_body()),
    }
    for name, number in LETTERS.items():
        title, header, body = bodies[name]
        (content / "lettres" / f"{number}.md").write_text(
            f'---\ntitre: "{title}"\nnumero: {number}\ndate: 2024-01-0{number}\n'
            f"resume: Un essai.\n{header}---\n{body}",
            encoding="utf-8",
        )


def long_body() -> str:
    """Return the text of an issue of forty rubrics, of which a mailbox shows a few whole."""
    return "Éditorial.\n\n" + "".join(
        f"## Rubrique {number}\n\n{_SUBJECT * 2}Une suite sans fin.\n\n" for number in range(1, 41)
    )
