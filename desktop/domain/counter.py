"""Words of the counter for what commands carry: half-days, fees, ways of paying, districts."""

from __future__ import annotations

from desktop.domain.persian import to_persian_digits

HALVES = {1: "۸:۰۰ تا ۱۱:۰۰", 2: "۱۱:۰۰ تا ۱۴:۰۰"}
FEES = {"office": "کارمزد دفتر", "visit": "هزینهٔ بازدید"}
METHODS = {
    "terminal": "کارت‌خوان",
    "bill": "قبض و شناسهٔ پرداخت",
    "deposit": "سپرده در صندوق ثبت",
    "finance": "تصمیم امور مالی",
}
CONDITIONS = {"land": "زمین", "underway": "در حال ساخت", "built": "ساخته‌شده"}
"""What a visit finds on the land."""
DISTRICTS = {5: "ناحیهٔ تاریخی"}


def district_name(district: int) -> str:
    """«منطقهٔ ۲», or the historic district's own name."""
    return DISTRICTS.get(district, to_persian_digits(f"منطقهٔ {district}"))
