"""Changing a registered request in place: its answers, the applicant's contact, its documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.actions import counter_acts
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.request import Request, SeenDocument
from desktop.domain.service import Service
from desktop.forms.aid import aid_texts
from desktop.forms.answers import (
    RECORD_FOUND,
    RECORD_NONE,
    RECORD_UNKNOWN,
    Checked,
    Filled,
    check,
    conditions,
)
from desktop.forms.party import optional_keys, party_labels, typed
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.case.row_papers import RowPapers
from desktop.ui.pages.form.fields import Asked, Fields
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.form.inputs import as_typed, asked_by, honorifics
from desktop.ui.pages.form.once import Once
from desktop.ui.widgets.inputs.number import DigitsLine, PhoneLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Hairline
from desktop.ui.widgets.papers.document_row import DocumentList, DocumentRow

_PARTS = ("seen", "number", "date", "papers")
# What may be changed of the applicant; identity is what the decision rests on.
_CONTACT = ("honorific", "mobile", "phone", "address", "postal_code")


class AmendForm(ActForm):
    """اصلاح درخواست: only what was changed is sent."""

    name = "amend"
    tab = "اصلاح"

    def __init__(
        self,
        case: Case,
        service: Service,
        today: date,
        files: FormFiles,
        *,
        narrow: bool = False,
    ) -> None:
        words = "تنها آنچه تغییر دهید ثبت می‌شود؛ اگر کارشناس نظر داده است، دوباره می‌بیند."
        super().__init__("اصلاح درخواست", words, "ثبت اصلاح", "pencil")
        self._case, self._service, self._today = case, service, today
        self.files = files
        self._record = _record_then(case.request, service, today)
        self.answers = Fields(2 if narrow else 3)
        self.contact = Fields(2 if narrow else 3)
        self.card.add(self.answers)
        self.card.add(Hairline())
        self.card.add(Label("خطاب و تماس متقاضی", "small", "text2", 500))
        self.card.add(self.contact)
        self.list = DocumentList()
        self.rows: dict[str, DocumentRow] = {}
        self.card.add(Hairline())
        self.card.add(Label("مدارک", "small", "text2", 500))
        self.card.add(self.list)
        self.contact.ask(self._contact_fields())
        texts = typed(case.request.party)
        self.contact.fill({f"party.{key}": texts[key] for key in _CONTACT})
        self._fill_answers()
        self.typed.made.connect(self._make_typed)
        answers = self.answers
        self._once = Once(service, lambda: answers.cells, lambda: self.rows)
        self._ask()
        self._once.settle()
        for fields in (self.answers, self.contact):
            fields.edited.connect(self._changed)
        files.changed.connect(self._changed)

    def first(self) -> QWidget | None:
        """The document that was told missing; else the first answer."""
        missing = (row for row in self.rows.values() if self._is_missing(row.words()))
        lacking = next(missing, None)
        if lacking is not None:
            return lacking
        return next(iter({**self.answers.cells, **self.contact.cells}.values()), None)

    def _fill_answers(self) -> None:
        kinds = {field.key: field.kind for field in self._service.fields}
        held = self._case.request.answers.items()
        self.answers.fill({key: as_typed(kinds.get(key), value) for key, value in held})

    def _contact_fields(self) -> list[Asked]:
        kind = self._case.request.party.kind
        labels, optional = party_labels(kind), optional_keys(kind)
        makers: dict[str, Callable[[], QWidget]] = {
            "honorific": honorifics,
            "mobile": lambda: PhoneLine((4, 3, 4)),
            "phone": lambda: PhoneLine((3, 8)),
            "postal_code": lambda: DigitsLine(10),
            "address": lambda: Prose(lines=2, max_length=200),
        }
        return [
            Asked(
                f"party.{key}",
                labels[key],
                makers[key],
                span=2 if key == "address" else 1,
                optional=key in optional,
            )
            for key in _CONTACT
            if key in labels
        ]

    def filled(self) -> Filled:
        """The whole request as it would be."""
        request = self._case.request
        party = dict(typed(request.party))
        for key, text in self.contact.texts().items():
            party[key.removeprefix("party.")] = text
        return replace(
            _filled(request, self._record),
            party=party,
            answers={**request.answers, **self.answers.texts()},
            documents=self._documents(),
        )

    def _ask(self) -> None:
        asked = self._service.asked_fields(conditions(self.filled()))
        self.answers.ask([asked_by(field, self._today) for field in asked])
        cells = {**self.answers.cells, **self.contact.cells}
        for key in self.fields.keys() - cells.keys():
            self.typed.forget(key)
        for key, cell in cells.items():
            if self.fields.get(key) is not cell:
                self.typed.know(key, cell.control, cell.words())
        self.fields = cells
        self._ask_documents()

    def _ask_documents(self) -> None:
        held = {d.key: d for d in self._case.request.documents}
        rows = {}
        for asked in self._service.asked_documents(conditions(self.filled())):
            row = self.rows.get(asked.key)
            if row is None:
                row = DocumentRow(
                    asked.key,
                    asked.title,
                    because=asked.why,
                    needs_number=asked.numbered,
                    dated_by=self._today if asked.dated else None,
                    needs_scan=asked.scan,
                )
                _fill(row, held.get(asked.key), missing=self._is_missing(asked.title))
                row.edited.connect(partial(self._changed, f"document.{asked.key}"))
                self._serve(row, held.get(asked.key))
                self._know_row(row, held.get(asked.key))
            rows[asked.key] = row
        if rows != self.rows:
            for key in self.rows.keys() - rows.keys():
                for part in _PARTS:
                    self.typed.forget(f"document.{key}.{part}")
            self.rows = rows
            self.list.set_rows([*rows.values()])
        for row in self.rows.values():
            row.set_state("complete" if row.seen.value() else "waiting")

    def _know_row(self, row: DocumentRow, held: SeenDocument | None) -> None:
        """Keep what is ticked, typed and attached there."""
        file = held.file if held is not None else None
        papers = RowPapers(self.files, row, self._case.case_id, file)
        inputs = (row.seen, row.number, row.date, papers)
        for part, control in zip(_PARTS, inputs, strict=True):
            if control is not None:
                self.typed.know(f"document.{row.key}.{part}", control, row.words())

    def _make_typed(self, texts: Mapping[str, str]) -> None:
        """What was typed may ask for fields and documents, which then are there."""
        self.contact.fill({key: text for key, text in texts.items() if key in self.contact.cells})
        own = {field.key for field in self._service.fields}
        for _ in own:
            before = tuple(self.answers.cells)
            self.answers.fill({key: text for key, text in texts.items() if key in own})
            self._ask()
            if tuple(self.answers.cells) == before:
                break

    def arrange_typed(self) -> None:
        """As after typing."""
        self._ask()

    def _serve(self, row: DocumentRow, held: SeenDocument | None) -> None:
        self.files.serve(row)
        if held is not None and held.file is not None:
            self.files.fetch(row, self._case.case_id, held.file)

    def _is_missing(self, title: str) -> bool:
        returned = self._case.returned
        return returned is not None and title in {d.document for d in returned.defects}

    def _documents(self) -> list[SeenDocument]:
        held = {d.key: d for d in self._case.request.documents}
        for key, row in self.rows.items():
            day = row.date.value() if row.date is not None else None
            held[key] = SeenDocument(
                key=key,
                title=row.words(),
                seen=row.seen.value(),
                number=row.number.value(),
                dated=day,
                file=self.files.papers(key).file,
            )
        return [*held.values()]

    def _changed(self, key: str = "") -> None:
        self._ask()
        self._once.follow(key)

    def checked(self) -> Checked:
        """What would be kept, with every fault."""
        return check(self._service, self.filled(), self._today)

    def put_away(self) -> None:
        """What was still being read is not in the draft."""
        self.files.leave()

    def faults(self) -> Faults:
        """Faults of what can be changed here; or that nothing was changed."""
        found: Faults = []
        for fault in self.checked().faults:
            key = fault.field or ""
            if key in self.fields or key.startswith("document."):
                found.append((key, fault.words))
        if self.files.busy:
            found.append(("", "پیوست مدارک هنوز خوانده می‌شود؛ اندکی بعد دوباره ثبت کنید."))
        if not found and not self.changes() and not self.new_documents():
            return [("", "چیزی تغییر نکرده است.")]
        return found

    def show_faults(self, faults: Faults) -> None:
        """Also beside the documents."""
        super().show_faults(faults)
        by_key = dict(faults)
        for key, row in self.rows.items():
            row.set_error(by_key.get(f"document.{key}"))

    def go_to(self, key: str) -> None:
        """Also to a document."""
        row = self.rows.get(key.removeprefix("document."))
        if row is not None:
            row.setFocus()
        else:
            super().go_to(key)

    def changes(self) -> dict[str, str]:
        """Changed answers by key, party keys `party.…`."""
        checked, request = self.checked(), self._case.request
        changed = {
            key: value
            for key, value in checked.answers.items()
            if value != request.answers.get(key, "")
        }
        emptied = set(self.answers.cells) - set(checked.answers)
        changed |= {key: "" for key in emptied if request.answers.get(key)}
        for key in _CONTACT:
            value = getattr(checked.party, key)
            if f"party.{key}" in self.contact.cells and value != getattr(request.party, key):
                changed[f"party.{key}"] = value
        return changed

    def new_documents(self) -> tuple[SeenDocument, ...]:
        """Documents that are not as they were, or that were told missing and are here now."""
        held = {d.key: d for d in self._case.request.documents}
        now = [d for d in self._documents() if d.key in self.rows]
        return tuple(
            d for d in now if d != held.get(d.key) or (d.seen and self._is_missing(d.title))
        )

    def job(self, seat: Seat) -> Callable[[], None]:
        """Amend."""
        case_id, changes, documents = self._case.case_id, self.changes(), self.new_documents()
        return lambda: counter_acts.amend(seat, case_id, changes, documents)


def _filled(request: Request, record: str) -> Filled:
    """The form as it stood when the request was registered."""
    plate = request.plate
    return Filled(
        applicant=request.party.kind,
        party=typed(request.party),
        code=request.code,
        plate_section=str(plate.section) if plate else "",
        plate_main=str(plate.main) if plate else "",
        plate_sub=str(plate.sub) if plate else "",
        unchanged=request.unchanged,
        answers=request.answers,
        documents=request.documents,
        consents=request.consents,
        record=record,
        aid=aid_texts(request.aid),
    )


def _record_then(request: Request, service: Service, today: date) -> str:
    """What the form knew of the record: a request does not keep it, but its answers tell."""
    for record in (RECORD_FOUND, RECORD_NONE):
        if not check(service, _filled(request, record), today).faults:
            return record
    return RECORD_UNKNOWN


def _fill(row: DocumentRow, held: SeenDocument | None, *, missing: bool) -> None:
    if held is None:
        return
    # What was told missing is to be looked at again.
    row.seen.set_value(held.seen and not missing)
    row.number.set_value(held.number)
    if row.date is not None and held.dated is not None:
        row.date.set_value(held.dated)
