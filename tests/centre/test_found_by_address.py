"""A case is found by the address of its property: at its office, and at a municipal desk."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.actions import board
from desktop.centre import queueing
from desktop.centre.tables import CaseRow
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain.identifiers import short_number
from desktop.domain.office import within_city
from desktop.domain.persian import to_persian_digits
from desktop.domain.property import PropertyRecord
from desktop.ui.pages.search import parts
from desktop.wire.payloads import QueueAnswer
from tests.town import Town

pytestmark = pytest.mark.slow


@pytest.fixture
def town(quick_town: Town) -> Town:
    return quick_town


def heard(town: Town) -> None:
    for running in (town.house.office, town.house.municipality):
        running.sync()


def told(town: Town, typed: str) -> QueueAnswer:
    return board.municipal_queue(town.crew.supervisor, text=typed)


def elsewhere(town: Town, number: int) -> PropertyRecord:
    """A property in another street than that of the number."""
    streets = [set(words_of(town.record(Scenario.CLEAN, n).address)[1:]) for n in range(40)]
    return next(
        town.record(Scenario.CLEAN, n) for n in range(40) if not streets[n] & streets[number]
    )


def words_of(address: str) -> list[str]:
    """Street and plaque of an address, as a person would type them: in any order."""
    parts_of = [part.strip() for part in within_city(address).split("،") if part.strip()]
    return [parts_of[-1], *parts_of[:-1]]


def test_an_office_finds_its_case_by_street_and_plaque(town: Town) -> None:
    record, other = town.record(Scenario.CLEAN, 3), elsewhere(town, 3)
    case_id, another = town.register(record), town.register(other)
    heard(town)
    desk = town.crew.clerk.desk
    typed = " ".join(words_of(record.address))
    for each in (typed, to_persian_digits(typed), typed.replace("ی", "ي")):
        found = [case.case_id for case in board.find(desk, each).cases]
        assert case_id in found, each
        assert another not in found
    (line,) = [
        line for line in parts.find(town.crew.clerk, typed).cases if case_id in str(line.place)
    ]
    assert to_persian_digits(within_city(record.address)) in line.detail
    # Of what was not typed the plaque alone is told.
    street = within_city(record.address).split("، ")[1]
    shown = parts.find(town.crew.clerk, street).cases[0].detail
    assert shown.startswith(to_persian_digits(f"{street}، پلاک"))
    # Who is looked for by name is not told where he lives beside it.
    named = parts.find(town.crew.clerk, board.look(desk, case_id).case.request.party.name)  # type: ignore[union-attr]
    assert all("پلاک" not in line.detail for line in named.cases)


def test_a_municipal_desk_finds_it_through_the_centre_before_there_is_a_letter(
    town: Town,
) -> None:
    record = town.record(Scenario.DEMOLITION, 1)
    case_id = town.register(record, "no-violation")
    heard(town)
    answer = told(town, " ".join(words_of(record.address)))
    assert case_id in {row.case_id for row in answer.rows}
    assert {row.address for row in answer.rows if row.case_id == case_id} == {record.address}
    street = within_city(record.address).split("، ")[1]
    (hit,) = parts.find(town.crew.supervisor, f"{street} پلاک").cases
    assert hit.detail.startswith(to_persian_digits(f"{street}، پلاک"))
    # A list that nobody searched tells no address.
    assert {row.address for row in board.municipal_queue(town.crew.supervisor).rows} == {""}
    # Words of two cases name neither.
    other = elsewhere(town, 3)
    town.register(other)
    heard(town)
    both = f"{record.address} {other.address}"
    assert told(town, both).total == 0


def test_who_is_known_by_a_name_begun_or_a_short_number_is_found_as_at_an_office(
    town: Town,
) -> None:
    case_id = town.register(town.record(Scenario.CLEAN, 1))
    heard(town)
    clerk = town.crew.clerk
    case = case_now(clerk, case_id)
    name, tracking = case.request.party.name, case.request.tracking
    shown = short_number(tracking)
    for typed in (name, name[:-1], shown, to_persian_digits(shown), tracking, tracking[:6]):
        answer = told(town, typed)
        assert case_id in {row.case_id for row in answer.rows}, typed
        assert case_id in {each.case_id for each in board.find(clerk.desk, typed).cases}, typed
    # A word that is not the last is whole, as there.
    first, *_, last = name.split()
    for typed in (f"{first[:-1]} {last}", "—", "' | 'x", 'x" OR "'):
        assert told(town, typed).total == 0
        assert not board.find(clerk.desk, typed).cases


def test_of_what_many_match_it_is_said_that_more_do(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        town.register(town.record(Scenario.CLEAN, number))
    heard(town)
    whole = told(town, "یزد")
    assert (whole.total, whole.cut) == (3, False)
    monkeypatch.setattr(queueing, "MOST_FOUND", 2)
    few = told(town, "یزد")
    assert (few.total, few.cut) == (2, True)
    assert told(town, "").total == 3


def test_words_that_a_case_no_longer_has_find_it_no_more(town: Town) -> None:
    case_id = town.register(town.record(Scenario.CLEAN, 1))
    heard(town)
    with town.house.centre.writing() as session:
        row = session.scalars(select(CaseRow).where(CaseRow.case_id == case_id)).one()
        row.folded = "کلمهٔ دیگر"
    with town.house.centre.writing() as session:
        row = session.scalars(select(CaseRow).where(CaseRow.case_id == case_id)).one()
        row.folded = "باغستان"
    assert told(town, "دیگر").total == told(town, "یزد").total == 0
    # Nor is it found by what its key is kept as.
    assert told(town, case_id.encode().hex().upper()[:8]).total == 0
    assert {row.case_id for row in told(town, "باغ").rows} == {case_id}
