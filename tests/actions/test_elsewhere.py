"""A citizen comes to another office with his case's code: its state, and a copy of its letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import select

from desktop.actions import board, elsewhere, letters, office_day, stamped_sheets
from desktop.centre.elsewhere import MOST_MISSES
from desktop.centre.reading_tables import ReadingLineRow
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, release
from desktop.demo.people import PASSWORD
from desktop.domain.elsewhere import FIRST, CopyGiven, CopyPrinted
from desktop.domain.errors import Refusal
from desktop.domain.recall import whom_to_tell
from desktop.domain.stamped_sheets import SheetRun
from desktop.forms import permits
from desktop.reports.letter.attachment import Sealed, read
from desktop.store import facts
from desktop.store.ledger import Printing
from desktop.store.work_items import ItemKind
from desktop.wire.codec import decode_fact
from desktop.wire.elsewhere import Hold
from desktop.wire.letter_code import decode, from_text
from tests.actions.printing_child import PRINTER
from tests.heirs import Heir, open_heir
from tests.town import Town

pytestmark = pytest.mark.slow

_Payload = TypeVar("_Payload")
WHY = "برای ارائه به بانک"
MOST = 3
"""So many the demo's municipality lets an office print by itself."""


@pytest.fixture
def other(small_town: Town, tmp_path: Path) -> Heir:
    """An office of another neighbourhood."""
    return open_heir(small_town, tmp_path)


def stamped(town: Town, number: int = 0) -> str:
    """A case of office 21 whose letter is stamped there."""
    case_id = town.register(town.record(Scenario.CLEAN, number))
    release(town.crew, case_now(town.crew.clerk, case_id))
    town.house.office.sync()
    return case_id


def shown(other: Heir, case_id: str) -> elsewhere.Shown:
    request = case_now(other.town.crew.clerk, case_id).request
    return elsewhere.look(other.crew.clerk, request.tracking, request.party.person_id)


def printed(other: Heir, of: elsewhere.Shown) -> Printing:
    """A copy of its letter out of the printer there."""
    seat = other.crew.manager
    given = elsewhere.take(seat, of, of.told.letters[0], WHY, PASSWORD)
    sheet = elsewhere.begin_print(seat, given, PRINTER, WHY, PASSWORD)
    elsewhere.end_print(seat, sheet, out=True)
    other.running.sync()
    return sheet


def told(other: Heir, kind: type[_Payload], stream: str) -> list[_Payload]:
    """What the facts of that kind say in the stream of an office's desk."""
    running = other.running if stream == "office:41" else other.town.house.office
    with running.desk.store.reading() as session:
        at = facts.cursors(session, [stream])[stream]
        texts = facts.texts_between(session, stream, 0, at.pos, at.pos)
    known = (decode_fact(text).payload for text in texts)
    return [payload for payload in known if isinstance(payload, kind)]


def test_the_state_of_a_case_is_told_by_code_and_id(other: Heir) -> None:
    case_id = stamped(other.town)
    of = shown(other, case_id)
    assert (of.told.case_id, of.told.office) == (case_id, other.town.crew.clerk.staff.office)
    assert of.service is not None
    (letter,) = of.told.letters
    assert (letter.hold, letter.given) == (Hold.IN_FORCE, 0)
    # It is written who looked.
    with other.town.house.centre.reading() as session:
        lines = session.scalars(select(ReadingLineRow).where(ReadingLineRow.case_id == case_id))
        assert other.crew.clerk.staff.staff_id in {line.actor for line in lines}


