"""The table of Persian wordings: what each gate says for each of its reason codes.

`{name}` stands for a value of the finding, already formatted by `words.py`; `{as_of}` for the day
to which the records reach. The letter's sentence stands only where the code can fail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_100 = "مادهٔ ۱۰۰"
_100_8 = "مادهٔ ۱۰۰، تبصرهٔ ۸"
_103 = "مادهٔ ۱۰۳"
_101 = "مادهٔ ۱۰۱"
_77 = "مادهٔ ۷۷"

_RECORDS = "سوابق تا {as_of}"
_OWNERS = "سوابق مالکیت"
_FORM = "فرم درخواست"
_FILES = "پرونده‌های مادهٔ ۱۰۰"
_INCOME = "درآمد شهرداری"
_VISITS = "گزارش‌های بازدید"
_PERMITS = "پروانه‌ها"
_CERTIFICATES = "گواهی‌ها"
_LEGAL = "سوابق حقوقی"
_PLAN = "طرح تفصیلی"
_FABRIC = "محدودهٔ بافت تاریخی"
_DIG = "فرم حفاری"
_BODIES = "فهرست مراجع"


@dataclass(frozen=True)
class Wording:
    """A short title, one sentence of what was seen, where, the article, the letter's sentence."""

    condition: str
    seen: str
    source: str = _RECORDS
    article: str = "—"
    letter: str = ""


# What a gate is about, for a condition that a visit or an expert cleared.
TITLES: Mapping[str, str] = {
    "outside-city": "محدودهٔ شهر",
    "record": "سابقهٔ ملک",
    "ambiguous-record": "یکتایی سابقه",
    "doubted-record": "درستی سابقه",
    "record-age": "تازگی سوابق",
    "standing": "مالکیت متقاضی",
    "deceased": "زنده بودن مالک",
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
    "permit": "پروانهٔ معتبر",
    "historic-fabric": "بافت تاریخی",
    "expert": "نظر کارشناس",
    "minimum-parcel": "حد نصاب تفکیک",
    "blackout": "روزهای منع حفاری",
    "street": "بزرگی حفاری",
    "restoration": "هزینهٔ ترمیم و ودیعه",
    "inquiry-letter": "نامهٔ استعلام",
}

