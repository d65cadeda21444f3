"""The part of `handle` that is about objections: answered, signed, told to their first case."""

from __future__ import annotations

from desktop.domain import commands as c
from desktop.domain import contest
from desktop.domain import facts as f
from desktop.domain import lawful_letters as letters
from desktop.domain.case import Case
from desktop.domain.contest import Contested, Stage
from desktop.domain.errors import Refusal
from desktop.domain.objection import Ground
from desktop.domain.people import Role, Staff
from desktop.domain.persian import is_blank
from desktop.domain.request import Request
from desktop.domain.service import Service
from desktop.domain.setting import Facts, Setting
from desktop.domain.ties import Tie

_OF_OBJECTIONS = (c.AnswerObjection, c.OrderVisit, c.SignObjection)
_DECIDING = (c.ClearGates, c.RefuseCase, c.Recommend, c.SendToCommission, c.Consult)


def demand_units(case: Case | None, payload: c.CasePayload, actor: Staff, service: Service) -> None:
    """An objection is answered by its unit, and nothing else is. Raises Refusal."""
    if isinstance(payload, c.ReturnCase) and actor.role.is_municipal:
        laid = case.laid if case is not None else None
        if actor.role not in (laid.contested.unit.answers if laid else {Role.EXPERT}):
            raise Refusal("برگرداندن این پرونده با واحد دیگری است.")
    if service.contests and isinstance(payload, _DECIDING):
        raise Refusal("به این پرونده در بخش اعتراض‌ها پاسخ داده می‌شود.")
    if not service.contests and isinstance(payload, _OF_OBJECTIONS):
        raise Refusal("این پرونده اعتراض نیست.")


def demand_contested(request: Request) -> None:
    """An objection says what it is against; one to a refusal is opened from its case.

    Raises Refusal.
    """
    contested = contest.contested_of(request.answers)
    if not contested.of_record and not request.linked_to:
        words = "اعتراض به پاسخ منفی را از صفحهٔ پروندهٔ همان نامه آغاز کنید."
        raise Refusal(words, field=contest.FIELD)


def answer(case: Case, payload: c.AnswerObjection, actor: Staff, setting: Setting) -> Facts:
    """Upheld with its corrections, or rejected with the next instance; by the unit that it is of.

    Whether the record still says what it was answered upon the centre finds out.
    """
    laid = _laid(case)
    if case.awaits_second:
        raise Refusal("پاسخ این اعتراض در انتظار امضای نفر دوم است.")
    unit = laid.contested.unit
    if actor.role not in unit.answers:
        raise Refusal(f"پاسخ این اعتراض با {unit.word} است.")
    field = contest.UPHELD if payload.upheld else contest.REJECTED
    reasons = {choice.value for choice in setting.service.field(field).choices}
    if payload.reason not in reasons:
        raise Refusal("دلیل پاسخ را از فهرست برگزینید.", field="reason")
    entered = {field: payload.reason}
    if payload.upheld:
        _demand_upheld(case, laid, payload, setting)
        entered |= {contest.PAPER: payload.paper.strip()}
        if payload.since is not None:
            entered |= {contest.SINCE: payload.since.isoformat()}
        if payload.corrections:
            entered |= {contest.CORRECTED: contest.sentence_of(payload.corrections)}
    else:
        _demand_rejected(laid.contested, payload)
        if payload.next != Ground.OTHER.value:
            # The court stands in every negative letter.
            entered |= {contest.NEXT: setting.city.objections.way(Ground(payload.next), "")}
    return (
        f.ObjectionAnswered(
            upheld=payload.upheld,
            by=actor.staff_id,
            entered=entered,
            corrections=payload.corrections,
            comment=payload.comment.strip(),
            excused=payload.excused.strip(),
            second=any(each.needs_second for each in payload.corrections),
        ),
    )


def _laid(case: Case) -> f.ObjectionLaid:
    if case.laid is None:
        raise Refusal("این اعتراض هنوز به واحد آن نرسیده است.")
    return case.laid


