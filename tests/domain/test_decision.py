"""All gates are asked, every reason is kept, the strictest effect decides (RULES.md §1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.decision import Outcome, decide, due_beside
from desktop.domain.form import Condition
from desktop.domain.identifiers import Plate, RenewalCode
from desktop.domain.people import Applicant
from desktop.domain.property import Article100File, Debt, Found, LookUp
from desktop.domain.service import Effect, GateUse, Service
from desktop.domain.words import tell_all
from tests.office import SERVICE
from tests.property import BUILDING, DAY, TODAY, a_property, ask, finding, found_in
from tests.spelled import DebtStatus, FileStatus

RECORD = ("outside-city", "record", "ambiguous-record", "doubted-record", "record-age")
# One gate for each effect, each failing on the same property.
ONE_EACH = {
    Effect.REFUSE: GateUse("deed", Effect.REFUSE),
    Effect.VISIT: GateUse("recent-visit", Effect.VISIT, months=12),
    Effect.REVIEW: GateUse("waqf", Effect.REVIEW),
    Effect.PAY: GateUse("debt", Effect.PAY),
    Effect.NOTE: GateUse("plan-conflict", Effect.NOTE),
}
DEBT = Debt(1404, "نوسازی", 1000, 50, TODAY, DebtStatus.FINAL, "", "")
STRICTEST_FIRST = (Effect.REFUSE, Effect.VISIT, Effect.REVIEW, Effect.PAY)


def service_of(*uses: GateUse) -> Service:
    """A service that asks these gates."""
    return replace(SERVICE, gates=uses)


@given(st.sets(st.sampled_from(sorted(Effect))))
def test_the_strictest_effect_decides_and_every_reason_is_kept(effects: set[Effect]) -> None:
    bad = a_property(deed="", debts=(DEBT,), on_plan=True)
    uses = [ONE_EACH[effect] for effect in sorted(effects)]
    uses = [GateUse("deed", Effect.REVIEW) if use.gate == "waqf" else use for use in uses]
    decision = decide(service_of(*uses), ask(bad))
    deciding = [effect for effect in STRICTEST_FIRST if effect in effects]
    assert decision.outcome == (deciding[0] if deciding else "answer")
    assert {finding.effect for finding in decision.failing} == effects
    assert decision.amount == (1050 if Effect.PAY in effects else 0)
    order = [finding.effect.strictness for finding in decision.failing if finding.effect]
    assert order == sorted(order, reverse=True)


NOWHERE = Found(TODAY, LookUp.NONE)


def test_a_service_that_needs_no_property_decides_nothing_that_nobody_could_ask() -> None:
    uses = [GateUse("standing"), GateUse("hold", Effect.NOTE, scopes=("all",)), GateUse("debt")]
    bare = replace(service_of(*uses), needs_property=False)
    decision = decide(bare, replace(ask(NOWHERE), code=None))
    assert decision.outcome is Outcome.REVIEW
    told = [(f.gate, f.code, f.effect) for f in decision.failing]
    assert told == [(use.gate, "unasked", Effect.REVIEW) for use in uses]
    for row in tell_all(decision):
        assert row.condition.endswith("از سوابق پرسیده نشد")
        assert row.seen
    # A person answers for it, each by itself.
    cleared = decide(bare, ask(NOWHERE), {use.gate: "ملک دیده شد" for use in uses})
    assert cleared.outcome is Outcome.ANSWER
    assert "از سوابق پرسیده نشد؛ پذیرفته شد" in tell_all(cleared)[0].condition
    # Of a property that is named the records are asked.
    assert decide(bare, ask(a_property())).outcome is Outcome.ANSWER


@pytest.mark.parametrize(
    "use",
    [
        GateUse("historic-fabric"),
        GateUse("expert", Effect.NOTE),
        GateUse("debt", when=Condition({"applicant": ("bank",)})),
    ],
)
def test_what_is_asked_of_a_named_property_alone_stops_nobody(use: GateUse) -> None:
    bare = replace(service_of(use), needs_property=False)
    assert decide(bare, ask(NOWHERE)).outcome is Outcome.ANSWER


def test_with_no_record_what_needs_one_is_skipped_and_the_declaration_too() -> None:
    uses = [GateUse(gate) for gate in (*RECORD, "standing", "debt", "self-declaration", "expert")]
    lost = ask(Found(TODAY, LookUp.NONE), unchanged=False)
    told = [f.gate for f in decide(service_of(*uses), lost).findings]
    assert told == ["outside-city", "record", "record-age", "expert"]


def test_outside_the_city_nobody_looks_for_a_record() -> None:
    uses = [GateUse(gate) for gate in (*RECORD, "standing", "self-declaration")]
    outside = ask(a_property(), code=RenewalCode(9, 1, 1, 1), unchanged=False)
    decision = decide(service_of(*uses), outside)
    assert [f.gate for f in decision.findings] == ["outside-city", "record-age"]
    assert decision.outcome is Outcome.REFUSE


def test_an_ambiguous_record_is_an_experts_whatever_stands_behind_it() -> None:
    uses = [GateUse(gate) for gate in (*RECORD, "debt", "self-declaration")]
    decision = decide(service_of(*uses), ask(Found(TODAY, LookUp.AMBIGUOUS)))
    assert [f.gate for f in decision.failing] == ["ambiguous-record"]


def test_only_an_owner_is_told_which_plate_the_records_hold() -> None:
    held = a_property(plate=Plate(8, 2707, 11798))
    both = Found(TODAY, LookUp.AMBIGUOUS, held)
    own = finding(ask(both), "ambiguous-record")
    assert (own.code, own.values) == ("another", {"held": "۱۱۷۹۸ فرعی از ۲۷۰۷ اصلی، بخش\u00a0۸"})
    stranger = finding(ask(both, owner_id="9990002029"), "ambiguous-record")
    assert (stranger.code, stranger.values) == ("several", {})
    shared = finding(ask(Found(TODAY, LookUp.AMBIGUOUS)), "ambiguous-record")
    assert (shared.code, shared.values) == ("shared", {})


def test_a_noted_debt_is_not_asked_for() -> None:
    decision = decide(service_of(GateUse("debt", Effect.NOTE)), ask(a_property(debts=(DEBT,))))
    assert (decision.outcome, decision.amount, decision.owed) == (Outcome.ANSWER, 0, ())


def test_a_fine_and_a_debt_are_owed_together() -> None:
    fine = Article100File("بالکن", Decimal(3), FileStatus.FINE_UNPAID, 700)
    owing = ask(a_property(debts=(DEBT,), files=(fine,)))
    decision = decide(service_of(GateUse("violation"), GateUse("debt")), owing)
    assert decision.amount == 1750
    assert {owed.key for owed in decision.owed} == {fine.key, DEBT.key}


def test_an_amount_is_told_whatever_the_outcome() -> None:
    owing = ask(a_property(debts=(DEBT,), deed=""))
    decision = decide(service_of(GateUse("deed"), GateUse("debt")), owing)
    assert (decision.outcome, decision.amount) == (Outcome.REVIEW, 1050)


def test_a_cleared_gate_no_longer_counts_and_is_still_told() -> None:
    service = service_of(GateUse("deed"), GateUse("debt"))
    informal = ask(a_property(deed=""))
    seen = decide(service, informal).found
    decision = decide(service, informal, {"deed": "سند دیده شد"}, seen)
    assert (decision.outcome, decision.amount) == (Outcome.ANSWER, 0)
    assert [(f.gate, f.code) for f in decision.findings] == [("deed", "cleared"), ("debt", "none")]
    assert decision.cleared == {"deed": "سند دیده شد"}
    assert decision.found == seen


def test_what_is_found_since_was_cleared_by_nobody() -> None:
    service = service_of(GateUse("deed"))
    other = ask(a_property(deed="سند عادی"))
    decision = decide(service, other, {"deed": "سند دیده شد"}, {"deed": "none"})
    assert decision.outcome is Outcome.REVIEW


def test_no_clearance_forgives_money_or_lifts_a_refusal() -> None:
    service = service_of(GateUse("deed", Effect.REFUSE), GateUse("debt"))
    asked = ask(a_property(debts=(DEBT,), deed=""))
    decision = decide(service, asked, {"deed": "سند دیده شد", "debt": "پرداخت شده"})
    assert decision.outcome is Outcome.REFUSE
    assert decision.amount == DEBT.total


def test_beside_a_cleared_debt_what_is_due_is_still_asked() -> None:
    service = service_of(GateUse("debt"))
    parted = replace(DEBT, status="تقسیط", kind="پسماند", bill_id="1")
    cleared = {"debt": "چک‌ها نزد درآمد است"}
    due = decide(service, ask(a_property(debts=(DEBT, parted))), cleared, {"debt": "unclear"})
    assert (due.outcome, due.amount) == (Outcome.PAY, DEBT.total)
    paid = decide(service, ask(a_property(debts=(parted,))), cleared, {"debt": "unclear"})
    assert paid.outcome is Outcome.ANSWER


def test_beside_a_cleared_file_a_fine_is_still_asked() -> None:
    service = service_of(GateUse("violation"))
    reported = Article100File("اضافه بنا", Decimal(9), FileStatus.REPORTED, 0)
    fine = Article100File("بالکن", Decimal(3), FileStatus.FINE_UNPAID, 700)
    why, code = {"violation": "پرونده به ملک دیگری است"}, {"violation": "open"}
    asked = ask(a_property(files=(reported, fine)))
    assert (decide(service, asked).outcome, decide(service, asked).amount) == (Outcome.REVIEW, 0)
    due = decide(service, asked, why, code)
    assert (due.outcome, due.amount) == (Outcome.PAY, 700)
    assert decide(service, ask(a_property(files=(reported,))), why, code).outcome is Outcome.ANSWER
    noted = service_of(GateUse("violation", Effect.REVIEW))
    assert decide(noted, asked, why, code).outcome is Outcome.ANSWER


def test_beside_an_unclear_debt_what_is_due_is_told_at_once_and_counts_in_no_amount() -> None:
    parted = replace(DEBT, status="تقسیط", kind="پسماند", bill_id="1")
    asked = ask(a_property(debts=(DEBT, parted)))
    for use, told in ((GateUse("debt"), [DEBT.key]), (GateUse("debt", Effect.NOTE), [])):
        service = service_of(use)
        decision = decide(service, asked)
        assert decision.amount == 0
        assert [owed.key for owed in due_beside(service, asked, decision)] == told


def test_debts_that_nothing_tells_apart_are_one_sum() -> None:
    service = service_of(GateUse("debt"))
    twin = replace(DEBT, bill_id="", payment_id="")
    asked = ask(a_property(debts=(twin, replace(twin, principal=90_000_000))))
    (owed,) = decide(service, asked).owed
    assert owed.amount == twin.total + 90_000_000 + twin.penalty


def test_clearing_the_record_gate_of_a_property_without_one_lets_the_rest_be_asked() -> None:
    uses = [GateUse(gate) for gate in (*RECORD, "self-declaration")]
    lost = ask(Found(TODAY, LookUp.NONE), unchanged=False, visited=True)
    decision = decide(service_of(*uses), lost, {"record": "دیده شد"})
    assert [f.gate for f in decision.failing] == ["self-declaration"]
    assert decision.outcome is Outcome.REVIEW


@pytest.mark.parametrize(("away", "near"), [(0, True), (10, True), (11, False)])
def test_an_answer_near_a_boundary_is_looked_at_again(away: int, near: bool) -> None:
    as_of = TODAY - (30 - away) * DAY
    decision = decide(service_of(GateUse("record-age")), ask(found_in(a_property(), as_of=as_of)))
    assert decision.outcome is Outcome.ANSWER
    assert decision.near_boundary(10) is near


@given(
    st.sampled_from(sorted(Applicant)),
    st.booleans() | st.none(),
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
)
def test_a_condition_that_does_not_hold_asks_nothing(
    applicant: Applicant, unchanged: bool | None, day: date
) -> None:
    other = next(kind for kind in Applicant if kind is not applicant)
    uses = service_of(GateUse("deed", Effect.REFUSE, when=Condition({"applicant": (str(other),)})))
    q = ask(a_property(deed=""), applicant=applicant, unchanged=unchanged, day=day, code=BUILDING)
    assert decide(uses, q).findings == ()
