"""A clerk's lessons as the tour takes them: looked at, failed with why, passed, the card."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.actions import intake
from desktop.demo.wanted_cases import CaseSource
from desktop.domain.calendar import iso_jalali
from desktop.domain.decision import Outcome
from desktop.domain.people import Role
from desktop.forms.answers import Filled
from desktop.trial.stage import MORNING, SEED, Stage, beside
from desktop.trial.tour_counter import Counter
from desktop.ui import places
from desktop.ui.pages.form.samples import as_kept
from desktop.ui.pages.lessons.page import LessonPage
from desktop.ui.pages.lessons.sheet import LessonSheet

_SERVICE, _LESSON = "no-violation", 3
_PAPERS = 2
_PRACTISED = 300  # properties


def lay_in(sheet: LessonSheet, filled: Filled | None = None) -> None:
    """All that the story says, as if it were typed; `filled` stands in its place."""
    told = filled or sheet.begun.lesson.at.filled
    kept = as_kept(told)
    kept["documents"] = {
        each.key: {
            "seen": "yes",
            "number": each.number,
            "date": iso_jalali(each.dated) if each.dated else "",
            "papers": "",
        }
        for each in told.documents
    }
    sheet.body.restore(kept)
    sheet.look()


def another(outcome: Outcome) -> Outcome:
    """One that is not it."""
    return next(each for each in Outcome if each is not outcome)


def play(stage: Stage) -> Iterator[str]:
    """A lesson failed and passed, its papers, and the list with what is left."""
    stage.sit(Role.CLERK)
    stage.go(places.Lessons())
    stage.shoot("lessons")
    yield "the lessons of all services"
    stage.go(places.Lesson(_SERVICE, _LESSON))
    stage.shoot("lesson-begun")
    page, sheet = _showing(stage)
    for paper in page.panel.papers[:_PAPERS]:
        paper.turn()
    lay_in(sheet)
    right = sheet.begun.lesson.at.decision.outcome
    sheet.body.details.declared.set_value("")
    sheet.outcome.set_value(str(another(right)))
    stage.shoot("lesson-filled")
    stage.hands.say("Ctrl+Enter")
    stage.shoot("lesson-failed")
    stage.hands.say("F8")
    stage.shoot_paper("lesson-explained")
    stage.hands.say("Esc")
    yield "a lesson failed, every answer marked with why"
    count = len(page.panel.lessons)
    stage.hands.say("Ctrl+Enter")
    for _ in range(count):
        page, sheet = _showing(stage)
        lay_in(sheet)
        sheet.outcome.set_value(str(sheet.begun.lesson.at.decision.outcome))
        stage.hands.say("Ctrl+Enter")
        if page.is_done():
            break
        stage.hands.say("Ctrl+Enter")
    stage.shoot("lesson-passed")
    page.show_card()
    stage.shoot_paper("training-card")
    page.leave_paper()
    stage.go(places.Lessons())
    stage.shoot("lessons-left")
    yield "all lessons of a service passed, the card"


def practise(stage: Stage) -> Iterator[str]:
    """The office to practise in, a house of its own: framed wherever one is, its papers marked."""
    with beside(stage, _PRACTISED, training=True) as other:
        other.shoot("practice-sign-in")
        other.sit(Role.CLERK)
        other.shoot("practice-home")
        yield "the office to practise in"
        desk, counter = other.house.office.desk, Counter(other)
        source = CaseSource(
            other.house,
            intake.figures(desk),
            properties=_PRACTISED,
            seed=SEED,
            day=MORNING.date(),
        )
        wanted = source.request(intake.services(desk)[_SERVICE], Outcome.ANSWER)
        case_id = counter.register(wanted)
        other.shoot("practice-outcome", case_id)
        counter.receipt(case_id)
        counter.proof(case_id)
        yield "a request that is practised, its receipt and letter marked across"


def _showing(stage: Stage) -> tuple[LessonPage, LessonSheet]:
    page = stage.page
    assert isinstance(page, LessonPage)
    assert page.sheet is not None
    return page, page.sheet
