"""The second look: who never looks at which answer, and what can be found wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.case import Case
from desktop.domain.decision import Decision
from desktop.domain.lot import Risk
from desktop.domain.people import Staff
from desktop.domain.stream import office_of


def risks_of(case: Case, decision: Decision, boundary_days: int) -> tuple[Risk, ...]:
    """What of the answer is risky: a day near its boundary, a day of receipt that nobody can vouch
    for, what rests on the owner's word, who acts for another."""
    found = {
        Risk.BOUNDARY: decision.near_boundary(boundary_days),
        Risk.RECEIVED: case.late,
        Risk.DECLARED: case.request.unchanged == "yes",
        Risk.ATTORNEY: case.request.party.kind.represents,
    }
    return tuple(risk for risk, holds in found.items() if holds)


@dataclass(frozen=True)
class Looker:
    """Who looks: by all ids under which the person is known, at whatever offices (their ids)."""

    ids: frozenset[str]
    offices: frozenset[str] = field(default_factory=frozenset)
    national_id: str = ""

    @classmethod
    def alone(cls, staff: Staff) -> Looker:
        """As far as a desk knows the person."""
        return cls(frozenset({staff.staff_id}), frozenset(), staff.national_id)

    def hindered(self, case: Case, owners: frozenset[str]) -> str:
        """Why it is not this person who looks at the answer; empty where it may be.

        `owners` are the ids of those who own the property by the records.
        """
        if self.ids & case.hands:
            return "در این پرونده خودتان کاری کرده‌اید؛ بازبینی آن با ناظر دیگری است."
        if self.offices & {office_of(each) for each in (case.stream, *case.former)}:
            return "در این دفتر کار کرده‌اید؛ بازبینی پاسخ‌های آن با ناظر دیگری است."
        party = case.request.party
        concerned = {party.person_id, party.represented_id} | owners
        concerned |= {consent.person_id for consent in case.request.consents}
        if self.national_id and self.national_id in concerned:
            return "این درخواست یا ملک از آنِ خودتان است؛ بازبینی آن با ناظر دیگری است."
        return ""


class Part(StrEnum):
    """What of an answer is wrong."""

    LETTER = "letter"
    RECORD = "record"
    REASONS = "reasons"

    @property
    def word(self) -> str:
        """What it is called."""
        return _PARTS[self]


_PARTS = {Part.LETTER: "نامه", Part.RECORD: "سوابق", Part.REASONS: "دلیل‌ها"}

FAULTS: Mapping[Part, Mapping[str, str]] = {
    Part.LETTER: {
        "person": "نام یا شناسهٔ شخص نادرست است",
        "value": "مقداری با سوابق مطابقت ندارد",
        "term": "تاریخ یا اعتبار نادرست است",
        "words": "متن یا موضوع نامه نادرست است",
    },
    Part.RECORD: {
        "other": "سابقه از ملک دیگری است",
        "old": "سابقه تازه نیست",
        "lacking": "سابقه ناقص یا ناخواناست",
    },
    Part.REASONS: {
        "not-met": "این شرط برقرار نبود",
        "limit": "مرز یا مهلت شرط نادرست است",
        "article": "مستند قانونی نادرست است",
        "not-asked": "شرطی لازم سنجیده نشده است",
    },
}
"""By part, what can be wrong with it, by the code that facts carry."""

PATTERN = 3
"""So many faults of one kind are a wrong rule rather than a wrong answer."""


def fault_words(part: str, reason: str) -> str:
    """«دلیل‌ها: مرز یا مهلت شرط نادرست است»; empty of a look before parts were asked for."""
    if part not in FAULTS:
        return ""
    return f"{Part(part).word}: {FAULTS[Part(part)].get(reason, reason)}"
