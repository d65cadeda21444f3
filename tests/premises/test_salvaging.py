"""A machine dies with acts that it had not sent: its disk is read, and they go to the centre."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desktop.actions import access
from desktop.centre import enrolling
from desktop.centre.couriering import carry, tell_key
from desktop.centre.tables import CommandRow, DeviceRow
from desktop.domain.errors import Refusal
from desktop.domain.line import Why
from desktop.domain.property import PropertyRecord
from desktop.keys import DeviceKeys
from desktop.premises.clocks import SystemClock
from desktop.premises.kind import read_office_file
from desktop.premises.real import open_real
from desktop.premises.salvaging import OldDesk, old_desk
from desktop.store import meta
from tests.houses import CHEAP
from tests.premises.test_over_a_line import NAMES, PASSWORD, At, Office, office, records
from tests.test_keys import no_ring

__all__ = ["office", "records"]
pytestmark = pytest.mark.slow


def dead(office: Office, desk: At) -> Path:
    """The data folder of the desk's machine, whose disk was taken out."""
    desk.desk.close()
    office.desks.remove(desk)
    home = desk.desk.running.desk.store.path.parent.parent
    return home.rename(home.with_name(f"disk-{home.name}"))


def keys_of(desk: At) -> Callable[[Path], DeviceKeys]:
    """The keyring of the machine's person."""
    return lambda folder: DeviceKeys(folder / "keys", ring=desk.ring, cost=CHEAP)


def salvaging(home: Path, desk: At) -> AbstractContextManager[OldDesk]:
    return old_desk(home, SystemClock(), keys=keys_of(desk))


def device_of(desk: At) -> str:
    with desk.desk.running.desk.store.reading() as session:
        return meta.get(session).identity.device_id


def acts(office: Office, device: str) -> int:
    with office.centre.reading() as session:
        own = select(func.count()).where(CommandRow.device_id == device)
        return session.scalar(own) or 0


def contents(home: Path) -> dict[Path, bytes]:
    """Every file of the disk."""
    return {each: each.read_bytes() for each in sorted(home.rglob("*")) if each.is_file()}


def test_what_a_dead_machine_had_not_sent_is_at_the_next_one(
    office: Office, records: list[PropertyRecord]
) -> None:
    desk = office.join(NAMES[0])
    device = device_of(desk)
    cases = {desk.register(each) for each in records[:2]}
    assert acts(office, device) == 0
    home = dead(office, desk)
    disk = contents(home)
    fresh = office.join(NAMES[1])
    with salvaging(home, desk) as old:
        sent = old.send()
    assert (sent.desk, sent.papers) == (1, 0)
    assert sent.acts == acts(office, device) > 0
    assert contents(home) == disk
    assert fresh.sync()
    assert fresh.cases() == cases
    # Begun again from the same disk it is the same acts.
    with salvaging(home, desk) as old:
        assert old.send() == sent
    assert acts(office, device) == sent.acts


def test_of_a_revoked_machine_it_is_taken_where_somebody_agrees(
    office: Office, records: list[PropertyRecord], tmp_path: Path
) -> None:
    desk = office.join(NAMES[0])
    device = device_of(desk)
    tell_key(office.centre)
    assert desk.sync()
    desk.register(records[0])
    with office.centre.writing() as session:
        enrolling.revoke(session, device, office.centre.clock())
    assert not desk.sync()
    home = dead(office, desk)
    with salvaging(home, desk) as old:
        with pytest.raises(Refusal, match="--agreed"):
            old.send()
        file = old.hand_over("رضا کاظمی", tmp_path).file.read_bytes()
    assert carry(office.centre, file).stopped == Why.REVOKED.value
    assert acts(office, device) == 0
    taken = carry(office.centre, file, "رضا کاظمی")
    assert (taken.stopped, taken.taken) == ("", taken.acts)
    assert acts(office, device) == taken.acts > 0
    with office.centre.reading() as session:
        row = session.get_one(DeviceRow, device)
        assert row.revoked_at is not None
        assert row.salvaged_by == "رضا کاظمی"
    # It is revoked all the same.
    with salvaging(home, desk) as old, pytest.raises(Refusal, match="پس گرفته"):
        old.send()


@pytest.mark.long
def test_of_a_machine_that_the_centre_does_not_know_it_is_said_what_to_look_at(
    office: Office, records: list[PropertyRecord]
) -> None:
    desk = office.join(NAMES[0])
    device = device_of(desk)
    desk.register(records[0])
    home = dead(office, desk)
    with office.centre.writing() as session:
        # As in a copy of before it came.
        session.delete(session.get_one(DeviceRow, device))
    with salvaging(home, desk) as old, pytest.raises(Refusal, match="نمی‌شناسد"):
        old.send()


def reopened(office: Office, home: Path, desk: At) -> At:
    """That disk in a machine, with the same person in front of it; no round is made by itself."""
    opened = open_real(
        home, read_office_file(home), SystemClock(), keys=keys_of(desk), reserve=4096
    )
    opened.running.bell.ring = lambda: None
    office.desks.append(At(opened, access.sign_in(opened.running.desk, NAMES[0], PASSWORD)))
    return office.desks[-1]


@pytest.mark.long
def test_a_disk_that_somebody_worked_on_with_a_copy_sends_nothing(
    office: Office, records: list[PropertyRecord], tmp_path: Path
) -> None:
    desk = office.join(NAMES[0])
    device, home = device_of(desk), dead(office, desk)
    copy = Path(shutil.copytree(home, tmp_path / "copy"))
    disks = []
    for disk, record in ((home, records[0]), (copy, records[1])):
        at = reopened(office, disk, desk)
        at.register(record)
        disks.append(dead(office, at))
    with salvaging(disks[0], desk) as old:
        old.send()
    count = acts(office, device)
    with salvaging(disks[1], desk) as old, pytest.raises(Refusal, match="کارهای دیگری"):
        old.send()
    assert acts(office, device) == count


@pytest.mark.long
def test_a_folder_without_a_desk_and_a_key_that_is_not_here_are_told(
    office: Office, tmp_path: Path
) -> None:
    with pytest.raises(Refusal), old_desk(tmp_path / "none", SystemClock()):
        pass
    desk = office.join(NAMES[0])
    home = dead(office, desk)

    def without(folder: Path) -> DeviceKeys:
        return DeviceKeys(folder / "keys", ring=no_ring(), cost=CHEAP)

    with pytest.raises(Refusal, match="کلید"), old_desk(home, SystemClock(), keys=without):
        pass
