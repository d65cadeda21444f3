"""Identifiers of people, places, bills and papers, each with its checks (DOMAIN.md §2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import parse_jalali
from desktop.domain.errors import Refusal
from desktop.domain.persian import (
    NBSP,
    PERSIAN_DIGITS,
    clean,
    isolate,
    to_persian_digits,
    ungrouped,
)

LONGEST_ID = 16
"""Digits of the longest code that a person has: a foreigner's."""
_LEGAL = 11
_PHONE = 11  # digits, with the zero before
_MARKS = re.compile(r"[\s\u200c,٬/–‐‑−-]")
_LEGAL_WEIGHTS = (29, 27, 23, 19, 17)
_POSTAL = re.compile(r"(?!(\d)\1{3})[13-9]{4}[1346-9][013-9]{5}")
_SHORT_NUMBER = re.compile(r"([0-9]{6})[-–‐‑−/ ]([0-9]{2})[-–‐‑−/ ]([0-9]{4})")
_MOBILE = re.compile(r"(?:\+98|0098|98|0)?(9[0-9]{9})")


def bare_digits(text: str) -> str:
    """ASCII digits without spaces, hyphens or thousands marks; other characters stay."""
    return _MARKS.sub("", clean(text))


def _demand_digits(text: str, name: str, length: int) -> str:
    digits = bare_digits(text)
    if not digits:
        raise Refusal(f"{name} را وارد کنید.")
    if not (digits.isascii() and digits.isdigit()):
        raise Refusal(f"{name} فقط رقم دارد.")
    if len(digits) != length:
        raise Refusal(
            to_persian_digits(f"{name} باید {length} رقم باشد؛ اکنون {len(digits)} رقم است.")
        )
    return digits


def national_id(text: str) -> str:
    """A person's ten-digit id. Raises Refusal on a wrong length, check digit or reserved number."""
    digits = _demand_digits(text, "کد ملی", 10)
    if len(set(digits)) == 1:
        raise Refusal("کد ملی نمی‌تواند از یک رقم تکراری باشد.")
    total = sum(int(digit) * (10 - i) for i, digit in enumerate(digits[:9])) % 11
    check = total if total < 2 else 11 - total
    if check != int(digits[9]):
        raise Refusal("کد ملی درست نیست؛ رقم‌ها را با کارت ملی بسنجید.")
    if digits[:3] == "000" or digits[3:9] == "000000" or digits == "0123456789":
        raise Refusal("این شماره به عنوان کد ملی به کسی داده نمی‌شود.")
    return digits


def pad_national_id(text: str) -> str:
    """The digits with the leading zeros that a spreadsheet took away."""
    digits = bare_digits(text)
    return digits.zfill(10) if digits.isdigit() else digits


def legal_id(text: str) -> str:
    """A company's eleven-digit id. Raises Refusal on a wrong length or check digit."""
    digits = _demand_digits(text, "شناسهٔ ملی", _LEGAL)
    if len(set(digits)) == 1 or digits[3:9] == "000000":
        raise Refusal("این شماره به عنوان شناسهٔ ملی به شرکتی داده نمی‌شود.")
    shift = int(digits[9]) + 2
    total = sum((shift + int(digits[i])) * _LEGAL_WEIGHTS[i % 5] for i in range(10))
    if total % 11 % 10 != int(digits[10]):
        raise Refusal("شناسهٔ ملی درست نیست؛ رقم‌ها را با آگهی شرکت بسنجید.")
    return digits


def foreigner_id(text: str) -> str:
    """A foreigner's code (کد فراگیر), 8 to 16 digits without a known check."""
    digits = bare_digits(text)
    if not re.fullmatch(rf"[0-9]{{8,{LONGEST_ID}}}", digits):
        raise Refusal("کد فراگیر ۸ تا ۱۶ رقم دارد.")
    return digits


def is_foreign(person_id: str) -> bool:
    """Whether by its length the id can only be a foreigner's (`natural_id`)."""
    return len(person_id) > _LEGAL


