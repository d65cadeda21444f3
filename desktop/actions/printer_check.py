"""The page that a printer is tried with, before an office's first paper."""

from __future__ import annotations

from datetime import datetime

from desktop.actions.joining import Joined
from desktop.domain.calendar import TEHRAN, format_long, format_time
from desktop.domain.letter import LetterHead
from desktop.domain.papers import PrinterCheck
from desktop.domain.persian import to_persian_digits
from desktop.reports import printer_check as paper

TITLE = "برگ آزمایشی"


def printer_check(city: str, joined: Joined, printer: str, at: datetime) -> bytes:
    """The page as PDF (A4). `at` is this machine's moment, UTC. Raises Refusal."""
    day = format_long(at.astimezone(TEHRAN).date())
    desk = to_persian_digits(f"باجهٔ {joined.desk}")
    head = LetterHead(city, joined.office, "", "", "")
    return paper.draw(PrinterCheck(TITLE, head, desk, printer, f"{day}، ساعت {format_time(at)}"))
