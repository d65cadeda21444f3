"""Whether a command is lawful, and the facts it makes: one pure `handle` for office and centre."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain import lawful_consultations as consultations
from desktop.domain import lawful_letters as letters
from desktop.domain import lawful_money as money
from desktop.domain import lawful_objections as objections
from desktop.domain import lawful_paper as paper
from desktop.domain import lawful_recalls as recalls
from desktop.domain import lawful_review as review
from desktop.domain import lawful_rulings as rulings
from desktop.domain.calendar import TEHRAN, format_time
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.counter import ABSENT, Halves
from desktop.domain.drawable import undrawable_in, unprintable_words
from desktop.domain.enforcement import Bar
from desktop.domain.errors import Refusal
from desktop.domain.fees import OFFICE_FEE, VISIT_FEE, fee
from desktop.domain.identifiers import is_tracking_code, mobile
from desktop.domain.lawful_reports import missed_faults, report_faults
from desktop.domain.message import Occasion
from desktop.domain.people import WHO_ASKS, Role, Staff
from desktop.domain.persian import fold, is_blank
from desktop.domain.request import Slot
from desktop.domain.service import Effect, Service
from desktop.domain.setting import Facts, Setting
from desktop.domain.state import State
from desktop.domain.step import Step
from desktop.domain.stream import office_stream
from desktop.domain.terms import put_off
from desktop.domain.transitions import ACTS


def handle(case: Case | None, command: c.Command, actor: Staff, setting: Setting) -> Facts:
    """The facts that the command makes. Raises Refusal, in words for the actor, when unlawful."""
    payload = command.payload
    if isinstance(payload, c.OfficePayload):
        # Of an office, not of a case: where its subject is.
        raise Refusal(_NO_CASE)
    demand_lawful(case, command.kind, actor)
    objections.demand_units(case, payload, actor, setting.service)
    _demand_permitted(payload, setting)
    _demand_anothers(case, payload, actor, setting)
    review.demand_untied(payload.kind, actor, setting)
    review.demand_holder(case, payload.kind, actor, setting)
    demand_drawable(payload)
    if case is not None:
        case = put_off(case, setting.city.calendar)
    handler = HANDLERS[type(payload)]
    # Only a registration has no case yet, and its handler looks at none.
    facts = handler(cast(Case, case), payload, actor, setting)
    if isinstance(facts[0], f.Registered):
        facts = (replace(facts[0], received_at=command.made_at), *facts[1:])
    return facts


def _demand_permitted(payload: c.CasePayload, setting: Setting) -> None:
    """The office may take the request that day, and the person may act at all."""
    permit = setting.permit
    if isinstance(payload, c.Register):
        barred, day = permit.barred_request(), payload.request.received_on
    else:
        barred, day = permit.barred_person(), setting.today
    for each in barred:
        if each.hinders(day):
            raise Refusal(each.words, field=each.bar.value)


def _demand_anothers(
    case: Case | None, payload: c.CasePayload, actor: Staff, setting: Setting
) -> None:
    """Nobody handles his own request; one of a colleague is put in at another office."""
    if isinstance(payload, c.Register):
        party = payload.request.party
    elif case is not None:
        party = case.request.party
    else:
        return
    persons, coming = party.persons, party.persons if case is None else frozenset()
    if isinstance(payload, c.Amend):
        told = payload.changes
        changed = replace(
            party,
            person_id=told.get("party.person_id", party.person_id),
            represented_id=told.get("party.represented_id", party.represented_id),
            carrier_id=told.get("party.carrier_id", party.carrier_id),
        )
        coming = changed.persons - persons
        persons |= changed.persons
    # An expert's own one is given to another (`lawful_review.assign`).
    given = isinstance(payload, c.AssignCase)
    if actor.national_id and actor.national_id in persons and not given:
        raise Refusal(_OWN_REQUEST, field=Bar.OWN_REQUEST.value)
    # By an amendment too; what was there before he came to the office is gone on with.
    if coming & setting.colleagues:
        raise Refusal(_COLLEAGUE, field=Bar.COLLEAGUES_REQUEST.value)


_NO_CASE = "چنین پرونده‌ای نیست."
_OWN_REQUEST = "درخواست خودتان را همکار دیگری انجام می‌دهد."
_COLLEAGUE = "این متقاضی همکار همین دفتر است؛ درخواست را دفتر دیگری ثبت می‌کند."


def demand_drawable(payload: c.Payload) -> None:
    """What a person writes may come to stand on a paper: nothing that none can show.

    Raises Refusal.
    """
    field, character = undrawable_in(payload)
    if character:
        raise Refusal(unprintable_words(character), field=field)


def demand_lawful(case: Case | None, kind: str, actor: Staff) -> None:
    """Raise Refusal unless the actor may ask for this of the case as it stands."""
    act = ACTS[kind]
    if actor.role not in act.roles:
        raise Refusal(f"این کار با {_roles(act.roles)} است.")
    if case is None:
        if kind != c.Register.kind:
            raise Refusal(_NO_CASE)
        return
    if kind == c.Register.kind:
        raise Refusal("این پرونده پیش از این ثبت شده است.")
    counter = actor.role in (Role.CLERK, Role.MANAGER)
    own = office_stream(actor.office)
    there = kind in AT_ANOTHER or (kind in OF_A_TILL and own in case.former)
    if counter and case.stream != own and not there:
        raise Refusal(elsewhere_words(case, own))
    if case.state not in act.states:
        raise Refusal(letters.MOVED_ON)


AT_ANOTHER = frozenset({c.GiveCopy.kind})
"""What is done at another office than the case's."""
OF_A_TILL = frozenset(act.kind for act in (c.MatchPayment, c.VoidPayment, c.RefundFee))
"""What an office does with money that it took, also after the case went on elsewhere."""


