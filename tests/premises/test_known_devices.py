"""The file of devices beside the keys: a line each, none lost to a cut, none taken away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import delete

from desktop.centre import devices, enrolling, people
from desktop.centre.tables import DeviceRow
from desktop.centre.transacting import transact
from desktop.chance import new_id
from desktop.keys import new_key
from desktop.premises import known_devices
from desktop.premises.centre_file import DEVICES
from desktop.wire.enrolling import EnrolAsk
from desktop.wire.link import public_hex
from tests.premises.conftest import Town


@pytest.fixture
def noted(town: Town, tmp_path: Path) -> Path:
    """The file of the town's centre, which has a folder of its own."""
    note = partial(known_devices.note, tmp_path)
    town.centre = replace(town.centre, note_beside=note)
    return tmp_path / DEVICES


def enrol(town: Town, desk: int) -> str:
    """A device of office 21."""
    device = new_id()
    with town.centre.writing() as session:
        people.enrol_device(session, device, "21", desk, "ab" * 32)
    return device


def taken(town: Town, file: Path) -> list[tuple[int, bool]]:
    """What a copy of the database learns of it that has none of these devices."""
    with town.centre.writing() as session:
        session.execute(delete(DeviceRow))
        known = known_devices.read(file.parent)
        assert known is not None
        told = [each for each in known if devices.take(session, each)]
    return [(each.desk, each.revoked_at is not None) for each in told]


def test_each_device_is_a_line_and_one_more_as_it_is_revoked(town: Town, noted: Path) -> None:
    first = enrol(town, 1)
    enrol(town, 2)
    for _ in range(2):
        town.centre.note_beside(town.centre)
    assert len(noted.read_text("utf-8").splitlines()) == 2
    with town.centre.writing() as session:
        enrolling.revoke(session, first, town.clock.now())
    town.centre.note_beside(town.centre)
    assert len(noted.read_text("utf-8").splitlines()) == 3
    assert taken(town, noted) == [(1, False), (2, False), (1, True)]
    with town.centre.reading() as session:
        assert session.get_one(DeviceRow, first).revoked_at == town.clock.now()


def test_a_line_that_was_cut_off_is_written_again(town: Town, noted: Path) -> None:
    enrol(town, 1)
    enrol(town, 2)
    town.centre.note_beside(town.centre)
    noted.write_bytes(noted.read_bytes()[:-20])
    enrol(town, 3)
    town.centre.note_beside(town.centre)
    assert taken(town, noted) == [(1, False), (2, False), (3, False)]


def test_of_two_machines_that_had_one_number_the_later_is_known(town: Town, noted: Path) -> None:
    given_up = enrol(town, 1)
    town.centre.note_beside(town.centre)
    with town.centre.writing() as session:
        assert devices.drop_unused(session, session.get_one(DeviceRow, given_up))
    came = enrol(town, 1)
    town.centre.note_beside(town.centre)
    assert len(noted.read_text("utf-8").splitlines()) == 2
    told = known_devices.read(noted.parent)
    assert told is not None
    assert [each.device_id for each in told] == [came]


def test_who_joins_by_a_code_stands_there_at_once(town: Town, noted: Path) -> None:

    ask = EnrolAsk(code=town.code(), key=public_hex(new_key()))
    device, at = new_id(), town.clock.now()
    transact(
        town.centre,
        town.centre.writer,
        lambda session: enrolling.enrol(session, town.centre, device, ask, at),
    )
    assert device in noted.read_text("utf-8")
