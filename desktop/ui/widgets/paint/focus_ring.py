"""The ring round what holds the keyboard focus, two pixels away from it.

A page that has the keys itself is read, not worked in: `say_of_page` marks the card that tells what
there is to know, and the ring goes round that. A page without one has a frame within its edges.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop.ui import theme
from desktop.ui.widgets.paint import strokes

_MOVES = (QEvent.Type.Move, QEvent.Type.Resize)
# A page that opens has the keys itself until it has loaded: no frame flashes up meanwhile.
_LOADED_MS = 120
_SAYS = "says-of-page"
# From the target's edge to the outside of the ring, two of it the ring itself.
_AWAY, _BESIDE_WORDS = 4, 7


class FocusRing(QWidget):
    """Follows one widget and shows while that has the focus by keyboard.

    What was reached by the mouse has it from the first key on that is pressed there.

    It is no part of what it surrounds, but lies on the nearest ancestor with room for it: the
    ring is outside, nothing moves, and nothing cuts it. What shows its focus by itself, but not
    always, has a ring that is `on` only then. What has no sides of its own, but begins with its
    words, is `bare`: there the ring keeps away from the words as from any others. Rows that stand
    one on the other are `stacked`: their rings stay off the neighbours' words.
    """

    def __init__(
        self,
        target: QWidget,
        radius: float = 6,
        *,
        on: bool = True,
        bare: bool = False,
        stacked: bool = False,
    ) -> None:
        super().__init__(target)
        self._target, self._radius, self._on = target, radius, on
        self._beside = _BESIDE_WORDS if bare else _AWAY
        self._above = 0 if stacked else _AWAY
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("overlay", True)
        self.hide()
        target.installEventFilter(self)
        target.destroyed.connect(self.deleteLater)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the target; takes nothing away from it."""
        kind = event.type()
        if kind in _MOVES:
            if not self.isHidden():
                self._surround()
        elif watched is not self._target:
            return False
        elif kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            if self._on and event.reason() != Qt.FocusReason.MouseFocusReason:
                self._surround()
        elif kind == QEvent.Type.KeyPress:
            if self._on and self.isHidden():
                self._surround()
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._release()
            self.hide()
        return False

    def set_on(self, on: bool) -> None:
        """Whether the ring is wanted now."""
        self._on = on
        if on and self._target.hasFocus():
            self._surround()
        elif not on:
            self._release()
            self.hide()

    def show_now(self) -> None:
        """Show it without focus: the page has it, or explains the look."""
        self._surround()

    def _surround(self) -> None:
        host, rect = self._host()
        if self.parentWidget() is not host:
            self.setParent(host)
        self.setGeometry(rect)
        self.show()
        self.raise_()

    def _host(self) -> tuple[QWidget, QRect]:
        """The nearest ancestor with room, and the ring's place on it."""
        self._release()
        host = self._target
        while True:
            above = host.parentWidget()
            if above is None or host.isWindow():
                break
            if host is not self._target:
                host.installEventFilter(self)
                self._watched.append(host)
            host = above
            rect = self._rect_on(host)
            # What a scroll area shows is cut at its edge; above that the ring would float.
            view = host.parentWidget()
            scrolled = view is not None and isinstance(view.parentWidget(), QAbstractScrollArea)
            if host.rect().contains(rect) or scrolled:
                break
        return host, self._rect_on(host)

    def _rect_on(self, host: QWidget) -> QRect:
        at = self._target.mapTo(host, QPoint(0, 0))
        above, beside = theme.px(self._above), theme.px(self._beside)
        return QRect(at, self._target.size()).adjusted(-beside, -above, beside, above)

    def _release(self) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._watched = []

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = strokes.open_painter(self)
        radius = theme.px(self._radius) + theme.px(4)
        strokes.box(painter, self.rect(), radius, border=theme.colour("focus"), width=2)


class WrongRing:
    """Round a field whose border is red: there that border can't tell where the keys are.

    A form has forty fields: the ring is made with the first fault of a field.
    """

    def __init__(self, field: QWidget) -> None:
        self._field = field
        self._ring: FocusRing | None = None

    def set_wrong(self, wrong: bool) -> None:
        """Whether something is wrong with it now."""
        if wrong and self._ring is None:
            self._ring = FocusRing(self._field, on=False)
        if self._ring is not None:
            self._ring.set_on(wrong)


def say_of_page(card: QWidget) -> None:
    """The card tells what its page has to say: it has the ring while the page has the keys."""
    card.setProperty(_SAYS, True)


class InnerRing(QWidget):
    """Of a page that has the focus itself, as nothing in it was given the keys."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._card: QWidget | None = None
        self._round: FocusRing | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("overlay", True)
        self.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_LOADED_MS)
        self._soon.timeout.connect(self._frame)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the page's focus and size, and whether its card stays; takes nothing away."""
        kind = event.type()
        if watched is not self._page:
            if kind == QEvent.Type.Hide:
                # What it tells is told anew, by another card.
                self._leave_card()
                if self._page.hasFocus():
                    self._soon.start()
        elif kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            if event.reason() == Qt.FocusReason.OtherFocusReason:
                self._soon.start()
            elif event.reason() != Qt.FocusReason.MouseFocusReason:
                self._frame()
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._soon.stop()
            self._leave_card()
            self.hide()
        elif kind == QEvent.Type.Resize and not self.isHidden():
            self._frame()
        elif kind == QEvent.Type.LayoutRequest and not self.isHidden():
            # The page has loaded later than it was framed: what it tells may stand there now.
            self._soon.start()
        return False

    def _frame(self) -> None:
        self._leave_card()
        cards = (each for each in self._page.findChildren(QWidget) if each.property(_SAYS))
        self._card = next((each for each in cards if each.isVisible()), None)
        if self._card is not None:
            self.hide()
            self._card.installEventFilter(self)
            self._round = FocusRing(self._card, 8, on=False)
            self._round.show_now()
            return
        self.setGeometry(self._page.rect().adjusted(2, 2, -2, -2))
        self.show()
        self.raise_()

    def _leave_card(self) -> None:
        if self._card is not None and self._round is not None:
            self._card.removeEventFilter(self)
            self._round.hide()
            self._round.deleteLater()
        self._card = self._round = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        painter = strokes.open_painter(self)
        strokes.box(painter, self.rect(), theme.px(6), border=theme.colour("focus"), width=2)
