"""What is asked of a commission: referral, session, ruling, its service, a fine (`commands`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop.domain.ruling import Ruled, RulingKind, Serving


@dataclass(frozen=True)
class SendToCommission:
    """To the commission of Article `100` or `5`."""

    kind: ClassVar[str] = "send-to-commission"
    article: str
    note: str = ""


@dataclass(frozen=True)
class EnterCommissionResult:
    """What the commission decided, in its own number and date.

    `stage` is `first` or `final` for Article 100, else empty. `fine` is in Rial; `result` what is
    written beside the kind, `against` whom it is to be served on. An earlier program told neither.
    """

    kind: ClassVar[str] = "enter-commission-result"
    result: str
    number: str
    decided_on: date
    stage: str = ""
    verdict: RulingKind | None = None
    fine: int = 0
    against: tuple[Ruled, ...] = ()


@dataclass(frozen=True)
class PutOnAgenda:
    """The case is dealt with in the commission's session of that number and day."""

    kind: ClassVar[str] = "put-on-agenda"
    session: str
    held_on: date


@dataclass(frozen=True)
class ServeRuling:
    """The ruling `number` was served on the person at that place of its `against`, or was not.

    `receiver` is who took it; `paper` and `paper_date` are of the power of attorney, or of the
    minutes of its posting; `note` tells what was seen.
    """

    kind: ClassVar[str] = "serve-ruling"
    number: str
    place: int
    way: Serving
    served_on: date
    receiver: str = ""
    receiver_id: str = ""
    paper: str = ""
    paper_date: date | None = None
    note: str = ""


@dataclass(frozen=True)
class ObjectToRuling:
    """The person at that place objects to the first ruling, by a paper of that number and day.

    Also after it became final, where that day lay in the term.
    """

    kind: ClassVar[str] = "object-to-ruling"
    place: int
    paper: str
    objected_on: date


@dataclass(frozen=True)
class EndRulingTerm:
    """Each was served, each term is over and nobody objected: the first ruling is final."""

    kind: ClassVar[str] = "end-ruling-term"
    number: str


@dataclass(frozen=True)
class ClearFine:
    """Finance says whether a fine was paid that the records have unpaid."""

    kind: ClassVar[str] = "clear-fine"
    right: bool
    comment: str
    reference: str = ""
    paid_on: date | None = None
