"""A case is one expert's; what he proposes a second person signs, or says why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from desktop.actions import access, board, counter_acts, reviewing, signing
from desktop.actions.desk import Seat
from desktop.centre import people
from desktop.centre.reference import publication
from desktop.centre.streams import load_facts
from desktop.centre.tables import PersonRow
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, clearing
from desktop.demo.people import PASSWORD
from desktop.domain import facts as f
from desktop.domain.calendar import iso_jalali
from desktop.domain.case import Case
from desktop.domain.commands import AssignCase, Recommend, RefuseCase
from desktop.domain.decision import Outcome
from desktop.domain.enforcement import OfficeRule
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Applicant, Role
from desktop.domain.recommendation import (
    OTHER,
    AskedInstead,
    ChallengeReason,
    Opinion,
    Proposal,
    Recommendation,
    Verdict,
)
from desktop.domain.staffing import Leave, StaffTerm
from desktop.domain.state import State
from desktop.domain.status import Status
from desktop.domain.stream import Topic
from desktop.domain.ties import Tie
from desktop.forms.dated import DatedRule
from desktop.forms.published_values import value_text
from desktop.sql import memo
from desktop.wire import calls
from desktop.wire.drafting import DraftLetterAsk
from tests.houses import MORNING
from tests.town import Town

TODAY = MORNING.date()


@pytest.fixture
def two_sign(town: Town) -> Town:
    """A town where what an expert says is signed by a second person."""
    have_two_sign(town)
    return town


def have_two_sign(town: Town) -> None:
    day = iso_jalali(TODAY)
    told = DatedRule(rule=OfficeRule.COUNTERSIGN, begins=day, since=day)
    fact = publication(Topic.ENFORCEMENT, told.about, TODAY, told.model_dump_json())
    town.house.put_in_force([fact])


def in_review(town: Town, number: int = 0) -> str:
    return town.register(town.record(Scenario.DEED, number), "no-violation")


def shown(seat: Seat, case_id: str) -> Case:
    return board.municipal_case(seat, case_id)[0]


def said(case: Case) -> Recommendation:
    """All that failed is cleared, in words."""
    assert case.decision is not None
    opinions = tuple(
        Opinion(each.gate, Verdict.CLEARED, OTHER, words="اصل سند دیده شد")
        for each in case.decision.failing
    )
    return Recommendation(Proposal.LETTER, opinions)


def propose(town: Town, case_id: str, seat: Seat | None = None) -> Case:
    """The proposal, and the case after it."""
    expert = seat or town.crew.expert
    case = shown(expert, case_id)
    reviewing.recommend(expert, case, said(case), {})
    return shown(expert, case_id)


def refused(town: Town, case_id: str) -> str:
    """What the municipality's desk was last told that the centre did not take of the case."""
    items = [item for item in board.items(town.crew.expert.desk) if item.case_id == case_id]
    return items[0].centre_words if items else ""


def kinds(town: Town, case_id: str) -> list[str]:
    with town.house.centre.reading() as session:
        return [fact.kind for fact in load_facts(session, case_id)]


def known_as(town: Town, seat: Seat, national_id: str) -> None:
    """The centre knows by which national id the person goes."""
    with town.house.centre.writing() as session:
        own = PersonRow.staff_id == seat.staff.staff_id
        session.execute(update(PersonRow).where(own).values(national_id=national_id))
        memo.forget(session, ("staff", MUNICIPALITY))


def away(town: Town, seat: Seat, deputy: str) -> None:
    """The person is on leave today, and somebody stands in."""
    leave = Leave(TODAY, TODAY + timedelta(days=3), deputy)
    staff = seat.staff
    term = StaffTerm(staff.staff_id, MUNICIPALITY, staff.role.value, TODAY, None, (leave,))
    fact = publication(Topic.STAFF, staff.staff_id, TODAY, value_text(term))
    town.house.put_in_force([fact])


def gone(town: Town, seat: Seat) -> None:
    """The person does not belong to the municipality any more."""
    staff, day = seat.staff, TODAY - timedelta(days=1)
    term = StaffTerm(staff.staff_id, MUNICIPALITY, staff.role.value, day, day)
    fact = publication(Topic.STAFF, staff.staff_id, day, value_text(term))
    town.house.put_in_force([fact])


