"""The one door to chance: names, keys and salts. What is played twice alike draws from a seed."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import NamedTuple
from uuid import UUID

from uuid_utils import uuid7


class _Source(NamedTuple):
    name: Callable[[], str]
    octets: Callable[[int], bytes]


_SYSTEM = _Source(lambda: str(uuid7()), os.urandom)
_source = _SYSTEM


def new_id() -> str:
    """A UUIDv7 as text: a name for a case, a command, a fact, a draft. Never an order."""
    return _source.name()


def octets(number: int) -> bytes:
    """So many bytes that nobody can guess."""
    return _source.octets(number)


@contextmanager
def drawn_from(seed: int) -> Iterator[None]:
    """Until its end all chance follows from the seed, so that anybody can guess it.

    Only for what is played twice alike: no key that is made meanwhile keeps anybody out.
    """
    global _source
    before, _source = _source, _seeded(seed)
    try:
        yield
    finally:
        _source = before


def _seeded(seed: int) -> _Source:
    drawn, moments = random.Random(seed), count(1)

    def name() -> str:
        # As of a UUIDv7: its moment, here a count, then version and variant among what is drawn.
        rest = drawn.getrandbits(80)
        value = next(moments) << 80 | rest
        value = value & ~(0xF << 76) | 0x7 << 76
        return str(UUID(int=value & ~(0x3 << 62) | 0x2 << 62))

    return _Source(name, drawn.randbytes)
