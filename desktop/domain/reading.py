"""Which looks at a case or a record are kept, and as what: who looked, when, at what, how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

RUN = timedelta(minutes=10)
"""Looks of one person at one thing within this time of the first are one run of looks."""
WORK_BEFORE, WORK_AFTER = timedelta(days=90), timedelta(days=1)
"""A look at a property's record is for a request that its office took in this time around it."""


class What(StrEnum):
    """What is seen. A look that is none of these is not kept."""

    CASE = "case"
    OUTCOME = "outcome"
    LETTER = "letter"
    PAPER = "paper"
    RECORD = "record"
    FOUND = "found"
    PLACE = "place"
    SEARCH = "search"
    LIST = "list"
    LOG = "log"

    @property
    def word(self) -> str:
        """The words on screen and paper."""
        return _WHAT[self]


_WHAT: Mapping[What, str] = {
    What.CASE: "همهٔ پرونده",
    What.OUTCOME: "نتیجه و دلیل‌ها",
    What.LETTER: "نامه",
    What.PAPER: "مدرک",
    What.RECORD: "سابقه، بدون نام مالک",
    What.FOUND: "بود و نبود سابقه",
    What.PLACE: "جای ملک",
    What.SEARCH: "نتیجهٔ جست‌وجو",
    What.LIST: "فهرست پرونده‌ها",
    What.LOG: "گزارش مشاهده‌ها",
}


class Way(StrEnum):
    """How it is seen."""

    PAGE = "page"
    PRINT = "print"
    FILE = "file"
    SEARCH = "search"

    @property
    def word(self) -> str:
        """The word on screen and paper."""
        return _WAYS[self]


_WAYS: Mapping[Way, str] = {
    Way.PAGE: "صفحه",
    Way.PRINT: "چاپ",
    Way.FILE: "خروجی",
    Way.SEARCH: "جست‌وجو",
}


class Mark(StrEnum):
    """What of the lines is asked for: all, or those that stand out for one reason."""

    ALL = ""
    NO_CASE = "no-case"
    OFF_HOURS = "off-hours"
    TAKEN = "taken"
    SEARCHED = "searched"

    @property
    def word(self) -> str:
        """The word on its filter."""
        return _MARKS[self]


_MARKS: Mapping[Mark, str] = {
    Mark.ALL: "همه",
    Mark.NO_CASE: "بی‌پرونده",
    Mark.OFF_HOURS: "بیرون از ساعت",
    Mark.TAKEN: "چاپ و خروجی",
    Mark.SEARCHED: "یافتن در جست‌وجو",
}


@dataclass(frozen=True)
class Reading:
    """One look: at which moment (UTC), whose (staff id), at what of which case or property, how.

    `about` says more where that is not all: a letter's number, how many rows, a court's order.
    """

    at: datetime
    actor: str
    what: What
    way: Way = Way.PAGE
    case_id: str = ""
    code: str = ""
    about: str = ""

    @property
    def thing(self) -> tuple[str, ...]:
        """Who looks at what, how: the same in all looks of a run."""
        return (self.actor, self.what, self.way, self.case_id, self.code, self.about)

    def follows(self, first: Reading) -> bool:
        """Whether it is of the run of looks that the other began."""
        return self.thing == first.thing and timedelta() <= self.at - first.at <= RUN
