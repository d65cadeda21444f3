"""The office's stamped sheets: bundles that it took, what became of each, which is next here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.actions.access import confirm
from desktop.actions.desk import Desk, Seat
from desktop.domain import stamped_sheets as lawful
from desktop.domain.commands import DropSheets, TakeSheets
from desktop.domain.errors import Refusal
from desktop.domain.lawful import demand_drawable
from desktop.domain.stamped_sheets import SheetRun
from desktop.forms import permits
from desktop.store import people, stamped_sheets
from desktop.store.open import Session
from desktop.store.stamped_sheets import Bundle

__all__ = ["Bundle"]

_KNOWN = "برخی از این برگ‌ها پیش از این تحویل این دفتر شده‌اند؛ شماره‌ها را دوباره بخوانید."
_NO_SHEET = "برگی با این شماره نیست؛ شماره را از روی برگ داخل چاپگر بخوانید."
_NOT_BLANK = "همهٔ این برگ‌ها سفید و از این دفتر نیستند؛ شماره‌ها را دوباره بخوانید."


@dataclass(frozen=True)
class SheetsNow:
    """The office's sheets: its newest bundles, how many sheets are blank in them, which are blank
    though later ones were used, what is next in this desk's printer, whether the person may take
    and drop."""

    bundles: Sequence[Bundle]
    blank: int
    left_out: Sequence[SheetRun]
    next: tuple[str, int] | None
    fits: bool
    may: bool


def look(seat: Seat) -> SheetsNow:
    """How the office's sheets stand at this desk."""
    with seat.desk.store.reading() as session:
        bundles = stamped_sheets.bundles(session)
        at = stamped_sheets.next_sheet(session)
        left = [run for each in bundles for run in stamped_sheets.left_out(session, each)]
        return SheetsNow(
            bundles=bundles,
            blank=sum(each.blank for each in bundles),
            left_out=left,
            next=at,
            fits=at is not None and stamped_sheets.are_blank(session, SheetRun(*at, at[1])),
            may=_may(session, seat),
        )


def next_words(desk: Desk) -> str | None:
    """The sheet that is next in this desk's printer; empty where nobody said, None where the
    office's sheets have no numbers."""
    with desk.store.reading() as session:
        if not stamped_sheets.has_any(session):
            return None
        at = stamped_sheets.next_sheet(session)
        return SheetRun(*at, at[1]).words if at is not None else ""


def take(seat: Seat, password: str, run: SheetRun, note: str) -> None:
    """The office has this bundle of the municipality. Slow on purpose, as `confirm`. Raises
    Refusal."""
    signed = confirm(seat, password).seat
    asked = TakeSheets(run, note.strip())
    demand_drawable(asked)

    def work(session: Session) -> None:
        told = lawful.taken(asked, may=_may(session, signed))
        if stamped_sheets.holds(session, run):
            raise Refusal(_KNOWN, field="first")
        command = signed.do_of_office(session, asked)
        at = signed.desk.moment(session)
        stamped_sheets.take(session, told, signed.staff.name, at, command.command_id)
        if stamped_sheets.next_sheet(session) is None:
            # The first bundle goes into the printer of whoever took it.
            stamped_sheets.set_next(session, run.series, run.first)

    signed.desk.store.write(work)
    signed.desk.nudge()


def drop(seat: Seat, password: str, run: SheetRun, reason: str) -> None:
    """These blank sheets are used no more. As `take`."""
    signed = confirm(seat, password).seat
    asked = DropSheets(run, reason.strip())
    demand_drawable(asked)

    def work(session: Session) -> None:
        lawful.dropped(asked, may=_may(session, signed))
        if not stamped_sheets.are_blank(session, run):
            raise Refusal(_NOT_BLANK, field="first")
        signed.do_of_office(session, asked)
        stamped_sheets.drop(session, run)

    signed.desk.store.write(work)
    signed.desk.nudge()


def set_next(seat: Seat, series: str, number: int) -> None:
    """That sheet is next in this desk's printer. Raises Refusal where it is not blank, or not the
    office's."""

    def work(session: Session) -> None:
        run = SheetRun(series, number, number)
        try:
            lawful.demand_run(run)
        except Refusal as no:
            field = no.field if no.field == "series" else "number"
            raise Refusal(no.words if field == "series" else _NO_SHEET, field=field) from None
        if not stamped_sheets.are_blank(session, run):
            raise Refusal(_NOT_BLANK, field="number")
        stamped_sheets.set_next(session, series, number)

    seat.desk.store.write(work)


def _may(session: Session, seat: Seat) -> bool:
    desk = seat.desk
    managers = people.managers(session, seat.staff.office)
    find, at = desk.reference.finding(session), desk.moment(session)
    return permits.may_close(find, managers, seat.staff, desk.today(session), at)
