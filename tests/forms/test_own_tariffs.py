"""A service's own tariffs and rates: what they give, and every fault with its line and key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.authoring.checking import check
from desktop.authoring.holding import Holding
from desktop.domain.city import City
from desktop.domain.decision import Decision, Outcome, decide
from desktop.domain.fees import fee
from desktop.domain.formula import Formula
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.domain.tariff import Purse, Tariff
from desktop.forms import examples
from desktop.forms.blocks import expand
from desktop.forms.charges import charge_faults, placed
from desktop.forms.examples import question, run
from desktop.forms.faults import FaultyFile
from desktop.forms.loader import load
from tests.plain_service import NAME, plain_text
from tests.shipped import CITY

DAY = date(2026, 11, 24)
TABLES = """
[[field]]
key = "cover"
label = "پوشش"
kind = "choice"
choices = [
    { value = "cloth", label = "پارچه" },
    { value = "چوب", label = "چوب" },
]
required = true

[[field]]
key = "declared_land"
label = "عرصهٔ اظهاری"
kind = "area"

[[tariff]]
key = "awning"
title = "عوارض سایه‌بان"
purse = "municipality"
amount = "first(record.land, declared_land) * awning[cover]"

[[tariff]]
key = "awning-visit"
title = "بازدید سایه‌بان"
purse = "municipality"
amount = "1250000"

[rates.awning]
cloth = 12300
"چوب" = 45600
"""
EXAMPLE = """
[[example]]
name = "سایه‌بان پارچه‌ای"
record = "clean"
outcome = "pay"
answers = { cover = "cloth" }
gates = ["charge:pay"]
"""
PLAIN = plain_text(
    TABLES,
    gates='"standing", { use = "charge", charges = ["awning"] }',
    example=EXAMPLE,
).replace('office = "office"', 'office = "office"\nvisit = "awning-visit"')


def awning(old: str = "", new: str = "") -> str:
    """The file's text, changed in one place."""
    assert old in PLAIN
    return PLAIN.replace(old, new, 1)


def decided(own: Service, city: City, **answers: str) -> Decision:
    """What the file's example would be answered with these answers."""
    example = replace(own.examples[0], answers=answers)
    return decide(own, question(own, example, DAY, city))


def tariff(key: str, amount: str) -> Tariff:
    return Tariff(key, "عوارض سایه‌بان", Purse.MUNICIPALITY, Formula(amount))


def with_tariff(key: str, amount: str) -> City:
    """The city in which the municipality has published that one too."""
    return replace(CITY, tariffs={**CITY.tariffs, key: tariff(key, amount)})


def visit_fee(own: Service, city: City) -> int:
    charged = fee(own, city, "visit")
    return charged.amount if charged else 0


@pytest.mark.parametrize(
    ("cover", "amount", "how"),
    [("cloth", 2_958_000, "۲۴۰٫۵ × ۱۲٬۳۰۰"), ("چوب", 10_967_000, "۲۴۰٫۵ × ۴۵٬۶۰۰")],
)
def test_a_gate_asks_what_the_files_own_tariff_gives(cover: str, amount: int, how: str) -> None:
    decision = decided(load(PLAIN, NAME), CITY, cover=cover)
    assert decision.outcome is Outcome.PAY
    # 240.50 m² of the record, rounded once, to what a bill carries.
    (owed,) = decision.owed
    told = (owed.key, owed.title, owed.amount, owed.how)
    assert told == ("awning", "عوارض سایه‌بان", amount, how)


def test_without_a_record_what_was_declared_counts_and_without_both_a_person_looks() -> None:
    own = load(awning('record = "clean"', 'record = "none"'), NAME)
    declared = decided(own, CITY, cover="cloth", declared_land="100")
    assert [owed.amount for owed in declared.owed] == [1_230_000]
    silent = decided(own, CITY, cover="cloth")
    assert "charge:review" in {f"{f.gate}:{f.effect}" for f in silent.failing}
    assert not silent.owed


