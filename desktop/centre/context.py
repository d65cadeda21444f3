"""One centre: its database, its keys, its clock, and the reference data it has parsed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from threading import Thread
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from desktop import journal
from desktop.centre.look_tables import LookSecretRow
from desktop.centre.recovering.standing import Recovery
from desktop.centre.reference import Reference
from desktop.centre.shares import OFFICE_AT_ONCE, Shares
from desktop.centre.signing import CentreKeys
from desktop.centre.tables import CentreRow
from desktop.chance import new_id
from desktop.domain.calendar import TEHRAN
from desktop.domain.people import Role, Staff
from desktop.forms.catalogue import Kept

_AFTER = "after"
_MOST_LISTS = 2
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


def nowhere(_: Centre) -> None:
    """Keeps nothing: of a centre without a folder of its own."""


def at_once(work: Callable[[], object]) -> None:
    """Does the work before the call returns: for tests and tours, where all goes in turn."""
    work()


@dataclass(frozen=True)
class CentreIdentity:
    """Who this centre is, for good, and which of its lives this is."""

    centre: str
    epoch: str


@dataclass(frozen=True)
class Centre:
    """What every call at the centre works with. `clock` gives aware UTC moments; `later` does what
    takes too long for a call, once, after it; `people` are lists of all staff (`people_list`) and
    `checks` what letters are checked with (`check_files`), as they were made last; `recovery` tells
    how it stands after a restore; `note_beside` keeps beside its keys what an older copy of its
    database would know nothing of."""

    writer: Engine
    reader: Engine
    keys: CentreKeys
    clock: Callable[[], datetime]
    reference: Reference = field(default_factory=Reference)
    shares: Shares = field(default_factory=Shares)
    office_shares: Shares = field(default_factory=lambda: Shares(OFFICE_AT_ONCE))
    people: Kept[Hashable, Any] = field(default_factory=lambda: Kept(_MOST_LISTS))
    checks: Kept[str, Any] = field(default_factory=lambda: Kept(1))
    recovery: Recovery = field(default_factory=Recovery)
    later: Callable[[Callable[[], object]], object] = in_a_thread
    note_beside: Callable[[Centre], object] = nowhere

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

    def begin(self) -> CentreIdentity:
        """Name a new database's centre and its first epoch; nothing for one that has its own."""
        with self.writing() as session:
            row = session.get(CentreRow, 1)
            if row is None:
                row = CentreRow(only=1, epoch=new_id(), key_id=self.keys.letters.key_id, centre="")
                session.add(row)
            row.centre = row.centre or new_id()
        # Every answer needs it: asked now, while there is somebody to tell that it can't be.
        return self.identity

    def is_own(self, session: Session) -> bool:
        """Whether the database is of the centre with these keys."""
        return session.scalars(select(CentreRow.key_id)).one_or_none() == self.keys.letters.key_id

    @cached_property
    def look_secret(self) -> str:
        """What the lots of second looks are drawn by, hex, asked once: it never changes.

        Raises NoResultFound until it is made, and that is committed.
        """
        with self.reading() as session:
            return session.scalars(select(LookSecretRow.secret)).one()

    def after(self, session: Session, work: Callable[[], object]) -> None:
        """Have the work done once the transaction is committed, when the call has been answered."""
        session.info.setdefault(_AFTER, []).append(work)

    def put_off_nothing(self, session: Session) -> None:
        """Drop what was put off: what asked for it is taken back."""
        session.info.pop(_AFTER, None)

    def go_on(self, session: Session) -> None:
        """Do what was put off until the transaction of that session was committed."""
        for work in session.info.pop(_AFTER, []):
            self.later(work)

    def close(self) -> None:
        """Close the database."""
        self.writer.dispose()
        self.reader.dispose()

    @cached_property
    def identity(self) -> CentreIdentity:
        """The centre's id and present epoch, asked once: both hold as long as this is open."""
        with self.reading() as session:
            row = session.execute(select(CentreRow.centre, CentreRow.epoch)).one()
        return CentreIdentity(row.centre, row.epoch)


def day_of(moment: datetime) -> date:
    """The day in Yazd."""
    return moment.astimezone(TEHRAN).date()
