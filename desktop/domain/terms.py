"""The terms of a case by the holidays that are known now.

A fact tells the last day of a term as it was reckoned on its own day. What was declared closed
since then puts that day off: whoever acts on a term, or shows it, looks at the case through here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop.domain import facts as f
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.case import Case
from desktop.domain.consultation import Consultation, Consulted


def put_off(case: Case, calendar: OfficeCalendar) -> Case:
    """The case with the last day of each term as it is by the calendar; twice is as once."""
    changed: dict[str, Any] = {}
    if (lacking := case.returned) is not None:
        until = calendar.first_working_day(lacking.until)
        changed["returned"] = replace(lacking, until=until)
    if case.answer_by is not None and case.report is not None:
        visited, days = case.report.visited_on, case.answer_days
        changed["answer_by"] = calendar.put_off(case.answer_by, visited, days)
    if case.served:
        changed["served"] = tuple(_served(each, calendar) for each in case.served)
    if case.consultations:
        changed["consultations"] = tuple(_asked(each, calendar) for each in case.consultations)
    return replace(case, **changed) if changed else case


def _served(told: f.RulingServed, calendar: OfficeCalendar) -> f.RulingServed:
    if told.until is None:
        return told
    return replace(told, until=calendar.first_working_day(told.until))


def _asked(asked: Consultation, calendar: OfficeCalendar) -> Consultation:
    """By the letter that was sent last: the terms of those before it are over."""
    last = asked.last
    told = replace(last, reply_by=calendar.put_off(last.reply_by, last.asked_on, last.days))
    if isinstance(told, Consulted):
        return replace(asked, sent=told)
    return replace(asked, reminders=(*asked.reminders[:-1], told))
