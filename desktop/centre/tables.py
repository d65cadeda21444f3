"""The centre's tables: streams, facts, commands, devices, people, and what is read off."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    exists,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.counting import Counting
from desktop.sql.full_text import FullText
from desktop.sql.metadata import APPEND_ONLY
from desktop.sql.types import IsoDate, UtcInstant

# As long as an id. SQLite heeds no length: no table was made anew there to write a larger one.
_OFFICE = String(32).with_variant(String(20), "sqlite")


class CentreRow(Base):
    """One row: who this centre is; its id never changes, `key_id` names its key for letters.

    A new epoch begins when it is restored from a backup. Until `unsigned_until` it takes what a
    program before `signed_acts.SIGNED_LATER` did without a signature; None: never.
    """

    __tablename__ = "centre"
    only: Mapped[int] = mapped_column(Integer, primary_key=True, default=1)
    epoch: Mapped[str] = mapped_column(String(36))
    key_id: Mapped[str] = mapped_column(String(8))
    centre: Mapped[str] = mapped_column(String(36), server_default="")
    unsigned_until: Mapped[datetime | None] = mapped_column(UtcInstant())
    __table_args__ = (CheckConstraint('"only" = 1', name="one_row"),)


class StreamRow(Base):
    """A stream's head, locked by whoever appends: that makes `pos` gapless."""

    __tablename__ = "stream"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    pos: Mapped[int] = mapped_column(Integer, default=0)
    hash: Mapped[str] = mapped_column(String(64))


class FactRow(Base):
    """A fact, for ever."""

    __tablename__ = "fact"
    stream: Mapped[str] = mapped_column(String(40), primary_key=True)
    pos: Mapped[int] = mapped_column(Integer, primary_key=True)
    fact_id: Mapped[str] = mapped_column(String(36))
    case_id: Mapped[str] = mapped_column(String(36))
    rev: Mapped[int] = mapped_column(Integer)
    cause: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime] = mapped_column(UtcInstant)
    canon: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))
    __table_args__ = (
        # By stream first, as each key of what grows most is by its office: such a table can be
        # parted by offices later.
        Index(
            None,
            "stream",
            "case_id",
            "rev",
            unique=True,
            sqlite_where=(rev > 0),
            postgresql_where=(rev > 0),
        ),
        {"info": APPEND_ONLY},
    )


OPEN_CASE = "state NOT IN ('handed-over', 'withdrawn')"
HELD_COMMAND = "state = 'held'"
LOOK_DUE = "sampled <> '' AND looked IS FALSE"
LOOKED, CLAIMED = "looked IS TRUE", "claimed IS TRUE"
RECALLED = "recall IS TRUE"
BOOKED, LAPSING = "state = 'booked'", "lapses_on IS NOT NULL"
ANSWER_DUE, ESCALATED = "answer_by IS NOT NULL", "escalated IS TRUE"
STEP_DUE = "step_due IS NOT NULL"
HELD_BY_EXPERT = "expert <> ''"
UNRECKONED = "waited = -1 AND kind <> 'debt'"
"""The few among many, said as indexes say it: a question in other words does not find them."""
STANDS = "state <> 'voided'"
"""Of a letter: what the citizen waited for. One that was voided is no answer."""


def _few(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class CommandRow(Base):
    """A command as it came, for ever: `(device_id, device_seq, hash)` tells a fork."""

    __tablename__ = "command"
    device_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    device_seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    command_id: Mapped[str] = mapped_column(String(36))
    case_id: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10))
    received_at: Mapped[datetime] = mapped_column(UtcInstant)
    canon: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))
    __table_args__ = (
        CheckConstraint("state IN ('done', 'refused', 'held')", name="state"),
        UniqueConstraint("device_id", "command_id"),
        _few("ix_command_held", "received_at", "device_id", "device_seq", where=HELD_COMMAND),
        {"info": APPEND_ONLY},
    )


class HeldSettledRow(Base):
    """A held command that was tried again and is done or refused now, for ever."""

    __tablename__ = "held_settled"
    device_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    command_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    settled_at: Mapped[datetime] = mapped_column(UtcInstant)
    __table_args__ = (
        CheckConstraint("state IN ('done', 'refused')", name="state"),
        {"info": APPEND_ONLY},
    )


