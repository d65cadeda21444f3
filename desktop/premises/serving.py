"""A centre at work: desks are answered by processes of their own, time by this one."""

from __future__ import annotations

import logging
import ssl
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread

from desktop import journal
from desktop.actions.desk import Clock
from desktop.centre import api, outages
from desktop.centre.context import Centre
from desktop.centre.couriering import tell_key
from desktop.centre.listening import Listening, made_by, run
from desktop.centre.metrics import Meter, State, listen, share
from desktop.centre.shares import Busy
from desktop.centre.tick import each_minute, tick
from desktop.centre.transacting import transact
from desktop.domain.calendar import to_the_hour
from desktop.domain.errors import Refusal
from desktop.premises.backing_up import last_backup
from desktop.premises.centre_file import CentreFile, balancers_of, read_centre_file
from desktop.premises.certificate import end_of
from desktop.premises.clocks import SystemClock
from desktop.premises.served import demand_certificate, open_centre
from desktop.sql.faults import passes

_CLOCK = SystemClock()
_LOOK_S = 2.0
_MINUTE_S = 60.0
"""A letter that ended is on the list at desks with a line within so long."""
_log = logging.getLogger(__name__)
# An office of ten desks that comes back after an outage may call so many times at once.
_RUSH_S = 8
_TAKEN = "درگاه {} را برنامهٔ دیگری گرفته است، یا اجازهٔ گوش دادن به آن نیست."


def serve_centre(folder: Path, processes: int | None = None, clock: Clock = _CLOCK) -> None:
    """Answer desks until told to end, in several processes; one more does what time brings about.
    All tell the time by that clock.

    Raises Refusal for a database of another schema, a certificate that can't be served by, a port
    that can't be had.
    """
    file = read_centre_file(folder)
    demand_certificate(folder, file)
    centre = open_centre(folder, clock)
    limits = api.Limits(
        calls_a_second=file.calls_a_second,
        calls_at_once=_RUSH_S * file.calls_a_second,
        balancers=balancers_of(file.balancers),
    )
    listening = Listening(
        file.host,
        file.port,
        folder / file.certificate,
        folder / file.certificate_key,
        processes or file.processes,
    )
    app = made_by(partial(_opened, folder, clock), limits, Meter)
    rounds = rounds_of(centre)

    def begun() -> None:
        # Before the first desk is answered it is known since when none was.
        rounds[0].once()
        for each in rounds:
            each.begin()

    journal.tell_also(sys.stderr)
    with ExitStack() as ends:
        ends.callback(centre.close)
        for each in rounds:
            ends.callback(each.end)
        ends.enter_context(_measured(folder, file, centre))
        ends.enter_context(suppress(KeyboardInterrupt))
        try:
            run(app, listening, begun)
        except OSError as fault:
            raise Refusal(_TAKEN.format(f"{file.host}:{file.port}")) from fault


def rounds_of(centre: Centre) -> tuple[Repeating, ...]:
    """What the process that serves nobody does again and again: first of all it says that the
    centre is there."""
    return (
        Repeating("beat", partial(_beat, centre), outages.BEAT.total_seconds),
        Repeating("minute", partial(each_minute, centre), lambda: _MINUTE_S),
        Repeating("tick", partial(_tick, centre), lambda: to_the_hour(centre.clock())),
    )


@contextmanager
def _measured(folder: Path, file: CentreFile, centre: Centre) -> Iterator[None]:
    """What the processes count is kept in a folder of its own, and told on loopback."""
    certificate = folder / file.certificate
    folders = {"data": folder}
    if not file.pgbackrest:
        folders["backups"] = folder / file.backups
    state = State(
        centre,
        lambda: certificate_end(certificate, file.host, file.port),
        lambda: last_backup(folder),
        folders,
    )
    with tempfile.TemporaryDirectory(prefix="pishkhan-counts-") as counts:
        share(Path(counts))
        if not file.metrics_port:
            yield
            return
        try:
            end = listen(file.metrics_port, state, Path(counts))
        except OSError as fault:
            raise Refusal(_TAKEN.format(f"127.0.0.1:{file.metrics_port}")) from fault
        try:
            yield
        finally:
            end()


def certificate_end(path: Path, host: str, port: int) -> datetime:
    """When the certificate that is served by ends, or the one that lies there, if that is sooner.

    A renewed one is served by only from the next start or reload on. Raises OSError, Refusal for a
    file that can't be read.
    """
    there = end_of(path.read_bytes())
    own = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    try:
        served = ssl.get_server_certificate((own, port), timeout=_LOOK_S)
    except OSError:
        # Nobody listens at this moment: that is told otherwise.
        return there
    return min(there, end_of(served.encode()))


def _opened(folder: Path, clock: Clock) -> Centre:
    """The centre in a process of its own, whose log is the service's."""
    journal.tell_also(sys.stderr)
    return open_centre(folder, clock)


def _beat(centre: Centre) -> None:
    transact(centre, centre.writer, partial(outages.beat, at=centre.clock()))


def _tick(centre: Centre) -> None:
    # A centre of an earlier program has not told it yet.
    tell_key(centre)
    _log.info("time brought about: %d", tick(centre))
    # What happened at another machine, or while this one's disk was full.
    centre.note_beside(centre)


class Repeating:
    """Something done at once, and again after so many seconds each time, in the one process that
    serves nobody."""

    def __init__(self, name: str, work: Callable[[], object], wait: Callable[[], float]) -> None:
        self.name, self._work, self.wait = name, work, wait
        self._ended = Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def begin(self) -> None:
        """Begin."""
        self._thread.start()

    def end(self) -> None:
        """End, when what is under way is done."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            self.once()
            self._ended.wait(self.wait())

    def once(self) -> None:
        """Do it."""
        try:
            self._work()
        # It is tried again the next time; a bug is logged once, and a database that is not there
        # is none.
        except Exception as fault:  # noqa: BLE001
            if isinstance(fault, Busy) or passes(fault):
                _log.warning("%s waits for the next time: %s", self.name, fault)
            else:
                journal.report(fault)
