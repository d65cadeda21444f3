"""People put forward, given one-time codes, let in by two signatures; what a manager may not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import product

import pytest
from sqlalchemy import select, update

from desktop.actions import access, delegations, publishing, registry, reviewing, staffing
from desktop.centre.tables import PersonRow
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.people import PASSWORD
from desktop.domain.errors import Refusal
from desktop.domain.made_up import made_up_national_id
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.staffing import StaffTerm
from desktop.domain.stop import Stopped
from desktop.domain.ties import Tie
from desktop.trial.counters import Counter, new_counter
from desktop.wire import calls
from desktop.wire.assent import Purpose
from desktop.wire.newcomers import NewcomerBody, NewcomersAsk, newcomers_subject
from desktop.wire.registry import PersonBody
from tests.at_once import at_once
from tests.delegated import ACT, TODAY, TOMORROW, announce, put
from tests.houses import CHEAP
from tests.publish import hindered, refused_words
from tests.town import Town

pytestmark = pytest.mark.slow
NARGES, ID = "نرگس خبیری", made_up_national_id(4_021)
CAUSE = "کارت ملی جعلی پذیرفته است"


@pytest.fixture
def town(quick_town: Town) -> Town:
    """On either database."""
    return announce(quick_town)


def narges(**changes: object) -> NewcomerBody:
    usual = NewcomerBody(
        staff_id=new_id(), office="21", name=NARGES, role=Role.CLERK, national_id=ID
    )
    return usual.model_copy(update=changes)


def put_forward(town: Town, one: NewcomerBody) -> str:
    assert staffing.put_forward(town.crew.manager, [one]) == []
    return one.staff_id


def faults(town: Town, *people: NewcomerBody, seat: str = "manager") -> list[str]:
    told = staffing.put_forward(getattr(town.crew, seat), list(people))
    return [f"{each.item}: {each.words}" for each in told]


def give(town: Town, staff: str, name: str = NARGES) -> str:
    return registry.give_code(town.crew.manager, "21", name, Role.CLERK, again=staff).code


def go_to(town: Town, day: date) -> None:
    town.clock.moment += day - town.clock.moment.date()
    town.house.office.sync()
    town.house.municipality.sync()


def known(town: Town, staff: str) -> PersonBody | None:
    (office,) = registry.at_work(town.crew.manager, "21").offices
    return next((one for one in office.people if one.staff_id == staff), None)


def told_of(town: Town, staff: str) -> PersonBody:
    found = known(town, staff)
    assert found is not None
    return found


def test_whom_a_manager_puts_forward_comes_in_when_two_have_signed(town: Town) -> None:
    crew = town.crew
    one = narges()
    staff = put_forward(town, one)
    assert staffing.put_forward(crew.manager, [one]) == []  # The same again.
    assert not told_of(town, staff).came
    # Before anybody else has signed no slip is made, by whomever.
    for seat in (crew.manager, crew.supervisor, crew.admin):
        ask = partial(registry.give_code, seat, "21", NARGES, Role.CLERK, again=staff)
        assert "با دو امضا" in refused_words(ask)
    term = StaffTerm(staff, "21", "clerk", TODAY)
    waits = publishing.prepare(crew.manager, staffing.terms_draft([term], TODAY))
    assert "با دو امضا" in refused_words(lambda: give(town, staff))
    publishing.sign(crew.supervisor, waits)
    lost = give(town, staff)
    slip = give(town, staff)
    desk = town.house.office.desk
    # A lost slip dies when another is made.
    assert "کدی با این آغاز ندارد" in refused_words(
        lambda: access.join(desk, lost, PASSWORD, CHEAP)
    )
    assert told_of(town, staff).code_until == town.clock.now() + timedelta(hours=24)
    access.join(desk, slip, PASSWORD, CHEAP)
    town.house.office.sync()
    seat = access.sign_in(desk, NARGES, PASSWORD)
    assert (seat.staff.role, seat.staff.national_id) == (Role.CLERK, ID)
    told = told_of(town, staff)
    assert (told.came, told.desks, told.code_until) == (True, [2], None)
    assert "****" in told.national_id
    assert delegations.terms(desk)[staff] == term


def test_a_code_by_itself_gives_nobody_a_seat(town: Town) -> None:
    """One signature: not to the own name at an office, nor to an invented second signer."""
    supervisor = town.crew.supervisor
    own, before = supervisor.staff.name, registry.at_work(supervisor, "21")
    tries = (
        ("21", own, Role.MANAGER, ""),
        (MUNICIPALITY, "کسی که نیست", Role.EXPERT, ""),
        (MUNICIPALITY, own, Role.EXPERT, supervisor.staff.staff_id),
        ("21", own, Role.MANAGER, supervisor.staff.staff_id),
        ("21", "زهرا فلاح", Role.MANAGER, "zahra-fallah"),
    )
    for (office, name, role, again), device in product(tries, (False, True)):
        ask = partial(registry.give_code, supervisor, office, name, role)
        words = refused_words(partial(ask, again=again, device=device))
        assert "از کارکنان این دفتر نیست" in words or "با این نام، سمت و شناسه" in words
    # Nor has a code of one of the office's people another national id.
    staff = put_forward(town, narges())
    put(town, staffing.terms_draft([StaffTerm(staff, "21", "clerk", TODAY)], TODAY))
    code = partial(registry.give_code, supervisor, "21", NARGES, Role.CLERK, again=staff)
    assert "با کد عوض نمی‌شود" in refused_words(
        partial(code, national_id=made_up_national_id(4_022))
    )
    assert registry.at_work(supervisor, "21").offices[0].people[0] == before.offices[0].people[0]
    # Two have signed: the code begins a desk too.
    assert code(national_id=ID, device=True).code


def test_a_slip_that_did_not_come_out_lets_nobody_in(town: Town) -> None:
    code = give(town, "zahra-fallah", "زهرا فلاح")
    staffing.take_code_back(town.crew.manager, "zahra-fallah")
    join = partial(access.join, town.house.office.desk, code, PASSWORD, CHEAP)
    assert "کدی با این آغاز ندارد" in refused_words(join)
    other = new_counter(town.house.centre, "78").clerk
    back = partial(staffing.take_code_back, town.crew.manager, other)
    assert "از دفتر شما نیست" in refused_words(back)


def test_a_slip_is_good_for_a_day(town: Town) -> None:
    code = give(town, "zahra-fallah", "زهرا فلاح")
    town.clock.moment += timedelta(hours=24, seconds=1)
    join = partial(access.join, town.house.office.desk, code, PASSWORD, CHEAP)
    assert "مهلت این کد گذشته" in refused_words(join)


def test_nobody_gives_himself_or_anothers_office_a_role(town: Town) -> None:
    crew = town.crew
    assert "از دفتر شما نیست" in faults(town, narges(office=MUNICIPALITY, role=Role.EXPERT))[0]
    assert "نمی‌نشیند" in faults(town, narges(role=Role.SUPERVISOR))[0]
    assert "کد ملی" in faults(town, narges(national_id="123"))[0]
    assert "نام را" in faults(town, narges(name=" "))[0]
    first = narges()
    twice = faults(town, first, narges(name="کسی دیگر"))
    assert [each[:2] for each in twice] == ["1:"]
    assert known(town, first.staff_id) is None
    with pytest.raises(Refusal, match="این کار با"):
        staffing.put_forward(crew.clerk, [narges()])
    expert = narges(office=MUNICIPALITY, role=Role.EXPERT)
    assert "ناظر شهرداری می‌دهد" in faults(town, expert, seat="admin")[0]
    manager = narges(role=Role.MANAGER)
    put_forward(town, manager)
    ask = partial(
        registry.give_code, crew.manager, "21", NARGES, Role.MANAGER, again=manager.staff_id
    )
    assert "ناظر یا راهبر" in refused_words(ask)
    again = faults(town, narges(role=Role.MANAGER))
    assert NARGES in again[0]
    # Who is only put forward leads no office: the last manager stays.
    alone = StaffTerm("mohammad-zare", "21", "manager", TODAY, until=TOMORROW)
    assert "بی مسئول" in hindered(crew, staffing.terms_draft([alone], TODAY))


def test_one_person_works_at_one_office_at_a_time(town: Town) -> None:
    crew = town.crew
    staff = put_forward(town, narges())
    until = TODAY + timedelta(days=30)
    first = StaffTerm(staff, "21", "clerk", TODAY, until=until)
    put(town, staffing.terms_draft([first], TODAY))
    new_counter(town.house.centre, "78")
    other = narges(office="78")
    assert staffing.put_forward(crew.supervisor, [other]) == []
    term = StaffTerm(other.staff_id, "78", "clerk", until)
    words = hindered(crew, staffing.terms_draft([term], TOMORROW))
    assert "در دفتر ۲۱ است و دو دوره روی هم می‌افتد" in words
    later = replace(term, since=until + timedelta(days=1))
    assert hindered(crew, staffing.terms_draft([later], TOMORROW)) == ""
    # Both in one draft.
    apart = [replace(first, until=until + timedelta(days=9)), later]
    assert "روی هم" in hindered(crew, staffing.terms_draft(apart, TOMORROW))


def test_a_manager_stops_his_own_clerk_at_once_and_nobody_else(town: Town) -> None:
    crew = town.crew
    stop = partial(staffing.stop, crew.manager, Stopped.PERSON)
    staffing.stop(crew.manager, Stopped.PERSON, "zahra-fallah", CAUSE, ACT)
    town.house.office.sync()
    assert delegations.stops(town.house.office.desk)["zahra-fallah"].cause == CAUSE
    for who in ("mohammad-zare", "saeed-nouri", new_counter(town.house.centre, "78").clerk):
        assert "تنها متصدیان دفتر خود" in refused_words(partial(stop, who, CAUSE, ACT))
    office = partial(staffing.stop, crew.manager, Stopped.OFFICE, "21", CAUSE, ACT)
    assert "تنها متصدیان" in refused_words(office)


def test_an_ended_clerk_gets_no_slip(town: Town) -> None:
    ended = StaffTerm("zahra-fallah", "21", "clerk", TODAY - timedelta(days=30), until=TODAY)
    put(town, staffing.terms_draft([ended], TODAY))
    go_to(town, TOMORROW)
    assert "پایان یافته" in refused_words(lambda: give(town, "zahra-fallah", "زهرا فلاح"))


def test_nobody_is_put_forward_under_the_id_of_an_office_or_under_none(town: Town) -> None:
    """A stop of that person would be kept beside, and in place of, the office's."""
    for strange in ("22", "21", "nobody"):
        assert faults(town, narges(staff_id=strange)) == [
            "0: این شناسه از آنِ کس دیگری است؛ دوباره آماده کنید."
        ]


