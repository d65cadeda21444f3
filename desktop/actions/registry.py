"""The registry of offices at work, asked of the centre: desks, people, codes, and a conversion."""

from __future__ import annotations

from desktop.actions import documents
from desktop.actions.desk import Seat
from desktop.domain.conversion import StepDone
from desktop.domain.people import Role
from desktop.domain.request import DocumentFile
from desktop.store import blobs
from desktop.wire import blobs as blob_wire
from desktop.wire import calls
from desktop.wire import registry as w
from desktop.wire.assent import Purpose


def at_work(seat: Seat, office: str = "") -> w.OfficesAnswer:
    """All offices of the city, or one by its id, with desks, people and cases.

    Here and below: raises LineDown, Refusal.
    """
    return seat.desk.ask(calls.OFFICES, w.OfficesAsk(actor=seat.staff.staff_id, office=office))


def give_code(
    seat: Seat,
    office: str,
    name: str,
    role: Role,
    *,
    again: str,
    device: bool = False,
    national_id: str = "",
) -> w.CodeAnswer:
    """A code, good once, for a person's keys, or with `device` for a machine and its person.

    `again` is the id of whom the office has: nobody else is given one. It is on screen
    nowhere: whoever asks prints it.
    """
    subject = w.code_subject(office, name, role, again, national_id, device=device, another=False)
    ask = w.CodeAsk(
        office=office, name=name, role=role, device=device, again=again,
        national_id=national_id,
        assent=seat.assent(Purpose.CODE, subject),
    )  # fmt: skip
    return seat.desk.ask(calls.ENROL_CODE, ask)


def revoke(seat: Seat, device_id: str) -> w.RevokeAnswer:
    """Take nothing more from a desk, from now on."""
    assent = seat.assent(Purpose.REVOKE, device_id)
    return seat.desk.ask(calls.REVOKE, w.RevokeAsk(device_id=device_id, assent=assent))


def send_scan(seat: Seat, scan: bytes) -> str:
    """Keep the scan of an act, a PDF, and send it to the centre; the sha256 that the act names."""
    named = documents.keep(seat, scan)
    ask = blob_wire.ScanAsk(actor=seat.staff.staff_id, sha256=named, size=len(scan))
    seat.desk.ask(calls.SCAN, ask)
    seat.desk.store.write(lambda session: blobs.name(session, [named]))
    seat.desk.nudge()
    return named


def scan(seat: Seat, sha256: str) -> bytes:
    """The scan of an act, from this desk or the centre. Raises Refusal while it is on its way."""
    return documents.content(seat, blob_wire.ACTS, DocumentFile(sha256, 0, 0))


def record_step(seat: Seat, office: str, done: StepDone) -> w.ConversionAnswer:
    """Keep a step of the path: a paper is the supervisor's, a test the counter's own."""
    body = w.step_body(done)
    assent = seat.assent(Purpose.CONVERSION, w.step_subject(office, body))
    ask = w.ConversionStepAsk(office=office, done=body, assent=assent)
    return seat.desk.ask(calls.CONVERSION_STEP, ask)