def test_what_the_municipality_publishes_of_the_same_name_stands_before_it() -> None:
    own = load(PLAIN, NAME)
    dearer = decided(own, with_tariff("awning", "record.land * 20000"), cover="cloth")
    assert [owed.amount for owed in dearer.owed] == [4_810_000]
    assert visit_fee(own, CITY) == 1_250_000
    assert visit_fee(own, with_tariff("awning-visit", "3000000")) == 3_000_000


def test_a_sum_that_no_bill_carries_is_a_persons() -> None:
    own = load(awning("* awning[cover]", "* awning[cover] * 999999999999"), NAME)
    decision = decided(own, CITY, cover="cloth")
    assert [(f.gate, f.code) for f in decision.failing] == [("charge", "unknown")]


def line_of(text: str, part: str) -> int:
    """The line, from 1, of the first place where the part stands."""
    return text[: text.index(part)].count("\n") + 1


# (what stands in the file, what is put in its place, where the fault is, its key, a word of it)
BY_ITSELF = [
    (
        '"awning-visit"\ntitle',
        '"awning"\ntitle',
        '"awning"\ntitle = "باز',
        "tariff[2].key",
        "دو بار",
    ),
    ('visit = "awning-visit"\n', "", 'key = "awning-visit"', "tariff[2].key", "نه [fees]"),
    (
        'charges = ["awning"]',
        'charges = ["awnin"]',
        'key = "awning"',
        "tariff[1].key",
        "شاید «awnin»",
    ),
    ("awning[cover]", "awning[cover", "amount", "tariff[1].amount", "خوانده نمی‌شود"),
    ("* awning[cover]", "* 12300", "[rates.awning]", "rates.awning", "هیچ تعرفه‌ای"),
    ("cloth = 12300", "cloth = -5", "cloth = -5", "rates.awning.cloth", "بزرگ‌تر"),
    ('purse = "municipality"', 'purse = "bank"', 'purse = "bank"', "tariff[1].purse", "office"),
    ('title = "عوارض سایه‌بان"\n', "", "[[tariff]]", "tariff[1].title", "لازم"),
]
IN_THE_CITY = [
    (
        'charges = ["awning"]',
        'charges = ["awning", "soil"]',
        "gate = ",
        "gate[2].charges",
        "«soil»",
    ),
    ('office = "office"', 'office = "gold"', "office", "fees.office", "«gold»"),
    ("declared_land) * awning", "declared) * awning", "amount", "tariff[1].amount", "«declared»"),
    ("awning[cover]", "awning[declared_land]", "amount", "tariff[1].amount", "باید متن"),
    (" * awning[cover]", " > awning[cover]", "amount", "tariff[1].amount", "عدد نمی‌دهد"),
    ("1250000", "declared_land * 5", 'amount = "decl', "tariff[2].amount", "«declared_land»"),
    ("1250000", "awnin[cover]", 'amount = "awnin', "tariff[2].amount", "پیش از هر پاسخی"),
    ("1250000", "-1250000", 'amount = "-1', "tariff[2].amount", "از صفر کمتر"),
    ("1250000", "0 * 5 - 1", 'amount = "0', "tariff[2].amount", "از صفر کمتر"),
    ("1250000", "5 / 0.0", 'amount = "5', "tariff[2].amount", "تقسیم بر صفر"),
    ("cloth = 12300\n", "", 'amount = "first', "tariff[1].amount", "«پارچه» (cloth)"),
    ('purse = "municipality"', 'purse = "office"', "gate = ", "gate[2].charges", "صندوق دفتر"),
]


@pytest.mark.parametrize(("old", "new", "place", "key", "word"), BY_ITSELF)
def test_a_fault_of_a_tariff_is_told_when_the_file_is_read(
    old: str, new: str, place: str, key: str, word: str
) -> None:
    text = awning(old, new)
    with pytest.raises(FaultyFile) as told:
        load(text, NAME)
    found = {fault.key: fault for fault in told.value.file_faults}
    assert key in found, list(found)
    assert (found[key].line, word in found[key].advice) == (line_of(text, place), True)


