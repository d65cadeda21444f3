"""`./run service publish` and `./run data`, from files that a person at the municipality writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from desktop.actions import intake
from desktop.authoring.data import SHEETS, publish_data, show_data, write_data
from desktop.authoring.holding import in_force
from desktop.authoring.publishing import publish_file
from desktop.cli import main
from desktop.domain.errors import Refusal
from desktop.forms.catalogue import SERVICES
from desktop.trial.day import SteppingClock
from desktop.trial.house import House
from tests.houses import MORNING, PROPERTIES, copied_house
from tests.plain_service import plain_text

TODAY = MORNING.date()
FIRST = TODAY + timedelta(days=28)  # 1405/10/01
Row = Sequence[object]


class Town:
    """A house with its clock and folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = SteppingClock(MORNING.astimezone(UTC))
        self.house: House = copied_house(folder, self.clock, PROPERTIES)

    def publish(self, path: Path, since: date) -> list[str]:
        return list(publish_file(path, since, self.folder, self.clock))

    def data(self, kind: str, path: Path) -> list[str]:
        return list(publish_data(kind, path, self.folder, self.clock))


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A house at work while its centre is published to."""
    at_work = Town(tmp_path / "house")
    yield at_work
    at_work.house.close()


def sheet(path: Path, kind: str, *rows: Row) -> Path:
    """A workbook as somebody fills it in, with cells of any type."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.write_row(0, 0, [column.heading for column in SHEETS[kind].columns])
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(number, at, cell, day)
            else:
                page.write(number, at, cell)
    book.close()
    return path


def walling(tmp_path: Path, old: str, new: str) -> Path:
    """The shipped file of walls, changed in one place."""
    text = (SERVICES / "walling.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "walling.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_a_file_is_published_and_offices_have_it_at_the_next_sync(
    town: Town, tmp_path: Path
) -> None:
    path = walling(tmp_path, 'title = "مجوز دیوارکشی"', 'title = "مجوز دیوار و حصار"')
    lines = town.publish(path, FIRST)
    assert lines[0].startswith("«مجوز دیوار و حصار» از سه‌شنبه ۱ دی ۱۴۰۵ برقرار می‌شود")
    town.house.office.sync()
    town.clock.moment += timedelta(days=28)
    assert intake.services(town.house.office.desk)["walling"].title == "مجوز دیوار و حصار"
    # A file is tried against what holds at the centre, not against what shipped.
    assert in_force(town.folder, FIRST).services["walling"].title == "مجوز دیوار و حصار"
    assert in_force(town.folder, TODAY).services["walling"].title == "مجوز دیوارکشی"
    with pytest.raises(Refusal, match="چیزی عوض نشده"):
        town.publish(path, FIRST)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('outcome = "refuse"', 'outcome = "answer"', "نمونه"),
        ('key = "height"', 'key = "tallness"', "height"),
        ('office = "office"', 'office = "gold"', "«gold»"),
    ],
)
def test_a_file_with_a_fault_is_never_published(
    town: Town, tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = walling(tmp_path, old, new)
    with pytest.raises(Refusal) as told:
        town.publish(path, FIRST)
    assert words in told.value.words
    assert in_force(town.folder, FIRST).services["walling"].title == "مجوز دیوارکشی"


def test_without_a_centre_the_way_to_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="هنوز مرکزی نیست"):
        list(publish_file(SERVICES / "walling.toml", FIRST, tmp_path))


