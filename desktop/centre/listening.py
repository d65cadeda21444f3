"""Where the centre's processes listen, how uvicorn runs each, and what makes each one's door."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from desktop.centre.api import Door, Limits, Patient, Tell, application, nobody
from desktop.centre.context import Centre
from desktop.centre.door_loop import FACTORY

_BACKLOG = 1024


@dataclass(frozen=True)
class Listening:
    """Where the processes listen, and by which certificate they are known."""

    host: str
    port: int
    certificate: Path
    certificate_key: Path
    processes: int = 1


def config(
    app: Callable[[], FastAPI], listening: Listening, limits: Limits | None = None
) -> uvicorn.Config:
    """uvicorn as each process runs it."""
    limits = limits or Limits()
    return uvicorn.Config(
        app,
        factory=True,
        host=listening.host,
        port=listening.port,
        http=Patient,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        workers=listening.processes,
        backlog=_BACKLOG,
        limit_concurrency=limits.connections,
        timeout_keep_alive=limits.idle_s,
        timeout_graceful_shutdown=limits.ending_s,
        timeout_worker_healthcheck=limits.beginning_s,
        loop=FACTORY if sys.platform != "win32" else "auto",
        ssl_certfile=listening.certificate,
        ssl_keyfile=str(listening.certificate_key),
    )


def bound(listening: Listening) -> socket.socket:
    """The socket on which all processes listen. Raises OSError where the port can't be had."""
    family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
    place = (listening.host, listening.port)
    return socket.create_server(place, family=family, backlog=_BACKLOG)


def run(app: Callable[[], FastAPI], listening: Listening, begun: Callable[[], None]) -> None:
    """Answer calls in so many processes until told to end; one that dies is begun anew.

    `app` makes the application in each of them: it and what it holds must be able to be pickled.
    `begun` is called once the port is ours. Raises OSError where it can't be had.
    """
    with bound(listening) as listener:
        begun()
        Multiprocess(config(app, listening), sockets=[listener]).run()


def opened(
    opens: Callable[[], Centre], limits: Limits, counts: Callable[[Centre], Tell] | None
) -> FastAPI:
    """The application on the centre that is opened in this process."""
    parent = parent_process()
    if parent is not None:
        Thread(target=_outlive_nobody, args=(parent,), name="parent", daemon=True).start()
    centre = opens()
    return application(Door(centre, limits, counts(centre) if counts else nobody))


def _outlive_nobody(parent: BaseProcess) -> None:
    """Who began this process, and would begin it anew, was killed: it does not keep the port."""
    parent.join()
    signal.raise_signal(signal.SIGTERM)


def made_by(
    opens: Callable[[], Centre],
    limits: Limits,
    counts: Callable[[Centre], Tell] | None = None,
) -> Callable[[], FastAPI]:
    """What makes the application in each process."""
    return partial(opened, opens, limits, counts)
