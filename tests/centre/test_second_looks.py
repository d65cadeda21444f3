"""The second look at the centre: the lot, whom it waits for, what it finds, on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from desktop.actions import board, reviewing, second_looks
from desktop.centre import lots
from desktop.centre import second_looks as looks
from desktop.centre.look_record import values_of
from desktop.centre.look_tables import LookSecretRow, SecondLookRow
from desktop.centre.people import put_forward
from desktop.centre.records.lookup import find, held_at
from desktop.centre.streams import load_case, load_facts
from desktop.centre.tables import CaseRow, PersonRow
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, release
from desktop.domain import facts as f
from desktop.domain.case import Case
from desktop.domain.correctness import Correctness
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import renewal_code
from desktop.domain.letter import CODE
from desktop.domain.lot import DRAW, is_drawn
from desktop.domain.people import Applicant, Role, Staff
from desktop.domain.recommendation import Proposal, Recommendation
from desktop.domain.state import State
from desktop.domain.stream import office_stream
from desktop.sql.engine import Place
from desktop.wire.second_looks import InLetter
from tests import looks as published
from tests.town import Town

pytestmark = pytest.mark.slow
WRONG: dict[str, Any] = {
    "right": False, "comment": "مرز از روز دریافت است.", "part": "reasons", "item": "recent-visit",
    "reason": "limit",
}  # fmt: skip


every_database = pytest.mark.parametrize("town", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def town(request: pytest.FixtureRequest, make_town: Callable[[Place | None], Town]) -> Town:
    """A town on SQLite; on the other database too where that is what is tried."""
    other = getattr(request, "param", "") == "postgresql"
    return make_town(request.getfixturevalue("postgres_place") if other else None)


def shares(town: Town, percent: int, **weights: int) -> None:
    """The lots take so much from today on."""
    published.shares(town.house, town.clock.moment.date(), percent, **weights)


def answer(town: Town, number: int = 0, **named: Any) -> str:
    """An instant answer; the case's id."""
    case_id = town.register(town.record(Scenario.CLEAN, number), **named)
    assert case_now(town.crew.clerk, case_id).state is State.ISSUED
    return case_id


def found(town: Town, case_id: str, **what: Any) -> None:
    """The supervisor looks at it."""
    shown, _ = board.municipal_case(town.crew.supervisor, case_id)
    second_looks.look_again(town.crew.supervisor, shown, **(what or {"right": True}))
    town.house.municipality.sync()
    town.house.office.sync()


def row(town: Town, case_id: str) -> SecondLookRow | None:
    with Session(town.house.centre.reader) as session:
        return session.get(SecondLookRow, case_id)


def counted(town: Town, **asked: Any) -> Correctness:
    today = town.clock.moment.date()
    with town.house.centre.reading() as session:
        return looks.correctness(session, today - timedelta(9), today, **asked)


def by_facts(town: Town) -> Correctness:
    """The same counted case by case from the facts alone."""
    tally: Counter[str] = Counter()
    with town.house.centre.reading() as session:
        for case_id in session.scalars(select(CaseRow.case_id)):
            told = [fact.payload for fact in load_facts(session, case_id)]
            sampled = [each for each in told if isinstance(each, f.Decided) and each.sampled]
            if not sampled:
                continue
            of_all = any(each.drawn for each in sampled)
            seen = [each for each in told if isinstance(each, f.SecondLooked)]
            kinds = ("drawn", "looked", "wrong")
            if not of_all:
                kinds = ("weighed", "weighed_looked", "weighed_wrong")
            tally[kinds[0]] += 1
            tally[kinds[1]] += len(seen)
            tally[kinds[2]] += sum(not each.right for each in seen)
    return Correctness(
        tally["drawn"],
        tally["looked"],
        tally["wrong"],
        tally["weighed"],
        tally["weighed_looked"],
        tally["weighed_wrong"],
    )


