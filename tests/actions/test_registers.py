"""Registers of letters and requests, the month's fees: whole, and as other programs read them."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from desktop.actions import cash, delegations, heirs, letters, registers, spreadsheet, staffing
from desktop.actions.spreadsheet import Heading
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, deliver
from desktop.demo.people import PASSWORD
from desktop.domain.calendar import TEHRAN, parse_jalali
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterKind
from desktop.domain.status import Status
from desktop.domain.stop import Stopped
from desktop.domain.tool import Tool
from tests.delegated import ACT, announce, put
from tests.heirs import open_heir
from tests.houses import MORNING
from tests.reports.reading import text_of
from tests.town import Town

TODAY = MORNING.date()
FEE = 450_000
HEADINGS = (Heading("شماره", 18), Heading("متقاضی", 24), Heading("مبلغ", 14))


def released(town: Town, case_id: str) -> None:
    held = case_now(town.crew.manager, case_id).answer
    assert held is not None
    letters.release(town.crew.manager, case_id, held.letter, PASSWORD)
    town.house.office.sync()


@pytest.mark.slow
def test_the_register_of_letters_tells_what_became_of_each(small_town: Town) -> None:
    crew = small_town.crew
    good = small_town.register(small_town.record(Scenario.CLEAN, 0))
    debt = small_town.register(small_town.record(Scenario.DEBT))
    bad = small_town.register(small_town.record(Scenario.CLEAN, 1))
    for case_id in (good, bad):
        released(small_town, case_id)
    for _ in range(2):
        deliver(crew, case_now(crew.clerk, good))
        small_town.house.office.sync()
    held = case_now(crew.manager, bad).answer
    assert held is not None
    following.void(crew.manager, bad, held.letter.letter_id, "نام نادرست")
    small_town.house.office.sync()
    lines = registers.letters(crew.manager.desk, TODAY, TODAY)
    first, second, third, *_ = lines
    assert [line.number for line in lines[:3]] == [f"1405/21/{n}" for n in (1, 2, 3)]
    assert (first.case_id, second.case_id, third.case_id) == (good, debt, bad)
    assert second.kind is LetterKind.DEBT
    assert first.released_by == crew.manager.staff.name
    assert first.handed_to
    assert not first.voided
    assert third.voided == "نام نادرست"
    assert registers.letters(crew.manager.desk, TODAY - timedelta(9), TODAY - timedelta(1)) == []


@pytest.mark.slow
def test_the_register_of_requests_is_by_day_and_names_who_registered(small_town: Town) -> None:
    crew = small_town.crew
    small_town.register(small_town.record(Scenario.CLEAN, 0))
    small_town.register(small_town.record(Scenario.CLEAN, 1), pay=False)
    lines, names = registers.requests(crew.clerk.desk, TODAY, TODAY + timedelta(30))
    assert [line.status for line in lines] == [Status.ISSUED, Status.FEE_DUE]
    assert [names[line.clerk] for line in lines] == [crew.clerk.staff.name] * 2
    assert lines[0].letter == "1405/21/1"


def test_a_time_that_is_none_or_has_not_been_is_refused(small_town: Town) -> None:
    desk = small_town.crew.manager.desk
    with pytest.raises(Refusal, match="پیش از «از روز»"):
        registers.letters(desk, TODAY, TODAY - timedelta(1))
    with pytest.raises(Refusal, match="۴ آذر هنوز نیامده است"):
        registers.requests(desk, TODAY + timedelta(1), TODAY + timedelta(2))
    with pytest.raises(Refusal, match="دی ۱۴۰۵ هنوز نیامده است"):
        registers.fees(desk, 1405, 10)


@pytest.mark.slow
def test_the_months_fees_are_the_tills(small_town: Town) -> None:
    """By service and day they make what the till of each day has; what was voided is not there."""
    manager = small_town.crew.manager
    small_town.register(small_town.record(Scenario.CLEAN, 0))
    bad = small_town.register(small_town.record(Scenario.CLEAN, 1), "no-violation")
    small_town.clock.moment += timedelta(days=1)
    small_town.register(small_town.record(Scenario.CLEAN, 2))
    told = registers.fees(manager.desk, 1405, 9)
    days = [TODAY, TODAY + timedelta(1)]
    tills = [cash.till(manager.desk, day).book.total(Tool.TERMINAL) for day in days]
    assert [line.left for line in told.days] == tills == [2 * FEE, FEE]
    assert told.total.left == sum(line.left for line in told.services) == 3 * FEE
    # As the alphabet has them, پ before م.
    assert [line.of for line in told.services] == ["گواهی عدم خلاف", "مفاصاحساب نوسازی"]
    assert not told.whole
    assert told.until == TODAY + timedelta(1)
    (entry,) = [e for e in cash.till(manager.desk, TODAY).book.entries if e.case_id == bad]
    cash.void_payment(manager, bad, entry.mark, "وجهی دریافت نشد")
    assert registers.fees(manager.desk, 1405, 9).total.left == 2 * FEE
    assert registers.fees(manager.desk, 1405, 8).total.payments == 0
    paper = text_of(registers.fees_paper(manager, registers.fees(manager.desk, 1405, 9)))
    assert {"کارمزد", "آذر", "۹۰۰٬۰۰۰"} <= {*paper}


def test_a_workbook_opens_from_right_to_left_with_its_cells_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "اندیکاتور.xlsx"
    rows = [("1405/21/7", "=علی", 450_000), ("0035", "\u2066۱۲\u2069", 0)]
    spreadsheet.write(path, "نامه‌ها", HEADINGS, rows)
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert sheet == [
        ["شماره", "متقاضی", "مبلغ"],
        ["1405/21/7", "=علی", 450_000.0],
        ["0035", "۱۲", 0.0],
    ]
    with ZipFile(path) as book:
        assert b'rightToLeft="1"' in book.read("xl/worksheets/sheet1.xml")
        assert b'readingOrder="2"' in book.read("xl/styles.xml")
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_csv_is_known_as_utf_8_and_no_name_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "requests.csv"
    formulas = ["=SUM(A1)", " =cmd|' /C calc'!A0", "＝1+1", "\u2066@x\u2069", "-2+3", "\t+1"]
    rows = [("۷", name, 1) for name in formulas]
    spreadsheet.write(path, "درخواست‌ها", HEADINGS, [*rows, ("۸", 'رضا، "علی"\nب', -2)])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *read, last = csv.reader(file)
    assert head == ["شماره", "متقاضی", "مبلغ"]
    assert [row[1][0] for row in read] == ["'"] * len(formulas)
    assert last == ["۸", 'رضا، "علی"\nب', "-2"]


def test_a_workbook_is_named_whatever_its_title_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    spreadsheet.write(path, "کارمزد: [آذر] ۱۴۰۵/۰۹ ؟ همهٔ روزهای بستهٔ دفتر", HEADINGS, [])
    (name,) = CalamineWorkbook.from_path(str(path)).sheet_names
    assert name == "کارمزد   آذر  ۱۴۰۵ ۰۹ ؟ همهٔ رو"


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="نمی‌توان نوشت"):
        spreadsheet.write(tmp_path / "نیست" / "a.xlsx", "برگه", HEADINGS, [])
    with pytest.raises(Refusal, match="پایان می‌یابد"):
        spreadsheet.write(tmp_path / "a.pdf", "برگه", HEADINGS, [])
    assert [*tmp_path.iterdir()] == []


def test_a_month_ends_with_its_last_day(small_town: Town) -> None:
    small_town.clock.moment += parse_jalali("1405/10/01") - TODAY
    told = registers.fees(small_town.crew.manager.desk, 1405, 9)
    assert (told.whole, told.until) == (True, date(2026, 12, 21))


@pytest.mark.slow
def test_money_stands_on_the_day_it_was_taken_though_the_line_came_back_the_next(
    small_town: Town,
) -> None:
    town, desk = small_town, small_town.crew.manager.desk
    last = parse_jalali("1405/09/30")
    town.clock.moment += last - town.clock.moment.astimezone(TEHRAN).date()
    town.house.office.sync()
    town.house.municipality.sync()
    town.house.cut_line(True)
    town.register(town.record(Scenario.CLEAN))

    def told() -> list[int]:
        till = [len(cash.till(desk, day).book.entries) for day in (last, last + timedelta(days=1))]
        return [registers.fees(desk, 1405, 9).total.taken, *till]

    assert told() == [FEE, 1, 0]
    town.clock.moment += timedelta(days=1)
    town.house.cut_line(False)
    town.house.office.sync()
    assert told() == [FEE, 1, 0]
    assert registers.fees(desk, 1405, 10).total.taken == 0
    assert len(registers.requests(desk, last, last)[0]) == 1


@pytest.mark.long
def test_a_case_that_went_away_and_came_back_stays_in_the_register_of_its_office(
    small_town: Town, tmp_path: Path
) -> None:
    town = announce(small_town)
    supervisor, other = town.crew.supervisor, open_heir(town, tmp_path)
    town.register(town.record(Scenario.DEBT))
    town.house.office.sync()
    for leaving, coming in (("21", "41"), ("41", "21")):
        staffing.stop(supervisor, Stopped.OFFICE, leaving, "گزارش بازرسی", ACT)
        town.clock.moment += timedelta(minutes=5)
        heirs.name(supervisor, leaving, coming, ACT)
        other.hear()
        if coming == "41":
            town.clock.moment += timedelta(minutes=5)
            held = delegations.stops(supervisor.desk)["21"]
            put(town, staffing.lift_draft(held, ACT, town.clock.moment))
        lines = [
            len(registers.requests(seat.desk, TODAY, TODAY)[0])
            for seat in (town.crew.manager, other.crew.manager)
        ]
        assert lines == [1, 0], coming
        town.clock.moment += timedelta(minutes=5)
