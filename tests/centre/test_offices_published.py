"""The registry of offices: put forward by one, signed by another, from a card or from a sheet."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import select

from desktop.actions import office_card, offices, publishing, registry
from desktop.centre.offices import office_with
from desktop.centre.tables import OfficeTermRow
from desktop.demo.people import OFFICE
from desktop.demo.sample_paper import sample_paper
from desktop.domain.act import Act
from desktop.domain.calendar import iso_jalali, weekday
from desktop.domain.errors import Refusal
from desktop.domain.hours import Hours, Span, spans_words
from desktop.domain.office import OfficeCard, OfficeKind
from desktop.domain.stream import Topic
from desktop.forms.office_sheet import COLUMNS
from desktop.forms.sheet_files import read_sheet
from tests.houses import MORNING
from tests.publish import WHY, hindered, in_force
from tests.town import Town

pytestmark = pytest.mark.slow

TODAY = MORNING.date()
TOMORROW = TODAY + timedelta(days=1)
NEW = replace(
    OFFICE,
    code="44",
    name="دفتر پیشخوان ۴۴",
    kind=OfficeKind.COUNTER,
    latitude="31.8974",
    longitude="54.3569",
    hours=Hours(((Span(450, 840),),) * 6 + ((),)),
)


@pytest.fixture
def town(quick_town: Town) -> Town:
    """On either database."""
    return quick_town


def known(town: Town, day: date = TOMORROW) -> dict[str, OfficeCard]:
    """By code, as the supervisor's desk has heard."""
    town.house.municipality.sync()
    return {card.code: card for card in offices.offices(town.crew.supervisor.desk, day).values()}


def test_an_office_is_opened_changed_and_put_right_again(town: Town) -> None:
    crew = town.crew
    in_force(crew, offices.office_draft([(NEW, TODAY)]))
    card = known(town, TODAY)["44"]
    assert card == replace(NEW, office_id=card.office_id)
    assert len(card.office_id) == 32

    moved = replace(card, address="یزد، خیابان کاشانی", hours=None)
    draft = offices.office_draft([(moved, TOMORROW)])
    told = publishing.weigh(crew.supervisor, draft).told.changes[0]
    assert "نشانی: از «یزد، بلوار آیت‌الله طالقانی» به «یزد، خیابان کاشانی»." in told.lines
    in_force(crew, draft)
    later = TOMORROW + timedelta(days=1)
    for words, changed in (
        ("نوع دفتر را بنویسید", replace(moved, kind=None)),
        ("نشان «نمونه»", replace(moved, sample=False)),
    ):
        assert words in hindered(crew, offices.office_draft([(changed, later)]))
    assert known(town, TODAY)["44"].address == OFFICE.address
    assert known(town)["44"].address == "یزد، خیابان کاشانی"
    with town.house.centre.reading() as session:
        office = office_with(session, card.office_id)
        assert [since for since, _ in office.cards] == [TODAY, TOMORROW]
        assert office.on(TOMORROW) == moved

    again = hindered(crew, offices.office_draft([(card, TOMORROW)]))
    assert "تغییر دیگری از این دفتر ثبت شده است" in again
    # Until its day it can be taken back whole; the desk goes on as before.
    publishing.withdraw(crew.supervisor, Topic.OFFICE, card.office_id, TOMORROW, WHY)
    assert known(town)["44"].address == OFFICE.address
    with town.house.centre.reading() as session:
        terms = session.scalars(
            select(OfficeTermRow).where(OfficeTermRow.office_id == card.office_id)
        )
        assert [(term.since, term.until) for term in terms] == [(TODAY, None)]
    in_force(crew, draft.model_copy(update={"publication": offices.new_office_id()}))


