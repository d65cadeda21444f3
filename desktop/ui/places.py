"""Where one can go in the window: a class a page, with what that page must know to open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The window is painted before the store and its libraries are loaded.
    from desktop.actions.city_board import Narrowed
    from desktop.actions.stamping import Chosen
    from desktop.domain.announcement import Announcement


@dataclass(frozen=True)
class Place:
    """A page and what it shows; equal places are the same page of the same thing."""


@dataclass(frozen=True)
class OfCase(Place):
    """A page of one case."""

    case_id: str


@dataclass(frozen=True)
class Home(Place):
    """The counter's first page; `choosing` begins at the services (F2)."""

    choosing: bool = False


@dataclass(frozen=True)
class ManagerHome(Place):
    """The manager's first page: letters to be stamped."""


@dataclass(frozen=True)
class StampBatch(Place):
    """A batch of letters, to be stamped and printed; `stamped` ones are only printed, at once.

    `again` says that somebody comes back to it: then nothing is printed unasked.
    """

    letters: tuple[Chosen, ...]
    stamped: bool = False
    again: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Form(Place):
    """The case form of a service, empty or with a draft."""

    service: str
    draft_id: str = ""


@dataclass(frozen=True)
class Outcome(OfCase):
    """What the records answered; `fresh` right after registering, when the receipt is due.

    `owed` is the sum that is paid first, by its key.
    """

    fresh: bool = field(default=False, compare=False)
    owed: str = field(default="", compare=False)


@dataclass(frozen=True)
class Letter(OfCase):
    """A letter of the case; without an id the live answer, else the newest."""

    letter_id: str = ""


@dataclass(frozen=True)
class Queue(Place):
    """The office's queue; `filter` is the chip that is chosen.

    `typed`, `service` and `days` are what was looked for in it.
    """

    filter: str = ""
    typed: str = field(default="", compare=False)
    service: str = field(default="", compare=False)
    days: str = field(default="", compare=False)


@dataclass(frozen=True)
class Case(OfCase):
    """A case of the office; `entry` is the mark of an entry in the cash book to be looked at.

    `act` names an act that was left half typed, to be gone on with.
    """

    entry: str = ""
    act: str = ""


@dataclass(frozen=True)
class Search(Place):
    """The search with what was typed elsewhere; `typing` goes on in the box."""

    typed: str = ""
    typing: bool = False


@dataclass(frozen=True)
class Services(Place):
    """All services; with a case the form is filled for the same applicant and property.

    `typed` is what was looked for.
    """

    like_case: str = ""
    typed: str = field(default="", compare=False)


@dataclass(frozen=True)
class Checklist(Place):
    """What a citizen brings for a service; `applicant` is the standing shown first."""

    service: str
    applicant: str = ""


@dataclass(frozen=True)
class Nearest(Place):
    """The offices that do a service near to where a citizen is.

    `way` and `typed` say where that is; `why` tells why the citizen is sent on from here.
    """

    service: str = field(default="", compare=False)
    way: str = field(default="neighbourhood", compare=False)
    typed: str = field(default="", compare=False)
    only_open: bool = field(default=True, compare=False)
    step_free: bool = field(default=False, compare=False)
    why: str = field(default="", compare=False)


@dataclass(frozen=True)
class Basket(Place):
    """The fees of one citizen, by the id."""

    person: str


@dataclass(frozen=True)
class Till(Place):
    """A day's book; without a day today's."""

    day: date | None = None


@dataclass(frozen=True)
class DayClose(Place):
    """The close of a day; without one the first that is not closed, else today."""

    day: date | None = None


@dataclass(frozen=True)
class StampedSheets(Place):
    """The office's sheets with the municipality's head, by their numbers."""


@dataclass(frozen=True)
class Registers(Place):
    """What the office has written down: `letters`, `requests`, `fees` of a month, closed `days`.

    `typed` is what was looked for; `first` and `last`, or `month` (of the Jalali year `year`), are
    the time that was asked for.
    """

    kind: str = "letters"
    typed: str = field(default="", compare=False)
    first: date | None = field(default=None, compare=False)
    last: date | None = field(default=None, compare=False)
    year: str = field(default="", compare=False)
    month: str = field(default="", compare=False)