def elsewhere_words(case: Case, own: str) -> str:
    """Why the office of that stream does nothing with a case that another one finishes."""
    if own in case.former and case.passed is not None:
        return f"این پرونده به {case.passed.name} سپرده شده است و همان دفتر آن را به پایان می‌رساند."
    return "این پرونده از دفتر دیگری است."


def _roles(roles: frozenset[Role]) -> str:
    return " یا ".join(sorted(role.word for role in roles if role is not Role.CENTRE))


def _register(_: Case, payload: c.Register, actor: Staff, setting: Setting) -> Facts:
    request = payload.request
    if request.received_on > setting.today:
        raise Refusal("روز دریافت نمی‌تواند پس از امروز باشد.", field="received_on")
    if not is_tracking_code(request.tracking):
        raise Refusal("کد رهگیری درست نیست.", field="tracking")
    if request.party.kind not in setting.service.applicants:
        raise Refusal(
            f"{request.party.kind.word} نمی‌تواند {setting.service.title} بخواهد.",
            field="party.kind",
        )
    if setting.service.contests:
        objections.demand_contested(request)
    if request.aid is not None and fold(request.aid.trusted_name) == fold(actor.name):
        raise Refusal("معتمد باید کسی جز متصدی باشد.", field="aid.trusted_name")
    term = setting.service.term(request.conditions)
    due_on = term.ends(request.received_on, setting.city.calendar)
    registered = f.Registered(request, due_on)
    due = fee(setting.service, setting.city, OFFICE_FEE)
    return (registered, f.FeeDue(OFFICE_FEE, due.amount)) if due else (registered,)


def _demand_slot(slot: Slot, setting: Setting) -> None:
    if slot.day <= setting.today:
        raise Refusal("نوبت بازدید باید از فردا به بعد باشد.", field="slot")
    _demand_half_day(slot, setting)


def _demand_half_day(slot: Slot, setting: Setting) -> None:
    if slot.half not in (1, 2):
        raise Refusal("نوبت بازدید نیمهٔ نخست یا نیمهٔ دوم روز است.", field="slot")
    if not setting.city.calendar.is_working(slot.day):
        raise Refusal("آن روز تعطیل است؛ روز دیگری برگزینید.", field="slot")


def _book(case: Case, payload: c.BookVisit, _: Staff, setting: Setting) -> Facts:
    if case.due_fee(VISIT_FEE):
        raise Refusal("نخست هزینهٔ بازدید را دریافت کنید.", field="fee")
    _demand_slot(payload.slot, setting)
    return (f.SlotBooked(payload.slot, "", payload.attending, payload.mobile),)


