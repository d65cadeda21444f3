"""A workbook that somebody else wrote: opened, and its cells as text."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from desktop.domain.calendar import iso_jalali
from desktop.domain.errors import Refusal
from desktop.forms.workbook_parts import MAIN_PART, demand_readable

_AGAIN = "خروجی را از سامانه دوباره بگیرید."


def open_workbook(source: Path) -> CalamineWorkbook:
    """The workbook. Raises Refusal when it is empty, cut, locked, of another kind, or none."""
    if source.stat().st_size == 0:
        raise Refusal(f"فایل «{source.name}» خالی است.")
    demand_readable(source)
    try:
        book = CalamineWorkbook.from_path(str(source))
    except PasswordError as fault:
        raise Refusal(
            f"«{source.name}» گذرواژه دارد؛ آن را بی‌گذرواژه ذخیره کنید و دوباره بخوانید."
        ) from fault
    except (CalamineError, OSError) as fault:
        raise Refusal(
            f"«{source.name}» کارپوشهٔ اکسل نیست یا از میانه بریده شده است؛ {_AGAIN}"
        ) from fault
    if not _is_xlsx(source):
        book.close()
        raise Refusal(f"«{source.name}» به قالب xlsx نیست؛ آن را به این قالب ذخیره کنید.")
    return book


def _is_xlsx(source: Path) -> bool:
    # In workbooks of other kinds a cell in error is read as an empty one, or as 0.
    if not zipfile.is_zipfile(source):
        return False
    with zipfile.ZipFile(source) as parts:
        return MAIN_PART in parts.namelist()


def _day_text(day: date) -> str:
    try:
        return iso_jalali(day)
    except ValueError:
        # No calendar of ours reaches there: whoever reads it refuses the year.
        return day.isoformat()


def cell_text(cell: object) -> str:
    """A cell as somebody would have typed it; a day in Jalali."""
    match cell:
        case str():
            return cell
        case bool():
            # No number: what a formula found true or not is no sum and no area.
            return "بله" if cell else "خیر"
        case float():
            # Whole numbers come as floats; others without an exponent.
            return str(int(cell)) if cell.is_integer() else f"{Decimal(repr(cell)):f}"
        case date():
            return _day_text(cell.date() if isinstance(cell, datetime) else cell)
        case _:
            return str(cell)
