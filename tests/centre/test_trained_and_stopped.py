"""Who may do a service by training, who is stopped, who stands in; what is founded by an act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from desktop.actions import (
    access,
    board,
    delegations,
    handing_over,
    intake,
    lessons,
    nearest,
    office_card,
    publishing,
    readiness,
    registry,
    staffing,
)
from desktop.actions.desk import Seat
from desktop.actions.office_card import OfficeLook
from desktop.centre import devices, people
from desktop.centre.context import day_of
from desktop.centre.enrolling import Namesake, new_person_code
from desktop.centre.founding import found
from desktop.centre.offices_page import offices_page
from desktop.centre.staff_terms import ready_on, tell_untold
from desktop.centre.tables import PersonRow
from desktop.chance import new_id
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, release, step
from desktop.demo.people import PASSWORD, STAFF
from desktop.domain import commands as c
from desktop.domain.enforcement import Bar, OfficeRule
from desktop.domain.errors import Refusal
from desktop.domain.people import Role, Staff
from desktop.domain.persian import to_persian_digits
from desktop.domain.property import PropertyRecord
from desktop.domain.staffing import Authority, Leave, StaffTerm
from desktop.domain.state import State
from desktop.domain.stop import Stopped
from desktop.domain.stream import DeviceTold, Topic
from desktop.domain.training import Readiness, Training, TrainingWay
from desktop.keys import new_key
from desktop.trial.counters import Act, new_counter
from desktop.ui.standing.office import event_line, events_of
from desktop.ui.standing.work_items import item_words
from desktop.wire import calls
from desktop.wire import offices as w
from desktop.wire.assent import Purpose
from desktop.wire.link import public_hex
from tests.delegated import ACT, TODAY, TOMORROW, announce, enforce, hand_over, put, refusals
from tests.houses import CHEAP, SARA
from tests.publish import WHY, hindered, in_force, refused_words, renamed
from tests.town import Town

pytestmark = pytest.mark.slow

CAUSE = "گزارش بازرسی"
CLERK, MANAGER = "zahra-fallah", "mohammad-zare"


@pytest.fixture
def town(quick_town: Town) -> Town:
    """On either database."""
    return announce(quick_town)


def go_to(town: Town, day: date) -> None:
    town.clock.moment += day - town.clock.moment.date()
    town.house.office.sync()
    town.house.municipality.sync()


def version(town: Town, service: str = "clearance") -> str:
    return intake.services(town.crew.clerk.desk)[service].version


def reasons(town: Town, service: str = "clearance") -> list[Bar]:
    clerk = town.crew.clerk
    return [each.bar for each in intake.barred(clerk.desk, clerk.staff).get(service, ())]


def test_a_lesson_opens_the_service_to_who_passed_it_and_a_change_asks_again(town: Town) -> None:
    clerk = town.crew.clerk
    counter = new_counter(town.house.centre, "41")
    enforce(town, OfficeRule.TRAINING, TOMORROW)
    go_to(town, TOMORROW)
    assert reasons(town) == [Bar.NOT_TRAINED]
    with pytest.raises(Refusal, match="آموزش «.*» برای شما ثبت نشده است") as refused:
        town.register(town.record(Scenario.CLEAN))
    assert refused.value.field == Bar.NOT_TRAINED
    counter.push(*counter.register(town.record(Scenario.CLEAN, 1), "clearance"))
    assert refusals(town, "office:41")[0] == ("register", Bar.NOT_TRAINED.value)

    attempt = new_id()
    staffing.passed(clerk, attempt, "clearance", version(town), "۹ از ۹")
    town.house.office.sync()
    assert reasons(town) == []
    assert case_now(clerk, town.register(town.record(Scenario.CLEAN))).answer
    # A sheet of answers is one person's: what he signed is nobody else's word.
    subject = w.lesson_subject(attempt, "clearance", version(town), "۹ از ۹")
    assent = clerk.assent(Purpose.LESSON, subject)
    stolen = assent.model_copy(update={"actor": MANAGER})
    ask = w.LessonAsk(
        attempt=attempt, service="clearance", version=version(town), score="۹ از ۹", assent=stolen
    )
    assert "امضای شخصی" in refused_words(lambda: clerk.desk.ask(calls.LESSON, ask))
    assert "نسخهٔ دیگری" in refused_words(
        lambda: staffing.passed(clerk, new_id(), "clearance", "0123456789ab", "۹ از ۹")
    )

    # Changed, it asks for its lesson again: within the term it goes on, then no more.
    changed = TOMORROW + timedelta(days=1)
    in_force(town.crew, renamed("clearance", changed))
    (record,) = delegations.trainings(clerk.desk)
    go_to(town, changed + timedelta(days=30))
    assert reasons(town) == []
    go_to(town, changed + timedelta(days=31))
    assert reasons(town) == [Bar.NOT_TRAINED]
    # The next change opens nothing to who missed the one before.
    again = changed + timedelta(days=40)
    third = renamed("clearance", again, "نام سوم").model_copy(update={"replaces": "نام تازه"})
    in_force(town.crew, third)
    go_to(town, again)
    assert reasons(town) == [Bar.NOT_TRAINED]
    assert lessons.of_service(clerk, "clearance").ready is Readiness.NOT
    longer = staffing.extended(record, again + timedelta(days=60))
    put(town, staffing.trainings_draft([longer], again))
    assert reasons(town) == []
    # A paper of some days before that, told since, is told for a day on which it comes to hold.
    papers = readiness.paper_records(
        town.crew.supervisor.desk, [CLERK], ["clearance"], on=again, by="مریم شایق", scan=ACT.scan
    )
    go_to(town, again + timedelta(days=5))
    longer = staffing.extended(record, again + timedelta(days=60))
    put(town, staffing.trainings_draft([longer], again + timedelta(days=5)))
    assert "از همان روز" in hindered(town.crew, staffing.trainings_draft(papers))
    told_since = readiness.told_since(town.crew.supervisor.desk, papers)
    put(town, staffing.trainings_draft(papers, told_since=told_since))
    go_to(town, again + timedelta(days=61))
    assert reasons(town) == []


@pytest.mark.long
def test_a_paper_record_takes_two_and_counts_from_its_day(town: Town) -> None:
    enforce(town, OfficeRule.TRAINING, TOMORROW)
    paper = Training(
        CLERK, "clearance", version(town), TODAY - timedelta(days=9), "مریم شایق",
        TrainingWay.PAPER, scan=ACT.scan,
    )  # fmt: skip
    crew = town.crew

    def words(**changes: object) -> str:
        one = replace(paper, **changes)  # type: ignore[arg-type]
        return hindered(crew, staffing.trainings_draft([one]))

    assert words() == ""
    assert "تصویر کارنامه" in words(scan="")
    assert "فرستاده نشده است" in words(scan="cd" * 32)
    assert "نام مدرس" in words(by=" ")
    assert "چاپ نمی‌شود" in words(by="مریم 中")
    assert "هرگز منتشر نشده" in words(version="0123456789ab")
    assert "ثبت نشده است" in words(staff="nobody")
    assert "ثبت نشده است" in words(staff="saeed-nouri")
    assert "هنوز نیامده" in words(on=TOMORROW)
    assert "خوانده نمی‌شود" in words(way=TrainingWay.LESSON)
    # To let count longer what never was is to make a record up.
    longer = TOMORROW + timedelta(days=400)
    assert "خوانده نمی‌شود" in words(way=TrainingWay.LESSON, until=longer)
    assert "تصویر کارنامه" in words(scan="", until=longer)
    put(town, staffing.trainings_draft([paper]))
    go_to(town, TOMORROW)
    assert reasons(town) == []
    assert delegations.on_day(crew.supervisor.desk).ready["clearance"] == {}
    put(town, staffing.terms_draft([StaffTerm(CLERK, "21", "clerk", TODAY)], TOMORROW))
    assert delegations.on_day(crew.supervisor.desk).ready["clearance"] == {"21": [CLERK]}


def second_manager(town: Town) -> Seat:
    """Another one of the office, who came by a code and sits down."""
    centre, desk = town.house.centre, town.house.office.desk
    with centre.writing() as session:
        code = new_person_code(session, "21", centre.clock(), "مینا صدر", Role.MANAGER, SARA)
    access.join(desk, code.text, PASSWORD, CHEAP)
    town.house.office.sync()
    return access.sign_in(desk, "مینا صدر", PASSWORD)


def test_who_came_by_a_code_is_found_wherever_people_are_looked_for(town: Town) -> None:
    crew, centre, mina = town.crew, town.house.centre, second_manager(town)
    staffing.passed(mina, new_id(), "clearance", version(town), "۹ از ۹")
    hand_over(town, since=TOMORROW)
    go_to(town, TOMORROW)
    staff, unit = mina.staff.staff_id, crew.supervisor.desk
    assert delegations.terms(unit)[staff] == StaffTerm(staff, "21", "manager", TODAY)
    assert handing_over.choices(unit).ready["clearance"] == {"21": [staff]}
    (row,) = [each for each in readiness.city_matrix(unit).rows if each.office_id == "21"]
    assert (row.people, row.cell("clearance").trained) == ((staff,), (staff,))
    assert [each.staff for each in readiness.office_people(unit, "21").people] == [staff]
    (own,) = [each for each in nearest.known(mina.desk).offices if each.card.own_id == "21"]
    assert "clearance" in own.services
    with centre.reading() as session:
        page = offices_page(session, centre, centre.clock())
        assert ready_on(session, centre, "clearance", TOMORROW) == {"21": [staff]}
    assert [each for each in page.offices if "clearance" in each.services]

    # With the next program's schema those are told who came before: each once.
    with centre.writing() as session:
        assert tell_untold(session, centre.clock()) == len(STAFF)
        assert tell_untold(session, centre.clock()) == 0
    town.house.municipality.sync()
    assert {each.staff for each in readiness.office_people(unit, "21").people} == {
        CLERK, MANAGER, staff
    }  # fmt: skip


def test_a_stop_holds_at_once_and_what_was_issued_is_handed_over(town: Town) -> None:
    crew = town.crew
    issued = town.register(town.record(Scenario.CLEAN))
    counter = new_counter(town.house.centre, "41")
    for who in ("21", "41"):
        staffing.stop(crew.supervisor, Stopped.OFFICE, who, "پروانه پایان یافته است", ACT)
    town.clock.moment += timedelta(minutes=1)
    town.house.office.sync()
    assert reasons(town) == [Bar.OFFICE_STOPPED]
    assert "پروانه پایان یافته است" in refused_words(
        lambda: town.register(town.record(Scenario.CLEAN, 1))
    )
    counter.push(*counter.register(town.record(Scenario.CLEAN, 2), "clearance"))
    assert refusals(town, "office:41")[0] == ("register", Bar.OFFICE_STOPPED.value)
    while (case := case_now(crew.clerk, issued)).state is not State.HANDED_OVER:
        step(crew, case, town.clock.moment)

    again = refused_words(
        lambda: staffing.stop(crew.supervisor, Stopped.OFFICE, "21", "دوباره", ACT)
    )
    assert "پیش از این متوقف شده است" in again
    # One stops it; two let it go on.
    town.house.municipality.sync()
    stop = delegations.stops(crew.supervisor.desk)["21"]
    put(town, staffing.lift_draft(stop, ACT, town.clock.moment))
    town.clock.moment += timedelta(minutes=1)
    assert reasons(town) == []
    assert town.register(town.record(Scenario.CLEAN, 3))


def test_what_a_desk_takes_before_it_hears_of_a_stop_is_told_with_its_money(town: Town) -> None:
    """At that very moment: the desk can't know, the centre does; neither act nor money is lost."""
    crew, stopped = town.crew, "خدمات شهرداری در این دفتر متوقف است"
    town.house.office.bell.ring = lambda: None
    staffing.stop(crew.supervisor, Stopped.OFFICE, "21", "پروانه پایان یافته است", ACT)
    case_id = town.register(town.record(Scenario.CLEAN))
    paid = case_now(crew.clerk, case_id).fees_paid["office"]
    applicant = case_now(crew.clerk, case_id).request.party.name
    town.house.office.sync()
    told = {item.command_kind: item for item in board.items(crew.clerk.desk)}
    assert set(told) == {"register", "pay-fee"}
    assert {item.actor for item in told.values()} == {CLERK}
    assert item_words(told["register"]).startswith(stopped)
    # The case is nowhere, so its money stands in no till: the item says whose it is and how much.
    assert board.look(crew.clerk.desk, case_id).case is None
    words = item_words(told["pay-fee"])
    for said in ("۴۵۰٬۰۰۰ ریال، کارت‌خوان", to_persian_digits(paid.reference), applicant):
        assert said in words
    assert "به متقاضی برگردانید" in words
    # It is one person's until somebody says that it was done.
    board.finish_item(crew.clerk, told["pay-fee"].item_id)
    assert [item.command_kind for item in board.items(crew.clerk.desk)] == ["register"]


