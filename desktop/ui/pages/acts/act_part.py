"""The part of a form that asks for the act a decision rests on: number, day, body, scan."""

from __future__ import annotations

from datetime import date

from desktop.domain.act import Act
from desktop.ui.page import Shell
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.scan_line import ScanLine
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine

_NO_DAY = "تاریخ سند را بنویسید."


class ActPart:
    """Its fields, to be put where a form likes; `scanned` where its scan must be attached.

    An `optional` one is left out whole, or is whole.
    """

    def __init__(
        self, shell: Shell, today: date, *, scanned: bool = True, optional: bool = False
    ) -> None:
        self._scanned, self._optional = scanned, optional
        self._dated, self.scan = DateLine(today, "past"), ScanLine(shell)
        number, body = TextLine(max_length=60), TextLine(max_length=120)
        self.number = FormField("شمارهٔ سند", number, key="act_number", optional=optional)
        self.dated = FormField("تاریخ سند", self._dated, key="act_dated", optional=optional)
        self.body = FormField("مرجع سند", body, key="act_body", optional=optional)
        self.scan_field = FormField(
            "تصویر سند", self.scan, key="act_scan", optional=optional or not scanned
        )
        self.fields = (self.number, self.dated, self.body, self.scan_field)

    def act(self) -> Act:
        """The act as it is written; its day is today's while none can be read."""
        return Act(
            number=str(self.number.value()),
            dated=self._dated.value() or self._dated.today,
            body=str(self.body.value()),
            scan=self.scan.value(),
        )

    def named(self) -> Act | None:
        """The act; None where nothing of an optional one is written."""
        written = self._dated.raw() or self.scan.busy
        act = self.act()
        return act if written or act.number or act.body or act.scan or not self._optional else None

    def faults(self) -> Faults:
        """What it lacks, beside its field."""
        found: Faults = []
        if self.named() is None:
            return found
        if self._dated.value() is None:
            found.append(("act_dated", self._dated.fault() or _NO_DAY))
        if still := self.scan.fault():
            found.append(("act_scan", still))
        lacks = self.act().lacks(self._dated.today, scanned=self._scanned, called="سند")
        found += [(f"act_{name}", words) for name, words in lacks]
        order = [field.key for field in self.fields]
        return sorted(found, key=lambda each: order.index(each[0]))