def _demand_upheld(
    case: Case, laid: f.ObjectionLaid, payload: c.AnswerObjection, setting: Setting
) -> None:
    if laid.late and is_blank(payload.excused):
        words = "مهلت اعتراض تمام شده است؛ با عذر موجه بپذیرید یا رد کنید."
        raise Refusal(words, field="excused")
    if laid.stranger and not shows_interest(case):
        words = "معترض مالک این ملک نیست؛ ذی‌نفع بودن را با مدرک نشان دهد."
        raise Refusal(words, field="upheld")
    if is_blank(payload.paper):
        raise Refusal("مستند پاسخ را برگزینید.", field="paper")
    if payload.since is None:
        raise Refusal("بنویسید سابقه از چه تاریخی اصلاح می‌شود.", field="since")
    if payload.since > setting.today:
        raise Refusal("تاریخ اصلاح نمی‌تواند پس از امروز باشد.", field="since")
    items = [each.item for each in payload.corrections]
    if laid.contested.of_record and laid.contested not in items:
        raise Refusal(f"{laid.contested.word} درست را بنویسید.", field="value")
    if not set(items) <= laid.contested.correctable:
        raise Refusal("در این پاسخ تنها آنچه به آن اعتراض شده اصلاح می‌شود.", field="value")
    named = [(each.item, each.key) for each in payload.corrections]
    if len(named) != len(set(named)):
        raise Refusal("یک قلم سابقه دو بار اصلاح شده است.", field="value")
    for each in payload.corrections:
        each.demand_sound()


def shows_interest(case: Case) -> bool:
    """Whether who is not among the recorded owners has shown what the property is to him.

    Who says that the owner is wrong shows it with the evidence itself.
    """
    if case.laid is not None and case.laid.contested is Contested.OWNER:
        return any(document.seen for document in case.request.documents)
    shown = case.request.documents
    return any(document.seen and document.key == contest.INTEREST for document in shown)


def _demand_rejected(contested: Contested, payload: c.AnswerObjection) -> None:
    if payload.corrections:
        raise Refusal("پاسخ منفی چیزی را اصلاح نمی‌کند.", field="value")
    if payload.next not in {ground.value for ground in contested.grounds}:
        raise Refusal("مرجع بعدی رسیدگی را برگزینید.", field="next")


def order_visit(case: Case, payload: c.OrderVisit, actor: Staff, _: Setting) -> Facts:
    """A visit before the answer, where it can tell what is right; by the unit that answers."""
    laid, reason = _laid(case), payload.reason.strip()
    if case.awaits_second:
        raise Refusal("پاسخ این اعتراض در انتظار امضای نفر دوم است.")
    if actor.role not in laid.contested.unit.answers:
        raise Refusal(f"پاسخ این اعتراض با {laid.contested.unit.word} است.")
    if not laid.contested.is_seen_there:
        raise Refusal(f"{laid.contested.word} در بازدید دیده نمی‌شود.")
    if not reason:
        raise Refusal("بنویسید در بازدید چه باید دیده شود.", field="comment")
    return (f.VisitOrdered(reason),)


def sign(case: Case, payload: c.SignObjection, actor: Staff, setting: Setting) -> Facts:
    """The second signature, or why not, by another person than who answered."""
    laid, given = _laid(case), case.answered
    if given is None or not given.second:
        raise Refusal("پاسخی در انتظار امضای نفر دوم نیست.")
    if setting.is_same(actor, given.by):
        raise Refusal("این پاسخ از خود شماست؛ کس دیگری باید امضا کند.")
    if given.by in setting.one_hand:
        raise Refusal(Tie.CODE.words, field=Tie.CODE.value)
    if actor.role not in laid.contested.unit.signs:
        raise Refusal(f"امضای دوم با {laid.contested.unit.word} یا {Role.SUPERVISOR.word} است.")
    comment = payload.comment.strip()
    if not payload.agreed and not comment:
        words = "توضیح مخالفت را بنویسید؛ پاسخ‌دهنده آن را می‌خواند."
        raise Refusal(words, field="comment")
    return (f.ObjectionSigned(payload.agreed, comment),)


def tell(case: Case, payload: c.TellObjection, _: Staff, __: Setting) -> Facts:
    """The first case hears of an objection to it; an upheld one ends what it was answered.

    What was not stamped falls and is decided anew; what was waits for a manager to void it.
    """
    known = case.objections.get(payload.tracking)
    if known is not None and known.stage is payload.stage:
        raise Refusal("این اعتراض پیش‌تر اعلام شده است.")
    told = f.ObjectionTold(payload.tracking, payload.contested, payload.stage)
    if payload.stage is not Stage.UPHELD:
        return (told,)
    reason = contest.upheld_words(payload.contested, payload.tracking)
    ended = letters.debt_voided(case, reason)
    held = case.answer
    if held is None:
        return (told, *ended)
    if held.release is not None:
        recalled = f.ObjectionTold(told.tracking, told.contested, told.stage, recall=True)
        return (recalled, *ended)
    return (told, *ended, f.LetterVoided(held.letter.letter_id, reason))
