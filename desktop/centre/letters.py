"""The words of a letter: a service file's template filled with the case and the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

from desktop.centre.letter_case import LetterCase
from desktop.centre.letter_values import values_of
from desktop.domain.calendar import OfficeCalendar, add_months, end_of_year
from desktop.domain.drawable import undrawable_in
from desktop.domain.form import ServiceField
from desktop.domain.gates import Owed
from desktop.domain.known import rows_of
from desktop.domain.letter import (
    TOTAL,
    Facts,
    LetterHead,
    LetterKind,
    LetterText,
    Table,
    unmarked,
)
from desktop.domain.money import format_number
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import LetterForm, Service, Validity
from desktop.forms.sandbox import Unwritable, render
from desktop.forms.templates import facts_in, names_in
from desktop.forms.values import heading, shown

__all__ = [
    "ForAPerson",
    "LetterCase",
    "Unwritable",
    "compose",
    "demand_coming",
    "filled",
    "valid_until",
]


class ForAPerson(Unwritable):
    """A letter that is not written before a person has seen to something, which `words` say."""

    def __init__(self, words: str, detail: str) -> None:
        super().__init__(detail)
        self.words = words


_LAPSED = "روز پایان آنچه خواسته شده گذشته است؛ برای روزهای تازه به دفتر برگردانید."


def demand_coming(
    service: Service, kind: LetterKind, day: date, answers: Mapping[str, str]
) -> None:
    """Raise ForAPerson on a day after the last one of what is asked: nobody is let do what is over,
    nor asked to pay for it."""
    answer = service.letters.get(LetterKind.ANSWER)
    if answer is None or answer.validity is not Validity.ANSWER:
        return
    named = _named(answers, answer.until)
    if kind in (LetterKind.ANSWER, LetterKind.DEBT) and named and date.fromisoformat(named) < day:
        raise ForAPerson(_LAPSED, f"{kind.value}: {answer.until} {named} is over")


def _named(answers: Mapping[str, str], key: str) -> str:
    """The answer that a form names; empty where it names none, whatever else is called so."""
    return answers.get(key, "") if key else ""


_COLUMNS = (
    "سال",
    "عنوان",
    "مبلغ (ریال)",
    "جریمه (ریال)",
    TOTAL,
    "شناسهٔ قبض",
    "شناسهٔ پرداخت",
)
_NONE = "—"
_NUMERIC = (0, 2, 3, 4, 5, 6)


def compose(service: Service, kind: LetterKind, case: LetterCase) -> LetterText:
    """All words of the letter, digits as read.

    Raises Unwritable for what no paper can show, and for a template that can't be filled, or not
    within a letter's bounds: only a version that was published before templates were held to a
    grammar has one.
    """
    values = values_of(service, case, names_in(service.letters[kind].body))
    return filled(service, kind, case, values)


def filled(
    service: Service, kind: LetterKind, case: LetterCase, values: Mapping[str, object]
) -> LetterText:
    """As `compose`, of values that are at hand."""
    text = _text(service, kind, case, values)
    part, character = undrawable_in(text)
    if character:
        raise Unwritable(f"{part}: {character} has no glyph")
    return text


def _text(
    service: Service, kind: LetterKind, case: LetterCase, values: Mapping[str, object]
) -> LetterText:
    form = service.letters[kind]
    paragraphs, facts = _body(render(form.body, values))
    if case.replaces:
        paragraphs.append(
            f"این نامه جایگزین نامهٔ شمارهٔ {case.replaces} است که ابطال شده و فاقد اعتبار است."
        )
    return LetterText(
        head=LetterHead(**{k: to_persian_digits(v) for k, v in asdict(case.head).items()}),
        addressee=_line(render(form.addressee, values)),
        subject=_line(render(form.subject, values)),
        paragraphs=tuple(to_persian_digits(text) for text in paragraphs),
        table=_table(case.decision.owed) if kind is LetterKind.DEBT else _rows(service, form, case),
        closing=tuple(map(to_persian_digits, _paragraphs(render(form.closing, values)))),
        copies=tuple(map(to_persian_digits, form.copies)),
        authority=to_persian_digits(case.authority),
        attachment=to_persian_digits(form.attachment) or "ندارد",
        sample=case.sample,
        facts=facts,
        check_at=case.check_at,
    )


def valid_until(
    form: LetterForm, day: date, answers: Mapping[str, str], calendar: OfficeCalendar
) -> date | None:
    """The last day of a letter issued on the day; None when it has no end.

    `answers` are the request's as conditions see them. Months are Jalali, from the day that
    `after` names where that is later; with `end-of-year` the end of Esfand is the latest, with
    `answer` it is the day that the form names. What is owed is paid on a day on which offices are
    open, and before the day that the form names for it.
    """
    until = _named(answers, form.until)
    named = date.fromisoformat(until) if until else None
    if form.validity is Validity.ANSWER:
        return named
    ends = _ends(form, day, answers)
    if form.kind is not LetterKind.DEBT or ends is None:
        return ends
    # A day that passed while the request was looked into asks for the sum at once.
    return max(day, calendar.last_working_day(min(ends, named or ends)))


def _ends(form: LetterForm, day: date, answers: Mapping[str, str]) -> date | None:
    begins = max(day, date.fromisoformat(_named(answers, form.after) or day.isoformat()))
    months = form.lasting(answers)
    months_on = add_months(begins, months) if months else None
    if form.validity is Validity.END_OF_YEAR:
        return min(months_on or date.max, end_of_year(day))
    return months_on


def _body(text: str) -> tuple[list[str], Facts | None]:
    """The paragraphs of a body, and the block of facts that stands among them.

    A fact that nothing is known of is left out; without any there is no block.
    """
    paragraphs = list[str]()
    rows = list[tuple[str, str]]()
    after = 0
    for block in text.split("\n\n"):
        told = facts_in(block)
        if told:
            after = after if rows else len(paragraphs)
            rows += [(label, to_persian_digits(value)) for label, value in told if value]
        else:
            paragraphs += _paragraphs(block)
    return paragraphs, Facts(tuple(rows), after) if rows else None


def _paragraphs(text: str) -> list[str]:
    blocks = (" ".join(block.split()) for block in text.split("\n\n"))
    return [block for block in blocks if block]


def _line(text: str) -> str:
    return to_persian_digits(" ".join(text.split()))


def _table(owed: Sequence[Owed]) -> Table:
    rows = [
        (
            str(sum_.year) if sum_.year else _NONE,
            sum_.title,
            *_sums(sum_.principal, sum_.penalty),
            sum_.bill_id,
            sum_.payment_id,
        )
        for sum_ in owed
    ]
    principal = sum(sum_.principal for sum_ in owed)
    penalty = sum(sum_.penalty for sum_ in owed)
    rows.append(("", "جمع کل", *_sums(principal, penalty), "", ""))
    return Table(_COLUMNS, tuple(tuple(map(to_persian_digits, row)) for row in rows), _NUMERIC)


def _rows(service: Service, form: LetterForm, case: LetterCase) -> Table | None:
    """A table of the form as the letter shows it, numbered by its own first column."""
    if not form.table:
        return None
    asked = service.field(form.table)
    rows = rows_of(case.request.answers.get(form.table, ""))
    columns = tuple(heading(inner) for inner in asked.columns)
    cells = (
        tuple(
            to_persian_digits(unmarked(shown(inner, row.get(inner.key, "")))) or "—"
            for inner in asked.columns
        )
        for row in rows
    )
    return Table(columns, tuple(cells), _numeric(asked)) if rows else None


def _numeric(asked: ServiceField) -> tuple[int, ...]:
    return tuple(i for i, inner in enumerate(asked.columns) if inner.kind.is_number)


def _sums(principal: int, penalty: int) -> tuple[str, str, str]:
    return (
        format_number(principal),
        format_number(penalty) if penalty else _NONE,
        format_number(principal + penalty),
    )
