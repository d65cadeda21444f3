"""The tour of the second look: one answer read and right, one wrong, the day's sample over."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.actions import second_looks
from desktop.domain.people import Role
from desktop.domain.second_look import Part
from desktop.trial.answering import answer_all
from desktop.trial.stage import Stage
from desktop.ui import places
from desktop.ui.pages.looks import parts
from desktop.ui.pages.looks.page import SecondLookPage

_WRONG = "پاسخ با پروندهٔ کاغذی مطابقت ندارد؛ دوباره دیده شود."
_OF_LETTER = {"part": Part.LETTER.value, "reason": "value", "comment": _WRONG}


def play(stage: Stage) -> Iterator[str]:
    """From the first that waits to the end of the day's sample; who supervises sits there."""
    stage.sit(Role.SUPERVISOR)
    waits = second_looks.waiting(stage.window.seat).case_id
    if waits:
        right(stage, waits)
        yield "an answer looked at again"
    stage.go(places.SecondLook())
    stage.shoot("second-look-next")
    yield "what is left of the sample"


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
