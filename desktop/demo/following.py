"""Takes a registered case its whole way, whatever its outcome, as the people of the demo would."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from desktop.actions import (
    board,
    commissions,
    consultations,
    documents,
    letters,
    objections,
    payments,
    recalls,
    reviewing,
    visits,
)
from desktop.actions.commissions import Ruling
from desktop.actions.desk import Seat
from desktop.demo.filling import enter
from desktop.demo.people import PASSWORD
from desktop.demo.sample_paper import sample_photos
from desktop.domain.calendar import TEHRAN, jalali
from desktop.domain.case import Case
from desktop.domain.commands import ClearFine
from desktop.domain.consultation import Reply, ReplyKind
from desktop.domain.contest import REJECTED, Unit
from desktop.domain.counter import Halves
from desktop.domain.gates import AWAITED
from desktop.domain.people import Role
from desktop.domain.recommendation import OTHER, Opinion, Proposal, Recommendation, Verdict
from desktop.domain.request import Payment, Slot, VisitOpinion, VisitReport
from desktop.domain.ruling import Ruled, RulingKind
from desktop.domain.service import Effect, Service
from desktop.domain.state import State

_MOST_STEPS = 12
_REASON = "در پرونده و محل دیده شد و مانعی نیست."
PRINTER = "نمونه"
_PAID = "در حساب شهرداری دیده شد."
REFERRAL = "تغییر کاربری با کمیسیون است"
_RULING = "تغییر کاربری با رعایت ضوابط طرح تفصیلی پذیرفته شد"


class Crew:
    """The people of the demo house: each takes a seat when first asked for."""

    clerk: Seat
    manager: Seat
    expert: Seat
    inspector: Seat
    finance: Seat
    supervisor: Seat
    second: Seat
    """Another supervisor, who signs what the first one prepares."""
    admin: Seat
    """Who looks after accounts and desks, and is shown no case."""
    planner: Seat
    colleague: Seat
    """Another expert, who has what the first one may not decide."""
    signer: Seat

    def __init__(self, sit_down: Callable[[str], Seat], **seated: Seat) -> None:
        """`sit_down` gets a person's place by its name above; who is seated already is named."""
        self._sit_down = sit_down
        self.__dict__.update(seated)

    def __getattr__(self, place: str) -> Seat:
        """Asked only for whom is not seated yet."""
        if place not in Crew.__annotations__:
            raise AttributeError(place)
        seat: Seat = self._sit_down(place)
        self.__dict__[place] = seat
        return seat

    def but(self, **seated: Seat) -> Crew:
        """The same people, but for those who are named."""
        there = {place: seat for place, seat in vars(self).items() if place in Crew.__annotations__}
        return Crew(self._sit_down, **{**there, **seated})


def case_now(seat: Seat, case_id: str) -> Case:
    """The case as the office sees it. LookupError for one that is not there."""
    case = board.look(seat.desk, case_id).case
    if case is None:
        raise LookupError(f"no case {case_id}")
    return case


def follow(crew: Crew, case_id: str, moment: datetime) -> Case:
    """Pay, visit, review, sign, release, print, hand over until the case ends; it at its end."""
    for _ in range(_MOST_STEPS):
        case = case_now(crew.clerk, case_id)
        if case.closed:
            return case
        step(crew, case, moment)
    raise RuntimeError(f"case {case_id} found no way on from {case.state}")


def step(crew: Crew, case: Case, moment: datetime) -> None:
    """The next act that the case waits for."""
    match case.state:
        case State.PAY_DUE:
            pay(crew, case, moment)
        case State.VISIT_DUE:
            book(crew, case)
        case State.BOOKED:
            report(crew, case, moment)
        case State.IN_REVIEW:
            clear(crew, case)
        case State.RECOMMENDED:
            sign(crew, case)
        case State.CONSULTING | State.REPLY_DUE:
            reply(crew, case)
        case State.ISSUED:
            release(crew, case)
        case State.RELEASED:
            deliver(crew, case)
        case _:
            raise RuntimeError(f"nothing to do in {case.state}")


def pay(crew: Crew, case: Case, moment: datetime) -> None:
    """The first unpaid sum, by its bill."""
    owed = case.unpaid[0]
    day = moment.date()
    payments.pay_due(
        crew.clerk,
        case.case_id,
        owed.key,
        Payment(owed.amount, "bill", reference_of(case, owed.key), day),
    )


def book(crew: Crew, case: Case) -> None:
    """The soonest half-day of the property's district, the fee taken with it."""
    slot = visits.free_slots(crew.clerk, case.district or 1, 1)[0]
    visits.book(
        crew.clerk,
        case,
        Slot(slot.day, slot.half, slot.district),
        case.request.party.name,
        case.request.party.mobile,
        "bill",
        reference_of(case, "visit"),
    )