def _demand_held(case: Case, payload: c.MoveVisit, setting: Setting) -> None:
    """An inspector tells on which day the visit took place, which is no slot to be sold."""
    slot = payload.slot
    if slot.half not in (1, 2):
        raise Refusal("بازدید در نیمهٔ نخست یا نیمهٔ دوم روز است.", field="half")
    if slot.day > setting.today:
        raise Refusal("روز بازدید نمی‌تواند پس از امروز باشد.", field="day")
    if slot.day < case.request.received_on:
        raise Refusal("روز بازدید نمی‌تواند پیش از ثبت درخواست باشد.", field="day")
    if words := half_too_early(case, slot, setting.city.halves):
        raise Refusal(words, field="half")
    if case.slot is not None and slot.day == case.slot.day:
        raise Refusal("نوبت بازدید برای همین روز است؛ گزارش را ثبت کنید.", field="day")
    if case.slot is not None and slot.district != case.slot.district:
        raise Refusal("بازدید در همان منطقه می‌ماند.", field="day")
    if is_blank(payload.reason):
        raise Refusal("دلیل انجام بازدید در روز دیگر را بنویسید.", field="reason")


def half_too_early(case: Case, slot: Slot, halves: Halves) -> str:
    """Why nothing can have been seen in that half of the day, or empty."""
    received = case.received_at.astimezone(TEHRAN)
    if slot.day != received.date() or slot.half >= halves.of(received):
        return ""
    at = format_time(received)
    return f"درخواست ساعت {at} ثبت شده است؛ بازدید در نیمهٔ دوم آن روز بوده است."


def _move(case: Case, payload: c.MoveVisit, actor: Staff, setting: Setting) -> Facts:
    if actor.role is Role.PLANNER:
        # Also to the same half-day, with another; also later today.
        _demand_planned(case, payload, setting)
        return (f.SlotMoved(payload.slot, payload.inspector, payload.reason, by_city=True),)
    if actor.role is Role.INSPECTOR:
        _demand_held(case, payload, setting)
    else:
        _demand_to_come(case, setting)
        _demand_slot(payload.slot, setting)
    if payload.inspector:
        raise Refusal("مأمور بازدید را برنامه‌ریز برمی‌گزیند.", field="slot")
    if payload.slot == case.slot:
        raise Refusal("این همان نوبت است؛ نوبت دیگری برگزینید.", field="slot")
    return (f.SlotMoved(payload.slot, "", payload.reason),)


def _demand_to_come(case: Case, setting: Setting) -> None:
    """Who was not there pays for a second visit: once its hour is here the counter moves none."""
    slot = case.slot
    if slot is not None and setting.done_at >= setting.city.halves.begins(slot.day, slot.half):
        raise Refusal(_BEGUN, field="slot")


_BEGUN = "ساعت این نوبت رسیده است؛ پیش از آنکه مأمور نتیجه را بگوید جابه‌جا نمی‌شود."


def _demand_planned(case: Case, payload: c.MoveVisit, setting: Setting) -> None:
    if payload.slot.day < setting.today:
        raise Refusal("نوبت بازدید نمی‌تواند پیش از امروز باشد.", field="slot")
    _demand_half_day(payload.slot, setting)
    # As where all are moved in one act (`rearranging.Begins`).
    if setting.now >= setting.city.halves.begins(payload.slot.day, payload.slot.half):
        raise Refusal("این نیم‌روز آغاز شده است؛ نیم‌روز دیگری برگزینید.", field="slot")
    if case.slot is not None and payload.slot.district != case.slot.district:
        raise Refusal("بازدید در همان منطقه می‌ماند.", field="slot")
    if is_blank(payload.reason):
        raise Refusal("دلیل جابه‌جایی را بنویسید.", field="reason")


def _miss(case: Case, payload: c.MissVisit, actor: Staff, setting: Setting) -> Facts:
    if actor.role is Role.PLANNER and payload.cause != "cancelled":
        raise Refusal("از بازدید تنها مأمور آن خبر دارد.", field="cause")
    for field, words in missed_faults(
        case, payload.cause, payload.at, payload.photo, setting.done_at, setting.city.halves
    ):
        raise Refusal(words, field=field)
    missed = f.VisitMissed(payload.cause, payload.note, payload.at, payload.photo)
    due = missed_fee(case, setting.service, setting.city) if payload.cause == ABSENT else None
    # At the centre only once it has the picture of the door (`centre/deciding`).
    return (missed, due) if due is not None else (missed,)


def missed_fee(case: Case, service: Service, city: City) -> f.FeeDue | None:
    """What somebody who was away pays for another visit; None where none is asked."""
    due = fee(service, city, VISIT_FEE)
    # Where the entry of this visit's fee was voided, both visits are owed.
    return f.FeeDue(VISIT_FEE, due.amount + case.due_fee(VISIT_FEE)) if due is not None else None


