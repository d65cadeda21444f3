"""Stamped sheets by number: taken in bundles, printed on, spoiled, put aside, never used twice."""

from __future__ import annotations

import pytest

from desktop.actions import board, letters, office_day, stamped_sheets
from desktop.actions.letters import PrintCopy
from desktop.centre import stamped_sheets as centre_sheets
from desktop.centre.streams import load_facts
from desktop.centre.transacting import transact
from desktop.demo.following import case_now
from desktop.demo.people import PASSWORD
from desktop.domain import facts as f
from desktop.domain.errors import Refusal
from desktop.domain.stamped_sheets import LARGEST_BUNDLE, SheetRun, SheetsTaken, demand_run, runs_of
from desktop.store.work_items import ItemKind
from tests.actions.printing_child import PRINTER
from tests.actions.test_paper import held_in, stamped
from tests.town import Town

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
