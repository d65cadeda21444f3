"""What a service asks of its expert, among the fields of an act: asked as case and values want."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.service import Service
from desktop.forms.answers import read_entered
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.form.fields import Fields
from desktop.ui.pages.form.inputs import as_typed, asked_by


class ExpertValues(Fields):
    """The fields of that act; `service` is None where its file has not come to this desk."""

    def __init__(
        self, form: ActForm, case: Case, service: Service | None, today: date, columns: int
    ) -> None:
        super().__init__(columns)
        self._form, self._case, self._service, self._today = form, case, service, today
        form.typed.made.connect(self._fill_all)
        kinds = {field.key: field.kind for field in service.fields} if service else {}
        held = case.entered.items()
        self.fill({key: as_typed(kinds.get(key), text) for key, text in held})
        self.ask_now()
        self.edited.connect(lambda _: self.ask_now())

    def set_today(self, today: date) -> None:
        """The day has changed."""
        self._today = today

    def read(self) -> tuple[dict[str, str], list[Refusal]]:
        """The values as they are kept, and what is wrong with them."""
        if self._service is None:
            return {}, []
        return read_entered(self._service, self._case.conditions, self.texts(), self._today)

    def ask_now(self) -> None:
        """The fields that case and values ask for now; what follows from values nobody types."""
        if self._service is None:
            return
        kept, _ = self.read()
        fields = self._service.expert_fields({**self._case.conditions, **kept})
        before = set(self.cells)
        if self.ask([asked_by(field, self._today) for field in fields]):
            for key in before - self.cells.keys():
                self._form.fields.pop(key, None)
                self._form.typed.forget(key)
            self._form.know(*(cell for key, cell in self.cells.items() if key not in before))
        for field in fields:
            if field.formula is not None:
                cell = self.cells[field.key]
                cell.set_value(kept.get(field.key, ""))
                cell.set_read_only()

    def _fill_all(self, texts: Mapping[str, str]) -> None:
        """A value may ask for another one, which then is filled too."""
        own = {field.key for field in self._service.fields} if self._service else set()
        for _ in own:
            before = tuple(self.cells)
            self.fill({key: text for key, text in texts.items() if key in own})
            self.ask_now()
            if tuple(self.cells) == before:
                break