@pytest.mark.parametrize(("old", "new", "place", "key", "word"), IN_THE_CITY)
def test_a_fault_against_the_citys_figures_has_its_line_too(
    old: str, new: str, place: str, key: str, word: str
) -> None:
    text = awning(old, new)
    told = placed(charge_faults(load(text, NAME), CITY), expand(text, NAME).text, NAME)
    assert [(fault.key, fault.line) for fault in told] == [(key, line_of(text, place))]
    assert word in told[0].advice


def test_a_name_of_the_municipalitys_is_not_to_be_had_twice() -> None:
    held = load(PLAIN, NAME)
    assert list(charge_faults(held, CITY)) == []
    city = replace(with_tariff("awning", "5"), rates={**CITY.rates, "awning": {}})
    key, rates = charge_faults(held, city)
    assert "نام دیگری بگذارید" in key.words
    told = placed([key, rates], expand(PLAIN, NAME).text, NAME)
    assert [fault.key for fault in told] == ["tariff[1].key", "rates.awning"]
    # A price that was published for a version in force is the service's own.
    assert list(charge_faults(held, with_tariff("awning", "5"), held)) == []


def in_check(text: str, tmp_path: Path) -> list[str]:
    """What `check` tells of a file with this text."""
    path = tmp_path / NAME
    path.write_text(text, encoding="utf-8")
    (checked,) = check([path], Holding({}, CITY), DAY)
    return [fault.words for fault in checked.faults]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('charges = ["awning"]', 'charges = ["awning", "soil"]', "«review» شد"),
        ("cloth = 12300", "cloth = 0", "«answer» شد"),
        ('gates = ["charge:pay"]', "gates = []", "دلیل‌ها جز آن است"),
    ],
)
def test_an_example_that_comes_out_otherwise_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, word: str
) -> None:
    text = awning(old, new)
    line = to_persian_digits(line_of(text, "[[example]]"))
    place = f"{NAME}، سطر {line}، example[1]: نمونهٔ «سایه‌بان پارچه‌ای» "
    (told,) = (words for words in in_check(text, tmp_path) if words.startswith(place))
    assert word in told


@pytest.mark.parametrize("bug", [KeyError("gold"), TypeError("x"), ZeroDivisionError("x")])
def test_whatever_stops_an_example_is_told_as_its_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bug: Exception
) -> None:
    def stopped(*_: object) -> Decision:
        raise bug

    monkeypatch.setattr(examples, "decide", stopped)
    (told,) = (words for words in in_check(PLAIN, tmp_path) if "example[1]" in words)
    assert "حساب نمی‌شود" in told


@pytest.mark.parametrize(
    "city",
    [
        replace(CITY, districts=(11, 12), where={}, parcels={"M7": 500}, bill_bodies=(417,)),
        replace(CITY, districts=(3,), where={3: "همین‌جا", 9: "آنجا"}, record_age_days=400),
        City(),
    ],
)
def test_examples_stand_on_whatever_figures_the_municipality_has(city: City) -> None:
    records = ("clean", "stale", "outside-city", "debt", "clean-unit", "none")
    outcomes = ("answer", "review", "refuse", "pay", "answer", "visit")
    shown = [
        EXAMPLE.replace("سایه‌بان پارچه‌ای", record)
        .replace('record = "clean"', f'record = "{record}"')
        .replace('outcome = "pay"', f'outcome = "{outcome}"')
        for record, outcome in zip(records, outcomes, strict=True)
    ]
    plain = "".join(example.replace('gates = ["charge:pay"]\n', "") for example in shown)
    text = plain_text(TABLES.partition("[[tariff]]")[0], gates='"standing", "debt"', example=plain)
    assert run(load(text, NAME), DAY, city) == []
