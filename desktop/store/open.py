"""Opens an office's store: lock, check, migrate, reserve; then the engines to write and read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias, TypeVar

from sqlalchemy import Engine, orm
from sqlalchemy.exc import DBAPIError

from desktop.domain.errors import Refusal
from desktop.sql.engine import File, path_of, reader, writer
from desktop.sql.faults import as_refusals, is_full, refusal_for
from desktop.sql.metadata import append_only_tables
from desktop.sql.migrate import check_file, upgrade
from desktop.store import heads, sheet_tables, tables
from desktop.store.case_counts import COUNTING
from desktop.store.lock import StoreLock
from desktop.store.reserve import SIZE, Reserve
from desktop.store.tables import HEAD, Base

Session: TypeAlias = orm.Session
"""One transaction of a store, as `writing` and `reading` hand it over."""

_Result = TypeVar("_Result")
# Naming the modules of the tables fills their metadata.
DECLARED = (tables, sheet_tables, heads)
_MIGRATIONS = Path(__file__).parent / "migrations"
_NO_FOLDER = "پوشهٔ برنامه ساخته نمی‌شود یا در آن نمی‌توان نوشت؛ از پشتیبانی بخواهید اجازه بدهد."


@contextmanager
def looking_into(place: File) -> Iterator[Session]:
    """One moment of a store that another program may have open, to read only. Raises Refusal for
    a damaged one, or one that is not to be opened by this key."""
    engine = reader(place)
    try:
        check_file(engine)
        with orm.Session(engine) as session, session.begin():
            yield session
    finally:
        engine.dispose()


class Store:
    """An open store. One program at a time; any of its threads may write and read."""

    def __init__(self, place: File, *, reserve: int = SIZE) -> None:
        """Open the file or make it; one that is to be encrypted is so from its first byte.

        Raises Refusal: held, damaged, newer, read-only, disk full, not to be opened by this key.
        """
        self.place = place
        self.path = path = path_of(place)
        self._reserve = Reserve(path, reserve)
        self._marker = path.with_name(f"{path.name}.open")
        with _files_as_refusals(), as_refusals():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = StoreLock(path)
        self._lock.acquire()
        self._writer = writer(place)
        self.reader = reader(place)
        try:
            with _files_as_refusals():
                self.was_killed = self._marker.exists()
                self._marker.touch()
            if self.was_killed:
                check_file(self._writer)
            upgrade(self._writer, _MIGRATIONS, HEAD, append_only_tables(Base.metadata), [COUNTING])
        except BaseException:
            self._release()
            raise
        self.has_reserve = self._reserve.hold()

    @property
    def engines(self) -> tuple[Engine, Engine]:
        """What writes and what reads it, for who counts what both are asked."""
        return self._writer, self.reader

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction that begins with BEGIN IMMEDIATE and commits when the block ends.

        Raises Refusal for a full disk (then the reserve has been given up and the same act will
        find room), a read-only or a damaged file.
        """
        try:
            with Session(self._writer, expire_on_commit=False) as session, session.begin():
                yield session
        except DBAPIError as fault:
            if is_full(fault):
                self._reserve.give_up()
                self.has_reserve = False
            refusal = refusal_for(fault)
            if refusal is None:
                raise
            raise refusal from fault

    def write(self, work: Callable[[Session], _Result]) -> _Result:
        """The work in one writing transaction; done once more when a full disk gave up the reserve.

        The work must do nothing outside its transaction. Raises what it raises, and as `writing`.
        """
        could_give = self.has_reserve
        try:
            with self.writing() as session:
                return work(session)
        except Refusal:
            if not could_give or self.has_reserve:
                raise
        with self.writing() as session:
            return work(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One moment of the store, to read only. Raises Refusal for a damaged file."""
        with as_refusals(), Session(self.reader) as session, session.begin():
            yield session

    def take_reserve(self) -> bool:
        """Take the room again after a full disk, once as much again is free; False before that."""
        self.has_reserve = self.has_reserve or self._reserve.retake()
        return self.has_reserve

    def close(self) -> None:
        """Close for good; the next start knows that this end was a clean one."""
        self._marker.unlink(missing_ok=True)
        self._release()

    def _release(self) -> None:
        self._writer.dispose()
        self.reader.dispose()
        self._lock.release()


@contextmanager
def _files_as_refusals() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise Refusal(_NO_FOLDER) from fault
