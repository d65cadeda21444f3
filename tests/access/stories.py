"""Three pieces of a day's work, done through the accessibility tree alone; prints what was said.

Run by Debian's interpreter: `stories.py STORY`, with what waits in the office as JSON on its input.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from tests.access.reader import Reader

Office = Mapping[str, Any]


def _sign_in(reader: Reader, office: Office, role: str) -> None:
    """By name and password, both typed."""
    reader.type_in("نام کاربری", office["people"][role])
    reader.type_in("گذرواژه", office["password"], "password text")
    reader.press("ورود")


def register(reader: Reader, office: Office) -> str:
    """A clerk registers a request for the certificate, and hears what came out."""
    asked = office["request"]
    party, answers = asked["party"], asked["answers"]
    _sign_in(reader, office, "clerk")
    reader.press("درخواست جدید")
    reader.press("گواهی عدم خلاف")
    for label, key in (
        ("کد ملی", "person_id"),
        ("نام", "first_name"),
        ("نام خانوادگی", "last_name"),
        ("نام پدر", "father"),
        ("تاریخ تولد", "birth"),
        ("تلفن همراه", "mobile"),
        ("نشانی متقاضی", "address"),
        ("کد پستی", "postal_code"),
    ):
        reader.type_in(label, party[key])
    parts = ("منطقه", "ناحیه", "بلوک", "ملک", "ساختمان", "آپارتمان", "صنفی")
    for part, digits in zip(parts, asked["code"].split("-"), strict=True):
        reader.type_in(f"کد نوسازی، {part}", digits)
    reader.press(answers["stage"], "check box", within="مرحلهٔ ساختمانی")
    reader.type_in("منظور از گواهی", answers["purpose"])
    reader.type_in("شمارهٔ گزارش ناظر", answers["report_number"])
    reader.type_in("تاریخ گزارش ناظر", answers["report_date"])
    reader.press("مالک اظهار می‌کند", "check box")
    for title, number, dated in asked["documents"]:
        reader.press(f"{title}: اصل دیده شد", "check box")
        if number:
            reader.type_in(f"{title}: شماره", number)
        if dated:
            reader.type_in(f"{title}: تاریخ", dated)
    reader.type_in("شمارهٔ پیگیری کارت‌خوان", "515151")
    reader.press("ثبت درخواست")
    return reader.wait_to_hear("پاسخ منفی آماده شد")


def stamp(reader: Reader, office: Office) -> str:
    """The manager chooses letters at home, and stamps them all under one password."""
    _sign_in(reader, office, "manager")
    for name in office["to_stamp"]:
        reader.press(name, "table cell")
        reader.press("برگزیدن")
    reader.find("label", "۳ نامهٔ برگزیده را تا پایان ندیده‌اید")
    batch = office["batch"]
    reader.press(batch)
    reader.type_in("گذرواژهٔ شما", office["password"], "password text")
    # Nobody has seen them on the screen: that is asked once more.
    reader.press("با مسئولیت خود", "check box")
    reader.press(batch.replace("تأیید و مهر", "تأیید، مهر و چاپ"))
    return reader.wait_to_hear(office["printed"])


def decide(reader: Reader, office: Office) -> str:
    """The expert clears what the records could not answer, each with a reason."""
    _sign_in(reader, office, "expert")
    reader.press(office["in_review"], "table cell")
    reader.press("بررسی پرونده")
    for box in reader.find_all("check box", "مانع برطرف است"):
        # The group in which it stands says of what.
        condition = box.get_parent().get_name().partition(":")[0]
        reader.act(box, "Toggle")
        reader.type_in(f"{condition}: دلیل", "دلیل دیگر")
        reader.type_in(f"{condition}: توضیح", "مدرک بی‌ایراد است و ضابطه‌ای نقض نمی‌شود.")
    reader.press("ثبت نظر")
    return reader.wait_to_hear("", ending="در انتظار تأیید")


STORIES: Mapping[str, Callable[[Reader, Office], str]] = {
    "register": register,
    "stamp": stamp,
    "decide": decide,
}


def main() -> None:
    """Do the story."""
    reader = Reader("pishkhan")
    told = STORIES[sys.argv[1]](reader, json.loads(sys.stdin.read()))
    sys.stdout.write(json.dumps({"told": told, "heard": reader.heard}))


if __name__ == "__main__":
    main()
