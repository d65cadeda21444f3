"""A walk over an office's card and a conversion, with what opens there and the longest words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from functools import partial

from desktop.actions import conversions
from desktop.actions.conversions import ConversionLook
from desktop.domain.conversion import ConversionStep, StepDone
from desktop.domain.office import OfficeKind
from desktop.ui import places
from desktop.ui.pages.conversion.forms import StepForm
from desktop.ui.pages.conversion.page import ConversionPage
from desktop.ui.pages.office.desk_forms import EnrolForm
from desktop.ui.pages.office.forms import EditForm, StopForm
from desktop.ui.pages.office.page import OfficePage
from desktop.wire.registry import DoneBody, RemainingBody, step_body
from tests.houses import MORNING
from tests.ui.pages.conftest import Office

Walk = Iterator[tuple[str, Callable[[], object]]]
_NAME = "سیدمحمدحسین موسوی‌نژاد بافقی‌زاده"
_FAULT = "نامه چاپ نشد: کاغذ در چاپگر نبود و جوهر آن نیز رو به پایان است"
_TODAY = MORNING.date()


def walk_office(office: Office) -> Walk:
    """The card with each act and its faults; the log; the path half gone, and to be signed."""
    yield "office", lambda: office.go(places.Office("21"))
    for name in (EditForm.name, StopForm.name, EnrolForm.name):
        yield name, partial(_begin, office, name)
        yield f"{name}, faults", lambda: _card(office).run_form()
    yield "office, log", lambda: _log(office)
    yield "conversion", lambda: office.go(places.Conversion("21"))
    yield "conversion, half gone", lambda: _path(office)._show(full_path(office))
    yield "conversion, faults", lambda: _path(office).sign()
    yield "conversion, nothing lacks", lambda: _path(office)._show(whole_path(office))
    yield "conversion, a paper", lambda: _path(office).begin(f"{StepForm.name}:licence")
    yield "conversion, a paper, faults", lambda: _path(office).run_form()


def whole_path(office: Office) -> ConversionLook:
    """The same path with nothing left but the day and the signatures."""
    look = full_path(office)
    return replace(look, state=look.state.model_copy(update={"remaining": []}))


def full_path(office: Office) -> ConversionLook:
    """A path half gone at an office of seven counters, by people with long names."""
    look = conversions.look(office.crew.supervisor, "21")
    assert look.at_work is not None
    paper = StepDone(
        ConversionStep.LICENCE,
        "۷۲-۲۵-۱۰۶۲/الف",
        _TODAY,
        _NAME,
        "ab" * 32,
        _TODAY + timedelta(days=400),
    )
    tests = [
        StepDone(ConversionStep.TEST, counter=n, fault=_FAULT if n % 2 else "") for n in range(1, 8)
    ]
    done = [replace(paper, step=ConversionStep.APPLICATION), paper, *tests]
    at = MORNING.astimezone(UTC)
    state = look.state.model_copy(
        update={
            "steps": [DoneBody(done=step_body(each), name=_NAME, at=at) for each in done],
            "remaining": [
                RemainingBody(step=step, words=f"«{step.word}» لازم است.")
                for step in (
                    ConversionStep.PREMISES,
                    ConversionStep.STAFF,
                    ConversionStep.EQUIPMENT,
                    ConversionStep.TEST,
                )
            ],
            "serial": 1847,
        }
    )
    desk = look.at_work.desks[0]
    desks = [desk.model_copy(update={"number": number}) for number in range(1, 8)]
    card = replace(look.office.card, kind=OfficeKind.AGENCY)
    return replace(
        look,
        office=replace(look.office, card=card),
        state=state,
        at_work=look.at_work.model_copy(update={"desks": desks}),
    )


def _card(office: Office) -> OfficePage:
    page = office.page
    assert isinstance(page, OfficePage)
    return page


def _path(office: Office) -> ConversionPage:
    page = office.page
    assert isinstance(page, ConversionPage)
    return page


def _begin(office: Office, name: str) -> None:
    _card(office).begin(name)


def _log(office: Office) -> None:
    page = _card(office)
    page.close_form()
    page._open_events()