def is_settled() -> ColumnElement[bool]:
    """Of a `CommandRow` that is held: whether it is done or refused by now."""
    return exists().where(
        HeldSettledRow.device_id == CommandRow.device_id,
        HeldSettledRow.command_id == CommandRow.command_id,
    )


class DeviceRow(Base):
    """A desk: its key, how far its commands have come, and what it last `told` of itself.

    `heard_at` is when it called last, `emptied_at` when it last had nothing that was not here. Told
    are its program, its oldest unsent command, the room on its disk, its last backup, how many of
    its acts are held, and of its people (`centre.desk_people`) who is locked out and who learns.
    `salvaged_by` is who agreed that what a revoked one had not sent is taken; `revocation_told`
    that all desks are told of its end.
    """

    __tablename__ = "device"
    device_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    office: Mapped[str] = mapped_column(_OFFICE)
    desk: Mapped[int] = mapped_column(Integer)
    key: Mapped[str] = mapped_column(String(64))
    head_seq: Mapped[int] = mapped_column(Integer, default=0)
    head_hash: Mapped[str] = mapped_column(String(64))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    heard_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    told_version: Mapped[str] = mapped_column(String(20), server_default="")
    told_oldest: Mapped[datetime | None] = mapped_column(UtcInstant)
    told_disk_mb: Mapped[int] = mapped_column(Integer, server_default="0")
    told_backup: Mapped[datetime | None] = mapped_column(UtcInstant)
    told_held: Mapped[int] = mapped_column(Integer, server_default="0")
    told_people: Mapped[str] = mapped_column(Text, server_default="")
    emptied_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    salvaged_by: Mapped[str] = mapped_column(Text, server_default="")
    revocation_told: Mapped[bool] = mapped_column(default=False, server_default=false())
    __table_args__ = (UniqueConstraint("office", "desk"),)


class OfficeRow(Base):
    """An office of the city (`municipality` is the municipality's own), by its id for good.

    `code`, `name` and `authority` are those that it was opened under; what holds on a day stands in
    `office_term`.
    """

    __tablename__ = "office"
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(String(20))
    postal_code: Mapped[str] = mapped_column(String(10))
    district: Mapped[int] = mapped_column(Integer)
    authority: Mapped[str] = mapped_column(Text)
    sample: Mapped[bool] = mapped_column(default=False)
    office_id: Mapped[str] = mapped_column(String(32))
    __table_args__ = (Index(None, "office_id", unique=True),)


class OfficeTermRow(Base):
    """What an office is called and is from a day to a day, and `authority`, the act it rests on.

    `until` is the term's last day; None while no other is known. `kind` is empty where it is not.
    `card` is the whole card (`wire.cards`), empty in terms that a program before wrote: of these
    address, telephone and the like are those of the office's opening.
    """

    __tablename__ = "office_term"
    office_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[date] = mapped_column(IsoDate, primary_key=True)
    until: Mapped[date | None] = mapped_column(IsoDate)
    code: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(Text)
    authority: Mapped[str] = mapped_column(Text)
    card: Mapped[str] = mapped_column(Text, server_default="")


class OfficeCodeRow(Base):
    """Whose a code is for good: letters bear it, so that no other office ever gets it."""

    __tablename__ = "office_code"
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    office_id: Mapped[str] = mapped_column(String(32))


class PersonRow(Base):
    """A member of staff as told in the home stream; `key` for acts, `release_key` for letters."""

    __tablename__ = "person"
    staff_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    office: Mapped[str] = mapped_column(_OFFICE, index=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(12), index=True)
    key: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(Text)
    release_key: Mapped[str] = mapped_column(String(66), server_default="")
    national_id: Mapped[str] = mapped_column(String(10), server_default="")


class PersonKeyRow(Base):
    """The public halves of a person's keys made at one desk; `person` has those of the first."""

    __tablename__ = "person_key"
    staff_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    device_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    release_key: Mapped[str] = mapped_column(String(66))
    made_at: Mapped[datetime] = mapped_column(UtcInstant)


class PersonKeyMadeRow(Base):
    """All keys that a person ever had at a desk: those that `person_key` has, and their former.

    `givers` are the ids of who gave the code that made them (`centre.hands`); empty where the
    centre's own machine did, or a program before.
    """

    __tablename__ = "person_key_made"
    device_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    staff_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    release_key: Mapped[str] = mapped_column(String(66))
    made_at: Mapped[datetime] = mapped_column(UtcInstant)
    givers: Mapped[str] = mapped_column(Text, server_default="")
    __table_args__ = ({"info": APPEND_ONLY},)


