"""Answering one field that has the focus, whatever kind of input it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from desktop.domain.known import rows_of
from desktop.trial.hands import Hands
from desktop.ui.widgets.inputs.choices import Choices
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.rows_input import Grid
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.inputs.tick_grid import TickGrid


def answer(hands: Hands, focus: QWidget, text: str) -> None:
    """Type, tick or choose; choices are given by their keys, ticks by `yes`."""
    if isinstance(focus, Segments):
        _choose(hands, focus, text)
    elif isinstance(focus, Tick):
        if focus.value() != (text == "yes"):
            hands.space()
    elif isinstance(focus, ListChoice) and focus.types:
        hands.type(text)
    elif isinstance(focus, ListChoice):
        words = dict(focus.options()).get(text, "")
        if words and focus.value() != text:
            hands.type(words)
            hands.say("Enter")
    elif isinstance(focus, Grid):
        _type_rows(hands, focus, text)
    elif not _stands(focus, text):
        hands.type(text)


def _stands(focus: QWidget, text: str) -> bool:
    """Whether the line was filled with that already, from the records or an earlier paper."""
    return isinstance(focus, TextLine) and bool(text) and focus.raw() == text


def answer_all(
    hands: Hands,
    fields: Mapping[str, FormField],
    texts: Mapping[str, str],
    go: Callable[[QWidget], None] | None = None,
) -> None:
    """Go to each field that shows and is named, as a hand with the mouse does, and answer it.

    `go` goes there otherwise.
    """
    go = go or hands.go_to
    for key, text in texts.items():
        field = fields.get(key)
        if field is None or not field.isVisible() or not text:
            continue
        if isinstance(field.control, Choices | TickGrid):
            for each, tick in field.control.ticks.items():
                if tick.isVisible():
                    go(tick)
                    answer(hands, tick, "yes" if each in text.split(",") else "")
            continue
        go(field.control)
        if field.raw() and not isinstance(field.control, Segments | Tick):
            hands.press("Ctrl+A")
        answer(hands, field.control, text)


def _type_rows(hands: Hands, focus: Grid, text: str) -> None:
    """Cell by cell with Enter after each; the empty row behind them is left with the next Enter."""
    for row in rows_of(text):
        for column in (each for each in focus.rows.columns if not each.computed):
            cell = row.get(column.key, "")
            hands.type(dict(column.options).get(cell, cell))
            if column.options and cell:
                hands.say("Enter")
            hands.enter()


def _choose(hands: Hands, focus: Segments, text: str) -> None:
    keys = [key for key, _ in focus.options()]
    if text not in keys:
        return
    chosen = focus.value()
    away = keys.index(text) - (keys.index(chosen) if chosen in keys else -1)
    for _ in range(abs(away)):
        hands.say("Left" if away > 0 else "Right")
