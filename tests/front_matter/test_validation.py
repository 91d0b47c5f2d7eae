"""What an editor reads when a field of a header does not hold what it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.content.record import has_header
from plugins.models import EventHeader
from tests.contents import article, errors, load_files, record_at, text, write

UNKNOWN = "le champ n’existe pas."
MISSING = "le champ est obligatoire et manque."
LINE = "une seule valeur est attendue, sans liste ni groupe. Écrivez-la sur une ligne."
A_LIST = "une liste est attendue : un élément par ligne, précédé d’un tiret."
INTEGER = "un nombre entier est attendu, par exemple 3."
NUMBER = "un nombre est attendu, par exemple 1220."
EMPTY = "la valeur est vide. Remplissez-la ou retirez la ligne."
BELOW = "Écrivez-les en dessous, décalés de deux espaces."

EVENT = "evenements/essai.md"
LETTER = "lettres/1.md"
GROUP = "collectifs/essai.md"
ORGANISATION = "organisations/essai.md"
PORTRAIT = "portraits/essai.md"
ARTICLE = "articles/essai.md"
PAGE = "pages/essai.md"
START = "debut: 2024-02-07 17:00\n"
SESSION = f"{START}seances:\n  - debut: 2024-03-01\n"
CHOICES = "ce n’est pas un choix possible. Choisissez parmi :"


def _moved(field: str, folder: str, right: str) -> str:
    return (
        f"4:1 · {field} : le champ n’existe pas dans « {folder} ». "
        f"Déplacez le fichier dans « {right} », dont il a l’en-tête."
    )


@pytest.mark.parametrize(
    ("file", "header", "message"),
    [
        (ARTICLE, "auteur_s: moi", f"4:1 · auteur_s : {UNKNOWN} Vouliez-vous écrire « auteurs » ?"),
        (ARTICLE, "Thème: a", f"4:1 · Thème : {UNKNOWN} Vouliez-vous écrire « themes » ?"),
        (
            ORGANISATION,
            "chiffre: 3",
            f"4:1 · chiffre : {UNKNOWN} Vouliez-vous écrire « chiffres_cles » ?",
        ),
        (
            ORGANISATION,
            "chiffres:\n  - libelle: a\n    valeur: 3",
            f"4:1 · chiffres : {UNKNOWN} Vouliez-vous écrire « chiffres_cles » ?",
        ),
        (
            ARTICLE,
            "zzzzzz: moi",
            (
                f"4:1 · zzzzzz : {UNKNOWN} Retirez-le ; les champs possibles sont : titre, resume, "
                "slug, statut, date, modifie, auteurs, themes, organisation, image, identifiant, "
                "alias, publier_le, expire_le, lang, rubrique, collectifs, evenement, une."
            ),
        ),
        (
            ARTICLE,
            "legende: a",
            (
                "4:1 · legende : le champ se place dans « image ». "
                "Écrivez-le sous « image: », décalé de deux espaces."
            ),
        ),
        (ARTICLE, "a (b) [c]: d", "4:1 · a (b) [c] : le champ n’existe pas. Retirez-le"),
        (
            ARTICLE,
            "image:\n  fichier: a.svg\n  alt: b\n  legend: c",
            f"7:3 · image.legend : {UNKNOWN} Vouliez-vous écrire « legende » ?",
        ),
        (
            ARTICLE,
            "image: a.svg",
            (
                "4:8 · image : « a.svg » : un groupe de champs est attendu "
                f"(fichier, alt, legende, credit, cadrage). {BELOW}"
            ),
        ),
        (
            ARTICLE,
            "image:\n  fichier: a.svg",
            (
                f"5:3 · image.alt : {MISSING} Ajoutez « alt: La tour de "
                "l’hôtel de ville du Havre » "
                "(ce que montre l’image, pour qui ne la voit pas)."
            ),
        ),
        (ARTICLE, "image:\n  fichier: a.svg\n  alt:", f"6:7 · image.alt : {MISSING}"),
        (ARTICLE, "image:\n  fichier: a.svg\n  alt: ''", f"6:8 · image.alt : {EMPTY}"),
        (
            ARTICLE,
            "image:\n  fichier: a.exe\n  alt: b",
            (
                "5:12 · image.fichier : « a.exe » n’est pas une image reconnue. "
                "Utilisez un fichier .svg, .png, .jpg, .jpeg, .webp, .avif, .gif."
            ),
        ),
        (
            ARTICLE,
            "image:\n  fichier: ../a.svg\n  alt: b",
            (
                "5:12 · image.fichier : « ../a.svg » sort du dossier « content ». "
                "Écrivez le chemin depuis « content », par exemple images/seminaire.jpg."
            ),
        ),
        (ARTICLE, "rubrique: [a, b]", f"4:11 · rubrique : « a, b » : {LINE}"),
        (ARTICLE, "rubrique: {a: b}", f"4:11 · rubrique : « a: b » : {LINE}"),
        (ARTICLE, "rubrique: ''", f"4:11 · rubrique : {EMPTY}"),
        *(
            # Signs that nothing shows: a zero-width space, a soft hyphen, an accent alone.
            (ARTICLE, f'rubrique: "{sign}"', f"4:11 · rubrique : {EMPTY}")
            for sign in ("\u200b", "\u00ad", "\u0301", "\u00a0")
        ),
        (ARTICLE, "auteurs: {a: b}", f"4:10 · auteurs : « a: b » : {A_LIST}"),
        (ARTICLE, "auteurs: [[a]]", f"4:11 · auteurs.1 : « a » : {LINE}"),
        (ARTICLE, "auteurs: [a, ]\nthemes:\n  -", f"6:4 · themes.1 : {EMPTY}"),
        (
            ARTICLE,
            "themes: [日本]",
            (
                "4:10 · themes.1 : « 日本 » n’a ni lettre latine ni "
                "chiffre : aucune adresse ne peut "
                "en être faite. Écrivez-le en lettres latines."
            ),
        ),
        (
            ARTICLE,
            "une: peut-être",
            "4:6 · une : « peut-être » n’est ni oui ni non. Écrivez « oui » ou « non ».",
        ),
        (ARTICLE, "une: [oui]", f"4:6 · une : « oui » : {LINE}"),
        (ARTICLE, "statut: caché", f"4:9 · statut : « caché » : {CHOICES} brouillon, publié."),
        (
            ARTICLE,
            "slug: ../../etc/passwd",
            (
                "4:7 · slug : « ../../etc/passwd » sort de son dossier : un slug n’a ni barre ni "
                "points. Écrivez etc-passwd."
            ),
        ),
        (
            ARTICLE,
            "lang: English",
            (
                "4:7 · lang : « English » n’est pas un code de langue. Écrivez par exemple fr, en "
                "ou de."
            ),
        ),
        (
            ARTICLE,
            "alias: 2019/bilan",
            (
                "4:8 · alias.1 : « 2019/bilan » n’est pas une ancienne adresse du site. "
                "Écrivez-la depuis la racine, par exemple /2019/bilan/."
            ),
        ),
        (
            ARTICLE,
            "modifie: 2024-13-01",
            (
                "4:10 · modifie : « 2024-13-01 » : il n’y a pas de mois 13. "
                "Écrivez année-mois-jour, par exemple 2024-03-25."
            ),
        ),
        (ARTICLE, "modifie: [2024-01-01]", f"4:10 · modifie : « 2024-01-01 » : {LINE}"),
        (
            ARTICLE,
            "publier_le: 2024-03",
            "4:13 · publier_le : « 2024-03 » : il faut un jour précis, par exemple 2024-03-25.",
        ),
        (
            ARTICLE,
            "Title: Encore",
            "4:1 · Title : le champ répète « titre ». Gardez l’un des deux.",
        ),
        (
            EVENT,
            "debut: 2024-02-30 17:00",
            (
                "4:8 · debut : « 2024-02-30 17:00 » n’existe pas : février 2024 a 29 jours. "
                "Corrigez le jour."
            ),
        ),
        # The header of another folder: one fault, which names it.
        (PAGE, "debut: 2024-03-25 10:00\ncollectif: tous", _moved("debut", "pages", "evenements")),
        (ARTICLE, "seances: [{debut: 2024-03-25}]", _moved("seances", "articles", "evenements")),
        (PAGE, "numero: 3\ndate: 2024-01-02", _moved("numero", "pages", "lettres")),
        (EVENT, "genre: groupe\ntitre_court: G", _moved("genre", "evenements", "collectifs")),
        # A field of events alone does not make one.
        (PAGE, "collectif: tous", f"4:1 · collectif : {UNKNOWN} Retirez-le"),
        # The name without its accents, not the one of a session.
        (EVENT, "début: 2024-03-25", f"4:1 · début : {UNKNOWN} Vouliez-vous écrire « debut » ?"),
        (
            EVENT,
            "debut: 2024-03-25\nmodalité: visio",
            f"5:1 · modalité : {UNKNOWN} Vouliez-vous écrire « modalite » ?",
        ),
        *(
            (
                EVENT,
                f"debut: 2024-03-25\n{key}: 17:00",
                (
                    f"5:1 · {key} : {UNKNOWN} L’heure s’écrit après le jour : "
                    "« debut: 2024-02-07 17:00 », puis « fin: 18:30 »."
                ),
            )
            for key in ("heure", "Horaires", "heure_debut")
        ),
        (
            EVENT,
            "debut: 2024-03-25\ndate_fin: 2024-03-26",
            f"5:1 · date_fin : {UNKNOWN} Vouliez-vous écrire « fin » ?",
        ),
        (
            EVENT,
            "debut: 2024-03-25\nstatut: annulé",
            (
                "5:9 · statut : « annulé » se dit dans un autre champ. "
                "Écrivez « statut_evenement: annulé »."
            ),
        ),
        (
            EVENT,
            "debut: 2024-03-25\nstatut_evenement: Brouillon",
            (
                "5:19 · statut_evenement : « Brouillon » se dit dans un autre champ. "
                "Écrivez « statut: brouillon »."
            ),
        ),
        (
            EVENT,
            "debut: 2026-T4\nfin: 2025-T3",
            "5:6 · fin : « 2025-T3 » précède le début (2026-T4). Corrigez l’un des deux.",
        ),
        (
            EVENT,
            f"{START}fin: 12",
            (
                "5:6 · fin : « 12 » est un nombre : écrivez 12:00 si c’est l’heure, ou le jour en "
                "entier, par exemple 2024-02-07."
            ),
        ),
        (
            EVENT,
            f"{START}fin: 26",
            (
                "5:6 · fin : « 26 » est un nombre : écrivez le jour en entier, "
                "par exemple 2024-02-07."
            ),
        ),
        (
            EVENT,
            f"{START}fin: 16:00",
            "5:6 · fin : « 16:00 » précède le début (17:00). Corrigez l’un des deux.",
        ),
        (
            EVENT,
            "debut: 2024-03-25\nfin: 2024-03-24",
            "5:6 · fin : « 2024-03-24 » précède le début (2024-03-25). Corrigez l’un des deux.",
        ),
        (
            EVENT,
            "debut: 2024-03-25\nfin: 18:30",
            (
                "5:6 · fin : « 18:30 » est une heure, mais le début (2024-03-25) n’en a pas. "
                "Ajoutez l’heure du début ou donnez un jour de fin."
            ),
        ),
        (
            EVENT,
            "seances:\n  - debut: 2024-03-01\nfin: 2024-03-02",
            "6:6 · fin : une fin est donnée sans début. Ajoutez « debut » ou retirez « fin ».",
        ),
        (
            EVENT,
            "collectif: tous",
            f"1:1 · debut : {MISSING} Ajoutez « debut: 2024-03-25 », ou des « seances ».",
        ),
        (
            EVENT,
            SESSION,
            (
                "4:8 · debut : « 2024-02-07 17:00 » : les dates des « seances » suffisent. "
                "Retirez « debut » (et « fin »)."
            ),
        ),
        (
            EVENT,
            "seances:\n  - titre: a",
            (
                f"5:5 · seances.1.debut : {MISSING} Ajoutez « debut: 2024-01-31 » "
                "(jour, jour et heure, ou date approximative de la séance)."
            ),
        ),
        (
            EVENT,
            "seances:\n  - debut: 2024-03-01 10:00\n    fin: 09:00",
            "6:10 · seances.1.fin : « 09:00 » précède le début (10:00). Corrigez l’un des deux.",
        ),
        (
            EVENT,
            f"{START}moment: après-midi",
            (
                "5:9 · moment : « après-midi » : l’heure de « debut » suffit. "
                "Retirez « moment », ou l’heure."
            ),
        ),
        (
            EVENT,
            "debut: 2024-03-25\nmoment: après-diner",
            (
                f"5:9 · moment : « après-diner » : {CHOICES} "
                "journée, demi-journée, matinée, après-midi, soirée."
            ),
        ),
        (
            EVENT,
            "seances:\n  debut: 2024-03-01",
            f"5:3 · seances : « debut: 2024-03-01 » : {A_LIST}",
        ),
        (
            EVENT,
            f"{START}modalite: visioo",
            f"5:11 · modalite : « visioo » : {CHOICES} présentiel, visio, hybride, à définir.",
        ),
        (
            EVENT,
            f"{START}statut_evenement: perdu",
            (
                f"5:19 · statut_evenement : « perdu » : {CHOICES} confirmé, "
                "à confirmer, reporté, annulé."
            ),
        ),
        (
            EVENT,
            f"{START}inscription:\n  avant_le: 2024-T1",
            (
                "6:13 · inscription.avant_le : « 2024-T1 » n’est pas un jour précis. "
                "Écrivez un jour, par exemple 2024-01-19."
            ),
        ),
        (
            EVENT,
            f"{START}inscription:\n  places: 0",
            "6:11 · inscription.places : « 0 » : le nombre doit valoir au moins 1. Corrigez-le.",
        ),
        (
            EVENT,
            f"{START}lien_visio: visio.example/1",
            (
                "5:13 · lien_visio : « visio.example/1 » n’est pas une adresse du web. "
                "Écrivez-la en entier, avec https:// au début."
            ),
        ),
        (
            EVENT,
            f"{START}serie: Déjeuner",
            (
                "5:8 · serie : « Déjeuner » : un groupe de champs est "
                "attendu (nom, numero, saison). "
                f"{BELOW}"
            ),
        ),
        (
            EVENT,
            f"{START}documents:\n  - titre: a\n    fichier: /a.pdf",
            (
                "7:14 · documents.1.fichier : « /a.pdf » sort du dossier « content ». "
                "Écrivez le chemin depuis « content », par exemple images/seminaire.jpg."
            ),
        ),
        (
            LETTER,
            "date: 2024-01-01",
            f"1:1 · numero : {MISSING} Ajoutez « numero: … » (numéro de la lettre).",
        ),
        (LETTER, "date: 2024-01-01\nnumero: un", f"5:9 · numero : « un » : {INTEGER}"),
        (LETTER, "date: 2024-01-01\nnumero: 1.5", f"5:9 · numero : « 1.5 » : {INTEGER}"),
        (LETTER, "date: 2024-01-01\nnumero: [1]", f"5:9 · numero : « 1 » : {INTEGER}"),
        (
            LETTER,
            f"date: 2024-01-01\nnumero: {'9' * 5000}",
            f"5:9 · numero : « {'9' * 59}… » : {INTEGER}",
        ),
        (
            LETTER,
            f"date: 2024-01-01\nnumero: 1\naccroche: {'mot ' * 40}",
            (
                f"6:11 · accroche : « {'mot ' * 14}mot… » : 159 caractères, 150 au plus. "
                "Raccourcissez."
            ),
        ),
        (
            LETTER,
            "date: 2024-01-01\nnumero: 1\ncontact: foo",
            (
                "6:10 · contact : « foo » n’est pas une adresse de messagerie. "
                "Écrivez-la sous la forme nom@domaine.fr."
            ),
        ),
        (
            GROUP,
            "genre: cercle\ntitre_court: a",
            f"4:8 · genre : « cercle » : {CHOICES} chantier, groupe.",
        ),
        (
            GROUP,
            f"genre: groupe\ntitre_court: {'a' * 41}",
            f"5:14 · titre_court : « {'a' * 41} » : 41 caractères, 40 au plus. Raccourcissez.",
        ),
        (
            ORGANISATION,
            "chiffres_cles:\n  - libelle: a\n    valeur: beaucoup",
            (
                "6:13 · chiffres_cles.1.valeur : « beaucoup » n’est pas un nombre. "
                "Écrivez des chiffres, par exemple 1220."
            ),
        ),
        (
            ORGANISATION,
            "chiffres_cles:\n  - libelle: a\n    valeur: NaN",
            f"6:13 · chiffres_cles.1.valeur : « NaN » : {NUMBER}",
        ),
        (
            ORGANISATION,
            "chiffres_cles:\n  - libelle: a\n    valeur: [1]",
            f"6:13 · chiffres_cles.1.valeur : « 1 » : {NUMBER}",
        ),
        (
            ORGANISATION,
            "chiffres_cles:\n  - libelle: a\n    valeur: 12,5\n    unite: Année",
            (
                "7:12 · chiffres_cles.1.unite : « Année » : 12,5 n’est pas une année de quatre "
                "chiffres, par exemple 2015. Corrigez « valeur », ou écrivez une autre unité, par "
                "exemple « ans »."
            ),
        ),
        (
            ORGANISATION,
            "bureau: [Camille Exemple]",
            (
                "4:10 · bureau.1 : « Camille Exemple » : un groupe de champs est attendu "
                f"(nom, fonction). {BELOW}"
            ),
        ),
        (
            PORTRAIT,
            "nom: Camille\nexpire_le: 2025-01-01",
            (
                f"1:1 · consentement : {MISSING} Sans l’accord écrit de "
                "la personne, le portrait ne "
                "peut pas paraître : ajoutez « consentement: true » quand vous l’avez."
            ),
        ),
        (
            PORTRAIT,
            "nom: Camille\nconsentement: oui",
            (
                f"1:1 · expire_le : {MISSING} Ajoutez « expire_le: … » "
                "(le portrait n’apparaît plus après ce jour)."
            ),
        ),
        (PAGE, "gabarit: autre", f"4:10 · gabarit : « autre » : {CHOICES} page, plan-du-site."),
        (
            PAGE,
            "menu: 100",
            "4:7 · menu : « 100 » : le nombre doit valoir au plus 99. Corrigez-le.",
        ),
    ],
)
def test_one_fault(tmp_path: Path, file: str, header: str, message: str) -> None:
    dated = file == ARTICLE
    content = text(f"{header}\ndate: 2024-01-03" if dated else header)
    told = errors(load_files(tmp_path, {file: content}))
    assert len(told) == 1
    assert told[0].startswith(f"content/{file}:{message}")


def test_title_and_summary(tmp_path: Path) -> None:
    long = "mot " * 80
    assert errors(
        load_files(
            tmp_path,
            {
                "pages/a.md": "---\nslug: a\n---\n",
                "pages/b.md": f"---\ntitre: {long}\nresume: {long}\n---\n",
            },
        )
    ) == [
        (
            f"content/pages/a.md:1:1 · resume : {MISSING} Ajoutez « resume: … » "
            "(une ou deux phrases sans mise en forme, 300 caractères au plus)."
        ),
        (
            f"content/pages/a.md:1:1 · titre : {MISSING} Ajoutez « titre: … » "
            "(titre, tel qu’il est affiché)."
        ),
        (
            f"content/pages/b.md:2:8 · titre : « {'mot ' * 14}mot… » : "
            "319 caractères, 200 au plus. "
            "Raccourcissez."
        ),
        (
            f"content/pages/b.md:3:9 · resume : « {'mot ' * 14}mot… » : "
            "319 caractères, 300 au plus. "
            "Raccourcissez."
        ),
    ]


def test_all_the_faults_of_a_header_at_once(tmp_path: Path) -> None:
    """An end before its start hides behind nothing, nor do references, files, text and links."""
    content = text(
        "debut: 2024-02-07 17:00\nfin: 16:00\nmodalite: x\ncollectif: absent\n"
        "image:\n  fichier: absente.svg\n  alt: a\nzzz: 1",
        "/// encar\n///\n",
    )
    told = errors(load_files(tmp_path, {EVENT: content}))
    assert [line.split(" : ")[0].removeprefix(f"content/{EVENT}:") for line in told] == [
        "5:6 · fin",
        "6:11 · modalite",
        "7:12 · collectif",
        "9:12 · image.fichier",
        "11:1 · zzz",
        "13:1 · /// encar",
    ]


def test_what_can_be_told_of_a_header_at_fault(tmp_path: Path) -> None:
    loaded = load_files(
        tmp_path,
        {EVENT: text("debut: 2024-02-07 17:00\nfin: 16:00\nmodalite: visio\nslug: autre")},
    )
    (broken,) = loaded.index.broken
    assert has_header(broken, EventHeader)
    assert (broken.header.title, broken.slug, broken.address) == (
        "Essai",
        "autre",
        "/evenements/autre/",
    )
    assert broken.header.mode == "visio"
    assert broken.header.end is None
    assert loaded.index.published == ()


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("themes: Énergie, Cabinet", ("Énergie", "Cabinet")),
        ("themes: Énergie; Vie, du réseau", ("Énergie", "Vie, du réseau")),
        ("themes:\n  - Énergie\n  - Cabinet", ("Énergie", "Cabinet")),
        ("themes: Énergie", ("Énergie",)),
        ("themes:", ()),
        ("themes: ''", ()),
    ],
)
def test_ways_to_write_a_list(tmp_path: Path, written: str, values: tuple[str, ...]) -> None:
    index = load_files(tmp_path, {ARTICLE: article(written)}).index
    assert record_at(index, ARTICLE).header.themes == values


@pytest.mark.parametrize(
    ("written", "value"),
    [("Visio", "visio"), ("PRESENTIEL", "présentiel"), ("a definir", "à définir")],
)
def test_choices_forgive_case_and_accents(tmp_path: Path, written: str, value: str) -> None:
    index = load_files(tmp_path, {EVENT: text(f"{START}modalite: {written}")}).index
    event = record_at(index, EVENT)
    assert has_header(event, EventHeader)
    assert event.header.mode == value


def test_displayed_fields_are_typeset(tmp_path: Path) -> None:
    index = load_files(
        tmp_path,
        {
            ARTICLE: article(
                "auteurs: [l'équipe]\nimage:\n  fichier: a.svg\n  alt: l'image", titre="L'été !"
            ),
            "a.svg": "<svg/>",
        },
    ).index
    header = record_at(index, ARTICLE).header
    assert (header.title, header.authors) == ("L’été\u202f!", ("l’équipe",))
    assert header.image is not None
    assert header.image.alt == "l’image"


def test_empty_fields_are_as_if_they_were_not_there(tmp_path: Path) -> None:
    empty = (
        "slug:\nmodifie:\nimage:\ninscription:\n  contact:\nlieu:\n  nom:\nfin: ~\nserie: null\n"
    )
    index = load_files(tmp_path, {EVENT: text(f"{START}{empty}")}).index
    event = record_at(index, EVENT)
    assert has_header(event, EventHeader)
    assert (event.slug, event.header.image, event.header.series) == ("essai", None, None)


def test_data_files(tmp_path: Path) -> None:
    root = write(
        tmp_path / "content",
        {
            "donnees/site.yaml": "nom: Essai\naccroche: a\ncontact: x\ndescription: [a]\nzzz: 1\n",
            "donnees/themes.yaml": "- nom: Énergie\n  resum: a\n- resume: b\n",
            "donnees/autre.yaml": "a: b\n",
        },
    )
    told = errors(
        load_files(tmp_path, {"donnees/site.yaml": (root / "donnees/site.yaml").read_bytes()})
    )
    assert told == [
        (
            "content/donnees/autre.yaml:1:1 · ce fichier de données n’est lu par aucune page. "
            "Les fichiers possibles sont site.yaml, themes.yaml, termes.yaml, adresses.yaml et "
            "envois.yaml."
        ),
        (
            "content/donnees/site.yaml:3:10 · contact : « x » n’est pas une adresse de messagerie. "
            "Écrivez-la sous la forme nom@domaine.fr."
        ),
        f"content/donnees/site.yaml:4:14 · description : « a » : {LINE}",
        (
            f"content/donnees/site.yaml:5:1 · zzz : {UNKNOWN} Retirez-le "
            "; les champs possibles sont : "
            "nom, accroche, description, contact, editeur, directeur_de_publication, hebergeur, "
            "lettre, hub_websub, formulaire, apercu_au."
        ),
        (
            f"content/donnees/themes.yaml:2:3 · themes.1.resum : {UNKNOWN} "
            "Vouliez-vous écrire « resume » ?"
        ),
        (
            f"content/donnees/themes.yaml:3:3 · themes.2.nom : {MISSING} Ajoutez « nom: … » "
            "(nom du thème)."
        ),
    ]
