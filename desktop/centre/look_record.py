"""The record that an answer rests on, beside what its letter says, for the second look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from desktop.centre.case_reading import seen_case
from desktop.centre.context import Centre
from desktop.centre.letter_case import LetterCase
from desktop.centre.letter_property import facts_of
from desktop.centre.lookers import looker_of, owners_of
from desktop.centre.people import of_office, staff_of
from desktop.centre.records.lookup import held_at
from desktop.centre.second_looks import demand_supervisor
from desktop.centre.streams import load_case, load_facts
from desktop.centre.tables import DeviceRow
from desktop.domain import facts as f
from desktop.domain.calendar import format_jalali
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.contest import signs_words
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import renewal_code
from desktop.domain.letter import LetterKind
from desktop.domain.money import format_rial
from desktop.domain.persian import to_persian_digits
from desktop.domain.property import PropertyRecord
from desktop.wire.second_looks import InLetter, LookRecordAnswer, LookRecordAsk, RecordValue

_NONE = "ندارد"
_CORRECTED = "اصلاح به موجب اعتراض"


def look_record(
    session: Session, centre: Centre, device: DeviceRow, ask: LookRecordAsk, at: datetime
) -> LookRecordAnswer:
    """The record as it was when the answer was given. Raises Refusal."""
    demand_supervisor(session, centre, device, ask.actor)
    seen_case(session, centre, device, ask.case_id, ask.actor)
    case = load_case(session, ask.case_id)
    if case is None or case.decision is None:
        raise Refusal("این پرونده هنوز پاسخی ندارد.")
    looker = looker_of(session, staff_of(of_office(session, device.office)[ask.actor]))
    hindered = looker.hindered(case, owners_of(session, case))
    letter = _answer_of(case)
    if not case.decision.code or letter is None:
        return LookRecordAnswer(as_of=None, values=[], hindered=hindered)
    decided_at = _decided_at(session, case)
    code = renewal_code(case.decision.code)
    found = held_at(session, code, case.decision.as_of, decided_at)
    if found.record is None:
        return LookRecordAnswer(as_of=found.as_of, values=[], hindered=hindered)
    values = values_of(case, letter, found.record)
    return LookRecordAnswer(as_of=found.as_of, values=values, hindered=hindered)


def _answer_of(case: Case) -> CaseLetter | None:
    """The answer's letter, in force or not: what was answered is looked at."""
    answers = [held for held in case.letters if held.letter.kind is not LetterKind.DEBT]
    return answers[-1] if answers else None


def _decided_at(session: Session, case: Case) -> datetime:
    """When the answer that stands was given."""
    facts = load_facts(session, case.case_id)
    return max(fact.at for fact in facts if isinstance(fact.payload, f.Decided))


def values_of(case: Case, held: CaseLetter, record: PropertyRecord) -> list[RecordValue]:
    """Every value of the record beside the letter's, those first that differ.

    What the letter names by its label is held against it; of all else only whether the very value
    stands in the letter can be told.
    """
    rows = [*_named(case, held, record), *_others(held, record)]
    return sorted(rows, key=lambda row: row.stands is not InLetter.OTHER)


def _named(case: Case, held: CaseLetter, record: PropertyRecord) -> Iterator[RecordValue]:
    """What a letter's block of facts says of the property, made anew from the record."""
    letter = held.letter
    if case.decision is None:
        return
    anew = LetterCase(
        request=case.request,
        decision=case.decision,
        refusal=case.refusal,
        report=case.report,
        record=record,
        head=letter.text.head,
        day=letter.issued_on,
        valid_until=letter.valid_until,
        authority=letter.text.authority,
    )
    told = dict(letter.text.facts.rows) if letter.text.facts is not None else {}
    words = _words(held)
    for label, plain in facts_of(anew):
        value = _one_line(plain)
        if label in told:
            same = _one_line(told[label]) == value
            stands = InLetter.SAME if same else InLetter.OTHER
            yield RecordValue(
                label=label, recorded=value, stands=stands, told="" if same else told[label]
            )
        else:
            yield RecordValue(label=label, recorded=value, stands=_stands(value, words))


def _others(held: CaseLetter, record: PropertyRecord) -> Iterator[RecordValue]:
    """What else the record holds, in the order in which an answer asks for it; first of all that
    some of it stands by an upheld objection and not by its owner's export."""
    words = _words(held)
    if signs := _one_line(signs_words(record.corrected)):
        yield RecordValue(label=_CORRECTED, recorded=signs, stands=_stands(signs, words))
    permit = record.last_permit
    each = [
        ("سهم", _shares(record)),
        ("کاربری", record.use),
        ("پروانه", permit.number if permit else ""),
        ("اعتبار پروانه", format_jalali(permit.expires) if permit and permit.expires else ""),
        ("آخرین بازدید", format_jalali(record.last_visit) if record.last_visit else ""),
        ("تخلف ساختمانی", "، ".join(file.violation for file in record.files)),
        ("بدهی", _debts(record)),
        ("بازداشت", "، ".join(hold.authority for hold in record.holds)),
    ]
    for label, plain in each:
        value = _one_line(plain)
        said = [value] if value else _SAID_NONE.get(label, [])
        stands = InLetter.SAME if any(each in words for each in said) else InLetter.UNSAID
        yield RecordValue(label=label, recorded=value or _NONE, stands=stands)


# How a letter says that there is none: in words, where no value stands.
_SAID_NONE = {
    "تخلف ساختمانی": ["فاقد تخلف ساختمانی", "تخلف ساختمانی و پروندهٔ مادهٔ ۱۰۰: ندارد"],
    "بدهی": ["بدهی ندارد", "بدهی عوارض نوسازی و پسماند: ندارد"],
}


def _shares(record: PropertyRecord) -> str:
    owners = record.owners
    if len(owners) == 1:
        return _dang(owners[0].dang)
    return "، ".join(f"{owner.name} {_dang(owner.dang)}" for owner in owners)


def _dang(dang: Decimal) -> str:
    return f"{dang.normalize():f} دانگ"


def _debts(record: PropertyRecord) -> str:
    total = sum(debt.total for debt in record.debts)
    return f"{format_rial(total)}" if total else ""


def _words(held: CaseLetter) -> str:
    """All that the letter says, in one line."""
    text = held.letter.text
    facts = [value for _, value in text.facts.rows] if text.facts is not None else []
    return _one_line(" ".join([text.addressee, *text.paragraphs, *facts, *text.closing]))


def _stands(value: str, words: str) -> InLetter:
    return InLetter.SAME if value in words else InLetter.UNSAID


def _one_line(text: str) -> str:
    return " ".join(to_persian_digits(text).replace("*", "").split())
