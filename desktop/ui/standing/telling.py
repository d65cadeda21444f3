"""What each fact of a case says in a log: one function a kind, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.domain import facts as f
from desktop.domain.calendar import (
    TEHRAN,
    format_day_month,
    format_jalali,
    format_long,
    format_time,
    weekday,
)
from desktop.domain.case import area_or_none
from desktop.domain.consultation import (
    ConsultationDropped,
    Consulted,
    ConsulteeReminded,
    ConsulteeReplied,
    ReplyKind,
    ReplyLate,
)
from desktop.domain.contest import Stage, sentence_of
from desktop.domain.counter import CONDITIONS, FEES, METHODS, MISSED, RULINGS
from desktop.domain.decision import Outcome
from desktop.domain.elsewhere import CopyGiven
from desktop.domain.identifiers import phone_words
from desktop.domain.letter import LetterKind
from desktop.domain.message import Occasion
from desktop.domain.money import format_rial
from desktop.domain.paper import CopyAnswered, CopyAsked, SheetSpoiled
from desktop.domain.people import Honorific
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.domain.recall import LetterRecalled, LetterUpheld, VoidTold
from desktop.domain.recommendation import AskedInstead, ChallengeReason
from desktop.domain.request import Payment, Shared, Slot, VisitOpinion
from desktop.domain.service import Effect, Service
from desktop.domain.words import letter_called, tell_all
from desktop.forms.values import with_unit
from desktop.ui.city_words import half_words
from desktop.ui.palette import Tone
from desktop.ui.standing import doubt, lateness, paper
from desktop.ui.standing.acts import act_words
from desktop.ui.standing.doubt import SEE_LETTER
from desktop.ui.standing.expert import entered_words, lifted_words
from desktop.ui.standing.lines import whole_code
from desktop.ui.widgets.lists.timeline import Happening

WHY, FORM = "why", "form"
COMMISSIONS = {"100": "کمیسیون مادهٔ ۱۰۰", "5": "کمیسیون مادهٔ ۵"}
_OUTCOMES: Mapping[Outcome, tuple[str, str, Tone]] = {
    Outcome.ANSWER: ("پاسخ مثبت بر پایهٔ سوابق", "circle-check", "ok"),
    Outcome.PAY: ("نیازمند پرداخت شد", "cash-banknote", "pay"),
    Outcome.VISIT: ("نیازمند بازدید شد", "calendar-event", "visit"),
    Outcome.REVIEW: ("به کارشناس ارجاع شد", "eye-check", "review"),
    Outcome.REFUSE: ("پاسخ منفی داده شد", "ban", "refuse"),
}
_SEEN_REASONS = 2


@dataclass(frozen=True)
class LogCase:
    """What a sentence needs beside its fact: the case's service, numbers of its letters by id, and
    who did it, by name.
    """

    service: Service | None
    numbers: Mapping[str, str]
    by: str

    def number(self, letter_id: str) -> str:
        """«نامهٔ ۱۴۰۵/۲۱/۷», or «نامه»."""
        return f"نامهٔ {isolate(self.numbers[letter_id])}" if letter_id in self.numbers else "نامه"


def slot_words(slot: Slot) -> str:
    """«پنجشنبه ۵ آذر، ۸:۰۰ تا ۱۱:۰۰»."""
    return f"{weekday(slot.day)} {format_day_month(slot.day)}، {half_words(slot.day, slot.half)}"


def payment_words(payment: Payment) -> str:
    """«۲٬۵۰۰٬۰۰۰ ریال، کارت‌خوان، شمارهٔ پیگیری ۷۱۸۲۰۴»."""
    return f"{format_rial(payment.amount)}، {method_words(payment)}"


def method_words(payment: Payment) -> str:
    """«کارت‌خوان، شمارهٔ پیگیری ۷۱۸۲۰۴», where the sum stands beside it."""
    reference = isolate(to_persian_digits(payment.reference))
    return f"{METHODS.get(payment.method, payment.method)}، شمارهٔ پیگیری {reference}"


def paid_words(payment: Payment) -> str:
    """«کارت‌خوان، شمارهٔ پیگیری ۷۱۸۲۰۴، ۱۴۰۵/۰۹/۰۳», where no event beside it has the day."""
    return f"{method_words(payment)}، {isolate(format_jalali(payment.paid_on))}"


def ruling_words(ruling: f.CommissionDecided) -> str:
    """«برائت (رأی بدوی)، شمارهٔ ۱۴۰۵/۸۱۲، ۱۴۰۵/۰۹/۰۳»."""
    code = isolate(to_persian_digits(ruling.number))
    stage = f" ({RULINGS[ruling.stage]})" if ruling.stage in RULINGS else ""
    result = to_persian_digits(ruling.result.rstrip(" ."))
    return f"{result}{stage}، شمارهٔ {code}، {isolate(format_jalali(ruling.decided_on))}"


def tell(fact: object, about: LogCase) -> Happening:
    """The fact in words. KeyError for what is no case's."""
    return WORDS[type(fact)](fact, about)


