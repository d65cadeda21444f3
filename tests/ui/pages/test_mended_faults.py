"""What an act lacked is no line of its list once it is given; the list never grows by itself."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Refusal, Refusals
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from tests.ui.keyboard import click, type_text

_KEYS = ("first", "second", "third")


class Three(ActForm):
    """Three lines, all of them asked."""

    name = "three"

    def __init__(self) -> None:
        super().__init__("سه سطر", "", "ثبت")
        self.lines = {key: FormField(key, TextLine(), key=key) for key in _KEYS}
        self.add(*self.lines.values())

    def faults(self) -> Faults:
        """Whatever is empty."""
        return [(key, f"{key} را بنویسید.") for key, each in self.lines.items() if not each.value()]


def _shown(form: Three) -> list[str]:
    return [key for key, _ in form.errors.errors()]


def _give(form: Three, key: str, then: str) -> None:
    line = form.lines[key].control
    assert isinstance(line, QLineEdit)
    line.setFocus()
    type_text(line, "آنچه خواسته شد")
    form.lines[then].control.setFocus()


def _opened(qtbot: QtBot) -> Three:
    form = Three()
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
    return form


def test_what_is_given_leaves_the_list_as_it_is_left(qtbot: QtBot) -> None:
    form = _opened(qtbot)
    assert not form.check()
    assert _shown(form) == [*_KEYS]
    _give(form, "first", then="second")
    assert _shown(form) == ["second", "third"]
    _give(form, "third", then="second")
    assert _shown(form) == ["second"]
    _give(form, "second", then="first")
    assert form.errors.isHidden()


def test_what_the_centre_said_stays_until_its_field_is_touched(qtbot: QtBot) -> None:
    form = _opened(qtbot)
    for key, line in form.lines.items():
        line.set_value(key)
    form.refused(Refusals([Refusal("نپذیرفت.", field="first"), Refusal("نه.", field="second")]))
    form.lines["third"].control.setFocus()
    form.lines["first"].control.setFocus()
    assert _shown(form) == ["first", "second"]
    _give(form, "first", then="third")
    assert _shown(form) == ["second"]


def test_a_press_on_the_list_leads_on_while_the_field_that_is_left_was_given(qtbot: QtBot) -> None:
    form = _opened(qtbot)
    form.check()
    line = form.lines["first"].control
    line.setFocus()
    type_text(line, "آنچه خواسته شد")
    click(form.errors.links[2])
    assert form.lines["third"].control.hasFocus()
