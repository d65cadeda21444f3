"""What a line of «گزارش مشاهده‌ها» says: what was seen, where, for which work."""

from __future__ import annotations

from desktop.domain.identifiers import short_number
from desktop.domain.people import Role
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.reading import Way, What

NO_CASE = "بی‌پرونده، نیازمند پرسش"
OFF_HOURS = "بیرون از ساعت"
WRONG = "زنجیره در این سطر گسسته است"
UNREAD = "این سطر خوانده نمی‌شود"
_OFFICE = "دفتر"
_COUNTED = (What.SEARCH, What.LIST)
_WORKS = {
    What.RECORD: "پیش‌بررسی فرم",
    What.FOUND: "پیش‌بررسی فرم",
    What.PLACE: "یافتن نزدیک‌ترین دفتر",
    What.SEARCH: "جست‌وجو",
    What.LIST: "ثبت‌های دفتر",
    What.LOG: "رسیدگی به مشاهده‌ها",
}


def seen_words(what: str, about: str) -> str:
    """«همهٔ پرونده», «نامهٔ ۱۴۰۵/۲۱/۱۸۴۷», «نتیجهٔ جست‌وجو، ۱۲ پرونده»."""
    if what not in {each.value for each in What}:
        return UNREAD
    seen = What(what)
    if not about or seen is What.LOG:
        return seen.word
    if seen in _COUNTED and about.isdecimal():
        return to_persian_digits(f"{seen.word}، {about} مورد")
    if seen is What.LETTER:
        return f"نامهٔ {isolate(to_persian_digits(about))}"
    return to_persian_digits(f"{seen.word}، {about}")


def work_words(what: str, way: str, about: str, tracking: str, *, no_case: bool) -> str:
    """For which work: `tracking` is its case's code, where it was for one."""
    if tracking:
        return f"پروندهٔ {short_number(tracking)}"
    if no_case:
        return NO_CASE
    if what == What.LOG and way == Way.PRINT:
        return f"دستور دادگاه {isolate(to_persian_digits(about))}"
    return _WORKS.get(What(what), "") if what in {each.value for each in What} else ""


def place_words(role: str, office: str, desk: int) -> str:
    """«متصدی دفتر ۱۴، باجهٔ ۱»; `office` is its code, empty for the municipality's own desk."""
    known = {each.value for each in Role}
    word = Role(role).word if role in known else ""
    if not office:
        return to_persian_digits(f"{word}، میز {desk}")
    # «مسئول دفتر» says it already.
    whose = word if word.endswith(_OFFICE) else f"{word} {_OFFICE}".strip()
    return to_persian_digits(f"{whose} {isolate(office)}، باجهٔ {desk}")
