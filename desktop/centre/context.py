"""One centre: its database, its key, its clock, and the reference data it has parsed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Thread

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from desktop import journal
from desktop.centre.reference import Reference
from desktop.centre.signing import CentreKey
from desktop.centre.tables import CentreRow
from desktop.chance import new_id
from desktop.domain.calendar import TEHRAN
from desktop.domain.people import Role, Staff
from desktop.sql import memo

_AFTER = "after"
CENTRE_ACTOR = Staff("centre", "مرکز", Role.CENTRE, "")


def in_a_thread(work: Callable[[], object]) -> Thread:
    """Does the work beside all else, in the thread returned; what goes wrong is logged once."""

    def run() -> None:
        try:
            work()
        # Nobody waits for it: whatever it ran into must be read later.
        except Exception as bug:  # noqa: BLE001
            journal.report(bug)

    thread = Thread(target=run, name="centre-later", daemon=True)
    thread.start()
    return thread


def at_once(work: Callable[[], object]) -> None:
    """Does the work before the call returns: for tests and tours, where all goes in turn."""
    work()


@dataclass(frozen=True)
class Centre:
    """What every call at the centre works with. `clock` gives aware UTC moments; `later` does what
    takes too long for a call, once, after it."""

    writer: Engine
    reader: Engine
    key: CentreKey
    clock: Callable[[], datetime]
    reference: Reference = field(default_factory=Reference)
    later: Callable[[Callable[[], object]], object] = in_a_thread

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One writing transaction."""
        with Session(self.writer) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One moment of the database, to read only."""
        with Session(self.reader) as session, session.begin():
            yield session

    def begin(self) -> None:
        """Name the first epoch of a new database; nothing for one that has its own."""
        with self.writing() as session:
            if session.get(CentreRow, 1) is None:
                session.add(CentreRow(only=1, epoch=new_id(), key_id=self.key.key_id))

    def after(self, session: Session, work: Callable[[], object]) -> None:
        """Have the work done once the transaction is committed, when the call has been answered."""
        session.info.setdefault(_AFTER, []).append(work)

    def go_on(self, session: Session) -> None:
        """Do what was put off until the transaction of that session was committed."""
        for work in session.info.pop(_AFTER, []):
            self.later(work)

    def close(self) -> None:
        """Close the database."""
        self.writer.dispose()
        self.reader.dispose()

    def epoch(self, session: Session) -> str:
        """The centre's present epoch."""
        return memo.once(session, "epoch", lambda: session.scalars(select(CentreRow.epoch)).one())


def day_of(moment: datetime) -> date:
    """The day in Yazd."""
    return moment.astimezone(TEHRAN).date()
