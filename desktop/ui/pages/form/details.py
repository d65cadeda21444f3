"""The service's own fields in the case form, and the owner's self-declaration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.domain.form import FieldKind, ServiceField
from desktop.domain.identifiers import mask_id, phone_words
from desktop.domain.known import rows_of
from desktop.domain.people import Applicant
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.domain.service import Service
from desktop.forms.answers import RECORD_UNKNOWN, kept_answers
from desktop.forms.values import UNITS, with_unit
from desktop.ui.pages.form.fields import Fields
from desktop.ui.pages.form.inputs import asked_by
from desktop.ui.pages.form.part import Cell, Part
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.tick import Tick

UNCHANGED = "unchanged"
_DECLARED = "مالک عدم تغییر بنا را اظهار کرده است"
_DECLARATION = "مالک اظهار می‌کند از آخرین بازدید تغییری در بنا داده نشده است"


class DetailsPart(Part):
    """Every kind of field; those with a condition come and go with the answers."""

    def __init__(self, number: int, service: Service, today: date) -> None:
        super().__init__(number, "مشخصات درخواست")
        self._service, self._today = service, today
        self._applicant = ""
        self.record = RECORD_UNKNOWN
        self.fields = Fields()
        self.fields.edited.connect(self._edited)
        self.fields.left.connect(self.left)
        self.add(self.fields)
        self.declared = FormField("", Tick(_DECLARATION), key=UNCHANGED)
        self.declared.edited.connect(lambda: self.edited.emit(UNCHANGED))
        self.declared.left.connect(lambda: self.left.emit(UNCHANGED))
        self.add(self.declared)
        self.declared.setVisible(self._declares)

    def set_today(self, today: date) -> None:
        """The day has changed: what is asked from now on reckons from it."""
        self._today = today

    def ask(self, applicant: str | None = None, record: str | None = None) -> None:
        """Show the fields that the applicant, the records and the answers ask for now."""
        self._applicant = self._applicant if applicant is None else applicant
        self.record = self.record if record is None else record
        asked = [asked_by(field, self._today) for field in self._asked()]
        declares = self._declares
        changed = self.declared.isHidden() is declares
        self.declared.setVisible(declares)
        if self.fields.ask(asked) or changed:
            self.arranged.emit()
        self._work_out()

    @property
    def _declares(self) -> bool:
        """Whether who asks can say of the building that it stands unchanged."""
        applicant = Applicant(self._applicant) if self._applicant else self._service.applicants[0]
        return self._service.declared_by(applicant)

    def _work_out(self) -> None:
        """Show what other answers give; nobody types it."""
        formulas = [field for field in self._service.form_fields if field.formula is not None]
        shown = [field for field in formulas if field.key in self.fields.cells]
        if not shown:
            return
        applicant = Applicant(self._applicant or self._service.applicants[0])
        texts = self.fields.kept()
        kept = kept_answers(self._service, applicant, texts, self._today)
        for field in shown:
            cell, text = self.fields.cells[field.key], kept.get(field.key, "")
            if cell.raw() != text:
                cell.set_value(text)
            cell.set_read_only()

    def answers(self) -> dict[str, str]:
        """Field key → text as typed, of the fields that are asked."""
        return self.fields.texts()

    def unchanged(self) -> str:
        """The self-declaration: `yes` or empty."""
        return self.declared.raw() if self._declares else ""

    def fill_from_records(self, values: Mapping[str, str], as_of: date) -> None:
        """Tint what the records say; an empty mapping frees all."""
        kinds = {field.key: field.kind for field in self._service.form_fields}
        ready = {
            key: date.fromisoformat(text) if kinds[key] is FieldKind.DATE else text
            for key, text in values.items()
        }
        self.fields.fill_from_records(ready, as_of)

    def unset_ticks(self) -> set[str]:
        """The ticks that show and are not set."""
        ticks = {each.key for each in self._service.form_fields if each.kind is FieldKind.TICK}
        return {key for key, cell in self.fields.cells.items() if key in ticks and not cell.raw()}

    def kept(self) -> dict[str, str]:
        """Everything typed, for a draft."""
        return {**self.fields.kept(), UNCHANGED: self.declared.raw()}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts in by their fields' keys."""
        self.declared.set_value(texts.get(UNCHANGED, self.declared.raw()))
        own = {key: text for key, text in texts.items() if key != UNCHANGED}
        # A field may ask for another one, which then is filled too.
        for _ in range(len(self._service.form_fields) + 1):
            before = tuple(self.fields.cells)
            self.fields.fill(own)
            self.ask()
            if tuple(self.fields.cells) == before:
                break

    def cells(self) -> dict[str, Cell]:
        """The fields, then the declaration."""
        cells: dict[str, Cell] = dict(self.fields.cells)
        return {**cells, UNCHANGED: self.declared} if self._declares else cells

    def stops(self) -> list[QWidget]:
        """Edit, the fields, the declaration."""
        return [self.edit, *self.fields.cells.values(), self.declared]

    def summary(self) -> list[str]:
        """The answers in the form's order; of ticks those that are set."""
        words = []
        for field in self._service.form_fields:
            cell = self.fields.cells.get(field.key)
            text = cell.raw() if cell is not None else ""
            if field.kind is FieldKind.TICK:
                words += [f"«{field.label}»"] if text == "yes" else []
            elif text:
                words.append(f"{field.label.rstrip('؟')}: {read_answer(field, text)}")
        words += [_DECLARED] if self.unchanged() else []
        return words

    def set_columns(self, columns: int) -> None:
        """Arrange anew."""
        self.fields.set_columns(columns)

    def _asked(self) -> list[ServiceField]:
        """As `forms.answers` reads them: a condition looks at the answers before it."""
        texts = self.fields.kept()
        seen = {"applicant": self._applicant, "record": self.record}
        asked = []
        for field in self._service.form_fields:
            if field.when.holds(seen):
                asked.append(field)
                if texts.get(field.key):
                    seen[field.key] = texts[field.key]
        return asked

    def _edited(self, key: str) -> None:
        self.ask()
        self.edited.emit(key)


def read_answer(field: ServiceField, text: str) -> str:
    """A typed answer as it is told where it can't be typed; ids of persons masked."""
    if field.kind.names_somebody:
        return isolate(mask_id(text))
    if field.kind is FieldKind.MOBILE:
        return phone_words(text)
    if field.kind is FieldKind.TABLE:
        return to_persian_digits(f"{len(rows_of(text))} سطر")
    if field.kind is FieldKind.MONEY:
        return with_unit(field, text)
    if field.kind in UNITS:
        return to_persian_digits(f"{text.replace('.', '٫')} {UNITS[field.kind]}")
    labels = {each.value: each.label for each in field.choices}
    if field.kind is FieldKind.CHOICES:
        return to_persian_digits(join_and([labels.get(part, part) for part in text.split(",")]))
    return to_persian_digits(labels.get(text, text))
