"""Identifiers as people type them, with the checks of DOMAIN.md §2."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.domain import identifiers as ids
from desktop.domain.errors import Refusal
from desktop.domain.office import is_office_code
from desktop.domain.persian import to_persian_digits

VALID_NATIONAL = [
    "0499370899",
    "0076229645",
    "1583250689",
    "0932833810",
    "4421234567",
    "4432109874",
    "4420000139",
    "4435550121",
]
INVALID_NATIONAL = [
    "1111111111",
    "9999999999",
    "0000000000",
    "1234567890",
    "0010000000",
    "4432198765",
    "0123456789",
    "0000123456",
]


@pytest.mark.parametrize("digits", VALID_NATIONAL)
def test_a_valid_national_id_is_taken_in_any_digits(digits: str) -> None:
    assert ids.national_id(digits) == digits
    assert ids.national_id(to_persian_digits(digits)) == digits
    assert ids.national_id(f" {digits[:3]}-{digits[3:9]}-{digits[9]} ") == digits


@pytest.mark.parametrize("digits", INVALID_NATIONAL)
def test_a_wrong_national_id_is_refused_in_words(digits: str) -> None:
    with pytest.raises(Refusal, match=r"\w"):
        ids.national_id(digits)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("442123456", "اکنون ۹ رقم است"),
        ("", "کد ملی را وارد کنید"),
        ("44212345ab", "فقط رقم دارد"),
        ("۴۴۲۱۲۳۴۵۶۷۸", "اکنون ۱۱ رقم است"),
        ("²²²²²²²²²²", "فقط رقم دارد"),
    ],
)
def test_the_refusal_says_what_is_wrong(typed: str, words: str) -> None:
    with pytest.raises(Refusal) as no:
        ids.national_id(typed)
    assert words in no.value.words


def test_a_spreadsheet_that_ate_the_zeros_is_forgiven_at_import_only() -> None:
    assert ids.national_id(ids.pad_national_id("76229645")) == "0076229645"
    with pytest.raises(Refusal):
        ids.national_id("76229645")


def _remainder(digits: str | list[str]) -> int:
    return sum(int(d) * (10 - i) for i, d in enumerate(digits[:9])) % 11


@given(st.sampled_from(VALID_NATIONAL), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_never_passes(digits: str, place: int, by: int) -> None:
    wrong = list(digits)
    wrong[place] = str((int(wrong[place]) + by) % 10)
    # The scheme gives remainders 1 and 10 the same check digit: only between them a slip hides.
    assume({_remainder(digits), _remainder("".join(wrong))} != {1, 10})
    with pytest.raises(Refusal):
        ids.national_id("".join(wrong))


@pytest.mark.parametrize("digits", ["10380284790", "14001234562", "10840000128", "10102030400"])
def test_legal_ids(digits: str) -> None:
    assert ids.legal_id(digits) == digits


@pytest.mark.parametrize(
    "digits", ["10380284792", "10380285692", "09748208301", "11111111111", "1038028479"]
)
def test_wrong_legal_ids(digits: str) -> None:
    with pytest.raises(Refusal):
        ids.legal_id(digits)


def test_bills_carry_their_amount_and_belong_together() -> None:
    assert ids.payment_id("1770160", ids.bill_id("7748317800142")) == "1770160"
    assert ids.payment_id("570108", ids.bill_id("1177809000142")) == "570108"
    assert ids.billed_amount("485041080") == 4_850_000
    with pytest.raises(Refusal):
        ids.bill_id("2234322344613")
    with pytest.raises(Refusal):
        ids.payment_id("570109", "1177809000142")


@given(st.integers(0, 10**8 - 1), st.integers(1, 10**8 - 1), st.integers(0, 99))
def test_a_made_bill_is_a_right_one(file: int, thousands: int, period: int) -> None:
    bill = ids.make_bill(file, 225)
    payment = ids.make_payment(thousands * 1000, 1405, period, bill)
    assert ids.bill_id(bill) == bill
    assert ids.payment_id(payment, bill) == payment
    assert ids.billed_amount(payment) == thousands * 1000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("٢-٥-٤٩-٦٩-١-٣  ", "2-5-49-69-1-3-0"),
        ("3/22/368/90", "3-22-368-90-0-0-0"),
        ("4  -  19  -  126  -  109  -  0  -  0  -  0", "4-19-126-109-0-0-0"),
        ("2-14-1,308-27", "2-14-1308-27-0-0-0"),
    ],
)
def test_codes_as_they_are_written(text: str, code: str) -> None:
    assert str(ids.renewal_code(text)) == code


@pytest.mark.parametrize(
    "text", ["1-2-abc-4", "1-2-3", "0-1-1-1", "1-2-3-4-0-5", "", "1-2-3-4-5-6-7-8"]
)
def test_unreadable_codes(text: str) -> None:
    with pytest.raises(Refusal):
        ids.renewal_code(text)


def test_ancestors_are_the_building_and_the_land() -> None:
    flat = ids.renewal_code("1-2-3-4-1-5")
    assert [str(code) for code in flat.ancestors] == ["1-2-3-4-1-0-0", "1-2-3-4-0-0-0"]
    assert [str(code) for code in flat.building_code.ancestors] == ["1-2-3-4-0-0-0"]
    assert flat.land_code.ancestors == ()


def test_a_plate_is_read_in_words_never_as_a_slash() -> None:
    found = ids.plate("۲", "2٬867", "18826")
    assert found == ids.Plate(2, 2867, 18826)
    assert found.words == "۱۸۸۲۶ فرعی از ۲۸۶۷ اصلی، بخش\u00a0۲"
    assert ids.plate("2", "", "5") is None
    with pytest.raises(Refusal):
        ids.plate("0", "5", "5")


@pytest.mark.parametrize(
    "typed", ["09131234567", "+989131234567", "00989131234567", "۹۱۳ ۱۲۳ ۴۵۶۷"]
)
def test_mobiles(typed: str) -> None:
    assert ids.mobile(typed) == "09131234567"


def test_a_tracking_code_shows_a_slip_of_one_digit() -> None:
    code = ids.tracking_code("21", "050903", 2, 32)
    assert ids.is_tracking_code(code)
    assert ids.is_tracking_code(to_persian_digits(code))
    assert not ids.is_tracking_code(code.replace("0032", "0033"))


def test_an_unusual_postal_code_is_told_not_refused() -> None:
    assert ids.postal_code("8915818411") == "8915818411"
    assert ids.unusual_postal_code("2222018411")
    with pytest.raises(Refusal):
        ids.postal_code("1111111111")


def test_masked_for_paper() -> None:
    assert ids.mask_id("4421234567") == "۴۴۲****۵۶۷"


@pytest.mark.parametrize("office", ["21", "00", "9" * 20])
def test_every_office_by_whose_code_one_can_go_has_tracking_codes(office: str) -> None:
    code = ids.tracking_code(office, "050903", 1, 7)
    assert is_office_code(office)
    assert ids.is_tracking_code(code)
    assert len(code) <= 40, "what the tables hold"


@pytest.mark.parametrize("office", ["", "7", "yz", "2/1", "۲۱", "21\n", "9" * 21])
def test_no_office_goes_by_what_no_tracking_code_bears(office: str) -> None:
    assert not is_office_code(office)
