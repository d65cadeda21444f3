"""The tour of the second look: one answer read and right, one wrong, the day's sample over."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.actions import intake, second_looks
from desktop.demo.following import Crew
from desktop.demo.wanted_cases import CaseSource
from desktop.domain.decision import Outcome
from desktop.domain.people import Role
from desktop.domain.second_look import Part
from desktop.trial.answering import answer_all
from desktop.trial.stage import MORNING, PROPERTIES, SEED, Stage
from desktop.ui import places
from desktop.ui.pages.looks import parts
from desktop.ui.pages.looks.page import SecondLookPage

_SERVICE, _MOST, _FEES = "no-violation", 120, 650_000
_WRONG = "پاسخ با پروندهٔ کاغذی مطابقت ندارد؛ دوباره دیده شود."
_OF_LETTER = {"part": Part.LETTER.value, "reason": "value", "comment": _WRONG}


def play(stage: Stage, crew: Crew) -> Iterator[str]:
    """From the first that waits to the end of the day's sample; who supervises sits there."""
    stage.sit(Role.SUPERVISOR)
    right(stage, _taken_by_lot(stage, crew))
    yield "an answer looked at again"
    stage.go(places.SecondLook())
    stage.shoot("second-look-next")
    yield "what is left of the sample"


def _taken_by_lot(stage: Stage, crew: Crew) -> str:
    """An answer that waits to be looked at: of the demo's few the lot need not take any."""
    desk, seat = crew.clerk.desk, stage.window.seat
    service, figures = intake.services(desk)[_SERVICE], intake.figures(desk)
    source = CaseSource(stage.house, figures, properties=PROPERTIES, seed=SEED, day=MORNING.date())
    for number in range(_MOST):
        if waits := second_looks.waiting(seat).case_id:
            return waits
        wanted = source.request(service, Outcome.ANSWER)
        fee = intake.FeePayment("terminal", f"{_FEES + number}")
        intake.register(crew.clerk, service, wanted.filled, fee)
        stage.house.office.sync()
    raise RuntimeError(f"of {_MOST} answers the lot took none")


def right(stage: Stage, case_id: str) -> None:
    """All three parts read to their ends, by the keys; then it is right."""
    page = _opened(stage, case_id)
    stage.shoot("second-look", case_id)
    for part in page.parts:
        stage.hands.press("Ctrl+Enter")
        bar = part.pane.verticalScrollBar()
        while bar.value() < bar.maximum():
            stage.hands.press("PageDown")
        # The time that a person reads passes at once.
        stage.hands.settle(parts.DWELL_MS)
        if part is page.letter:
            stage.shoot_paper("second-look-letter", case_id)
    stage.shoot("second-look-read", case_id)
    _taken(stage, case_id, "second-look-right")


def wrong(stage: Stage, case_id: str) -> None:
    """It is wrong, and what."""
    page = _opened(stage, case_id)
    stage.hands.click_button("ایراد دارد")
    if page.form is None:
        raise RuntimeError("nobody is asked what is wrong")
    answer_all(stage.hands, page.form.fields, _OF_LETTER)
    stage.shoot("second-look-back-typed", case_id)
    _taken(stage, case_id, "second-look-back-taken")


def _opened(stage: Stage, case_id: str) -> SecondLookPage:
    page = stage.go(places.SecondLook(case_id))
    if not isinstance(page, SecondLookPage) or page.shown is None:
        raise RuntimeError("the answer does not show")
    return page


def _taken(stage: Stage, case_id: str, name: str) -> None:
    stage.hands.press("Ctrl+Enter")
    stage.house.office.sync()
    stage.shoot(name, case_id)
    if stage.case(case_id).looked is None:
        raise RuntimeError(f"{name}: the look was not taken")
