"""The tables of an office's store, typed; SYNC.md "What is kept" says what the first ones hold."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, UniqueConstraint, false, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from desktop.sql.metadata import APPEND_ONLY, new_metadata
from desktop.sql.types import IsoDate, UtcInstant


class Base(DeclarativeBase):
    """The tables of one store file."""

    metadata = new_metadata()
    type_annotation_map = {str: Text, bytes: LargeBinary, date: IsoDate, datetime: UtcInstant}


class MetaRow(Base):
    """The one row that says whose store this is and how far it has come with the centre."""

    __tablename__ = "meta"
    __table_args__ = (CheckConstraint("id = 1", "one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    device_id: Mapped[str]
    office: Mapped[str]
    desk: Mapped[int]
    home: Mapped[str]
    epoch: Mapped[str]
    acked_to: Mapped[int]
    clock_offset_ms: Mapped[int]
    records_as_of: Mapped[date | None]
    last_heard: Mapped[datetime | None]
    stopped: Mapped[str]
    alarm: Mapped[str]
    centre: Mapped[str] = mapped_column(server_default="")
    heads_key: Mapped[str] = mapped_column(server_default="")
    answers_key: Mapped[str] = mapped_column(server_default="")
    backup_at: Mapped[datetime | None]
    backup_fault: Mapped[str] = mapped_column(server_default="")
    training: Mapped[bool] = mapped_column(server_default=false())
    readings_told: Mapped[int] = mapped_column(server_default="0")


TAKEN_EARLIER = 'instr(canon, \'"taken_at":"\') > 0'
"""Facts of money that the centre heard of on a later day than that on which it was taken.

As of `WAITING`: in other words it finds no index.
"""


class FactRow(Base):
    """A fact as it came, with its place in its stream's chain."""

    __tablename__ = "fact"
    __table_args__ = (
        Index(None, "case_id", "rev"),
        Index(None, "cause"),
        Index(None, "kind", "at"),
        Index("ix_fact_taken_earlier", "at", sqlite_where=text(TAKEN_EARLIER)),
        {"info": APPEND_ONLY},
    )

    stream: Mapped[str] = mapped_column(primary_key=True)
    pos: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    rev: Mapped[int]
    cause: Mapped[str]
    kind: Mapped[str]
    at: Mapped[datetime]
    canon: Mapped[str]
    hash: Mapped[str]


class CursorRow(Base):
    """The last fact applied of a stream, and the chain's value there, as the centre signed both: in
    which epoch and at which moment (to its last digit); empty where an earlier program moved it."""

    __tablename__ = "cursor"

    stream: Mapped[str] = mapped_column(primary_key=True)
    pos: Mapped[int]
    hash: Mapped[str]
    epoch: Mapped[str] = mapped_column(server_default="")
    at: Mapped[str] = mapped_column(server_default="")
    signature: Mapped[str] = mapped_column(server_default="")


class DayCloseRow(Base):
    """How a day's till was closed against terminal or bank; what it said of payments are facts."""

    __tablename__ = "day_close"
    __table_args__ = (Index(None, "day"), {"info": APPEND_ONLY})

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    tool: Mapped[str]
    counted: Mapped[int]
    booked: Mapped[int]
    note: Mapped[str]
    closed_by: Mapped[str]
    closed_at: Mapped[datetime]


class RegisterFileRow(Base):
    """The PDF of a day's register, named by its own sha256: drawn where the day was closed."""

    __tablename__ = "register_file"
    __table_args__ = ({"info": APPEND_ONLY},)

    sha256: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date]
    drawn_at: Mapped[datetime]
    pdf: Mapped[bytes]


class ReadingRow(Base):
    """A look at a case at this desk, as a line of the desk's own chain."""

    __tablename__ = "reading"
    __table_args__ = (Index(None, "at"), {"info": APPEND_ONLY})

    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    canon: Mapped[str]
    hash: Mapped[str]


