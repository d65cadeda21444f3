"""What each key of a service's file is for, in a person's words; the one place that says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.form import FieldKind
from desktop.domain.people import Applicant

_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)(?:\s*\.\s*([A-Za-z0-9_-]+))?\s*=")
_INLINE = re.compile(r"[{,]\s*([A-Za-z0-9_-]+)\s*=")
_WHEN = 'شرط: تنها با این پاسخ‌ها، مانند when = { applicant = "attorney" }.'
_LETTERS = ("answer", "refuse", "debt")
_APPLICANTS = "، ".join(f"{each.value} {each.word}" for each in Applicant)
_KINDS = "، ".join(FieldKind)

HELP: Mapping[str, Mapping[str, str]] = {
    "": {
        "code": "نام خدمت و پرونده: حروف کوچک انگلیسی و خط پیوند. پس از انتشار عوض نمی‌شود.",
        "title": "عنوان خدمت، چنان‌که در پیشخوان و نامه‌ها خوانده می‌شود.",
        "short": "عنوان کوتاه برای جاهای تنگ؛ ننویسید، همان عنوان می‌آید.",
        "act": "آنچه متقاضی می‌خواهد، در میان جمله: «صدور …»، «اعلام بدهی برای …».",
        "effective": "روزی که نسخه به کار می‌افتد، میلادی و بی‌گیومه؛ شمسی آن در پایان سطر است.",
        "icon": "نماد خدمت در صفحهٔ خانه: نام یکی از نمادهای برنامه.",
        "digit": "رقمی از ۱ تا ۹ که خدمت را در صفحهٔ خانه باز می‌کند؛ صفر یعنی بی‌رقم.",
        "family": "گروه خدمت در فهرست: property ملک، building ساخت، street معبر، utility انشعاب.",
        "purpose": "یک جمله که خدمت برای چیست؛ در فهرست خدمت‌ها خوانده می‌شود.",
        "legal_basis": "مستندهای قانونی؛ در پایان نامه‌ها می‌آیند. دست‌کم یکی.",
        "applicants": f"کسانی که می‌توانند درخواست دهند: {_APPLICANTS}.",
        "commission": "کمیسیونی که کارشناس می‌تواند پرونده را بفرستد: 100 یا 5؛ خالی یعنی هیچ.",
        "declares": "true: مالک اظهار می‌کند که بنا از آخرین بازدید تغییر نکرده است.",
        "needs_property": "false: خدمت به ملک بسته نیست و دروازه‌ای که سوابق را می‌خواهد ندارد.",
        "debts_at_once": "true: بدهی‌ها بی‌درنگ اعلام می‌شود، هرچند پاسخ به بازدید یا بررسی برود.",
        "contests": "true: اعتراض است؛ واحد متولی سابقه به آن پاسخ می‌دهد و سابقه را اصلاح می‌کند.",
        "include": "قطعه‌های آماده که خدمت‌ها با هم دارند، مانند applicants و refusal.",
        "fees": "کارمزدها: هر کدام نام یک تعرفه.",
        "term": "وعدهٔ پاسخ؛ اگر چند تا باشد، نخستین که شرطش برقرار است.",
        "field": "یک پرسش فرم.",
        "check": "آنچه دربارهٔ پاسخ‌ها باید درست باشد تا درخواست ثبت شود.",
        "document": "مدرکی که باید دیده شود.",
        "gate": "دلیل‌هایی که مبنای پاسخ است؛ یک نام، یا جدولی با use و effect.",
        "letter": "متن نامه‌ها: answer پاسخ، refuse عدم امکان، debt بدهی.",
        "tariff": "تعرفهٔ خود این خدمت؛ نامش در کارمزدها و عوارض به کار می‌رود.",
        "rates": "جدول نرخ‌ها: برای هر پاسخ مبلغی به ریال یا ضریبی.",
        "link": "خدمت دیگری که از پروندهٔ این خدمت باز می‌شود.",
        "example": "نمونه: سابقه‌ای نام‌دار، درخواستی، و پاسخی که باید بدهد. بی آن‌ها منتشر نمی‌شود.",
    },
    "fees": {
        "office": "نام تعرفهٔ کارمزد دفتر؛ ننویسید، گرفته نمی‌شود.",
        "visit": "نام تعرفهٔ هزینهٔ بازدید؛ ننویسید، گرفته نمی‌شود.",
    },
    "term": {
        "days": "وعدهٔ پاسخ به روز از روز دریافت.",
        "months": "وعدهٔ پاسخ به ماه، به جای روز.",
        "working": "true: تنها روزهای کاری شمرده می‌شود.",
        "red_from": "روزی از وعده که از آن پس سرخ نشان داده می‌شود.",
        "red_before": "چند روز مانده به پایان وعده سرخ شود.",
        "basis": "مستند این وعده.",
        "when": _WHEN,
    },
    "field": {
        "key": "نام پرسش: حروف کوچک انگلیسی و زیرخط؛ در نامه‌ها و فرمول‌ها همین می‌آید.",
        "label": "آنچه متصدی بالای قلم می‌خواند.",
        "kind": f"گونهٔ پاسخ، یکی از {_KINDS}.",
        "required": "true: بی پاسخ ثبت نمی‌شود.",
        "choices": "گزینه‌ها؛ تا چهار گزینهٔ کوتاه کنار هم می‌آیند، بیشتر در فهرست.",
        "least": "کمترین اندازه، یا کمترین شمار سطرها.",
        "most": "بیشترین اندازه، یا بیشترین شمار سطرها. برای مرز نمونه‌ای بنویسید.",
        "longest": "بیشترین شمار نویسه‌ها.",
        "by": "expert: این را کارشناس هنگام بررسی می‌نویسد، نه متصدی.",
        "when": _WHEN,
        "record": "پاسخ از سوابق ملک می‌آید و نوشته نمی‌شود.",
        "formula": "پاسخ از پاسخ‌های بالاتر حساب می‌شود؛ کسی آن را نمی‌نویسد.",
        "column": "یک ستون جدول.",
        "not_after_today": "true: روز نباید پس از امروز باشد.",
        "not_before_today": "true: روز نباید پیش از امروز باشد.",
        "not_before": "نام پرسشی که این روز نباید پیش از آن باشد.",
        "hint": "راهنمای کوتاه زیر قلم.",
    },
    "field.choices": {
        "value": "مقداری که نگه داشته می‌شود و شرط‌ها می‌بینند.",
        "label": "آنچه متصدی می‌خواند.",
    },
    "field.column": {
        "key": "نام ستون در این پرونده.",
        "label": "سرستون.",
        "kind": "گونهٔ پاسخ در این ستون.",
        "required": "true: در هیچ سطری خالی نماند.",
        "choices": "گزینه‌های ستون.",
        "least": "کمترین اندازه در ستون.",
        "most": "بیشترین اندازه در ستون.",
        "longest": "بیشترین شمار نویسه‌ها در ستون.",
        "formula": "از ستون‌های پیش از خود در همان سطر حساب می‌شود.",
    },
    "check": {
        "holds": "فرمولی که باید درست باشد.",
        "field": "پرسشی که ایراد کنار آن گفته می‌شود.",
        "words": "جملهٔ ایراد: چه نادرست است و چه باید کرد.",
        "when": _WHEN,
    },
    "document": {
        "key": "نام مدرک در این پرونده.",
        "title": "نام مدرک، چنان‌که متصدی می‌خواند.",
        "when": _WHEN,
        "why": "چرا خواسته می‌شود، مانند «متقاضی وکیل است».",
        "numbered": "true: شمارهٔ مدرک نوشته می‌شود.",
        "dated": "true: تاریخ مدرک نوشته می‌شود.",
        "remedy": "اگر نباشد چه باید کرد؛ در برگ نقص مدارک چاپ می‌شود.",
        "scan": "true: بی تصویر ثبت نمی‌شود.",
        "number_field": "پرسشی که شمارهٔ همین مدرک را می‌پرسد؛ یک بار نوشته می‌شود.",
        "date_field": "پرسشی که تاریخ همین مدرک را می‌پرسد؛ یک بار نوشته می‌شود.",
    },
    "gate": {
        "use": "نام دلیل، مانند debt یا hold؛ rule یعنی دلیلی از خود این پرونده.",
        "effect": "اثر: refuse پاسخ منفی، visit بازدید، review بررسی، pay پرداخت، note یادآوری.",
        "when": _WHEN,
        "months": "مهلت به ماه، برای دلیلی که از زمان می‌پرسد.",
        "scopes": "دامنهٔ بازداشت‌هایی که به شمار می‌آید: all، transfer، build، any.",
        "kinds": "گواهی‌هایی که پذیرفته است: completion پایان کار، no-violation عدم خلاف.",
        "all_debts": "true: همهٔ بدهی‌ها شمرده می‌شود، سررسیدشده یا نه.",
        "charges": "نام تعرفه‌هایی که باید پرداخت شود.",
        "after": "این دلیل تنها پس از برطرف شدن آن دلیل پرسیده می‌شود.",
        "unless": "permit: با پروانهٔ معتبر پرسیده نمی‌شود.",
        "key": "نام دلیل خود این پرونده: حروف کوچک انگلیسی و خط پیوند.",
        "fails": "فرمولی که اگر درست باشد دلیل برقرار نیست.",
        "title": "عنوان دلیل در «چرا؟».",
        "seen": "آنچه دیده شد، وقتی برقرار نیست؛ {نام پرسش} پاسخ آن را می‌آورد.",
        "passes": "آنچه دیده شد، وقتی برقرار است.",
        "letter": "جمله‌ای که در نامه می‌آید.",
        "article": "مادهٔ قانونی این دلیل.",
    },
    "letter": {
        "answer": "نامهٔ پاسخ مثبت.",
        "refuse": "نامهٔ عدم امکان.",
        "debt": "نامهٔ اعلام بدهی؛ جایی که دلیلی پول می‌خواهد.",
    },
    "letter.*": {
        "subject": "موضوع نامه.",
        "addressee": "گیرندهٔ نامه، مانند {{ applicant.salutation }}.",
        "body": "متن نامه میان سه گیومه؛ {{ … }} مقدار می‌گذارد، **…** برجسته می‌کند و سطرهای "
        "«| برچسب: مقدار» جدول مشخصات می‌سازند.",
        "closing": "جمله‌های پایان نامه.",
        "copies": "رونوشت‌ها.",
        "validity": "اعتبار: months به ماه، end-of-year تا پایان سال، answer روزی از فرم.",
        "months": "اعتبار نامه به ماه.",
        "until": "نام پرسشی که روز پایان اعتبار است، یا هزینه تا آن روز پرداخت می‌شود.",
        "after": "اعتبار از این پرسش آغاز می‌شود.",
        "table": "نام جدولی از فرم که در نامه چاپ می‌شود.",
        "attachment": "پیوست نامه.",
        "span": "اعتباری جز months، با پاسخ‌هایی؛ نخستین که شرطش برقرار است.",
    },
    "letter.*.span": {
        "months": "اعتبار نامه به ماه، با این پاسخ‌ها.",
        "when": _WHEN,
    },
    "tariff": {
        "key": "نام تعرفه؛ در کارمزدها و charges همین نام می‌آید.",
        "title": "عنوان تعرفه، چنان‌که در فیش و نامه خوانده می‌شود.",
        "purse": "پول به کجا می‌رود: municipality شهرداری، office دفتر.",
        "amount": "فرمول مبلغ به ریال، از پاسخ‌های فرم و نرخ‌ها.",
    },
    "link": {
        "service": "نام خدمتی که باز می‌شود.",
        "title": "نوشتهٔ پیوند.",
        "when": _WHEN,
        "carry": "پاسخ‌هایی که برده می‌شود: پرسش آن خدمت = پرسش این خدمت.",
        "give": "پاسخ‌هایی که از پیش نوشته می‌شود.",
    },
    "example": {
        "name": "نام نمونه.",
        "record": "سابقهٔ نام‌دار، مانند clean، debt، none، other-owner.",
        "outcome": "پاسخی که باید بدهد: answer، pay، visit، review، refuse.",
        "applicant": "متقاضی؛ ننویسید، مالک است.",
        "answers": "پاسخ‌های فرم.",
        "expert": "آنچه کارشناس می‌نویسد؛ پاسخ پس از نظر او سنجیده می‌شود.",
        "unchanged": "اظهار مالک: yes، no یا خالی.",
        "gates": "دلیل‌هایی که باید برقرار نباشد، مانند debt:pay.",
    },
}
NO_KEY = "در این سطر کلیدی نیست؛ روی سطری بروید که «=» دارد."
_ANY_KEY = "نام را خودتان می‌گذارید."


@dataclass(frozen=True)
class KeyHelp:
    """A key as it stands in the file, and what it is for."""

    table: str
    key: str
    words: str


def help_at(text: str, line: int, column: int = 0) -> KeyHelp | None:
    """What the key at the place is for; None where no key stands. `line` counts from 1."""
    table = key = ""
    inside = False
    rows = text.split("\n")[:line]
    for row in rows:
        was_inside = inside
        inside ^= bool(row.count('"""') % 2)
        if was_inside:
            continue
        if header := _HEADER.match(row):
            table, key = header[1], ""
        elif found := _KEY.match(row):
            key = found[1]
        elif not row.strip() or row.lstrip().startswith("#"):
            key = ""
    if not rows:
        return None
    if not table and key in HELP and key != "":
        inner = [m for m in _INLINE.finditer(rows[-1]) if m.start() <= column]
        if inner and inner[-1][1] in HELP[key]:
            table, key = key, inner[-1][1]
    return _help(table, key)


def _help(table: str, key: str) -> KeyHelp | None:
    if not key:
        words = HELP[""].get(table.split(".")[0], "")
        return KeyHelp(table, "", words) if words else None
    first, _, second = table.partition(".")
    letter, _, below = second.partition(".")
    if first == "letter" and letter in _LETTERS and f"letter.*.{below}".rstrip(".") in HELP:
        keys = HELP[f"letter.*.{below}".rstrip(".")]
    elif first == "rates" or second in ("when", "answers", "carry", "give", "expert"):
        return KeyHelp(table, key, _ANY_KEY)
    else:
        keys = HELP.get(table, {})
    return KeyHelp(table, key, keys[key]) if key in keys else None