def _report(case: Case, payload: c.ReportVisit, _: Staff, setting: Setting) -> Facts:
    for field, words in report_faults(case, payload.report, setting.city, setting.done_at):
        raise Refusal(words, field=field)
    review.demand_reasons(case, payload.report.cleared, (Effect.VISIT,))
    return (f.VisitReported(payload.report),)


def _return(case: Case, payload: c.ReturnCase, actor: Staff, setting: Setting) -> Facts:
    if actor.role.is_municipal and is_blank(payload.comment):
        raise Refusal("بنویسید چه چیز باید اصلاح شود.", field="comment")
    if is_blank(payload.comment) and not payload.defects:
        raise Refusal("مدرک ناقص را برگزینید یا کمبود را بنویسید.", field="defects")
    until = correction_term(case, setting)
    return (f.Returned(payload.comment.strip(), payload.defects, until),)


def correction_term(case: Case, setting: Setting) -> date:
    """Until when what is missing can be brought, told today.

    Never after the day that the answer itself is promised for; where that day is here or past, the
    next day on which offices are open.
    """
    calendar, today = setting.city.calendar, setting.today
    # A term that ends while offices are shut ends on the next day they are open.
    whole = calendar.first_working_day(today + timedelta(days=setting.city.deficiency_days))
    soonest = calendar.first_working_day(today + timedelta(days=1))
    # Also of the answer's own day, where that was declared closed since it was promised.
    return calendar.first_working_day(min(whole, max(case.due_on, soonest)))


# What was decided rests on the answers; after a change of one an expert looks (SYNC.md).
_DECIDED_UPON = frozenset({State.PAY_DUE, State.VISIT_DUE, State.BOOKED})


def _amend(case: Case, payload: c.Amend, _: Staff, __: Setting) -> Facts:
    if not payload.changes and not payload.documents:
        raise Refusal("تغییری داده نشده است.")
    amended = f.Amended(payload.changes, payload.documents)
    answers_changed = any(
        not key.startswith("party.") or key in WHO_ASKS for key in payload.changes
    )
    if case.state is State.RECOMMENDED and (answers_changed or payload.documents):
        # Who proposed looked at other papers: nobody signs that.
        return (amended, f.InReview("اصلاح پس از نظر کارشناس"))
    if case.state in _DECIDED_UPON and answers_changed:
        return (
            *letters.debt_voided(case, "اصلاح درخواست"),
            amended,
            f.InReview("اصلاح پس از تصمیم"),
        )
    return (amended,)


def _withdraw(case: Case, payload: c.Withdraw, actor: Staff, setting: Setting) -> Facts:
    lacking = case.returned
    if actor.role is Role.CENTRE and (lacking is None or setting.today <= lacking.until):
        raise Refusal("مهلت رفع نقص این پرونده نگذشته است.")
    if is_blank(payload.reason):
        raise Refusal("دلیل انصراف را بنویسید.", field="reason")
    return (*letters.debt_voided(case, "انصراف متقاضی"), f.Withdrawn(payload.reason.strip()))


def _tell_double(case: Case, payload: c.TellDouble, _: Staff, __: Setting) -> Facts:
    told = f.DoubleTold(payload.office, payload.tracking, payload.shared)
    if any(known.tracking == told.tracking for known in case.doubles):
        raise Refusal("این پروندهٔ هم‌ملک پیش‌تر اعلام شده است.")
    return (told,)


def _take_records_back(case: Case, payload: c.TakeRecordsBack, _: Staff, __: Setting) -> Facts:
    """What was not stamped falls and is decided anew; what was, waits for a manager to void it."""
    told = f.RecordsTakenBack(payload.reason)
    ended = letters.debt_voided(case, payload.reason)
    held = case.answer
    if held is not None and held.release is None:
        return (told, *ended, f.LetterVoided(held.letter.letter_id, payload.reason))
    if case.state is State.PAY_DUE:
        return (told, *ended, f.InReview(payload.reason))
    return (told, *ended)


def _escalate(case: Case, payload: c.Escalate, _: Staff, setting: Setting) -> Facts:
    if payload.step is not None:
        return _tell_step(case, payload.step, setting)
    if case.answer_by is None or not case.answer_awaited or setting.today <= case.answer_by:
        raise Refusal("مهلت پاسخ این پرونده نگذشته است.")
    return (f.Escalated(case.answer_by),)


