"""The offices' side of a made-up month: citizens come, pay, are visited, fetch their letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from desktop.centre import month_counting
from desktop.centre.streams import load_cases
from desktop.chance import new_id
from desktop.demo.city import CityProperty
from desktop.demo.filling import Asker
from desktop.demo.requests import requests
from desktop.domain import commands as c
from desktop.domain.calendar import TEHRAN
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.consultation import ReplyKind
from desktop.domain.contest import FIELD, Contested
from desktop.domain.errors import Refusals
from desktop.domain.fees import VISIT_FEE
from desktop.domain.hours import Hours, Span
from desktop.domain.identifiers import RenewalCode
from desktop.domain.letter import LetterKind
from desktop.domain.people import Applicant
from desktop.domain.property import PropertyRecord
from desktop.domain.request import Payment, Request, Slot
from desktop.domain.service import Service
from desktop.domain.stamped_sheets import LARGEST_BUNDLE, SheetRun
from desktop.domain.state import State
from desktop.domain.stream import office_stream
from desktop.premises.clocks import SteppingClock
from desktop.reports.letter import LAYOUT
from desktop.trial.counters import Act, Counter, Person, booking
from desktop.trial.month.beyond import reply_of
from desktop.trial.oracle import JUDGED, Holding, Judged, judged
from desktop.wire.canon import content_hash
from desktop.wire.letters import Releaser, released

OPENS, _CLOSES, _SHUTS = 8, 14, 17
HOURS = Hours(week=((Span(OPENS * 60, _SHUTS * 60),),) * 6 + ((),))
"""When the month's offices are open: citizens come until two, then their cases are gone on with."""
BACK = 15
"""At that hour the centre runs again, on a day on which it did not since morning."""
_CALLS = timedelta(minutes=20)
"""A desk that has nothing to tell calls so often."""
_OWN_TURN = (
    State.PAY_DUE, State.VISIT_DUE, State.ISSUED, State.RELEASED, State.REPLY_DUE,
)  # fmt: skip
_OTHERS_IN, _OBJECTS_IN, _REPLIES_IN = 5, 30, 4
"""One of so many asks for a service that is not among the busiest; one to whom an answer was given
objects; one utility replies each day."""
_NEVER_PAYS, _LONGEST_WAIT = 0.08, 4  # a share of those who owe; days
_SLOTS = 3
_OF_RECORD = (Contested.LAND, Contested.BUILT, Contested.USE)
_STAMP = "office"


class CityRecords:
    """What the made-up city has, by renewal code."""

    def __init__(self, city: Mapping[str, PropertyRecord]) -> None:
        self._records = city

    def holding(self, code: str) -> Holding:
        """What there is under a code, and under the building of a flat or shop."""
        record = self._records.get(code)
        if record is None or not record.code.is_unit:
            return Holding(record)
        above: RenewalCode = replace(record.code, flat=0, shop=0)
        return Holding(record, self._records.get(str(above)))


