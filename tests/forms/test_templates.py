"""What a letter's template may say: the narrow grammar, each fault with its line and a remedy."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms.sandbox import render
from desktop.forms.templates import Template, names_in
from desktop.forms.tracing import Traced, trace
from tests.shipped import SHIPPED

FIELDS = ("stage", "other")
CLOSED = {"answers.stage": ("a", "b", "")}


def faults(source: str) -> list[tuple[int, str]]:
    return Template(source, FIELDS, CLOSED).faults


def test_every_template_that_ships_is_within_the_grammar() -> None:
    count = 0
    for service in SHIPPED.values():
        keys = [field.key for field in service.fields]
        for form in service.letters.values():
            for source in (form.subject, form.addressee, form.body, form.closing):
                assert Template(source, keys, {}).faults == [], service.code
                count += 1
    assert count > 200


@pytest.mark.parametrize(
    "source",
    [
        "متن",
        "{# یادداشت #}متن",
        "{{ basis }} و {{ property.sentence }} و {{ fields.stage }} و {{ fields.body }}",
        "{{ permit.number or fields.other }}{{ property.use or 'نامعلوم' }}",
        "{% if permit.number %}الف{% elif not laws %}ب{% else %}پ{% endif %}",
        '{% if answers.stage == "a" or (declared != "yes" and unrecorded) %}الف{% endif %}',
        "{% for note in notes %}{{ loop.index }}) {{ note }}{% endfor %}",
        "{% for r in reasons %}{{ r }}{% if loop.last %}.{% else %}؛ {% endif %}{% endfor %}",
        "**پررنگ** و {% if laws %}**{{ laws }}**{% endif %}",
        "{% if laws %}**الف{% else %}**ب{% endif %}**",
    ],
)
def test_what_a_letter_says_is_let_through(source: str) -> None:
    assert faults(source) == []


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("یک\n\n{{ basis * 2 }}", 3, "formula"),
        ("یک\n{{ -1 }}", 2, "formula"),
        ("{{ 'x' ~ basis }}", 1, "«~»"),
        ("{{ basis|upper }}", 1, "«|upper»"),
        ("{{ basis[0] }}", 1, "کروشه"),
        ("{{ basis.title() }}", 1, "تابع"),
        ("{{ 'الف' if basis else 'ب' }}", 1, "{% if"),
        ("{% if basis is defined %}{% endif %}", 1, "«is»"),
        ("{% if basis in ['a'] %}{% endif %}", 1, "== و !="),
        ("{% if 'a' == basis %}{% endif %}", 1, "چنین بنویسید"),
        ("{% if basis == laws %}{% endif %}", 1, "چنین بنویسید"),
        ('{% if answers.stage == "c" %}{% endif %}', 1, "هیچ‌گاه «c»"),
        ('\n{% if answers.nothing == "c" %}{% endif %}', 2, "«nothing»"),
        ("{{ 5 }}", 1, "بی‌آکولاد"),
        ("{{ 'متن' }}", 1, "بی‌آکولاد"),
        ("{{ basis, laws }}", 1, "پذیرفته نیست"),
        ("{{ basis and laws }}", 1, "and تنها"),
        ("{{ reasons }}", 1, "فهرست است"),
        ("{{ unrecorded }}", 1, "برای شرط"),
        ("{{ answers.stage }}", 1, "fields.stage"),
        ("{{ applicant.kind }}", 1, "برای شرط"),
        ("{% if applicant.capacity == 'بانک' %}{% endif %}", 1, "«applicant.kind»"),
        ("{{ permit }}", 1, "number"),
        ("{{ permit.nmber }}", 1, "شاید «number»"),
        ("{{ permit.number.x }}", 1, "چنین بخشی ندارد"),
        ("{{ basis.x }}", 1, "بخش ندارد"),
        ("{{ note }}", 1, "شناخته نیست"),
        ("{{ loop.index }}", 1, "«loop»"),
        ("{% for n in notes %}{{ n }}{% endfor %}{{ n }}", 1, "شناخته نیست"),
        ("{% for n in notes %}{{ n.x }}{% endfor %}", 1, "بخش ندارد"),
        ("{% for n in notes %}{{ loop.cycle }}{{ n }}{% endfor %}", 1, "loop.index"),
        ("{% for n in fields.stage %}{{ n }}{% endfor %}", 1, "تنها بر notes"),
        ("{% for n in notes if n %}{{ n }}{% endfor %}", 1, "تنها بر notes"),
        ("{% for n in notes %}{{ n }}{% else %}هیچ{% endfor %}", 1, "تنها بر notes"),
        ("{% for basis in notes %}{{ basis }}{% endfor %}", 1, "نام دیگری"),
        ("{% for a, b in notes %}{{ a }}{% endfor %}", 1, "نام دیگری"),
        ("{% for n in notes %}**{{ n }}{% endfor %}", 1, "باز مانده"),
        ("{% set x = 1 %}", 1, "{% set %}"),
        ("{% macro m() %}{% endmacro %}", 1, "{% macro %}"),
        ("{% raw %}{{ basis }}{% endraw %}", 1, "دوتادوتا"),
        ("یک\n{ basis }", 2, "دوتادوتا"),
        ("یک\n\n**دو\n\nسه", 3, "باز مانده"),
        ("{% if laws %}**{% endif %}", 1, "باز مانده"),
        ("{% if basis %}\n{% if laws %}\n{% endif %}", 1, "{% endif %} بیفزایید"),
        ("{% for n in notes %}{% endif %}", 1, "ببندید"),
        ("{% else %}", 1, "میان {% if %}"),
        ("{% foo %}", 1, "{% foo %}"),
        ("{{ }}", 1, "نام مقداری"),
        ("{{ basis", 1, "}} بیفزایید"),
        ("{% if basis }}", 1, "%} بیفزایید"),
        ("{{ ba\u200csis }}", 1, "نیم‌فاصله"),
        ("{{ «basis» }}", 1, "««»"),
        ("{% if laws = 'x' %}{% endif %}", 1, "«==»"),
        ("{% if %}{% endif %}", 1, "شرط ناتمام"),
        ("{{ " + "(" * 3000 + "basis" + ")" * 3000 + " }}", 1, "بیش از اندازه"),
        ("{{ " + "9" * 5000 + " }}", 1, "بیش از اندازه"),
    ],
)
def test_what_no_letter_says_is_told_with_its_line(source: str, line: int, words: str) -> None:
    told = faults(source)
    assert [at for at, said in told if words in said] == [line], told


def test_all_that_a_template_speaks_of_is_named_whatever_else_it_holds() -> None:
    source = "{{ debt.sentence|upper }}{% if permit.number * 2 %}{% endif %}{{ basis }}"
    assert names_in(source) >= {"debt.sentence", "debt", "permit.number", "basis"}
    assert names_in("{{ basis }") == frozenset()


# Pieces of the grammar: whatever they are put together to is let through, and is drawn.
_VALUES = {
    "basis": "پایه",
    "laws": "",
    "notes": ["یک", "دو"],
    "permit": SimpleNamespace(number="1", date=""),
}
_PRINTS = ["متن\n", "\n\n", "{{ basis }}", "{{ laws }}", "{{ permit.date or basis }}", "**ب** "]
_TESTS = ["laws", "not laws", "permit.number", 'basis == "پایه"', "laws or permit.date"]
_plain = st.lists(st.sampled_from(_PRINTS), max_size=4).map("".join)
_branch = st.builds(
    "{{% if {} %}}{}{{% else %}}{}{{% endif %}}".format, st.sampled_from(_TESTS), _plain, _plain
)
_loop = st.builds("{{% for n in notes %}}{}{{{{ n }}}}\n\n{{% endfor %}}".format, _plain)
_template = st.lists(st.one_of(_plain, _branch, _loop), max_size=6).map("".join)


@pytest.mark.slow
@given(_template)
def test_what_the_grammar_lets_through_is_drawn_and_traced_alike(source: str) -> None:
    assert faults(source) == []
    drawn = (" ".join(block.split()) for block in render(source, _VALUES).split("\n\n"))
    traced = trace(source, _VALUES)
    assert [paragraph.text for paragraph in traced] == [block for block in drawn if block]
    rows = source.split("\n")
    for paragraph in traced:
        assert 1 <= paragraph.line <= len(rows)
        for line, name in paragraph.empty:
            assert f"{{{{ {name} }}}}" in rows[line - 1]


def test_a_paragraph_knows_its_line_and_what_it_printed_nothing_of() -> None:
    source = (
        "با سلام؛\n\nیک {{ laws }} دو {{ basis }}\nسه.\n\n"
        "{% for n in notes %}\n{{ n }}\n\n{% endfor %}\n{{ laws }}\n\nپایان {{ permit.date }}\n"
    )
    assert trace(source, _VALUES) == [
        Traced(1, "با سلام؛", ()),
        Traced(3, "یک دو پایه سه.", ((3, "laws"),)),
        Traced(7, "یک", ()),
        Traced(7, "دو", ()),
        Traced(12, "پایان", ((12, "permit.date"),)),
    ]
