"""What is promised of a step: told once before its end and once after it, to whom data says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from desktop.actions import board, city_board, commissions, consultations, payments, reviewing
from desktop.actions.board import Order, QueueFilter
from desktop.centre import promises, tick
from desktop.centre.reference import publication
from desktop.centre.streams import load_case
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, clear, release
from desktop.domain import commands as c
from desktop.domain.applying import UnlawfulFact
from desktop.domain.calendar import iso_jalali
from desktop.domain.case import Case
from desktop.domain.contest import Contested
from desktop.domain.errors import Refusal
from desktop.domain.facts import Escalated
from desktop.domain.people import Role
from desktop.domain.promise import StepWarned
from desktop.domain.request import Payment
from desktop.domain.state import State
from desktop.domain.step import Step
from desktop.domain.stream import Topic
from desktop.forms.catalogue import HOLIDAYS_KEY
from desktop.forms.dated import DatedPromise
from desktop.forms.shipped import holidays_text
from desktop.wire.board_cases import Figure
from tests.centre.test_answer_by import on
from tests.centre.test_places import today
from tests.centre.test_reviewing import have_two_sign, in_review, propose, shown
from tests.houses import MORNING
from tests.objected import object_to
from tests.publish import figures, hindered, in_force
from tests.town import Town

TODAY = MORNING.date()  # a Tuesday


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def promise(town: Town, days: int, day: date = TODAY, step: Step = Step.REVIEW) -> None:
    """So many working days of the step from the day on, with a warning on the last but one."""
    to = Role.SIGNER if step is Step.REVIEW else Role.MANAGER
    said = DatedPromise(step=step, days=days, warn_days=days - 1, to=to, since=iso_jalali(day))
    text = said.model_dump_json()
    town.house.put_in_force([publication(Topic.PROMISE, said.about, day, text)])


def told(town: Town, case_id: str) -> list[object]:
    """What was told of the steps of the case, as its office has it."""
    town.house.office.sync()
    seen = board.look(town.crew.clerk.desk, case_id)
    return [x.payload for x in seen.confirmed if isinstance(x.payload, StepWarned | Escalated)]


@pytest.mark.slow
def test_a_review_warns_and_then_escalates_to_whom_it_is_said(town: Town) -> None:
    crew = town.crew
    promise(town, 2)
    case_id = in_review(town)
    # What is promised from tomorrow on is not said of what waits already.
    promise(town, 30, after(1))
    assert town.house.tick() == 0
    on(town, after(1))
    assert [town.house.tick(), town.house.tick()] == [1, 0]
    warned = StepWarned(Step.REVIEW, after(2))
    assert told(town, case_id) == [warned]
    (row,) = board.municipal_queue(crew.expert).rows
    assert (row.step, row.step_by, row.step_to) == ("review", after(2), "")
    assert board.municipal_queue(crew.signer).total == 0
    with pytest.raises(Refusal):
        board.municipal_case(crew.signer, case_id)
    # A centre that was asked to do it and did not hear that it was done does it no second time.
    on(town, after(3))
    again = c.Escalate(Step.REVIEW)
    due = tick._Due(case_id, again)
    did = [tick._done(town.house.centre, due, town.clock.moment) for _ in "12"]
    assert did == [True, False]
    assert town.house.tick() == 0
    late = Escalated(after(2), Step.REVIEW, Role.SIGNER.value)
    assert told(town, case_id) == [warned, late]
    for seat in (crew.signer, crew.supervisor):
        listed = board.municipal_queue(seat, escalated=True)
        assert [(each.case_id, each.step_to) for each in listed.rows] == [(case_id, "signer")]
    assert board.municipal_case(crew.signer, case_id)[0].step_is_late
    day = board.city_day(crew.supervisor, today(town), days=7)
    assert (day.late_steps, day.escalated) == ({"review": 1}, 0)
    of = city_board.Narrowed(Figure.STEP_LATE, after(-3), today(town), step="review")
    assert [each.case_id for each in city_board.cases(crew.supervisor, of, 0, 9).rows] == [case_id]
    # Done, it is nobody's to look after any more.
    clear(crew, case_now(crew.clerk, case_id))
    assert board.municipal_queue(crew.supervisor, escalated=True).total == 0
    assert board.municipal_queue(crew.signer).total == 0


@pytest.mark.slow
def test_a_holiday_that_is_published_while_it_waits_puts_its_end_off(small_town: Town) -> None:
    town = small_town
    promise(town, 2)
    case_id = in_review(town)
    row = f"{iso_jalali(after(2))},سوگواری,official"
    days = f"{holidays_text().rstrip()}\n{row}\n"
    town.house.put_in_force([publication(Topic.HOLIDAYS, HOLIDAYS_KEY, TODAY, days)])
    on(town, after(3))
    assert town.house.tick() == 1
    # A Friday lies between.
    assert told(town, case_id) == [StepWarned(Step.REVIEW, after(4))]


@pytest.mark.slow
def test_a_case_that_can_not_be_read_keeps_no_other_waiting(
    small_town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    town = small_town
    promise(town, 2)
    both = [in_review(town, number) for number in (0, 1)]

    def read(session: Session, case_id: str) -> Case | None:
        if case_id == both[0]:
            raise UnlawfulFact("a fact that this program's table does not allow")
        return load_case(session, case_id)

    monkeypatch.setattr(promises, "load_case", read)
    on(town, after(1))
    assert town.house.tick() == 1
    assert told(town, both[1]) == [StepWarned(Step.REVIEW, after(2))]
    assert caplog.text.count(f"case {both[0]} waits") == 1


@pytest.mark.slow
def test_a_letter_that_nobody_stamps_is_seen_by_the_manager(small_town: Town) -> None:
    town, desk = small_town, small_town.crew.manager.desk
    promise(town, 1, step=Step.STAMP)
    case_id = town.register(town.record(Scenario.CLEAN), "no-violation")
    assert case_now(town.crew.clerk, case_id).state is State.ISSUED

    def late() -> list[str]:
        town.house.office.sync()
        listing = board.listing(desk, QueueFilter(step_late=True), Order.TURN)
        return [each.case_id for each in board.rows(desk, listing, 0, 9)]

    on(town, after(1))
    town.house.tick()
    assert late() == []
    on(town, after(2))
    town.house.tick()
    assert late() == [case_id]


def waits_for_payment(town: Town) -> str:
    return town.register(town.record(Scenario.DEBT), "clearance")


def waits_for_finance(town: Town) -> str:
    """A receipt of a sum that the records don't know as paid."""
    crew, case_id = town.crew, town.register(town.record(Scenario.DEBT), "clearance")
    for number, owed in enumerate(case_now(crew.clerk, case_id).asked, 77_001):
        paid = Payment(owed.amount, "bill", f"{number}", TODAY)
        payments.claim(crew.clerk, case_id, owed.key, paid)
    return case_id


