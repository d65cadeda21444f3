"""What the commissions of Article 100 and 5 rule, and how a ruling reaches whom it is against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.money import format_rial
from desktop.domain.record_words import FileStatus

FIRST, FINAL = "first", "final"
"""Stages of a ruling of Article 100; that of Article 5 has none."""
ARTICLES = ("100", "5")
REOPENED = "به رأی بدوی در مهلت اعتراض شده بود"
"""Why what followed from a ruling that was taken for final falls."""


class RulingKind(StrEnum):
    """The kind of a ruling (DOMAIN.md §1.0.7, §1.0.8; the outcomes of Article 5 in §1.8)."""

    FINE = "fine"
    DEMOLITION = "demolition"
    ACQUITTED = "acquitted"
    AGREED = "agreed"
    OPPOSED = "opposed"
    INCOMPLETE = "incomplete"

    @property
    def word(self) -> str:
        """What it is called on screen and paper."""
        return _WORDS[self]

    @property
    def article(self) -> str:
        """Which commission rules so."""
        return "100" if self in _STATUSES else "5"

    @property
    def status(self) -> FileStatus:
        """How the property's file stands once a ruling of Article 100 is final. KeyError for 5."""
        return _STATUSES[self]


_WORDS = {
    RulingKind.FINE: "جریمه",
    RulingKind.DEMOLITION: "تخریب",
    RulingKind.ACQUITTED: "برائت",
    RulingKind.AGREED: "موافقت",
    RulingKind.OPPOSED: "مخالفت",
    RulingKind.INCOMPLETE: "اعاده برای تکمیل",
}
_STATUSES: Mapping[RulingKind, FileStatus] = {
    RulingKind.FINE: FileStatus.FINE_UNPAID,
    RulingKind.DEMOLITION: FileStatus.DEMOLITION_DUE,
    RulingKind.ACQUITTED: FileStatus.ACQUITTED,
}


def kinds_of(article: str) -> tuple[RulingKind, ...]:
    """How the commission of that article may rule."""
    return tuple(verdict for verdict in RulingKind if verdict.article == article)


def ruling_result(verdict: RulingKind, fine: int, note: str) -> str:
    """«جریمه، ۴۸٬۵۰۰٬۰۰۰ ریال؛ با حفظ پارکینگ»: what letters and lists cite."""
    ruled = f"{verdict.word}، {format_rial(fine)}" if fine else verdict.word
    note = note.strip().rstrip(".")
    return f"{ruled}؛ {note}" if note else ruled


@dataclass(frozen=True)
class Ruled:
    """A person whom a ruling is against; the id is national or legal, empty where none is known."""

    name: str
    person_id: str = ""


class Serving(StrEnum):
    """How a ruling reached a person, or why it did not."""

    PERSON = "person"
    ATTORNEY = "attorney"
    POSTED = "posted"
    REFUSED = "refused"
    ABSENT = "absent"

    @property
    def word(self) -> str:
        """What it is called on screen."""
        return _WAYS[self]

    @property
    def serves(self) -> bool:
        """Whether the ruling is served by it: his clock starts."""
        return self not in (Serving.REFUSED, Serving.ABSENT)


_WAYS = {
    Serving.PERSON: "به خود او",
    Serving.ATTORNEY: "به وکیل",
    Serving.REFUSED: "نپذیرفت",
    Serving.ABSENT: "در محل نبود",
    Serving.POSTED: "الصاق، با صورت‌جلسه",
}
