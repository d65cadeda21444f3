"""What is said of an objection at its unit: what is contested, the clock, the reply in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.calendar import format_day_month
from desktop.domain.case import Case
from desktop.domain.contest import Contested, Correction, Stage, sentence_of
from desktop.domain.facts import ObjectionLaid
from desktop.domain.money import format_area, format_rial
from desktop.domain.objection import Ground
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.ui.standing.lines import whole_code
from desktop.ui.widgets.lists.steps import Step
from desktop.wire.objections import DebtBody, EarlierBody, ObjectionAnswer, RecordBody, VisitBody

NEXT: dict[Ground, str] = {
    Ground.FIRST_RULING: "کمیسیون تجدیدنظر مادهٔ ۱۰۰",
    Ground.FINAL_RULING: "دیوان عدالت اداری، از رأی قطعی مادهٔ ۱۰۰",
    Ground.HOLD: "مرجع بازداشت",
    Ground.DUES: "کمیسیون مادهٔ ۷۷ قانون شهرداری",
    Ground.RENEWAL_LEVY: "کمیسیون مادهٔ ۸ قانون نوسازی",
    Ground.OTHER: "دیوان عدالت اداری",
}
"""Where a rejected objection goes next, by its ground."""
_STAGES = {
    Stage.REGISTERED: "در دست رسیدگی",
    Stage.UPHELD: "وارد دانسته شد",
    Stage.REJECTED: "پذیرفته نشد",
    Stage.WITHDRAWN: "انصراف معترض",
}
_NOTHING = "—"
_CLAIMED = {
    Contested.LAND: "claimed_area",
    Contested.BUILT: "claimed_area",
    Contested.USE: "claimed_use",
    Contested.OWNER: "claimed_owner",
    Contested.DEBT: "claimed_debt",
}


@dataclass(frozen=True)
class Side:
    """A line of what is contested: record, objector, visit; whether the first two differ."""

    item: str
    recorded: str
    claimed: str
    visited: str
    sign: str = ""
    differs: bool = True


def title_words(contested: Contested) -> str:
    """«اعتراض به سابقه: مساحت عرصه»."""
    return f"اعتراض به {'سابقه: ' if contested.of_record else ''}{contested.word}"


def unit_words(case: Case, laid: ObjectionLaid) -> str:
    """To whom it belongs, and that the first case stays as it is."""
    unit = laid.contested.unit.word
    if case.awaits_second:
        return f"{unit} پاسخ داده است و نفر دوم باید آن را امضا کند."
    kept = "؛ تا پاسخ آن، پروندهٔ اصلی در همان وضع می‌ماند" if laid.first else ""
    return f"واحد متولی سابقه، {unit} است{kept}."


def clock(case: Case, laid: ObjectionLaid, today: date) -> list[Step]:
    """The five steps: served, objected, at the unit, answered, corrected or not."""
    received = case.request.received_on
    objected = format_day_month(received)
    if laid.until is not None and laid.served_on is not None:
        day = (received - laid.served_on).days
        most = (laid.until - laid.served_on).days
        objected = f"روز {day} از {most}، {objected}"
    elif laid.contested.of_record:
        objected = f"{objected}، بی مهلت"
    days = (case.due_on - received).days
    at_unit = f"روز {(today - received).days + 1} از {days}"
    until = f"تا {format_day_month(case.due_on)}"
    second = "در انتظار امضای دوم" if case.awaits_second else until
    steps = [
        _served(laid),
        Step("اعتراض", objected, "warned" if laid.late else "done"),
        Step("نزد واحد", at_unit, "done" if case.awaits_second else "current"),
        Step("پاسخ", second, "current" if case.awaits_second else "later"),
        Step("اصلاح سابقه یا رد", "با پاسخ", "later"),
    ]
    return [Step(step.words, to_persian_digits(step.detail), step.state) for step in steps]


def _served(laid: ObjectionLaid) -> Step:
    """What it is against, served or not: only a refusal's term begins with it."""
    if laid.served_on is not None:
        return Step("ابلاغ نامه", format_day_month(laid.served_on), "done")
    if laid.letter:
        return Step("ابلاغ نامه", "تحویل نشده است", "later")
    return Step("ابلاغ نامه", "نامه‌ای نیست", "later")


def warnings(case: Case, laid: ObjectionLaid, earlier: Iterable[EarlierBody]) -> list[str]:
    """What stands against it before anybody answers."""
    told = []
    if laid.late and laid.until is not None:
        excuse = case.request.answers.get("excuse", "")
        said = f" عذر معترض: «{excuse}»." if excuse else ""
        told.append(
            f"مهلت اعتراض {format_day_month(laid.until)} تمام شده است؛ با عذر موجه بپذیرید یا رد "
            f"کنید.{said}"
        )
    if laid.stranger:
        told.append("معترض مالک این ملک نیست؛ ذی‌نفع بودن را با مدرک نشان دهد.")
    for each in earlier:
        day, stage = format_day_month(each.received_on), _STAGES[each.stage]
        told.append(f"این اعتراض پیش‌تر ثبت شده: {day}، {whole_code(each.tracking)}، {stage}.")
    if case.challenged:
        told.append(f"نفر دوم پاسخ پیشین را نپذیرفت: «{case.challenged}»")
    return [to_persian_digits(words) for words in told]


