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
from plugins.front_matter.document import read_data, read_document
from plugins.front_matter.validation import known_keys
from plugins.models import KINDS, EventHeader, Header, Kind
from plugins.models.data import AddressesData, SendingsData, SiteData, TermsData, ThemesData
from plugins.views.events import event_view
from plugins.views.sheets import organisation_view, portrait_view
from plugins.views.site import Site
from plugins.views.teasers import teaser
from tests.contents import Files, event_named, index_of, load_files, record_at, warnings
from tests.every_field import DATA, FILES, STATIC, content


@pytest.fixture
def files() -> Files:
    return {**STATIC, **DATA, **{file: content(file) for file in FILES}}


def test_every_field_is_accepted(tmp_path: Path, files: Files) -> None:
    loaded = load_files(tmp_path, files)
    assert warnings(loaded) == []
    index = index_of(tmp_path, files)
    assert {record.address for record in index.published} == {
        "/actualites/essai-complet/",
        "/evenements/essai-complet/",
        "/evenements/seances/",
        "/evenements/en-mots/",
        "/evenements/trois-fois/",
        "/lettres/12/",
        "/chantiers/numerique/",
        "/organisations/reseau/",
        "/portraits/essai-complet/",
        "/metiers/essai-complet/",
        "/essai-complet/",
    }
    assert index.static_used == frozenset(STATIC)


DATA_MODELS: dict[str, type[BaseModel]] = {
    "adresses": AddressesData,
    "envois": SendingsData,
    "site": SiteData,
    "termes": TermsData,
    "themes": ThemesData,
}


def test_files_fill_every_field(tmp_path: Path, files: Files) -> None:
    """A field added to a model and forgotten here is told."""
    index = index_of(tmp_path, files)
    filled: set[str] = set()
    for file in FILES:
        record = record_at(index, file)
        document, _ = read_document(record.path, content(file).encode())
        assert document is not None
        filled |= set(_filled(record.kind.header, document.values))
    for name, model in DATA_MODELS.items():
        path = Path(f"donnees/{name}.yaml")
        document, _ = read_data(path, DATA[path.as_posix()].encode(), name)
        assert document is not None
        filled |= set(_filled(model, document.values))
    models: list[type[BaseModel]] = [
        *(kind.header for kind in KINDS),
        *DATA_MODELS.values(),
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
    index = index_of(tmp_path, files)
    site = Site(index, "https://passerelle.example")
    event = event_view(event_named(index, "essai-complet"), site)
    assert event.header.title == "L’essai\u00a0: complet"
    assert event.registration is not None
    assert (event.registration.places_label, event.registration.is_full) == (
        "40\u00a0places",
        False,
    )
    assert event.series_line == "3e\u00a0déjeuner passerelle, saison\u00a02023"
    assert event.group == teaser(record_at(index, "collectifs/numerique.md"), index)
    assert [report.address for report in event.reports] == ["/actualites/essai-complet/"]
    (organisation,) = index.organisations
    (figure,) = organisation_view(organisation, site).figures
    assert (figure.value, figure.unit, figure.as_of) == ("1\u202f220", "personnes", "2023")
    election_day = portrait_view(index.portraits[0], site).election_day
    assert election_day is not None
    assert election_day.full == "14\u00a0juin 2024"
    first, second = index.occurrences_of(event_named(index, "seances"))
    assert (first.session_title, first.place_parts, first.status) == (
        "Première",
        ("Nantes",),
        "reporté",
    )
    assert second.is_approximate


def test_headers_are_frozen(tmp_path: Path, files: Files) -> None:
    header = record_at(index_of(tmp_path, files), "pages/complet.md").header
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
    one, other = (record_at(index_of(tmp_path / n, files), file).header for n in ("a", "b"))
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
