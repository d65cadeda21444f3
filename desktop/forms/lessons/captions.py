"""The Persian of lessons: how citizens speak, what papers are called, the rules in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.people import Applicant

OUTCOME_LABEL = "نتیجه چه خواهد بود؟"
TICKED, NOT_TICKED = "بله", "خیر"
DECLARED, NOT_DECLARED = "تغییری داده نشده است", "اظهار نشده است"

ON_THAT_DAY = "در این درس امروز {} است."
GREETINGS = ("سلام.", "سلام، روز بخیر.", "سلام، خسته نباشید.")
REQUESTS = ("برای {} آمده‌ام.", "درخواست من {} است.", "می‌خواهم برای {} درخواست بدهم.")
WHO: Mapping[Applicant, str] = {
    Applicant.OWNER: "من {name} هستم، مالک این ملک.",
    Applicant.ATTORNEY: "من {name} هستم، وکیل {represented}.",
    Applicant.HEIR: "من {name} هستم، وارث {represented}.",
    Applicant.GUARDIAN: "من {name} هستم، قیم {represented}.",
    Applicant.BUYER: "من {name} هستم و این ملک را خریده‌ام.",
    Applicant.BANK: "نامهٔ {name} را آورده‌ام.",
    Applicant.NOTARY: "نامهٔ {name} را آورده‌ام.",
    Applicant.AGENCY: "نامهٔ {name} را آورده‌ام.",
    Applicant.COMPANY: "از {name} آمده‌ام؛ ملک به نام شرکت است.",
    Applicant.WAQF: "من {name} هستم، متولی این موقوفه.",
    Applicant.TENANT: "من {name} هستم، مستأجر این ملک.",
    Applicant.SHOPKEEPER: "من {name} هستم، صاحب سرقفلی این مغازه.",
}
UNCHANGED_WORDS = (
    "از بازدید پیش هیچ چیز بنا عوض نشده است.",
    "بنا همان است که مأمور شما دید؛ دستی به آن نزده‌ایم.",
    "از آخرین بازدید تغییری در ساختمان نداده‌ایم.",
)
CHANGED_WORDS = (
    "پس از بازدید، زیرزمین را انبار کردیم.",
    "پس از بازدید، بالکن را پوشاندیم و اتاق شد.",
    "پس از بازدید، روی پشت‌بام یک اتاق ساختیم.",
)
SILENT_WORDS = (
    "نمی‌دانم از آخرین بازدید چیزی در بنا عوض شده است یا نه.",
    "دربارهٔ تغییر بنا چیزی نمی‌توانم بگویم.",
)

# By whether a body asks by letter.
IDENTITY: Mapping[bool, str] = {False: "کارت شناسایی و نشانی", True: "معرفی‌نامه و نشانی"}
PLACE = "نشان ملک، از سند و فیش نوسازی"
NOTE = "یادداشت متقاضی"

CAPACITY_RULE = "سمت متقاضی را مدرکی تعیین می‌کند که در دست دارد، نه گفتهٔ او."
IDENTITY_RULE = "نام و شناسه از روی کارت یا نامه نوشته می‌شود؛ پاسخ به همان نام صادر می‌شود."
CODE_RULE = "سابقهٔ ملک با همین کد یافت می‌شود؛ هر رقم نادرست ملک دیگری است."
DECLARATION_RULE = (
    "اظهار تنها با گفتهٔ خود مالک یا نمایندهٔ او علامت زده می‌شود. با تغییر بنا، یا بی اظهار،"
    " پاسخ آنی داده نمی‌شود و نوبت بازدید لازم است."
)
DOCUMENT_RULE = "شماره و تاریخ از روی اصل مدرک نوشته می‌شود."
READ_BY_RULE = "قاعدهٔ «{}»{} همین پاسخ را می‌سنجد."
READ_BY_GATES = "نتیجهٔ درخواست به همین پاسخ بستگی دارد."
FIELD_RULE = "این پاسخ در نامه می‌آید؛ همان نوشته می‌شود که متقاضی می‌خواهد."
COPIED_RULE = "این پاسخ در نامه می‌آید؛ از روی مدرک یا یادداشت متقاضی، بی کم و کاست نوشته می‌شود."
NOTHING_HINDERS = "هیچ یک از شرط‌های این خدمت مانعی نمی‌بیند؛ پاسخ همان دم صادر می‌شود."


def of_paper(title: str, *, numbered: bool, dated: bool) -> str:
    """«شماره و تاریخ وکالت‌نامه»: what of a paper is asked."""
    told = [words for words, asked in (("شماره", numbered), ("تاریخ", dated)) if asked]
    joined = " و ".join(told)
    return f"{joined}ٔ {title}" if joined.endswith("ه") else f"{joined} {title}"


def denied(label: str) -> str:
    """That what a tick says is not so: «ملک بر معبر اصلی نیست.»"""
    if label.endswith(" است"):
        return f"{label.removesuffix('است')}نیست."
    return f"این درست نیست که {label}."
