"""A service's own tariff and rates: brought by its file, priced anew by a sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.authoring.data import prepare_data
from desktop.domain.errors import Refusal
from tests.authoring.conftest import FIRST, TODAY, Town, sheet
from tests.plain_service import plain_text

OWN = """
[[field]]
key = "length"
label = "طول"
kind = "metres"
required = true

[[field]]
key = "cloth"
label = "پوشش"
kind = "choice"
choices = ["برزنت", "فلز"]
required = true

[[tariff]]
key = "awning"
title = "عوارض سایه‌بان"
purse = "municipality"
amount = "length * cover[cloth]"

[rates.cover]
"برزنت" = 100000
"فلز" = 300000
"""
_EXAMPLE = """
[[example]]
name = "سایه‌بان"
record = "clean"
outcome = "pay"
answers = { length = "3", cloth = "برزنت" }
gates = ["charge:pay"]

[[example]]
name = "بیرون از شهر"
record = "outside-city"
outcome = "refuse"
answers = { length = "3", cloth = "برزنت" }

[[example]]
name = "بی‌سابقه"
record = "none"
outcome = "visit"
answers = { length = "3", cloth = "برزنت" }

[[example]]
name = "دو ملک"
record = "ambiguous"
outcome = "review"
answers = { length = "3", cloth = "برزنت" }
"""


def own(tmp_path: Path, code: str = "awning", title: str = "سایه‌بان") -> Path:
    """A new service with a tariff of its own."""
    text = plain_text(OWN, gates='{ use = "charge", charges = ["awning"] }', example=_EXAMPLE)
    path = tmp_path / f"{code}.toml"
    text = text.replace('"plain"', f'"{code}"').replace("خدمت ساده", title)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.long
def test_it_is_priced_anew_by_a_sheet_and_its_file_published_again(
    town: Town, tmp_path: Path
) -> None:
    town.publish(own(tmp_path), TODAY)
    row = ("awning", "عوارض سایه‌بان", "شهرداری", "length * cover[cloth]")
    assert any("length * cover[cloth]" in line for line in town.show(TODAY))
    # The sheet as it is written has the service's own too, and changes nothing.
    same = sheet(tmp_path / "a.xlsx", "tariffs", (*row, ""))
    assert town.data("tariffs", same) == ["چیزی عوض نشد: همه همان است که برقرار است."]
    dearer = (*row[:3], "length * cover[cloth] * 2", "1405/10/01")
    lines = town.data("tariffs", sheet(tmp_path / "b.xlsx", "tariffs", dearer))
    assert "«عوارض سایه‌بان» از سه‌شنبه ۱ دی ۱۴۰۵" in lines[0]
    assert any("از ۳۰۰٬۰۰۰ ریال به ۶۰۰٬۰۰۰ ریال" in line for line in lines)
    wrong = sheet(tmp_path / "c.xlsx", "tariffs", (*row[:3], "length2 * 5", "1405/10/02"))
    with pytest.raises(Refusal, match="«length2»"):
        town.data("tariffs", wrong)
    leap = (*row[:3], "length * cover[cloth] * 50", "1405/10/02")
    with pytest.raises(Refusal, match="۲۵ برابر"):
        list(prepare_data(town.first, "tariffs", sheet(tmp_path / "d.xlsx", "tariffs", leap)))
    # What was published for it is its own: its file may be published again.
    town.publish(own(tmp_path, title="سایه‌بان و چتر"), FIRST, "سایه‌بان")
    with pytest.raises(Refusal, match="تعرفهٔ «awning» در داده‌های شهرداری هست"):
        town.publish(own(tmp_path, "canopy"), FIRST)


@pytest.mark.long
def test_one_of_its_rates_is_priced_anew_and_the_others_stay(town: Town, tmp_path: Path) -> None:
    town.publish(own(tmp_path), TODAY)
    row = ("cover", "برزنت", "120000", "1405/10/01")
    lines = town.data("rates", sheet(tmp_path / "r.xlsx", "rates", row))
    assert any("از «۱۰۰٬۰۰۰ ریال» به «۱۲۰٬۰۰۰ ریال»" in line for line in lines)
    assert any("از ۳۰۰٬۰۰۰ ریال به ۳۶۰٬۰۰۰ ریال" in line for line in lines)
    rates = [line for line in town.show(FIRST) if "cover" in line and "|" in line]
    assert "  cover | برزنت | ۱۲۰۰۰۰" in rates
    assert "  cover | فلز | ۳۰۰۰۰۰" in rates
    with pytest.raises(Refusal, match="هیچ فرمی پاسخ «چوب» را ندارد"):
        town.data("rates", sheet(tmp_path / "s.xlsx", "rates", ("cover", "چوب", *row[2:])))
    town.publish(own(tmp_path, title="سایه‌بان و چتر"), FIRST, "سایه‌بان")


@pytest.mark.slow
def test_two_services_have_no_tariff_of_one_name(town: Town, tmp_path: Path) -> None:
    town.publish(own(tmp_path), TODAY)
    with pytest.raises(Refusal, match="تعرفهٔ «awning» از آنِ «سایه‌بان» است"):
        town.publish(own(tmp_path, "canopy", "چتر"), FIRST)
