"""Text as it comes from keyboards, spreadsheets and the clipboard, in one stored form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.persian import (
    ZWNJ,
    ZWSP,
    bind,
    clean,
    fold,
    in_order,
    isolate,
    join_and,
    join_some,
    loosen,
    pair,
    sort_key,
    strip_isolates,
    to_latin_digits,
    to_persian_digits,
)

ANY = st.text(
    st.one_of(
        st.sampled_from(
            "يىكیکآأإؤئءةهۀ ـ\u200c\u200e\u2067\ufeff\u00a0\ufefb\ufe8d\u0654\u0651٠۱2\n"
        ),
        st.characters(),
    ),
    max_size=30,
)


@given(ANY)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANY)
def test_folding_is_of_the_cleaned_text(text: str) -> None:
    assert fold(clean(text)) == fold(text)
    assert fold(fold(text)) == fold(text)


@given(ANY)
@pytest.mark.slow
def test_nothing_invisible_is_stored(text: str) -> None:
    stored = clean(text)
    assert not set(stored) & set("يىكـ\u200e\u200f\u2066\u2069\ufeff\u0000\n\t٠۱")
    assert stored == stored.strip()
    assert "  " not in stored


def test_three_ways_to_write_one_name() -> None:
    assert fold("علي‌پور") == fold("علی پور") == fold("علیپور")
    assert fold("پايان كار") == fold("پایان‌کار")
    assert fold("آذر") == fold("اذر")


def test_the_half_space_is_kept_once_and_not_at_the_ends() -> None:
    assert clean(f"{ZWNJ}می{ZWNJ}{ZWNJ}شود{ZWNJ}") == f"می{ZWNJ}شود"
    assert clean(f"می {ZWNJ}شود") == "می شود"


def test_the_printed_text_keeps_its_hamza() -> None:
    assert clean("شمارهٔ آئین‌نامه") == "شمارهٔ آئین‌نامه"


def test_presentation_forms_become_letters() -> None:
    assert clean("ﺳﻼﻡ") == "سلام"


def test_digits_both_ways() -> None:
    assert to_latin_digits("۱٢3") == "123"
    assert to_persian_digits("1٢۳") == "۱۲۳"


def test_the_alphabet_is_the_persian_one() -> None:
    names = ["گلی", "کریم", "پرویز", "تقی", "بهرام", "چمران", "جواد", "یاسمین", "وحید"]
    assert sorted(names, key=sort_key) == [
        "بهرام", "پرویز", "تقی", "جواد", "چمران", "کریم", "گلی", "وحید", "یاسمین",
    ]  # fmt: skip


def test_a_code_within_words_is_an_island_once() -> None:
    code = isolate("۲-۱۴-۳۰۸-۲۷-۱-۰-۰")
    words = in_order("ملک با کد ۲-۱۴-۳۰۸-۲۷-۱-۰-۰، ساعت ۸-۱۲، ۱۴۰۵/۰۹/۰۳")
    assert words == f"ملک با کد {code}، ساعت ۸-۱۲، ۱۴۰۵/۰۹/۰۳"
    assert in_order(words) == words


def test_isolates_are_shown_and_never_copied() -> None:
    assert strip_isolates(isolate("۱-۲-۳")) == "۱-۲-۳"


def test_lists_in_a_sentence() -> None:
    assert join_and(["الف"]) == "الف"
    assert join_and(["الف", "ب", "پ"]) == "الف، ب و پ"
    assert join_some(["الف", "ب", "پ"], 3, "دفتر") == "الف، ب و پ"
    assert join_some(["الف", "ب", "پ", "ت"], 2, "دفتر") == "الف، ب و ۲ دفتر دیگر"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("خیابان کاشانی، کوچهٔ ۷۷، پلاک ۱۵۰", "کوچهٔ\u00a0۷۷، پلاک\u00a0۱۵۰"),
        ("پلاک ثبتی ۳۵۲۸۹", "پلاک ثبتی\u00a0۳۵۲۸۹"),
        ("مادهٔ ۱۰۰ قانون شهرداری، تبصرهٔ ۸", "مادهٔ\u00a0۱۰۰ قانون شهرداری، تبصرهٔ\u00a0۸"),
        ("۴۵۵۵ فرعی از ۶۵ اصلی، بخش ۲", "۴۵۵۵\u00a0فرعی از ۶۵\u00a0اصلی، بخش\u00a0۲"),
        ("آخرین بازدید: ۱۴۰۵/۰۱/۲۸", "بازدید:\u00a0۱۴۰۵/۰۱/۲۸"),
        ("ساعت \u2066۱۰:۲۰\u2069", "ساعت\u00a0\u2066۱۰:۲۰\u2069"),
        ("جمع ۶۰۸٬۰۰۰٬۰۰۰ ریال است", "۶۰۸٬۰۰۰٬۰۰۰\u00a0ریال است"),
        ("نیم‌پلاک ۲ و افلاک ۳", "نیم‌پلاک ۲ و افلاک ۳"),
    ],
)
def test_a_number_stays_on_the_line_of_its_word(text: str, kept: str) -> None:
    assert kept in bind(text)
    assert bind(bind(text)) == bind(text)
    assert bind(text).replace("\u00a0", " ") == text


def test_only_a_word_without_an_end_may_be_broken() -> None:
    plain = "سیده فاطمه‌زهرا میرجلیلی، کد ۲۱-۰۵۰۹۰۳-۰۲-۰۰۰۱-۵، صورت‌جلسه‌هایشان"
    assert loosen(plain) == plain
    endless = "میرجلیلاردکانیطباطبایییزدی"
    pieces = loosen(f"نام {endless} است").split(ZWSP)
    assert "".join(pieces) == f"نام {endless} است"
    assert len(pieces) > 10
    assert pieces[0] == "نام میرجلیلا"
    assert strip_isolates(loosen(endless)) == endless


def test_the_last_word_of_a_headline_never_stands_alone() -> None:
    assert pair("مفاصاحساب نوسازی آماده شد") == "مفاصاحساب نوسازی آماده\u00a0شد"
    # Of two words nothing would be left to break.
    assert pair("پاسخ منفی") == "پاسخ منفی"
    assert pair("") == ""
