"""A desk in a process of its own that works until it is killed, and the centre's end of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import astuple
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.chance import new_id
from desktop.domain.commands import PayFee, Register
from desktop.sql.engine import File
from desktop.store import drafts, meta
from desktop.store.acts import act
from desktop.store.open import Store
from desktop.sync.round import Round
from desktop.wire.link import Link, Reply, SignedRequest
from tests.fakes import SetClock
from tests.office import CLERK, NOW, payment, request, setting_for

STEPS = (
    "write:begun", "write:checked", "write:outbox", "write:view", "write:committed",
    "push:read", "push:answered", "push:acked", "apply:facts", "apply:cursor", "apply:view",
    "push:committed", "pull:read", "pull:answered", "pull:committed",
)  # fmt: skip
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.sync.dying"])


def killed(
    work: Callable[..., None], args: tuple[Any, ...], words: int, after: float
) -> tuple[bool, list[str]]:
    """Let it work in a process until so many words, and seconds; if it died, and what it had told.

    Its first argument is the pipe into which it says "" at its beginning. Words, because a busy
    machine does less in the same time.
    """
    ours, theirs = FORKS.Pipe()
    child = FORKS.Process(target=work, args=(theirs, *args))
    child.start()
    theirs.close()
    assert ours.recv() == ""
    told = [ours.recv() for _ in range(words)]
    child.join(after)
    child.kill()
    child.join()
    died = child.exitcode == -signal.SIGKILL
    assert died or child.exitcode == 0
    child.close()
    with ours:
        try:
            while True:
                told.append(ours.recv())
        except (EOFError, OSError):
            # The end, or the half of a word that it was saying.
            return died, told


class Wire:
    """The desk's end of the line: every call through the pipe and back."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def call(self, request: SignedRequest) -> Reply:
        """The centre's reply."""
        self._pipe.send(astuple(request))
        return Reply(*self._pipe.recv())


class Dying:
    """Kills its process at the nth time that the named step is reached."""

    def __init__(self, name: str, time: int) -> None:
        self._name = name
        self._time = time
        self._reached: Counter[str] = Counter()

    def __call__(self, name: str) -> None:
        """Reach a step."""
        self._reached[name] += 1
        if name == self._name and self._reached[name] == self._time:
            os.kill(os.getpid(), signal.SIGKILL)


def work(pipe: Connection, place: File, key: bytes, step: Dying, first: int, cases: int) -> None:
    """Register and pay for cases, each told to the parent once it is committed, and sync."""
    store = Store(place, reserve=4096)
    private = Ed25519PrivateKey.from_private_bytes(key)
    clock = SetClock(NOW)
    rounds = Round(store, Wire(pipe), private, clock, setting_for, step=step)
    rounds.run()
    for serial in range(first, first + cases):
        draft = drafts.Draft(f"draft-{serial}", CLERK.staff_id, "no-violation", "", "{}", NOW, NOW)
        with store.writing() as session:
            drafts.save(session, draft)
        case_id = new_id()
        for payload in (Register(request(serial)), PayFee("office", payment())):
            with store.writing() as session:
                (command,) = act(
                    session, [payload], case_id=case_id, actor=CLERK,
                    at=meta.get(session).corrected(NOW), setting_for=setting_for, step=step,
                )  # fmt: skip
                drafts.delete_draft(session, draft.draft_id)
            step("write:committed")
            pipe.send(command.command_id)
        # The first sends, and its answer brings what came of it; with nothing to send one asks.
        rounds.run()
        rounds.run()
    store.close()


def begin(
    link: Link, work: Callable[..., None], *args: Any
) -> tuple[BaseProcess, threading.Thread, list[str]]:
    """Start a desk at its work, which gets the pipe and these, and wait for its first call.

    Its process, the thread that answers it, and what its person was told.
    """
    ours, theirs = FORKS.Pipe()
    child = FORKS.Process(target=work, args=(theirs, *args))
    child.start()
    theirs.close()
    told: list[str] = []
    called = threading.Event()

    def serve() -> None:
        with ours:
            while True:
                try:
                    said = ours.recv()
                except (EOFError, ConnectionResetError):
                    return
                finally:
                    called.set()
                if isinstance(said, str):
                    told.append(said)
                    continue
                _answer(link, ours, SignedRequest(*said))

    thread = threading.Thread(target=serve)
    thread.start()
    called.wait()
    return child, thread, told


def _answer(link: Link, pipe: Connection, request: SignedRequest) -> None:
    reply = link.call(request)
    try:
        pipe.send(astuple(reply))
    except BrokenPipeError:
        return