@every_database
def test_the_lot_is_the_days_and_whoever_draws_again_draws_the_same(town: Town) -> None:
    shares(town, 50)
    ids = [answer(town, number) for number in range(6)]
    with town.house.centre.reading() as session:
        seed = lots.seed_of(session, town.house.centre, town.clock.moment.date())
        assert seed == lots.seed_of(session, town.house.centre, town.clock.moment.date())
        assert seed != lots.seed_of(
            session, town.house.centre, town.clock.moment.date() + timedelta(1)
        )
        kept = {case_id for case_id in ids if session.get(SecondLookRow, case_id) is not None}
    assert kept == {case_id for case_id in ids if is_drawn(case_id, seed, DRAW, 50)}
    case = case_now(town.crew.clerk, ids[0])
    assert case.drawn == (50 if ids[0] in kept else 0)


@every_database
def test_what_seeds_are_made_of_is_never_changed(town: Town) -> None:
    answer(town)
    with town.house.centre.reading() as session:
        (secret,) = session.scalars(select(LookSecretRow.secret))
        assert len(bytes.fromhex(secret)) == 32
    for change in (update(LookSecretRow).values(secret="00"), delete(LookSecretRow)):
        with pytest.raises(DBAPIError), town.house.centre.writing() as session:
            session.execute(change)


def test_a_risk_is_weighed_apart_and_the_lot_of_all_comes_first(town: Town) -> None:
    shares(town, 0, attorney=100)
    plain, risky = answer(town), answer(town, 1, applicant=Applicant.ATTORNEY)
    assert row(town, plain) is None
    weighed = row(town, risky)
    assert weighed is not None
    assert (weighed.why, weighed.drawn, weighed.due) == ("attorney", 0, True)
    shares(town, 100, attorney=100)
    both = row(town, answer(town, 2, applicant=Applicant.ATTORNEY))
    assert both is not None
    assert (both.why, both.drawn) == (DRAW, 100)


@every_database
@pytest.mark.long
def test_looks_are_served_one_by_one_and_counted_as_the_facts_say(town: Town) -> None:
    shares(town, 100)
    first, second = answer(town, 0), answer(town, 1)
    shares(town, 0, declared=100)
    third = answer(town, 2, service="no-violation")
    supervisor = town.crew.supervisor
    seen = second_looks.waiting(supervisor)
    assert (seen.due_drawn, seen.due_weighed, seen.right, seen.wrong) == (2, 1, 0, 0)
    assert seen.case_id == first
    assert second_looks.waiting(supervisor, [first]).case_id == second
    assert second_looks.waiting(supervisor, [first, second]).case_id == third
    found(town, first)
    found(town, third, **WRONG)
    seen = second_looks.waiting(supervisor)
    assert (seen.due_drawn, seen.due_weighed, seen.right, seen.wrong) == (1, 0, 1, 1)
    assert seen.case_id == second
    assert counted(town) == by_facts(town) == Correctness(2, 1, 0, 1, 1, 1)
    assert seen.correctness.value == counted(town)
    assert counted(town, service="inquiry") == Correctness()
    assert counted(town, stream=office_stream("21")) == counted(town)
    with town.house.centre.reading() as session:
        today = town.clock.moment.date()
        by = looks.correctness_by(session, today, today, "service")
    assert by == {
        "clearance": counted(town, service="clearance"),
        "no-violation": counted(town, service="no-violation"),
    }


@every_database
def test_a_range_over_which_the_share_changed_says_so(town: Town) -> None:
    shares(town, 100)
    answer(town, 0)
    assert not counted(town).mixed
    shares(town, 99)
    while not (held := row(town, answer(town, 1))) or not held.drawn:
        pass
    assert counted(town).mixed


def test_a_challenge_opens_the_case_and_recalls_a_stamped_letter_by_its_manager(
    town: Town,
) -> None:
    shares(town, 100)
    unstamped, stamped = answer(town, 0), answer(town, 1)
    release(town.crew, case_now(town.crew.clerk, stamped))
    for case_id in (unstamped, stamped):
        found(town, case_id, **WRONG)
    opened, recalled = (case_now(town.crew.clerk, each) for each in (unstamped, stamped))
    assert (opened.state, opened.answer) == (State.IN_REVIEW, None)
    assert recalled.state is State.RELEASED
    assert recalled.recalled
    held = recalled.answer
    assert held is not None
    following.void(town.crew.manager, stamped, held.letter.letter_id, "به خواست ناظر")
    assert case_now(town.crew.clerk, stamped).state is State.IN_REVIEW
    kept = row(town, stamped)
    assert kept is not None
    assert (kept.right, kept.part, kept.item, kept.reason) == (
        False, "reasons", "recent-visit", "limit",
    )  # fmt: skip
    assert kept.looked_by == town.crew.supervisor.staff.staff_id
    # What the expert decides anew is no instant answer, and is looked at no more.
    assert counted(town) == by_facts(town) == Correctness(2, 2, 2)


