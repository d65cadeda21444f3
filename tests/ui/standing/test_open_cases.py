"""How far open cases have gone elsewhere after a stop or a delegation's end, in a sentence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.actions.heirs import OpenCases, Passing
from desktop.domain.act import Act
from desktop.domain.heir import Heir
from desktop.ui.standing.office import ending_words, endings_words, open_words, passing_words

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


ONE, OTHER = "21-050903-02-0032-7", "210509030200335"
NOT_HIS = "«عدم خلاف» به آن واگذار نشده است."


@pytest.mark.parametrize(
    ("passing", "words", "tone"),
    [
        (Passing("دفتر ۴۱", {}, 0), "پروندهٔ بازی نبود.", "neutral"),
        (Passing("دفتر ۴۱", {"دفتر ۴۱": 8}, 0), "از ۸ پروندهٔ باز ۸ پرونده به دفتر ۴۱ رفت.", "ok"),
        (
            Passing("دفتر ۴۱", {"دفتر ۴۱": 8}, 4, held=1, codes=(ONE,)),
            "از ۱۲ پروندهٔ باز ۸ پرونده به دفتر ۴۱ رفت؛ "
            "۱ پرونده کاری دارد که نزد مرکز متوقف است: \u2066۲۱-۰۵۰۹۰۳-۰۲-۰۰۳۲-۷\u2069؛ "
            "۳ پرونده تا یک ساعت دیگر به دفتر ۴۱ می‌رود.",
            "pay",
        ),
        (
            Passing("دفتر ۴۱", {}, 5, held=5, codes=(ONE, OTHER)),
            "۵ پرونده کاری دارد که نزد مرکز متوقف است: "
            "\u2066۲۱-۰۵۰۹۰۳-۰۲-۰۰۳۲-۷\u2069، \u2066۲۱-۰۵۰۹۰۳-۰۲-۰۰۳۳-۵\u2069 و ۳ پروندهٔ دیگر.",
            "pay",
        ),
        (
            Passing("دفتر ۴۱", {}, 2, hindered=NOT_HIS),
            "۲ پرونده نزد این دفتر مانده است؛ دفتر ۴۱ نمی‌پذیرد: «عدم خلاف» به آن واگذار نشده است.",
            "pay",
        ),
    ],
)
def test_which_cases_of_an_ended_delegation_wait_and_why(
    passing: Passing, words: str, tone: str
) -> None:
    assert ending_words(passing) == (words, tone)


def test_what_waits_of_several_services_is_counted_in_one_line() -> None:
    gone, waits = Passing("دفتر ۴۱", {"دفتر ۴۱": 2}, 0), Passing("دفتر ۴۱", {}, 3)
    assert endings_words({"عدم خلاف": gone}) == ""
    assert endings_words({"عدم خلاف": gone, "پایان کار": waits}).startswith("پایان کار: ۳ پرونده")
    both = endings_words({"عدم خلاف": waits, "پایان کار": waits})
    assert both.startswith("۶ پروندهٔ باز از ۲ خدمت پایان‌یافته")
