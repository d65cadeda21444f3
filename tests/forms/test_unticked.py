"""A box that nobody ticks says no: to conditions, to rules, to formulas, and where it is read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.formula import Formula
from desktop.domain.gates.question import Question
from desktop.domain.gates.rules import rule
from desktop.domain.known import values_of, words_of
from desktop.domain.service import Effect, GateUse, Rule
from desktop.forms.loader import load
from tests.awning import FILE
from tests.property import TODAY, a_property, ask
from tests.shipped import SHIPPED

REPAIRS = SHIPPED["minor-repairs"]
TEXT = FILE.with_name("awning.toml").read_text(encoding="utf-8")
TICK = """
[[field]]
key = "agreed"
label = "همسایگان موافق‌اند"
kind = "tick"

[[document]]
key = "neighbours"
title = "رضایت همسایگان"
when = { agreed = "no" }
why = "همسایگان موافق نیستند"
remedy = "رضایت‌نامهٔ همسایگان را بیاورید."

"""


@pytest.mark.parametrize(("said", "asked"), [("", True), ("no", True), ("yes", False)])
def test_a_paper_that_is_asked_of_who_does_not_agree_is_asked_of_who_ticks_nothing(
    said: str, asked: bool
) -> None:
    service = load(TEXT.replace("[[document]]", f"{TICK}[[document]]", 1), "awning.toml")
    answers = {"applicant": "owner", **({"agreed": said} if said else {})}
    keys = {document.key for document in service.asked_documents(answers)}
    assert ("neighbours" in keys) is asked


def test_formulas_see_no_in_a_box_that_is_not_ticked() -> None:
    (tick,) = [field for field in REPAIRS.fields if field.key == "untouched"]
    for answers, value, words in (({}, "no", "خیر"), ({"untouched": "yes"}, "yes", "بله")):
        assert values_of([tick], answers, TODAY, "owner")["untouched"] == value
        assert words_of([tick], answers) == {"untouched": words}


def _said(q: Question, fails: str, sentence: str) -> str:
    own = Rule("own", Formula(fails), "عنوان", sentence, sentence, sentence)
    return str(rule(q, GateUse("rule", Effect.NOTE, rule=own)).values["letter"])


def test_a_rule_reads_a_value_as_a_person_does() -> None:
    q = replace(
        ask(a_property()),
        known={"kind": "personal", "off": Decimal(1410), "lit": "yes", "size": Decimal("12.5")},
        shown={"kind": "شخصی", "off": "۲۳:۳۰", "lit": "بله"},
    )
    fails = 'kind == "personal" and off > 1 and lit == "yes" and size > 1'
    told = _said(q, fails, "نوع {kind}، خاموشی {off}، نور {lit}، عرض {size}")
    assert told == "نوع شخصی، خاموشی ۲۳:۳۰، نور بله، عرض ۱۲٫۵"
