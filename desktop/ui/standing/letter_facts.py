"""What a letter says in four facts: to whom, of which property, which sum, until when it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import format_day_month, format_long, jalali
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.letter import Letter, LetterKind
from desktop.domain.money import format_rial, rial_in_words
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.request import Request
from desktop.ui.standing.lines import NOTHING
from desktop.ui.widgets.told.chip import ChipLook

KIND_CHIPS: Mapping[LetterKind, ChipLook] = {
    LetterKind.ANSWER: ChipLook("پاسخ مثبت", "file-certificate", "ok"),
    LetterKind.REFUSAL: ChipLook("پاسخ منفی", "ban", "refuse"),
    LetterKind.DEBT: ChipLook("اعلام بدهی", "cash-banknote", "pay"),
}


@dataclass(frozen=True)
class LetterFact:
    """A name, its value, and a second line that says it in other words."""

    name: str
    value: str
    detail: str = ""


def facts_of(case: Case, held: CaseLetter, today: date) -> tuple[LetterFact, ...]:
    """به نام، ملک، مبلغ، اعتبار یا مهلت; one that was voided holds no day more."""
    letter = held.letter
    return (
        _person(case.request),
        _property(case.request),
        _sum(case, letter),
        LetterFact("اعتبار", "باطل است", held.voided) if held.voided else _term(letter, today),
    )


def sum_or_term(case: Case, letter: Letter) -> str:
    """In a list: what a debt letter asks for, else until when the letter holds."""
    if letter.kind is LetterKind.DEBT:
        return format_rial(_asked(case))
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


def _property(request: Request) -> LetterFact:
    address = to_persian_digits(request.answers.get("address", ""))
    code = isolate(to_persian_digits(request.code)) if request.code else ""
    plate = request.plate.words if request.plate is not None else ""
    told = [each for each in (address, plate, code) if each]
    return LetterFact("ملک", told[0] if told else NOTHING, told[-1] if len(told) > 1 else "")


def _sum(case: Case, letter: Letter) -> LetterFact:
    if letter.kind is LetterKind.DEBT:
        asked = _asked(case)
        return LetterFact("مبلغ", format_rial(asked), rial_in_words(asked))
    paid = sum(payment.amount for payment in case.paid.values())
    if not paid:
        return LetterFact("مبلغ", "بدون مبلغ")
    return LetterFact("مبلغ", format_rial(paid), "پرداخت شده است")


def _asked(case: Case) -> int:
    return sum(owed.amount for owed in case.unpaid)


def _term(letter: Letter, today: date) -> LetterFact:
    debt = letter.kind is LetterKind.DEBT
    name = "مهلت پرداخت" if debt else "اعتبار"
    if letter.valid_until is None:
        refused = letter.kind is LetterKind.REFUSAL
        return LetterFact(name, "مهلت اعتراض در متن نامه" if refused else "بدون تاریخ پایان")
    days = (letter.valid_until - today).days
    left = "امروز پایان می‌یابد" if not days else to_persian_digits(f"{days} روز دیگر")
    return LetterFact(name, format_long(letter.valid_until), left if days >= 0 else "گذشته است")