class OutboxRow(Base):
    """A command of this desk, frozen when it was made."""

    __tablename__ = "outbox"
    __table_args__ = (UniqueConstraint("command_id"), Index(None, "case_id"), {"info": APPEND_ONLY})

    device_seq: Mapped[int] = mapped_column(primary_key=True)
    command_id: Mapped[str]
    case_id: Mapped[str]
    kind: Mapped[str]
    actor: Mapped[str]
    made_at: Mapped[datetime]
    canon: Mapped[str]
    hash: Mapped[str]


WAITING, TROUBLE = "provisional = 1", "(refused = 1 OR recall = 1 OR needs_update = 1)"
STEP_LATE = "step_late = 1"
"""Cases not settled at the centre, and those that a person must look at.

A question that says it in other words does not find the index.
"""


class CaseRow(Base):
    """What the queue shows of a case: confirmed facts and the effect of unsettled commands.

    `rank` puts what waits for the office first: 0 ours, 1 somebody else's, 2 closed. `words` is
    what the search table holds of it, needed to take it out again.
    """

    __tablename__ = "case_row"
    __table_args__ = (
        UniqueConstraint("case_id"),
        Index(None, "rank", "due_on", "id"),
        Index(None, "state", "due_on", "id"),
        Index(None, "received_on", "id"),
        Index(None, "received_at", "id"),
        Index(None, "updated_at", "id"),
        Index(None, "applicant_sort", "id"),
        Index(None, "applicant_id"),
        Index(None, "tracking"),
        Index(None, "code"),
        Index(None, "plate"),
        Index(None, "letter_number"),
        Index(None, "letter_state", "state"),
        Index(None, "linked_to"),
        Index(None, "due_on", "id"),
        Index(None, "service", "due_on", "id"),
        Index(None, "service", "rank", "due_on", "id"),
        # Of a million cases a handful.
        Index("ix_case_row_waiting", "updated_at", "id", sqlite_where=text(WAITING)),
        Index(
            "ix_case_row_trouble",
            "rank",
            "due_on",
            "id",
            sqlite_where=text(TROUBLE),
        ),
        Index("ix_case_row_step_late", "rank", "due_on", "id", sqlite_where=text(STEP_LATE)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    stream: Mapped[str]
    rev: Mapped[int]
    state: Mapped[str]
    rank: Mapped[int]
    status: Mapped[str] = mapped_column(server_default="")
    outcome: Mapped[str]
    first_outcome: Mapped[str]
    service: Mapped[str]
    applicant: Mapped[str]
    applicant_sort: Mapped[str]
    applicant_id: Mapped[str]
    mobile: Mapped[str]
    code: Mapped[str]
    plate: Mapped[str]
    tracking: Mapped[str]
    received_on: Mapped[date]
    received_at: Mapped[datetime]
    due_on: Mapped[date]
    updated_at: Mapped[datetime]
    registered_by: Mapped[str]
    provisional: Mapped[bool]
    refused: Mapped[bool]
    recall: Mapped[bool]
    needs_update: Mapped[bool]
    slot_day: Mapped[date | None]
    slot_half: Mapped[int]
    letter_number: Mapped[str]
    letter_state: Mapped[str]
    next_step: Mapped[str]
    linked_to: Mapped[str] = mapped_column(server_default="")
    came_from: Mapped[str] = mapped_column(server_default="")
    step_by: Mapped[date | None]
    step_late: Mapped[bool] = mapped_column(server_default=false())
    address: Mapped[str] = mapped_column(server_default="")
    words: Mapped[str]


class CaseCountRow(Base):
    """How many rows of `case_row` stand where; kept by triggers (`case_counts`)."""

    __tablename__ = "case_count"

    service: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True)
    cases: Mapped[int]


class WorkItemRow(Base):
    """Something that a person must look at: a refused or held act, a letter to be voided."""

    __tablename__ = "work_item"
    __table_args__ = (Index(None, "case_id"), Index(None, "done_at", "at"))

    item_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    case_id: Mapped[str]
    command_id: Mapped[str]
    command_kind: Mapped[str]
    actor: Mapped[str]
    words: Mapped[str]
    key: Mapped[str]
    mine: Mapped[str]
    theirs: Mapped[str]
    detail: Mapped[str] = mapped_column(server_default="{}")
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str]


