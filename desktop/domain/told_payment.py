"""A payment by which a day's register names it: what was paid, for whom, and on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.tool import Tool


@dataclass(frozen=True)
class ToldPayment:
    """A payment that a register names; Rial.

    `day` is that of the register in which it was told first, `back` tells of money given back, `at`
    when that was put in (UTC); `title` is what it was for.
    """

    case_id: str
    mark: str
    tool: Tool
    day: date
    amount: int
    back: bool
    at: datetime
    title: str
    applicant: str
    reference: str
