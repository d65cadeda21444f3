"""The named records that a service file's examples stand on, and running a file's examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from desktop.domain.calendar import Blackout, OfficeCalendar, add_months, parse_jalali
from desktop.domain.city import City
from desktop.domain.decision import Decision, decide
from desktop.domain.formula import Formula
from desktop.domain.gates import Question
from desktop.domain.identifiers import Plate, RenewalCode, make_bill, make_payment
from desktop.domain.property import (
    Article100File,
    Certificate,
    Debt,
    Found,
    Hold,
    Match,
    Owner,
    Permit,
    PropertyRecord,
)
from desktop.domain.record_words import (
    CertificateKind,
    DebtStatus,
    Deed,
    FileStatus,
    HoldScope,
    RecordWords,
    Use,
    WordColumn,
)
from desktop.domain.service import Example, Service
from desktop.domain.tariff import Purse, Tariff
from desktop.forms.answers import kept_answers

OWNER_ID = "9990001014"
OTHER_ID = "9990002029"
BODIES = (
    "بانک مسکن، شعبهٔ مرکزی یزد",
    "دفتر اسناد رسمی شمارهٔ 27 یزد",
    "ادارهٔ ثبت اسناد و املاک یزد",
)
_WORDS = RecordWords(
    {
        WordColumn.DEED: {
            Deed.FORMAL: ("تک‌برگ",),
            Deed.PRIVATE: ("قولنامه‌ای",),
            Deed.WAQF: ("وقفی",),
        },
        WordColumn.USE: {Use.GARDEN: ("باغ",), Use.OTHER: ("مسکونی",)},
        WordColumn.CERTIFICATE: {
            CertificateKind.COMPLETION: ("پایان کار",),
            CertificateKind.NO_VIOLATION: ("عدم خلاف",),
        },
        WordColumn.FILE: {
            FileStatus.REPORTED: ("تخلف گزارش‌شده، ارجاع به کمیسیون",),
            FileStatus.FINE_UNPAID: ("رأی قطعی جریمه – پرداخت‌نشده",),
            FileStatus.FINE_PAID: ("رأی قطعی جریمه – پرداخت‌شده",),
            FileStatus.DEMOLITION_DUE: ("رأی تخریب – اجرانشده",),
        },
        WordColumn.DEBT: {
            DebtStatus.FINAL: ("قطعی",),
            DebtStatus.DISPUTED: ("کمیسیون مادهٔ ۷۷",),
        },
        WordColumn.SCOPE: {
            HoldScope.ALL: ("همه",),
            HoldScope.TRANSFER: ("نقل و انتقال",),
            HoldScope.BUILD: ("ساخت و ساز",),
        },
    }
)
_word = _WORDS.word
CITY = City(
    words=_WORDS,
    bodies=BODIES,
    where={6: "شهرداری حمیدیا"},
    calendar=OfficeCalendar(
        blackouts=(
            Blackout(parse_jalali("1405/03/26"), parse_jalali("1405/04/07"), "محرم"),
            Blackout(parse_jalali("1405/12/15"), parse_jalali("1406/01/15"), "نوروز"),
        )
    ),
    parcels={"R1": 200, "R2": 150, "historic": 300},
    tariffs={
        key: Tariff(key, title, Purse.MUNICIPALITY, Formula(amount))
        for key, title, amount in (
            ("restoration", "هزینهٔ ترمیم", "length * width * restoration[pavement]"),
            ("deposit", "ودیعهٔ حفاری", "length * width * restoration[pavement] * 20 / 100"),
        )
    },
    rates={
        "restoration": {
            "asphalt": Decimal(6_800_000),
            "mosaic": Decimal(4_200_000),
            "stone": Decimal(9_500_000),
            "bare": Decimal(900_000),
        }
    },
)

_BUILDING = RenewalCode(2, 14, 308, 27, 1, 0, 0)
_FLAT = replace(_BUILDING, flat=4)
_OUTSIDE = RenewalCode(6, 1, 20, 5, 1, 0, 0)


@dataclass(frozen=True)
class ExampleRecord:
    """What a look-up finds, and the renewal code that was asked with."""

    found: Found
    code: RenewalCode


Make = Callable[[PropertyRecord, date], PropertyRecord]


def _clean(day: date) -> PropertyRecord:
    return PropertyRecord(
        code=_BUILDING,
        plate=Plate(2, 65, 4555),
        address="یزد، بلوار طالقانی، کوچهٔ شهید زارع، پلاک 27",
        neighbourhood="نعیم‌آباد",
        district="2",
        postal_code="8915818411",
        deed=_word(Deed.FORMAL),
        land_by_deed=Decimal("240.50"),
        land=Decimal("240.50"),
        built=Decimal("186.00"),
        floors=2,
        units=2,
        use="مسکونی",
        zone="R1",
        last_visit=add_months(day, -6),
        owners=(Owner("فاطمه", "دهقان", OWNER_ID, Decimal(6)),),
        permits=(Permit("2-1147", add_months(day, -24), add_months(day, 12)),),
        certificates=(
            Certificate(
                _word(CertificateKind.NO_VIOLATION),
                "1404-212",
                add_months(day, -3),
                add_months(day, 3),
            ),
            Certificate(_word(CertificateKind.COMPLETION), "1404-977", add_months(day, -2), None),
        ),
        debts=(_debt(day, 30),),
    )


def _debt(day: date, due_in: int, amount: int = 28_228_000) -> Debt:
    due = day + timedelta(days=due_in)
    bill = make_bill(45550041, CITY.bill_body)
    payment = make_payment(amount + 772_000, 1404, 1, bill)
    return Debt(1404, "نوسازی", amount, 772_000, due, _word(DebtStatus.FINAL), bill, payment)


def _file(status: str, fine: int = 515_000_000) -> Article100File:
    return Article100File("بنای مازاد بر پروانه", Decimal("18.00"), status, fine)


def _without_certificate(kind: CertificateKind) -> Make:
    def make(r: PropertyRecord, _: date) -> PropertyRecord:
        return replace(r, certificates=tuple(c for c in r.certificates if c.kind != _word(kind)))

    return make


def _expired_permit(r: PropertyRecord, day: date) -> PropertyRecord:
    expired = Permit("2-812", add_months(day, -36), day - timedelta(days=1))
    return replace(r, permits=(expired,), certificates=())


def _hold(authority: str, scope: HoldScope = HoldScope.ALL) -> Make:
    def make(r: PropertyRecord, day: date) -> PropertyRecord:
        placed = add_months(day, -4)
        return replace(r, holds=(Hold(authority, "3075", placed, _word(scope), None),))

    return make


_MADE: Mapping[str, Make] = {
    "clean": lambda r, _: r,
    "unbuilt": lambda r, _: replace(
        r,
        code=replace(_BUILDING, building=0),
        built=Decimal("0.00"),
        permits=(),
        certificates=(),
    ),
    "settled": lambda r, _: replace(r, debts=()),
    "old-visit": lambda r, day: replace(r, last_visit=add_months(day, -12) - timedelta(days=1)),
    "just-visited": lambda r, day: replace(r, last_visit=day - timedelta(days=10)),
    "never-visited": lambda r, _: replace(r, last_visit=None),
    "expired-permit": _expired_permit,
    "no-permit": lambda r, _: replace(r, permits=(), certificates=()),
    "no-certificate": lambda r, _: replace(r, certificates=()),
    "no-completion": _without_certificate(CertificateKind.COMPLETION),
    "debt": lambda r, day: replace(r, debts=(_debt(day, 0),)),
    "disputed-debt": lambda r, day: replace(
        r, debts=(replace(_debt(day, 0), status=_word(DebtStatus.DISPUTED)),)
    ),
    "fine-unpaid": lambda r, _: replace(r, files=(_file(_word(FileStatus.FINE_UNPAID)),)),
    "fine-paid": lambda r, _: replace(r, files=(_file(_word(FileStatus.FINE_PAID)),)),
    "violation-reported": lambda r, _: replace(r, files=(_file(_word(FileStatus.REPORTED), 0),)),
    "demolition": lambda r, _: replace(r, files=(_file(_word(FileStatus.DEMOLITION_DUE), 0),)),
    "hold-known": _hold("شعبهٔ 3 اجرای احکام یزد"),
    "hold-transfer": _hold("شعبهٔ 3 اجرای احکام یزد", HoldScope.TRANSFER),
    "hold-build": _hold("شعبهٔ 3 اجرای احکام یزد", HoldScope.BUILD),
    "hold-unknown": _hold(""),
    "waqf": lambda r, _: replace(r, deed=_word(Deed.WAQF)),
    "private-deed": lambda r, _: replace(r, deed=_word(Deed.PRIVATE)),
    "no-deed": lambda r, _: replace(r, deed=""),
    "widening": lambda r, _: replace(r, widening=Decimal("4.20")),
    "on-plan": lambda r, _: replace(r, on_plan=True),
    "garden": lambda r, _: replace(r, use="باغ"),
    "historic": lambda r, _: replace(r, historic=True, zone="تاریخی"),
    "dead-owner": lambda r, _: replace(r, owners=(replace(r.owners[0], dead=True),)),
    "other-owner": lambda r, _: replace(r, owners=(Owner("جواد", "حاتمی", OTHER_ID, Decimal(6)),)),
    "two-owners": lambda r, _: replace(
        r,
        owners=(
            Owner("فاطمه", "دهقان", OWNER_ID, Decimal(3)),
            Owner("جواد", "حاتمی", OTHER_ID, Decimal(3)),
        ),
    ),
    "short-shares": lambda r, _: replace(
        r, owners=(Owner("فاطمه", "دهقان", OWNER_ID, Decimal(5)),)
    ),
    "two-permits": lambda r, day: replace(
        r, permits=(*r.permits, Permit("2-1302", add_months(day, -3), add_months(day, 21)))
    ),
    "doubted": lambda r, _: replace(r, doubted=True),
}


def _unit(day: date, building: Make) -> ExampleRecord:
    above = building(_clean(day), day)
    flat = replace(
        _clean(day), code=_FLAT, permits=(), certificates=(), debts=(), built=Decimal("93.00")
    )
    found = Found(day, Match.FOUND, flat, building=above)
    return ExampleRecord(found, _FLAT)


def _unfound(match: Match, code: RenewalCode) -> Callable[[date], ExampleRecord]:
    return lambda day: ExampleRecord(Found(day, match), code)


def _stale(day: date) -> ExampleRecord:
    as_of = day - timedelta(days=CITY.record_age_days + 1)
    return ExampleRecord(Found(as_of, Match.FOUND, _clean(day)), _BUILDING)


def _single(make: Make) -> Callable[[date], ExampleRecord]:
    def build(day: date) -> ExampleRecord:
        record = make(_clean(day), day)
        return ExampleRecord(Found(day, Match.FOUND, record), record.code)

    return build


RECORDS: Mapping[str, Callable[[date], ExampleRecord]] = {
    **{name: _single(make) for name, make in _MADE.items()},
    "clean-unit": lambda day: _unit(day, lambda r, _: r),
    "unit-parent-debt": lambda day: _unit(day, lambda r, d: replace(r, debts=(_debt(d, 0),))),
    "unit-parent-file": lambda day: _unit(
        day, lambda r, _: replace(r, files=(_file(_word(FileStatus.REPORTED), 0),))
    ),
    "none": _unfound(Match.NONE, _BUILDING),
    "ambiguous": _unfound(Match.AMBIGUOUS, _BUILDING),
    "outside-city": _unfound(Match.NONE, _OUTSIDE),
    "stale": _stale,
}


@dataclass(frozen=True)
class ExampleFault:
    """An example that came out otherwise than its file says."""

    example: str
    words: str


def question(service: Service, example: Example, day: date) -> Question:
    """The example as a question put on the day: the owner asks unless the record says another."""
    record = RECORDS[example.record](day)
    unchanged = {"yes": True, "no": False, "": None}[example.unchanged]
    return Question(
        applicant=example.applicant,
        owner_id=OWNER_ID,
        found=record.found,
        day=day,
        city=CITY,
        code=record.code,
        unchanged=unchanged,
        answers=kept_answers(service, example.applicant, example.answers, day),
    )


def failing(decision: Decision) -> tuple[str, ...]:
    """The failing gates as `gate:effect`, sorted (RULES.md §5)."""
    return tuple(sorted(f"{f.gate}:{f.effect}" for f in decision.failing))


def run(service: Service, day: date) -> list[ExampleFault]:
    """Put all examples of the file to its gates; what came out otherwise, in Persian."""
    faults = []
    for example in service.examples:
        decision = decide(service, question(service, example, day))
        if decision.outcome != example.outcome:
            words = f"باید «{example.outcome}» شود؛ «{decision.outcome}» شد"
        elif example.gates is not None and tuple(sorted(example.gates)) != failing(decision):
            words = "دلیل‌ها جز آن است که نوشته شده"
        else:
            continue
        found = "، ".join(failing(decision)) or "هیچ"
        told = f"نمونهٔ «{example.name}» {words}؛ دلیل‌ها: {found}."
        faults.append(ExampleFault(example.name, told))
    return faults
