"""What is put forward of an office's people, and one-time passwords put on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from desktop.actions import publishing, registry, staffing
from desktop.actions.desk import Seat
from desktop.actions.people import Person
from desktop.chance import new_id
from desktop.domain.calendar import format_time
from desktop.domain.errors import LineDown, Refusal, Refusals
from desktop.domain.office import OfficeCard
from desktop.domain.papers import PasswordSlip
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.staffing import Authority, Leave, StaffTerm
from desktop.reports import password_slip
from desktop.wire.newcomers import MOST_NEWCOMERS, NewcomerBody
from desktop.wire.publishing import DraftBody, PublicationBody

Print = Callable[[bytes, str], None]
"""Puts a PDF with a title on paper, or raises Refusal."""
_NOT_PRINTED = "برگه چاپ نشد؛ گذرواژه ساخته نشد. {}"
_DIES = "برگه چاپ نشد و خط هم قطع شد؛ کد را کسی ندیده است و تا {} خودکار بی‌اثر می‌شود."


def day_of_effect(first: date, today: date) -> date:
    """From which day a change is told that is first felt on a day.

    Tomorrow where that is soon enough: the second signature has until then.
    """
    return today if first <= today else today + timedelta(days=1)


def term_draft(person: Person, term: StaffTerm, first: date, today: date) -> DraftBody:
    """The person's term as it is to be, felt from a day on, made ready to be signed.

    It is told for each later day too that something was told for: that stands no more.
    """
    drafts = [
        staffing.terms_draft([term], day)
        for day in _days(day_of_effect(first, today), (since for since, _ in person.terms))
    ]
    return _joined(drafts)


def authority_draft(
    person: Person, given: Sequence[Authority], first: date, today: date
) -> DraftBody:
    """What the person may release, or no more, as of `term_draft`."""
    drafts = []
    for one in given:
        told = (since for since, known in person.authorities if known.service == one.service)
        for day in _days(day_of_effect(first, today), told):
            drafts.append(staffing.authorities_draft([one], day))
    return _joined(drafts)


def _days(first: date, told: Iterable[date]) -> list[date]:
    return sorted({first, *(day for day in told if day > first)})


def _joined(drafts: Sequence[DraftBody]) -> DraftBody:
    items = [item for draft in drafts for item in draft.items]
    return drafts[0].model_copy(update={"items": items})


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be put forward; `staff` is made once, so that a second try is the same person."""

    name: str
    national_id: str
    role: Role
    office: str
    since: date
    until: date | None = None
    staff: str = field(default_factory=new_id)

    @property
    def body(self) -> NewcomerBody:
        """As the centre is told."""
        return NewcomerBody(
            staff_id=self.staff,
            office=self.office,
            name=self.name,
            role=self.role,
            national_id=self.national_id,
        )

    @property
    def term(self) -> StaffTerm:
        """As it is to be signed by two."""
        return StaffTerm(self.staff, self.office, self.role.value, self.since, self.until)


def put_forward(
    seat: Seat, newcomers: Sequence[Newcomer], today: date, reason: str = ""
) -> PublicationBody:
    """Put these people forward: known by the centre, their terms signed by this person.

    Raises LineDown; Refusals of what is wrong with whom, in their order, `field` the number; then
    nothing is put forward.
    """
    wrong: list[Refusal] = []
    for at in range(0, len(newcomers), MOST_NEWCOMERS):
        bodies = [each.body for each in newcomers[at : at + MOST_NEWCOMERS]]
        faults = staffing.put_forward(seat, bodies)
        wrong += [Refusal(each.words, field=str(at + each.item)) for each in faults]
    if wrong:
        raise Refusals(wrong)
    day = day_of_effect(min(each.since for each in newcomers), today)
    draft = staffing.terms_draft([each.term for each in newcomers], day)
    return publishing.put_forward(seat, draft, reason)


def changed_term(
    person: Person,
    *,
    since: date | None = None,
    until: date | None = None,
    deputy: str = "",
) -> StaffTerm:
    """The person's term with other days and another named deputy."""
    base = person.base()
    return replace(base, since=since or base.since, until=until, deputy=deputy)


def with_leave(person: Person, leave: Leave) -> StaffTerm:
    """The person's term with one leave more."""
    base = person.base()
    return replace(base, leaves=tuple(sorted((*base.leaves, leave), key=lambda one: one.first)))


def without_leave(person: Person, leave: Leave) -> StaffTerm:
    """The person's term without that leave."""
    base = person.base()
    return replace(base, leaves=tuple(each for each in base.leaves if each != leave))


def authorities(
    person: Person, services: Sequence[str], until: date, weekdays: tuple[int, ...]
) -> list[Authority]:
    """The person may release the letters of each service on these weekdays."""
    return [Authority(person.staff, service, until, weekdays) for service in services]


def print_slip(
    seat: Seat, person: Person, office: OfficeCard, print_: Print, national_id: str = ""
) -> datetime:
    """Make a one-time code and put it on paper, once; until when it is good.

    With it the centre is told the person's `national_id`, where one is typed. What does not come
    out of the printer lets nobody in. Raises LineDown, Refusal.
    """
    made = registry.give_code(
        seat, person.office, person.name, person.role, again=person.staff, national_id=national_id
    )
    try:
        with seat.desk.store.reading() as session:
            today = seat.desk.today(session)
            own = seat.desk.reference.office(session, seat.staff.office, today)
        paper = PasswordSlip(
            head=own.head,
            name=person.name,
            role=person.role.word,
            office=to_persian_digits(office.name),
            code=made.code,
            expires=made.expires,
            by=seat.staff.name,
            sample=own.sample,
        )
        print_(password_slip.draw(paper), f"{password_slip.TITLE}، {person.name}")
    except Refusal as no:
        try:
            staffing.take_code_back(seat, person.staff)
        except LineDown:
            raise Refusal(_DIES.format(f"ساعت {format_time(made.expires)}")) from no
        raise Refusal(_NOT_PRINTED.format(no.words)) from no
    return made.expires
