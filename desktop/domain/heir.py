"""سپردن پرونده‌های باز: who finishes what a stopped office leaves open, since when, by which act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.act import Act


@dataclass(frozen=True)
class Heir:
    """The open cases of an office that was stopped go to another (both by their ids).

    From the moment `since` (UTC), and as long as the stop holds: what only comes later, from a desk
    that was without a line, goes there too. What is said later stands in its place.
    """

    office: str
    heir: str
    since: datetime
    act: Act

    def faults(self) -> Iterator[str]:
        """What is wrong with it by itself."""
        if self.heir == self.office:
            yield OWN_HEIR


OWN_HEIR = "پرونده‌های باز را به همین دفتر نمی‌توان سپرد؛ دفتر دیگری برگزینید."
