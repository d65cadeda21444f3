"""What a service file must be besides its shape: names that exist, letters that say enough."""

from __future__ import annotations

from desktop.domain.form import FieldKind
from desktop.domain.formula import Formula, FormulaFault
from desktop.domain.gates import GATES
from desktop.domain.people import Applicant
from desktop.domain.record_paths import RECORD_PATHS
from desktop.domain.service import Effect, Service
from desktop.forms.examples import RECORDS
from desktop.forms.expert_checks import expert_faults
from desktop.forms.faults import near
from desktop.forms.formula_checks import column_faults, formula_faults
from desktop.forms.lines import KeyPath
from desktop.forms.raw import Faults, Raw, name_of
from desktop.forms.schema import FieldPart, When
from desktop.forms.schema.file import FIRST
from desktop.forms.values import fault_of_value
from desktop.forms.vocabulary import Template, missing_names

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
_SWITCHES = ("yes", "no")


def read_by_gates(service: Service) -> frozenset[str]:
    """Fields whose answers gates read by name; whether a letter came before is not asked here."""
    used = {use.gate for use in service.gates} - {"inquiry-letter"}
    tables = (GATE_FIELDS, _READ_TOO)
    read = {key for table in tables for gate in used for key in table.get(gate, ())}
    ruled = {name for use in service.gates if use.rule for name in use.rule.fails.names}
    return frozenset(read | ruled)


def cross_faults(data: dict[str, object]) -> Faults:
    """All faults between the parts of a file, each with its path and a sentence that advises."""
    raw = Raw(data)
    yield from _repeated(raw)
    yield from _fields(raw)
    for i, document in raw.documents:
        yield from _when(raw, ("document", i, "when"), document.when)
        yield from _before_expert(raw, ("document", i, "when"), document.when)
    yield from formula_faults(raw)
    yield from expert_faults(raw)
    yield from _gates(raw)
    yield from _letters(raw)
    yield from _examples(raw)
    yield from _terms(raw)
    yield from _tariffs(raw)
    for i, link in raw.links:
        for key in link.carry.values():
            if key not in raw.keys:
                words = f"فیلد «{key}» در این خدمت نیست{near(key, raw.keys)}."
                yield ("link", i, "carry"), words


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


def _terms(raw: Raw) -> Faults:
    for at, term in raw.terms:
        if bool(term.days) == bool(term.months):
            yield at, "مهلت را یا با days بنویسید یا با months."
        if term.red_from > term.days:
            yield (*at, "red_from"), "روز هشدار از خود مهلت دیرتر است."
        yield from _when(raw, (*at, "when"), term.when)
        yield from _before_expert(raw, (*at, "when"), term.when)
    if raw.terms and raw.terms[-1][1].when:
        yield raw.terms[-1][0], "مهلت آخر شرط ندارد: برای هر درخواستی که شرط دیگری ندارد."


def _repeated(raw: Raw) -> Faults:
    for name in ("field", "document"):
        seen: set[str] = set()
        for i, item in enumerate(raw.items(name)):
            key = name_of(item, "key")
            if key and key in seen:
                yield (name, i, "key"), f"کلید «{key}» دو بار آمده است؛ نام دیگری بگذارید."
            seen.add(key)


def _fields(raw: Raw) -> Faults:
    for i, field in raw.fields:
        at: KeyPath = ("field", i)
        yield from _when(raw, (*at, "when"), field.when)
        if field.by == "counter":
            yield from _before_expert(raw, (*at, "when"), field.when)
        elif field.record:
            words = "آنچه کارشناس وارد می‌کند از سوابق نیست؛ record یا by را بردارید."
            yield (*at, "record"), words
        chosen = field.kind in (FieldKind.CHOICE, FieldKind.CHOICES)
        if chosen and len(field.choices) < 2:
            yield (*at, "kind"), "فیلد انتخابی دست‌کم دو گزینه می‌خواهد: choices را بنویسید."
        if not chosen and field.choices:
            yield (*at, "choices"), "گزینه تنها برای فیلدی است که kind آن choice یا choices است."
        values = [choice.value for choice in field.choices]
        if len(set(values)) < len(values):
            yield (*at, "choices"), "یک مقدار در گزینه‌ها دو بار آمده است."
        if field.record and field.record not in RECORD_PATHS:
            words = f"سابقهٔ ملک «{field.record}» ندارد{near(field.record, RECORD_PATHS)}."
            yield (*at, "record"), words
        if field.not_before and field.not_before not in raw.keys:
            words = f"فیلد «{field.not_before}» در این خدمت نیست{near(field.not_before, raw.keys)}."
            yield (*at, "not_before"), words
        dated = field.not_after_today or field.not_before or field.not_before_today
        if dated and field.kind is not FieldKind.DATE:
            yield (*at, "kind"), "not_after_today و not_before تنها برای فیلد تاریخ است."
        yield from _table(at, field)
        if field.least is not None and field.most is not None and field.least > field.most:
            yield (*at, "least"), "کمترین مقدار از بیشترین بزرگ‌تر است."


