"""The deputy of a supervisor or signer who is away has that role, as long as two signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from desktop.actions import board, publishing, reviewing, signing, staffing, standing_in
from desktop.actions.desk import Seat
from desktop.centre.streams import load_facts
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.staffing import Leave, StaffTerm
from desktop.domain.state import State
from tests.centre.test_reviewing import have_two_sign, in_review, propose, shown
from tests.houses import MORNING
from tests.publish import refused_words
from tests.town import Town

pytestmark = pytest.mark.slow
TODAY = MORNING.date()
FIRST, LAST = TODAY + timedelta(days=1), TODAY + timedelta(days=2)


def be_away(town: Town, seat: Seat, deputy: Seat) -> None:
    """A leave from tomorrow on, prepared and signed by others."""
    staff, who = seat.staff, deputy.staff.staff_id
    leaves = (Leave(FIRST, LAST, who),)
    term = StaffTerm(staff.staff_id, MUNICIPALITY, staff.role.value, TODAY, None, leaves)
    draft = staffing.terms_draft([term], TODAY)
    by = town.crew.admin if seat == town.crew.supervisor else town.crew.supervisor
    waits = publishing.prepare(by, draft)
    # Whom it gives a role does not give it himself.
    if deputy.staff.role.signs:
        assert "نقش خودتان" in refused_words(partial(publishing.sign, deputy, waits))
    publishing.sign(town.crew.second, waits)
    town.house.municipality.sync()


def later(town: Town, days: int) -> None:
    town.clock.moment += timedelta(days=days)
    town.house.office.sync()
    town.house.municipality.sync()


def deputy_of(seat: Seat) -> Seat:
    """The seat in the role in which the person stands in today."""
    own, acting = standing_in.in_roles(seat)
    assert own.staff == seat.staff
    return acting


def test_the_signers_deputy_signs_while_she_is_away_and_no_longer(quick_town: Town) -> None:
    town, crew = quick_town, quick_town.crew
    have_two_sign(town)
    be_away(town, crew.signer, crew.colleague)
    case_id = in_review(town)
    case = propose(town, case_id)
    # Not before the first day.
    assert standing_in.in_roles(crew.colleague) == [crew.colleague]
    early = replace(crew.colleague, staff=crew.colleague.staff.in_place_of(crew.signer.staff))
    assert "پایان یافته" in refused_words(lambda: board.municipal_queue(early))
    later(town, 1)
    acting = deputy_of(crew.colleague)
    assert (acting.staff.role, acting.staff.stands_in_for) == (Role.SIGNER, "ناهید ابویی")
    assert acting.staff.title == "جانشین رئیس ادارهٔ شهرسازی"
    assert [row.case_id for row in board.municipal_queue(acting).rows] == [case_id]
    assert signing.draft(acting, case_id).letter is not None
    # Her own queue is an expert's still.
    assert board.municipal_queue(crew.colleague, holder="free").free == 0
    reviewing.countersign(acting, shown(acting, case_id))
    town.house.municipality.sync()
    assert shown(crew.expert, case_id).state is State.ISSUED
    with town.house.centre.reading() as session:
        signed = next(x for x in load_facts(session, case_id) if x.kind == "countersigned")
    assert (signed.actor, signed.actor_name) == (
        crew.colleague.staff.staff_id,
        "لیلا رجبی، به جانشینی ناهید ابویی",
    )
    # What she proposes herself she signs as nobody's deputy.
    own_id = in_review(town, 1)
    case = propose(town, own_id, crew.colleague)
    with pytest.raises(Refusal):
        reviewing.countersign(acting, case)
    third = propose(town, in_review(town, 3))
    later(town, 2)
    assert standing_in.in_roles(crew.colleague) == [crew.colleague]
    assert "پایان یافته" in refused_words(lambda: board.municipal_queue(acting))
    reviewing.countersign(acting, third)
    town.house.municipality.sync()
    assert shown(crew.expert, third.case_id).state is State.RECOMMENDED


def test_the_supervisors_deputy_watches_and_prepares_and_the_paper_says_so(
    quick_town: Town,
) -> None:
    town, crew = quick_town, quick_town.crew
    be_away(town, crew.supervisor, crew.planner)
    with pytest.raises(Refusal):
        board.watched(crew.planner)
    later(town, 1)
    acting = deputy_of(crew.planner)
    assert board.watched(acting) is not None
    term = StaffTerm("zahra-fallah", "21", "clerk", TODAY, LAST + timedelta(days=30))
    waits = publishing.prepare(acting, staffing.terms_draft([term], LAST))
    assert waits.prepared.name == "پروین حیدری، به جانشینی حمید میرجلیلی"
    later(town, 2)
    assert standing_in.in_roles(crew.planner) == [crew.planner]
    with pytest.raises(Refusal):
        board.watched(acting)
