"""How a case stands, in words: its chip, its small headline, the deadline of its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import format_day_month, format_jalali, format_long, jalali
from desktop.domain.case import Case, what_of
from desktop.domain.consultation import Consultation
from desktop.domain.counter import FEES, MISSED
from desktop.domain.decision import Outcome
from desktop.domain.facts import PassedOn
from desktop.domain.gates import Owed
from desktop.domain.money import format_rial
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.domain.service import Effect
from desktop.domain.serving import appealable, last_day, unserved
from desktop.domain.state import ANSWERED, ENDS, State
from desktop.domain.words import OUTCOMES, WAITING_HEADLINE, WAITING_SENTENCE, answer_words
from desktop.ui.palette import Tone
from desktop.ui.standing.chips import chip_of_case
from desktop.ui.standing.lines import left_words, step_words, whole_code
from desktop.ui.standing.recalled import recalled_words
from desktop.ui.standing.telling import COMMISSIONS, slot_words
from desktop.ui.widgets.told.headline import Headline

_DECIDING = frozenset({State.REGISTERED, State.DECIDING})


@dataclass(frozen=True)
class HeadlineWords:
    """Words, the sentence under them, tone and icon; `dashed` while not settled."""

    words: str
    sentence: str
    tone: Tone
    icon: str
    dashed: bool = False


def headline_words(case: Case, *, unsettled: bool = False) -> HeadlineWords:
    """The headline of the case as it stands."""
    chip = chip_of_case(case, unsettled=unsettled and case.state in _DECIDING)
    words, sentence = _words(case, unsettled)
    handed = case.state is State.HANDED_OVER and not case.recalled
    tone: Tone = "ok" if handed else chip.tone
    if tone == "ok" and case.unrecorded:
        tone = "neutral"
    icon = chip.icon
    if case.state is State.VOIDED:
        tone = "refuse"
    elif fee_again(case) and not case.recalled:
        tone, icon = "pay", "coins"
    words, sentence = to_persian_digits(words), to_persian_digits(sentence)
    return HeadlineWords(words, sentence, tone, icon, dashed=chip.shape == "dashed")


def headline(
    case: Case,
    today: date,
    *,
    unsettled: bool = False,
    narrow: bool = False,
    sentence: str = "",
) -> Headline:
    """The small headline of a case page, with the deadline at its left; where the window is
    narrow, and its title has no room for it, the tracking code.

    `sentence` stands in place of the office's own, at another desk.
    """
    stands = headline_words(case, unsettled=unsettled)
    code_by = ("کد رهگیری", whole_code(case.request.tracking))
    label, code = code_by if narrow else term_or_number(case, today)
    return Headline(
        stands.words,
        sentence or stands.sentence,
        stands.tone,
        stands.icon,
        code=code,
        code_label=label,
        small=True,
        dashed=stands.dashed,
    )


def term_or_number(case: Case, today: date) -> tuple[str, str]:
    """Label and words of the deadline, or of the answer's number once there is one.

    Of the step in which the case waits, once it was told that its promise ends.
    """
    if (stay := case.told_stay) is not None and stay.until is not None:
        return f"مهلت {stay.step.word}", step_words(stay.until, today)
    if case.state not in (ANSWERED | ENDS) - {State.REPLY_DUE}:
        label = "مهلت پاسخ شرکت" if case.state is State.REPLY_DUE else "مهلت پاسخ"
        return label, deadline_words(case.awaited_by, today)
    if (letter := case.answer) is not None:
        return "شمارهٔ نامه", isolate(to_persian_digits(letter.letter.number))
    return "", ""


def deadline_words(due_on: date, today: date) -> str:
    """«۳ دی ۱۴۰۵، ۳۰ روز مانده»."""
    year = to_persian_digits(jalali(due_on)[0])
    left = left_words(due_on, today)
    rest = f"{left} مانده" if due_on > today else left
    return f"{format_day_month(due_on)} {year}، {rest}"


def _goes_to_expert(case: Case) -> bool:
    """Whether something stands that no visit clears."""
    failing = case.decision.failing if case.decision else ()
    return any(finding.effect is Effect.REVIEW for finding in failing)


def after_visit_words(case: Case) -> str:
    """What follows the report of a visit that is booked."""
    if case.no_record:
        # A visit tells neither owner nor deed: what comes after it is open.
        return "پس از گزارش، مرکز دوباره تصمیم می‌گیرد."
    if _goes_to_expert(case):
        return "سپس کارشناس شهرسازی بررسی می‌کند."
    return "اگر گزارش کافی باشد، نامه خودکار آماده می‌شود."


def _words(case: Case, unsettled: bool) -> tuple[str, str]:
    if recalled := recalled_words(case):
        return recalled
    if owed := fee_again(case):
        return owed
    match case.state:
        case State.REGISTERED | State.DECIDING if unsettled:
            return WAITING_HEADLINE, WAITING_SENTENCE
        case State.FEE_DUE:
            fee = format_rial(case.due_fee("office"))
            return "در انتظار کارمزد دفتر", f"{fee}؛ پس از دریافت، پاسخ بر پایهٔ سوابق آماده می‌شود."
        case State.PAY_DUE if not case.asked:
            return "بررسی رسید پرداخت", "رسید نزد امور مالی شهرداری است."
        case State.PAY_DUE:
            total = format_rial(sum(o.amount for o in case.asked))
            return f"در انتظار پرداخت: {total}", "پس از تسویه، پاسخ خودکار آماده می‌شود."
        case State.VISIT_DUE if case.missed is not None:
            why = MISSED.get(case.missed.cause, case.missed.cause)
            return "بازدید انجام نشد", f"{why}؛ نوبت تازه‌ای برگزینید."
        case State.BOOKED if case.slot is not None:
            who = f"کار بعدی با مأمور بازدید ({case.inspector}) است." if case.inspector else ""
            who = who or "کار بعدی با مأمور بازدید است."
            return f"بازدید: {slot_words(case.slot)}", f"{who} {after_visit_words(case)}"
        case State.RETURNED if case.returned is not None:
            until = format_long(case.returned.until)
            if case.returned.defects:
                listed = "؛ ".join(f"{d.document}: {d.fault}" for d in case.returned.defects)
                return f"نقص مدارک، تا {until}", listed
            return f"برگشت برای اصلاح، تا {until}", case.returned.comment
        case State.COMMISSION if case.commission_result is not None:
            words = f"رأی بدوی: {case.commission_result.result}"
            return words, first_ruling_words(case)
        case State.COMMISSION if case.agenda is not None:
            where = COMMISSIONS.get(case.commission, "کمیسیون")
            return f"در {where}", f"جلسهٔ {format_long(case.agenda.held_on)}"
        case State.IN_REVIEW if (told := review_words(case)) is not None:
            return told
        case State.COMMISSION:
            where = COMMISSIONS.get(case.commission, "کمیسیون")
            return f"در {where}", "پس از رأی، پرونده به کارشناس برمی‌گردد."
        case State.CONSULTING | State.REPLY_DUE if case.awaited:
            return awaited_words(case)
        case State.ISSUED | State.RELEASED | State.HANDED_OVER:
            return _answered(case)
        case State.WITHDRAWN:
            return "متقاضی انصراف داد", _withdrawn(case)
        case State.PASSED_ON if case.passed is not None:
            return f"به {case.passed.name} سپرده شد", passed_words(case.passed)
    return _PLAIN[case.state]


def review_words(case: Case) -> tuple[str, str] | None:
    """With whom a case in review is where that is not the expert, and what comes; None where it is
    he."""
    if case.laid is not None:
        unit = case.laid.contested.unit.word
        if case.awaits_second:
            return "پاسخ در انتظار امضای دوم", f"{unit} پاسخ داده است؛ نفر دوم آن را می‌بیند."
        return f"اعتراض نزد {unit}", f"پاسخ {unit} خودکار به همین دفتر می‌رسد."
    if case.fine_asked:
        return (
            "بررسی پرداخت جریمه",
            "امور مالی پرداخت جریمه را می‌بیند؛ سپس کار با کارشناس شهرسازی است.",
        )
    return None


def reviewer(case: Case) -> str:
    """Who has a case that is in review."""
    if case.awaits_second:
        return "نفر دوم"
    if case.laid is not None:
        return case.laid.contested.unit.word
    return "امور مالی" if case.fine_asked else "کارشناس شهرسازی"


def _withdrawn(case: Case) -> str:
    """Why, and what a first ruling waits for that stands on the property all the same."""
    if not appealable(case):
        return case.withdrawn
    return (
        f"{case.withdrawn.rstrip(' .')}. رأی بدوی برقرار است. {first_ruling_words(case)}".rstrip()
    )


def first_ruling_words(case: Case) -> str:
    """What a first ruling waits for: its service, the end of its term, the appeal."""
    if case.objected:
        return "به این رأی اعتراض شده است؛ رأی تجدیدنظر در پیش است."
    if left := unserved(case):
        return f"ابلاغ به {left} نفر مانده است."
    last = last_day(case)
    return f"به همه ابلاغ شد؛ مهلت اعتراض تا {format_long(last)} است." if last else ""


def awaited_words(case: Case) -> tuple[str, str]:
    """For whose reply the case waits, since when and until when.

    «در انتظار پاسخ میراث فرهنگی», «از ۳ آذر، نامهٔ ۱۴۰۵/۱۲، پاسخ تا ۱۷ آذر.»; of several each is
    named with its own.
    """
    waits = case.awaited
    names, parts = waits[0].sent.consultee, [_awaited_since(waits[0])]
    if len(waits) > 1:
        names = f"{len(waits)} مرجع"
        parts = [f"{each.sent.consultee} {_awaited_since(each)}" for each in waits]
    sentence = f"{'؛ '.join(parts)}."
    if case.reply_is_late:
        sentence = f"{sentence} مهلت گذشته است و ناظر پیگیری می‌کند."
    return to_persian_digits(f"در انتظار پاسخ {names}"), to_persian_digits(sentence)


def _awaited_since(asked: Consultation) -> str:
    since, until = format_day_month(asked.sent.asked_on), format_day_month(asked.reply_by)
    number = f"نامهٔ {isolate(asked.numbers[-1])}" if asked.numbers else "نامه در راه مرکز"
    reminded = f"، {len(asked.reminders)} یادآوری" if asked.reminders else ""
    return f"از {since}، {number}{reminded}، پاسخ تا {until}"


def replies_words(case: Case) -> str:
    """What other bodies replied: «شرکت آب و فاضلاب: موافقت، شمارهٔ ۱۲ مورخ …»; empty for none."""
    told = [
        f"{each.sent.consultee}: {each.reply.told}"
        for each in case.consultations
        if each.reply is not None
    ]
    return to_persian_digits("؛ ".join(told))


def passed_words(passed: PassedOn) -> str:
    """Where the citizen goes now, and by which act.

    «ادامهٔ کار در صفائیه، پلاک ۱۴ است؛ شمارهٔ ۱۲ مورخ ۱۴۰۵/۰۹/۰۳، شورای شهر.»
    """
    where = f"ادامهٔ کار در {passed.address}" if passed.address else "ادامهٔ کار در آن دفتر"
    return f"{where} است؛ {passed.act.words}."


def since_paid_words(owed: Sequence[Owed], case: Case) -> str:
    """What is left of sums that a decision asked for; empty while all of it is.

    «اکنون ۳۷٬۶۱۵٬۰۰۰ ریال مانده و ۹٬۳۳۳٬۰۰۰ ریال نزد امور مالی است».
    """
    if not any(each.key in case.paid or each.key in case.claims for each in owed):
        return ""
    open_ = [each for each in owed if each.key not in case.paid]
    claimed = sum(each.amount for each in open_ if each.key in case.claims)
    asked = sum(each.amount for each in open_) - claimed
    parts = [f"{format_rial(asked)} مانده"] if asked else []
    parts += [f"{format_rial(claimed)} نزد امور مالی"] if claimed else []
    return f"اکنون {join_and(parts)} است" if parts else "پس از آن پرداخت شد"


def fee_again(case: Case) -> tuple[str, str] | None:
    """Headline and sentence of a fee whose entry was voided after the case went on, if one was."""
    fee = case.fee_to_take
    voided = [said.reason for mark, said in case.struck.items() if what_of(case, mark) == fee]
    if not voided:
        return None
    amount = format_rial(case.due_fee(fee))
    why = voided[-1].rstrip(" .")
    return f"{FEES[fee]} دوباره دریافت شود: {amount}", f"ثبت پیشین ابطال شد: {why}."


_PLAIN: Mapping[State, tuple[str, str]] = {
    State.REGISTERED: ("ثبت شد", "پاسخ سوابق در راه است."),
    State.DECIDING: ("ثبت شد", "پاسخ سوابق در راه است."),
    State.VISIT_DUE: ("نوبت بازدید لازم است", "نزدیک‌ترین نوبت را برای متقاضی برگزینید."),
    State.IN_REVIEW: (
        "در دست بررسی کارشناس شهرسازی",
        "کار بعدی با کارشناس است؛ پاسخ او خودکار به همین دفتر می‌رسد.",
    ),
    State.RECOMMENDED: (
        "در انتظار امضای دوم",
        "کارشناس نظر داده است؛ پس از امضای دوم پاسخ خودکار به همین دفتر می‌رسد.",
    ),
    State.VOIDED: ("نامه ابطال شد", "مرکز دوباره تصمیم می‌گیرد."),
}


def _answered(case: Case) -> tuple[str, str]:
    held = case.answer
    negative = case.outcome is Outcome.REFUSE or bool(case.refusal)
    what = OUTCOMES[Outcome.REFUSE if negative else Outcome.ANSWER]
    if held is not None:
        what = answer_words(held.letter)
    if case.state is State.HANDED_OVER:
        parts = [f"گیرنده: {held.handed_to}" if held else "", replies_words(case)]
        return f"{what} تحویل شد", "؛ ".join(part for part in parts if part)
    if case.state is State.ISSUED:
        return f"{what} آماده شد", "نامه در انتظار تأیید و مهر است."
    printed = held is not None and held.on_paper > 0
    if held is None or held.release is None:
        return f"{what} صادر شد", ""
    day = isolate(format_jalali(held.release.on))
    after = "آمادهٔ تحویل به متقاضی است." if printed else "آمادهٔ چاپ است."
    return f"{what} مهر شد", f"{held.release.by}، {day}. {after}"
