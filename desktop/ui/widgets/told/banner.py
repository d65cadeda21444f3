"""Banners: one sentence across the page, and the list of errors with its links."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui import announcing, theme
from desktop.ui.palette import Tone
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.inputs.rows_model import TYPED_IN
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row, clear, let_lines_ask
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.told.keycap import KeyCaps

_FIRST = "مورد نخست"
_NOT_TYPING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ICONS: dict[Tone, str] = {
    "ok": "circle-check",
    "pay": "alert-triangle",
    "visit": "info-circle",
    "review": "info-circle",
    "refuse": "alert-circle",
    "neutral": "info-circle",
}


class _Strip(QWidget):
    """The ground of a tone with its bar at the right; or the frame of practice mode."""

    def __init__(self, tone: Tone, *, training: bool = False, records: bool = False) -> None:
        super().__init__()
        self.tone: Tone = tone
        self._training, self._records = training, records
        self._of: Tone | None = None
        let_lines_ask(self)
        theme.follow(self)

    def restyle(self) -> None:
        """36 at the least; 28 inside a card."""
        self.setMinimumHeight(theme.px(28 if self._records else 36))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and bar."""
        painter = strokes.open_painter(self)
        ground = QColor(theme.tone(self.tone).ground)
        radius = theme.px(6)
        if self._training:
            border = theme.colour("training")
            strokes.box(painter, self.rect(), radius, fill=ground, border=border, width=2)
            return
        if self._records:
            of = self._of
            tint = theme.colour("tint") if of is None else QColor(theme.tone(of).ground)
            strokes.box(painter, self.rect(), radius, fill=tint)
            return
        strokes.box(painter, self.rect(), radius, fill=ground)
        bar = "edge" if self.tone == "neutral" else self.tone
        strokes.right_bar(painter, self.rect(), theme.px(4), radius, theme.colour(bar))


class Banner(_Strip):
    """One sentence and at most one link, told by `followed`.

    `training` is the banner of practice mode, always there; `records` the strip in a card that
    says what the records know. In a narrow place the sentence wraps.
    """

    followed = Signal()

    def __init__(
        self,
        words: str,
        tone: Tone = "ok",
        *,
        icon: str = "",
        link: str = "",
        training: bool = False,
        records: bool = False,
    ) -> None:
        super().__init__(tone, training=training, records=records)
        colour = "training" if training else "link" if records else tone
        icon = icon or ("school" if training else "database" if records else _ICONS[tone])
        self.icon = IconLabel(icon, 18, colour)
        weight: theme.Weight = 500 if training else 400
        self.words = Label(words, weight=weight, wrap=True, middle=True)
        self.link = Link(link)
        if not link:
            self.link.hide()
        self.link.clicked.connect(self.followed)
        air = 0 if records else 2
        row = Row(gap=8, margins=(air, 10 if records else 16, air, 12))
        row.addWidget(self.icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.link)
        self.setLayout(row)
        self.setAccessibleName(words)
        self._tells = not records and not training
        self.restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """What it says is said; the strip in a card is read with the card."""
        super().showEvent(event)
        if self._tells:
            announcing.announce(self, self.accessibleName(), "banner")

    def set_tone(self, tone: Tone | None, icon: str) -> None:
        """The tone of what the strip in a card says; None for what the records know."""
        self._of = tone
        self.icon.set_icon(icon, tone or "link")
        self.update()

    def replaces(self, old: Banner) -> bool:
        """Whether the other has had its time: it says the same, or both tell what went well."""
        same = old.accessibleName() == self.accessibleName()
        return same or old.tone == self.tone == "ok"

    def set_words(self, words: str) -> None:
        """Say another sentence."""
        self.words.setText(words)
        self.setAccessibleName(words)
        if self._tells and self.isVisible():
            announcing.announce(self, words, "banner")


