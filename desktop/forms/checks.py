"""What a service file must be besides its shape: names that exist, letters that say enough."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from desktop.domain.calendar import parse_jalali
from desktop.domain.errors import Refusal
from desktop.domain.form import FieldKind
from desktop.domain.formula import Formula, FormulaFault
from desktop.domain.gates import GATES
from desktop.domain.people import Applicant
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Effect, Service, Validity
from desktop.forms.conditions import SWITCH, values_of, when_faults
from desktop.forms.examples import RECORDS
from desktop.forms.expert_checks import expert_faults
from desktop.forms.faults import among, jalali_day_words, near, no_field
from desktop.forms.field_checks import field_faults
from desktop.forms.formula_checks import formula_faults
from desktop.forms.lines import KeyPath
from desktop.forms.outcomes import implied_gates
from desktop.forms.raw import Faults, Raw, name_of
from desktop.forms.schema import ExamplePart, GatePart, LetterPart, When
from desktop.forms.templates import BODY, Template
from desktop.forms.text_checks import text_faults
from desktop.forms.values import fault_of_value, shown
from desktop.forms.vocabulary import LISTS
from desktop.settings import resources

PAYING_GATES = ("violation", "debt", "restoration", "charge")
# Fields that a gate reads by name, so a service that uses the gate must ask them.
GATE_FIELDS = {
    "inquiry-letter": ("letter_number",),
    "blackout": ("dig_from", "dig_to"),
    "street": ("pavement", "length", "width", "depth"),
    "restoration": ("pavement", "length", "width"),
    "minimum-parcel": ("split", "smallest_part"),
    "named-paper": ("paper", "paper_number"),
}
# Fields that a gate reads where a service asks them.
_READ_TOO = {
    "street": ("main_street", "asphalt_age", "utility_letter"),
    "municipal-paper": ("paper_number",),
}
# What a letter must print, so that nobody is left without it (RULES.md §1, end of §3).
MUST_PRINT = {
    "answer": ("basis", "notes"),
    "refuse": ("basis", "reasons", "objection"),
    "debt": ("basis", "debt.amount", "objection"),
}
_NUMBERS = tuple(kind for kind in FieldKind if kind.is_number)
# What a gate takes the answer of a field for that it reads by name.
_READ_AS: Mapping[str, tuple[FieldKind, ...]] = {
    "dig_from": (FieldKind.DATE,),
    "dig_to": (FieldKind.DATE,),
    "length": _NUMBERS,
    "width": _NUMBERS,
    "depth": _NUMBERS,
    "smallest_part": _NUMBERS,
    "asphalt_age": (FieldKind.WHOLE,),
    "main_street": (FieldKind.TICK,),
    "pavement": (FieldKind.CHOICE,),
    "split": (FieldKind.CHOICE,),
    "paper": (FieldKind.CHOICE,),
    "paper_number": (FieldKind.TEXT,),
    "letter_number": (FieldKind.TEXT,),
    BODY: (FieldKind.TEXT,),
}
# The choices of such a field that the gate knows.
_KNOWN_CHOICES = {"paper": {"permit", "completion", "no-violation"}}
# Whose effect `pay` there is a sum for; of a violation only an unpaid fine is one, by its status.
_ASKS_SUMS = ("debt", "restoration", "charge")
_FIGURES = {
    "months": "recent-visit",
    "scopes": "hold",
    "kinds": "certificate",
    "charges": "charge",
    "all_debts": "debt",
    "after": "recent-visit",
    "unless": "building-on-land",
}
# Figures that their gate can do without.
_MAY_LACK = ("all_debts", "after", "unless")
LONGEST_CODE = 20
"""Characters of a service's code: the essence in a letter's QR has room for no more."""
# Years in which a service can begin; what lies before is most likely a Jalali day.
_SANE = range(1900, 2200)


def read_by_gates(service: Service) -> frozenset[str]:
    """Fields whose answers gates read by name; whether a letter came before is not asked here."""
    used = {use.gate for use in service.gates} - {"inquiry-letter"}
    tables = (GATE_FIELDS, _READ_TOO)
    read = {key for table in tables for gate in used for key in table.get(gate, ())}
    ruled = {name for use in service.gates if use.rule for name in use.rule.fails.names}
    return frozenset(read | ruled)


def cross_faults(data: dict[str, object]) -> Faults:
    """All faults between the parts of a file, each with its path and a sentence that advises.

    In a letter the path ends with the line of the key's own text, where that is known.
    """
    raw = Raw(data)
    yield from _top(raw)
    yield from text_faults(data)
    yield from _repeated(raw)
    yield from field_faults(raw)
    yield from _read_as(raw)
    for i, document in raw.documents:
        at: KeyPath = ("document", i, "when")
        yield from when_faults(raw, at, document.when, record=True, counter=True)
    formulas = list(formula_faults(raw))
    yield from formulas
    yield from expert_faults(raw)
    for i, check in raw.checks:
        yield from when_faults(raw, ("check", i, "when"), check.when, record=True)
    yield from _gates(raw)
    yield from _letters(raw)
    # No answer is worked out by a formula that is at fault itself.
    yield from _examples(raw, {path[1] for path, _ in formulas if path[0] == "field"})
    yield from _terms(raw)
    yield from _tariffs(raw)
    yield from _links(raw)


def _top(raw: Raw) -> Faults:
    icon, day, code = (raw.data.get(key) for key in ("icon", "effective", "code"))
    if isinstance(code, str) and len(code) > LONGEST_CODE:
        limit = to_persian_digits(LONGEST_CODE)
        words = f"کد خدمت حداکثر {limit} نویسه دارد تا در رمزینهٔ نامه جا شود؛ کوتاه کنید."
        yield ("code",), words
    if isinstance(icon, str) and icon not in icons():
        yield ("icon",), f"نگارهٔ «{icon}» نداریم{among(icon, icons())}."
    if isinstance(day, date) and not _SANE.start <= day.year < _SANE.stop:
        yield ("effective",), _meant(day)
    named = raw.data.get("applicants")
    if isinstance(named, list):
        for i, kind in enumerate(named):
            if kind in named[:i]:
                yield ("applicants", i), f"«{kind}» دو بار آمده است؛ یکی را بردارید."


def _read_as(raw: Raw) -> Faults:
    """Fields that gates of the service read by name, and can't read as they are."""
    keys = {
        key for gate in raw.uses for key in (*GATE_FIELDS.get(gate, ()), *_READ_TOO.get(gate, ()))
    }
    for i, field in raw.fields:
        if field.key not in {*keys, BODY}:
            continue
        kinds = _READ_AS.get(field.key, (field.kind,))
        values = {choice.value for choice in field.choices}
        known = _KNOWN_CHOICES.get(field.key, values)
        if field.kind not in kinds:
            told = "، ".join(kinds)
            words = f"«{field.key}» را دروازه‌ها و نامه با kind = {told} می‌خوانند؛ همان را بنویسید."
            yield ("field", i, "kind"), words
        for value in sorted(values - known):
            yield ("field", i, "choices"), f"دروازه «{value}» را نمی‌شناسد{among(value, known)}."


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
        try:
            looked_up |= Formula(tariff.amount).names
        except FormulaFault as fault:
            yield (*at, "amount"), str(fault)
            return
    for name in raw.rates:
        if name not in looked_up:
            words = f"جدول نرخ «{name}» در فرمول هیچ تعرفه‌ای از این خدمت نیست؛ بردارید."
            yield ("rates", name), words


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


