"""What the outcome page says of a case: headline, reasons, steps, the case in short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.actions.standing import Standing, View
from desktop.domain import facts as f
from desktop.domain.calendar import format_jalali, format_long
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.counter import MISSED
from desktop.domain.decision import Outcome
from desktop.domain.letter import LetterKind
from desktop.domain.money import format_rial
from desktop.domain.objection import Objections
from desktop.domain.people import Applicant
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.request import Slot
from desktop.domain.service import Effect
from desktop.domain.state import ANSWERED, AWAITS_CENTRE, State
from desktop.domain.words import (
    HEADLINES,
    WAITING_HEADLINE,
    WAITING_SENTENCE,
    outcome_sentence,
)
from desktop.ui.palette import Tone
from desktop.ui.standing.case import (
    awaited_words,
    fee_again,
    first_ruling_words,
    passed_words,
    replies_words,
    review_words,
    reviewer,
)
from desktop.ui.standing.chips import HELD, chip_of_case
from desktop.ui.standing.happenings import moment_words
from desktop.ui.standing.recalled import recalled_words
from desktop.ui.standing.telling import slot_words
from desktop.ui.widgets.holders.card import SectionState
from desktop.ui.widgets.lists.steps import Step
from desktop.ui.widgets.told.chip import ChipLook

PREPARED = "تهیهٔ نامه"
"""The first of a letter's steps: the centre gave it words and number, nobody stamped it yet."""


NOT_HANDED_OVER = "تحویل نشود؛ ابطال این نامه خواسته شده است"
"""Under the last step of a letter that is to be voided."""


@dataclass(frozen=True)
class OutcomeWords:
    """The headline: words, one sentence, how it looks; dashed is what is not settled."""

    words: str
    sentence: str
    tone: Tone
    icon: str
    dashed: bool = False


def chip_of_view(view: View) -> ChipLook:
    """The chip of the case as the page's header shows it."""
    if view.case is None:
        return HELD
    return chip_of_case(view.case, unsettled=bool(view.waiting))


def is_waiting(view: View) -> bool:
    """Whether the centre's answer is still to come."""
    case = view.case
    return case is not None and case.state in AWAITS_CENTRE


def answer_of(standing: Standing) -> OutcomeWords:
    """The headline of a case that is there."""
    view, case = standing.view, standing.view.case
    assert case is not None
    if is_waiting(view):
        if not view.waiting:
            return OutcomeWords("نزد مرکز است", "پاسخ مرکز خودکار می‌رسد.", "neutral", "clock", True)
        return OutcomeWords(WAITING_HEADLINE, WAITING_SENTENCE, "neutral", "cloud-upload", True)
    if recalled := recalled_words(case):
        words, sentence = map(to_persian_digits, recalled)
        return OutcomeWords(words, sentence, "refuse", "file-off")
    if owed := fee_again(case):
        words, sentence = map(to_persian_digits, owed)
        return OutcomeWords(words, sentence, "pay", "coins")
    if case.state in ANSWERED:
        return _answered(case, standing.city.objections)
    ways = standing.city.objections
    decided = outcome_sentence(case.decision, ways) if case.decision else ""
    match case.state:
        case State.FEE_DUE:
            amount = format_rial(case.due_fee("office"))
            sentence = f"کارمزد دفتر {amount} است؛ پس از دریافت آن، پاسخ مرکز می‌رسد."
            return OutcomeWords("در انتظار کارمزد", sentence, "pay", "coins")
        case State.PAY_DUE if not case.asked:
            sentence = "رسید متقاضی نزد امور مالی شهرداری است؛ تا پاسخ آن پولی گرفته نمی‌شود."
            return OutcomeWords("بررسی رسید پرداخت", sentence, "review", "receipt")
        case State.PAY_DUE:
            return OutcomeWords(HEADLINES[Outcome.PAY], _owed(case), "pay", "cash-banknote")
        case State.VISIT_DUE:
            return _visit_due(case, decided)
        case State.BOOKED if case.slot is not None:
            settled = view.settled is not None and view.settled.slot == case.slot
            return _booked(case, case.slot, settled=settled)
        case State.IN_REVIEW if (told := review_words(case)) is not None:
            return OutcomeWords(*told, "review", "eye-check")
        case State.IN_REVIEW:
            sentence = case.review_comment or decided
            return OutcomeWords(HEADLINES[Outcome.REVIEW], sentence, "review", "eye-check")
        case State.RECOMMENDED:
            sentence = "کارشناس نظر داده است؛ پس از امضای دوم پاسخ خودکار می‌رسد."
            return OutcomeWords("در انتظار امضای دوم", sentence, "review", "user-check")
        case State.COMMISSION if case.commission_result is not None:
            words = f"رأی بدوی: {case.commission_result.result}"
            return OutcomeWords(
                to_persian_digits(words), first_ruling_words(case), "review", "gavel"
            )
        case State.CONSULTING if case.awaited:
            words, sentence = awaited_words(case)
            return OutcomeWords(words, sentence, "review", "send")
        case State.COMMISSION:
            article = to_persian_digits(case.commission)
            sentence = f"پرونده در کمیسیون مادهٔ {article} است؛ رأی آن خودکار می‌رسد."
            return OutcomeWords("در کمیسیون", sentence, "review", "gavel")
        case State.RETURNED if case.returned is not None:
            return _returned(case.returned)
        case State.WITHDRAWN:
            return OutcomeWords("انصراف متقاضی", case.withdrawn, "neutral", "x")
        case State.PASSED_ON if case.passed is not None:
            words, sentence = f"به {case.passed.name} سپرده شد", passed_words(case.passed)
            return OutcomeWords(
                to_persian_digits(words), to_persian_digits(sentence), "neutral", "arrows-exchange"
            )
    chip = chip_of_case(case)
    return OutcomeWords(chip.words, "", chip.tone, chip.icon)


