"""Whatever people do, in any order, a case has a way on and never a letter without an answer."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.applying import UnlawfulFact, apply
from desktop.domain.case import Case
from desktop.domain.cash import refundable
from desktop.domain.consultation import Consulted, Reply, ReplyKind
from desktop.domain.contest import Contested, Correction, Stage
from desktop.domain.decision import Decision, Outcome
from desktop.domain.errors import Refusal
from desktop.domain.lawful import handle
from desktop.domain.letter import LetterKind
from desktop.domain.papers import Defect
from desktop.domain.people import Role, Staff
from desktop.domain.promise import Deadline
from desktop.domain.recommendation import OTHER, Opinion, Proposal, Recommendation, Verdict
from desktop.domain.request import DocumentFile, Payment, Slot, mark_of
from desktop.domain.ruling import RulingKind, Serving
from desktop.domain.setting import Setting
from desktop.domain.state import AWAITS_CENTRE, AWAITS_REPLY, ENDS, State
from desktop.domain.step import Step
from desktop.domain.stream import MUNICIPALITY, CommandRefused, Fact
from desktop.domain.transitions import ACTS
from tests.domain import letter_walk
from tests.domain.letter_walk import LetterRules
from tests.domain.walked import (
    ACT,
    EXPERT,
    FINED,
    NOW,
    OUTCOMES,
    OWED,
    PEOPLE,
    REASONS,
    REPORT,
    RULED,
    SETTING,
    TODAY,
    TWO_SIGN,
    VISIT_FEE,
)
from tests.office import CLERK, letter, request

ASIDE = {c.Withdraw.kind, c.Amend.kind}
_NOT = (Role.FINANCE, Role.INSPECTOR, Role.CLERK)


class Life(LetterRules, RuleBasedStateMachine):
    """One case; the centre decides at random whenever a case awaits it, as it would at once."""

    setting = SETTING
    answers: Mapping[str, str] = {"stage": "پی"}

    def __init__(self) -> None:
        super().__init__()
        self.case: Case | None = None
        self.told: list[Fact] = []
        self.serial = itertools.count(1)

    # What people do.

    def do(
        self, role: Role, payload: c.Payload, setting: Setting | None = None, office: str = ""
    ) -> bool:
        """The command as the centre handles it; whether it was lawful."""
        actor = replace(PEOPLE[role], office=office) if office else PEOPLE[role]
        command = c.Command("c", "case-1", "d", 1, actor.staff_id, 0, NOW, payload)
        try:
            made = handle(self.case, command, actor, setting or self.setting)
        except Refusal:
            return False
        for payload_of_fact in made:
            if isinstance(payload_of_fact, Consulted) and not payload_of_fact.number:
                # Its number is the centre's.
                payload_of_fact = replace(payload_of_fact, number="1405/1")
            self.tell(payload_of_fact, actor)
        return True

    def tell(self, payload: f.CaseFact, actor: Staff = CLERK) -> None:
        """A fact, which the table must allow: `handle` never makes another."""
        rev = (self.case.rev if self.case else 0) + 1
        fact = Fact("f", "office:21", rev, "case-1", rev, "c", actor.staff_id, "", NOW, payload)
        self.case = apply(self.case, fact)
        self.told.append(fact)

    @precondition(lambda self: self.case is None)
    @rule()
    def register(self) -> None:
        assert self.do(Role.CLERK, c.Register(request(next(self.serial), answers=self.answers)))

    @precondition(lambda self: self.case is not None and self.case.state in AWAITS_CENTRE)
    @rule(outcome=st.sampled_from(list(Outcome)), fined=st.booleans())
    def centre_decides(self, outcome: Outcome, fined: bool) -> None:
        assert self.case is not None
        if self.case.state is State.VOIDED and self.case.reconsidered:
            self.tell(f.InReview(self.case.reconsidered))
            return
        if self.case.state is State.VOIDED and self.case.looked and not self.case.looked.right:
            self.tell(f.InReview("برگشت"))
            return
        owed = OWED if outcome is Outcome.PAY else ()
        found = (*OUTCOMES[outcome], FINED) if fined else OUTCOMES[outcome]
        decision = Decision(outcome, found, owed, TODAY, TODAY, "v")
        if self.case.refusal:
            decision = replace(decision, outcome=Outcome.REFUSE, owed=())
        self.tell(f.Decided(decision, refusal=self.case.refusal))
        match decision.outcome:
            case Outcome.ANSWER:
                self.issue(LetterKind.ANSWER)
            case Outcome.REFUSE:
                self.issue(LetterKind.REFUSAL)
            case Outcome.PAY:
                self.tell(f.AmountsDue(owed))
                self.issue(LetterKind.DEBT)
            case Outcome.VISIT:
                self.tell(f.VisitDue(no_record=True))
                self.tell(f.FeeDue("visit", VISIT_FEE))
            case Outcome.REVIEW:
                if self.setting.service.contests and self.case.laid is None:
                    self.tell(f.ObjectionLaid(Contested.LAND))
                self.tell(f.InReview())

    def issue(self, kind: LetterKind) -> None:
        made = replace(letter(f"letter-{next(self.serial)}", "case-1"), kind=kind)
        self.tell(f.LetterIssued(made))

    @rule(fee=st.sampled_from(["office", "visit"]))
    def take_fee(self, fee: str) -> None:
        amount = self.case.due_fee(fee) if self.case else 0
        self.do(Role.CLERK, c.PayFee(fee, Payment(amount, "terminal", "1", TODAY)))

    @rule(which=st.integers(0, 1))
    def settle(self, which: int) -> None:
        unpaid = self.case.unpaid if self.case else ()
        owed = unpaid[which % len(unpaid)] if unpaid else OWED[0]
        self.do(Role.CLERK, c.PayDue(owed.key, Payment(owed.amount, "bill", "1", TODAY)))

    @rule(which=st.integers(0, 1))
    def claim_a_payment(self, which: int) -> None:
        unpaid = self.case.unpaid if self.case else ()
        owed = unpaid[which % len(unpaid)] if unpaid else OWED[0]
        self.do(Role.CLERK, c.ClaimPayment(owed.key, Payment(owed.amount, "bill", "2", TODAY)))

    @rule(which=st.integers(0, 1), right=st.booleans())
    def finance_looks_for_what_is_claimed(self, which: int, right: bool) -> None:
        claims = list(self.case.claims) if self.case else []
        key = claims[which % len(claims)] if claims else OWED[0].key
        done = self.do(Role.FINANCE, c.AnswerClaim(key, right, "در حساب دیده شد"))
        assert done is bool(claims)
        assert self.case is None or key not in self.case.claims

    @rule(which=st.integers(0, 1))
    def give_a_fee_back(self, which: int) -> None:
        marks = list(refundable(self.case)) if self.case else []
        mark = marks[which % len(marks)] if marks else "office/0"
        back = c.RefundFee(mark, "انصراف متقاضی", "777")
        if self.do(Role.MANAGER, back):
            assert self.case is not None
            assert self.case.state is State.WITHDRAWN
            assert not self.do(Role.MANAGER, back)

    @rule(which=st.integers(0, 3), right=st.booleans())
    def match(self, which: int, right: bool) -> None:
        marks = list(self.case.takings) if self.case else []
        mark = marks[which % len(marks)] if marks else "office/0"
        self.do(Role.MANAGER, c.MatchPayment(mark, right, "" if right else "در بانک نیست"))

    @rule(which=st.integers(0, 3))
    def strike(self, which: int) -> None:
        marks = list(self.case.takings) if self.case else []
        mark = marks[which % len(marks)] if marks else "office/0"
        self.do(Role.MANAGER, c.VoidPayment(mark, "ثبت نادرست بود"))

    @rule(days=st.integers(0, 9), move=st.booleans())
    def book(self, days: int, move: bool) -> None:
        slot = Slot(TODAY + timedelta(days=days), 1, 2)
        payload = c.MoveVisit(slot, "") if move else c.BookVisit(slot, "مالک", "0913")
        self.do(Role.CLERK, payload)

    @rule(cause=st.sampled_from(["absent", "address", "cancelled"]))
    def miss(self, cause: str) -> None:
        been = cause != "cancelled"
        at, door = (NOW, REPORT.photos) if been else (None, None)
        self.do(Role.INSPECTOR, c.MissVisit(cause, "", at, door))

    @rule(days=st.integers(-1, 1))
    def visit_took_place(self, days: int) -> None:
        slot = Slot(TODAY + timedelta(days=days), 1, 2)
        self.do(Role.INSPECTOR, c.MoveVisit(slot, "متقاضی در محل بود"))

    @rule(days=st.integers(-1, 3), who=st.sampled_from(["", "ali-kargar"]))
    def plan_again(self, days: int, who: str) -> None:
        before = self.case.moved_by_city if self.case else 0
        slot = Slot(TODAY + timedelta(days=days), 1, 2)
        moved = self.do(Role.PLANNER, c.MoveVisit(slot, "بیماری مأمور", who))
        assert self.case is None or self.case.moved_by_city == before + moved
        # The counter names nobody.
        assert not who or not self.do(Role.CLERK, c.MoveVisit(slot, "درخواست مالک", who))

    @rule(cause=st.sampled_from(["absent", "cancelled"]))
    def call_off(self, cause: str) -> None:
        done = self.do(Role.PLANNER, c.MissVisit(cause, "مأموری نیست"))
        assert not done or cause == "cancelled"

    @rule(clears=st.booleans())
    def report(self, clears: bool) -> None:
        cleared = {"record": "دیده شد"} if clears else {}
        self.do(Role.INSPECTOR, c.ReportVisit(replace(REPORT, cleared=cleared)))

    @rule(what=st.integers(0, 7))
    def review(self, what: int) -> None:
        payloads: list[c.Payload] = [
            c.ClearGates({"deed": "سند دیده شد"}),
            c.RefuseCase(("خلاف ضوابط",)),
            c.ReturnCase("نشانی را اصلاح کنید"),
            c.SendToCommission("100", "بنای بی‌پروانه"),
            c.EnterCommissionResult("", f"{what}", TODAY, "first", RulingKind.ACQUITTED, 0, RULED),
            c.EnterCommissionResult("", f"{what}", TODAY, "final", RulingKind.FINE, 5_000, RULED),
            c.PutOnAgenda("31", TODAY),
            c.EndRulingTerm("4"),
        ]
        self.do(Role.EXPERT, payloads[what])

    @rule(enforced=st.booleans(), refuses=st.booleans())
    def propose(self, enforced: bool, refuses: bool) -> None:
        said = Opinion("deed", Verdict.CLEARED, OTHER, words="سند دیده شد")
        told = Recommendation(Proposal.LETTER, (said,))
        if refuses:
            told = Recommendation(Proposal.REFUSAL, reasons=("خلاف ضوابط",))
        done = self.do(
            Role.EXPERT,
            c.Recommend(told),
            replace(self.setting, city=TWO_SIGN) if enforced else self.setting,
        )
        if done:
            assert self.case is not None
            assert self.case.state is (State.RECOMMENDED if enforced else State.DECIDING)
            assert self.case.expert == EXPERT.staff_id

    @rule(role=st.sampled_from([Role.SIGNER, Role.SUPERVISOR]), agrees=st.booleans())
    def second_person(self, role: Role, agrees: bool) -> None:
        payload = c.Challenge("", "other", "look-again", "دوباره ببینید")
        before = self.case
        if self.do(role, c.Countersign() if agrees else payload) and before is not None:
            assert before.to_sign == role.value
            assert self.case is not None
            assert agrees is (self.case.state is State.DECIDING)
            assert not agrees or not self.case.challenges

    @rule(whose=st.sampled_from(["", EXPERT.staff_id]), role=st.sampled_from(list(Role)))
    def hand_around(self, whose: str, role: Role) -> None:
        if role in PEOPLE:
            self.do(role, c.AssignCase(whose, "مرخصی"))

    @rule(way=st.sampled_from(list(Serving)), role=st.sampled_from([Role.CLERK, Role.EXPERT]))
    def serve_the_ruling(self, way: Serving, role: Role) -> None:
        case = self.case
        ruling = case.commission_result if case else None
        number = ruling.number if ruling else "4"
        paper = (
            ("12", "0123456789", "7", TODAY) if way is Serving.ATTORNEY else ("", "", "7", TODAY)
        )
        receiver, receiver_id, written, dated = paper
        if way is Serving.PERSON:
            receiver_id = RULED[0].person_id
        elif way is Serving.ATTORNEY:
            receiver_id = "0084575948"
        served = c.ServeRuling(number, 0, way, TODAY, receiver, receiver_id, written, dated, "دید")
        state = case.state if case else None
        done = self.do(role, served)
        if case is None or self.case is None:
            return
        # Whoever is served has his term; nobody is served twice, and no case moves by it.
        assert self.case.state is state
        if done:
            assert bool(self.case.served[-1].until) is way.serves
            assert not way.serves or not self.do(role, served)

    @rule()
    def object_to_the_ruling(self) -> None:
        self.do(Role.CLERK, c.ObjectToRuling(0, "15", TODAY))

    @rule(right=st.booleans())
    def finance_looks_for_the_fine(self, right: bool) -> None:
        self.do(Role.FINANCE, c.ClearFine(right, "در حساب دیده شد", "818", TODAY))

    @rule(name=st.sampled_from(["میراث فرهنگی", "میراث فرهنگي", "ترافیک", "بانک"]))
    def ask_another_body(self, name: str) -> None:
        ident = f"q-{next(self.serial)}"
        before = len(self.case.awaited) if self.case else 0
        done = self.do(Role.EXPERT, c.Consult(ident, name, "آیا نما بی‌مانع است؟"))
        assert not done or (self.case is not None and len(self.case.awaited) == before + 1)
        assert not done or name != "بانک"

    @rule(
        which=st.integers(0, 3),
        act=st.integers(0, 3),
        role=st.sampled_from([Role.EXPERT, Role.CLERK, Role.SUPERVISOR]),
    )
    def a_body_replies_or_is_not_asked_any_more(self, which: int, act: int, role: Role) -> None:
        asked = self.case.consultations if self.case else ()
        one = asked[which % len(asked)] if asked else None
        ident = one.ident if one else "none"
        ours = one.sent.number or "1405/1" if one else ""
        scan = DocumentFile("c" * 64, 9_000, 1)
        reply = Reply(ReplyKind.AGREED, "۱۲/۳", TODAY, ours, "", scan)
        payloads: list[c.Payload] = [
            c.EnterReply(ident, reply),
            c.RemindConsultee(ident),
            c.DropConsultation(ident, "دیگر لازم نیست"),
            c.EnterReply(ident, replace(reply, to_number="1405/999")),
        ]
        was_open = one is not None and one.open
        done = self.do(role, payloads[act])
        # Of one that ended nothing is done any more, and no reply is taken for another's.
        assert not done or (was_open and act != 3)

    @rule(which=st.integers(0, 3))
    def a_reply_is_late(self, which: int) -> None:
        asked = self.case.consultations if self.case else ()
        ident = asked[which % len(asked)].ident if asked else "none"
        on = replace(self.setting, now=NOW + timedelta(days=90))
        if self.do(Role.CENTRE, c.TellLateReply(ident), on):
            assert not self.do(Role.CENTRE, c.TellLateReply(ident), on)

    @rule(late=st.booleans())
    def the_step_in_which_it_waits_ends(self, late: bool) -> None:
        before = self.case
        step = before.stay.step if before and before.stay else Step.REVIEW
        clock = Deadline(TODAY, TODAY, Role.SUPERVISOR)
        on = replace(self.setting, clock=clock, now=NOW + timedelta(days=late))
        if not self.do(Role.CENTRE, c.Escalate(step), on):
            return
        assert before is not None
        assert self.case is not None
        assert (self.case.state, self.case.step_is_late) == (before.state, late)
        assert not self.do(Role.CENTRE, c.Escalate(step), on)

    @rule(role=st.sampled_from([Role.CLERK, Role.MANAGER]))
    def lack_documents(self, role: Role) -> None:
        self.do(role, c.ReturnCase("", (Defect("سند", "خوانا نیست", "سند تازه"),)))

    @rule(key=st.sampled_from(["stage", "party.mobile"]))
    def amend(self, key: str) -> None:
        self.do(Role.CLERK, c.Amend({key: "09139999999"}))

    @rule(number=st.sampled_from(["09130000001", "09130000002"]))
    def message_fails_and_is_sent_again(self, number: str) -> None:
        case = self.case
        if case is None or case.state in ENDS:
            return
        name = f"m-{len(self.told)}"
        failed = c.FailMessage(name, "ready", case.request.party.mobile, "خاموش")
        assert self.do(Role.CENTRE, failed)
        assert self.do(Role.CLERK, c.ResendMessage(name, number))
        assert self.case is not None
        assert self.case.request.party.mobile == number
        assert self.case.unreached == {}
        assert not self.do(Role.MANAGER, c.ResendMessage(name, number))

    @rule()
    def a_conflict_is_settled(self) -> None:
        before = self.case
        if before is None:
            return
        done = self.do(Role.CLERK, c.KeepTheirs("an item", "party.mobile"))
        assert done is (before.state is not State.PASSED_ON)
        assert self.case is not None
        assert replace(self.case, rev=before.rev) == before

    @rule(stage=st.sampled_from(list(Stage)), contested=st.sampled_from(list(Contested)))
    def it_is_objected_to(self, stage: Stage, contested: Contested) -> None:
        before = self.case
        told = self.do(Role.CENTRE, c.TellObjection("21-1", contested, stage))
        if before is None or not told:
            return
        assert self.case is not None
        assert [each.stage for each in self.case.objections.values()] == [stage]
        if stage is not Stage.UPHELD:
            assert (self.case.state, self.case.letters) == (before.state, before.letters)
            return
        # What was not stamped is gone; what was waits for who may void it.
        assert self.case.debt_letter is None
        assert self.case.answer is None or self.case.recalled

    @rule(number=st.integers(1, 2))
    def another_office_has_the_same(self, number: int) -> None:
        told = c.TellDouble("دفتر ۲۲", f"22-{number}")
        if self.do(Role.CENTRE, told):
            assert not self.do(Role.CENTRE, told)

    @rule()
    def the_records_are_taken_back(self) -> None:
        if self.do(Role.CENTRE, c.TakeRecordsBack("سوابق پس گرفته شد")):
            assert self.case is not None
            # What was not stamped is gone.
            assert self.case.debt_letter is None
            assert self.case.answer is None or self.case.answer.release is not None

    @rule()
    def another_office_has_it_for_a_while(self) -> None:
        before = self.case
        if before is None or before.state is State.WITHDRAWN:
            return
        for office in ("22", "21"):
            if office == "22":
                assert self.do(Role.CENTRE, c.PassOn(office, ACT))
            else:
                self.tell(f.PassedOn(office, office, "دفتر", "", "", "", ACT))
            assert self.case is not None
            assert (self.case.state, self.case.recalled) == (State.PASSED_ON, False)
            lawful = {kind for kind, act in ACTS.items() if self.case.state in act.states}
            assert lawful == {c.MatchPayment.kind, c.VoidPayment.kind}
            self.tell(f.TakenOver("21", "21", "دفتر", ()))
            assert (self.case.state, self.case.due_on) == (before.state, before.due_on)
            # Who had it does nothing with it, and who has it whatever there is to do.
            gone = self.do(Role.MANAGER, c.Withdraw("منصرف شد")) if office == "22" else False
            assert not gone

    @rule()
    def withdraw(self) -> None:
        self.do(Role.CLERK, c.Withdraw("منصرف شد"))

    @rule(right=st.booleans())
    def look_again(self, right: bool) -> None:
        self.do(Role.SUPERVISOR, c.SecondLook(right, "" if right else "مدرک کافی نبود"))

    # What must always hold.

    @invariant()
    def there_is_a_way_on(self) -> None:
        if self.case is None or self.case.state in ENDS or self.case.state in AWAITS_CENTRE:
            return
        lawful = {kind for kind, act in ACTS.items() if self.case.state in act.states}
        # An amendment moves only what was sent back for one.
        aside = {c.Withdraw.kind} if self.case.state is State.RETURNED else ASIDE
        assert lawful - aside, self.case.state

    @invariant()
    def a_case_waits_for_a_reply_as_long_as_one_is_awaited(self) -> None:
        if self.case is None or self.case.state is State.PASSED_ON:
            return
        assert bool(self.case.awaited) == (self.case.state in AWAITS_REPLY)

    @invariant()
    def a_letter_has_its_decision(self) -> None:
        if self.case is None:
            return
        live = [h for h in self.case.letters if h.live]
        answers = [h for h in live if h.letter.kind is not LetterKind.DEBT]
        debts = [h for h in live if h.letter.kind is LetterKind.DEBT]
        assert len(answers) <= 1
        assert len(debts) <= 1
        assert not (answers and debts)
        if self.case.letters:
            assert self.case.decision is not None
        if self.case.state in (State.ISSUED, State.RELEASED, State.HANDED_OVER):
            assert answers

    @invariant()
    def no_unstamped_answer_rests_on_a_sum_that_was_struck(self) -> None:
        if self.case is None or self.case.answer is None or not self.case.unfounded:
            return
        assert self.case.answer.release is not None
        assert self.case.recalled

    @invariant()
    def what_was_struck_is_paid_for_by_nothing(self) -> None:
        if self.case is None:
            return
        paid = {**self.case.fees_paid, **self.case.paid}
        assert not {mark_of(what, payment) for what, payment in paid.items()} & set(
            self.case.struck
        )

    @invariant()
    def facts_alone_tell_the_case(self) -> None:
        again: Case | None = None
        for fact in self.told:
            again = apply(again, fact)
        assert again == self.case


class Objecting(Life):
    """An objection: its unit answers it, alone or with a second person, and nobody else does."""

    setting = replace(SETTING, service=replace(SETTING.service, contests=True, fields=REASONS))
    answers: Mapping[str, str] = {"contested": "land"}

    @rule(value=st.sampled_from(["90.00", "110.00"]), who=st.sampled_from([Role.EXPERT, *_NOT]))
    def answer(self, value: str, who: Role) -> None:
        right = Correction(Contested.LAND, value, "100.00")
        given = c.AnswerObjection(True, "خطا", (right,), "سند", TODAY)
        if self.do(who, given):
            assert who is Role.EXPERT
            assert self.case is not None
            # Less than the record said lowers money.
            assert self.case.awaits_second is (value == "90.00")

    @rule()
    def reject(self) -> None:
        self.do(Role.EXPERT, c.AnswerObjection(False, "نه", next="renewal-levy"))

    @rule(who=st.sampled_from([Role.EXPERT, *_NOT]))
    def order_a_visit(self, who: Role) -> None:
        if self.do(who, c.OrderVisit("اندازهٔ ضلع شمال")):
            assert who is Role.EXPERT
            assert self.case is not None
            assert self.case.state is State.VISIT_DUE

    @rule(agreed=st.booleans(), who=st.sampled_from([Role.EXPERT, Role.SUPERVISOR]))
    def sign(self, agreed: bool, who: Role) -> None:
        done = self.do(who, c.SignObjection(agreed, "" if agreed else "نقشه خوانا نیست"))
        # The expert of this walk is who answered.
        assert not (done and who is Role.EXPERT)

    @invariant()
    def only_its_unit_ends_a_review(self) -> None:
        assert not any(isinstance(x.payload, f.GatesCleared | f.RefusedByExpert) for x in self.told)


TestObjecting = pytest.mark.slow(Objecting.TestCase)
TestObjecting.settings = settings(max_examples=40, stateful_step_count=40)
TestLife = pytest.mark.slow(Life.TestCase)
TestLife.settings = settings(max_examples=80, stateful_step_count=40)


def test_the_counters_moment_stays_though_the_fact_comes_hours_later() -> None:
    put_in = c.Command("c", "case-1", "d", 1, CLERK.staff_id, 0, NOW, c.Register(request(1)))
    registered, *_ = handle(None, put_in, CLERK, SETTING)
    later = NOW + timedelta(hours=5)
    fact = Fact("f", "office:21", 1, "case-1", 1, "c", CLERK.staff_id, "", later, registered)
    assert apply(None, fact).received_at == NOW


def test_every_command_has_its_act_and_only_registering_begins_a_case() -> None:
    assert set(ACTS) == {payload.kind for payload in get_args(c.CasePayload)}
    assert [kind for kind, act in ACTS.items() if not act.states] == [c.Register.kind]


def test_the_walk_gives_every_command() -> None:
    given = {
        call.func.attr
        for source in (__file__, letter_walk.__file__)
        for call in ast.walk(ast.parse(Path(source).read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
    }
    assert {command.__name__ for command in get_args(c.CasePayload)} - given == set()


def test_a_fact_the_table_forbids_is_an_error_not_a_change() -> None:
    life = Life()
    life.register()
    with pytest.raises(UnlawfulFact):
        life.tell(f.LetterIssued(letter("letter-1", "case-1")))
    with pytest.raises(UnlawfulFact):
        life.tell(f.AllSettled())


def test_what_is_nobodys_case_is_no_cases_fact() -> None:
    life, told = Life(), CommandRefused("register", "case-1", "نه")
    life.register()
    assert life.case is not None
    with pytest.raises(UnlawfulFact):
        apply(life.case, Fact("f", MUNICIPALITY, 1, "", 0, "c", "centre", "", NOW, told))
