"""Which pages show a case or a record of it, so that opening them is kept as a look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.domain.reading import What
from desktop.ui import places
from desktop.ui.places import Place
from desktop.ui.work import Work

if TYPE_CHECKING:
    # The window is painted before the store and its libraries are loaded.
    from desktop.actions.desk import Seat


class Elsewhere(Enum):
    """Why a page's opening is written by nobody at this desk."""

    CENTRE = auto()
    """What it shows comes by a call: the centre writes it as it tells it."""
    OWN_WORK = auto()
    """A list of what waits for who sits here, a line each: whoever opens one looks at it."""
    NO_CASE = auto()
    """It shows no case and no record."""


LOOKS: Mapping[type[Place], What | Elsewhere] = {
    places.Case: What.CASE,
    places.Outcome: What.OUTCOME,
    places.Letter: What.LETTER,
    places.StampBatch: What.LETTER,
    places.Basket: What.LIST,
    places.Registers: What.LIST,
    places.Home: Elsewhere.OWN_WORK,
    places.ManagerHome: Elsewhere.OWN_WORK,
    places.Queue: Elsewhere.OWN_WORK,
    places.Till: Elsewhere.OWN_WORK,
    places.DayClose: Elsewhere.OWN_WORK,
    places.Outbox: Elsewhere.OWN_WORK,
    places.Arrived: Elsewhere.OWN_WORK,
    # What it found is written when it is left.
    places.Search: Elsewhere.OWN_WORK,
    # What the records say of a property comes by a pre-check.
    places.Form: Elsewhere.CENTRE,
    places.Nearest: Elsewhere.CENTRE,
    places.Elsewhere: Elsewhere.CENTRE,
    places.Courier: Elsewhere.NO_CASE,
    places.MunicipalQueue: Elsewhere.CENTRE,
    places.MunicipalCase: Elsewhere.CENTRE,
    places.ReviewFile: Elsewhere.CENTRE,
    places.Objections: Elsewhere.CENTRE,
    places.Objection: Elsewhere.CENTRE,
    places.CityDay: Elsewhere.CENTRE,
    places.SecondLook: Elsewhere.CENTRE,
    places.Watch: Elsewhere.CENTRE,
    places.CitizenMessages: Elsewhere.CENTRE,
    places.VisitPlan: Elsewhere.CENTRE,
    places.VisitDay: Elsewhere.CENTRE,
    places.Commissions: Elsewhere.CENTRE,
    places.SignBatch: Elsewhere.CENTRE,
    places.Consultations: Elsewhere.CENTRE,
    places.Recalls: Elsewhere.CENTRE,
    places.CityCases: Elsewhere.CENTRE,
    places.ReadingLog: Elsewhere.CENTRE,
    places.Bulletin: Elsewhere.NO_CASE,
    # What a paper says of itself is nobody's record; its case is opened as one.
    places.Check: Elsewhere.NO_CASE,
    places.StampedSheets: Elsewhere.NO_CASE,
    places.Services: Elsewhere.NO_CASE,
    places.Checklist: Elsewhere.NO_CASE,
    places.Announcements: Elsewhere.NO_CASE,
    places.Lessons: Elsewhere.NO_CASE,
    places.Lesson: Elsewhere.NO_CASE,
    places.Keys: Elsewhere.NO_CASE,
    places.Announcing: Elsewhere.NO_CASE,
    places.Trained: Elsewhere.NO_CASE,
    places.OfficeTraining: Elsewhere.NO_CASE,
    places.MunicipalData: Elsewhere.NO_CASE,
    places.Records: Elsewhere.NO_CASE,
    places.ServiceFiles: Elsewhere.NO_CASE,
    places.ServiceDraft: Elsewhere.NO_CASE,
    places.ServiceVersion: Elsewhere.NO_CASE,
    places.Publication: Elsewhere.NO_CASE,
    places.Office: Elsewhere.NO_CASE,
    places.Offices: Elsewhere.NO_CASE,
    places.People: Elsewhere.NO_CASE,
    places.Delegation: Elsewhere.NO_CASE,
    places.Conversion: Elsewhere.NO_CASE,
    places.CounterTest: Elsewhere.NO_CASE,
    places.Withdrawal: Elsewhere.NO_CASE,
    places.OfficeLetters: Elsewhere.NO_CASE,
}
"""Every page: what opening it is a look at, or why it is none of this desk's."""


def note_look(work: Work, owner: QObject, seat: Seat, place: Place) -> None:
    """Have it written that who sits here opens the page: before the page reads what it shows."""
    what = LOOKS.get(type(place))
    if not isinstance(what, What) or (isinstance(place, places.Outcome) and place.fresh):
        # What somebody has just written himself he need not look at.
        return
    from desktop.actions import looking

    if isinstance(place, places.StampBatch):
        cases: tuple[str, ...] = tuple(dict.fromkeys(each.case_id for each in place.letters))
    else:
        cases = (place.case_id,) if isinstance(place, places.OfCase) else ("",)
    work.run(owner, partial(looking.note, seat, what, cases=cases), lambda _: None)


def note_found(work: Work, owner: QObject, seat: Seat, found: Iterable[Place]) -> None:
    """Have it written that a search showed the cases of these places; the municipality's own are
    written by the centre, which found them."""
    from desktop.actions import looking

    cases = [place.case_id for place in found if isinstance(place, places.Case)]
    if cases:
        work.run(owner, partial(looking.found, seat, cases), lambda _: None)
