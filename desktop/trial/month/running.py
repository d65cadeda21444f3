"""Runs the month: processes of offices beside one of the municipality, day after day."""

from __future__ import annotations

import json
import multiprocessing
import tempfile
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

from desktop.centre import board_counting, ceiling_counting, database, month_counting, outages
from desktop.centre.board_counting import Figures
from desktop.centre.ceiling_counting import Ceiling
from desktop.centre.context import Centre, at_once, day_of
from desktop.centre.counting import counted
from desktop.centre.offices import all_offices
from desktop.centre.people import enrol_device, enrol_person, open_office, publish
from desktop.centre.reference import publication
from desktop.centre.shipping import published_card
from desktop.centre.signing import CentreKeys
from desktop.centre.tick import tick
from desktop.chance import new_id
from desktop.demo.beginning import ring_at_once
from desktop.demo.city import make_city
from desktop.demo.house import open_house
from desktop.demo.offices import MadeUpOffice, made_up_offices
from desktop.demo.people import OFFICE
from desktop.demo.promises import promised
from desktop.domain.calendar import TEHRAN, WEEKDAYS, OfficeCalendar, iso_jalali
from desktop.domain.commands import BookVisit
from desktop.domain.enforcement import OfficeRule
from desktop.domain.office import FIRST_DAY, MUNICIPALITY
from desktop.domain.outage import Stretch
from desktop.domain.people import Role, Staff
from desktop.domain.stream import Topic, office_stream
from desktop.forms.catalogue import HOLIDAYS_KEY
from desktop.forms.dated import DatedRule
from desktop.forms.shipped import holidays_text
from desktop.keys import Cost, PersonKeys, new_key, new_letter_key
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House, Opening
from desktop.sql.engine import reader, writer
from desktop.trial.counters import Counter, Person
from desktop.trial.month.beyond import Beyond
from desktop.trial.month.municipality import Municipality
from desktop.trial.month.offices import BACK, HOURS, OPENS, CityRecords, OfficeAtWork, hour_of
from desktop.trial.postgres import own_postgres
from desktop.wire.board_cases import Figure
from desktop.wire.link import public_hex

_CHEAP = Cost(passes=1, memory=8, lanes=1)
_SEED = 1405
_PROCESSES = 2
# More properties than are asked for, since what does not fit a form is passed over.
_SPARE = 1.25
# Of a day's requests so many lead to a visit, and an inspector makes twelve a day.
_VISITS, _A_DAY = 0.3, 12
_EXPERTS, _REVIEWS = 5, 200
_LOOKS = 300
_TOLD = 20
# Asked by itself too.
_SERVICE, _DISTRICT = "no-violation", 2
# Of one office too, by the cases that a figure opens.
_OPENED = {
    Figure.RECEIVED: "received",
    Figure.ANSWER: "instant",
    Figure.VISIT_NO_RECORD: "visits_no_record",
    Figure.SENT_BACK: "sent_back",
    Figure.LATE: "late",
}
_REVIEWED = ("letter", "refusal", "countersign", "challenge")
_FORKS = multiprocessing.get_context("forkserver")

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """So many offices over so many days of the calendar, with requests for each open day."""

    offices: int
    days: int
    requests: int
    seed: int = _SEED
    first: date = field(default_factory=lambda: datetime.now(TEHRAN).date())

    @property
    def properties(self) -> int:
        """How many properties the city has: each is asked for once."""
        return int(self.offices * self.days * self.requests * _SPARE) + 200


def run_month(plan: Plan, progress: Progress, address: str = "") -> dict[str, Any]:
    """The figures of the month, as JSON values; `differences` must be empty. Raises Refusal.

    `address` is a database's that may be made, or a server of its own is begun.
    """
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="pishkhan-month-")))
        # Who begins the server must get in.
        folder.chmod(0o711)
        place = database.place_of(address or ends.enter_context(own_postgres(folder / "postgres")))
        return ends.enter_context(month_at(plan, folder, place, progress)).told()