@pytest.mark.long
def test_a_stop_to_come_is_seen_and_taken_back_or_begun_sooner(town: Town) -> None:
    supervisor = town.crew.supervisor
    begins = town.clock.now() + timedelta(days=3)
    day = day_of(begins)

    def card() -> OfficeLook:
        town.house.municipality.sync()
        return office_card.look(supervisor.desk, "21")

    staffing.stop(supervisor, Stopped.OFFICE, "21", CAUSE, ACT, begins)
    coming = card().stop_to_come
    assert (card().stop, coming and coming.since) == (None, begins)
    publishing.withdraw(supervisor, Topic.STOP, "21", day, WHY)
    assert card().stop_to_come is None
    go_to(town, day + timedelta(days=1))
    assert card().stop is None
    # One at once stands in its place: nothing begins anew when that one is lifted.
    later = town.clock.now() + timedelta(days=3)
    staffing.stop(supervisor, Stopped.OFFICE, "21", CAUSE, ACT, later)
    staffing.stop(supervisor, Stopped.OFFICE, "21", CAUSE, ACT)
    held = card().stop
    assert held is not None
    assert card().stop_to_come is None
    town.clock.moment += timedelta(minutes=1)
    put(town, staffing.lift_draft(held, ACT, town.clock.now()))
    go_to(town, day_of(later) + timedelta(days=1))
    assert card().stop is None


