"""The part of `handle` that is about a letter in doubt: recalled, upheld, ended by two, told of."""

from __future__ import annotations

from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.lawful_letters import NO_VOID_REASON, live_answer
from desktop.domain.people import Role, Staff
from desktop.domain.recall import (
    LetterRecalled,
    LetterUpheld,
    Telling,
    VoidTold,
    records_hold,
    still_to_tell,
    who_recalled,
)
from desktop.domain.setting import Facts, Setting
from desktop.domain.ties import Tie

NO_RECALL_REASON = "بنویسید چه چیز نامه را نادرست کرده است."
NO_UPHOLD_REASON = "بنویسید چرا نامه برجا می‌ماند."
SECOND = frozenset({Role.SIGNER, Role.SUPERVISOR})
"""Who may decide of a letter that another one recalled."""
FIRST = frozenset({Role.EXPERT, Role.SUPERVISOR})
"""Who may recall a letter, or say that it stands though something changed."""
_RECALLED = "این نامه پیش‌تر فراخوانده شده و در انتظار نفر دوم است."
_NOT_RECALLED = "این نامه فراخوانده نشده است؛ نخست نفر اول آن را فرامی‌خواند."
_TO_BE_VOIDED = "مبنای این نامه از میان رفته است؛ برجا نمی‌ماند."
_SECONDS = "این نامه فراخوانده شده است؛ تصمیم آن با امضاکنندهٔ دوم یا ناظر است."
_FIRSTS = "این با کارشناس شهرسازی یا ناظر است."
_NOTHING = "در سوابق چیزی که این نامه را نادرست کند یافت نشده است."
_NOT_VOID = "این نامه ابطال نشده است."
_TOLD = "اعلام ابطال به {} پیش‌تر ثبت شده است یا او در نامه نیست."


def recall(case: Case, payload: c.RecallLetter, actor: Staff, _: Setting) -> Facts:
    """A released letter holds no more until a second person decides; what nobody has stamped yet
    falls at once, and is decided anew."""
    held = live_answer(case, payload.letter_id)
    if case.recall is not None:
        raise Refusal(_RECALLED)
    reason = payload.reason.strip()
    if not reason:
        raise Refusal(NO_RECALL_REASON, field="reason")
    if held.release is None:
        voided = f.LetterVoided(payload.letter_id, reason)
        # What the records know by now they say themselves; else a person answers.
        return (voided,) if records_hold(payload.found) else (voided, f.InReview(reason))
    return (LetterRecalled(payload.letter_id, reason, actor.staff_id, payload.found),)


def uphold(case: Case, payload: c.UpholdLetter, actor: Staff, setting: Setting) -> Facts:
    """A letter stands: by a second person where it was recalled, else by who saw what changed."""
    held = live_answer(case, payload.letter_id)
    if case.recall is not None:
        _demand_second(case, actor, setting)
    elif case.recalls(held):
        raise Refusal(_TO_BE_VOIDED)
    elif actor.role not in FIRST:
        raise Refusal(_FIRSTS)
    elif not payload.found:
        raise Refusal(_NOTHING)
    reason = payload.reason.strip()
    if not reason:
        raise Refusal(NO_UPHOLD_REASON, field="reason")
    found = case.recall.found if case.recall is not None else payload.found
    return (LetterUpheld(payload.letter_id, reason, found),)


def void_recalled(case: Case, payload: c.VoidRecalled, actor: Staff, setting: Setting) -> Facts:
    """The second person ends a letter that the first one recalled, handed over or not; or one of
    which the office does not have the paper any more, whatever it was recalled for."""
    held = live_answer(case, payload.letter_id)
    if case.recall is None and not (case.recalls(held) and held.is_out):
        raise Refusal(_NOT_RECALLED)
    _demand_second(case, actor, setting)
    reason = payload.reason.strip()
    if not reason:
        raise Refusal(NO_VOID_REASON, field="reason")
    return (f.LetterVoided(payload.letter_id, reason),)


def tie_to_recall(case: Case, actor: Staff, setting: Setting) -> Tie | None:
    """Why another person has to decide of the recall: it is the actor's own, or one person may have
    the keys of both."""
    by = who_recalled(case)
    if by and setting.is_same(actor, by):
        return Tie.RECALL
    return Tie.CODE if by in setting.one_hand else None


def _demand_second(case: Case, actor: Staff, setting: Setting) -> None:
    if actor.role not in SECOND:
        raise Refusal(_SECONDS)
    if (tie := tie_to_recall(case, actor, setting)) is not None:
        raise Refusal(tie.words, field=tie.value)


def tell_void(case: Case, payload: c.TellVoid, _: Staff, __: Setting) -> Facts:
    """Somebody who had the letter was told, once."""
    try:
        held = case.letter(payload.letter_id)
    except KeyError:
        raise Refusal(_NOT_VOID) from None
    if not held.voided:
        raise Refusal(_NOT_VOID)
    if payload.to not in still_to_tell(case, held):
        raise Refusal(_TOLD.format(payload.to), field="to")
    if payload.how not in list(Telling):
        raise Refusal("بگویید چگونه اعلام شد.", field="how")
    return (VoidTold(payload.letter_id, payload.to, payload.how),)