def _h(
    words: str,
    detail: str = "",
    icon: str = "check",
    tone: Tone = "neutral",
    *links: tuple[str, str],
) -> Happening:
    return Happening("", words, "", detail, icon, tone, links)


def _sentences(*parts: str) -> str:
    """The parts that say something, a full stop between them whether they were typed with one."""
    return ". ".join(part.rstrip(" .") for part in parts if part)


def _registered(fact: f.Registered, about: LogCase) -> Happening:
    request = fact.request
    title = about.service.title if about.service else request.service
    term = isolate(format_jalali(fact.due_on))
    words = f"{title}، کد رهگیری {whole_code(request.tracking)}، مهلت پاسخ {term}"
    if request.duplicate_reason:
        words += f". درخواست دوباره: {request.duplicate_reason}"
    return _h("درخواست ثبت شد", words)


def _fee_due(fact: f.FeeDue, _: LogCase) -> Happening:
    return _h(f"{FEES[fact.fee]} تعیین شد", format_rial(fact.amount), "coins", "pay")


def _fee_paid(fact: f.FeePaid, _: LogCase) -> Happening:
    return _h(f"{FEES[fact.fee]} دریافت شد", payment_words(fact.payment), "coins", "pay")


def _decided(fact: f.Decided, _: LogCase) -> Happening:
    decision = fact.decision
    words, icon, tone = _OUTCOMES[decision.outcome]
    # A refusal rests on all that stands open, each other step on what asked for it.
    steps = {effect.value for effect in Effect} - {"note"}
    own = steps if decision.outcome is Outcome.REFUSE else {decision.outcome.value}
    seen = [t.condition for t in tell_all(decision) if t.effect in own]
    reasons = list(fact.refusal) or seen
    detail = "؛ ".join(reasons[:_SEEN_REASONS])
    if len(reasons) > _SEEN_REASONS:
        detail += to_persian_digits(f" و {len(reasons) - _SEEN_REASONS} دلیل دیگر")
    if fact.sampled:
        looked = "بازبینی ناظر خواسته شد"
        detail = f"{detail}. {looked}" if detail else looked
    return _h(words, detail, icon, tone, (WHY, "چرا؟"))


def _amounts_due(fact: f.AmountsDue, _: LogCase) -> Happening:
    names = join_and([o.name for o in fact.owed])
    total = format_rial(sum(o.amount for o in fact.owed))
    return _h("مبلغ‌ها اعلام شد", f"{total}: {names}", "cash-banknote", "pay")


def _amount_paid(fact: f.AmountPaid, _: LogCase) -> Happening:
    return _h("پرداخت ثبت شد", payment_words(fact.payment), "cash-banknote", "pay")


def _all_settled(_: f.AllSettled, __: LogCase) -> Happening:
    return _h("همهٔ مبلغ‌ها تسویه شد", "مرکز دوباره تصمیم می‌گیرد.", "checks", "ok")


def _visit_due(fact: f.VisitDue, _: LogCase) -> Happening:
    why = "این ملک در سوابق شهرداری نیست." if fact.no_record else ""
    return _h("در انتظار نوبت بازدید", why, "calendar-event", "visit")


def _inspector(name: str) -> str:
    return f"، مأمور: {name}" if name else ""


def _slot_booked(fact: f.SlotBooked, _: LogCase) -> Happening:
    words = f"{slot_words(fact.slot)}{_inspector(fact.inspector)}، حاضر: {fact.attending}"
    return _h("نوبت بازدید تعیین شد", words, "calendar-check", "visit")


