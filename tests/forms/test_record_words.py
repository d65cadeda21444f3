"""Every word of the records' columns, known and unknown, at every service: what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from desktop.domain.decision import Decision, Outcome, decide
from desktop.domain.gates import Question
from desktop.domain.identifiers import RenewalCode
from desktop.domain.people import Applicant
from desktop.domain.property import (
    Article100File,
    Certificate,
    Debt,
    Hold,
    Owner,
    Permit,
    PropertyRecord,
)
from desktop.domain.record_words import WordColumn
from desktop.domain.service import Effect, Service
from desktop.domain.words import letter_reason
from desktop.forms.answers import kept_answers
from desktop.forms.shipped import shipped_city
from tests.property import found_in
from tests.shipped import SHIPPED
from tests.spelled import WORDS

DAY = date(2026, 11, 24)
OWNER = "9990001014"
CITY = shipped_city()
UNKNOWN = "نوشته‌ای که هیچ فهرستی ندارد"
LIKE_KNOWN = ("پرداخت نشده‌ها", "قولنامه‌ایی", "باغچه", "پایان‌کارها", "قطعا", "همگان")
CLEAN = PropertyRecord(
    code=RenewalCode(2, 14, 308, 27, 1),
    deed="تک‌برگ",
    land=Decimal("240.50"),
    built=Decimal("186.00"),
    use="مسکونی",
    zone="R1",
    last_visit=DAY - timedelta(days=5),
    owners=(Owner("فاطمه", "دهقان", OWNER, Decimal(6)),),
    permits=(Permit("2-1147", DAY - timedelta(days=700), DAY + timedelta(days=300)),),
    certificates=(
        Certificate("پایان کار", "977", DAY - timedelta(days=60), None),
        Certificate("عدم خلاف", "212", DAY - timedelta(days=60), DAY + timedelta(days=60)),
    ),
)
# The gates that look at each column.
LOOKING = {
    WordColumn.DEED: {"deed", "waqf"},
    WordColumn.USE: {"garden"},
    WordColumn.FILE: {"violation"},
    WordColumn.DEBT: {"debt"},
    WordColumn.SCOPE: {"hold"},
    WordColumn.CERTIFICATE: {"certificate", "named-paper"},
}


def saying(column: WordColumn, word: str) -> PropertyRecord:
    """The clean record with the word in the column."""
    match column:
        case WordColumn.DEED:
            return replace(CLEAN, deed=word)
        case WordColumn.USE:
            return replace(CLEAN, use=word)
        case WordColumn.FILE:
            return replace(CLEAN, files=(Article100File("بالکن", Decimal(3), word, 700_000),))
        case WordColumn.DEBT:
            return replace(CLEAN, debts=(Debt(1404, "نوسازی", 9_000, 0, None, word, "", ""),))
        case WordColumn.SCOPE:
            hold = Hold("شعبهٔ 3", "7", DAY - timedelta(days=9), word, None)
            return replace(CLEAN, holds=(hold,))
        case WordColumn.CERTIFICATE:
            held = tuple(replace(c, kind=word) for c in CLEAN.certificates)
            return replace(CLEAN, certificates=held)


def decided(service: Service, record: PropertyRecord) -> Decision:
    """The service's answer to an owner who wants what an example of it wants."""
    example = next(
        (e for e in service.examples if e.outcome == Outcome.ANSWER and not e.gates),
        service.examples[0],
    )
    applicant = Applicant.OWNER if Applicant.OWNER in service.applicants else Applicant.BANK
    answers = {**example.answers, "paper_number": "977"}
    question = Question(
        applicant=applicant,
        owner_id=OWNER,
        found=found_in(record, as_of=DAY),
        day=DAY,
        city=CITY,
        code=record.code,
        unchanged=True,
        answers=kept_answers(service, applicant, answers, DAY),
    )
    return decide(service, question)


@pytest.mark.parametrize("word", [UNKNOWN, *LIKE_KNOWN])
@pytest.mark.parametrize("column", WordColumn)
@pytest.mark.parametrize("code", SHIPPED)
def test_nothing_answers_and_nothing_pays_by_a_word_that_no_list_knows(
    code: str, column: WordColumn, word: str
) -> None:
    service = SHIPPED[code]
    decision = decided(service, saying(column, word))
    looking = LOOKING[column] & {use.gate for use in service.gates}
    failing = [f for f in decision.failing if f.gate in looking]
    assert all(f.effect is not Effect.PAY for f in failing)
    if not looking or column is WordColumn.CERTIFICATE:
        # Where a certificate is wanted and none of a known kind is there, it is missing.
        return
    if all(f.effect is Effect.NOTE for f in failing):
        assert failing, f"{code} says nothing of {column}"
        assert any(word in letter_reason(f) for f in failing)
        return
    assert decision.outcome not in (Outcome.ANSWER, Outcome.PAY)
    assert any(word in letter_reason(f) for f in failing)


