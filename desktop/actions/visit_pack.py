"""The pack of an inspector's day on paper, from what lies at his desk: it needs no line."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from desktop.actions import looking
from desktop.actions.desk import Seat
from desktop.actions.visit_day import DayVisit, HeldBody, InspectorDay
from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.money import format_area
from desktop.domain.nearest_words import distance_words
from desktop.domain.office import MUNICIPALITY, within_city
from desktop.domain.papers import PackedVisit, PackPart, PlannedVisit, VisitPack
from desktop.domain.persian import isolate, to_persian_digits
from desktop.reports import visit_pack


def pack(seat: Seat, of: InspectorDay, parts: Collection[PackPart]) -> bytes:
    """The chosen parts of each visit that is still to be made, in the order of the way.

    Raises Refusal where nothing is left, or nothing was chosen.
    """
    left = [visit for visit in of.visits if visit.open]
    if not left:
        raise Refusal("بازدیدی نمانده است که برگه‌های آن چاپ شود.")
    if not parts:
        raise Refusal("دست‌کم یکی از برگه‌ها را برگزینید.")
    looking.on_paper(seat, [visit.case.case_id for visit in left])
    desk = seat.desk
    with desk.store.reading() as session:
        card = desk.reference.office(session, MUNICIPALITY, desk.today(session))
        halves = desk.reference.city(session, of.day).halves
    return visit_pack.draw(
        VisitPack(
            card.head,
            of.day,
            seat.staff.name,
            tuple(part for part in PackPart if part in parts),
            tuple(_packed(visit, halves[visit.half].words) for visit in left),
            sample=card.sample,
        )
    )


def _packed(visit: DayVisit, window: str) -> PackedVisit:
    case = visit.case
    request = case.request
    code = (case.decision.code if case.decision else "") or request.code
    service = visit.service.title if visit.service is not None else request.service
    planned = PlannedVisit(
        window=window,
        address=within_city(visit.address),
        property=f"کد نوسازی {isolate(to_persian_digits(code))}" if code else "",
        applicant=f"{request.party.name}، {request.party.kind.word}",
        phone=case.visit_phone,
        attending=case.attending,
        service=service,
        tracking_code=isolate(to_persian_digits(request.tracking)),
    )
    way = distance_words(visit.way) if visit.way is not None else ""
    wanted = (f"خواستهٔ واحد: {case.visit_for}",) if case.visit_for else ()
    asks = (*wanted, *(f"{each.look_at} ({each.seen})" for each in visit.asks))
    return PackedVisit(planned, way, asks, _record(visit.held) if visit.held is not None else ())


def _record(held: HeldBody) -> tuple[tuple[str, str], ...]:
    rows = [
        ("پلاک ثبتی", held.plate),
        ("عرصهٔ سند", _area(held.land_by_deed)),
        ("عرصهٔ موجود", _area(held.land)),
        ("اعیان", _area(held.built)),
        ("طبقه", to_persian_digits(held.floors) if held.floors else ""),
        ("واحد", to_persian_digits(held.units) if held.units else ""),
        ("کاربری", held.use),
        ("عقب‌نشینی", _area(held.widening)),
        ("سال ساخت", to_persian_digits(held.year_built) if held.year_built else ""),
        ("بازدید پیشین", format_jalali(held.last_visit) if held.last_visit else ""),
        ("پروانه", _permit(held)),
        *(
            ("مادهٔ ۱۰۰", "، ".join(filter(None, (violation, _area(area), status))))
            for violation, area, status in held.rulings
        ),
    ]
    return tuple((label, value) for label, value in rows if value)


def _area(text: str) -> str:
    area = Decimal(text or 0)
    return f"{format_area(area)} مترمربع" if area else ""


def _permit(held: HeldBody) -> str:
    if not held.permit:
        return ""
    until = f"، تا {format_jalali(held.permit_until)}" if held.permit_until else ""
    issued = f"، {format_jalali(held.permit_issued)}" if held.permit_issued else ""
    return f"{isolate(to_persian_digits(held.permit))}{issued}{until}"
