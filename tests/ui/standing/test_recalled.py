"""Why a letter is to end is told in the same words on the case, its letter and among what waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from desktop.domain import facts as f
from desktop.domain.contest import Contested, Stage, upheld_words
from desktop.domain.letter import Release
from desktop.domain.recall import LetterRecalled, RecallCause, recall_cause
from desktop.domain.ruling import REOPENED
from desktop.domain.state import State
from desktop.ui.standing.recalled import (
    IN_SHORT,
    RECALLED,
    recalled_words,
    told_cause,
    told_recall,
)
from tests.centre.test_letters import DAY
from tests.ui.standing.test_every_state import bare


def test_every_cause_has_its_words() -> None:
    assert set(RECALLED) == set(IN_SHORT) == set(RecallCause)
    assert len(set(RECALLED.values())) == len(set(IN_SHORT.values())) == len(RecallCause)


@pytest.mark.parametrize(
    ("detail", "cause", "told"),
    [
        ({"recalled": "مالک دیگری است."}, RecallCause.MUNICIPALITY, "«مالک دیگری است». تا"),
        ({"contested": "debt", "tracking": "7"}, RecallCause.CONTESTED, "باید ابطال شود"),
        ({"objection": "اعتراض وارد بود"}, RecallCause.CONTESTED, "اعتراض وارد بود؛"),
        ({"reopened": "yes"}, RecallCause.REOPENED, REOPENED),
        # An earlier program kept the sentence.
        ({"reason": REOPENED}, RecallCause.REOPENED, REOPENED),
        ({"reason": "بدهی‌ها نبود"}, RecallCause.RECORDS, "«بدهی‌ها نبود»"),
        ({"comment": "نشانی نادرست"}, RecallCause.SECOND_LOOK, "«نشانی نادرست»"),
    ],
)
def test_what_an_office_keeps_names_its_cause(
    detail: Mapping[str, str], cause: RecallCause, told: str
) -> None:
    assert told_cause(detail) is cause
    assert told in told_recall(detail)


def test_an_upheld_objection_is_none_of_records_that_were_taken_back() -> None:
    assert upheld_words(Contested.DEBT, "7") in told_recall({"contested": "debt", "tracking": "7"})


LOOKED = f.SecondLooked(right=False, comment="متراژ نادرست است", recall=True)
UPHELD = f.ObjectionTold("7", Contested.DEBT, Stage.UPHELD, recall=True)


@pytest.mark.parametrize(
    ("known", "cause"),
    [
        ({}, None),
        ({"looked": LOOKED}, RecallCause.SECOND_LOOK),
        ({"taken_back": "بدهی‌ها نبود"}, RecallCause.RECORDS),
        ({"taken_back": REOPENED}, RecallCause.REOPENED),
        (
            {"taken_back": upheld_words(Contested.DEBT, "7"), "objections": {"7": UPHELD}},
            RecallCause.CONTESTED,
        ),
        # An objection of before does not make what was taken back since one of it.
        ({"taken_back": "بدهی‌ها نبود", "objections": {"7": UPHELD}}, RecallCause.RECORDS),
        ({"unfounded": {"fee:1": "واریز نشده"}, "looked": LOOKED}, RecallCause.UNPAID),
        (
            {"recall": LetterRecalled("l1", "مالک دیگری است", "m1"), "taken_back": REOPENED},
            RecallCause.MUNICIPALITY,
        ),
    ],
)
def test_case_and_letter_tell_the_same_cause(
    known: Mapping[str, Any], cause: RecallCause | None
) -> None:
    case = bare(State.RELEASED)
    stamped = replace(case.letters[0], release=Release("محمد زارع", "مسئول دفتر", DAY, "مهر"))
    case = replace(case, letters=(stamped,), **known)
    assert recall_cause(case) is cause
    assert (recalled_words(case) or ("",))[0] == (RECALLED[cause] if cause else "")
