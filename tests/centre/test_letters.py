"""Letters of every service and outcome: whole sentences, right figures, nothing that leaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.centre.letter_values import values_of
from desktop.centre.letters import LetterCase, compose, valid_until
from desktop.domain.calendar import end_of_year, parse_jalali
from desktop.domain.decision import Decision, Outcome, decide
from desktop.domain.facts import CommissionDecided
from desktop.domain.form import FieldKind
from desktop.domain.letter import LetterHead, LetterKind, LetterText
from desktop.domain.people import Applicant, Honorific, Party
from desktop.domain.property import Certificate, Permit
from desktop.domain.request import DocumentFile, Request, VisitOpinion, VisitReport
from desktop.domain.service import Example, LetterForm, Service, Validity
from desktop.forms.example_records import OWNER_ID
from desktop.forms.loader import load
from desktop.forms.vocabulary import BY_FIELD, PARTS, PLAIN
from desktop.settings import resources
from tests.shipped import CITY, SHIPPED, question

DAY = date(2026, 11, 24)
CALENDAR = CITY.calendar
COMPLETION = Certificate("پایان کار", "71", date(2026, 2, 1), None)
HEAD = LetterHead("شهرداری یزد", "دفتر پیشخوان 21", "یزد، بلوار طالقانی", "035 3725 0021", "8917")
KINDS = {
    Outcome.ANSWER: LetterKind.ANSWER,
    Outcome.PAY: LetterKind.DEBT,
    Outcome.REFUSE: LetterKind.REFUSAL,
}
EXAMPLES = [
    (service, example)
    for service in SHIPPED.values()
    for example in service.examples
    if Outcome(example.outcome) in KINDS
]
NAMES = [f"{service.code}: {example.name}" for service, example in EXAMPLES]
LATIN = re.compile(r"[A-Za-z0-9{}%]")
REPORT = VisitReport(
    visited_at=datetime(2026, 11, 22, 6, 30, tzinfo=UTC),
    present="مالک", land="210.00", built="95.50", floors=1, units=1, use="مسکونی",
    condition="built", bounds=("کوچه", "پلاک ۲۹", "پلاک ۲۵", "کوچه"), lane_width="6", advance="",
    violation="", violation_area="", latitude="31.8974", longitude="54.3569", result="مطابق مدارک",
    cleared={"record": "دیده شد"}, photos=DocumentFile("b" * 64, 4_000, 2),
    opinion=VisitOpinion.FITS,
)  # fmt: skip


def typed_in(service: Service) -> dict[str, str]:
    """An answer for each field, as a clerk would give it."""
    by_kind = {
        FieldKind.DATE: "2026-11-20",
        FieldKind.WHOLE: "3",
        FieldKind.AREA: "120.00",
        FieldKind.METRES: "12.00",
        FieldKind.TIME: "08:30",
        FieldKind.MOBILE: "09131112233",
        FieldKind.TABLE: '[{"area":"120.00","number":"1"}]',
        FieldKind.TICK: "yes",
        FieldKind.NATIONAL_ID: OWNER_ID,
    }
    return {
        f.key: f.choices[0].value if f.choices else by_kind.get(f.kind, "1181/ن")
        for f in service.fields
        if not f.when.values
    }


def case_of(service: Service, example: Example, **changes: object) -> LetterCase:
    """The example as a case about to get its letter, with changes."""
    asked = question(service, example, DAY)
    decision = decide(service, asked)
    body = example.applicant.is_body
    party = Party(
        example.applicant,
        "" if body else OWNER_ID,
        "" if body else "فاطمه",
        example.answers.get("body", "دهقان") if body else "دهقان",
    )
    answers = {"body": "دفتر اسناد رسمی شمارهٔ 27 یزد", **typed_in(service), **asked.answers}
    request = Request(
        service=service.code, version=service.version, tracking="21-050903-02-0032-7",
        received_on=DAY, party=party, code=str(asked.code or ""), plate=None,
        unchanged=example.unchanged, answers=answers, documents=(),
    )  # fmt: skip
    case = LetterCase(
        request=request, decision=decision, refusal=(), report=None, record=asked.found.record,
        head=HEAD, day=DAY, valid_until=None, authority="نمونه 1",
    )  # fmt: skip
    return replace(case, **changes)  # type: ignore[arg-type]


def letter_of(service: Service, example: Example, **changes: object) -> LetterText:
    """The letter of the example's outcome."""
    kind = KINDS[Outcome(example.outcome)]
    case = case_of(service, example, **changes)
    until = valid_until(service.letters[kind], DAY, case.request.answers, CALENDAR)
    return compose(service, kind, replace(case, valid_until=until))


