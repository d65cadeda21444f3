"""A payment that a register told and a later one takes back: voided, or refused by the centre."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.told_payment import ToldPayment
from desktop.domain.tool import Tool


class Undoing(StrEnum):
    """Why an earlier register's payment stands otherwise than it told: its entry was voided, or the
    centre refused the act that brought it, or refused the void that a register had counted."""

    VOIDED = "voided"
    REFUSED = "refused"
    RESTORED = "restored"


@dataclass(frozen=True)
class Undone(ToldPayment):
    """A payment of an earlier register that stands otherwise than that one told.

    It was undone at `undone_at` (UTC), `by` whom (empty: the centre) and `why`; `cause` is the id
    of the act that did it, or that was refused.
    """

    how: Undoing
    undone_at: datetime
    by: str
    why: str
    cause: str

    @property
    def signed(self) -> int:
        """What it adds to the sums of the registers before; less than zero where it takes off."""
        counted = -self.amount if self.back else self.amount
        return counted if self.how is Undoing.RESTORED else -counted


def undone_sum(undone: Iterable[Undone], tool: Tool) -> int:
    """Rial that these add to what the registers before told of the tool."""
    return sum(each.signed for each in undone if each.tool is tool)