def _gates(raw: Raw) -> Faults:
    keys = [gate.key for _, gate in raw.gates if gate.key]
    for number, (i, gate) in enumerate(raw.gates):
        at: KeyPath = ("gate", i)
        yield from when_faults(raw, (*at, "when"), gate.when)
        if gate.use not in GATES:
            yield (*at, "use"), f"دروازهٔ «{gate.use}» شناخته نیست{among(gate.use, GATES)}."
            continue
        for key in gate.missing:
            yield at, f"قاعدهٔ خود خدمت کلید {key} را می‌خواهد؛ بیفزایید."
        for key in gate.needless:
            yield (*at, key), f"کلید {key} تنها برای دروازهٔ «rule» است؛ بردارید."
        if gate.key in GATES:
            yield (*at, "key"), f"نام «{gate.key}» از آنِ دروازه‌ای دیگر است؛ نام دیگری بگذارید."
        if keys.count(gate.key) > 1:
            yield (*at, "key"), f"قاعدهٔ «{gate.key}» دو بار آمده است؛ نام دیگری بگذارید."
        yield from _figures(at, gate)
        days = {f.key for _, f in raw.fields if f.kind is FieldKind.DATE}
        if gate.after and gate.use == "recent-visit" and gate.after not in days:
            yield (*at, "after"), _one_of("after", gate.after, "تاریخ", days)
        for key in GATE_FIELDS.get(gate.use, ()):
            if key not in raw.keys:
                yield (*at, "use"), f"دروازهٔ «{gate.use}» فیلد «{key}» را می‌خواهد؛ بیفزایید."
        for key in (*GATE_FIELDS.get(gate.use, ()), *_READ_TOO.get(gate.use, ())):
            if key in raw.entered:
                words = f"دروازهٔ «{gate.use}» پیش از کارشناس است و پاسخ «{key}» را همان‌جا می‌خواهد؛"
                yield (*at, "use"), f"{words} by آن را بردارید."
        if gate.use == "self-declaration" and raw.data.get("declares") is False:
            words = "با declares = false کسی اظهار نمی‌کند؛ declares = true بنویسید."
            yield (*at, "use"), words
        if gate.effect is Effect.PAY and gate.use not in _ASKS_SUMS:
            words = "این دروازه مبلغی نمی‌خواهد و pay نمی‌شود؛ effect دیگری بنویسید یا بردارید."
            yield (*at, "effect"), words
        for _, other in raw.gates[:number]:
            same = gate.use == other.use and gate.key == other.key and gate.charges == other.charges
            if same and _together(gate.when, other.when):
                words = f"دروازهٔ «{gate.use}» با شرط‌هایی آمده که با هم درست می‌شوند؛ یکی را بردارید."
                yield (*at, "use"), words