def test_who_is_only_put_forward_ties_nobody(town: Town) -> None:
    """A manager names whom he likes; an expert of that id still decides the office's cases."""
    expert = town.crew.expert
    with town.house.centre.writing() as session:
        own = PersonRow.staff_id == expert.staff.staff_id
        session.execute(update(PersonRow).where(own).values(national_id=ID))
    staff = put_forward(town, narges())
    case_id = town.register(town.record(Scenario.DEED), "no-violation")
    assert reviewing.file(expert, case_id).tie == ""
    with town.house.centre.writing() as session:
        session.get_one(PersonRow, staff).key = "ab" * 32
    assert reviewing.file(expert, case_id).tie == Tie.OFFICE.value


def test_a_signed_word_is_good_for_minutes(town: Town) -> None:
    """Whoever has the desk, and not the password, sends what was signed once more."""
    sent = staffing.put_forward
    one, manager = narges(), town.crew.manager
    subject = newcomers_subject([one])
    ask = NewcomersAsk(people=[one], assent=manager.assent(Purpose.NEWCOMERS, subject))
    town.clock.moment += timedelta(minutes=16)
    assert "از زمان دیگری" in refused_words(lambda: manager.desk.ask(calls.NEWCOMERS, ask))
    assert sent(manager, [one]) == []


def test_of_two_who_put_one_person_forward_at_once_one_is_heard(postgres_town: Town) -> None:
    town = postgres_town
    supervisor, centre = town.crew.supervisor, town.house.centre
    desks = [new_counter(centre, MUNICIPALITY, desk) for desk in (10, 11)]
    for number in range(8):
        national_id = made_up_national_id(7_000 + number)
        told: list[list[str]] = []

        def put(desk: Counter, one: NewcomerBody, told: list[list[str]] = told) -> None:
            assent = supervisor.assent(Purpose.NEWCOMERS, newcomers_subject([one]))
            reply = desk.call(calls.NEWCOMERS.path, NewcomersAsk(people=[one], assent=assent))
            told.append([each["words"] for each in json.loads(reply.body)["faults"]])

        people = [narges(staff_id=new_id(), national_id=national_id) for _ in range(2)]
        at_once(*(partial(put, desk, one) for desk, one in zip(desks, people, strict=True)))
        with centre.reading() as session:
            same = select(PersonRow).where(PersonRow.national_id == national_id)
            assert len(session.scalars(same).all()) == 1
        assert sorted(map(len, told)) == [0, 1]
