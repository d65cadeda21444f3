"""What gates on the building, its files and its papers say."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.wordings.base import (
    ARTICLE_77,
    ARTICLE_100,
    ARTICLE_100_NOTE_8,
    CERTIFICATES,
    FILES,
    FORM,
    INCOME,
    PERMITS,
    VISITS,
    Wording,
)

_W = Wording


WORDINGS: Mapping[tuple[str, str], Wording] = {
    ("violation", "none"): _W("پروندهٔ باز مادهٔ ۱۰۰ ندارد", "{closed_files}", FILES, ARTICLE_100),
    ("violation", "open"): _W(
        "پروندهٔ باز مادهٔ ۱۰۰ دارد",
        "{count} پروندهٔ باز؛ {status}{fine_too}",
        FILES,
        ARTICLE_100,
        "ملک دارای {count_words} فقره {files_so_far} در کمیسیون مادهٔ ۱۰۰ قانون شهرداری است؛ "
        "وضعیت: «{status}»{fine_too}.",
    ),
    ("violation", "unlisted"): _W(
        "وضعیت پروندهٔ مادهٔ ۱۰۰ شناخته نشد",
        "{count} پروندهٔ باز؛ «{status}» در فهرست شهرداری نیست{fine_too}",
        FILES,
        ARTICLE_100,
        "ملک دارای {count_words} فقره پروندهٔ مفتوح در کمیسیون مادهٔ ۱۰۰ قانون شهرداری است که "
        "وضعیت آن در سوابق «{status}» نوشته شده و شناخته نشد{fine_too}.",
    ),
    ("violation", "paid-otherwise"): _W(
        "جریمهٔ پرداخت‌شده با مبلغ دیگر مانده است",
        "{count} پروندهٔ باز؛ جریمه در پیشخوان پرداخت شده و در سوابق تازه با مبلغ دیگر آمده است"
        "{fine_too}",
        FILES,
        ARTICLE_100,
        "جریمهٔ مادهٔ ۱۰۰ ملک که در دفتر پیشخوان پرداخت شده است در سوابق تازه با مبلغ دیگری آمده است"
        "{fine_too}.",
    ),
    ("parent", "clean"): _W("ساختمان و عرصه بی‌ایراد است", "پروندهٔ باز و بدهی ندارند", FILES),
    ("parent", "files"): _W(
        "ساختمان یا عرصه پروندهٔ باز دارد",
        "{files} پروندهٔ باز مادهٔ ۱۰۰{debts_too}",
        FILES,
        ARTICLE_100,
        "ساختمان یا عرصهٔ بالادست ملک دارای {files_words} فقره پروندهٔ مفتوح مادهٔ ۱۰۰{debts_too} "
        "است.",
    ),
    ("parent", "debts"): _W(
        "ساختمان یا عرصه بدهی دارد",
        "{debts}",
        INCOME,
        ARTICLE_77,
        "ساختمان یا عرصهٔ بالادست ملک {debts_words} بدهی سررسیدشده دارد.",
    ),
    ("parent", "unclear"): _W(
        "بدهی ساختمان یا عرصه روشن نیست",
        "وضعیت «{status}»{debts_too}",
        INCOME,
        ARTICLE_77,
        "وضعیت بدهی ساختمان یا عرصهٔ بالادست ملک در سوابق «{status}» نوشته شده است{debts_too}.",
    ),
    ("parent", "doubted"): _W(
        "پروندهٔ ساختمان یا عرصه خوانده نشد",
        "ردیفی از پروندهٔ مادهٔ ۱۰۰ آن در سوابق خوانا نیست",
        FILES,
        ARTICLE_100,
        "پروندهٔ مادهٔ ۱۰۰ ساختمان یا عرصهٔ بالادست ملک در سوابق خوانا نیست.",
    ),
    ("certificate", "held"): _W(
        "گواهی موجود است", "{kind}{number_too}{date_too}", CERTIFICATES, ARTICLE_100_NOTE_8
    ),
    ("certificate", "missing"): _W(
        "گواهی لازم موجود نیست",
        "{wanted} معتبر در سوابق نیست",
        CERTIFICATES,
        ARTICLE_100_NOTE_8,
        "گواهی {wanted} معتبری برای بنا در سوابق نیست.",
    ),
    ("certificate", "unlisted"): _W(
        "نوع گواهی شناخته نشد",
        "گواهی «{kind}» در فهرست شهرداری نیست؛ {wanted} معتبری هم در سوابق نیست",
        CERTIFICATES,
        ARTICLE_100_NOTE_8,
        "در سوابق گواهی «{kind}» برای بنا هست که نوع آن شناخته نشد؛ گواهی {wanted} معتبری نیست.",
    ),
    ("recent-visit", "recent"): _W(
        "بازدید کمتر از {months} ماه پیش", "آخرین بازدید: {date}", VISITS
    ),
    ("recent-visit", "old"): _W(
        "آخرین بازدید بیش از {months} ماه پیش است",
        "آخرین بازدید: {date}",
        VISITS,
        letter="آخرین بازدید ملک در تاریخ {date} و بیش از {months} ماه پیش بوده است.",
    ),
    ("recent-visit", "none"): _W(
        "بازدیدی انجام نشده است",
        "در سوابق بازدیدی نیست",
        VISITS,
        letter="بازدیدی از ملک در سوابق نیست.",
    ),
    ("recent-visit", "unread"): _W(
        "تاریخ بازدید خوانده نشد",
        "تاریخ آخرین بازدید در سوابق خوانا نیست",
        VISITS,
        letter="تاریخ آخرین بازدید ملک در سوابق خوانا نیست.",
    ),
    ("recent-visit", "future"): _W(
        "تاریخ بازدید درست نیست",
        "بازدید در سوابق به تاریخ {date} است که هنوز نیامده",
        VISITS,
        letter="تاریخ آخرین بازدید ملک در سوابق ({date}) پس از امروز است.",
    ),
    ("recent-visit", "before"): _W(
        "بازدید پیش از پایان کار بوده است",
        "آخرین بازدید {date} و پایان عملیات {finished} است",
        VISITS,
        letter="آخرین بازدید ملک در تاریخ {date}، پیش از پایان عملیات در {finished} بوده است.",
    ),
    ("recent-visit", "pictures"): _W(
        "عکس‌های بازدید خوانده نمی‌شود",
        "فایلی که با گزارش بازدید رسید عکس نیست یا شمار عکس‌ها کم است",
        VISITS,
        letter="عکس‌های گزارش بازدید ملک خوانده نمی‌شود.",
    ),
    ("building-on-land", "built"): _W("بنا در سوابق هست", "اعیان {area} مترمربع"),
    ("building-on-land", "permit"): _W(
        "پروانهٔ ساختمان تازه هست", "شمارهٔ {number}{until_too}", PERMITS
    ),
    ("building-on-land", "land"): _W(
        "در سوابق بنایی نیست",
        "درخواست دربارهٔ بنای موجود است و سوابق برای این ملک بنایی ندارد",
        letter="در سوابق بنایی برای این ملک ثبت نیست و درخواست دربارهٔ بنای موجود است.",
    ),
    ("building-on-land", "unread"): _W(
        "مساحت بنا خوانده نشد",
        "اعیان این ملک در سوابق خوانا نیست",
        letter="اعیان ملک در سوابق خوانا نیست و درخواست دربارهٔ بنای موجود است.",
    ),
    ("permit", "older"): _W(
        "بنا پیش از الزام پروانه ساخته شده است",
        "سال ساخت {year}، پیش از {since}",
        PERMITS,
        ARTICLE_100_NOTE_8,
        "سال ساخت بنا در سوابق {year} و پیش از سال {since} است؛ از این رو پروانهٔ ساختمانی "
        "خواسته نشد.",
    ),
    ("permit", "valid"): _W("پروانه معتبر است", "شمارهٔ {number}{until_too}", PERMITS, ARTICLE_100),
    ("permit", "completed"): _W(
        "پایان کار پس از پروانه هست", "{kind}{number_too}{date_too}", CERTIFICATES, ARTICLE_100
    ),
    ("permit", "doubted"): _W(
        "پروانهٔ ساختمان خوانده نشد",
        "ردیفی از پروانهٔ ساختمان در سوابق خوانا نیست",
        PERMITS,
        ARTICLE_100,
        "پروانهٔ ساختمانی که ملک در آن است در سوابق خوانا نیست.",
    ),
    ("permit", "unlisted"): _W(
        "نوع گواهی شناخته نشد",
        "گواهی «{kind}» در فهرست شهرداری نیست؛ پروانهٔ معتبری هم در سوابق نیست",
        CERTIFICATES,
        ARTICLE_100_NOTE_8,
        "در سوابق گواهی «{kind}» برای بنا هست که نوع آن شناخته نشد؛ پروانهٔ معتبری نیست.",
    ),
    ("permit", "expired"): _W(
        "اعتبار پروانه پایان یافته است",
        "شمارهٔ {number}{until_too}",
        PERMITS,
        ARTICLE_100,
        "اعتبار پروانهٔ ساختمانی شمارهٔ {number} در تاریخ {until} پایان یافته است.",
    ),
    ("permit", "none"): _W(
        "پروانهٔ معتبر یا پایان کار نیست",
        "نه پروانه در سوابق هست و نه پایان کار",
        PERMITS,
        ARTICLE_100,
        "پروانهٔ ساختمانی یا پایان کاری برای بنا در سوابق نیست.",
    ),
    ("permit-on-file", "held"): _W("پروانه در سوابق هست", "شمارهٔ {number}{date_too}", PERMITS),
    ("permit-on-file", "none"): _W(
        "پروانه‌ای در سوابق نیست",
        "برای این ملک پروانه‌ای ثبت نشده است",
        PERMITS,
        ARTICLE_100,
        "پروانهٔ ساختمانی برای ملک در سوابق نیست.",
    ),
    ("named-paper", "held"): _W("مدرک در سوابق هست", "{kind}{number_too}{date_too}", CERTIFICATES),
    ("named-paper", "missing"): _W(
        "مدرک در سوابق نیست",
        "گواهی یا پروانه‌ای با شمارهٔ {number} برای این ملک نیست",
        CERTIFICATES,
        letter="گواهی یا پروانه‌ای با شمارهٔ {number} برای این ملک در سوابق نیست.",
    ),
    ("named-paper", "superseded"): _W(
        "مدرک جای خود را به تازه‌تری داده است",
        "پس از مدرک شمارهٔ {number}، {new_kind} شمارهٔ {new_number} مورخ {new_date} صادر شده است",
        CERTIFICATES,
        letter="پس از مدرک شمارهٔ {number}، {new_kind} شمارهٔ {new_number} مورخ {new_date} صادر شده "
        "و جایگزین آن شده است.",
    ),
    ("municipal-paper", "held"): _W(
        "مدرک شهرداری در سوابق هست", "{kind}{number_too}{date_too}", CERTIFICATES
    ),
    ("municipal-paper", "shown"): _W("مدرک شهرداری ارائه شد", "شمارهٔ {number}", FORM),
    ("municipal-paper", "none"): _W(
        "مدرک شهرداری در دست نیست",
        "نه پروانه و گواهی در سوابق هست و نه پاسخ استعلام ارائه شده است",
        CERTIFICATES,
        letter="پروانه، گواهی یا پاسخ استعلامی از شهرداری برای این ملک ارائه نشده است.",
    ),
}