def test_who_may_be_stopped_and_by_whom(town: Town) -> None:
    crew = town.crew

    def words(who: str, subject: Stopped = Stopped.PERSON, cause: str = "تخلف") -> str:
        return refused_words(lambda: staffing.stop(crew.supervisor, subject, who, cause, ACT))

    assert "چنین دفتری نیست" in words("municipality", Stopped.OFFICE)
    assert "چنین دفتری نیست" in words("99", Stopped.OFFICE)
    assert "چنین کسی" in words("nobody")
    assert "خودش را" in words(crew.supervisor.staff.staff_id)
    assert "علت توقف" in words(CLERK, cause=" ")
    with pytest.raises(Refusal, match="با ناظر شهرداری، مسئول دفتر است"):
        staffing.stop(crew.expert, Stopped.OFFICE, "21", "تخلف", ACT)

    counter = new_counter(town.house.centre, "41")
    acts = counter.register(town.record(Scenario.CLEAN), "clearance")
    staffing.stop(crew.supervisor, Stopped.PERSON, counter.clerk, "تخلف", ACT)
    town.clock.moment += timedelta(minutes=1)
    counter.push(*acts)
    assert refusals(town, "office:41")[0] == ("register", Bar.PERSON_STOPPED.value)
    # Who is stopped is nobody's trained clerk, at the desk and at the centre.
    put(town, staffing.terms_draft([StaffTerm(CLERK, "21", "clerk", TODAY)], TODAY))
    one = Training(CLERK, "clearance", version(town), TODAY, "م", TrainingWay.PAPER, scan=ACT.scan)
    put(town, staffing.trainings_draft([one]))
    for kept_away in (False, True):
        if kept_away:
            staffing.stop(crew.supervisor, Stopped.PERSON, CLERK, CAUSE, ACT)
            town.house.municipality.sync()
        ready = {} if kept_away else {"21": [CLERK]}
        assert delegations.on_day(crew.supervisor.desk).ready["clearance"] == ready
        with town.house.centre.reading() as session:
            assert ready_on(session, town.house.centre, "clearance", TODAY) == ready


