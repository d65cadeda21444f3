"""What a service's own rule says of what was answered, and in which digits a file is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.decision import decide
from desktop.domain.known import text_of_rows
from desktop.domain.service import Service
from desktop.forms.examples import question
from desktop.forms.loader import load
from tests.plain_service import NAME, plain_text
from tests.shipped import CITY

DAY = date(2026, 11, 24)
LANES = """
[[field]]
key = "lanes"
label = "گذرها"
kind = "table"

[[field.column]]
key = "back"
label = "عقب‌نشینی"
kind = "metres"

[[field.column]]
key = "side"
label = "سو"
kind = "choice"
choices = [{ value = "n", label = "شمال" }, { value = "s", label = "جنوب" }]
"""
RULE = (
    '{ use = "rule", key = "deep", fails = "largest(lanes.back) > 6 or \'s\' in lanes.side", '
    'effect = "review", title = "گذر", seen = "{lanes.back} متر، سوی {lanes.side}.", '
    'passes = "{lanes.back} متر است.", letter = "بیشترین {lanes.back} متر است." }'
)
ROWS = ({"back": "7", "side": "n"}, {"back": "2.5", "side": "s"})


def service() -> Service:
    return load(plain_text(LANES, gates=f'"standing", {RULE}'), NAME)


def test_a_rule_reads_out_a_column() -> None:
    own = service()
    example = replace(own.examples[0], answers={"lanes": text_of_rows(ROWS)})
    decision = decide(own, question(own, example, DAY, CITY))
    (found,) = [each for each in decision.failing if each.code == "fails"]
    assert found.values["seen"] == "۷ و ۲٫۵ متر، سوی شمال و جنوب.".replace(" و ", "، ")


@pytest.mark.parametrize(
    "part",
    [
        'label = "قلم 12"',
        'label = "قلم ۱۲"',
    ],
)
def test_what_people_read_has_their_digits(part: str) -> None:
    text = plain_text(f'[[field]]\nkey = "f1"\n{part}\nkind = "choice"\nchoices = ["بند 3", "ب"]\n')
    read = load(text.replace('title = "خدمت ساده"', 'title = "خدمت 7"'), NAME)
    field = read.field("f1")
    assert (read.title, field.label) == ("خدمت ۷", "قلم ۱۲")
    # What is kept, and what conditions are written by, is what the file says.
    assert [(each.value, each.label) for each in field.choices][0] == ("بند 3", "بند ۳")
