"""Who may ask at a device, and that it is kept who read what and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from desktop.centre import reading_chains
from desktop.centre.context import Centre
from desktop.centre.people import demand_admitted, of_office
from desktop.centre.records.lookup import find
from desktop.centre.tables import DeviceRow, ReadingRow
from desktop.chance import new_id
from desktop.domain.errors import Refusal
from desktop.domain.facts import LetterIssued
from desktop.domain.identifiers import Plate, renewal_code
from desktop.domain.reading import Reading, Way, What
from desktop.forms import permits
from desktop.wire import calls
from desktop.wire.blobs import PaperAsk
from desktop.wire.codec import decode_fact
from desktop.wire.drafting import DraftLetterAsk
from desktop.wire.elsewhere import CopyAnswer, CopyAsk, ElsewhereAnswer, ElsewhereAsk
from desktop.wire.link import SignedRequest
from desktop.wire.objections import ObjectionAnswer, ObjectionAsk
from desktop.wire.payloads import (
    Body,
    CaseAsk,
    PrecheckAnswer,
    PrecheckAsk,
    PropertyPlaceAsk,
    QueueAnswer,
    QueueAsk,
)
from desktop.wire.readings import ReadingsAsk
from desktop.wire.reviewing import ReviewFileAsk
from desktop.wire.second_looks import LookRecordAsk
from desktop.wire.visit_day import VisitDayAnswer, VisitDayAsk

# What a question is about, where it says so; never what was searched for, which may be a person.
_ABOUT = (
    "case_id", "sha256", "office", "state", "service", "district", "day", "days", "year", "month",
    "code", "version", "publication", "export_id",
)  # fmt: skip
_LONGEST = 200
# So few cases that a search found are each looked at; of more it is said how many.
_FEW = 5


def is_persons(ask: Body) -> bool:
    """Whether a person asks; what a desk asks by itself is nobody's reading."""
    return hasattr(ask, "actor")


def demand_own(
    session: Session, centre: Centre, device: DeviceRow, ask: Body, at: datetime
) -> None:
    """Raise Refusal unless who asks, if a person does, is of the device's own office, admitted
    there, and neither stopped nor gone.

    What they may be told is for who answers.
    """
    if not is_persons(ask):
        return
    actor = getattr(ask, "actor", "")
    row = demand_admitted(session, of_office(session, device.office).get(actor))
    if hindered := permits.hinders_person(centre.reference.finding(session), row.staff_id, at):
        raise Refusal(hindered)


def is_kept(path: str, ask: Body, *, writes: bool) -> bool:
    """Whether it is kept that a person was told the answer to this call."""
    return is_persons(ask) and (not writes or path in COUNTED)


def keep(
    session: Session, centre: Centre, request: SignedRequest, ask: Body, made: Body, at: datetime
) -> None:
    """Keep that the person read what was asked for: what is of a case or a record as a line of
    the centre's chain for that device, else as it was asked."""
    looks_of = COUNTED.get(request.path)
    if looks_of is not None:
        device = session.get_one(DeviceRow, request.device_id)
        looks = looks_of(session, ask, made, at)
        # A paper comes in pieces and a list in pages: looked at once, by whichever comes first.
        goes_on = bool(getattr(ask, "number", 0) or getattr(ask, "offset", 0))
        reading_chains.append(session, centre, device, looks, at, goes_on=goes_on)
        return
    said = (str(getattr(ask, name, "")) for name in _ABOUT)
    session.execute(
        insert(ReadingRow).values(
            reading_id=new_id(),
            read_at=at,
            device_id=request.device_id,
            actor=getattr(ask, "actor", ""),
            call=request.path,
            about=" ".join(part for part in said if part)[:_LONGEST],
        )
    )


def _case(_: Session, ask: CaseAsk, __: Body, at: datetime) -> list[Reading]:
    return [Reading(at, ask.actor, What.CASE, case_id=ask.case_id)]


def _objection(_: Session, ask: ObjectionAsk, made: ObjectionAnswer, at: datetime) -> list[Reading]:
    """The objection, and the record that is told beside it."""
    looks = [Reading(at, ask.actor, What.CASE, case_id=ask.case_id)]
    if made.record is not None:
        looks.append(Reading(at, ask.actor, What.RECORD, code=made.record.code))
    return looks


def _paper(_: Session, ask: PaperAsk, __: Body, at: datetime) -> list[Reading]:
    return [Reading(at, ask.actor, What.PAPER, case_id=ask.case_id)]


def _searched(_: Session, ask: QueueAsk, made: QueueAnswer, at: datetime) -> list[Reading]:
    """A list of one's own work is none; what a search of it found is."""
    if not ask.text:
        return []
    look = Reading(at, ask.actor, What.SEARCH, Way.SEARCH, about=str(made.total))
    if made.total > _FEW:
        return [look]
    return [
        Reading(at, ask.actor, What.SEARCH, Way.SEARCH, case_id=row.case_id) for row in made.rows
    ] or [look]


def _record(
    session: Session, ask: PrecheckAsk, made: PrecheckAnswer, at: datetime
) -> list[Reading]:
    what = What.RECORD if made.standing else What.FOUND
    code = str(renewal_code(ask.code)) if ask.code else ""
    plate = Plate(ask.plate.section, ask.plate.main, ask.plate.sub) if ask.plate else None
    if not code and made.found:
        found = find(session, None, plate).record
        code = str(found.code) if found is not None else ""
    about = plate.words if plate is not None and not code else ""
    return [Reading(at, ask.actor, what, code=code, about=about)]


