"""تبدیل کارگزاری به پیشخوان: signed step by step, on its day, once; numbers and history go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from desktop.actions import access, board, offices, publishing, registry, staffing
from desktop.actions.agency import conversion
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.people import PASSWORD
from desktop.demo.sample_paper import sample_paper
from desktop.domain.conversion import ConversionStep, StepDone
from desktop.domain.made_up import made_up_national_id
from desktop.domain.office import OfficeKind
from desktop.domain.people import Role
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import Topic
from desktop.wire.newcomers import NewcomerBody
from tests.agency import Agency, converted, opened_agency, paper, train
from tests.delegated import TODAY, TOMORROW, put
from tests.houses import CHEAP
from tests.publish import WHY, hindered, refused_words
from tests.town import Town

pytestmark = pytest.mark.slow


@pytest.fixture
def agency(quick_town: Town, tmp_path: Path) -> Iterator[Agency]:
    with opened_agency(quick_town, tmp_path) as opened:
        yield opened


def test_an_office_that_answers_for_nothing_shows_one_who_is_trained(
    quick_town: Town, tmp_path: Path
) -> None:
    with opened_agency(quick_town, tmp_path, trained=False) as agency:

        def lacks() -> list[str]:
            path = conversion(agency.town.crew.supervisor, agency.card.office_id)
            return [each.words for each in path.remaining if each.step is ConversionStep.STAFF]

        assert lacks() == ["هیچ متصدی این دفتر برای خدمتی آموزش ندیده است."]
        train(agency)
        assert lacks() == []


def test_a_path_is_gone_step_by_step_and_once(agency: Agency) -> None:
    town, office = agency.town, agency.card.office_id
    supervisor = town.crew.supervisor
    draft = offices.office_draft([(converted(agency), TOMORROW)])
    for step in (
        ConversionStep.APPLICATION,
        ConversionStep.LICENCE,
        ConversionStep.PREMISES,
        ConversionStep.EQUIPMENT,
    ):
        assert f"«{step.word}» لازم است" in hindered(town.crew, draft)
        registry.record_step(supervisor, office, paper(step))
    assert "باجهٔ ۱ درخواست آزمایشی" in hindered(town.crew, draft)
    state = conversion(supervisor, office, TODAY + timedelta(days=401))
    assert [each.step for each in state.remaining] == [ConversionStep.LICENCE, ConversionStep.TEST]
    # Before the city's first day nothing is published: a day that is over is taken for today.
    assert conversion(supervisor, office, date(1850, 1, 1)).remaining[0].step is ConversionStep.TEST
    # The counter's own test, and nobody else's.
    test = StepDone(ConversionStep.TEST, counter=1)
    assert "متصدی یا" in refused_words(
        lambda: registry.record_step(supervisor, office, test)
    ).replace("، ", " یا ")
    wrong = replace(test, counter=2)
    assert "خود باجه" in refused_words(lambda: registry.record_step(agency.clerk, office, wrong))
    declared = StepDone(ConversionStep.STAFF)
    assert "اعلام نمی‌شود" in refused_words(
        lambda: registry.record_step(supervisor, office, declared)
    )
    registry.record_step(agency.clerk, office, test)
    assert hindered(town.crew, draft) == ""

    assert agency.letter(0) == "1405/31/1"
    put(town, draft)
    assert conversion(supervisor, office).converted_on == TOMORROW
    assert agency.letter(1) == "1405/31/2"
    town.clock.moment += timedelta(days=1)
    agency.running.sync()
    assert agency.letter(2) == "1405/7225/3"
    assert conversion(supervisor, office).serial == 3

    told = "دوباره تبدیل نمی‌شود"
    again = paper(ConversionStep.APPLICATION)
    assert told in refused_words(lambda: registry.record_step(supervisor, office, again))
    back = replace(converted(agency), kind=OfficeKind.AGENCY)
    later = offices.office_draft([(back, TOMORROW + timedelta(days=5))])
    assert "برنمی‌گردد" in hindered(town.crew, later)


@pytest.mark.long
def test_until_its_day_the_signature_is_taken_back(agency: Agency) -> None:
    town, office = agency.town, agency.card.office_id
    supervisor = town.crew.supervisor
    for step in (
        ConversionStep.APPLICATION,
        ConversionStep.LICENCE,
        ConversionStep.PREMISES,
        ConversionStep.EQUIPMENT,
    ):
        registry.record_step(supervisor, office, paper(step))
    registry.record_step(agency.clerk, office, StepDone(ConversionStep.TEST, counter=1))
    put(town, offices.office_draft([(converted(agency), TOMORROW)]))
    twice = offices.office_draft([(converted(agency), TOMORROW + timedelta(days=1))])
    assert "چیزی عوض نشده" in hindered(town.crew, twice)
    publishing.withdraw(supervisor, Topic.OFFICE, office, TOMORROW, WHY)
    town.clock.moment += timedelta(days=1)
    agency.running.sync()
    assert agency.letter(0) == "1405/31/1"
    assert conversion(supervisor, office).converted_on is None


@pytest.mark.long
def test_the_registry_tells_of_desks_people_and_cases(agency: Agency) -> None:
    town, office = agency.town, agency.card.office_id
    agency.letter(0)
    told = {each.office_id: each for each in registry.at_work(town.crew.supervisor).offices}
    assert set(told) == {"21", office}
    own = told[office]
    assert (own.received_today, own.open_cases, own.undelivered) == (1, 1, 1)
    assert [person.name for person in own.people] == ["مینا صالحی"]
    (desk,) = own.desks
    assert (desk.number, desk.revoked_at) == (1, None)
    # A manager sees his own office alone, a clerk none.
    manager = town.crew.manager
    assert [each.office_id for each in registry.at_work(manager, "21").offices] == ["21"]
    assert "از آنِ شما نیست" in refused_words(lambda: registry.at_work(manager))
    assert "ناظر" in refused_words(lambda: registry.at_work(town.crew.clerk, "21"))

    supervisor, minoo = town.crew.supervisor, "مینو صدر"
    newcomer = NewcomerBody(
        staff_id=new_id(), office=office, name=minoo, role=Role.CLERK,
        national_id=made_up_national_id(4_021),
    )  # fmt: skip
    assert staffing.put_forward(supervisor, [newcomer]) == []
    staff = newcomer.staff_id
    put(town, staffing.terms_draft([StaffTerm(staff, office, "clerk", TODAY)], TODAY))
    code = registry.give_code(supervisor, office, minoo, Role.CLERK, again=staff)
    access.join(agency.clerk.desk, code.code, PASSWORD, CHEAP)
    agency.running.sync()
    assert access.sign_in(agency.clerk.desk, minoo, PASSWORD).staff.office == office
    registry.revoke(supervisor, desk.device_id)
    assert not agency.running.sync().well


@pytest.mark.long
def test_who_looks_after_accounts_lets_people_in_and_sees_no_case(agency: Agency) -> None:
    town, office = agency.town, agency.card.office_id
    case_id = town.register(town.record(Scenario.CLEAN))
    admin = town.crew.admin
    for look in (
        lambda: board.municipal_queue(admin),
        lambda: board.municipal_case(admin, case_id),
        lambda: board.city_day(admin, TODAY),
    ):
        assert "راهبر سامانه پرونده‌ها را نمی‌بیند" in refused_words(look)
    assert {each.office_id for each in registry.at_work(admin).offices} == {"21", office}
    (mina,) = registry.at_work(admin, office).offices[0].people
    again = partial(registry.give_code, admin, office, mina.name, Role(mina.role))
    assert again(again=mina.staff_id).code
    for role in (Role.SUPERVISOR, Role.EXPERT, Role.ADMIN):
        words = refused_words(
            partial(registry.give_code, admin, "municipality", "یکی دیگر", role, again="")
        )
        assert "ناظر شهرداری می‌دهد" in words
    term = StaffTerm("zahra-fallah", "21", "clerk", TODAY)
    waits = publishing.prepare(admin, staffing.terms_draft([term], TODAY))
    assert publishing.waiting(admin) == [waits]
    assert "این کار با" in refused_words(lambda: publishing.sign(admin, waits))
    publishing.sign(town.crew.supervisor, waits)


def test_the_scan_of_an_act_is_kept_and_read_by_who_looks_after_offices(agency: Agency) -> None:
    town = agency.town
    sha256 = registry.send_scan(town.crew.supervisor, sample_paper()[1])
    while town.house.municipality.sync().more:
        pass
    assert registry.scan(town.crew.second, sha256) == sample_paper()[1]
    # Another office's manager reads it too; a clerk, and who names what nobody sent, does not.
    assert registry.scan(town.crew.manager, sha256)
    assert "راهبر سامانه می‌بینند" in refused_words(lambda: registry.scan(agency.clerk, sha256))
    assert "از آنِ این پرونده نیست" in refused_words(
        lambda: registry.scan(town.crew.second, "cd" * 32)
    )