@dataclass
class OfficeAtWork:
    """An office with one counter, its manager, and the citizens of its neighbourhood.

    `judged` is what the oracle says of each case that it can judge, of those `registered`; `closed`
    what it would say had the building's files been closed since the export, where that is something
    else, with the building's code; `paying` the day on which an owed sum is brought; `objects` are
    cases whose citizens will object.
    """

    counter: Counter
    manager: Person
    clock: SteppingClock
    records: CityRecords
    properties: list[CityProperty]
    random: Random
    judged: dict[str, Judged] = field(default_factory=dict)
    closed: dict[str, tuple[str, Judged]] = field(default_factory=dict)
    paying: dict[str, date] = field(default_factory=dict)
    objects: list[Case] = field(default_factory=list)
    registered: int = 0
    refused_forms: int = 0
    _busiest: Iterator[tuple[Service, Asker]] | None = None
    _others: Iterator[tuple[Service, Asker]] | None = None
    _letters: int = 0
    _printed: int = 0

    def receive(self, day: date, count: int, *, line: bool) -> None:
        """So many requests over the opening hours; without a line they are kept and sent later."""
        centre = self.counter.centre
        with centre.reading() as session:
            city = centre.reference.city(session, day)
            services = dict(centre.reference.services(session, day))
        whole, opened = timedelta(hours=_CLOSES - OPENS), hour_of(day, OPENS)
        for number in range(count):
            at = opened + whole * number / count
            if line:
                self._call_until(at, opened)
            self.clock.moment = at
            self.counter.keep(*self._request(services, city, day))
            if line:
                self.counter.push()
        if line:
            self._call_until(opened + whole, opened)
            self._object(services, city)

    def _call_until(self, moment: datetime, since: datetime) -> None:
        """Call now and then up to that moment, as a desk does whose line is there since then."""
        heard = self.counter.heard_at
        self.clock.moment = max(since, heard + _CALLS) if heard is not None else since
        while self.clock.moment <= moment:
            self.counter.greet()
            self.clock.moment += _CALLS

    def end_day(self, day: date, since: int) -> None:
        """Whatever waits for the office or its citizens, as far as it goes today; its line is there
        since that hour."""
        for hour in (BACK, BACK + 1):
            self._call_until(hour_of(day, hour), hour_of(day, since))
            self._go_on(day, hour)
        self._call_until(hour_of(day, _SHUTS), hour_of(day, since))

    def _request(self, services: Mapping[str, Service], city: City, day: date) -> tuple[Act, ...]:
        if self._busiest is None or self._others is None:
            seed, own = self.random.randrange(2**32), self.properties
            rest = [code for code, each in services.items() if not each.contests]
            rest = [code for code in rest if code not in JUDGED]
            # No property is asked for by both: what was seen of it for one, the other would know.
            kept = [each for place, each in enumerate(own) if place % _OTHERS_IN]
            self._busiest = requests(kept, services, city, seed, only=JUDGED)
            self._others = requests(own[::_OTHERS_IN], services, city, seed, only=rest)
        asked = self._busiest if self.random.randrange(_OTHERS_IN) else self._others
        while True:
            service, asker = next(asked)
            self._letters += 1
            # A letter of a bank is answered once, whichever office it is brought to.
            number = f"{self.counter.code}/{self._letters}"
            try:
                acts = self.counter.ask(
                    services[service.code], replace(asker, letter_number=number), city
                )
            except Refusals:
                # What does not fit the property: the form says so, as it should.
                self.refused_forms += 1
                continue
            registered = acts[0].payload
            self.registered += 1
            if isinstance(registered, c.Register) and service.code in JUDGED:
                self._judge(acts[0].case_id, registered.request, day)
            return acts

    def _judge(self, case_id: str, request: Request, day: date) -> None:
        holding = self.records.holding(request.code)
        self.judged[case_id] = judged(request, holding, day)
        above = holding.building
        if above is not None and above.files:
            closed = judged(request, replace(holding, building=replace(above, files=())), day)
            if closed is not self.judged[case_id]:
                self.closed[case_id] = (str(above.code), closed)

    def _object(self, services: Mapping[str, Service], city: City) -> None:
        """Who was refused objects to that, the others to what is on record."""
        service = next(each for each in services.values() if each.contests)
        for case in self.objects:
            record = self.records.holding(case.code).record
            answer = case.answer
            if record is None or answer is None:
                continue
            refused = answer.letter.kind is LetterKind.REFUSAL
            against = Contested.REFUSAL if refused else self.random.choice(_OF_RECORD)
            asker = Asker(
                Applicant.OWNER, record.owners[0], record, case.code, {FIELD: against.value}
            )
            self.counter.push(*self.counter.ask(service, asker, city, linked_to=case.case_id))
            self.registered += 1
        self.objects.clear()

    def _go_on(self, day: date, hour: int) -> None:
        self.clock.moment = hour_of(day, hour)
        acts = [act for case in self._own_turn() for act in self._next(case, day)]
        self.counter.push(*acts)

    def _own_turn(self) -> list[Case]:
        centre, today = self.counter.centre, _day(self.clock)
        ids = month_counting.of_stream(centre, office_stream(self.counter.office), _OWN_TURN)
        ids = [each for each in ids if self.paying.get(each, date.min) <= today]
        with centre.reading() as session:
            return list(load_cases(session, ids).values())

    def _next(self, case: Case, day: date) -> Iterator[Act]:
        match case.state:
            case State.PAY_DUE:
                yield from self._pay(case, day)
            case State.VISIT_DUE:
                yield from self._book(case, day)
            case State.ISSUED:
                yield from self._release(case, day)
            case State.RELEASED:
                yield from self._deliver(case)
            case State.REPLY_DUE if not self.random.randrange(_REPLIES_IN):
                for asked in case.awaited:
                    reply = reply_of(asked, ReplyKind.AGREED, day)
                    yield Act(case.case_id, c.EnterReply(asked.ident, reply), by=self.manager)

    def _pay(self, case: Case, day: date) -> Iterator[Act]:
        if case.case_id not in self.paying:
            never = self.random.random() < _NEVER_PAYS
            waits = timedelta(days=self.random.randint(0, _LONGEST_WAIT))
            self.paying[case.case_id] = date.max if never else day + waits
        if self.paying[case.case_id] <= day:
            for owed in case.asked:
                payment = Payment(owed.amount, "bill", self._reference(), day)
                yield Act(case.case_id, c.PayDue(owed.key, payment))

    def _book(self, case: Case, day: date) -> Iterator[Act]:
        """One of the three soonest; who comes too late for it asks again the next day."""
        free = self.counter.free_slots(case.district or 1, _SLOTS)
        if not free:
            return
        due = case.due_fee(VISIT_FEE)
        if due:
            payment = Payment(due, "bill", self._reference(), day)
            yield Act(case.case_id, c.PayFee(VISIT_FEE, payment))
        chosen = self.random.choice(free)
        yield booking(case.case_id, Slot(chosen.day, chosen.half, chosen.district))

    def _release(self, case: Case, day: date) -> Iterator[Act]:
        if case.answer is None:
            return
        letter = case.answer.letter
        # No paper is drawn here; a hash of its number stands for the copy's.
        drawn = content_hash(letter.number.encode())
        centre = self.counter.centre.identity.centre
        release = self.manager.keys.release
        if release is None:
            raise LookupError(f"{self.manager.staff.staff_id} has no key for releases")
        releaser = Releaser(release)
        payload = c.ReleaseLetter(
            letter.letter_id,
            drawn,
            LAYOUT,
            _STAMP,
            day,
            signature=releaser.sign(released(centre, letter.number, LAYOUT, 1, drawn)),
            proof=releaser.prove(letter, day, 1),
        )
        yield Act(case.case_id, payload, by=self.manager, base_rev=case.rev)

    def _deliver(self, case: Case) -> Iterator[Act]:
        if case.answer is None:
            return
        letter_id, drawn = case.answer.letter.letter_id, case.answer.sha256
        party = case.request.party
        sheets = self._sheets()
        yield Act(case.case_id, c.PrintLetter(letter_id, 1, drawn, "نمونه", sheets=sheets))
        receiver = party.carrier_id or party.person_id
        if not self.random.randrange(_OBJECTS_IN):
            self.objects.append(case)
        yield Act(case.case_id, c.HandOver(letter_id, party.name, receiver, ("کارت ملی",)))

    def take_sheets(self) -> None:
        """The office takes its bundle of stamped sheets."""
        run = SheetRun(self._series, 1, LARGEST_BUNDLE)
        self.counter.push(Act(new_id(), c.TakeSheets(run, "1405/1"), by=self.manager))

    def _sheets(self) -> SheetRun | None:
        """The next sheet of the bundle; later ones have no numbers."""
        self._printed += 1
        if self._printed > LARGEST_BUNDLE:
            return None
        return SheetRun(self._series, self._printed, self._printed)

    @property
    def _series(self) -> str:
        return f"M{self.counter.code}"

    def _reference(self) -> str:
        return f"{self.random.randrange(10**12):012d}"


def hour_of(day: date, hour: int) -> datetime:
    """The full hour of the day in Yazd."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=TEHRAN)


def _day(clock: SteppingClock) -> date:
    return clock.moment.astimezone(TEHRAN).date()
