"""What the parts of a service are called where two versions of it are told apart."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.form import FieldKind
from desktop.domain.service import Validity

KINDS: Mapping[FieldKind, str] = {
    FieldKind.TEXT: "متن",
    FieldKind.LONG: "متن بلند",
    FieldKind.WHOLE: "عدد",
    FieldKind.AREA: "مساحت",
    FieldKind.METRES: "متر",
    FieldKind.MONEY: "مبلغ",
    FieldKind.DATE: "روز",
    FieldKind.TIME: "ساعت",
    FieldKind.CHOICE: "یکی از گزینه‌ها",
    FieldKind.CHOICES: "چند گزینه",
    FieldKind.TICK: "بله یا خیر",
    FieldKind.NATIONAL_ID: "کد ملی",
    FieldKind.LEGAL_ID: "شناسهٔ ملی",
    FieldKind.MOBILE: "شمارهٔ همراه",
    FieldKind.POSTAL_CODE: "کد پستی",
    FieldKind.TABLE: "جدول",
}
ENDS: Mapping[Validity, str] = {
    Validity.MONTHS: "به ماه",
    Validity.END_OF_YEAR: "تا پایان سال",
    Validity.ANSWER: "روزی که در فرم می‌آید",
}
RECORD: Mapping[str, str] = {"found": "پیدا شد", "none": "نیست", "unknown": "نامعلوم"}
# A part is told under these words; what is not here goes by the name that the file gives it.
LABELS: Mapping[str, str] = {
    "title": "عنوان",
    "short": "نام کوتاه",
    "act": "آنچه خواسته می‌شود",
    "icon": "نماد",
    "digit": "رقم صفحهٔ خانه",
    "family": "گروه خدمت",
    "purpose": "شرح",
    "legal_basis": "مستند قانونی",
    "applicants": "متقاضیان",
    "commission": "کمیسیون مادهٔ",
    "label": "برچسب",
    "kind": "گونه",
    "choices": "گزینه‌ها",
    "when": "شرط",
    "record": "قلم سابقهٔ ملک",
    "formula": "فرمول",
    "least": "کمینه",
    "most": "بیشینه",
    "longest": "بیشترین نویسه",
    "not_before": "روزی که پیش از آن نباشد",
    "hint": "راهنمای زیر پرسش",
    "holds": "فرمول",
    "field": "پرسش کنار آن",
    "words": "جمله",
    "why": "دلیل خواستن",
    "remedy": "راه رفع نقص",
    "effect": "اثر",
    "months": "ماه",
    "scopes": "دامنه",
    "kinds": "گواهی‌ها",
    "charges": "تعرفه‌ها",
    "fails": "فرمول",
    "seen": "جملهٔ رد",
    "passes": "جملهٔ قبول",
    "letter": "جملهٔ نامه",
    "article": "مادهٔ قانون",
    "subject": "موضوع",
    "addressee": "مخاطب",
    "body": "متن",
    "closing": "پایان",
    "copies": "رونوشت",
    "validity": "پایان اعتبار",
    "until": "پرسش پایان اعتبار",
    "after": "پرسش آغاز اعتبار",
    "table": "جدول",
    "attachment": "پیوست",
    "days": "روز",
    "red_from": "سرخ از روز",
    "red_before": "سرخ تا چند روز مانده",
    "basis": "مبنا",
    "carry": "پاسخ‌های برده‌شده",
    "give": "پاسخ‌های ثابت",
    "purse": "صندوق",
}
# What is either so or not.
SO: Mapping[str, str] = {
    "required": "الزامی",
    "not_after_today": "تا امروز",
    "not_before_today": "از امروز به بعد",
    "numbered": "با شماره",
    "dated": "با تاریخ",
    "scan": "با تصویر",
    "all_debts": "دربارهٔ همهٔ بدهی‌ها",
    "working": "به روز کاری",
    "declares": "با خوداظهاری مالک",
    "needs_property": "دربارهٔ یک ملک",
    "by_expert": "با کارشناس",
    "debts_at_once": "با اعلام بدهی همراه بازدید یا بررسی",
}