def waits_for_a_visit(town: Town) -> str:
    return town.register(town.record(Scenario.OLD_VISIT), "no-violation")


def waits_for_its_unit(town: Town) -> str:
    return object_to(town, town.record(Scenario.CLEAN), Contested.LAND, claimed_area="9").case_id


def waits_for_a_signature(town: Town) -> str:
    have_two_sign(town)
    case_id = in_review(town)
    propose(town, case_id)
    return case_id


def waits_for_a_ruling(town: Town) -> str:
    case_id = in_review(town)
    commissions.send(town.crew.expert, shown(town.crew.expert, case_id), "100", "خلاف ضوابط")
    return case_id


def waits_for_another_body(town: Town) -> str:
    case_id = in_review(town)
    asked = "معاونت حمل‌ونقل و ترافیک"
    consultations.consult(town.crew.expert, shown(town.crew.expert, case_id), asked, "نظر شما؟")
    return case_id


def waits_for_its_office(town: Town) -> str:
    case_id = in_review(town)
    reviewing.send_back(town.crew.expert, shown(town.crew.expert, case_id), "سند خوانا نیست")
    return case_id


def waits_for_its_stamp(town: Town) -> str:
    return town.register(town.record(Scenario.CLEAN), "no-violation")


def waits_for_its_citizen(town: Town) -> str:
    case_id = waits_for_its_stamp(town)
    release(town.crew, case_now(town.crew.clerk, case_id))
    return case_id


WAITS: Mapping[Step, Callable[[Town], str]] = {
    Step.PAYMENT: waits_for_payment,
    Step.FINANCE: waits_for_finance,
    Step.VISIT: waits_for_a_visit,
    Step.REVIEW: in_review,
    Step.OBJECTION: waits_for_its_unit,
    Step.SIGNATURE: waits_for_a_signature,
    Step.COMMISSION: waits_for_a_ruling,
    Step.REPLY: waits_for_another_body,
    Step.CORRECTION: waits_for_its_office,
    Step.STAMP: waits_for_its_stamp,
    Step.HAND_OVER: waits_for_its_citizen,
}


@pytest.mark.parametrize("step", Step)
@pytest.mark.long
def test_what_is_promised_of_each_step_is_warned_of_and_escalates(
    small_town: Town, step: Step
) -> None:
    town = small_town
    promise(town, 2, step=step)
    case_id = WAITS[step](town)
    town.house.municipality.sync()
    town.house.office.sync()
    assert case_now(town.crew.clerk, case_id).step is step
    assert told(town, case_id) == []
    on(town, after(1))
    town.house.tick()
    warned = StepWarned(step, after(2))
    assert told(town, case_id) == [warned]
    on(town, after(2))
    town.house.tick()
    assert told(town, case_id) == [warned]
    on(town, after(3))
    town.house.tick()
    to = Role.SIGNER if step is Step.REVIEW else Role.MANAGER
    assert told(town, case_id) == [warned, Escalated(after(2), step, to.value)]
    assert case_now(town.crew.clerk, case_id).step_is_late


@pytest.mark.slow
def test_where_nothing_is_promised_nothing_is_told(small_town: Town) -> None:
    town = small_town
    case_id = in_review(town)
    promise(town, 1, after(1))
    on(town, after(60))
    assert town.house.tick() == 0
    assert told(town, case_id) == []


@pytest.mark.long
def test_a_promise_is_signed_by_two_and_of_a_service_that_there_is(small_town: Town) -> None:
    town, crew = small_town, small_town.crew
    said = DatedPromise(
        step=Step.REVIEW, days=4, warn_days=1, to=Role.SIGNER, since=iso_jalali(after(1))
    )
    in_force(crew, figures(crew, Topic.PROMISE, said))
    wrong = said.model_copy(update={"service": "nobody"})
    assert "خدمتی با کد «nobody» نیست" in hindered(crew, figures(crew, Topic.PROMISE, wrong))
    short = said.model_copy(update={"warn_days": 4})
    assert "کوتاه‌تر" in hindered(crew, figures(crew, Topic.PROMISE, short))
    on(town, after(1))
    in_review(town)
    on(town, after(5))
    assert town.house.tick() == 1
