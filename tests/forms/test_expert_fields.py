"""Fields that the expert enters: their faults, what waits for them, examples after him."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.decision import decide
from desktop.domain.gates import AWAITED
from desktop.domain.people import Applicant
from desktop.domain.service import Effect
from desktop.domain.words import letter_reason, objection, reasons_of, tell_all
from desktop.forms.answers import Filled, check, kept_answers, read_entered
from desktop.forms.blocks import expand
from desktop.forms.charges import charge_faults, placed
from desktop.forms.examples import failing, question, run
from desktop.forms.faults import FaultyFile
from desktop.forms.loader import load
from tests.awning import FILE, ROWS, awning
from tests.plain_service import NAME, plain_text
from tests.shipped import CITY

DAY = date(2026, 11, 24)
TABLES = """
[[field]]
key = "height"
label = "ارتفاع"
kind = "metres"

[[field]]
key = "kind"
label = "گونه"
kind = "choice"
choices = ["ساده", "ویژه"]
by = "expert"
required = true

[[field]]
key = "worth"
label = "ارزش"
kind = "money"
by = "expert"
when = { kind = "ویژه" }
least = 1000
required = true

[[field]]
key = "due"
label = "عوارض"
kind = "money"
by = "expert"
formula = "worth * height / 10"

[[field]]
key = "seen_on"
label = "روز دیدن"
kind = "date"
by = "expert"
not_after_today = true

[[check]]
holds = "worth < 1000000"
field = "worth"
words = "ارزش از یک میلیون ریال کمتر است."

[[tariff]]
key = "due"
title = "عوارض ویژه"
purse = "municipality"
amount = "due"
"""
GATES = (
    '"expert", { use = "charge", charges = ["due"], when = { kind = "ویژه" } }, '
    '{ use = "rule", key = "tall", fails = "height > 3 and worth > 5000", effect = "refuse", '
    'title = "بلندی", seen = "بلند است", passes = "کوتاه است", letter = "بلند است." }'
)
EXAMPLES = """
[[example]]
name = "نزد کارشناس"
record = "clean"
outcome = "review"
answers = { height = "2" }

