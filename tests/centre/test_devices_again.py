"""Devices that a restored copy does not know, or knows as they no longer are: others bring word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.actions import access, board, stamped_sheets
from desktop.actions.desk import Seat
from desktop.centre import devices, enrolling, people
from desktop.centre.audit.whole import audit
from desktop.centre.recovering.account import Account, account
from desktop.centre.recovering.opening import confirm
from desktop.centre.recovering.standing import Phase
from desktop.centre.tables import DeviceRow, EnrolCodeRow, FactRow
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.demo.people import STAFF
from desktop.domain.line import Why
from desktop.domain.people import Role
from desktop.domain.stamped_sheets import SheetRun
from desktop.domain.stream import CITY, DeviceTold
from desktop.premises.desks import Running
from desktop.premises.real import RealDesk
from desktop.store import meta
from desktop.store.work_items import ItemKind
from desktop.wire.codec import decode_fact
from tests.premises.conftest import PASSWORD, Machine
from tests.premises.conftest import Town as Door
from tests.restored import Copy, is_as, rows_of, sync
from tests.town import Town

pytestmark = pytest.mark.slow

MANAGER = next(each for each in STAFF if each.role is Role.MANAGER)
_BUNDLE = SheetRun("ب", 501, 510)


@dataclass
class Fresh:
    """A machine that joins office 21 by a code, beside the town's own desks."""

    town: Town
    door: Door
    machine: Machine
    opened: RealDesk | None = None

    def join(self) -> None:
        """It is a desk, with the manager's keys for it."""
        self.machine.join(self.door.code(manager=MANAGER.name)).begin()

    def opens(self) -> None:
        """It is switched on."""
        self.door.centre = self.town.house.centre
        self.opened = self.machine.open()

    @property
    def running(self) -> Running:
        """The desk at work."""
        assert self.opened is not None
        return self.opened.running

    def sign_in(self) -> Seat:
        """The manager in front of it, by the password for this desk."""
        return access.sign_in(self.running.desk, MANAGER.name, PASSWORD)

    def restore(self, copy: Copy) -> Town:
        """The town with the copy as its centre, this desk switched on again."""
        self.close()
        self.town = copy.restore(self.town)
        self.opens()
        return self.town

    def device(self) -> str:
        """Its id."""
        with self.running.desk.store.reading() as session:
            return meta.get(session).identity.device_id

    def close(self) -> None:
        """It is switched off."""
        if self.opened is not None:
            self.opened.close()
            self.opened = None


@pytest.fixture
def fresh(small_town: Town, tmp_path: Path) -> Iterator[Fresh]:
    """A machine that has not joined yet."""
    # A real clock is more exact than the texts of facts; what is given back is these.
    small_town.clock.moment = small_town.clock.moment.replace(microsecond=64_000)
    door = Door(small_town.house.centre, small_town.clock)
    made = Fresh(small_town, door, Machine(tmp_path / "fresh", door))
    yield made
    made.close()


def stands(town: Town) -> Account:
    """How the restore stands."""
    with town.house.centre.reading() as session:
        told = account(session)
    assert told is not None
    return told


def test_a_desk_that_was_enrolled_in_the_lost_hour_gives_back_and_goes_on(
    fresh: Fresh, tmp_path: Path
) -> None:
    town = fresh.town
    town.register(town.record(Scenario.CLEAN, 2))
    sync(town)
    copy = Copy.of(town, tmp_path / "copy.db")
    town.clock.moment += timedelta(minutes=10)
    fresh.join()
    fresh.opens()
    fresh.running.sync()
    there = replace(town, crew=town.crew.but(clerk=fresh.sign_in()))
    case_id = there.register(town.record(Scenario.CLEAN, 3))
    fresh.running.sync()
    sync(town)
    before = rows_of(town.house.centre)
    town = fresh.restore(copy)
    # Nobody has told of it yet: it waits as all do, and is no stranger.
    assert fresh.running.sync().why is Why.RECOVERING
    sync(town)
    told = stands(town)
    assert told.phase is Phase.CLOSED
    assert told.devices == (("21", 3, fresh.device(), False),)
    assert told.absent == (("21", 3, fresh.device()),)
    assert any("enrolled after the copy" in line for line in told.lines())
    fresh.running.sync()
    assert stands(town).phase is Phase.UNCONFIRMED
    sync(town)
    # Codes are nobody's any more; all else is as it was.
    is_as(town.house.centre, {name: rows for name, rows in before.items() if name != "enrol_code"})
    assert list(audit(town.house.centre, (), lambda _: None)) == []
    confirm(town.house.centre, "مدیر سامانه")
    # The manager's keys of that desk hold, and its number is nobody else's.
    seat = fresh.sign_in()
    stamped_sheets.take(seat, PASSWORD, _BUNDLE, "۱۴۰۵/۷۸")
    assert fresh.running.sync().well
    assert not any(item.kind is ItemKind.REFUSED for item in board.items(seat.desk))
    assert case_now(seat, case_id).letters


