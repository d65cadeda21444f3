"""What a letter says of what a person cleared: that it stood there, who let it stand and why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.centre.letters import compose
from desktop.domain.calendar import format_jalali
from desktop.domain.decision import Outcome, decide
from desktop.domain.letter import LetterKind
from desktop.domain.people import Applicant
from desktop.domain.property import Debt
from desktop.domain.wordings import TITLES
from tests.centre.test_letters import DAY, REPORT, all_text, case_of, example
from tests.shipped import SHIPPED, question


def test_an_inquiry_says_what_the_records_lack_and_who_cleared_it() -> None:
    service = SHIPPED["inquiry"]
    shown = next(e for e in service.examples if e.record == "no-certificate")
    why = {"certificate": "بنا مطابق پروانه است.", "self-declaration": "دیده شد"}
    decision = decide(
        service, question(service, replace(shown, applicant=Applicant.BANK), DAY), why
    )
    visited = case_of(service, shown, decision=decision, report=replace(REPORT, cleared=why))
    reviewed = case_of(service, shown, decision=decision)
    first = "۱) آخرین گواهی: گواهی معتبری برای بنا در سوابق نیست؛ به "
    for case, by in (
        (visited, "گزارش بازدید مورخ ۱۴۰۵/۰۹/۰۱"),
        (reviewed, "نظر کارشناس شهرداری"),
    ):
        letter = compose(service, LetterKind.ANSWER, case)
        assert f"{first}{by}: بنا مطابق پروانه است." in letter.paragraphs


def test_what_an_expert_cleared_of_the_historic_fabric_is_told_all_the_same() -> None:
    service = SHIPPED["scaffold"]
    shown = next(e for e in service.examples if e.record == "historic")
    why = "ادارهٔ میراث فرهنگی با نامهٔ ۸۱۲ موافق است."
    decision = decide(service, question(service, shown, DAY), {"historic-fabric": why})
    letter = compose(service, LetterKind.ANSWER, case_of(service, shown, decision=decision))
    told = [p for p in letter.paragraphs if p.startswith("ملک در بافت تاریخی است")]
    assert told == [f"ملک در بافت تاریخی است؛ به نظر کارشناس شهرداری: {why}"]


def test_what_a_plan_takes_is_told_though_an_expert_cleared_it() -> None:
    service = SHIPPED["subdivision"]
    shown = next(e for e in service.examples if e.record == "clean")
    why = "عقب‌نشینی در نقشه رعایت شده است."
    asked = question(service, shown, DAY)
    assert asked.found.record is not None
    record = replace(asked.found.record, widening=Decimal("18.74"))
    asked = replace(asked, found=replace(asked.found, record=record))
    decision = decide(service, asked, {"plan-conflict": why, "expert": "دیده شد"})
    case = case_of(service, shown, decision=decision, record=record)
    letter = compose(service, LetterKind.ANSWER, case)
    (told,) = [p for p in letter.paragraphs if "تعریض" in p]
    assert told == (
        "مقدار ۱۸٫۷۴ مترمربع از عرصه در تعریض معبر قرار دارد؛ به نظر کارشناس شهرداری: "
        "عقب‌نشینی در نقشه رعایت شده است."
    )


def test_who_vouches_for_the_least_parcel_is_told_where_no_record_holds_it() -> None:
    service = SHIPPED["subdivision"]
    shown = next(e for e in service.examples if e.name == "کمتر از حد نصاب")
    why = {"minimum-parcel": "حد نصاب در طرح تفصیلی دیده شد.", "expert": "دیده شد"}
    decision = decide(service, question(service, shown, DAY), why)
    case = case_of(service, shown, decision=decision)
    told = "حد نصاب تفکیک، به نظر کارشناس شهرداری: حد نصاب در طرح تفصیلی دیده شد."
    assert told in compose(service, LetterKind.ANSWER, case).paragraphs


def test_a_debt_that_a_person_let_stand_is_no_clearance() -> None:
    service, shown = SHIPPED["clearance"], example("clearance", "settled")
    asked = question(service, shown, DAY)
    assert asked.found.record is not None
    left = Debt(1404, "نوسازی", 3_000_000, 0, None, "نامعلوم", "", "")
    record = replace(asked.found.record, debts=(left,))
    asked = replace(asked, found=replace(asked.found, record=record))
    decision = decide(service, asked, {"debt": "فیش آن در پرونده است."})
    assert decision.outcome is Outcome.ANSWER
    letter = compose(
        service, LetterKind.ANSWER, case_of(service, shown, decision=decision, record=record)
    )
    assert letter.subject == "اعلام وضعیت عوارض نوسازی و پسماند"
    text = all_text(letter)
    assert "به نظر کارشناس شهرداری: فیش آن در پرونده است. **این نامه برای آن بدهی" in text
    assert not any(words in text for words in ("گواهی می‌شود", "بدهی ندارد"))
    assert "جای مفاصاحساب یا پاسخ استعلام نقل و انتقال را نمی‌گیرد" in text


def test_a_file_that_a_person_let_stand_is_named_in_a_no_violation_certificate() -> None:
    service = SHIPPED["no-violation"]
    shown = next(e for e in service.examples if e.record == "violation-reported")
    why = {"violation": "گزارش مربوط به ملک مجاور است."}
    decision = decide(service, question(service, shown, DAY), why)
    assert decision.outcome is Outcome.ANSWER
    text = all_text(compose(service, LetterKind.ANSWER, case_of(service, shown, decision=decision)))
    assert "**جز پروندهٔ مادهٔ ۱۰۰ که در سوابق آن هست** تخلف ساختمانی" in text
    assert "آن پرونده، به نظر کارشناس شهرداری: گزارش مربوط به ملک مجاور است." in text


def test_a_hold_that_a_person_let_stand_is_noted_where_no_line_is_its_own() -> None:
    service = SHIPPED["no-violation"]
    shown = next(e for e in service.examples if e.record == "hold-unknown")
    decision = decide(service, question(service, shown, DAY), {"hold": "دادگاه آن را برداشت."})
    letter = compose(service, LetterKind.ANSWER, case_of(service, shown, decision=decision))
    told = f"{TITLES['hold']}، به نظر کارشناس شهرداری: دادگاه آن را برداشت."
    assert told in letter.paragraphs


def test_what_an_expert_found_of_the_owner_and_the_deed_is_told() -> None:
    service = SHIPPED["no-violation"]
    shown = next(e for e in service.examples if e.record == "private-deed")
    asked = replace(question(service, shown, DAY), owner_id="9990002029")
    seen = {"standing": "سند به نام متقاضی دیده شد.", "deed": "رأی دادگاه دیده شد."}
    letter = compose(
        service, LetterKind.ANSWER, case_of(service, shown, decision=decide(service, asked, seen))
    )
    for gate, why in seen.items():
        assert f"{TITLES[gate]}، به نظر کارشناس شهرداری: {why}" in letter.paragraphs


def test_a_clearance_says_when_what_the_records_asked_was_paid() -> None:
    service = SHIPPED["clearance"]
    shown = next(e for e in service.examples if e.record == "settled")
    of_before = compose(service, LetterKind.ANSWER, case_of(service, shown))
    paid = compose(service, LetterKind.ANSWER, case_of(service, shown, paid=(DAY,)))
    day = format_jalali(DAY)
    assert f"و پرداخت مورخ {day} است." not in all_text(of_before)
    assert f"سوابق شهرداری تا تاریخ {day} و پرداخت مورخ {day} است." in all_text(paid)


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("fine-paid", "پروندهٔ باز ندارد؛ ۱ پروندهٔ رسیدگی‌شده در سوابق هست"),
        ("clean", "سررسیدشده ندارد؛ نوسازی سال ۱۴۰۴، ۲۹٬۰۰۰٬۰۰۰ ریال، سررسید ۱۴۰۵/۱۰/۰۳"),
        ("disputed-debt", "سررسیدشده ندارد؛ نوسازی سال ۱۴۰۴، ۲۹٬۰۰۰٬۰۰۰ ریال، در کمیسیون"),
    ],
)
def test_to_an_inquiry_what_is_settled_or_not_yet_due_is_no_nothing(record: str, told: str) -> None:
    service = SHIPPED["inquiry"]
    shown = next(e for e in service.examples if e.outcome == "answer" and e.record == "clean")
    shown = replace(shown, record=record)
    letter = compose(service, LetterKind.ANSWER, case_of(service, shown))
    assert told in all_text(letter)
