"""What a case is by now: a value that `applying` computes from its facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from desktop.domain import facts as f
from desktop.domain.case_letters import CaseLetter
from desktop.domain.consultation import Consultation
from desktop.domain.contest import Stage
from desktop.domain.decision import Decision, Outcome
from desktop.domain.fees import OFFICE_FEE, VISIT_FEE
from desktop.domain.gates import Owed
from desktop.domain.identifiers import MOST_BILLED, renewal_code
from desktop.domain.letter import LetterKind
from desktop.domain.recall import LetterRecalled
from desktop.domain.recommendation import Recommendation
from desktop.domain.request import Payment, Request, Slot, VisitReport, mark_of
from desktop.domain.ruling import RulingKind
from desktop.domain.service import Effect
from desktop.domain.state import AWAITS_CENTRE, AWAITS_CITY, ENDS, State
from desktop.domain.step import OF_STATE, Stay, Stays, Step

VIOLATION = "violation"
"""The gate that asks for open Article 100 files."""


@dataclass(frozen=True)
class Case:
    """What the facts say of a case by now; money in Rial.

    `decision` is the last one, `first` what the records answered before any payment or visit.
    `owed` is what stands open by the last decision, `announced` every sum ever asked, by its key.
    `bills` are the ids of fees that are the municipality's; `takings` every payment ever taken by
    its mark (`mark_of`), `matched` what the close of its day said of it, `struck` those whose entry
    was voided; `unfounded` are owed sums struck since the last decision, which rests on them.
    `looked_by` is who looked at the answer again last (staff id).
    `claims` are owed sums that the applicant says are paid and finance has not found yet;
    `taken_back` is why the records of an answer that stands no longer hold, `recall` how the
    municipality recalled it and nobody has decided yet. `entered` is what the
    expert entered by himself, by field key. `unreached` are messages to the citizen that did not
    arrive and were not sent again, by their ids. `moved_by_city` is how often the municipality
    moved the visit; `answer_by` the last day for an answer after it, where one is set,
    `answer_days` how many working days that is, and `escalated` whether it went by. `report_looked`
    says that an expert has looked at what the visit's report found. `consultations` are the bodies
    that were asked, in their order.

    `gone` counts how often an inspector went out for it, whatever he found. `door_unseen` says that
    the fee of a missed visit waits until its picture of the door is here.

    `cleared` are the gates that somebody cleared, with the reasons, `cleared_for` the code of what
    each had found then.

    `expert` is the staff id of the expert who has it, empty while it is nobody's or all experts'.
    `recommendation` is what an expert proposed last of the case as it stands, `to_sign` the role
    that signs it now (empty: none), `challenges` how often and why that was not done, `challengers`
    the ids of those whose disagreement brings it before the supervisor.

    `agenda` is the commission's session that deals with it, `served` all that was done to serve the
    ruling in force, `objected` who objected to it, `unopposed` whether it is a first one that
    became final as nobody had, `fine_cleared` what finance said of a fine.

    `laid` is what an objection is about, `visit_for` what its unit wants seen there, `answered` the
    unit's last answer, `challenged` why a second person did not sign one; `objections` are those to
    this case, by their tracking codes, and `reconsidered` says why the answer, once it falls, is an
    expert's: it was found wrong.

    `stream` is that of the office that finishes it. `former` are those it was in before, in their
    order, `passed` how it left the last of them, in the state `passed_in`; `taken_over` is that
    office's name and code (of what it carried nothing is kept here). `tills` are the streams of the
    offices that took payments, by their marks; `elsewhere` what an office did that it had left.

    `stay` is the step in which it waits, `stopped` those that go on after it.

    `sampled` is why a second look is due, `drawn` the percent of the lot of all answers where that
    lot ever took it; `hands` are the ids of who did anything to the case but look again.
    """

    case_id: str
    stream: str
    state: State
    rev: int
    request: Request
    due_on: date
    registered_by: str
    received_at: datetime
    late: bool = False
    fees_due: Mapping[str, int] = field(default_factory=dict)
    fees_paid: Mapping[str, Payment] = field(default_factory=dict)
    owed: tuple[Owed, ...] = ()
    announced: Mapping[str, Owed] = field(default_factory=dict)
    paid: Mapping[str, Payment] = field(default_factory=dict)
    decision: Decision | None = None
    first: Decision | None = None
    refusal: tuple[str, ...] = ()
    sampled: str = ""
    drawn: int = 0
    looked: f.SecondLooked | None = None
    no_record: bool = False
    slot: Slot | None = None
    inspector: str = ""
    attending: str = ""
    attending_mobile: str = ""
    missed: f.VisitMissed | None = None
    door_unseen: bool = False
    gone: int = 0
    report: VisitReport | None = None
    cleared: Mapping[str, str] = field(default_factory=dict)
    cleared_for: Mapping[str, str] = field(default_factory=dict)
    returned: f.Returned | None = None
    left: State | None = None
    commission: str = ""
    commission_note: str = ""
    commission_result: f.CommissionDecided | None = None
    agenda: f.OnAgenda | None = None
    served: tuple[f.RulingServed, ...] = ()
    objected: tuple[f.RulingObjected, ...] = ()
    unopposed: bool = False
    fine_cleared: f.FineCleared | None = None
    review_comment: str = ""
    letters: tuple[CaseLetter, ...] = ()
    withdrawn: str = ""
    bills: Mapping[str, f.FeeDue] = field(default_factory=dict)
    takings: Mapping[str, Payment] = field(default_factory=dict)
    matched: Mapping[str, f.PaymentMatched] = field(default_factory=dict)
    refunded: Mapping[str, f.FeeRefunded] = field(default_factory=dict)
    struck: Mapping[str, f.PaymentVoided] = field(default_factory=dict)
    unfounded: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, Payment] = field(default_factory=dict)
    doubles: tuple[f.DoubleTold, ...] = ()
    taken_back: str = ""
    recall: LetterRecalled | None = None
    looked_by: str = ""
    entered: Mapping[str, str] = field(default_factory=dict)
    unreached: Mapping[str, f.MessageFailed] = field(default_factory=dict)
    former: tuple[str, ...] = ()
    passed: f.PassedOn | None = None
    passed_in: State | None = None
    taken_over: f.TakenOver | None = None
    tills: Mapping[str, str] = field(default_factory=dict)
    elsewhere: tuple[f.ActedElsewhere, ...] = ()
    moved_by_city: int = 0
    answer_by: date | None = None
    answer_days: int = 0
    escalated: bool = False
    report_looked: bool = False
    expert: str = ""
    expert_name: str = ""
    recommendation: Recommendation | None = None
    recommended_by: str = ""
    recommended_name: str = ""
    to_sign: str = ""
    challenges: tuple[f.Challenged, ...] = ()
    challengers: frozenset[str] = frozenset()
    consultations: tuple[Consultation, ...] = ()
    hands: frozenset[str] = frozenset()
    laid: f.ObjectionLaid | None = None
    visit_for: str = ""
    answered: f.ObjectionAnswered | None = None
    challenged: str = ""
    objections: Mapping[str, f.ObjectionTold] = field(default_factory=dict)
    reconsidered: str = ""
    stay: Stay | None = None
    stopped: Stays = field(default_factory=dict)

    @property
    def step(self) -> Step | None:
        """In which step it waits as it stands; None where it is nobody's turn, or the centre's."""
        match self.state:
            case State.IN_REVIEW if self.laid is not None:
                return Step.OBJECTION
            case State.IN_REVIEW if self.fine_asked:
                return Step.FINANCE
            case State.PAY_DUE if not self.asked:
                return Step.FINANCE
            case State.ISSUED | State.RELEASED if self.recalled:
                return None
        return OF_STATE.get(self.state)

    @property
    def told_stay(self) -> Stay | None:
        """The step in which it waits, once it was told that its promise ends, or ended."""
        here = self.state is not State.PASSED_ON
        return self.stay if here and self.stay is not None and self.stay.until else None

    @property
    def step_is_late(self) -> bool:
        """Whether what is promised of the step in which it waits was not kept."""
        return self.told_stay is not None and bool(self.told_stay.late_to)

    @property
    def awaits_second(self) -> bool:
        """Whether the answer to an objection waits for a second person's signature."""
        return self.answered is not None and self.answered.second

    @property
    def contested(self) -> tuple[f.ObjectionTold, ...]:
        """The objections to this case that wait for their answer."""
        told = self.objections.values()
        return tuple(one for one in told if one.stage is Stage.REGISTERED)

    @property
    def conditions(self) -> Mapping[str, str]:
        """What conditions look at as the last decision did, with what the expert entered since."""
        decision = self.decision
        anew = decision.anew if decision else {}
        record = "found" if decision and decision.code else "none"
        return {**self.request.conditions, **anew, **self.entered, "record": record}

    @property
    def unrecorded(self) -> bool:
        """Whether the last decision rests on a visit's report of a property without a record."""
        decision = self.decision
        return self.report is not None and decision is not None and "record" in decision.cleared

    @property
    def code(self) -> str:
        """The code of the property, as the records found it or else as it was given; or empty."""
        return (self.decision.code if self.decision else "") or self.request.code

    @property
    def district(self) -> int:
        """The district of the property; 0 when neither records nor request tell it."""
        return renewal_code(self.code).district if self.code else 0

    @property
    def answer_awaited(self) -> bool:
        """Whether the municipality still has until `answer_by` to answer after the visit."""
        waits = self.state in AWAITS_CITY and self.answer is None
        return waits and self.answer_by is not None and not self.escalated

    @property
    def awaited(self) -> tuple[Consultation, ...]:
        """The bodies whose reply is awaited, who is to reply first before the others."""
        open_ = (each for each in self.consultations if each.open)
        return tuple(sorted(open_, key=lambda each: each.reply_by))

    @property
    def reply_is_late(self) -> bool:
        """Whether the day of a reply went by, and the supervisor was told."""
        return any(each.late for each in self.awaited)

    @property
    def awaited_by(self) -> date:
        """The last day of what the citizen waits for: the answer, then a utility's reply."""
        waits = self.state is State.REPLY_DUE and bool(self.awaited)
        return self.awaited[0].reply_by if waits else self.due_on

    def consultation(self, ident: str) -> Consultation:
        """The question with that id; KeyError when the case has none."""
        for each in self.consultations:
            if each.ident == ident:
                return each
        raise KeyError(ident)

    @property
    def closed(self) -> bool:
        """Whether the case has ended."""
        return self.state in ENDS

    @property
    def outcome(self) -> Outcome | None:
        """The outcome of the last decision."""
        return self.decision.outcome if self.decision else None

    @property
    def unpaid(self) -> tuple[Owed, ...]:
        """What is owed and not settled."""
        return tuple(o for o in self.owed if o.key not in self.paid)

    @property
    def asked(self) -> tuple[Owed, ...]:
        """What is to be paid now: not what finance looks for."""
        return tuple(o for o in self.unpaid if o.key not in self.claims)

    @property
    def sums(self) -> tuple[Owed, ...]:
        """What was owed and is paid, in the order it was asked, then what stands open."""
        paid = (o for key, o in self.announced.items() if key in self.paid)
        return (*paid, *self.unpaid)

    @property
    def answer(self) -> CaseLetter | None:
        """The live answer letter (positive or negative)."""
        return self._live(LetterKind.ANSWER, LetterKind.REFUSAL)

    @property
    def debt_letter(self) -> CaseLetter | None:
        """The live debt letter."""
        return self._live(LetterKind.DEBT)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What is known of payments that terminal or bank don't have: letters rest on them."""
        return tuple(self.doubted.values())

    @property
    def doubted(self) -> dict[str, str]:
        """Payments that terminal or bank don't have, by their marks, and what is known of each."""
        return {
            mark: said.note
            for mark, said in self.matched.items()
            if not said.right and mark not in self.struck
        }

    def recalls(self, held: CaseLetter) -> bool:
        """Whether it is this letter that is `recalled`: nothing more of it goes on paper."""
        return self.recalled and held == self.answer

    @property
    def recalled(self) -> bool:
        """Whether a released letter, still in force, is to be voided.

        A supervisor asks for it, a sum that it rests on was never paid, its records were taken
        back, or the municipality recalled it.
        """
        held = self.answer
        if held is None or held.release is None or self.state is State.PASSED_ON:
            return False
        if self.unfounded or self.taken_back or self.recall is not None:
            return True
        return self.looked is not None and self.looked.recall

    @property
    def fee_to_take(self) -> str:
        """The fee that the counter takes now; empty when none.

        The one that is due first, or one whose entry was voided after the case went on.
        """
        if self.state in (State.FEE_DUE, State.VISIT_DUE):
            fee = OFFICE_FEE if self.due_fee(OFFICE_FEE) else VISIT_FEE
            return fee if self.due_fee(fee) else ""
        if self.state in AWAITS_CENTRE | {State.WITHDRAWN, State.PASSED_ON}:
            return ""
        # A visit's fee is owed only for a visit that was booked.
        used = {OFFICE_FEE: True, VISIT_FEE: self.slot is not None or self.report is not None}
        voided = {what_of(self, mark) for mark in self.struck}
        again = (fee for fee in used if fee in voided and used[fee] and self.due_fee(fee))
        return next(again, "")

    @property
    def fee_before_stamping(self) -> str:
        """The fee without which no letter of the case is stamped; empty when none.

        The fee of a visit to come is no reason to keep back a debt letter told beside it.
        """
        fee = self.fee_to_take
        return "" if self.state is State.VISIT_DUE and fee == VISIT_FEE else fee

    def awaits_commission(self, article: str) -> bool:
        """Whether the commission of that article must rule first; of none (empty) never.

        A ruling that sends the case back to be completed decides nothing.
        """
        ruling = self.commission_result
        ruled = ruling is not None and ruling.verdict is not RulingKind.INCOMPLETE
        return bool(article) and not (self.commission == article and ruled)

    def clearing(self, gates: Mapping[str, str]) -> dict[str, Any]:
        """What changes as these gates are cleared: the reasons, and for what was found of each."""
        found = self.decision.found if self.decision is not None else {}
        seen = {gate: found[gate] for gate in gates if gate in found}
        return {
            "cleared": {**self.cleared, **gates},
            "cleared_for": {**self.cleared_for, **seen},
        }

    @property
    def visit_phone(self) -> str:
        """Whom to call about the visit: who is to be there, else the applicant."""
        return self.attending_mobile or self.request.party.mobile

    @property
    def fine_open(self) -> int:
        """Rial of fines that an expert's gate tells as unpaid and finance did not find, else 0.

        Those too that no payment id holds: nobody can be asked for them by a bill.
        """
        found = self.decision.failing if self.decision else ()
        told = next((x for x in found if x.gate == VIOLATION), None)
        if told is None:
            return 0
        billed = all(sum_.amount < MOST_BILLED for sum_ in told.owed)
        if told.effect is not Effect.REVIEW and (billed or told.effect is not Effect.PAY):
            return 0
        if VIOLATION in self.cleared and self.cleared_for.get(VIOLATION, told.code) == told.code:
            return 0
        paid = self.fine_cleared is not None and self.fine_cleared.right
        fine = told.values.get("fine", 0)
        return 0 if paid or not isinstance(fine, int) else fine

    @property
    def fine_asked(self) -> bool:
        """Whether finance has yet to say if that fine was paid."""
        return self.state is State.IN_REVIEW and bool(self.fine_open) and self.fine_cleared is None

    @property
    def sought(self) -> int:
        """Rial that finance is to look for: what is claimed to be paid, and such a fine."""
        claimed = sum(payment.amount for payment in self.claims.values())
        return claimed + (self.fine_open if self.fine_asked else 0)

    def letter(self, letter_id: str) -> CaseLetter:
        """The letter with that id; KeyError when the case has none."""
        for held in self.letters:
            if held.letter.letter_id == letter_id:
                return held
        raise KeyError(letter_id)

    def _live(self, *kinds: LetterKind) -> CaseLetter | None:
        live = [held for held in self.letters if held.live and held.letter.kind in kinds]
        return live[-1] if live else None

    def due_fee(self, fee: str) -> int:
        """Rial of that fee still to be taken, 0 when none."""
        return 0 if fee in self.fees_paid else self.fees_due.get(fee, 0)


def what_of(case: Case, mark: str) -> str:
    """The fee or owed sum that a payment of the case was for. KeyError when it has none such."""
    payment = case.takings[mark]
    return next(
        what for what in (*case.fees_due, *case.announced) if mark_of(what, payment) == mark
    )


def area_or_none(text: str) -> Decimal | None:
    """The area written in a report, None when it was left empty."""
    return Decimal(text) if text else None
