"""Counters of offices, without stores: each signs, chains and pushes its commands itself."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop import __version__
from desktop.centre.context import Centre, day_of
from desktop.centre.offices import is_open
from desktop.centre.people import enrol_device, enrol_person, open_office
from desktop.centre.serve import serve
from desktop.centre.streams import load_case
from desktop.chance import new_id
from desktop.demo.filling import Asker, fill
from desktop.demo.people import OFFICE
from desktop.domain import commands as c
from desktop.domain.calendar import iso_jalali
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.fees import OFFICE_FEE, VISIT_FEE, fee
from desktop.domain.identifiers import tracking_code
from desktop.domain.people import Applicant, Role, Staff
from desktop.domain.property import PropertyRecord
from desktop.domain.request import Payment, Request, Slot
from desktop.domain.service import Service
from desktop.domain.signed_acts import SIGNED_LATER
from desktop.forms.answers import check
from desktop.keys import PersonKeys, new_key
from desktop.wire import link
from desktop.wire.box import boxed
from desktop.wire.codec import acted, encode_command
from desktop.wire.payloads import (
    PROTOCOL,
    Body,
    Fault,
    HelloAsk,
    PushAnswer,
    PushAsk,
    SlotsAnswer,
    SlotsAsk,
)

_SLIPS = count(500_001)
# Who is told that the centre is busy comes again a little later.
_PAUSE_S = 0.05


@dataclass(frozen=True)
class Person:
    """Somebody who signs their own acts at a counter."""

    staff: Staff
    keys: PersonKeys


class Act(NamedTuple):
    """What is to happen to a case; `by` is another person than who sits at the counter, and
    `base_rev` the case's revision as they were shown it."""

    case_id: str
    payload: c.Payload
    by: Person | None = None
    base_rev: int = 0