@pytest.mark.long
def test_where_two_are_at_work_the_registrar_does_not_release_else_it_is_looked_at(
    town: Town,
) -> None:
    crew = town.crew
    authority = Authority(CLERK, "clearance", TODAY + timedelta(days=30))
    put(town, staffing.authorities_draft([authority], TODAY))
    assert "clearance" in board.releases(crew.clerk)
    alone = crew.but(manager=crew.clerk)
    case = case_now(crew.clerk, town.register(town.record(Scenario.CLEAN)))
    assert "ثبت‌کنندهٔ درخواست نمی‌تواند" in refused_words(lambda: release(alone, case))

    away = StaffTerm(MANAGER, "21", "manager", TODAY, leaves=(Leave(TODAY, TOMORROW),))
    draft = staffing.terms_draft([away], TODAY)
    (doubt,) = publishing.weigh(crew.supervisor, draft).warnings
    assert "در ۳ آذر کسی مهر نمی‌کند." in doubt.words
    put(town, draft)
    before = case_now(crew.clerk, case.case_id)
    release(alone, before)
    after = case_now(crew.clerk, case.case_id)
    assert (after.state, after.sampled) == (State.RELEASED, "own")
    looks = board.city_day(crew.supervisor, TODAY).looks
    assert [(look.case_id, look.why) for look in looks] == [(case.case_id, "own")]


