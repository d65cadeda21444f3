"""What is tried with an office's services, lessons and days at a centre that looks itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from desktop.actions import (
    day_close,
    delegations,
    office_day,
    office_list,
    offices,
    publishing,
    staffing,
)
from desktop.actions.agency import conversion
from desktop.actions.desk import Seat
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain.commands import CloseDay
from desktop.domain.delegation import Delegation
from desktop.domain.office_care import Care
from desktop.store import outbox
from desktop.trial.counters import Act, new_counter
from desktop.wire import calls
from desktop.wire import offices as w
from desktop.wire.assent import Purpose
from desktop.wire.publishing import DraftBody, PublicationBody
from tests.actions.test_day_close import said, settled, told
from tests.agency import Agency, converted, go_path, opened_agency
from tests.centre.calling import code_of
from tests.centre.test_trained_and_stopped import go_to, version
from tests.delegated import ACT, TODAY, TOMORROW, announce, put, refusals
from tests.publish import WHY, refused_words
from tests.town import Town

pytestmark = pytest.mark.slow

LATER = TODAY + timedelta(days=5)


@pytest.fixture
def town(small_town: Town) -> Town:
    return announce(small_town)


@pytest.fixture
def agency(small_town: Town, tmp_path: Path) -> Iterator[Agency]:
    with opened_agency(small_town, tmp_path) as opened:
        yield opened


def lesson(seat: Seat, town: Town, score: str = "۹ از ۹") -> w.LessonAsk:
    """What the person signs of a lesson that was passed."""
    attempt, of = new_id(), version(town)
    subject = w.lesson_subject(attempt, "clearance", of, score)
    assent = seat.assent(Purpose.LESSON, subject)
    return w.LessonAsk(attempt=attempt, service="clearance", version=of, score=score, assent=assent)


def waiting(town: Town, draft: DraftBody) -> PublicationBody:
    """The draft with its first signature, its doubts overruled."""
    supervisor = town.crew.supervisor
    found = publishing.weigh(supervisor, draft)
    assert not found.hindrances
    return publishing.prepare(supervisor, draft, found.warnings, WHY)


def test_a_passed_lesson_told_again_counts_once_and_for_nothing_else(town: Town) -> None:
    clerk = town.crew.clerk
    ask = lesson(clerk, town)
    tell = partial(clerk.desk.ask, calls.LESSON)
    tell(ask)
    town.house.office.sync()
    (record,) = delegations.trainings(clerk.desk)
    # What the supervisor let count longer is not cut short by the old sheet.
    put(town, staffing.trainings_draft([staffing.extended(record, LATER)], TODAY))
    go_to(town, TOMORROW)
    tell(ask)
    town.house.office.sync()
    (after,) = delegations.trainings(clerk.desk)
    assert (after.on, after.until) == (TODAY, LATER)
    for stolen in (
        {"service": "transfer", "version": version(town, "transfer")},
        {"attempt": new_id()},
        {"score": "۱۰ از ۱۰"},
    ):
        assert "امضا" in refused_words(partial(tell, ask.model_copy(update=stolen))), stolen
    # No other office's desk vouches for who sits here.
    other = new_counter(town.house.centre, "41")
    assert code_of(other.call(calls.LESSON.path, ask)) == "refused"


def test_of_two_drafts_for_one_time_the_second_is_not_signed(town: Town) -> None:
    """Each is right by itself while both wait: at its signature it is looked at again."""
    crew = town.crew
    one = Delegation("21", "clearance", TOMORROW, LATER, ACT)
    over = replace(one, since=TOMORROW + timedelta(days=2), until=None)
    first, second = (waiting(town, delegations.delegation_draft([each])) for each in (one, over))
    publishing.sign(crew.second, first)
    assert "تغییر کرده است" in refused_words(partial(publishing.sign, crew.second, second))
    town.house.office.sync()
    assert delegations.on_day(crew.clerk.desk, LATER + timedelta(days=1)).delegations == {}


def test_of_two_conversions_that_wait_one_is_signed(agency: Agency) -> None:
    town, office = agency.town, agency.card.office_id
    go_path(agency)
    other = replace(converted(agency), code="7226", name="دفتر پیشخوان ۷۲۲۶")
    drafts = (
        offices.office_draft([(converted(agency), TOMORROW)]),
        offices.office_draft([(other, LATER)]),
    )
    first, second = (waiting(town, draft) for draft in drafts)
    publishing.sign(town.crew.second, first)
    assert refused_words(partial(publishing.sign, town.crew.second, second))
    state = conversion(town.crew.supervisor, office, LATER)
    assert state.converted_on == TOMORROW
    town.house.office.sync()
    assert offices.offices(town.house.office.desk, LATER)[office].code == "7225"


def test_a_licence_that_ran_out_warns_and_the_counter_goes_on(town: Town) -> None:
    desk = town.crew.supervisor.desk
    card = replace(offices.offices(desk)["21"], licence_until=TODAY, office_id="21")
    put(town, offices.office_draft([(card, TOMORROW)]))
    go_to(town, LATER)
    assert not offices.offices(desk)["21"].licensed(LATER)
    # It warns: the unit in its list, and who would hand something over to the office.
    known, heard = office_list.registry(desk), office_list.at_work(town.crew.supervisor)
    (state,) = (each for _, each in office_list.states(known, heard, town.clock.now()))
    assert state.care is Care.LICENCE_ENDED
    more = Delegation("21", "clearance", LATER + timedelta(days=2), None, ACT)
    weighed = publishing.weigh(town.crew.supervisor, delegations.delegation_draft([more]))
    assert not weighed.hindrances
    assert any("پروانهٔ دفتر پیشخوان ۲۱" in each.words for each in weighed.warnings)
    case_id = town.register(town.record(Scenario.CLEAN))
    assert case_now(town.crew.clerk, case_id).answer is not None


def test_a_day_is_closed_by_no_clerk_and_in_no_other_offices_name(town: Town) -> None:
    """The desk has no check of its own; what it seals is held against who may, and whose it is."""
    manager, clerk = town.crew.manager, town.crew.clerk
    town.register(town.record(Scenario.CLEAN))
    honest = day_close.register_of(day := office_day.look(manager), said(day))
    for actor, signer in ((clerk, clerk), (manager, clerk)):
        with manager.desk.store.writing() as session:
            outbox.put(
                session,
                CloseDay(honest, "0" * 64),
                case_id=new_id(),
                actor=actor.staff.staff_id,
                at=honest.closed_at,
                signer=signer.signer,
                base_rev=0,
            )
    assert settled(town) == []
    assert len(told(town)) == 2
    # This office's register at another's desk: it tells of facts which that one does not have.
    other = new_counter(town.house.centre, "41")
    other.push(Act(new_id(), CloseDay(honest, "0" * 64)))
    assert [kind for kind, _ in refusals(town, "office:41")] == ["close-day"]
