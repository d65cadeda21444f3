"""What Prometheus is told of a centre: answers and their times, and how its records and desks are.

The processes that answer count into files of a folder that they share; the one that serves nobody
adds them up, asks the database for the rest, and tells it on a port of its own.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections import Counter as Counted
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPICursor, ExecutionContext

from desktop import __version__, journal
from desktop.centre import registry
from desktop.centre.context import Centre, day_of
from desktop.centre.records import in_force
from desktop.centre.schema import HEAD, schema_of, serves

# The variable by which the processes that count know their folder when they begin.
_SHARED = "PROMETHEUS_MULTIPROC_DIR"

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_CONNECTIONS = (0, 1, 2, 4, 6, 8, 10, 12, 15, 20)
_SLOW = timedelta(milliseconds=500)
_DAY_S = 86_400

_log = logging.getLogger(__name__)


class Meter:
    """Counts what one process answers."""

    def __init__(self, centre: Centre, counts: CollectorRegistry | None = None) -> None:
        self._engines = (centre.writer, centre.reader)
        kept = counts or CollectorRegistry()
        self._answers = Histogram(
            "pishkhan_answer_seconds",
            "How long a call took, from its head to its answer.",
            ("call", "status"),
            buckets=_SECONDS,
            registry=kept,
        )
        self._pool = Histogram(
            "pishkhan_pool_in_use",
            "Connections to the database that one process had in use, looked at with each answer.",
            ("engine",),
            buckets=_CONNECTIONS,
            registry=kept,
        )
        self._slow = Counter(
            "pishkhan_slow_statements",
            f"Statements that took more than {_SLOW / timedelta(milliseconds=1):.0f} ms.",
            registry=kept,
        )
        for engine in self._engines:
            watch_statements(engine, self._note)

    def __call__(self, path: str, status: int, seconds: float) -> None:
        """An answer was given."""
        self._answers.labels(path, str(status)).observe(seconds)
        for name, engine in zip(("writer", "reader"), self._engines, strict=True):
            checked_out = getattr(engine.pool, "checkedout", None)
            if checked_out is not None:
                self._pool.labels(name).observe(checked_out())

    def _note(self, statement: str, seconds: float) -> None:
        self._slow.inc()
        # The statement only: what it is asked with may be a person's.
        _log.warning("%.1f s: %s", seconds, " ".join(statement.split())[:300])


def watch_statements(engine: Engine, note: Callable[[str, float], None]) -> None:
    """Call `note` with every statement that took long, and how long."""

    @event.listens_for(engine, "before_cursor_execute")
    def before(
        connection: Connection,
        cursor: DBAPICursor,
        statement: str,
        parameters: Any,
        context: ExecutionContext | None,
        many: bool,
    ) -> None:
        connection.info["begun"] = time.perf_counter()

    @event.listens_for(engine, "after_cursor_execute")
    def after(
        connection: Connection,
        cursor: DBAPICursor,
        statement: str,
        parameters: Any,
        context: ExecutionContext | None,
        many: bool,
    ) -> None:
        seconds = time.perf_counter() - connection.info["begun"]
        if seconds > _SLOW.total_seconds():
            note(statement, seconds)


class State(Collector):
    """How the centre is at the moment that it is asked; what can't be found out is left out.

    `folders` are those whose disks may fill, by the names under which they are told.
    """

    def __init__(
        self,
        centre: Centre,
        certificate_end: Callable[[], datetime],
        backup_at: Callable[[], datetime | None],
        folders: Mapping[str, Path],
    ) -> None:
        self._centre = centre
        self._certificate_end, self._backup_at = certificate_end, backup_at
        self._folders = folders

    def collect(self) -> Iterator[Metric]:
        """What stands in the database, and on the disk beside it."""
        at = self._centre.clock()
        what = {"version": __version__, "schema": HEAD}
        yield InfoMetricFamily("pishkhan_program", "The program that serves.", what)
        yield self._disks()
        try:
            left = self._certificate_end() - at
        # One that can't be read is none at the next start: told as one that ends now.
        except Exception as fault:  # noqa: BLE001
            journal.report(fault)
            left = timedelta()
        yield _one("certificate_seconds", "Until the certificate ends.", left)
        try:
            backup = self._backup_at()
        except Exception as fault:  # noqa: BLE001
            journal.report(fault)
            backup = None
        if backup is not None:
            yield _one(
                "backup_age_seconds", "Since the last backup that was read back.", at - backup
            )
        try:
            found = list(self._asked(at))
        # Prometheus is told just that the database does not answer.
        except Exception as fault:  # noqa: BLE001
            journal.report(fault)
            found = []
        yield _number("database_up", "1 while the database answers at this schema.", bool(found))
        yield from found

    def _disks(self) -> Metric:
        left = GaugeMetricFamily(
            "pishkhan_disk_free_bytes", "Left on the disk that holds it.", labels=["folder"]
        )
        for name, folder in self._folders.items():
            # Before the first backup, or where their disk is gone: told by being absent.
            with suppress(OSError):
                left.add_metric([name], shutil.disk_usage(folder).free)
        return left

    def _asked(self, at: datetime) -> Iterator[Metric]:
        if not serves(schema_of(self._centre.reader)):
            return
        with self._centre.reading() as session:
            waiting = registry.held(session)
            offices = registry.offices(session, day_of(at))
            records = in_force.as_of(session)
        yield _number("held_commands", "Commands that an unexpected fault has parked.", waiting)
        if records is not None:
            age = (day_of(at) - records).days * _DAY_S
            yield _number("records_age_seconds", "Since the day of the records in force.", age)
        yield _by_office(
            "silent_seconds",
            "Since a desk of the office called.",
            {office.code: office.heard_at for office in offices},
            at,
        )
        yield _by_office(
            "oldest_unsent_seconds",
            "How long the office's oldest act waits to be sent, as its desks last told.",
            {office.code: office.unsent_since for office in offices},
            at,
        )
        lacking = GaugeMetricFamily(
            "pishkhan_desks_without_backup",
            "Desks at work whose store was not backed up for two days, as they last told.",
            labels=["office"],
        )
        for office in offices:
            lacking.add_metric([office.code], office.without_backup(at))
        yield lacking
        yield from _desks(offices)


def _desks(offices: Sequence[registry.Office]) -> Iterator[Metric]:
    """What desks last told of themselves."""
    held = GaugeMetricFamily(
        "pishkhan_desks_held_acts", "Acts that an error parked at a desk.", labels=["office"]
    )
    left = GaugeMetricFamily(
        "pishkhan_desks_disk_free_bytes", "Left on the fullest of its disks.", labels=["office"]
    )
    at_work = GaugeMetricFamily(
        "pishkhan_desks", "Desks at work, by the program that they have.", labels=["version"]
    )
    for office in offices:
        held.add_metric([office.code], office.held)
        if office.disk_mb is not None:
            left.add_metric([office.code], office.disk_mb * 2**20)
    # One that never called has none yet.
    told = (desk.version for office in offices for desk in office.working if desk.version)
    versions = Counted(told)
    for version, count in sorted(versions.items()):
        at_work.add_metric([version], count)
    yield from (held, left, at_work)


def _by_office(name: str, told: str, since: Mapping[str, datetime | None], at: datetime) -> Metric:
    found = GaugeMetricFamily(f"pishkhan_{name}", told, labels=["office"])
    for office, moment in since.items():
        if moment is not None:
            found.add_metric([office], (at - moment).total_seconds())
    return found


def _one(name: str, told: str, span: timedelta) -> Metric:
    return _number(name, told, span.total_seconds())


def _number(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(f"pishkhan_{name}", told, value=float(value))


def listen(port: int, state: State, folder: Path) -> Callable[[], None]:
    """Tell it all on loopback; what ends it. Raises OSError where the port can't be had.

    `folder` is the one that the processes count into.
    """
    told = CollectorRegistry()
    MultiProcessCollector(told, path=str(folder))  # type: ignore[no-untyped-call]
    told.register(state)
    server, thread = start_http_server(port, "127.0.0.1", told)

    def end() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return end


def share(folder: Path) -> None:
    """Have the processes that this one begins count into the folder."""
    os.environ[_SHARED] = str(folder)
