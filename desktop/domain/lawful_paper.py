"""The part of `handle` that is about a letter's paper: a spoiled sheet, more copies than usual."""

from __future__ import annotations

from desktop.domain import commands as c
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.city import City
from desktop.domain.elsewhere import FIRST, CopyGiven
from desktop.domain.errors import Refusal
from desktop.domain.lawful_letters import demand_releaser, live_letter
from desktop.domain.paper import CopyAnswered, CopyAsked, SheetSpoiled
from desktop.domain.people import Staff
from desktop.domain.persian import to_persian_digits
from desktop.domain.setting import Facts, Setting
from desktop.domain.stamped_sheets import demand_run
from desktop.domain.stream import office_of

NO_SPOIL_REASON = "بنویسید برگ چرا به کار نمی‌آید."
NO_COPY_REASON = "بنویسید نسخهٔ دیگر برای چیست؛ ناظر آن را می‌خواند."
NO_COPY_ANSWER = "بنویسید چرا؛ دفتر آن را می‌خواند."
NO_REASON = "بنویسید نسخه برای چیست؛ دفتر پرونده آن را می‌خواند."
NO_SUCH_CASE = "پرونده‌ای با این کد رهگیری و این کد ملی یافت نشد؛ هر دو را دوباره بخوانید."
_OWN_CASE = "این پرونده از همین دفتر است؛ نسخهٔ نامه در صفحهٔ خود نامه چاپ می‌شود."
_NOT_STAMPED = "این نامه هنوز مهر نشده است یا ابطال آن خواسته شده است؛ نسخه‌ای از آن داده نمی‌شود."
_EXPIRED = "اعتبار این نامه گذشته است؛ نسخه‌ای از آن داده نمی‌شود و درخواست تازه لازم است."
_OTHERS_COPY = "این نسخه به دفتر دیگری داده شده است."
_MOST_GIVEN = "{} نسخه از این نامه در دفترهای دیگر داده شده است؛ نسخهٔ دیگر را دفتر پرونده می‌دهد."
_NOT_OUT = "این نسخه چاپ نشده است یا خراب بودن آن ثبت شده است."
_GIVEN = "این نامه تحویل شده است؛ برگ آن دیگر در دفتر نیست."
_MOST = "از این نامه {} نسخه چاپ شده است؛ نسخهٔ دیگر با اجازهٔ ناظر شهرداری چاپ می‌شود."
_ASKED = "نسخهٔ دیگر این نامه از ناظر خواسته شده است؛ پاسخ او در همین پرونده می‌آید."
_NOT_ASKED = "نسخهٔ دیگری از این نامه خواسته نشده است."
_FREE = "این نسخه اجازه نمی‌خواهد؛ همین‌جا چاپ کنید."


def is_beyond(held: CaseLetter, city: City) -> bool:
    """Whether the next copy is one that the office does not print by itself.

    Where the municipality published no number it is every copy after the first.
    """
    return held.next_copy > max(city.most_copies or 1, held.allowed)


def demand_copy(held: CaseLetter, city: City) -> None:
    """Raise Refusal where the next copy waits for the supervisor; asked before it is drawn."""
    if is_beyond(held, city):
        words = _ASKED if held.asked else _MOST.format(held.copies)
        raise Refusal(to_persian_digits(words), field="copies")


def spoil(case: Case, payload: c.SpoilSheet, _: Staff, __: Setting) -> Facts:
    """The copy that came out last is destroyed, before anybody has it."""
    held = live_letter(case, payload.letter_id)
    if payload.copy != held.copies or held.spoiled or not held.copies:
        raise Refusal(_NOT_OUT)
    if held.handed_to and payload.copy == 1:
        raise Refusal(_GIVEN)
    if payload.pages < 0:
        raise Refusal(_NOT_OUT)
    reason = payload.reason.strip()
    if not reason:
        raise Refusal(NO_SPOIL_REASON, field="reason")
    if payload.sheets is not None:
        demand_run(payload.sheets)
    told = SheetSpoiled(payload.letter_id, payload.copy, payload.pages, reason, payload.sheets)
    return (told,)


def ask(case: Case, payload: c.AskCopy, _: Staff, setting: Setting) -> Facts:
    """One more copy than the office prints by itself is asked for, once at a time."""
    held = live_letter(case, payload.letter_id)
    if held.asked:
        raise Refusal(_ASKED)
    if not is_beyond(held, setting.city):
        raise Refusal(_FREE)
    reason = payload.reason.strip()
    if not reason:
        raise Refusal(NO_COPY_REASON, field="reason")
    return (CopyAsked(payload.letter_id, reason),)


def answer(case: Case, payload: c.AnswerCopy, _: Staff, __: Setting) -> Facts:
    """A supervisor says whether it is printed."""
    held = live_letter(case, payload.letter_id)
    if not held.asked:
        raise Refusal(_NOT_ASKED)
    comment = payload.comment.strip()
    if not payload.allowed and not comment:
        raise Refusal(NO_COPY_ANSWER, field="comment")
    return (CopyAnswered(payload.letter_id, payload.allowed, comment),)


def shows_himself(case: Case, person_id: str) -> bool:
    """Whether the id is of whose request it is, or of who carries a body's letter."""
    party = case.request.party
    return person_id in (party.persons | {party.carrier_id}) - {""}


def give(case: Case, payload: c.GiveCopy, actor: Staff, setting: Setting) -> Facts:
    """The next copy for another office, whose releaser signs it, to one of the case's people; the
    one that was given to this question before."""
    held = live_letter(case, payload.letter_id)
    if actor.office == office_of(case.stream):
        raise Refusal(_OWN_CASE)
    if not shows_himself(case, payload.person_id):
        raise Refusal(NO_SUCH_CASE, field="person_id")
    demand_releaser(actor, setting)
    if held.release is None or case.recalls(held):
        raise Refusal(_NOT_STAMPED)
    until = held.letter.valid_until
    if until is not None and until < setting.today:
        raise Refusal(_EXPIRED)
    reason = payload.reason.strip()
    if not reason:
        raise Refusal(NO_REASON, field="reason")
    known = [each for each in held.given if each.ask_id == payload.ask_id]
    if known:
        # Asked again: that copy and no other, and of whom it was given to alone.
        if known[0].office != actor.office:
            raise Refusal(_OTHERS_COPY)
        return (known[0],)
    if len(held.given) >= (setting.city.most_copies or 1):
        raise Refusal(to_persian_digits(_MOST_GIVEN.format(len(held.given))), field="letter_id")
    copy = max((each.copy + 1 for each in held.given), default=FIRST)
    return (CopyGiven(payload.letter_id, copy, actor.office, reason, payload.ask_id),)