class _Fault(Link):
    """A link that gives way in a narrow place; its whole sentence stands beside the field too.

    What is typed here was meant for the field: it leads there and is typed there. `focused` tells
    whether the keys are here.
    """

    focused = Signal(bool)

    def __init__(self, words: str) -> None:
        super().__init__(words, colour="refuse", underline=True)
        self._whole = words
        # No digit is a key of the window here.
        self.setProperty(TYPED_IN, True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """A few words."""
        return QSize(theme.px(60), theme.px(28))

    def sizeHint(self) -> QSize:
        """The whole sentence."""
        return QSize(strokes.width_of(self._whole, "body", 500) + 2, theme.px(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter or digit goes on to the field."""
        words, held = event.text(), event.modifiers() & _NOT_TYPING
        if held or not words.strip() or not words.isprintable():
            super().keyPressEvent(event)
            return
        self.click()
        field = QApplication.focusWidget()
        if field is not None and field is not self:
            typed = QKeyEvent(event.type(), event.key(), event.modifiers(), words)
            QApplication.sendEvent(field, typed)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Enter is pressed here now."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Enter is pressed elsewhere."""
        super().focusOutEvent(event)
        self.focused.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        metrics = theme.metrics("body", 500)
        shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class ErrorList(_Strip):
    """«۲ مورد را اصلاح کنید:» with a link to each; Enter follows the one that has the focus.

    That Enter is named only then: in a field it goes on to the next one. `jump` gives the key of
    the field. At most so many are named; the title counts all. Brief it only leads to the first:
    where a list of what remains is in sight, a sentence said beside its field is not said again.
    """

    jump = Signal(str)

    def __init__(self, most: int = 4) -> None:
        super().__init__("refuse")
        self._most = most
        self._errors: list[tuple[str, str]] = []
        self._brief = False
        self.links: list[Link] = []
        self.title = Label("", weight=700)
        top = Row(gap=8)
        top.addWidget(IconLabel("alert-circle", 18, "refuse"))
        top.addWidget(self.title)
        self._first = Row()
        top.addLayout(self._first)
        top.addStretch(1)
        self.hint = QWidget()
        self.hint.setLayout(Row(Label("دیدن مورد", "small", "text2"), KeyCaps("Enter"), gap=8))
        # Its place is kept, so that nothing moves when it comes and goes.
        policy = self.hint.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.hint.setSizePolicy(policy)
        self.hint.hide()
        top.addWidget(self.hint)
        self._rest: QVBoxLayout = Column(gap=0, margins=(0, 26, 0, 0))
        column = Column(gap=0, margins=(3, 16, 3, 12))
        column.addLayout(top)
        column.addLayout(self._rest)
        self.setLayout(column)
        self.restyle()
        self.hide()

    def set_errors(self, errors: Sequence[tuple[str, str]], *, brief: bool = False) -> None:
        """Show (key, sentence) of each field in the order of the form; none hides the list."""
        if list(errors) == self._errors and brief == self._brief:
            return
        # A person who stands on a link is not thrown out when another fault is mended.
        stood = any(link.hasFocus() for link in self.links)
        self._errors, self._brief = list(errors), brief
        clear(self._first)
        clear(self._rest)
        self.links = []
        count = to_persian_digits(len(self._errors))
        self.title.setText(f"{count} مورد را اصلاح کنید:")
        most = 1 if brief else self._most
        for index, (key, words) in enumerate(self._errors[:most]):
            link = _Fault(_FIRST if brief else words)
            link.clicked.connect(lambda _=False, key=key: self.jump.emit(key))
            link.focused.connect(self.hint.setVisible)
            self.links.append(link)
            (self._first if index == 0 else self._rest).addWidget(link)
        more = len(self._errors) - most
        if more > 0 and not brief:
            words = f"و {to_persian_digits(more)} مورد دیگر، هر یک زیر فیلد خود"
            self._rest.addWidget(Label(words, "small", "text2"))
        self.setAccessibleName(self.title.words() + " " + "؛ ".join(w for _, w in self._errors))
        self.setVisible(bool(self._errors))
        if self._errors and self.isVisible():
            announcing.announce(self, self.accessibleName(), "errors")
        else:
            announcing.forget("errors")
        if stood:
            self.focus_first()

    def errors(self) -> list[tuple[str, str]]:
        """What is shown."""
        return list(self._errors)

    def focus_first(self) -> None:
        """Give the first link the focus, so that Enter jumps."""
        if self.links:
            self.links[0].setFocus()
