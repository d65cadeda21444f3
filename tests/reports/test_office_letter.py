"""The letter of delegation on paper: one page, its annex, what it says before and after signing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from desktop.demo.people import MUNICIPAL, OFFICE
from desktop.domain.act import Act
from desktop.domain.delegation import Delegation
from desktop.domain.minutes import Signatory, released_by
from desktop.domain.office import OfficeKind
from desktop.domain.office_letter import OfficeLetter, Signing, letters_of
from desktop.domain.signer import UNIT_HEAD, Signer
from desktop.reports import office_letter
from tests.reports.reading import pages, text_of, words

DAY = date(2026, 12, 5)
ACT = Act("312", date(2026, 11, 18), "شورای اسلامی شهر یزد", "ab" * 32)
TITLES = {"subdivision": "تفکیک، افراز، تجمیع", "land-use-change": "تغییر کاربری"}
OTHER = replace(OFFICE, code="5", name="امیرچخماق", kind=OfficeKind.COUNTER)
SIGNING = Signing(
    "p",
    date(2026, 11, 24),
    MUNICIPAL.head,
    Signer(name="علی نوری"),
    "حمید میرجلیلی",
    "مریم شایق",
    "ناظر شهرداری",
)


def letters(*delegations: Delegation) -> list[OfficeLetter]:
    told = [(one, f"v{number}") for number, one in enumerate(delegations)]
    return letters_of(told, {"21": OFFICE, "5": OTHER}, TITLES, SIGNING)


def copied(pdf: bytes) -> str:
    """Its words as one who copies them finds them."""
    return " ".join(text_of(pdf))


def both(office: str, until: date | None = None, **more: object) -> list[Delegation]:
    return [
        Delegation(office, service, DAY, until, ACT, **more)  # type: ignore[arg-type]
        for service in TITLES
    ]


def test_the_letter_names_office_services_term_act_and_both_signatures() -> None:
    [letter] = letters(*both("5", DAY + timedelta(days=364)))
    pdf = office_letter.draw(replace(letter, number="1405/12"))
    assert pages(pdf) == 1
    said = copied(pdf)
    for each in (
        "دفتر پیشخوان ۵، امیرچخماق",
        "واگذاری خدمت",
        "۳۱۲",
        "۱۴۰۵/۰۸/۲۷",
        "شورای اسلامی شهر یزد",
        "۱۴۰۵/۰۹/۱۴",
        "۱۴۰۶/۰۹/۱۳",
        "تفکیک، افراز، تجمیع",
        "علی نوری",
        "مدیر هماهنگی و نظارت بر ساخت و سازها",
        "مریم شایق",
        "ناظر شهرداری، امضای دوم",
        "۱۴۰۵/۱۲",
        "نمونه",
    ):
        assert " ".join(words(each)) in said, each
    assert "فاقد اعتبار است" in said
    assert "پیش از امضا" not in said
    assert pdf == office_letter.draw(replace(letter, number="1405/12"))


def test_a_deputy_who_acts_signs_on_behalf_of_who_is_away() -> None:
    [letter] = letters(*both("5"))
    away = replace(letter.signer, deputy="زهرا کریمی")
    assert "کریمی" not in copied(office_letter.draw(replace(letter, signer=away)))
    acting = replace(away, acting=True)
    said = copied(office_letter.draw(replace(letter, signer=acting)))
    assert " ".join(words("زهرا کریمی")) in said
    assert " ".join(words("از طرف علی نوری، مدیر هماهنگی")) in said
    second = Signatory("مریم شایق", "ناظر شهرداری", DAY)
    assert released_by(acting, second) == (
        "زهرا کریمی", "از طرف علی نوری، مدیر هماهنگی و نظارت بر ساخت و سازها"
    )  # fmt: skip
    assert replace(acting, name="").hand == ("زهرا کریمی", f"از طرف {UNIT_HEAD}")


def test_before_it_is_signed_and_after_it_was_taken_back_it_says_that_it_is_none() -> None:
    [letter] = letters(*both("21"))
    assert "پیش از امضا فاقد اعتبار" in copied(office_letter.draw(letter))
    signed = replace(letter, number="1405/12")
    assert "پیش از آغاز پس گرفته شد" in copied(office_letter.draw(signed, taken_back=True))


def test_terms_that_differ_stand_in_the_annex() -> None:
    first, second = both("21", DAY + timedelta(days=9))
    [letter] = letters(first, replace(second, since=DAY + timedelta(days=1), until=None))
    assert letter.term is None
    assert office_letter.annex(letter).columns == ("ردیف", "خدمت", "از روز", "تا روز")
    assert "در مدت‌های نوشته‌شده در پیوست" in letter.paragraphs[0]
    [same] = letters(first, second)
    assert office_letter.annex(same).columns == ("ردیف", "خدمت")


def test_an_end_says_who_finishes_what_is_open() -> None:
    [stays] = letters(*both("21", withdrawn=True))
    assert "در همان دفتر به پایان می‌رسد" in " ".join(stays.paragraphs)
    assert "مانند پیش انجام می‌شود" in stays.paragraphs[-1]
    [goes] = letters(*both("21", withdrawn=True, heir="5"))
    assert "توسط دفتر پیشخوان ۵، امیرچخماق به پایان می‌رسد" in " ".join(goes.paragraphs)
    # A letter that nobody fetched yet goes with its case: the office may not give it out.
    assert "با پروندهٔ خود می‌رود" in goes.paragraphs[-1]
    assert "مانند پیش" not in " ".join(goes.paragraphs)
    first, second = both("21", withdrawn=True)
    [mixed] = letters(first, replace(second, heir="5"))
    assert office_letter.annex(mixed).columns[-1] == "پرونده‌های باز"
    assert office_letter.annex(mixed).rows[0][-1] == "همین دفتر"


def test_each_office_and_act_has_its_own_in_the_order_of_the_codes() -> None:
    other = replace(ACT, number="313")
    last = Delegation("5", "subdivision", DAY, None, other)
    made = letters(*both("21"), *both("5"), last)
    assert [(each.code, each.act.number) for each in made] == [
        ("5", "312"),
        ("5", "313"),
        ("21", "312"),
    ]
    assert len({each.key for each in made}) == 3


def test_a_long_annex_goes_on_with_its_head_and_the_signatures_stand_with_it() -> None:
    titles = {f"s{number}": f"خدمت {number}" for number in range(60)}
    told = [(Delegation("21", code, DAY, None, ACT), "v") for code in titles]
    [letter] = letters_of(told, {"21": OFFICE}, titles, SIGNING)
    pdf = office_letter.draw(replace(letter, number="1405/12"))
    assert pages(pdf) == 3
    assert copied(pdf).count("ردیف") == 3