def _slot_moved(fact: f.SlotMoved, about: LogCase) -> Happening:
    words = f"{slot_words(fact.slot)}{_inspector(fact.inspector)}. دلیل: {fact.reason}"
    # An inspector who was there on another day than the booked one says so: no slot was given.
    held = about.by == fact.inspector
    title = "بازدید در روز دیگری انجام شد" if held else "نوبت بازدید جابه‌جا شد"
    return _h(title, words, "calendar-check", "visit")


def _visit_missed(fact: f.VisitMissed, _: LogCase) -> Happening:
    at = f"، ساعت {format_time(fact.at)}" if fact.at is not None else ""
    words = _sentences(f"{MISSED.get(fact.cause, fact.cause)}{at}", fact.note)
    return _h("بازدید انجام نشد", words, "clock-exclamation", "refuse")


def _visit_reported(fact: f.VisitReported, _: LogCase) -> Happening:
    report = fact.report
    day = isolate(format_jalali(report.visited_at.astimezone(TEHRAN).date()))
    built = to_persian_digits(report.built.replace(".", "٫"))
    parts = [f"بازدید {day}", CONDITIONS.get(report.condition, report.condition)]
    parts += [f"اعیان {built} مترمربع"] if area_or_none(report.built) else []
    parts += [each.short for each in report.violations]
    parts += [VisitOpinion(report.opinion).word] if report.opinion else []
    parts += [report.result] if report.result else []
    return _h("گزارش بازدید ثبت شد", "، ".join(parts), "clipboard-check", "visit")


def _double_told(fact: f.DoubleTold, _: LogCase) -> Happening:
    words = f"{fact.office}، پروندهٔ {whole_code(fact.tracking)}"
    what = "همین نامهٔ استعلام" if fact.shared is Shared.LETTER else "همین ملک"
    return _h(f"{what} پروندهٔ باز دیگری دارد", words, "copy", "pay")


def _records_taken_back(fact: f.RecordsTakenBack, _: LogCase) -> Happening:
    return _h("سوابق این پاسخ پس گرفته شد", fact.reason, "database", "refuse")


def _message_failed(fact: f.MessageFailed, _: LogCase) -> Happening:
    words = f"{Occasion(fact.occasion).word}، {phone_words(fact.mobile)}: {fact.cause}"
    return _h("پیام به متقاضی نرسید", words, "phone", "pay")


def _message_resent(fact: f.MessageResent, _: LogCase) -> Happening:
    words = f"{Occasion(fact.occasion).word}، {phone_words(fact.mobile)}"
    return _h("شماره اصلاح شد و پیام دوباره فرستاده می‌شود", words, "send", "neutral")


def _conflict_settled(fact: f.ConflictSettled, about: LogCase) -> Happening:
    words = f"{field_label(fact.key, about.service)}: نوشتهٔ دیگری کنار گذاشته شد"
    return _h("آنچه در پرونده است ماند", words, "check", "neutral")


_STAGES: Mapping[Stage, tuple[str, Tone]] = {
    Stage.REGISTERED: ("به این پرونده اعتراض شد", "review"),
    Stage.UPHELD: ("اعتراض به این پرونده وارد دانسته شد", "pay"),
    Stage.REJECTED: ("اعتراض به این پرونده پذیرفته نشد", "neutral"),
    Stage.WITHDRAWN: ("معترض به این پرونده انصراف داد", "neutral"),
}


def _objection_laid(fact: f.ObjectionLaid, _: LogCase) -> Happening:
    words = f"{fact.contested.word}: {fact.contested.unit.word}"
    if fact.letter:
        words += f"، نامهٔ {isolate(fact.letter)}"
    if fact.late and fact.until is not None:
        words += f". مهلت اعتراض {format_day_month(fact.until)} تمام شده است"
    return _h("به واحد متولی سابقه ارجاع شد", words, "scale", "review")


def _objection_answered(fact: f.ObjectionAnswered, _: LogCase) -> Happening:
    words = "اعتراض وارد دانسته شد" if fact.upheld else "اعتراض پذیرفته نشد"
    second = "در انتظار امضای نفر دوم" if fact.second else ""
    detail = _sentences(fact.reason, sentence_of(fact.corrections), fact.comment, second)
    return _h(words, detail, "scale", "ok" if fact.upheld else "refuse")