@pytest.mark.slow
def test_where_nobody_is_head_of_the_department_the_supervisor_signs(two_sign: Town) -> None:
    town, crew = two_sign, two_sign.crew
    case_id = in_review(town)
    gone(town, crew.signer)
    town.house.municipality.sync()
    assert reviewing.signs_beside(crew.expert) is Role.SUPERVISOR
    case = propose(town, case_id)
    assert (case.state, case.to_sign) == (State.RECOMMENDED, Role.SUPERVISOR.value)
    reviewing.countersign(crew.supervisor, shown(crew.supervisor, case_id))
    assert shown(crew.expert, case_id).state is State.ISSUED


@pytest.mark.long
def test_where_nobody_can_sign_it_waits_for_who_will_be_let_in(two_sign: Town) -> None:
    town, crew = two_sign, two_sign.crew
    case_id = in_review(town)
    gone(town, crew.signer)
    # Two accounts of one person are one.
    for seat in (crew.supervisor, crew.second, crew.expert):
        known_as(town, seat, "0000000019")
    town.house.municipality.sync()
    assert reviewing.signs_beside(crew.expert) is Role.SUPERVISOR
    assert propose(town, case_id).to_sign == Role.SUPERVISOR.value
    known_as(town, crew.supervisor, "0000000027")
    reviewing.countersign(crew.supervisor, shown(crew.supervisor, case_id))
    assert shown(crew.expert, case_id).state is State.ISSUED


@pytest.mark.slow
def test_the_letter_is_written_when_the_second_person_has_signed(two_sign: Town) -> None:
    town, crew = two_sign, two_sign.crew
    case_id = in_review(town)
    with pytest.raises(Refusal, match="با امضای دوم"):
        # As a desk of an earlier release would, whose expert still refuses alone.
        crew.expert.do_one(case_id, RefuseCase(("خلاف ضوابط",)), shown=shown(crew.expert, case_id))
    case = propose(town, case_id)
    assert (case.state, case.to_sign) == (State.RECOMMENDED, Role.SIGNER.value)
    assert (case.expert, case.recommended_name) == (crew.expert.staff.staff_id, "سعید نوری")
    (row,) = board.municipal_queue(crew.signer).rows
    assert (row.case_id, row.expert_name) == (case_id, "سعید نوری")
    town.house.office.sync()
    assert case_now(crew.clerk, case_id).answer is None
    reviewing.countersign(crew.signer, shown(crew.signer, case_id))
    town.house.office.sync()
    case = case_now(crew.clerk, case_id)
    assert case.state is State.ISSUED
    assert case.cleared == {"deed": "اصل سند دیده شد"}
    told = kinds(town, case_id)
    assert told.index("countersigned") < told.index("gates-cleared") < told.index("letter-issued")


@pytest.mark.slow
def test_what_is_not_said_yet_shows_its_letter_and_keeps_nothing(two_sign: Town) -> None:
    case_id = in_review(two_sign)
    expert = two_sign.crew.expert
    case, before = shown(expert, case_id), kinds(two_sign, case_id)
    told = Recommend(said(case))
    draft = signing.draft(expert, case_id, told)
    assert draft.outcome is Outcome.ANSWER
    assert draft.letter is not None
    stands = Recommendation(Proposal.REFUSAL, reasons=("سند دیده نشد",))
    refusal = replace(
        stands,
        opinions=tuple(
            replace(each, verdict=Verdict.STANDS, reason="") for each in said(case).opinions
        ),
    )
    foreseen = signing.draft(expert, case_id, Recommend(refusal))
    assert foreseen.outcome is Outcome.REFUSE
    assert foreseen.letter is not None
    assert "سند دیده نشد" in str(foreseen.letter.text)
    assert kinds(two_sign, case_id) == before
    # The same letter when it is proposed, and no other is foreseen by who may not propose.
    propose(two_sign, case_id)
    signed = signing.draft(two_sign.crew.signer, case_id)
    assert signed.letter is not None
    assert signed.letter.text == draft.letter.text
    for seat in (expert, two_sign.crew.signer):
        with pytest.raises(Refusal):
            signing.draft(seat, case_id, told)


