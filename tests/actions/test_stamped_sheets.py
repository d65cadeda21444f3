"""Stamped sheets by number: taken in bundles, printed on, spoiled, put aside, never used twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions import board, letters, office_day, stamped_sheets
from desktop.actions.day_close import CloseCount, close_day
from desktop.actions.desk import Seat
from desktop.actions.letters import PrintCopy
from desktop.centre import stamped_sheets as centre_sheets
from desktop.centre.streams import load_facts
from desktop.centre.transacting import transact
from desktop.demo import following
from desktop.demo.following import case_now
from desktop.demo.people import OFFICE, PASSWORD
from desktop.domain import facts as f
from desktop.domain.day_register import COUNTED
from desktop.domain.errors import Refusal
from desktop.domain.stamped_sheets import LARGEST_BUNDLE, SheetRun, SheetsTaken, demand_run, runs_of
from desktop.store.work_items import ItemKind
from tests.actions.printing_child import PRINTER
from tests.actions.test_paper import held_in, stamped
from tests.centre.test_two_desks import SECOND, seated
from tests.town import Town

pytestmark = pytest.mark.slow

BUNDLE = SheetRun("الف", 101, 110)


def took(town: Town, run: SheetRun = BUNDLE) -> None:
    stamped_sheets.take(town.crew.manager, PASSWORD, run, "۱۴۰۵/۷۷")
    town.house.office.sync()


def begun(town: Town, case_id: str) -> PrintCopy:
    return letters.begin_print(town.crew.clerk, case_id, held_in(town, case_id), PRINTER, "")


def ended(town: Town, case_id: str, copy: PrintCopy, *, out: bool) -> None:
    letter_id = held_in(town, case_id).letter.letter_id
    letters.end_print(town.crew.clerk, case_id, letter_id, copy, PRINTER, "", out=out)
    town.house.office.sync()


def printed(town: Town, case_id: str) -> None:
    ended(town, case_id, begun(town, case_id), out=True)


def sheets_of(town: Town, case_id: str) -> list[SheetRun | None]:
    """On which sheets the centre says that the letter's copies stand."""
    view = case_now(town.crew.clerk, case_id)
    with town.house.centre.reading() as session:
        facts = load_facts(session, view.case_id)
    return [x.payload.sheets for x in facts if isinstance(x.payload, f.LetterPrinted)]


def counts(town: Town) -> tuple[int, int, int, int]:
    """Of the newest bundle at the desk: blank, written, spoiled, dropped."""
    first = stamped_sheets.look(town.crew.manager).bundles[0]
    return first.blank, first.written, first.spoiled, first.dropped


def stock(town: Town) -> int:
    """How many blank ones the office has as the centre counts them."""
    with town.house.centre.reading() as session:
        (row,) = centre_sheets.stocks(session)
    return row.blank


def test_an_office_without_numbers_prints_as_ever(small_town: Town) -> None:
    case_id = stamped(small_town)
    assert stamped_sheets.next_words(small_town.crew.clerk.desk) is None
    printed(small_town, case_id)
    assert sheets_of(small_town, case_id) == [None]


def test_each_copy_stands_on_the_next_sheet_and_a_spoiled_one_is_never_used_again(
    small_town: Town,
) -> None:
    town = small_town
    took(town)
    case_id = stamped(town)
    printed(town, case_id)
    assert sheets_of(town, case_id) == [SheetRun("الف", 101, 101)]
    (sheet,) = letters.unsaid(town.crew.clerk.desk)
    letters.spoil(town.crew.clerk, sheet, "کج چاپ شد")
    town.house.office.sync()
    printed(town, case_id)
    assert sheets_of(town, case_id) == [SheetRun("الف", 101, 101), SheetRun("الف", 102, 102)]
    # By the desk's own count and by the centre's, which heard of both acts after they were done.
    assert counts(town) == (8, 1, 1, 0)
    assert stock(town) == 8
    day = office_day.look(town.crew.manager)
    assert (day.printed, day.sheets) == ((1, 0, 1), office_day.SheetsCame(10, 0))


def test_what_did_not_come_out_is_blank_again(small_town: Town) -> None:
    town = small_town
    took(town)
    case_id = stamped(town)
    ended(town, case_id, begun(town, case_id), out=False)
    assert counts(town) == (10, 0, 0, 0)
    printed(town, case_id)
    (sheet,) = letters.unsaid(town.crew.clerk.desk)
    # Nobody knew better at first: it never came out.
    letters.spoil(town.crew.clerk, sheet, "کاغذ بیرون نیامد", out=False)
    town.house.office.sync()
    assert counts(town) == (10, 0, 0, 0)
    assert stock(town) == 10
    printed(town, case_id)
    assert sheets_of(town, case_id)[-1] == SheetRun("الف", 101, 101)