def _objection_signed(fact: f.ObjectionSigned, _: LogCase) -> Happening:
    if fact.agreed:
        return _h("نفر دوم پاسخ اعتراض را امضا کرد", fact.comment, "user-check", "ok")
    return _h("نفر دوم پاسخ اعتراض را نپذیرفت", fact.comment, "arrow-back-up", "review")


def _objection_told(fact: f.ObjectionTold, _: LogCase) -> Happening:
    words, tone = _STAGES[fact.stage]
    code = whole_code(fact.tracking)
    return _h(words, f"{fact.contested.word}، پروندهٔ {code}", "scale", tone)


def _passed_on(fact: f.PassedOn, _: LogCase) -> Happening:
    words = to_persian_digits(f"{fact.name}، {fact.act.words}")
    return _h("به دفتر دیگری سپرده شد", words, "arrows-exchange", "neutral")


def _taken_over(fact: f.TakenOver, _: LogCase) -> Happening:
    words = to_persian_digits(fact.name)
    return _h("پرونده از دفتر دیگری رسید", words, "arrows-exchange", "neutral")


def _acted_elsewhere(fact: f.ActedElsewhere, _: LogCase) -> Happening:
    done = act_words(fact.act) or "کاری دیگر"
    words = to_persian_digits(f"{fact.name}: {done}")
    if fact.payment is not None:
        words += f"، {payment_words(fact.payment)}"
    return _h("دفتر پیشین، بی‌اطلاع از سپردن پرونده، کاری کرده بود", words, "alert-triangle", "pay")


def _in_review(fact: f.InReview, _: LogCase) -> Happening:
    return _h("به کارشناس شهرسازی ارجاع شد", fact.comment, "eye-check", "review")


def _gates_cleared(fact: f.GatesCleared, about: LogCase) -> Happening:
    entered = entered_words(fact.entered, about.service)
    lifted = lifted_words(fact.cleared, about.service)
    return _h("رفع موانع با نظر کارشناس", _sentences(entered, lifted, fact.note), "eye-check", "ok")


def _assigned(fact: f.Assigned, _: LogCase) -> Happening:
    if not fact.expert:
        return _h("پرونده به صف کارشناسان برگشت", fact.reason, "inbox", "neutral")
    return _h(f"به {fact.name} سپرده شد", fact.reason, "user-check", "neutral")


def _recommended(fact: f.Recommended, about: LogCase) -> Happening:
    told = fact.recommendation
    entered = entered_words(told.entered, about.service)
    lifted = lifted_words(told.cleared, about.service)
    listed = "؛ ".join(to_persian_digits(f"{i}. {r}") for i, r in enumerate(told.reasons, 1))
    words = f"کارشناس پیشنهاد کرد: {told.proposal.word}"
    return _h(words, _sentences(entered, lifted, listed, told.note), "eye-check", "review")


def _countersigned(_: f.Countersigned, __: LogCase) -> Happening:
    return _h("نظر کارشناس با امضای دوم تأیید شد", "", "user-check", "ok")


def _challenged(fact: f.Challenged, _: LogCase) -> Happening:
    reason, wanted = ChallengeReason(fact.reason).word, AskedInstead(fact.wanted).word
    words = _sentences(f"{reason}؛ {wanted}", fact.comment)
    return _h("با نظر کارشناس مخالفت شد", words, "arrow-back-up", "review")


def _refused(fact: f.RefusedByExpert, _: LogCase) -> Happening:
    listed = "؛ ".join(to_persian_digits(f"{i}. {r}") for i, r in enumerate(fact.reasons, 1))
    return _h("کارشناس پاسخ منفی داد", listed, "ban", "refuse")


def _to_commission(fact: f.SentToCommission, _: LogCase) -> Happening:
    where = COMMISSIONS.get(fact.article, "کمیسیون")
    return _h(f"به {where} ارجاع شد", fact.note, "gavel", "review")


def _commission_decided(fact: f.CommissionDecided, _: LogCase) -> Happening:
    return _h("رأی کمیسیون ثبت شد", ruling_words(fact), "gavel", "review")


def _on_agenda(fact: f.OnAgenda, _: LogCase) -> Happening:
    number = isolate(to_persian_digits(fact.session))
    words = f"جلسهٔ شمارهٔ {number}، {format_long(fact.held_on)}"
    return _h("در دستور جلسهٔ کمیسیون", words, "calendar-event", "review")


