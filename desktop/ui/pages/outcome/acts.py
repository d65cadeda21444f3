"""What is done on the outcome page: a fee taken, a sum settled, a half-day booked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.actions import board, payments, visits
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import Payment
from desktop.ui import places
from desktop.ui.page import Shell
from desktop.ui.pages.outcome.parts import FeeCard, OwedCard
from desktop.ui.pages.outcome.visit import VisitPart
from desktop.ui.pages.papers.page import PaperPage

Failed = Callable[[Refusal], None]


class OutcomeActs(PaperPage):
    """The acts on the part that the case asks for: at most one of the three is there."""

    place: places.Outcome

    def __init__(self, shell: Shell, place: places.Outcome) -> None:
        super().__init__(shell, place)
        self.case: Case | None = None
        self.fee: FeeCard | None = None
        self.owed: OwedCard | None = None
        self.visit: VisitPart | None = None
        self.slip_wanted = False

    def reload(self) -> None:
        """Look at the case again; a page says it for itself."""
        raise NotImplementedError

    def failed(self, no: Refusal) -> None:
        """A refusal that stands beside no field."""
        self.shell.tell(no.words, "refuse")

    def take_fee(self) -> None:
        """The fee that is due, whole."""
        if self.fee is None:
            return
        case, asked = self.case, self.fee.payment
        faults = asked.faults()
        if not asked.tell(faults) or case is None:
            self._say_missing(len(faults))
            return
        seat = self.shell.seat
        method, reference = asked.method.value(), asked.reference.value()
        self.act(
            lambda: payments.pay_fee(seat, case, case.fee_to_take, method, reference),
            lambda _: self.reload(),
            self._told_beside(asked.tell),
        )

    def take_payment(self) -> None:
        """The chosen sum, whole."""
        self._settle(payments.pay_due)

    def claim_payment(self) -> None:
        """The chosen sum is paid, the applicant says, and finance is asked."""
        self._settle(payments.claim)

    def _settle(self, act: Callable[[Seat, str, str, Payment], None]) -> None:
        if self.owed is None:
            return
        asked, one = self.owed.payment, self.owed.owed()
        faults = asked.faults()
        if not asked.tell(faults) or one is None:
            self._say_missing(len(faults))
            return
        seat, case_id, key = self.shell.seat, self.place.case_id, one.key
        payment = asked.payment(one.amount, self.shell.today())
        self.act(
            lambda: act(seat, case_id, key, payment),
            lambda _: self.reload(),
            self._told_beside(asked.tell),
        )

    def book(self) -> None:
        """The fee, if due, and the half-day in one act; the slip prints when the centre agrees."""
        if self.visit is None:
            return
        case, part = self.case, self.visit
        faults = part.faults()
        part.tell(faults)
        slot = part.slot()
        if case is None or faults or slot is None:
            self._say_missing(len(faults))
            return
        seat = self.shell.seat
        who, phone = part.attending.name.value(), part.attending.phone.value()
        method = part.fee.payment.method.value() if part.fee else ""
        reference = part.fee.payment.reference.value() if part.fee else ""
        self.slip_wanted = True

        def failed(no: Refusal) -> None:
            self.slip_wanted = False
            self._told_beside(part.tell)(no)

        self.act(
            lambda: visits.book(seat, case, slot, who, phone, method, reference),
            lambda _: self.reload(),
            failed,
        )

    def _told_beside(self, tell: Callable[[Sequence[tuple[str, str]]], object]) -> Failed:
        def failed(no: Refusal) -> None:
            if no.field:
                tell([(no.field, no.words)])
            self.shell.tell(no.words, "refuse")

        return failed

    def _say_missing(self, count: int) -> None:
        if self.bar is not None:
            self.bar.say(to_persian_digits(f"{count} مورد مانده است"))

    def ask_slots(self, district: int, count: int) -> None:
        """The half-days of the district, from the centre."""
        part, seat = self.visit, self.shell.seat
        if part is None:
            return
        self.shell.work.run(
            part,
            lambda: visits.free_slots(seat, district, count),
            part.show_slots,
            lambda no: part.show_trouble(no.words),
            line=True,
        )

    def seen(self, item_id: str) -> None:
        """A person has read what the centre refused."""
        seat = self.shell.seat
        self.shell.work.run(
            self, lambda: board.finish_item(seat, item_id), lambda _: self.reload(), self.failed
        )
