"""Who signs what the municipality writes to its offices; another stands in where he is away."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

UNIT_HEAD = "مدیر هماهنگی و نظارت بر ساخت و سازها"


class Signed(StrEnum):
    """A paper to the offices that bears the signature of the unit's head."""

    DELEGATION = "delegation"
    CONVERSION = "conversion"
    TRAINING = "training"

    @property
    def word(self) -> str:
        """What the paper is called."""
        return _PAPERS[self]


_PAPERS = {
    Signed.DELEGATION: "نامهٔ واگذاری خدمت",
    Signed.CONVERSION: "صورت‌جلسهٔ تبدیل",
    Signed.TRAINING: "کارت آموزش",
}


@dataclass(frozen=True)
class Signer:
    """The name (empty: by title alone) and title on the paper, and who signs in his place."""

    title: str = UNIT_HEAD
    name: str = ""
    deputy: str = ""
