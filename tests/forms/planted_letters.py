"""Planted faults of letters, and of examples, terms and links (`tests/forms/planted.py`)."""

from __future__ import annotations

from tests.forms.planting import Planted as P

_COPIES = 'copies = ["پروندهٔ ملک"]'
_PROPERTY = "{{ property.sentence }}"
_ANSWERS = 'answers = { reason = "شخصی" }'
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
    P(
        _BASIS,
        '{{ basis }}{% if applicant.kind == "notray" %}آری{% endif %}',
        "applicant.kind",
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
    P(
        _COPIES,
        'span = [{ months = 36, when = { reason = "شخصی" } }]',
        "span =",
        "months را برای پاسخ‌های دیگر",
    ),
    P(
        _COPIES,
        'months = 6\nspan = [{ months = 36, when = { reasn = "شخصی" } }]',
        "span =",
        "شاید «reason»",
    ),
    P(
        _COPIES,
        'months = 6\nspan = [{ months = 36, when = { reason = "شخصى‌تر" } }]',
        "span =",
        "هیچ‌گاه",
    ),
    P(_COPIES, "months = 6\nspan = [{ months = 36, when = {} }]", "span =", "when"),
    P(_COPIES, 'table = "reason"', "table =", "گونهٔ جدول"),
    P(_COPIES, 'validity = "year"', "validity", "یکی از این‌ها"),
    P(_COPIES, 'after = "reason"', "after", "گونهٔ تاریخ"),
]
# Examples, terms and links.
EXAMPLES = [
    P('length = "12"', 'length = "0"', 'length = "0"', "پذیرفته نمی‌شود", "excavation"),
    P('record = "clean"', 'record = "clen"', 'record = "clen"', "شاید «clean»"),
    P('outcome = "pay"', 'outcome = "paid"', 'outcome = "paid"', "یکی از این‌ها"),
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
        "یکی از این‌ها",
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
