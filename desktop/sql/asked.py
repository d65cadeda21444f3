"""What a database is asked: every statement of an engine while a block runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event


@dataclass(frozen=True)
class Asked:
    """A statement with its parameters."""

    words: str
    parameters: Any


@contextmanager
def asked(*engines: Engine) -> Iterator[list[Asked]]:
    """The statements that the engines carry out in the block, in their order."""
    found: list[Asked] = []

    def note(_: object, __: object, statement: str, parameters: object, *___: object) -> None:
        found.append(Asked(statement, parameters))

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
