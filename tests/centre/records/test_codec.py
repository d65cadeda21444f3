"""A record's JSON: there and back, one text for one record, no floats."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from desktop.centre.records.codec import from_json, to_json
from desktop.demo.city import make_city
from tests.centre.records.writing import in_order

RECORDS = [item.record for item in make_city(300, 5, date(2026, 11, 24))]


def refuse_float(text: str) -> float:
    raise AssertionError(f"a float: {text}")


@pytest.mark.parametrize("doubted", [False, True])
def test_there_and_back(doubted: bool) -> None:
    for record in RECORDS:
        kept = replace(record, doubted=doubted)
        text = to_json(kept)
        again = from_json(text)
        assert in_order(again) == in_order(kept)
        assert to_json(again) == text


def test_the_text_is_canonical_and_without_floats() -> None:
    for record in RECORDS:
        text = to_json(record)
        body = json.loads(text, parse_float=refuse_float)
        assert json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == text


def test_the_order_in_which_things_came_does_not_show() -> None:
    record = max(RECORDS, key=lambda r: len(r.owners))
    assert len(record.owners) > 1
    assert to_json(replace(record, owners=record.owners[::-1])) == to_json(record)
