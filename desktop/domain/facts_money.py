"""Facts of money: what is due, taken, claimed, matched, given back, or was never taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from desktop.domain.gates import Owed
from desktop.domain.request import Payment


@dataclass(frozen=True)
class FeeDue:
    """The office's fee or a visit's must be taken, Rial; the municipality's by these ids."""

    kind: ClassVar[str] = "fee-due"
    fee: str
    amount: int
    bill_id: str = ""
    payment_id: str = ""


@dataclass(frozen=True)
class FeePaid:
    """The fee was taken."""

    kind: ClassVar[str] = "fee-paid"
    fee: str
    payment: Payment


@dataclass(frozen=True)
class AmountsDue:
    """What is owed before an answer, each with its ids; `beside` what is awaited besides."""

    kind: ClassVar[str] = "amounts-due"
    owed: tuple[Owed, ...]
    beside: bool = False


@dataclass(frozen=True)
class AmountPaid:
    """One owed sum was settled."""

    kind: ClassVar[str] = "amount-paid"
    key: str
    payment: Payment


@dataclass(frozen=True)
class AllSettled:
    """The last owed sum was settled: the centre decides again."""

    kind: ClassVar[str] = "all-settled"


@dataclass(frozen=True)
class PaymentClaimed:
    """The applicant says that an owed sum is paid, and the records don't know it: finance looks."""

    kind: ClassVar[str] = "payment-claimed"
    key: str
    payment: Payment


@dataclass(frozen=True)
class ClaimAnswered:
    """Finance found the payment, or not; `comment` says what it saw."""

    kind: ClassVar[str] = "claim-answered"
    key: str
    right: bool
    comment: str


@dataclass(frozen=True)
class PaymentMatched:
    """At the close of a day: terminal or bank have the payment, or not, and what is known of it."""

    kind: ClassVar[str] = "payment-matched"
    mark: str
    right: bool
    note: str = ""


@dataclass(frozen=True)
class FeeRefunded:
    """A fee was given back from the purse it came into."""

    kind: ClassVar[str] = "fee-refunded"
    mark: str
    reason: str
    reference: str


@dataclass(frozen=True)
class PaymentVoided:
    """An entry of the book was wrong: that money never came, and its sum is due again."""

    kind: ClassVar[str] = "payment-voided"
    mark: str
    reason: str
