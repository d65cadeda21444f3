"""Facts of a case at a commission: referral, session, ruling, its service, a fine (`facts`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop.domain.ruling import Ruled, RulingKind, Serving


@dataclass(frozen=True)
class SentToCommission:
    """Sent to the commission of Article `100` or `5`."""

    kind: ClassVar[str] = "sent-to-commission"
    article: str
    note: str


@dataclass(frozen=True)
class CommissionDecided:
    """The commission's ruling; `stage` is `first` or `final` for Article 100, else empty.

    `result` is the whole of it in words; rulings of before have no `verdict` and name nobody.
    `fine` is in Rial. `file` says on which Article 100 file of the property a final one lies
    (`Article100File.key`): empty where the records hold none, None where it lies on none.
    """

    kind: ClassVar[str] = "commission-decided"
    result: str
    number: str
    decided_on: date
    stage: str = ""
    verdict: RulingKind | None = None
    fine: int = 0
    against: tuple[Ruled, ...] = ()
    file: str | None = None


@dataclass(frozen=True)
class OnAgenda:
    """The case is dealt with in the commission's session of that number and day."""

    kind: ClassVar[str] = "on-agenda"
    session: str
    held_on: date


@dataclass(frozen=True)
class RulingServed:
    """The ruling was served on a person, or was not; as `commands.ServeRuling`.

    `until` is his last day to object, or to go to the court; None where no term began.
    """

    kind: ClassVar[str] = "ruling-served"
    number: str
    place: int
    way: Serving
    served_on: date
    receiver: str
    receiver_id: str
    paper: str
    paper_date: date | None
    note: str
    until: date | None


@dataclass(frozen=True)
class RulingObjected:
    """A person objected to the first ruling: the commission of appeal rules.

    `reopens` says that it had been taken for final since, `recall` that a stamped letter rests on
    that and is to be voided.
    """

    kind: ClassVar[str] = "ruling-objected"
    place: int
    paper: str
    objected_on: date
    reopens: bool = False
    recall: bool = False


@dataclass(frozen=True)
class RulingFinal:
    """The first ruling became final; `file` as in `CommissionDecided`."""

    kind: ClassVar[str] = "ruling-final"
    number: str
    file: str | None = None


@dataclass(frozen=True)
class FineCleared:
    """Finance says whether the fine was paid; `clears` whether the gate asked for nothing else.

    `files` are the fines that count as paid from then on (`Article100File.key`).
    """

    kind: ClassVar[str] = "fine-cleared"
    right: bool
    comment: str
    reference: str
    paid_on: date | None
    clears: bool
    files: tuple[str, ...] = ()
