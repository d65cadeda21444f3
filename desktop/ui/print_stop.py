"""Why nothing may be printed now, if so: the window says it, whoever prints asks.

Apart from `printing`, whose part of Qt no start loads.
"""

from __future__ import annotations

from desktop.domain.errors import Refusal

_words: list[str] = []


def stop(words: str) -> None:
    """Print nothing from now on, and say why; with empty words papers go again."""
    _words[:] = [words] if words else []


def demand_free() -> None:
    """Raise Refusal while nothing may be printed."""
    if _words:
        raise Refusal(_words[0])
