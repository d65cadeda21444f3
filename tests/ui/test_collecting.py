"""Garbage is collected on the window's thread, however much the workers leave behind."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from weakref import finalize

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.trial.memory import resident_mb
from desktop.ui.collecting import Collector


class Knot:
    """An object that only a collection can free."""

    def __init__(self) -> None:
        self.own = self
        self.held: list[bytes] = []


@pytest.fixture
def typing() -> list[str]:
    """What the person types; nothing yet."""
    return []


@pytest.fixture
def collector(qapp: QApplication, typing: list[str]) -> Iterator[Collector]:
    """At work by Python's own thresholds; afterwards it is as in the other tests."""
    kept = gc.get_threshold()
    # What other tests left is not looked at a hundred times over.
    gc.freeze()
    gc.set_threshold(700, 10, 10)
    owner = QWidget()
    made = Collector(owner, lambda: not typing)
    made.begin()
    yield made
    owner.deleteLater()
    gc.set_threshold(*kept)
    gc.unfreeze()
    gc.enable()


def leave_behind(freed: list[int], count: int) -> None:
    """So many knots, each telling the thread that frees it."""
    for _ in range(count):
        finalize(Knot(), lambda: freed.append(threading.get_ident()))


def test_what_a_worker_leaves_is_freed_on_the_windows_thread(collector: Collector) -> None:
    freed: list[int] = []
    with ThreadPoolExecutor(1) as worker:
        worker.submit(leave_behind, freed, 5_000).result()
        assert freed == []
        collector.look()
    assert set(freed) == {threading.get_ident()}


@pytest.mark.long
def test_the_old_is_looked_at_too(collector: Collector) -> None:
    freed: list[int] = []
    knot = Knot()
    finalize(knot, lambda: freed.append(threading.get_ident()))
    for _ in range(3):
        gc.collect(1)
    del knot
    for _ in range(400):
        leave_behind([], 800)
        collector.look()
    assert freed == [threading.get_ident()]


def test_what_a_page_leaves_is_freed_though_it_was_open_for_long(
    collector: Collector, typing: list[str]
) -> None:
    """But not while somebody types: looking at everything would swallow the next key."""
    freed: list[int] = []
    gc.collect()
    knot = Knot()
    finalize(knot, lambda: freed.append(threading.get_ident()))
    for _ in range(3):
        gc.collect(1)
    del knot
    collector.look()
    assert freed == []
    collector.note_page_left()
    typing.append("ن")
    collector.look()
    assert freed == []
    typing.clear()
    collector.look()
    assert freed == [threading.get_ident()]


def test_what_pages_held_goes_back_to_the_system(collector: Collector) -> None:
    """Between what stays: the C library would keep the room for whoever asks next."""
    stays: list[bytes] = []
    goes = Knot()
    for _ in range(400):
        goes.held.append(b"." * 100_000)
        stays.append(b"." * 100_000)
    del goes
    before = resident_mb()
    collector.note_page_left()
    collector.look()
    assert resident_mb() < before - 20
    assert len(stays) == 400
