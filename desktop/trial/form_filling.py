"""Typing a request into the form that shows: field by field, Enter after each, as a clerk does."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.calendar import iso_jalali
from desktop.forms.answers import Filled
from desktop.trial import scanned
from desktop.trial.answering import answer
from desktop.trial.hands import Hands
from desktop.ui.pages.form.body import FEE, FormBody
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.inputs.choices import Choices
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.tick import Tick

_MOST_FIELDS = 120
_CODE, _PLATE, _UNCHANGED = "property.code", "property.plate", "unchanged"


class FormFilling:
    """Goes through the form once; `fee` is the reference of the office's fee."""

    def __init__(self, hands: Hands, page: CaseForm, filled: Filled, fee: str) -> None:
        self._hands, self._page, self._filled = hands, page, filled
        self._texts = _texts(filled, fee)
        self._documents = {d.key: d for d in filled.documents}

    def fill(self, answered: Callable[[], None]) -> None:
        """Type everything that the form asks; `answered` is called when the records have spoken.

        Raises RuntimeError when the form never ends.
        """
        body = self._body
        body.focus_first()
        if self._filled.applicant is not body.party.applicant:
            # The form begins behind the capacity, which mostly stands right.
            self._hands.press("Shift+Enter")
        asked = False
        for _ in range(_MOST_FIELDS):
            focus = QApplication.focusWidget()
            key = body.focused_key()
            if focus is None or focus is self._main:
                return
            if not asked and body.part_of(key) in body.parts[2:]:
                # What the records say comes by itself, once person and property are there.
                asked = True
                self._hands.settle()
                answered()
                continue
            self._type(key, focus)
            if key == FEE:
                # From the last field the main key is as near as Enter.
                return
        raise RuntimeError("the form has no end")

    @property
    def _body(self) -> FormBody:
        body = self._page.body
        if body is None:
            raise RuntimeError("the form has not come")
        return body

    @property
    def _main(self) -> QWidget | None:
        return self._page.bar.main if self._page.bar else None

    def give(self, key: str, focus: QWidget) -> None:
        """Give the field that has the focus what its key asks."""
        hands, body = self._hands, self._body
        if key == _CODE:
            if not body.estate.code.raw().strip("-"):
                hands.type(self._filled.code)
        elif key == _PLATE:
            self._type_plate(focus)
        elif key.startswith("document."):
            self._type_document(key.partition(".")[2], focus)
        else:
            answer(hands, focus, _text_of(focus, self._texts.get(key, "")))

    def _type(self, key: str, focus: QWidget) -> None:
        self.give(key, focus)
        if isinstance(focus, Prose):
            self._hands.press("Tab")
        elif key != FEE and not self._went_on(key, focus):
            self._hands.enter()

    def _went_on(self, key: str, focus: QWidget) -> bool:
        """Whether what was typed was whole, so that the form went on by itself."""
        one_line = isinstance(focus, TextLine) and key != _CODE
        return one_line and QApplication.focusWidget() is not focus

    def _type_plate(self, focus: QWidget) -> None:
        plate = self._body.estate.plate_input
        if focus is plate.sub:
            self._hands.type(f"{self._filled.plate_sub}/")
        elif focus is plate.main:
            self._hands.type(f"{self._filled.plate_main}/")
        else:
            answer(self._hands, focus, self._filled.plate_section)

    def _type_document(self, key: str, focus: QWidget) -> None:
        seen = self._documents.get(key)
        if seen is None:
            return
        if isinstance(focus, Tick):
            if seen.seen != focus.value():
                self._hands.space()
            clip = self._body.documents.rows[key].clip
            if seen.file is not None and not clip.asked:
                self._hands.reach(clip)
                self._attach(key, seen.title)
        elif isinstance(focus, IconButton):
            if seen.file is not None:
                self._attach(key, seen.title)
        elif isinstance(focus, DateLine):
            answer(self._hands, focus, iso_jalali(seen.dated) if seen.dated else "")
        else:
            answer(self._hands, focus, seen.number)

    def _attach(self, key: str, title: str) -> None:
        """A photograph of the paper, chosen at the clip, which has the focus."""
        files = self._body.documents.files
        if files.papers(key).pages:
            return
        with tempfile.TemporaryDirectory() as folder:
            taken = scanned.save(
                scanned.photograph(scanned.paper(title), wide=1500), Path(folder) / "photo.png"
            )
            files.pick = lambda _: [taken]
            self._hands.say("Space")


def _text_of(focus: QWidget, text: str) -> str:
    """For one tick of several: `yes` when its option is among the answer's."""
    around = focus.parentWidget()
    if not isinstance(focus, Tick) or not isinstance(around, Choices):
        return text
    return "yes" if any(around.ticks.get(key) is focus for key in text.split(",")) else ""


def _texts(filled: Filled, fee: str) -> Mapping[str, str]:
    party = {f"party.{key}": text for key, text in filled.party.items()}
    return {
        "applicant": filled.applicant.value,
        "party.foreign": "no",
        _UNCHANGED: filled.unchanged,
        FEE: fee,
        **party,
        **filled.answers,
    }
