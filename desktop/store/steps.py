"""The named moments of a write, a push and a pull, at which tests kill the process."""

from __future__ import annotations

from collections.abc import Callable

Step = Callable[[str], None]
"""Called with the name of the moment that is reached."""


def go_on(_: str) -> None:
    """What a program does at a named moment: nothing."""