def _tell_step(case: Case, step: Step, setting: Setting) -> Facts:
    """That its promise ended, or else that it ends soon; each once."""
    stay, clock = case.stay, setting.clock
    due = clock.next_due(stay) if stay is not None and clock is not None else None
    if stay is None or clock is None or stay.step is not step:
        raise Refusal("برای گامی که پرونده در آن است مهلتی نیست.")
    if due is None or setting.today < due:
        raise Refusal("مهلت این گام هنوز نرسیده است.")
    if setting.today > clock.until:
        return (f.Escalated(clock.until, step, clock.to.value),)
    return (f.StepWarned(step, clock.until),)


def _fail_message(case: Case, payload: c.FailMessage, _: Staff, __: Setting) -> Facts:
    if payload.message_id in case.unreached:
        raise Refusal("نرسیدن این پیام پیش‌تر اعلام شده است.")
    return (f.MessageFailed(payload.message_id, payload.occasion, payload.mobile, payload.cause),)


def _resend_message(case: Case, payload: c.ResendMessage, _: Staff, __: Setting) -> Facts:
    failed = case.unreached.get(payload.message_id)
    if failed is None:
        raise Refusal("این پیام دیگر در انتظار ارسال دوباره نیست.")
    try:
        number = mobile(payload.mobile)
    except Refusal as no:
        raise Refusal(no.words, field="mobile") from None
    lacking = case.returned if failed.occasion == Occasion.DEFICIENCY else None
    until = lacking.until if lacking is not None else None
    return (f.MessageResent(payload.message_id, failed.occasion, number, until),)


def _keep_theirs(_: Case, payload: c.KeepTheirs, __: Staff, ___: Setting) -> Facts:
    return (f.ConflictSettled(payload.item, payload.key),)


def _pass_on(case: Case, payload: c.PassOn, _: Staff, __: Setting) -> Facts:
    if office_stream(payload.office) == case.stream:
        raise Refusal("این پرونده در همین دفتر است.")
    # What else is told of the other office the centre knows.
    return (f.PassedOn(payload.office, "", "", "", "", "", payload.act),)


_Handler = Callable[[Case, c.CasePayload, Staff, Setting], Facts]
HANDLERS = cast(
    Mapping[type[c.CasePayload], _Handler],
    {
        c.Register: _register,
        c.PayFee: money.pay_fee,
        c.PayDue: money.pay_due,
        c.BookVisit: _book,
        c.MoveVisit: _move,
        c.MissVisit: _miss,
        c.ReportVisit: _report,
        c.ClearGates: review.clear,
        c.Recommend: review.recommend,
        c.Countersign: review.countersign,
        c.Challenge: review.challenge,
        c.AssignCase: review.assign,
        c.RefuseCase: review.refuse,
        c.ReturnCase: _return,
        c.SendToCommission: rulings.send,
        c.EnterCommissionResult: rulings.rule,
        c.PutOnAgenda: rulings.put_on_agenda,
        c.ServeRuling: rulings.serve,
        c.ObjectToRuling: rulings.object_to,
        c.EndRulingTerm: rulings.end_term,
        c.ClearFine: rulings.clear_fine,
        c.Amend: _amend,
        c.ReleaseLetter: letters.release,
        c.PrintLetter: letters.print_copy,
        c.HandOver: letters.hand_over,
        c.VoidLetter: letters.void,
        c.RecallLetter: recalls.recall,
        c.UpholdLetter: recalls.uphold,
        c.VoidRecalled: recalls.void_recalled,
        c.TellVoid: recalls.tell_void,
        c.SpoilSheet: paper.spoil,
        c.AskCopy: paper.ask,
        c.AnswerCopy: paper.answer,
        c.GiveCopy: paper.give,
        c.Withdraw: _withdraw,
        c.SecondLook: letters.second_look,
        c.ClaimPayment: money.claim,
        c.AnswerClaim: money.answer_claim,
        c.MatchPayment: money.match,
        c.RefundFee: money.refund,
        c.VoidPayment: money.void,
        c.TellDouble: _tell_double,
        c.TakeRecordsBack: _take_records_back,
        c.Escalate: _escalate,
        c.Consult: consultations.consult,
        c.RemindConsultee: consultations.remind,
        c.EnterReply: consultations.enter_reply,
        c.DropConsultation: consultations.drop,
        c.TellLateReply: consultations.tell_late,
        c.FailMessage: _fail_message,
        c.ResendMessage: _resend_message,
        c.KeepTheirs: _keep_theirs,
        c.AnswerObjection: objections.answer,
        c.OrderVisit: objections.order_visit,
        c.SignObjection: objections.sign,
        c.TellObjection: objections.tell,
        c.PassOn: _pass_on,
    },
)
