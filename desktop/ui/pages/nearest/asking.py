"""What is looked for: a service, near to what, which offices count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop.domain.city_places import PlaceKind
from desktop.domain.persian import isolate
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.enter import EnterMoves
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.inputs.suggested_line import SuggestedLine
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Row

_POSTAL = 10
_EXAMPLE = isolate("۲-۱۴-۳۰۸-۲۷-۱-۰-۰")


class Way(StrEnum):
    """How a citizen says where he stands."""

    NEIGHBOURHOOD = "neighbourhood"
    STREET = "street"
    POSTAL = "postal"
    CODE = "code"

    @property
    def word(self) -> str:
        """The word of its segment, and of its field."""
        return _WAYS[self]

    @property
    def kind(self) -> PlaceKind | None:
        """The kind of place that is named; None for a code."""
        return PlaceKind(self.value) if self.value in set(PlaceKind) else None


_WAYS = {
    Way.NEIGHBOURHOOD: PlaceKind.NEIGHBOURHOOD.word,
    Way.STREET: PlaceKind.STREET.word,
    Way.POSTAL: "کد پستی",
    Way.CODE: "کد نوسازی",
}


class CodeLine(TextLine):
    """A renewal code in one line: numbers with hyphens, the district at the left."""

    def __init__(self) -> None:
        super().__init__(max_length=40, placeholder=_EXAMPLE)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


class AskCard(Card):
    """`asked` comes when another service, place or choice counts; `went` when Enter leads on."""

    asked = Signal()
    went = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(9, 14, 8, 14))
        self.service = ListChoice([])
        self.way = Segments([(way.value, way.word) for way in Way])
        self.lines: Mapping[Way, TextLine] = {
            Way.NEIGHBOURHOOD: SuggestedLine(),
            Way.STREET: SuggestedLine(),
            Way.POSTAL: DigitsLine(_POSTAL),
            Way.CODE: CodeLine(),
        }
        self.service_field = FormField("خدمت", self.service, key="service")
        self.way_field = FormField("نزدیک به کجا", self.way, key="near_to")
        lines = self.lines
        self.fields = {
            Way.NEIGHBOURHOOD: FormField("محله", lines[Way.NEIGHBOURHOOD], key="neighbourhood"),
            Way.STREET: FormField("خیابان", lines[Way.STREET], key="street"),
            Way.POSTAL: FormField("کد پستی", lines[Way.POSTAL], key="postal_code"),
            Way.CODE: FormField("کد نوسازی", lines[Way.CODE], key="renewal_code"),
        }
        self._stack = QStackedWidget()
        for field in self.fields.values():
            self._stack.addWidget(field)
        self._stack.setSizePolicy(self.service_field.sizePolicy())
        self.only_open = Tick("تنها دفترهای باز")
        self.only_open.set_value(True)
        self.step_free = Tick("مناسب افراد دارای معلولیت")
        self.count = Label("", "small", "text2", elide=True, left=True)
        self.perhaps = Button("", "quiet", icon="map-pin", keys="Enter")
        self.perhaps.hide()
        self._build()
        self._wanted = ""
        self.service.edited.connect(self.asked)
        self.way.edited.connect(self._turn)
        for line in self.lines.values():
            line.edited.connect(self._changed)
            line.whole.connect(self.went)
        self.only_open.edited.connect(self.asked)
        self.step_free.edited.connect(self.asked)
        self.perhaps.clicked.connect(self.take_meant)

    def _build(self) -> None:
        upper = QWidget()
        row = Row(gap=14)
        # What is wrong with one stands under it and moves no other.
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.service_field, 8, top)
        row.addWidget(self.way_field, 11, top)
        row.addWidget(self._stack, 8, top)
        upper.setLayout(row)
        self.add(upper)
        lower = Row(gap=18)
        lower.addWidget(self.only_open)
        lower.addWidget(self.step_free)
        lower.addWidget(self.count, 1)
        lower.addWidget(self.perhaps)
        self.body.addLayout(lower)
        EnterMoves(upper).finished.connect(self._finished)

    @property
    def chosen_way(self) -> Way:
        """How it is said."""
        return Way(self.way.value() or Way.NEIGHBOURHOOD)

    @property
    def line(self) -> TextLine:
        """Where the place is typed."""
        return self.lines[self.chosen_way]

    @property
    def field(self) -> FormField:
        """The same with its label."""
        return self.fields[self.chosen_way]

    def set_known(
        self, services: Sequence[tuple[str, str]], names: Mapping[Way, list[str]]
    ) -> None:
        """Offer these services (code, title), and places by the way in which they are named."""
        self.service.set_options(services)
        for way, words in names.items():
            line = self.lines[way]
            assert isinstance(line, SuggestedLine)
            line.set_words(words)

    def choose_way(self, way: Way) -> None:
        """Alt and a digit: the way, and the keys in its line."""
        self.way.set_value(way.value)
        self._turn()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fill(self, service: str, way: Way, typed: str, *, only_open: bool, step_free: bool) -> None:
        """As it stood before, or as another page asks."""
        self.service.set_value(service)
        self.way.set_value(way.value)
        self.lines[way].set_value(typed)
        self.only_open.set_value(only_open)
        self.step_free.set_value(step_free)
        self._stack.setCurrentWidget(self.fields[way])

    def tell(self, words: str, meant: str = "") -> None:
        """What is wrong with the place, and what may be meant; empty words take it away."""
        self.field.set_error(words or None)
        self._wanted = meant
        self.perhaps.setVisible(bool(meant))
        if meant:
            self.perhaps.set_words(meant)

    def take_meant(self) -> None:
        """The place that may be meant is the one."""
        self.line.set_value(self._wanted)
        self.tell("")
        self.line.setFocus()
        self.went.emit()

    def _finished(self) -> None:
        if self._wanted:
            self.take_meant()
        else:
            self.went.emit()

    def _changed(self) -> None:
        """What was told of another word counts no more."""
        self.tell("")
        focus = QApplication.focusWidget()
        if not self.line.value() or focus is not self.line:
            self.asked.emit()

    def _turn(self) -> None:
        self.tell("")
        self._stack.setCurrentWidget(self.field)
        self.asked.emit()