def _place(_: Session, ask: PropertyPlaceAsk, __: Body, at: datetime) -> list[Reading]:
    return [Reading(at, ask.actor, What.PLACE, code=str(renewal_code(ask.code)))]


def _log(_: Session, ask: ReadingsAsk, __: Body, at: datetime) -> list[Reading]:
    """Who reads who looked is written too; a court's order is named."""
    return [
        Reading(at, ask.actor, What.LOG, Way(ask.way), about=(ask.order or ask.about)[:_LONGEST])
    ]


def _draft(_: Session, ask: DraftLetterAsk, __: Body, at: datetime) -> list[Reading]:
    return [Reading(at, ask.actor, What.LETTER, case_id=ask.case_id)]


def _file(_: Session, ask: LookRecordAsk | ReviewFileAsk, __: Body, at: datetime) -> list[Reading]:
    return [Reading(at, ask.actor, What.RECORD, case_id=ask.case_id)]


def _visits(_: Session, ask: VisitDayAsk, made: VisitDayAnswer, at: datetime) -> list[Reading]:
    """The days of an inspector come whole, each visit with its case."""
    return [Reading(at, ask.actor, What.CASE, case_id=each.case_id) for each in made.visits]


def _elsewhere(_: Session, ask: ElsewhereAsk, made: ElsewhereAnswer, at: datetime) -> list[Reading]:
    """A case of another office, for who showed its code."""
    return [Reading(at, ask.actor, What.OUTCOME, Way.SEARCH, case_id=made.case_id)]


def _copied(_: Session, ask: CopyAsk, made: CopyAnswer, at: datetime) -> list[Reading]:
    told = decode_fact(made.issued)
    number = told.payload.letter.number if isinstance(told.payload, LetterIssued) else ""
    return [Reading(at, ask.actor, What.LETTER, Way.PRINT, case_id=told.case_id, about=number)]


COUNTED: Mapping[str, Callable[[Session, Any, Any, datetime], Sequence[Reading]]] = {
    calls.CASE.path: _case,
    calls.OBJECTION.path: _objection,
    calls.BLOB_READ.path: _paper,
    calls.QUEUE.path: _searched,
    calls.PRECHECK.path: _record,
    calls.PROPERTY_PLACE.path: _place,
    calls.READING_LOG.path: _log,
    calls.REVIEW_FILE.path: _file,
    calls.DRAFT_LETTER.path: _draft,
    calls.LOOK_RECORD.path: _file,
    calls.VISIT_DAY.path: _visits,
    calls.ELSEWHERE.path: _elsewhere,
    calls.COPY_ELSEWHERE.path: _copied,
}
"""The calls that tell a person of a case or of a property's record: what he looked at."""

_OF_OFFICES = "offices, their people and their lists: no case and no record is told"
_OF_DATA = "what the municipality publishes, and its drafts"
_OF_WORK = "whose turn it is: a line each of the asker's own work, which he opens as a case"
_OF_IMPORTS = "an export as a whole"
UNCOUNTED: Mapping[str, str] = {
    calls.OBJECTIONS.path: _OF_WORK,
    calls.VISIT_WEEK.path: _OF_WORK,
    calls.VISITS_TO_MOVE.path: _OF_WORK,
    calls.VISITS_MOVED.path: _OF_WORK,
    calls.BOARD.path: _OF_WORK,
    calls.BOARD_CASES.path: _OF_WORK,
    calls.BULLETIN.path: "sums of a month, of which none tells of a person",
    calls.SECOND_LOOKS.path: _OF_WORK,
    calls.COMMISSIONS.path: _OF_WORK,
    calls.CONSULTATIONS.path: _OF_WORK,
    calls.RECALLS.path: "a line each; what the records say is told with its case, which is counted",
    calls.WATCH.path: _OF_WORK,
    calls.MESSAGES.path: _OF_WORK,
    calls.OPEN_CASES.path: _OF_WORK,
    calls.SERVICES.path: _OF_DATA,
    calls.SERVICE_VERSION.path: _OF_DATA,
    calls.SERVICE_CHECK.path: _OF_DATA,
    calls.SERVICE_LETTERS.path: _OF_DATA,
    calls.SERVICE_TRY.path: "counts of past requests; who opens one looks at it as a case",
    calls.WEIGH.path: _OF_DATA,
    calls.PUBLICATIONS.path: _OF_DATA,
    calls.PUBLISHED_BY.path: _OF_DATA,
    calls.OFFICES.path: _OF_OFFICES,
    calls.OFFICE_LIST.path: _OF_OFFICES,
    calls.PEOPLE.path: _OF_OFFICES,
    calls.CONVERSION.path: _OF_OFFICES,
    calls.NOTICE_READERS.path: _OF_OFFICES,
    calls.READER.path: "how many looks, of which the log tells one by one",
    calls.RECORDS_STATE.path: _OF_IMPORTS,
    calls.RECORDS_ROWS.path: _OF_IMPORTS,
    calls.RECORDS_KEPT.path: _OF_IMPORTS,
}
"""The other calls by which a person reads, and why what they tell is no look; they are kept as
they were asked (`reading`)."""
