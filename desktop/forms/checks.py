"""What a service file must be besides its shape: every cross check of it, in order."""

from __future__ import annotations

from datetime import date
from functools import cache

from desktop.domain.calendar import LAST_DAY, parse_jalali
from desktop.domain.errors import Refusal
from desktop.domain.form import FieldKind
from desktop.domain.formula import Formula, FormulaFault
from desktop.domain.gates import GATES
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Effect
from desktop.forms.conditions import answers_of, compared_faults, when_faults
from desktop.forms.contest_checks import contest_faults
from desktop.forms.example_records import RECORDS
from desktop.forms.expert_checks import expert_faults
from desktop.forms.faults import among, jalali_day_words, near, no_field
from desktop.forms.field_checks import alike_words, field_faults
from desktop.forms.formula_checks import formula_faults
from desktop.forms.gate_checks import gate_faults, read_as_faults
from desktop.forms.lines import KeyPath
from desktop.forms.outcomes import implied_gates
from desktop.forms.raw import Faults, Raw, name_of
from desktop.forms.schema import DocumentPart, ExamplePart
from desktop.forms.templates import BODY
from desktop.forms.text_checks import text_faults
from desktop.forms.values import fault_of_value
from desktop.forms.wording_checks import wording_faults
from desktop.settings import resources

LONGEST_CODE = 20
"""Characters of a service's code: the essence in a letter's QR has room for no more."""
# From when a service can hold; what lies before is most likely a Jalali day.
_FIRST_DAY = date(1900, 1, 1)


def cross_faults(data: dict[str, object]) -> Faults:
    """All faults between the parts of a file, each with its path and a sentence that advises.

    In a letter the path ends with the line of the key's own text, where that is known.
    """
    raw = Raw(data)
    yield from _top(raw)
    yield from text_faults(data)
    yield from _repeated(raw)
    yield from field_faults(raw)
    yield from read_as_faults(raw)
    for i, document in raw.documents:
        at: KeyPath = ("document", i, "when")
        yield from when_faults(raw, at, document.when, record=True, counter=True)
        yield from _asked_twice(raw, i, document)
    formulas = list(formula_faults(raw))
    yield from formulas
    yield from expert_faults(raw)
    yield from contest_faults(raw)
    for i, check in raw.checks:
        yield from when_faults(raw, ("check", i, "when"), check.when, record=True)
    yield from gate_faults(raw)
    yield from wording_faults(raw)
    # No answer is worked out by a formula that is at fault itself.
    yield from _examples(raw, {path[1] for path, _ in formulas if path[0] == "field"})
    yield from _terms(raw)
    yield from _tariffs(raw)
    yield from _links(raw)


def _asked_twice(raw: Raw, i: int, document: DocumentPart) -> Faults:
    """A document's number and date are those of fields that can hold them."""
    fields = {field.key: field for _, field in raw.fields}
    named = (
        ("number_field", document.number_field, "numbered", (FieldKind.TEXT, FieldKind.WHOLE)),
        ("date_field", document.date_field, "dated", (FieldKind.DATE,)),
    )
    for key, name, asked, kinds in named:
        field = fields.get(name)
        if name and field is None:
            yield ("document", i, key), f"پرسش «{name}» نداریم{among(name, fields)}."
        elif field is not None and field.kind not in kinds:
            words = " یا ".join(kinds)
            yield ("document", i, key), f"پرسش «{name}» از نوع {words} نیست."
        elif field is not None and not getattr(document, asked):
            yield ("document", i, key), f"مدرکی که {asked} نیست با پرسشی یکی نمی‌شود."


def _top(raw: Raw) -> Faults:
    icon, day, code = (raw.data.get(key) for key in ("icon", "effective", "code"))
    if isinstance(code, str) and len(code) > LONGEST_CODE:
        limit = to_persian_digits(LONGEST_CODE)
        words = f"کد خدمت حداکثر {limit} نویسه دارد تا در رمزینهٔ نامه جا شود؛ کوتاه کنید."
        yield ("code",), words
    if isinstance(icon, str) and icon not in icons():
        yield ("icon",), f"نگارهٔ «{icon}» نداریم{among(icon, icons())}."
    # A moment, which is one too, is told by itself.
    if type(day) is date and not _FIRST_DAY <= day <= LAST_DAY:
        yield ("effective",), _meant(day)
    named = raw.data.get("applicants")
    if isinstance(named, list):
        for i, kind in enumerate(named):
            if kind in named[:i]:
                yield ("applicants", i), f"«{kind}» دو بار آمده است؛ یکی را بردارید."


def _meant(day: date) -> str:
    """A day that is no day of the municipality's: a Jalali one says which is meant."""
    given = day.strftime("%Y-%m-%d").zfill(10)
    try:
        return jalali_day_words(given, parse_jalali(given.replace("-", "/")))
    except Refusal:
        return f"«{given}» روز درستی نیست؛ روز میلادی را مانند 2026-01-10 بنویسید."


@cache
def icons() -> frozenset[str]:
    """The names of the icons that ship."""
    return frozenset(path.stem for path in (resources() / "icons").glob("*.svg"))


