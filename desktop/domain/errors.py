"""Refusals: what a person is told, in Persian, when something is not lawful or not readable."""

from __future__ import annotations

from desktop.domain.line import Why

TOO_LARGE = "این درخواست بزرگ‌تر از آن است که مرکز می‌پذیرد؛ آن را در چند بخش بدهید."
"""Said by the centre, and at the desk before it is sent."""


class Refusal(Exception):
    """A lawful "no" with words for a person: what happened and what to do.

    `field` is the key of the input that it stands beside, if there is one. A refusal is not a bug:
    it is shown where its cause is, never logged as an error.
    """

    def __init__(self, words: str, *, field: str | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.field = field


def unreadable(name: str) -> Refusal:
    """What is said of a file or folder that the system does not let us read."""
    return Refusal(f"«{name}» خوانده نشد؛ نشانی و اجازهٔ آن را ببینید.")


class LineDown(Exception):
    """The centre can't be reached now: everything waits, nothing is lost.

    `why` is told to a person, `detail` only to the log.
    """

    def __init__(self, detail: str = "", *, why: Why = Why.CUT) -> None:
        super().__init__(detail or why.value)
        self.why = why


class Refusals(Refusal):
    """Several refusals told at once, each beside its own field."""

    def __init__(self, faults: list[Refusal]) -> None:
        super().__init__("؛ ".join(fault.words for fault in faults))
        self.faults = faults
