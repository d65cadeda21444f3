"""What a service file would get wrong without a word: each is told, on its key, with what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.actions import service_files
from desktop.centre.examining import examined
from desktop.domain.calendar import LAST_DAY, parse_jalali
from desktop.domain.decision import decide
from desktop.domain.service import GateUse
from desktop.forms.blocks import expand, shared_from
from desktop.forms.examples import decided, question
from desktop.forms.faults import FaultyFile
from desktop.forms.loader import load
from desktop.forms.neighbours import link_faults
from desktop.forms.values import fault_of_value
from desktop.settings import resources
from desktop.wire.services import ServiceAsk
from tests.plain_service import NAME, plain_text
from tests.shipped import CITY, SHIPPED

DAY = date(2026, 11, 24)
AWNING = (resources() / "service" / "awning.toml").read_text(encoding="utf-8")
ANSWERS = """
[[field]]
key = "level"
label = "طبقه"
kind = "choice"
choices = ["طبقهٔ ۱", "طبقهٔ ۲"]
required = true

[[field]]
key = "agreed"
label = "پذیرفت"
kind = "tick"

[[field]]
key = "several"
label = "چند"
kind = "choices"
choices = ["الف", "ب"]

[[field]]
key = "mobile"
label = "همراه"
kind = "mobile"
"""
RULE = (
    '{{ use = "rule", key = "high", fails = "{fails}", effect = "refuse", title = "طبقه", '
    'seen = "دیده شد", passes = "دیده شد", letter = "پذیرفته نیست." }}'
)
TARIFF = """
[[tariff]]
key = "by-level"
title = "عوارض"
purse = "municipality"
amount = "1000000 if level == 'طبقهٔ ۲' else 9000000"
"""
LEVEL = """
[[example]]
name = "بی‌مانع"
record = "clean"
outcome = "refuse"
answers = { level = "طبقهٔ ۲" }
"""


def told(text: str, name: str = NAME) -> dict[str, str]:
    """The faults of the file's text by key; empty for one that is in order."""
    try:
        load(text, name)
    except FaultyFile as no:
        return {fault.key: fault.advice for fault in no.file_faults}
    return {}


def ruled(fails: str, tables: str = ANSWERS) -> str:
    """A file with a rule of its own."""
    return plain_text(tables, gates=f'"standing", {RULE.format(fails=fails)}', example=LEVEL)


def awning(old: str, new: str) -> str:
    assert AWNING.count(old) == 1, old
    return AWNING.replace(old, new)


@pytest.mark.parametrize("fails", ["level == 'طبقهٔ ۲'", "level in ['طبقهٔ ۲']", "'طبقهٔ 2' == level"])
def test_a_formula_compares_as_answers_are_kept(fails: str) -> None:
    own = load(ruled(fails), NAME)
    decision = decide(own, question(own, own.examples[0], DAY, CITY))
    assert [(f.gate, f.code) for f in decision.failing] == [("high", "fails")]


def test_a_tariff_compares_as_answers_are_kept() -> None:
    gates = '"standing", { use = "charge", charges = ["by-level"] }'
    own = load(plain_text(f"{ANSWERS}{TARIFF}", gates=gates, example=LEVEL), NAME)
    assert decide(own, question(own, own.examples[0], DAY, CITY)).amount == 1_000_000


@pytest.mark.parametrize(
    ("fails", "words"),
    [
        ("level == 'طبقه ۲'", "شاید «طبقهٔ 2»"),
        ("level != 'طبقه'", "هیچ‌گاه"),
        ("level in ['طبقهٔ ۱', 'بام']", "«level» هیچ‌گاه «بام» نیست"),
        ("'بام' == level", "هیچ‌گاه"),
        ("first(level, agreed) == 'بام'", "هیچ‌گاه"),
        ("level == ('بام' if agreed == 'yes' else 'طبقهٔ ۱')", "هیچ‌گاه"),
        ("agreed == 'true'", "هست: no، yes"),
        ("agreed == ''", "هست: no، yes"),
        ("applicant == 'ownr'", "شاید «owner»"),
        ("several == 'ب,الف'", "چنین نگه داشته می‌شود: «الف,ب»"),
        ("mobile == '0913'", "همراه"),
    ],
)
def test_what_an_answer_never_is_is_told_where_a_formula_compares(fails: str, words: str) -> None:
    assert words in told(ruled(fails))["gate[2].fails"]