def test_what_may_not_be_said_of_an_office_is_told_with_the_remedy(town: Town) -> None:
    crew = town.crew

    def words(**changes: object) -> str:
        card = replace(NEW, **changes)  # type: ignore[arg-type]
        return hindered(crew, offices.office_draft([(card, TOMORROW)]))

    assert words() == ""
    assert "کد ۲۱ پیش‌تر به دفتر پیشخوان ۲۱ داده شده است" in words(code="21")
    assert "۲ تا ۲۰ رقم" in words(code="۷")
    assert "بیرون از محدودهٔ شهر" in words(latitude="35.6892", longitude="51.3890")
    assert "پیش از آغاز" in words(hours=Hours(((Span(840, 450),), *((),) * 6)))
    assert "منطقهٔ «۹»" in words(district=9)
    assert "«مستند»" in words(authority=" ")
    assert "چنین دفتری نیست" in words(office_id="77")
    assert "چنین دفتری نیست" in words(office_id="municipality")
    # What no paper shows heads no letter.
    for text in ("دفتر پیشخوان ۴۴ 🏠", "دفتر پیشخوان 中"):
        assert "چاپ نمی‌شود" in words(name=text)
        assert "چاپ نمی‌شود" in words(address=text)
    # Whether its papers count is not said by a card.
    assert "نشان «نمونه»" in words(sample=False)
    assert "نشان «نمونه»" in words(training=True)
    two = offices.office_draft([(NEW, TOMORROW), (NEW, TOMORROW)])
    assert "دو بار" in hindered(crew, two)
    past = offices.office_draft([(NEW, TODAY - timedelta(days=1))])
    assert "نخستین روز" in hindered(crew, past)
    same = known(town)["21"]
    assert "چیزی عوض نشده" in hindered(crew, offices.office_draft([(same, TOMORROW)]))


def test_what_a_change_of_an_office_rests_on_is_read_by_who_signs_and_kept(town: Town) -> None:
    crew = town.crew
    card = replace(known(town)["21"], licence="۷۲/۱۴۰۵")
    act = Act("۷۲/۱۴۰۵", TODAY, "کارگروه استانی")

    def words(of: Act) -> str:
        return hindered(crew, offices.office_draft([(card, TOMORROW)], of))

    assert "پس از امروز" in words(replace(act, dated=TOMORROW))
    assert "مرجع مصوبه" in words(replace(act, body=" "))
    assert "چاپ نمی‌شود" in words(replace(act, number="۷۲ 🏠"))
    assert "دوباره پیوست کنید" in words(replace(act, scan="0" * 64))
    # With its scan once that is at the centre.
    act = replace(act, scan=registry.send_scan(crew.supervisor, sample_paper()[1]))
    draft = offices.office_draft([(card, TOMORROW)], act)
    (change,) = publishing.weigh(crew.supervisor, draft).told.changes
    assert f"سند این تغییر: {act.words}." in change.lines
    assert offices.scans_of(draft) == (act.scan,)
    in_force(crew, draft)
    assert known(town)["21"] == card
    later = TOMORROW + timedelta(days=1)
    in_force(crew, offices.office_draft([(replace(card, phone="03531234567"), later)]))
    town.house.municipality.sync()
    events = [each for each in office_card.look(crew.supervisor.desk, "21").events if each.lines]
    told = {each.day: each.act for each in events if each.topic is Topic.OFFICE}
    assert told[TOMORROW] == act.words
    # The next change rests on nothing that was named.
    assert told[later] == ""