def example(code: str, name: str) -> Example:
    """The service's example of that record and a letter's outcome."""
    return next(
        e for e in SHIPPED[code].examples if e.record == name and Outcome(e.outcome) in KINDS
    )


def all_text(letter: LetterText) -> str:
    """Every word of a letter."""
    rows = letter.table.rows if letter.table else ()
    cells = [cell for row in rows for cell in row]
    facts = [f"{label} {value}" for label, value in letter.facts.rows] if letter.facts else []
    head = vars(letter.head).values()
    words = [letter.addressee, letter.subject, *letter.paragraphs, *facts, *letter.closing]
    return "\n".join([*words, *letter.copies, letter.authority, *cells, *head])


def facts_of(letter: LetterText) -> dict[str, str]:
    """The block of key facts."""
    return dict(letter.facts.rows) if letter.facts else {}


@pytest.mark.parametrize(("service", "shown"), EXAMPLES, ids=NAMES)
def test_a_letter_of_each_service_and_outcome_reads_well(service: Service, shown: Example) -> None:
    letter = letter_of(service, shown)
    # A zone of the plan is named as the plan does.
    text = all_text(letter).replace("R۱", "آر")
    assert not LATIN.search(text), LATIN.findall(text)
    assert not re.search(r"  | [،؛.]|،،|،\.|مورخ [،؛.]|شمارهٔ [،؛.]|\(\)|None", text)
    for paragraph in letter.paragraphs:
        assert paragraph[-1] in ".؛:", paragraph
    # The record's day; the record's words for the property stand in every letter.
    assert "تا تاریخ ۱۴۰۵/۰۹/۰۳ است" in text
    assert "کد نوسازی " in text or not service.needs_property
    form = service.letters[KINDS[Outcome(shown.outcome)]]
    assert (letter.table is not None) is (shown.outcome == "pay" or bool(form.table))


@pytest.mark.parametrize(("service", "shown"), EXAMPLES, ids=NAMES)
def test_several_reasons_are_numbered_and_the_way_to_object_follows(
    service: Service, shown: Example
) -> None:
    letter = letter_of(service, shown)
    text = "\n".join(letter.paragraphs)
    if shown.outcome == "refuse":
        assert ("به دلایل زیر" in text) is ("\n۱) " in text) is ("\n۲) " in text)
        assert ("به دلیل زیر" in text) is not ("به دلایل زیر" in text)
    if shown.outcome != "answer":
        ways = "\n".join(letter.closing)
        assert re.search("کمیسیون تجدیدنظر|مادهٔ ۷۷|دیوان عدالت اداری", ways)


def test_the_vocabulary_is_what_a_letter_is_given() -> None:
    for service in SHIPPED.values():
        values = values_of(service, case_of(service, service.examples[0]), ())
        assert set(values) == {*PLAIN, *PARTS, *BY_FIELD}
        for name, parts in PARTS.items():
            assert set(vars(values[name])) == set(parts), name
        for name in BY_FIELD:
            assert set(vars(values[name])) == {f.key for f in service.fields} | {"body"}


