"""Two versions of a service told apart in words: nothing that differs stays untold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.form import ALWAYS, Choice, Condition, FieldKind
from desktop.domain.formula import Formula
from desktop.domain.letter import LetterKind
from desktop.domain.people import Applicant
from desktop.domain.service import ConditionalValidity, Effect, Rule, Service, Validity
from desktop.domain.tariff import Purse, Tariff
from desktop.forms.differing import differences
from tests.shipped import SHIPPED

TRANSFER, DIG, SPLIT = SHIPPED["transfer"], SHIPPED["excavation"], SHIPPED["subdivision"]
Change = Callable[[Service], Service]


def field(key: str, **parts: Any) -> Change:
    """The service with one of its fields changed."""

    def change(service: Service) -> Service:
        asked = tuple(replace(f, **parts) if f.key == key else f for f in service.fields)
        assert asked != service.fields
        return replace(service, fields=asked)

    return change


def letter(**parts: Any) -> Change:
    """The service with its answer's letter changed."""

    def change(service: Service) -> Service:
        form = replace(service.letters[LetterKind.ANSWER], **parts)
        return replace(service, letters={**service.letters, LetterKind.ANSWER: form})

    return change


def body(old: str, new: str) -> Change:
    def change(service: Service) -> Service:
        text = service.letters[LetterKind.ANSWER].body
        assert old in text
        return letter(body=text.replace(old, new, 1))(service)

    return change


def gate(number: int, **parts: Any) -> Change:
    def change(service: Service) -> Service:
        uses = list(service.gates)
        uses[number] = replace(uses[number], **parts)
        return replace(service, gates=tuple(uses))

    return change


OWN = Tariff("a", "سایه‌بان", Purse.MUNICIPALITY, Formula("length * 5"))
WAQF = next(i for i, use in enumerate(TRANSFER.gates) if use.gate == "waqf")
GREETING = "با سلام و احترام؛"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda s: replace(s, title="انتقال"),
            "خدمت: عنوان از «نقل و انتقال» به «انتقال» تغییر کرد.",
        ),
        (lambda s: replace(s, declares=False), "خدمت: دیگر با خوداظهاری مالک نیست."),
        (
            lambda s: replace(s, applicants=(Applicant.OWNER, Applicant.BANK)),
            "به «مالک، بانک» تغییر کرد.",
        ),
        (field("deal", label="گونهٔ معامله"), "پرسش «نوع معامله»: برچسب از «نوع معامله» به «گونهٔ"),
        (field("deal", required=False), "پرسش «نوع معامله»: دیگر الزامی نیست."),
        (field("deal", kind=FieldKind.TEXT), "گونه از «یکی از گزینه‌ها» به «متن» تغییر کرد."),
        (
            field("deal", choices=(Choice("sale", "قطعی"), Choice("رهن", "رهن"))),
            "به «قطعی (sale)، رهن» تغییر کرد.",
        ),
        (field("deal", when=Condition({"applicant": ("owner",)})), "شرط «متقاضی: مالک» افزوده شد."),
        (field("deal", when=Condition({"record": ("none",)})), "شرط «سابقهٔ ملک: نیست» افزوده شد."),
        (lambda s: replace(s, fields=s.fields[1:]), "پرسش «دفترخانه» برداشته شد."),
        (
            lambda s: replace(s, fields=(*s.fields, replace(SPLIT.fields[0], key="new"))),
            f"پرسش «{SPLIT.fields[0].label}» افزوده شد",
        ),
        (lambda s: replace(s, fields=s.fields[::-1]), "ترتیب تغییر کرد: پرسش"),
        (lambda s: replace(s, documents=s.documents[1:]), "مدرک «نامهٔ دفترخانه» برداشته شد."),
        (
            gate(WAQF, effect=Effect.REFUSE),
            "دلیل «وقف» (نوع معامله: قطعی یا هبه یا صلح): اثر «پاسخ منفی» افزوده شد.",
        ),
        (gate(WAQF, when=ALWAYS), "شرط «نوع معامله: قطعی یا هبه یا صلح» برداشته شد."),
        (lambda s: replace(s, gates=s.gates[:-1]), "دلیل «نامهٔ استعلام» برداشته شد."),
        (
            body(GREETING, "سلام علیکم؛"),
            f"نامهٔ پاسخ مثبت: به جای «{GREETING}» آمده است «سلام علیکم؛».",
        ),
        (body(GREETING, f"{GREETING}\n\nافزوده."), "نامهٔ پاسخ مثبت: جملهٔ «افزوده.» افزوده شد."),
        (body(GREETING, ""), f"نامهٔ پاسخ مثبت: جملهٔ «{GREETING}» برداشته شد."),
        (body(GREETING, f"  {GREETING}\n"), "نامهٔ پاسخ مثبت: تنها فاصله‌ها یا سطرها تغییر کرد."),
        (letter(months=7, validity=Validity.MONTHS), "پایان اعتبار از «تا پایان سال» به «به ماه»"),
        (
            letter(spans=(ConditionalValidity(36, Condition({"deal": ("gift",)})),)),
            "اعتبار با پاسخ‌ها «۳۶ ماه (نوع معامله: هبه)» افزوده شد.",
        ),
        (letter(subject="پاسخ"), "نامهٔ پاسخ مثبت: موضوع از"),
        (lambda s: replace(s, fees={"office": "office"}), "هزینهٔ بازدید: تعرفهٔ «visit» برداشته"),
        (lambda s: replace(s, terms=(replace(s.terms[0], days=12),)), "مهلت ۱۰ روز: روز از «۱۰»"),
        (lambda s: replace(s, digit=0), "رقم صفحهٔ خانه «۳» برداشته شد."),
        (lambda s: replace(s, letters={}), "نامهٔ بدهی برداشته شد."),
        (lambda s: replace(s, tariffs={"a": OWN}), "تعرفهٔ «سایه‌بان» افزوده شد."),
        (lambda s: replace(s, rates={"z": {"R1": Decimal(5)}}), "نرخ z[R1] «۵ ریال» افزوده شد."),
        (field("deal", by_expert=True), "پرسش «نوع معامله»: با کارشناس شد."),
    ],
)
def test_a_difference_is_told_in_words(change: Change, told: str) -> None:
    lines = differences(TRANSFER, change(TRANSFER))
    assert any(told in line for line in lines), lines


