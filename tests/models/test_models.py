"""Every field of every content type: one file per type that fills them all."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from plugins.dates.moments import Period
from plugins.dates.parsing import parse_moment, parse_publication
from plugins.dates.recurrence import RecurrenceSet
from plugins.front_matter.document import read_data
from plugins.front_matter.refusals import known_keys
from plugins.models import KINDS, EventHeader, Header, Kind
from plugins.models.data import SendingsData, SiteData, ThemesData
from plugins.views.entries import EventEntry, OrganisationEntry, PortraitEntry
from tests.contents import SVG, Files, entry_at, library_of, load_files, warnings

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
publier_le: 2024-01-04
expire_le: 2025-01-01
lang: fr
"""

FILES = {
    "articles/complet.md": """\
alias: [/2019/article/, /ancien/]
rubrique: Point de droit
collectifs: [numerique]
evenement: complet
une: oui
""",
    "evenements/complet.md": """\
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
identifiant: essai-complet
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
alias: /2019/seances/
moment: journée
seances:
  - debut: 2024-03-01 10:00
    fin: 12:00
    modalite: présentiel
    lieu: Nantes
    lien_visio: https://visio.example/2
    titre: Première
    statut: reporté
  - debut: 2024-T2
    moment: matinée
""",
    "lettres/complet.md": """\
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
alias: /2019/metier/
voir_aussi: [essai-complet]
""",
    "pages/complet.md": """\
alias: /2019/page/
menu: 20
gabarit: page
""",
}
ONE_OF_A_KIND = {
    "evenements/seances.md": "seances",
    "collectifs/numerique.md": "numerique",
    "organisations/reseau.md": "reseau",
}
STATIC: Files = {"images/essai.svg": SVG, "documents/programme.pdf": b"%PDF-1.7\n"}
DATA = {
    "donnees/site.yaml": """\
nom: Passerelle
accroche: le réseau
description: L'agenda et la lettre.
contact: contact@exemple.fr
editeur: La communauté
directeur_de_publication: le secrétaire général
hebergeur: Exemple SAS
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


@pytest.fixture
def files() -> Files:
    return {**STATIC, **DATA, **{file: content(file) for file in FILES}}


def test_every_field_is_accepted(tmp_path: Path, files: Files) -> None:
    loaded = load_files(tmp_path, files)
    assert warnings(loaded) == []
    library = library_of(tmp_path, files)
    assert {entry.address for entry in library.entries} == {
        "/actualites/essai-complet/",
        "/evenements/essai-complet/",
        "/evenements/seances/",
        "/lettres/12/",
        "/chantiers/numerique/",
        "/organisations/reseau/",
        "/portraits/essai-complet/",
        "/metiers/essai-complet/",
        "/essai-complet/",
    }
    assert library.static_used == frozenset(STATIC)


def test_files_fill_every_field(tmp_path: Path, files: Files) -> None:
    """A field added to a model and forgotten here is told."""
    library = library_of(tmp_path, files)
    filled: set[str] = set()
    for file in FILES:
        entry = entry_at(library, file)
        filled |= set(_filled(entry.kind.header, entry.document.values))
    for name, model in (("site", SiteData), ("themes", ThemesData), ("envois", SendingsData)):
        path = Path(f"donnees/{name}.yaml")
        document, _ = read_data(path, DATA[path.as_posix()].encode(), name)
        assert document is not None
        filled |= set(_filled(model, document.values))
    models: list[type[BaseModel]] = [
        *(kind.header for kind in KINDS),
        SiteData,
        ThemesData,
        SendingsData,
    ]
    wanted = {name for model in models for name in _fields(model)}
    assert wanted - filled == set()


def _filled(model: type[BaseModel], value: object) -> Iterator[str]:
    """Yield « Model.key » for each field that a value fills, those of groups included."""
    if isinstance(value, list):
        for item in value:
            yield from _filled(model, item)
    if isinstance(value, dict):
        for name, field in model.model_fields.items():
            key = field.alias or name
            if key in value:
                yield f"{model.__name__}.{key}"
                for inner in _models(field.annotation):
                    yield from _filled(inner, value[key])


def _fields(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield f"{model.__name__}.{field.alias or name}"
        for inner in _models(field.annotation):
            yield from _fields(inner)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models(argument)


def test_values_have_their_types(tmp_path: Path, files: Files) -> None:
    library = library_of(tmp_path, files)
    event = entry_at(library, "evenements/complet.md")
    assert isinstance(event, EventEntry)
    assert event.title == "L’essai\u00a0: complet"
    assert event.registration is not None
    assert (event.registration.places_label, event.registration.is_full) == (
        "40\u00a0places",
        False,
    )
    assert event.series_line == "3e\u00a0déjeuner passerelle, saison\u00a02023"
    assert event.group is entry_at(library, "collectifs/numerique.md")
    assert [report.slug for report in event.reports] == ["essai-complet"]
    organisation = entry_at(library, "organisations/reseau.md")
    assert isinstance(organisation, OrganisationEntry)
    (figure,) = organisation.figures
    assert (figure.value, figure.unit, figure.as_of) == ("1\u202f220", "personnes", "2023")
    portrait = entry_at(library, "portraits/complet.md")
    assert isinstance(portrait, PortraitEntry)
    assert portrait.election is not None
    assert portrait.election.date is not None
    assert portrait.election.date.full == "14\u00a0juin 2024"
    sessions = entry_at(library, "evenements/seances.md")
    assert isinstance(sessions, EventEntry)
    first, second = sessions.occurrences
    assert (first.session_title, first.place_parts, first.status) == (
        "Première",
        ("Nantes",),
        "reporté",
    )
    assert second.is_approximate


def test_headers_are_frozen(tmp_path: Path, files: Files) -> None:
    header = entry_at(library_of(tmp_path, files), "pages/complet.md").header
    with pytest.raises(ValueError, match="frozen"):
        header.title = "Autre"  # type: ignore[misc]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_schema_speaks_french(kind: Kind) -> None:
    """Each field describes itself to the tools that complete it, under the key editors write."""
    schema = kind.header.model_json_schema()
    assert list(schema["properties"]) == list(known_keys(kind.header))
    described = [schema, *schema.get("$defs", {}).values()]
    fields = [field for part in described for field in part.get("properties", {}).items()]
    assert [name for name, field in fields if not field.get("description")] == []


def test_pelican_keys_are_synonyms_of_fields_that_exist() -> None:
    for name in Header.SYNONYMS.values():
        assert any(name in known_keys(kind.header) for kind in KINDS), name


def test_event_has_a_start_or_sessions() -> None:
    common = {"titre": "a", "resume": "b"}
    assert EventHeader.model_validate({**common, "debut": "2024"}).start is not None
    assert EventHeader.model_validate({**common, "seances": [{"debut": "2024"}]}).period is None


@pytest.mark.parametrize("file", FILES)
def test_headers_compare_and_travel(tmp_path: Path, files: Files, file: str) -> None:
    """A header that comes back from another process, or from the disk, is the same one."""
    one, other = (entry_at(library_of(tmp_path / n, files), file).header for n in ("a", "b"))
    assert one is not other
    assert one == other
    assert hash(one) == hash(other)
    travelled = pickle.loads(pickle.dumps(one))  # noqa: S301 - its own bytes
    assert travelled == one
    assert travelled.model_dump() == one.model_dump()
    assert travelled != one.model_copy(update={"title": "Autre"})


@pytest.mark.parametrize(
    "value",
    [
        parse_moment("2024-02-07 17:00"),
        Period(parse_moment("2024-T4"), parse_moment("2025")),
        parse_publication("2024-01-03 09:30"),
        RecurrenceSet(Period(parse_moment("2024-01-02")), "FREQ=DAILY", (parse_moment("2025"),)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_dates_travel(value: object) -> None:
    travelled = pickle.loads(pickle.dumps(value))  # noqa: S301 - its own bytes
    assert (travelled, hash(travelled)) == (value, hash(value))
