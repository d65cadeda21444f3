"""Who signs what the municipality writes by itself; another stands in where he is away."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PLANNING_HEAD = "رئیس ادارهٔ شهرسازی"
UNIT_HEAD = "مدیر هماهنگی و نظارت بر ساخت و سازها"


class Signed(StrEnum):
    """A paper of the municipality's own, of no office: by data it bears somebody's signature."""

    DELEGATION = "delegation"
    CONVERSION = "conversion"
    TRAINING = "training"
    CONSULTATION = "consultation"

    @property
    def word(self) -> str:
        """What the paper is called."""
        return _PAPERS[self]

    @property
    def post(self) -> str:
        """Who signs it by his post, as long as nobody said otherwise."""
        return _TITLES.get(self, UNIT_HEAD)


_PAPERS = {
    Signed.DELEGATION: "نامهٔ واگذاری خدمت",
    Signed.CONVERSION: "صورت‌جلسهٔ تبدیل",
    Signed.TRAINING: "کارت آموزش",
    Signed.CONSULTATION: "نامهٔ استعلام",
}
_TITLES = {Signed.CONSULTATION: PLANNING_HEAD}


@dataclass(frozen=True)
class Signer:
    """The name (empty: by title alone) and title on the paper, and who signs in his place.

    `acting`: it is the deputy who signs, from that day on and until the data say otherwise.
    """

    title: str = UNIT_HEAD
    name: str = ""
    deputy: str = ""
    acting: bool = False

    @property
    def hand(self) -> tuple[str, str]:
        """The name and title that stand under the paper: «از طرف علی نوری، مدیر …» the deputy's."""
        if not self.acting:
            return self.name, self.title
        return self.deputy, f"از طرف {'، '.join(part for part in (self.name, self.title) if part)}"