def test_a_deputy_stamps_while_the_manager_is_away_but_not_his_own(town: Town) -> None:
    crew = town.crew
    case = case_now(crew.clerk, town.register(town.record(Scenario.CLEAN)))
    stands_in = crew.but(manager=crew.clerk)
    assert "با مسئول دفتر است" in refused_words(lambda: release(stands_in, case))
    away = StaffTerm(MANAGER, "21", "manager", TODAY, leaves=(Leave(TODAY, TODAY, deputy=CLERK),))
    put(town, staffing.terms_draft([away], TODAY))
    assert "clearance" in board.releases(crew.clerk)
    release(stands_in, case_now(crew.clerk, case.case_id))
    # Nobody else was there: it is looked at again.
    assert case_now(crew.clerk, case.case_id).sampled == "own"


@pytest.mark.long
def test_an_offices_history_tells_of_its_people_and_desks(town: Town) -> None:
    crew, supervisor = town.crew, town.crew.supervisor
    term = StaffTerm(CLERK, "21", "clerk", TODAY)
    put(town, staffing.terms_draft([term], TODAY))
    away = replace(term, leaves=(Leave(TOMORROW, TOMORROW),))
    put(town, staffing.terms_draft([away], TODAY))
    allowed = Authority(CLERK, "clearance", TODAY + timedelta(days=30))
    put(town, staffing.authorities_draft([allowed], TOMORROW))
    staffing.stop(supervisor, Stopped.PERSON, CLERK, CAUSE, ACT)
    passed = [
        Training(CLERK, code, version(town, code), TODAY, "م", TrainingWay.PAPER, scan=ACT.scan)
        for code in ("clearance", "no-violation")
    ]
    put(town, staffing.trainings_draft(passed))
    seventh = DeviceTold(new_id(), "21", 7, "ab" * 32)
    with town.house.centre.writing() as session:
        devices.tell(session, seventh, town.clock.now())
        devices.tell(session, replace(seventh, office="2"), town.clock.now())
    town.house.municipality.sync()
    (at_work,) = registry.at_work(supervisor, "21").offices
    (desk,) = at_work.desks
    registry.revoke(supervisor, desk.device_id)

    (at_work,) = registry.at_work(supervisor, "21").offices
    events = events_of(office_card.look(supervisor.desk, "21"), at_work)
    told = [(each.words, " ".join(each.lines)) for each in events]
    name = crew.clerk.staff.name
    own = {words: lines for words, lines in told if name in lines}
    assert own.keys() == {"توقف کارمند", "اختیار مهر", "مرخصی", "همکاری تازه", "آموزش"}
    titles = {code: service.title for code, service in intake.services(crew.clerk.desk).items()}
    assert own["آموزش"].startswith(f"{name} کارنامهٔ کاغذی: ")
    assert {titles[each.service] in own["آموزش"] for each in passed} == {True}
    assert [words for words, _ in told].count("معرفی باجهٔ ۷") == 1
    assert own["توقف کارمند"] == f"{name} {CAUSE}"
    assert own["مرخصی"] == f"{name} مرخصی ۴ آذر تا ۴ آذر"
    # What the office itself rests on nobody named: its card's own authority is no act.
    whole = [event_line(each, town.clock.now(), whole=True).detail for each in events]
    cards = [line for each, line in zip(events, whole, strict=True) if each.topic is Topic.OFFICE]
    assert cards
    assert {line.endswith("سندی نام برده نشده است") for line in cards} == {True}
    put_out = to_persian_digits(f"کنار گذاشتن باجهٔ {desk.number}")
    assert put_out in [words for words, _ in told]


