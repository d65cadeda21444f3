"""Open cases that another office finishes: out of one stream, whole into another, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions import (
    board,
    cash,
    counter_acts,
    delegations,
    documents,
    heirs,
    office_day,
    papers,
    payments,
    registers,
    registry,
    second_looks,
    staffing,
)
from desktop.actions.board import ItemKind, WorkItem
from desktop.centre import doing, passing, pushing
from desktop.centre.counting import by_office, by_stream, counted
from desktop.centre.message_tables import CitizenMessageRow
from desktop.centre.streams import homes, load_case, load_facts
from desktop.centre.tables import CaseRow
from desktop.centre.tick import tick
from desktop.centre.watching import doubles
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, deliver, step
from desktop.domain.act import Act
from desktop.domain.case import Case
from desktop.domain.cash import Match
from desktop.domain.enforcement import OfficeRule
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import Payment
from desktop.domain.state import State
from desktop.domain.stop import Stopped
from desktop.domain.tool import Tool
from desktop.premises.desks import Running
from desktop.store import meta, view
from desktop.trial.counters import new_counter
from desktop.ui.standing.work_items import item_words
from desktop.wire import blobs as wire
from desktop.wire import calls
from desktop.wire.board import OfficeRow
from tests.delegated import ACT, TODAY, announce, enforce, hand_over, put
from tests.heirs import (
    HEIR,
    LAST,
    Heir,
    at,
    ends,
    finish,
    in_booked,
    in_fee_due,
    in_issued,
    in_pay_due,
    in_printed,
    in_released,
    in_returned,
    in_review,
    in_visit_due,
    open_heir,
    seen,
)
from tests.papers import attached, file_of
from tests.publish import hindered
from tests.reports.reading import text_of
from tests.town import Town


@pytest.fixture
def heir(town: Town, tmp_path: Path) -> Heir:
    """The other office, which answers for the same services from tomorrow on."""
    return open_heir(announce(town), tmp_path / "heir", HEIR)


STAGES: dict[State | str, Callable[[Town], str]] = {
    State.FEE_DUE: in_fee_due,
    State.PAY_DUE: in_pay_due,
    State.RETURNED: in_returned,
    State.IN_REVIEW: in_review,
    State.VISIT_DUE: in_visit_due,
    State.BOOKED: in_booked,
    State.ISSUED: in_issued,
    State.RELEASED: in_released,
}


@pytest.mark.long
def test_each_open_case_is_finished_at_the_heir(town: Town, heir: Heir) -> None:
    ends(town)
    at(town, LAST)
    town.house.office.sync()
    cases = {state: begin(town) for state, begin in STAGES.items()}
    before = {case_id: case_now(town.crew.clerk, case_id) for case_id in cases.values()}
    assert {state: before[case_id].state for state, case_id in cases.items()} == {
        state: state for state in STAGES
    }
    at(town, LAST + timedelta(days=1))
    heir.hear()
    for case_id, was in before.items():
        here, centres = seen(heir, case_id)
        assert here == centres
        # It goes on as it stood, and its clock runs on.
        assert (here.state, here.due_on) == (was.state, was.due_on)
        assert here.letters == was.letters
        gone = case_now(town.crew.clerk, case_id)
        assert (gone.state, gone.passed and gone.passed.code) == (State.PASSED_ON, HEIR)
    # The office's own letters stand in its register, with where they went; others' don't.
    own = registers.letters(town.house.office.desk, LAST, LAST)
    assert {line.passed_to for line in own} == {"دفتر پیشخوان 41"}
    assert not registers.letters(heir.running.desk, LAST, LAST)
    for case_id, was in before.items():
        done = finish(heir, case_id)
        assert done.answer is not None
        issued = done.answer.letter.number.split("/")[1]
        assert issued == ("21" if was.answer else HEIR)
    assert counted(town.house.centre)["held"] == 0
    for running in (town.house.office, heir.running):
        with running.desk.store.reading() as session:
            assert not view.differing(session, running.desk.reference.setting_for)


def never() -> None:
    """No round."""


def with_the_line(heir: Heir, *, up: bool) -> None:
    """The office's desk reaches the centre at each act, or only when it is told to."""
    office = heir.town.house.office
    office.bell.ring = partial(_round, office) if up else never


