"""`python -m desktop`: the window without arguments, the command line with them."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable

_SPAWNED = {"--multiprocessing-fork", "-c"}


def main() -> int:
    """The exit code of whichever was asked for."""
    if sys.argv[1:2] == ["bench-window"]:
        return _bench_window(*sys.argv[2:])
    if getattr(sys, "frozen", False) and _SPAWNED & set(sys.argv[1:]):
        # A frozen program is its own interpreter: a process that a centre begins starts here too.
        from multiprocessing import freeze_support

        freeze_support()
    if sys.argv[1:] == ["join"]:
        return program()(joining=True)
    if sys.argv[1:] == ["training"]:
        return program()(training=True)
    if len(sys.argv) > 1:
        from desktop.cli import main as command_line

        return command_line(sys.argv[1:])
    return program()()


def program() -> Callable[..., int]:
    """The window's `run`, loaded as a start loads it."""
    # Collecting while everything loads costs a tenth of a second; the window then does it itself.
    gc.disable()
    # Nobody plugs into the checks of what comes over the line; looking for who might costs 10 ms.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    from desktop.ui import binding

    binding.load()
    from desktop.app import run

    return run


def _bench_window(what: str, *sizes: str) -> int:
    """A window that `bench` times from outside, a process each."""

    def say(words: str) -> None:
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()

    if what == "empty":
        from desktop.trial.bench_window import empty

        return empty(say)
    if what == "bare-form":
        from desktop.trial.bench_window import bare_form

        return bare_form(say, *map(int, sizes))
    if what == "tour":
        from desktop.trial.bench_window import tour

        return tour(say)
    window = program()
    from desktop.trial.bench_window import run

    return run(what, say, window, *map(int, sizes))


if __name__ == "__main__":
    sys.exit(main())
