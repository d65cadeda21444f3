"""The part of `handle` that is about letters: release, print, hand over, void, second look."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import demand_kept_id
from desktop.domain.lawful_consultations import asked_by_answer
from desktop.domain.letter import LetterKind, Release
from desktop.domain.people import Role, Staff
from desktop.domain.persian import is_blank
from desktop.domain.second_look import FAULTS, Looker, Part
from desktop.domain.setting import Facts, Setting
from desktop.domain.stamped_sheets import demand_run
from desktop.domain.transitions import HANDS


def debt_voided(case: Case, reason: str) -> Facts:
    """The fact that ends the live debt letter, if there is one."""
    held = case.debt_letter
    return (f.LetterVoided(held.letter.letter_id, reason),) if held else ()


MOVED_ON = "وضعیت پرونده تغییر کرده است؛ این کار اکنون ممکن نیست."
"""The case is where this is not done."""
VOID = "این نامه ابطال شده است."
"""Nothing is done with it any more."""


def live_letter(case: Case, letter_id: str) -> CaseLetter:
    """The case's letter in force with that id."""
    held = _letter(case, letter_id)
    if not held.live:
        raise Refusal(VOID)
    return held


def _letter(case: Case, letter_id: str) -> CaseLetter:
    try:
        return case.letter(letter_id)
    except KeyError:
        raise Refusal("این نامه از این پرونده نیست.") from None


def live_answer(case: Case, letter_id: str) -> CaseLetter:
    """As `live_letter`, of an answer: what is owed ends otherwise."""
    held = live_letter(case, letter_id)
    if held.letter.kind is LetterKind.DEBT:
        raise Refusal("نامهٔ بدهی با تسویه یا تصمیم تازه پایان می‌یابد.")
    return held


def demand_not_kept(setting: Setting) -> None:
    """Raise Refusal while the office was stopped with all its letters."""
    for barred in setting.permit.barred_letters():
        raise Refusal(barred.words, field=barred.bar.value)


def demand_releaser(actor: Staff, setting: Setting) -> None:
    """Raise Refusal unless the person may put the stamp, and a further copy, in their own name."""
    if actor.role is not Role.MANAGER and not setting.authorised:
        raise Refusal("تأیید و مهر این نامه با مسئول دفتر است.")


def release(case: Case, payload: c.ReleaseLetter, actor: Staff, setting: Setting) -> Facts:
    """First print with stamp, by who may and did not register it where two people are."""
    demand_not_kept(setting)
    held = live_letter(case, payload.letter_id)
    if held.release is not None:
        raise Refusal("این نامه پیش از این تأیید و مهر شده است.")
    demand_releaser(actor, setting)
    if case.fee_before_stamping:
        raise Refusal("ثبت پرداخت هزینهٔ این پرونده ابطال شده است؛ نخست آن را دریافت کنید.")
    own = setting.is_same(actor, case.registered_by)
    if setting.releasers > 1 and own:
        raise Refusal("ثبت‌کنندهٔ درخواست نمی‌تواند نامهٔ آن را مهر کند.")
    if not held.letter.issued_on <= payload.on <= setting.today:
        raise Refusal("روز تأیید پیش از صدور نامه یا پس از امروز است؛ ساعت رایانه را ببینید.")
    title = actor.title or actor.role.word
    release = Release(actor.name, title, payload.on, payload.stamp, payload.proof)
    return (
        f.LetterReleased(
            payload.letter_id,
            release,
            payload.sha256,
            payload.layout,
            payload.unseen,
            payload.signature,
            actor.release_key if payload.signature else "",
            own=own,
        ),
    )


def print_copy(case: Case, payload: c.PrintLetter, _: Staff, setting: Setting) -> Facts:
    """A copy on paper: in order, the kept bytes, copies with a reason."""
    demand_not_kept(setting)
    held = live_letter(case, payload.letter_id)
    if held.release is None:
        raise Refusal("نامه هنوز تأیید و مهر نشده است.")
    if payload.copy != held.next_copy:
        raise Refusal("این نسخه پیش از این چاپ شده است.")
    if payload.copy > 1 and not held.spoiled and is_blank(payload.reason):
        raise Refusal("دلیل چاپ نسخهٔ دیگر را بنویسید.", field="reason")
    if payload.copy == 1 and payload.sha256 != held.sha256:
        raise Refusal("آنچه چاپ می‌شود همان نسخهٔ تأییدشده نیست.")
    if payload.pages < 1:
        raise Refusal("نسخه‌ای بی‌برگ چاپ نمی‌شود.")
    if payload.sheets is not None:
        demand_run(payload.sheets)
        if payload.sheets.count != payload.pages:
            raise Refusal("شمارهٔ برگ‌ها با شمار برگ‌های این نسخه یکی نیست.")
    printed = f.LetterPrinted(
        payload.letter_id,
        payload.copy,
        payload.sha256,
        payload.printer,
        payload.reason.strip(),
        payload.pages,
        payload.sheets,
    )
    return (printed,)


