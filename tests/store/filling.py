"""Requests put into a store, and work done in a child process on one."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

import pytest

from desktop.chance import new_id
from desktop.domain.commands import Register
from desktop.domain.errors import Refusal
from desktop.sql import engine
from desktop.sql.engine import File, path_of
from desktop.store import outbox, queue
from desktop.store.acts import act
from desktop.store.open import Session, Store
from tests.office import CLERK, NOW, request, setting_for

_CHILDREN = multiprocessing.get_context("forkserver")
Work = Callable[[Any, Connection], object]


def register(session: Session, serial: int = 1) -> str:
    """A new request; its case's id."""
    case_id = new_id()
    payload = Register(request(serial))
    act(session, [payload], case_id=case_id, actor=CLERK, at=NOW, setting_for=setting_for)
    return case_id


def fill(store: Store, most: int) -> list[str]:
    """Register one by one until that many or until the store refuses; ids of those kept."""
    made: list[str] = []
    for serial in range(1, most + 1):
        try:
            with store.writing() as session:
                case_id = register(session, serial)
        except Refusal as refusal:
            if "جا نیست" in refusal.words:
                return made
            raise
        made.append(case_id)
    return made


def demand_kept(store: Store, case_ids: list[str]) -> None:
    """The outbox and the view hold these cases and nothing else."""
    with store.reading() as session:
        assert len(outbox.after(session, 0, 1_000_000)) == len(case_ids)
        assert len(queue.ids(session)) == len(case_ids)
        assert all(queue.one(session, case_id) for case_id in case_ids)


@contextmanager
def without_room_for_copies() -> Iterator[None]:
    """A disk with next to no room for whatever a file is copied to."""
    connect: Callable[[File, str], Any] = engine._connect

    def small(place: File, mode: str) -> Any:
        made = connect(place, mode)
        if path_of(place).suffix == ".partial":
            made.execute("PRAGMA max_page_count = 2")
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_connect", small)
        yield


def in_child(work: Work, path: File) -> object:
    """What the work says, or `Refusal`, in a process of its own."""
    ours, theirs = _CHILDREN.Pipe()
    child = _CHILDREN.Process(target=_say, args=(theirs, work, path))
    child.start()
    theirs.close()
    with ours:
        said: object = ours.recv()
    child.join()
    child.close()
    return said


def _say(pipe: Connection, work: Work, path: File) -> None:
    try:
        pipe.send(work(path, pipe))
    except Refusal:
        pipe.send("Refusal")


def limit_pages(session: Session, more: int) -> None:
    """Let the file grow by so many pages and no further."""
    connection = session.connection()
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + more}")
