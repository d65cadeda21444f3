"""Every planted fault is told on its line with what to do; nothing crashes, nothing passes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from desktop.centre.examining import examined
from desktop.forms.loader import load, name_faults
from desktop.forms.shipped import shipped_city
from desktop.forms.source import Source
from tests.forms.planted import PLANTED
from tests.forms.planting import BASES, Planted
from tests.shipped import SHIPPED

DAY = date(2026, 11, 24)
CITY = shipped_city()
# What to do about it: a verb that asks, a word to take, or all that there are.
REMEDY = re.compile("ید[.؛:،» ]|ید$|شاید «|باید|هست: |لازم")
JARGON = re.compile("(?i)jinja|pydantic|toml |expected|token|input|should|invalid|error")


def told(planted: Planted) -> list[tuple[int, str]]:
    """Lines and words of all that is told of the file."""
    name = f"{planted.base}.toml"
    found = examined(planted.text, name, CITY, DAY, SHIPPED)
    faults = list(found.faults)
    if found.service is not None:
        faults += name_faults(found.service.code, Source(planted.text, name))
    return [(fault.line, fault.advice) for fault in faults]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.slow
def test_the_files_before_a_fault_is_planted_are_good(base: str) -> None:
    assert examined(BASES[base], f"{base}.toml", CITY, DAY, SHIPPED).faults == ()
    assert load(BASES[base], base).code == base


def test_a_hundred_and_more_are_planted() -> None:
    assert len({(p.base, p.text) for p in PLANTED}) == len(PLANTED) >= 100


def _in_turn() -> Iterator[Any]:
    """All of them; but for every third they are for the long check."""
    for number, planted in enumerate(PLANTED):
        yield pytest.param(planted, marks=pytest.mark.long) if number % 3 else planted


@pytest.mark.slow
@pytest.mark.parametrize("planted", [*_in_turn()], ids=lambda p: p.new.strip()[:40])
def test_a_planted_fault_is_told_on_its_line_with_a_remedy(planted: Planted) -> None:
    found = told(planted)
    here = [words for line, words in found if line == planted.line and planted.words in words]
    assert here, found
    for _, words in found:
        assert REMEDY.search(words), words
        assert not JARGON.search(words), words
