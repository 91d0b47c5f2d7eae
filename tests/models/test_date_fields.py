"""Dates in a model: what a field reads, writes and tells the tools that complete it."""

import datetime as dt

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from plugins.dates.moments import Precision
from plugins.dates.parsing import parse_moment
from plugins.models.fields import PublicationDate, When


class Model(BaseModel):
    start: When
    published: PublicationDate | None = None


def test_a_model_reads_and_writes_moments() -> None:
    model = Model.model_validate({"start": "2024-T4", "published": "2024-01-08"})
    assert model.start.precision is Precision.QUARTER
    assert Model(start=model.start).start is model.start
    written = model.model_dump_json()
    assert written == '{"start":"2024-36","published":"2024-01-08T00:00:00+01:00"}'
    assert Model.model_validate_json(written).start == model.start


def test_a_model_reads_what_yaml_may_have_typed() -> None:
    assert Model.model_validate({"start": dt.date(2024, 3, 25)}).start.text == "2024-03-25"
    assert Model.model_validate({"start": 2024}).start.text == "2024"


@pytest.mark.parametrize("value", [True, None, 1.5, ["2024"], {}])
def test_a_model_refuses_other_types_in_french(value: object) -> None:
    with pytest.raises(ValidationError, match="n’est pas une date"):
        Model.model_validate({"start": value})


def test_the_schema_helps_the_editor() -> None:
    schema = TypeAdapter(When).json_schema()
    assert schema["type"] == "string"
    assert all(parse_moment(example) for example in schema["examples"])