def _table(at: KeyPath, field: FieldPart) -> Faults:
    if (field.kind is FieldKind.TABLE) is not bool(field.column):
        yield (*at, "kind"), "جدول ستون می‌خواهد: [[field.column]]؛ فیلد دیگر ستون ندارد."
    keys = [column.key for column in field.column]
    if len(set(keys)) < len(keys):
        yield at, "یک ستون دو بار آمده است؛ نام دیگری بگذارید."
    if any(column.kind is FieldKind.TABLE for column in field.column):
        yield at, "ستون خود جدول نمی‌شود."
    for j, column in enumerate(field.column):
        if column.formula and (column.required or column.choices):
            words = "ستونی که حساب می‌شود نه اجباری است و نه گزینه دارد."
            yield (*at, "column", j, "formula"), words
    if field.formula and (field.record or field.required or field.choices):
        yield (*at, "formula"), "فیلدی که حساب می‌شود نه اجباری است، نه از سوابق و نه گزینه دارد."


def _when(raw: Raw, at: KeyPath, when: When) -> Faults:
    fields = dict((f.key, f) for _, f in raw.fields)
    for key, values in when.items():
        if key == "applicant":
            known = {str(a) for a in Applicant} & raw.applicants
        elif key == "record":
            known = {"found", "none", "unknown"}
        elif key not in raw.keys:
            words = f"شرط از فیلد «{key}» می‌گوید که در این خدمت نیست{near(key, raw.keys)}."
            yield (*at, key), words
            continue
        elif key in fields and fields[key].choices:
            known = {choice.value for choice in fields[key].choices}
        elif key in fields and fields[key].kind is FieldKind.TICK:
            known = set(_SWITCHES)
        else:
            continue
        for value in values:
            if value not in known:
                words = f"«{key}» هیچ‌گاه «{value}» نیست{near(value, known)}."
                yield (*at, key), words


def _before_expert(raw: Raw, at: KeyPath, when: When) -> Faults:
    """A condition of the counter's looks at nothing that the expert enters later."""
    for key in when:
        if key in raw.entered:
            yield (*at, key), f"«{key}» را کارشناس وارد می‌کند و پیش از او پاسخی ندارد."


def _gates(raw: Raw) -> Faults:
    for i, gate in raw.gates:
        at: KeyPath = ("gate", i)
        yield from _when(raw, (*at, "when"), gate.when)
        if gate.use not in GATES:
            yield (*at, "use"), f"دروازهٔ «{gate.use}» شناخته نیست{near(gate.use, GATES)}."
            continue
        for key in gate.missing:
            yield at, f"قاعدهٔ خود خدمت کلید {key} را می‌خواهد."
        for key in gate.needless:
            yield (*at, key), f"کلید {key} تنها برای دروازهٔ «rule» است."
        if gate.key in GATES:
            yield (*at, "key"), f"نام «{gate.key}» از آنِ دروازه‌ای دیگر است؛ نام دیگری بگذارید."
        if gate.charges and gate.use != "charge":
            yield (*at, "charges"), "کلید charges تنها برای دروازهٔ «charge» است."
        if gate.use == "charge" and not gate.charges:
            yield (*at, "use"), "دروازهٔ «charge» کلید charges را می‌خواهد."
        figures = {"months": "recent-visit", "scopes": "hold", "kinds": "certificate"}
        for figure, owner in figures.items():
            given = bool(getattr(gate, figure))
            if gate.use == owner and not given:
                yield (*at, "use"), f"دروازهٔ «{owner}» کلید {figure} را می‌خواهد."
            elif gate.use != owner and given:
                yield (*at, figure), f"کلید {figure} تنها برای دروازهٔ «{owner}» است."
        days = {f.key for _, f in raw.fields if f.kind is FieldKind.DATE}
        if gate.after and gate.use != "recent-visit":
            yield (*at, "after"), "کلید after تنها برای دروازهٔ «recent-visit» است."
        elif gate.after and gate.after not in days:
            yield (*at, "after"), f"after نام یک فیلد تاریخ است{near(gate.after, days)}."
        if gate.unless and gate.use != "building-on-land":
            yield (*at, "unless"), "کلید unless تنها برای دروازهٔ «building-on-land» است."
        if gate.all_debts and gate.use != "debt":
            yield (*at, "all_debts"), "کلید all_debts تنها برای دروازهٔ «debt» است."
        for key in GATE_FIELDS.get(gate.use, ()):
            if key not in raw.keys:
                yield (*at, "use"), f"دروازهٔ «{gate.use}» فیلد «{key}» را می‌خواهد؛ بیفزایید."
        for key in (*GATE_FIELDS.get(gate.use, ()), *_READ_TOO.get(gate.use, ())):
            if key in raw.entered:
                words = f"دروازهٔ «{gate.use}» پیش از کارشناس است و پاسخ «{key}» را همان‌جا می‌خواهد."
                yield (*at, "use"), words


