"""How far the open cases of a stopped office have gone elsewhere, in a sentence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.actions.heirs import OpenCases
from desktop.domain.act import Act
from desktop.domain.heir import Heir
from desktop.ui.standing.office import open_words, passing_words

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
HEIR = Heir("21", "41", AT, Act("۱۲", AT.date(), "شورای شهر"))


def cases(left: int, passed: int, *, named: bool = True, hindered: str = "") -> OpenCases:
    open_ = {"پایان کار": left} if left else {}
    gone = {"دفتر ۴۱": passed} if passed else {}
    return OpenCases(open_, {}, HEIR if named else None, "دفتر ۴۱", gone, hindered)


@pytest.mark.parametrize(
    ("told", "words", "tone"),
    [
        (cases(0, 0), "", "ok"),
        (cases(3, 0, named=False), "۳ پرونده نزد این دفتر باز است.", "pay"),
        (cases(0, 12), "۱۲ پرونده به دفتر ۴۱ سپرده شد.", "ok"),
        (
            cases(1, 12),
            "۱۲ پرونده به دفتر ۴۱ سپرده شد؛ ۱ پرونده نزد این دفتر باز است و به دفتر ۴۱ می‌رود.",
            "pay",
        ),
        (
            cases(2, 0, hindered="«پایان کار» به آن واگذار نشده است."),
            "۲ پرونده نزد این دفتر باز است؛ دفتر ۴۱ آن‌ها را نمی‌پذیرد: "
            "«پایان کار» به آن واگذار نشده است.",
            "pay",
        ),
    ],
)
def test_what_has_gone_what_is_left_and_why(told: OpenCases, words: str, tone: str) -> None:
    assert passing_words(told) == (words, tone)


def test_what_is_open_is_told_by_service() -> None:
    assert open_words(cases(3, 0)) == "۳ پرونده باز است: پایان کار ۳."
    assert open_words(cases(0, 3)) == "پروندهٔ بازی نمانده است."