[[example]]
name = "پس از کارشناس"
record = "clean"
outcome = "pay"
answers = { height = "2" }
expert = { kind = "ویژه", worth = "900000" }
gates = ["charge:pay"]
"""
TEXT = plain_text(TABLES, gates=GATES, example=EXAMPLES)
SERVICE = load(TEXT, NAME)


def test_the_counter_asks_for_none_of_it() -> None:
    assert [field.key for field in SERVICE.asked_fields({})] == ["height"]
    filled = Filled(Applicant.OWNER, {}, answers={"height": "2", "kind": "ویژه", "worth": "5"})
    checked = check(SERVICE, filled, DAY)
    assert checked.answers == {"height": "2.00"}
    assert not {"kind", "worth", "due"} & {fault.field for fault in checked.faults}
    assert kept_answers(SERVICE, Applicant.OWNER, filled.answers, DAY) == {"height": "2.00"}


@pytest.mark.parametrize(
    ("entered", "kept", "faults"),
    [
        ({"kind": "ساده"}, {"kind": "ساده"}, []),
        ({"kind": "ساده", "worth": "5"}, {"kind": "ساده"}, []),
        ({}, {}, ["kind"]),
        ({"kind": "ویژه"}, {"kind": "ویژه"}, ["worth"]),
        ({"kind": "ویژه", "worth": "999"}, {"kind": "ویژه"}, ["worth"]),
        (
            {"kind": "ویژه", "worth": "۲۰٬۰۰۳", "seen_on": "۱۴۰۵/۰۹/۰۳"},
            {"kind": "ویژه", "worth": "20003", "due": "4001", "seen_on": "2026-11-24"},
            [],
        ),
        (
            {"kind": "ویژه", "worth": "2000000"},
            {"kind": "ویژه", "worth": "2000000", "due": "400000"},
            ["worth"],
        ),
        ({"kind": "ساده", "seen_on": "1405/09/04"}, {"kind": "ساده"}, ["seen_on"]),
    ],
)
def test_what_the_expert_enters_is_checked_as_any_answer_is(
    entered: dict[str, str], kept: dict[str, str], faults: list[str]
) -> None:
    conditions = {"height": "2.00", "applicant": "owner", "record": "found"}
    read, told_ = read_entered(SERVICE, conditions, entered, DAY)
    assert (read, [fault.field for fault in told_]) == (kept, faults)


def test_an_answer_that_nobody_can_read_stops_no_expert() -> None:
    conditions = {"height": "بلند", "applicant": "owner", "record": "found", "body": "x"}
    entered = {"kind": "ویژه", "worth": "20000"}
    assert read_entered(SERVICE, conditions, entered, DAY) == (entered, [])


def test_what_rests_on_the_value_waits_for_it_and_refuses_nobody_before() -> None:
    # The charge's own condition is the expert's to say, so it is not asked yet.
    asked = question(SERVICE, replace(SERVICE.examples[0], answers={"height": "9"}), DAY, CITY)
    decision = decide(SERVICE, asked)
    assert failing(decision) == ("expert:review", "tall:review")
    waiting = next(f for f in decision.failing if f.gate == "tall")
    assert (waiting.code, waiting.effect) == (AWAITED, Effect.REVIEW)
    row = next(row for row in tell_all(decision) if row.gate == "tall")
    assert row.condition == "بلندی: پس از نظر کارشناس"
    assert row.seen == "پس از ثبت ارزش توسط کارشناس محاسبه می‌شود"
    cleared = decide(SERVICE, asked, {"expert": "دیده شد", "tall": "دیده شد"})
    assert failing(cleared) == ("tall:review",), "what waits is not cleared away"


def test_what_waits_is_no_reason_of_a_negative_letter_where_there_is_another() -> None:
    outside = replace(SERVICE.examples[0], record="outside-city", answers={"height": "9"})
    refused = decide(SERVICE, question(SERVICE, outside, DAY, CITY))
    assert failing(refused) == ("expert:review", "outside-city:refuse", "tall:review")
    assert [reason.gate for reason in reasons_of(refused)] == ["outside-city"]
    (waiting,) = [finding for finding in refused.failing if finding.code == AWAITED]
    assert letter_reason(waiting) == "پاسخ این خدمت با کارشناس شهرسازی است."
    assert objection(refused, CITY.objections)


def test_after_the_expert_everything_is_asked_with_his_values() -> None:
    tall = replace(SERVICE.examples[0], answers={"height": "9"})
    for worth, gates in (("6000", ("charge:pay", "tall:refuse")), ("4000", ("charge:pay",))):
        entered = {"kind": "ویژه", "worth": worth}
        asked = question(SERVICE, tall, DAY, CITY, entered)
        assert failing(decide(SERVICE, asked, {"expert": "دیده شد"})) == gates
    simple = question(SERVICE, tall, DAY, CITY, {"kind": "ساده"})
    # Of a plain one the worth is never said: what rests on it is a person's.
    assert failing(decide(SERVICE, simple, {"expert": "دیده شد"})) == ("tall:review",)


def test_examples_after_the_expert_are_run() -> None:
    assert run(SERVICE, DAY, CITY) == []
    for old, new, word in (
        ('worth = "900000"', 'worth = "1000"', "«answer» شد"),
        ('outcome = "pay"', 'outcome = "review"', "«pay» شد"),
        ('gates = ["charge:pay"]', "gates = []", "دلیل‌ها جز آن"),
        ('"clean"\noutcome = "pay"', '"outside-city"\noutcome = "pay"', "به کارشناس نمی‌رسد"),
    ):
        (fault,) = run(load(TEXT.replace(old, new, 1), NAME), DAY, CITY)
        assert (fault.number, word in fault.words) == (1, True)


# (what stands in the file, what is put in its place, where the fault is, its key, a word of it)
FAULTS = [
    ('by = "expert"\nrequired', 'by = "clerk"\nrequired', 'by = "clerk"', "field[2].by", "expert"),
    ('"expert", {', '"standing", {', 'by = "expert"', "field[2].by", "دروازهٔ «expert»"),
    (
        '"expert", {',
        '{ use = "expert", when = { height = "2" } }, {',
        'by = "expert"',
        "field[2].by",
        "دروازهٔ «expert»",
    ),
    (
        '"expert", {',
        '{ use = "expert", effect = "note" }, {',
        'by = "expert"',
        "field[2].by",
        "دروازهٔ «expert»",
    ),
    (
        'label = "ارتفاع"\n',
        'label = "ارتفاع"\nwhen = { kind = "ویژه" }\n',
        "when = { kind",
        "field[1].when.kind",
        "پیش از او",
    ),
    ('by = "expert"\nformula', "formula", 'formula = "worth', "field[4].formula", "به این فیلد هم"),
    (
        'by = "expert"\nnot_after',
        'by = "expert"\nrecord = "last_visit"\nnot_after',
        'record = "last_visit"',
        "field[5].record",
        "از سوابق نیست",
    ),
    (
        "least = 1000\nrequired = true",
        "least = 1000",
        'formula = "worth',
        "field[4].formula",
        "خالی بگذارد",
    ),
    (
        "expert = { kind",
        'expert = { height = "2", kind',
        "expert = {",
        "example[2].expert.height",
        "کارشناس چنین فیلدی ندارد",
    ),
    (
        'answers = { height = "2" }',
        'answers = { kind = "ساده" }',
        "answers = { kind",
        "example[1].answers.kind",
        "فرم چنین فیلدی ندارد",
    ),
    ('worth = "900000"', 'worth = "9"', "expert = {", "example[2].expert.worth", "دست‌کم"),
]


@pytest.mark.parametrize(("old", "new", "place", "key", "word"), FAULTS)
def test_a_fault_is_told_with_its_line(old: str, new: str, place: str, key: str, word: str) -> None:
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    with pytest.raises(FaultyFile) as faulty:
        load(text, NAME)
    found = {fault.key: fault for fault in faulty.value.file_faults}
    assert key in found, [fault.words for fault in found.values()]
    line = text[: text.index(place, text.index("[[field]]"))].count("\n") + 1
    assert (found[key].line, word in found[key].advice) == (line, True)


def test_a_sum_that_rests_on_what_may_be_left_empty_is_told() -> None:
    text = TEXT.replace('amount = "due"', 'amount = "days(seen_on, today) * 5000"')
    (fault,) = placed(charge_faults(load(text, NAME), CITY), expand(text, NAME).text, NAME)
    assert fault.key == "tariff[1].amount"
    assert "«seen_on» را کارشناس می‌تواند خالی بگذارد" in fault.advice


def test_the_sample_file_is_short_and_right() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert text.count("\n") < 200
    service = awning()
    assert list(charge_faults(service, CITY)) == []
    assert run(service, DAY, CITY) == []
    answers = {"awnings": ROWS, "years": "سه سال"}
    kept = kept_answers(service, Applicant.TENANT, answers, DAY)
    assert (kept["surface"], kept["yearly"]) == ("6.52", "1357610")