@pytest.mark.parametrize("kind", SHEETS)
def test_a_sheet_as_it_was_written_changes_nothing(town: Town, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "sheet.xlsx"
    write_data(kind, path, town.folder)
    assert town.data(kind, path) == ["چیزی عوض نشد: همه همان است که برقرار است."]
    with pytest.raises(Refusal, match="دست نخورد"):
        write_data(kind, path, town.folder)


def test_a_sheet_of_tariffs_holds_from_its_days(town: Town, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "t.xlsx",
        "tariffs",
        ("office", "کارمزد دفتر", "دفتر", "۵۲۰٬۰۰۰", "۱۴۰۵/۱۰/۰۱"),
        ("visit", "هزینهٔ بازدید", "شهرداری", 2500000, ""),
    )
    assert town.data("tariffs", path) == ["«کارمزد دفتر» از ۱۴۰۵/۱۰/۰۱: ۵۲۰۰۰۰"]
    assert any("۴۵۰۰۰۰" in line for line in show_data(town.folder, TODAY))
    assert any("۵۲۰۰۰۰" in line for line in show_data(town.folder, FIRST))


@pytest.mark.parametrize(
    ("kind", "row", "words"),
    [
        ("tariffs", ("office", "کارمزد", "بانک", "5", "1405/10/01"), "ردیف ۲: صندوق"),
        ("tariffs", ("office", "کارمزد", "دفتر", "5 *", "1405/10/01"), "ردیف ۲: فرمول"),
        ("tariffs", ("OFFICE", "کارمزد", "دفتر", "5", "1405/10/01"), "key"),
        ("tariffs", ("office", "کارمزد", "دفتر", "5", "1405/13/01"), "تقویم"),
        ("tariffs", ("office", "کارمزد", "دفتر", "5", "1405/01/01"), "نخستین روز"),
        ("tariffs", ("office", "کارمزد", "دفتر", "length * 2", "1405/10/01"), "«length»"),
        ("tariffs", ("office", "کارمزد دفتر", "دفتر", "999", ""), "«از روز» را بنویسید"),
        ("validity", ("no-violation", "", "شش", "1405/10/01"), "با رقم"),
        ("validity", ("no-violation", "", "0", "1405/10/01"), "months"),
        ("validity", ("tunnel", "", "6", "1405/10/01"), "tunnel"),
        ("calendar", ("2026-12-01", "تعطیل", "رسمی"), "میلادی است"),
        ("calendar", (date(2026, 12, 1), "تعطیل", "رسمی"), "۱۴۰۵/۰۹/۱۰"),
        ("calendar", ("1405/09/31", "تعطیل", "رسمی"), "تقویم"),
        ("calendar", ("1405/09/20", "", "رسمی"), "مناسبت"),
        ("calendar", ("1405/09/20", "تعطیل", "شاید"), "رسمی"),
        ("calendar", ("", "تعطیل", "رسمی"), "تاریخ"),
    ],
)
def test_a_bad_row_is_told_and_nothing_is_published(
    town: Town, tmp_path: Path, kind: str, row: Row, words: str
) -> None:
    before = list(show_data(town.folder, FIRST))
    with pytest.raises(Refusal) as told:
        town.data(kind, sheet(tmp_path / "s.xlsx", kind, row))
    assert words in told.value.words
    assert list(show_data(town.folder, FIRST)) == before


OWN = """
[[field]]
key = "length"
label = "طول"
kind = "metres"
required = true

[[tariff]]
key = "awning"
title = "عوارض سایه‌بان"
purse = "municipality"
amount = "length * 100000"
"""
_EXAMPLE = """
[[example]]
name = "سایه‌بان"
record = "clean"
outcome = "pay"
answers = { length = "3" }
gates = ["charge:pay"]
"""


def own(tmp_path: Path, code: str = "awning", title: str = "سایه‌بان") -> Path:
    """A new service with a tariff of its own."""
    text = plain_text(OWN, gates='{ use = "charge", charges = ["awning"] }', example=_EXAMPLE)
    path = tmp_path / f"{code}.toml"
    text = text.replace('"plain"', f'"{code}"').replace("خدمت ساده", title)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_services_own_tariff_is_priced_anew_by_a_sheet_and_its_file_published_again(
    town: Town, tmp_path: Path
) -> None:
    town.publish(own(tmp_path), TODAY)
    row = ("awning", "عوارض سایه‌بان", "شهرداری", "length * 100000")
    assert any("length * ۱۰۰۰۰۰" in line for line in show_data(town.folder, TODAY))
    # The sheet as it is written has the service's own too, and changes nothing.
    assert town.data("tariffs", sheet(tmp_path / "a.xlsx", "tariffs", (*row, ""))) == [
        "چیزی عوض نشد: همه همان است که برقرار است."
    ]
    dearer = (*row[:3], "length * 130000", "1405/10/01")
    assert town.data("tariffs", sheet(tmp_path / "b.xlsx", "tariffs", dearer)) == [
        "«عوارض سایه‌بان» از ۱۴۰۵/۱۰/۰۱: length * ۱۳۰۰۰۰"
    ]
    wrong = sheet(tmp_path / "c.xlsx", "tariffs", (*row[:3], "length2 * 5", "1405/10/02"))
    with pytest.raises(Refusal, match="«length2»"):
        town.data("tariffs", wrong)
    # What was published for it is its own: its file may be published again.
    town.publish(own(tmp_path, title="سایه‌بان و چتر"), FIRST)
    with pytest.raises(Refusal, match="سطر ۳۵، tariff\\[1\\].key: تعرفهٔ «awning» در داده‌های"):
        town.publish(own(tmp_path, "canopy"), FIRST)


def test_two_services_have_no_tariff_of_one_name(town: Town, tmp_path: Path) -> None:
    town.publish(own(tmp_path), TODAY)
    with pytest.raises(Refusal, match="تعرفهٔ «awning» از آنِ «سایه‌بان» است"):
        town.publish(own(tmp_path, "canopy", "چتر"), FIRST)


def test_two_tariffs_for_one_day_are_refused(town: Town, tmp_path: Path) -> None:
    rows = [("office", "کارمزد دفتر", "دفتر", amount, "1405/10/01") for amount in ("5000", "6000")]
    with pytest.raises(Refusal, match="دو بار"):
        town.data("tariffs", sheet(tmp_path / "t.xlsx", "tariffs", *rows))
    town.data("tariffs", sheet(tmp_path / "u.xlsx", "tariffs", rows[0]))
    with pytest.raises(Refusal, match="یکی دیگر"):
        town.data("tariffs", sheet(tmp_path / "v.xlsx", "tariffs", rows[1]))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"not a workbook", "کارپوشهٔ اکسل نیست"),
        ("a.xlsx", b"", "خالی"),
        ("a.csv", "روز,مناسبت\n".encode(), "«نوع»"),
        ("a.csv", b"\xff\xfe\x00", "UTF-8"),
        ("a.csv", b"", "خالی"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(
    town: Town, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refusal, match=words):
        town.data("calendar", path)
    with pytest.raises(Refusal, match="نیست|خوانده نشد"):
        town.data("calendar", tmp_path / f"none-{name}")


def test_the_commands_say_where_things_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PISHKHAN_HOME", str(tmp_path))
    copied_house(tmp_path / "demo", SteppingClock(MORNING.astimezone(UTC)), PROPERTIES).close()
    path = tmp_path / "calendar.xlsx"
    assert main(["data", "sheet", "calendar", str(path)]) == 0
    assert main(["data", "publish", "calendar", str(path)]) == 0
    assert main(["data", "show"]) == 0
    out = capsys.readouterr().out
    assert "چیزی عوض نشد" in out
    assert "تعطیلات رسمی" in out
    assert main(["data", "publish", "wishes", str(path)]) == 1
    assert main(["service", "publish", str(SERVICES / "walling.toml"), "--from", "1450/01/01"]) == 1
    assert "چیزی عوض نشده" in capsys.readouterr().err