def _ruling_served(fact: f.RulingServed, _: LogCase) -> Happening:
    who = f"{fact.receiver}، " if fact.receiver else ""
    paper = isolate(to_persian_digits(fact.paper))
    day = isolate(format_jalali(fact.paper_date)) if fact.paper_date else ""
    written = f"شمارهٔ {paper} مورخ {day}" if day else ""
    said = f"{who}{fact.way.word}، {isolate(format_jalali(fact.served_on))}"
    if not fact.way.serves:
        return _h("رأی ابلاغ نشد", _sentences(said, fact.note), "clock-exclamation", "pay")
    term = f"مهلت تا {isolate(format_jalali(fact.until))}" if fact.until else ""
    return _h("رأی ابلاغ شد", _sentences(said, written, term, fact.note), "send", "review")


def _ruling_objected(fact: f.RulingObjected, _: LogCase) -> Happening:
    number, day = isolate(to_persian_digits(fact.paper)), isolate(format_jalali(fact.objected_on))
    late = "رأی قطعی شمرده شده بود" if fact.reopens else ""
    said = _sentences(f"شمارهٔ {number} مورخ {day}", late)
    return _h("اعتراض به رأی بدوی", said, "gavel", "review")


def _ruling_final(fact: f.RulingFinal, _: LogCase) -> Happening:
    number = isolate(to_persian_digits(fact.number))
    return _h("رأی قطعی شد", f"رأی شمارهٔ {number}؛ کسی در مهلت اعتراض نکرد", "gavel", "review")


def _fine_cleared(fact: f.FineCleared, _: LogCase) -> Happening:
    if not fact.right or fact.paid_on is None:
        return _h("پرداخت جریمه یافت نشد", fact.comment, "receipt", "pay")
    number = isolate(to_persian_digits(fact.reference))
    paid = f"شمارهٔ پیگیری {number}، {isolate(format_jalali(fact.paid_on))}"
    return _h(
        "امور مالی پرداخت جریمه را تأیید کرد", _sentences(paid, fact.comment), "receipt", "ok"
    )


REPLIES: Mapping[ReplyKind, tuple[str, Tone]] = {
    ReplyKind.AGREED: ("circle-check", "ok"),
    ReplyKind.CONDITIONAL: ("alert-triangle", "pay"),
    ReplyKind.OPPOSED: ("ban", "refuse"),
}
"""By what a body replied, its icon and tone."""


def _consulted(fact: Consulted, _: LogCase) -> Happening:
    number = f"نامهٔ {isolate(to_persian_digits(fact.number))}" if fact.number else ""
    until = f"پاسخ تا {format_day_month(fact.reply_by)}"
    words = _sentences(f"{number}، {until}" if number else until, fact.question)
    return _h(f"از {to_persian_digits(fact.consultee)} استعلام شد", words, "send", "review")


def _consultee_reminded(fact: ConsulteeReminded, _: LogCase) -> Happening:
    number = f"نامهٔ {isolate(to_persian_digits(fact.number))}، " if fact.number else ""
    words = f"{number}پاسخ تا {format_day_month(fact.reply_by)}"
    return _h("یادآوری به مرجع فرستاده شد", words, "send", "review")


def _consultee_replied(fact: ConsulteeReplied, _: LogCase) -> Happening:
    icon, tone = REPLIES[fact.reply.kind]
    brought = "متقاضی آن را به دفتر آورد" if fact.by_hand else ""
    words = _sentences(fact.reply.told, to_persian_digits(fact.reply.words), brought)
    return _h("پاسخ مرجع رسید", words, icon, tone)


def _consultation_dropped(fact: ConsultationDropped, _: LogCase) -> Happening:
    return _h("استعلام پس گرفته شد", to_persian_digits(fact.reason), "arrow-back-up", "neutral")


def _returned(fact: f.Returned, _: LogCase) -> Happening:
    listed = "؛ ".join(f"{d.document}: {d.fault}" for d in fact.defects)
    term = "مهلت رفع نقص" if fact.defects else "مهلت اصلاح"
    words = _sentences(listed, fact.comment, f"{term}: {format_long(fact.until)}")
    if fact.defects:
        return _h("نقص مدارک اعلام شد", words, "paperclip", "pay")
    return _h("برای اصلاح برگشت داده شد", words, "arrow-back-up", "pay")


