"""The tour of the city's offices: the unit's day, a manager's, a lesson, and the nearest office."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from desktop.actions import offices
from desktop.actions.desk import Desk
from desktop.demo.beginning import seat_crew
from desktop.demo.offices import made_up_offices, open_offices
from desktop.domain.calendar import iso_jalali
from desktop.domain.decision import Outcome
from desktop.domain.people import Role
from desktop.forms.answers import Filled
from desktop.trial.stage import MORNING, Stage
from desktop.ui import places
from desktop.ui.pages.form.samples import as_kept
from desktop.ui.pages.lessons.page import LessonPage
from desktop.ui.pages.lessons.sheet import LessonSheet

_LESSON = ("no-violation", 2)
_SOUGHT = (
    ("open", places.Nearest("clearance", typed="صفائیه")),
    ("unknown", places.Nearest("clearance", typed="نعیماد")),
    ("all", places.Nearest("land-use-change", typed="فهادان", only_open=False)),
)


class OfficesTour:
    """Plays at a house whose city has all its offices."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        open_offices(stage.house, seat_crew(stage.house), made_up_offices(MORNING.date()))
        self._cards = {
            card.code: office_id for office_id, card in offices.offices(self._desk).items()
        }

    @property
    def _desk(self) -> Desk:
        return self._stage.house.municipality.desk

    def unit(self) -> Iterator[str]:
        """Who looks after the offices."""
        stage = self._stage
        stage.sit(Role.SUPERVISOR)
        for name, place in (
            ("offices", places.Offices()),
            ("delegation", places.Delegation()),
            ("trained", places.Trained()),
            ("people", places.People()),
        ):
            stage.go(place)
            stage.shoot(name)
            yield name
        for name, code in (("open", "21"), ("converting", "17"), ("stopped", "39")):
            stage.go(places.Office(self._cards[code]))
            stage.shoot(f"office-{name}")
            yield f"the card of office {code}"
        stage.go(places.Announcing())
        stage.shoot("announcing")
        yield "what was announced"

    def training(self) -> Iterator[str]:
        """A clerk learns a service: wrong first, then right."""
        stage = self._stage
        stage.sit(Role.CLERK)
        stage.go(places.Lessons())
        stage.shoot("lessons")
        yield "the lessons of all services"
        page = self._lesson(*_LESSON)
        stage.shoot("lesson")
        lay_in(page)
        foresee(page, wrong_outcome(page))
        stage.shoot("lesson-typed")
        stage.hands.press("Ctrl+Enter")
        stage.shoot("lesson-failed")
        yield "a lesson, failed"
        stage.hands.press("Ctrl+Enter")
        page = self._lesson(*_LESSON)
        lay_in(page)
        foresee(page)
        stage.hands.press("Ctrl+Enter")
        stage.shoot("lesson-passed")
        yield "a lesson, passed"

    def _lesson(self, service: str, number: int) -> LessonPage:
        page = self._stage.go(places.Lesson(service, number))
        if not isinstance(page, LessonPage):
            raise RuntimeError("the lesson does not show")
        return page

    def finder(self) -> Iterator[str]:
        """A citizen is sent to the nearest office."""
        stage = self._stage
        stage.sit(Role.CLERK)
        for name, place in _SOUGHT:
            stage.go(place)
            stage.shoot(f"nearest-{name}")
            yield f"nearest: {name}"
        for name, key in (("slip", "Ctrl+Enter"), ("wall", "F8")):
            stage.go(_SOUGHT[0][1])
            stage.hands.press(key)
            stage.shoot(f"nearest-{name}-shown")
            if stage.printed:
                stage.album.paper(stage.take_print(), f"nearest-{name}", stage.about(""))
            yield f"the paper: {name}"


def lay_in(page: LessonPage, filled: Filled | None = None) -> None:
    """All that the story says, as if it were typed; `filled` stands in its place."""
    sheet = _sheet(page)
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


def foresee(page: LessonPage, outcome: Outcome | None = None) -> None:
    """The outcome that comes, or another one."""
    _sheet(page).outcome.set_value(str(outcome or _sheet(page).begun.lesson.at.decision.outcome))


def wrong_outcome(page: LessonPage) -> Outcome:
    """One that will not come."""
    right = _sheet(page).begun.lesson.at.decision.outcome
    return next(each for each in Outcome if each is not right)


def _sheet(page: LessonPage) -> LessonSheet:
    if page.sheet is None:
        raise RuntimeError("the lesson has no sheet to fill in")
    return page.sheet


DESKS: Mapping[str, Callable[[OfficesTour], Iterator[str]]] = {
    "unit": OfficesTour.unit,
    "training": OfficesTour.training,
    "finder": OfficesTour.finder,
}
"""Whose day is played, by the name that a command gives it."""