def _answered(case: Case, ways: Objections) -> OutcomeWords:
    held = case.answer
    if held is None:
        return OutcomeWords("پاسخ صادر شد", "", "ok", "file-certificate")
    sentence, subject = _number_words(held), held.letter.text.subject
    # Nobody has a letter that no one answers for yet.
    came = "آماده شد" if held.release is None else "صادر شد"
    if held.release is None:
        sentence = f"{sentence}؛ در انتظار تأیید و مهر"
    if held.letter.kind is LetterKind.REFUSAL:
        if case.refusal:
            reason = " ".join(case.refusal)
        else:
            reason = outcome_sentence(case.decision, ways) if case.decision else ""
        words = f"{subject}، {sentence}. {reason}"
        return OutcomeWords(f"{HEADLINES[Outcome.REFUSE]} {came}", words, "refuse", "ban")
    tone: Tone = "neutral" if case.unrecorded else "ok"
    if case.state is State.REPLY_DUE and case.awaited:
        words, sentence = awaited_words(case)
        return OutcomeWords(words, sentence, "review", "send")
    if case.state is State.HANDED_OVER:
        sentence = f"{sentence}؛ گیرنده: {to_persian_digits(held.handed_to)}"
        if replied := replies_words(case):
            sentence = f"{sentence}. {replied}"
        return OutcomeWords(f"{subject} تحویل شد", sentence, tone, "file-certificate")
    if case.report is None and not case.cleared and not case.paid:
        sentence = f"پاسخ آنی، {sentence}"
    # By its own subject: what a service is called may be more than this letter gives.
    return OutcomeWords(f"{subject} {came}", sentence, tone, "file-certificate")


def _number_words(held: CaseLetter) -> str:
    """«شمارهٔ ۱۴۰۵/۲۱/۱۸۴۷، معتبر تا ۱۴۰۶/۰۳/۰۳»."""
    number = isolate(to_persian_digits(held.letter.number))
    until = held.letter.valid_until
    valid = f"، معتبر تا {isolate(format_jalali(until))}" if until else ""
    return f"شمارهٔ {number}{valid}"