class EnrolCodeRow(Base):
    """A code by which a `device`, or a person alone, comes to the office; only sealed is it kept.

    `naming` are its first letters; `tries` counts wrong guesses. `device_id` is who spent it, empty
    before; `givers` go with the keys that it makes.
    """

    __tablename__ = "enrol_code"
    naming: Mapped[str] = mapped_column(String(3), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    sealed: Mapped[str] = mapped_column(String(128))
    office: Mapped[str] = mapped_column(_OFFICE)
    device: Mapped[bool]
    staff_id: Mapped[str] = mapped_column(String(36))
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(12))
    made_at: Mapped[datetime] = mapped_column(UtcInstant)
    expires_at: Mapped[datetime] = mapped_column(UtcInstant)
    tries: Mapped[int] = mapped_column(Integer)
    device_id: Mapped[str] = mapped_column(String(36))
    national_id: Mapped[str] = mapped_column(String(10), server_default="")
    givers: Mapped[str] = mapped_column(Text, server_default="")


CASE_WORDS = FullText("case", "case_id", "folded")
"""What a case is found by (`CaseRow.folded`), as `domain.search_words` writes it."""


class CaseRow(Base):
    """A case as the municipality's queues and boards see it; its truth is its facts.

    `inquiry` is the folded «body/number» of the letter that it answers, empty where none asks;
    `hour` that of the day, in Yazd, at which it was registered; `lapses_on` the last day on which
    what lacks may be brought, while something does. `received_in` is the stream of the office that
    received it, where another finishes it; empty where that is the same. `answer_by` is the last
    day on which an answer after a visit keeps what is promised, while it is the municipality's
    turn; `escalated` that it went by and there is no answer yet, or that another promise was not
    kept. `expert` has it while it is looked at, by staff id. `place` is the address of its
    property, `folded` the words that it is found by.

    `step` is in which it waits since the day `step_since`, `step_by` the last day of its promise
    and `step_to` the role that it escalated to, once they were told; on `step_due` there is
    something to tell of it.
    """

    __tablename__ = "case"
    stream: Mapped[str] = mapped_column(String(40), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    rev: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12))
    status: Mapped[str] = mapped_column(String(12), server_default="")
    outcome: Mapped[str] = mapped_column(String(8))
    first_outcome: Mapped[str] = mapped_column(String(16))
    service: Mapped[str] = mapped_column(String(40))
    tracking: Mapped[str] = mapped_column(String(40))
    applicant: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(60), index=True)
    inquiry: Mapped[str] = mapped_column(Text, index=True, server_default="")
    district: Mapped[int] = mapped_column(Integer)
    received_on: Mapped[date] = mapped_column(IsoDate)
    registered_at: Mapped[datetime] = mapped_column(UtcInstant)
    hour: Mapped[int] = mapped_column(Integer, server_default="0")
    answer_ms: Mapped[int] = mapped_column(Integer)
    due_on: Mapped[date] = mapped_column(IsoDate)
    updated_at: Mapped[datetime] = mapped_column(UtcInstant)
    clerk: Mapped[str] = mapped_column(Text)
    slot_day: Mapped[date | None] = mapped_column(IsoDate)
    slot_half: Mapped[int] = mapped_column(Integer)
    lapses_on: Mapped[date | None] = mapped_column(IsoDate)
    answer_by: Mapped[date | None] = mapped_column(IsoDate)
    escalated: Mapped[bool] = mapped_column(server_default=false())
    inspector: Mapped[str] = mapped_column(Text)
    sampled: Mapped[str] = mapped_column(String(10))
    looked: Mapped[bool] = mapped_column(default=False)
    recall: Mapped[bool] = mapped_column(default=False)
    doubted: Mapped[bool] = mapped_column(default=False)
    claimed: Mapped[bool] = mapped_column(default=False)
    folded: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text, server_default="")
    received_in: Mapped[str] = mapped_column(String(40), server_default="")
    expert: Mapped[str] = mapped_column(String(36), server_default="")
    expert_name: Mapped[str] = mapped_column(Text, server_default="")
    was_sent_back: Mapped[bool] = mapped_column(server_default=false())
    was_escalated: Mapped[bool] = mapped_column(server_default=false())
    step: Mapped[str] = mapped_column(String(12), server_default="")
    step_since: Mapped[date | None] = mapped_column(IsoDate)
    step_by: Mapped[date | None] = mapped_column(IsoDate)
    step_to: Mapped[str] = mapped_column(String(12), server_default="")
    step_due: Mapped[date | None] = mapped_column(IsoDate)
    __table_args__ = (
        # Beside the key, which is by office as that of facts: two offices never have one case.
        Index(None, "case_id", unique=True),
        Index(None, "tracking"),
        Index(None, "due_on", "case_id"),
        Index(None, "stream", "due_on", "case_id"),
        Index(None, "state", "due_on", "case_id"),
        Index(None, "service", "due_on", "case_id"),
        Index(None, "received_on", "case_id"),
        # The newest of a service, by which a file is tried.
        Index(None, "service", "registered_at", "case_id"),
        Index(None, "state", "updated_at"),
        # All that the city's day counts: it is read off the index.
        Index(
            "ix_case_day",
            "received_on",
            "stream",
            "received_in",
            "hour",
            "first_outcome",
            "service",
            "district",
            "answer_ms",
        ),
        _few("ix_case_booked", "slot_day", "slot_half", "case_id", where=BOOKED),
        _few("ix_case_lapsing", "lapses_on", "case_id", where=LAPSING),
        _few("ix_case_answer_due", "answer_by", "case_id", where=ANSWER_DUE),
        _few("ix_case_escalated", "due_on", "case_id", where=ESCALATED),
        _few("ix_case_step_due", "step_due", "case_id", where=STEP_DUE),
        _few("ix_case_expert", "expert", "due_on", "case_id", where=HELD_BY_EXPERT),
        _few("ix_case_open", "due_on", "case_id", where=OPEN_CASE),
        _few("ix_case_look_due", "sampled", "registered_at", where=LOOK_DUE),
        _few("ix_case_looked", "looked", where=LOOKED),
        _few("ix_case_claimed", "due_on", "case_id", where=CLAIMED),
        _few("ix_case_recall", "due_on", "case_id", where=RECALLED),
    )


