"""دفتر روز: an office's day as it was closed, with the code of its chain, to be kept (A4)."""

from __future__ import annotations

from reportlab.lib.units import mm

from desktop.domain.calendar import format_jalali, format_long, format_time
from desktop.domain.day_register import code_words
from desktop.domain.day_register_words import (
    NOTHING,
    REFUSED,
    UNDONE,
    explained_words,
    letter_rows,
    number_rows,
    purse_rows,
    refused_sentence,
    remains,
    sheet_rows,
    undone_sums,
    undone_words,
)
from desktop.domain.letter import Table
from desktop.domain.papers import RegisterPaper
from desktop.domain.persian import to_persian_digits
from desktop.reports.small import SmallPaper

_PURSES = ("صندوق", "در سامانه (ریال)", "در کارت‌خوان یا بانک (ریال)", "اختلاف (ریال)", "وضعیت")
_EXPLAINED = ("روز", "مبلغ (ریال)", "پرداخت", "توضیح")
_UNDONE = ("روز", "مبلغ (ریال)", "پرداخت", "چه شد")
_DRAFT = "پیش‌نویس؛ امضا نشده است"
_EMPTY = "در این روز درخواستی نبود."


def draw(told: RegisterPaper) -> bytes:
    """The register as PDF, a page for money, for letters and sheets, and for the close.

    Raises Refusal on an unprintable character.
    """
    register = told.register
    title = "دفتر روز" if told.by else "دفتر روز، پیش‌نویس"
    paper = SmallPaper(told.head, title, "", sample=told.sample, wide=True)
    paper.rows(
        [
            ("روز", format_long(register.day)),
            ("بسته شد" if told.by else "وضعیت", _closed(told)),
            ("به جانشینی", register.stands_in_for),
        ]
    )
    paper.heading("درخواست‌ها:")
    paper.rows(number_rows(register.figures))
    if not register.figures.received:
        paper.points([_EMPTY])
    rows = tuple(purse_rows(register))
    paper.table("صندوق:", Table(_PURSES, rows, numeric=(1, 2, 3)))
    if register.explained:
        said = tuple(explained_words(each) for each in register.explained)
        paper.table(
            "پرداخت‌هایی که در کارت‌خوان یا بانک نبود:", Table(_EXPLAINED, said, numeric=(1,))
        )
    if register.refused:
        paper.heading(f"{REFUSED}:")
        paper.points(map(refused_sentence, register.refused))
    if register.undone:
        sums = (
            (NOTHING, total, f"جمع {purse}", NOTHING)
            for purse, total in undone_sums(register.undone)
        )
        rows = (*map(undone_words, register.undone), *sums)
        paper.table(f"{UNDONE}:", Table(_UNDONE, rows, numeric=(1,)))
    paper.sheet.turn()
    paper.heading("نامه‌های اندیکاتور:")
    paper.rows(letter_rows(register.letters, told.gaps))
    paper.heading("برگه‌های سربرگ:")
    paper.rows(sheet_rows(register.sheets))
    paper.sheet.turn()
    paper.heading("مانده‌ها:")
    paper.rows(remains(register.figures))
    if register.note:
        paper.heading("توضیح مسئول دفتر:")
        paper.points(to_persian_digits(register.note).splitlines())
    paper.heading("زنجیره:")
    paper.rows(
        [
            ("دفتر روز پیش", code_words(register.before) if register.before else "نخستین دفتر روز"),
            ("رویدادهای دفتر", _span(told)),
            ("کد زنجیرهٔ رویدادها", code_words(register.chain)),
            ("کد دفتر روز", code_words(register.digest) if told.by else "پس از امضا"),
        ]
    )
    signer = f"{told.by}، جانشین مسئول دفتر" if register.stands_in_for else told.by
    paper.places([("امضا", signer, 62 * mm, 26 * mm), ("مهر دفتر", "", 40 * mm, 26 * mm)])
    return paper.pdf()


def _closed(told: RegisterPaper) -> str:
    if not told.by:
        return _DRAFT
    at = told.register.closed_at
    return f"{told.by}، {format_jalali(told.register.closed_on)}، ساعت {format_time(at)}"


def _span(told: RegisterPaper) -> str:
    register = told.register
    if register.pos == register.after:
        return to_persian_digits(f"تا {register.pos}، بدون رویداد تازه")
    return to_persian_digits(f"از {register.after + 1} تا {register.pos}")
