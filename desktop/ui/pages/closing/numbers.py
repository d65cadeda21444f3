"""The numbers on top of the day, and where the cases of each are seen."""

from __future__ import annotations

from datetime import date
from typing import Literal

from desktop.domain.day_register import Figures
from desktop.domain.money import half_up
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.places import Place
from desktop.ui.widgets.charts.day_numbers import DayNumber


def numbers(figures: Figures) -> list[DayNumber]:
    """The six of them; colour only for what is instant and what is late."""
    share = ""
    if figures.received:
        share = f"{half_up(100 * figures.answered / figures.received)}٪"
    refused = f"{figures.refused} پاسخ منفی" if figures.refused else ""
    earlier = f"{figures.earlier} از روز پیش" if figures.earlier else ""
    tell = to_persian_digits
    late: Literal["text", "refuse"] = "refuse" if figures.overdue else "text"
    return [
        _number(figures.received, "درخواست", below=tell(earlier)),
        _number(figures.answered, "پاسخ آنی", beside=tell(share), tone="ok"),
        _number(figures.visited, "نوبت بازدید"),
        _number(figures.waiting, "پرداخت و بررسی", below=tell(refused)),
        _number(figures.handed_over, "نامهٔ تحویل‌شده"),
        _number(figures.overdue, "دیرکرد", tone=late),
    ]


def _number(
    count: int,
    words: str,
    *,
    beside: str = "",
    below: str = "",
    tone: Literal["text", "ok", "refuse"] = "text",
) -> DayNumber:
    """One of the numbers; what is none has no cases to be opened."""
    return DayNumber(to_persian_digits(count), words, beside, tone, below, opens=count > 0)


def cases(day: date) -> tuple[Place, ...]:
    """Where the cases of each number are seen."""
    requests = places.Registers("requests", first=day, last=day)
    letters = places.Registers("letters", first=day, last=day)
    lists = (places.Queue("visit"), places.Queue("payment"))
    return (requests, letters, *lists, letters, places.Queue("overdue"))