@contextmanager
def month_at(plan: Plan, folder: Path, place: str, progress: Progress) -> Iterator[Month]:
    """The month after its last day, in that folder and on a database that is made, as long as the
    block lasts."""
    database.make_database(place)
    first = plan.first
    clock = SteppingClock(datetime(first.year, first.month, first.day, 6, tzinfo=TEHRAN))
    with ExitStack() as ends:
        house = open_house(
            folder / "house",
            Opening(clock, cost=_CHEAP, database=place, later=at_once),
            properties=plan.properties,
            seed=plan.seed,
        )
        ends.callback(house.close)
        ring_at_once(house)
        month = Month(plan, house, clock, first)
        offices = made_up_offices(first, plan.offices + 1)
        month.offices += [each.card.own_id for each in offices[: plan.offices]]
        for number in range(min(_PROCESSES, plan.offices)):
            month.processes.append(_Process(plan, place, house, number, offices, first))
            ends.callback(month.processes[-1].close)
        for done in range(plan.days):
            month.day(first + timedelta(days=done))
            progress(done + 1, plan.days)
        yield month


class Month:
    """The `offices` at work, by their ids, and the municipality; `house` carries their centre."""

    def __init__(self, plan: Plan, house: House, clock: SteppingClock, first: date) -> None:
        self._plan, self.house, self._clock, self._first = plan, house, clock, first
        self._random = Random(plan.seed)
        self.processes: list[_Process] = []
        self.offices: list[str] = []
        self._city = _municipality(house, clock, plan)
        self._open_days = 0
        self._beat_at = clock.moment
        self._down: list[Stretch] = []

    @property
    def desk(self) -> str:
        """The municipality's device."""
        return self._city.desk.device_id

    def day(self, day: date) -> None:
        """A day from the morning's planning to the centre's night."""
        since = (day - self._first).days
        self._clock.moment = hour_of(day, 7)
        if since % 7 == 2:
            self._city.fall_ill(day, 7, days=2)
        if since % 15 == 3:
            self._close(day)
        if self._calendar(day).is_working(day):
            # The line of some offices is down for a day, once in a while the centre itself.
            down = (
                "all" if self._open_days % 12 == 2 else "some" if self._open_days % 3 == 1 else ""
            )
            self._open_days += 1
            if down == "all":
                self._beat(hour_of(day, OPENS))
                self._down.append(Stretch(self._beat_at, hour_of(day, BACK)))
                self._beat_at = hour_of(day, BACK)
            self._beat(hour_of(day, 23))
            for process in self.processes:
                process.begin("day", day, down)
            for process in self.processes:
                process.end()
            self._city.visit(day, 1)
            self._city.review(day, 13, _REVIEWS)
            self._city.sign(day, 14, _REVIEWS)
            self._city.visit(day, 2)
            self._city.review(day, 16, _REVIEWS)
            self._city.sign(day, 17, _REVIEWS)
            self._city.hear_others(day, 18, _REVIEWS)
            self._city.look_again(day, 18, _LOOKS)
        self._beat(hour_of(day, 23))
        self._clock.moment = hour_of(day, 23)
        tick(self.house.centre)

    def _beat(self, until: datetime) -> None:
        """The centre says now and then that it runs, up to that moment."""
        centre = self.house.centre
        while self._beat_at <= until:
            with centre.writing() as session:
                outages.beat(session, self._beat_at)
            self._beat_at += outages.LATE

    def _calendar(self, day: date) -> OfficeCalendar:
        centre = self.house.centre
        with centre.reading() as session:
            return centre.reference.city(session, day).calendar

    def _close(self, today: date) -> None:
        """The next working day is declared a holiday; what was booked on it is moved."""
        calendar = self._calendar(today)
        day = calendar.first_working_day(today + timedelta(days=1))
        row = ",".join((iso_jalali(day), "تعطیلی نمونه", "official"))
        closed = f"{holidays_text().rstrip()}\n{row}\n"
        self.house.put_in_force([publication(Topic.HOLIDAYS, HOLIDAYS_KEY, today, closed)])
        self._city.rearrange()

    def told(self) -> dict[str, Any]:
        """The figures at the end."""
        centre = self.house.centre
        judged: dict[str, str] = {}
        closed: dict[str, tuple[str, str]] = {}
        refused = registered = 0
        heard: dict[str, datetime] = {}
        for process in self.processes:
            process.begin("told", self._first, "")
            answer = process.end()
            judged |= answer["judged"]
            closed |= answer["closed"]
            refused += answer["refused"]
            registered += answer["registered"]
            heard |= answer["heard"]
        figures, unlike = self._board(heard)
        counts, days = month_counting.counts(centre), month_counting.waited(centre)
        above = {case: code for case, (code, _) in closed.items()}
        ruled = month_counting.decided_after_a_ruling(centre, above)
        since = {case: closed[case][1] for case in ruled}
        found = correctness(month_counting.first_outcomes(centre), judged, since)
        whole = counted(centre)
        differences = [*found["unlike_the_oracle"], *unlike[:_TOLD]]
        seen, beyond = self._city.seen, self._city.beyond.seen
        for name, said in (
            ("registered", registered),
            ("visits_done", seen["visited"]),
            ("visits_missed", seen["missed"]),
            ("visits_moved_by_the_city", seen["moved by the city"]),
            ("second_looks", seen["second looks"]),
            ("second_looks_wrong", seen["second looks, wrong"]),
            ("rulings", beyond["rulings"]),
            ("rulings_served", beyond["rulings served"]),
            ("objections_answered", beyond["objections answered"]),
        ):
            if counts[name] != said:
                differences.append(f"{name}: {said} done, by facts {counts[name]}")
        no = month_counting.refusals(centre)
        # Of two who want the last place of a half-day one is told so.
        late = sum(count for kind, _, count in no if kind == BookVisit.kind)
        differences += [
            f"{kind} refused: {words} ({count})"
            for kind, words, count in no
            if kind != BookVisit.kind
        ]
        differences += [f"{name}: {whole[name]}" for name in ("gaps", "held") if whole[name]]
        fullest, most = month_counting.fullest(centre), self._most()
        if fullest > most:
            differences.append(f"fullest half-day of an inspector: {fullest} visits of {most}")
        ceiling = self._ceiling()
        if missed := ceiling[Ceiling.MISSED]:
            differences.append(f"ceiling after a visit: {missed} went by, and nobody was told")
        return {
            "offices": self._plan.offices,
            "days": self._plan.days,
            "open_days": self._open_days,
            **counts,
            **found,
            "refused_forms": refused,
            "places_sold_meanwhile": late,
            "reviews": {name: seen[name] for name in _REVIEWED},
            "absences": seen["absences"],
            "beyond": dict(sorted(beyond.items())),
            "outages": month_counting.outages(centre),
            "ceiling": {each.value: ceiling[each] for each in Ceiling},
            "days_to_the_answer": {
                "median": _quantile(days, 0.5),
                "p90": _quantile(days, 0.9),
                "most": days[-1] if days else 0,
            },
            "fullest_half_day": fullest,
            "figures_of_the_page": figures,
            "figures_unlike_the_facts": len(unlike),
            "centre": whole,
            "differences": differences,
        }

    def _most(self) -> int:
        """How many visits an inspector makes in a half-day, of whoever makes most."""
        centre = self.house.centre
        with centre.reading() as session:
            rota = centre.reference.rota(session, day_of(self._clock.moment))
        return max(each.visits for each in rota.inspectors)

    def _ceiling(self) -> Tally[Ceiling]:
        """What came of each visit for want of a record; of each day the tick is the end."""
        centre, today = self.house.centre, day_of(self._clock.moment)
        with centre.reading() as session:
            city = centre.reference.city(session, today)
            return ceiling_counting.counted(session, city.calendar, city.answer_days, today)

    def _board(self, heard: Mapping[str, datetime]) -> tuple[int, list[str]]:
        """How many figures the supervisor's page has, over all days, on one of them, of one service
        and of one district, and which of them the facts tell otherwise; `heard` is when the month's
        offices called last, beside which the house's own stands."""
        centre, at = self.house.centre, self._clock.moment
        whole = self._first, self._first + timedelta(days=self._plan.days - 1)
        # Of the day on which all waited for the centre, where there was one.
        one_day = (day_of(self._down[0].since),) * 2 if self._down else whole[:1] * 2
        today = day_of(at)
        calendar = self._calendar(today)
        own = self.house.office.desk.sync_status().last_heard
        all_heard = {**({OFFICE.code: own} if own is not None else {}), **heard}
        number, unlike = 0, list[str]()
        with centre.reading() as session:
            codes = {
                office_stream(of): office.on(today).code
                for of, office in all_offices(session).items()
            }
            late = board_counting.late_acts(session)
            for name, days, service, district in (
                ("", whole, "", 0),
                ("on a day, ", one_day, "", 0),
                ("of a service, ", whole, _SERVICE, 0),
                ("of a district, ", whole, "", _DISTRICT),
            ):
                page = board_counting.told(self._city.board(*days, service, district))
                facts = board_counting.counted(
                    session, *days, calendar, codes, all_heard, at, service, district
                ) | board_counting.delayed(late, *days, codes, self._down)
                if not name:
                    unlike += self._opened(min(heard), *days, facts)
                number += len(page)
                unlike += [f"{name}{each}" for each in board_counting.unlike(page, facts)]
        return number, unlike

    def _opened(self, office: str, first: date, last: date, facts: Figures) -> Iterator[str]:
        """Which figures of an office open another number of cases than the facts tell."""
        for figure, name in _OPENED.items():
            opened = self._city.opened(figure, first, last, office)
            told = facts.get(f"office {office}: {name}", 0)
            if opened != told:
                yield f"office {office}: {name} opens {opened} cases, {told} by the facts"


