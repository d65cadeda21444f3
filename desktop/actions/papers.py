"""The office's unnumbered papers, drawn on the spot: receipt, slip, checklist, notices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from desktop.actions import looking
from desktop.actions.desk import Desk, Seat
from desktop.domain import fees
from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.counter import FEES, METHODS
from desktop.domain.errors import Refusal
from desktop.domain.facts import LetterVoided, SentToCommission
from desktop.domain.identifiers import mask_id, phone_words
from desktop.domain.letter import unmarked
from desktop.domain.money import format_rial
from desktop.domain.nearest_words import week_words
from desktop.domain.objection import Ground
from desktop.domain.office import OfficeCard, within_city
from desktop.domain.papers import (
    AidLine,
    Checklist,
    CommissionNotice,
    DeficiencyNotice,
    GoesOnNotice,
    NeededPaper,
    PaidLine,
    Receipt,
    Slip,
)
from desktop.domain.people import Applicant, Role
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.domain.reading import Reading, Way, What
from desktop.domain.recall import VoidNotice, still_to_tell
from desktop.domain.request import Payment, Request
from desktop.domain.request import Slot as VisitSlot
from desktop.domain.service import Service
from desktop.domain.serving import notices
from desktop.domain.state import State
from desktop.domain.words import answer_words
from desktop.reports import checklist as checklist_paper
from desktop.reports import commission as commission_paper
from desktop.reports import deficiency as deficiency_paper
from desktop.reports import goes_on as goes_on_paper
from desktop.reports import receipt as receipt_paper
from desktop.reports import slip as slip_paper
from desktop.reports import void_notice as void_paper
from desktop.store import ledger, meta, people, readings
from desktop.store.open import Session
from desktop.store.view import of_case
from desktop.wire.visit_plan import MovedBody

__all__ = [
    "FEES", "METHODS", "checklist", "commission", "deficiency", "goes_on", "property_line",
    "receipt", "receipt_printed", "slip", "slips", "void_notices",
]  # fmt: skip


def property_line(request: Request) -> str:
    """The property in one line: code, else plate."""
    return _ground(request.code, request.plate.words if request.plate is not None else "")


def _ground(code: str, plate: str) -> str:
    parts = [f"کد نوسازی {to_persian_digits(code)}"] if code else []
    parts += [f"پلاک ثبتی {plate}"] if plate else []
    return "، ".join(parts)


def receipt(seat: Seat, case_id: str) -> bytes:
    """The receipt with the tracking code (A5); final at once, with or without a line.

    After the first one that was printed here it says which copy it is. Raises Refusal where no
    paper may bear the desk's day.
    """
    desk = seat.desk
    desk.demand_clock()
    case, service, card = _case(desk, case_id)
    request = case.request
    with desk.store.reading() as session:
        first = of_case(session, case_id, desk.reference.setting_for)
        copy = ledger.receipts(session, case_id) + 1
    facts = (*first.confirmed, *first.provisional)
    return receipt_paper.draw(
        Receipt(
            head=card.head,
            tracking_code=request.tracking,
            service=service.title,
            applicant=_named(request),
            id_label=_id_label(request),
            masked_id=mask_id(request.party.person_id or request.party.carrier_id),
            property=property_line(request),
            received_at=case.received_at,
            documents=tuple(d.title for d in request.documents if d.seen),
            payments=tuple(
                PaidLine(FEES[fee], paid.amount, METHODS[paid.method], paid.reference)
                for fee, paid in case.fees_paid.items()
            )
            + tuple(
                PaidLine(owed.name, paid.amount, METHODS[paid.method], paid.reference)
                for owed in case.sums
                if (paid := case.paid.get(owed.key)) is not None
            ),
            promise_label="زمان تقریبی پاسخ" if _is_awaited(case) else "پاسخ",
            promise=_promise(case, service),
            clerk=facts[0].actor_name,
            sample=card.sample,
            copy=copy,
            aid=_aid_line(request),
        )
    )


def receipt_printed(seat: Seat, case_id: str, printer: str) -> None:
    """The receipt went to that printer: the next one is a copy."""
    desk = seat.desk

    def work(session: Session) -> None:
        at, actor = desk.moment(session), seat.staff.staff_id
        ledger.note_receipt(session, case_id, printer=printer, actor=actor, at=at)
        readings.keep(session, [Reading(at, actor, What.PAPER, Way.PRINT, case_id=case_id)])

    desk.store.write(work)


def _named(request: Request) -> str:
    """Who asks, and for whom where that is another: «رضا خبیری، وکیل اعظم میرحسینی»."""
    party = request.party
    of = f"، {party.kind.word} {party.represented_name}" if party.represented_name else ""
    return to_persian_digits(f"{party.name}{of}")


def _aid_line(request: Request) -> AidLine | None:
    aid = request.aid
    if aid is None:
        return None
    name = to_persian_digits(aid.trusted_name)
    return AidLine(aid.need.told, name, mask_id(aid.trusted_id), aid.need.fingerprint)


def _id_label(request: Request) -> str:
    if not request.party.person_id:
        return "کد ملی آورندهٔ نامه"
    return "شناسهٔ ملی" if request.party.kind is Applicant.COMPANY else "کد ملی"


def _is_awaited(case: Case) -> bool:
    return case.answer is None and case.state not in (State.WITHDRAWN, State.PASSED_ON)


def _promise(case: Case, service: Service) -> str:
    if case.state is State.WITHDRAWN:
        return "متقاضی انصراف داده است"
    if case.state is State.PASSED_ON and case.passed is not None:
        return to_persian_digits(f"در {case.passed.name} پیگیری می‌شود")
    if case.answer is not None:
        kind = answer_words(case.answer.letter)
        if case.recalled:
            return f"{kind} صادر شده بود؛ نامهٔ آن در دست ابطال است"
        if case.state is State.HANDED_OVER:
            return f"{kind} صادر شده و نامهٔ مهرشدهٔ آن تحویل شده است"
        if case.answer.release is not None:
            return f"{kind} صادر شده است؛ نامهٔ مهرشدهٔ آن تحویل می‌شود"
        return f"{kind} آماده شده است؛ نامهٔ آن پس از تأیید و مهر تحویل می‌شود"
    if case.state is State.PAY_DUE:
        # Its letter says until when that may be: longer than the answer would have taken.
        return "پس از پرداخت بدهی"
    basis = service.term(case.request.conditions).basis
    until = f"تا {format_jalali(case.due_on)}" + (f"، {basis}" if basis else "")
    return f"پس از بازدید ملک؛ {until}" if case.state in (State.VISIT_DUE, State.BOOKED) else until


def slip(seat: Seat, case_id: str) -> bytes:
    """The visit slip (A5), only for a slot that the centre confirmed. Raises Refusal."""
    case, service, card = _case(seat.desk, case_id, settled=True)
    if case.slot is None:
        raise Refusal("نوبت بازدید هنوز از مرکز نرسیده است؛ برگ نوبت پس از آن چاپ می‌شود.")
    paid = case.fees_paid.get(fees.VISIT_FEE)
    request = case.request
    return slip_paper.draw(
        _slip(
            card,
            _city(seat.desk, case.slot.day),
            case.slot,
            request.applicant,
            paid,
            tracking_code=request.tracking,
            service=service.title,
            name=request.party.name,
            address=request.answers.get("address", ""),
            ground=property_line(request),
            inspector=case.inspector,
            attending=case.attending,
            at=_now(seat.desk),
            large=request.aid is not None,
        )
    )


def _city(desk: Desk, day: date) -> City:
    with desk.store.reading() as session:
        return desk.reference.city(session, day)


def _now(desk: Desk) -> datetime:
    with desk.store.reading() as session:
        return desk.moment(session)


def slips(seat: Seat, moved: Sequence[MovedBody]) -> bytes:
    """The new slips of these visits, each under its office's head, as one PDF.

    Raises Refusal where none of them has a place.
    """
    desk = seat.desk
    with desk.store.reading() as session:
        at, today = desk.moment(session), desk.today(session)
        services = desk.reference.services(session, today)
        cards = {
            office: desk.reference.office(session, office, today)
            for office in {each.office for each in moved}
        }
        days = {each.shift.day for each in moved if each.shift.day is not None}
        cities = {day: desk.reference.city(session, day) for day in days}
    looking.on_paper(seat, [each.shift.case_id for each in moved if each.shift.day is not None])
    drawn = []
    for each in moved:
        shift = each.shift
        if shift.day is None:
            continue
        drawn.append(
            _slip(
                cards[each.office],
                cities[shift.day],
                VisitSlot(shift.day, shift.half, each.district),
                each.applicant,
                each.paid,
                tracking_code=shift.tracking,
                service=(
                    services[shift.service].title if shift.service in services else shift.service
                ),
                name=shift.applicant,
                address=shift.address,
                ground=_ground(each.code, each.plate),
                inspector=shift.inspector,
                attending=shift.attending,
                at=at,
                large=each.large,
            )
        )
    if not drawn:
        raise Refusal("هیچ‌یک از این بازدیدها نوبت تازه ندارد؛ برگی برای چاپ نیست.")
    return slip_paper.draw_all(drawn)


def _slip(
    card: OfficeCard,
    city: City,
    slot: VisitSlot,
    applicant: Applicant,
    paid: Payment | None,
    *,
    tracking_code: str,
    service: str,
    name: str,
    address: str,
    ground: str,
    inspector: str,
    attending: str,
    at: datetime,
    large: bool,
) -> Slip:
    return Slip(
        head=card.head,
        tracking_code=tracking_code,
        service=service,
        applicant=to_persian_digits(name),
        property=ground,
        address=to_persian_digits(address),
        day=slot.day,
        window=city.halves[slot.half].words,
        district=city.district_name(slot.district),
        inspector=inspector,
        attending=to_persian_digits(attending),
        whose=(applicant if applicant.holds else Applicant.OWNER).word,
        paper=applicant.paper,
        fee=_visit_fee(paid),
        made_at=at,
        sample=card.sample,
        large=large,
    )


def _visit_fee(paid: Payment | None) -> str:
    """What was paid for the visit and by which reference; empty where it costs nothing."""
    if paid is None:
        return ""
    reference = isolate(to_persian_digits(paid.reference))
    return f"{format_rial(paid.amount)}، {METHODS[paid.method]}، شمارهٔ پیگیری {reference}"


def deficiency(seat: Seat, case_id: str) -> bytes:
    """The notice of missing documents (A5). Raises Refusal when nothing is told missing."""
    case, service, card = _case(seat.desk, case_id)
    if case.returned is None:
        raise Refusal("برای این پرونده نقصی اعلام نشده است.")
    with seat.desk.store.reading() as session:
        told_on = seat.desk.today(session)
    return deficiency_paper.draw(
        DeficiencyNotice(
            head=card.head,
            tracking_code=case.request.tracking,
            service=service.title,
            applicant=to_persian_digits(case.request.party.name),
            property=property_line(case.request),
            told_on=told_on,
            until=case.returned.until,
            answer_by=case.due_on,
            defects=case.returned.defects,
            comment=case.returned.comment,
            capacity=seat.staff.role.word,
            clerk=seat.staff.name,
            sample=card.sample,
        )
    )


def void_notices(seat: Seat, case_id: str) -> bytes:
    """For each who had a letter of the case and has not been told that it is void (A5).

    Raises Refusal where there is nobody, or no paper may bear the desk's day.
    """
    desk = seat.desk
    desk.demand_clock()
    case, _, card = _case(desk, case_id, settled=True)
    held = next((each for each in case.letters if still_to_tell(case, each)), None)
    if held is None:
        raise Refusal("از نامهٔ باطل این پرونده کسی نمانده است که خبر نداشته باشد.")
    with desk.store.reading() as session:
        known = of_case(session, case_id, desk.reference.setting_for).confirmed
        today = desk.today(session)
        here = people.everybody(session)
    ended = next(
        fact.at
        for fact in known
        if isinstance(fact.payload, LetterVoided)
        and fact.payload.letter_id == held.letter.letter_id
    )
    managers = [each.name for each in here if each.role is Role.MANAGER]
    return void_paper.draw(
        VoidNotice(
            head=card.head,
            tracking_code=case.request.tracking,
            to=still_to_tell(case, held),
            number=held.letter.number,
            issued_on=held.letter.issued_on,
            subject=held.letter.text.subject,
            property=property_line(case.request),
            void_since=ended.astimezone(TEHRAN).date(),
            reason=unmarked(held.voided).rstrip(" ."),
            told_on=today,
            check_at=held.letter.text.check_at,
            manager=join_and(managers),
            sample=card.sample,
        )
    )


def goes_on(seat: Seat, case_id: str) -> bytes:
    """For a citizen whose request another office had before (A5): where it goes on.

    Raises Refusal for one that began here.
    """
    case, service, card = _case(seat.desk, case_id, settled=True)
    over, passed = case.taken_over, case.passed
    if over is None or passed is None:
        raise Refusal("این پرونده در همین دفتر آغاز شده است.")
    with seat.desk.store.reading() as session:
        today = seat.desk.today(session)
    return goes_on_paper.draw(
        GoesOnNotice(
            head=card.head,
            tracking_code=case.request.tracking,
            service=service.title,
            applicant=to_persian_digits(case.request.party.name),
            property=property_line(case.request),
            told_on=today,
            former=to_persian_digits(over.name),
            act=passed.act.words,
            name=to_persian_digits(card.name),
            address=to_persian_digits(within_city(card.address)),
            phone=phone_words(card.phone),
            hours=week_words(card.hours) if card.hours is not None else "",
            answer_by=case.due_on,
            clerk=seat.staff.name,
            sample=card.sample,
        )
    )


def checklist(seat: Seat, code: str, applicant: Applicant) -> bytes:
    """What a citizen in that standing brings for the service (A5), before any form is filled.

    Raises Refusal when the counter does not offer the service today.
    """
    desk = seat.desk
    with desk.store.reading() as session:
        today = desk.today(session)
        service = desk.reference.services(session, today).get(code)
        if service is None:
            raise Refusal("این خدمت امروز در پیشخوان ارائه نمی‌شود.")
        city = desk.reference.city(session, today)
        card = desk.reference.office(session, meta.get(session).identity.office, today)
    answers = {"applicant": applicant.value}
    office, visit = (fees.fee(service, city, o) for o in (fees.OFFICE_FEE, fees.VISIT_FEE))
    due = service.term(answers).ends(today, city.calendar)
    return checklist_paper.draw(
        Checklist(
            head=card.head,
            service=service.title,
            purpose=service.purpose.rstrip("."),
            applicant=applicant.word,
            needed=tuple(
                NeededPaper(d.title, d.why, d.remedy) for d in service.asked_documents(answers)
            ),
            fee=office.amount if office else 0,
            visit_fee=visit.amount if visit else 0,
            promise=f"اگر امروز ثبت شود، تا {format_jalali(due)}",
            told_on=today,
            sample=card.sample,
        )
    )


def _against(case: Case) -> Ground:
    """On which ground the commission's ruling is objected to; unsaid, it is the first."""
    if case.commission != "100":
        return Ground.OTHER
    ruling = case.commission_result
    final = ruling is not None and ruling.stage == "final"
    return Ground.FINAL_RULING if final else Ground.FIRST_RULING


