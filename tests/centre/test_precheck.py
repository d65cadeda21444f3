"""Pre-checks are counted: a desk asks for so many properties a day, for one as often as needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from desktop.actions import precheck
from desktop.centre.records.overlay import note_visit
from desktop.demo.city import Scenario
from desktop.domain.city import City
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import Plate
from desktop.domain.people import Applicant, Party
from desktop.domain.persian import strip_isolates
from desktop.wire.payloads import PrecheckAnswer
from tests.town import Town


@pytest.fixture
def three_a_day(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A municipality that lets a desk look up three properties a day."""
    reference = town.house.centre.reference
    whole = reference.city

    def city(session: Session, day: date) -> City:
        return replace(whole(session, day), prechecks_a_day=3)

    monkeypatch.setattr(reference, "city", city)
    return town


def ask(town: Town, number: int) -> PrecheckAnswer:
    record = town.record(Scenario.CLEAN, number)
    party = Party(Applicant.OWNER, record.owners[0].person_id)
    return precheck.precheck(town.crew.clerk, "clearance", party, str(record.code), None, "yes", {})


def test_a_desk_asks_for_so_many_properties_a_day(three_a_day: Town) -> None:
    town = three_a_day
    assert [ask(town, number).left for number in (0, 1, 1, 0, 2)] == [2, 1, 1, 1, 0]
    with pytest.raises(Refusal, match="۳ ملک را پیش‌بررسی کرده"):
        ask(town, 3)
    # What was asked for once may be asked for again; the next day begins anew.
    assert ask(town, 2).found
    town.clock.moment += timedelta(days=1)
    assert ask(town, 3).left == 2


def test_a_visit_that_no_export_knows_of_yet_says_where_it_is_known_from(town: Town) -> None:
    record = town.record(Scenario.CLEAN)
    assert "به گزارش" not in ask(town, 0).summary
    with town.house.centre.writing() as session:
        note_visit(session, record.code, town.clock.moment.date())
    assert "آخرین بازدید: ۱۴۰۵/۰۹/۰۳، به گزارش مأمور بازدید" in strip_isolates(ask(town, 0).summary)


def test_a_request_is_registered_when_nothing_may_be_asked(three_a_day: Town) -> None:
    town = three_a_day
    for number in range(3):
        ask(town, number)
    assert town.register(town.record(Scenario.CLEAN, 4))


def test_a_spent_code_with_other_plates_is_another_property(three_a_day: Town) -> None:
    town = three_a_day
    plates = [Plate(1, 65, sub) for sub in range(4)]
    owner = Party(Applicant.OWNER, town.record(Scenario.CLEAN).owners[0].person_id)

    def by_plate(code: str, plate: Plate, unchanged: str = "yes") -> int:
        seat = town.crew.clerk
        return precheck.precheck(seat, "clearance", owner, code, plate, unchanged, {}).left

    assert by_plate("1-99-99-9-0-0-0", plates[0]) == 2
    # The same one with another declaration is no other property, with a plate alone either.
    assert by_plate("1-99-99-9-0-0-0", plates[0], "no") == 2
    assert by_plate("1-99-99-9-0-0-0", plates[1]) == 1
    assert by_plate("", plates[2]) == 0
    assert by_plate("", plates[2], "no") == 0
    with pytest.raises(Refusal, match="سهم آن تمام است"):
        by_plate("1-99-99-9-0-0-0", plates[3])


def test_a_code_and_a_plate_of_two_properties_are_told_to_the_clerk(town: Town) -> None:
    record, other = town.record(Scenario.CLEAN, 0), town.record(Scenario.CLEAN, 1)
    owner = Party(Applicant.OWNER, record.owners[0].person_id)
    seat, code = town.crew.clerk, str(record.code)
    told = precheck.precheck(seat, "clearance", owner, code, other.plate, "yes", {})
    assert told.several
    assert record.plate is not None
    seen = next(finding.seen for finding in told.findings if finding.gate == "ambiguous-record")
    assert record.plate.words in strip_isolates(seen)
    assert not precheck.precheck(seat, "clearance", owner, code, record.plate, "yes", {}).several