def test_what_an_expert_answered_after_a_look_falls_as_any_answer_does(town: Town) -> None:
    shares(town, 100)
    case_id = answer(town)
    found(town, case_id, **WRONG)
    expert = town.crew.expert
    right = Recommendation(Proposal.LETTER, (), note="عرصه همان است که در سند آمده")
    reviewing.recommend(expert, board.municipal_case(expert, case_id)[0], right, {})
    town.house.office.sync()
    anew = case_now(town.crew.clerk, case_id)
    assert anew.answer is not None
    release(town.crew, anew)
    named = anew.answer.letter.letter_id
    following.void(town.crew.manager, case_id, named, "نام نادرست است")
    again = case_now(town.crew.clerk, case_id)
    # Decided anew: what the supervisor once said is not said of it.
    assert again.state is State.ISSUED
    assert [bool(held.voided) for held in again.letters] == [True, True, False]


def test_an_answer_that_fell_before_it_was_looked_at_waits_for_nobody(town: Town) -> None:
    shares(town, 100)
    case_id = answer(town)
    case = case_now(town.crew.clerk, case_id)
    assert case.answer is not None
    review_ = case.answer.letter.letter_id
    release(town.crew, case)
    with town.house.centre.writing() as session:
        held = session.get_one(SecondLookRow, case_id)
        assert held.due
    following.void(town.crew.manager, case_id, review_, "نام نادرست است")
    # Answered anew at once, it is in the lot as it was: nobody gets out of it by voiding.
    again = case_now(town.crew.clerk, case_id)
    assert (again.state, again.drawn) == (State.ISSUED, 100)
    assert second_looks.waiting(town.crew.supervisor).case_id == case_id
    # Nor is it looked at by who had the letter that fell before him.
    second_looks.look_again(town.crew.supervisor, case, right=True)
    town.house.municipality.sync()
    (item,) = board.items(town.crew.supervisor.desk)
    assert "پاسخ تازه را ببینید" in item.centre_words
    assert second_looks.waiting(town.crew.supervisor).case_id == case_id
    found(town, case_id)
    assert second_looks.waiting(town.crew.supervisor).case_id == ""


def known_as(town: Town, role: Role, office: str, national_id: str) -> str:
    """A person of that office with the supervisor's national id; the id there."""
    other = Staff("the-same-person", "حمید میرجلیلی", role, office, national_id=national_id)
    with town.house.centre.writing() as session:
        put_forward(session, other)
        # Who was only put forward is nobody's colleague yet.
        session.get_one(PersonRow, other.staff_id).key = "ab" * 32
        own = session.get_one(PersonRow, town.crew.supervisor.staff.staff_id)
        own.national_id = national_id
    return other.staff_id


def told(town: Town, case_id: str) -> str:
    """Why the supervisor's look is refused at the centre."""
    shown, _ = board.municipal_case(town.crew.supervisor, case_id)
    second_looks.look_again(town.crew.supervisor, shown, right=True)
    town.house.municipality.sync()
    (item,) = board.items(town.crew.supervisor.desk)
    return item.centre_words


def owner_of(town: Town, case_id: str) -> str:
    return case_now(town.crew.clerk, case_id).request.party.person_id


@pytest.mark.parametrize("why", ["office", "owner"])
def test_ones_own_is_never_served_nor_taken(town: Town, why: str) -> None:
    shares(town, 100)
    case_id = answer(town)
    assert second_looks.waiting(town.crew.supervisor).case_id == case_id
    if why == "office":
        known_as(town, Role.CLERK, "21", "0012345679")
    else:
        known_as(town, Role.CLERK, "31", owner_of(town, case_id))
    seen = second_looks.waiting(town.crew.supervisor)
    assert (seen.case_id, seen.own, seen.due_drawn) == ("", 1, 1)
    assert "ناظر دیگری" in second_looks.record(town.crew.supervisor, case_id).hindered
    # Another supervisor has it.
    assert second_looks.waiting(town.crew.second).case_id == case_id
    # What holds of whoever decides on a case is said before what holds of a look.
    assert ("خودتان در آن کار می‌کنید" if why == "office" else "همکار دیگری") in told(town, case_id)
    assert case_now(town.crew.clerk, case_id).looked is None


