"""A visit's measures go into what is worked out of the record: the decision and the letter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.actions import visits
from desktop.centre.reference import publication
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now, pay, report, visited_on
from desktop.domain.calendar import TEHRAN
from desktop.domain.letter import LetterKind
from desktop.domain.state import State
from desktop.domain.stream import Topic
from desktop.forms.blocks import expand
from tests.centre.test_letters import REPORT
from tests.houses import MORNING
from tests.plain_service import NAME, plain_text
from tests.town import Town

TABLES = """
[[field]]
key = "address"
label = "نشانی"
kind = "text"

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

[[field]]
key = "price"
label = "ارزش"
kind = "money"
formula = "land * 1250.5"

[[tariff]]
key = "worth"
title = "عوارض ارزش"
purse = "municipality"
amount = "price * record.floors"
"""
EXAMPLE = """
[[example]]
name = "تغییر بنا"
record = "clean"
outcome = "visit"
unchanged = "no"
answers = { land = "1" }
"""
LETTER = "عرصه {{ fields.land }} و {{ fields.floors }} طبقه، به ارزش {{ fields.price }} ریال است."


def offered(town: Town) -> None:
    """A service whose money rests on the record, offered from this morning."""
    gates = '"self-declaration", { use = "charge", charges = ["worth"] }'
    text = plain_text(TABLES, gates=gates, letter=LETTER, example=EXAMPLE)
    text = expand(text.replace("declares = false", "declares = true"), NAME).text
    day = MORNING.date()
    town.house.put_in_force([publication(Topic.SERVICE, "plain", day, text)])


@pytest.mark.slow
def test_measured_land_goes_into_the_sum_that_is_asked_and_into_the_letter(town: Town) -> None:
    offered(town)
    record = town.record(Scenario.CLEAN)
    case_id = town.register(record, "plain", unchanged="no")
    case = case_now(town.crew.clerk, case_id)
    registered = dict(case.request.answers)
    assert registered["land"] == f"{record.land:.2f}"
    assert case.state is State.VISIT_DUE
    before = case.decision
    book(town.crew, case)
    report(town.crew, case_now(town.crew.clerk, case_id), town.clock.moment)
    case = case_now(town.crew.clerk, case_id)
    # 240.50 m² and two floors were measured: 300,745 Rial (half up), twice, in whole thousands.
    assert case.state is State.PAY_DUE
    assert [owed.amount for owed in case.unpaid] == [601_000]
    assert before is not None
    assert before.amount != 601_000, "the record said otherwise"
    pay(town.crew, case, town.clock.moment)
    case = case_now(town.crew.clerk, case_id)
    assert case.answer is not None
    words = case.answer.letter.text.paragraphs[0]
    assert words == "عرصه ۲۴۰٫۵۰ و ۲ طبقه، به ارزش ۳۰۰٬۷۴۵ ریال است."
    assert case.request.answers == registered, "the request is as it was registered"


@pytest.mark.slow
def test_a_property_without_a_record_is_charged_by_what_the_visit_measured(town: Town) -> None:
    offered(town)
    case_id = town.register(None, "plain", code="2-900-1-1-1-0-0", land="777")
    book(town.crew, case_now(town.crew.clerk, case_id))
    there = town.clock.moment.astimezone(TEHRAN).date()
    shown = visited_on(town.crew, case_now(town.crew.clerk, case_id), there)
    seen = replace(REPORT, visited_at=town.clock.moment, land="100.00", floors=3)
    visits.report(town.crew.inspector, shown, seen)
    town.house.office.sync()
    case = case_now(town.crew.clerk, case_id)
    # 100 m² in place of the declared 777: 125,050 Rial, three times, in whole thousands.
    assert [owed.amount for owed in case.unpaid] == [375_000]
    held = case.debt_letter
    assert held is not None
    assert held.letter.kind is LetterKind.DEBT