def test_one_that_was_revoked_in_the_lost_hour_stays_so(fresh: Fresh, tmp_path: Path) -> None:
    town = fresh.town
    fresh.join()
    fresh.opens()
    fresh.running.sync()
    sync(town)
    copy = Copy.of(town, tmp_path / "copy.db")
    with town.house.centre.writing() as session:
        enrolling.revoke(session, fresh.device(), town.clock.now())
    devices.tell_revoked(town.house.centre, fresh.device())
    sync(town)
    town = fresh.restore(copy)
    town.house.office.sync()
    town.house.municipality.sync()
    told = stands(town)
    # It is not waited for, and does nothing more.
    assert (told.phase, told.absent) == (Phase.UNCONFIRMED, ())
    assert told.devices == (("21", 3, fresh.device(), True),)
    assert any("revoked after the copy" in line for line in told.lines())
    assert fresh.running.sync().why is Why.REVOKED


def test_one_of_which_nobody_brings_word_is_told_so_once_the_centre_is_open(
    fresh: Fresh, tmp_path: Path
) -> None:
    copy = Copy.of(fresh.town, tmp_path / "copy.db")
    fresh.join()
    fresh.opens()
    fresh.running.sync()
    town = fresh.restore(copy)
    sync(town)
    assert stands(town).phase is Phase.UNCONFIRMED
    assert fresh.running.sync().why is Why.UNSIGNED


def device(number: int = 3) -> DeviceTold:
    """A device of office 21, of which word came."""
    return DeviceTold(new_id(), "21", number, "ab" * 32)


def test_one_that_never_came_to_work_gives_its_number_to_who_did(small_town: Town) -> None:
    town, unused, came = small_town, device(), device()
    with town.house.centre.writing() as session:
        code = enrolling.new_code(session, "21", town.clock.now(), MANAGER.name, MANAGER.role)
        assert code.text
        assert devices.take(session, unused)
        # By which code it came the copy does not know: none is good twice.
        assert session.scalars(select(EnrolCodeRow)).all() == []
        assert devices.take(session, came)
        assert not devices.take(session, came)
        assert session.get(DeviceRow, unused.device_id) is None
        people.enrol_device(session, new_id(), "21", 4, "cd" * 32)
        session.get_one(DeviceRow, came.device_id).head_seq = 1
        # Who is at work keeps the number.
        assert not devices.take(session, unused)
        revoked = replace(came, revoked_at=town.clock.now())
        assert devices.take(session, revoked)
        # An older word takes nothing back.
        assert not devices.take(session, came)
        row = session.get_one(DeviceRow, came.device_id)
        assert row.revoked_at == revoked.revoked_at


def test_of_a_machine_that_broke_off_it_is_told_that_its_place_is_another_s(fresh: Fresh) -> None:
    code = fresh.door.code(manager=MANAGER.name)
    fresh.machine.join(code)
    fresh.machine.join(code).begin()
    fresh.opens()
    with fresh.town.house.centre.reading() as session:
        own = (FactRow.stream == CITY, FactRow.kind == DeviceTold.kind)
        texts = session.scalars(select(FactRow.canon).where(*own).order_by(FactRow.pos))
        facts = [decode_fact(text).payload for text in texts]
    told = [fact for fact in facts if isinstance(fact, DeviceTold)]
    assert [(each.desk, each.revoked_at is None) for each in told] == [
        (3, True),
        (3, False),
        (3, True),
    ]
    assert told[0].device_id == told[1].device_id != told[2].device_id == fresh.device()