def sheet_of(path: Path, *rows: dict[str, object]) -> Path:
    """A workbook of the municipality's own making."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    headings = [column.heading for column in COLUMNS]
    page.write_row(0, 0, headings)
    for number, row in enumerate(rows, 1):
        page.write_row(number, 0, [row.get(heading, "") for heading in headings])
    book.close()
    return path


def row(code: int, **cells: object) -> dict[str, object]:
    return {
        "کد": code,
        "نام": f"دفتر پیشخوان {code}",
        "نوع": "پیشخوان",
        "نشانی": "یزد، بلوار جمهوری",
        "منطقه": 3,
        "مستند": "مصوبهٔ ۱۲ شورا",
        "عرض جغرافیایی": "31.8974",
        "طول جغرافیایی": "54.3569",
        "شنبه": "7:30-14 و 16-20",
        **cells,
    }


def test_a_sheet_of_offices_is_taken_row_by_row_but_not_while_two_fight(
    town: Town, tmp_path: Path
) -> None:
    desk = town.crew.supervisor.desk
    known(town)
    path = sheet_of(
        tmp_path / "a.xlsx",
        row(51),
        row(52, **{"عرض جغرافیایی": "35.6892"}),
        row(53, شنبه="16-2"),
        row(51),
        row(21, تلفن="03537250021"),
    )
    read = offices.read_office_sheet(desk, path)
    assert [fault.words for fault in read.faults] == [
        "ردیف ۳: مکان بیرون از محدودهٔ شهر است؛ عرض و طول جغرافیایی را اصلاح کنید.",
        "ردیف ۴: پایان کار پیش از آغاز آن است؛ ساعت پس از نیمه‌شب را در روز بعد بنویسید.",
        "ردیف ۵: کد ۵۱ دو بار آمده است (ردیف ۲)؛ یکی را اصلاح کنید.",
    ]
    with pytest.raises(Refusal, match="دو ردیف یک کد"):
        offices.sheet_draft(read)
    right = sheet_of(tmp_path / "b.xlsx", row(51), row(52), row(53, نوع="دفترخانه"), row(21))
    read = offices.read_office_sheet(desk, right)
    assert ([r.card.code for r in read.new], [r.card.code for r in read.changed]) == (
        ["51", "52"], ["21"],
    )  # fmt: skip
    assert [fault.words for fault in read.faults] == [
        "ردیف ۴: «نوع» یکی از این‌هاست: کارگزاری، پیشخوان."
    ]
    in_force(town.crew, offices.sheet_draft(read))
    assert {"21", "51", "52"} <= set(known(town))
    assert known(town)["21"].sample
    assert known(town)["51"].hours is not None


def test_a_sheet_as_it_was_written_changes_nothing(town: Town, tmp_path: Path) -> None:
    in_force(town.crew, offices.office_draft([(NEW, TODAY)]))
    known(town)
    desk = town.crew.supervisor.desk
    offices.write_offices(desk, tmp_path / "offices.xlsx")
    read = offices.read_office_sheet(desk, tmp_path / "offices.xlsx")
    assert (read.new, read.changed, read.same, read.faults) == ((), (), 2, ())


def test_a_months_hours_of_all_offices_are_one_sheet_and_two_signatures(
    town: Town, tmp_path: Path
) -> None:
    """One cell is filled down the column; a sheet of before, without it, leaves what there is."""
    crew, desk = town.crew, town.crew.supervisor.desk
    in_force(crew, offices.office_draft([(NEW, TODAY)]))
    known(town)
    first, last = TODAY + timedelta(days=30), TODAY + timedelta(days=58)
    month = f"{iso_jalali(first)} تا {iso_jalali(last)}: 9-14"
    path = tmp_path / "offices.xlsx"
    offices.write_offices(desk, path)
    rows = [row.cells for row in read_sheet(path, COLUMNS)]
    filled: list[dict[str, object]] = [
        {**cells, "روزهای ویژه": month, "شنبه": "7:30-14"} for cells in rows
    ]
    read = offices.read_office_sheet(desk, sheet_of(tmp_path / "month.xlsx", *filled))
    assert len(read.changed) == len(rows) == 2
    in_force(crew, offices.sheet_draft(read))
    cards = known(town)
    for each in cards.values():
        assert each.hours is not None
        saturdays = [d.day for d in each.hours.special if weekday(d.day) == "شنبه"]
        assert len(saturdays) >= 3
        assert {spans_words(d.spans) for d in each.hours.special} == {"۹:۰۰ تا ۱۴:۰۰"}
    old = tmp_path / "before.csv"
    headings = [column.heading for column in COLUMNS if column.heading != "روزهای ویژه"]
    offices.write_offices(desk, tmp_path / "now.xlsx")
    with old.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, headings, extrasaction="ignore")
        table.writeheader()
        table.writerows(row.cells for row in read_sheet(tmp_path / "now.xlsx", COLUMNS))
    read = offices.read_office_sheet(desk, old)
    assert (read.changed, read.same, read.faults) == ((), 2, ())