@dataclass(frozen=True)
class Outbox(Place):
    """What the centre has not settled."""


@dataclass(frozen=True)
class Arrived(Place):
    """Answers that came when the line came back."""


@dataclass(frozen=True)
class Announcements(Place):
    """What the unit announced to this office."""


@dataclass(frozen=True)
class Lessons(Place):
    """The lessons of all services."""


@dataclass(frozen=True)
class Lesson(Place):
    """A lesson of a service, by its number from 0."""

    service: str
    number: int


@dataclass(frozen=True)
class Keys(Place):
    """All keys of the window."""


@dataclass(frozen=True)
class MunicipalQueue(Place):
    """The municipality's queue; `filter` is the chip that is chosen, `office` its code.

    `typed`, `service`, `days` and `clerk` are what was looked for in it, `everybody` that an
    inspector looks at all visits, `district` that an expert looks at one district.
    """

    filter: str = ""
    office: str = ""
    typed: str = field(default="", compare=False)
    service: str = field(default="", compare=False)
    days: str = field(default="", compare=False)
    clerk: str = field(default="", compare=False)
    everybody: bool = field(default=False, compare=False)
    district: str = field(default="", compare=False)


@dataclass(frozen=True)
class MunicipalCase(OfCase):
    """A case at the municipality."""


@dataclass(frozen=True)
class ReviewFile(OfCase):
    """A case on the expert's page: queue, papers and decision beside each other."""


@dataclass(frozen=True)
class Objections(Place):
    """The objections that wait for the units of who sits here."""


@dataclass(frozen=True)
class Objection(OfCase):
    """An objection at the municipality, with what the record says beside it."""


@dataclass(frozen=True)
class CityDay(Place):
    """How the city stands; `period`, `district` and `service` are what was asked of it.

    `first` and `last` are the days of a range of one's own.
    """

    period: str = field(default="", compare=False)
    district: str = field(default="", compare=False)
    service: str = field(default="", compare=False)
    first: date | None = field(default=None, compare=False)
    last: date | None = field(default=None, compare=False)


@dataclass(frozen=True)
class CityCases(Place):
    """The cases of a figure of the city; `title` and `second` say from where one comes."""

    of: Narrowed
    title: str
    second: str = ""


@dataclass(frozen=True)
class Courier(Place):
    """What an office without a line sends and gets back on a stick."""


@dataclass(frozen=True)
class Elsewhere(Place):
    """A case of another office: its state, and a copy of its letter, by its code and an id."""

    tracking: str = field(default="", compare=False)
    person_id: str = field(default="", compare=False)


@dataclass(frozen=True)
class Check(Place):
    """Whether a letter is true, by its paper or its file; `typed` was not checked yet."""

    typed: str = field(default="", compare=False)


@dataclass(frozen=True)
class Bulletin(Place):
    """The bulletin of a Jalali month; without one that of the last that is over."""

    year: int = field(default=0, compare=False)
    month: int = field(default=0, compare=False)


@dataclass(frozen=True)
class SignBatch(Place):
    """Proposals that change nothing, signed together."""


@dataclass(frozen=True)
class Commissions(Place):
    """The cases at the commissions: of one `article`, of those that await one thing."""

    article: str = ""
    awaits: str = ""


@dataclass(frozen=True)
class SecondLook(Place):
    """An instant answer that is looked at again; without a case the next one that waits.

    Those of `later` are put off; `act` as of an office's case.
    """

    case_id: str = ""
    later: tuple[str, ...] = field(default=(), compare=False)
    act: str = field(default="", compare=False)


@dataclass(frozen=True)
class Watch(Place):
    """What the supervisor follows up."""


@dataclass(frozen=True)
class ReadingLog(Place):
    """Who looked at which case or property; `about` is what was looked for: a property's code, a
    case's or a letter's number. `staff` (an id), `mark` and the days narrow it; None for those
    that are shown where nobody said."""

    about: str = field(default="", compare=False)
    staff: str = field(default="", compare=False)
    mark: str = field(default="", compare=False)
    first: date | None = field(default=None, compare=False)
    last: date | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Announcing(Place):
    """What the unit announced to offices; `begun` is one that another page has begun."""

    begun: Announcement | None = field(default=None, compare=False)


