"""Lessons of the services: begun, answered, marked; what was passed is signed and told."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.actions.desk import Seat
from desktop.actions.staffing import lesson_ask
from desktop.chance import new_id
from desktop.domain.calendar import TEHRAN
from desktop.domain.city import City
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.lesson import FAILURES, Marked, score
from desktop.domain.service import Service
from desktop.domain.training import Readiness, readiness, renewal_words
from desktop.forms import permits
from desktop.forms.answers import Checked, Filled, check
from desktop.forms.lessons.choosing import lesson_examples
from desktop.forms.lessons.making import Lesson, make_lesson
from desktop.store import lessons
from desktop.store.lessons import AnswerSheet, Record
from desktop.store.open import Session

__all__ = ["Record", "AnswerSheet"]

OTHERS_SHEET = "این پاسخ برای درس دیگری است و پذیرفته نشد."
"""Why a sheet is not marked: another person's, another version's, or handed in before."""
_NO_LESSON = "این خدمت هنوز درس ندارد؛ نمونه‌های آن را ناظر می‌نویسد."
_NOT_OFFERED = "این خدمت امروز در پیشخوان ارائه نمی‌شود."


@dataclass(frozen=True)
class LessonState:
    """A lesson as it stands for a person: the best of its sheets, and how often it failed.

    `open` is the id of a sheet that is under way, empty where none is.
    """

    number: int
    name: str
    passed: bool
    right: int
    of: int
    failures: int
    open: str = ""

    @property
    def asks_for_help(self) -> bool:
        """Whether it failed so often that somebody should explain it."""
        return not self.passed and self.failures >= FAILURES


@dataclass(frozen=True)
class ServiceLessons:
    """The lessons of a service in force or to come, and whether the person may do it.

    `begins` is the day from which it is offered, None where it is already; `renewal` tells until
    when, where the lesson must be passed again; `record` is what was passed here of this version,
    None where not all was; `refused` why the centre did not take it, in its words.
    """

    service: Service
    lessons: tuple[LessonState, ...]
    ready: Readiness
    begins: date | None
    renewal: str
    record: Record | None
    refused: str = ""

    @property
    def passed(self) -> int:
        """How many are passed."""
        return sum(each.passed for each in self.lessons)

    @property
    def done(self) -> bool:
        """Whether all are."""
        return bool(self.lessons) and self.passed == len(self.lessons)

    @property
    def counts(self) -> bool:
        """Whether what was passed is on its way, or is what opens the service today: told once and
        no more held by the centre, it is told anew with the next lesson that is passed."""
        if self.record is None:
            return False
        return self.record.waits or self.ready is Readiness.READY

    @property
    def next(self) -> LessonState | None:
        """The first that is not passed; None where all are."""
        return next((each for each in self.lessons if not each.passed), None)


@dataclass(frozen=True)
class Begun:
    """A lesson as it was begun: the sheet, and the lesson as that person sees it."""

    sheet: AnswerSheet
    lesson: Lesson
    of: ServiceLessons


@dataclass(frozen=True)
class HandedIn:
    """A sheet that was marked, and how its service's lessons stand since."""

    marked: Marked
    of: ServiceLessons
    checked: Checked


def all_lessons(seat: Seat) -> list[ServiceLessons]:
    """Every service in force today, and then each to come, with its lessons, as they stand for this
    person."""
    with seat.desk.store.reading() as session:
        today = seat.desk.today(session)
        reference = seat.desk.reference
        offered = reference.services(session, today) | reference.services_to_come(session, today)
        held = lessons.sheets(session, seat.staff.staff_id)
        passed = lessons.records(session, seat.staff.staff_id)
        return [_of_service(seat, session, each, held, passed) for each in offered.values()]


def of_service(seat: Seat, code: str) -> ServiceLessons:
    """One service's. Raises Refusal where the counter does not offer it, nor ever will."""
    with seat.desk.store.reading() as session:
        return _standing(seat, session, code)


def begin(seat: Seat, code: str, number: int) -> Begun:
    """Go on with the lesson's open sheet, else begin one in a variant of its own.

    Raises Refusal for a service without that lesson.
    """

    def work(session: Session) -> Begun:
        standing = _standing(seat, session, code)
        if number >= len(standing.lessons):
            raise Refusal(_NO_LESSON)
        state = standing.lessons[number]
        sheet = lessons.find(session, state.open) if state.open else None
        if sheet is None:
            sheet = _new_sheet(seat, session, standing.service, number)
            lessons.begin(session, sheet)
        return Begun(sheet, _lesson(seat, session, sheet, standing.service), standing)

    return seat.desk.store.write(work)


def keep(seat: Seat, sheet_id: str, typed: str) -> None:
    """Keep what was typed so far (JSON text)."""
    seat.desk.store.write(lambda session: lessons.keep(session, sheet_id, typed))