def test_nobody_gives_himself_a_role_and_a_manager_only_to_his_own(town: Town) -> None:
    crew = town.crew
    own = StaffTerm(MANAGER, "21", "manager", TODAY, TOMORROW)
    words = refused_words(
        lambda: publishing.prepare(crew.manager, staffing.terms_draft([own], TODAY))
    )
    assert words == "نقش خودتان را دیگری باید بدهد."
    strange = StaffTerm("saeed-nouri", "municipality", "expert", TODAY)
    assert "از دفتر شما نیست" in refused_words(
        lambda: publishing.prepare(crew.manager, staffing.terms_draft([strange], TODAY))
    )
    # The manager puts forward, the supervisor signs; nobody signs what is about himself.
    term = StaffTerm(CLERK, "21", "clerk", TODAY, deputy=MANAGER)
    waits = publishing.prepare(crew.manager, staffing.terms_draft([term], TODAY))
    # He sees what he put forward, and may take it back; of others' he is told nothing.
    others = publishing.prepare(crew.supervisor, renamed("walling", TOMORROW))
    assert publishing.waiting(crew.manager) == [waits]
    assert [each.draft.topic for each in publishing.waiting(crew.second)] == ["staff", "service"]
    for act in (
        lambda: publishing.publication(crew.manager, others.draft.publication),
        lambda: publishing.decline(crew.manager, others, WHY),
    ):
        assert refused_words(act)
    publishing.decline(crew.manager, waits, WHY)
    waits = publishing.prepare(crew.manager, staffing.terms_draft([term], TODAY))
    publishing.sign(crew.supervisor, waits)
    town.house.office.sync()
    assert delegations.terms(crew.clerk.desk)[CLERK] == term
    of_second = StaffTerm(crew.second.staff.staff_id, "municipality", "supervisor", TODAY)
    waits = publishing.prepare(crew.supervisor, staffing.terms_draft([of_second], TODAY))
    assert "نقش خودتان" in refused_words(lambda: publishing.sign(crew.second, waits))


def test_what_hinders_a_term(town: Town) -> None:
    crew = town.crew

    def words(term: StaffTerm) -> str:
        return hindered(crew, staffing.terms_draft([term], TODAY))

    clerk = StaffTerm(CLERK, "21", "clerk", TODAY)
    assert words(clerk) == ""
    assert "«تا روز» پیش از" in words(replace(clerk, until=TODAY - timedelta(days=1)))
    assert "ثبت نشده است" in words(replace(clerk, role="manager"))
    assert "ثبت نشده است" in words(replace(clerk, office="44"))
    assert "جانشین خودش" in words(replace(clerk, deputy=CLERK))
    leaves = (Leave(TODAY, TOMORROW), Leave(TOMORROW, TOMORROW))
    assert "روی هم" in words(replace(clerk, leaves=leaves))
    last = StaffTerm(MANAGER, "21", "manager", TODAY, TOMORROW)
    assert "دفتر بی مسئول می‌ماند" in words(last)
    # Not by beginning later, either.
    assert "دفتر بی مسئول می‌ماند" in words(replace(last, since=TOMORROW, until=None))


def test_two_managers_do_not_leave_one_after_the_other_nor_together(town: Town) -> None:
    crew, mina = town.crew, second_manager(town).staff.staff_id
    first = StaffTerm(MANAGER, "21", "manager", TODAY, TODAY + timedelta(days=10))
    second = StaffTerm(mina, "21", "manager", TODAY, TODAY + timedelta(days=9))

    def words(*terms: StaffTerm) -> str:
        return hindered(crew, staffing.terms_draft([*terms], TODAY))

    assert words(first) == ""
    assert "دفتر بی مسئول می‌ماند" in words(first, second)
    put(town, staffing.terms_draft([first], TODAY))
    # On her last day he is there still, and on the day after his nobody would be.
    assert "دفتر بی مسئول می‌ماند" in words(second)
    assert words(replace(first, until=None), second) == ""


def test_who_left_does_nothing_any_more(town: Town) -> None:
    put(town, staffing.terms_draft([StaffTerm(CLERK, "21", "clerk", TODAY, TODAY)], TODAY))
    town.register(town.record(Scenario.CLEAN))
    go_to(town, TOMORROW)
    with pytest.raises(Refusal, match="همکاری شما") as refused:
        town.register(town.record(Scenario.CLEAN, 1))
    assert refused.value.field == Bar.NOT_EMPLOYED