def reference_of(case: Case, what: str) -> str:
    """A bank's tracking number, of this sum alone."""
    digest = hashlib.sha256(f"{case.case_id}|{what}|{len(case.takings)}".encode()).hexdigest()
    return f"{int(digest, 16) % 10**12:012d}"


def visited_on(crew: Crew, case: Case, day: date) -> Case:
    """The inspector's case, its visit moved to the day on which it took place."""
    shown, _ = board.municipal_case(crew.inspector, case.case_id)
    if shown.slot is None or shown.slot.day == day:
        return shown
    half = shown.slot.half
    if day == shown.received_at.astimezone(TEHRAN).date():
        half = max(half, Halves().of(shown.received_at))
    slot = replace(shown.slot, day=day, half=half)
    visits.held_on(crew.inspector, shown, slot, "با هماهنگی متقاضی انجام شد.")
    shown, _ = board.municipal_case(crew.inspector, case.case_id)
    return shown


def report(crew: Crew, case: Case, moment: datetime) -> None:
    """The visit took place, today if need be, and clears what asked for it."""
    shown = visited_on(crew, case, moment.astimezone(TEHRAN).date())
    documents.keep(crew.inspector, sample_photos()[1])
    visits.report(crew.inspector, shown, made_up_report(shown, moment))
    crew.clerk.desk.nudge()


def miss(crew: Crew, case: Case, cause: str, moment: datetime, note: str = "") -> None:
    """The inspector stood there at the moment and tells why nothing was seen, with the door."""
    shown, _ = board.municipal_case(crew.inspector, case.case_id)
    door, content = sample_photos()
    documents.keep(crew.inspector, content)
    visits.miss(crew.inspector, shown, cause, note, at=moment, photo=door)


def made_up_report(case: Case, moment: datetime) -> VisitReport:
    """What an inspector says of a visit at the moment that clears all that asked for it."""
    failing = case.decision.failing if case.decision else ()
    return VisitReport(
        visited_at=moment,
        present=case.attending or case.request.party.name,
        land="240.50",
        built="186.00",
        floors=2,
        units=1,
        use="مسکونی",
        condition="built",
        bounds=("کوچه", "پلاک ۲۹", "پلاک ۲۵", "کوچه"),
        lane_width="8.00",
        advance="",
        violation="",
        violation_area="",
        # What has a record is found by its address.
        latitude="31.8974" if case.no_record else "",
        longitude="54.3569" if case.no_record else "",
        place_reason="" if case.no_record else "جای ثبت روی گوشی نیامد",
        result="مطابق مدارک",
        opinion=VisitOpinion.FITS,
        cleared={f.gate: _REASON for f in failing if f.effect is Effect.VISIT},
        photos=sample_photos()[0],
    )


def clear(crew: Crew, case: Case) -> None:
    """The expert proposes to clear every gate that failed for one, and enters what is asked."""
    shown, _ = board.municipal_case(crew.expert, case.case_id)
    service = board.service_of(crew.expert.desk, shown)
    if service.contests:
        _answer_objection(crew, case_id=case.case_id, service=service)
        return
    article, day = service.commission, shown.request.received_on
    if shown.fine_asked:
        # Whether it was paid is no expert's to say; finance has found it.
        found = ClearFine(True, _PAID, reference_of(shown, "fine"), day)
        commissions.clear_fine(crew.finance, shown, found)
        crew.clerk.desk.nudge()
        return
    if shown.awaits_commission(article):
        shown = _ruled(crew, shown, article)
    failing = shown.decision.failing if shown.decision else ()
    reviewed = (Effect.REVIEW, Effect.VISIT)
    open_ = {f.gate for f in failing if f.effect in reviewed and f.code != AWAITED}
    entered = enter(service, shown.conditions, day)
    told = clearing(dict.fromkeys(open_, _REASON))
    reviewing.recommend(crew.expert, shown, told, entered)
    crew.clerk.desk.nudge()


def sign(crew: Crew, case: Case) -> None:
    """Whose turn it is agrees with what the expert proposed."""
    shown, _ = board.municipal_case(crew.expert, case.case_id)
    seat = crew.signer if shown.to_sign == Role.SIGNER.value else crew.supervisor
    reviewing.countersign(seat, shown)
    crew.clerk.desk.nudge()


