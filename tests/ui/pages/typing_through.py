"""A form typed through by what is said against it: each fault's field gets what it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.demo.people import PASSWORD
from desktop.domain.made_up import made_up_national_id
from desktop.domain.persian import strip_isolates, to_latin_digits
from desktop.forms import sheet_cells as sheet
from desktop.trial.answering import answer
from desktop.trial.hands import Hands
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.acts.scan_line import ScanLine
from desktop.ui.pages.figures.fields import AmountLine
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine, MoneyLine, NumberLine
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.inputs.slot import SlotCard
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.lists.picks import PickList, PickTable

_MOST = 90
# What is said over the form, since nothing typed there would mend it: nothing has changed, a list
# that is asked of the centre was not seen, half-days that it was not asked for here.
_OF_NO_FIELD = ("", "slots")
_TYPED = {
    "time": "1042",
    "times": "7:30-14:00",
    "latitude": "31.8974",
    "longitude": "54.3569",
    "number": "1405/77",
    "mobile": "09131234567",
    "receiver_id": made_up_national_id(4_021),
    "national_id": made_up_national_id(4_021),
    sheet.KEY: "new-fee",
    sheet.LATITUDE: "31.8974",
    sheet.LONGITUDE: "54.3569",
}


def is_input(widget: QWidget) -> bool:
    """Whether something is typed, chosen or ticked there."""
    known = isinstance(widget, TextLine | Segments | Tick | SlotCard | PickTable)
    return known or hasattr(widget, "toPlainText")


def _inputs(form: ActForm) -> Iterator[QWidget]:
    return filter(is_input, form.findChildren(QWidget))


def value_of(widget: QWidget) -> str:
    """What stands there."""
    if isinstance(widget, SlotCard):
        return str(widget.isChecked())
    if isinstance(widget, PickTable):
        held = widget.parentWidget()
        assert isinstance(held, PickList)
        return held.raw()
    return str(widget.toPlainText() if hasattr(widget, "toPlainText") else widget.value())  # type: ignore[attr-defined]


def give(hands: Hands, key: str, focus: QWidget) -> None:
    """Give what the field with that key asks to what has the focus."""
    if isinstance(focus, ListChoice):
        answer(hands, focus, focus.options()[0][0])
    elif isinstance(focus, Segments | Tick | SlotCard | PickTable):
        hands.space()
    elif key in _TYPED:
        hands.type(_TYPED[key])
    elif key.startswith("hours"):
        hands.press("Ctrl+A")
        hands.type("7:30-14:00")
    elif key == "to_number" and isinstance(focus, TextLine):
        # As it stands on our letter; another one is a fault again.
        field = focus.parentWidget()
        assert isinstance(field, FormField)
        hands.type(to_latin_digits(strip_isolates(field.hint.words()).split(": ")[1]))
    elif isinstance(focus, PasswordLine):
        hands.type(PASSWORD)
    elif isinstance(focus, DateLine):
        # Where today is none it is a day to come.
        hands.type("1405/10/20" if focus.value() else "=")
    elif isinstance(focus, AmountLine | DigitsLine | MoneyLine | NumberLine):
        hands.type("12")
    else:
        hands.type("آنچه دیده شد و باید نوشته شود")


def _attach(hands: Hands, form: ActForm, key: str, paper: Path) -> None:
    """Choose the paper by the key that has the focus; it lies at the row that was named."""
    files, row = form.files, key.removeprefix("document.")  # type: ignore[attr-defined]
    before = len(files.papers(row).pages)
    files.pick = lambda _: [paper]
    hands.space()
    QApplication.processEvents()
    assert len(files.papers(row).pages) > before, key


def _attach_scan(hands: Hands, scan: ScanLine, paper: Path) -> None:
    """The same where an act has one scan and no rows of papers."""
    scan.pick = lambda _: [paper]
    hands.space()
    QApplication.processEvents()
    assert scan.value()


def type_through(hands: Hands, form: ActForm, paper: Path, press_main: Callable[[], None]) -> int:
    """Go by Enter to each first fault and give what it asks; how many there were."""
    for number in range(_MOST):
        faults = form.faults()
        if not faults:
            return number
        press_main()
        key, words = faults[0]
        if key in _OF_NO_FIELD:
            assert any(each.text() == words for each in form.findChildren(QLabel)), words
            return number
        if len(faults) > 1:
            assert form.errors.links[0].hasFocus(), words
            if number % 2:
                hands.enter()
            else:
                form.errors.links[0].click()
        focus = QApplication.focusWidget()
        assert focus is not None
        field = form.fields.get(key)
        if field is not None and not key.startswith("tick."):
            assert field.isAncestorOf(focus), (words, focus)
        else:
            assert form.isAncestorOf(focus), (words, focus)
        if isinstance(focus, IconButton):
            _attach(hands, form, key, paper)
            continue
        if isinstance(scan := focus.parentWidget(), ScanLine):
            _attach_scan(hands, scan, paper)
            continue
        assert is_input(focus), f"{type(form).__name__}: nothing types into {focus}: {words}"
        before = {widget: value_of(widget) for widget in _inputs(form)}
        give(hands, key, focus)
        changed = {w for w in _inputs(form) if value_of(w) != before.get(w, "")}
        assert focus in changed, words
        assert len(changed) == 1 or changed - {focus} == {_following(form, key)}, words
    raise AssertionError("the form has no end")


def _following(form: ActForm, key: str) -> object:
    """What goes by another: an office's name by its new code, the way of choosing by a tick."""
    if key == "offices":
        return form.typed._inputs.get("way")
    field = form.fields.get("name") if key == "code" else None
    return field.control if field is not None else None
