"""Taking a request in: what the form asks, what is missing, what came before, and registering."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.actions.desk import Desk, Seat
from desktop.chance import new_id
from desktop.domain.city import City
from desktop.domain.commands import PayFee, Payload, Register
from desktop.domain.enforcement import SENT_ON, Barred
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.fees import OFFICE_FEE, fee
from desktop.domain.money import format_rial
from desktop.domain.people import Party, Staff
from desktop.domain.request import Payment, Request
from desktop.domain.service import Service
from desktop.domain.state import ENDS
from desktop.forms.answers import Checked, Filled, check
from desktop.store import drafts, meta, queue, tracking
from desktop.store.open import Session
from desktop.store.row import QueueCase
from desktop.store.view import of_case

FEE = "fee"
"""The field of the fee, for what is refused of it."""
_OTHER_FEE = "کارمزد این خدمت اکنون {} است، نه آنچه در فرم بود؛ مبلغ دریافتی را بسنجید."
_NO_FEE = "این خدمت دیگر کارمزد ندارد؛ مبلغ دریافتی را بسنجید."


@dataclass(frozen=True)
class FeePayment:
    """The office's fee as taken at the counter, with the request or later.

    `amount` is what was asked there, Rial; None where it is what is asked when it is registered.
    """

    method: str
    reference: str
    amount: int | None = None


@dataclass(frozen=True)
class NewCase:
    """A registered request: the case and the tracking code, final at once."""

    case_id: str
    tracking: str


def services(desk: Desk) -> dict[str, Service]:
    """The services that the counter offers today, by code, in the order of their digits."""
    with desk.store.reading() as session:
        return desk.reference.services(session, desk.today(session))


def barred(desk: Desk, actor: Staff) -> dict[str, tuple[Barred, ...]]:
    """By service, why this person takes no request of it here today, or soon will not: what
    `Barred.hinders` today is not offered, the rest is said beside it."""
    with desk.store.reading() as session:
        moment = desk.moment(session)
        offered = desk.reference.services(session, desk.today(session))
        told = {code: desk.reference.barred(session, actor, code, moment) for code in offered}
    return {code: reasons for code, reasons in told.items() if reasons}


def sent_on(desk: Desk, actor: Staff) -> dict[str, str]:
    """By service for which a citizen is sent to another office today: why, in few words."""
    with desk.store.reading() as session:
        today = desk.today(session)
    found: dict[str, str] = {}
    for code, reasons in barred(desk, actor).items():
        for each in reasons:
            if each.sends_on(today):
                found.setdefault(code, SENT_ON[each.bar])
    return found


def barred_of(seat: Seat, service: str) -> tuple[Barred, ...]:
    """The same of one service that the counter offers today. Raises Refusal for another."""
    desk = seat.desk
    with desk.store.reading() as session:
        return desk.reference.barred(session, seat.staff, service, desk.moment(session))


def figures(desk: Desk) -> City:
    """The municipality's figures of today."""
    with desk.store.reading() as session:
        return desk.reference.city(session, desk.today(session))


def office_fee(city: City, service: Service) -> int:
    """The office's fee for the service, Rial."""
    asked = fee(service, city, OFFICE_FEE)
    return asked.amount if asked else 0


def promise(city: City, service: Service, received_on: date, conditions: Mapping[str, str]) -> date:
    """The day by which an answer is promised to a form with these answers."""
    return service.term(conditions).ends(received_on, city.calendar)


def look_over(desk: Desk, service: Service, filled: Filled) -> Checked:
    """What would be kept of the form as it stands, and everything that stands against it."""
    with desk.store.reading() as session:
        return check(service, filled, desk.today(session))


def same_property(desk: Desk, code: str) -> list[QueueCase]:
    """Open cases of this office for the property, newest first: told before a double."""
    with desk.store.reading() as session:
        return [c for c in queue.earlier(session, code=code) if c.state not in ENDS]


def known_party(desk: Desk, person_id: str) -> Party | None:
    """The person as an earlier case of this office knew them."""
    return _known(desk, person_id=person_id)


def known_property(desk: Desk, code: str) -> Request | None:
    """The newest request of this office for the property."""
    with desk.store.reading() as session:
        for found in queue.earlier(session, code=code, limit=1):
            view = of_case(session, found.case_id, desk.reference.setting_for)
            return view.case.request if view.case else None
    return None


def _known(desk: Desk, *, person_id: str) -> Party | None:
    with desk.store.reading() as session:
        for found in queue.earlier(session, applicant_id=person_id, limit=1):
            view = of_case(session, found.case_id, desk.reference.setting_for)
            return view.case.request.party if view.case else None
    return None


def register(
    seat: Seat,
    service: Service,
    filled: Filled,
    taken: FeePayment | None = None,
    *,
    draft_id: str = "",
    duplicate_reason: str = "",
    linked_to: str = "",
) -> NewCase:
    """Register, and pay the fee if it was taken, in one transaction; the draft goes with it.

    Raises Refusals with every fault, Refusal when the act is not lawful; then nothing changed.
    """

    def work(session: Session) -> NewCase:
        today = seat.desk.today(session)
        city = seat.desk.reference.city(session, today)
        checked = check(service, filled, today)
        if checked.faults:
            raise Refusals(list(checked.faults))
        case_id = new_id()
        office = meta.get(session).identity.office
        own = seat.desk.reference.office_code(session, office, today)
        request = Request(
            service=service.code,
            version=service.version,
            tracking=tracking.next_code(session, own, today),
            received_on=today,
            party=checked.party,
            code=checked.code,
            plate=checked.plate,
            unchanged=checked.unchanged,
            answers=checked.answers,
            documents=tuple(filled.documents),
            consents=tuple(filled.consents),
            duplicate_reason=duplicate_reason,
            linked_to=linked_to,
            aid=checked.aid,
        )
        acts: list[Payload] = [Register(request)]
        amount = office_fee(city, service)
        if taken is not None and taken.amount not in (None, amount):
            words = _OTHER_FEE.format(format_rial(amount)) if amount else _NO_FEE
            raise Refusal(words, field=FEE)
        if taken is not None and amount:
            payment = Payment(amount, taken.method, taken.reference, today)
            acts.append(PayFee(OFFICE_FEE, payment))
        seat.do_all(session, case_id, acts)
        if draft_id:
            drafts.delete_draft(session, draft_id)
        return NewCase(case_id, request.tracking)

    done = seat.desk.store.write(work)
    seat.desk.nudge()
    return done
