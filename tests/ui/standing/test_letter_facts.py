"""The four facts over a letter: what is signed, not what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from desktop.centre.letters import compose
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.identifiers import Plate
from desktop.domain.letter import Letter, LetterKind
from desktop.domain.objection import Objections
from desktop.domain.state import State
from desktop.ui.standing.letter_facts import LetterFact, facts_of
from tests.centre.test_letters import DAY, SERVICES, LetterCase, case_of, example


def told(service: str, case: LetterCase, kind: LetterKind) -> Sequence[LetterFact]:
    """The facts over the letter of that case."""
    letter = Letter(
        letter_id="letter", case_id="case", kind=kind, number="1405/21/85", issued_on=DAY,
        valid_until=None, text=compose(SERVICES[service], kind, case), essence="", signature="",
        key_id="",
    )  # fmt: skip
    held = CaseLetter(letter)
    own = Case(
        case_id="case", stream="o21", state=State.ISSUED, rev=1, request=case.request,
        due_on=date(2026, 12, 24), registered_by="", received_at=datetime(2026, 11, 24, tzinfo=UTC),
        decision=case.decision, letters=(held,),
    )  # fmt: skip
    return facts_of(own, held, DAY)


def fact(facts: Sequence[LetterFact], name: str) -> tuple[str, str]:
    return next((each.value, each.detail) for each in facts if each.name == name)


def test_the_plate_is_the_one_that_the_letter_certifies() -> None:
    case = case_of(SERVICES["no-violation"], example("no-violation", "clean"))
    assert case.record is not None
    record = replace(case.record, plate=Plate(4, 1230, 438), address="یزد، کوچهٔ شمس، پلاک ۳")
    asked = replace(case.request, plate=Plate(8, 7109, 31944))
    differs = replace(case, record=record, request=asked)
    facts = told("no-violation", differs, LetterKind.ANSWER)
    plate = "۴۳۸ فرعی از ۱۲۳۰ اصلی، بخش ۴ یزد"
    assert fact(facts, "ملک") == (plate, "پلاک ثبتی درخواست متفاوت است")
    same = replace(differs, request=replace(asked, plate=record.plate))
    value, detail = fact(told("no-violation", same, LetterKind.ANSWER), "ملک")
    assert value == "یزد، کوچهٔ شمس، پلاک ۳"
    assert "متفاوت" not in detail


def test_a_permits_own_end_is_told_where_the_letter_leaves_it() -> None:
    service = SERVICES["permit-amendment"]
    case = case_of(service, next(e for e in service.examples if e.record == "clean"))
    assert case.record is not None
    facts = told(service.code, case, LetterKind.ANSWER)
    (value, detail) = fact(facts, "پایان پروانه")
    assert value.strip("\u2066\u2069").count("/") == 2
    assert detail == "بی‌تغییر"
    others = tuple(found for found in case.decision.findings if found.gate != "permit")
    unknown = replace(
        case,
        record=replace(case.record, permits=()),
        decision=replace(case.decision, findings=others),
    )
    facts = told(service.code, unknown, LetterKind.ANSWER)
    assert fact(facts, "اعتبار") == ("بدون تاریخ پایان", "")


def test_a_negative_letter_tells_until_when_to_object_in_its_own_words() -> None:
    service = SERVICES["no-violation"]
    case = case_of(service, next(e for e in service.examples if e.outcome == "refuse"))
    by_expert = replace(case, refusal=("تراکم زمین کافی نیست.",), ways=Objections())
    facts = told(service.code, by_expert, LetterKind.REFUSAL)
    assert fact(facts, "مهلت اعتراض") == ("۳ ماه پس از ابلاغ", "")
