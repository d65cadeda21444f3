"""A first start makes an installation whole or not at all; what broke off is made anew."""

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path

import pytest

from desktop.actions import access
from desktop.centre.signing import CentreKeys
from desktop.demo.house import open_house
from desktop.demo.people import PASSWORD, STAFF
from desktop.domain.errors import Refusal
from desktop.keys import Cost, DeviceKeys, new_key
from desktop.premises.clocks import SteppingClock
from desktop.premises.embedded import Embedded
from desktop.premises.founding import is_founded, set_aside_if_before
from desktop.premises.open import House, Opening
from desktop.premises.verifying import trust_in
from desktop.store import people
from desktop.store.lock import InUse, StoreLock
from tests.houses import CHEAP, MORNING, copied_house

FEW = 30


def _opening() -> Opening:
    return Opening(SteppingClock(MORNING.astimezone(UTC)), cost=CHEAP)


def _everybody_can_sign_in(house: House) -> None:
    for person in STAFF:
        assert access.sign_in(house.desk_of(person.role).desk, person.name, PASSWORD)


class _Killed(BaseException):
    """The program ends here."""


@pytest.mark.parametrize("where", ["enrol_desks", "bring_up_to_date", "begin"])
@pytest.mark.slow
def test_a_first_start_that_broke_off_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    folder = tmp_path / "demo"

    def die(*_: object) -> None:
        raise _Killed

    with monkeypatch.context() as broken:
        if where != "begin":
            broken.setattr(Embedded, where, die)
        with pytest.raises(_Killed):
            open_house(folder, _opening(), properties=FEW, begin=die)
    assert not is_founded(folder)
    began: list[House] = []
    house = open_house(folder, _opening(), properties=FEW, begin=began.append)
    _everybody_can_sign_in(house)
    house.close()
    assert len(began) == 1
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["demo"]


@pytest.mark.slow
def test_what_an_earlier_program_left_half_is_moved_aside(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    (folder / "keys").mkdir(parents=True)
    (folder / "keys" / "centre.json").write_text("{}")
    house = open_house(folder, _opening(), properties=FEW)
    _everybody_can_sign_in(house)
    house.close()
    assert (tmp_path / "demo.unfinished" / "keys" / "centre.json").is_file()


@pytest.mark.slow
def test_what_a_guess_costs_is_as_the_house_was_opened_not_as_it_was_founded(
    tmp_path: Path,
) -> None:
    clock = SteppingClock(MORNING.astimezone(UTC))
    cost = Cost(passes=2, memory=64, lanes=2)
    house = open_house(tmp_path / "demo", Opening(clock, cost=cost), properties=FEW)
    for person in STAFF:
        with house.desk_of(person.role).desk.store.reading() as session:
            wrapped = people.wrapped_key(session, person.staff_id)
        assert wrapped is not None
        held = json.loads(wrapped)
        assert Cost(held["passes"], held["memory"], held["lanes"]) == cost
        assert held["demo"]
    _everybody_can_sign_in(house)
    house.close()


@pytest.mark.long
def test_a_house_whose_centre_signs_as_before_is_set_aside_whole(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    house = open_house(folder, _opening(), properties=FEW)
    assert house.told == ""
    house.close()
    before = new_key()
    DeviceKeys(folder / "keys").keep_demo("centre", before)
    kept = sorted(path.name for path in folder.rglob("*"))
    for number in (1, 2):
        house = open_house(folder, _opening(), properties=FEW)
        _everybody_can_sign_in(house)
        assert house.office.sync().well
        house.close()
        if number == 1:
            assert "demo.before" in house.told
            assert "کنار" in house.told
        else:
            assert house.told == ""
    aside = tmp_path / "demo.before"
    assert sorted(path.name for path in aside.rglob("*")) == kept
    # What its centre signed is still told from a forgery.
    (tmp_path / "demo.empty").mkdir()
    # One that is just being made, or broke off half way, has signed nothing.
    half = DeviceKeys(tmp_path / "demo.new" / "keys")
    half.keep_demo_secret("centre", CentreKeys.new(demo=True).secret)
    cities = trust_in(tmp_path, []).cities
    assert {(key.public, city.centre == "") for city in cities for key in city.keys} >= {
        (before.public_key().public_bytes_raw().hex(), True)
    }
    assert len(cities) == 2
    # Another of the kind finds a name of its own.
    DeviceKeys(folder / "keys").keep_demo("centre", new_key())
    assert set_aside_if_before(folder) == tmp_path / "demo.before-2"


@pytest.mark.slow
def test_a_house_at_work_is_not_set_aside(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    house = open_house(folder, _opening(), properties=FEW)
    DeviceKeys(folder / "keys").keep_demo("centre", new_key())
    try:
        with pytest.raises(InUse):
            set_aside_if_before(folder)
    finally:
        house.close()
    assert is_founded(folder)


@pytest.mark.slow
def test_a_house_that_stands_is_not_founded_again(tmp_path: Path) -> None:
    began: list[House] = []
    for _ in range(2):
        open_house(tmp_path / "demo", _opening(), properties=FEW, begin=began.append).close()
    assert len(began) == 1


@pytest.mark.slow
def test_two_first_starts_at_once_found_it_once(tmp_path: Path) -> None:
    lock = StoreLock(tmp_path / "demo.new")
    lock.acquire()
    try:
        with pytest.raises(InUse):
            open_house(tmp_path / "demo", _opening(), properties=FEW)
        assert not (tmp_path / "demo").exists()
    finally:
        lock.release()
    open_house(tmp_path / "demo", _opening(), properties=FEW).close()


@pytest.mark.slow
def test_a_desk_that_can_not_be_opened_leaves_the_other_one_free(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    copied_house(folder, SteppingClock(MORNING.astimezone(UTC)), FEW).close()
    broken, whole = folder / "municipality.db", folder / "office.db"
    kept = broken.read_bytes()
    broken.write_bytes(b"not a database, though as long as one" * 200)
    with pytest.raises(Refusal):
        open_house(folder, _opening(), properties=FEW)
    lock = StoreLock(whole)
    lock.acquire()
    lock.release()
    broken.write_bytes(kept)
    open_house(folder, _opening(), properties=FEW).close()
