"""Who gave a one-time code may spend it himself: two signatures are never by one hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from desktop.actions import access, board, publishing, recalls, registry, staffing
from desktop.actions.desk import Seat
from desktop.centre import enrolling, people
from desktop.centre.enrolling import Namesake
from desktop.centre.hands import hands_of
from desktop.centre.tables import FactRow
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, release
from desktop.demo.people import PASSWORD
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Staff
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import PersonEnrolled, office_stream
from desktop.domain.ties import Tie
from desktop.wire.codec import decode_fact
from desktop.wire.publishing import PublicationBody
from tests.delegated import TODAY, TOMORROW, refusals
from tests.houses import CHEAP
from tests.publish import refused_words
from tests.town import Town

pytestmark = pytest.mark.slow
_ANEW = "ab" * 32
SPENT = "گذرواژهٔ-دیگری-۱۲۳۴"


@pytest.fixture
def town(quick_town: Town) -> Town:
    """On either database."""
    return quick_town


def given(giver: Seat, of: Staff) -> str:
    """A code for somebody of the municipality."""
    made = registry.give_code(giver, MUNICIPALITY, of.name, of.role, again=of.staff_id)
    return made.code


def by_the_centre(town: Town, of: Staff) -> str:
    """A code that the centre's own machine gives."""
    meant, at = Namesake(of.staff_id), town.clock.now()
    with town.house.centre.writing() as session:
        code = enrolling.new_person_code(session, MUNICIPALITY, at, of.name, of.role, meant)
    return code.text


def spent(town: Town, giver: Seat, of: Staff, code: str) -> Seat:
    """The person as whoever spent the code at the giver's own desk has them."""
    access.join(giver.desk, code, SPENT, CHEAP)
    town.house.municipality.sync()
    return access.sign_in(giver.desk, of.staff_id, SPENT)


def taken(town: Town, giver: Seat, of: Staff) -> Seat:
    """The person, whose code the giver gave and spent."""
    return spent(town, giver, of, given(giver, of))


def prepared(seat: Seat, days: int) -> PublicationBody:
    until = TOMORROW + timedelta(days=days)
    term = StaffTerm("zahra-fallah", "21", "clerk", TODAY, until)
    return publishing.prepare(seat, staffing.terms_draft([term], TODAY))


def refused(first: Seat, second: Seat, days: int) -> None:
    waits = prepared(first, days)
    assert refused_words(partial(publishing.sign, second, waits)) == Tie.CODE.words
    publishing.decline(first, waits, "با کس دیگری امضا می‌شود")


def test_who_gives_the_second_signers_code_does_not_sign_with_it(town: Town) -> None:
    """Whichever of both signs first; nor by another's code on the way, nor as two others."""
    crew = town.crew
    me = crew.supervisor
    second = taken(town, me, crew.second.staff)
    refused(me, second, 9)
    refused(second, me, 10)
    # On the way from one to another.
    expert = taken(town, second, crew.expert.staff)
    refused(me, expert, 11)
    # Both are others.
    colleague = taken(town, me, crew.colleague.staff)
    refused(second, colleague, 12)
    # A code that none of both gave is the way on.
    anew = spent(town, me, crew.second.staff, by_the_centre(town, crew.second.staff))
    publishing.sign(anew, prepared(me, 13))
    third = taken(town, anew, crew.expert.staff)
    publishing.sign(third, prepared(me, 14))
    # A restored centre has it back from what was told.
    stream = select(FactRow.canon).where(FactRow.kind == PersonEnrolled.kind)
    at, own = town.clock.now(), expert.staff.staff_id
    with town.house.centre.writing() as session:
        facts = [decode_fact(text).payload for text in session.scalars(stream)]
        told = [each for each in facts if isinstance(each, PersonEnrolled)]
        back = next(each for each in told if each.key == expert.staff.key)
        people.know_keys(session, replace(back, key=_ANEW), at)
        hands = hands_of(session, own, _ANEW)
    assert hands == {own, second.staff.staff_id, me.staff.staff_id}


@pytest.mark.long
@pytest.mark.parametrize("way", [recalls.end, partial(recalls.uphold, found={})])
def test_who_gave_the_first_ones_code_ends_and_upholds_no_letter_that_he_recalled(
    town: Town, way: Callable[..., None]
) -> None:
    crew, why = town.crew, "دستور توقیف رسیده است"
    case_id = town.register(town.record(Scenario.CLEAN), "no-violation")
    release(crew, case_now(crew.clerk, case_id))
    town.house.office.sync()
    me = crew.supervisor
    first = taken(town, me, crew.second.staff)
    seen, _ = board.municipal_case(first, case_id)
    assert seen.answer is not None
    letter_id = seen.answer.letter.letter_id
    recalls.recall(first, seen, letter_id, why, {}, SPENT)
    town.house.municipality.sync()
    for seat, stands in ((me, True), (crew.signer, False)):
        seen, _ = board.municipal_case(seat, case_id)
        way(seat, seen, letter_id, why, password=PASSWORD)
        town.house.municipality.sync()
        seen, _ = board.municipal_case(crew.signer, case_id)
        assert (seen.recall is not None) is stands
    ((_, told),) = refusals(town, office_stream(MUNICIPALITY))
    assert told == Tie.CODE.value
