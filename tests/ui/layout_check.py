"""What is wrong with how a page stands: cut text, things on each other, names that are missing."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTableView,
    QWidget,
)

from desktop.domain.persian import ENDLESS
from desktop.ui import theme
from desktop.ui.look import Look
from desktop.ui.palette import Theme
from desktop.ui.widgets.inputs.rows_input import Heads
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.lists.table import Table
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.strokes import two_lines
from desktop.ui.window import Window

# The only Latin that a clerk sees: key caps.
ALLOWED = re.compile(r"F(?:[1-9]|1[0-2])|Ctrl|Alt|Shift|Enter|Esc|[KL]|\+|\s")
# Colours cut nothing: a middle and the widest zoom, each in a theme of its own.
EVERY_LOOK = [(Theme.HIGH_CONTRAST, 110), (Theme.DARK, 160)]
# What is cut shows at the widest first; the other is looked at by `./check --long`.
IS_LONG = bool(os.environ.get("PISHKHAN_TEST_LOOKS"))
LOOKS = EVERY_LOOK if IS_LONG else EVERY_LOOK[-1:]
_NUMBER = re.compile(
    r"[\u2066-\u2069]*(?:دفتر )?[۰-۹][۰-۹/٬-]*[\u2066-\u2069]*(?: (?:روز|ساعت)(?: گذشته)?)?"
)
_LATIN = re.compile(r"[A-Za-z0-9]")
_TURNS, _TURN_MS = 12, 50


def find_problems(root: QWidget) -> list[str]:
    """Every fault of the visible widgets under `root` that stays, each as a line naming the widget.

    What was said a moment ago has its place a turn later, and a form in another look lays itself
    out in several: what is gone half a second later is no fault.
    """
    for _ in range(2):
        QApplication.processEvents()
    for _ in range(_TURNS):
        found = _problems(root)
        if not found:
            break
        QTest.qWait(_TURN_MS)
    return found


def _problems(root: QWidget) -> list[str]:
    found: list[str] = []
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisibleTo(root) or _overlay(widget, root):
            continue
        found += _cut(widget)
        found += _read(widget)
        found += _outside(widget, root)
        found += _pushed(widget)
        found += _unnamed(widget)
        found += _empty(widget)
        found += _undressed(widget)
        found += _cut_numbers(widget)
        found += _overlaps(widget)
    return found


def find_everywhere(window: QWidget, app: QApplication) -> list[str]:
    """The faults of a window in every look, and if it grew."""
    size, found = window.size(), []
    for look, zoom in LOOKS:
        if isinstance(window, Window):
            window.set_look(Look(look, zoom, motion=False))
        else:
            theme.apply(app, look, zoom, motion=False)
            QApplication.processEvents()
            # Parts still in larger letters push it while all change one by one.
            window.resize(size)
        # From a wide look to the widest a form of many parts is laid out in several goes.
        for _ in range(8):
            QApplication.processEvents()
        faults = find_problems(window)
        if window.size() != size:
            faults.append(f"the window grew to {window.width()}×{window.height()}")
            window.resize(size)
        least = window.minimumSizeHint()
        if least.width() > size.width() or least.height() > size.height():
            faults.append(f"it has no room: {least.width()}×{least.height()}")
        found += [f"{look} {zoom}: {fault}" for fault in faults]
    return found


def _cut_numbers(widget: QWidget) -> list[str]:
    """Numbers in a table's cells of which digits are left out: of a name one can guess the rest."""
    if not isinstance(widget, Table):
        return []
    cut, drawn = [], strokes.text

    def watched(painter: QPainter, rect: QRect, words: str, *how: Any, **more: Any) -> None:
        drawn(painter, rect, words, *how, **more)
        side, metrics = Qt.TextElideMode.ElideRight, QFontMetrics(painter.font())
        if _NUMBER.fullmatch(words) and metrics.elidedText(words, side, rect.width()) != words:
            cut.append(f"{_name(widget)}: «{words}» has {rect.width()}")

    strokes.text = watched
    try:
        widget.viewport().grab()
    finally:
        strokes.text = drawn
    return cut