def _round(running: Running) -> None:
    running.sync()


@pytest.mark.long
def test_what_the_old_desk_did_without_a_line_is_told_to_both(town: Town, heir: Heir) -> None:
    ends(town)
    at(town, LAST)
    town.house.office.sync()
    unpaid, owing, given = in_fee_due(town), in_pay_due(town), in_printed(town)
    clerk = town.crew.clerk
    with_the_line(heir, up=False)
    payments.pay_fee(clerk, case_now(clerk, unpaid), "office", "terminal", "4711")
    step(town.crew, case_now(clerk, owing), town.clock.moment)
    deliver(town.crew, case_now(clerk, given))
    tick(town.house.centre)
    at(town, LAST + timedelta(days=1))
    tick(town.house.centre)
    assert town.house.office.sync().well
    heir.running.sync()

    refused = {item.case_id: board_words(item) for item in board.items(clerk.desk)}
    for words in refused.values():
        assert "به دفتر پیشخوان 41 سپرده شده است" in words
    assert "آن را به متقاضی برگردانید" in refused[unpaid]
    assert "در پرونده ثبت نشد؛ ثبت آن با همان دفتر است" in refused[owing]
    assert "در پرونده ثبت نشد" not in refused[given]
    assert case_now(clerk, unpaid).state is State.PASSED_ON
    # Told again, since the answer was lost, nothing is said twice or otherwise.
    before = by_stream(town.house.centre)
    town.house.office.desk.store.write(lambda session: meta.change(session, acked_to=0))
    assert town.house.office.sync().well
    assert by_stream(town.house.centre) == before
    # At the heir the case stands as it stood, and what was done elsewhere is told.
    told = {item.case_id: item for item in board.items(heir.crew.clerk.desk)}
    assert {case_id: told[case_id].command_kind for case_id in (unpaid, owing, given)} == {
        unpaid: "pay-fee",
        owing: "pay-due",
        given: "hand-over",
    }
    assert "آن دفتر باید همین مبلغ را به متقاضی برگرداند" in item_words(told[unpaid])
    assert "پرداخت را با همین شماره ثبت کنید" in item_words(told[owing])
    here, centres = seen(heir, unpaid)
    assert here == centres
    assert (here.state, here.fees_paid) == (State.FEE_DUE, {})
    # What reached the municipality's account is put in by its own reference.
    late = here_late(heir, owing)
    case = case_now(heir.crew.clerk, owing)
    payments.pay_due(heir.crew.clerk, owing, case.unpaid[0].key, late)
    assert late.reference in {
        paid.reference for paid in case_now(heir.crew.clerk, owing).paid.values()
    }
    assert counted(town.house.centre)["held"] == 0


def here_late(heir: Heir, case_id: str) -> Payment:
    (late,) = case_now(heir.crew.clerk, case_id).elsewhere
    assert late.payment is not None
    return late.payment


def board_words(item: WorkItem) -> str:
    assert item.kind is ItemKind.REFUSED
    return item.centre_words


