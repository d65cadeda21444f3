"""The case form itself: its parts one under the other, folding when done, read as one value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions.intake import FEE
from desktop.domain.request import Consent
from desktop.domain.service import Service
from desktop.forms.answers import Filled
from desktop.ui import theme
from desktop.ui.pages.form.details import DetailsPart
from desktop.ui.pages.form.documents import DocumentsPart
from desktop.ui.pages.form.double import DUPLICATE, Double
from desktop.ui.pages.form.fee import FeePart
from desktop.ui.pages.form.fields import put_in_order
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.form.once import Once
from desktop.ui.pages.form.part import Cell, Part
from desktop.ui.pages.form.party import PartyPart
from desktop.ui.pages.form.property import PropertyPart
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.enter import EnterMoves
from desktop.ui.widgets.layouts import Column, Row

_WIDEST = 1280
_CHOSEN = ("applicant", "party.foreign")  # stand in every form from its beginning
_THREE, _FOUR = 800, 1200  # width at 100 % from which so many columns fit
_BESIDE = 790  # width at 100 % from which code and plate stand side by side


class FormBody(Scroller):
    """The parts of a service's form; `edited` and `left` name the field.

    `finished` comes when Enter is pressed in the last one.
    """

    edited = Signal(str)
    left = Signal(str)
    finished = Signal()

    def __init__(
        self, service: Service, fee: int, today: date, files: FormFiles, page: QWidget
    ) -> None:
        super().__init__(margins=(10, 20, 14, 20))
        # From the outside in: a widget that is given another parent hands its look down to all
        # that is in it, anew each time.
        self.setParent(page)
        self._holder = holder = QWidget()
        line = Row(gap=0)
        line.addWidget(holder, 1)
        line.addStretch(0)
        whole = QWidget()
        whole.setLayout(line)
        self.add(whole)
        column = self._parts_column = Column(gap=8)
        holder.setLayout(column)
        self._service = service
        self._columns = 3
        self.double = Double()
        self.party = PartyPart(1, service, today)
        self.estate = PropertyPart(2)
        self.details = DetailsPart(3, service, today)
        self.documents = DocumentsPart(4, today, files)
        self.fee = FeePart(5, fee)
        self.parts: tuple[Part, ...] = (
            self.party,
            self.estate,
            self.details,
            self.documents,
            self.fee,
        )
        for each in (self.double, *self.parts):
            column.addWidget(each)
        if not fee:
            self.fee.hide()
        for part in self.parts:
            part.edited.connect(self._edited)
            part.left.connect(self.left)
        self.double.edited.connect(self._edited)
        self.double.left.connect(self.left)
        cells = self.details.fields
        self._once = Once(service, lambda: cells.cells, lambda: self.documents.rows)
        self._moves = EnterMoves(holder)
        self._moves.finished.connect(self.finished)
        self.ask()
        # Once, with all that is asked at first.
        for part in self.parts:
            part.arranged.connect(self._order)
        self._order()

    def add_under(self, card: QWidget) -> None:
        """Put a card under the parts, as wide as they are."""
        self._parts_column.addWidget(card)

    def ask(self, record: str | None = None) -> None:
        """Ask for what applicant, records and answers call for now."""
        applicant = self.party.applicant.value
        self.details.ask(applicant, record)
        seen = {"applicant": applicant, "record": self.details.record, **self.details.answers()}
        self.documents.ask(self._service.asked_documents(seen))

    def filled(self) -> Filled:
        """The form as it stands."""
        sub, main, section = self.estate.plate_value()
        return Filled(
            applicant=self.party.applicant,
            party=self.party.texts(),
            code=self.estate.code.raw(),
            plate_section=section,
            plate_main=main,
            plate_sub=sub,
            unchanged=self.details.unchanged(),
            answers=self.details.answers(),
            documents=self.documents.seen(),
            consents=self.party.given_consents(),
            record=self.details.record,
            aid=self.party.aid_texts(),
        )

    def cells(self) -> dict[str, Cell]:
        """Everything that can be at fault, by the key of its fault, in the form's order."""
        found: dict[str, Cell] = {DUPLICATE: self.double.reason}
        for part in self.parts:
            found |= part.cells()
        return found

    def part_of(self, key: str) -> Part | None:
        """The part in which the key stands."""
        return next((part for part in self.parts if key in part.cells()), None)

    def kept(self) -> dict[str, Any]:
        """All that was typed as JSON values, with what is folded and where the focus is."""
        return {
            "party": self.party.kept(),
            "consents": [[c.person_id, c.name] for c in self.party.given_consents()],
            "property": self.estate.kept(),
            "details": self.details.kept(),
            "documents": self.documents.kept(),
            "fee": self.fee.kept(),
            "reason": self.double.reason.raw(),
            "record": self.details.record,
            "folded": [i for i, part in enumerate(self.parts) if part.is_folded()],
            "focus": self.focused_key(),
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Put back what `kept` gave."""
        self.party.fill(kept["party"])
        self.party.set_consents([Consent(*pair) for pair in kept["consents"]])
        self.estate.fill(kept["property"])
        self.ask(kept["record"])
        self.details.fill(kept["details"])
        self.ask()
        self.documents.fill(kept["documents"])
        self.fee.fill(kept["fee"])
        self.double.reason.set_value(kept["reason"])
        self._once.settle()
        for index in kept["folded"]:
            self.parts[index].fold_up()
        self.jump(kept["focus"])

    def fill_from_records(self, values: Mapping[str, str], as_of: date) -> None:
        """Tint what the records say, and let the papers' rows know it; an empty mapping frees."""
        self.details.fill_from_records(values, as_of)
        self._once.settle()

    def stands(self) -> dict[str, Any]:
        """What a person can change, as JSON values: not what is folded, nor where the keys are."""
        kept = self.kept()
        filled = self.details.fields.from_records()
        kept["details"] = {k: text for k, text in kept["details"].items() if k not in filled}
        return {key: kept[key] for key in kept if key not in ("record", "folded", "focus")}

    def put_back(self, stood: Mapping[str, Any], key: str) -> None:
        """Let the form stand as `stands` told it, and go to the field of that key."""
        now = self.stands()

        def whole(part: str) -> dict[str, Any]:
            """With the places that were empty then."""
            return {**dict.fromkeys(now[part], ""), **stood[part]}

        self.party.fill(whole("party"))
        if stood["consents"] != now["consents"]:
            self.party.set_consents([Consent(*pair) for pair in stood["consents"]])
        self.estate.fill(whole("property"))
        self.ask()
        filled = self.details.fields.from_records()
        own = {k: text for k, text in whole("details").items() if k not in filled}
        self.details.fill(own)
        self.ask()
        if stood["documents"] != now["documents"]:
            empty = {key: dict.fromkeys(row, "") for key, row in now["documents"].items()}
            self.documents.fill({**empty, **stood["documents"]})
        self.fee.fill({FEE: "", **stood["fee"]})
        self.double.reason.set_value(stood["reason"])
        if key:
            self.jump(key)

    def is_begun(self) -> bool:
        """Whether anything was typed, ticked or attached; a capacity alone is nothing."""
        stands = self.stands()
        party = {k: text for k, text in stands["party"].items() if k not in _CHOSEN}
        return _has_text({**stands, "party": party})

    def focused_key(self) -> str:
        """The key of the field that has the focus; empty when none of the form has."""
        focus = QApplication.focusWidget()
        if focus is None:
            return ""
        for key, cell in self.cells().items():
            if isinstance(cell, QWidget) and (cell is focus or cell.isAncestorOf(focus)):
                return key
        return ""

    def jump(self, key: str) -> None:
        """Open the key's part and go to the field."""
        part = self.part_of(key)
        if part is not None:
            part.unfold()
        if key == DUPLICATE and self.double.is_due():
            self.double.open()
        cell = self.cells().get(key)
        if isinstance(cell, QWidget):
            cell.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.bring(cell)

    def focus_first(self) -> None:
        """Where work begins: the capacity is chosen already, the id is next."""
        keys = [key for key in self.party.cells() if key != "applicant"]
        self.jump(keys[0])

    def fold_done(self, open_keys: frozenset[str], *, keep_property: bool) -> None:
        """Fold the parts that are done and left; `open_keys` still have something to say."""
        focus = QApplication.focusWidget()
        for part in self.parts:
            inside = focus is not None and part.isAncestorOf(focus)
            stays = keep_property and part is self.estate
            if inside or stays or part.is_folded() or open_keys & part.cells().keys():
                continue
            if self.is_part_begun(part):
                part.fold_up()

    def is_part_begun(self, part: Part) -> bool:
        """Whether anything stands in the part that a check could be for."""
        if part is self.documents:
            return bool(self.documents.total())
        if part is self.fee:
            return self.fee.payment() is not None
        return bool(part.summary_words())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit."""
        super().resizeEvent(event)
        self._holder.setMaximumWidth(theme.px(_WIDEST))
        width = self.width() * 100 / theme.zoom()
        columns = 4 if width >= _FOUR else 3 if width >= _THREE else 2
        self.estate.set_beside(width >= _BESIDE)
        if columns != self._columns:
            self._columns = columns
            for part in self.parts:
                part.set_columns(columns)

    def _edited(self, key: str) -> None:
        self.ask()
        self._once.follow(key)
        self.edited.emit(key)

    def _order(self) -> None:
        widgets: list[QWidget] = [self.double]
        for part in self.parts:
            widgets += part.stops()
        put_in_order(widgets)


def _has_text(kept: object) -> bool:
    """Whether any text stands in these JSON values."""
    if isinstance(kept, Mapping):
        return any(map(_has_text, kept.values()))
    return any(map(_has_text, kept)) if isinstance(kept, list) else bool(kept)


__all__ = ["FEE", "FormBody"]
