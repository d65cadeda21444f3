"""What a letter says in four facts: to whom, of which property, which sum, until when it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import format_day_month, format_long, jalali
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.letter import (
    ADDRESS,
    CODE,
    PERMIT_END,
    PLATE,
    TOTAL,
    Facts,
    Letter,
    LetterKind,
    asked_otherwise,
)
from desktop.domain.money import format_rial, read_rial, rial_in_words
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.recall import RecallCause, recall_cause
from desktop.domain.request import Request
from desktop.ui.standing.lines import NOTHING
from desktop.ui.widgets.told.chip import ChipLook

PAYABLE = "قابل پرداخت"
_KINDS: Mapping[LetterKind, ChipLook] = {
    LetterKind.ANSWER: ChipLook("پاسخ مثبت", "file-certificate", "ok"),
    LetterKind.REFUSAL: ChipLook("پاسخ منفی", "ban", "refuse"),
    # Of a debt or of what an act will cost: its subject says which.
    LetterKind.DEBT: ChipLook(PAYABLE, "cash-banknote", "pay"),
}

# A term as the municipality's sentences of objection give it: «تا ۳ ماه پس از ابلاغ».
_OBJECTED = re.compile(r"تا ([۰-۹]+ (?:روز|ماه) پس از ابلاغ)")
_NO_FACTS = Facts((), 0)

# What a letter about a property without a record grants is not settled by its kind.
_UNRECORDED = ChipLook("ملک فاقد سابقه", "file-certificate", "neutral")


def kind_chip(kind: LetterKind, *, unrecorded: bool) -> ChipLook:
    """What a letter is; an answer about a property without a record is no good news by itself."""
    return _UNRECORDED if unrecorded and kind is LetterKind.ANSWER else _KINDS[kind]


@dataclass(frozen=True)
class LetterFact:
    """A name, its value, and a second line that says it in other words."""

    name: str
    value: str
    detail: str = ""


def facts_of(case: Case, held: CaseLetter, today: date) -> tuple[LetterFact, ...]:
    """به نام، ملک، مبلغ، اعتبار یا مهلت; a void or recalled one promises no day."""
    letter = held.letter
    return (
        _person(case.request),
        _property(letter.text.facts or _NO_FACTS, case.request),
        _sum(case, letter),
        _validity(case, held, today),
    )


def sum_or_term(letter: Letter) -> str:
    """In a list: what a debt letter asks for, else until when the letter holds."""
    if letter.kind is LetterKind.DEBT:
        asked = _asked_for(letter)
        return NOTHING if asked is None else format_rial(asked)
    if letter.valid_until is None:
        return NOTHING
    year = to_persian_digits(jalali(letter.valid_until)[0])
    return f"تا {format_day_month(letter.valid_until)} {year}"


def _person(request: Request) -> LetterFact:
    party = request.party
    standing = party.kind.word
    if party.represented_name:
        standing = f"{standing}، از سوی {party.represented_name}"
    return LetterFact("به نام", to_persian_digits(party.name), to_persian_digits(standing))


def _property(facts: Facts, request: Request) -> LetterFact:
    """The property that the letter is about: where its words name one, that, not the request's."""
    for label, short in ((PLATE, "پلاک"), (CODE, "کد")):
        if facts.value(asked_otherwise(label)):
            other = f"{short} درخواست متفاوت است"
            return LetterFact("ملک", _in_short(facts.value(label)), other)
    named = [facts.value(PLATE) or facts.value(ADDRESS), facts.value(CODE)]
    told = [_in_short(each) for each in named if each] or _asked(request)
    return LetterFact("ملک", told[0] if told else NOTHING, told[-1] if len(told) > 1 else "")


def _in_short(value: str) -> str:
    """A code is read as a whole; words run on, a plate's without the city that all are of."""
    return value.removesuffix(" یزد") if any(map(str.isalpha, value)) else isolate(value)


def _asked(request: Request) -> list[str]:
    address = to_persian_digits(request.answers.get("address", ""))
    code = isolate(to_persian_digits(request.code)) if request.code else ""
    plate = request.plate.words if request.plate is not None else ""
    return [each for each in (address, plate, code) if each]


def _sum(case: Case, letter: Letter) -> LetterFact:
    if letter.kind is LetterKind.DEBT:
        asked = _asked_for(letter)
        if asked is None:
            return LetterFact("مبلغ", "در متن نامه")
        return LetterFact("مبلغ", format_rial(asked), rial_in_words(asked))
    paid = sum(payment.amount for payment in case.paid.values())
    if not paid:
        # A refusal may name what is not paid: no line beside it says that there is nothing.
        owed = case.decision is not None and any(x.owed for x in case.decision.failing)
        return LetterFact("مبلغ", "در متن نامه" if owed else "ندارد")
    return LetterFact("مبلغ", format_rial(paid), "پرداخت شده است")


def _asked_for(letter: Letter) -> int | None:
    """Rial that a debt letter asks for, by its own table: what was paid since does not change what
    is signed. None where no such table stands in it."""
    table = letter.text.table
    if table is None or TOTAL not in table.columns or not table.rows:
        return None
    return read_rial(table.rows[-1][table.columns.index(TOTAL)])


def _validity(case: Case, held: CaseLetter, today: date) -> LetterFact:
    if held.voided:
        return LetterFact("اعتبار", "باطل است", held.voided)
    if case.recalls(held):
        # What the municipality asked back its second person may still let stand.
        asked = recall_cause(case) is RecallCause.MUNICIPALITY
        waits = "تصمیم شهرداری" if asked else "ابطال"
        return LetterFact("اعتبار", f"قابل استفاده نیست؛ در انتظار {waits}")
    return _term(held.letter, today)


def _term(letter: Letter, today: date) -> LetterFact:
    debt = letter.kind is LetterKind.DEBT
    name = "مهلت پرداخت" if debt else "اعتبار"
    if letter.valid_until is None:
        if letter.kind is LetterKind.REFUSAL:
            return LetterFact("مهلت اعتراض", _objected(letter))
        if end := (letter.text.facts or _NO_FACTS).value(PERMIT_END):
            return LetterFact(PERMIT_END, _in_short(end), "بی‌تغییر")
        return LetterFact(name, "بدون تاریخ پایان")
    days = (letter.valid_until - today).days
    left = "امروز پایان می‌یابد" if not days else to_persian_digits(f"{days} روز دیگر")
    return LetterFact(name, format_long(letter.valid_until), left if days >= 0 else "گذشته است")


def _objected(letter: Letter) -> str:
    """The term of objection as the letter gives it; of several, or none that is counted, where."""
    words = " ".join((*letter.text.paragraphs, *letter.text.closing))
    terms = dict.fromkeys(_OBJECTED.findall(words))
    return next(iter(terms)) if len(terms) == 1 else "در متن نامه"
