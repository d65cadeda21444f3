"""What the records of a lesson hold, in sentences, each under the gates that look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.calendar import format_jalali
from desktop.domain.city import City
from desktop.domain.gates import Question
from desktop.domain.money import format_area, format_rial
from desktop.domain.persian import fold, isolate, join_and, to_persian_digits
from desktop.domain.property import Found, LookUp, PropertyRecord
from desktop.domain.record_words import MEANING_WORDS, CertificateKind, HoldScope
from desktop.domain.service import Service

_BLACKOUTS = 2
_FINDING = frozenset({"record", "ambiguous-record", "outside-city", "record-age", "doubted-record"})
_NO_RECORD = "در سوابق شهرداری چیزی از این ملک یافت نمی‌شود."
_OUTSIDE = "منطقهٔ {} از منطقه‌های شهرداری یزد نیست."
_SHARED = "پلاک ثبتی در سوابق دو ملک یا بیشتر را نشان می‌دهد."
_SEVERAL = "کد نوسازی و پلاک ثبتی در سوابق دو ملک جدا را نشان می‌دهند."


@dataclass(frozen=True)
class Held:
    """A sentence of the records, and the gates whose answer rests on it."""

    words: str
    gates: frozenset[str]


@dataclass(frozen=True)
class _Seen:
    """A record as it is looked at on a day."""

    record: PropertyRecord
    building: PropertyRecord | None
    day: date
    city: City


_Tell = Callable[[_Seen], Iterator[str]]


def held(service: Service, q: Question) -> tuple[Held, ...]:
    """What the records and the municipality's data hold, as far as the service asks for it."""
    asked = frozenset(use.gate for use in service.gates)
    found, day, city = q.found, q.day, q.city
    told: list[Held] = []
    if service.needs_property:
        told += [Held(to_persian_digits(words), _FINDING) for words in _finding(q)]
        told += [Held(_age(found, day), frozenset({"record-age"}))]
    for gate, beside in _BESIDE.items():
        if gate in asked:
            told += [Held(to_persian_digits(words), frozenset({gate})) for words in beside(q)]
    if found.record is None:
        return tuple(told)
    seen = _Seen(found.record, found.building, day, city)
    for gates, tell in _FACETS.items():
        if asked & gates:
            told += [Held(to_persian_digits(words), gates) for words in tell(seen)]
    return tuple(told)


def _finding(q: Question) -> Iterator[str]:
    if q.code is not None and q.code.district not in q.city.districts:
        yield _OUTSIDE.format(q.code.district)
    elif q.found.match is LookUp.AMBIGUOUS:
        # As the gate tells it: the code leads to one of them, or nothing does.
        yield _SHARED if q.found.record is None else _SEVERAL
    elif q.found.record is None:
        yield _NO_RECORD


def _body(q: Question) -> Iterator[str]:
    body = q.answers.get("body", "")
    if q.applicant.is_body:
        known = fold(body) in {fold(each) for each in q.city.bodies}
        yield f"«{body}» در فهرست مراجع شهرداری {'هست' if known else 'نیست'}."


def _blackouts(q: Question) -> Iterator[str]:
    blackouts = q.city.calendar.blackouts
    coming = [each for each in blackouts if each.barred and each.last >= q.day]
    for each in sorted(coming, key=lambda each: each.first)[:_BLACKOUTS]:
        yield f"از {_on(each.first)} تا {_on(each.last)} حفاری منع است ({each.title})."


_BESIDE: Mapping[str, Callable[[Question], Iterator[str]]] = {
    "inquiry-letter": _body,
    "blackout": _blackouts,
}


def _age(found: Found, day: date) -> str:
    days = (day - found.as_of).days
    old = to_persian_digits(f"، {days} روز پیش از امروز" if days else "")
    return f"سوابق شهرداری تا {_on(found.as_of)} است{old}."


def _on(day: date) -> str:
    return isolate(format_jalali(day))


def _owners(seen: _Seen) -> Iterator[str]:
    owners = [f"{each.name} ({_dang(str(each.dang))} دانگ)" for each in seen.record.owners]
    yield f"مالک ثبت‌شده: {join_and(owners)}."
    for owner in seen.record.owners:
        if owner.dead:
            yield f"{owner.name} در سوابق درگذشته ثبت شده است."


def _dang(text: str) -> str:
    return text.replace(".", "٫")


def _deed(seen: _Seen) -> Iterator[str]:
    deed = seen.record.deed
    yield f"نوع سند: {deed}." if deed else "در سوابق سندی برای این ملک نیست."


def _visit(seen: _Seen) -> Iterator[str]:
    last = seen.record.last_visit
    yield f"آخرین بازدید {_on(last)} بوده است." if last else "این ملک هرگز بازدید نشده است."


