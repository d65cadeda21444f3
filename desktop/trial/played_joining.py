"""A machine that can be joined, fails as it is told to, and remembers what it was asked."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from desktop.actions.joining import Joined, Reached

WORDS = ("انار", "گنبد", "نسیم", "کاشی", "پل", "زعفران")
REACHED = Reached(WORDS, "شهرداری یزد", trusted=False, clock_off_s=3)
JOINED = Joined("دفتر پیشخوان ۲۱", "office", "21", 2, "محمد زارع")
ADDRESS, CODE, PASSWORD = "esalat.example:8443", "7418-2K5M", "kharazmi-85"


@dataclass
class PlayedJoining:
    """`faults` are raised, one a call, before anything is answered; `asked` is what was called.

    With a `gate` each call waits until it is opened.
    """

    reached: Reached = REACHED
    joined: Joined = JOINED
    phrase: bool = False
    faults: list[Exception] = field(default_factory=list)
    asked: list[tuple[str, ...]] = field(default_factory=list)
    gate: threading.Event | None = None
    began: bool = False

    def reach(self, address: str) -> Reached:
        """The centre, or a fault."""
        self._ask("reach", address)
        return self.reached

    def join(self, code: str) -> Joined:
        """The office, or a fault."""
        self._ask("join", code)
        return self.joined

    def passphrase_needed(self) -> bool:
        """As it was told."""
        return self.phrase

    def take_password(self, password: str, passphrase: str = "") -> None:
        """Nothing, or a fault."""
        self._ask("password", password, passphrase)

    def begin(self) -> None:
        """The office file is written, or a fault."""
        self._ask("begin")
        self.began = True

    def _ask(self, *asked: str) -> None:
        self.asked.append(asked)
        if self.gate is not None:
            self.gate.wait(10)
        if self.faults:
            raise self.faults.pop(0)
