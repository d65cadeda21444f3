"""A release that comes down is believed only by a key of that person that the desk has kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete

from desktop.actions import letters, stamping, standing
from desktop.actions.access import Confirmed
from desktop.actions.desk import UNPROVEN
from desktop.actions.stamping import Lock, Pile
from desktop.centre import doing, people
from desktop.centre.streams import append, lock_streams
from desktop.centre.tables import PersonKeyMadeRow, PersonRow
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, deliver, release
from desktop.demo.people import PASSWORD
from desktop.domain import facts as f
from desktop.domain.case_letters import CaseLetter
from desktop.domain.commands import ReleaseLetter
from desktop.domain.errors import Refusal
from desktop.domain.letter import Release
from desktop.domain.state import State
from desktop.keys import new_key, new_letter_key
from desktop.store import outbox, work_items
from desktop.store.tables import ReleaseKeyRow
from desktop.store.work_items import ItemKind, WorkItem
from desktop.wire import link
from desktop.wire.codec import decode_command
from desktop.wire.letters import Releaser
from tests.town import Town


@pytest.fixture
def forged(town: Town, monkeypatch: pytest.MonkeyPatch) -> tuple[str, CaseLetter]:
    """A case whose letter the centre tells as released, signed by nobody whom the desk knows."""
    case_id = town.register(town.record(Scenario.CLEAN))
    held = case_now(town.crew.clerk, case_id).answer
    assert held is not None
    strange = new_letter_key()
    manager = replace(town.crew.manager, releaser=Releaser(strange))
    with monkeypatch.context() as careless:
        careless.setattr(doing, "demand_own_release", lambda *_: None)
        letters.stamp(Confirmed(manager), case_id, held.letter, unseen=False)
    return case_id, held


def items(town: Town) -> list[WorkItem]:
    with town.house.office.desk.store.reading() as session:
        return work_items.waiting(session)


def test_what_nobodys_key_signed_is_not_shown_as_released_and_never_printed(
    town: Town, forged: tuple[str, CaseLetter]
) -> None:
    case_id, held = forged
    manager, letter_id = town.crew.manager, held.letter.letter_id
    case = case_now(town.crew.clerk, case_id)
    assert (case.state, case.letter(letter_id).release) == (State.ISSUED, None)
    (item,) = items(town)
    assert (item.kind, item.case_id) == (ItemKind.UNPROVEN, case_id)
    assert item.detail == {"number": held.letter.number, "name": manager.staff.name}
    told = standing.of_case(manager.desk, case_id)
    assert told.against(letter_id) == UNPROVEN
    piled = stamping.piled(manager, Pile.ALL, 0)
    rows = stamping.rows(manager, piled.listing, 0, piled.listing.count)
    assert [row.lock for row in rows if row.letter_id == letter_id] == [Lock.UNPROVEN]
    # Also for who had looked at it while it was believed.
    with manager.desk.store.reading() as session:
        stamp = decode_command(outbox.after(session, 0, 100)[-1]).payload
    assert isinstance(stamp, ReleaseLetter)
    by = Release(manager.staff.name, "مسئول دفتر", stamp.on, stamp.stamp)
    looked_at = replace(held, release=by, sha256=stamp.sha256, layout=stamp.layout)
    for letter in (case.letter(letter_id), looked_at):
        with pytest.raises(Refusal):
            letters.begin_print(manager, case_id, letter, "چاپگر", "")
    with pytest.raises(Refusal, match="امضای مهر"):
        letters.release(manager, case_id, held.letter, PASSWORD)


@pytest.mark.slow
def test_the_manager_voids_it_and_a_new_one_is_released(
    town: Town, forged: tuple[str, CaseLetter]
) -> None:
    case_id, held = forged
    crew = town.crew
    following.void(crew.manager, case_id, held.letter.letter_id, "امضا تأیید نشد.")
    assert items(town) == []
    case = case_now(crew.clerk, case_id)
    assert case.answer is not None
    assert case.answer.letter.number != held.letter.number
    release(crew, case)
    deliver(crew, case_now(crew.clerk, case_id))
    assert case_now(crew.clerk, case_id).letter(case.answer.letter.letter_id).copies == 1


@pytest.mark.slow
def test_a_key_that_is_heard_of_later_proves_it_after_all(town: Town) -> None:
    """As at a desk of before, which heard of a person's first keys only."""
    crew, office = town.crew, town.house.office
    case_id = town.register(town.record(Scenario.CLEAN))
    office.desk.store.write(lambda session: session.execute(delete(ReleaseKeyRow)))
    release(crew, case_now(crew.clerk, case_id))
    assert case_now(crew.clerk, case_id).state is State.ISSUED
    assert [item.kind for item in items(town)] == [ItemKind.UNPROVEN]
    with town.house.centre.writing() as session:
        row = session.get_one(PersonRow, crew.manager.staff.staff_id)
        people.tell_person(session, people.staff_of(row), town.clock.now())
    assert office.sync().well
    assert items(town) == []
    assert case_now(crew.clerk, case_id).state is State.RELEASED


def test_what_was_printed_elsewhere_on_such_a_release_does_not_stop_the_case(
    town: Town, forged: tuple[str, CaseLetter]
) -> None:
    """Another desk may have believed it: what is told of paper is passed over with it."""
    case_id, held = forged
    crew, office = town.crew, town.house.office
    printed = f.LetterPrinted(held.letter.letter_id, 1, held.sha256, "چاپگر", "")
    with town.house.centre.writing() as session:
        stream = lock_streams(session, ["office:21"])["office:21"]
        append(
            session, stream, [printed], case_id=case_id, rev=revision(town, case_id), cause="",
            actor=crew.manager.staff, at=town.clock.now(),
        )  # fmt: skip
    assert office.sync().well
    seen = standing.of_case(crew.manager.desk, case_id).view
    assert not seen.needs_update
    assert seen.case is not None
    assert (seen.case.state, seen.case.letter(held.letter.letter_id).copies) == (State.ISSUED, 0)


def revision(town: Town, case_id: str) -> int:
    return standing.of_case(town.crew.manager.desk, case_id).view.rev


def test_keys_of_which_a_program_before_told_nothing_are_told_once(town: Town) -> None:
    staff, at = town.crew.manager.staff, town.clock.now()
    key, release_key = link.public_hex(new_key()), link.public_hex(new_letter_key())
    with town.house.centre.writing() as session:
        session.add(
            PersonKeyMadeRow(
                device_id=town.house.office.desk.identity().device_id,
                staff_id=staff.staff_id,
                key=key,
                release_key=release_key,
                made_at=at,
            )  # fmt: skip
        )
    for told in (1, 0):
        with town.house.centre.writing() as session:
            assert people.tell_untold(session, at) == told
    assert town.house.office.sync().well
    with town.house.office.desk.store.reading() as session:
        kept = session.get(ReleaseKeyRow, (staff.staff_id, release_key))
    assert kept is not None
