"""The centre's door: who is let in, what is told to whom, and what a bad or broken call does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desktop.actions import board, counter_acts, payments
from desktop.actions.precheck import precheck
from desktop.centre import deciding
from desktop.centre.counting import counted
from desktop.chance import new_id
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain import decision
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import renewal_code
from desktop.domain.people import Applicant, Party
from desktop.domain.property import PropertyRecord
from desktop.domain.state import State
from desktop.keys import new_key
from desktop.store import outbox
from desktop.wire import link
from desktop.wire.payloads import (
    CaseAnswer,
    CaseAsk,
    Fault,
    PrecheckAnswer,
    PullAsk,
    PushAnswer,
    PushAsk,
)
from tests.centre.calling import Caller, code_of
from tests.town import Town, every_link


def test_a_wrong_signature_a_stranger_and_a_late_clock(small_town: Town) -> None:
    caller = Caller(small_town)
    body = PullAsk(cursors={"city": 0}).encode()
    assert caller.call("/v1/pull", body).status == link.OK
    assert caller.call("/v1/pull", body, key=new_key()).status == link.UNSIGNED
    assert caller.call("/v1/pull", body, body=body + b" ").status == link.UNSIGNED
    assert caller.call("/v1/pull", body, path="/v1/push").status == link.UNSIGNED
    assert caller.call("/v1/pull", body, device_id=new_id()).status == link.UNSIGNED
    late = caller.call("/v1/pull", body, late=timedelta(minutes=6))
    assert late.status == link.CLOCK
    assert Fault.model_validate_json(late.body).time == small_town.clock.now()


def test_an_office_reads_only_its_own_stream_and_cases(small_town: Town) -> None:
    caller = Caller(small_town)
    foreign = PullAsk(cursors={"office:municipality": 0}).encode()
    assert code_of(caller.call("/v1/pull", foreign)) == "refused"
    asked = CaseAsk(actor="zahra-fallah", case_id=new_id()).encode()
    assert code_of(caller.call("/v1/case", asked)) == "refused"
    for path in ("/v1/queue", "/v1/board"):
        body = json.dumps({"actor": "zahra-fallah"}).encode()
        assert caller.call(path, body).status == link.UNREADABLE


@pytest.mark.slow
def test_a_call_that_is_no_json_is_told_not_raised(small_town: Town) -> None:
    caller = Caller(small_town)
    assert code_of(caller.call("/v1/pull", b"\xff\x00")) == "unreadable"
    assert code_of(caller.call("/v1/nothing", b"{}")) == "no-such-call"


@pytest.mark.slow
@every_link
def test_the_same_push_twice_changes_nothing(town: Town) -> None:
    case_id = town.register(town.record(Scenario.CLEAN))
    before = case_now(town.crew.clerk, case_id)
    store = town.house.office.desk.store
    with store.reading() as session:
        texts = outbox.after(session, 0, 100)
    reply = Caller(town).call("/v1/push", PushAsk(commands=texts, cursors={}).encode())
    assert PushAnswer.model_validate_json(reply.body).accepted_to == len(texts)
    assert case_now(town.crew.clerk, case_id) == before


@pytest.mark.slow
@every_link
def test_another_content_under_a_spent_number_is_a_fork(town: Town) -> None:
    town.register(town.record(Scenario.CLEAN))
    store = town.house.office.desk.store
    with store.reading() as session:
        first = json.loads(outbox.after(session, 0, 1)[0])
    first["base_rev"] = 7
    text = json.dumps(first, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    reply = Caller(town).call("/v1/push", PushAsk(commands=[text], cursors={}).encode())
    assert reply.status == link.FORK


@every_link
@pytest.mark.slow
def test_a_gap_in_the_sequence_is_not_taken(town: Town) -> None:
    town.house.office.bell.ring = lambda: None
    town.register(town.record(Scenario.CLEAN))
    store = town.house.office.desk.store
    with store.reading() as session:
        texts = outbox.after(session, 0, 10)
    body = PushAsk(commands=texts[1:], cursors={}).encode()
    assert code_of(Caller(town).call("/v1/push", body)) == "broken-chain"
    assert town.house.office.sync().well


@pytest.mark.slow
@every_link
def test_a_bug_in_one_command_parks_that_case_and_nothing_else(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = decision.decide

    def broken(service: Any, q: Any, *cleared: Any) -> Any:
        if str(q.code) == str(town.record(Scenario.CLEAN).code):
            raise ZeroDivisionError("on purpose")
        return real(service, q, *cleared)

    monkeypatch.setattr(deciding, "decide", broken)
    stuck = town.register(town.record(Scenario.CLEAN), pay=False)
    case = case_now(town.crew.clerk, stuck)
    payments.pay_fee(town.crew.clerk, case, "office", "terminal", "1")
    counter_acts.amend(town.crew.clerk, stuck, {"party.mobile": "09130000001"})
    fine = town.register(town.record(Scenario.CLEAN, 1))
    assert case_now(town.crew.clerk, fine).state is State.ISSUED
    held = board.look(town.crew.clerk.desk, stuck)
    assert held.waiting
    items = board.items(town.crew.clerk.desk)
    assert {item.case_id for item in items} == {stuck}
    assert counted(town.house.centre)["held"] == 2
    assert town.house.tick() == 0
    monkeypatch.setattr(deciding, "decide", real)
    # Mended, both are done in the order in which they came, and nothing was lost.
    assert town.house.tick() == 2
    case = case_now(town.crew.clerk, stuck)
    assert case.state is State.ISSUED
    assert not board.look(town.crew.clerk.desk, stuck).waiting
    assert town.house.tick() == 0


def ask(town: Town, record: PropertyRecord, person_id: str, kind: Applicant) -> PrecheckAnswer:
    """A pre-check for the record's code."""
    party = Party(kind, person_id)
    return precheck(town.crew.clerk, "no-violation", party, str(record.code), None, "yes", {})