def decide(
    crew: Crew,
    case: Case,
    cleared: Mapping[str, str],
    note: str = "",
    entered: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """The expert proposes to clear these gates, each for its reason; then as `propose`."""
    propose(crew, case, clearing(cleared, note), entered)


def refuse(crew: Crew, case: Case, *reasons: str) -> None:
    """The expert proposes to refuse for these reasons; then as `propose`."""
    propose(crew, case, refusing(*reasons))


def clearing(cleared: Mapping[str, str], note: str = "") -> Recommendation:
    """That these gates are cleared, each for its reason in words."""
    opinions = (Opinion(gate, Verdict.CLEARED, OTHER, words=why) for gate, why in cleared.items())
    return Recommendation(Proposal.LETTER, tuple(opinions), note=note)


def refusing(*reasons: str) -> Recommendation:
    """That the request is refused for these reasons."""
    return Recommendation(Proposal.REFUSAL, reasons=reasons)


def propose(
    crew: Crew,
    case: Case,
    told: Recommendation,
    entered: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """The expert's proposal, and where two sign, who agrees with it. Raises Refusal, Refusals."""
    reviewing.recommend(crew.expert, case, told, entered)
    if board.municipal_case(crew.expert, case.case_id)[0].to_sign:
        sign(crew, case)


def _ruled(crew: Crew, case: Case, article: str) -> Case:
    """The case after the commission agreed, in a session of the day of its receipt."""
    expert, party, day = crew.expert, case.request.party, case.request.received_on
    commissions.send(expert, case, article, REFERRAL)
    shown, _ = board.municipal_case(expert, case.case_id)
    commissions.put_on_agenda(expert, shown, f"5/{jalali(day)[0]}", day)
    shown, _ = board.municipal_case(expert, case.case_id)
    ruling = Ruling(
        verdict=RulingKind.AGREED,
        number=f"5/{shown.rev}",
        decided_on=day,
        against=(Ruled(party.name, party.owner_id),),
        note=_RULING,
    )
    commissions.rule(expert, shown, ruling)
    return board.municipal_case(expert, case.case_id)[0]


def reply(crew: Crew, case: Case) -> None:
    """The body that is to reply first agrees; who brought its letter depends on the body."""
    asked = case.awaited[0]
    seat = crew.clerk if asked.sent.by_hand else crew.expert
    scan, content = sample_photos()
    documents.keep(seat, content)
    day = max(asked.sent.asked_on, case.request.received_on)
    number = f"{asked.numbers[-1]}/پ"
    said = Reply(ReplyKind.AGREED, number, day, asked.numbers[-1], "", scan)
    shown = case if seat is crew.clerk else board.municipal_case(crew.expert, case.case_id)[0]
    consultations.enter_reply(seat, shown, asked, said)
    crew.clerk.desk.nudge()


def _answer_objection(crew: Crew, case_id: str, service: Service) -> None:
    """The unit whose it is finds nothing that proves it."""
    by_units = {Unit.FINANCE: crew.finance}
    shown, _ = board.municipal_case(crew.supervisor, case_id)
    if shown.laid is None:
        raise RuntimeError("an objection that nobody laid before its unit")
    contested, reason = shown.laid.contested, service.field(REJECTED).choices[0].value
    seat = by_units.get(contested.unit, crew.expert)
    objections.reject(seat, shown, reason, contested.grounds[0])
    crew.clerk.desk.nudge()


def release(crew: Crew, case: Case) -> None:
    """The manager releases the answer."""
    held = case.answer
    if held is None:
        raise RuntimeError("issued without a letter")
    letters.release(crew.manager, case.case_id, held.letter, PASSWORD)


def void(manager: Seat, case_id: str, letter_id: str, reason: str) -> None:
    """The manager ends a letter, with a colleague beside him where one is at work."""
    others = letters.seconds(manager, case_now(manager, case_id))
    witness = letters.Witness(others[0].staff_id, PASSWORD) if others else None
    letters.void(manager, case_id, letter_id, reason, PASSWORD, witness)


def end_given(crew: Crew, case_id: str, letter_id: str, reason: str) -> None:
    """The municipality ends a letter that somebody has: recalled by one, ended by another."""
    first, second = crew.supervisor, crew.signer
    case, _ = board.municipal_case(first, case_id)
    if not case.recalled:
        recalls.recall(first, case, letter_id, reason, {}, PASSWORD)
    case, _ = board.municipal_case(second, case_id)
    recalls.end(second, case, letter_id, reason, PASSWORD)


def deliver(crew: Crew, case: Case) -> None:
    """Print copy 1 if it is not printed yet, else hand over."""
    held = case.answer
    if held is None:
        raise RuntimeError("released without a letter")
    letter_id = held.letter.letter_id
    if not held.on_paper:
        begun = letters.begin_print(crew.clerk, case.case_id, held, PRINTER, "")
        letters.end_print(crew.clerk, case.case_id, letter_id, begun, PRINTER, "", out=True)
        return
    party = case.request.party
    letters.hand_over(
        crew.clerk,
        case.case_id,
        letter_id,
        party.name,
        party.carrier_id or party.person_id,
        ("کارت ملی",),
        PASSWORD,
    )