def _municipality(house: House, clock: SteppingClock, plan: Plan) -> Municipality:
    centre = house.centre
    visits = int(plan.offices * plan.requests * _VISITS / _A_DAY) + 2
    inspectors = [_person(Role.INSPECTOR, n, MUNICIPALITY) for n in range(visits)]
    experts = [_person(Role.EXPERT, n, MUNICIPALITY) for n in range(_EXPERTS)]
    signers = [_person(Role.SIGNER, n, MUNICIPALITY) for n in range(2)]
    supervisors = [_person(Role.SUPERVISOR, n, MUNICIPALITY) for n in range(2)]
    planner = _person(Role.PLANNER, 0, MUNICIPALITY)
    finance = _person(Role.FINANCE, 0, MUNICIPALITY)
    key, device = new_key(), new_id()
    with centre.writing() as session:
        enrol_device(session, device, MUNICIPALITY, 9, public_hex(key))
        for person in (*inspectors, *experts, *signers, *supervisors, planner, finance):
            enrol_person(session, person.staff, centre.clock())
    week = {day: [1, 2] for day in WEEKDAYS[:6]}
    rounds = json.dumps({"districts": [1, 2, 3, 4, 5], "half_days": week}, ensure_ascii=False)
    today = clock.moment.astimezone(TEHRAN).date()
    # Nobody of the demo's own is asked to go anywhere.
    nowhere = json.dumps({"districts": [], "half_days": {}})
    begins = iso_jalali(today)
    second = DatedRule(rule=OfficeRule.COUNTERSIGN, begins=begins, since=begins)
    house.put_in_force(
        [
            publication(Topic.ROTA, "ali-kargar", today, nowhere),
            publication(Topic.ENFORCEMENT, second.about, today, second.model_dump_json()),
            *promised(today),
            *(publication(Topic.ROTA, each.staff.staff_id, today, rounds) for each in inspectors),
        ]
    )
    desk = Counter(centre, MUNICIPALITY, planner.staff.staff_id, device, key)
    return Municipality(
        desk,
        clock,
        Random(plan.seed + 1),
        {each.staff.staff_id: each for each in inspectors},
        experts,
        signers,
        planner,
        supervisors,
        Beyond(desk, Random(plan.seed + 2), finance, supervisors[1]),
    )


