"""Every field of every body that arrives has its bound; none has two meanings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Annotated, Any, cast, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel, ValidationError

from desktop.domain import commands
from desktop.domain.identifiers import is_tracking_code
from desktop.domain.request import SeenViolation, Side
from desktop.wire import calls
from desktop.wire.arrival import Misread, demand_bounded
from desktop.wire.assent import Assent
from desktop.wire.bounds import MOST
from desktop.wire.calls import Call
from desktop.wire.payloads import PullAsk, SlotsAsk

Schema = dict[str, Any]


def unbounded(schema: Schema, defined: Schema, where: str) -> Iterator[str]:
    """The ways to values that could be of any size."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        # A body within a body is looked at where it stands; none holds itself.
        yield from unbounded(defined[name], defined, where)
        return
    for other in schema.get("anyOf", ()):
        yield from unbounded(other, defined, where)
    kind = schema.get("type")
    bounded = {"maxLength", "pattern", "enum"} & schema.keys()
    dated = schema.get("format") in ("date", "date-time")
    if kind == "string" and not bounded and not dated:
        yield where
    if kind in ("integer", "number") and not {"minimum", "maximum"} <= schema.keys():
        yield where
    if kind == "array":
        if "maxItems" not in schema:
            yield where
        yield from unbounded(schema["items"], defined, f"{where}[]")
    if kind == "object" and "properties" not in schema:
        if "maxProperties" not in schema:
            yield where
        yield from unbounded(schema["propertyNames"], defined, f"{where} key")
        yield from unbounded(schema["additionalProperties"], defined, f"{where}{{}}")
    for key, value in schema.get("properties", {}).items():
        yield from unbounded(value, defined, f"{where}.{key}")


@pytest.mark.parametrize("call", calls.ALL, ids=lambda call: call.path)
def test_every_field_of_every_call_is_bounded(call: Call[Any, Any]) -> None:
    schema = call.ask.model_json_schema()
    assert not list(unbounded(schema, schema.get("$defs", {}), call.path))
    assert schema["additionalProperties"] is False


def any_days(kind: Any, where: str) -> Iterator[str]:
    """Where a day may be any at all: a schema tells no bounds of days."""
    if kind is date:
        yield where
    elif get_origin(kind) is Annotated:
        inner = get_args(kind)[0]
        if inner is not date:
            yield from any_days(inner, where)
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        told = get_type_hints(kind, include_extras=True)
        for name in kind.model_fields:
            yield from any_days(told[name], f"{where}.{name}")
    else:
        for part in get_args(kind):
            yield from any_days(part, where)


@pytest.mark.parametrize("call", calls.ALL, ids=lambda call: call.path)
def test_every_day_of_every_call_is_one_that_can_be(call: Call[Any, Any]) -> None:
    assert list(any_days(call.ask, call.path)) == []


@pytest.mark.parametrize("number", ["1", 1.0, True, -1, MOST + 1, 10**400, None, "NaN"])
def test_a_whole_number_is_a_number(number: Any) -> None:
    for body in ({"district": number, "count": 1}, {"district": 1, "count": number}):
        with pytest.raises(ValidationError):
            SlotsAsk.model_validate(body, strict=True)
    with pytest.raises(ValidationError):
        PullAsk.model_validate({"cursors": {"city": number}}, strict=True)


@pytest.mark.parametrize(
    "at", ["2026-11-24T07:12:00", "2026-11-24", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", ""]
)
def test_a_moment_has_a_zone_and_can_be(at: str) -> None:
    said = f'{{"actor":"a","reason":"","at":"{at}","signature":""}}'
    with pytest.raises(ValidationError):
        Assent.model_validate_json(said, strict=True)


MOMENT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MISSED = commands.MissVisit("absent", "", MOMENT)


def test_what_no_zone_measure_or_column_could_hold_is_misread() -> None:
    demand_bounded(MISSED)
    with pytest.raises(Misread, match="time zone"):
        demand_bounded(replace(MISSED, at=MOMENT.replace(tzinfo=None)))
    side = Side("12.40", "12.38", "گذر")
    seen = SeenViolation("اضافه‌بنا", "۱", "18.5", "", 1)
    for sound in (side, seen):
        demand_bounded(cast(commands.Payload, sound))
    measured = replace(side, deed="abc"), replace(side, length="۱۲"), replace(seen, area="-3")
    for strange in measured:
        with pytest.raises(Misread, match="no measure"):
            demand_bounded(cast(commands.Payload, strange))
    with pytest.raises(Misread, match="too long"):
        demand_bounded(commands.AssignCase("x" * 37, "دلیل"))


def test_a_digit_that_is_none_makes_no_tracking_code() -> None:
    assert not is_tracking_code("²" * 15)