def _amended(fact: f.Amended, about: LogCase) -> Happening:
    parts = [field_label(key, about.service) for key in fact.changes]
    parts += [document.title for document in fact.documents]
    return _h("درخواست اصلاح شد", join_and(parts), "pencil", "neutral", (FORM, "دیدن فرم"))


_PARTY_WORDS = {
    "party.honorific": "عنوان",
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


def field_label(key: str, service: Service | None) -> str:
    """A changed answer by the words of its field."""
    labels = {field.key: field.label for field in service.fields} if service else {}
    return labels.get(key) or _PARTY_WORDS.get(key, "پاسخ دیگر")


_CLOSED: Mapping[str, Mapping[str, str]] = {
    "party.honorific": {"": "بی‌عنوان", **{each.value: each.word for each in Honorific}},
    "unchanged": {"yes": "بنا تغییری نکرده است", "no": "بنا تغییر کرده است"},
}
"""By the key of an answer that no service's form holds, its few values in words."""


def value_words(key: str, value: str, service: Service | None) -> str:
    """A kept answer as it is read: a choice by its words, a day as Jalali, a measure's unit."""
    if words := _CLOSED.get(key, {}).get(value):
        return words
    field = next((f for f in service.fields if f.key == key), None) if service else None
    words = with_unit(field, value) if field is not None else to_persian_digits(value)
    if not words:
        return "نوشته نشده"
    return words if any(char.isalpha() for char in words) else isolate(words)


def _withdrawn(fact: f.Withdrawn, _: LogCase) -> Happening:
    return _h("متقاضی انصراف داد", fact.reason, "x")


def _second_looked(fact: f.SecondLooked, _: LogCase) -> Happening:
    if fact.right:
        return _h("ناظر تأیید کرد", fact.comment, "eye-check", "ok")
    words = _sentences(fact.comment, "ابطال نامه خواسته شد" if fact.recall else "")
    return _h("ناظر برگشت داد", words, "arrow-back-up", "refuse")


def _letter_issued(fact: f.LetterIssued, _: LogCase) -> Happening:
    letter = fact.letter
    tone: Tone = "ok" if letter.kind is LetterKind.ANSWER else "refuse"
    tone = "pay" if letter.kind is LetterKind.DEBT else tone
    words = f"شمارهٔ {isolate(to_persian_digits(letter.number))}"
    if letter.valid_until:
        words += f"، اعتبار تا {isolate(format_jalali(letter.valid_until))}"
    if letter.replaces:
        words += f"، جایگزین {isolate(to_persian_digits(letter.replaces))}"
    return _h(f"{letter_called(letter)} آماده شد", words, "file-certificate", tone, SEE_LETTER)


def _letter_released(fact: f.LetterReleased, about: LogCase) -> Happening:
    release = fact.release
    words = f"{about.number(fact.letter_id)}، {release.by}، {release.title}"
    words += "، بدون مشاهدهٔ نامه" if fact.unseen else ""
    words += "، ثبت‌کننده خود مهر کرد؛ بازبینی ناظر خواسته شد" if fact.own else ""
    return _h("تأیید و مهر شد", words, "rubber-stamp", "ok", SEE_LETTER)


def _payment_claimed(fact: f.PaymentClaimed, _: LogCase) -> Happening:
    words = payment_words(fact.payment)
    return _h("رسید پرداخت به امور مالی ارجاع شد", words, "receipt", "review")


def _claim_answered(fact: f.ClaimAnswered, _: LogCase) -> Happening:
    if fact.right:
        return _h("امور مالی پرداخت را تأیید کرد", fact.comment, "circle-check", "ok")
    return _h("امور مالی پرداخت را تأیید نکرد", fact.comment, "alert-triangle", "refuse")


def _payment_matched(fact: f.PaymentMatched, _: LogCase) -> Happening:
    if fact.right:
        return _h("پرداخت در صندوق روز تأیید شد", "", "circle-check", "ok")
    return _h("پرداخت در صندوق روز نامنطبق بود", fact.note, "alert-triangle", "refuse")


def _payment_voided(fact: f.PaymentVoided, _: LogCase) -> Happening:
    return _h("ثبت پرداخت ابطال شد", fact.reason, "x", "refuse")


def _fee_refunded(fact: f.FeeRefunded, _: LogCase) -> Happening:
    what = FEES.get(fact.mark.partition("/")[0], "هزینه")
    code = isolate(to_persian_digits(fact.reference))
    words = _sentences(fact.reason, f"شمارهٔ پیگیری {code}")
    return _h(f"{what} بازگردانده شد", words, "arrow-back-up", "pay")


WORDS: Mapping[type[object], Callable[[Any, LogCase], Happening]] = {
    f.Registered: _registered,
    f.FeeDue: _fee_due,
    f.FeePaid: _fee_paid,
    f.Decided: _decided,
    f.AmountsDue: _amounts_due,
    f.AmountPaid: _amount_paid,
    f.AllSettled: _all_settled,
    f.VisitDue: _visit_due,
    f.SlotBooked: _slot_booked,
    f.SlotMoved: _slot_moved,
    f.VisitMissed: _visit_missed,
    f.VisitReported: _visit_reported,
    f.InReview: _in_review,
    f.GatesCleared: _gates_cleared,
    f.RefusedByExpert: _refused,
    f.Assigned: _assigned,
    f.Recommended: _recommended,
    f.Countersigned: _countersigned,
    f.Challenged: _challenged,
    f.SentToCommission: _to_commission,
    f.CommissionDecided: _commission_decided,
    f.OnAgenda: _on_agenda,
    f.RulingServed: _ruling_served,
    f.RulingObjected: _ruling_objected,
    f.RulingFinal: _ruling_final,
    f.FineCleared: _fine_cleared,
    Consulted: _consulted,
    ConsulteeReminded: _consultee_reminded,
    ConsulteeReplied: _consultee_replied,
    ConsultationDropped: _consultation_dropped,
    ReplyLate: lambda fact, _: lateness.reply_late(fact),
    f.Returned: _returned,
    f.Amended: _amended,
    f.LetterIssued: _letter_issued,
    f.LetterReleased: _letter_released,
    f.LetterPrinted: lambda fact, about: paper.printed(fact, about.number(fact.letter_id)),
    SheetSpoiled: lambda fact, about: paper.spoiled(fact, about.number(fact.letter_id)),
    CopyAsked: lambda fact, about: paper.copy_asked(fact, about.number(fact.letter_id)),
    CopyAnswered: lambda fact, about: paper.copy_answered(fact, about.number(fact.letter_id)),
    CopyGiven: lambda fact, about: paper.copy_given(fact, about.number(fact.letter_id)),
    f.HandedOver: lambda fact, _: paper.handed_over(fact),
    f.LetterVoided: lambda fact, about: doubt.voided(fact, about.number(fact.letter_id)),
    LetterRecalled: lambda fact, about: doubt.recalled(fact, about.number(fact.letter_id)),
    LetterUpheld: lambda fact, about: doubt.upheld(fact, about.number(fact.letter_id)),
    VoidTold: lambda fact, about: doubt.void_told(fact, about.number(fact.letter_id)),
    f.Withdrawn: _withdrawn,
    f.SecondLooked: _second_looked,
    f.PaymentClaimed: _payment_claimed,
    f.ClaimAnswered: _claim_answered,
    f.PaymentMatched: _payment_matched,
    f.FeeRefunded: _fee_refunded,
    f.PaymentVoided: _payment_voided,
    f.DoubleTold: _double_told,
    f.RecordsTakenBack: _records_taken_back,
    f.Escalated: lambda fact, _: lateness.escalated(fact),
    f.StepWarned: lambda fact, _: lateness.step_warned(fact),
    f.MessageFailed: _message_failed,
    f.MessageResent: _message_resent,
    f.ConflictSettled: _conflict_settled,
    f.ObjectionLaid: _objection_laid,
    f.ObjectionAnswered: _objection_answered,
    f.ObjectionSigned: _objection_signed,
    f.ObjectionTold: _objection_told,
    f.VisitOrdered: lambda fact, _: _h("بازدید خواسته شد", fact.reason, "walk", "visit"),
    f.PassedOn: _passed_on,
    f.TakenOver: _taken_over,
    f.ActedElsewhere: _acted_elsewhere,
}
"""By kind of fact, its words."""