def natural_id(text: str) -> str:
    """A person's code where nobody says of which country: a national id, or a foreigner's.

    Its length tells: a foreigner's that is no longer than a company's can't be told from a national
    id that was typed wrong. Raises Refusal.
    """
    return foreigner_id(text) if len(bare_digits(text)) > _LEGAL else national_id(text)


def anyones_id(text: str) -> str:
    """As `natural_id`, or a company's eleven digits. Raises Refusal."""
    return (legal_id if len(bare_digits(text)) == _LEGAL else natural_id)(text)


def demand_kept_id(text: str, field: str) -> None:
    """Raise Refusal, beside the field, for what is nobody's id as it is kept: one in other digits
    is nobody's to whoever compares."""
    try:
        kept = anyones_id(text)
    except Refusal as no:
        raise Refusal(no.words, field=field) from None
    if kept != text:
        raise Refusal("کد ملی را تنها با رقم لاتین و بی‌فاصله بفرستید.", field=field)


def mobile(text: str) -> str:
    """A mobile number as `09` and nine digits."""
    found = _MOBILE.fullmatch(bare_digits(text))
    if found is None:
        raise Refusal("تلفن همراه ۱۱ رقم دارد و با ۰۹ آغاز می‌شود.")
    return "0" + found[1]


def landline(text: str) -> str:
    """A landline with its area code: `0` and ten digits."""
    digits = bare_digits(text)
    if not re.fullmatch(r"0[0-9]{10}", digits):
        raise Refusal("تلفن ثابت را با کد شهر، ۱۱ رقم، وارد کنید؛ مانند ۰۳۵۳۶۲۳۴۵۶۷.")
    return digits


def office_phone(text: str) -> str:
    """The one telephone of an office: a landline, a mobile, or a short number such as ۱۳۷."""
    digits = bare_digits(text)
    if not re.fullmatch(r"0[0-9]{10}|[0-9]{3,5}", digits):
        raise Refusal("تلفن دفتر یک شماره است، با کد شهر ۱۱ رقم؛ مانند ۰۳۵۳۶۲۳۴۵۶۷.")
    return digits


def postal_code(text: str) -> str:
    """Ten digits, not all equal. Whether it looks usual is `unusual_postal_code`'s question."""
    digits = _demand_digits(text, "کد پستی", 10)
    if len(set(digits)) == 1:
        raise Refusal("کد پستی نمی‌تواند از یک رقم تکراری باشد.")
    return digits


def unusual_postal_code(digits: str) -> bool:
    """Whether the Post would hardly give such a code: told, never refused (DOMAIN.md §2.4)."""
    return _POSTAL.fullmatch(digits) is None


def control_digit(digits: str) -> int:
    """C(n) of DOMAIN.md §2.8: weights 2–7 from the right, modulo 11."""
    total = sum(int(d) * (2 + i % 6) for i, d in enumerate(reversed(digits))) % 11
    return 0 if total < 2 else 11 - total


def bill_id(text: str) -> str:
    """A bill id of 6 to 13 digits. Raises Refusal on a wrong check digit."""
    digits = bare_digits(text)
    if not re.fullmatch(r"[0-9]{6,13}", digits):
        raise Refusal("شناسهٔ قبض ۶ تا ۱۳ رقم دارد.")
    if control_digit(digits[:-1]) != int(digits[-1]):
        raise Refusal("شناسهٔ قبض درست نیست.")
    return digits


def payment_id(text: str, bill: str) -> str:
    """A payment id that belongs to the bill id. Raises Refusal when either check digit is wrong."""
    digits = bare_digits(text)
    if not re.fullmatch(r"[0-9]{6,13}", digits):
        raise Refusal("شناسهٔ پرداخت ۶ تا ۱۳ رقم دارد.")
    digits = digits.lstrip("0")
    first, second = (digits[-2], digits[-1]) if len(digits) > 2 else ("", "")
    if (
        not first
        or control_digit(digits[:-2]) != int(first)
        or control_digit(bill + digits[:-1]) != int(second)
    ):
        raise Refusal("شناسهٔ پرداخت با شناسهٔ قبض مطابقت ندارد.")
    return digits