def _person(role: Role, number: int, office: str) -> Person:
    keys = PersonKeys(new_key(), new_letter_key())
    release = public_hex(keys.release) if keys.release is not None else ""
    staff = Staff(
        f"{role.value}-{office[:12]}-{number}",
        f"{role.word} نمونه {number + 1}",
        role,
        office,
        public_hex(keys.acts),
        title=role.word,
        release_key=release,
    )
    return Person(staff, keys)


def correctness(
    first: Mapping[str, str], judged: Mapping[str, str], since: Mapping[str, str]
) -> dict[str, Any]:
    """What the program decided at first against what the oracle says of those that it can judge;
    some that differ.

    `since` is what it says of those whose building may have been cleared by a ruling since the
    export: the oracle knows of rulings only that there were some, and lets both stand.
    """

    def is_right(case: str, outcome: str) -> bool:
        return outcome in (judged[case], since.get(case))

    answered = [case for case, outcome in first.items() if outcome == "answer"]
    told = {case: outcome for case, outcome in first.items() if case in judged}
    wrong = [case for case, outcome in told.items() if not is_right(case, outcome)]
    return {
        "instant_share": round(len(answered) / len(first), 4) if first else 0.0,
        "instant": len(answered),
        "instant_judged": sum(case in judged for case in answered),
        "instant_right": sum(case in judged and is_right(case, "answer") for case in answered),
        "decided": len(first),
        "judged": len(told),
        "ruled_above_since": len(since),
        "unlike_the_oracle": [
            f"{case}: {first[case]}, by the rules {judged[case]}" for case in wrong[:_TOLD]
        ],
    }