def _empty(widget: QWidget) -> list[str]:
    """A part that stands there and says nothing."""
    held = widget.widget() if isinstance(widget, QScrollArea) else None
    if held is None or any(each.isVisibleTo(held) for each in held.findChildren(QWidget)):
        return []
    return [f"{_name(held)}: the panel has nothing to say"]


def _undressed(widget: QWidget) -> list[str]:
    """A bar, or a box of several lines, that Qt draws in its own way."""
    if isinstance(widget, QScrollBar):
        wide = min(widget.width(), widget.height())
        return [] if wide == theme.px(12) else [f"{_name(widget)}: a bar {wide} wide"]
    if isinstance(widget, QPlainTextEdit | QTableView) and not widget.styleSheet():
        return [f"{_name(widget)}: drawn in Qt's own way"]
    return []


def _overlay(widget: QWidget, root: QWidget) -> bool:
    each: QWidget | None = widget
    while each is not None and each is not root:
        if each.property("overlay"):
            return True
        each = each.parentWidget()
    return False


def _name(widget: QWidget) -> str:
    words = ""
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        words = widget.text()
    words = words or widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__}({words[:40]!r})"


def _cut(widget: QWidget) -> list[str]:
    if isinstance(widget, QLabel):
        return _cut_label(widget)
    if isinstance(widget, QAbstractButton):
        need = widget.minimumSizeHint()
        if widget.width() < need.width() or widget.height() < need.height():
            return [f"{_name(widget)}: the button needs {need.width()}×{need.height()}"]
    if isinstance(widget, QLineEdit):
        return _cut_line(widget)
    if isinstance(widget, QTabBar):
        return [
            f"{_name(widget)}: tab {i} is cut"
            for i in range(widget.count())
            if widget.fontMetrics().horizontalAdvance(widget.tabText(i)) > widget.tabRect(i).width()
        ]
    if isinstance(widget, QComboBox):
        need_width = widget.fontMetrics().horizontalAdvance(widget.currentText())
        if need_width > widget.width() - 30:
            return [f"{_name(widget)}: the chosen words are cut"]
    if isinstance(widget, QHeaderView) and isinstance(widget.parentWidget(), QTableView):
        return _cut_heads(widget)
    own = widget.minimumSizeHint()
    ours = type(widget).__module__.startswith("desktop.") and own.isValid()
    scrolls = isinstance(widget, QAbstractScrollArea)
    if ours and not scrolls and (widget.width() < own.width() or widget.height() < own.height()):
        return [f"{_name(widget)}: needs {own.width()}×{own.height()}"]
    return []


def _cut_label(label: QLabel) -> list[str]:
    if not label.text():
        return []
    # A name without a space has no room anywhere: it may be cut in one line, and broken in several.
    whole = label.words() if isinstance(label, Label) else label.text()
    if whole != label.text() and not ENDLESS.search(whole):
        return [f"{_name(label)}: «{whole}» is cut at its end"]
    area = label.contentsRect()
    if label.wordWrap():
        need = label.heightForWidth(label.width())
        if need > label.height() + 1:
            return [f"{_name(label)}: its lines need {need}, it is {label.height()} high"]
        words = [each for each in label.text().split() if not ENDLESS.search(each)]
        widest = max(map(label.fontMetrics().horizontalAdvance, words), default=0)
        if widest > area.width() + 1:
            return [f"{_name(label)}: a word is wider than the label"]
        return []
    size = label.fontMetrics().size(int(Qt.TextFlag.TextSingleLine), label.text())
    if size.width() > area.width() + 1:
        return [f"{_name(label)}: needs {size.width()} across, has {area.width()}"]
    if size.height() > label.height() + 1:
        return [f"{_name(label)}: needs {size.height()} in height, has {label.height()}"]
    return []