@pytest.mark.long
def test_a_till_keeps_what_it_took(town: Town, heir: Heir) -> None:
    """Its day is closed where it was taken, what was wrong is told where the case is."""
    ends(town)
    at(town, LAST)
    town.house.office.sync()
    doubted, struck, back = (town.register(town.record(Scenario.DEBT, n)) for n in range(3))
    at(town, LAST + timedelta(days=1))
    heir.hear()
    manager, desk = town.crew.manager, town.crew.manager.desk
    # So are its registers: the heir has received none of these, and has none of their money.
    days = [office_day.look(seat, LAST) for seat in (manager, heir.crew.manager)]
    assert [(day.figures.received, len(day.book.entries)) for day in days] == [(3, 3), (0, 0)]
    assert office_day.look(heir.crew.manager).figures.received == 0
    book = cash.till(desk, LAST).book
    assert {entry.case_id for entry in book.entries} == {doubted, struck, back}
    assert not cash.till(heir.running.desk, LAST).book.entries
    names = {entry.case_id: entry for entry in book.entries}
    cash.void_payment(manager, struck, names[struck].mark, "دو بار کشیده شد")
    total = sum(entry.amount for entry in book.entries) - names[struck].amount
    counts = {Tool.TERMINAL: total - names[doubted].amount, Tool.BANK: 0}
    cash.close_day(manager, LAST, counts, [names[doubted].name], "")
    heir.hear()
    matches = {entry.case_id: entry.match for entry in cash.till(desk, LAST).book.entries}
    assert matches == {doubted: Match.DOUBTED, struck: Match.VOIDED, back: Match.MATCHED}
    for case_id in (doubted, struck, back):
        here, centres = seen(heir, case_id)
        assert here == centres
    assert seen(heir, doubted)[0].doubts
    # The fee that never came is due again, where the case is now.
    assert seen(heir, struck)[0].due_fee("office")
    with pytest.raises(Refusal, match="دفتر دیگری گرفته است"):
        cash.void_payment(heir.crew.manager, doubted, names[doubted].mark, "نیامد")

    counter_acts.withdraw(heir.crew.clerk, back, "منصرف شد")
    heir.hear()
    with pytest.raises(Refusal, match="دفتر دیگری گرفته است"):
        cash.refund(heir.crew.manager, back, names[back].mark, "انصراف", "99")
    assert case_now(manager, back).state is State.WITHDRAWN
    cash.refund(manager, back, names[back].mark, "انصراف", "99")
    heir.hear()
    assert seen(heir, back)[0].refunded.keys() == {names[back].mark}
    today = cash.till(desk, LAST + timedelta(days=1)).book
    assert [entry.amount for entry in today.entries] == [-names[back].amount]
    assert not cash.till(heir.running.desk, LAST + timedelta(days=1)).book.entries
    assert counted(town.house.centre)["refused"] == 0


@pytest.mark.long
def test_two_heirs_one_after_the_other_and_back(town: Town, heir: Heir, tmp_path: Path) -> None:
    second = open_heir(town, tmp_path / "second", "51")
    told = hand_over(town, since=LAST, offices=["21", HEIR, "51"], services=["clearance"])
    goes = {"21": HEIR, HEIR: "51", "51": "21"}
    days = {office: LAST + timedelta(days=n) for n, office in enumerate(goes, start=1)}
    at(town, LAST)
    town.house.office.sync()
    case_id, letter_id = in_released(town), ""
    open_, ticked = twins(town, 6), twins(town, 7)
    (item,) = waiting(town, ticked)
    board.finish_item(town.crew.clerk, item.item_id)
    was = case_now(town.crew.clerk, case_id)
    assert was.answer is not None
    letter_id = was.answer.letter.letter_id
    put(
        town,
        delegations.delegation_draft(
            [
                replace(told[n], since=days[office], withdrawn=True, heir=goes[office])
                for n, office in enumerate(("21", HEIR))
            ]
        ),
    )
    for day in (days["21"], days[HEIR]):
        at(town, day)
        heir.hear()
        second.running.sync()
    here = case_now(second.crew.clerk, case_id)
    assert [here.state, here.former] == [State.RELEASED, ("office:21", "office:41")]
    assert case_now(heir.crew.clerk, case_id).state is State.PASSED_ON
    assert waiting(town, open_) == []
    # Back to where it began, whose service was handed over again.
    again = replace(told[0], since=days["51"], replaces=True)
    ended = replace(told[2], since=days["51"], withdrawn=True, heir="21")
    put(town, delegations.delegation_draft([again]))
    put(town, delegations.delegation_draft([ended]))
    at(town, days["51"])
    heir.hear()
    second.running.sync()
    back, centres = case_now(town.crew.clerk, case_id), seen_at_centre(town, case_id)
    assert back == centres
    assert back.state is State.RELEASED
    # What was asked here and ended only because the case left is asked again; what was ticked off
    # is not.
    assert [each.kind for each in waiting(town, open_)] == [ItemKind.DOUBLE]
    assert waiting(town, ticked) == []
    deliver(town.crew, back)
    deliver(town.crew, case_now(town.crew.clerk, case_id))
    done = case_now(town.crew.clerk, case_id)
    assert (done.state, done.letter(letter_id).copies) == (State.HANDED_OVER, 1)
    with town.house.centre.reading() as session:
        facts = load_facts(session, case_id)
    assert [fact.rev for fact in facts] == list(range(1, len(facts) + 1))
    for running in (town.house.office, heir.running, second.running):
        with running.desk.store.reading() as session:
            assert not view.differing(session, running.desk.reference.setting_for)