def test_a_copy_is_numbered_by_the_centre_signed_there_and_told_to_the_cases_office(
    other: Heir,
) -> None:
    case_id = stamped(other.town)
    sheet = printed(other, shown(other, case_id))
    assert sheet.copy == FIRST
    value = read(elsewhere.pdf_of(other.running.desk, sheet))
    assert isinstance(value, Sealed)
    assert decode(from_text(value.code)).copy == FIRST
    other.town.house.office.sync()
    (given,) = told(other, CopyGiven, "office:21")
    assert (given.reason, given.place) == (WHY, "دفتر پیشخوان 41")
    (item,) = board.items(other.town.crew.clerk.desk)
    assert item.kind is ItemKind.COPY_GIVEN
    # Its own copies are numbered as before.
    held = case_now(other.town.crew.clerk, case_id).letters[0]
    assert (held.next_copy, len(held.given)) == (1, 1)
    begun = letters.begin_print(other.town.crew.clerk, case_id, held, PRINTER, "")
    assert begun.copy == 1
    (out,) = told(other, CopyPrinted, "office:41")
    assert (out.copy, out.pages) == (FIRST, 1)


def test_until_paper_of_it_is_out_it_is_the_same_copy(other: Heir) -> None:
    of = shown(other, stamped(other.town))
    seat, letter = other.crew.manager, of.told.letters[0]
    # The answer was lost, or the power went: asked again.
    first, again = (elsewhere.take(seat, of, letter, WHY, PASSWORD) for _ in range(2))
    assert first == again
    assert printed(other, of).copy == FIRST
    # Printed once it is not printed again under that number, whatever was held back.
    with pytest.raises(Refusal, match="پیش از این چاپ"):
        elsewhere.begin_print(seat, first, PRINTER, WHY, PASSWORD)
    assert elsewhere.take(seat, of, letter, WHY, PASSWORD).copy_number == FIRST + 1


def test_a_spoiled_sheet_is_printed_once_more_under_its_number(other: Heir) -> None:
    of = shown(other, stamped(other.town))
    sheet = printed(other, of)
    ((unsaid, number),) = elsewhere.open_sheets(other.running.desk)
    assert (unsaid.print_id, number) == (sheet.print_id, of.told.letters[0].number)
    elsewhere.spoil(other.crew.manager, unsaid, "کاغذ گیر کرد")
    assert printed(other, of).copy == FIRST
    other.running.sync()
    assert [each.spoiled for each in told(other, CopyPrinted, "office:41")] == [
        "", "کاغذ گیر کرد", "",
    ]  # fmt: skip
    # Two sheets of paper went, one of them in vain.
    assert office_day.look(other.crew.manager).printed == (0, 1, 1)


def test_what_ended_since_is_not_given_again(other: Heir) -> None:
    town, case_id = other.town, stamped(other.town)
    of = shown(other, case_id)
    elsewhere.take(other.crew.manager, of, of.told.letters[0], WHY, PASSWORD)
    town.house.office.sync()
    held = case_now(town.crew.clerk, case_id).letters[0]
    # A copy is out: the office of the case ends it no more by itself.
    with pytest.raises(Refusal, match="شهرداری"):
        following.void(town.crew.manager, case_id, held.letter.letter_id, "نشانی اشتباه")
    following.end_given(town.crew, case_id, held.letter.letter_id, "نشانی اشتباه است")
    town.house.office.sync()
    with pytest.raises(Refusal):
        elsewhere.take(other.crew.manager, of, of.told.letters[0], WHY, PASSWORD)
    case = case_now(town.crew.clerk, case_id)
    assert "دفتر پیشخوان 41" in whom_to_tell(case, case.letters[0])