class PassageRow(Base):
    """A case went from the office of `stream` to that of `heir`, at the revision that says so."""

    __tablename__ = "passage"
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    rev: Mapped[int] = mapped_column(Integer, primary_key=True)
    stream: Mapped[str] = mapped_column(String(40))
    heir: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcInstant)
    __table_args__ = (Index(None, "stream", "at"), {"info": APPEND_ONLY})


class CaseCountRow(Base):
    """How many cases of an office stand where; kept by triggers (`CASE_COUNTING`)."""

    __tablename__ = "case_count"
    stream: Mapped[str] = mapped_column(String(40), primary_key=True)
    service: Mapped[str] = mapped_column(String(40), primary_key=True)
    state: Mapped[str] = mapped_column(String(12), primary_key=True)
    cases: Mapped[int] = mapped_column(Integer)


# By office: who writes holds the lock of its stream, so that no two wait for one count.
CASE_COUNTING = Counting("case", "case_count", ("stream", "service", "state"))


class NumberRow(Base):
    """The last letter number of an office's Jalali year, locked by whoever takes the next."""

    __tablename__ = "number"
    office: Mapped[str] = mapped_column(_OFFICE, primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


class LetterRow(Base):
    """A letter's number is taken once.

    Beside it what letters are counted by: its day in Yazd, and its case's day of receipt, service,
    district and who registered it; the working days in which an answer was given (−1 where that was
    not written down); whether it was ever released.
    """

    __tablename__ = "letter"
    office: Mapped[str] = mapped_column(_OFFICE, primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    serial: Mapped[int] = mapped_column(Integer, primary_key=True)
    letter_id: Mapped[str] = mapped_column(String(36), unique=True)
    case_id: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    signature: Mapped[str] = mapped_column(String(128))
    issued_at: Mapped[datetime] = mapped_column(UtcInstant, index=True)
    state: Mapped[str] = mapped_column(String(10))
    copies: Mapped[int] = mapped_column(Integer, default=0)
    issued_on: Mapped[date | None] = mapped_column(IsoDate)
    received_on: Mapped[date | None] = mapped_column(IsoDate)
    service: Mapped[str] = mapped_column(String(40), server_default="")
    district: Mapped[int] = mapped_column(Integer, server_default="0")
    clerk: Mapped[str] = mapped_column(Text, server_default="")
    waited: Mapped[int] = mapped_column(Integer, server_default="-1")
    was_released: Mapped[bool] = mapped_column(server_default=false())
    __table_args__ = (
        # Whose cases a list of letters opens.
        Index("ix_letter_issued", "issued_on", "case_id", "office", "state", "copies"),
        _few("ix_letter_unreckoned", "issued_on", "received_on", where=UNRECKONED),
    )


class DoubleToldRow(Base):
    """A case's office was told of the other case, by its tracking code."""

    __tablename__ = "double_told"
    stream: Mapped[str] = mapped_column(String(40), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    tracking: Mapped[str] = mapped_column(String(40), primary_key=True)


class SettledPairRow(Base):
    """A bill's pair of ids settles once."""

    __tablename__ = "settled_pair"
    bill_id: Mapped[str] = mapped_column(String(13), primary_key=True)
    payment_id: Mapped[str] = mapped_column(String(13), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36))


class ReferenceRow(Base):
    """A payment's reference of an office and day is one payer's."""

    __tablename__ = "payment_reference"
    stream: Mapped[str] = mapped_column(String(40), primary_key=True)
    method: Mapped[str] = mapped_column(String(10), primary_key=True)
    reference: Mapped[str] = mapped_column(String(60), primary_key=True)
    paid_on: Mapped[date] = mapped_column(IsoDate, primary_key=True)
    payer: Mapped[str] = mapped_column(Text)
    case_id: Mapped[str] = mapped_column(String(36))
    uses: Mapped[int] = mapped_column(Integer, server_default="1")


class InquiryLetterRow(Base):
    """A body's letter number is used by one case."""

    __tablename__ = "inquiry_letter"
    body: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[str] = mapped_column(String(60), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36))


class QuestionRow(Base):
    """A pre-check that was asked, for ever; `subject` names the property that it was about."""

    __tablename__ = "question"
    question_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(UtcInstant)
    device_id: Mapped[str] = mapped_column(String(36))
    actor: Mapped[str] = mapped_column(String(36))
    service: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120), default="")
    found: Mapped[bool] = mapped_column()
    standing: Mapped[bool] = mapped_column()
    __table_args__ = (
        Index(None, "device_id", "asked_at"),
        Index(None, "asked_at"),
        {"info": APPEND_ONLY},
    )