@pytest.mark.parametrize(
    "fails",
    [
        "level == ''",
        "first(level, agreed) in ['yes', 'طبقهٔ ۱']",
        "mobile == '۰۹۱۳۱۱۱۲۲۳۳'",
        "several == 'الف,ب'",
        "record.use == 'مسکونی'",
    ],
)
def test_what_an_answer_can_be_is_not_told(fails: str) -> None:
    assert told(ruled(fails)) == {}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("if cover == 'پارچه'", "if cover == 'پارجه'", "field[3].column[5].formula"),
        ("street_rate / 100", "(1 if years == 'یکسال' else 2)", "tariff[1].amount"),
        ('"sum(awnings.price)"', "\"1 if 'چوب' in awnings.cover else 2\"", "field[5].formula"),
    ],
)
def test_columns_and_tariffs_are_held_alike(old: str, new: str, key: str) -> None:
    assert "هیچ‌گاه" in told(awning(old, new), "awning.toml")[key]


LIST = 'applicants = ["owner", "tenant", "shopkeeper"]'


@pytest.mark.parametrize(
    "written",
    [
        f"  {LIST}",
        LIST.replace("applicants", '"applicants"'),
        LIST.replace("applicants", "'applicants'").replace('"', "'"),
        'applicants = [ # مالک] و مستأجر\n    "owner",\n    "tenant", "shopkeeper"\n]',
    ],
)
def test_the_blocks_ask_whomever_the_file_is_for_however_that_is_written(written: str) -> None:
    asked = {"applicant": "tenant", "record": "found"}
    plain, other = load(AWNING, "awning.toml"), load(awning(LIST, written), "awning.toml")
    assert [d.key for d in other.documents] == [d.key for d in plain.documents]
    assert other.asked_documents(asked) == plain.asked_documents(asked) != ()
    whole = expand(awning(LIST, written), "awning.toml").text
    longer = written.count("\n")
    assert shared_from(whole) == shared_from(expand(AWNING, "awning.toml").text) + longer


@pytest.mark.parametrize("written", ["", "applicants = []", "applicants = [[]]", "applicants = 5"])
def test_blocks_for_nobody_are_told(written: str) -> None:
    assert any(key.startswith("applicants") for key in told(awning(LIST, written), "awning.toml"))


CHARGE = '{ use = "charge", charges = ["awning"] },'


@pytest.mark.parametrize(
    ("gates", "words"),
    [
        ('{ use = "charge", charges = ["awning", "awning"] },', "دو بار"),
        (f'{CHARGE} {{ use = "charge", charges = ["awning", "visit"] }},', "دروازهٔ دیگری"),
        (f'{{ use = "charge", charges = ["restoration", "awning"] }}, {CHARGE}', "دروازهٔ دیگری"),
    ],
)
def test_a_tariff_that_is_asked_twice_of_one_request_is_told(gates: str, words: str) -> None:
    found = told(awning(CHARGE, gates), "awning.toml")
    assert any(words in advice and "«awning»" in advice for advice in found.values()), found


def test_a_tariff_may_stand_in_gates_that_are_never_asked_together() -> None:
    apart = [CHARGE.replace(" }", f', when = {{ years = "{y}" }} }}') for y in ("یک سال", "سه سال")]
    assert told(awning(CHARGE, " ".join(apart)), "awning.toml") == {}


@pytest.mark.parametrize(
    "charges",
    [[("awning", "awning")], [("awning",), ("awning",)], [("awning",), ("awning", "awning")]],
)
def test_what_was_published_asks_a_sum_once_whatever_it_says(
    charges: list[tuple[str, ...]],
) -> None:
    own = load(AWNING, "awning.toml")
    (once,) = decided(own, own.examples[1], DAY, CITY).owed
    uses = [use for use in own.gates if use.gate != "charge"]
    twice = [GateUse("charge", charges=keys) for keys in charges]
    again = decided(replace(own, gates=(*uses, *twice)), own.examples[1], DAY, CITY)
    assert again.owed == (once,)
    assert again.amount == once.amount > 0


