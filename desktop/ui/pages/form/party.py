"""Block A of the case form: the applicant, and the other owners who consent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.identifiers import LONGEST_ID, bare_digits, mask_id
from desktop.domain.people import Applicant
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.request import Consent
from desktop.domain.service import Service
from desktop.forms.aid import may_need_aid
from desktop.ui.pages.form.fields import Fields
from desktop.ui.pages.form.inputs import asked_of_aid, asked_of_party
from desktop.ui.pages.form.part import Cell, Part
from desktop.ui.widgets.button import IconButton, Link
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import ANSWERED, TextLine
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.layouts import Column, Row

_NAME = "نام مالکی که رضایت دارد"
_AID = "متقاضی نابینا، ناشنوا یا ناتوان از خواندن است"
_NO_AID = "متقاضی خود می‌بیند، می‌شنود و می‌خواند"


class _ConsentRow(QWidget):
    """One owner who consents: id, name, and the key that takes the row away."""

    edited = Signal()
    left = Signal()
    removed = Signal()

    def __init__(self, consent: Consent) -> None:
        super().__init__()
        self.person = FormField("کد ملی مالک دیگر", DigitsLine(LONGEST_ID), topic="consent")
        line = TextLine(max_length=120)
        self.name = FormField(_NAME, line, topic="consent.name", optional=True)
        self.remove = IconButton("trash", "حذف این مالک")
        self.person.set_value(consent.person_id)
        self.name.set_value(consent.name)
        row = Row(gap=14)
        row.addWidget(self.person, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.name, 2, Qt.AlignmentFlag.AlignTop)
        # Stands beside the inputs, under the line of their labels.
        under = Column(gap=2, margins=(22, 0, 0, 0))
        under.addWidget(self.remove)
        row.addLayout(under)
        self.setLayout(row)
        for field in (self.person, self.name):
            field.edited.connect(self.edited)
            field.left.connect(self.left)
        self.remove.clicked.connect(self.removed)

    def consent(self) -> Consent:
        """The owner as typed."""
        return Consent(self.person.raw(), self.name.raw())


class PartyPart(Part):
    """Who asks; the inputs change with the capacity and keep what was typed."""

    def __init__(self, number: int, service: Service, today: date) -> None:
        super().__init__(number, "متقاضی")
        self._service, self._today = service, today
        self._columns = 3
        self.fields = Fields()
        self.add(self.fields)
        self.consents: list[_ConsentRow] = []
        self._rows = Column(gap=6)
        holder = QWidget()
        holder.setLayout(self._rows)
        self.add(holder)
        self.more = Link("افزودن رضایت مالک دیگر")
        self.more.clicked.connect(lambda: self.add_consent(Consent("", "")))
        self.add(self.more)
        # A line of its own would be one more key for everybody else.
        self._aided = False
        self.aid = Link(_AID)
        self.aid.clicked.connect(self._turn_aid)
        self.add(self.aid)
        self.fields.edited.connect(self._edited)
        self.fields.left.connect(self.left)
        self._ask()
        # The service's file begins with who asks for it most.
        self.fields.cells["applicant"].set_value(service.applicants[0].value)
        self._ask()

    def set_today(self, today: date) -> None:
        """The day has changed: what is asked from now on reckons from it."""
        self._today = today

    @property
    def applicant(self) -> Applicant:
        """The capacity chosen; the service's first while none is."""
        chosen = self.fields.cells["applicant"].raw() if self.fields.cells else ""
        return Applicant(chosen) if chosen else self._service.applicants[0]

    @property
    def is_foreign(self) -> bool:
        """Whether the person has no national id."""
        cell = self.fields.cells.get("party.foreign")
        return cell is not None and cell.raw() == "yes"

    def texts(self) -> dict[str, str]:
        """Party key → text as typed."""
        found = self.fields.texts().items()
        texts = {key.partition(".")[2]: text for key, text in found if not key.startswith("aid.")}
        texts["foreign"] = "yes" if self.is_foreign else ""
        return texts

    def aid_texts(self) -> dict[str, str]:
        """What is asked of who can't see, hear or read, by its keys; nothing of others."""
        found = self.fields.texts().items()
        return {key.removeprefix("aid."): text for key, text in found if key.startswith("aid.")}

    def given_consents(self) -> list[Consent]:
        """The owners who consent, as typed."""
        return [row.consent() for row in self.consents]

    def kept(self) -> dict[str, str]:
        """Everything typed, for a draft; what was taken back is not kept."""
        kept = self.fields.kept()
        return {k: text for k, text in kept.items() if self._aided or not k.startswith("aid.")}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts in by their fields' keys."""
        self._aided = self._aided or any(text for k, text in texts.items() if k.startswith("aid."))
        self.fields.fill(texts)
        self._ask()
        # What the capacity asks for may have come only now.
        self.fields.fill(texts)

    def name(self) -> str:
        """The applicant's name as typed."""
        texts = self.texts()
        return f"{texts.get('first_name', '')} {texts.get('last_name', '')}".strip()

    def add_consent(self, consent: Consent) -> None:
        """One more row for an owner who consents."""
        row = _ConsentRow(consent)
        row.edited.connect(lambda: self.edited.emit(self._key_of(row)))
        row.left.connect(lambda: self.left.emit(self._key_of(row)))
        row.removed.connect(lambda: self._remove(row))
        self.consents.append(row)
        self._rows.addWidget(row)
        self.arranged.emit()
        if not consent.person_id:
            row.person.setFocus()
        self.edited.emit(self._key_of(row))

    def set_consents(self, consents: Sequence[Consent]) -> None:
        """These rows in place of those that stand."""
        for row in [*self.consents]:
            self._remove(row)
        for consent in consents:
            self.add_consent(consent)

    def cells(self) -> dict[str, Cell]:
        """The inputs, then the consents."""
        cells: dict[str, Cell] = dict(self.fields.cells)
        for number, row in enumerate(self.consents, start=1):
            cells[f"consent.{number}"] = row.person
        return cells

    def stops(self) -> list[QWidget]:
        """Edit, the inputs, the consents, the links for one more and for who needs aid."""
        return [self.edit, *self.fields.cells.values(), *self.consents, self.more, self.aid]

    def summary(self) -> list[str]:
        """«فاطمه دهقان، مالک، کد ملی ۴۴۲****۵۶۷، همراه …»."""
        texts = self.texts()
        parts = [to_persian_digits(self.name()), self.applicant.word]
        for key in ("person_id", "carrier_id"):
            if texts.get(key):
                label = self.fields.cells[f"party.{key}"].words()
                parts.append(f"{label} {isolate(mask_id(bare_digits(texts[key])))}")
                break
        if texts.get("mobile"):
            shown = to_persian_digits(texts["mobile"])
            parts.append(f"همراه {isolate(f'{shown[:4]} {shown[4:7]} {shown[7:]}')}")
        return [part for part in parts if part]

    def set_columns(self, columns: int) -> None:
        """Arrange anew."""
        self._columns = columns
        self.fields.set_columns(columns)
        self._ask()

    def _ask(self) -> None:
        asked = asked_of_party(
            self.applicant,
            foreign=self.is_foreign,
            service=self._service,
            columns=self._columns,
            today=self._today,
        )
        possible = may_need_aid(self.applicant)
        if possible and self._aided:
            asked += asked_of_aid()
        changed = self.fields.ask(asked)
        self.aid.setVisible(possible)
        self.aid.setText(_NO_AID if self._aided else _AID)
        self.aid.setAccessibleName(self.aid.text())
        self.aid.updateGeometry()
        self.more.setVisible(self._service.asks_consents and not self.applicant.is_body)
        if changed:
            self.arranged.emit()

    def _turn_aid(self) -> None:
        self._aided = not self._aided
        self._ask()
        if self._aided:
            self.fields.cells["aid.need"].setFocus()
        self.edited.emit("applicant")

    def _edited(self, key: str) -> None:
        if key in ("applicant", "party.foreign"):
            self._ask()
        self._pass_by()
        self.edited.emit(key)

    def _pass_by(self) -> None:
        """A national id tells the nationality, and who can be called needs no second number."""
        for known, answered in (("person_id", "foreign"), ("mobile", "phone")):
            first = self.fields.cells.get(f"party.{known}")
            other = self.fields.cells.get(f"party.{answered}")
            if first is not None and other is not None and isinstance(first.control, TextLine):
                other.control.setProperty(ANSWERED, first.control.is_whole())

    def _key_of(self, row: _ConsentRow) -> str:
        return f"consent.{self.consents.index(row) + 1}" if row in self.consents else "consent.1"

    def _remove(self, row: _ConsentRow) -> None:
        self.consents.remove(row)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.more.setFocus()
        self.arranged.emit()
        self.edited.emit("consent.1")
