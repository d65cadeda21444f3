"""One figure from a day on: a field for each column of its sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop.actions import publishing
from desktop.actions.desk import Seat
from desktop.actions.municipal_data import Figure, KindLook, SheetDraft
from desktop.domain.errors import Refusal, Refusals
from desktop.forms import sheet_cells as sheet
from desktop.forms.dated import Dated
from desktop.forms.sheets import SHEETS, SINCE, FiguresSheet
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.typed import Texts
from desktop.ui.pages.figures.data_form import DataForm
from desktop.ui.pages.figures.fields import (
    DERIVED,
    KEYS,
    LONG,
    OPTIONAL,
    WIDE,
    cell_of,
    control_of,
    offer_meanings,
    put_cell,
)
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField

_NO_DAY = "روز را بنویسید."
_TOO_SOON = "زودتر از فردا برقرار نمی‌شود."
NEW = "new"
"""What the form of a figure that there is not yet goes by."""


class FigureForm(DataForm):
    """A figure as it is to be, begun with one that is; what names it is not changed."""

    name = "municipal-data"

    def __init__(self, look: KindLook, figure: Figure | None) -> None:
        kind = SHEETS[look.kind]
        assert isinstance(kind, FiguresSheet)
        named = look.title_of(figure.item) if figure else ""
        heading = f"تغییر {named}" if named else f"ردیف تازه در {kind.title}"
        super().__init__(heading, "از روزی که می‌نویسید، با امضای نفر دوم")
        self.subject = f"{look.kind}:{figure.item.about if figure else NEW}"
        self._kind, self._look, self._today = kind, look, look.today
        self._cells = dict(zip(_headings(kind), figure.cells, strict=True)) if figure else {}
        self._columns: dict[str, FormField] = {}
        for column in _headings(kind):
            if column not in DERIVED and not (figure and column in KEYS):
                self._columns[column] = self._field(column, fixed=figure is not None)
        if sheet.COLUMN in self._columns:
            self._columns[sheet.COLUMN].edited.connect(self._offer)
            self.typed.made.connect(self._offer_typed)
            self._offer()
            if figure:
                self._columns[sheet.MEANING].set_value(self._cells[sheet.MEANING])
        self._since = DateLine(look.today, "future")
        if figure and figure.coming:
            self._since.set_value(figure.since)
        else:
            self._since.offer(1)
        self.since = FormField(SINCE, self._since, key="since")
        fields = [
            (each, 3 if each.key in WIDE else 2 if each.key in LONG else 1)
            for each in self._columns.values()
        ]
        self.put(3, *fields, (self.since, 1))
        self.put_signing()

    def _field(self, column: str, *, fixed: bool) -> FormField:
        control = control_of(column, self._look)
        if column in self._cells:
            put_cell(control, self._cells[column])
        label = sheet.SERVICE if column == sheet.CODE else column
        field = FormField(label, control, key=column, optional=column in OPTIONAL)
        if fixed and column in self._kind.names:
            field.set_read_only()
        return field

    def _offer(self) -> None:
        offer_meanings(
            self._columns[sheet.MEANING].control, cell_of(self._columns[sheet.COLUMN].control)
        )

    def _offer_typed(self, typed: Texts) -> None:
        """What goes with the column that is laid in."""
        control = self._columns[sheet.COLUMN].control
        column = typed.get(sheet.COLUMN, cell_of(control))
        offer_meanings(self._columns[sheet.MEANING].control, column)

    def first(self) -> FormField | None:
        """The first that can be typed."""
        named = self._kind.names if self._cells else ()
        return next((each for each in self._columns.values() if each.key not in named), None)

    def _typed_cells(self) -> dict[str, str]:
        typed = {column: cell_of(field.control) for column, field in self._columns.items()}
        return {**dict.fromkeys(_headings(self._kind), ""), **self._cells, **typed}

    def _figure(self, day: date) -> Dated:
        return self._kind.figure(self._typed_cells(), day)

    def typed_faults(self) -> Faults:
        """What the reader of the sheet finds wrong, each beside its field, and the day."""
        found: Faults = []
        since = self._since.value()
        try:
            self._figure(since or self._today)
        except Refusal as no:
            each = no.faults if isinstance(no, Refusals) else [no]
            found += [(one.field or "", self._said(one)) for one in each]
        if since is None:
            found.append(("since", self._since.fault() or _NO_DAY))
        elif since <= self._today:
            found.append(("since", _TOO_SOON))
        return found

    def _said(self, no: Refusal) -> str:
        """What a reader of sheets quotes, here where nothing stands to be quoted."""
        field = self._columns.get(no.field or "")
        empty = field is not None and not cell_of(field.control)
        return (
            f"«{field.words()}» را بنویسید." if field and empty and "«»" in no.words else no.words
        )

    def drafting(self, seat: Seat) -> Callable[[], SheetDraft]:
        """The figure from its day on."""
        since = self._since.value()
        assert since is not None
        figure, topic = self._figure(since), self._kind.topic
        return lambda: SheetDraft(publishing.figures_draft(seat.desk, topic, [figure]))


def _headings(kind: FiguresSheet) -> list[str]:
    return [column.heading for column in kind.columns if column.heading != SINCE]