@pytest.mark.parametrize("code", ["inquiry", "transfer"])
def test_a_certificate_of_an_unknown_kind_serves_for_none(code: str) -> None:
    gates = {
        f.gate for f in decided(SHIPPED[code], saying(WordColumn.CERTIFICATE, UNKNOWN)).failing
    }
    assert "certificate" in gates


# What comes of each meaning: the gate's effect, or nothing; a column left out is not asked.
MEANINGS: dict[WordColumn, dict[str, dict[str, str]]] = {
    WordColumn.DEED: {
        "formal": {},
        "private": {
            "no-violation": "deed:review",
            "transfer": "deed:review",
            "inquiry": "deed:note",
        },
        "none": {"no-violation": "deed:review", "transfer": "deed:review", "inquiry": "deed:note"},
        "waqf": {"no-violation": "waqf:note", "transfer": "waqf:review", "inquiry": "waqf:note"},
    },
    WordColumn.USE: {
        "garden": {"building-permit": "garden:review", "subdivision": "garden:review"},
        "other": {},
    },
    WordColumn.FILE: {
        "reported": {"no-violation": "violation:review", "inquiry": "violation:note"},
        "first-ruling": {"no-violation": "violation:review", "inquiry": "violation:note"},
        "appeal": {"no-violation": "violation:review", "inquiry": "violation:note"},
        "fine-unpaid": {"no-violation": "violation:pay", "inquiry": "violation:note"},
        "fine-paid": {},
        "demolition-due": {"no-violation": "violation:refuse", "inquiry": "violation:note"},
        "demolition-done": {},
        "acquitted": {},
    },
    WordColumn.DEBT: {
        "final": {"no-violation": "debt:pay", "clearance": "debt:pay", "inquiry": "debt:note"},
        "disputed": {"clearance": "debt:pay"},
        "settled": {},
        "instalments": {
            "no-violation": "debt:review",
            "clearance": "debt:review",
            "inquiry": "debt:note",
        },
    },
    WordColumn.SCOPE: {
        "all": {
            "no-violation": "hold:refuse",
            "transfer": "hold:refuse",
            "building-permit": "hold:refuse",
            "inquiry": "hold:note",
        },
        "transfer": {"transfer": "hold:refuse", "inquiry": "hold:note"},
        "build": {"building-permit": "hold:refuse", "inquiry": "hold:note"},
    },
}
# Services whose whole answer to a column the table tells.
WATCHED = {
    WordColumn.DEED: ("no-violation", "transfer", "inquiry"),
    WordColumn.USE: ("building-permit", "subdivision"),
    WordColumn.FILE: ("no-violation", "inquiry"),
    WordColumn.DEBT: ("no-violation", "clearance", "inquiry"),
    WordColumn.SCOPE: ("no-violation", "transfer", "building-permit", "inquiry"),
}


@pytest.mark.parametrize(
    ("column", "meaning", "word"),
    [
        (column, meaning, word)
        for column, meanings in WORDS.lists.items()
        for meaning, words in meanings.items()
        for word in words
        if column in MEANINGS
    ],
)
def test_each_known_word_does_what_it_means(column: WordColumn, meaning: str, word: str) -> None:
    spelled = (word, word.replace("ی", "ي").replace("ک", "ك"), word.replace("\u200c", " "))
    for code in WATCHED[column]:
        expected = MEANINGS[column][meaning].get(code)
        for spelling in spelled:
            decision = decided(SHIPPED[code], saying(column, spelling))
            failing = {
                f"{f.gate}:{f.effect}" for f in decision.failing if f.gate in LOOKING[column]
            }
            assert failing == ({expected} if expected else set()), (code, spelling)


def test_the_table_knows_every_meaning() -> None:
    for column, meanings in MEANINGS.items():
        assert set(meanings) == {str(meaning) for meaning in column.meanings}
    assert set(WORDS.lists) == set(WordColumn)
