"""What the words of the records mean: the municipality's lists, column by column (RULES.md §3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TypeVar

from desktop.domain.persian import fold

# Spellings of one word differ in half-spaces, dashes, commas and slashes.
_MARKS = str.maketrans("", "", "–—‐‑−،,/.()")
_REPEATING = 20_000


class Deed(StrEnum):
    """نوع سند: a title deed of the registry, a private contract, none, or waqf land."""

    FORMAL = "formal"
    PRIVATE = "private"
    NONE = "none"
    WAQF = "waqf"


class Use(StrEnum):
    """کاربری: garden or farm land, which an expert looks at, or any other."""

    GARDEN = "garden"
    OTHER = "other"


class CertificateKind(StrEnum):
    """نوع گواهی."""

    COMPLETION = "completion"
    NO_VIOLATION = "no-violation"


class FileStatus(StrEnum):
    """وضعیت پروندهٔ مادهٔ صد (DOMAIN.md §1.0.7)."""

    REPORTED = "reported"
    FIRST_RULING = "first-ruling"
    APPEAL = "appeal"
    FINE_UNPAID = "fine-unpaid"
    FINE_PAID = "fine-paid"
    DEMOLITION_DUE = "demolition-due"
    DEMOLITION_DONE = "demolition-done"
    ACQUITTED = "acquitted"

    @property
    def closed(self) -> bool:
        """Whether nothing of the file is left to do."""
        return self in (FileStatus.FINE_PAID, FileStatus.DEMOLITION_DONE, FileStatus.ACQUITTED)


class DebtStatus(StrEnum):
    """وضعیت بدهی: to be paid, in the Article 77 commission, over, or by instalments."""

    FINAL = "final"
    DISPUTED = "disputed"
    SETTLED = "settled"
    INSTALMENTS = "instalments"


PAID_OTHERWISE = "پرداخت‌شده با مبلغ دیگر"
"""How one stands that was paid at the counter, and that the records ask in another sum since."""


class HoldScope(StrEnum):
    """دامنهٔ توقیف."""

    ALL = "all"
    TRANSFER = "transfer"
    BUILD = "build"


class WordColumn(StrEnum):
    """A column of the records whose cells are words of a list."""

    DEED = "deed"
    USE = "use"
    CERTIFICATE = "certificate"
    FILE = "file"
    DEBT = "debt"
    SCOPE = "scope"

    @property
    def meanings(self) -> type[StrEnum]:
        """What its words can mean."""
        return _MEANINGS[self]

    @property
    def word(self) -> str:
        """What a person calls the column."""
        return _COLUMN_WORDS[self]


_MEANINGS: Mapping[WordColumn, type[StrEnum]] = {
    WordColumn.DEED: Deed,
    WordColumn.USE: Use,
    WordColumn.CERTIFICATE: CertificateKind,
    WordColumn.FILE: FileStatus,
    WordColumn.DEBT: DebtStatus,
    WordColumn.SCOPE: HoldScope,
}
_COLUMN_WORDS = {
    WordColumn.DEED: "نوع سند",
    WordColumn.USE: "کاربری",
    WordColumn.CERTIFICATE: "نوع گواهی",
    WordColumn.FILE: "وضعیت پروندهٔ مادهٔ ۱۰۰",
    WordColumn.DEBT: "وضعیت بدهی",
    WordColumn.SCOPE: "دامنهٔ توقیف",
}

MEANING_WORDS: Mapping[StrEnum, str] = {
    Deed.FORMAL: "سند رسمی",
    Deed.PRIVATE: "قولنامه یا سند عادی",
    Deed.NONE: "بی‌سند",
    Deed.WAQF: "وقف",
    Use.GARDEN: "باغ یا زمین زراعی",
    Use.OTHER: "کاربری دیگر",
    CertificateKind.COMPLETION: "پایان کار",
    CertificateKind.NO_VIOLATION: "عدم خلاف",
    FileStatus.REPORTED: "گزارش‌شده",
    FileStatus.FIRST_RULING: "رأی بدوی",
    FileStatus.APPEAL: "تجدیدنظر",
    FileStatus.FINE_UNPAID: "جریمهٔ پرداخت‌نشده",
    FileStatus.FINE_PAID: "جریمهٔ پرداخت‌شده",
    FileStatus.DEMOLITION_DUE: "تخریب اجرانشده",
    FileStatus.DEMOLITION_DONE: "تخریب اجراشده",
    FileStatus.ACQUITTED: "برائت",
    DebtStatus.FINAL: "قطعی",
    DebtStatus.DISPUTED: "در کمیسیون مادهٔ ۷۷",
    DebtStatus.SETTLED: "تسویه یا بخشوده",
    DebtStatus.INSTALMENTS: "تقسیط",
    HoldScope.ALL: "همهٔ کارها",
    HoldScope.TRANSFER: "نقل و انتقال",
    HoldScope.BUILD: "ساخت و ساز",
}
"""What a person calls each meaning, in its column."""

_Kind = TypeVar("_Kind", bound=StrEnum)
Lists = Mapping[WordColumn, Mapping[str, tuple[str, ...]]]


@lru_cache(_REPEATING)
def word_key(text: str) -> str:
    """What the spellings of one word have in common."""
    return fold(text).translate(_MARKS)


@dataclass(frozen=True)
class RecordWords:
    """The lists: by column and meaning, its words as they are spelled on paper.

    A word of no list means nothing: what rests on it is for a person to look at.
    """

    lists: Lists = field(default_factory=dict)

    @cached_property
    def _known(self) -> Mapping[WordColumn, Mapping[str, tuple[StrEnum, str]]]:
        return {
            column: {
                word_key(word): (column.meanings(meaning), word)
                for meaning, words in meanings.items()
                for word in words
            }
            for column, meanings in self.lists.items()
        }

    def spelled(self, column: WordColumn, text: str) -> str | None:
        """The word as its list spells it; None for one that no list has."""
        found = self._known.get(column, {}).get(word_key(text))
        return found[1] if found else None

    def word(self, meaning: StrEnum) -> str:
        """How the lists spell that meaning first; empty where no list has it."""
        column = next(c for c in WordColumn if isinstance(meaning, c.meanings))
        return next(iter(self.lists.get(column, {}).get(meaning, ())), "")

    def deed(self, text: str) -> Deed | None:
        """What kind of deed; an empty cell means none."""
        return self._meaning(Deed, WordColumn.DEED, text) if text else Deed.NONE

    def use(self, text: str) -> Use | None:
        """What use of the land."""
        return self._meaning(Use, WordColumn.USE, text)

    def certificate(self, text: str) -> CertificateKind | None:
        """What kind of certificate."""
        return self._meaning(CertificateKind, WordColumn.CERTIFICATE, text)

    def file(self, text: str) -> FileStatus | None:
        """How far an Article 100 file is."""
        return self._meaning(FileStatus, WordColumn.FILE, text)

    def debt(self, text: str) -> DebtStatus | None:
        """How a debt stands; an empty cell means that it is to be paid."""
        return self._meaning(DebtStatus, WordColumn.DEBT, text) if text else DebtStatus.FINAL

    def scope(self, text: str) -> HoldScope | None:
        """What a hold stands against."""
        return self._meaning(HoldScope, WordColumn.SCOPE, text)

    def _meaning(self, kind: type[_Kind], column: WordColumn, text: str) -> _Kind | None:
        found = self._known.get(column, {}).get(word_key(text))
        return kind(found[0]) if found else None