def _owed(case: Case) -> str:
    unpaid = case.asked
    total = format_rial(sum(owed.amount for owed in unpaid))
    if len(unpaid) == 1 and unpaid[0].bill_id:
        bill = isolate(to_persian_digits(unpaid[0].bill_id))
        payment = isolate(to_persian_digits(unpaid[0].payment_id))
        return f"{total}، شناسهٔ قبض {bill}، شناسهٔ پرداخت {payment}؛ پس از تسویه پاسخ آماده می‌شود."
    count = to_persian_digits(len(unpaid))
    return f"{total} در {count} قلم، هر یک با شناسهٔ قبض و پرداخت؛ پس از تسویه پاسخ آماده می‌شود."


def _visit_due(case: Case, sentence: str) -> OutcomeWords:
    if case.missed is not None:
        cause = MISSED.get(case.missed.cause, case.missed.cause)
        again = "هزینهٔ بازدید دوباره گرفته می‌شود" if case.due_fee("visit") else "هزینهٔ دوباره ندارد"
        words = f"{cause}؛ نوبت دیگری برگزینید. {again}."
        return OutcomeWords("بازدید انجام نشد", words, "refuse", "clock-exclamation")
    return OutcomeWords(HEADLINES[Outcome.VISIT], sentence, "visit", "calendar-event")


def _booked(case: Case, slot: Slot, *, settled: bool) -> OutcomeWords:
    when = slot_words(slot)
    if not settled:
        sentence = f"{when}، در صف ارسال؛ نوبت پس از تأیید مرکز قطعی است و برگ آن چاپ می‌شود."
        return OutcomeWords("نوبت درخواست شد", sentence, "neutral", "cloud-upload", dashed=True)
    inspector = f"، مأمور: {case.inspector}" if case.inspector else ""
    who = to_persian_digits(case.attending)
    paper = case.request.applicant.paper
    sentence = f"{when}{inspector}. {who} در محل حاضر باشد و اصل {paper} همراه او باشد."
    return OutcomeWords("نوبت بازدید گرفته شد", sentence, "visit", "calendar-check")


def _returned(returned: f.Returned) -> OutcomeWords:
    until = isolate(format_jalali(returned.until))
    if returned.defects:
        titles = "، ".join(f"{d.document}: {d.fault}" for d in returned.defects)
        words = f"{titles}. مهلت رفع نقص تا {until}"
        return OutcomeWords("نقص مدارک", words, "pay", "paperclip")
    words = f"{returned.comment} مهلت اصلاح تا {until}"
    return OutcomeWords("برگشت برای اصلاح", words, "pay", "arrow-back-up")


def _at(view: View, kind: str) -> datetime | None:
    facts = (*view.confirmed, *view.provisional)
    return next((fact.at for fact in reversed(facts) if fact.payload.kind == kind), None)


def steps_of(standing: Standing, managers: str) -> list[Step]:
    """What was done and what comes, for the side panel."""
    view, case = standing.view, standing.view.case
    assert case is not None
    registered = Step("ثبت درخواست", moment_words(case.received_at, standing.today), "done")
    answer = Step("پاسخ", "نامه خودکار آماده می‌شود")
    if case.no_record and case.report is None:
        answer = Step("پاسخ", "پس از گزارش، مرکز دوباره تصمیم می‌گیرد")
    hand = Step("مهر، چاپ و تحویل", shown_at_hand_over(case))
    if case.state in ANSWERED:
        return _letter_steps(standing, case, managers)
    after = [*_later(case), answer, hand]
    match case.state:
        case State.FEE_DUE:
            fee = Step("دریافت کارمزد", "سپس درخواست نزد مرکز می‌رود", "current")
            return [registered, fee, *after]
        case State.PAY_DUE:
            left = to_persian_digits(f"{len(case.asked)} قلم از {len(case.owed)} مانده است")
            if not case.asked:
                left = "رسید نزد امور مالی است"
            return [registered, Step("پرداخت", left, "current"), *after]
        case State.VISIT_DUE:
            book = Step("نوبت و هزینهٔ بازدید", "برگ نوبت چاپ می‌شود", "current")
            return [registered, book, Step("بازدید و گزارش", "مأمور بازدید"), *after]
        case State.BOOKED:
            book = Step("نوبت و هزینهٔ بازدید", slot_words(case.slot) if case.slot else "", "done")
            seen = Step("بازدید و گزارش", case.inspector or "مأمور بازدید", "current")
            return [registered, book, seen, *after]
        case State.RETURNED:
            mend = Step("رفع نقص و اصلاح", "در صفحهٔ پرونده", "current")
            return [registered, mend, *after]
        case State.IN_REVIEW | State.RECOMMENDED | State.COMMISSION | State.CONSULTING:
            look = Step("بررسی شهرداری", reviewer(case), "current")
            return [registered, look, *after]
        case State.WITHDRAWN:
            return [registered, Step("انصراف", case.withdrawn, "done")]
        case State.PASSED_ON if case.passed is not None:
            name = to_persian_digits(case.passed.name)
            return [registered, Step("سپردن پرونده", name, "done")]
    sent = Step("پاسخ مرکز", "خودکار، با وصل شدن خط" if view.waiting else "خودکار", "current")
    return [registered, sent, hand]


