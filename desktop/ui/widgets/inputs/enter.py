"""Enter goes to the next field of a form, Shift+Enter back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from shiboken6 import isValid

from desktop.ui.widgets.button import IconButton, Link
from desktop.ui.widgets.inputs.line import ANSWERED, SKIPPED, TextLine
from desktop.ui.widgets.keys import is_enter
from desktop.ui.widgets.papers.pages_strip import PageThumb

_HABIT_MS = 1_000


class EnterMoves(QObject):
    """Watches a form: the Enter that no field took for itself moves on, and a code made whole.

    The Enter or Tab that a person is used to press after such a code does nothing: it came too
    late. What was answered where the code led is left by Enter at once. In the last field a code
    leads nowhere: what comes next is a person's own Enter.

    Fields with nothing to type (read-only, from the records, `ANSWERED` by what stands beside
    them) are jumped over, and so are links, pages in small and buttons with an icon alone that the
    form does not ask for, which Tab reaches. `finished` comes when Enter is pressed in the last
    one; nothing is ever registered by Enter.
    """

    finished = Signal()

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form
        self._heard: TextLine | None = None
        # Where a whole code led, until it is answered, and how long a key may still be habit.
        self._led: QWidget | None = None
        self._habit = QTimer(self)
        self._habit.setSingleShot(True)
        form.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key that reaches the form was not wanted by the field that had it."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress):
            return False
        if watched is not self._form:
            return self._first_of(watched, event)
        if not isinstance(event, QKeyEvent) or not is_enter(event):
            return False
        if event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            return False
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if back or not self._is_habit():
            self.move(back=back)
        self._led = None
        return True

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not isinstance(new, TextLine) or not self._form.isAncestorOf(new) or _in_table(new):
            return
        if self._heard is not None and isValid(self._heard):
            self._heard.whole.disconnect(self._led_on)
        self._heard = new
        new.whole.connect(self._led_on)

    def _led_on(self) -> None:
        fields = self.fields()
        if not fields or QApplication.focusWidget() is not self._heard or self._heard is fields[-1]:
            return
        self.move()
        focus = QApplication.focusWidget()
        if focus is None:
            return
        self._led = focus
        self._habit.start(_HABIT_MS)
        focus.installEventFilter(self)

    def _first_of(self, led_to: QObject, event: QEvent) -> bool:
        """The first key or click where a code led; a Tab of habit never reaches the form."""
        led_to.removeEventFilter(self)
        pressed = event if isinstance(event, QKeyEvent) else None
        if pressed is not None and is_enter(pressed):
            # It comes to the form, which tells whether that is habit.
            return False
        tab = pressed is not None and pressed.key() == Qt.Key.Key_Tab
        habit = tab and self._is_habit()
        self._led = None
        return habit

    def _is_habit(self) -> bool:
        focus = QApplication.focusWidget()
        return self._habit.isActive() and focus is not None and focus is self._led

    def move(self, *, back: bool = False) -> None:
        """Go to the next field, or the one before."""
        fields = self.fields()
        focus = QApplication.focusWidget()
        if not fields:
            return
        step = -1 if back else 1
        index = fields.index(focus) + step if focus in fields else (-1 if back else 0)
        if focus is not None and focus not in fields:
            index = self._beside(focus, fields, back=back)
        if 0 <= index < len(fields):
            reason = Qt.FocusReason.BacktabFocusReason if back else Qt.FocusReason.TabFocusReason
            fields[index].setFocus(reason)
        elif not back:
            self.finished.emit()

    def fields(self) -> list[QWidget]:
        """What Enter visits, in the order of the form."""
        return [widget for widget in self._chain() if self._is_field(widget)]

    def _chain(self) -> list[QWidget]:
        chain: list[QWidget] = []
        widget = self._form.nextInFocusChain()
        while widget is not None and widget is not self._form and len(chain) < 10_000:
            if self._form.isAncestorOf(widget):
                chain.append(widget)
            widget = widget.nextInFocusChain()
        return chain

    def _beside(self, focus: QWidget, fields: list[QWidget], *, back: bool) -> int:
        chain = self._chain()
        if focus not in chain:
            return 0
        place = chain.index(focus)
        before = sum(1 for widget in chain[:place] if widget in fields)
        return before - 1 if back else before

    @staticmethod
    def _is_field(widget: QWidget) -> bool:
        tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not tab or not widget.isVisible() or not widget.isEnabled():
            return False
        if widget.focusProxy() is not None or isinstance(widget, Link | PageThumb):
            return False
        if widget.property(ANSWERED):
            return False
        if isinstance(widget, IconButton) and not widget.asked:
            return False
        state = getattr(widget, "state", None)
        return not (callable(state) and state() in SKIPPED)


def _in_table(widget: QWidget) -> bool:
    """Whether it is a cell being typed: its table moves on by itself."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QAbstractItemView):
        above = above.parentWidget()
    return above is not None