def hand_in(seat: Seat, sheet_id: str, filled: Filled, outcome: str, typed: str) -> HandedIn:
    """Mark the sheet; with the last lesson passed the signed record waits for the line.

    Raises Refusals for a form that the counter's own check does not take, Refusal for a sheet that
    is not this person's, of another version, or was handed in before.
    """

    def work(session: Session) -> HandedIn:
        sheet = lessons.find(session, sheet_id)
        if sheet is None or sheet.staff != seat.staff.staff_id or sheet.marked_at is not None:
            raise Refusal(OTHERS_SHEET)
        service = _standing(seat, session, sheet.service).service
        if service.version != sheet.version:
            raise Refusal(OTHERS_SHEET)
        lesson = _lesson(seat, session, sheet, service)
        checked = check(lesson.service, filled, lesson.day)
        if checked.faults:
            raise Refusals(list(checked.faults))
        marked = lesson.marked(filled, checked, outcome)
        at = seat.desk.moment(session)
        lessons.hand_in(session, sheet_id, typed, at, marked.right, marked.of, passed=marked.passed)
        standing = _standing(seat, session, sheet.service)
        if marked.passed and standing.done and not standing.counts:
            lessons.add_record(session, _record(seat, session, sheet, standing.lessons))
            standing = _standing(seat, session, sheet.service)
        return HandedIn(marked, standing, checked)

    done = seat.desk.store.write(work)
    if done.of.record is not None and done.of.record.waits:
        seat.desk.nudge()
    return done


def look_over(seat: Seat, lesson: Lesson, filled: Filled) -> Checked:
    """What the counter's own check says of the form as it stands."""
    return check(lesson.service, filled, lesson.day)


def _standing(seat: Seat, session: Session, code: str) -> ServiceLessons:
    reference, today = seat.desk.reference, seat.desk.today(session)
    service = reference.services(session, today).get(code)
    if service is None:
        service = reference.services_to_come(session, today).get(code)
    if service is None:
        raise Refusal(_NOT_OFFERED)
    staff = seat.staff.staff_id
    held = lessons.sheets(session, staff, code, service.version)
    return _of_service(seat, session, service, held, lessons.records(session, staff))


def _of_service(
    seat: Seat,
    session: Session,
    service: Service,
    held: Sequence[AnswerSheet],
    passed: Sequence[Record],
) -> ServiceLessons:
    today = seat.desk.today(session)
    days = seat.desk.reference.city(session, today).lesson_days
    find = seat.desk.reference.finding(session)
    training = permits.held_of(find, seat.staff.staff_id, service, today)
    now = (service.code, service.version)
    own = [sheet for sheet in held if (sheet.service, sheet.version) == now]
    told = [each for each in passed if (each.service, each.version) == now]
    last = told[-1] if told else None
    refused = last.refused if last is not None else ""
    return ServiceLessons(
        service=service,
        lessons=tuple(
            _state(number, example.name, [sheet for sheet in own if sheet.lesson == number])
            for number, example in enumerate(lesson_examples(service))
        ),
        ready=readiness(training, today, days),
        begins=service.effective if service.effective > today else None,
        renewal=renewal_words(training, days) if training is not None else "",
        record=None if refused else last,
        refused=refused,
    )


def _state(number: int, name: str, held: Sequence[AnswerSheet]) -> LessonState:
    marked = [sheet for sheet in held if sheet.marked_at is not None]
    best = max(marked, key=lambda sheet: (sheet.passed, sheet.right), default=None)
    under_way = next((sheet.sheet_id for sheet in held if sheet.marked_at is None), "")
    return LessonState(
        number=number,
        name=name,
        passed=best is not None and best.passed,
        right=best.right if best is not None else 0,
        of=best.of if best is not None else 0,
        failures=sum(not sheet.passed for sheet in marked),
        open=under_way,
    )


def _new_sheet(seat: Seat, session: Session, service: Service, number: int) -> AnswerSheet:
    staff = seat.staff.staff_id
    held = lessons.sheets(session, staff, service.code, service.version)
    tries = sum(sheet.lesson == number for sheet in held)
    return AnswerSheet(
        sheet_id=new_id(),
        staff=staff,
        service=service.code,
        version=service.version,
        lesson=number,
        variant=_variant(staff, service, number, tries),
        begun_at=seat.desk.moment(session),
    )


def _variant(staff: str, service: Service, number: int, tries: int) -> int:
    """Which variant the person gets: another one at each try, and another than a colleague."""
    seed = f"{staff}:{service.code}:{service.version}:{number}:{tries}"
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4])


def _lesson(seat: Seat, session: Session, sheet: AnswerSheet, service: Service) -> Lesson:
    # Of the day on which it was begun: overnight the story stays what it was. Of a service to come
    # it plays on its first day.
    day: date = max(sheet.begun_at.astimezone(TEHRAN).date(), service.effective)
    city: City = seat.desk.reference.city(session, day)
    return make_lesson(service, sheet.lesson, sheet.variant, day, city)


def _record(
    seat: Seat, session: Session, sheet: AnswerSheet, passed: Sequence[LessonState]
) -> Record:
    words = score((each.right, each.of) for each in passed)
    ask = lesson_ask(seat, sheet.sheet_id, sheet.service, sheet.version, words)
    return Record(
        sheet_id=sheet.sheet_id,
        staff=sheet.staff,
        service=sheet.service,
        version=sheet.version,
        score=words,
        made_at=seat.desk.moment(session),
        ask=ask.encode().decode(),
    )