def commission(seat: Seat, case_id: str) -> bytes:
    """The referral to a commission, or its ruling once it is entered (A5).

    Raises Refusal for a case that no commission has seen.
    """
    case, service, card = _case(seat.desk, case_id, settled=True)
    if not case.commission:
        raise Refusal("این پرونده به کمیسیونی نرفته است.")
    with seat.desk.store.reading() as session:
        told_on = seat.desk.today(session)
        ways = seat.desk.reference.city(session, told_on).objections
        told = of_case(session, case_id, seat.desk.reference.setting_for).confirmed
    sent = next(fact for fact in reversed(told) if isinstance(fact.payload, SentToCommission))
    ruling = case.commission_result
    return commission_paper.draw(
        CommissionNotice(
            head=card.head,
            tracking_code=case.request.tracking,
            service=service.title,
            applicant=to_persian_digits(case.request.party.name),
            property=property_line(case.request),
            told_on=told_on,
            article=case.commission,
            referred_by=sent.actor_name,
            referred_on=sent.at.astimezone(TEHRAN).date(),
            note=case.commission_note,
            result=ruling.result if ruling else "",
            number=ruling.number if ruling else "",
            decided_on=ruling.decided_on if ruling else None,
            objection=ways.way(_against(case), ""),
            clerk=seat.staff.name,
            sample=card.sample,
            against=tuple(n.person.name for n in notices(case) if n.served is None),
        )
    )


def _case(desk: Desk, case_id: str, *, settled: bool = False) -> tuple[Case, Service, OfficeCard]:
    with desk.store.reading() as session:
        view = desk.look(session, case_id)
        case = view.settled if settled else view.case
        if case is None:
            raise Refusal("چنین پرونده‌ای نیست.")
        service = desk.reference.service(session, case.request.service, case.request.version)
        office = meta.get(session).identity.office
        return case, service, desk.reference.office(session, office, desk.today(session))