def test_nothing_is_printed_on_a_sheet_that_nobody_knows(small_town: Town) -> None:
    town = small_town
    took(town, SheetRun("", 1, 1))
    first, second = stamped(town), stamped(town, 1)
    printed(town, first)
    with pytest.raises(Refusal, match="سفید و از این دفتر نیست") as no:
        begun(town, second)
    assert no.value.field == "sheet"
    took(town, SheetRun("", 50, 60))
    with pytest.raises(Refusal):
        stamped_sheets.set_next(town.crew.clerk, "", 61)
    stamped_sheets.set_next(town.crew.clerk, "", 52)
    printed(town, second)
    assert sheets_of(town, second) == [SheetRun("", 52, 52)]
    # Those before it are asked after, and put aside with a reason.
    assert stamped_sheets.look(town.crew.manager).left_out == [SheetRun("", 50, 51)]
    stamped_sheets.drop(town.crew.manager, PASSWORD, SheetRun("", 50, 51), "در چاپگر پاره شد")
    town.house.office.sync()
    assert stamped_sheets.look(town.crew.manager).left_out == []
    assert stock(town) == 8


def test_a_bundle_is_somebodys_once(small_town: Town) -> None:
    town = small_town
    took(town)
    with pytest.raises(Refusal, match="پیش از این"):
        stamped_sheets.take(town.crew.manager, PASSWORD, SheetRun("الف", 110, 120), "۷۸")
    with pytest.raises(Refusal, match="مسئول دفتر"):
        stamped_sheets.take(town.crew.clerk, PASSWORD, SheetRun("الف", 200, 210), "۷۸")
    with pytest.raises(Refusal, match="سفید"):
        stamped_sheets.drop(town.crew.manager, PASSWORD, SheetRun("الف", 105, 111), "گم شد")


def test_what_the_centre_gave_another_office_is_no_more_of_this_one(small_town: Town) -> None:
    town = small_town
    centre, told = town.house.centre, SheetsTaken(SheetRun("ب", 5, 9), "۱")
    at = town.clock.moment
    transact(centre, centre.writer, lambda s: centre_sheets.take(s, "another", told, at))
    took(town, SheetRun("ب", 1, 6))
    items = board.items(town.crew.manager.desk)
    assert [each.kind for each in items] == [ItemKind.REFUSED]
    assert "تحویل شده‌اند" in items[0].centre_words
    assert stamped_sheets.look(town.crew.manager).bundles == []


@pytest.mark.parametrize(
    ("run", "field"),
    [
        (SheetRun("", 0, 5), "first"),
        (SheetRun("", 5, 4), "last"),
        (SheetRun("", 1, 1 + LARGEST_BUNDLE), "last"),
        (SheetRun("الف ب", 1, 2), "series"),
        (SheetRun("۱۲۳۴۵۶۷", 1, 2), "series"),
        (SheetRun("", 1, 10**12), "last"),
    ],
)
def test_what_is_no_bundle_is_refused_beside_its_cause(run: SheetRun, field: str) -> None:
    with pytest.raises(Refusal) as no:
        demand_run(run)
    assert no.value.field == field


def test_sheets_that_follow_each_other_are_one_run() -> None:
    sheets = [("", 1), ("", 2), ("", 4), ("ب", 5), ("ب", 6)]
    runs = [SheetRun("", 1, 2), SheetRun("", 4, 4), SheetRun("ب", 5, 6)]
    assert list(runs_of(sheets)) == runs
    assert list(runs_of([])) == []


@pytest.fixture
def other(small_town: Town, tmp_path: Path) -> Seat:
    """Another machine of the office, with another manager at it."""
    running, seat = seated(small_town, tmp_path, OFFICE, SECOND)
    small_town.beside.append(running)
    running.sync()
    return seat


@contextmanager
def without_line(town: Town) -> Iterator[None]:
    """The office's first desk sends nothing in the block."""
    bell = town.house.office.bell
    ring, bell.ring = bell.ring, lambda: None
    try:
        yield
    finally:
        bell.ring = ring


def ended_by_city(town: Town, case_id: str) -> None:
    """The municipality ends the case's letter."""
    letter_id = held_in(town, case_id).letter.letter_id
    following.end_given(town.crew, case_id, letter_id, "سند جعلی بود")