@pytest.mark.long
def test_what_works_is_founded_by_an_act_and_nothing_that_works_stops(town: Town) -> None:
    centre = town.house.centre
    counter = new_counter(centre, "41")
    with centre.writing() as session:
        made = found(session, centre, ACT, centre.clock())
    offered = len(intake.services(town.crew.clerk.desk))
    assert made.delegations == 2 * offered
    # The clerk and manager of the office, and the clerk of the other one.
    assert made.trainings == 3 * offered
    with centre.writing() as session:
        again = found(session, centre, ACT, centre.clock())
    assert (again.delegations, again.terms, again.trainings) == (0, 0, 0)
    town.house.office.sync()
    for rule in OfficeRule:
        enforce(town, rule, TOMORROW)
    go_to(town, TOMORROW)
    clerk = town.crew.clerk
    assert intake.barred(clerk.desk, clerk.staff) == {}
    assert case_now(clerk, town.register(town.record(Scenario.CLEAN))).answer
    counter.push(*counter.register(town.record(Scenario.CLEAN, 1), "clearance"))
    assert refusals(town, "office:41") == []
    (first, *_) = delegations.history(clerk.desk, "21")
    assert (first.since, first.act) == (date(2026, 1, 10), ACT)


def newcomer(town: Town, name: str, record: PropertyRecord, role: Role) -> Seat:
    """Who owns that property comes to the office by a code."""
    desk, centre = town.house.office.desk, town.house.centre
    meant = Namesake(national_id=record.owners[0].person_id)
    with centre.writing() as session:
        code = new_person_code(session, "21", centre.clock(), name, role, meant)
    access.join(desk, code.text, PASSWORD, CHEAP)
    town.house.office.sync()
    return access.sign_in(desk, name, PASSWORD)


def test_no_manager_stamps_or_voids_his_own_letter(town: Town) -> None:
    own = town.record(Scenario.CLEAN)
    case = case_now(town.crew.clerk, town.register(own))
    others = case_now(town.crew.clerk, town.register(town.record(Scenario.CLEAN, 1)))
    # He comes when his request is there already.
    manager = newcomer(town, "مهدی صدر", own, Role.MANAGER)
    stamps = town.crew.but(manager=manager)
    assert case.answer is not None
    answer = case.answer.letter.letter_id
    acts: tuple[Callable[[], object], ...] = (
        partial(release, stamps, case),
        partial(following.void, manager, case.case_id, answer, WHY),
    )
    for refused in acts:
        with pytest.raises(Refusal, match="درخواست خودتان") as told:
            refused()
        assert told.value.field == Bar.OWN_REQUEST
    release(stamps, others)
    assert case_now(town.crew.clerk, others.case_id).state is State.RELEASED
    release(town.crew, case_now(town.crew.clerk, case.case_id))


def test_nobody_handles_his_own_request_nor_takes_a_colleagues(town: Town) -> None:
    crew, centre = town.crew, town.house.centre
    own, colleagues = (town.record(Scenario.CLEAN, n) for n in (0, 1))
    clerks = (("مینا صدر", own), ("مینو صدر", colleagues))
    seats = [newcomer(town, name, record, Role.CLERK) for name, record in clerks]
    assert seats[0].staff.national_id == own.owners[0].person_id
    mina = replace(town, crew=crew.but(clerk=seats[0]))

    with pytest.raises(Refusal, match="درخواست خودتان") as refused:
        mina.register(own)
    assert refused.value.field == Bar.OWN_REQUEST
    with pytest.raises(Refusal, match="همکار همین دفتر") as refused:
        mina.register(colleagues)
    assert refused.value.field == Bar.COLLEAGUES_REQUEST
    # One that was there before she came is done by others.
    case = case_now(crew.clerk, mina.register(town.record(Scenario.CLEAN, 2)))
    assert case.answer is not None

    # A desk that lies: the centre knows who she is.
    counter = new_counter(centre, "41")
    with centre.writing() as session:
        session.get_one(PersonRow, counter.clerk).national_id = own.owners[0].person_id
    counter.push(*counter.register(own, "clearance"))
    assert refusals(town, "office:41")[0] == ("register", Bar.OWN_REQUEST.value)
    # Nor is it put in for a stranger and made a colleague's by an amendment.
    second = new_counter(centre, "42")
    with centre.writing() as session:
        nima = Staff("nima", "نیما صدر", Role.CLERK, "42", national_id=seats[1].staff.national_id)
        people.enrol_person(session, replace(nima, key=public_hex(new_key())), centre.clock())
    registers, *_ = second.register(town.record(Scenario.CLEAN, 3), "clearance")
    amends = Act(registers.case_id, c.Amend({"party.person_id": nima.national_id}))
    second.push(registers, amends)
    assert refusals(town, "office:42") == [("amend", Bar.COLLEAGUES_REQUEST.value)]
