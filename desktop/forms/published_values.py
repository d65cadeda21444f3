"""Published texts of small values, parsed once: delegations, records of training, stops, terms."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, TypeVar, cast

from desktop.wire.canon import canon
from desktop.wire.codec import adapter, plain

_Value = TypeVar("_Value")


def published_value(kind: type[_Value], text: str) -> _Value:
    """The value of a published text. Raises ValueError for a text that is none of the kind."""
    value: _Value = _parsed(cast("Hashable", kind), text)
    return value


@lru_cache(maxsize=20_000)
def _parsed(kind: Hashable, text: str) -> Any:
    return adapter(cast("type[Any]", kind)).validate_json(text)


def value_text(value: object) -> str:
    """The value as it is published."""
    return canon(plain(value))
