"""How long the transactions of an engine stand open: on SQLite, how long others may not write."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


@contextmanager
def held_open(engine: Engine) -> Iterator[list[float]]:
    """The seconds that each transaction of the engine stood open while the block ran."""
    held: list[float] = []
    begun: dict[object, float] = {}

    def begins(connection: object) -> None:
        begun[connection] = time.perf_counter()

    def ends(connection: object) -> None:
        held.append(time.perf_counter() - begun.pop(connection))

    listened = {"begin": begins, "commit": ends, "rollback": ends}
    for name, listener in listened.items():
        event.listen(engine, name, listener)
    try:
        yield held
    finally:
        for name, listener in listened.items():
            event.remove(engine, name, listener)