def _later(case: Case) -> list[Step]:
    """What the decision asks for beside what is asked for now."""
    failing = {x.effect for x in case.decision.failing} if case.decision else set()
    found = []
    if Effect.REVIEW in failing and case.state in (State.VISIT_DUE, State.BOOKED):
        found.append(Step("بررسی شهرداری", "کارشناس شهرسازی"))
    if Effect.PAY in failing and case.state is not State.PAY_DUE and case.decision is not None:
        found.append(Step("پرداخت", format_rial(case.decision.amount)))
    return found


def _letter_steps(standing: Standing, case: Case, managers: str) -> list[Step]:
    view, held = standing.view, case.answer
    issued = moment_words(_at(view, f.LetterIssued.kind), standing.today)
    steps = [Step(PREPARED, f"مرکز، {issued}", "done")]
    if held is None:
        return steps
    if held.release is None:
        steps.append(Step("تأیید و مهر", managers, "current"))
    else:
        when = moment_words(_at(view, f.LetterReleased.kind), standing.today)
        steps.append(Step("تأیید و مهر", f"{held.release.by}، {when}", "done"))
    copies = to_persian_digits(f"نسخهٔ {max(held.copies, 1)}")
    wanted = held.release and not case.recalls(held)
    printed: SectionState = "done" if held.on_paper else "current" if wanted else "later"
    steps.append(Step("چاپ", copies, printed))
    ready = held.on_paper and not case.recalls(held)
    given: SectionState = "done" if held.handed_to else "current" if ready else "later"
    shown = NOT_HANDED_OVER if case.recalls(held) else shown_at_hand_over(case)
    who = to_persian_digits(held.handed_to) or shown
    body = case.request.party.kind.is_body
    taker = who_takes(case.request.party.kind) if body else "به متقاضی"
    steps.append(Step(f"تحویل {taker}", who, given))
    for asked in case.consultations:
        if asked.ident == held.letter.letter_id:
            # Decided by a utility: its reply is the end.
            said = asked.reply.told if asked.reply is not None else ""
            name = to_persian_digits(asked.sent.consultee)
            steps.append(Step(f"پاسخ {name}", said, "done" if said else "current"))
    return steps


def shown_at_hand_over(case: Case) -> str:
    """What whoever takes the letter must show."""
    kind = case.request.party.kind
    if kind.is_body:
        return "با معرفی‌نامه و کارت ملی"
    return f"با دیدن اصل {_OF_STANDING.get(kind, kind.paper)} و کارت ملی"


# What shows that somebody stands for another: the deed names who is represented.
_OF_STANDING = {
    Applicant.ATTORNEY: "وکالت‌نامه",
    Applicant.HEIR: "گواهی حصر وراثت",
    Applicant.GUARDIAN: "مدرک ولایت یا قیمومت",
}


def who_takes(kind: Applicant) -> str:
    """To whom a letter of such an applicant is handed over."""
    if kind.is_body:
        return "به نمایندهٔ مرجع"
    if kind is Applicant.COMPANY:
        return "به نمایندهٔ شرکت"
    return f"به {kind.word}" if kind is Applicant.ATTORNEY else f"به {kind.word} یا وکیل"


def due_words(case: Case) -> str:
    """The promised day, «پنجشنبه ۳ دی ۱۴۰۵»."""
    return format_long(case.due_on)
