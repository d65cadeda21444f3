"""Who is stopped, gone or only put forward does nothing; nobody asks as another than he is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from desktop.actions import access, board, publishing, registry, reviewing, staffing
from desktop.actions.desk import Seat
from desktop.centre import people
from desktop.centre.tables import PersonRow
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.sample_paper import sample_photos
from desktop.domain import commands as c
from desktop.domain.made_up import made_up_national_id
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Applicant, Role, Staff
from desktop.domain.persian import ZWNJ, to_persian_digits
from desktop.domain.recommendation import OTHER, Opinion, Proposal, Recommendation, Verdict
from desktop.domain.service import Effect
from desktop.domain.staffing import StaffTerm
from desktop.domain.state import State
from desktop.domain.stop import Stopped
from desktop.domain.stream import Topic
from desktop.keys import new_key
from desktop.trial.counters import Act, Counter, new_counter
from desktop.wire import calls
from desktop.wire.blobs import ACTS, PaperAsk
from desktop.wire.link import OK, public_hex
from desktop.wire.newcomers import NewcomerBody
from desktop.wire.payloads import QueueAsk
from tests.centre.test_reviewing import have_two_sign, shown
from tests.delegated import ACT, TODAY, TOMORROW, announce, refusals
from tests.houses import CHEAP
from tests.publish import refused_words, renamed
from tests.town import Town

pytestmark = pytest.mark.slow
CAUSE = "گزارش بازرسی شهرداری"
OTHER_ONE = {
    "party.person_id": made_up_national_id(6_002),
    "party.first_name": "رضا",
    "party.last_name": "کریمی",
}


@pytest.fixture
def town(small_town: Town) -> Town:
    return announce(small_town)


def _is_stopped(town: Town, who: Seat) -> None:
    staffing.stop(town.crew.supervisor, Stopped.PERSON, who.staff.staff_id, CAUSE, ACT)


def _has_left(town: Town, who: Seat) -> None:
    own = who.staff.staff_id
    since = TODAY - timedelta(days=30)
    term = StaffTerm(own, MUNICIPALITY, who.staff.role.value, since, until=TODAY)
    # Whom it is about does not sign it: an expert is the second.
    waits = publishing.prepare(town.crew.supervisor, staffing.terms_draft([term], TODAY))
    publishing.sign(town.crew.expert, waits)
    town.clock.moment += timedelta(days=2)


@pytest.mark.parametrize("ended", [_is_stopped, _has_left])
def test_who_is_stopped_or_has_left_neither_signs_nor_reads(
    town: Town, ended: Callable[[Town, Seat], None]
) -> None:
    who, other = town.crew.second, town.crew.supervisor
    case_id = town.register(town.record(Scenario.CLEAN))
    before = publishing.prepare(other, renamed("scaffold", TOMORROW + timedelta(days=9)))
    ended(town, who)
    for act in (
        lambda: publishing.prepare(who, renamed("walling", TOMORROW + timedelta(days=9))),
        lambda: publishing.sign(who, before),
        lambda: registry.give_code(who, "21", "زهرا فلاح", Role.CLERK, again="zahra-fallah"),
        lambda: board.municipal_case(who, case_id),
        lambda: staffing.stop(who, Stopped.OFFICE, "21", CAUSE, ACT),
    ):
        words = refused_words(act)
        assert "متوقف است" in words or "برقرار نیست" in words


def _put_forward(seat: Seat, office: str, role: Role) -> str:
    national_id = made_up_national_id(4_000)
    one = NewcomerBody(
        staff_id=new_id(), office=office, name="علی نمونه", role=role, national_id=national_id
    )
    assert staffing.put_forward(seat, [one]) == []
    return one.staff_id


def test_who_is_only_put_forward_does_nothing(town: Town) -> None:
    admin, counter = town.crew.admin, new_counter(town.house.centre, "41")
    nobody = _put_forward(admin, MUNICIPALITY, Role.INSPECTOR)
    ask = QueueAsk(actor=nobody, text="", state="", service="", offset=0, limit=10)
    assert "ثبت نشده است" in refused_words(lambda: admin.desk.ask(calls.QUEUE, ask))
    counter.clerk = _put_forward(town.crew.supervisor, "41", Role.CLERK)
    counter.push(*counter.register(town.record(Scenario.CLEAN), "clearance"))
    assert [kind for kind, _ in refusals(town, "office:41")][:1] == ["register"]


def _known_as(town: Town, staff: str, national_id: str) -> None:
    with town.house.centre.writing() as session:
        told = update(PersonRow).where(PersonRow.staff_id == staff)
        session.execute(told.values(national_id=national_id))


def _with_party(acts: tuple[Act, ...], **changes: str) -> tuple[Act, ...]:
    first, *others = acts
    assert isinstance(first.payload, c.Register)
    request = first.payload.request
    changed = replace(request, party=replace(request.party, **changes))  # type: ignore[arg-type]
    return (first._replace(payload=c.Register(changed)), *others)


@pytest.mark.parametrize(
    "spelt",
    [
        str,
        to_persian_digits,
        lambda told: f" {told[:3]} {told[3:]} ",
        lambda told: f"{told[:3]}{ZWNJ}{told[3:]}",
    ],
)
def test_nobody_asks_for_himself_under_another_spelling(
    town: Town, spelt: Callable[[str], str]
) -> None:
    counter, record = new_counter(town.house.centre, "41"), town.record(Scenario.CLEAN)
    own = record.owners[0].person_id
    _known_as(town, counter.clerk, own)
    acts = _with_party(tuple(counter.register(record, "clearance")), person_id=spelt(own))
    counter.push(*acts)
    assert [kind for kind, _ in refusals(town, "office:41")][:1] == ["register"]
    # Nor by an amendment of what somebody else asked.
    other = made_up_national_id(5_001)
    acts = _with_party(tuple(counter.register(record, "clearance")), person_id=other)
    counter.push(*acts)
    case = counter.case(acts[0].case_id)
    counter.push(Act(case.case_id, c.Amend({"party.person_id": spelt(own)}), base_rev=case.rev))
    assert counter.case(case.case_id).request.party.person_id == other


def test_a_name_that_turns_its_line_round_is_none(town: Town) -> None:
    counter = new_counter(town.house.centre, "41")
    acts = tuple(counter.register(town.record(Scenario.CLEAN), "clearance"))
    counter.push(*_with_party(acts, last_name="\u202eیریبخ"))
    assert [kind for kind, _ in refusals(town, "office:41")][:1] == ["register"]


def _cleared(town: Town, counter: Counter, scenario: Scenario) -> str:
    """A case whose standing an expert has cleared, or proposes to."""
    person = made_up_national_id(5_001)
    acts = _with_party(
        tuple(counter.register(town.record(scenario), "no-violation")),
        person_id=person, first_name="حسن", last_name="راستگو",
    )  # fmt: skip
    counter.push(*acts)
    case = shown(town.crew.expert, acts[0].case_id)
    assert case.decision is not None
    looked = (Effect.REVIEW, Effect.VISIT)
    told = tuple(
        Opinion(finding.gate, Verdict.CLEARED, OTHER, words="سند تازه دیده شد")
        for finding in case.decision.failing
        if finding.effect in looked
    )
    reviewing.recommend(town.crew.expert, case, Recommendation(Proposal.LETTER, told), {})
    return case.case_id


@pytest.mark.parametrize("two_sign", [False, True])
def test_what_was_cleared_of_one_person_is_not_cleared_of_another(
    town: Town, two_sign: bool
) -> None:
    if two_sign:
        have_two_sign(town)
    counter = new_counter(town.house.centre, "41")
    case_id = _cleared(town, counter, Scenario.CLEAN if two_sign else Scenario.DEBT)
    case = counter.case(case_id)
    assert case.state is (State.RECOMMENDED if two_sign else State.PAY_DUE)
    counter.push(Act(case_id, c.Amend(OTHER_ONE), base_rev=case.rev))
    case = counter.case(case_id)
    assert case.state is State.IN_REVIEW
    assert "standing" not in case.cleared
    assert case.answer is None


def test_nobody_takes_back_what_is_about_himself(town: Town) -> None:
    who, other = town.crew.second, town.crew.supervisor
    own = who.staff.staff_id
    soon = town.clock.now() + timedelta(days=1)
    staffing.stop(other, Stopped.PERSON, own, CAUSE, ACT, since=soon)
    reason = "من متوقف نمی‌شوم، همین است"
    assert "خودتان" in refused_words(
        lambda: publishing.withdraw(who, Topic.STOP, own, TOMORROW, reason)
    )
    since = TODAY - timedelta(days=30)
    term = StaffTerm(own, MUNICIPALITY, who.staff.role.value, since, until=TOMORROW)
    waits = publishing.prepare(other, staffing.terms_draft([term], TODAY))
    assert "خودتان" in refused_words(lambda: publishing.decline(who, waits, reason))


def test_former_keys_sign_nothing_new(town: Town) -> None:
    who, other = town.crew.second, town.crew.supervisor
    joined = registry.give_code(
        other, MUNICIPALITY, who.staff.name, Role.SUPERVISOR, again=who.staff.staff_id
    )
    before = who
    access.join(who.desk, joined.code, "گذرواژهٔ-دیگر-۱۲", CHEAP)
    refused = refused_words(lambda: publishing.prepare(before, renamed("walling", TOMORROW)))
    assert "امضا" in refused
    now = access.sign_in(who.desk, who.staff.staff_id, "گذرواژهٔ-دیگر-۱۲")
    publishing.prepare(now, renamed("walling", TOMORROW))


def test_who_speaks_for_a_company_does_not_decide_its_request(town: Town) -> None:
    counter, me = new_counter(town.house.centre, "41"), made_up_national_id(7_701)
    record = town.record(Scenario.CLEAN)
    company = replace(record, owners=(replace(record.owners[0], person_id="10101234565"),))
    acts = tuple(counter.register(company, "no-violation", Applicant.COMPANY))
    _known_as(town, counter.clerk, me)
    counter.push(*_with_party(acts, carrier_id=me))
    assert [kind for kind, _ in refusals(town, "office:41")][:1] == ["register"]


def test_a_slip_that_was_used_lets_nobody_in_later(town: Town) -> None:
    who, password = town.crew.second, "گذرواژهٔ-دیگر-۱۲"
    slip = registry.give_code(
        town.crew.supervisor,
        MUNICIPALITY,
        who.staff.name,
        Role.SUPERVISOR,
        again=who.staff.staff_id,
    )
    access.join(who.desk, slip.code, password, CHEAP)
    # Whoever lost the answer asks at once.
    access.join(who.desk, slip.code, password, CHEAP)
    town.clock.moment += timedelta(hours=2)
    town.house.municipality.sync()
    words = refused_words(lambda: access.join(who.desk, slip.code, "گذرواژهٔ-یابنده-۱۲", CHEAP))
    assert "کد تازه" in words
    access.sign_in(who.desk, who.staff.staff_id, password)


def test_a_manager_reads_no_other_offices_scans(town: Town) -> None:
    named = registry.send_scan(town.crew.manager, sample_photos()[1])
    town.house.office.sync()
    other = new_counter(town.house.centre, "41")
    boss = Staff("manager-41", "علی نمونه", Role.MANAGER, "41", public_hex(new_key()))
    with town.house.centre.writing() as session:
        people.enrol_person(session, boss, town.house.centre.clock())
    ask = PaperAsk(actor=boss.staff_id, case_id=ACTS, sha256=named, number=0)
    assert other.call(calls.BLOB_READ.path, ask).status != OK
    # What the municipality puts into force is everybody's.
    everybodys = PaperAsk(actor=boss.staff_id, case_id=ACTS, sha256=ACT.scan, number=0)
    assert other.call(calls.BLOB_READ.path, everybodys).status == OK
    own = PaperAsk(actor=town.crew.manager.staff.staff_id, case_id=ACTS, sha256=named, number=0)
    assert town.crew.manager.desk.ask(calls.BLOB_READ, own).stored
