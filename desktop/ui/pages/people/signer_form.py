"""Who signs a paper to the offices, and who signs in his place, from a day on."""

from __future__ import annotations

from collections.abc import Callable

from desktop.actions import access, publishing
from desktop.actions.desk import Seat
from desktop.actions.people import Staffing
from desktop.domain.calendar import iso_jalali
from desktop.domain.errors import Refusal
from desktop.domain.signer import Signed
from desktop.domain.stream import Topic
from desktop.forms.dated import DatedSigner
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.people.staff_form import StaffForm, day_fault, waits_for
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.tick import Tick

_SAME = "چیزی عوض نشده است."
_PARTS = {"title": "title", "name": "signer_name", "deputy": "signer_deputy"}
"""The fields of what a signer is made of."""


class SignerForm(StaffForm):
    """The title, name and deputy on one kind of paper."""

    name = "people-signer"

    def __init__(self, seat: Seat, paper: Signed, staffing: Staffing) -> None:
        super().__init__(
            f"امضاکنندهٔ {paper.word}", f"{waits_for(seat)} می‌ماند", "پیشنهاد تغییر", "send"
        )
        self.subject = paper.value
        self._paper, self._today = paper, staffing.today
        signer = staffing.signers[paper]
        self.titled = FormField("سمت", TextLine(max_length=120), key="title")
        self.named = FormField("نام", TextLine(max_length=80), key="signer_name", optional=True)
        self.deputy = FormField(
            "جانشین", TextLine(max_length=80), key="signer_deputy", optional=True
        )
        self.acting = FormField("", Tick("اکنون جانشین امضا می‌کند"), key="signer_acting")
        self._since = DateLine(staffing.today, "future")
        self._since.offer(1)
        self.since = FormField("از روز", self._since, key="since")
        for field, value in (
            (self.titled, signer.title),
            (self.named, signer.name),
            (self.deputy, signer.deputy),
            (self.acting, signer.acting),
        ):
            field.set_value(value)
        self.put(3, (self.titled, 2), (self.since, 1), (self.named, 1), (self.deputy, 1))
        self.put(3, (self.acting, 3))
        self.put_signature()

    def _signer(self) -> DatedSigner:
        return DatedSigner(
            paper=self._paper,
            title=str(self.titled.value()).strip(),
            name=str(self.named.value()).strip(),
            deputy=str(self.deputy.value()).strip(),
            acting=bool(self.acting.value()),
            since=iso_jalali(self._since.value() or self._today),
        )

    def faults(self) -> Faults:
        """No title, a deputy of himself, a day that can't be."""
        found = day_fault("since", self._since)
        part, words = self._signer().faulty
        if words:
            found.append((_PARTS[part], words))
        return found + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Sign it first."""
        signer, password, reason = self._signer(), str(self.password.value()), self.reason_text()
        self.done = f"{self.heading} پیشنهاد شد؛ {waits_for(seat)}."

        def do() -> None:
            sure = access.confirm(seat, password).seat
            draft = publishing.figures_draft(sure.desk, Topic.SIGNER, [signer])
            if not draft.items:
                raise Refusal(_SAME, field="title")
            publishing.put_forward(sure, draft, reason)

        return do