def _permit(seen: _Seen) -> Iterator[str]:
    permits = seen.record.permits or (seen.building.permits if seen.building else ())
    whose = "" if seen.record.permits or not permits else " ساختمان"
    for permit in permits:
        number = isolate(permit.number)
        if permit.expires is None:
            yield f"پروانهٔ{whose} شمارهٔ {number} پایان ندارد."
        elif permit.expires < seen.day:
            yield f"پروانهٔ{whose} شمارهٔ {number} در {_on(permit.expires)} پایان یافته است."
        else:
            yield f"پروانهٔ{whose} شمارهٔ {number} تا {_on(permit.expires)} اعتبار دارد."
    if not permits:
        yield "پروانه‌ای در سوابق نیست."


def _certificates(seen: _Seen) -> Iterator[str]:
    held_ = seen.record.certificates or (seen.building.certificates if seen.building else ())
    for each in held_:
        kind = seen.city.words.certificate(each.kind)
        name = MEANING_WORDS[kind] if isinstance(kind, CertificateKind) else each.kind
        until = f" تا {_on(each.valid_until)}" if each.valid_until else ""
        yield f"گواهی {name} شمارهٔ {isolate(each.number)}{until} هست."
    if not held_:
        yield "گواهی پایان کار یا عدم خلافی در سوابق نیست."


def _debts(seen: _Seen) -> Iterator[str]:
    for record, whose in ((seen.record, "این ملک"), (seen.building, "ساختمان")):
        for debt in record.debts if record is not None else ():
            due = f"، سررسید {_on(debt.due)}" if debt.due else ""
            amount = format_rial(debt.total)
            yield f"بدهی {debt.kind} {debt.year} {whose} {amount} است، {debt.status}{due}."
    if not seen.record.debts:
        yield "بدهی دیگری برای این ملک ثبت نیست."


def _files(seen: _Seen) -> Iterator[str]:
    for record, whose in ((seen.record, "این ملک"), (seen.building, "ساختمان")):
        for each in record.files if record is not None else ():
            fine = f"، جریمه {format_rial(each.fine)}" if each.fine else ""
            yield f"پروندهٔ مادهٔ ۱۰۰ {whose} («{each.violation}»): {each.status}{fine}."
    if not seen.record.files:
        yield "پروندهٔ تخلفی از خود این ملک نیست."


def _holds(seen: _Seen) -> Iterator[str]:
    for each in seen.record.holds:
        scope = seen.city.words.scope(each.scope)
        what = MEANING_WORDS[scope] if isinstance(scope, HoldScope) else each.scope
        by = f"از {each.authority}، شمارهٔ {isolate(each.number)}" if each.authority else ""
        yield f"ملک برای {what} بازداشت است {by or 'و مرجع آن نوشته نشده است'}."
    if not seen.record.holds:
        yield "ملک بازداشت نیست."


def _use(seen: _Seen) -> Iterator[str]:
    yield f"کاربری در سوابق: {seen.record.use}."


def _fabric(seen: _Seen) -> Iterator[str]:
    yield "ملک در بافت تاریخی است." if seen.record.historic else "ملک در بافت تاریخی نیست."


def _plan(seen: _Seen) -> Iterator[str]:
    if seen.record.widening:
        yield f"ملک {format_area(seen.record.widening)} مترمربع تعریض دارد."
    if seen.record.on_plan:
        yield "ملک در طرح عمومی شهر است."
    if not (seen.record.widening or seen.record.on_plan):
        yield "ملک تعریض ندارد و در طرح عمومی نیست."


def _built(seen: _Seen) -> Iterator[str]:
    built = seen.record.built
    yield f"اعیان {format_area(built)} مترمربع است." if built else "زمین است و بنایی ندارد."


def _zone(seen: _Seen) -> Iterator[str]:
    least = seen.city.parcels.get(seen.record.zone)
    if least is not None:
        land, least_ = format_area(seen.record.land), format_area(Decimal(least))
        yield f"عرصه {land} مترمربع و حد نصاب پهنه {least_} مترمربع است."


def _doubted(seen: _Seen) -> Iterator[str]:
    if seen.record.doubted:
        yield "سطری از سوابق این ملک هنگام ورود خوانا نبود."


_FACETS: Mapping[frozenset[str], _Tell] = {
    frozenset({"doubted-record"}): _doubted,
    frozenset({"standing", "deceased", "heir", "co-owners"}): _owners,
    frozenset({"deed", "waqf"}): _deed,
    frozenset({"building-on-land"}): _built,
    frozenset({"recent-visit"}): _visit,
    frozenset({"permit", "permit-on-file", "named-paper", "municipal-paper"}): _permit,
    frozenset({"certificate", "named-paper", "municipal-paper"}): _certificates,
    frozenset({"debt", "parent"}): _debts,
    frozenset({"violation"}): _files,
    frozenset({"hold"}): _holds,
    frozenset({"garden"}): _use,
    frozenset({"historic-fabric"}): _fabric,
    frozenset({"plan-conflict"}): _plan,
    frozenset({"minimum-parcel"}): _zone,
}