def hand_over(case: Case, payload: c.HandOver, actor: Staff, setting: Setting) -> Facts:
    """The printed letter goes to a person, once, and to another than who hands it over.

    One that was void by then, unknown to who gave it, is out of the office all the same.
    """
    demand_not_kept(setting)
    held = _letter(case, payload.letter_id)
    void = bool(held.voided)
    if not void and (case.state not in HANDS or not held.live):
        raise Refusal(MOVED_ON if held.live else VOID)
    # Of a void one the printing too came too late, and was refused.
    if held.release is None or not (held.on_paper or void):
        raise Refusal("نامه هنوز چاپ نشده است.")
    if is_blank(payload.receiver):
        raise Refusal("نام گیرنده را وارد کنید.", field="receiver")
    if held.handed_to:
        raise Refusal("این نامه پیش از این تحویل شده است.")
    demand_kept_id(payload.receiver_id, "receiver_id")
    if all(map(is_blank, payload.seen)):
        raise Refusal("بگویید کدام مدرک گیرنده دیده شد.", field="seen")
    if actor.national_id and actor.national_id == payload.receiver_id:
        words = "این کد خود شماست؛ کد ملی کسی را بنویسید که نامه را می‌گیرد."
        raise Refusal(words, field="receiver_id")
    given = f.HandedOver(
        payload.letter_id, payload.receiver, payload.receiver_id, payload.seen, void=void
    )
    return (given,) if void else (given, *asked_by_answer(case, payload.letter_id, setting))


NO_VOID_REASON = "دلیل ابطال را بنویسید."
NO_WITNESS = "ابطال نامه دو نفر می‌خواهد؛ همکاری که امروز در دفتر است با گذرواژهٔ خود تأیید کند."


def void(case: Case, payload: c.VoidLetter, actor: Staff, setting: Setting) -> Facts:
    """A live answer that nobody has taken ends, with a reason, by two where two are at work."""
    demand_not_kept(setting)
    held = live_answer(case, payload.letter_id)
    if held.is_out:
        raise Refusal("این نامه یا نسخه‌ای از آن تحویل شده است؛ ابطال آن با شهرداری است.")
    if is_blank(payload.reason):
        raise Refusal(NO_VOID_REASON, field="reason")
    seconds = setting.seconds - {actor.staff_id} - setting.known_as
    if seconds and payload.witness not in seconds:
        raise Refusal(NO_WITNESS, field="witness")
    voided = f.LetterVoided(
        payload.letter_id, payload.reason.strip(), payload.witness, alone=not seconds
    )
    return (voided,)


def second_look(case: Case, payload: c.SecondLook, actor: Staff, setting: Setting) -> Facts:
    """Right, or back to review: an unreleased letter is voided, a released one recalled.

    By nobody who had a hand in it, or whom it concerns.
    """
    looker = setting.looker or Looker.alone(actor)
    if hindered := looker.hindered(case, setting.owners):
        raise Refusal(hindered)
    if case.looked is not None:
        raise Refusal("بازبینی این پرونده انجام شده است.")
    comment = payload.comment.strip()
    if payload.right:
        return (f.SecondLooked(True, comment),)
    if not comment:
        raise Refusal("بنویسید چه چیز درست نیست.", field="comment")
    wrong = f.SecondLooked(False, comment, False, *_fault(payload))
    held = case.answer
    if held is None:
        return (wrong,)
    if held.release is not None:
        return (replace(wrong, recall=True),)
    return (
        wrong,
        f.LetterVoided(held.letter.letter_id, f"برگشت در بازبینی: {comment}"),
        f.InReview(comment),
    )


def _fault(payload: c.SecondLook) -> tuple[str, str, str]:
    """Part, item and reason; all empty of a program that did not ask for them."""
    if not payload.part and not payload.reason:
        return "", "", ""
    if payload.part not in FAULTS:
        raise Refusal("بگویید کدام بخش درست نیست.", field="part")
    if payload.reason not in FAULTS[Part(payload.part)]:
        raise Refusal("دلیل ایراد را انتخاب کنید.", field="reason")
    item = payload.item.strip()
    if payload.part == Part.REASONS and not item:
        raise Refusal("بگویید کدام شرط.", field="item")
    return payload.part, item, payload.reason
