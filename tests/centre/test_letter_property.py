"""What a letter says of the property: as the records hold it, as it was asked, as it was seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.centre.letter_property import property_of
from desktop.centre.letters import compose
from desktop.domain.decision import Outcome, decide
from desktop.domain.identifiers import Plate
from desktop.domain.letter import LetterKind
from desktop.domain.people import Applicant
from desktop.forms.example_records import OTHER_ID, OWNER_ID
from tests.centre.test_letters import DAY, REPORT, SERVICES, case_of, example, letter_of
from tests.shipped import question


def test_a_property_without_record_is_told_as_the_visit_saw_it() -> None:
    service = SERVICES["no-violation"]
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
    assert "عرصهٔ ۲۱۰٫۰۰ مترمربع و اعیان ۹۵٫۵۰ مترمربع" in text
    assert "پلاک ثبتی ۶۵ اصلی واقع در بخش ۲ یزد" in text
    assert "نشانی یزد، کوچهٔ شمس، پلاک ۳" in text
    assert "گزارش بازدید مورخ ۱۴۰۵/۰۹/۰۱" in text
    assert "سابقه‌ای از این ملک نبود" in text
    assert text.count("سوابق شهرداری تا تاریخ") == 1


def test_nothing_is_said_to_be_paid_of_a_property_that_the_records_do_not_hold() -> None:
    service = SERVICES["clearance"]
    shown = next(e for e in service.examples if e.record == "none")
    decision = decide(service, question(service, shown, DAY), {"record": "دیده شد"})
    case = case_of(service, shown, decision=decision, report=REPORT)
    text = "\n".join(compose(service, LetterKind.ANSWER, case).paragraphs)
    assert "پرداخت شده" not in text
    assert "در سوابق شهرداری بدهی عوارض نوسازی و بهای خدمات پسماند ثبت نشده است" in text
    clean = letter_of(service, next(e for e in service.examples if e.outcome == "answer"))
    assert "پرداخت شده" in "\n".join(clean.paragraphs)


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
    service, shown = SERVICES["no-violation"], example("no-violation", "clean")
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
    service, shown = SERVICES["no-violation"], example("no-violation", "clean")
    case = case_of(service, shown)
    assert case.record is not None
    held = replace(case.record, plate=Plate(8, 2707, 11798))
    for asked, told in ((Plate(4, 2418, 55226), True), (held.plate, False), (None, False)):
        request = replace(case.request, plate=asked)
        letter = compose(service, LetterKind.ANSWER, replace(case, request=request, record=held))
        text = "\n".join(letter.paragraphs)
        assert "پلاک ثبتی ۱۱۷۹۸ فرعی از ۲۷۰۷ اصلی واقع در بخش ۸ یزد" in text
        both = "(پلاک ثبتی در درخواست: ۵۵۲۲۶ فرعی از ۲۴۱۸ اصلی واقع در بخش ۴ یزد)"
        assert (both in text) is told
