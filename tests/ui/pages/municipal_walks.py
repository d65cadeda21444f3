"""Walks through the pages of records and of services, in every state that a page can show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from desktop.actions import publishing, service_files
from desktop.ui import places
from desktop.ui.pages.records.forms import LiftForm
from desktop.ui.pages.records.page import RecordsPage
from desktop.ui.pages.services.frame import ServiceFrame
from tests.publish import renamed
from tests.ui.pages.conftest import Office
from tests.ui.pages.record_states import full_known, full_rows

_Kind = TypeVar("_Kind")
Walk = Iterator[tuple[str, Callable[[], object]]]
# Nobody looks into it before it is sent.
_LONG_NAMED = Path("خروجی سامانهٔ نوسازی شهرداری یزد، همهٔ منطقه‌ها، سوم آذر")


def walk_records(office: Office) -> Walk:
    """The city's records in every state, each with what opens there."""
    yield "records", lambda: office.go(places.Records())
    for name in ("none", "reading", "ended", "ready", "held"):
        yield f"records, {name}", partial(_show_records, office, name)
    yield "records, rows", lambda: _open_rows(as_page(office, RecordsPage))
    yield "records, reason", lambda: _open_reason(as_page(office, RecordsPage))
    yield "records, reason, faults", lambda: press_main(office)
    yield "records, in force", partial(_show_records, office, "in force")
    yield "records, words", lambda: as_page(office, RecordsPage)._map()
    yield "records, words, faults", lambda: press_main(office)
    yield "records, back", lambda: as_page(office, RecordsPage)._open_back()
    yield "records, back, faults", lambda: press_main(office)
    yield "records, lift", lambda: _open_lift(as_page(office, RecordsPage))
    yield "records, lift, faults", lambda: press_main(office)
    yield "records, chosen", lambda: as_page(office, RecordsPage)._ask_day(_LONG_NAMED)
    yield "records, paper", lambda: as_page(office, RecordsPage)._print()


def _show_records(office: Office, name: str) -> None:
    page = as_page(office, RecordsPage)
    page._show(full_known(name))
    page._clock.stop()


def _open_rows(page: RecordsPage) -> None:
    held, told = page.body.held, page.body.told
    assert held is not None
    assert told is not None
    for row in held.rows:
        row.below.turn(shown=True)
        row.below._add_rows(full_rows())
    told.rows[0].click()


def _open_reason(page: RecordsPage) -> None:
    page._open_reason()
    held = page.body.held
    assert held is not None
    for row in held.rows:
        if row.lifts is not None:
            row.lifts._add_rows(full_rows())


def _open_lift(page: RecordsPage) -> None:
    assert page.known is not None
    page._lift(page.known.kept[0])
    form = page.body.form
    assert isinstance(form, LiftForm)
    form.without.click()


def walk_service_files(office: Office) -> Walk:
    """The list, a version, an editor with faults, its tabs, its signature, the second person's."""
    seat = office.crew.supervisor
    longest = "مجوز دیوارکشی، نرده‌کشی و حصارکشی زمین‌های بایر و نیمه‌تمام"
    draft = renamed("walling", office.window.today() + timedelta(days=9), longest)
    if not publishing.waiting(seat):
        publishing.prepare(office.crew.second, draft)
    text = draft.items[0].text
    faulty = text.replace("required = true", "requird = true", 1).replace("[fees]", "[fee]", 1)
    yield "service files", lambda: office.go(places.ServiceFiles())
    version = publishing.services(seat)[0]
    yield (
        "a version",
        lambda: office.go(places.ServiceVersion(version.code, version.versions[0].version)),
    )
    for name, written in (("editor", text), ("editor, faults", faulty)):
        yield name, partial(_open_editor, office, written)
        for tab in range(5):
            yield f"{name}, tab {tab}", partial(_open_tab, office, tab)
        yield f"{name}, main key", lambda: press_main(office)
    waits = publishing.waiting(seat)[0].draft.publication
    yield "second signature", lambda: office.go(places.Publication(waits))
    yield "second signature, no password", lambda: press_main(office)
    for tab in range(5):
        yield f"second signature, tab {tab}", partial(_open_tab, office, tab)


def _open_editor(office: Office, text: str) -> None:
    office.go(places.ServiceDraft(service_files.begin(office.window.seat, text)))


def _open_tab(office: Office, tab: int) -> None:
    as_page(office, ServiceFrame).choose_tab(tab)


def press_main(office: Office) -> None:
    bar = office.page.bar
    assert bar is not None
    assert bar.main is not None
    bar.main.click()


def as_page(office: Office, kind: type[_Kind]) -> _Kind:
    page = office.page
    assert isinstance(page, kind), page.place
    return page
