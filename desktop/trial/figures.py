"""Figures of a bench: each with its floor, of the same run, its goal, and whether it is met."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Line = dict[str, Any]
_TOLD_EVERY_S = 15.0


class By(StrEnum):
    """What a goal bounds: the value itself, its ratio to the floor, or how far it is above it."""

    VALUE = ""
    RATIO = "×"
    MORE = "+"


@dataclass(frozen=True)
class Goal:
    """The most that a figure may be (DESIGN.md §7)."""

    most: float
    by: By = By.VALUE

    def words(self, unit: str) -> str:
        """As DESIGN.md writes it."""
        if self.by is By.RATIO:
            return f"≤ {self.most:g}×"
        return f"≤ {self.by}{self.most:g} {unit}".rstrip()

    def is_met(self, value: float, least: float) -> bool:
        """Whether the value, beside that of its floor, is within."""
        seen = {By.VALUE: value, By.RATIO: value / (least or 1), By.MORE: value - least}
        return seen[self.by] <= self.most


def line(name: str, value: float, unit: str, floor: str, least: float, goal: Goal) -> Line:
    """The figure as it is told; a `floor` of none has no ratio."""
    return {
        "name": name,
        "value": round(value, 2),
        "unit": unit,
        "floor": floor,
        "floor_value": round(least, 2),
        "ratio": round(value / least, 2) if least else None,
        "goal": goal.words(unit),
        "met": goal.is_met(value, least),
    }


def verdict(lines: Sequence[Line]) -> Iterator[str]:
    """In words: how many of the goals are met, and by what each other one is missed."""
    missed = [each for each in lines if not each["met"]]
    yield f"goals: {len(lines) - len(missed)} of {len(lines)} met"
    for each in missed:
        floor = f" beside {each['floor_value']:,} of {each['floor']}" if each["ratio"] else ""
        times = f", {each['ratio']:g}×" if each["ratio"] else ""
        told = f"{each['value']:,} {each['unit']}{floor}{times}; the goal is {each['goal']}"
        yield f"missed: {each['name']}: {told}"


class Progress:
    """Says what long work is at: each step, and at most every few seconds how far it has come; all
    with how long it takes so far."""

    def __init__(self, say: Callable[[str], None] = lambda words: None) -> None:
        self._say = say
        self._begun = time.monotonic()
        self._told_at = 0.0

    def step(self, words: str) -> None:
        """What begins now."""
        self._told_at = time.monotonic()
        minutes, seconds = divmod(round(self._told_at - self._begun), 60)
        self._say(f"{minutes:3}:{seconds:02} {words}")

    def far(self, words: str, done: int, whole: int) -> None:
        """So many of the whole are done."""
        if done >= whole or time.monotonic() - self._told_at > _TOLD_EVERY_S:
            self.step(f"{words}: {done:,} of {whole:,}")


def milliseconds(act: Callable[[], object]) -> float:
    """How many it takes."""
    before = time.perf_counter()
    act()
    return (time.perf_counter() - before) * 1000


def percentile(values: list[float], part: float) -> float:
    """The value that so great a part of them does not reach."""
    return sorted(values)[int(len(values) * part)]


def p95(values: list[float]) -> float:
    """What only one of twenty takes longer than."""
    return percentile(values, 0.95)
