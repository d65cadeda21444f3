"""The end of a day: the till is closed against what was counted on another path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop.actions import cash
from desktop.actions.desk import Seat
from desktop.domain.cash import Match, difference
from desktop.domain.tool import Tool


def close_till(seat: Seat, day: date, taken: Mapping[str, int]) -> dict[str, Any]:
    """Close the day's till and tell it in figures, Rial; `taken` is by way of paying."""
    before = cash.till(seat.desk, day).book
    counted = {tool: taken.get(tool.value, 0) for tool in cash.COUNTED}
    paper = sum(amount for method, amount in taken.items() if method not in set(Tool))
    after = cash.close_day(seat, day, counted, (), "").book
    kinds: Counter[str] = Counter()
    for entry in before.entries:
        kinds[entry.kind.value] += entry.amount
    return {
        "entries": len(before.entries),
        **{tool.name.lower(): before.total(tool) for tool in Tool},
        "kinds": dict(kinds),
        "clerks": {name: sum(sums.values()) for name, sums in before.by_clerk().items()},
        "difference": sum(abs(difference(before, counted, tool)) for tool in cash.COUNTED)
        + abs(before.total(Tool.PAPER) - paper),
        "unmatched": sum(entry.match is not Match.MATCHED for entry in after.entries),
    }