def _cut_line(line: QLineEdit) -> list[str]:
    if line.objectName() == "qt_spinbox_lineedit":
        return []
    words = line.text() or line.placeholderText()
    margins = line.textMargins()
    # Qt keeps two pixels at both sides for itself.
    room = line.width() - margins.left() - margins.right() - 4
    if line.fontMetrics().horizontalAdvance(words) > room and not ENDLESS.search(words):
        return [f"{_name(line)}: «{words}» does not fit"]
    if line.fontMetrics().height() > line.height() - 2:
        return [f"{_name(line)}: too low for its text"]
    return []


def _cut_heads(heads: QHeaderView) -> list[str]:
    model = heads.model()
    found = []
    for section in range(heads.count()):
        words = str(model.headerData(section, heads.orientation()) or "")
        if heads.orientation() == Qt.Orientation.Vertical or heads.isSectionHidden(section):
            continue
        room = heads.sectionSize(section)
        lines = [words]
        table = heads.parent()
        if isinstance(table, Table) and table.columns[section].wraps:
            lines = [*two_lines(words, room - theme.px(12), "small", 500)]
        elif isinstance(heads, Heads):
            lines = [*heads.lines_of(section)]
        if max(heads.fontMetrics().horizontalAdvance(line) for line in lines) > room:
            found.append(f"{_name(heads)}: head «{words}» is cut")
    return found


def _read(widget: QWidget) -> list[str]:
    """Latin where Persian is read, and digits-only labels that jump to the left."""
    texts = []
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        texts.append(widget.text())
    if isinstance(widget, QLineEdit):
        texts.append(widget.placeholderText())
    texts += [widget.toolTip(), widget.accessibleName()]
    found = []
    for words in texts:
        if _LATIN.search(ALLOWED.sub("", words)):
            found.append(f"{_name(widget)}: Latin in «{words}»")
    code = isinstance(widget, QLabel) and bool(widget.text()) and not _has_rtl(widget.text())
    held = isinstance(widget, QLabel) and widget.alignment() & Qt.AlignmentFlag.AlignAbsolute
    if code and not held:
        found.append(f"{_name(widget)}: jumps to the left edge")
    return found


def _has_rtl(words: str) -> bool:
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in words)


def _outside(widget: QWidget, root: QWidget) -> list[str]:
    parent = widget.parentWidget()
    if widget is root or parent is None or widget.isWindow():
        return []
    # What a scroll area holds may be larger than what it shows.
    if isinstance(parent.parentWidget(), QAbstractScrollArea):
        return []
    if not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
        return [f"{_name(widget)}: outside its parent {_name(parent)}"]
    return []


def _pushed(widget: QWidget) -> list[str]:
    """What scrolls up and down alone, and is wider than what it stands in."""
    never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if not isinstance(widget, QScrollArea) or widget.horizontalScrollBarPolicy() != never:
        return []
    held = widget.widget()
    if held is None:
        return []
    room = widget.viewport().width()
    if held.width() <= room + 1:
        return []
    return [f"{_name(held)}: what scrolls is {held.width()} wide, there is room for {room}"]


def _unnamed(widget: QWidget) -> list[str]:
    focusable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    if not focusable or not widget.isEnabled() or isinstance(widget, QHeaderView):
        return []
    if widget.accessibleName():
        return []
    if isinstance(widget, QAbstractButton) and widget.text():
        return []
    return [f"{_name(widget)}: takes the focus and has no name"]


def _overlaps(parent: QWidget) -> list[str]:
    if parent.layout() is None:
        return []
    children = [
        child
        for child in parent.children()
        if isinstance(child, QWidget)
        and child.isVisibleTo(parent)
        and not child.isWindow()
        and not child.property("overlay")
        and not child.property("backdrop")
    ]
    found = []
    for i, one in enumerate(children):
        for other in children[i + 1 :]:
            shared = one.geometry().intersected(other.geometry())
            if shared.width() > 1 and shared.height() > 1:
                found.append(f"{_name(one)} and {_name(other)} lie on each other")
    return found


def place_on(widget: QWidget, root: QWidget) -> QRect:
    """Where a widget stands on the page."""
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
