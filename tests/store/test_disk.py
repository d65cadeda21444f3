"""A full disk: what was kept stays kept, the act that found no room is told, work goes on."""

from __future__ import annotations

import resource
import shutil
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop.domain.errors import Refusal
from desktop.store.open import Session, Store
from desktop.store.reserve import Reserve
from tests.store.conftest import enrol
from tests.store.filling import demand_kept, fill, in_child, limit_pages, register


@pytest.mark.slow
def test_a_full_disk_loses_nothing_and_work_goes_on_after_it(store: Store) -> None:
    store.write(lambda session: limit_pages(session, 6))
    made = fill(store, 500)
    assert 0 < len(made) < 500
    assert not store.has_reserve
    demand_kept(store, made)
    store.write(lambda session: limit_pages(session, 10_000))
    made.append(store.write(register))
    assert store.take_reserve()
    demand_kept(store, made)


@pytest.mark.slow
def test_the_act_that_found_no_room_is_done_once_the_reserve_is_given_up(store: Store) -> None:
    made = [store.write(register)]
    store.write(lambda session: limit_pages(session, 6))
    calls = 0

    def big(session: Session) -> list[str]:
        nonlocal calls
        calls += 1
        if calls == 2:
            # What giving up 20 MB does on a disk.
            limit_pages(session, 10_000)
        return [register(session, serial) for serial in range(2, 102)]

    made += store.write(big)
    assert calls == 2
    assert not store.has_reserve
    demand_kept(store, made)


def test_a_disk_that_stays_full_refuses_once_more_and_then_at_once(store: Store) -> None:
    store.write(lambda session: limit_pages(session, 0))
    calls = 0

    def big(session: Session) -> None:
        nonlocal calls
        calls += 1
        for serial in range(1, 100):
            register(session, serial)

    for expected in (2, 3):
        with pytest.raises(Refusal, match="جا نیست"):
            store.write(big)
        assert calls == expected
    demand_kept(store, [])


@pytest.mark.slow
def test_a_file_size_limit_is_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "office.sqlite"
    made = in_child(_fill_to_the_limit, path)
    assert isinstance(made, list)
    assert 0 < len(made) < 500
    again = Store(path, reserve=4096)
    demand_kept(again, made)
    again.close()


@pytest.mark.slow
def test_a_first_start_on_a_full_disk_is_told(tmp_path: Path) -> None:
    assert in_child(_start_without_room, tmp_path / "office.sqlite") == "Refusal"


def test_the_reserve_is_real_room_and_is_taken_once(tmp_path: Path) -> None:
    store = tmp_path / "office.sqlite"
    reserve = Reserve(store, 1_000_000)
    assert not reserve.held
    assert reserve.hold()
    (file,) = tmp_path.iterdir()
    assert file.stat().st_blocks * 512 >= 1_000_000
    before = file.stat().st_mtime_ns
    assert reserve.hold()
    assert file.stat().st_mtime_ns == before
    assert reserve.give_up()
    assert not reserve.give_up()
    assert list(tmp_path.iterdir()) == []


def test_the_room_is_not_taken_back_where_no_room_to_work_in_would_be_left(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    assert not Reserve(tmp_path / "office.sqlite", free * 3 // 4).retake()
    assert list(tmp_path.iterdir()) == []
    assert Reserve(tmp_path / "office.sqlite", 1_000_000).retake()


@pytest.mark.slow
def test_a_disk_without_room_has_no_reserve(tmp_path: Path) -> None:
    assert in_child(_reserve_without_room, tmp_path / "office.sqlite") is False
    assert list(tmp_path.iterdir()) == []


def _limit_file(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _fill_to_the_limit(path: Path, _: Connection) -> list[str]:
    store = Store(path, reserve=4096)
    store.write(enrol)
    _limit_file(path.with_name(f"{path.name}-wal").stat().st_size + 300_000)
    return fill(store, 500)


def _start_without_room(path: Path, _: Connection) -> str:
    _limit_file(30_000)
    Store(path, reserve=4096)
    return "opened"


def _reserve_without_room(path: Path, _: Connection) -> bool:
    _limit_file(100_000)
    return Reserve(path, 1_000_000).hold()