_W = Wording
WORDINGS: Mapping[tuple[str, str], Wording] = {
    ("outside-city", "inside"): _W("ملک در محدودهٔ شهر است", "منطقهٔ کد نوسازی از مناطق شهر است"),
    ("outside-city", "outside"): _W(
        "ملک بیرون از محدودهٔ شهر است",
        "منطقهٔ {district} از مناطق شهر یزد نیست{go}",
        letter="ملک با منطقهٔ {district} در محدودهٔ شهرداری یزد نیست{go}.",
    ),
    ("record", "found"): _W("سابقهٔ ملک یافت شد", "ملک با این نشانه در سوابق هست"),
    ("record", "none"): _W(
        "سابقه‌ای از ملک یافت نشد",
        "کد نوسازی و پلاک ثبتی در سوابق نیست",
        letter="سابقه‌ای از ملک در شهرداری یافت نشد.",
    ),
    ("ambiguous-record", "one"): _W("سابقه یکتاست", "کد نوسازی و پلاک ثبتی یک ملک را نشان می‌دهند"),
    ("ambiguous-record", "several"): _W(
        "سابقه یکتا نیست",
        "کد نوسازی و پلاک ثبتی دو ملک یا بیشتر را نشان می‌دهند",
        letter="کد نوسازی و پلاک ثبتی درخواست به یک ملک نمی‌رسند.",
    ),
    ("doubted-record", "sound"): _W("سابقه بی‌ایراد است", "همهٔ سطرهای این ملک خوانده شده است"),
    ("doubted-record", "doubted"): _W(
        "سابقه ایراد دارد",
        "سطری از سوابق این ملک خوانا نبوده است",
        letter="بخشی از سوابق ملک خوانا نیست و باید اصلاح شود.",
    ),
    ("record-age", "fresh"): _W(
        "سوابق تازه است", "{days} روز از روز سوابق گذشته؛ مجاز {limit} روز"
    ),
    ("record-age", "old"): _W(
        "سوابق کهنه است",
        "{days} روز از روز سوابق گذشته؛ مجاز {limit} روز",
        letter="سوابق در دسترس {days} روز پیش گرفته شده و از {limit} روز مجاز گذشته است.",
    ),
    ("standing", "owner"): _W("متقاضی مالک است", "{name}، {dang} دانگ", _OWNERS),
    ("standing", "not-owner"): _W(
        "متقاضی در میان مالکان نیست",
        "کد ملی یا شناسهٔ ملی درخواست با هیچ مالک ثبت‌شده‌ای نمی‌خواند",
        _OWNERS,
        letter="درخواست از سوی مالک ثبت‌شدهٔ ملک یا نمایندهٔ او نیست.",
    ),
    ("deceased", "alive"): _W("مالک در قید حیات است", "در سوابق فوتی ثبت نشده است", _OWNERS),
    ("deceased", "dead"): _W(
        "مالک درگذشته است",
        "فوت {name} در سوابق ثبت شده است",
        _OWNERS,
        letter="فوت مالک در سوابق ثبت شده و درخواست باید از سوی وارثان باشد.",
    ),
    ("co-owners", "all"): _W("همهٔ مالکان رضایت دارند", "{held} دانگ از ۶ دانگ", _OWNERS),
    ("co-owners", "missing"): _W(
        "رضایت همهٔ مالکان نیست",
        "متقاضی و رضایت‌دهندگان {held} دانگ از ۶ دانگ دارند",
        _OWNERS,
        letter="متقاضی و مالکان رضایت‌دهنده {held} دانگ از ۶ دانگ ملک را دارند.",
    ),
    ("co-owners", "shares"): _W(
        "سهم‌های ثبت‌شده کامل نیست",
        "جمع سهم‌ها در سوابق {recorded} دانگ است، نه ۶ دانگ",
        _OWNERS,
        letter="جمع سهم‌های ثبت‌شدهٔ مالکان {recorded} دانگ است، نه ۶ دانگ.",
    ),
    ("deed", "formal"): _W("سند رسمی دارد", "نوع سند: {deed}", _OWNERS),
    ("deed", "informal"): _W(
        "سند رسمی ندارد",
        "نوع سند: {deed}",
        _OWNERS,
        letter="سند رسمی مالکیت برای ملک در سوابق نیست (نوع سند: {deed}).",
    ),
    ("waqf", "none"): _W("زمین وقفی نیست", "نوع سند وقفی نیست", _OWNERS),
    ("waqf", "waqf"): _W(
        "زمین وقفی است",
        "نوع سند: وقفی",
        _OWNERS,
        letter="زمین ملک وقفی است و هر اقدام موافقت ادارهٔ اوقاف و امور خیریه را می‌خواهد.",
    ),
    ("garden", "none"): _W("باغ یا زمین زراعی نیست", "کاربری: {use}", _PLAN),
    ("garden", "garden"): _W(
        "باغ یا زمین زراعی است",
        "کاربری: {use}",
        _PLAN,
        letter="کاربری ملک در طرح تفصیلی {use} است و ساخت در آن بررسی جداگانه می‌خواهد.",
    ),
    ("hold", "none"): _W("بازداشت و دستور قضایی ندارد", "هیچ موردی در جریان نیست", _LEGAL),
    ("hold", "known"): _W(
        "بازداشت یا دستور قضایی دارد",
        "{authority}، شمارهٔ {number}، {date}؛ دامنه: {scope}",
        _LEGAL,
        letter="ملک به دستور {authority} به شمارهٔ {number} مورخ {date} در بازداشت است "
        "(دامنه: {scope}).",
    ),
    ("hold", "unknown"): _W(
        "بازداشت یا دستوری ناروشن دارد",
        "مرجع، شماره، تاریخ یا دامنهٔ آن در سوابق کامل نیست",
        _LEGAL,
        letter="بازداشت یا دستوری برای ملک ثبت شده که مرجع، شماره، تاریخ یا دامنهٔ آن روشن نیست.",
    ),
    ("plan-conflict", "none"): _W("در طرح و تعریض نیست", "تعریض و طرحی ثبت نشده است", _PLAN),
    ("plan-conflict", "widening"): _W(
        "تعریض دارد",
        "{area} مترمربع در تعریض{plan_too}",
        _PLAN,
        "ضوابط طرح",
        "مقدار {area} مترمربع از عرصه در تعریض معبر قرار دارد{plan_too}.",
    ),
    ("plan-conflict", "plan"): _W(
        "در طرح عمومی است",
        "ملک در طرح عمومی قرار دارد",
        _PLAN,
        "ضوابط طرح",
        "ملک در محدودهٔ طرح عمومی قرار دارد.",
    ),
    ("violation", "none"): _W("پروندهٔ باز مادهٔ ۱۰۰ ندارد", "{closed_files}", _FILES, _100),
    ("violation", "open"): _W(
        "پروندهٔ باز مادهٔ ۱۰۰ دارد",
        "{count} پروندهٔ باز؛ {status}{fine_too}",
        _FILES,
        _100,
        "ملک {count} پروندهٔ باز در کمیسیون مادهٔ ۱۰۰ قانون شهرداری دارد؛ وضعیت: "
        "«{status}»{fine_too}.",
    ),
    ("debt", "none"): _W("بدهی سررسیدشده ندارد", "{disputed_too}", _INCOME, _77),
    ("debt", "due"): _W(
        "بدهی دارد",
        "{total}، {count} قلم، {years}",
        _INCOME,
        _77,
        "ملک بابت {years}، {total_words} بدهی دارد.",
    ),
    ("parent", "clean"): _W("ساختمان و عرصه بی‌ایراد است", "پروندهٔ باز و بدهی ندارند", _FILES),
    ("parent", "files"): _W(
        "ساختمان یا عرصه پروندهٔ باز دارد",
        "{files} پروندهٔ باز مادهٔ ۱۰۰{debts_too}",
        _FILES,
        _100,
        "ساختمان یا عرصهٔ بالادست ملک {files} پروندهٔ باز مادهٔ ۱۰۰ دارد{debts_too}.",
    ),
    ("parent", "debts"): _W(
        "ساختمان یا عرصه بدهی دارد",
        "{debts}",
        _INCOME,
        _77,
        "ساختمان یا عرصهٔ بالادست ملک {debts_words} بدهی سررسیدشده دارد.",
    ),
    ("certificate", "held"): _W(
        "گواهی موجود است", "{kind}{number_too}{date_too}", _CERTIFICATES, _100_8
    ),
    ("certificate", "missing"): _W(
        "گواهی لازم موجود نیست",
        "{wanted} معتبر در سوابق نیست",
        _CERTIFICATES,
        _100_8,
        "گواهی {wanted} معتبری برای بنا در سوابق نیست.",
    ),
    ("self-declaration", "unchanged"): _W("خوداظهاری مالک", "تغییری در بنا داده نشده است", _FORM),
    ("self-declaration", "changed"): _W(
        "بنا تغییر کرده است",
        "متقاضی تغییر بنا را اظهار کرده است",
        _FORM,
        letter="به اظهار متقاضی، بنا پس از آخرین سابقه تغییر کرده است.",
    ),
    ("self-declaration", "silent"): _W(
        "خوداظهاری نشده است",
        "متقاضی تغییر نکردن بنا را اظهار نکرده است",
        _FORM,
        letter="متقاضی تغییر نکردن بنا را اظهار نکرده است.",
    ),
    ("self-declaration", "undeclared"): _W(
        "بدون خوداظهاری مالک",
        "مرجع استعلام‌کننده اظهاری نیاورده است",
        _FORM,
        letter="این پاسخ بدون خوداظهاری مالک صادر شده است.",
    ),
    ("recent-visit", "recent"): _W(
        "بازدید کمتر از {months} ماه پیش", "آخرین بازدید: {date}", _VISITS
    ),
    ("recent-visit", "old"): _W(
        "بازدید {months} ماه اخیر نیست",
        "آخرین بازدید: {date}",
        _VISITS,
        letter="آخرین بازدید ملک {date} است و از {months} ماه گذشته است.",
    ),
    ("recent-visit", "none"): _W(
        "بازدیدی نشده است",
        "در سوابق بازدیدی نیست",
        _VISITS,
        letter="بازدیدی از ملک در سوابق نیست.",
    ),
    ("permit", "valid"): _W("پروانه معتبر است", "شمارهٔ {number}{until_too}", _PERMITS, _100),
    ("permit", "completed"): _W(
        "پایان کار پس از پروانه هست", "{kind}{number_too}{date_too}", _CERTIFICATES, _100
    ),
    ("permit", "expired"): _W(
        "پروانه پایان یافته است",
        "شمارهٔ {number}{until_too}",
        _PERMITS,
        _100,
        "اعتبار پروانهٔ ساختمانی شمارهٔ {number} در تاریخ {until} پایان یافته است.",
    ),
    ("permit", "none"): _W(
        "پروانه‌ای در سوابق نیست",
        "نه پروانه هست و نه پایان کار",
        _PERMITS,
        _100,
        "پروانهٔ ساختمانی یا پایان کاری برای بنا در سوابق نیست.",
    ),
    ("historic-fabric", "outside"): _W("بیرون از بافت تاریخی", "در بافت تاریخی نیست", _FABRIC),
    ("historic-fabric", "inside"): _W(
        "در بافت تاریخی است",
        "استعلام میراث فرهنگی لازم است",
        _FABRIC,
        "ضوابط بافت",
        "ملک در بافت تاریخی است و پاسخ میراث فرهنگی را می‌خواهد.",
    ),
    ("expert", "always"): _W(
        "نظر کارشناس لازم است",
        "این خدمت را کارشناس شهرسازی بررسی می‌کند",
        "ضوابط خدمت",
        letter="پاسخ این خدمت با کارشناس شهرسازی است.",
    ),
    ("minimum-parcel", "enough"): _W(
        "حد نصاب تفکیک برقرار است", "کوچک‌ترین قطعه {area}؛ حد نصاب {least} مترمربع", _PLAN, _101
    ),
    ("minimum-parcel", "small"): _W(
        "کمتر از حد نصاب تفکیک",
        "کوچک‌ترین قطعه {area}؛ حد نصاب {least} مترمربع",
        _PLAN,
        _101,
        "کوچک‌ترین قطعه {area} مترمربع و کمتر از حد نصاب {least} مترمربع است.",
    ),
    ("blackout", "free"): _W("روزهای درخواست آزاد است", "منع حفاری ندارد", "تقویم حفاری", _103),
    ("blackout", "inside"): _W(
        "در روزهای منع حفاری است",
        "{title}، {first} تا {last}؛ نخستین روز آزاد {free}",
        "تقویم حفاری",
        _103,
        "حفاری از {first} تا {last} ممنوع است ({title})؛ نخستین روز آزاد {free} است.",
    ),
    ("street", "minor"): _W("حفاری کوچک است", "از حد بررسی کارشناس کمتر است", _DIG, _103),
    ("street", "major"): _W(
        "حفاری بررسی می‌خواهد",
        "{causes}",
        _DIG,
        _103,
        "حفاری بررسی کارشناس می‌خواهد: {causes}.",
    ),
    ("restoration", "paid"): _W("ترمیم و ودیعه پرداخت شده است", "{fee} و {deposit}", _INCOME, _103),
    ("restoration", "unpaid"): _W(
        "ترمیم و ودیعه پرداخت نشده است",
        "هزینهٔ ترمیم {area} مترمربع {fee}، ودیعه {deposit}",
        _INCOME,
        _103,
        "هزینهٔ ترمیم {fee} و ودیعهٔ حفاری {deposit} پرداخت نشده است.",
    ),
    ("inquiry-letter", "new"): _W("نامهٔ استعلام تازه است", "{body}", _BODIES),
    ("inquiry-letter", "unknown"): _W(
        "مرجع استعلام شناخته نیست",
        "«{body}» در فهرست مراجع نیست",
        _BODIES,
        letter="مرجع استعلام‌کننده در فهرست مراجع شهرداری نیست.",
    ),
    ("inquiry-letter", "used"): _W(
        "شمارهٔ نامه تکراری است",
        "شمارهٔ {number} را پیش از این {body} فرستاده است",
        "استعلام‌های پیشین",
        letter="نامهٔ شمارهٔ {number} پیش از این پاسخ گرفته است.",
    ),
}