def test_a_table_and_a_check_and_a_link_are_told() -> None:
    table = next(f for f in SPLIT.fields if f.columns)
    first, *others = table.columns
    told = differences(SPLIT, field(table.key, columns=tuple(others))(SPLIT))
    assert told == [f"پرسش «{table.label}»: ستون «{first.label}» برداشته شد."]
    check = SPLIT.checks[0]
    stricter = replace(SPLIT, checks=(replace(check, holds=Formula("1 > 2")), *SPLIT.checks[1:]))
    assert f"سنجش «{check.words}»: فرمول از" in differences(SPLIT, stricter)[0]
    water = SHIPPED["water"]
    alone = replace(water, links=())
    assert differences(water, alone) == [f"پیوند «{water.links[0].title}» برداشته شد."]
    walling = SHIPPED["walling"]
    own = next(use for use in walling.gates if use.rule)
    assert own.rule
    rule: Rule = replace(own.rule, fails=Formula("height > 3"))
    lower = replace(
        walling, gates=tuple(replace(u, rule=rule) if u is own else u for u in walling.gates)
    )
    (line,) = differences(walling, lower)
    assert line.startswith(f"دلیل «{rule.title}» (بررسی کارشناس): فرمول از «height > 2.5» به")


def test_a_tariff_of_the_file_and_its_rates_are_told_part_by_part() -> None:
    old = replace(DIG, tariffs={"a": OWN}, rates={"z": {"R1": Decimal(5), "R2": Decimal(6)}})
    dearer = replace(OWN, purse=Purse.OFFICE, formula=Formula("length * 6"))
    new = replace(DIG, tariffs={"a": dearer}, rates={"z": {"R1": Decimal(7)}})
    assert differences(old, new) == [
        "تعرفهٔ «سایه‌بان»: صندوق از «شهرداری» به «دفتر» تغییر کرد.",
        "تعرفهٔ «سایه‌بان»: فرمول از «length * 5» به «length * 6» تغییر کرد.",
        "نرخ z[R1] از «۵ ریال» به «۷ ریال» تغییر کرد.",
        "نرخ z[R2] «۶ ریال» برداشته شد.",
    ]


def test_what_does_not_count_is_said_to_be_nothing_else() -> None:
    told = differences(DIG, DIG)
    assert told == differences(DIG, replace(DIG, version="x", effective=date(2030, 1, 1)))
    assert told == differences(DIG, replace(DIG, examples=()))
    assert "همان است" in told[0]
    assert "خدمت تازه است" in differences(None, DIG)[0]


OTHERS = [replace(service, code="transfer") for service in SHIPPED.values()]


@pytest.mark.parametrize("part", [f.name for f in fields(Service)])
def test_every_part_of_a_service_is_told(part: str) -> None:
    """Whatever part of any other service is put in the place of one's own, something is told.

    A part that the service file learns later is told too, by its own name.
    """
    silent = ("code", "version", "effective", "examples")
    for other in OTHERS:
        if getattr(other, part) == getattr(TRANSFER, part) or part in silent:
            continue
        mixed = replace(TRANSFER, **{part: getattr(other, part)})
        assert "همان است" not in differences(TRANSFER, mixed)[0], (part, other.title)


@pytest.mark.parametrize(
    ("service", "table"),
    [(TRANSFER, "fields"), (TRANSFER, "documents"), (SPLIT, "checks"), (TRANSFER, "gates"),
     (TRANSFER, "terms"), (SHIPPED["water"], "links")],
)  # fmt: skip
def test_every_part_of_every_item_is_told(service: Service, table: str) -> None:
    """Each part of the first item in turn takes the value that another kind of value would have."""
    first, *others = getattr(service, table)
    for part in fields(first):
        old = getattr(first, part.name)
        new = _another(old, part.name)
        if new == old:
            # A field that is no table has no columns to lose.
            continue
        parts: dict[str, Any] = {table: (replace(first, **{part.name: new}), *others)}
        changed = replace(service, **parts)
        assert "همان است" not in differences(service, changed)[0], part.name


def _another(value: object, name: str) -> object:
    match value:
        case bool():
            return not value
        case FieldKind():
            return FieldKind.TICK
        case Formula():
            return Formula("1 + 1")
        case Condition():
            return Condition({"applicant": ("buyer",)})
        case int():
            return value + 1
        case str():
            return f"{value} دیگر"
        case tuple():
            return (*value, Choice("x", "x")) if name != "columns" else ()
        case None:
            return {"effect": Effect.NOTE, "formula": Formula("1"), "rule": _RULE}.get(name, 5)
    return {**value, "x": "y"} if isinstance(value, dict) else value


_RULE = Rule("own", Formula("1 > 2"), "قاعده", "رد", "قبول", "نامه")