@dataclass
class Counter:
    """A desk of an office: what it has told so far, and nothing else.

    It calls by its `line`; without one `centre` itself, of this process, answers. `code` is the
    office's, where that is not its id.
    """

    centre: Centre
    office: str
    clerk: str
    device_id: str
    key: Ed25519PrivateKey
    told: int = 0
    line: link.Link | None = None
    code: str = ""
    desk: int = 1
    unsent: list[str] = field(default_factory=list)
    heard_at: datetime | None = None
    """When it last greeted the centre, or told it anything."""

    def call(self, path: str, body: Body) -> link.Reply:
        """The centre's reply to a call signed now."""
        at = self.centre.clock()
        own = self.centre.identity
        request = link.sign_request(
            self.key, self.device_id, path, body.encode(), at, centre=own.centre, epoch=own.epoch
        )
        return serve(self.centre, request) if self.line is None else self.line.call(request)

    def greet(self) -> None:
        """Say which program this desk runs, without which the centre takes no stamp from it."""
        made = self.told + len(self.unsent)
        told = HelloAsk(protocol=PROTOCOL, client=__version__, device_seq=made, cursors={})
        reply = self.call("/v1/hello", told)
        if reply.status != link.OK:
            raise Refusal(Fault.model_validate_json(reply.body).words)
        self.heard_at = self.centre.clock()

    def texts(self, *acts: Act) -> list[str]:
        """The next commands of the chain, as they travel."""
        begun = self.told + len(self.unsent)
        return [self._text(act, begun + number) for number, act in enumerate(acts, start=1)]

    def keep(self, *acts: Act) -> None:
        """Have them done now, and told with the next `push`: there is no line."""
        self.unsent += self.texts(*acts)

    def _text(self, act: Act, number: int) -> str:
        command = c.Command(
            command_id=new_id(),
            case_id=act.case_id,
            device_id=self.device_id,
            device_seq=number,
            actor=self.clerk if act.by is None else act.by.staff.staff_id,
            base_rev=act.base_rev,
            made_at=self.centre.clock(),
            payload=act.payload,
        )
        if act.by is None and command.kind not in SIGNED_LATER:
            return encode_command(command)
        # Who sits at it has the desk's own key.
        key = act.by.keys.acts if act.by is not None else self.key
        said = acted(self.centre.identity.centre, encode_command(command, signed=False))
        return encode_command(replace(command, person_signature=key.sign(said).hex()))

    def push(self, *acts: Act) -> None:
        """Tell the centre what is unsent and these, as often as it takes only the first of them.

        Raises Refusal where it takes none.
        """
        self.keep(*acts)
        while self.unsent:
            ask = PushAsk(commands=boxed(self.unsent), cursors={})
            reply = self.call("/v1/push", ask)
            if reply.status == link.BUSY:
                time.sleep(_PAUSE_S)
                continue
            if reply.status != link.OK:
                raise Refusal(Fault.model_validate_json(reply.body).words)
            self.heard_at = self.centre.clock()
            before, self.told = self.told, PushAnswer.model_validate_json(reply.body).accepted_to
            del self.unsent[: self.told - before]

    def register(
        self,
        record: PropertyRecord,
        service: str = "no-violation",
        applicant: Applicant = Applicant.OWNER,
        *,
        code: str = "",
        letter_number: str = "1405/1",
    ) -> tuple[Act, ...]:
        """A request, and its fee paid; with a code a property in nobody's records. Raises
        Refusals."""
        with self.centre.reading() as session:
            chosen = self.centre.reference.in_force(session, service, self.day)
            city = self.centre.reference.city(session, self.day)
        asker = Asker(
            applicant=applicant,
            owner=record.owners[0],
            record=None if code else record,
            code=code or str(record.code),
            body=city.bodies[0],
            letter_number=letter_number,
        )
        return self.ask(chosen, asker, city)

    def ask(
        self, service: Service, asker: Asker, city: City, linked_to: str = ""
    ) -> tuple[Act, ...]:
        """What somebody asks for today, and its fee paid; Refusals for a form with faults.

        `linked_to` is the case that an objection is to.
        """
        day = self.day
        filled = fill(service, asker, city, day)
        checked = check(service, filled, day)
        if checked.faults:
            raise Refusals(list(checked.faults))
        serial, written = next(_SLIPS), iso_jalali(day)[2:].replace("/", "")
        request = Request(
            service=service.code,
            version=service.version,
            tracking=tracking_code(self.code or self.office, written, self.desk, serial % 10**4),
            received_on=day,
            party=checked.party,
            code=checked.code,
            plate=checked.plate,
            unchanged=checked.unchanged,
            answers=checked.answers,
            documents=tuple(filled.documents),
            linked_to=linked_to,
            aid=checked.aid,
        )
        case_id = new_id()
        asked = fee(service, city, OFFICE_FEE)
        registered = Act(case_id, c.Register(request))
        if asked is None:
            return (registered,)
        payment = Payment(asked.amount, "terminal", f"{serial}", day)
        return registered, Act(case_id, c.PayFee(OFFICE_FEE, payment))

    @property
    def day(self) -> date:
        """Today, in Yazd."""
        return day_of(self.centre.clock())

    def pay_visit(self, case_id: str) -> Act:
        """The visit's fee, paid."""
        due = self.case(case_id).due_fee(VISIT_FEE)
        payment = Payment(due, "bill", f"{next(_SLIPS)}", self.day)
        return Act(case_id, c.PayFee(VISIT_FEE, payment))

    def case(self, case_id: str) -> Case:
        """The case as the centre has it."""
        with self.centre.reading() as session:
            case = load_case(session, case_id)
        if case is None:
            raise LookupError(case_id)
        return case

    def free_slots(self, district: int, number: int) -> list[Slot]:
        """The soonest free half-days of the district."""
        reply = self.call("/v1/slots", SlotsAsk(district=district, count=number))
        found = SlotsAnswer.model_validate_json(reply.body).slots
        return [Slot(each.day, each.half, each.district) for each in found]

    def visited(self, record: PropertyRecord, number: int, slot: Slot) -> str:
        """A case of a property in nobody's records, whose visit is booked; its id."""
        acts = self.register(record, code=f"2-9{self.office}-{number}-1-1-0-0")
        case_id = acts[0].case_id
        self.push(*acts)
        self.push(self.pay_visit(case_id), booking(case_id, slot))
        return case_id


def booking(case_id: str, slot: Slot) -> Act:
    """The visit is asked for."""
    return Act(case_id, c.BookVisit(slot, "حسن یزدی", "09131234567"))


def new_counter(
    centre: Centre, office: str, desk: int = 1, line: link.Link | None = None
) -> Counter:
    """A desk of the office, which is opened with its first one."""
    key, device_id = new_key(), new_id()
    clerk = Staff(
        f"clerk-{office[:24]}-{desk}", "متصدی نمونه", Role.CLERK, office, link.public_hex(key)
    )
    with centre.writing() as session:
        if not is_open(session, office):
            open_office(session, replace(OFFICE, code=office, name=f"دفتر پیشخوان {office}"))
        enrol_device(session, device_id, office, desk, link.public_hex(key))
        enrol_person(session, clerk, centre.clock())
    return Counter(centre, office, clerk.staff_id, device_id, key, line=line, desk=desk)
