"""Specimens of letters before a service is published: every way of a case, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from desktop.centre.letter_checks import LONGEST_LETTER, letter_faults
from desktop.centre.letters import compose
from desktop.centre.specimens import Specimen, specimens
from desktop.domain.calendar import format_jalali
from desktop.domain.decision import Outcome
from desktop.domain.letter import LetterKind
from desktop.domain.people import Applicant
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import LetterForm, Service
from desktop.forms.shipped import shipped_city
from tests.awning import awning
from tests.shipped import BY_SERVICE, SHIPPED, specimens_of

DAY, CITY = date(2026, 11, 24), shipped_city()


def of(code: str) -> tuple[Specimen, ...]:
    return specimens_of(code, DAY)


@pytest.mark.parametrize("code", BY_SERVICE)
@pytest.mark.slow
def test_every_letter_of_a_service_has_its_specimens(code: str) -> None:
    service = SHIPPED[code]
    found = of(code)
    # A reissue has the letter of debts that many share, and no gate that asks for money.
    never = {LetterKind.DEBT} if code == "reissue" else set()
    assert {specimen.kind for specimen in found} == set(service.letters) - never
    assert {specimen.example.name for specimen in found} == {e.name for e in service.examples}
    # Each standing that may ask gets an answer of its own somewhere.
    answered = {s.case.request.applicant for s in found if s.kind is LetterKind.ANSWER}
    assert answered == set(service.applicants)


@pytest.mark.slow
def test_a_case_goes_every_way_to_its_letter() -> None:
    found = of("no-violation")
    ways = {(specimen.kind, specimen.way) for specimen in found}
    assert ways >= {
        (LetterKind.ANSWER, ""),
        (LetterKind.REFUSAL, ""),
        (LetterKind.DEBT, ""),
        (LetterKind.ANSWER, "پس از پرداخت"),
        (LetterKind.ANSWER, "پس از بازدید"),
        (LetterKind.ANSWER, "پس از بازدید و بررسی کارشناس"),
        (LetterKind.REFUSAL, "پس از بازدید و رد کارشناس"),
        (LetterKind.ANSWER, "پس از بررسی کارشناس"),
        (LetterKind.REFUSAL, "پس از رد کارشناس"),
    }
    visited = [s for s in found if s.case.report is not None and s.kind is LetterKind.ANSWER]
    assert {"record" in s.case.decision.cleared for s in visited} == {True, False}
    texts = [" ".join(words_of(SHIPPED["no-violation"], s)) for s in visited]
    assert any("سابقه‌ای از این ملک نبود" in text for text in texts)
    assert any("و گزارش بازدید مورخ" in text for text in texts)


@pytest.mark.slow
def test_paid_sums_are_owed_no_more_and_a_commission_has_ruled() -> None:
    paid = [s for s in of("transfer") if s.way == "پس از پرداخت"]
    assert paid
    assert all(s.case.decision.outcome is Outcome.ANSWER and not s.case.decision.owed for s in paid)
    ruled = [s for s in of("land-use-change") if s.kind is LetterKind.ANSWER]
    assert all(s.case.article == "5" and s.case.ruling is not None for s in ruled)


def test_optional_answers_are_left_out_and_given() -> None:
    keys = {f.key for f in SHIPPED["excavation"].fields if not f.required and not f.formula}
    given = [set(s.case.request.answers) & keys for s in of("excavation")]
    assert set() in [part - {"utility_letter"} for part in given]
    assert any(part - {"utility_letter"} for part in given)


@pytest.mark.long
@pytest.mark.parametrize("code", SHIPPED)
def test_no_letter_that_ships_has_a_fault(code: str) -> None:
    assert letter_faults(SHIPPED[code], CITY, DAY) == []


RULED = [s for s in (*SHIPPED.values(), awning()) if any(use.rule for use in s.gates)]


@pytest.mark.slow
@pytest.mark.parametrize("service", RULED, ids=lambda service: service.code)
def test_a_rule_is_told_where_it_fails_and_nowhere_else(service: Service) -> None:
    """A letter that says of a sound wall that it is too high costs somebody the wall."""
    held, failed = 0, 0
    for specimen in specimens(service, CITY, DAY):
        text = " ".join(words_of(service, specimen))
        for finding in specimen.case.decision.findings:
            if "letter" not in finding.values or finding.gate in specimen.case.decision.cleared:
                continue
            said = to_persian_digits(str(finding.values["letter"])).rstrip(".") in text
            assert not (said and finding.passed), (specimen.example.name, specimen.way)
            held, failed = held + finding.passed, failed + said
    assert held
    # What ships leaves its rules to an expert, whose own words the letter has.
    assert bool(failed) is (service.code == "awning")


@pytest.mark.slow
def test_a_letter_calls_who_asks_by_his_standing_and_says_once_until_when_it_holds() -> None:
    service, standings = awning(), set[Applicant]()
    for specimen in specimens(service, CITY, DAY):
        if specimen.kind is not LetterKind.ANSWER:
            continue
        text = compose(service, specimen.kind, specimen.case)
        applicant, until = specimen.case.request.applicant, specimen.case.valid_until
        if applicant.holds:
            assert text.addressee.startswith(
                {"tenant": "مستأجر محترم", "shopkeeper": "صاحب محترم سرقفلی"}[applicant]
            )
            assert "مالک محترم" not in " ".join((text.addressee, *text.paragraphs))
        assert until is not None
        whole = " ".join((*text.paragraphs, *text.closing))
        assert whole.count(format_jalali(until)) == 1
        standings.add(applicant)
    assert {Applicant.TENANT, Applicant.SHOPKEEPER} <= standings


def changed(code: str, kind: LetterKind, old: str, new: str) -> Service:
    """The shipped service with other words in one letter, in the part that holds them."""
    service = SHIPPED[code]
    form = service.letters[kind]
    part = part_with(form, old)
    text = getattr(form, part).replace(old, new, 1)
    return replace(service, letters={**service.letters, kind: replace(form, **{part: text})})


def part_with(form: LetterForm, words: str) -> str:
    (part,) = (part for part in ("body", "closing") if words in getattr(form, part))
    return part


def words_of(service: Service, specimen: Specimen) -> tuple[str, ...]:
    text = compose(service, specimen.kind, specimen.case)
    return (*text.paragraphs, *text.closing)


def told(service: Service) -> Iterator[tuple[LetterKind, str, int]]:
    for fault in letter_faults(service, CITY, DAY):
        yield fault.kind, fault.part, fault.line


BASIS = "{{ basis }}"
A, R, D = LetterKind.ANSWER, LetterKind.REFUSAL, LetterKind.DEBT


@pytest.mark.parametrize(
    ("code", "kind", "new", "words"),
    [
        # Only one who has a permit, was visited, is owner of a record, asks in that standing …
        ("clearance", A, "پروانهٔ {{ permit.number }} است. {{ basis }}", "permit.number"),
        pytest.param(
            "clearance",
            A,
            "بازدید {{ visit.date }} است. {{ basis }}",
            "visit.date",
            marks=pytest.mark.long,
        ),
        pytest.param(
            "clearance",
            A,
            "مالک {{ owner.names }} است. {{ basis }}",
            "owner.names",
            marks=pytest.mark.long,
        ),
        pytest.param(
            "clearance",
            A,
            "کاربری {{ property.use }} است. {{ basis }}",
            "property.use",
            marks=pytest.mark.long,
        ),
        pytest.param(
            "clearance",
            A,
            "پلاک {{ property.plate }} است. {{ basis }}",
            "property.plate",
            marks=pytest.mark.long,
        ),
        pytest.param(
            "clearance",
            A,
            "رأی {{ commission.number }} است. {{ basis }}",
            "commission.number",
            marks=pytest.mark.long,
        ),
        ("transfer", A, "قطعهٔ {{ fields.lot }} است. {{ basis }}", "fields.lot"),
        pytest.param(
            "transfer",
            R,
            "قطعهٔ {{ fields.lot }} است. {{ basis }}",
            "fields.lot",
            marks=pytest.mark.long,
        ),
        pytest.param(
            "transfer",
            D,
            "سهم {{ fields.share }} است. {{ basis }}",
            "fields.share",
            marks=pytest.mark.long,
        ),
        ("no-violation", A, "اعتبار ({{ permit.until }}) است. {{ basis }}", "permit.until"),
        ("clearance", D, "{% if permit.number %}{{ basis }}{% endif %}", "{{ basis }} نمی‌آید"),
        ("clearance", A, "{{ basis }} این () است.", "در میان ندارد"),
        pytest.param("clearance", A, "** {{ basis }} **", "چسبیده", marks=pytest.mark.long),
        ("clearance", A, "{{ basis }}" + " و بار دیگر" * 200, "۲۰۰۰ نویسه"),
    ],
)
@pytest.mark.slow
def test_a_fault_in_a_letter_is_found_and_told_once(
    code: str, kind: LetterKind, new: str, words: str
) -> None:
    faults = letter_faults(changed(code, kind, BASIS, new), CITY, DAY)
    form = SHIPPED[code].letters[kind]
    part = part_with(form, BASIS)
    assert [words in fault.words for fault in faults] == [True]
    # What is missing, or too long, is told of the letter as a whole.
    assert (faults[0].kind, faults[0].part) in ((kind, part), (kind, "body"))
    text = getattr(form, part)
    assert faults[0].line in (text[: text.index(BASIS)].count("\n") + 1, 1)
    assert faults[0].words.startswith("در نامهٔ نمونهٔ «")


CERTIFIED = "بدین‌وسیله گواهی می‌شود"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "words"),
    [
        # A fact that nothing is known of is left out; one with words around it leaves a hole.
        ("| پروانه: {{ permit.number }}", ""),
        ("| پروانه: {% if permit.number %}شمارهٔ {{ permit.number }}{% endif %}", ""),
        ("| پروانه: شمارهٔ {{ permit.number }}", "{{ permit.number }} خالی است"),
        ("| پروانهٔ ملک", "«| برچسب: مقدار»"),
        ("| {{ service.title }}", "«| برچسب: مقدار»"),
        # As facts are written, but a law has no label: the row would be in no letter.
        ("| {{ legal_basis }}", "«| برچسب: مقدار»"),
    ],
)
def test_a_fact_has_its_label_and_its_value_or_is_left_out(line: str, words: str) -> None:
    service = changed("clearance", A, CERTIFIED, f"{line}\n\n{CERTIFIED}")
    faults = letter_faults(service, CITY, DAY)
    body = service.letters[A].body
    assert [(fault.line, words in fault.words) for fault in faults] == (
        [(body[: body.index(line)].count("\n") + 1, True)] if words else []
    )


@pytest.mark.slow
@pytest.mark.parametrize("place", [CERTIFIED, BASIS])
def test_facts_stand_by_themselves_and_in_the_body(place: str) -> None:
    faults = letter_faults(changed("clearance", A, place, f"| الف: ب\n{place}"), CITY, DAY)
    assert ["در بندی جداگانه" in fault.words for fault in faults] == [True]


@pytest.mark.slow
def test_a_value_alone_in_its_paragraph_may_be_empty() -> None:
    alone = changed("clearance", A, BASIS, f"{{{{ permit.number }}}}\n\n{BASIS}")
    assert list(told(alone)) == []


@pytest.mark.slow
def test_an_applicant_of_one_standing_alone_shows_a_fault() -> None:
    service = changed("clearance", A, BASIS, "سمت {{ fields.agent_post }}. {{ basis }}")
    (fault,) = letter_faults(service, CITY, DAY)
    assert "fields.agent_post" in fault.words
    # It is asked of a company, so where only companies ask it is always there.
    examples = tuple(replace(e, applicant=Applicant.COMPANY) for e in service.examples)
    companies = replace(service, applicants=(Applicant.COMPANY,), examples=examples)
    assert letter_faults(companies, CITY, DAY) == []


@pytest.mark.long
def test_what_ships_is_half_as_long_as_a_letter_may_be() -> None:
    longest = max(
        sum(map(len, words_of(service, s)))
        for service in (SHIPPED["inquiry"], SHIPPED["transfer"])
        for s in specimens(service, CITY, DAY)
    )
    assert LONGEST_LETTER / 4 < longest < LONGEST_LETTER / 1.8
