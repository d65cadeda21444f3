"""Letters of a service file: templates within the grammar that say what they must."""

from __future__ import annotations

from desktop.domain.form import FieldKind
from desktop.domain.letter import LetterKind
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Effect, Validity
from desktop.forms.conditions import SWITCH, values_of, when_faults
from desktop.forms.faults import one_of
from desktop.forms.lines import KeyPath
from desktop.forms.raw import Faults, Raw
from desktop.forms.schema import LetterPart
from desktop.forms.templates import Template
from desktop.forms.values import shown
from desktop.forms.vocabulary import LISTS

_PAYING = ("violation", "debt", "restoration", "charge")
# What a letter must print, so that nobody is left without it (RULES.md §1, end of §3).
MUST_PRINT = {
    "answer": ("basis", "notes"),
    "refuse": ("basis", "reasons", "objection"),
    "debt": ("basis", "debt.amount", "objection"),
}


def wording_faults(raw: Raw) -> Faults:
    """What is wrong with the letters; in a template the path ends with its line."""
    tables = raw.data.get("letter")
    if _can_pay(raw) and isinstance(tables, dict) and "debt" not in tables:
        words = (
            "دروازه‌ای از این خدمت پول می‌خواهد؛ نامهٔ بدهی [letter.debt] لازم است، "
            'یا قطعهٔ آمادهٔ "debt" در include.'
        )
        yield ("letter",), words
    closed = _closed_values(raw)
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
        yield from _validity(raw, at, letter, kind)


def _closed_values(raw: Raw) -> dict[str, tuple[str, ...]]:
    """The names of a letter that have only a few values, with them."""
    closed: dict[str, tuple[str, ...]] = {
        "declared": (*SWITCH, ""),
        "several": ("yes", ""),
        "unit": ("yes", ""),
        "unrecorded": ("yes", ""),
        "applicant.kind": tuple(sorted(raw.applicants)),
        "commission.article": ("100", "5", ""),
    }
    for field in (part.value() for _, part in raw.fields):
        if possible := values_of(field):
            closed[f"answers.{field.key}"] = (*possible, "")
            closed[f"fields.{field.key}"] = (*(shown(field, v) for v in possible), "")
    return closed


_COLUMNS = 10
"""So many columns of ids, days and sums have room on a page."""


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


def _validity(raw: Raw, at: KeyPath, letter: LetterPart, kind: str) -> Faults:
    # A field that can't be read is told by itself: it may be what is wanted.
    unread = set(raw.keys) - {f.key for _, f in raw.fields}
    days = {f.key for _, f in raw.fields if f.kind is FieldKind.DATE} | unread
    tables = dict.fromkeys(unread, 0)
    tables |= {f.key: len(f.column) for _, f in raw.fields if f.kind is FieldKind.TABLE}
    by_answer = letter.validity is Validity.ANSWER
    if letter.table and letter.table not in tables:
        yield (*at, "table"), one_of("table", letter.table, "جدول", tables)
    elif (columns := tables.get(letter.table, 0)) > _COLUMNS:
        words = f"نامه جدولی با حداکثر {_COLUMNS} ستون دارد و این جدول {columns} ستون است."
        yield (*at, "table"), to_persian_digits(words)
    # What is owed may have to be paid before a day of the form, too.
    by_year = kind == LetterKind.DEBT and letter.validity is Validity.END_OF_YEAR
    if (by_answer or (by_year and letter.until)) and letter.until not in days:
        yield (*at, "until"), one_of("until", letter.until, "تاریخ", days)
    part = next((f for _, f in raw.fields if f.key == letter.until), None)
    if by_answer and part is not None and (not part.required or part.when):
        words = (
            f"«{letter.until}» پایان نامه است و باید همیشه پر باشد؛ required کنید و شرط نگذارید."
        )
        yield (*at, "until"), words
    if letter.until and not by_answer and not by_year:
        yield (*at, "until"), 'until با validity = "answer" است؛ آن را بیفزایید یا این را بردارید.'
    if letter.after and letter.after not in days:
        yield (*at, "after"), one_of("after", letter.after, "تاریخ", days)
    for number, span in enumerate(letter.span):
        yield from when_faults(raw, (*at, "span", number, "when"), span.when)
    if letter.span and not letter.months:
        words = "span جز months است؛ months را برای پاسخ‌های دیگر بنویسید یا این را بردارید."
        yield (*at, "span"), words
    if letter.after and not letter.months:
        yield (*at, "after"), "after آغاز months است؛ months را بنویسید یا این را بردارید."


def _can_pay(raw: Raw) -> bool:
    return any(g.use in _PAYING and g.effect in (None, Effect.PAY) for _, g in raw.gates)
