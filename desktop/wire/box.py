"""How much goes up in one push: the desk cuts by it, and the centre takes no more."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.wire.canon import canon_of_composed

MOST_COMMANDS = 500
MOST_BYTES = 1_900_000
"""Of the commands as they stand in the body; the rest of a push is small beside 2 MB."""


def boxed(texts: Sequence[str], most: int = MOST_COMMANDS) -> list[str]:
    """The first of the commands, as many as one push carries; at least one, if there is one."""
    taken: list[str] = []
    size = 0
    for text in texts[:most]:
        size += len(canon_of_composed(text).encode()) + 1
        if taken and size > MOST_BYTES:
            break
        taken.append(text)
    return taken