class DraftRow(Base):
    """A form not yet registered: it never leaves its desk and its person."""

    __tablename__ = "draft"
    __table_args__ = (Index(None, "owner", "updated_at"),)

    draft_id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    service: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    made_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class BlobRow(Base):
    """A citizen's paper, a page or the PDF of a document, named by the sha256 of its content.

    `draft` while only a form under way knows it, `named` once a command does, `stored` when the
    centre has all of it, `unasked` when no fact at the centre names it, `broken` when the content
    is no longer what its name says.
    """

    __tablename__ = "blob"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'named', 'stored', 'unasked', 'broken')", "state"),
        Index(None, "state", "kept_at"),
    )

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    state: Mapped[str]
    kept_at: Mapped[datetime]
    content: Mapped[bytes]


class LetterFileRow(Base):
    """A drawn copy of a letter, named by its own sha256: kept, shown, printed and archived."""

    __tablename__ = "letter_file"
    __table_args__ = (Index(None, "letter_id", "copy"), {"info": APPEND_ONLY})

    sha256: Mapped[str] = mapped_column(primary_key=True)
    letter_id: Mapped[str]
    copy: Mapped[int]
    layout: Mapped[int]
    release: Mapped[str]
    drawn_at: Mapped[datetime]
    pdf: Mapped[bytes]


class LetterSeenRow(Base):
    """A letter that a person had on screen to its end, and on which day; it never leaves here."""

    __tablename__ = "letter_seen"
    __table_args__ = (Index(None, "person", "day"),)

    letter_id: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    case_id: Mapped[str]


class AnswerToldRow(Base):
    """That a citizen was told of an answer that came late; it never leaves here."""

    __tablename__ = "answer_told"

    case_id: Mapped[str] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]
    person: Mapped[str]


UNSAID = "said = ''"
"""The few sheets among many of which nobody has spoken, said as the index says it."""


class PrintRow(Base):
    """One sending to a printer: `spooling` is written before the spooler is asked; `said` is what a
    person said of the sheet that came out (`ledger.SheetSaid`), empty until then. The sheets are
    those in the printer, where they have numbers; else 0."""

    __tablename__ = "print_ledger"
    __table_args__ = (
        CheckConstraint("state IN ('spooling', 'printed', 'failed', 'unknown')", "state"),
        Index(None, "letter_id"),
        Index(None, "state"),
        Index("ix_print_ledger_unsaid", "id", sqlite_where=text(UNSAID)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    letter_id: Mapped[str]
    copy: Mapped[int]
    sha256: Mapped[str]
    printer: Mapped[str]
    actor: Mapped[str]
    reason: Mapped[str]
    state: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    said: Mapped[str] = mapped_column(server_default="readable")
    series: Mapped[str] = mapped_column(server_default="")
    sheet_first: Mapped[int] = mapped_column(server_default="0")
    sheet_last: Mapped[int] = mapped_column(server_default="0")


class CopyElsewhereRow(Base):
    """The copy of another office's letter that is under way or was printed last: the question it
    was asked for under, the letter's number, and the copy's, 0 until the centre has given it."""

    __tablename__ = "copy_elsewhere"

    letter_id: Mapped[str] = mapped_column(primary_key=True)
    ask_id: Mapped[str]
    number: Mapped[str]
    copy: Mapped[int]


class PersonRow(Base):
    """A member of the home stream's staff, as enrolled last."""

    __tablename__ = "person"

    staff_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[str]
    office: Mapped[str]
    key: Mapped[str]
    title: Mapped[str]
    release_key: Mapped[str] = mapped_column(server_default="")
    national_id: Mapped[str] = mapped_column(server_default="")


class ReleaseKeyRow(Base):
    """The public half of a key for releases that a person got at some desk; kept for ever."""

    __tablename__ = "release_key"

    staff_id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)


class PersonKeyRow(Base):
    """A person's private keys at this desk, wrapped by the password; its check too."""

    __tablename__ = "person_key"

    staff_id: Mapped[str] = mapped_column(primary_key=True)
    wrapped: Mapped[str]
    made_at: Mapped[datetime]


class SignInTriesRow(Base):
    """How many wrong passwords in a row a person gave at this desk, the last of them when."""

    __tablename__ = "sign_in_tries"

    staff_id: Mapped[str] = mapped_column(primary_key=True)
    wrong: Mapped[int]
    last_at: Mapped[datetime]


class SignInHoldRow(Base):
    """Whom the office's manager keeps out of this desk, since when and why."""

    __tablename__ = "sign_in_hold"

    staff_id: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    held_by: Mapped[str]
    cause: Mapped[str]


class TrackingSerialRow(Base):
    """The last serial of a day's tracking codes at this desk."""

    __tablename__ = "tracking_serial"

    day: Mapped[date] = mapped_column(primary_key=True)
    serial: Mapped[int]


class PublishedRow(Base):
    """An item of reference data out of the stream `city`, each saying of it.

    `withdraws` is the day for which a withdrawal takes its version back.
    """

    __tablename__ = "published"
    __table_args__ = (Index(None, "topic", "key", "effective_from", "pos"),)

    pos: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str]
    key: Mapped[str]
    version: Mapped[str]
    effective_from: Mapped[date]
    text: Mapped[str]
    sha256: Mapped[str]
    withdraws: Mapped[date | None]


