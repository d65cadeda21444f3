"""Every fact of a case in words: what happened, who did it, one line of detail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from desktop.domain import facts as f
from desktop.domain.calendar import TEHRAN, format_day_month, format_jalali, format_long, weekday
from desktop.domain.counter import FEES, HALVES, METHODS
from desktop.domain.decision import Decision, Outcome
from desktop.domain.identifiers import mask_id
from desktop.domain.letter import LetterKind
from desktop.domain.money import format_rial
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.domain.request import Payment, Shared, Slot
from desktop.domain.service import Effect, Service
from desktop.domain.stream import Fact
from desktop.domain.words import told
from desktop.ui.palette import Tone
from desktop.ui.standing.expert import entered_words, lifted_words
from desktop.ui.standing.lines import whole_code
from desktop.ui.times import time_of
from desktop.ui.widgets.lists.timeline import Happening

WHY, LETTER, FORM = "why", "letter", "form"
MISSED = {
    "absent": "متقاضی در محل نبود",
    "address": "نشانی با محل یکی نبود",
    "cancelled": "بازدید لغو شد",
}
CONDITIONS = {"land": "زمین", "underway": "در حال ساخت", "built": "ساخته‌شده"}
COMMISSIONS = {"100": "کمیسیون مادهٔ ۱۰۰", "5": "کمیسیون مادهٔ ۵"}
_OUTCOMES: Mapping[Outcome, tuple[str, str, Tone]] = {
    Outcome.ANSWER: ("سوابق پاسخ مثبت دادند", "circle-check", "ok"),
    Outcome.PAY: ("پرداخت لازم شد", "cash-banknote", "pay"),
    Outcome.VISIT: ("نوبت بازدید لازم شد", "calendar-event", "visit"),
    Outcome.REVIEW: ("بررسی کارشناس لازم شد", "eye-check", "review"),
    Outcome.REFUSE: ("پاسخ منفی شد", "ban", "refuse"),
}
_SEEN_REASONS = 2


def log_of(
    confirmed: Iterable[Fact], provisional: Iterable[Fact], service: Service | None, today: date
) -> list[tuple[Fact, Happening]]:
    """The whole log, newest first; what is not settled at the centre is told as «در صف»."""
    told_: list[tuple[Fact, Happening]] = []
    numbers: dict[str, str] = {}
    decided = ""
    helped = False
    for facts, settled in ((confirmed, True), (provisional, False)):
        for fact in facts:
            if fact.cause == decided and _told_already(fact.payload):
                continue
            decided = fact.cause if isinstance(fact.payload, f.Decided) else decided
            if isinstance(fact.payload, f.LetterIssued):
                letter = fact.payload.letter
                numbers[letter.letter_id] = to_persian_digits(letter.number)
            happening = _tell(fact, service, numbers)
            helped = helped or isinstance(fact.payload, f.VisitReported | f.GatesCleared)
            if helped and _is_answer(fact.payload):
                # Not the records alone: a visit or an expert saw to what they lacked.
                happening = replace(happening, words="همهٔ شرط‌ها برقرار شد")
            told_.append(
                (
                    fact,
                    replace(
                        happening,
                        time=moment_words(_moment(fact), today),
                        who=fact.actor_name,
                        # Names and reasons are kept with Latin digits.
                        detail=to_persian_digits(happening.detail),
                        settled=settled,
                    ),
                )
            )
    return told_[::-1]


def _is_answer(payload: object) -> bool:
    return isinstance(payload, f.Decided) and payload.decision.outcome is Outcome.ANSWER


def _moment(fact: Fact) -> datetime:
    """When it was, as the counter saw it."""
    if isinstance(fact.payload, f.Registered):
        return fact.payload.received_at or fact.at
    return fact.at


def _told_already(payload: object) -> bool:
    """What follows from a decision and adds nothing to what was said of it."""
    return isinstance(payload, f.VisitDue) or (
        isinstance(payload, f.InReview) and not payload.comment
    )


def moment_words(at: datetime, today: date) -> str:
    """«امروز ۱۰:۵۳», else the day with its time."""
    day = at.astimezone(TEHRAN).date()
    if day == today:
        return f"امروز {time_of(at)}"
    return f"{isolate(format_jalali(day))} {isolate(time_of(at))}"


def slot_words(slot: Slot) -> str:
    """«پنجشنبه ۵ آذر، ۸:۰۰ تا ۱۱:۰۰»."""
    return f"{weekday(slot.day)} {format_day_month(slot.day)}، {HALVES[slot.half]}"


def payment_words(payment: Payment) -> str:
    """«۲٬۵۰۰٬۰۰۰ ریال، کارت‌خوان، شمارهٔ پیگیری ۷۱۸۲۰۴»."""
    reference = isolate(to_persian_digits(payment.reference))
    method = METHODS.get(payment.method, payment.method)
    return f"{format_rial(payment.amount)}، {method}، شمارهٔ پیگیری {reference}"


def _h(
    words: str,
    detail: str = "",
    icon: str = "check",
    tone: Tone = "neutral",
    *links: tuple[str, str],
) -> Happening:
    return Happening("", words, "", detail, icon, tone, links)


def _tell(fact: Fact, service: Service | None, numbers: Mapping[str, str]) -> Happening:
    payload = fact.payload
    match payload:
        case f.Registered(request=request, due_on=due_on):
            title = service.title if service else request.service
            code = whole_code(request.tracking)
            term = isolate(format_jalali(due_on))
            words = f"{title}، کد رهگیری {code}، مهلت پاسخ {term}"
            if request.duplicate_reason:
                words += f". درخواست دوباره: {request.duplicate_reason}"
            return _h("درخواست ثبت شد", words)
        case f.FeeDue(fee=fee, amount=amount):
            return _h(f"{FEES[fee]} لازم شد", format_rial(amount), "coins", "pay")
        case f.FeePaid(fee=fee, payment=payment):
            return _h(f"{FEES[fee]} دریافت شد", payment_words(payment), "coins", "pay")
        case f.Decided(decision=decision):
            return _decided(payload, decision)
        case f.AmountsDue(owed=owed):
            names = join_and([o.name for o in owed])
            total = format_rial(sum(o.amount for o in owed))
            return _h("مبلغ‌ها اعلام شد", f"{total}: {names}", "cash-banknote", "pay")
        case f.AmountPaid(payment=payment):
            return _h("پرداخت ثبت شد", payment_words(payment), "cash-banknote", "pay")
        case f.AllSettled():
            return _h("همهٔ مبلغ‌ها تسویه شد", "مرکز دوباره تصمیم می‌گیرد.", "checks", "ok")
        case f.VisitDue(no_record=no_record):
            why = "این ملک در سوابق شهرداری نیست." if no_record else ""
            return _h("در انتظار نوبت بازدید", why, "calendar-event", "visit")
        case f.SlotBooked(slot=slot):
            words = f"{slot_words(slot)}{_inspector(payload.inspector)}، حاضر: {payload.attending}"
            return _h("نوبت بازدید تعیین شد", words, "calendar-check", "visit")
        case f.SlotMoved(slot=slot, reason=reason):
            words = f"{slot_words(slot)}{_inspector(payload.inspector)}. دلیل: {reason}"
            return _h("نوبت بازدید جابه‌جا شد", words, "calendar-check", "visit")
        case f.DoubleTold(office=office, tracking=tracking, shared=shared):
            words = f"{office}، پروندهٔ {whole_code(tracking)}"
            what = "همین نامهٔ استعلام" if shared is Shared.LETTER else "همین ملک"
            return _h(f"{what} جای دیگر پروندهٔ باز دارد", words, "copy", "pay")
        case f.RecordsTakenBack(reason=reason):
            return _h("سوابق این پاسخ پس گرفته شد", reason, "database", "refuse")
        case f.VisitMissed(cause=cause, note=note):
            words = _sentences(MISSED.get(cause, cause), note)
            return _h("بازدید انجام نشد", words, "clock-exclamation", "refuse")
        case f.VisitReported(report=report):
            day = isolate(format_jalali(report.visited_at.astimezone(TEHRAN).date()))
            built = to_persian_digits(report.built.replace(".", "٫"))
            parts = [f"بازدید {day}", CONDITIONS.get(report.condition, report.condition)]
            parts += [f"اعیان {built} مترمربع"] if report.built else []
            parts += [report.result] if report.result else []
            return _h("گزارش بازدید ثبت شد", "، ".join(parts), "clipboard-check", "visit")
    return _tell_of_people(payload, service, numbers)


def _sentences(*parts: str) -> str:
    """The parts that say something, a full stop between them whether they were typed with one."""
    return ". ".join(part.rstrip(" .") for part in parts if part)


def _inspector(name: str) -> str:
    return f"، مأمور: {name}" if name else ""


def _decided(payload: f.Decided, decision: Decision) -> Happening:
    words, icon, tone = _OUTCOMES[decision.outcome]
    # A refusal rests on all that stands open, each other step on what asked for it.
    steps = {effect.value for effect in Effect} - {"note"}
    own = steps if decision.outcome is Outcome.REFUSE else {decision.outcome.value}
    seen = [t.condition for t in told(decision) if t.effect in own]
    reasons = list(payload.refusal) or seen
    detail = "؛ ".join(reasons[:_SEEN_REASONS])
    if len(reasons) > _SEEN_REASONS:
        detail += to_persian_digits(f" و {len(reasons) - _SEEN_REASONS} دلیل دیگر")
    if payload.sampled:
        looked = "نگاه دوم ناظر خواسته شد"
        detail = f"{detail}. {looked}" if detail else looked
    return _h(words, detail, icon, tone, (WHY, "چرا؟"))


def _tell_of_people(
    payload: object, service: Service | None, numbers: Mapping[str, str]
) -> Happening:
    match payload:
        case f.InReview(comment=comment):
            return _h("نزد کارشناس شهرسازی رفت", comment, "eye-check", "review")
        case f.GatesCleared(cleared=cleared, note=note, entered=entered):
            return _h(
                "کارشناس پذیرفت",
                _sentences(entered_words(entered, service), lifted_words(cleared, service), note),
                "eye-check",
                "ok",
            )
        case f.RefusedByExpert(reasons=reasons):
            listed = "؛ ".join(to_persian_digits(f"{i}. {r}") for i, r in enumerate(reasons, 1))
            return _h("کارشناس پاسخ منفی داد", listed, "ban", "refuse")
        case f.SentToCommission(article=article, note=note):
            where = COMMISSIONS.get(article, "کمیسیون")
            return _h(f"به {where} رفت", note, "gavel", "review")
        case f.CommissionDecided():
            return _h("رأی کمیسیون ثبت شد", ruling_words(payload), "gavel", "review")
        case f.Returned(comment=comment, defects=defects, until=until):
            listed = "؛ ".join(f"{d.document}: {d.fault}" for d in defects)
            term = "مهلت رفع نقص" if defects else "مهلت اصلاح"
            words = _sentences(listed, comment, f"{term}: {format_long(until)}")
            if defects:
                return _h("نقص مدارک اعلام شد", words, "paperclip", "pay")
            return _h("برای اصلاح برگشت", words, "arrow-back-up", "pay")
        case f.Amended(changes=changes, documents=documents):
            parts = [_label(key, service) for key in changes] + [d.title for d in documents]
            return _h("درخواست اصلاح شد", join_and(parts), "pencil", "neutral", (FORM, "دیدن فرم"))
        case f.Withdrawn(reason=reason):
            return _h("متقاضی انصراف داد", reason, "x")
        case f.SecondLooked(right=True, comment=comment):
            return _h("ناظر تأیید کرد", comment, "eye-check", "ok")
        case f.SecondLooked(comment=comment, recall=recall):
            words = _sentences(comment, "ابطال نامه خواسته شد" if recall else "")
            return _h("ناظر برگرداند", words, "arrow-back-up", "refuse")
    return _tell_of_letters(payload, numbers)


def ruling_words(ruling: f.CommissionDecided) -> str:
    """«رأی برائت، شمارهٔ ۱۴۰۵/۸۱۲، ۱۴۰۵/۰۹/۰۳»."""
    code = isolate(to_persian_digits(ruling.number))
    result = to_persian_digits(ruling.result.rstrip(" ."))
    return f"{result}، شمارهٔ {code}، {isolate(format_jalali(ruling.decided_on))}"


_PARTY_WORDS = {
    "party.first_name": "نام",
    "party.last_name": "نام خانوادگی",
    "party.father": "نام پدر",
    "party.mobile": "تلفن همراه",
    "party.phone": "تلفن ثابت",
    "party.address": "نشانی متقاضی",
    "party.postal_code": "کد پستی",
    "party.represented_name": "نام نماینده‌شده",
    "unchanged": "خوداظهاری",
}


def _label(key: str, service: Service | None) -> str:
    """A changed answer by the words of its field."""
    labels = {field.key: field.label for field in service.fields} if service else {}
    return labels.get(key) or _PARTY_WORDS.get(key, "پاسخ دیگر")


def _tell_of_letters(payload: object, numbers: Mapping[str, str]) -> Happening:
    match payload:
        case f.LetterIssued(letter=letter):
            tone: Tone = "ok" if letter.kind is LetterKind.ANSWER else "refuse"
            tone = "pay" if letter.kind is LetterKind.DEBT else tone
            until = letter.valid_until
            words = f"شمارهٔ {isolate(to_persian_digits(letter.number))}"
            words += f"، اعتبار تا {isolate(format_jalali(until))}" if until else ""
            words += (
                f"، جایگزین {isolate(to_persian_digits(letter.replaces))}"
                if letter.replaces
                else ""
            )
            issued = f"{letter.kind.word} صادر شد"
            return _h(issued, words, "file-certificate", tone, (LETTER, "دیدن نامه"))
        case f.LetterReleased(letter_id=letter_id, release=release):
            words = f"{_number(numbers, letter_id)}، {release.by}، {release.title}"
            return _h("تأیید و مهر شد", words, "rubber-stamp", "ok", (LETTER, "دیدن نامه"))
        case f.LetterPrinted(letter_id=letter_id, copy=copy, reason=reason):
            words = to_persian_digits(f"{_number(numbers, letter_id)}، نسخهٔ {copy}")
            return _h("نامه چاپ شد", f"{words}، {reason}" if reason else words, "printer")
        case f.HandedOver(receiver=receiver, receiver_id=receiver_id, seen=seen):
            parts = [receiver, isolate(mask_id(receiver_id)), join_and(list(seen))]
            words = "، ".join(part for part in parts if part)
            return _h("تحویل شد", words, "circle-check", "ok")
        case f.LetterVoided(letter_id=letter_id, reason=reason):
            words = f"{_number(numbers, letter_id)}. {reason}"
            return _h("نامه ابطال شد", words, "file-off", "refuse", (LETTER, "دیدن نامه"))
        case f.PaymentClaimed(payment=payment):
            return _h("رسید پرداخت نزد امور مالی رفت", payment_words(payment), "receipt", "review")
        case f.ClaimAnswered(right=True, comment=comment):
            return _h("امور مالی پرداخت را یافت", comment, "circle-check", "ok")
        case f.ClaimAnswered(comment=comment):
            return _h("امور مالی پرداخت را نیافت", comment, "alert-triangle", "refuse")
        case f.PaymentMatched(right=True):
            return _h("پرداخت در صندوق روز تأیید شد", "", "circle-check", "ok")
        case f.PaymentMatched(note=note):
            return _h("پرداخت در صندوق روز نامنطبق بود", note, "alert-triangle", "refuse")
        case f.PaymentVoided(reason=reason):
            return _h("ثبت پرداخت ابطال شد", reason, "x", "refuse")
        case f.FeeRefunded(mark=mark, reason=reason, reference=reference):
            what = FEES.get(mark.partition("/")[0], "هزینه")
            code = isolate(to_persian_digits(reference))
            words = _sentences(reason, f"شمارهٔ پیگیری {code}")
            return _h(f"{what} بازگردانده شد", words, "arrow-back-up", "pay")
    raise LookupError(f"no words for {type(payload).__name__}")


def _number(numbers: Mapping[str, str], letter_id: str) -> str:
    return f"نامهٔ {isolate(numbers[letter_id])}" if letter_id in numbers else "نامه"
