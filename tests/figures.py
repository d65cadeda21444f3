"""What a run has measured, told at its end: how calls were answered, and other figures in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from statistics import median

ANSWERS = "answers"
"""The property of a test that holds how many calls it had answered with which status and code."""
COPIED = "copied"
"""The property of a test that holds the seconds in which its database was made, like a template."""
FIGURE = "figure"
"""The property of a test that holds a figure in words."""


def summed(properties: Iterable[tuple[str, object]]) -> list[str]:
    """The lines that tell of the properties of all tests."""
    statuses: Counter[str] = Counter()
    lines = []
    copied: list[float] = []
    for name, value in properties:
        if name == FIGURE:
            lines.append(str(value))
        elif name == COPIED and isinstance(value, float):
            copied.append(value)
        elif name == ANSWERS and isinstance(value, Mapping):
            statuses.update(value)
    if statuses:
        whole = statuses.total()
        shares = [f"{status}: {count / whole:.1%}" for status, count in sorted(statuses.items())]
        lines.append(f"{whole:,} calls answered by status: {', '.join(shares)}")
    if copied:
        middle, longest = median(copied), max(copied)
        told = f"{middle:.3f} s in the middle, {longest:.3f} s at most"
        lines.append(f"{len(copied)} databases of PostgreSQL made like a template: {told}")
    return lines