def billed_amount(payment: str) -> int:
    """Rial carried in a payment id: whole thousands."""
    return int(payment[:-5] or "0") * 1000


def make_bill(file_number: int, body_code: int, kind: int = 6) -> str:
    """A bill id for a file (up to 8 digits) of the body (3 digits); kind 6 is municipal charges."""
    digits = f"{file_number:08d}{body_code:03d}{kind}"
    return digits + str(control_digit(digits))


def body_of(bill: str) -> int:
    """The body (3 digits) that a bill id is paid to."""
    return int(bill.zfill(13)[8:11])


MOST_BILLED = 1_000 * 10**8
"""Rial from which on no payment id holds a sum: it has eight digits of thousands (DOMAIN.md
§2.8)."""


def make_payment(amount: int, year: int, period: int, bill: str) -> str:
    """The payment id for Rial (whole thousands), the year's last digit and the period (0–99)."""
    digits = f"{amount // 1000}{year % 10}{period:02d}"
    digits += str(control_digit(digits))
    return digits + str(control_digit(bill + digits))


@dataclass(frozen=True, order=True)
class RenewalCode:
    """کد نوسازی: district, sub-district, block, parcel, building, flat, shop; 0 = not there."""

    district: int
    sub_district: int
    block: int
    parcel: int
    building: int = 0
    flat: int = 0
    shop: int = 0

    def __str__(self) -> str:
        return "-".join(str(part) for part in self.parts)

    @property
    def parts(self) -> tuple[int, int, int, int, int, int, int]:
        """The seven numbers, district first."""
        return (
            self.district,
            self.sub_district,
            self.block,
            self.parcel,
            self.building,
            self.flat,
            self.shop,
        )

    @property
    def building_code(self) -> RenewalCode:
        """The building it stands in (itself for a building or bare land)."""
        return RenewalCode(*self.parts[:5])

    @property
    def land_code(self) -> RenewalCode:
        """The land it stands on (itself for land)."""
        return RenewalCode(*self.parts[:4])

    @property
    def is_unit(self) -> bool:
        """Whether it is a flat or a shop."""
        return bool(self.unit)

    @property
    def unit(self) -> int:
        """Which flat or shop of its building; 0 for a building and for land."""
        return self.shop or self.flat

    @property
    def ancestors(self) -> tuple[RenewalCode, ...]:
        """The same code with trailing parts zero, nearest first: building, then land."""
        above = dict.fromkeys((self.building_code, self.land_code))
        return tuple(code for code in above if code != self)


_LONGEST_CODE = 60
"""So many characters of a renewal code are kept."""


def renewal_code(text: str) -> RenewalCode:
    """A code of 4 to 7 whole numbers apart by `-` or `/` (RULES.md §5).

    Raises Refusal when it is unreadable: another number of parts, one of the first four zero, or a
    flat or shop without a building.
    """
    # Thousands marks part groups of three alone: «4,5» are two numbers.
    parts = [ungrouped(part) for part in re.split(r"\s*[-/–‐‑−]\s*", clean(text))]
    if not 4 <= len(parts) <= 7 or not all(re.fullmatch(r"[0-9]{1,9}", part) for part in parts):
        # Without an isolate the numbers of the example stand the other way round.
        raise Refusal(f"کد نوسازی ۴ تا ۷ شماره دارد؛ مانند {isolate('۲-۱۴-۳۰۸-۲۷-۱-۰-۰')}.")
    code = RenewalCode(*(int(part) for part in parts))
    if len(str(code)) > _LONGEST_CODE:
        raise Refusal("شماره‌های این کد نوسازی بلندتر از آن است که کدی باشد.")
    if not all(code.parts[:4]):
        raise Refusal("منطقه، ناحیه، بلوک و ملک در کد نوسازی صفر نمی‌شوند.")
    if code.is_unit and not code.building:
        raise Refusal("کد آپارتمان یا صنفی بدون شمارهٔ ساختمان درست نیست.")
    return code


