"""A walk over the municipality's data: every kind, a change of it, a new row, a day, a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from desktop.forms.sheet_rows import SheetRow
from desktop.ui import places
from desktop.ui.pages.figures.calendar_list import CalendarList
from desktop.ui.pages.figures.page import MunicipalDataPage
from desktop.ui.pages.figures.sheet_form import SheetForm
from tests.ui.pages.conftest import Office

Walk = Iterator[tuple[str, Callable[[], object]]]
_FAULT = (
    "ردیف {}، «مبلغ، یا فرمول آن»: «۱۲ میلیون تومان به ازای هر متر مربع» خوانده نشد؛ عدد بنویسید."
)


_KINDS = ("tariffs", "words", "places")
"""Between them they have a field of every sort."""


def walk_data(office: Office) -> Walk:
    """Kinds with a new row of each, a change; a day; a sheet with rows left unread."""
    for kind in _KINDS:
        yield f"data, {kind}", partial(office.go, places.MunicipalData(kind))
        yield f"data, {kind}, new", lambda: _page(office).begin_new()
        yield f"data, {kind}, new, faults", lambda: _page(office).run_form()
    yield "data, changed", lambda: _page(office).close_form()
    yield "data, changed", lambda: _page(office).begin_change()
    yield "data, changed, faults", lambda: _page(office).run_form()
    yield "data, the calendar", partial(office.go, places.MunicipalData("calendar"))
    yield "data, a day", lambda: _begin_day(office)
    yield "data, a day, faults", lambda: _page(office).run_form()
    yield "data, a sheet, faults", lambda: _show_sheet(office)


def _page(office: Office) -> MunicipalDataPage:
    page = office.page
    assert isinstance(page, MunicipalDataPage)
    return page


def _begin_day(office: Office) -> None:
    """A day that is no holiday yet: its occasion is asked."""
    page = _page(office)
    assert isinstance(page.listed, CalendarList)
    page.listed.sheet.move_to(office.window.today() + timedelta(days=1))
    page.begin_change()


def _show_sheet(office: Office) -> None:
    page = _page(office)
    page.close_form()
    faults = [SheetRow(number, {}).fault(_FAULT) for number in range(2, 90)]
    page._read = (Path("نرخ‌های سال ۱۴۰۶، نسخهٔ نهایی پس از شورا.xlsx"), None, faults)
    page.begin(f"{SheetForm.name}:{page.kind}:")
