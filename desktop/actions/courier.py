"""A desk without a line sends its acts by a courier, and reads what the centre sent back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.actions.desk import Desk, Seat, TakenFile
from desktop.domain.courier_paper import CourierSlip
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.keys import write_private
from desktop.reports import courier_slip
from desktop.store import meta
from desktop.wire.courier import LARGE, MOST_BYTES, SUFFIX

_NOT_WRITTEN = "فایل در {} نوشته نشد؛ حافظه پر است یا اجازهٔ نوشتن ندارد."
_NOT_READ = "فایل خوانده نشد؛ حافظه را بیرون بکشید و دوباره وصل کنید."
_NONE = "این باجه با پیک کار نمی‌کند."


@dataclass(frozen=True)
class CourierFile:
    """A file that was written for the courier; `slip` goes with it."""

    file: Path
    acts: int
    slip: CourierSlip


def hand_over(seat: Seat, folder: Path) -> CourierFile:
    """Write all that the centre does not have into a new file of the folder. Raises Refusal."""
    return write_acts(seat.desk, seat.staff.name, folder)


def write_acts(
    desk: Desk, by: str, folder: Path, *, also_revoked: bool = False, anew: bool = False
) -> CourierFile:
    """As `hand_over`, by whom the slip names: of a desk at which nobody has signed in; `anew` also
    what the centre had before it was restored."""
    if desk.courier is None:
        raise Refusal(_NONE)
    with desk.store.reading() as session:
        identity, today = meta.get(session).identity, desk.today(session)
        office = desk.reference.office(session, identity.office, today)
    place = to_persian_digits(f"{office.name}، باجهٔ {identity.desk}")
    handed = desk.courier.hand_over(place, also_revoked=also_revoked, anew=anew)
    file = folder / f"{office.code}-{identity.desk}-{handed.ask[-8:]}{SUFFIX}"
    try:
        # Whole under its name and down to the stick, or not there: it is pulled out at any moment.
        write_private(file, handed.file)
    except OSError as fault:
        with suppress(OSError):
            file.with_name(f"{file.name}.partial").unlink(missing_ok=True)
        raise Refusal(_NOT_WRITTEN.format(isolate(str(folder)))) from fault
    slip = CourierSlip(
        head=office.head,
        place=place,
        mark=handed.ask[-8:],
        acts=handed.acts,
        left=handed.left,
        papers=handed.papers,
        oldest=handed.oldest,
        made_at=handed.made_at,
        made_by=by,
        sample=office.sample or desk.demo,
    )
    return CourierFile(file, handed.acts, slip)


def slip(handed: CourierFile) -> bytes:
    """The paper that goes with it (A5). Raises Refusal on an unprintable character."""
    return courier_slip.draw(handed.slip)


def take_back(desk: Desk, file: Path) -> TakenFile:
    """Read the centre's answer. Raises Refusal for what is none, cut, or for another desk."""
    if desk.courier is None:
        raise Refusal(_NONE)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Refusal(LARGE)
        content = file.read_bytes()
    except OSError as fault:
        raise Refusal(_NOT_READ) from fault
    return desk.courier.take_back(content)
