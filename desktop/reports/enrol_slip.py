"""برگ معرفی رایانه: the code by which a machine becomes a desk of an office (A5)."""

from __future__ import annotations

from desktop.domain.calendar import TEHRAN, format_long, format_time
from desktop.domain.enrol_slip import EnrolSlip
from desktop.domain.persian import isolate
from desktop.reports.letter.v2.outlines import Weight
from desktop.reports.letter.v2.page import Side
from desktop.reports.letter.v2.wrap import wrap
from desktop.reports.small import SmallPaper

TITLE = "برگ معرفی رایانه"
_CODE, _LEADING = 20.0, 30.0


def draw(slip: EnrolSlip) -> bytes:
    """The slip as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(slip.head, TITLE, "", sample=slip.sample)
    until = slip.expires.astimezone(TEHRAN).date()
    given = slip.given_at.astimezone(TEHRAN).date()
    paper.rows(
        [
            ("دفتر", slip.office),
            ("نخستین کاربر", f"{slip.person}، {slip.role}"),
            ("مهلت", f"{format_long(until)}، ساعت {format_time(slip.expires)}"),
            ("صادرکننده", f"{slip.given_by}، {format_long(given)}"),
        ]
    )
    paper.heading("کد معرفی، تنها یک بار به کار می‌رود:")
    # Latin letters and digits, as they are typed.
    code = wrap(isolate(slip.code), paper.paper.column, _CODE, Weight.BOLD)[0]
    paper.sheet.set(code, paper.paper.start, _LEADING, Side.CENTRE, paper.paper.column)
    paper.heading("چه باید کرد:")
    paper.points(
        [
            "برنامه را در رایانهٔ تازه باز کنید و نشانی مرکز را بنویسید.",
            "این کد را وارد کنید و گذرواژه‌ای برگزینید که تنها خودتان بدانید.",
            "برگه را پس از آن پاره کنید؛ کد دیگر به کار نمی‌رود.",
        ],
        numbered=True,
    )
    return paper.pdf()