YEARS = 'choices = ["یک سال", "سه سال"]'


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        (YEARS, 'choices = ["یک سال", "سه سال", "۱ سال", "1 سال"]', "field[2].choices", "دو بار"),
        (YEARS, 'choices = ["یک سال", "سه سال", "سه سال\u200c"]', "field[2].choices", "دو بار"),
        (
            YEARS,
            'choices = ["یک سال", "سه سال", { value = "\u200c", label = "هیچ" }]',
            "field[2].choices",
            "متنی ندارد",
        ),
        (
            YEARS,
            'choices = ["یک سال", "سه سال", { value = "a", label = "۵ ساله" }, '
            '{ value = "b", label = "5 ساله" }]',
            "field[2].choices",
            "دو بار",
        ),
        ('"یک سال" = 1', '"یک سال" = 1\n"یک  سال" = 9', "rates.awning_years", "دو بار"),
        ('"یک سال" = 1', '"یک سال" = 1\n"۵ سال" = 5\n"5 سال" = 9', "rates.awning_years", "دو بار"),
        ('"یک سال" = 1', '"یک سال" = 1\n"\u200c" = 5', "rates.awning_years", "متنی ندارد"),
    ],
)
def test_what_is_kept_alike_is_told(old: str, new: str, key: str, words: str) -> None:
    assert words in told(awning(old, new), "awning.toml")[key]


def test_gates_that_read_a_record_are_told_where_no_property_is_asked_for() -> None:
    found = told(
        awning("declares = false", "declares = false\nneeds_property = false"), "awning.toml"
    )
    assert [key for key in found if key.endswith(".use")] == [f"gate[{n}].use" for n in (1, 2, 3)]
    assert not SHIPPED["excavation"].needs_property


@pytest.mark.parametrize("day", ["2122-03-22", "2199-12-31", "9999-12-31", "1849-12-31"])
def test_a_day_that_no_calendar_reaches_is_told(day: str) -> None:
    late = awning("effective = 2026-11-24", f"effective = {day}")
    assert "نیست" in told(late, "awning.toml")["effective"]
    # What can't travel is never asked of the centre.
    assert service_files.day_of(late) is None


def test_whatever_day_can_be_written_can_travel() -> None:
    assert parse_jalali("1500/12/29") == LAST_DAY
    last = awning("effective = 2026-11-24", f"effective = {LAST_DAY}")
    assert told(last, "awning.toml") == {}
    day = service_files.day_of(last)
    assert day is not None
    assert ServiceAsk(actor="", name="", text="", day=day).day == LAST_DAY


FIELD = """
[[field]]
key = "size"
label = "اندازه"
kind = "{kind}"
{bounds}
"""
COLUMN = """
[[field.column]]
key = "part"
label = "بخش"
kind = "whole"
"""


def sized(kind: str, bounds: str) -> dict[str, str]:
    """What is told of a file that asks for that."""
    field = FIELD.format(kind=kind, bounds=bounds) + (COLUMN if kind == "table" else "")
    return told(plain_text(field))


@pytest.mark.parametrize(
    ("kind", "bounds", "words"),
    [
        ("whole", "most = -1", "از ۰ تا"),
        ("whole", "least = -5\nmost = 3", "از ۰ تا"),
        ("whole", "least = 10000000000000000", "۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹"),
        ("money", "least = 10000000000000000", "۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹"),
        ("area", "least = 1000000", "۹۹۹٬۹۹۹"),
        ("metres", "least = 100000", "۹۹٬۹۹۹"),
        ("table", "least = 600", "۵۰۰"),
        ("table", "most = 0", "از ۱ تا"),
        ("table", "most = 501", "۵۰۰"),
    ],
)
def test_a_bound_that_nobody_can_meet_is_told(kind: str, bounds: str, words: str) -> None:
    key = bounds.partition(" ")[0]
    assert words in sized(kind, bounds)[f"field[1].{key}"]
    least = bounds.replace("\n", "\nkey = ").split("\n")[0]
    column = awning('kind = "metres"\nmost = 3', f'kind = "{kind}"\n{least}')
    assert f"field[3].column[3].{key}" in told(column, "awning.toml")


@pytest.mark.parametrize(
    ("kind", "bounds"),
    [
        ("whole", "least = 0\nmost = 999999999999999"),
        ("area", "most = 999999"),
        ("metres", "least = 99999"),
        ("table", "least = 1\nmost = 500"),
    ],
)
def test_a_bound_that_somebody_can_meet_is_not_told(kind: str, bounds: str) -> None:
    assert sized(kind, bounds) == {}


EXPERT = """
[[field]]
key = "parts"
label = "قطعه‌ها"
kind = "table"
by = "expert"

[[field.column]]
key = "name"
label = "نام"
kind = "text"

[[example]]
name = "پس از نظر"
record = "clean"
outcome = "answer"
expert = { parts = '[{"name": "الف"}]' }
"""