def test_an_office_that_was_stopped_learns_nothing(
    other: Heir, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = stamped(other.town)
    monkeypatch.setattr(permits, "stopped_office", lambda *_: object())
    with pytest.raises(Refusal, match="متوقف"):
        shown(other, case_id)


def test_a_code_without_hyphens_is_the_same_code(other: Heir) -> None:
    case_id = stamped(other.town)
    request = case_now(other.town.crew.clerk, case_id).request
    bare = request.tracking.replace("-", "")
    of = elsewhere.look(other.crew.clerk, bare, request.party.person_id)
    assert of.told.case_id == case_id


def test_nobody_tells_of_a_copy_that_was_not_given(other: Heir) -> None:
    of = shown(other, stamped(other.town))
    sheet = printed(other, of)
    before = told(other, CopyPrinted, "office:41")
    lie = replace(sheet, copy=FIRST + 7)
    other.running.desk.store.write(
        lambda session: elsewhere._tell(session, other.crew.manager, lie, 1)
    )
    other.running.sync()
    assert told(other, CopyPrinted, "office:41") == before


@pytest.mark.parametrize("number", [FIRST, FIRST + 7], ids=["given", "never given"])
def test_the_unit_sees_a_copy_on_a_sheet_that_is_another_office_s(other: Heir, number: int) -> None:
    """The paper is out, whatever the centre says of the copy: its case is looked into."""
    town, seat = other.town, other.crew.manager
    case_id = stamped(town)
    of = shown(other, case_id)
    bundle = SheetRun("الف", 101, 110)
    stamped_sheets.take(town.crew.manager, PASSWORD, bundle, "۱۴۰۵/۷۷")
    town.house.office.sync()
    given = elsewhere.take(seat, of, of.told.letters[0], WHY, PASSWORD)
    other.running.bell.ring = lambda: None
    # The same numbers, typed at another counter: nobody there knows it yet.
    stamped_sheets.take(seat, PASSWORD, bundle, "۱۴۰۵/۷۸")
    stamped_sheets.set_next(seat, "الف", 103)
    named = given.model_copy(update={"copy_number": number})
    sheet = elsewhere.begin_print(seat, named, PRINTER, WHY, PASSWORD)
    elsewhere.end_print(seat, sheet, out=True)
    for _ in range(2):
        other.running.sync()
    (odd,) = board.watched(town.crew.supervisor).odd
    assert (odd.first, odd.office) == (103, "دفتر پیشخوان 41")
    assert odd.case_id == case_id


def test_who_guesses_an_id_learns_nothing_and_is_stopped(other: Heir) -> None:
    case_id = stamped(other.town)
    request = case_now(other.town.crew.clerk, case_id).request
    said = set()
    for wrong in range(MOST_MISSES):
        with pytest.raises(Refusal) as no:
            elsewhere.look(other.crew.clerk, request.tracking, f"{4420000000 + wrong}")
        said.add(no.value.words)
    assert len(said) == 1
    # Now also with the right one; an hour later again.
    with pytest.raises(Refusal, match="از ساعت"):
        shown(other, case_id)
    other.town.clock.moment += timedelta(minutes=61)
    assert shown(other, case_id).told.case_id == case_id


def _take(other: Heir, of: elsewhere.Shown, letter_id: str) -> int:
    assert of.told.letters[0].letter_id == letter_id
    return printed(other, of).copy


def test_nothing_is_given_of_what_is_void_unstamped_own_or_asked_too_often(other: Heir) -> None:
    town = other.town
    case_id = town.register(town.record(Scenario.CLEAN, 1))
    of = shown(other, case_id)
    (letter,) = of.told.letters
    assert letter.hold is Hold.UNSTAMPED
    with pytest.raises(Refusal, match="ممکن نیست"):
        elsewhere.take(other.crew.manager, of, letter, WHY, PASSWORD)
    request = case_now(town.crew.clerk, case_id).request
    with pytest.raises(Refusal, match="همین دفتر"):
        elsewhere.look(town.crew.clerk, request.tracking, request.party.person_id)
    of = shown(other, stamped(town, 2))
    letter_id = of.told.letters[0].letter_id
    with pytest.raises(Refusal) as no:
        elsewhere.take(other.crew.manager, of, of.told.letters[0], " ", PASSWORD)
    assert no.value.field == "reason"
    with pytest.raises(Refusal, match="مسئول دفتر"):
        elsewhere.take(other.crew.clerk, of, of.told.letters[0], WHY, PASSWORD)
    assert [_take(other, of, letter_id) for _ in range(MOST)][-1] == FIRST + MOST - 1
    with pytest.raises(Refusal, match="دفتر پرونده می‌دهد"):
        _take(other, of, letter_id)