def test_a_debt_letter_sums_its_table_and_says_the_amount_in_words() -> None:
    letter = letter_of(SHIPPED["no-violation"], example("no-violation", "debt"))
    assert "۲۹٬۰۰۰٬۰۰۰ ریال (بیست و نه میلیون ریال)" in letter.closing[0]
    assert letter.table is not None
    row, total = letter.table.rows
    assert row[:5] == ("۱۴۰۴", "نوسازی", "۲۸٬۲۲۸٬۰۰۰", "۷۷۲٬۰۰۰", "۲۹٬۰۰۰٬۰۰۰")
    assert all(row[5:])
    assert total == ("", "جمع کل", "۲۸٬۲۲۸٬۰۰۰", "۷۷۲٬۰۰۰", "۲۹٬۰۰۰٬۰۰۰", "", "")


def test_notes_are_said_once() -> None:
    service = SHIPPED["transfer"]
    letter = letter_of(service, example("transfer", "widening"))
    assert "\n".join(letter.paragraphs).count("در تعریض معبر") == 1
    certified = letter_of(SHIPPED["no-violation"], example("no-violation", "widening"))
    assert "مقدار ۴٫۲۰ مترمربع از عرصه در تعریض معبر قرار دارد." in certified.paragraphs


def test_owners_are_not_told_to_a_stranger() -> None:
    service, shown = SHIPPED["no-violation"], example("no-violation", "hold-known")
    asked = question(service, shown, DAY)
    own = facts_of(letter_of(service, shown))
    stranger = decide(service, replace(asked, owner_id="9990002029"))
    others = facts_of(letter_of(service, shown, decision=stranger))
    assert own["مالک"] == "فاطمه دهقان"
    assert "مالک" not in others
    assert others["کد نوسازی"] == own["کد نوسازی"]
    # An expert who found the deed in the applicant's name does not make the recorded one theirs.
    clean = example("no-violation", "clean")
    asked = replace(question(service, clean, DAY), owner_id="9990002029")
    lifted = decide(service, asked, {"standing": "سند به نام متقاضی دیده شد"})
    assert lifted.outcome is Outcome.ANSWER
    assert "مالک" not in facts_of(letter_of(service, clean, decision=lifted))


def test_an_experts_own_reasons_stand_in_place_of_the_records() -> None:
    service, shown = SHIPPED["no-violation"], example("no-violation", "demolition")
    letter = letter_of(service, shown, refusal=("نقشه مطابقت ندارد (مادهٔ ۱۰۰).", "دوم."))
    assert [p for p in letter.paragraphs if p[0] in "۱۲"] == [
        "۱) نقشه مطابقت ندارد (مادهٔ ۱۰۰).",
        "۲) دوم.",
    ]
    # The law is the one that the expert names; the service's stands only where none is named.
    assert not any("مستند:" in p for p in letter.paragraphs)
    bare = letter_of(service, shown, refusal=("نقشه آماده نیست.",))
    assert any(service.legal_basis[0] in p for p in bare.paragraphs)


def test_a_visit_that_saw_more_than_the_engineers_paper_is_what_counts() -> None:
    service, shown = SHIPPED["no-violation"], example("no-violation", "clean")
    assert facts_of(letter_of(service, shown))["مرحلهٔ ساختمانی"] == "پی"
    seen = letter_of(service, shown, report=REPORT)
    assert facts_of(seen)["وضعیت ملک در بازدید"] == "ساخته‌شده، ۱ طبقه"
    assert "پی" not in all_text(seen).split()
    bare = letter_of(service, shown, report=replace(REPORT, condition="land", floors=0))
    assert facts_of(bare)["وضعیت ملک در بازدید"] == "زمین بدون بنا"
    # What is still built is told by the paper: a visit says no more than that it is under way.
    half = letter_of(service, shown, report=replace(REPORT, condition="underway"))
    assert facts_of(half)["مرحلهٔ ساختمانی"] == "پی"


