"""A day over a line: a centre on PostgreSQL, two offices, the municipality; and what goes wrong.

Everything is as on machines of their own: the centre is founded, served and hurt by its commands,
the desks join it by codes over HTTPS and keep encrypted stores.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from desktop.actions import intake
from desktop.actions.desk import Seat
from desktop.centre.counting import by_stream
from desktop.demo.city import make_city
from desktop.demo.filling import fill
from desktop.demo.following import Crew, case_now, step
from desktop.demo.requests import requests
from desktop.domain.calendar import TEHRAN
from desktop.domain.line import Why
from desktop.domain.office import MUNICIPALITY
from desktop.domain.state import State
from desktop.premises.served import open_centre
from desktop.store import meta
from desktop.trial.machines import PROPERTIES, SEED, Machine, Service, free_port, own_id
from desktop.trial.postgres import own_postgres

_MANAGERS = {"21": "محمد زارع", "22": "زهرا فلاح"}
_EXPERT = "سعید نوری"
# Where nobody but a visitor, or another role, goes on.
_OTHERS = (State.VISIT_DUE, State.BOOKED, State.FEE_DUE)
_MOST_STEPS = 12

Say = Callable[[str], None]


def run_centre_day(say: Say, database: str = "", processes: int = 2) -> bool:
    """The day, told line by line; whether centre and desks agree at its end.

    `database` is the address of one that may be made, or is empty; without it a server of its own
    is begun. Raises Refusal where there is none.
    """
    with ExitStack() as ends:
        named = tempfile.TemporaryDirectory(prefix="pishkhan-centre-", ignore_cleanup_errors=True)
        folder = Path(ends.enter_context(named))
        if not database:
            # Debian's user of PostgreSQL goes through it to its own part.
            folder.chmod(0o711)
            database = ends.enter_context(own_postgres(folder / "postgres"))
            say("PostgreSQL: begun, in a folder of its own")
        day = _Day(say, folder, Service(folder / "centre", free_port()), ends)
        day.found(database, processes)
        day.join()
        day.morning()
        day.cut()
        day.revoked()
        day.killed(processes)
        day.evening()
        return day.agree()


class _Day:
    """One day, part by part."""

    def __init__(self, say: Say, folder: Path, service: Service, ends: ExitStack) -> None:
        self._say, self._folder, self._service, self._ends = say, folder, service, ends
        self._offices = {code: Machine(f"office {code}", folder / code) for code in _MANAGERS}
        self._second = Machine("office 22, second desk", folder / "22-second")
        self._municipality = Machine("municipality", folder / "municipality")
        self._crews: dict[str, Crew] = {}
        self._asking: dict[str, Iterator[str]] = {}
        self._cases: dict[str, list[str]] = {code: [] for code in _MANAGERS}
        self._second_seat: Seat | None = None
        self._words: tuple[str, ...] = ()

    def found(self, database: str, processes: int) -> None:
        """Make the centre, its offices and its records, and serve it."""
        service, say = self._service, self._say
        self._words = service.found(database)
        say(f"centre: made; its certificate's words: {' '.join(self._words)}")
        for code in _MANAGERS:
            service.add_office(code)
        say(service.take_records(self._folder / "export", PROPERTIES))
        # One that does not come to answer is ended too.
        self._ends.callback(service.end)
        service.begin(processes)
        say(f"centre: {processes} processes answer at {service.address}")

    def join(self) -> None:
        """Every machine joins by a code of its own."""
        for code, manager in _MANAGERS.items():
            self._join(self._offices[code], "enrol", code, "--manager", manager, *own_id(1))
        self._join(self._second, "enrol", "22", "--manager", _MANAGERS["22"])
        expert = ("--manager", _EXPERT, "--role", "expert", *own_id(2))
        self._join(self._municipality, "enrol", MUNICIPALITY, *expert)
        reviewer = self._municipality.sit_down(_EXPERT)
        self._second_seat = self._second.sit_down(_MANAGERS["22"])
        for number, code in enumerate(_MANAGERS):
            seat = self._offices[code].sit_down(_MANAGERS[code])
            # Only the expert's acts are tried here, so one person sits in every municipal seat.
            self._crews[code] = Crew(lambda _: reviewer, clerk=seat, manager=seat)
            self._asking[code] = self._registered(seat, number)

    def _join(self, machine: Machine, *command: str) -> None:
        machine.join(self._service.address, self._service.code(*command), self._words)
        self._ends.callback(machine.close)
        self._say(f"{machine.name}: joined, its store is encrypted")

    def _registered(self, seat: Seat, number: int) -> Iterator[str]:
        """Requests put in at the counter one after the other, each with its fee; their ids."""
        today = datetime.now(TEHRAN).date()
        services, figures = intake.services(seat.desk), intake.figures(seat.desk)
        city = make_city(PROPERTIES, SEED, today)
        asked = requests(city, services, figures, SEED + 1 + number)
        for slip, (service, asker) in enumerate(asked):
            filled = fill(service, asker, figures, today)
            fee = intake.FeePayment("terminal", f"{number + 1}{slip:05}")
            yield intake.register(seat, service, filled, fee).case_id

    def morning(self) -> None:
        """An ordinary hour."""
        for code in _MANAGERS:
            self._put_in(code, 4)
        self._go_on()
        self._say(f"morning: {self._states()}")

    def cut(self) -> None:
        """One office loses its line, and works on."""
        office = self._offices["21"]
        office.cut = True
        self._put_in("21", 3)
        self._put_in("22", 2)
        waiting = office.unsent()
        self._say(f"office 21: the line is cut; 3 requests taken without it, {waiting} acts wait")
        office.cut = False
        office.sync()
        self._go_on()
        self._say(f"office 21: the line is back; {office.unsent()} acts wait; {self._states()}")

    def revoked(self) -> None:
        """A device is revoked: what it does from then on stays with it."""
        seat, second = self._second_seat, self._second
        if seat is None:
            raise RuntimeError("nobody sits at the second desk")
        asking = self._registered(seat, 7)
        self._cases["22"].append(next(asking))
        with second.running.desk.store.reading() as session:
            device = meta.get(session).identity.device_id
        self._service.command("revoke", device)
        next(asking)
        self._say(
            f"{second.name}: revoked; its queue is stopped: {second.stopped() or 'no'}, "
            f"{second.unsent()} acts stay there"
        )

    def killed(self, processes: int) -> None:
        """The centre goes without a word, and comes back."""
        self._service.kill()
        for code in _MANAGERS:
            self._put_in(code, 2)
        waiting = [self._offices[code].unsent() for code in _MANAGERS]
        self._say(f"centre: killed; the offices worked on, {sum(waiting)} acts wait")
        self._service.begin(processes)
        for machine in self._offices.values():
            machine.sync()
        waiting = [self._offices[code].unsent() for code in _MANAGERS]
        self._say(f"centre: begun again; {sum(waiting)} acts wait")

    def evening(self) -> None:
        """What can be brought to its end is."""
        self._go_on()
        for machine in (*self._offices.values(), self._municipality):
            machine.sync()
        self._say(f"evening: {self._states()}")

    def agree(self) -> bool:
        """Hold what each desk knows against the centre, figure by figure and by the chain."""
        centre = open_centre(self._service.home)
        try:
            known = by_stream(centre)
        finally:
            centre.close()
        well = True
        for machine in (*self._offices.values(), self._municipality):
            machine.sync()
            well = well and machine.unsent() == 0
            for stream, here in machine.told().items():
                well = well and here == known[stream]
                for place, (cases, told, chain) in (("desk", here), ("centre", known[stream])):
                    what = f"{machine.name}, {stream}, {place}"
                    self._say(f"{what}: {cases} cases, {told} facts, {chain[:12]}")
        well = well and self._second.stopped() == Why.REVOKED.value
        self._say("all sides agree" if well else "THE SIDES DIFFER")
        return well

    def _put_in(self, code: str, count: int) -> None:
        self._cases[code] += [next(self._asking[code]) for _ in range(count)]

    def _go_on(self) -> None:
        """Every case as far as its office and the expert can bring it."""
        for code, cases in self._cases.items():
            crew = self._crews[code]
            for case_id in cases:
                for _ in range(_MOST_STEPS):
                    self._offices[code].sync()
                    case = case_now(crew.clerk, case_id)
                    if case.closed or case.state in _OTHERS:
                        break
                    step(crew, case, datetime.now(TEHRAN))

    def _states(self) -> str:
        seen: dict[str, int] = {}
        for code, cases in self._cases.items():
            for case_id in cases:
                state = case_now(self._crews[code].clerk, case_id).state.value
                seen[state] = seen.get(state, 0) + 1
        return ", ".join(f"{count} {state}" for state, count in sorted(seen.items()))
