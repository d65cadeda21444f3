"""A کارگزاری as its desk knows it: how far its conversion is, whether a counter lacks its test.

The first page asks it at every start: nothing that draws or reads paper is loaded for it.
"""

from __future__ import annotations

from datetime import date

from desktop.actions.desk import Desk, Seat
from desktop.domain.conversion import ConversionStep
from desktop.domain.office import OfficeKind
from desktop.store import meta
from desktop.wire import calls
from desktop.wire.registry import ConversionAnswer, ConversionAsk, DoneBody


def is_one(desk: Desk) -> bool:
    """Whether the desk is one of a کارگزاری, as far as it has heard."""
    with desk.store.reading() as session:
        of = meta.get(session).identity.office
        card = desk.reference.cards(session, desk.today(session)).get(of)
    return card is not None and card.kind is OfficeKind.AGENCY


def lacks_test(seat: Seat) -> bool:
    """Whether the office is on the path and this counter's test lacks. Raises LineDown, Refusal."""
    if not is_one(seat.desk):
        return False
    identity = seat.desk.identity()
    state = conversion(seat, identity.office)
    if not state.steps or state.converted_on is not None:
        return False
    own = tests_of(state, identity.desk)
    return not own or bool(own[-1].done.fault)


def conversion(seat: Seat, office: str, day: date | None = None) -> ConversionAnswer:
    """How far an office's conversion is, and what it lacks for the day (None: today)."""
    ask = ConversionAsk(actor=seat.staff.staff_id, office=office, day=day)
    return seat.desk.ask(calls.CONVERSION, ask)


def tests_of(state: ConversionAnswer, counter: int) -> list[DoneBody]:
    """What the centre was told of this counter's tests, the newest last."""
    tests = (each for each in state.steps if each.done.step is ConversionStep.TEST)
    return [each for each in tests if each.done.counter == counter]
