"""The configuration of the form has every field of every model, as the models have it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import pytest

from plugins.models import KINDS, Kind
from plugins.models.blocks import BLOCKS
from plugins.models.data import AddressesData, FormSettings, SiteData, TermsData, ThemesData
from plugins.models.description import FieldDescription, fields_of
from plugins.models.fields import Part, ValueKind
from plugins.outputs.form.configuration import ARGUMENT, BODY, CONTENT, Choice, FormSource, to_json
from plugins.outputs.form.patterns import PATTERNS
from plugins.outputs.form.words import label_of
from tests.sites import ROOT

Json: TypeAlias = dict[str, Any]

GROUPS = (Choice("numerique", "Numérique (collectif)"),)
SOURCE = FormSource(
    "Passerelle",
    "https://passerelle.example",
    "/main.css",
    "/favicon.svg",
    contents=(Choice("bilan", "Bilan (article)"), Choice("bilan", "Bilan (événement)")),
    groups=GROUPS,
)
DATA: dict[str, type[Part]] = {
    "site": SiteData,
    "themes": ThemesData,
    "termes": TermsData,
    "adresses": AddressesData,
}
WIDGETS = {
    ValueKind.YES_NO: {"boolean"},
    ValueKind.CHOICE: {"select"},
    ValueKind.INTEGER: {"number"},
    ValueKind.PICTURE: {"image"},
    ValueKind.FILE: {"file"},
    ValueKind.REFERENCE: {"relation", "select"},
}


def configuration(source: FormSource = SOURCE) -> Json:
    found: Json = json.loads(to_json(source))
    return found


def named(items: list[Json], name: str) -> Json:
    return next(item for item in items if item["name"] == name)


def with_settings(**settings: str) -> Json:
    source = FormSource(
        "P",
        "https://p.example",
        "/",
        "/",
        FormSettings.model_validate({"depot": "a/b", **settings}),
    )
    found: Json = configuration(source)["cms"]
    return found


def shown(fields: list[Any]) -> dict[str, Any]:
    """Return the fields of a form, by their names, groups within groups."""
    return {f["name"]: shown(f["fields"]) if "fields" in f else f["widget"] for f in fields}


def described(fields: tuple[FieldDescription, ...]) -> dict[str, Any]:
    return {f.name: described(f.fields) if f.fields else f for f in fields}


def names(fields: dict[str, Any]) -> dict[str, Any]:
    return {n: names(inner) if isinstance(inner, dict) else None for n, inner in fields.items()}


def every_field() -> Iterator[tuple[dict[str, Any], FieldDescription]]:
    """Yield each field of the form that is no group, with its description."""
    found = configuration()
    for kind in KINDS:
        form = named(found["cms"]["collections"], kind.folder)["fields"]
        yield from pairs(form, fields_of(kind.header))
    for name, model in DATA.items():
        yield from pairs(named(found["cms"]["singletons"], name)["fields"], fields_of(model))
    for name, block in BLOCKS.items():
        yield from pairs(named(found["blocks"], name)["fields"], fields_of(block))


def pairs(
    form: list[Any], fields: tuple[FieldDescription, ...]
) -> Iterator[tuple[dict[str, Any], FieldDescription]]:
    for field in fields:
        if field.fields:
            yield from pairs(named(form, field.name)["fields"], field.fields)
        else:
            yield named(form, field.name), field


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_of_a_content_type_is_in_the_form(kind: Kind) -> None:
    collection = named(configuration()["cms"]["collections"], kind.folder)
    expected = names(described(fields_of(kind.header))) | {BODY: None}
    assert names(shown(collection["fields"])) == expected


@pytest.mark.parametrize("name", DATA)
def test_every_field_of_a_data_file_is_in_the_form(name: str) -> None:
    file = named(configuration()["cms"]["singletons"], name)
    assert file["file"] == f"content/donnees/{name}.yaml"
    assert names(shown(file["fields"])) == names(described(fields_of(DATA[name])))


def test_every_data_file_is_in_the_form() -> None:
    files = {path.stem for path in (ROOT / "content" / "donnees").glob("*.yaml")}
    assert {file["name"] for file in configuration()["cms"]["singletons"]} == files


@pytest.mark.parametrize("name", BLOCKS)
def test_every_option_of_a_block_is_in_the_form(name: str) -> None:
    block = BLOCKS[name]
    extra = {ARGUMENT} if block.ARGUMENT else set()
    extra |= {CONTENT} if block.HAS_CONTENT else set()
    form = named(configuration()["blocks"], name)
    assert shown(form["fields"]).keys() == {f.name for f in fields_of(block)} | extra


def test_fields_are_what_the_models_say() -> None:
    for form, field in every_field():
        assert form["widget"] in WIDGETS.get(field.kind, {"string", "text"}) or field.is_list, form
        assert form["label"]
        assert form["hint"]
        if field.is_required and field.kind is not ValueKind.YES_NO:
            assert form["required"], form
        if field.choices:
            assert form["options"] == list(field.choices)
        if field.longest:
            assert form["maxlength"] == field.longest


def test_what_reading_and_writing_takes_is_said_of_every_field() -> None:
    formats = configuration()["formats"]
    for kind in KINDS:
        told = formats[f"{kind.name}-frontmatter"]
        assert told["body"] == BODY
        found = {f["name"] for f in told["fields"]}
        assert found == {f.name for f in fields_of(kind.header)}
    assert formats["themes"]["is_list"]
    assert not formats["site"]["is_list"]


def test_what_is_required_comes_first_and_what_is_seldom_written_last() -> None:
    collections = configuration()["cms"]["collections"]
    article = [f["name"] for f in named(collections, "articles")["fields"]]
    assert article[:4] == ["titre", "resume", "date", "rubrique"]
    assert article.index("evenement") < article.index(BODY) < article.index("statut")
    assert article[-2:] == ["expire_le", "lang"]
    event = [f["name"] for f in named(collections, "evenements")["fields"]]
    assert event[:4] == ["titre", "resume", "debut", "fin"]


def test_a_new_content_is_a_draft_unless_each_change_is_reviewed() -> None:
    for found, status in (
        (configuration()["cms"], "brouillon"),
        (with_settings(forge="gitlab"), "brouillon"),
        (with_settings(forge="gitlab", relecture="oui"), "publié"),
    ):
        field = named(named(found["collections"], "articles")["fields"], "statut")
        assert (field["default"], field["required"]) == (status, True)


def test_references_are_chosen_among_contents() -> None:
    collections = configuration()["cms"]["collections"]
    article = named(collections, "articles")["fields"]
    assert named(article, "evenement")["collection"] == "evenements"
    assert named(article, "collectifs")["multiple"]
    assert named(article, "themes")["file"] == "themes"
    group = named(named(collections, "evenements")["fields"], "collectif")
    assert group["options"] == [
        {"value": "tous", "label": "Tous les collectifs"},
        {"value": "numerique", "label": "Numérique (collectif)"},
    ]
    # Sveltia CMS refuses a value that is offered twice.
    see_also = named(named(collections, "metiers")["fields"], "voir_aussi")
    assert see_also["options"] == [{"value": "bilan", "label": "Bilan (article)"}]


@pytest.mark.parametrize(
    ("settings", "backend"),
    [
        (
            {"forge": "gitlab", "connexion": "abc", "adresse": "https://git.exemple.fr/"},
            {
                "name": "gitlab",
                "base_url": "https://git.exemple.fr",
                "api_root": "https://git.exemple.fr/api/v4",
                "app_id": "abc",
                "auth_type": "pkce",
            },
        ),
        ({"forge": "github"}, {"name": "github", "auth_methods": ["token"]}),
        (
            {"forge": "github", "connexion": "https://relais.exemple.fr", "branche": "main"},
            {"name": "github", "branch": "main", "base_url": "https://relais.exemple.fr"},
        ),
        ({"forge": "gitea", "connexion": "abc"}, {"name": "gitea", "app_id": "abc"}),
    ],
)
def test_the_forge_is_reached_as_it_wants(
    settings: dict[str, str], backend: dict[str, object]
) -> None:
    found = with_settings(**settings)["backend"]
    del found["commit_messages"]
    assert found == {"repo": "a/b", **backend}


def test_a_review_is_a_merge_request() -> None:
    assert with_settings(forge="gitlab", relecture="oui")["publish_mode"] == "editorial_workflow"
    assert with_settings(forge="gitea")["publish_mode"] == "simple"


@pytest.mark.parametrize(
    ("kind", "accepted", "refused"),
    [
        (
            ValueKind.MOMENT,
            [
                *("2024-03-25", "2024-02-07 17:00", "2024-02-07 17h", "2024-02-07 17 h 30"),
                *("2024-03", "2024-T4", "2024-36", "2024-S1", "2024", "2024-03-25?", "2024~"),
            ],
            ["07/02/2027", "le 3 juin", "2024-3-25", "17:00", "2024-T5", "2024-03-25? 17:00"],
        ),
        (ValueKind.END, ["18:30", "18h", "2024-03-26", "2024-03-26 12:00"], ["18", "midi"]),
        (
            ValueKind.PUBLICATION,
            ["2024-01-08", "2024-01-08 09:30", "2024-01-08T09:30:00+01:00", "2024-01-08 9h30"],
            ["2024-01", "2024", "8 janvier 2024"],
        ),
        (ValueKind.SLUG, ["a-b-2", "x"], ["A", "a--b", "é", "a b", "-a"]),
        (ValueKind.MAILBOX, ["a.b@exemple.fr"], ["a@b", "a b@exemple.fr"]),
        (ValueKind.WEB_ADDRESS, ["https://exemple.fr/a"], ["exemple.fr", "https://a b"]),
        (ValueKind.NUMBER, ["1220", "1 220", "12,5", "1\u202f220"], ["douze", "1,2,3"]),
        (ValueKind.COORDINATES, ["49.4938, 0.1077", "-1,2"], ["49.4938", "Paris"]),
        (
            ValueKind.FOCAL_POINT,
            ["haut", "haut gauche", "centre", "30 % 20 %", "30% 20%"],
            ["milieu", "30 20"],
        ),
    ],
    ids=lambda value: value.name if isinstance(value, ValueKind) else "",
)
def test_patterns_take_what_the_models_take(
    kind: ValueKind, accepted: list[str], refused: list[str]
) -> None:
    pattern = re.compile(PATTERNS[kind].expression)
    assert [value for value in accepted if not pattern.search(value)] == []
    assert [value for value in refused if pattern.search(value)] == []


def test_every_example_of_the_guide_passes_the_pattern_of_its_field() -> None:
    for form, field in every_field():
        if pattern := form.get("pattern"):
            for example in field.examples:
                assert re.search(pattern[0], example), (field.name, example)


def test_labels_are_french_words() -> None:
    assert label_of("resume") == "Résumé"
    assert label_of("redacteurs_en_chef") == "Rédacteurs en chef"
    assert label_of("message") == "Message"
