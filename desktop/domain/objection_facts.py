"""Facts of an objection: laid before its unit, answered, signed, told to its case (`facts`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop.domain.contest import REJECTED, UPHELD, Contested, Correction, Stage


@dataclass(frozen=True)
class ObjectionLaid:
    """The centre has laid an objection before its unit, with what only the centre knows of it.

    `first` is the tracking code of the case that it was opened from, `letter` the number of the
    letter that is contested, `served_on` the day on which it was handed over, `until` the last day
    for an objection to a refusal and `late` whether it came after that. `stranger` says that the
    objector is not among the recorded owners; `before` and `before_on` are an earlier objection of
    this office to the same (its day alone where it is another's).
    """

    kind: ClassVar[str] = "objection-laid"
    contested: Contested
    first: str = ""
    letter: str = ""
    served_on: date | None = None
    until: date | None = None
    late: bool = False
    stranger: bool = False
    before: str = ""
    before_on: date | None = None


@dataclass(frozen=True)
class ObjectionAnswered:
    """The unit's answer, by that person; what `entered` holds is what the letter says of it.

    `corrections` lie on the record once it is signed; with `second` another person signs first.
    """

    kind: ClassVar[str] = "objection-answered"
    upheld: bool
    by: str
    entered: Mapping[str, str]
    corrections: tuple[Correction, ...] = ()
    comment: str = ""
    excused: str = ""
    second: bool = False

    @property
    def reason(self) -> str:
        """Why it is upheld or rejected."""
        return self.entered[UPHELD if self.upheld else REJECTED]


@dataclass(frozen=True)
class VisitOrdered:
    """The unit wants to know first what stands there: a visit is booked, for `reason`, without a
    fee; its report comes back to the unit."""

    kind: ClassVar[str] = "visit-ordered"
    reason: str


@dataclass(frozen=True)
class ObjectionSigned:
    """The second person agreed, or did not and said why: then it is answered anew."""

    kind: ClassVar[str] = "objection-signed"
    agreed: bool
    comment: str = ""


@dataclass(frozen=True)
class ObjectionTold:
    """In the first case: how far an objection to it is, by its tracking code."""

    kind: ClassVar[str] = "objection-told"
    tracking: str
    contested: Contested
    stage: Stage
    recall: bool = False
