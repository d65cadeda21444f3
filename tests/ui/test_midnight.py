"""What stands open over midnight reckons from the new day, and offers it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.calendar import from_jalali
from desktop.ui.pages.outcome.parts import OwedCard
from desktop.ui.pages.visits.form import AbsenceForm
from tests.ui.keyboard import type_text

UI = Path(__file__).parents[2] / "desktop" / "ui"
TODAY = from_jalali(1405, 9, 3)
TOMORROW = TODAY + timedelta(days=1)
_DAYS = {"today", "_today"}
_KEPT = re.compile(r"self\._?today\b")
_CLASS = re.compile(r"^class (\w+)\((.*)\):", re.M)


def _sets_day(part: ast.AST) -> bool:
    """Whether that part of a class gives it its day."""
    stored = (each for each in ast.walk(part) if isinstance(each, ast.Attribute))
    return any(each.attr in _DAYS and isinstance(each.ctx, ast.Store) for each in stored)


@pytest.mark.slow
def test_no_widget_keeps_the_day_on_which_it_was_made() -> None:
    """Whatever takes a day when it is made is given another one by something else than that."""
    bases: defaultdict[str, set[str]] = defaultdict(set)
    keeping, following = set[str](), set[str]()
    for path in UI.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for name, inherited in _CLASS.findall(text):
            bases[name] |= {each.strip() for each in inherited.split(",")}
        if not _KEPT.search(text):
            continue
        for each in (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ClassDef)):
            parts = [part for part in each.body if _sets_day(part)]
            made = [isinstance(p, ast.FunctionDef) and p.name == "__init__" for p in parts]
            keeping |= {each.name} if parts else set()
            following |= {each.name} if not all(made) else set()

    def follows(name: str) -> bool:
        return name in following or any(follows(each) for each in bases.get(name, ()))

    assert len(keeping) > 30
    assert sorted(each for each in keeping if not follows(each)) == []


@pytest.fixture
def owed(qtbot: QtBot) -> OwedCard:
    card = OwedCard(TODAY)
    qtbot.addWidget(card)
    card.show()
    card.form.typed.begin()
    return card


def test_a_payment_s_day_is_the_new_one_and_nobody_typed_it(owed: OwedCard) -> None:
    line = owed.payment.paid_on
    assert line is not None
    line.set_today(TOMORROW)
    assert line.value() == TOMORROW
    assert owed.form.typed.typed() == {}


def test_a_payment_s_day_that_was_typed_stays(owed: OwedCard) -> None:
    line = owed.payment.paid_on
    assert line is not None
    line.setFocus()
    line.selectAll()
    type_text(line, "1405/09/03")
    line.set_today(TOMORROW)
    assert line.value() == TODAY


class _Asked:
    """Takes what would be asked of the centre."""

    def __init__(self) -> None:
        self.times = 0

    def run(self, *_: Any, **__: Any) -> None:
        self.times += 1


def test_an_absence_of_yesterday_is_refused_and_its_visits_are_asked_anew(qtbot: QtBot) -> None:
    work: Any = _Asked()
    seat: Any = None
    form = AbsenceForm(seat, work, TODAY, [("ali-kargar", "علی کارگر")])
    qtbot.addWidget(form)
    form.begin_with("ali-kargar", TODAY)
    asked = work.times
    assert "last" not in dict(form.faults())
    form.set_today(TOMORROW)
    assert work.times == asked + 1
    assert dict(form.faults())["last"] == "این روزها گذشته است."
