"""What a letter says of the property: as the records hold it, as it was asked, as it was seen."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from desktop.centre.letter_property import property_of
from desktop.centre.letters import compose
from desktop.domain.calendar import format_jalali
from desktop.domain.decision import Outcome, decide
from desktop.domain.identifiers import Plate, renewal_code
from desktop.domain.letter import LetterKind
from desktop.domain.people import Applicant
from desktop.forms.example_records import OTHER_ID, OWNER_ID
from tests.centre.test_letters import (
    DAY,
    REPORT,
    case_of,
    example,
    facts_of,
    letter_of,
)
from tests.shipped import SHIPPED, question

_UNTIL = re.compile("تا تاریخ ([۰-۹/]+)")


def test_a_property_without_record_is_told_as_the_visit_saw_it() -> None:
    service = SHIPPED["no-violation"]
    shown = next(e for e in service.examples if e.record == "none")
    decision = decide(service, question(service, shown, DAY), {"record": "دیده شد"})
    assert decision.outcome is Outcome.ANSWER or decision.failing
    case = case_of(service, shown, decision=decision, report=REPORT)
    request = replace(
        case.request,
        plate=Plate(2, 65, 0),
        answers={**case.request.answers, "address": "یزد، کوچهٔ شمس، پلاک 3"},
    )
    letter = compose(service, LetterKind.ANSWER, replace(case, request=request))
    text = "\n".join((*letter.paragraphs, *letter.closing))
    facts = facts_of(letter)
    assert (facts["مساحت عرصه"], facts["مساحت اعیان"]) == ("۲۱۰٫۰۰ مترمربع", "۹۵٫۵۰ مترمربع")
    assert facts["پلاک ثبتی"] == "۶۵ اصلی، بخش ۲ یزد"
    assert facts["نشانی"] == "یزد، کوچهٔ شمس، پلاک ۳"
    assert "گزارش بازدید مورخ ۱۴۰۵/۰۹/۰۱" in text
    assert "سابقه‌ای از این ملک نبود" in text
    assert text.count("سوابق شهرداری تا تاریخ") == 1


def test_nothing_is_said_to_be_paid_of_a_property_that_the_records_do_not_hold() -> None:
    service = SHIPPED["clearance"]
    shown = next(e for e in service.examples if e.record == "none")
    decision = decide(service, question(service, shown, DAY), {"record": "دیده شد"})
    case = case_of(service, shown, decision=decision, report=REPORT)
    letter = compose(service, LetterKind.ANSWER, case)
    text = "\n".join(letter.paragraphs)
    assert "پرداخت شده" not in text
    assert "این نامه مفاصاحساب نیست" in text
    assert "مفاصاحساب" not in letter.subject
    # What is no clearance closes as none: it is good for no transfer, loan or permit.
    closing = "\n".join(letter.closing)
    assert "**" not in closing
    assert "اعتبار تا" not in closing
    assert "تنها وضعیت سوابق را تا تاریخ" in closing
    # A visit knows nothing of dues: the letter's one day is the records'.
    told = [*letter.paragraphs, *letter.closing]
    assert {day for p in told for day in _UNTIL.findall(p)} == {format_jalali(decision.as_of)}
    assert "جای مفاصاحساب را نمی‌گیرد" in closing
    clean = letter_of(service, next(e for e in service.examples if e.outcome == "answer"))
    assert "پرداخت شده" in "\n".join(clean.paragraphs)
    assert "اعتبار تا" in "\n".join(clean.closing)


@pytest.mark.parametrize(
    ("kind", "own", "told"),
    [
        (Applicant.TENANT, False, False),
        (Applicant.SHOPKEEPER, False, False),
        (Applicant.OWNER, True, True),
        (Applicant.BANK, False, True),
    ],
)
def test_where_nobody_asks_who_owns_no_stranger_is_told(
    kind: Applicant, own: bool, told: bool
) -> None:
    service, shown = SHIPPED["no-violation"], example("no-violation", "clean")
    case = case_of(service, shown)
    asked = [finding for finding in case.decision.findings if finding.gate != "standing"]
    party = replace(case.request.party, kind=kind, person_id=OWNER_ID if own else OTHER_ID)
    stranger = replace(
        case,
        decision=replace(case.decision, findings=tuple(asked)),
        request=replace(case.request, party=party),
    )
    assert ("متعلق به" in property_of(stranger)["sentence"]) is told


def test_a_letter_names_the_plate_that_the_request_wrote_where_the_records_hold_another() -> None:
    service, shown = SHIPPED["no-violation"], example("no-violation", "clean")
    case = case_of(service, shown)
    assert case.record is not None
    held = replace(case.record, plate=Plate(8, 2707, 11798))
    for asked, told in ((Plate(4, 2418, 55226), True), (held.plate, False), (None, False)):
        request = replace(case.request, plate=asked)
        letter = compose(service, LetterKind.ANSWER, replace(case, request=request, record=held))
        facts = facts_of(letter)
        assert facts["پلاک ثبتی"] == "۱۱۷۹۸ فرعی از ۲۷۰۷ اصلی، بخش ۸ یزد"
        other = facts.get("پلاک ثبتی در درخواست", "")
        right = "۵۵۲۲۶ فرعی از ۲۴۱۸ اصلی، بخش ۴ یزد؛ ملاک این پاسخ سوابق شهرداری است"
        assert other == (right if told else "")


def test_a_work_on_what_stands_is_not_said_to_be_on_land() -> None:
    """An expert cleared it: the records hold no building, and «زمین» would deny the work."""
    service = SHIPPED["demolition"]
    shown = replace(service.examples[0], record="unbuilt")
    asked = question(service, shown, DAY)
    why = {finding.gate: "دیده شد" for finding in decide(service, asked).failing}
    decision = decide(service, asked, why)
    case = case_of(service, shown, decision=decision)
    assert "نوع ملک" not in facts_of(compose(service, LetterKind.ANSWER, case))
    assert "زمین" not in property_of(case)["sentence"]


def test_a_flat_is_finished_in_a_building_of_so_many_floors() -> None:
    service = SHIPPED["completion"]
    shown = next(e for e in service.examples if e.outcome == "review")
    case = case_of(service, shown)
    assert case.record is not None
    flat = replace(case, record=replace(case.record, code=renewal_code("2-14-308-27-1-4-0")))
    letter = compose(service, LetterKind.ANSWER, flat)
    assert facts_of(letter)["نوع ملک"] == "واحد آپارتمان"
    assert any("این واحد، در ساختمانی دارای" in words for words in letter.paragraphs)


def test_what_a_letter_rests_on_is_a_fact_and_not_a_claim_of_the_visit() -> None:
    """The end of the works is the engineer's word; the visit may be from before it."""
    service = SHIPPED["completion"]
    shown = next(e for e in service.examples if e.outcome == "review")
    letter = compose(service, LetterKind.ANSWER, case_of(service, shown))
    assert "بازدید" not in "\n".join(letter.paragraphs)
    assert "آخرین بازدید" in facts_of(letter)


@pytest.mark.parametrize("code", ["permit-amendment", "permit-renewal"])
def test_a_permit_that_the_records_do_not_hold_was_seen_at_the_counter(code: str) -> None:
    service = SHIPPED[code]
    case = case_of(service, service.examples[0])
    assert case.record is not None
    bare = replace(case.record, permits=())
    findings = tuple(x for x in case.decision.findings if x.gate != "permit")
    unheld = replace(case, record=bare, decision=replace(case.decision, findings=findings))
    told = {
        held: facts_of(compose(service, LetterKind.ANSWER, each))["پروانهٔ ساختمانی"]
        for held, each in ((True, case), (False, unheld))
    }
    assert "در دفتر دیده شد" not in told[True]
    assert told[False].endswith("، به شرح اصل آن که در دفتر دیده شد")
