"""A property that is named by its plate alone is the one that was found, wherever it is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.actions import board, intake, objections, reviewing
from desktop.centre.watching import doubles
from desktop.demo.city import Scenario
from desktop.demo.filling import Asker, fill
from desktop.demo.following import book, case_now
from desktop.domain.contest import Contested
from desktop.domain.people import Applicant
from desktop.domain.property import PropertyRecord
from desktop.domain.service import Service
from tests.delegated import refusals
from tests.heirs import open_heir
from tests.objected import today
from tests.town import Town

pytestmark = pytest.mark.slow


def by_plate(town: Town, record: PropertyRecord, service: Service, **answers: str) -> str:
    """A request in which the plate stands, and no code."""
    clerk, plate = town.crew.clerk, record.plate
    assert plate is not None
    asker = Asker(
        applicant=Applicant.OWNER, owner=record.owners[0], record=record, code=str(record.code),
        answers=answers, unchanged="" if answers else "yes", body="", letter_number="",
    )  # fmt: skip
    filled = replace(
        fill(service, asker, intake.figures(clerk.desk), today(town)),
        code="", plate_section=str(plate.section), plate_main=str(plate.main),
        plate_sub=str(plate.sub),
    )  # fmt: skip
    paid = intake.FeePayment("terminal", f"{next(town.slips)}")
    case_id = intake.register(clerk, service, filled, None if answers else paid).case_id
    town.house.office.sync()
    town.house.municipality.sync()
    return case_id


def test_it_stands_in_lists_counts_and_files_as_one_with_a_code(
    small_town: Town, tmp_path: Path
) -> None:
    town, supervisor = small_town, small_town.crew.supervisor
    record = town.record(Scenario.OLD_VISIT)
    service = intake.services(town.crew.clerk.desk)["no-violation"]
    first = by_plate(town, record, service)
    case = case_now(town.crew.clerk, first)
    assert (case.request.code, case.code) == ("", str(record.code))
    told = board.city_day(supervisor, today(town), days=1)
    assert [(part.part, part.received) for part in told.districts] == [(str(case.district), 1)]
    queue = board.municipal_queue(supervisor, district=case.district)
    assert [row.case_id for row in queue.rows] == [first]
    # Who looks at the next one of the property is shown this one.
    second = town.register(record, "no-violation")
    book(town.crew, case_now(town.crew.clerk, second))
    assert reviewing.file(supervisor, second).earlier_total == 1
    # At two offices they are a double.
    heir = open_heir(town, tmp_path)
    replace(town, crew=heir.crew).register(record, "no-violation")
    heir.hear()
    with town.house.centre.reading() as session:
        assert first in {each.first.case_id for each in doubles(session)} | {
            each.second.case_id for each in doubles(session)
        }


def test_of_one_thing_there_is_one_open_objection(small_town: Town) -> None:
    town = small_town
    record = town.record(Scenario.CLEAN)
    service = objections.service_of(town.crew.clerk.desk)
    assert service is not None
    contested = {"contested": Contested.LAND.value, "grounds": "سند مساحت دیگری دارد"}
    by_plate(town, record, service, **contested)
    by_plate(town, record, service, **contested)
    assert [kind for kind, _ in refusals(town, "office:21")] == ["register"]
