"""A centre at work: desks are answered by processes of their own, time by this one."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event, Thread

from desktop import journal
from desktop.centre import api
from desktop.centre.context import Centre
from desktop.centre.tick import tick
from desktop.domain.errors import Refusal
from desktop.premises.centre_file import read_centre_file
from desktop.premises.served import demand_certificate, open_centre

_HOUR_S = 3_600
# An office of ten desks that comes back after an outage may call so many times at once.
_RUSH_S = 8
_TAKEN = "درگاه {} را برنامهٔ دیگری گرفته است، یا اجازهٔ گوش دادن به آن نیست."


def serve_centre(folder: Path, processes: int | None = None) -> None:
    """Answer desks until told to end, in several processes; one more does what time brings about.

    Raises Refusal for a database of another schema, a certificate that can't be served by, a port
    that can't be had.
    """
    file = read_centre_file(folder)
    demand_certificate(folder, file)
    centre = open_centre(folder)
    limits = api.Limits(
        calls_a_second=file.calls_a_second, calls_at_once=_RUSH_S * file.calls_a_second
    )
    listening = api.Listening(
        file.host,
        file.port,
        folder / file.certificate,
        folder / file.certificate_key,
        processes or file.processes,
    )
    app = api.made_by(partial(_opened, folder), limits)
    ticking = Ticking(centre)
    journal.tell_also(sys.stderr)
    try:
        with suppress(KeyboardInterrupt):
            api.run(app, listening, ticking.begin)
    except OSError as fault:
        raise Refusal(_TAKEN.format(f"{file.host}:{file.port}")) from fault
    finally:
        ticking.end()
        centre.close()


def _opened(folder: Path) -> Centre:
    """The centre in a process of its own, whose log is the service's."""
    journal.tell_also(sys.stderr)
    return open_centre(folder)


class Ticking:
    """What time brings about, at the start and every hour, in the one process that serves nobody."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._ended = Event()
        self._thread = Thread(target=self._run, name="tick", daemon=True)

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
            try:
                tick(self._centre)
            # It is tried again in an hour; what went wrong is logged once.
            except Exception as bug:  # noqa: BLE001
                journal.report(bug)
            self._ended.wait(_HOUR_S)
