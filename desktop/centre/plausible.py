"""Whether what a desk says beside the request itself can be so: revision, moments, code, district.

A desk's word is taken for what only it can know, within what the centre knows of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from desktop.centre import passing
from desktop.centre.context import Centre, day_of
from desktop.centre.shares import Busy
from desktop.centre.tables import CaseRow
from desktop.domain import commands as c
from desktop.domain.calendar import format_jalali, jalali
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import is_tracking_code
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Staff
from desktop.domain.request import Request
from desktop.domain.rota import HORIZON_DAYS
from desktop.domain.stream import office_stream
from desktop.sql import memo
from desktop.sql.metadata import table_of

# So far back goes what a person may enter after the fact; from what a desk was last heard with.
_FAR = timedelta(days=30)
# As far as a desk's clock may be off before it is corrected.
_OFF = timedelta(minutes=5)
# A clock that nobody could correct without a line goes wrong by hours, not by more.
_AHEAD = timedelta(days=1)
# Half-days are offered over so many working days; with all holidays they are no farther.
_FARTHEST = timedelta(days=2 * HORIZON_DAYS)
_CODE = "tracking"
_GIVEN = select(table_of(CaseRow).c.tracking).where(
    CaseRow.tracking.in_(bindparam("codes", expanding=True))
)
_NOT_SEEN = "این کار بر وضعی از پرونده تکیه دارد که مرکز ندارد؛ برنامه را همگام کنید."
_MOMENT = "زمان این کار نمی‌تواند درست باشد؛ ساعت رایانه را ببینید و دوباره انجامش دهید."
_OWN_CODE = "کد رهگیری از آنِ این باجه و این روز نیست."
_SPENT = "این کد رهگیری پیش از این به درخواست دیگری داده شده است."
_DISTRICT = "نوبت بازدید باید در منطقهٔ خود ملک باشد."


@dataclass(frozen=True)
class Came:
    """When a command came, and when its desk last had nothing that the centre lacked."""

    at: datetime
    emptied_at: datetime | None

    @property
    def oldest(self) -> datetime | None:
        """Before this moment no act can have been made that came only now; None: nobody knows.

        A desk without a line goes on taking requests and payments, however long.
        """
        since = self.emptied_at or self.at
        # What is tried again after it was held: its desk has had nothing left since.
        return None if since > self.at else since - _FAR


def demand(
    session: Session,
    centre: Centre,
    command: c.Command,
    case: Case | None,
    actor: Staff,
    came: Came,
) -> None:
    """Raise Refusal for what can't be so, in words for the actor."""
    at = came.at
    if case is not None:
        demand_seen(case, actor.office)
        passing.demand_here(session, centre, command, case, actor, at)
    if command.base_rev > (case.rev if case else 0) or command.base_rev < 0:
        if command.base_rev > 0 and not centre.recovery.decides(session):
            # What it rests on was done in the time that a restored centre lost, and comes again.
            raise Busy("it rests on what has not come again yet")
        raise Refusal(_NOT_SEEN)
    oldest = came.oldest
    if command.made_at > at + _AHEAD or (oldest is not None and command.made_at < oldest):
        raise Refusal(_MOMENT)
    payload = command.payload
    if isinstance(payload, c.Register):
        _demand_received(payload.request.received_on, came)
        _demand_code(session, centre, payload.request, actor)
    elif isinstance(payload, c.BookVisit | c.MoveVisit) and case is not None:
        city = centre.reference.city(session, day_of(at))
        _demand_district(payload.slot.district, case, city)
        if payload.slot.day > day_of(at) + _FARTHEST:
            raise Refusal("روز نوبت دورتر از آن است که داده شود.", field="slot")


def demand_seen(case: Case, office: str) -> None:
    """Raise Refusal for a case that the office does not see: as of one that is not there, so that
    nobody finds out which cases others have."""
    own = office_stream(office)
    if office != MUNICIPALITY and own != case.stream and own not in case.former:
        raise Refusal("چنین پرونده‌ای نیست.")


def _demand_received(day: date, came: Came) -> None:
    if day > day_of(came.at + _OFF):
        raise Refusal("روز دریافت نمی‌تواند پس از امروز باشد.", field="received_on")
    if came.oldest is not None and day < day_of(came.oldest):
        told = format_jalali(day)
        raise Refusal(
            f"روز دریافت {told} است و درخواست امروز به مرکز رسید؛ با روز امروز ثبت کنید.",
            field="received_on",
        )


def _demand_code(session: Session, centre: Centre, request: Request, actor: Staff) -> None:
    """The code is of the actor's own desk, of the day of receipt, and nobody's yet.

    It may begin with a former code of the office: a desk that was without a line, and one of an
    earlier program, do not know of the new one.
    """
    codes = centre.reference.office(session, actor.office).codes(request.received_on)
    year, month, day = jalali(request.received_on)
    dated = f"{year % 100:02d}{month:02d}{day:02d}"
    form = rf"(?:{'|'.join(map(re.escape, codes))})-{dated}-{actor.desk:02d}-[0-9]{{4}}-[0-9]"
    if not re.fullmatch(form, request.tracking) or not is_tracking_code(request.tracking):
        raise Refusal(_OWN_CODE, field="tracking")
    # Only this desk gives such a code, and whoever does an act of it, a held one too, holds its
    # office's stream: no two meet here.
    if memo.once(session, (_CODE, request.tracking), lambda: _is_spent(session, request.tracking)):
        raise Refusal(_SPENT, field="tracking")
    memo.put(session, (_CODE, request.tracking), True)


def read_codes_ahead(session: Session, commands: Iterable[c.Command]) -> None:
    """Ask at once which of the codes that registrations bring were given before."""
    payloads = (command.payload for command in commands)
    codes = {each.request.tracking for each in payloads if isinstance(each, c.Register)}
    spent = set(session.scalars(_GIVEN, {"codes": sorted(codes)})) if codes else set()
    for code in codes:
        memo.put(session, (_CODE, code), code in spent)


def _is_spent(session: Session, code: str) -> bool:
    return bool(session.scalar(select(exists().where(CaseRow.tracking == code))))


def _demand_district(district: int, case: Case, city: City) -> None:
    """The property's own where records or request tell it, else one of the city's."""
    if district != case.district if case.district else district not in city.districts:
        raise Refusal(_DISTRICT, field="slot")


def acted_at(command: c.Command, came: Came) -> datetime:
    """The moment at which the act was done, as far as the desk's word for it can be so.

    What was made before the desk last had nothing unsent would be here already: it was made now.
    """
    if came.emptied_at is not None and command.made_at < came.emptied_at:
        return came.at
    return min(command.made_at, came.at)


def told_at(command: c.Command, came: Came) -> datetime:
    """The same by the desk's own clock, which may be ahead by what nobody corrects.

    What a person typed a minute ago is no hour to come.
    """
    return max(acted_at(command, came), min(command.made_at, came.at + _OFF))


def is_late(command: c.Command, came: Came) -> bool:
    """Whether a registration's day of receipt is the office's word alone.

    Between what the centre last had all of and now it stands, for some weeks; before that nobody
    can tell.
    """
    if not isinstance(command.payload, c.Register):
        return False
    day = command.payload.request.received_on
    since = max(came.emptied_at, came.at - _FAR) if came.emptied_at is not None else None
    known = since is not None and day >= day_of(since)
    return not known and day != day_of(came.at)