class BlobUseRow(Base):
    """A case names a paper; its office may send it, and who sees the case may read it."""

    __tablename__ = "blob_use"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    stream: Mapped[str] = mapped_column(String(40))
    size: Mapped[int] = mapped_column(Integer)


class BlobRow(Base):
    """A paper that comes or is here: `stored_at` once the whole of it is what its name says.

    `sender` is the stream of the office that sent it; empty while it is on its way. `pictures` is
    of how many pages it is if a picture lies on each, else 0; None where nobody has looked yet.
    """

    __tablename__ = "blob"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(Integer)
    stored_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    sender: Mapped[str] = mapped_column(String(40), server_default="")
    pictures: Mapped[int | None]


class BlobHolderRow(Base):
    """An office that had the whole paper: it sent it, or proved it. Its cases show it."""

    __tablename__ = "blob_holder"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    stream: Mapped[str] = mapped_column(String(40), primary_key=True)
    proven_at: Mapped[datetime] = mapped_column(UtcInstant)
    __table_args__ = ({"info": APPEND_ONLY},)


class ReadingRow(Base):
    """Who read what of cases and of the municipality's data, for ever; `about` names no person."""

    __tablename__ = "reading"
    reading_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    read_at: Mapped[datetime] = mapped_column(UtcInstant)
    device_id: Mapped[str] = mapped_column(String(36))
    actor: Mapped[str] = mapped_column(String(36))
    call: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(200))
    __table_args__ = ({"info": APPEND_ONLY},)


class BlobChunkRow(Base):
    """A chunk of a paper; until all of it came under a name of its sender's own (`blobs`)."""

    __tablename__ = "blob_chunk"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
