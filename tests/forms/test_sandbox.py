"""The sandbox of letters: harmless work of older versions is done, nothing large is built."""

from __future__ import annotations

import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms.sandbox import LONGEST_DRAWN, Unwritable, render

VALUES = {"x": "ab", "notes": ["یک", "دو"], "p": SimpleNamespace(q="ز")}


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ 2 * 3 }}", "6"),
        ("{{ 10 / 4 }}{{ 7 // 2 }}{{ 7 % 2 }}{{ 2 ** 10 }}{{ 3 - 1 }}", "2.5311024" + "2"),
        ("{{ 1.5 * 2 }}", "3.0"),
        ("{{ '-' * 10 }}", "-" * 10),
        ("{{ x + 'c' }}{{ x ~ 1 ~ p.q }}", "abcab1ز"),
        ("{{ x|upper }}{{ x.upper() }}{{ x[0] }}{{ x|center(4) }}", "ABABa ab "),
        ("{{ notes|join(' و ') }}", "یک و دو"),
        ("{{ notes|map('length')|sum }}", "4"),
        ("{% for n in notes %}{{ loop.index }}/{{ loop.length }}{{ n }}{% endfor %}", "1/2یک2/2دو"),
        ("{% for i in range(3) %}{{ i }}{% endfor %}", "012"),
        ("{% set y %}{{ x }}{% endset %}{{ y }}", "ab"),
        ("{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m('k') }}", "<k>"),
        ("{% set n = namespace(k=1) %}{% set n.k = 2 %}{{ n.k }}", "2"),
        ("{% if x in ['ab', 'c'] and x is string %}آری{% endif %}", "آری"),
        ("{{ 'آ' if p.q == 'ز' else 'ب' }}", "آ"),
    ],
)
def test_what_an_older_version_may_hold_is_drawn(source: str, printed: str) -> None:
    assert render(source, VALUES) == printed


_DOUBLED = "{% set a = 'xxxxxxxx' %}"
RUNAWAYS = [
    "{{ 'x' * 100000000 }}",
    "{{ 100000000 * 'x' }}",
    "{{ [0] * 100000000 }}",
    "{{ ('x' * 4000) * 4000 }}",
    "{{ 9 ** 99999999 }}",
    "{{ 9 ** (9 ** 9) }}",
    "{{ 1e400 }}",
    "{{ 10 ** 400 * 1.0 }}",
    "{{ x|center(100000000) }}",
    "{{ x|indent(100000000) }}",
    "{{ x|batch(100000000, 'y')|list }}",
    "{{ x.ljust(100000000) }}",
    "{{ x.zfill(width=100000000) }}",
    "{{ '%100000000d' % 1 }}",
    "{{ '%100000000d'|format(1) }}",
    "{{ '{:>100000000}'.format(1) }}",
    "{{ '{a:>100000000}'.format_map({'a': 1}) }}",
    "{{ range(100000000)|list }}",
    "{{ lipsum(100000) }}",
    "{% for a in range(999) %}{% for b in range(999) %}{% endfor %}{% endfor %}",
    "{% for a in range(999) %}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx{% endfor %}",
    "{% for n in notes recursive %}{{ loop(notes) }}{{ loop(notes) }}{% endfor %}",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(90) }}",
    "{% block b %}{{ self.b() }}{{ self.b() }}{% endblock %}",
    _DOUBLED + "{% set a = a ~ a %}" * 60 + "{{ a }}",
    _DOUBLED + "{% set a = a + a %}" * 60 + "{{ a }}",
    _DOUBLED + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60 + "{{ a|length }}",
    _DOUBLED + "{% set a = [a, a] %}" * 60 + "{{ a|length }}",
    _DOUBLED + "{% set a = {'k': a, 'l': a} %}" * 60 + "{{ a|length }}",
    "{% set b = ['x'] %}{% set a = ['x'] %}"
    + "{% set a = [a, a] %}{% set b = [b, b] %}" * 60
    + "{% if a == b %}{% endif %}",
    f"{{{{ 'a'|replace('a', '{'b' * 3900}')|replace('b', '{'c' * 3900}') }}}}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{{ " + "9" * 5000 + " }}",
    "{{ " + " or ".join(["0"] * 3000) + " }}",
]


@pytest.mark.parametrize("source", RUNAWAYS, ids=lambda s: s[-50:])
@pytest.mark.slow
def test_what_would_run_away_is_stopped_before_it_is_large(source: str) -> None:
    tracemalloc.start()
    began = time.perf_counter()
    try:
        with pytest.raises(Unwritable):
            render(source, VALUES)
        spent, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # Tracing makes it ten times as slow, and other tests run beside: far from for ever.
    assert spent < 20
    assert peak < 80_000_000


@pytest.mark.parametrize(
    "source",
    [
        "{{ nothing }}", "{{ p.nothing }}", "{{ x.__class__ }}", "{{ x / 0 }}", "{{ 1 / 0 }}",
        "{{ x|nothing }}", "{% include 'x' %}", "{% extends 'x' %}", "{{ x }", "{{ notes }}",
        "{{ p }}", "{{ x() }}", "{% set notes.a = 1 %}",
    ],
)  # fmt: skip
def test_whatever_goes_wrong_is_one_kind_of_error(source: str) -> None:
    with pytest.raises(Unwritable):
        render(source, VALUES)


PARTS = [
    "{{ x }}", "{{ x * 99 }}", "{{ a }}", "{% set a = 'yy' %}", "{% set a = a ~ a ~ x %}",
    "{% set a = a * 9 %}", "{% for i in range(99) %}", "{% for i in notes %}", "{% endfor %}",
    "{% if x %}", "{% endif %}", "متن ", "{{ i }}", "{% set a %}", "{% endset %}",
    "{% macro m() %}", "{% endmacro %}", "{{ m() }}", "{{ a|length }}", "{{ [a, a] }}",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=25).map("".join))
def test_no_template_prints_without_end(source: str) -> None:
    with suppress(Unwritable):
        assert len(render(source, VALUES)) <= LONGEST_DRAWN


def test_letters_of_several_threads_do_not_count_together() -> None:
    source = "{% for i in range(900) %}{{ i }}{% endfor %}"
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda _: render(source, VALUES), range(40)))
    assert set(drawn) == {"".join(map(str, range(900)))}


def test_a_line_of_words_ends_where_it_is_written() -> None:
    """Behind `{% endif %}` Jinja drops the end of the line, and two paragraphs would be one."""
    source = (
        "{% if a %}\nنخست{% if a %}، دوم{% endif %}\n\nسوم\n{% endif %}\n"
        "| چهارم: {% if a %}پنجم{% endif %}\nششم"
    )
    both = ["نخست، دوم", "", "سوم", "| چهارم: پنجم", "ششم"]
    assert render(source, {"a": "yes"}).split("\n") == both
    assert render(source, {"a": ""}).split("\n") == ["| چهارم: ", "ششم"]
