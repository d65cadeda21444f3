"""A place that scrolls up and down, its bar in the margin so that nothing moves."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QWidget

from desktop.ui import theme
from desktop.ui.soon import soon
from desktop.ui.widgets.holders.bar import scroll_by_bars
from desktop.ui.widgets.layouts import Column, Margins

_SETTLES_MS = 200
# What has the keys shows with its label, which stands over it, and with air below; px.
_LABEL, _BELOW = 24, 12


class Scroller(QScrollArea):
    """What is in it scrolls up and down, never sideways; the content stands on `content`.

    `bring` scrolls a widget into sight, with some air round it. With `full` the content takes the
    whole height where there is more than it needs.
    """

    def __init__(
        self, *, gap: float = 8, margins: Margins = (10, 20, 14, 20), full: bool = False
    ) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll_by_bars(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._inner = QWidget()
        self.content = Column(gap=gap)
        self._outer = Column(gap=0, margins=margins)
        self._outer.addLayout(self.content, 1 if full else 0)
        if not full:
            self._outer.addStretch(1)
        self._inner.setLayout(self._outer)
        self.setWidget(self._inner)
        self._inner.setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    def add(self, widget: QWidget) -> None:
        """Put a widget under what is there."""
        self.content.addWidget(widget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows scroll; with Alt they are the page's."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def whole_height(self) -> int:
        """How high it is where nothing in it has to be scrolled, pixels."""
        high = self._outer.totalHeightForWidth(self.viewport().width())
        # Without a paragraph in it its height is the same at every width.
        return high if high >= 0 else self._outer.totalSizeHint().height()

    def _make_room(self) -> None:
        self._outer.make_room(for_bar=self.verticalScrollBar().maximum() > 0)

    def bring(self, widget: QWidget) -> None:
        """Scroll it into sight."""
        _bring(self, widget)


def bring_into_sight(widget: QWidget, *, within: QScrollArea | None = None) -> None:
    """Scroll whatever place holds the widget until it shows, once it has its place there.

    `within` is the place, where the nearest one has nothing to scroll.
    """
    area = within or _area_of(widget)
    if area is not None:
        _Bringing(area, widget)


class _Settling(QObject):
    """Scrolls once the widget has its place, and again while what stands above it still changes."""

    def __init__(self, area: QScrollArea, widget: QWidget) -> None:
        super().__init__(widget)
        self._area, self._widget = area, widget
        area.verticalScrollBar().rangeChanged.connect(self._look)
        soon(self, self._look)
        soon(self, self.deleteLater, _SETTLES_MS)

    def _look(self) -> None:
        if shiboken6.isValid(self._area):
            self._bring()

    def _bring(self) -> None:
        raise NotImplementedError


class _Bringing(_Settling):
    """What somebody is led to."""

    def _bring(self) -> None:
        keys = QApplication.focusWidget()
        within = keys is self._widget or (keys is not None and self._widget.isAncestorOf(keys))
        if keys is not None and self._area.isAncestorOf(keys) and not within:
            # The person has gone on.
            return
        _bring(self._area, self._widget)
        if keys is not None and within:
            _show_whole(self._area, keys, theme.px(_LABEL))


class _Following(_Settling):
    """What has the keys, as long as it has them."""

    def _bring(self) -> None:
        _bring_hidden(self._area, self._widget)


def follow_focus(widget: QWidget) -> None:
    """Scroll to what has the keys now, unless all of it shows with its label."""
    area = _area_of(widget)
    if area is not None:
        _Following(area, widget)


def _area_of(widget: QWidget) -> QScrollArea | None:
    holder = widget.parentWidget()
    while holder is not None and not isinstance(holder, QScrollArea):
        holder = holder.parentWidget()
    return holder


def _bring_hidden(area: QScrollArea, widget: QWidget) -> None:
    view = area.viewport()
    if not widget.hasFocus() or not view.isAncestorOf(widget) or QApplication.mouseButtons():
        return
    place = QRect(widget.mapTo(view, QPoint(0, 0)), widget.size())
    if not view.rect().contains(place.adjusted(0, -theme.px(_LABEL), 0, theme.px(_BELOW))):
        _bring(area, widget)


def _bring(area: QScrollArea, widget: QWidget) -> None:
    """Scroll until the widget shows; of one that is higher than the place, its beginning."""
    air, content = theme.px(40), area.widget()
    if content is None or not content.isAncestorOf(widget):
        return
    if widget.height() + 2 * air <= area.viewport().height():
        _show_whole(area, widget, air)
        return
    top = widget.mapTo(content, QPoint(0, 0)).y()
    area.verticalScrollBar().setValue(top - theme.px(8))


def _show_whole(area: QScrollArea, widget: QWidget, air: int) -> None:
    """Scroll until all of it shows, with air: Qt is content with the cursor of a line."""
    content, bar = area.widget(), area.verticalScrollBar()
    if content is None or not content.isAncestorOf(widget):
        return
    top, high = widget.mapTo(content, QPoint(0, 0)).y(), area.viewport().height()
    below = top + widget.height()
    if top - theme.px(_LABEL) < bar.value():
        bar.setValue(top - air)
    elif below + theme.px(_BELOW) > bar.value() + high:
        bar.setValue(_uncut(content, below + theme.px(_BELOW) - high, below + air - high))


def _uncut(content: QWidget, least: int, most: int) -> int:
    """The farthest scroll of these at which no words are cut by the upper edge, if there is one."""
    spans = [
        (top, top + label.height())
        for label in content.findChildren(QLabel)
        if label.isVisible() and label.text()
        for top in (label.mapTo(content, QPoint(0, 0)).y(),)
    ]
    ends = {end for span in spans for end in span if least <= end <= most}
    for at in sorted({most, *ends}, reverse=True):
        if not any(top < at < bottom for top, bottom in spans):
            return at
    return most