def _figures(at: KeyPath, gate: GatePart) -> Faults:
    """Figures that one gate alone takes, and that it can't do without."""
    for key, owner in _FIGURES.items():
        given = bool(getattr(gate, key))
        if gate.use == owner and not given and key not in _MAY_LACK:
            yield (*at, "use"), f"دروازهٔ «{owner}» کلید {key} را می‌خواهد؛ بیفزایید."
        elif gate.use != owner and given:
            yield (*at, key), f"کلید {key} تنها برای دروازهٔ «{owner}» است؛ بردارید."


def _together(one: When, other: When) -> bool:
    """Whether both conditions can hold of one request."""
    return all(set(one[key]) & set(other[key]) for key in one.keys() & other.keys())


def _can_pay(raw: Raw) -> bool:
    return any(g.use in PAYING_GATES and g.effect in (None, Effect.PAY) for _, g in raw.gates)


def _letters(raw: Raw) -> Faults:
    tables = raw.data.get("letter")
    if _can_pay(raw) and isinstance(tables, dict) and "debt" not in tables:
        words = (
            "دروازه‌ای از این خدمت پول می‌خواهد؛ نامهٔ بدهی [letter.debt] لازم است، "
            'یا قطعهٔ آمادهٔ "debt" در include.'
        )
        yield ("letter",), words
    closed = closed_values(raw)
    for kind, letter in raw.letters.items():
        at: KeyPath = ("letter", kind)
        printed: set[str] = set()
        readable = True
        for key in ("subject", "addressee", "body", "closing"):
            template = Template(getattr(letter, key), raw.keys, closed)
            printed |= template.printed
            readable &= template.readable
            for line, words in template.faults:
                yield (*at, key, line), words
        if readable:
            yield from _unprinted(at, kind, letter, printed)
        yield from _validity(raw, at, letter)


def closed_values(raw: Raw) -> dict[str, tuple[str, ...]]:
    """The names of a letter that have only a few values, with them."""
    closed: dict[str, tuple[str, ...]] = {
        "declared": (*SWITCH, ""),
        "unrecorded": ("yes", ""),
        "applicant.capacity": tuple(kind.word for kind in Applicant),
        "commission.article": ("100", "5", ""),
    }
    for _, part in raw.fields:
        if possible := values_of(part.value()):
            closed[f"answers.{part.key}"] = (*possible, "")
            closed[f"fields.{part.key}"] = (*(shown(part.value(), v) for v in possible), "")
    return closed


def _unprinted(at: KeyPath, kind: str, letter: LetterPart, printed: set[str]) -> Faults:
    for name in MUST_PRINT.get(kind, ()):
        if name in LISTS and name not in printed:
            one = name.removesuffix("s")
            loop = f"{{% for {one} in {name} %}}{{{{ {one} }}}}{{% endfor %}}"
            yield (*at, "body"), f"این نامه باید {name} را بنویسد، چنین: {loop}."
        elif name not in printed:
            yield (*at, "body"), f"این نامه باید {{{{ {name} }}}} را بنویسد؛ بیفزایید."
    limited = letter.months or letter.validity is not Validity.MONTHS
    if limited and "valid_until" not in printed:
        yield (*at, "body"), "نامه اعتبار دارد و باید {{ valid_until }} را بنویسد؛ بیفزایید."


def _validity(raw: Raw, at: KeyPath, letter: LetterPart) -> Faults:
    # A field that can't be read is told by itself: it may be what is wanted.
    unread = set(raw.keys) - {f.key for _, f in raw.fields}
    days = {f.key for _, f in raw.fields if f.kind is FieldKind.DATE} | unread
    tables = {f.key for _, f in raw.fields if f.kind is FieldKind.TABLE} | unread
    by_answer = letter.validity is Validity.ANSWER
    if letter.table and letter.table not in tables:
        yield (*at, "table"), _one_of("table", letter.table, "جدول", tables)
    if by_answer and letter.until not in days:
        yield (*at, "until"), _one_of("until", letter.until, "تاریخ", days)
    if letter.until and not by_answer:
        yield (*at, "until"), 'until با validity = "answer" است؛ آن را بیفزایید یا این را بردارید.'
    if letter.after and letter.after not in days:
        yield (*at, "after"), _one_of("after", letter.after, "تاریخ", days)
    if letter.after and not letter.months:
        yield (*at, "after"), "after آغاز months است؛ months را بنویسید یا این را بردارید."


def _one_of(key: str, given: str, kind: str, fields: set[str]) -> str:
    close = among(given, fields) if fields else "؛ چنین فیلدی بسازید"
    return f"{key} نام فیلدی از گونهٔ {kind} است{close}."


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