def test_an_example_may_say_the_rows_that_an_expert_enters() -> None:
    assert told(plain_text(EXPERT, gates='"standing", "expert"', example="")) == {}


YEAR, ROW = 'years = "یک سال", declared_land', """, awnings = '[{"cover": "ورق", "width": "2", """


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        (YEAR, "declared_land", "مدت"),
        # A sum rests on what its formula's own formulas rest on.
        (f"""{ROW}"depth": "1"}}]'""", "", "سایه‌بان‌ها"),
        # What may be left empty may be left out.
        (', declared_land = "40"', "", ""),
    ],
)
def test_an_example_that_leaves_out_what_its_outcome_rests_on_is_told(
    old: str, new: str, label: str
) -> None:
    found = examined(awning(old, new), "awning.toml", CITY, DAY).faults
    said = [(fault.key, fault.advice) for fault in found if "پذیرفته نمی‌شود" in fault.advice]
    assert [key for key, _ in said] == ["example[3].answers"] * bool(label)
    assert all(label in words for _, words in said)


LONG = "ب" * 41
HINT = 'hint = "تنها وقتی به کار می‌آید که عرصه در سوابق نباشد."'


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        (HINT, f'hint = "{"راهنما " * 40}"', "field[1].hint", "۲۰۰ نویسه"),
        (HINT, f'hint = "به {LONG}"', "field[1].hint", "۴۰ نویسه"),
        ('label = "پوشش"', f'label = "{LONG}"', "field[3].column[1].label", "۴۰ نویسه"),
        ('act = "صدور مجوز سایه‌بان"', f'act = "{"صدور " * 17}"', "act", "۸۰ نویسه"),
        ("days = 15", f'days = 15\nbasis = "{"مادهٔ " * 30}"', "term.basis", "۱۲۰ نویسه"),
        ('why = "متقاضی مالک نیست"', f'why = "{"چون " * 30}"', "document[1].why", "۸۰ نویسه"),
        ('seen = "سطح', f'seen = "{"سطح " * 60}سطح', "gate[6].seen", "۲۰۰ نویسه"),
    ],
)
def test_what_no_page_has_room_for_is_told(old: str, new: str, key: str, words: str) -> None:
    assert words in told(awning(old, new), "awning.toml")[key]


@pytest.mark.parametrize("written", ['"ti\u200ftle"', '"ti\\u200ftle"', "'ti\u200ftle'"])
def test_an_unknown_key_between_quotes_is_told_on_its_line(written: str) -> None:
    text = awning('icon = "coins"', f'icon = "coins"\n{written} = "x"')
    with pytest.raises(FaultyFile) as no:
        load(text, "awning.toml")
    (fault,) = no.value.file_faults
    assert text.split("\n")[fault.line - 1].startswith(written)
    assert fault.key == "ti(U+200F)tle"
    assert "\u200f" not in fault.words


def test_a_key_that_is_written_again_between_quotes_is_told_where_it_is() -> None:
    text = awning('icon = "coins"', 'icon = "coins"\n"title" = "دیگر"')
    assert told(text, "awning.toml") == {"title": "این کلید دو بار نوشته شده است؛ یکی را بردارید."}


def test_of_a_table_too_long_its_own_bound_is_told() -> None:
    awnings = load(AWNING, "awning.toml").field("awnings")
    assert "۶۰٬۰۰۰ نویسه" in fault_of_value(awnings, "[" + " " * 60_000 + "]")


LINK = """
[[link]]
service = "excavation"
title = "حفاری"
carry = {{ dig_from = "{carried}" }}

"""


@pytest.mark.parametrize(("carried", "words"), [("surface", "«area»"), ("years", "«choice»")])
def test_a_link_carries_between_fields_of_one_kind(carried: str, words: str) -> None:
    link = LINK.format(carried=carried)
    own = load(awning("# ── نامه‌ها", f"{link}# ── نامه‌ها"), "awning.toml")
    ((path, sentence),) = link_faults(own, SHIPPED)
    assert path == ("link", 0, "carry", "dig_from")
    assert words in sentence
    assert "«date»" in sentence
    alike = replace(own.links[0], carry={"surface": "surface"})
    assert list(link_faults(replace(own, links=(alike,)), SHIPPED)) == []
