"""The table of Persian wordings: what each gate says for each of its reason codes.

`{name}` stands for a value of the finding, already formatted by `words.py`; `{as_of}` for the day
to which the records reach. The letter's sentence stands only where the code can fail.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.wordings import building, land, people
from desktop.domain.wordings.base import Wording

__all__ = ["LOOK_AT", "TITLES", "WORDINGS", "Wording"]

# What a gate is about, for a condition that a visit or an expert cleared.
TITLES: Mapping[str, str] = {
    "outside-city": "محدودهٔ شهر",
    "record": "سابقهٔ ملک",
    "ambiguous-record": "یکتایی سابقه",
    "doubted-record": "درستی سابقه",
    "record-age": "تازگی سوابق",
    "standing": "مالکیت متقاضی",
    "deceased": "زنده بودن مالک",
    "heir": "فوت مورث",
    "guardian": "اجازهٔ دادگاه برای مولی‌علیه",
    "co-owners": "رضایت مالکان",
    "deed": "سند رسمی",
    "waqf": "وقف",
    "garden": "باغ یا زمین زراعی",
    "hold": "بازداشت و دستور قضایی",
    "plan-conflict": "طرح و تعریض",
    "violation": "پروندهٔ مادهٔ ۱۰۰",
    "debt": "بدهی ملک",
    "parent": "ساختمان و عرصه",
    "certificate": "گواهی موجود",
    "self-declaration": "خوداظهاری مالک",
    "recent-visit": "بازدید اخیر",
    "building-on-land": "بنای موجود",
    "permit": "پروانهٔ معتبر",
    "historic-fabric": "بافت تاریخی",
    "expert": "نظر کارشناس",
    "minimum-parcel": "حد نصاب تفکیک",
    "blackout": "روزهای منع حفاری",
    "street": "بزرگی حفاری",
    "restoration": "هزینهٔ ترمیم و ودیعه",
    "charge": "عوارض و هزینه‌ها",
    "permit-on-file": "پروانه در سوابق",
    "named-paper": "گواهی یا پروانهٔ نامبرده",
    "municipal-paper": "مدرک شهرداری",
    "inquiry-letter": "نامهٔ استعلام",
}

LOOK_AT: Mapping[str, str] = {
    "record": "فاقد سابقه: ابعاد، چهار حد و عرض گذر",
    "recent-visit": "تغییر پس از بازدید پیشین",
    "self-declaration": "تغییر در بنا یا کاربری",
    "certificate": "وضع ساخت و کاربری موجود",
    "permit": "مرحلهٔ ساخت و نقشهٔ پروانه",
    "permit-on-file": "مرحلهٔ ساخت و نقشهٔ پروانه",
    "building-on-land": "بنای موجود روی زمین",
    "violation": "تخلف پیشین: آیا رفع شده است؟",
    "named-paper": "وضع ساخت با گواهی نامبرده",
}
"""What a condition that asked for the visit asks of who goes there; else its own title."""

WORDINGS: Mapping[tuple[str, str], Wording] = {
    **people.WORDINGS,
    **land.WORDINGS,
    **building.WORDINGS,
}
