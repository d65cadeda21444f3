"""Rows of requests.csv: which are invalid, and how the readable ones are put (RULES.md §5)."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.forms.example_records import OWNER_ID
from desktop.forms.requests import Find, answer
from tests.shipped import CITY, RECORDS, SHIPPED

DAY = date(2026, 11, 24)


def row(**cells: str) -> dict[str, str]:
    return {"service": "no-violation", "applicant": "owner", "applicant_id": OWNER_ID,
            "renewal_code": "2-14-308-27-1", "unchanged": "yes"} | cells  # fmt: skip


def here(name: str) -> Find:
    return lambda code, plate: RECORDS[name](DAY).found


Cells = dict[str, str]
PLATE = {"plate_section": "2", "plate_main": "65", "plate_sub": "0"}


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({}, "answer"),
        ({"service": "passport"}, "invalid"),
        ({"applicant": "neighbour"}, "invalid"),
        ({"applicant": "tenant"}, "invalid"),
        ({"applicant": "shopkeeper"}, "invalid"),
        ({"unchanged": "perhaps"}, "invalid"),
        ({"building": "castle"}, "invalid"),
        ({"deal": "loan"}, "invalid"),
        ({"applicant_id": ""}, "invalid"),
        ({"applicant_id": "9990001015"}, "invalid"),
        ({"applicant": "company"}, "invalid"),
        ({"applicant": "attorney"}, "invalid"),
        ({"applicant": "attorney", "represented_id": OWNER_ID}, "answer"),
        ({"applicant": "heir", "represented_id": "1"}, "invalid"),
        ({"applicant": "bank", "applicant_id": "", "unchanged": ""}, "answer"),
        ({"renewal_code": "2-14-308"}, "invalid"),
        ({"renewal_code": "2-14-0-27"}, "invalid"),
        ({"renewal_code": "2-14-308-27-0-4-0"}, "invalid"),
        ({"renewal_code": "", "plate_main": "65"}, "invalid"),
        ({"renewal_code": "2-abc", **PLATE}, "answer"),
        ({"renewal_code": "۲/۱۴/۳۰۸/۲۷/۱"}, "answer"),
        ({"service": "transfer"}, "invalid"),
        ({"service": "transfer", "deal": "sale"}, "invalid"),
        ({"service": "transfer", "deal": "sale", "building": "finished"}, "answer"),
    ],
)
def test_which_rows_are_invalid(cells: Cells, outcome: str) -> None:
    answered = answer(SHIPPED, row(**cells), here("clean"), DAY, CITY)
    assert answered.outcome == outcome
    if outcome == "invalid":
        assert (answered.gates, answered.amount) == ("", 0)
        assert answered.reason


def test_a_lost_leading_zero_is_put_back() -> None:
    answered = answer(
        SHIPPED, row(applicant_id="76229645", represented_id=""), here("clean"), DAY, CITY
    )
    assert answered.gates == "standing:review"


def test_the_letter_of_an_asking_body_is_not_looked_up_on_a_file() -> None:
    cells = row(service="inquiry", applicant="bank", applicant_id="")
    assert answer(SHIPPED, cells, here("clean"), DAY, CITY).gates == ""
    assert any(use.gate == "inquiry-letter" for use in SHIPPED["inquiry"].gates)
