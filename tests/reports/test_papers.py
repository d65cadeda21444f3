"""Receipt, slip, notice and round: what they say, on A5, with a code that is read."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from inspect import signature
from pathlib import Path
from pkgutil import iter_modules
from typing import get_type_hints

import pytest

from desktop import reports
from desktop.domain import papers
from desktop.domain.errors import Refusal
from desktop.domain.papers import AidLine, PaidLine
from desktop.domain.persian import to_persian_digits
from desktop.reports import commission, deficiency, receipt, slip, visit_round
from tests.reports import samples
from tests.reports.reading import (
    by_a_browser,
    codes_of,
    lines_of,
    pages,
    pages_of,
    text_of,
    words,
)

PAPERS = {
    "receipt": receipt.draw(samples.receipt()),
    "slip": slip.draw(samples.slip()),
    "notice": deficiency.draw(samples.notice()),
    "referral": commission.draw(samples.commission(ruled=False)),
    "ruling": commission.draw(samples.commission()),
    "ruling-100": commission.draw(samples.commission("100")),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_one_a5_page_with_its_tracking_code(name: str) -> None:
    pdf = PAPERS[name]
    assert pages(pdf) == 1
    assert b"/MediaBox [ 0 0 419.5276 595.2756 ]" in pdf
    assert codes_of(pdf) == [samples.TRACKING]
    found = text_of(pdf)
    assert "۲۱-۰۵۰۹۰۳-۰۲-۰۰۳۲-۷" in found
    assert "نمونه" in found
    assert "فاطمه" in found


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("receipt", "رسید ثبت درخواست"),
        ("receipt", "۴۴۲****۵۶۷"),
        ("receipt", "۱۴۰۵/۰۹/۰۳ ساعت ۱۰ ۴۲"),
        ("receipt", "جمع ۲٬۰۵۰٬۰۰۰ ریال دو میلیون و پنجاه هزار ریال"),
        ("receipt", "۵۴۸۸۱۲۰۰۳۳۱۱"),
        ("receipt", "زهرا فلاح"),
        ("slip", "برگ نوبت بازدید"),
        ("slip", "پنجشنبه ۵ آذر ۱۴۰۵"),
        ("slip", "۸ ۰۰ تا ۱۱ ۰۰"),
        ("slip", "حضور مالک یا نمایندهٔ او و در دسترس بودن اصل سند الزامی است"),
        ("notice", "اعلام نقص مدارک"),
        ("notice", "تا ۱۴۰۵/۰۹/۱۳"),
        ("notice", "اصل وکالت‌نامه"),
        ("referral", "ارجاع به کمیسیون"),
        ("referral", "کمیسیون مادهٔ ۵ ارجاع شد"),
        ("referral", "دلیل ارجاع از مسکونی به تجاری در گذر هجده‌متری"),
        ("referral", "ارجاع‌دهنده مریم شاکر کارشناس شهرسازی در تاریخ ۱۴۰۵/۰۹/۰۲"),
        ("ruling", "به اینجانب"),
        ("ruling", "مهلت اعتراض از همین تاریخ آغاز می‌شود"),
        ("ruling", "امضا یا اثر انگشت گیرنده"),
        ("ruling", "مهر دفتر"),
        ("ruling", "ابلاغ رأی کمیسیون"),
        ("ruling", "با تغییر کاربری موافقت شد"),
        ("ruling", "۱۴۰۵/۰۹/۰۱"),
        ("ruling", "دیوان عدالت اداری"),
        ("ruling-100", "تا ۱۰ روز پس از ابلاغ در کمیسیون تجدیدنظر"),
    ],
)
def test_what_a_paper_says(name: str, said: str) -> None:
    words = " ".join(text_of(PAPERS[name]))
    assert said in words


ROWS = {
    "receipt": ("متقاضی: فاطمه دهقان", "۲) وکالت‌نامهٔ رسمی با حق", "کارمزد دفتر ۸۵۰٬۰۰۰ کارت‌خوان"),
    "slip": ("روز: پنجشنبه ۵ آذر ۱۴۰۵", "نشانی: یزد، بلوار آیت‌الله طالقانی", "– حضور مالک"),
    "notice": ("نوع خدمت: پروانهٔ ساختمانی", "۱ وکالت‌نامهٔ رسمی مهر دفترخانه خوانا نیست"),
    "referral": ("کمیسیون: مادهٔ ۵", "ملک: کد نوسازی ۲-۱۴-۳۰۸-۲۷-۱-۰-۰"),
    "ruling-100": ("شمارهٔ رأی: ۵/۱۴۰۵/۸۱۲", "تاریخ رأی: ۱۴۰۵/۰۹/۰۱"),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_copied_as_one_line(name: str) -> None:
    """Not its label in one place and its value in another."""
    lines = [" ".join(line) for line in lines_of(PAPERS[name])]
    for row in (" ".join(words(row)) for row in ROWS[name]):
        assert any(row in line for line in lines), row
        assert row in " ".join(by_a_browser(PAPERS[name]))


def test_the_expert_signs_the_referral_and_no_clerk() -> None:
    told = " ".join(text_of(PAPERS["referral"]))
    assert told.count("شاکر") == 2
    assert "فلاح" not in told


@pytest.mark.slow
def test_a_long_paper_goes_on_on_a_second_page() -> None:
    words = " ".join(text_of(deficiency.draw(samples.notice(0, "امضای سند خوانا نیست"))))
    assert "امضای سند خوانا نیست" in words
    assert "ردیف" not in words
    pdf = deficiency.draw(samples.notice(14))
    assert pages(pdf) == 2
    assert codes_of(pdf) == [samples.TRACKING]
    many = receipt.draw(samples.receipt(documents=("سند مالکیت",) * 40))
    assert pages(many) > 1


def test_long_values_are_wrapped_not_cut() -> None:
    long = "یزد، بلوار آیت‌الله طالقانی، کوچهٔ شهید زارع، " * 20
    found = text_of(slip.draw(samples.slip(address=long + "پایان")))
    assert "پایان" in found
    assert found.count("طالقانی") == 22


def test_a_round_names_each_visit_in_order_with_its_place_and_phone() -> None:
    pdf = visit_round.draw(samples.visit_round(5))
    assert pages(pdf) > 1
    assert b"/MediaBox [ 0 0 419.5276 595.2756 ]" in pdf
    told = " ".join(text_of(pdf))
    for said in ("فهرست بازدیدهای روز", "پنجشنبه ۵ آذر ۱۴۰۵", "علی کارگر", "۵ بازدید", "نمونه"):
        assert said in told
    places = [told.index(f"کوچهٔ {to_persian_digits(number)} پلاک") for number in range(1, 6)]
    assert places == sorted(places)
    assert told.count("۰۹۱۳") == 5
    assert told.count("۸ ۰۰ تا ۱۱ ۰۰") == 5


def test_nothing_paid_and_no_documents() -> None:
    found = text_of(receipt.draw(samples.receipt(documents=(), payments=())))
    assert "مبالغ" not in found
    assert "مدارک" not in found


def test_what_cannot_be_printed_is_refused() -> None:
    with pytest.raises(Refusal, match="شکلک"):
        receipt.draw(samples.receipt(payments=(PaidLine("کارمزد", 1, "😀", ""),)))


def test_every_small_paper_has_who_draws_it_and_who_makes_it() -> None:
    values = [kind for kind in vars(papers).values() if isinstance(kind, type)]
    ours = {kind for kind in values if kind.__module__ == papers.__name__}
    on_paper = {kind for kind in ours if "sample" in get_type_hints(kind)}
    drawing = [
        module.draw
        for name in (each.name for each in iter_modules(reports.__path__))
        if hasattr(module := import_module(f"desktop.reports.{name}"), "draw")
    ]
    drawn = {get_type_hints(draw)[next(iter(signature(draw).parameters))] for draw in drawing}
    # A page that tries the printer is about nobody, real or made up.
    assert drawn & ours == on_paper | {papers.PrinterCheck}
    actions = Path(papers.__file__).parents[1] / "actions"
    made = "".join(path.read_text(encoding="utf-8") for path in actions.glob("*.py"))
    assert {kind for kind in on_paper if f"{kind.__name__}(" not in made} == set()


AID = AidLine("اظهارنامه برای متقاضی خوانده شد", "مریم زارع", "۹۹۹****۹۹۶", fingerprint=True)
_FINGER = "اثر انگشت متقاضی"


def _said(pdf: bytes) -> list[str]:
    """What each page says, as one text."""
    return [" ".join(page) for page in pages_of(pdf)]


@pytest.mark.long
def test_a_receipt_for_who_cannot_read_is_large_and_has_a_place_for_the_finger() -> None:
    pdf = receipt.draw(samples.receipt(aid=AID))
    assert b"/MediaBox [ 0 0 595.2756 841.8898 ]" in pdf
    assert codes_of(pdf) == [samples.TRACKING]
    found = " ".join(_said(pdf))
    for said in (AID.told, AID.trusted, _FINGER, "امضا یا اثر انگشت معتمد", "۵۴۸۸۱۲۰۰۳۳۱۱"):
        assert said in found
    # Neither table nor small print: what is paid is read aloud, line by line.
    assert "کارمزد دفتر ۸۵۰٬۰۰۰ ریال" in found


def test_who_cannot_hear_signs() -> None:
    told = replace(AID, told="نوشتهٔ اظهارنامه به متقاضی نشان داده شد", fingerprint=False)
    found = " ".join(_said(receipt.draw(samples.receipt(aid=told))))
    assert "امضای متقاضی" in found
    assert _FINGER not in found


def test_what_is_told_and_the_ink_stand_on_one_page() -> None:
    many = tuple(f"مدرک {number}" for number in ("یک", "دو", "سه", "چهار", "پنج", "شش", "هفت"))
    for count in range(len(many)):
        said = _said(receipt.draw(samples.receipt(aid=AID, documents=many[:count])))
        assert [AID.told in page for page in said] == [_FINGER in page for page in said]


def test_a_slip_in_large_print_says_the_same() -> None:
    small, large = slip.draw(samples.slip()), slip.draw(samples.slip(large=True))
    assert b"/MediaBox [ 0 0 595.2756 841.8898 ]" in large
    assert sorted(text_of(large)) == sorted(text_of(small))