@pytest.mark.slow
def test_a_letter_is_foreseen_of_no_proposal_that_is_none(town: Town) -> None:
    case_id = in_review(town)
    expert = town.crew.expert
    nothing = Recommend(Recommendation(Proposal.LETTER))
    with pytest.raises(Refusal):
        signing.draft(expert, case_id, nothing)
    with pytest.raises(Refusal):
        signing.draft(town.crew.inspector, case_id, Recommend(said(shown(expert, case_id))))
    for told in ("{}", "نه", '{"recommendation":{"proposal":"letter"}}'):
        ask = DraftLetterAsk(actor=expert.staff.staff_id, case_id=case_id, told=told)
        with pytest.raises(Refusal, match="خوانده نشد"):
            expert.desk.ask(calls.DRAFT_LETTER, ask)


@pytest.mark.long
def test_two_challenges_bring_it_before_the_supervisor(two_sign: Town) -> None:
    town, crew = two_sign, two_sign.crew
    case_id = in_review(town)
    for to in (Role.EXPERT, Role.SUPERVISOR):
        case = propose(town, case_id)
        with pytest.raises(Refusal, match="توضیح مخالفت"):
            _challenge(crew.signer, case, " ")
        _challenge(crew.signer, case, "پلاک با سند یکی نیست")
        case = shown(crew.expert, case_id)
        assert case.challenges[-1].to == to.value
    assert (case.state, case.to_sign) == (State.RECOMMENDED, Role.SUPERVISOR.value)
    # Who signed nothing here sees it no more; who has the last word is told of it.
    assert board.municipal_queue(crew.signer).total == 0
    state, status = State.RECOMMENDED.value, Status.LAST_WORD.value
    waiting = board.municipal_queue(crew.supervisor, state=state, status=status)
    assert (waiting.total, waiting.last_word) == (1, 1)
    with pytest.raises(Refusal, match="ناظر شهرداری"):
        reviewing.countersign(crew.signer, case)
    # The last word on one's own disagreement is another supervisor's.
    for account in (crew.signer, crew.second):
        known_as(town, account, "4420000000")
    reviewing.countersign(crew.second, case)
    assert refused(town, case_id) == Tie.CHALLENGE.words
    _challenge(crew.second, case, "باز هم یکی نیست")
    assert shown(crew.expert, case_id).rev == case.rev
    _challenge(crew.supervisor, case, "سند را دوباره بخواهید")
    case = propose(town, case_id)
    assert (case.state, case.to_sign) == (State.RECOMMENDED, Role.SUPERVISOR.value)
    # What he said as the supervisor himself he may say otherwise.
    reviewing.countersign(crew.supervisor, case)
    assert shown(crew.expert, case_id).state is State.ISSUED


def _challenge(seat: Seat, case: Case, comment: str) -> None:
    reason, wanted = ChallengeReason.WRONG_VALUE, AskedInstead.LOOK_AGAIN
    reviewing.challenge(seat, case, "deed", reason, wanted, comment)


@pytest.mark.slow
def test_a_case_is_one_experts_and_his_deputys_while_he_is_away(town: Town) -> None:
    crew = town.crew
    case_id, expert, other = in_review(town), crew.expert, crew.colleague
    assert board.municipal_queue(expert, holder="free").free == 1
    reviewing.assign(expert, shown(expert, case_id), expert.staff.staff_id)
    answer = board.municipal_queue(expert, holder="mine")
    assert [row.expert for row in answer.rows] == [expert.staff.staff_id]
    assert (answer.mine, answer.free) == (1, 0)
    assert board.municipal_queue(other, holder="mine").total == 0
    case = shown(other, case_id)
    with pytest.raises(Refusal, match="نزد سعید نوری"):
        reviewing.assign(other, case, other.staff.staff_id)
    with pytest.raises(Refusal, match="نزد سعید نوری"):
        reviewing.recommend(other, case, said(case), {})
    with pytest.raises(Refusal, match="نزد سعید نوری"):
        reviewing.send_back(other, case, "سند را بیاورید")
    away(town, expert, other.staff.staff_id)
    assert board.municipal_queue(other, holder="mine").total == 1
    assert propose(town, case_id, other).state is State.ISSUED


