"""`./run data`, from sheets that a person at the municipality fills in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.actions.municipal_data import write_data
from desktop.authoring.data import figure_of, prepare_data
from desktop.authoring.publishing import (
    tell_waiting,
    withdraw_published,
)
from desktop.domain.errors import Refusal
from desktop.domain.stream import Topic
from desktop.forms.sheets import SHEETS
from tests.authoring.conftest import FIRST, TODAY, WHY, Row, Town, sheet


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.slow
def test_a_sheet_as_it_was_written_changes_nothing(still: Town, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "sheet.xlsx"
    write_data(still.desk, kind, path)
    assert still.data(kind, path) == ["چیزی عوض نشد: همه همان است که برقرار است."]
    with pytest.raises(Refusal, match="دست نخورد"):
        write_data(still.desk, kind, path)


@pytest.mark.long
def test_a_sheet_of_tariffs_holds_from_its_days(town: Town, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "t.xlsx",
        "tariffs",
        ("office", "کارمزد دفتر", "دفتر", "۵۲۰٬۰۰۰", "۱۴۰۵/۱۰/۰۱"),
        ("visit", "هزینهٔ بازدید", "شهرداری", 2500000, ""),
    )
    lines = town.data("tariffs", path)
    assert "«کارمزد دفتر» از سه‌شنبه ۱ دی ۱۴۰۵" in lines[0]
    assert "از «۴۵۰٬۰۰۰ ریال، صندوق دفتر» به «۵۲۰٬۰۰۰ ریال، صندوق دفتر»" in lines[1]
    assert any("۴۵۰۰۰۰" in line for line in town.show(TODAY))
    assert any("۵۲۰۰۰۰" in line for line in town.show(FIRST))
    topic, key = figure_of("tariffs", "office", FIRST)
    (line,) = withdraw_published(town.first, topic, key, FIRST, WHY)
    assert "همان می‌ماند: ۴۵۰٬۰۰۰ ریال" in line
    assert not any("۵۲۰۰۰۰" in line for line in town.show(FIRST))


@pytest.mark.long
def test_a_sum_with_zeros_too_many_is_held_back(town: Town, tmp_path: Path) -> None:
    row = ("office", "کارمزد دفتر", "دفتر", "4,500,000,000", "1405/10/01")
    path = sheet(tmp_path / "t.xlsx", "tariffs", row)
    with pytest.raises(Refusal, match="صفرهای عدد را بشمارید") as held:
        list(prepare_data(town.first, "tariffs", path))
    assert "--overrule" in held.value.words
    with pytest.raises(Refusal, match="دلیل را دست‌کم"):
        list(prepare_data(town.first, "tariffs", path, overrule=True))
    lines = list(prepare_data(town.first, "tariffs", path, overrule=True, reason=WHY))
    assert any("با دلیل از این گذشته می‌شود" in line for line in lines)
    told = list(tell_waiting(town.second))
    assert any("صفرهای عدد را بشمارید" in line for line in told)


@pytest.mark.parametrize(
    ("kind", "row", "words"),
    [
        ("tariffs", ("office", "کارمزد", "بانک", "5", "1405/10/01"), "ردیف ۲: «صندوق»"),
        ("tariffs", ("office", "کارمزد", "دفتر", "5 *", "1405/10/01"), "ردیف ۲: فرمول"),
        ("tariffs", ("OFFICE", "کارمزد", "دفتر", "5", "1405/10/01"), "«کلید»: «OFFICE»"),
        ("tariffs", ("office", "کارمزد", "دفتر", "5", "1405/13/01"), "تقویم"),
        ("tariffs", ("office", "کارمزد", "دفتر", "5", "1405/01/01"), "نخستین روز"),
        ("tariffs", ("office", "کارمزد", "دفتر", "length * 2", "1405/10/01"), "«length»"),
        ("tariffs", ("office", "کارمزد دفتر", "دفتر", "999", ""), "«از روز» را بنویسید"),
        ("validity", ("no-violation", "", "شش", "1405/10/01"), "با رقم"),
        ("validity", ("no-violation", "", "0", "1405/10/01"), "«اعتبار (ماه)»"),
        ("validity", ("tunnel", "", "6", "1405/10/01"), "tunnel"),
        ("calendar", ("2026-12-01", "تعطیل", "رسمی"), "میلادی است"),
        ("calendar", (date(2026, 12, 1), "تعطیل", "رسمی"), "۱۴۰۵/۰۹/۱۰"),
        ("calendar", ("1405/09/31", "تعطیل", "رسمی"), "تقویم"),
        ("calendar", ("1405/09/20", "", "رسمی"), "مناسبت"),
        ("calendar", ("1405/09/20", "تعطیل", "شاید"), "رسمی"),
        ("calendar", ("", "تعطیل", "رسمی"), "تاریخ"),
        ("rates", ("restoration", "asfalt", "5", "1405/10/01"), "ردیف ۲: هیچ فرمی"),
        ("rates", ("restoration", "a[b", "5", "1405/10/01"), "ردیف ۲: کلید نرخ"),
        ("rates", ("restoration", "asphalt", "شش", "1405/10/01"), "ردیف ۲: مبلغ"),
        ("parcels", ("R 1", "200", "1405/10/01"), "ردیف ۲: «R 1» یک واژه"),
        ("parcels", ("R1", "۰", "1405/10/01"), "«کوچک‌ترین قطعه (مترمربع)»"),
        ("districts", ("دو", "بله", "", "1405/10/01"), "ردیف ۲: «منطقه»"),
        ("districts", ("7", "شاید", "", "1405/10/01"), "ردیف ۲: «از شهر است؟»"),
        ("districts", ("7", "بله", "شاهدیه", "1405/10/01"), "خالی بگذارید"),
        ("bodies", ("بانک", "هست", "1405/10/01"), "ردیف ۲: «در فهرست است؟»"),
        ("bodies", ("", "بله", "1405/10/01"), "ردیف ۲: نام مرجع"),
        ("words", ("رنگ", "سبز", "وقف", "1405/10/01"), "«ستون سوابق» یکی از این‌هاست: نوع سند"),
        ("words", ("نوع سند", "سبز", "برائت", "1405/10/01"), "«معنا» یکی از این‌هاست: سند رسمی"),
        ("words", ("نوع سند", "قولنامه", "وقف", ""), "«از روز» را بنویسید"),
        ("objections", ("مالیات", "به دیوان.", "1405/10/01"), "«دلیل پاسخ منفی» یکی از"),
        ("objections", ("بازداشت", "نزد {مرجع}.", "1405/10/01"), "ردیف ۲: تنها جای"),
        ("reasons", ("دیده شد", "رنگ سند", "", "بله", "1405/10/01"), "«رنگ سند» نداریم"),
        ("reasons", ("دیده شد", "", "", "بله", "1405/10/01"), "دربارهٔ کدام شرط"),
    ],
)
@pytest.mark.slow
def test_a_bad_row_is_told_and_nothing_is_prepared(
    still: Town, tmp_path: Path, kind: str, row: Row, words: str
) -> None:
    with pytest.raises(Refusal) as told:
        still.data(kind, sheet(tmp_path / "s.xlsx", kind, row))
    assert words in told.value.words
    assert list(tell_waiting(still.second)) == ["چیزی در انتظار امضا نیست."]


@pytest.mark.long
def test_two_tariffs_for_one_day_are_refused_and_the_last_said_wins(
    town: Town, tmp_path: Path
) -> None:
    rows = [("office", "کارمزد دفتر", "دفتر", x, "1405/10/01") for x in ("500000", "600000")]
    with pytest.raises(Refusal, match="ردیف ۳: «کارمزد دفتر» .* دو بار"):
        town.data("tariffs", sheet(tmp_path / "t.xlsx", "tariffs", *rows))
    town.data("tariffs", sheet(tmp_path / "u.xlsx", "tariffs", rows[0]))
    lines = town.data("tariffs", sheet(tmp_path / "v.xlsx", "tariffs", rows[1]))
    assert "که برای همان روز منتشر شده بود" in lines[0]
    assert any("۶۰۰۰۰۰" in line for line in town.show(FIRST))


@pytest.mark.slow
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
    still: Town, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refusal, match=words):
        still.data("calendar", path)
    with pytest.raises(Refusal, match="نیست|خوانده نشد"):
        still.data("calendar", tmp_path / f"none-{name}")


def test_figures_are_named_as_people_name_them() -> None:
    assert figure_of("rates", "restoration[asphalt]", FIRST) == (
        Topic.RATE,
        "restoration[asphalt]",
    )
    ours, theirs = (figure_of("bodies", x, FIRST) for x in ("بانک ملی یزد", "بانك ملي  يزد"))
    assert ours == theirs
    assert figure_of("words", "نوع سند:قولنامه", FIRST) == figure_of("words", "deed:قولنامه‌", FIRST)
    assert figure_of("objections", "بازداشت", FIRST) == (Topic.OBJECTION, "hold")
    assert figure_of("limits", "مهلت رفع نقص مدارك", FIRST) == (Topic.LIMIT, "deficiency_days")
    assert figure_of("bounds", "یزد", FIRST) == (Topic.BOUNDS, "city")
    assert figure_of("half-days", "نيمهٔ نخست", FIRST) == (Topic.HALF_DAY, "1")
    with pytest.raises(Refusal, match="نوع سند:قولنامه"):
        figure_of("words", "قولنامه", FIRST)
    near = figure_of("places", "محله:نعیم‌آباد", FIRST)
    assert near == figure_of("places", "neighbourhood:نعيم آباد", FIRST)
    assert near != figure_of("places", "خیابان:نعیم‌آباد", FIRST)
    with pytest.raises(Refusal, match="محله:نعیم‌آباد"):
        figure_of("places", "نعیم‌آباد", FIRST)
    assert figure_of("blackouts", "محرم:1406", FIRST) == figure_of("blackouts", "محرّم:۱۴۰۶", FIRST)
    with pytest.raises(Refusal, match="محرم:1406"):
        figure_of("blackouts", "محرم", FIRST)
    for kind in ("consultees", "reasons"):
        ours, theirs = (figure_of(kind, x, FIRST) for x in ("پاسخ کافی است", "پاسخ  كافي است"))
        assert ours == theirs
    with pytest.raises(Refusal, match="پس گرفته نمی‌شود"):
        figure_of("calendar", "iran", FIRST)