def twins(town: Town, number: int) -> str:
    """A case here of a property that has another open one elsewhere, and both are told."""
    counter = new_counter(town.house.centre, f"6{number}")
    case_id = town.register(town.record(Scenario.CLEAN, number), pay=False)
    counter.push(*counter.register(town.record(Scenario.CLEAN, number), "clearance"))
    town.house.tick()
    town.house.office.sync()
    return case_id


def waiting(town: Town, case_id: str) -> list[WorkItem]:
    """What the clerk is asked about the case."""
    return [item for item in board.items(town.crew.clerk.desk) if item.case_id == case_id]


def seen_at_centre(town: Town, case_id: str) -> Case:
    with town.house.centre.reading() as session:
        case = load_case(session, case_id)
    assert case is not None
    return case


@pytest.mark.long
def test_what_breaks_off_in_the_middle_is_as_if_nothing_had_been(
    town: Town, heir: Heir, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends(town)
    at(town, LAST)
    town.house.office.sync()
    case_id = in_pay_due(town)
    at(town, LAST + timedelta(days=1))
    before = by_stream(town.house.centre)

    def dies(*_: object) -> dict[str, tuple[str, ...]]:
        raise RuntimeError("the power")

    with monkeypatch.context() as broken:
        broken.setattr(passing, "_release_keys", dies)
        heir.hear()
    assert by_stream(town.house.centre) == before
    assert case_now(town.crew.clerk, case_id).state is State.PAY_DUE
    heir.hear()
    assert finish(heir, case_id).state is State.HANDED_OVER
    # The case is counted where it is; where it was its facts stay.
    after = by_stream(town.house.centre)
    assert [after[name][0] - before[name][0] for name in ("office:21", "office:41")] == [-1, 1]
    assert after["office:21"][1] == before["office:21"][1] + 1


@pytest.mark.long
@pytest.mark.slow
def test_after_a_stop_a_supervisor_gives_the_open_cases_to_another(
    town: Town, heir: Heir, tmp_path: Path
) -> None:
    supervisor = town.crew.supervisor
    cases = [town.register(town.record(Scenario.DEBT, n)) for n in range(2)]
    open_heir(town, tmp_path / "late", "51")
    told = hand_over(town, since=TODAY + timedelta(days=1), offices=[HEIR, "51"])

    def refused(office: str, to: str, act: Act = ACT) -> str:
        with pytest.raises(Refusal) as no:
            heirs.name(supervisor, office, to, act)
        return no.value.words

    town.house.municipality.sync()
    assert "متوقف نیست" in refused("21", HEIR)
    with_the_line(heir, up=False)
    on_its_way = town.register(town.record(Scenario.CLEAN, 5), pay=False)
    town.clock.moment += timedelta(minutes=1)
    staffing.stop(supervisor, Stopped.OFFICE, "21", "گزارش بازرسی", ACT)
    staffing.stop(supervisor, Stopped.OFFICE, "51", "گزارش بازرسی", ACT)
    assert "چنین دفتری نیست" in refused("21", "99")
    assert "چنین دفتری نیست" in refused("21", "municipality")
    assert "همین دفتر" in refused("21", "21")
    assert "متوقف است" in refused("21", "51")
    assert "شمارهٔ مصوبه" in refused("21", HEIR, replace(ACT, number=""))
    assert "فرستاده نشده است" in refused("21", HEIR, replace(ACT, scan="ab" * 32))
    town.house.municipality.sync()
    seen_open = heirs.look(supervisor, "21")
    assert (seen_open.left, seen_open.passed, HEIR in seen_open.offices) == (2, {}, True)
    assert not {"51", "21"} & seen_open.offices.keys()

    heirs.name(supervisor, "21", HEIR, ACT)
    town.house.municipality.sync()
    after = heirs.look(supervisor, "21")
    assert (after.left, after.passed) == (0, {"دفتر پیشخوان ۴۱": 2})
    heir.running.sync()
    # Nor does a stopped office get what is left when a delegation ends.
    ended = replace(told[0], since=LAST, withdrawn=True, heir="51")
    words = hindered(town.crew, delegations.delegation_draft([ended]))
    assert "خدمات شهرداری در دفتر پیشخوان 51 متوقف است" in words
    # What the office took before, without a line, comes later and goes there too.
    assert town.house.office.sync().well
    heir.hear()
    for case_id in (*cases, on_its_way):
        assert case_now(town.crew.clerk, case_id).state is State.PASSED_ON
        assert finish(heir, case_id).state is State.HANDED_OVER


@pytest.mark.long
def test_an_heir_must_have_the_service_once_that_is_enforced(town: Town, heir: Heir) -> None:
    enforce(town, OfficeRule.DELEGATION, TODAY + timedelta(days=1))
    hand_over(town, since=TODAY + timedelta(days=1))
    at(town, TODAY + timedelta(days=1))
    heir.hear()
    case_id = town.register(town.record(Scenario.DEBT))
    supervisor = town.crew.supervisor
    staffing.stop(supervisor, Stopped.OFFICE, "21", "گزارش بازرسی", ACT)
    heir.hear()
    assert HEIR not in heirs.look(supervisor, "21").offices
    with pytest.raises(Refusal, match="به آن واگذار نشده است"):
        heirs.name(supervisor, "21", HEIR, ACT)
    assert case_now(town.crew.clerk, case_id).state is State.PAY_DUE


@pytest.mark.long
def test_the_citizen_is_told_where_his_request_goes_on(
    town: Town, heir: Heir, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a message, which tells no name and no sum; on paper where he has no telephone."""
    ends(town)
    at(town, LAST)
    town.house.office.sync()
    reached, alone = in_pay_due(town), town.register(town.record(Scenario.CLEAN, 6), pay=False)
    with monkeypatch.context() as before:
        # As of before the form asked for a telephone.
        before.setattr(doing, "check_amendment", lambda *_: ())
        counter_acts.amend(town.crew.clerk, alone, {"party.mobile": ""})
    at(town, LAST + timedelta(days=1))
    heir.hear()
    case = case_now(heir.crew.clerk, reached)
    with town.house.centre.reading() as session:
        query = select(CitizenMessageRow).where(CitizenMessageRow.occasion == "passed-on")
        messages = {row.case_id: row.words for row in session.scalars(query)}
    code = to_persian_digits(case.request.tracking)
    assert messages == {
        reached: f"درخواست {code} از این پس در دفتر پیشخوان ۴۱، صفائیه، پلاک ۱۴ پیگیری می‌شود."
    }
    told = " ".join(text_of(papers.goes_on(heir.crew.clerk, alone)))
    for word in ("دفتر", "پیشخوان", "صفائیه", "۴۱", "۲۱"):
        assert word in told
    with pytest.raises(Refusal, match="در همین دفتر آغاز شده است"):
        papers.goes_on(town.crew.clerk, town.register(town.record(Scenario.DEBT, 3), "transfer"))


@pytest.mark.parametrize("town", ["postgresql"], indirect=True)
@pytest.mark.long
def test_what_the_unit_counts_is_what_the_facts_tell(town: Town, heir: Heir) -> None:
    """A case is open where it is, and was received where it was received."""
    ends(town)
    at(town, LAST)
    town.house.office.sync()
    for begin in (in_pay_due, in_issued, in_printed):
        begin(town)
    at(town, LAST + timedelta(days=1))
    heir.hear()
    for day in (LAST, LAST + timedelta(days=1)):
        told = by_office(town.house.centre, day)
        board_ = {row.office: row for row in city_day(town, day)}
        assert (board_["21"].received, board_["41"].received) == (3 if day == LAST else 0, 0)
        assert told["21"]["received_today"] == board_["21"].received
    working = registry.at_work(town.crew.supervisor).offices
    for office in working:
        counts = told[office.office_id]
        assert (office.open_cases, office.undelivered) == (
            counts["open_cases"],
            counts["undelivered"],
        )
    assert {each.office_id: each.open_cases for each in working} == {"21": 0, HEIR: 3}
    with town.house.centre.reading() as session:
        for row in session.scalars(select(CaseRow)):
            case = load_case(session, row.case_id)
            assert case is not None
            assert (row.stream, row.state, row.rev) == (case.stream, case.state.value, case.rev)
            assert row.received_in == ("office:21" if case.former else "")


def city_day(town: Town, day: date) -> list[OfficeRow]:
    """The offices of the supervisor's board of that day."""
    return board.city_day(town.crew.supervisor, day).offices


@pytest.mark.long
def test_what_hangs_on_a_case_goes_with_it(town: Town, heir: Heir) -> None:
    """Papers, a receipt that finance looks at, a letter to be voided, a twin elsewhere."""
    ends(town)
    at(town, LAST)
    town.house.office.sync()
    clerk, supervisor = town.crew.clerk, town.crew.supervisor
    file = file_of(attached(clerk, 1))
    claimed = town.register(town.record(Scenario.DEBT), file=file)
    owed = case_now(clerk, claimed).unpaid[0]
    receipt = Payment(owed.amount, "bill", "880011", LAST)
    payments.claim(clerk, claimed, owed.key, receipt)
    recalled = in_released(town)
    shown, _ = board.municipal_case(supervisor, recalled)
    second_looks.look_again(supervisor, shown, right=False, comment="مساحت درست نیست")
    counter = new_counter(town.house.centre, "61")
    twin = town.register(town.record(Scenario.CLEAN, 6), pay=False)
    counter.push(*counter.register(town.record(Scenario.CLEAN, 6), "clearance"))
    heir.hear()
    at(town, LAST + timedelta(days=1))
    heir.hear()

    there = heir.crew
    items = {item.case_id: item.kind for item in board.items(there.clerk.desk)}
    assert (items[recalled], items[twin]) == (ItemKind.RECALL, ItemKind.DOUBLE)
    assert not [item for item in board.items(clerk.desk) if item.case_id in items]
    # What was told of the twin is not told again.
    with town.house.centre.reading() as session:
        assert not doubles(session, untold=True)
    assert wire.name_of(documents.content(there.clerk, claimed, file)) == file.sha256
    # The office of before sees the papers that it has, and is told nothing more of the case.
    ask = wire.PaperAsk(actor=clerk.staff.staff_id, case_id=claimed, sha256=file.sha256, number=0)
    with pytest.raises(Refusal, match="چنین پرونده‌ای نیست"):
        clerk.desk.ask(calls.BLOB_READ, ask)
    shown, _ = board.municipal_case(town.crew.finance, claimed)
    payments.answer_claim(town.crew.finance, shown, owed.key, right=True, comment="در حساب هست")
    held = case_now(there.clerk, recalled).answer
    assert held is not None
    following.void(there.manager, recalled, held.letter.letter_id, "مساحت درست نیست")
    heir.hear()
    assert owed.key in case_now(there.clerk, claimed).paid
    assert case_now(there.clerk, recalled).state is State.IN_REVIEW
    assert not [item for item in board.items(there.clerk.desk) if item.kind is ItemKind.RECALL]
    shown, _ = board.municipal_case(town.crew.expert, recalled)
    following.decide(town.crew, shown, {}, "مساحت با نقشه سنجیده شد")
    heir.hear()
    for case_id in (claimed, recalled, twin):
        assert finish(heir, case_id).state is State.HANDED_OVER


@pytest.mark.long
def test_an_act_that_meets_a_case_on_its_way_is_done_where_it_went(
    town: Town, heir: Heir, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the case was is read before the locks are had: by then it may be elsewhere."""
    ends(town)
    at(town, LAST)
    town.house.office.sync()
    case_id = in_review(town)
    at(town, LAST + timedelta(days=1))
    heir.hear()
    asked: list[Collection[str]] = []

    def homes_of_before(session: Session, case_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        asked.append(case_ids)
        found = homes(session, case_ids)
        return dict.fromkeys(found, ("office:21",)) if len(asked) == 1 else found

    monkeypatch.setattr(pushing, "homes", homes_of_before)
    step(heir.crew, case_now(heir.crew.clerk, case_id), town.clock.moment)
    assert len(asked) == 2
    heir.hear()
    assert case_now(heir.crew.clerk, case_id).state is State.ISSUED
    assert counted(town.house.centre)["held"] == 0