@pytest.mark.long
def test_passed_on_with_a_reason_to_who_is_there_and_given_back(town: Town) -> None:
    crew = town.crew
    case_id, expert, other = in_review(town), crew.expert, crew.colleague
    with pytest.raises(Refusal, match="دلیل واگذاری"):
        reviewing.assign(expert, shown(expert, case_id), other.staff.staff_id)
    reviewing.assign(expert, shown(expert, case_id), other.staff.staff_id, "مرخصی فردا")
    assert shown(expert, case_id).expert_name == "لیلا رجبی"
    reviewing.assign(other, shown(other, case_id), "")
    assert shown(expert, case_id).expert == ""
    away(town, other, "")
    reviewing.assign(expert, shown(expert, case_id), other.staff.staff_id, "پرونده‌های منطقهٔ ۲")
    assert "سر کار نیست" in refused(town, case_id)
    assert shown(expert, case_id).expert == ""


@pytest.mark.slow
def test_who_has_to_do_with_a_case_does_not_decide_it(town: Town) -> None:
    crew, record = town.crew, town.record(Scenario.DEED)
    case_id, expert = in_review(town), crew.expert
    known_as(town, expert, record.owners[0].person_id)
    assert reviewing.file(expert, case_id).tie == Tie.APPLICANT.value
    propose(town, case_id)
    assert "همکار دیگری" in refused(town, case_id)
    assert shown(expert, case_id).state is State.IN_REVIEW
    reviewing.assign(expert, shown(expert, case_id), expert.staff.staff_id)
    case = shown(expert, case_id)
    assert (case.expert_name, case.answer) == ("لیلا رجبی", None)
    told = [fact.payload for fact in board.municipal_look(expert, case_id).facts]
    assert [each.reason for each in told if isinstance(each, f.Assigned)] == [Tie.APPLICANT.words]


@pytest.mark.slow
def test_nor_an_owner_nor_who_works_at_the_office_that_sent_it(town: Town) -> None:
    crew, record = town.crew, town.record(Scenario.DEED)
    # A bank asks: the owner is no party of the case.
    case_id = town.register(record, "inquiry", Applicant.BANK, letter_number="1405/77")
    owned, expert = reviewing.file, crew.colleague
    asks = shown(crew.supervisor, case_id).request.party
    assert record.owners[0].person_id not in asks.persons
    known_as(town, crew.supervisor, record.owners[0].person_id)
    assert owned(crew.supervisor, case_id).tie == Tie.OWNER.value
    other_case = in_review(town, 1)
    with town.house.centre.writing() as session:
        own = PersonRow.staff_id == crew.clerk.staff.staff_id
        session.execute(update(PersonRow).where(own).values(national_id="4420000000"))
        people.of_office(session, "21")
    known_as(town, expert, "4420000000")
    assert owned(expert, other_case).tie == Tie.OFFICE.value


@pytest.mark.long
def test_an_expert_proposes_nothing_on_what_comes_from_an_office_of_his(small_town: Town) -> None:
    town, expert, own_id = small_town, small_town.crew.expert, "4420000000"
    case_id = in_review(town)
    with town.house.centre.writing() as session:
        own = PersonRow.staff_id == town.crew.clerk.staff.staff_id
        session.execute(update(PersonRow).where(own).values(national_id=own_id))
        memo.forget(session, ("staff", "21"))
    known_as(town, expert, own_id)
    assert reviewing.file(expert, case_id).tie == Tie.OFFICE.value
    propose(town, case_id)
    assert Tie.OFFICE.words in refused(town, case_id)
    assert shown(expert, case_id).state is State.IN_REVIEW
    assert kinds(town, case_id)[-1] == "in-review"