def test_a_permit_that_has_ended_is_not_told_as_if_it_held() -> None:
    service = SHIPPED["no-violation"]
    shown = next(e for e in service.examples if "permit:visit" in (e.gates or ()))
    asked = question(service, shown, DAY)
    decision = decide(service, asked, dict.fromkeys(("permit", "recent-visit"), "دیده شد"))
    record = asked.found.record
    assert record is not None
    last = Permit("4512", date(2020, 5, 1), date(2023, 5, 1))
    case = case_of(
        service, shown, decision=decision, report=REPORT, record=replace(record, permits=(last,))
    )
    told = facts_of(compose(service, LetterKind.ANSWER, case))["پروانهٔ ساختمانی"]
    assert "اعتبار آن در ۱۴۰۲/۰۲/۱۱ پایان یافته است" in told


def test_of_a_property_without_a_record_no_letter_says_that_it_owes_nothing() -> None:
    """A visit sees the building, and neither debts nor files."""
    for code in ("inquiry", "transfer"):
        service = SHIPPED[code]
        shown = next(e for e in service.examples if e.record == "clean" and e.outcome == "answer")
        case = case_of(service, shown)
        visited = replace(case.decision, cleared={"record": "ملک دیده شد."})
        seen = compose(service, LetterKind.ANSWER, replace(case, decision=visited, report=REPORT))
        lines = [line for line in all_text(seen).splitlines() if line[:1] in "۲۳"]
        told = all_text(seen)
        assert "پسماند: سابقه‌ای ثبت نشده است" in told, lines
        assert "مادهٔ ۱۰۰: سابقه‌ای ثبت نشده است" in told, lines
        known = all_text(compose(service, LetterKind.ANSWER, case))
        assert "سابقه‌ای ثبت نشده است" not in known


def test_a_sale_waits_for_the_certificate_that_a_visit_let_be_wanting() -> None:
    service = SHIPPED["transfer"]
    for name, wanted in (("no-completion", "پایان کار"), ("no-certificate", "عدم خلاف")):
        shown = next(e for e in service.examples if e.record == name and e.outcome == "visit")
        why = {"certificate": "بنا در محل دیده شد."}
        decision = decide(service, question(service, shown, DAY), why)
        assert decision.outcome is Outcome.ANSWER
        text = all_text(
            compose(service, LetterKind.ANSWER, case_of(service, shown, decision=decision))
        )
        assert f"تنظیم سند منوط به ارائهٔ گواهی {wanted} است" in text
        assert "بلامانع است" not in text
        assert "در اجرای تبصرهٔ مادهٔ ۷۴ قانون شهرداری" in text
    for shown in (e for e in service.examples if e.outcome == "answer"):
        assert "منوط به ارائهٔ گواهی" not in all_text(letter_of(service, shown))


def test_no_refusal_stands_without_a_law() -> None:
    for service, shown in EXAMPLES:
        if shown.outcome == "refuse":
            letter = letter_of(service, shown)
            laws = [p for p in letter.paragraphs if p.startswith("مستند: ")]
            assert len(laws) == 1, (service.code, shown.name)


@pytest.mark.parametrize(
    ("record", "law"),
    [
        ("outside-city", "قانون تعاریف محدوده و حریم شهر"),
        ("hold-known", "دستور شعبهٔ ۳ اجرای احکام یزد"),
    ],
)
def test_a_refusal_rests_on_the_law_of_its_reason(record: str, law: str) -> None:
    shown = [(s, e) for s, e in EXAMPLES if e.outcome == "refuse" and e.record == record]
    assert shown
    for service, example in shown:
        assert f"مستند: {law}." in letter_of(service, example).paragraphs, service.code