def _can_pay(raw: Raw) -> bool:
    return any(g.use in PAYING_GATES and g.effect in (None, Effect.PAY) for _, g in raw.gates)


def _letters(raw: Raw) -> Faults:
    tables = raw.data.get("letter")
    if _can_pay(raw) and isinstance(tables, dict) and "debt" not in tables:
        yield ("letter",), "دروازه‌ای از این خدمت پول می‌خواهد؛ نامهٔ بدهی [letter.debt] لازم است."
    fields = frozenset((*raw.keys, "body"))
    for kind, letter in raw.letters.items():
        at: KeyPath = ("letter", kind)
        named: set[str] = set()
        readable = True
        sources = {"subject": letter.subject, "addressee": letter.addressee}
        sources |= {"body": letter.body, "closing": letter.closing}
        for key, source in sources.items():
            template = Template(source, fields)
            named |= template.names
            readable &= template.readable
            for line, words in template.faults:
                yield (*at, key, line), words
        if not readable:
            continue
        for name in missing_names(named, MUST_PRINT.get(kind, ())):
            yield (*at, "body"), f"این نامه باید {{{{ {name} }}}} را بنویسد."
        limited = letter.months or letter.validity != "months"
        days = {f.key for _, f in raw.fields if f.kind is FieldKind.DATE}
        tables = {f.key for _, f in raw.fields if f.kind is FieldKind.TABLE}
        if letter.table and letter.table not in tables:
            yield (*at, "table"), f"table نام یک جدول فرم است{near(letter.table, tables)}."
        if letter.validity == "answer" and letter.until not in days:
            yield (*at, "until"), f"until نام یک فیلد تاریخ است{near(letter.until, days)}."
        if letter.after and letter.after not in days:
            yield (*at, "after"), f"after نام یک فیلد تاریخ است{near(letter.after, days)}."
        if limited and "valid_until" not in named:
            yield (*at, "body"), "نامه اعتبار دارد و باید {{ valid_until }} را بنویسد."


def _examples(raw: Raw) -> Faults:
    # Rows of a table whose own formula is at fault can't be tried.
    faulty = {path[1] for path, _ in column_faults(raw)}
    fields = {part.key: part.value() for i, part in raw.fields if i not in faulty}
    for i, example in raw.examples:
        at: KeyPath = ("example", i)
        if example.record not in RECORDS:
            words = f"سابقهٔ نمونهٔ «{example.record}» نداریم{near(example.record, RECORDS)}."
            yield (*at, "record"), words
        if raw.applicants and example.applicant not in raw.applicants:
            yield (*at, "applicant"), f"«{example.applicant}» در applicants این خدمت نیست."
        for table, answers in (("answers", example.answers), ("expert", example.expert)):
            own = [k for k in raw.keys if (k in raw.entered) is (table == "expert")]
            for key, value in answers.items():
                if key == "body":
                    continue
                if key not in own:
                    whose = "کارشناس" if table == "expert" else "فرم"
                    words = f"{whose} چنین پرسشی ندارد: «{key}»{near(key, own)}."
                    yield (*at, table, key), words
                elif key in fields and (fault := fault_of_value(fields[key], value)):
                    yield (*at, table, key), fault
        for gate in example.gates or ():
            name = gate.partition(":")[0]
            # A misspelt gate is told where it stands; its examples are no faults of their own.
            asked = raw.gate_names | (set(FIRST) if raw.data.get("needs_property", True) else set())
            asked |= {"heir"} if "standing" in raw.gate_names else set()
            if name not in asked and set(raw.uses) <= set(GATES):
                yield (*at, "gates"), f"این خدمت دروازهٔ «{name}» را نمی‌پرسد."