def _quantile(ordered: list[int], share: float) -> int:
    """The value below which so large a share lies; 0 of none."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0


@dataclass(frozen=True)
class _Setting:
    """What a process of offices begins with."""

    plan: Plan
    place: str
    secret: bytes
    number: int
    offices: tuple[MadeUpOffice, ...]
    first: date


class _Process:
    """Some of the offices in a process of their own, asked over a pipe."""

    def __init__(
        self,
        plan: Plan,
        place: str,
        house: House,
        number: int,
        offices: Sequence[MadeUpOffice],
        first: date,
    ) -> None:
        ours = tuple(offices[: plan.offices][number::_PROCESSES])
        setting = _Setting(plan, place, house.centre.keys.secret, number, ours, first)
        self._end, theirs = _FORKS.Pipe()
        self._process = _FORKS.Process(target=_serve, args=(theirs, setting), daemon=True)
        self._process.start()
        self.end()

    def begin(self, what: str, day: date, down: str) -> None:
        """Have it do something; `down` says whose line is: of none, of some, of all."""
        self._end.send((what, day, down))

    def end(self) -> dict[str, Any]:
        """What came of it. Raises RuntimeError where it broke down."""
        try:
            answer: dict[str, Any] = self._end.recv()
        except EOFError as broken:
            raise RuntimeError("a process of offices ended before the month did") from broken
        return answer

    def close(self) -> None:
        """End it."""
        self._end.close()
        self._process.join(timeout=30)
        self._process.terminate()


def _serve(pipe: Connection, setting: _Setting) -> None:
    clock = SteppingClock(hour_of(setting.first, 6))
    keys = CentreKeys.from_secret(setting.secret, demo=True)
    place = setting.place
    centre = Centre(writer(place), reader(place), keys, clock.now, later=at_once)
    plan = setting.plan
    # What somebody asks for is a property of that office's own neighbourhood.
    city = list(make_city(plan.properties, plan.seed, setting.first))
    records = CityRecords({str(each.record.code): each.record for each in city})
    offices = []
    for turn, office in enumerate(setting.offices):
        share = setting.number + turn * _PROCESSES
        opened = _open(centre, office)
        offices.append(
            OfficeAtWork(
                *opened,
                clock=clock,
                records=records,
                properties=city[share :: plan.offices],
                random=Random(plan.seed + 100 + share),
            )
        )
        offices[-1].take_sheets()
    pipe.send({})
    while True:
        try:
            what, day, down = pipe.recv()
        except EOFError:
            break
        pipe.send(_told(offices) if what == "told" else _day(offices, plan, day, down))
    centre.close()


def _day(offices: Sequence[OfficeAtWork], plan: Plan, day: date, down: str) -> dict[str, Any]:
    for place, office in enumerate(offices):
        cut = down == "all" or (down == "some" and place % 4 == 0)
        office.receive(day, plan.requests, line=not cut)
        if down != "some" or not cut:
            # After an outage of the centre all is sent the same day; a line stays down overnight.
            office.end_day(day, BACK if cut else OPENS)
    return {}


def _told(offices: Sequence[OfficeAtWork]) -> dict[str, Any]:
    for office in offices:
        # What a line that was down kept here.
        office.counter.push()
    judged = {case: said.name.lower() for each in offices for case, said in each.judged.items()}
    closed = {
        case: (code, said.name.lower())
        for each in offices
        for case, (code, said) in each.closed.items()
    }
    heard = {each.counter.code: each.counter.heard_at for each in offices}
    return {
        "judged": judged,
        "closed": closed,
        "registered": sum(each.registered for each in offices),
        "refused": sum(each.refused_forms for each in offices),
        "heard": heard,
    }


def _open(centre: Centre, office: MadeUpOffice) -> tuple[Counter, Person]:
    card = replace(office.card, hours=HOURS)
    manager, clerk = _person(Role.MANAGER, 0, card.own_id), _person(Role.CLERK, 0, card.own_id)
    key, device, at = new_key(), new_id(), centre.clock()
    with centre.writing() as session:
        open_office(session, card)
        publish(session, [published_card(card, FIRST_DAY)], at)
        enrol_device(session, device, card.own_id, 1, public_hex(key))
        for person in (manager, clerk):
            enrol_person(session, person.staff, at)
    staff = clerk.staff.staff_id
    counter = Counter(centre, card.own_id, staff, device, key, code=card.code)
    counter.greet()
    return counter, manager
