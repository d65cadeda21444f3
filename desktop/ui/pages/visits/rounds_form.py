"""برنامهٔ مأموران: a row an inspector, a column a day of the week, from a day on."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

from desktop.actions import rounds
from desktop.actions.desk import Seat
from desktop.actions.municipal_data import SheetDraft
from desktop.actions.rounds import RoundsLook
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.known import rows_of
from desktop.forms.rota_sheet import DAYS, DISTRICTS, VISITS, WHO, half_choices, read_rounds
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.figures.data_form import DataForm
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.rows_input import RowsInput
from desktop.ui.widgets.inputs.rows_model import TypedColumn

_MOST = 200
_NO_DAY = "روز را بنویسید."
_TOO_SOON = "زودتر از فردا برقرار نمی‌شود."
_NOBODY = "دست‌کم یک مأمور بنویسید."


class RoundsForm(DataForm):
    """Begun with what holds on `look.day`, which the field of the day offers.

    Whose row is taken out goes nowhere any more; what is booked is moved by the planner then.
    """

    name = "rounds"

    def __init__(self, look: RoundsLook, today: date) -> None:
        super().__init__("برنامهٔ مأموران", "از روزی که می‌نویسید، با امضای نفر دوم")
        self._look, self._today = look, today
        choices = half_choices(look.halves)
        columns = (
            TypedColumn(WHO, "مأمور", "choice", look.inspectors),
            TypedColumn(DISTRICTS, "منطقه‌ها", longest=60),
            *(TypedColumn(column, day, "choice", choices) for column, day in DAYS.items()),
            TypedColumn(VISITS, "ظرفیت نیم‌روز", "number"),
        )
        self._rows = RowsInput(columns, _MOST)
        self._rows.set_value(json.dumps(look.rows, ensure_ascii=False))
        self.rounds = FormField("چه کسی کِی به کدام منطقه می‌رود", self._rows, key="rounds")
        self._since = DateLine(today, "future")
        self._since.set_value(look.day)
        self.since = FormField("از روز", self._since, key="since")
        self.put(3, (self.rounds, 3), (self.since, 1))
        self.put_signing()

    @property
    def _typed(self) -> list[dict[str, str]]:
        text = self._rows.value()
        return rows_of(text) if text else []

    def typed_faults(self) -> Faults:
        """What of the sheet can't be read, row by row, and the day."""
        found: Faults = []
        typed, since = self._typed, self._since.value()
        if not typed:
            found.append(("rounds", _NOBODY))
        try:
            read_rounds(typed, self._look.held, self._look.usual)
        except Refusals as no:
            found += [("rounds", each.words) for each in no.faults]
        except Refusal as no:
            found.append(("rounds", no.words))
        if since is None:
            found.append(("since", self._since.fault() or _NO_DAY))
        elif since <= self._today:
            found.append(("since", _TOO_SOON))
        return found

    def drafting(self, seat: Seat) -> Callable[[], SheetDraft]:
        """The rounds from their day on."""
        typed, since = self._typed, self._since.value() or self._today + timedelta(days=1)
        return lambda: rounds.draft(seat.desk, typed, since)
