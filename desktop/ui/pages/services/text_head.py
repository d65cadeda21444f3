"""Above a service's text: what is wrong with it, and the line in which words are looked for."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.code.edit import CodeEdit
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.keys import is_enter
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Row

_LONG_MS = 2000


class TextHead(QWidget):
    """Above the text: how many lines, what is wrong, the next fault (F7), help of the line (F1)."""

    stopped = Signal()
    next_asked = Signal()
    help_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("پروندهٔ خدمت", weight=700)
        self.count = Label("", "small", "text2")
        self.busy = Label("بررسی…", "small", "text2")
        self.stop = Link("لغو")
        self.stop.clicked.connect(self.stopped)
        self._counts: list[tuple[IconLabel, Label]] = []
        row = Row(gap=8, margins=(0, 14, 0, 10))
        row.addWidget(IconLabel("file-text", 18, "text2"))
        for words in (self.title, self.count, self.busy):
            row.addWidget(words)
        row.addWidget(self.stop)
        row.addStretch(1)
        for tone, icon in (("refuse", "alert-circle"), ("pay", "alert-triangle")):
            pair = (IconLabel(icon, 16, tone), Label("", "small"))
            pair[1].set_role(tone)  # type: ignore[arg-type]
            self._counts.append(pair)
            row.addWidget(pair[0])
            row.addWidget(pair[1])
        self.next = Button("بعدی", "quiet", keys="F7")
        self.help = Button("راهنمای سطر", "quiet", keys="F1")
        self.next.clicked.connect(self.next_asked)
        self.help.clicked.connect(self.help_asked)
        row.addWidget(self.next)
        row.addWidget(self.help)
        self.setLayout(row)
        theme.ground(self, "sunk")
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_LONG_MS)
        self._slow.timeout.connect(self.stop.show)
        self.show_busy(busy=False)
        self.show_counts(0, 0)

    def show_lines(self, own: int, shared: int) -> None:
        """«۱۴۲ سطر»; «۱۴۲ سطر و ۹۸ مشترک» with the blocks that other services have too."""
        more = f" و {shared} مشترک" if shared else ""
        self.count.setText(to_persian_digits(f"{own} سطر{more}"))

    def show_busy(self, *, busy: bool) -> None:
        """Whether a check is under way; after 2 s it can be stopped."""
        self.busy.setVisible(busy)
        self.stop.hide()
        if busy:
            self._slow.start()
        else:
            self._slow.stop()

    def show_counts(self, errors: int, cautions: int) -> None:
        """«۲ ایراد», «۱ هشدار»."""
        told = ((errors, "ایراد"), (cautions, "هشدار"))
        for (icon, label), (count, words) in zip(self._counts, told, strict=True):
            label.setText(to_persian_digits(f"{count} {words}"))
            for widget in (icon, label):
                widget.setVisible(bool(count))
        self.next.setVisible(bool(errors or cautions))


class FindLine(QWidget):
    """Ctrl+F: words to find in the text; Enter the next place, Shift+Enter the one before."""

    def __init__(self, text: CodeEdit) -> None:
        super().__init__()
        self._text = text
        self.line = TextLine(max_length=100, placeholder="یافتن در پرونده")
        self.line.setAccessibleName("یافتن در پرونده")
        self.missed = Label("", "small", "refuse")
        row = Row(gap=8, margins=(6, 14, 6, 10))
        row.addWidget(self.line, 1)
        row.addWidget(self.missed)
        self.setLayout(row)
        self.hide()

    def open(self) -> None:
        """Show it with the keys in it."""
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter finds."""
        if is_enter(event):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.seek(back=back)
            return
        super().keyPressEvent(event)

    def seek(self, *, back: bool = False) -> None:
        """Choose the next place, digits as the file has them or as they are typed."""
        wanted = (str(self.line.value()), self.line.text())
        found = any(words and self._text.find_next(words, back=back) for words in wanted)
        self.missed.setText("" if found else "یافت نشد")