@pytest.mark.long
def test_nothing_is_proposed_on_a_case_that_went_on_meanwhile(two_sign: Town) -> None:
    town, crew = two_sign, two_sign.crew
    case_id = in_review(town)
    before = shown(crew.expert, case_id)
    counter_acts.amend(crew.clerk, case_id, {"stage": "نازک‌کاری"})
    reviewing.recommend(crew.expert, before, said(before), {})
    assert "تغییر کرد" in refused(town, case_id)
    case = propose(town, case_id)
    counter_acts.amend(crew.clerk, case_id, {"stage": "سفت‌کاری"})
    town.house.municipality.sync()
    after = shown(crew.expert, case_id)
    assert (after.state, after.recommendation) == (State.IN_REVIEW, None)
    assert after.review_comment == "اصلاح پس از نظر کارشناس"
    reviewing.countersign(crew.signer, case)
    assert shown(crew.signer, case_id).state is State.IN_REVIEW


def test_nothing_is_sent_back_that_was_put_right_meanwhile(two_sign: Town) -> None:
    town, crew = two_sign, two_sign.crew
    case_id = in_review(town)
    before = shown(crew.expert, case_id)
    counter_acts.amend(crew.clerk, case_id, {"stage": "نازک‌کاری"})
    reviewing.send_back(crew.expert, before, "مرحلهٔ ساختمان را اصلاح کنید")
    assert "اصلاح شده است" in refused(town, case_id)
    assert shown(crew.expert, case_id).state is State.IN_REVIEW


@pytest.mark.slow
def test_the_whole_record_and_earlier_cases_lie_beside_the_case(town: Town) -> None:
    record = town.record(Scenario.DEED)
    first = town.register(record, "clearance")
    case_id = in_review(town)
    told = reviewing.file(town.crew.expert, case_id)
    assert [each.case_id for each in told.earlier] == [first]
    titles = [section.title for section in told.sections]
    assert titles[:2] == ["ملک", "مالکان"]
    values = {value.key: value.value for section in told.sections for value in section.values}
    assert values["deed"] == record.deed
    assert [each.name for each in told.experts] == ["سعید نوری", "لیلا رجبی"]
    with pytest.raises(Refusal):
        reviewing.file(town.crew.clerk, case_id)


@pytest.mark.slow
def test_nobody_who_is_no_expert_holds_a_case(small_town: Town) -> None:
    """A desk that lies: both experts would be refused everything."""
    case_id = in_review(small_town)
    supervisor, expert = small_town.crew.supervisor, small_town.crew.expert
    own = AssignCase(supervisor.staff.staff_id)
    supervisor.do_one(case_id, own, shown=shown(supervisor, case_id))
    small_town.house.municipality.sync()
    assert shown(expert, case_id).expert == ""
    reviewing.take(expert, case_id)
    small_town.house.municipality.sync()
    assert shown(expert, case_id).expert == expert.staff.staff_id


@pytest.mark.slow
def test_in_bulk_nothing_is_signed_that_changed_since_it_was_ticked(small_town: Town) -> None:
    have_two_sign(small_town)
    case_id, signer = in_review(small_town), small_town.crew.signer
    expert = small_town.crew.expert
    reviewing.recommend(expert, shown(expert, case_id), plainly(shown(expert, case_id)), {})
    small_town.house.municipality.sync()
    (row,) = board.municipal_queue(signer, state=State.RECOMMENDED.value).rows
    ticked = {case_id: row.updated_at}
    counter_acts.amend(small_town.crew.clerk, case_id, {"party.mobile": "09139999999"})
    small_town.house.municipality.sync()
    case = shown(expert, case_id)
    if case.state is State.IN_REVIEW:
        reviewing.recommend(expert, case, plainly(case), {})
        small_town.house.municipality.sync()
    sent = signing.sign_plain(access.confirm(signer, PASSWORD), ticked)
    assert sent.sent == {}
    assert "تغییر کرد" in sent.refused[case_id]
    (row,) = board.municipal_queue(signer, state=State.RECOMMENDED.value).rows
    again = signing.sign_plain(access.confirm(signer, PASSWORD), {case_id: row.updated_at})
    assert "پس از آنچه" not in again.refused.get(case_id, "")


def plainly(case: Case) -> Recommendation:
    """Every gate that failed for an expert is cleared."""
    failing = case.decision.failing if case.decision else ()
    return clearing({finding.gate: "در پرونده دیده شد" for finding in failing})
