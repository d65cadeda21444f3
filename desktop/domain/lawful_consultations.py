"""The part of `handle` that is about other bodies: asked, reminded, replied, taken back, late."""

from __future__ import annotations

from datetime import date

from desktop.domain import commands as c
from desktop.domain.calendar import format_jalali
from desktop.domain.case import Case
from desktop.domain.consultation import (
    Consultation,
    ConsultationDropped,
    Consulted,
    ConsulteeReminded,
    ConsulteeReplied,
    Reply,
    ReplyLate,
    consultee_named,
    same_number,
)
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterKind
from desktop.domain.people import Role, Staff
from desktop.domain.persian import fold, is_blank, isolate, to_persian_digits
from desktop.domain.setting import Facts, Setting

_NONE = "این استعلام از این پرونده نیست."
_NOT_LISTED = "این مرجع در فهرست مراجعی که شهرداری از آن‌ها استعلام می‌کند نیست."
NO_QUESTION = "بنویسید از مرجع چه پرسیده می‌شود؛ در نامه می‌آید."
NO_REASON = "دلیل پس گرفتن استعلام را بنویسید."
_BY_LETTER = "پاسخ این مرجع از متقاضی گرفته نمی‌شود؛ خود مرجع آن را به شهرداری می‌فرستد."


def consult(case: Case, payload: c.Consult, _: Staff, setting: Setting) -> Facts:
    """A published body is asked once at a time, and told what it is asked."""
    found = consultee_named(setting.city.consultees, payload.consultee)
    if found is None:
        raise Refusal(_NOT_LISTED, field="consultee")
    if any(fold(each.sent.consultee) == fold(found.name) for each in case.awaited):
        raise Refusal(f"از {found.name} استعلام شده و هنوز پاسخی نرسیده است.", field="consultee")
    if any(each.sent.consultation_id == payload.consultation_id for each in case.consultations):
        # One reply would be two bodies'.
        raise Refusal(f"این استعلام پیش‌تر فرستاده شده است؛ {found.name} را دوباره برگزینید.")
    if is_blank(payload.question):
        raise Refusal(NO_QUESTION, field="question")
    until = setting.city.calendar.add_working_days(setting.today, found.days)
    # Its letter, with the number, is the centre's.
    told = Consulted(
        payload.consultation_id,
        found.name,
        payload.question.strip(),
        asked_on=setting.today,
        reply_by=until,
        by_hand=found.by_hand,
        days=found.days,
    )
    return (told,)


def asked_by_answer(case: Case, letter_id: str, setting: Setting) -> Facts:
    """What follows from handing an answer over where a utility decides after it; mostly nothing.

    The number that its reply names is that of the answer, which the utility gets.
    """
    held = case.letter(letter_id).letter
    if held.kind is not LetterKind.ANSWER:
        return ()
    code = setting.service.code
    asked = next((each for each in setting.city.consultees if code in each.services), None)
    if asked is None:
        return ()
    told = Consulted(
        letter_id,
        asked.name,
        held.text.subject,
        asked_on=setting.today,
        reply_by=setting.city.calendar.add_working_days(setting.today, asked.days),
        number=held.number,
        by_hand=asked.by_hand,
        days=asked.days,
    )
    return (told,)


def _open_one(case: Case, ident: str) -> Consultation:
    """The question that awaits a reply. Raises Refusal, saying what became of it."""
    try:
        asked = case.consultation(ident)
    except KeyError:
        raise Refusal(_NONE) from None
    if asked.reply is not None:
        raise Refusal(f"پاسخ {asked.sent.consultee} پیش‌تر ثبت شده است: {asked.reply.told}.")
    if asked.dropped:
        raise Refusal(
            f"استعلام از {asked.sent.consultee} پس گرفته شده است و پاسخ آن در پرونده اثری ندارد: "
            f"{asked.dropped}"
        )
    return asked


def remind(case: Case, payload: c.RemindConsultee, _: Staff, setting: Setting) -> Facts:
    """It is asked again, not twice on one day, and gets its whole term again."""
    asked = _open_one(case, payload.consultation_id)
    if asked.last.asked_on >= setting.today:
        raise Refusal(f"امروز به {asked.sent.consultee} نامه فرستاده شده است؛ فردا یادآوری کنید.")
    found = consultee_named(setting.city.consultees, asked.sent.consultee)
    if found is None:
        raise Refusal(_NOT_LISTED)
    until = setting.city.calendar.add_working_days(setting.today, found.days)
    return (ConsulteeReminded(asked.ident, setting.today, until, days=found.days),)


def enter_reply(case: Case, payload: c.EnterReply, actor: Staff, setting: Setting) -> Facts:
    """One reply to one question: to our number, from its day on, with its scan."""
    asked = _open_one(case, payload.consultation_id)
    by_hand = actor.role in (Role.CLERK, Role.MANAGER)
    if by_hand and not asked.sent.by_hand:
        raise Refusal(_BY_LETTER)
    reply = payload.reply
    for field, words in reply_faults(reply, asked, setting.today):
        raise Refusal(words, field=field)
    return (ConsulteeReplied(asked.ident, reply, setting.today, by_hand),)


def reply_faults(reply: Reply, asked: Consultation, today: date) -> list[tuple[str, str]]:
    """By field, what is wrong with the reply, in the order of its form."""
    found: list[tuple[str, str]] = []
    if not any(same_number(reply.to_number, each) for each in asked.numbers):
        ours = " یا ".join(isolate(to_persian_digits(each)) for each in asked.numbers)
        words = f"این پاسخ به نامهٔ دیگری است؛ نامهٔ این استعلام {ours} است."
        if is_blank(reply.to_number):
            words = "بنویسید پاسخ به کدام شمارهٔ ماست؛ روی نامهٔ پاسخ آمده است."
        found.append(("to_number", words))
    if is_blank(reply.number):
        found.append(("number", "شمارهٔ نامهٔ پاسخ را بنویسید."))
    if reply.dated > today:
        found.append(("dated", "تاریخ پاسخ نمی‌تواند پس از امروز باشد."))
    elif reply.dated < asked.sent.asked_on:
        day = format_jalali(asked.sent.asked_on)
        found.append(("dated", f"تاریخ پاسخ پیش از {day} است که استعلام فرستاده شد."))
    if reply.kind.needs_words and is_blank(reply.words):
        found.append(("words", f"بنویسید {reply.kind.word} با چه شرط یا به چه دلیل است."))
    if reply.scan is None:
        found.append(("scan", "تصویر نامهٔ پاسخ را پیوست کنید."))
    return found


def drop(case: Case, payload: c.DropConsultation, _: Staff, __: Setting) -> Facts:
    """The question is taken back, with why."""
    asked = _open_one(case, payload.consultation_id)
    if is_blank(payload.reason):
        raise Refusal(NO_REASON, field="reason")
    return (ConsultationDropped(asked.ident, payload.reason.strip()),)


def tell_late(case: Case, payload: c.TellLateReply, _: Staff, setting: Setting) -> Facts:
    """Its day went by."""
    asked = _open_one(case, payload.consultation_id)
    if asked.late or setting.today <= asked.reply_by:
        raise Refusal("مهلت پاسخ این مرجع نگذشته است.")
    return (ReplyLate(asked.ident, asked.reply_by),)