@pytest.mark.slow
def test_a_precheck_tells_a_stranger_found_or_not_and_nothing_else(town: Town) -> None:
    record = town.record(Scenario.CLEAN)
    own = ask(town, record, record.owners[0].person_id, Applicant.OWNER)
    assert own.standing
    assert own.fields
    assert own.findings
    stranger = town.record(Scenario.CLEAN, 1).owners[0].person_id
    for answer in (
        ask(town, record, stranger, Applicant.OWNER),
        ask(town, record, "", Applicant.BANK),
    ):
        assert answer.found
        assert answer == PrecheckAnswer(
            found=True,
            as_of=answer.as_of,
            standing=False,
            fields={},
            summary="",
            share="",
            outcome="",
            amount=0,
            findings=[],
            left=own.left,
        )
    unknown = replace(record, code=renewal_code("1-999-9-9"))
    assert not ask(town, unknown, stranger, Applicant.OWNER).found
    names = json.dumps(own.model_dump(mode="json"), ensure_ascii=False)
    assert all(o.person_id not in names for o in record.owners)


@every_link
def test_amendments_of_different_fields_both_stand(town: Town) -> None:
    case_id = town.register(town.record(Scenario.DEED), "no-violation")
    clerk = town.crew.clerk
    town.house.office.bell.ring = lambda: None
    counter_acts.amend(clerk, case_id, {"party.mobile": "09130000001"})
    counter_acts.amend(clerk, case_id, {"party.phone": "03530000001"})
    town.house.office.sync()
    assert not board.items(clerk.desk)
    case = case_now(clerk, case_id)
    assert case.request.party.mobile == "09130000001"
    assert case.request.party.phone == "03530000001"


@pytest.mark.slow
@every_link
def test_a_decision_on_an_overtaken_revision_is_refused_in_words(town: Town) -> None:
    case_id = town.register(town.record(Scenario.DEED), "no-violation")
    shown, _ = board.municipal_case(town.crew.expert, case_id)
    counter_acts.amend(town.crew.clerk, case_id, {"party.mobile": "09130000001"})
    assert shown.decision is not None
    failing = {x.gate: "دیده شد" for x in shown.decision.failing if x.effect != "note"}
    following.decide(town.crew, shown, failing)
    (item,) = board.items(town.crew.expert.desk)
    assert "پس از آنچه دیده‌اید تغییر کرد" in item.centre_words
    assert case_now(town.crew.clerk, case_id).state is State.IN_REVIEW


def test_an_offices_own_case_is_told_whole(small_town: Town) -> None:
    case_id = small_town.register(small_town.record(Scenario.CLEAN))
    asked = CaseAsk(actor="zahra-fallah", case_id=case_id).encode()
    reply = Caller(small_town).call("/v1/case", asked)
    assert len(CaseAnswer.model_validate_json(reply.body).facts) == 5


def test_municipal_views_refuse_the_counter(small_town: Town) -> None:
    with pytest.raises(Refusal):
        board.municipal_queue(small_town.crew.clerk)


def test_the_link_in_process_is_the_door_itself(small_town: Town) -> None:
    caller = Caller(small_town)
    body = PullAsk(cursors={"city": 0}).encode()
    request = caller.signed("/v1/pull", body, small_town.clock.now())
    assert small_town.house.own_centre.call(request).status == link.OK