@pytest.mark.parametrize(
    ("of", "changes", "told"),
    [
        ("unbuilt", {"permits": ()}, "زمین بدون بنا"),
        ("clean", {"permits": (), "certificates": (COMPLETION,)}, "دارای پایان کار شمارهٔ ۷۱"),
        ("clean", {"built": Decimal(0), "permits": (), "certificates": ()}, ""),
        ("clean", {}, ""),
    ],
)
def test_what_is_not_being_built_is_at_no_stage(
    of: str, changes: dict[str, object], told: str
) -> None:
    service, shown = SHIPPED["no-violation"], example("no-violation", of)
    asked = question(service, shown, DAY)
    held = asked.found.record
    assert held is not None
    record = replace(held, **changes)  # type: ignore[arg-type]
    asked = replace(asked, found=replace(asked.found, record=record))
    decision = decide(service, asked)
    letter = letter_of(service, shown, decision=decision, record=record)
    text = all_text(letter)
    assert ("در مرحلهٔ" in text) == (not told)
    assert told in text
    assert told in facts_of(letter).get("وضعیت ملک در سوابق", "")
    # Where a visit saw that somebody builds, the engineer's paper tells how far.
    building = replace(REPORT, condition="underway", built="")
    seen = letter_of(service, shown, decision=decision, record=record, report=building)
    assert "در مرحلهٔ" in all_text(seen)
    assert "وضعیت ملک در سوابق" not in facts_of(seen)


def test_of_an_urgent_dig_the_sum_is_an_estimate() -> None:
    shown = next(e for e in SHIPPED["excavation"].examples if e.outcome == "answer")
    text = all_text(letter_of(SHIPPED["excavation"], shown))
    assert "برآورد هزینهٔ ترمیم و ودیعهٔ حفاری ۷۸٬۳۳۶٬۰۰۰ ریال است؛ مبلغ پس از پایان کار" in text


def test_a_commissions_ruling_is_told_once() -> None:
    ruling = CommissionDecided("ابقای بنا با جریمه", "99/512", date(2026, 10, 2))
    shown = example("no-violation", "clean")
    for code in ("no-violation", "minor-repairs"):
        letter = letter_of(SHIPPED[code], shown, article="100", ruling=ruling)
        (told,) = [p for p in letter.paragraphs if "کمیسیون مادهٔ ۱۰۰" in p]
        assert told == "رأی کمیسیون مادهٔ ۱۰۰ شمارهٔ ۹۹/۵۱۲ مورخ ۱۴۰۵/۰۷/۱۰: «ابقای بنا با جریمه»."
        first = replace(ruling, stage="first")
        letter = letter_of(SHIPPED[code], shown, article="100", ruling=first)
        assert any(p.startswith("رأی بدوی کمیسیون مادهٔ ۱۰۰ شمارهٔ") for p in letter.paragraphs)


def test_a_file_whose_ruling_is_final_is_not_called_open() -> None:
    ruled = all_text(letter_of(SHIPPED["no-violation"], example("no-violation", "demolition")))
    assert "پرونده با رأی قطعی و اجرانشده" in ruled
    assert "مفتوح" not in ruled


def test_a_body_is_not_told_to_complain_of_an_answer_about_anothers_property() -> None:
    shown = next(e for e in SHIPPED["inquiry"].examples if e.outcome == "refuse")
    letter = letter_of(SHIPPED["inquiry"], shown)
    assert letter.closing[0].startswith("حق اعتراض مالک: ")
    assert not any("مقدور نیست" in p for p in letter.paragraphs)


def test_what_a_person_typed_is_neither_markup_nor_template() -> None:
    service, shown = SHIPPED["no-violation"], example("no-violation", "clean")
    case = case_of(service, shown)
    sly: Mapping[str, str] = {**case.request.answers, "stage": "**پی** {{ today }}"}
    letter = letter_of(service, shown, request=replace(case.request, answers=sly))
    text = "\n".join(letter.paragraphs)
    assert "*پی* {{ today }}" in text
    assert text.count("**") == 2
    # A star alone is what was typed: «۲*۳» is no «۲۳».
    digits: Mapping[str, str] = {**case.request.answers, "stage": "پی ۲*۳"}
    letter = letter_of(service, shown, request=replace(case.request, answers=digits))
    assert "پی ۲*۳" in "\n".join(letter.paragraphs)


def test_a_letter_in_place_of_a_voided_one_says_so() -> None:
    shown = example("clearance", "settled")
    letter = letter_of(SHIPPED["clearance"], shown, replaces="1405/21/7")
    assert letter.paragraphs[-1] == (
        "این نامه جایگزین نامهٔ شمارهٔ ۱۴۰۵/۲۱/۷ است که ابطال شده و فاقد اعتبار است."
    )


