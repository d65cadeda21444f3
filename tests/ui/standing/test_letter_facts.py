"""The four facts over a letter: what is signed, not what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from desktop.centre.letter_case import LetterCase
from desktop.centre.letters import compose
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.decision import decide
from desktop.domain.identifiers import Plate
from desktop.domain.letter import Letter, LetterKind
from desktop.domain.money import format_rial, rial_in_words
from desktop.domain.objection import Objections
from desktop.domain.state import State
from desktop.domain.words import letter_called
from desktop.ui.standing.case import headline_words
from desktop.ui.standing.letter_facts import LetterFact, facts_of, kind_chip, sum_or_term
from desktop.ui.standing.lines import NOTHING
from tests.centre.test_letters import DAY, REPORT, case_of, example
from tests.shipped import SHIPPED, question


def own_case(service: str, case: LetterCase, kind: LetterKind) -> Case:
    """The case whose letter waits for the stamp."""
    letter = Letter(
        letter_id="letter", case_id="case", kind=kind, number="1405/21/85", issued_on=DAY,
        valid_until=None, text=compose(SHIPPED[service], kind, case), essence="", signature="",
        key_id="",
    )  # fmt: skip
    held = CaseLetter(letter)
    return Case(
        case_id="case", stream="o21", state=State.ISSUED, rev=1, request=case.request,
        due_on=date(2026, 12, 24), registered_by="", received_at=datetime(2026, 11, 24, tzinfo=UTC),
        decision=case.decision, letters=(held,), report=case.report,
    )  # fmt: skip


def told(service: str, case: LetterCase, kind: LetterKind) -> Sequence[LetterFact]:
    """The facts over the letter of that case."""
    own = own_case(service, case, kind)
    return facts_of(own, own.letters[0], DAY)


def fact(facts: Sequence[LetterFact], name: str) -> tuple[str, str]:
    return next((each.value, each.detail) for each in facts if each.name == name)


def test_that_there_is_no_record_is_no_good_news() -> None:
    service = SHIPPED["clearance"]
    shown = next(e for e in service.examples if e.record == "none")
    decision = decide(service, question(service, shown, DAY), {"record": "دیده شد"})
    case = case_of(service, shown, decision=decision, report=REPORT)
    own = own_case(service.code, case, LetterKind.ANSWER)
    letter = own.letters[0].letter
    headline = headline_words(own)
    assert headline.words == f"{letter.text.subject} آماده شد"
    assert letter.text.subject.startswith("اعلام نبود سابقه")
    chip = kind_chip(letter.kind, unrecorded=own.unrecorded)
    assert headline.tone == chip.tone == "neutral"
    assert "مثبت" not in f"{headline.words} {chip.words} {letter_called(letter)}"
    held = own_case(
        service.code, case_of(service, example("clearance", "settled")), LetterKind.ANSWER
    )
    assert headline_words(held).tone == "ok"
    assert kind_chip(letter.kind, unrecorded=held.unrecorded).words == "پاسخ مثبت"


def test_what_is_to_be_paid_is_called_so_whether_it_is_a_debt_or_a_cost() -> None:
    said = kind_chip(LetterKind.DEBT, unrecorded=False).words
    for service in SHIPPED.values():
        debt = service.letters.get(LetterKind.DEBT)
        if debt is not None:
            assert not {"بدهی", "هزینه"} & {*said.split()}, debt.subject


def test_the_plate_is_the_one_that_the_letter_certifies() -> None:
    case = case_of(SHIPPED["no-violation"], example("no-violation", "clean"))
    assert case.record is not None
    record = replace(case.record, plate=Plate(4, 1230, 438), address="یزد، کوچهٔ شمس، پلاک ۳")
    asked = replace(case.request, plate=Plate(8, 7109, 31944))
    differs = replace(case, record=record, request=asked)
    facts = told("no-violation", differs, LetterKind.ANSWER)
    plate = "۴۳۸ فرعی از ۱۲۳۰ اصلی، بخش ۴"
    assert fact(facts, "ملک") == (plate, "پلاک درخواست متفاوت است")
    same = replace(differs, request=replace(asked, plate=record.plate))
    value, detail = fact(told("no-violation", same, LetterKind.ANSWER), "ملک")
    assert value == plate
    assert "متفاوت" not in detail
    unnumbered = replace(same, record=replace(record, plate=None), request=case.request)
    value, detail = fact(told("no-violation", unnumbered, LetterKind.ANSWER), "ملک")
    assert value == "یزد، کوچهٔ شمس، پلاک ۳"


def test_a_permits_own_end_is_told_where_the_letter_leaves_it() -> None:
    service = SHIPPED["permit-amendment"]
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


def test_a_debt_letter_asks_for_its_own_sum_whatever_is_paid_by_now() -> None:
    case = case_of(SHIPPED["clearance"], example("clearance", "debt"))
    own = own_case("clearance", case, LetterKind.DEBT)
    letter, asked = own.letters[0].letter, format_rial(case.decision.amount)
    assert asked in " ".join(letter.text.closing)
    first, *rest = case.decision.owed
    for unpaid in ((first, *rest), tuple(rest), ()):
        now = replace(own, state=State.PAY_DUE, owed=unpaid)
        facts = facts_of(now, own.letters[0], DAY)
        assert fact(facts, "مبلغ") == (asked, rial_in_words(case.decision.amount))
    assert sum_or_term(letter) == asked
    elsewhere = replace(letter, text=replace(letter.text, table=None))
    assert sum_or_term(elsewhere) == NOTHING


def test_a_negative_letter_tells_until_when_to_object_in_its_own_words() -> None:
    service = SHIPPED["no-violation"]
    case = case_of(service, next(e for e in service.examples if e.outcome == "refuse"))
    by_expert = replace(case, refusal=("تراکم زمین کافی نیست.",), ways=Objections())
    facts = told(service.code, by_expert, LetterKind.REFUSAL)
    assert fact(facts, "مهلت اعتراض") == ("۳ ماه پس از ابلاغ", "")
