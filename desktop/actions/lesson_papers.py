"""Papers of lessons: why answers were wrong, and the card of who passed a service's lessons."""

from __future__ import annotations

from desktop.actions.desk import Seat
from desktop.actions.lessons import ServiceLessons
from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.lesson import Marked, score
from desktop.domain.office import OfficeCard
from desktop.domain.papers import LessonExplanation, TrainingCard, WrongAnswer
from desktop.forms.lessons.making import Lesson
from desktop.reports import lesson as lesson_paper
from desktop.reports import training_card
from desktop.store import meta
from desktop.store.open import Session

_UNKNOWN = "هنوز نرسیده است؛ با وصل شدن خط فرستاده می‌شود"
_NOT_PASSED = "درس‌های این خدمت هنوز همه قبول نشده است."


def explanation(seat: Seat, lesson: Lesson, marked: Marked) -> bytes:
    """The wrong answers of a lesson with why (A5); across it that it is worth nothing.

    Raises Refusal on an unprintable character.
    """
    with seat.desk.store.reading() as session:
        today, card = seat.desk.today(session), _card(seat, session)
    return lesson_paper.draw(
        LessonExplanation(
            head=card.head.in_training(),
            service=lesson.service.title,
            lesson=f"{lesson.number + 1}: {lesson.story.name}",
            person=seat.staff.name,
            score=score([(marked.right, marked.of)]),
            told_on=today,
            story=tuple(each.words for each in lesson.story.told),
            wrong=tuple(
                WrongAnswer(each.label, each.given, each.right, each.why, each.rule)
                for each in marked.wrong
            ),
            sample=card.sample,
        )
    )


def card(seat: Seat, of: ServiceLessons) -> bytes:
    """The card of who passed all lessons of the service (A5). Raises Refusal before he did."""
    record = of.record
    if record is None:
        raise Refusal(_NOT_PASSED)
    with seat.desk.store.reading() as session:
        office = _card(seat, session)
    known = f"از {format_jalali(record.since)}" if record.since else _UNKNOWN
    return training_card.draw(
        TrainingCard(
            head=office.head,
            person=seat.staff.name,
            title=seat.staff.title or seat.staff.role.word,
            service=of.service.title,
            in_force_from=of.service.effective,
            lessons=len(of.lessons),
            score=record.score,
            passed_on=record.made_at.astimezone(TEHRAN).date(),
            known=known,
            sample=office.sample,
        )
    )


def _card(seat: Seat, session: Session) -> OfficeCard:
    office = meta.get(session).identity.office
    return seat.desk.reference.office(session, office, seat.desk.today(session))