@dataclass(frozen=True)
class CitizenMessages(Place):
    """Messages to citizens that did not arrive; `office` (its id) is the one that is looked at."""

    office: str = field(default="", compare=False)


@dataclass(frozen=True)
class Trained(Place):
    """Who is trained for what; `chip`, `which`, `district` and `typed` are what was asked for."""

    chip: str = field(default="", compare=False)
    which: str = field(default="", compare=False)
    district: str = field(default="", compare=False)
    typed: str = field(default="", compare=False)


@dataclass(frozen=True)
class OfficeTraining(Place):
    """The people of an office (by its id) and their records; `service` is the one shown first."""

    office: str
    service: str = field(default="", compare=False)


@dataclass(frozen=True)
class MunicipalData(Place):
    """The municipality's data of a kind (`forms.sheets.SHEETS`); `typed` is what was looked for,
    `day` what is chosen in the calendar (None: today)."""

    kind: str = field(default="tariffs", compare=False)
    typed: str = field(default="", compare=False)
    day: date | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Records(Place):
    """The city's records."""


@dataclass(frozen=True)
class ServiceFiles(Place):
    """The service files: under way, waiting, in force."""


@dataclass(frozen=True)
class ServiceDraft(Place):
    """A service file under way."""

    draft_id: str


@dataclass(frozen=True)
class ServiceVersion(Place):
    """A published version of a service."""

    service: str
    version: str


@dataclass(frozen=True)
class Publication(Place):
    """What waits for its second signature."""

    publication: str


@dataclass(frozen=True)
class Office(Place):
    """One office's card, by its id; `act` names an act on it that is to be gone on with."""

    office: str
    act: str = field(default="", compare=False)


@dataclass(frozen=True)
class Offices(Place):
    """The registry of offices; `chips` are the filters that hold.

    `typed`, `district` (0: any) and `service` are what was looked for in it; `day` leaves those
    that have hours of their own on it (None: all).
    """

    chips: tuple[str, ...] = ()
    typed: str = field(default="", compare=False)
    district: int = field(default=0, compare=False)
    service: str = field(default="", compare=False)
    day: date | None = field(default=None, compare=False)


@dataclass(frozen=True)
class People(Place):
    """The staff of an office, or of all; `office` is its id, `person` a staff id to begin with.

    `filter` is the chip that is chosen, `typed` what was looked for.
    """

    office: str = field(default="", compare=False)
    person: str = field(default="", compare=False)
    filter: str = field(default="", compare=False)
    typed: str = field(default="", compare=False)


@dataclass(frozen=True)
class VisitPlan(Place):
    """The planner's week of all inspectors, the one in which `first` lies; None for this one.

    `half` opens the visits of that inspector (by id), day and half of it.
    """

    first: date | None = field(default=None, compare=False)
    half: tuple[str, date, int] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class VisitDay(Place):
    """The inspector's visits of a day in the order of his way; without one today's."""

    day: date | None = None


@dataclass(frozen=True)
class Delegation(Place):
    """Services handed over to offices; begun with an office, by its id, or a service."""

    office: str = field(default="", compare=False)
    service: str = field(default="", compare=False)


@dataclass(frozen=True)
class Conversion(Place):
    """The path by which an office, by its id, becomes a پیشخوان; `act` as of an office."""

    office: str
    act: str = field(default="", compare=False)


@dataclass(frozen=True)
class CounterTest(Place):
    """The test request of this counter, before its office is converted."""


@dataclass(frozen=True)
class Withdrawal(Place):
    """Services taken back from an office, by its id; begun with one of them."""

    office: str
    service: str = field(default="", compare=False)


@dataclass(frozen=True)
class Consultations(Place):
    """Questions to other bodies: a part of them (`wire.consultations.Part`), of one body or all."""

    part: str = field(default="open", compare=False)
    consultee: str = field(default="", compare=False)


@dataclass(frozen=True)
class Recalls(Place):
    """Letters that have to be looked at again: a part of them (`wire.recalls.Part`)."""

    part: str = field(default="changed", compare=False)


@dataclass(frozen=True)
class OfficeLetters(Place):
    """Letters of the municipality to its offices, or those of one publication by its id.

    `typed` is what was looked for.
    """

    publication: str = ""
    typed: str = field(default="", compare=False)
