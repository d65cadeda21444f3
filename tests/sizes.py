"""How much the long check tries: what fits its minutes, or all that SYNC.md names."""

from __future__ import annotations

import os

_FULL = os.environ.get("PISHKHAN_TEST_SIZES") == "full"


def size(usual: int, full: int) -> int:
    """So many kills, races, histories or letters; `full` under `./check --full`."""
    return full if _FULL else usual