@dataclass(frozen=True, order=True)
class Plate:
    """پلاک ثبتی: sub-plate (0 = none) of a main plate in a registration section."""

    section: int
    main: int
    sub: int

    @property
    def words(self) -> str:
        """«۴۵۵۵ فرعی از ۶۵ اصلی، بخش ۲»: never a bare slash (DOMAIN.md §2.6)."""
        sub = f"{self.sub} فرعی از " if self.sub else ""
        # The number of a section never stands alone on a line.
        return to_persian_digits(f"{sub}{self.main} اصلی، بخش{NBSP}{self.section}")


def plate(section: str, main: str, sub: str) -> Plate | None:
    """The plate when all three are given and fit (main ≥ 1); None when any is missing.

    Raises Refusal when a part is no number, or section or main plate is zero.
    """
    # What parts digits parts numbers, but for thousands marks: «12,13» is no plate's main number.
    parts = [ungrouped(clean(part)) for part in (section, main, sub)]
    if not all(parts):
        return None
    if not all(re.fullmatch(r"[0-9]{1,7}", part) for part in parts):
        raise Refusal("پلاک ثبتی فقط رقم دارد: فرعی، اصلی و بخش.")
    found = Plate(*(int(part) for part in parts))
    if found.section < 1 or found.main < 1:
        raise Refusal("بخش و پلاک اصلی از ۱ آغاز می‌شوند.")
    return found


def tracking_code(office: str, yymmdd: str, desk: int, serial: int) -> str:
    """Office, Jalali day, desk (2), serial of the day (4) and a check digit (SYNC.md)."""
    body = f"{office}{yymmdd}{desk:02d}{serial:04d}"
    return f"{office}-{yymmdd}-{desk:02d}-{serial:04d}-{control_digit(body)}"


def is_tracking_code(text: str) -> bool:
    """Whether the text is a tracking code with a right check digit, hyphens or not."""
    digits = bare_digits(text)
    # `isdigit` alone holds of «²» too, which no number is made of.
    plain = digits.isascii() and digits.isdigit()
    return plain and len(digits) >= 15 and control_digit(digits[:-1]) == int(digits[-1])


def short_number(tracking: str) -> str:
    """«۰۵۰۹۰۳-۰۲-۰۰۳۲»: day, desk, serial of a tracking code, with or without its hyphens."""
    bare = tracking.replace("-", "")
    serial, desk, day = bare[-5:-1], bare[-7:-5], bare[-13:-7]
    return isolate(to_persian_digits(f"{day}-{desk}-{serial}"))


def read_short_number(text: str) -> tuple[date, str] | None:
    """The day and the twelve digits of a number as `short_number` shows it; None for another
    text."""
    written = _SHORT_NUMBER.fullmatch(clean(text))
    if written is None:
        return None
    year, month, day = (int(written[1][at : at + 2]) for at in (0, 2, 4))
    try:
        return parse_jalali(f"14{year:02}/{month:02}/{day:02}"), "".join(written.groups())
    except Refusal:
        return None


def mask_id(digits: str) -> str:
    """«۴۴۲****۵۶۷» for papers that others may see."""
    shown = digits[:3] + "*" * max(0, len(digits) - 6) + digits[-3:]
    return shown.translate({ord(str(i)): d for i, d in enumerate(PERSIAN_DIGITS)})


def phone_words(phone: str) -> str:
    """«۰۹۱۳ ۲۵۱ ۴۴۰۸», «۰۳۵ ۳۷۲۵ ۰۰۲۱», never broken over two lines; another telephone, such as
    «۱۳۷», as it stands."""
    parts: tuple[str, ...] = (phone,)
    if len(phone) == _PHONE:
        first, second = (4, 7) if phone.startswith("09") else (3, 7)
        parts = phone[:first], phone[first:second], phone[second:]
    return isolate(to_persian_digits(NBSP.join(parts))) if phone else ""