def _terms(raw: Raw) -> Faults:
    for number, (at, term) in enumerate(raw.terms, start=1):
        if bool(term.days) == bool(term.months):
            yield at, "مهلت را یا با days بنویسید یا با months."
        elif term.months and (term.red_from or term.working):
            key = "red_from" if term.red_from else "working"
            yield (*at, key), f"{key} با days است؛ برای ماه red_before بنویسید."
        elif term.days and term.red_before:
            yield (*at, "red_before"), "red_before با months است؛ برای روز red_from بنویسید."
        elif term.red_from > term.days:
            yield (*at, "red_from"), "روز هشدار از خود مهلت دیرتر است؛ کوچک‌تر بنویسید."
        yield from when_faults(raw, (*at, "when"), term.when, counter=True)
        if not term.when and number < len(raw.terms):
            yield at, "مهلت بی‌شرط آخر می‌آید؛ این را پایین ببرید یا when بیفزایید."
    if raw.terms and raw.terms[-1][1].when:
        yield raw.terms[-1][0], "مهلت آخر برای همهٔ درخواست‌های دیگر است؛ when آن را بردارید."


def _tariffs(raw: Raw) -> Faults:
    """Of the file's own tariffs what shows without the municipality's (`forms.charges`)."""
    asked = {*raw.fees.values(), *(key for _, gate in raw.gates for key in gate.value().tariffs)}
    answers = answers_of([part.value() for _, part in raw.fields])
    seen: set[str] = set()
    looked_up: set[str] = set()
    for i, tariff in raw.tariffs:
        at: KeyPath = ("tariff", i)
        if tariff.key in seen:
            yield (*at, "key"), f"تعرفهٔ «{tariff.key}» دو بار آمده است؛ یکی را بردارید."
        elif tariff.key not in asked:
            words = f"تعرفهٔ «{tariff.key}» را نه [fees] می‌خواهد و نه charges دروازه‌ای"
            yield (*at, "key"), f"{words}{near(tariff.key, asked) or '؛ بردارید'}."
        seen.add(tariff.key)
        formula = Formula(tariff.amount)
        try:
            looked_up |= formula.names
        except FormulaFault as fault:
            yield (*at, "amount"), str(fault)
            return
        yield from compared_faults(raw, (*at, "amount"), formula, answers)
    for name, table in raw.rates.items():
        for words in alike_words(list(table), "این جدول"):
            yield ("rates", name), words
        if name not in looked_up:
            words = f"جدول نرخ «{name}» در فرمول هیچ تعرفه‌ای از این خدمت نیست"
            yield ("rates", name), f"{words}{near(name, looked_up) or '؛ بردارید'}."


def _links(raw: Raw) -> Faults:
    for i, link in raw.links:
        yield from when_faults(raw, ("link", i, "when"), link.when)
        for key in link.carry.values():
            if key not in raw.keys:
                yield ("link", i, "carry"), no_field(key, raw.keys)


def _repeated(raw: Raw) -> Faults:
    for name, naming in (("field", "key"), ("document", "key"), ("example", "name")):
        seen: set[str] = set()
        for i, item in enumerate(raw.items(name)):
            named = name_of(item, naming)
            if named and named in seen:
                words = f"«{named}» دو بار آمده است؛ نام دیگری بگذارید."
                yield (name, i, naming), words
            seen.add(named)


def _examples(raw: Raw, unsound: set[str | int]) -> Faults:
    fields = {part.key: part.value() for i, part in raw.fields if i not in unsound}
    for i, example in raw.examples:
        at: KeyPath = ("example", i)
        if example.record not in RECORDS:
            words = f"سابقهٔ نمونهٔ «{example.record}» نداریم{among(example.record, RECORDS)}."
            yield (*at, "record"), words
        if raw.applicants and example.applicant not in raw.applicants:
            close = among(example.applicant, raw.applicants)
            words = f"«{example.applicant}» در applicants این خدمت نیست{close}."
            yield (*at, "applicant"), words
        for table, answers in (("answers", example.answers), ("expert", example.expert)):
            own = [k for k in raw.keys if (k in raw.entered) is (table == "expert")]
            for key, value in answers.items():
                if key == BODY:
                    continue
                if key not in own:
                    whose = "کارشناس" if table == "expert" else "فرم"
                    words = f"{whose} چنین فیلدی ندارد: «{key}»{among(key, own)}."
                    yield (*at, table, key), words
                elif key in fields and (fault := fault_of_value(fields[key], value)):
                    yield (*at, table, key), fault
        # A misspelt gate is told where it stands; its examples are no faults of their own.
        if set(raw.uses) <= set(GATES):
            yield from _named_gates(raw, at, example)


def _named_gates(raw: Raw, at: KeyPath, example: ExamplePart) -> Faults:
    asked = raw.gate_names | set(implied_gates(raw))
    for named in example.gates or ():
        gate, _, effect = named.partition(":")
        if gate not in asked:
            words = f"این خدمت دروازهٔ «{gate}» را نمی‌پرسد{among(gate, asked)}."
            yield (*at, "gates"), words
        elif effect not in tuple(Effect):
            words = f"«{named}» را چنین بنویسید: دروازه:اثر، مانند {gate}:review."
            yield (*at, "gates"), words
