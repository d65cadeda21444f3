"""توضیح درس: the story and each wrong answer with why, to be read away from the desk (A5)."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali
from desktop.domain.papers import LessonExplanation
from desktop.domain.persian import to_persian_digits
from desktop.reports.small import SmallPaper


def draw(told: LessonExplanation) -> bytes:
    """The explanation as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(told.head, "توضیح درس", "", sample=told.sample)
    paper.rows(
        [
            ("نوع خدمت", told.service),
            ("درس", to_persian_digits(told.lesson)),
            ("کارآموز", told.person),
            ("نمره", told.score),
            ("تاریخ", format_jalali(told.told_on)),
        ]
    )
    paper.heading("شهروند چه گفت و سوابق چه داشت:")
    paper.points(told.story)
    paper.heading(to_persian_digits(f"{len(told.wrong)} پاسخ نادرست:"))
    for number, wrong in enumerate(told.wrong, start=1):
        paper.heading(to_persian_digits(f"{number}. {wrong.label}"))
        paper.rows(
            [
                ("پاسخ شما", wrong.given),
                ("درست", wrong.right),
                ("چرا", wrong.why),
                ("قاعده", wrong.rule),
            ]
        )
    return paper.pdf()
