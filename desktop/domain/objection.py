"""On which ground a letter can be objected to, and where and until when, as the city's data say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.persian import fold, to_persian_digits


class Ground(StrEnum):
    """What an objection is against (RULES.md, end of §3)."""

    FIRST_RULING = "first-ruling"
    FINAL_RULING = "final-ruling"
    HOLD = "hold"
    DUES = "dues"
    RENEWAL_LEVY = "renewal-levy"
    OTHER = "other"

    @property
    def word(self) -> str:
        """What it is called in the municipality's sheet."""
        return _GROUNDS[self]


_GROUNDS = {
    Ground.FIRST_RULING: "رأی بدوی مادهٔ ۱۰۰",
    Ground.FINAL_RULING: "رأی قطعی مادهٔ ۱۰۰",
    Ground.HOLD: "بازداشت",
    Ground.DUES: "عوارض و بهای خدمات",
    Ground.RENEWAL_LEVY: "عوارض نوسازی",
    Ground.OTHER: "دیگر",
}

# What stands before it is objected to; behind it, where and until when.
_CAN = " می‌توان "

# The law's own, for figures that tell no way.
_COURT = (
    "از این پاسخ می‌توان تا ۳ ماه پس از ابلاغ (برای ساکنان خارج از کشور ۶ ماه) "
    "به دیوان عدالت اداری شکایت کرد."
)


@dataclass(frozen=True)
class Objections:
    """By ground, one sentence with place and term; `{authority}` is who placed a hold.

    `renewal_kinds` are the kinds of debts that are the renewal levy's, however they are spelled.
    """

    ways: Mapping[Ground, str] = field(default_factory=dict)
    renewal_kinds: tuple[str, ...] = ()

    def of_debt(self, kind: str) -> Ground:
        """On which ground a debt of that kind is objected to."""
        levy = {fold(known) for known in self.renewal_kinds}
        return Ground.RENEWAL_LEVY if fold(kind) in levy else Ground.DUES

    def way(self, ground: Ground, authority: str) -> str:
        """The sentence of the ground; what is not told in the data goes to the court."""
        told = self.ways.get(ground) or self.ways.get(Ground.OTHER) or _COURT
        return told.replace("{authority}", to_persian_digits(authority) or "مرجع صادرکننده")

    def sentences(self, grounds: Iterable[tuple[Ground, str]]) -> str:
        """A sentence for each of these grounds (with the authority of a hold), each once.

        Where two lead to the same place in the same term, one sentence is for both.
        """
        against: dict[str, list[str]] = {}
        for way in dict.fromkeys(self.way(ground, authority) for ground, authority in grounds):
            what, can, where = way.rpartition(_CAN)
            against.setdefault(f"{can}{where}", []).append(what)
        ways = [" و ".join(whats) + where for where, whats in against.items()]
        return " ".join(ways) or self.way(Ground.OTHER, "")