def test_others_are_told_nothing_of_the_looks(town: Town) -> None:
    case_id = answer(town)
    for act in (
        lambda: second_looks.waiting(town.crew.expert),
        lambda: second_looks.record(town.crew.expert, case_id),
        lambda: second_looks.waiting(town.crew.clerk),
    ):
        with pytest.raises(Refusal):
            act()


@every_database
@pytest.mark.parametrize("count", [pytest.param(2, marks=pytest.mark.long), 3])
def test_three_faults_of_one_kind_are_a_wrong_rule(town: Town, count: int) -> None:
    shares(town, 100)
    for number in range(count):
        found(town, answer(town, number), **WRONG)
    # Of another kind: it adds nothing.
    found(town, answer(town, count), **{**WRONG, "reason": "article"})
    seen = second_looks.waiting(town.crew.supervisor).patterns
    if count < 3:
        assert seen == []
        return
    (pattern,) = seen
    told_of = (pattern.service, pattern.part, pattern.item, pattern.reason, pattern.count)
    assert told_of == ("clearance", "reasons", "recent-visit", "limit", 3)


def values(town: Town, case_id: str, change: Callable[[Case], Case] = lambda case: case) -> Any:
    with town.house.centre.reading() as session:
        case = load_case(session, case_id)
        assert case is not None
        assert case.decision is not None
        record = find(session, renewal_code(case.decision.code), None).record
    assert record is not None
    case = change(case)
    return values_of(case, case.letters[-1], record)


def test_the_record_stands_beside_what_the_letter_says(town: Town) -> None:
    case_id = answer(town, service="no-violation")
    seen = second_looks.record(town.crew.supervisor, case_id)
    assert seen.as_of is not None
    assert not seen.hindered
    by_label = {each.label: each for each in seen.values}
    assert by_label[CODE].stands is InLetter.SAME
    assert by_label["مالک"].recorded
    assert InLetter.OTHER not in {each.stands for each in seen.values}
    # That there is none is said in words: the letter is not silent on what it certifies.
    assert by_label["تخلف ساختمانی"].recorded == "ندارد"
    assert by_label["تخلف ساختمانی"].stands is InLetter.SAME


def test_what_rests_on_records_that_bear_a_later_moment_has_them_all_the_same(town: Town) -> None:
    case_id = answer(town, service="no-violation")
    with town.house.centre.reading() as session:
        case = load_case(session, case_id)
        assert case is not None
        assert case.decision is not None
        code, now = renewal_code(case.decision.code), town.clock.moment
        held = held_at(session, code, case.decision.as_of, now - timedelta(days=900))
        assert held.record == find(session, code, None).record


def test_a_value_that_differs_is_told_first_with_the_letters(town: Town) -> None:
    def misprinted(case: Case) -> Case:
        (held,) = case.letters
        text = held.letter.text
        assert text.facts is not None
        rows = tuple(
            (label, "۱۸۰٫۰۰ مترمربع" if label == "مساحت عرصه" else value)
            for label, value in text.facts.rows
        )
        text = replace(text, facts=replace(text.facts, rows=rows))
        return replace(case, letters=(replace(held, letter=replace(held.letter, text=text)),))

    case_id = answer(town, service="no-violation")
    first, *others = values(town, case_id, misprinted)
    assert (first.label, first.stands, first.told) == (
        "مساحت عرصه", InLetter.OTHER, "۱۸۰٫۰۰ مترمربع",
    )  # fmt: skip
    assert InLetter.OTHER not in {each.stands for each in others}
    assert InLetter.OTHER not in {each.stands for each in values(town, case_id)}


@every_database
def test_the_sums_are_of_the_days_asked_for(town: Town) -> None:
    shares(town, 100)
    answer(town)
    with town.house.centre.reading() as session:
        day: date = town.clock.moment.date()
        assert looks.correctness(session, day, day).drawn == 1
        assert looks.correctness(session, day + timedelta(1), day + timedelta(2)).drawn == 0
