"""What a decision rests on: the record where it is known, else what was declared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.people import Applicant, Party
from desktop.domain.property import Found, LookUp, PropertyRecord
from desktop.domain.request import Request
from desktop.domain.service import Service
from desktop.forms.answers import decided_upon
from tests.plain_service import plain_service
from tests.shipped import RECORDS

DAY = date(2026, 11, 24)
TABLES = """
[[field]]
key = "land"
label = "عرصه"
kind = "area"
record = "land"
required = true

[[field]]
key = "floors"
label = "طبقه‌ها"
kind = "whole"
record = "floors"
when = { record = "found" }

[[field]]
key = "place"
label = "نشانی"
kind = "text"
when = { record = ["none", "unknown"] }

[[field]]
key = "begun"
label = "آغاز"
kind = "date"

[[field]]
key = "price"
label = "بها"
kind = "money"
formula = "land * 1000"

[[field]]
key = "waited"
label = "روزها"
kind = "whole"
formula = "days(begun, today)"
"""


@pytest.fixture(scope="module")
def service() -> Service:
    return plain_service(TABLES)


def upon(service: Service, found: Found, **answers: str) -> dict[str, str]:
    """The answers as they are decided upon."""
    request = Request(
        service=service.code, version=service.version, tracking="", received_on=DAY,
        party=Party(Applicant.OWNER), code="", plate=None, unchanged="", answers=answers,
        documents=(),
    )  # fmt: skip
    return decided_upon(service, request, found)


def found(**changes: object) -> Found:
    """The clean record, changed."""
    clean = RECORDS["clean"](DAY).found
    assert clean.record is not None
    return replace(clean, record=replace(clean.record, **changes))  # type: ignore[arg-type]


NONE = Found(DAY, LookUp.NONE)


def test_the_record_stands_before_what_a_desk_without_a_line_let_be_typed(service: Service) -> None:
    typed = upon(service, found(), land="999.00", place="یزد")
    assert typed == {"land": "240.50", "floors": "2", "place": "یزد", "price": "240500"}
    assert upon(service, found(land=Decimal("250.25")), land="240.50")["price"] == "250250"


def test_what_the_record_lacks_is_as_it_was_declared(service: Service) -> None:
    assert upon(service, found(land=Decimal(0)), land="300.00")["price"] == "300000"
    assert upon(service, NONE, land="300.00", place="یزد") == {
        "land": "300.00",
        "place": "یزد",
        "price": "300000",
    }
    assert "price" not in upon(service, NONE)


def test_no_desk_is_believed_in_what_is_worked_out(service: Service) -> None:
    assert upon(service, found(), price="1")["price"] == "240500"
    assert "price" not in upon(service, NONE, price="1")
    assert upon(service, NONE, begun="2026-11-20", waited="99")["waited"] == "5"


@pytest.mark.parametrize(
    ("key", "text"), [("land", "زیاد"), ("begun", "yesterday"), ("land", "-5"), ("floors", "2.5")]
)
def test_what_nobody_can_read_is_not_decided_upon(service: Service, key: str, text: str) -> None:
    assert key not in upon(service, NONE, **{key: text})


def test_a_record_that_the_field_could_not_hold_leaves_what_was_declared() -> None:
    service = plain_service(
        TABLES.replace('kind = "whole"\nrecord', 'kind = "whole"\nmost = 1\nrecord')
    )
    assert upon(service, found(), floors="1")["floors"] == "1"


def test_a_record_made_by_a_visit_is_a_record(service: Service) -> None:
    record = RECORDS["clean"](DAY).code
    seen = PropertyRecord(record, land=Decimal("180.00"), floors=1)
    by_visit = Found(DAY, LookUp.FOUND, seen, by_visit=True)
    assert upon(service, by_visit, land="300.00") == {
        "land": "180.00",
        "floors": "1",
        "price": "180000",
    }
