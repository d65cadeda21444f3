"""A courier's files on the centre's machine: each read, answered, and a receipt drawn for it."""

from __future__ import annotations

from pathlib import Path

from desktop.centre.context import Centre, day_of
from desktop.centre.couriering import Carried, carry
from desktop.domain.courier_paper import CourierRead, CourierSlip
from desktop.domain.errors import Refusal
from desktop.domain.line import Why
from desktop.domain.office import MUNICIPALITY
from desktop.domain.persian import to_persian_digits
from desktop.keys import write_private
from desktop.reports import courier_slip
from desktop.wire.courier import LARGE, MOST_BYTES, SUFFIX

_STOPPED = {
    Why.FORK.value: "رایانهٔ دفتر دو نسخه شده است",
    Why.REVOKED.value: "رایانه از دفتر پس گرفته شده است",
}
_NOT_READ = "پرونده خوانده نشد."
_NOT_WRITTEN = "کارها گرفته شد اما پاسخ نوشته نشد؛ جای دیگری را نام ببرید و دوباره بخوانید."


def read_file(centre: Centre, file: Path, into: Path, agreed: str = "") -> str:
    """Do what it brings, write the answer and the receipt; what came of it, in a line.

    What a revoked device brings is done where somebody `agreed`, by that name.
    Raises Refusal; of what was done by then nothing is lost, nor done twice when it is read again.
    """
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Refusal(LARGE)
        content = file.read_bytes()
    except OSError as fault:
        raise Refusal(_NOT_READ) from fault
    carried = carry(centre, content, agreed)
    mark = carried.ask[-8:]
    back, receipt = into / f"{mark}-back{SUFFIX}", into / f"{mark}-receipt.pdf"
    try:
        write_private(back, carried.back)
        write_private(receipt, courier_slip.draw(_slip(centre, carried, mark)))
    except OSError as fault:
        raise Refusal(_NOT_WRITTEN) from fault
    told = f"{carried.acts} acts, {carried.taken} here, {carried.refused} refused"
    if carried.stopped:
        since = f", the first of {carried.oldest:%Y-%m-%d %H:%M} UTC" if carried.oldest else ""
        told = f"nothing of {carried.acts} acts{since}; the desk is stopped: {carried.stopped}"
    return f"{file.name}: {told}; {carried.facts} facts go back in {back.name}, {receipt.name}"


def _slip(centre: Centre, carried: Carried, mark: str) -> CourierSlip:
    now = centre.clock()
    with centre.reading() as session:
        own = centre.reference.office(session, MUNICIPALITY).on(day_of(now))
        office = centre.reference.office(session, carried.office).on(day_of(now))
    return CourierSlip(
        head=own.head,
        place=to_persian_digits(f"{office.name}، باجهٔ {carried.desk}"),
        mark=mark,
        acts=carried.acts,
        left=0,
        papers=0,
        oldest=None,
        made_at=carried.made_at,
        made_by="",
        sample=office.sample,
        read=CourierRead(
            carried.taken,
            carried.refused,
            carried.held,
            carried.facts,
            carried.more,
            _STOPPED.get(carried.stopped, ""),
            now,
        ),
    )
