"""An act that opens its reason in place: a few fields, what is wrong with them, one button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.desk import Seat
from desktop.domain.errors import Refusal, Refusals
from desktop.ui.pages.acts.typed import Typed
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.enter import EnterMoves
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.told.banner import Banner, ErrorList

Faults = list[tuple[str, str]]


class ActForm(QWidget):
    """What a person gives to one act on a case.

    `name` is the act's own, by which what is typed into it is kept: it never changes. `tab` names
    it in a row of tabs. `faults` are (key of the field, sentence) in the order of the form; `job`
    gives what is done off the window's thread, once there are none. `button` and `icon` are the
    main button's. `discarded` comes when what was typed is to be thrown away.
    """

    name: ClassVar[str]
    tab: ClassVar[str] = ""
    # Which of several things on the page it is done to.
    subject = ""
    # The day by which `faults` says what is past and what is to come.
    _today: date

    discarded = Signal()

    def __init__(self, heading: str, sentence: str, button: str, icon: str = "check") -> None:
        super().__init__()
        self.heading, self.button, self.icon = heading, button, icon
        self.fields: dict[str, FormField] = {}
        self.typed = Typed(self, self.name)
        self.typed.laid.connect(self._laid)
        self.earlier = Banner("", "neutral", icon="pencil", link="حذف")
        self.earlier.followed.connect(self.discarded)
        self.earlier.hide()
        self.errors = ErrorList()
        self.errors.jump.connect(self.go_to)
        self.banner = Banner("", "refuse")
        self.banner.hide()
        self.card = Card(heading, sentence, gap=8)
        self.column = Column(self.earlier, self.errors, self.banner, self.card, gap=8)
        self.setLayout(self.column)
        self.setAccessibleName(heading)
        self.moves = EnterMoves(self)

    def set_today(self, today: date) -> None:
        """The day has changed while the form stands open."""
        self._today = today

    def faults(self) -> Faults:
        """Everything that stands against it."""
        return []

    def job(self, seat: Seat) -> Callable[[], None]:
        """What is done, with values taken now."""
        raise NotImplementedError

    def first(self) -> QWidget | None:
        """Where work begins: the first field that is asked."""
        return next((field for field in self.fields.values() if not _is_put_away(field)), None)

    def know(self, *fields: FormField) -> None:
        """Know these fields by their keys; typing in one takes its error away."""
        for field in fields:
            self.fields[field.key] = field
            self.typed.know(field.key, field.control, field.words())
            field.edited.connect(lambda each=field: self._touched(each))
            field.left.connect(self._mended)

    def add(self, *fields: FormField) -> None:
        """Put fields under each other."""
        self.know(*fields)
        for field in fields:
            self.card.add(field)

    def check(self) -> bool:
        """Whether it may be done; else say what is missing, and go there or to the list of it."""
        faults = self.faults()
        self.show_faults(faults)
        if len(faults) > 1:
            self.errors.focus_first()
        elif faults:
            self.go_to(faults[0][0])
        return not faults

    def show_faults(self, faults: Faults) -> None:
        """Each beside its field, all of them on top where there are several."""
        by_key: Mapping[str, str] = dict(reversed(faults))
        self.banner.hide()
        for key, field in self.fields.items():
            field.set_error(by_key.get(key))
        self.errors.set_errors(faults if len(faults) > 1 else [])
        loose = [words for key, words in faults if key not in self.fields]
        if loose and len(faults) == 1:
            self._say(loose[0])

    def refused(self, refusal: Refusal) -> None:
        """The act was not taken: say why where the cause is."""
        each = refusal.faults if isinstance(refusal, Refusals) else [refusal]
        self.show_faults([(fault.field or "", fault.words) for fault in each])

    def go_to(self, key: str) -> None:
        """Give the field the focus, what stands there chosen to be typed over."""
        field = self.fields.get(key)
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _say(self, words: str) -> None:
        self.banner.set_words(words)
        self.banner.show()

    def put_away(self) -> None:
        """It goes from sight, not done: what no draft keeps is to be told."""

    def tell_earlier(self, words: str) -> None:
        """Say of what is laid in that it was typed before; nothing takes the line away."""
        self.earlier.set_words(words)
        self.earlier.setVisible(bool(words))

    def arrange_typed(self) -> None:
        """Show what goes with what was laid in."""

    def _laid(self) -> None:
        self.show_faults([])
        self.arrange_typed()

    def _touched(self, field: FormField) -> None:
        if field.error():
            field.set_error(None)

    def _mended(self) -> None:
        """What was given meanwhile is no line of the list any more; no new fault is told."""
        listed = self.errors.errors()
        if not listed or any(link.hasFocus() for link in self.errors.links):
            # Pressed this moment: the link that leads to the next fault stays where it is.
            return
        due = dict(self.faults())
        stands = [(key, due.get(key, words)) for key, words in listed if self._stands(key, due)]
        self.errors.set_errors(stands)

    def _stands(self, key: str, due: Mapping[str, str]) -> bool:
        """Whether a fault of the list does: found again, or said by the centre and not touched."""
        field = self.fields.get(key)
        return key in due or (not key if field is None else bool(field.error()))


def _is_put_away(field: FormField) -> bool:
    """Whether somebody has hidden it: before they show, all of them are hidden."""
    return field.isHidden() and field.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
