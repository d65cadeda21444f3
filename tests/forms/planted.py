"""Faults planted into good service files, one at a time: what is changed, where it is told, how.

A person at the municipality makes each of them one day. `old` stands in the good file and `new`
in its place; the fault is told on the line where `at` first stands afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.forms.catalogue import SERVICES
from desktop.settings import resources


def _fresh() -> str:
    text = (resources() / "service" / "new.toml").read_text(encoding="utf-8")
    return text.replace('"CODE"', '"harim"').replace("EFFECTIVE", "2026-11-24")


BASES = {
    "harim": _fresh(),
    **{
        code: (SERVICES / f"{code}.toml").read_text(encoding="utf-8")
        for code in ("no-violation", "excavation", "subdivision", "transfer", "water")
    },
}
"""Good files: a fresh one as `./run service new` writes it, and some that ship."""


@dataclass(frozen=True)
class Planted:
    """One fault: the good file, the change, where it is told, and words of the telling."""

    old: str
    new: str
    at: str
    words: str
    base: str = "harim"

    @property
    def text(self) -> str:
        """The file with the fault."""
        good = BASES[self.base]
        assert self.old in good, self.old
        return good.replace(self.old, self.new, 1)

    @property
    def line(self) -> int:
        """The line, from 1, on which it is to be told."""
        assert self.at in self.text, self.at
        return self.text[: self.text.index(self.at)].count("\n") + 1


P = Planted
_DEED = '{ use = "deed", effect = "note" }'
_WHEN = 'when = { reason = "اداری" }'
_CHOICES = 'choices = ["شخصی", "اداری"]'
_TITLE = 'title = "عنوان خدمت"'
_DAY = "effective = 2026-11-24"
_COPIES = 'copies = ["پروندهٔ ملک"]'
_PROPERTY = "{{ property.sentence }}"
_ANSWERS = 'answers = { reason = "شخصی" }'
_LONG = 'kind = "long"'
# What is no TOML.
SYNTAX = [
    P('family = "property"', "family property", "family property", "«=»"),
    P('family = "property"', 'family: "property"', "family:", "نه «:»"),
    P('family = "property"', 'family == "property"', "family ==", "یک «=»"),
    P('family = "property"', "family = property", "family =", "دو گیومه"),
    P('family = "property"', "family =", "family =", "مقدار را بنویسید"),
    P('family = "property"', 'family = "property', "family =", "بسته"),
    P(_TITLE, "title = «عنوان خدمت»", "title =", "گیومهٔ انگلیسی"),
    P(_TITLE, "title = “عنوان خدمت”", "title =", "گیومهٔ انگلیسی"),
    P(_TITLE, "title = عنوان خدمت", "title =", "گیومهٔ انگلیسی"),
    P(_TITLE, 'عنوان = "خدمت"', "عنوان =", "انگلیسی"),
    P(_TITLE, 'title = "عنوان" خدمت', "title =", "یک مقدار"),
    P(_TITLE, 'title = "عنوان\\خدمت"', "title =", "«\\»"),
    P("days = 10", "days = ۱۰", "days =", "انگلیسی"),
    P("days = 10", "days = ده", "days =", "گیومه"),
    P("required = true\n\n[[field]]", "required = True\n\n[[field]]", "= True", "true"),
    P("required = true\n\n[[field]]", "required = بله\n\n[[field]]", "= بله", "true"),
    P("[term]", "[term", "[term", "کروشه"),
    P("[term]", "term]", "term]  ", "کروشه"),
    P("[[field]]", "[[field]", "[[field]\n", "کروشه"),
    P("[fees]", "// کارمزد\n[fees]", "//", "«#»"),
    P("[fees]", "[term]\ndays = 3\n\n[fees]", "[term]  ", "دو بار"),
    P('    "debt",\n', '    "debt"\n', '    "parent",', "ویرگول"),
    P('    "parent",\n]', '    "parent",', "gate = [", "«]»"),
    P('"bank", "notary"', '"bank" "notary"', "applicants =", "ویرگول"),
    P('{{ basis }}\n"""', "{{ basis }}", 'body = """', '"""'),
    P(_DEED, '{ use = "deed" effect = "note" }', '"deed"', "ویرگول"),
    P(_DEED, '{ use = "deed", use = "debt" }', '"deed"', "دو بار"),
    P("[fees]", "این سطر توضیح است\n[fees]", "این سطر توضیح", "نه کلید"),
    P("red_from = 8", "red_from = 8\nred_from = 9", "red_from = 9", "دو بار"),
    P('icon = "file-text"', '\ufefficon = "file-text"', "icon =", "BOM"),
]
# The day from which it holds.
DAYS = [
    P(_DAY, "effective = 1405-09-03", "effective", "2026-11-24"),
    P(_DAY, 'effective = "1405/09/03"', "effective", "2026-11-24"),
    P(_DAY, 'effective = "۱۴۰۵/۰۹/۰۳"', "effective", "2026-11-24"),
    P(_DAY, "effective = ۱۴۰۵-۰۹-۰۳", "effective", "میلادی"),
    P(_DAY, "effective = 1405/09/03", "effective", "میلادی"),
    P(_DAY, 'effective = "2026-11-24"', "effective", "بی‌گیومه"),
    P(_DAY, "effective = 2026-13-24", "effective", "میلادی"),
    P(_DAY, "effective = 0202-11-24", "effective", "میلادی"),
    P(_DAY, "", "", "لازم"),
]
# Keys: misspelt, missing, in another table, of another shape.
KEYS = [
    P("purpose =", "purpos =", "purpos =", "شاید «purpose»"),
    P('act = "صدور پاسخ"', 'deed = "صدور پاسخ"', "deed =", "شناخته نیست"),
    P("required = true", "requierd = true", "requierd", "شاید «required»"),
    P("required = true\n\n[[field]]", "digit = 5\n\n[[field]]", "digit = 5", "بالای پرونده"),
    P("required = true\n\n[[field]]", 'remedy = "بیاورید"\n\n[[field]]', "remedy", "«document»"),
    P('office = "office"', 'ofice = "office"', "ofice", "شاید «office»"),
    P("red_from = 8", "red = 8", "red = 8", "شاید «red_"),
    P(_COPIES, 'copy = ["پروندهٔ ملک"]', "copy =", "شاید «copies»"),
    P("[letter.answer]", "[letter.anwser]", "[letter.anwser]", "شاید «answer»"),
    P('record = "clean"\n', 'recrod = "clean"\n', "recrod", "شاید «record»"),
    P('key = "front"', 'kee = "front"', "kee", "شاید «key»", "subdivision"),
    P('label = "بر به معبر"', 'lable = "بر به معبر"', "lable", "شاید «label»", "subdivision"),
    P('label = "تفکیک عرصه"', 'lable = "تفکیک عرصه"', "lable", "شاید «label»", "subdivision"),
    P(
        'key = "front"',
        'record = "land"\nkey = "front"',
        'record = "land"\nkey',
        "«field»",
        "subdivision",
    ),
    P('service = "excavation"', 'servise = "excavation"', "servise", "شاید «service»", "water"),
    P(_TITLE, "title = 5", "title =", "گیومه"),
    P(_TITLE, 'title = ""', "title =", "خالی"),
    P("days = 10", 'days = "10"', "days =", "بی‌گیومه"),
    P("days = 10", "days = 10.5", "days =", "بی‌گیومه"),
    P("days = 10", "days = 9999", "days =", "۷۳۰"),
    P("required = true", 'required = "true"', "required", "true"),
    P(_CHOICES, 'choices = "شخصی"', "choices = ", "فهرست"),
    P('legal_basis = ["مادهٔ ۱۰۱ قانون شهرداری"]', "legal_basis = []", "legal_basis", "یک مورد"),
    P(_WHEN, 'when = "اداری"', "when =", "شرط را چنین"),
    P(_WHEN, "when = { reason = 3 }", "when =", "شرط را چنین"),
    P("[fees]", "[[fees]]", "[[fees]]", "یک کروشه"),
    P("[letter.answer]", "[[letter.answer]]", "[[letter.answer]]", "یک کروشه"),
    P('key = "reason"', 'key = "Reason"', 'key = "Reason"', "حروف کوچک"),
    P('key = "reason"', 'key = "دلیل"', 'key = "دلیل"', "حروف کوچک"),
    P('key = "reason"', 'key = "applicant"', 'key = "applicant"', "از آنِ برنامه"),
    P('key = "explanation"', 'key = "class"', 'key = "class"', "از آنِ برنامه"),
    P('key = "explanation"', 'key = "reason"', 'key = "reason"\nlabel = "توضیح"', "دو بار"),
    P('family = "property"', 'family = "proprety"', "family", "شاید «property»"),
    P(_LONG, 'kind = "lang"', 'kind = "lang"', "شاید «long»"),
    P('"waqf"]', '"waqff"]', "applicants =", "شاید «waqf»"),
    P('"waqf"]', '"waqf", "owner"]', "applicants =", "دو بار"),
    P('"refusal", "debt"]', '"refusal", "dept"]', "include", "شاید «debt»"),
    P('"refusal", "debt"]', '"refusal", "debt", "debt"]', "include", "دو بار"),
    P(
        'include = ["applicants", "unrecorded", "renewal-receipt", "refusal", "debt"]',
        'include = "refusal"',
        "include",
        "فهرست بنویسید",
    ),
    P('"refusal", "debt"]', '"refusal"]', "[letter.answer]", "[letter.debt]"),
    P('"refusal", "debt"]', '"debt"]', "[letter.answer]", "refuse"),
    P("days = 10", "days = 10\nmonths = 2", "[term]", "یا با months"),
    P("red_from = 8", "red_from = 18", "red_from", "دیرتر"),
    P("red_from = 8", "red_before = 8", "red_before", "red_from"),
    P('icon = "file-text"', 'icon = "file-txt"', "icon", "شاید «file-text»"),
    P('icon = "file-text"', 'icon = "file-text"\ndigit = 12', "digit", "۹"),
    P('icon = "file-text"', 'icon = "file-text"\ndigit = 3', "digit", "نقل و انتقال"),
    P('code = "harim"', 'code = "harim-of-the-old-wall"', "code =", "۲۰ نویسه"),
    P('code = "harim"', 'code = "hareem"', "code", "hareem.toml"),
]
# Texts that people read.
TEXTS = [
    P(_TITLE, f'title = "{"عنوان " * 11}"', "title", "۶۰ نویسه"),
    P(_TITLE, 'title = "گواهي خدمت"', "title", "«ی» فارسی"),
    P(_TITLE, 'title = "كار خدمت"', "title", "«ک» فارسی"),
    P(_TITLE, 'title = "مادهٔ ٣"', "title", "رقم"),
    P(_TITLE, 'title = "عنوان  خدمت"', "title", "دو فاصله"),
    P(_TITLE, 'title = "عنوان\\tخدمت"', "title", "Tab"),
    P(_TITLE, 'title = "عنــوان"', "title", "کشیده"),
    P(_TITLE, 'title = "عنوان\u200f"', "title", "نادیدنی"),
    P(_TITLE, 'title = "عنوان 😀"', "title", "چاپ نمی‌شود"),
    P(_TITLE, 'title = "عنوان {reason}"', "title", "آکولاد"),
    P('label = "توضیح"', 'label = " "', 'label = " "', "تنها فاصله"),
    P("با سلام و احترام؛", "با سلام و احترام؛ ✔", "✔", "چاپ نمی‌شود"),
    P("با سلام و احترام؛", "\nبا سلام و احترام ي", "احترام ي", "«ی» فارسی"),
]
# Fields, their conditions, tables and documents.
FIELDS = [
    P(_WHEN, 'when = { resaon = "اداری" }', "resaon", "شاید «reason»"),
    P(_WHEN, 'when = { reason = "ادارات" }', "when", "شاید «اداری»"),
    P(_WHEN, 'when = { reason = "ادارى" }', "when", "«ی» فارسی"),
    P(_WHEN, 'when = { applicant = "clerk" }', "when", "هیچ‌گاه"),
    P(_WHEN, 'when = { explanation = "x" }', "when", "پایین‌تر"),
    P(
        'label = "دلیل درخواست"',
        'label = "دلیل درخواست"\nwhen = { explanation = "x" }',
        "when = { e",
        "پایین‌تر",
    ),
    P(_CHOICES, 'choices = ["شخصی"]', 'kind = "choice"', "دو گزینه"),
    P(_CHOICES, 'choices = ["شخصی", "شخصی"]', "choices = ", "دو بار"),
    P(_LONG, 'kind = "long"\nchoices = ["آ", "ب"]', 'choices = ["آ"', "kind را عوض"),
    P(_LONG, 'kind = "long"\nleast = 2', "least", "عدد و جدول"),
    P(_LONG, 'kind = "whole"\nlongest = 2', "longest", "text و long"),
    P(_LONG, 'kind = "whole"\nleast = 9\nmost = 2', "least", "بزرگ‌تر"),
    P(_LONG, 'kind = "long"\nnot_after_today = true', 'kind = "long"', "تاریخ"),
    P(_LONG, 'kind = "date"\nnot_before = "start"', "not_before", "در این خدمت نیست"),
    P(_LONG, 'kind = "date"\nnot_before = "reason"', "not_before", "تاریخ نیست"),
    P(_LONG, 'kind = "long"\nrecord = "lnad"', 'record = "lnad"', "شاید «land»"),
    P(_LONG, 'kind = "date"\nrecord = "built"', 'record = "built"', "نمی‌خواند"),
    P(_LONG, 'kind = "table"', 'kind = "table"', "ستون می‌خواهد"),
    P('key = "front"', 'key = "area"', 'key = "area"\nlabel = "بر', "دو بار", "subdivision"),
    P('key = "dig_to"', 'key = "dig_last"', 'until = "dig_to"', "شاید «dig_last»", "excavation"),
    P('not_before = "dig_from"', 'not_before = "dig_end"', '"dig_end"', "شاید", "excavation"),
]
# Formulas.
_FORMULA = 'formula = "length * width"'
_SUM = 'formula = "sum(parts.area)"'
FORMULAS = [
    P(_FORMULA, 'formula = "length * widht"', "formula", "شاید «width»", "excavation"),
    P(_FORMULA, 'formula = "length x width"', "formula", "خوانده نمی‌شود", "excavation"),
    P(_FORMULA, 'formula = "length × width"', "formula", "«×»", "excavation"),
    P(_FORMULA, 'formula = "length * ۲"', "formula", "رقم انگلیسی", "excavation"),
    P(_FORMULA, 'formula = "length * 1e400"', "formula", "به این بزرگی", "excavation"),
    P(_FORMULA, 'formula = "length / 0"', "formula", "صفر", "excavation"),
    P(_FORMULA, 'formula = "length ** 9"', "formula", "پذیرفته", "excavation"),
    P(_FORMULA, 'formula = "length * pavement"', "formula", "پایین‌تر", "excavation"),
    P(_FORMULA, 'formula = "length * record.land"', "formula", 'record = "land"', "excavation"),
    P(_FORMULA, 'formula = "length > width"', "formula", "عدد بدهد", "excavation"),
    P(_FORMULA, 'formula = "area(length)"', "formula", "تابع «area»", "excavation"),
    P(_SUM, 'formula = "sum(area)"', "sum(area)", "parts.area", "subdivision"),
    P(
        _SUM,
        'formula = "sum(parts.area * parts.front)"',
        "sum(parts.area * parts.front)",
        "ستونی با فرمول",
        "subdivision",
    ),
    P(_SUM, 'formula = "parts.area * 2"', "parts.area * 2", "یک ستون است", "subdivision"),
    P(
        _SUM,
        'formula = "sum(parts.part_use)"',
        "sum(parts.part_use)",
        "ستونی از عدد",
        "subdivision",
    ),
    P('holds = "length > 0', 'holds = "length = 0', "holds", "«==»", "excavation"),
    P('field = "dig_to"', 'field = "dig_too"', "dig_too", "شاید", "excavation"),
]
# Gates and money.
GATES = [
    P(_DEED, '"self-declaration"', "self-declaration", "declares = true"),
    P(
        'kind = "whole"\nmost = 60',
        'kind = "text"',
        'kind = "text"\nwhen = { pave',
        "= whole",
        "excavation",
    ),
    P('    "standing",', '    "standin",', "standin", "شاید «standing»"),
    P(_DEED, '{ use = "deed", effect = "nota" }', '"deed"', "شاید «note»"),
    P(_DEED, '{ use = "deed", effect = "pay" }', '"deed"', "مبلغی نمی‌خواهد"),
    P(_DEED, '{ use = "violation", effect = "pay" }', "violation", "مبلغی"),
    P(_DEED, '{ use = "hold" }', '"hold"', "scopes"),
    P(_DEED, '{ use = "recent-visit" }', "recent-visit", "months"),
    P(_DEED, '{ use = "deed", months = 3 }', '"deed"', "recent-visit"),
    P(_DEED, '{ use = "blackout" }', "blackout", "dig_from"),
    P(_DEED, '{ use = "charge" }', '"charge"', "charges"),
    P(_DEED, '{ use = "rule", key = "small" }', '"rule"', "fails"),
    P(_DEED, '{ use = "deed", when = { record = "none" } }', '"deed"', "تنها برای فیلد"),
    P('    "debt",', '    "debt",\n    "debt",', '    "debt",\n    "parent"', "یکی را بردارید"),
    P('office = "office"', 'office = "gold"', "office = ", "تعرفهٔ «gold»"),
]
# Letters: what the templates say, and what they print.
_BASIS = "{{ basis }}"
_LOOP = "{% for note in notes %}\n{{ note }}\n\n{% endfor %}"
LETTERS = [
    P(_PROPERTY, "{{ property.sentnce }}", "sentnce", "شاید «sentence»"),
    P(_PROPERTY, "{{ proprety.sentence }}", "proprety", "شاید «property»"),
    P(_PROPERTY, "{{ property }}", "{{ property }}", "بخشی از آن"),
    P(_PROPERTY, "{ property.sentence }", "{ property", "دوتادوتا"),
    P(_PROPERTY, "{{ property.sentence }", "{{ property", "}} بیفزایید"),
    P(_PROPERTY, "{{ property.sentence", "{{ property", "}} بیفزایید"),
    P(_PROPERTY, "{{ property.sentence | upper }}", "upper", "«|upper»"),
    P(_PROPERTY, "{{ property.sentence * 2 }}", "* 2", "formula"),
    P(_PROPERTY, "{{ 'x' * 100000000 }}", "100000000", "formula"),
    P(_PROPERTY, "{{ 9**9**9 }}", "9**9", "formula"),
    P(_PROPERTY, "{{ 1e400 }}", "1e400", "بی‌آکولاد"),
    P(_PROPERTY, "{{ request.date ~ request.tracking }}", "~", "«~»"),
    P(_PROPERTY, "{{ range(9) }}", "range", "تابع"),
    P(_PROPERTY, "{{ property['land'] }}", "['land']", "کروشه"),
    P(_PROPERTY, "{{ fields.resaon }}", "resaon", "شاید «reason»"),
    P(_PROPERTY, "{{ answers.reason }}", "answers", "fields.reason"),
    P(_PROPERTY, "{{ notes }}", "{{ notes }}", "فهرست است"),
    P(_PROPERTY, "{{ note }}", "{{ note }}", "شناخته نیست"),
    P(_BASIS, "{% if declared %}{{ basis }}", "{% if declared", "{% endif %} بیفزایید"),
    P(_BASIS, "{{ basis }}{% endif %}", "{{ basis }}{%", "بی {% if %}"),
    P(_BASIS, "{% set x = 1 %}{{ basis }}", "{% set", "تنها {% if %}"),
    P(_BASIS, "{% include 'x' %}{{ basis }}", "{% include", "تنها {% if %}"),
    P(
        _BASIS,
        '{{ basis }}{% if answers.reason == "ادارى" %}آری{% endif %}',
        "answers.reason",
        "هیچ‌گاه",
    ),
    P(_BASIS, "{% if fields.reason > 3 %}آری{% endif %}{{ basis }}", "> 3", "== و !="),
    P(_BASIS, "پایان.", 'body = """', "{{ basis }}"),
    P(_LOOP, "", 'body = """', "notes را بنویسد"),
    P(_LOOP, "{% for note in notes %}\nو\n\n{% endfor %}", "{% for", "نمی‌نویسد"),
    P(_LOOP, "{% for x in range(99) %}{{ x }}{% endfor %}", "{% for", "تنها بر notes"),
    P(
        _LOOP,
        _LOOP.replace("{{ note }}", "{% for b in notes %}{{ b }}{% endfor %}{{ note }}"),
        "for b",
        "حلقه در حلقه",
    ),
    P(_BASIS, "**{{ basis }}", "**{{", "باز مانده"),
    P(_BASIS, "** {{ basis }} **", "** {{", "چسبیده"),
    P(
        _BASIS,
        "{{ fields.explanation }} پذیرفته شد. {{ basis }}",
        "{{ fields.exp",
        "{% if fields.exp",
    ),
    P(
        _BASIS,
        "پروانهٔ شمارهٔ {{ permit.number }} دیده شد. {{ basis }}",
        "{{ permit",
        "{% if permit.number",
    ),
    P(
        _BASIS,
        "در بازدید مورخ {{ visit.date }} دیده شد. {{ basis }}",
        "{{ visit",
        "{% if visit.date",
    ),
    P(
        _BASIS,
        "کاربری ({{ property.use }}) است. {{ basis }}",
        "{{ property.use",
        "{% if property.use",
    ),
    P(_BASIS, "{% if permit.number %}{{ basis }}{% endif %}", "با سلام", "بیرون از {% if %}"),
    P(_BASIS, "{{ basis }} به شرح پیوست ().", "{{ basis }} به", "در میان ندارد"),
    P(_BASIS, "{{ basis }}\n\n" + "این جمله چند بار آمده است. " * 90, "با سلام", "۲۰۰۰ نویسه"),
    P(
        'addressee = "{{ applicant.salutation }}"',
        'addressee = "{{ permit.number }}"',
        "addressee =",
        "گیرندهٔ نامه خالی",
    ),
    P('subject = "عنوان نامه"', 'subject = "{{ nothing }}"', "subject =", "شناخته نیست"),
    P(_COPIES, "months = 6", 'body = """', "{{ valid_until }}"),
    P(_COPIES, 'table = "reason"', "table =", "گونهٔ جدول"),
    P(_COPIES, 'validity = "year"', "validity", "یکی از اینها"),
    P(_COPIES, 'after = "reason"', "after", "گونهٔ تاریخ"),
]
# Examples, terms and links.
EXAMPLES = [
    P('length = "12"', 'length = "0"', 'length = "0"', "پذیرفته نمی‌شود", "excavation"),
    P('record = "clean"', 'record = "clen"', 'record = "clen"', "شاید «clean»"),
    P('outcome = "pay"', 'outcome = "paid"', 'outcome = "paid"', "یکی از اینها"),
    P('gates = ["debt:pay"]', 'gates = ["dept:pay"]', "dept:pay", "شاید «debt»"),
    P('gates = ["debt:pay"]', 'gates = ["debt"]', 'gates = ["debt"]', "دروازه:اثر"),
    P('gates = ["debt:pay"]', 'gates = ["parent:note"]', '[[example]]\nname = "بدهی', "دلیل‌ها"),
    P('outcome = "answer"', 'outcome = "review"', "[[example]]", "باید «review»"),
    P('name = "بی‌سابقه"', 'name = "بی‌مانع"', 'name = "بی‌مانع"\nrecord = "none"', "دو بار"),
    P(_ANSWERS, 'answers = { resaon = "شخصی" }', "resaon", "شاید «reason»"),
    P(_ANSWERS, 'answers = { reason = "شخص" }', '"شخص" }', "برگزینید"),
    P(
        'record = "clean"\n',
        'record = "clean"\napplicant = "renter"\n',
        "applicant = ",
        "یکی از اینها",
    ),
    P(
        '[[example]]\nname = "بی‌سابقه"\nrecord = "none"\noutcome = "visit"\n'
        'answers = { reason = "شخصی" }\ngates = ["record:visit"]\n',
        "",
        "gate = [",
        'record = "none"',
    ),
    P(
        '[[example]]\nname = "بیرون از شهر"\nrecord = "outside-city"\noutcome = "refuse"\n'
        'answers = { reason = "شخصی" }\ngates = ["outside-city:refuse"]\n',
        "",
        "gate = [",
        "refuse",
    ),
    P('service = "excavation"', 'service = "excavaton"', "excavaton", "شاید «excavation»", "water"),
    P('utility = "water"', 'utilty = "water"', "utilty", "شاید «utility»", "water"),
    P('dig_kind = "branch"', 'dig_kind = "brunch"', "brunch", "برگزینید", "water"),
    P('when = { source = ["court", "registry"] }', "", "[[term]]", "بی‌شرط آخر", "subdivision"),
]
PLANTED = [
    *SYNTAX,
    *DAYS,
    *KEYS,
    *TEXTS,
    *FIELDS,
    *FORMULAS,
    *GATES,
    *LETTERS,
    *EXAMPLES,
]