def test_the_mortgage_caveat_is_a_banks() -> None:
    service = SHIPPED["inquiry"]
    bank = letter_of(service, example("inquiry", "clean"))
    agency = letter_of(service, example("inquiry", "no-certificate"))
    assert bank.addressee == "ریاست محترم بانک مسکن، شعبهٔ مرکزی یزد"
    assert "صرفاً جهت ترهین" in bank.closing[0]
    assert not any("ترهین" in p for p in (*agency.paragraphs, *agency.closing))


@pytest.mark.parametrize(
    ("kind", "body_kind", "head"),
    [
        (Applicant.NOTARY, "", "سردفتر محترم"),
        (Applicant.OWNER, "notary", "سردفتر محترم"),
        (Applicant.BANK, "", "ریاست محترم"),
        (Applicant.AGENCY, "court", "ریاست محترم"),
        (Applicant.AGENCY, "water", "مدیرعامل محترم"),
        (Applicant.OWNER, "gas", "مدیرعامل محترم"),
    ],
)
def test_whose_head_an_inquiry_is_answered_to(
    kind: Applicant, body_kind: str, head: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The words that are read may be said otherwise: nothing is known by them.
    monkeypatch.setattr(Applicant, "word", property(lambda _: "متقاضی"))
    shown = example("inquiry", "clean")
    request = case_of(SHIPPED["inquiry"], shown).request
    answers = {**request.answers, "body": "دفتر ۲۷", "body_kind": body_kind}
    asked = replace(request, party=replace(request.party, kind=kind), answers=answers)
    letter = letter_of(SHIPPED["inquiry"], shown, request=asked)
    assert letter.addressee == f"{head} دفتر ۲۷"
    assert ("ترهین" in letter.closing[0]) is (kind is Applicant.BANK)


SIR, MADAM = Honorific.SIR, Honorific.MADAM


@pytest.mark.parametrize(
    ("kind", "honorific", "words"),
    [
        (Applicant.OWNER, "", "مالک محترم، فاطمه دهقان"),
        (Applicant.OWNER, MADAM, "سرکار خانم فاطمه دهقان"),
        (Applicant.BUYER, SIR, "جناب آقای فاطمه دهقان"),
        (Applicant.TENANT, "", "مستأجر محترم، فاطمه دهقان"),
        (Applicant.SHOPKEEPER, "", "صاحب محترم سرقفلی، فاطمه دهقان"),
        # A word of a newer program is not one to print.
        (Applicant.OWNER, "doctor", "مالک محترم، فاطمه دهقان"),
        (Applicant.ATTORNEY, "", "فاطمه دهقان، وکیل محترم جواد حاتمی"),
        (Applicant.ATTORNEY, MADAM, "خانم فاطمه دهقان، وکیل محترم جواد حاتمی"),
        (Applicant.HEIR, MADAM, "خانم فاطمه دهقان، ورثهٔ محترم مرحوم جواد حاتمی"),
        (Applicant.GUARDIAN, SIR, "آقای فاطمه دهقان، ولی یا قیم محترم جواد حاتمی"),
        (Applicant.WAQF, SIR, "آقای فاطمه دهقان، متولی محترم موقوفهٔ ریگ‌آباد"),
        (Applicant.NOTARY, "", "سردفتر محترم فاطمه دهقان"),
        (Applicant.COMPANY, "", "مدیرعامل محترم فاطمه دهقان"),
        (Applicant.AGENCY, "", "ریاست محترم فاطمه دهقان"),
    ],
)
def test_who_is_addressed_and_how(kind: Applicant, honorific: str, words: str) -> None:
    shown = example("clearance", "settled")
    request = case_of(SHIPPED["clearance"], shown).request
    party = Party(kind, first_name="فاطمه", last_name="دهقان", honorific=honorific)
    if kind.represents:
        party = replace(party, represented_name="جواد حاتمی")
    # Typed with the word that the letter says anyway: it stands there once.
    answers = {**request.answers, "waqf_name": "موقوفهٔ ریگ‌آباد"}
    asked = replace(request, party=party, answers=answers)
    letter = letter_of(SHIPPED["clearance"], shown, request=asked)
    assert letter.addressee == words


@pytest.mark.parametrize(
    ("kind", "name", "whose"),
    [
        (Applicant.HEIR, "مرحوم رضا بهرامی", "ورثهٔ محترم مرحوم رضا بهرامی"),
        (Applicant.HEIR, "مرحومه زهرا بهرامی", "ورثهٔ محترم مرحوم زهرا بهرامی"),
        (Applicant.HEIR, "مرحومی رضا", "ورثهٔ محترم مرحوم مرحومی رضا"),
        (Applicant.WAQF, "موقوفه\u200cی حاج رضا", "متولی محترم موقوفهٔ حاج رضا"),
        (Applicant.WAQF, "موقوفه حاج رضا", "متولی محترم موقوفهٔ حاج رضا"),
    ],
)
def test_what_the_letter_says_of_somebody_it_says_once(
    kind: Applicant, name: str, whose: str
) -> None:
    shown = example("clearance", "settled")
    request = case_of(SHIPPED["clearance"], shown).request
    party = Party(kind, first_name="فاطمه", last_name="دهقان", represented_name=name)
    asked = replace(request, party=party, answers={**request.answers, "waqf_name": name})
    letter = letter_of(SHIPPED["clearance"], shown, request=asked)
    assert letter.addressee == f"فاطمه دهقان، {whose}"


def test_a_utility_is_a_company_and_has_a_managing_director() -> None:
    shown = example("clearance", "settled")
    request = case_of(SHIPPED["clearance"], shown).request
    party = Party(Applicant.AGENCY, first_name="", last_name="شرکت آب و فاضلاب یزد")
    letter = letter_of(SHIPPED["clearance"], shown, request=replace(request, party=party))
    assert letter.addressee == "مدیرعامل محترم شرکت آب و فاضلاب یزد"


def test_a_debt_letter_says_until_when_to_pay() -> None:
    letter = letter_of(SHIPPED["no-violation"], example("no-violation", "debt"))
    assert letter.table is not None
    assert "مهلت: تا ۱۴۰۵/۱۲/۲۷.**" in letter.closing[0]
    assert letter.paragraphs[-1].endswith("به شرح جدول زیر است.")


FORM = LetterForm(LetterKind.ANSWER, "", "", "")


@pytest.mark.parametrize(
    ("months", "validity", "day", "until"),
    [
        (6, Validity.MONTHS, "1405/09/03", "1406/03/03"),
        (6, Validity.MONTHS, "1405/06/31", "1405/12/29"),
        (6, Validity.END_OF_YEAR, "1405/09/03", "1405/12/29"),
        (6, Validity.END_OF_YEAR, "1405/02/03", "1405/08/03"),
        (0, Validity.END_OF_YEAR, "1405/12/29", "1405/12/29"),
        (0, Validity.END_OF_YEAR, "1408/01/01", "1408/12/30"),
    ],
)
def test_how_long_an_answer_holds(months: int, validity: Validity, day: str, until: str) -> None:
    form = replace(FORM, months=months, validity=validity)
    assert valid_until(form, parse_jalali(day), {}, CALENDAR) == parse_jalali(until)


@pytest.mark.parametrize(
    ("years", "until"), [("یک سال", "1406/09/03"), ("سه سال", "1408/09/03"), ("", "1406/09/03")]
)
def test_what_is_paid_for_three_years_holds_three(years: str, until: str) -> None:
    text = (resources() / "service" / "awning.toml").read_text(encoding="utf-8")
    form = load(text, "awning.toml").letters[LetterKind.ANSWER]
    assert valid_until(form, DAY, {"years": years}, CALENDAR) == parse_jalali(until)


@pytest.mark.parametrize(
    ("day", "named", "until"),
    [
        # ۲۹ اسفند ۱۴۰۵ is a holiday, and the day before it a Friday.
        ("1405/09/03", "", "1405/12/27"),
        ("1405/12/29", "", "1405/12/29"),
        ("1405/09/03", "1405/09/10", "1405/09/10"),
        ("1405/09/03", "1405/09/13", "1405/09/12"),
        ("1405/09/03", "1406/01/20", "1405/12/27"),
        ("1405/09/15", "1405/09/10", "1405/09/15"),
    ],
)
def test_what_is_owed_is_paid_on_an_open_day_and_before_the_work(
    day: str, named: str, until: str
) -> None:
    answers = {"dig_from": parse_jalali(named).isoformat() if named else ""}
    form = SHIPPED["excavation"].letters[LetterKind.DEBT]
    assert valid_until(form, parse_jalali(day), answers, CALENDAR) == parse_jalali(until)


@pytest.mark.parametrize(
    ("named", "until"),
    [("2026-12-22", "1406/10/01"), ("2026-01-01", "1406/09/03"), ("", "1406/09/03")],
)
def test_a_renewal_begins_where_the_permit_ends(named: str, until: str) -> None:
    form = replace(FORM, months=12, after="permit_until")
    assert valid_until(form, DAY, {"permit_until": named}, CALENDAR) == parse_jalali(until)


def test_a_duplicate_never_claims_what_is_not_on_file() -> None:
    service = SHIPPED["reissue"]
    held = example("reissue", "clean")
    text = all_text(letter_of(service, held))
    assert "در سوابق شهرداری ثبت است" in text
    shown = next(e for e in service.examples if e.record == "clean" and e.outcome == "visit")
    decision = decide(service, question(service, shown, DAY), {"named-paper": "در بایگانی دیده شد"})
    assert decision.outcome is Outcome.ANSWER
    text = all_text(compose(service, LetterKind.ANSWER, case_of(service, shown, decision=decision)))
    assert "در سوابق رایانه‌ای شهرداری نیست و به نظر کارشناس شهرداری: در بایگانی دیده شد" in text
    assert "اعلام نبود سابقهٔ" in text
    assert "این نامه المثنی نیست" in text.replace("**", "")
    assert "المثنای" not in text
    assert "ثبت است" not in text


def test_a_letter_says_what_goes_with_it() -> None:
    service = SHIPPED["water"]
    shown = next(e for e in service.examples if e.outcome == "answer")
    assert letter_of(service, shown).attachment == "پروندهٔ درخواست"
    assert letter_of(SHIPPED["clearance"], example("clearance", "settled")).attachment == "ندارد"


def test_a_refusal_has_no_expert_among_its_reasons() -> None:
    service = SHIPPED["completion"]
    shown = next(e for e in service.examples if e.outcome == "refuse")
    text = all_text(letter_of(service, shown))
    assert "پاسخ این خدمت با کارشناس" not in text


def test_a_letter_without_months_has_no_end() -> None:
    assert valid_until(FORM, DAY, {}, CALENDAR) is None


@given(st.dates(date(2022, 1, 1), date(2040, 1, 1)), st.integers(0, 24))
def test_with_end_of_year_nothing_outlives_esfand(day: date, months: int) -> None:
    form = replace(FORM, months=months, validity=Validity.END_OF_YEAR)
    until = valid_until(form, day, {}, CALENDAR)
    assert until is not None
    assert day <= until <= end_of_year(day)


def test_a_decision_of_another_day_keeps_its_own_record_day() -> None:
    service, shown = SHIPPED["clearance"], example("clearance", "settled")
    case = case_of(service, shown)
    decision: Decision = replace(case.decision, as_of=parse_jalali("1405/09/02"))
    letter = letter_of(service, shown, decision=decision)
    assert any("تا تاریخ ۱۴۰۵/۰۹/۰۲" in p for p in letter.paragraphs)