def test_a_sheet_whose_print_was_refused_is_used_all_the_same(small_town: Town) -> None:
    town = small_town
    took(town)
    case_id = stamped(town)
    copy = begun(town, case_id)
    letter_id = held_in(town, case_id).letter.letter_id
    with without_line(town):
        letters.end_print(town.crew.clerk, case_id, letter_id, copy, PRINTER, "", out=True)
        # The municipality ends the letter before the desk has its line again.
        ended_by_city(town, case_id)
    town.house.office.sync()
    town.house.office.sync()
    assert counts(town) == (9, 1, 0, 0)
    assert stock(town) == 9
    with town.house.centre.reading() as session:
        assert not centre_sheets.odd(session, 10)


def test_a_print_that_this_desk_knows_to_be_in_vain_is_told_too(small_town: Town) -> None:
    town = small_town
    took(town)
    case_id = stamped(town)
    copy = begun(town, case_id)
    letter_id = held_in(town, case_id).letter.letter_id
    ended_by_city(town, case_id)
    town.house.office.sync()
    with pytest.raises(Refusal):
        letters.end_print(town.crew.clerk, case_id, letter_id, copy, PRINTER, "", out=True)
    town.house.office.sync()
    assert counts(town) == (9, 1, 0, 0)
    assert stock(town) == 9


def test_a_bundle_that_two_told_of_stays_the_offices(small_town: Town, other: Seat) -> None:
    town = small_town
    with without_line(town):
        stamped_sheets.take(town.crew.manager, PASSWORD, BUNDLE, "۱۴۰۵/۷۷")
    stamped_sheets.take(other, PASSWORD, SheetRun("الف", 101, 105), "۱۴۰۵/۷۷")
    town.beside[-1].sync()
    town.house.office.sync()
    # Refused as a whole; what the colleague told of stays.
    bundles = stamped_sheets.look(town.crew.manager).bundles
    assert [(each.run, each.blank) for each in bundles] == [(SheetRun("الف", 101, 105), 5)]


def test_the_same_bundle_told_of_twice_is_one(small_town: Town, other: Seat) -> None:
    town = small_town
    with without_line(town):
        stamped_sheets.take(town.crew.manager, PASSWORD, BUNDLE, "۱۴۰۵/۷۷")
    stamped_sheets.take(other, PASSWORD, BUNDLE, "۱۴۰۵/۷۷")
    town.beside[-1].sync()
    town.house.office.sync()
    assert counts(town) == (10, 0, 0, 0)
    assert stamped_sheets.next_words(town.crew.manager.desk)


def test_sheets_whose_dropping_was_refused_are_blank_again(small_town: Town, other: Seat) -> None:
    town = small_town
    took(town)
    case_id = stamped(town)
    town.beside[-1].sync()
    stamped_sheets.set_next(other, "الف", 105)
    with without_line(town):
        stamped_sheets.drop(town.crew.manager, PASSWORD, SheetRun("الف", 104, 106), "خیس شد")
    town.beside[-1].sync()
    held = case_now(other, case_id).letters[0]
    copy = letters.begin_print(other, case_id, held, PRINTER, "")
    letters.end_print(other, case_id, held.letter.letter_id, copy, PRINTER, "", out=True)
    town.beside[-1].sync()
    town.house.office.sync()
    town.house.office.sync()
    assert counts(town) == (9, 1, 0, 0)
    assert stock(town) == 9


def test_another_desks_sheets_never_move_this_printer(small_town: Town, other: Seat) -> None:
    town = small_town
    took(town)
    town.beside[-1].sync()
    stamped_sheets.set_next(other, "الف", 106)
    case_id = stamped(town)
    stamped_sheets.set_next(town.crew.clerk, "الف", 105)
    printed(town, case_id)
    printing = letters.unsaid(town.crew.clerk.desk)[0]
    letters.spoil(town.crew.clerk, printing, "چاپ نشد", out=False)
    town.house.office.sync()
    town.beside[-1].sync()
    assert "۱۰۶" in (stamped_sheets.next_words(other.desk) or "")
    assert "۱۰۵" in (stamped_sheets.next_words(town.crew.clerk.desk) or "")


def test_a_bundle_that_waits_counts_in_the_day_on_which_it_came(small_town: Town) -> None:
    town = small_town
    took(town)
    with without_line(town):
        stamped_sheets.take(town.crew.manager, PASSWORD, SheetRun("الف", 201, 300), "۱۴۰۵/۷۸")
        day = office_day.look(town.crew.manager)
        assert day.sheets is not None
        assert (day.sheets.taken, len(day.ahead)) == (110, 1)
        counted = {tool: day.book.total(tool) for tool in COUNTED}
    close_day(town.crew.manager, PASSWORD, day.day, CloseCount(counted, 0, 110, 0, 110))
    town.house.office.sync()
    town.clock.moment += timedelta(days=1)
    after = office_day.look(town.crew.manager)
    assert after.sheets is not None
    assert after.sheets.taken == 0
