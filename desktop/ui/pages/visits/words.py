"""What the planner's pages say of visits that move."""

from __future__ import annotations

from datetime import date

from desktop.domain.calendar import format_day_month
from desktop.domain.persian import join_and, to_persian_digits
from desktop.wire.visit_plan import ShiftBody, VisitsToMoveAnswer


def moves_words(answer: VisitsToMoveAnswer) -> str:
    """«۶ بازدید: ۳ پیامک و ۳ تماس لازم است.», and what finds no place in time."""
    shown = len(answer.shifts)
    needs = [f"{answer.total - answer.calls} پیامک"] if answer.total > answer.calls else []
    needs += [f"{answer.calls} تماس"] if answer.calls else []
    said = [f"{answer.total} بازدید: {join_and(needs)} لازم است."]
    if answer.late:
        said.append(f"برای {answer.late} بازدید تا مهلتشان جایی نیست؛ پس از آن گذاشته می‌شود.")
    if answer.off:
        said.append(f"{answer.off} بازدید جایی ندارد؛ لغو می‌شود و پروندهٔ آن منتظر نوبت می‌ماند.")
    if answer.total > shown:
        said.append(f"{shown} بازدید نخست را می‌بینید؛ همه جابه‌جا می‌شود.")
    return to_persian_digits(" ".join(said))


def why_turn(shift: ShiftBody, today: date) -> str:
    """Why it stands where it stands: «یک بار جابه‌جا شده»، «مهلت ۳ روز دیگر»."""
    left = (shift.due_on - today).days
    if left < 0:
        words = f"مهلت {format_day_month(shift.due_on)} گذشته است"
    elif left == 0:
        words = "مهلت امروز است"
    else:
        words = f"مهلت {left} روز دیگر"
    if shift.moved:
        words = f"{words}، {shift.moved} بار جابه‌جا شده"
    return to_persian_digits(words)
