"""دفتر روز read back from its PDF: all that the day says, in its order, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from desktop.domain.day_register import (
    DayRegister,
    Explained,
    Explanation,
    Figures,
    Numbered,
    PurseCount,
    Sheets,
    code_words,
)
from desktop.domain.papers import RegisterPaper
from desktop.domain.persian import to_persian_digits
from desktop.domain.tool import Tool
from desktop.domain.undone import Undoing, Undone
from desktop.reports.day_register import draw
from tests.reports.reading import pages_of, text_of
from tests.reports.reading import words as read
from tests.reports.samples import words

DAY = date(2026, 11, 24)  # a Tuesday, 3 Azar 1405
AT = datetime(2026, 11, 24, 16, 25, tzinfo=UTC)
FEE = 450_000


def explained(day: date, answer: Explanation, **changed: object) -> Explained:
    told = Explained(
        case_id="c",
        mark="m",
        tool=Tool.BANK,
        day=day,
        amount=FEE,
        back=False,
        at=AT - timedelta(hours=8, minutes=35),
        title="هزینهٔ رونوشت",
        applicant="لیلا رجبی",
        reference="718352",
        answer=answer,
    )
    return replace(told, **changed)  # type: ignore[arg-type]


REGISTER = DayRegister(
    day=DAY,
    until=AT,
    closed_at=AT,
    after=1200,
    pos=1417,
    chain="a1" * 32,
    before="b2" * 32,
    ahead=(),
    figures=Figures(47, 27, 6, 1, 13, 3, 31, 2, 4, 1, 3, 2),
    purses=(
        PurseCount(Tool.TERMINAL, 28, 12_600_000, 0, 12_600_000),
        PurseCount(Tool.BANK, 41, 718_236_000, 0, 717_786_000),
        PurseCount(Tool.PAPER, 1, 261_000_000, 0),
    ),
    explained=(explained(DAY, Explanation.LATER),),
    sheets=Sheets(200, 50, 33, 2, 4, 211),
    letters=Numbered("1405/21/1823", "1405/21/1855", 33, 1),
    note="سامانهٔ پرداخت از 13:00 تا 13:20 قطع بود؛ دو بار تلفن شد.\nرضا حقّی گواه است.",
)
HEAD = replace(words().head, office="دفتر ۲۱، بلوار طالقانی")


def paper(register: DayRegister = REGISTER, by: str = "محمد زارع", **changed: object) -> bytes:
    return draw(replace(RegisterPaper(HEAD, register, by, sample=False), **changed))  # type: ignore[arg-type]


def in_order(pdf: bytes, *parts: str) -> None:
    """Each of them stands in the text, after the one before."""
    text, at = " ".join(text_of(pdf)), 0
    for part in parts:
        found = text.find(" ".join(read(to_persian_digits(part))), at)
        assert found >= 0, f"{part!r} is not in {text[at:]}"
        at = found


def test_the_register_is_read_back_whole_and_in_order() -> None:
    pdf = paper()
    assert len(pages_of(pdf)) == 3
    in_order(
        pdf,
        "سه‌شنبه 3 آذر 1405", "محمد زارع", "19:55",
        "درخواست دریافتی", "47 درخواست، 3 از روز پیش",
        "پاسخ آنی", "27 درخواست", "نوبت بازدید", "6 درخواست", "پاسخ منفی", "31 نامه",
        "12٬600٬000", "برابر است، 28 پرداخت", "717٬786٬000", "450٬000", "1 پرداخت در بانک نیست",
        "هزینهٔ رونوشت", "لیلا رجبی", "718352",
    )  # fmt: skip
    in_order(
        pdf,
        "نخستین شماره", "1405/21/1823", "آخرین شماره", "1405/21/1855", "33 نامه", "1 نامه", "ندارد",
        "آغاز روز", "200 برگ", "دریافت در روز", "50 برگ", "33 برگ", "2 برگ", "4 برگ", "211 برگ",
        "ارسال‌نشده", "2 درخواست", "دیرکرد", "2 پرونده", "4 نامه", "1 پیش‌نویس", "3 بازدید",
        "سامانهٔ پرداخت از 13:00 تا 13:20 قطع بود", "رضا حقّی گواه است.",
        code_words(REGISTER.before), "از 1201 تا 1417", code_words(REGISTER.chain),
        code_words(REGISTER.digest),
    )  # fmt: skip


def test_what_yesterday_left_open_is_told_and_is_no_part_of_todays_purse() -> None:
    carried = explained(DAY - timedelta(days=1), Explanation.LATER)
    even = PurseCount(Tool.BANK, 41, FEE, 0, FEE)
    purses = (REGISTER.purses[0], even, REGISTER.purses[2])
    text = " ".join(text_of(paper(replace(REGISTER, purses=purses, explained=(carried,)))))
    assert "برابر است ۴۱ پرداخت" in text
    assert "پرداخت در بانک نیست" not in text
    assert "۲ آذر" in text


def test_what_earlier_registers_told_and_stands_otherwise_has_its_sums_by_purse() -> None:
    before = DAY - timedelta(days=1)
    voided = Undone(
        case_id="c",
        mark="m",
        tool=Tool.TERMINAL,
        day=before,
        amount=FEE,
        back=False,
        at=AT - timedelta(days=1),
        title="کارمزد دفتر",
        applicant="لیلا رجبی",
        reference="718352",
        how=Undoing.VOIDED,
        undone_at=AT - timedelta(hours=8),
        by="حسن یزدی",
        why="رسید ناموفق بود.",
        cause="x",
    )
    again = replace(
        voided, tool=Tool.BANK, how=Undoing.RESTORED, by="", why="تأیید شده بود.", cause="y"
    )
    refused = replace(voided, how=Undoing.REFUSED, by="", why="رسید تکراری است.", cause="z")
    pdf = paper(replace(REGISTER, undone=(voided, again, refused)))
    in_order(
        pdf,
        "تغییر در پرداخت‌های روزهای پیش",
        "2 آذر", "− 450٬000", "کارمزد دفتر", "718352", "ابطال شد", "حسن یزدی", "رسید ناموفق بود.",
        "2 آذر 450٬000", "ابطال آن را مرکز نپذیرفت", "تأیید شده بود.",
        "2 آذر", "− 450٬000", "مرکز نپذیرفت", "رسید تکراری است.",
        "− 900٬000", "جمع دفتر", "— 450٬000", "جمع شهرداری",
    )  # fmt: skip
    assert "تغییر در پرداخت‌های روزهای پیش" not in " ".join(text_of(paper()))


def test_more_at_the_bank_is_said_in_words_and_has_no_minus() -> None:
    more = PurseCount(Tool.BANK, 41, FEE, 0, 2 * FEE)
    register = replace(REGISTER, purses=(REGISTER.purses[0], more, REGISTER.purses[2]))
    text = " ".join(text_of(paper(replace(register, explained=()))))
    assert "۹۰۰٬۰۰۰ ۴۵۰٬۰۰۰ بیشتر در بانک" in text
    assert "−" not in text


def test_a_draft_says_that_it_is_one_and_where_a_number_is_missing() -> None:
    text = " ".join(text_of(paper(by="", gaps=("1405/21/1830",))))
    assert "پیش‌نویس امضا نشده است" in text
    assert "پس از ۱۴۰۵/۲۱/۱۸۳۰" in text
    assert "بدون شمارهٔ گم‌شده" not in text
    assert code_words(REGISTER.digest) not in text


def test_an_empty_day_of_last_week_is_not_called_today() -> None:
    empty = replace(REGISTER.figures, received=0, answered=0, visited=0, refused=0, waiting=0)
    text = " ".join(text_of(paper(replace(REGISTER, figures=empty))))
    assert "در این روز درخواستی نبود" in text
