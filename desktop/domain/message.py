"""What a citizen is told on his mobile: only that something happened to a tracking code.

No name, no sum, no property: whoever holds the telephone learns nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from desktop.domain import facts as f
from desktop.domain.calendar import format_day_month, weekday
from desktop.domain.case import Case
from desktop.domain.counter import Halves
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import mobile
from desktop.domain.letter import LetterKind
from desktop.domain.persian import to_persian_digits
from desktop.domain.state import ANSWERED, State


class Occasion(StrEnum):
    """Why a citizen is told."""

    REGISTERED = "registered"
    SLOT = "slot"
    READY = "ready"
    DEFICIENCY = "deficiency"
    PASSED_ON = "passed-on"
    VOIDED = "voided"

    @property
    def word(self) -> str:
        """The word on screen."""
        return _OCCASIONS[self]


_OCCASIONS = {
    Occasion.REGISTERED: "ثبت درخواست",
    Occasion.SLOT: "نوبت بازدید",
    Occasion.READY: "آماده بودن پاسخ",
    Occasion.DEFICIENCY: "نقص درخواست",
    Occasion.PASSED_ON: "ادامهٔ کار در دفتر دیگر",
    Occasion.VOIDED: "ابطال نامه",
}


@dataclass(frozen=True)
class Message:
    """What is said to whom: `mobile` is `09` and nine digits."""

    occasion: Occasion
    mobile: str
    words: str


def message_of(case: Case, payload: f.CaseFact, halves: Halves) -> Message | None:
    """What the citizen is told of the fact, the last one of the case; None where nothing is, or
    nobody knows his number. `halves` are the half-days of its visit's day."""
    find = OCCASIONS.get(type(payload))
    occasion = find(case, payload) if find is not None else None
    if occasion is None:
        return None
    if isinstance(payload, f.MessageResent):
        # The number is mended; what is no longer so is not said to it.
        number = _sound(payload.mobile) if _still_holds(case, occasion) else ""
        if payload.until is not None and case.returned is not None:
            case = replace(case, returned=replace(case.returned, until=payload.until))
    else:
        number = mobile_of(case, occasion)
    return Message(occasion, number, words_of(case, occasion, halves)) if number else None


def mobile_of(case: Case, occasion: Occasion) -> str:
    """Whom it goes to: of a visit who will be there, else the applicant; empty where neither has a
    number that is one."""
    visit = _sound(case.attending_mobile) if occasion is Occasion.SLOT else ""
    return visit or _sound(case.request.party.mobile)


def _sound(written: str) -> str:
    try:
        return mobile(written) if written else ""
    except Refusal:
        return ""


def _still_holds(case: Case, occasion: Occasion) -> bool:
    """Whether what the sentence tells is so now."""
    match occasion:
        case Occasion.SLOT:
            return case.state is State.BOOKED
        case Occasion.READY:
            return case.answer is not None and case.state in ANSWERED
        case Occasion.DEFICIENCY:
            return case.state is State.RETURNED
        case Occasion.REGISTERED | Occasion.PASSED_ON | Occasion.VOIDED:
            return True


def words_of(case: Case, occasion: Occasion, halves: Halves) -> str:
    """The sentence, as the case stands now."""
    code = case.request.tracking
    match occasion:
        case Occasion.REGISTERED:
            words = f"درخواست شما با کد رهگیری {code} ثبت شد."
        case Occasion.SLOT:
            words = f"نوبت بازدید درخواست {code}: {_slot(case, halves)}."
        case Occasion.READY:
            words = f"پاسخ درخواست {code} آماده است؛ برای دریافت آن به {_office(case)} مراجعه کنید."
        case Occasion.DEFICIENCY:
            until = f" تا {format_day_month(case.returned.until)}" if case.returned else ""
            words = f"درخواست {code} نقص دارد؛ برای رفع آن{until} به {_office(case)} مراجعه کنید."
        case Occasion.PASSED_ON:
            where = f"، {case.passed.address}" if case.passed and case.passed.address else ""
            words = f"درخواست {code} از این پس در {_office(case)}{where} پیگیری می‌شود."
        case Occasion.VOIDED:
            words = (
                f"نامه‌ای که برای درخواست {code} گرفته‌اید باطل شد؛ اصل آن را به {_office(case)} "
                "بازگردانید."
            )
    return to_persian_digits(words)


def _office(case: Case) -> str:
    """Where the citizen goes: to whom his case was passed on, else where he was."""
    return case.passed.name if case.passed is not None else "همان دفتر"


def _slot(case: Case, halves: Halves) -> str:
    slot = case.slot
    if slot is None:
        return "لغو شد؛ با دفتر تماس بگیرید"
    return f"{weekday(slot.day)} {format_day_month(slot.day)}، ساعت {halves[slot.half].words}"


def _missed(_: Case, missed: f.VisitMissed) -> Occasion | None:
    return Occasion.SLOT if missed.cause == "cancelled" else None


def _released(case: Case, released: f.LetterReleased) -> Occasion | None:
    debt = case.letter(released.letter_id).letter.kind is LetterKind.DEBT
    return None if debt else Occasion.READY


def _voided(case: Case, voided: f.LetterVoided) -> Occasion | None:
    """Who has the paper is told; what never left the office is nobody's news."""
    held = case.letter(voided.letter_id)
    debt = held.letter.kind is LetterKind.DEBT
    return Occasion.VOIDED if held.is_out and not debt else None


def _handed_over(case: Case, handed: f.HandedOver) -> Occasion | None:
    debt = case.letter(handed.letter_id).letter.kind is LetterKind.DEBT
    return Occasion.VOIDED if handed.void and not debt else None


OCCASIONS: Mapping[type[object], Callable[[Case, Any], Occasion | None]] = {
    f.Registered: lambda _, __: Occasion.REGISTERED,
    f.SlotBooked: lambda _, __: Occasion.SLOT,
    f.SlotMoved: lambda _, __: Occasion.SLOT,
    f.VisitMissed: _missed,
    f.Returned: lambda _, __: Occasion.DEFICIENCY,
    f.LetterReleased: _released,
    f.LetterVoided: _voided,
    f.HandedOver: _handed_over,
    f.TakenOver: lambda _, __: Occasion.PASSED_ON,
    f.MessageResent: lambda _, resent: Occasion(resent.occasion),
}
"""Facts that a citizen may be told of, and on what occasion."""