class CheckFilesRow(Base):
    """One row: what letters are checked with, as the centre gave it out last."""

    __tablename__ = "check_files"

    only: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tag: Mapped[str]
    keys: Mapped[bytes]
    ended: Mapped[bytes]
    asked_at: Mapped[datetime]


class CheckedLetterRow(Base):
    """A paper that somebody at this desk checked; `differing` has a name in each line, `scan` is
    its picture, as PDF, where one is kept."""

    __tablename__ = "checked_letters"
    __table_args__ = (Index(None, "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    staff_id: Mapped[str]
    number: Mapped[str]
    verdict: Mapped[str]
    differing: Mapped[str]
    scan: Mapped[bytes | None]


class NoticeReadRow(Base):
    """A person at this desk has read a notice of the unit; `told_at` once the centre knows."""

    __tablename__ = "notice_read"
    __table_args__ = (
        Index("ix_notice_read_untold", "read_at", sqlite_where=text("told_at IS NULL")),
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(primary_key=True)
    read_at: Mapped[datetime]
    told_at: Mapped[datetime | None]


class LessonSheetRow(Base):
    """A sheet of answers to a lesson: one person's, one variant's, handed in once."""

    __tablename__ = "lesson_sheet"
    __table_args__ = (Index(None, "staff_id", "service", "version"),)

    sheet_id: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str]
    service: Mapped[str]
    version: Mapped[str]
    lesson: Mapped[int]
    variant: Mapped[int]
    begun_at: Mapped[datetime]
    typed: Mapped[str]
    marked_at: Mapped[datetime | None]
    right: Mapped[int]
    of: Mapped[int]
    passed: Mapped[bool]


class LessonRecordRow(Base):
    """That a person passed all lessons of a service's version: the call that tells the centre.

    `since` once the centre took it, `refused` in its words when it did not.
    """

    __tablename__ = "lesson_record"
    __table_args__ = (
        Index(
            "ix_lesson_record_waiting",
            "made_at",
            sqlite_where=text("since IS NULL AND refused = ''"),
        ),
    )

    sheet_id: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str]
    service: Mapped[str]
    version: Mapped[str]
    score: Mapped[str]
    made_at: Mapped[datetime]
    ask: Mapped[str]
    since: Mapped[date | None]
    refused: Mapped[str]


class VisitDayRow(Base):
    """The days of an inspector as the centre last told them here, JSON text."""

    __tablename__ = "visit_day"

    staff_id: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]
    told_at: Mapped[datetime]


class VisitOrderRow(Base):
    """In what order an inspector goes through a day: the ids of its cases, a JSON list."""

    __tablename__ = "visit_order"

    staff_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    cases: Mapped[str]


HEAD = "0037_copies_elsewhere"