def sides(case: Case, laid: ObjectionLaid, told: ObjectionAnswer) -> list[Side]:
    """What the record says against what the objector says, and what a visit saw."""
    contested, record = laid.contested, told.record
    claimed = case.request.answers.get(_CLAIMED.get(contested, ""), "")
    if not contested.of_record:
        return [Side("پاسخ شهرداری", "منفی", "نادرست است", _NOTHING)]
    if record is None:
        return [Side(contested.word, "سابقه‌ای نیست", _read(contested, claimed), _NOTHING)]
    seen = _visited(contested, told.visit)
    sign = _sign(record, contested)
    if contested is Contested.DEBT:
        return _debts(record.debts, claimed, sign)
    recorded = _recorded(contested, record)
    return [Side(contested.word, recorded, _read(contested, claimed), seen, sign)]


def _debts(debts: Iterable[DebtBody], claimed: str, sign: str) -> list[Side]:
    listed = [
        Side(debt_words(debt), format_rial(debt.total), "", _NOTHING, differs=False)
        for debt in debts
    ]
    total = sum(debt.total for debt in debts)
    return [
        *listed,
        Side("جمع بدهی", format_rial(total), _read(Contested.DEBT, claimed), _NOTHING, sign),
    ]


def debt_words(debt: DebtBody) -> str:
    """«نوسازی ۱۴۰۳»."""
    return to_persian_digits(f"{debt.kind} {debt.year}")


def _recorded(contested: Contested, record: RecordBody) -> str:
    match contested:
        case Contested.LAND:
            return _read(contested, record.land)
        case Contested.BUILT:
            return _read(contested, record.built)
        case Contested.OWNER:
            names = "، ".join(owner.name for owner in record.owners)
            return to_persian_digits(names) or _NOTHING
    return record.use or _NOTHING


def _read(contested: Contested, text: str) -> str:
    if not text:
        return _NOTHING
    if contested.is_area:
        return f"{format_area(Decimal(text))} مترمربع"
    return format_rial(int(text)) if contested is Contested.DEBT else to_persian_digits(text)


def _visited(contested: Contested, visit: VisitBody | None) -> str:
    if visit is None:
        return _NOTHING
    seen = {
        Contested.LAND: visit.land,
        Contested.BUILT: visit.built,
        Contested.USE: visit.use,
    }.get(contested, "")
    day = format_day_month(visit.visited_on)
    return f"{_read(contested, seen)}، {day}" if seen else _NOTHING


def _sign(record: RecordBody, contested: Contested) -> str:
    own = [each for each in record.corrected if each.contested is contested]
    if not own:
        return ""
    last = max(own, key=lambda each: each.on)
    return f"اصلاح‌شده {format_day_month(last.on)}، به موجب اعتراض"


def reply_words(contested: Contested, corrections: tuple[Correction, ...], reason: str) -> str:
    """The reply to an objection that is upheld, as the letter will say it."""
    words = f"اعتراض شما به {contested.word} وارد دانسته شد"
    if corrections:
        words += f"؛ در سوابق شهرداری {sentence_of(corrections)} اصلاح شد"
    return to_persian_digits(f"{words}. دلیل: {reason}." if reason else f"{words}.")


def rejected_words(contested: Contested, reason: str, way: str) -> str:
    """The reply to one that is not."""
    words = f"اعتراض شما به {contested.word} پذیرفته نشد"
    words += f": {reason}." if reason else "."
    return to_persian_digits(f"{words} {way}".strip())


def after_words(corrections: tuple[Correction, ...], laid: ObjectionLaid) -> str:
    """What comes of an answer that corrects the record."""
    if not corrections:
        return "پروندهٔ نخست دوباره بررسی می‌شود." if laid.first else ""
    weighty = [f"«{each.what}»" for each in corrections if each.needs_second]
    parts = ["تا خروجی بعدی سوابق، همین ملاک است", "فردا در فهرست روزانه به متولی اعلام می‌شود"]
    if laid.letter:
        parts.append(f"نامهٔ {isolate(laid.letter)} باطل و نامهٔ تازه صادر می‌شود")
    if weighty:
        parts.insert(0, f"برای اصلاح {join_and(weighty)} امضای نفر دوم لازم است")
    return to_persian_digits("؛ ".join(parts) + ".")
