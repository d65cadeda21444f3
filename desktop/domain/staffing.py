"""From when to when somebody works at an office, when he is away, who stands in for him."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.calendar import WEEKDAYS, format_day_month, format_jalali, weekday
from desktop.domain.persian import join_and


@dataclass(frozen=True)
class Leave:
    """Days, both ends in, on which a person is away; `deputy` is a staff id, empty for nobody."""

    first: date
    last: date
    deputy: str = ""


@dataclass(frozen=True)
class StaffTerm:
    """A person's work at an office (both by id) in a role; `until` is the last day."""

    staff: str
    office: str
    role: str
    since: date
    until: date | None = None
    leaves: tuple[Leave, ...] = ()
    deputy: str = ""

    def employed(self, day: date) -> bool:
        """Whether the person belongs to the office on the day, away or not."""
        return self.since <= day and (self.until is None or day <= self.until)

    def leave_on(self, day: date) -> Leave | None:
        """The leave that the day lies in; none where the person does not belong to the office."""
        if not self.employed(day):
            return None
        return next((each for each in self.leaves if each.first <= day <= each.last), None)

    def at_work(self, day: date) -> bool:
        """Whether the person works on the day."""
        return self.employed(day) and self.leave_on(day) is None

    def deputy_on(self, day: date) -> str:
        """Who stands in for the person on the day: the leave's deputy, else the named one."""
        leave = self.leave_on(day)
        return (leave.deputy if leave else "") or self.deputy

    @property
    def deputies(self) -> frozenset[str]:
        """Everybody who stands in on some day."""
        return frozenset({self.deputy, *(each.deputy for each in self.leaves)} - {""})

    def meets(self, other: StaffTerm) -> bool:
        """Whether the two have a day in common."""
        return self.since <= (other.until or date.max) and other.since <= (self.until or date.max)

    def faults(self) -> Iterator[str]:
        """What is wrong with it by itself."""
        if self.until is not None and self.until < self.since:
            yield "«تا روز» پیش از «از روز» است."
        last = date.min
        for leave in sorted(self.leaves, key=lambda each: each.first):
            told = format_day_month(leave.first)
            if leave.last < leave.first:
                yield f"پایان مرخصی {told} پیش از آغاز آن است."
            elif leave.first <= last:
                yield f"مرخصی {told} با مرخصی دیگری روی هم می‌افتد."
            last = max(last, leave.last)
        if self.staff in self.deputies:
            yield "کسی جانشین خودش نمی‌شود؛ نام دیگری برگزینید."


@dataclass(frozen=True)
class Authority:
    """اختیار: a clerk may release the letters of a service, until a day, on some weekdays.

    No `weekdays` (0 is Saturday) are all of them.
    """

    staff: str
    service: str
    until: date
    weekdays: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """Under which key it is published."""
        return authority_key(self.staff, self.service)

    def holds(self, day: date) -> bool:
        """Whether it holds on a day that is not before the one from which it was published."""
        named = WEEKDAYS.index(weekday(day))
        return day <= self.until and (not self.weekdays or named in self.weekdays)


def weekdays_words(weekdays: Sequence[int]) -> str:
    """«هر روز», «شنبه تا چهارشنبه», «شنبه و یکشنبه»; none are all."""
    days = sorted(set(weekdays))
    if not days or len(days) == len(WEEKDAYS):
        return "هر روز"
    names = [WEEKDAYS[day] for day in days]
    row = days == list(range(days[0], days[-1] + 1))
    return f"{names[0]} تا {names[-1]}" if row and len(days) > 2 else join_and(names)


def authority_words(one: Authority, titles: Mapping[str, str]) -> str:
    """«مهر «مفاصاحساب نوسازی»، هر روز تا ۱۴۰۵/۱۲/۲۹»; `titles` are the services' by code."""
    title = titles.get(one.service, one.service)
    return f"مهر «{title}»، {weekdays_words(one.weekdays)} تا {format_jalali(one.until)}"


def authority_key(staff: str, service: str) -> str:
    """The key of what is said of a person and a service: 32 hex digits, as both can be long."""
    return hashlib.sha256(f"{staff}:{service}".encode()).hexdigest()[:32]


def first_alone(leave: Leave, others: Sequence[StaffTerm], today: date) -> date | None:
    """The first day of a leave, from today on, on which none of the others is at work."""
    first = max(leave.first, today)
    # Nobody goes on any other day than these.
    last = [each.until for each in others if each.until is not None and each.until < date.max]
    goes = [day + timedelta(days=1) for day in last]
    goes += [away.first for each in others for away in each.leaves]
    days = sorted({first, *(day for day in goes if first <= day)})
    alone = (day for day in days if not any(each.at_work(day) for each in others))
    return next((day for day in alone if day <= leave.last), None)
