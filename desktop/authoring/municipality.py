"""This machine's municipal desk, opened for a command, and whoever sits down at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from desktop.actions import access
from desktop.actions.desk import Clock, Desk, Seat
from desktop.centre.context import in_a_thread
from desktop.demo.beginning import begin_queue
from desktop.demo.house import PROPERTIES, open_house
from desktop.domain.errors import Refusal
from desktop.domain.people import Staff
from desktop.domain.persian import fold, join_and
from desktop.premises.clocks import SystemClock
from desktop.premises.heard import elsewhere
from desktop.premises.open import House, Opening
from desktop.store.lock import InUse


@contextmanager
def open_municipality(
    folder: Path,
    clock: Clock | None = None,
    *,
    properties: int = PROPERTIES,
    progress: Callable[[int, int], None] = lambda done, whole: None,
) -> Iterator[House]:
    """The house in the folder as the window opens it, made where there is none; closed at the end.

    Both its desks have heard what the centre holds, before and after. Raises InUse while the window
    is open, with what to do, and Refusal when its files can't be opened.
    """
    beside = _Beside()
    try:
        house = open_house(
            folder,
            Opening(clock or SystemClock(), later=beside, progress=progress),
            properties=properties,
            begin=begin_queue,
        )
    except InUse as no:
        raise elsewhere(no) from no
    try:
        _sync(house)
        yield house
        beside.wait()
        _sync(house)
    finally:
        beside.wait()
        house.close()


def _sync(house: House) -> None:
    house.municipality.sync()
    house.office.sync()


class _Beside:
    """The centre's longer work, in threads that are waited for before the house is closed."""

    def __init__(self) -> None:
        self._threads: list[Thread] = []

    def __call__(self, work: Callable[[], object]) -> None:
        self._threads.append(in_a_thread(work))

    def wait(self) -> None:
        for thread in self._threads:
            thread.join()


def sit_down(house: House, name: str, password: str) -> Seat:
    """The person of that name or staff id at the municipal desk. Raises Refusal."""
    person = member(house.municipality.desk, name)
    return access.sign_in(house.municipality.desk, person.name, password)


def member(desk: Desk, name: str) -> Staff:
    """Who is meant by a name or a staff id. Raises Refusal for nobody of the desk."""
    known = access.staff(desk)
    for person in known:
        if name == person.staff_id or fold(name) == fold(person.name):
            return person
    names = join_and([f"{person.name} ({person.staff_id})" for person in known])
    raise Refusal(f"«{name}» در میز شهرداری نیست؛ هستند: {names}.")


def onlooker(house: House) -> Seat:
    """A seat to look from: nobody signed in, so that nothing can be signed there."""
    people = [person for person in access.staff(house.municipality.desk) if person.role.signs]

    def refuse(_: bytes) -> str:
        raise Refusal("برای امضا نام خود را با ‎--by‎ بدهید.")

    return Seat(house.municipality.desk, people[0], refuse)
