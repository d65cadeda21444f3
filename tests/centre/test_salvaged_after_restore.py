"""A machine died with what a restored centre lost: where a person agrees it is done anew."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from desktop.centre import enrolling
from desktop.centre.audit.whole import audit
from desktop.centre.couriering import carry
from desktop.centre.recovering import standing
from desktop.centre.recovering.opening import confirm, open_up
from desktop.centre.tables import CaseRow, CommandRow, DeviceRow
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain.errors import Refusal
from desktop.premises.salvaging import OldDesk, old_desk
from desktop.store import outbox
from tests.centre.test_devices_again import Fresh, fresh
from tests.premises.test_salvaging import contents
from tests.restored import Copy, sync

__all__ = ["fresh"]
pytestmark = pytest.mark.slow
BY = "مدیر سامانه"


@dataclass
class Dead:
    """The disk of a machine that died with acts of the lost hour, of which the centre had some;
    what it printed bears the number."""

    fresh: Fresh
    device: str
    cases: set[str]
    lost: int
    number: str
    copy: Copy

    @property
    def disk(self) -> Path:
        """Its data folder."""
        return self.fresh.machine.home

    def salvaging(self) -> AbstractContextManager[OldDesk]:
        """The disk is read."""
        at = self.fresh
        return old_desk(at.machine.home, at.town.clock, lines=at.door.line, keys=at.machine.keys)

    def restore(self, begin: Callable[..., object] = standing.begin) -> None:
        """The copy becomes the centre; nobody waits for the dead machine."""
        town = self.fresh.town = self.copy.restore(self.fresh.town, begin)
        self.fresh.door.centre = town.house.centre
        sync(town)
        assert open_up(town.house.centre, BY)
        assert confirm(town.house.centre, BY)
        sync(town)

    def acts(self) -> int:
        """How many of its acts the centre has."""
        with self.fresh.town.house.centre.reading() as session:
            own = select(func.count()).where(CommandRow.device_id == self.device)
            return session.scalar(own) or 0

    def is_done(self) -> None:
        """What it did is at the centre, under other numbers, and everybody's."""
        town = self.fresh.town
        sync(town)
        with town.house.centre.reading() as session:
            assert set(session.scalars(select(CaseRow.case_id))) >= self.cases
        for case_id in self.cases:
            (letter,) = case_now(town.crew.clerk, case_id).letters
            assert letter.letter.number != self.number
        assert list(audit(town.house.centre, (), lambda _: None)) == []


@pytest.fixture
def dead(fresh: Fresh, tmp_path: Path) -> Dead:
    """That machine."""
    town = fresh.town
    fresh.join()
    fresh.opens()
    fresh.running.sync()
    there = replace(town, crew=town.crew.but(clerk=fresh.sign_in()))
    there.register(there.record(Scenario.CLEAN, 1))
    fresh.running.sync()
    sync(town)
    copy, device = Copy.of(town, tmp_path / "copy.db"), fresh.device()
    heard = there.register(there.record(Scenario.CLEAN, 2))
    fresh.running.sync()
    number = case_now(there.crew.clerk, heard).letters[0].letter.number
    fresh.running.bell.ring = lambda: None
    unsent = there.register(there.record(Scenario.CLEAN, 3))
    with fresh.running.desk.store.reading() as session:
        made, _ = outbox.head(session)
    fresh.close()
    dead = Dead(fresh, device, {heard, unsent}, made, number, copy)
    # What the copy has of it.
    dead.lost = made - 2
    return dead


def test_by_the_line_its_acts_are_done_anew_where_a_person_agrees(dead: Dead) -> None:
    dead.restore()
    # The office works on, and its stream comes to be longer than it was.
    for number in range(4, 7):
        dead.fresh.town.register(dead.fresh.town.record(Scenario.CLEAN, number))
    sync(dead.fresh.town)
    assert dead.acts() == 2
    disk = contents(dead.disk)
    with dead.salvaging() as old:
        with pytest.raises(Refusal, match="--agreed"):
            old.send()
        assert dead.acts() == 2
    with dead.salvaging() as old:
        assert old.send(agreed=True).acts == dead.lost
    dead.is_done()
    # Begun again it does nothing twice.
    with dead.salvaging() as old:
        assert old.send(agreed=True).acts == 0
    assert dead.acts() == dead.lost + 2
    assert contents(dead.disk) == disk


@pytest.mark.long
def test_of_a_revoked_one_a_stick_is_read_where_a_person_agrees(dead: Dead, tmp_path: Path) -> None:
    dead.restore()
    centre = dead.fresh.town.house.centre
    with centre.writing() as session:
        enrolling.revoke(session, dead.device, centre.clock())
    with dead.salvaging() as old:
        with pytest.raises(Refusal, match="--into"):
            old.send(agreed=True)
        unsent = old.hand_over("رضا کاظمی", tmp_path).file.read_bytes()
        file = old.hand_over("رضا کاظمی", tmp_path, agreed=True).file.read_bytes()
    with pytest.raises(Refusal, match="--agreed"):
        carry(centre, file)
    # In a file as for any centre what this one lost is missing.
    with pytest.raises(Refusal, match="salvage"):
        carry(centre, unsent, "علی")
    assert dead.acts() == 2
    for _ in range(2):
        taken = carry(centre, file, "علی")
        assert (taken.stopped, taken.taken) == ("", taken.acts)
        assert dead.acts() == dead.lost + 2
    dead.is_done()
    with centre.reading() as session:
        row = session.get_one(DeviceRow, dead.device)
        assert (row.revoked_at is None, row.salvaged_by) == (False, "علی")


@pytest.mark.long
def test_of_a_life_that_never_was_this_centre_s_nothing_is_taken(
    dead: Dead, tmp_path: Path
) -> None:
    def begin(session: Any, at: Any) -> None:
        standing.begin(session, at).lives = new_id()

    dead.restore(begin)
    with dead.salvaging() as old:
        with pytest.raises(Refusal, match="epoch"):
            old.send(agreed=True)
        file = old.hand_over("رضا کاظمی", tmp_path, agreed=True).file.read_bytes()
    with pytest.raises(Refusal, match="بازگردانی"):
        carry(dead.fresh.town.house.centre, file, "علی")
    assert dead.acts() == 2
