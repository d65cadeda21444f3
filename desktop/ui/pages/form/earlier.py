"""What this office knows already: the person, the property, an open case of the same property."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.actions import intake
from desktop.actions.board import QueueCase
from desktop.domain.calendar import format_jalali, iso_jalali
from desktop.domain.identifiers import mask_id
from desktop.domain.people import Party
from desktop.domain.persian import isolate
from desktop.domain.request import Request
from desktop.domain.service import Service
from desktop.forms.answers import Checked
from desktop.forms.party import typed
from desktop.ui.page import Shell
from desktop.ui.pages.form.body import FormBody
from desktop.ui.pages.form.property import CODE, PLATE
from desktop.ui.standing.chips import DRAFT, chip_of

_PERSON = "مشخصات متقاضی از پروندهٔ پیشین پر شد."
_PROPERTY = "مشخصات ملک از پروندهٔ پیشین پر شد."
_UNDO = "بازگردانی"


@dataclass(frozen=True)
class _OfProperty:
    known: Request | None
    open_cases: list[QueueCase]


class Earlier(QObject):
    """Looks once for each id and each code; fills only a place where nothing is typed yet."""

    changed = Signal()

    def __init__(
        self, shell: Shell, service: Service, body: FormBody, titles: Mapping[str, str]
    ) -> None:
        super().__init__(body)
        self._shell, self._service, self._body, self._titles = shell, service, body, titles
        self._person = self._code = ""
        self._other: QueueCase | None = None

    def consider(self, checked: Checked) -> None:
        """Look up what is new and fine in the form."""
        desk, work = self._shell.seat.desk, self._shell.work
        person, code = checked.party.person_id, checked.code
        if person != self._person:
            self._person = person
            if person:
                work.run(self, lambda: intake.known_party(desk, person), self._fill_party)
        if code != self._code:
            self._code = code
            if not code:
                self._tell_of([])
                return

            def look() -> _OfProperty:
                known = intake.known_property(desk, code)
                return _OfProperty(known, intake.same_property(desk, code))

            work.run(self, look, self._of_property)

    def _fill_party(self, party: Party | None) -> None:
        part = self._body.party
        if party is None or part.name():
            return
        texts = {f"party.{key}": text for key, text in typed(party).items() if text}
        if party.birth is not None:
            texts["party.birth"] = iso_jalali(party.birth)
        now = part.fields.texts()
        empty = {key for key, text in now.items() if not text}
        new = {key: text for key, text in texts.items() if key in empty}
        if new:
            part.fill(new)
            self.changed.emit()
            self._shell.toast(_PERSON, _UNDO, lambda: self._take_back(dict.fromkeys(new, "")))

    def _of_property(self, found: _OfProperty) -> None:
        self._tell_of(found.open_cases)
        self._fill_property(found.known)

    def _fill_property(self, known: Request | None) -> None:
        body = self._body
        if known is None:
            return
        new: dict[str, str] = {}
        if known.plate is not None and not any(body.estate.plate_value()):
            plate = known.plate
            new[PLATE] = f"{plate.sub}-{plate.main}-{plate.section}"
        answers = body.details.answers()
        for field in self._service.fields:
            # What is asked only for want of a record describes the property itself.
            value = known.answers.get(field.key, "")
            if "record" in field.when.values and value and not answers.get(field.key):
                new[field.key] = value
        if new:
            body.estate.fill(new)
            body.details.fill({k: v for k, v in new.items() if k != PLATE})
            self.changed.emit()
            self._shell.toast(_PROPERTY, _UNDO, lambda: self._take_back(dict.fromkeys(new, "")))

    def _take_back(self, before: Mapping[str, str]) -> None:
        body = self._body
        body.party.fill({k: v for k, v in before.items() if k.startswith("party.")})
        body.estate.fill({k: v for k, v in before.items() if k in (CODE, PLATE)})
        own = {f.key for f in self._service.fields}
        body.details.fill({k: v for k, v in before.items() if k in own})
        self.changed.emit()

    def _tell_of(self, open_cases: list[QueueCase]) -> None:
        other = open_cases[0] if open_cases else None
        if other is None:
            self._body.double.show_case(None, "", "", [])
        else:
            state = chip_of(other.status, unsettled=other.provisional)
            party = self._body.party
            mine = [
                ("خدمت", self._service.title),
                ("متقاضی", party.name()),
                ("کد ملی", isolate(mask_id(self._person)) if self._person else ""),
                ("دریافت", isolate(format_jalali(self._shell.today()))),
                ("وضعیت", DRAFT.words),
            ]
            title = self._titles.get(other.service, "")
            self._body.double.show_case(other, title, state.words, mine)
        self.changed.emit()
