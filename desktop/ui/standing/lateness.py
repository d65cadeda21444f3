"""What went past its day, or soon will, as a log tells it."""

from __future__ import annotations

from desktop.domain.calendar import format_day_month
from desktop.domain.consultation import ReplyLate
from desktop.domain.facts import Escalated
from desktop.domain.people import Role
from desktop.domain.promise import StepWarned
from desktop.ui.palette import Tone
from desktop.ui.widgets.lists.timeline import Happening


def escalated(fact: Escalated) -> Happening:
    """An answer after a visit, or a step, that was not there in time; and who looks after it."""
    day = format_day_month(fact.answer_by)
    if fact.step is None:
        words = f"پاسخ تا {day} وعده داده شده بود؛ ناظر پیگیری می‌کند."
        return _told("مهلت پاسخ پس از بازدید گذشت", words)
    words = f"تا {day} مهلت داشت؛ {Role(fact.to).word} پیگیری می‌کند."
    return _told(f"مهلت «{fact.step.word}» گذشت", words)


def step_warned(fact: StepWarned) -> Happening:
    """A step whose promise ends."""
    words = f"تا {format_day_month(fact.until)} مهلت دارد."
    return _told(f"مهلت «{fact.step.word}» رو به پایان است", words, "pay")


def reply_late(fact: ReplyLate) -> Happening:
    """A reply that did not come in time."""
    words = f"پاسخ تا {format_day_month(fact.reply_by)} خواسته شده بود؛ ناظر پیگیری می‌کند."
    return _told("مهلت پاسخ مرجع گذشت", words)


def _told(words: str, detail: str, tone: Tone = "refuse") -> Happening:
    return Happening("", words, "", detail, "clock-exclamation", tone, ())
