"""Every call of the protocol, once: its path, what is asked, what is answered, whether it writes.

Who asks takes the call from here (`actions`, `sync`), and so does who answers (`centre.serve`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from desktop.wire import (
    blobs,
    board,
    board_cases,
    bulletin,
    check_files,
    commissions,
    consultations,
    drafting,
    elsewhere,
    enrolling,
    messages,
    newcomers,
    notices,
    objections,
    office_list,
    offices,
    people,
    publishing,
    readings,
    recalls,
    records,
    recovery,
    registry,
    reviewing,
    second_looks,
    services,
    visit_day,
    visit_plan,
    watch,
)
from desktop.wire import payloads as p

Asked = TypeVar("Asked", bound=p.Body)
Answered = TypeVar("Answered", bound=p.Body)


@dataclass(frozen=True)
class Call(Generic[Asked, Answered]):
    """A call: an `ask` is sent to the path, an `answer` comes back; or a `Fault`.

    `repeatable` is a writing one that by itself does nothing the second time; every other is
    answered as it was before when the same request comes again (`centre.replays`). `most` is how
    many bytes an `ask` may have, `held_s` how many seconds the centre may take beyond what a
    counter waits for.
    """

    path: str
    ask: type[Asked]
    answer: type[Answered]
    writes: bool = False
    repeatable: bool = False
    most: int = 256 * 1024
    held_s: float = 0.0


# Whole service files, whole sheets of the municipality's data: the cards of 2,000 offices, or 3,000
# delegations, each of which names its act and is kept by itself. More is given in parts.
_WHOLE = 2 << 20
# To weigh past requests, to put a whole import into force, or to count a month.
_LONG_S = 600.0

HELLO = Call("/v1/hello", p.HelloAsk, p.HelloAnswer, writes=True, repeatable=True)
REACH = Call("/v1/reach", enrolling.ReachAsk, enrolling.ReachAnswer)
ENROL = Call("/v1/enrol", enrolling.EnrolAsk, enrolling.EnrolAnswer, writes=True, repeatable=True)
ENROL_PERSON = Call(
    "/v1/enrol-person", enrolling.EnrolPersonAsk, enrolling.EnrolPersonAnswer, writes=True
)
# Two megabytes of commands: each quote in them takes a byte more as text of the body.
PUSH = Call("/v1/push", p.PushAsk, p.PushAnswer, writes=True, repeatable=True, most=3 << 20)
PULL = Call("/v1/pull", p.PullAsk, p.PullAnswer)
WAIT = Call("/v1/wait", p.WaitAsk, p.WaitAnswer)
RECOVERY = Call(
    "/v1/recovery", recovery.RecoveryAsk, recovery.RecoveryAnswer, writes=True, repeatable=True
)
GIVE_BACK = Call(
    "/v1/give-back",
    recovery.GiveBackAsk,
    recovery.GiveBackAnswer,
    writes=True,
    repeatable=True,
    most=recovery.MOST_BYTES * 2,
)
PRECHECK = Call("/v1/precheck", p.PrecheckAsk, p.PrecheckAnswer, writes=True)
PROPERTY_PLACE = Call("/v1/property-place", p.PropertyPlaceAsk, p.PropertyPlaceAnswer, writes=True)
SLOTS = Call("/v1/slots", p.SlotsAsk, p.SlotsAnswer)
COMMISSIONS = Call("/v1/commissions", commissions.CommissionsAsk, commissions.CommissionsAnswer)
DRAFT_LETTER = Call("/v1/draft-letter", drafting.DraftLetterAsk, drafting.DraftLetterAnswer)
VISIT_WEEK = Call("/v1/visit-week", visit_plan.VisitWeekAsk, visit_plan.VisitWeekAnswer)
VISIT_DAY = Call("/v1/visit-day", visit_day.VisitDayAsk, visit_day.VisitDayAnswer)
VISITS_TO_MOVE = Call(
    "/v1/visits-to-move", visit_plan.VisitsToMoveAsk, visit_plan.VisitsToMoveAnswer
)
MOVE_VISITS = Call(
    "/v1/move-visits",
    visit_plan.MoveVisitsAsk,
    visit_plan.VisitsToMoveAnswer,
    writes=True,
    held_s=_LONG_S,
)
VISITS_MOVED = Call("/v1/visits-moved", visit_plan.VisitsMovedAsk, visit_plan.VisitsMovedAnswer)
VISIT_CALLED = Call(
    "/v1/visit-called", visit_plan.VisitCalledAsk, visit_plan.VisitCalledAnswer, writes=True
)
CONSULTATIONS = Call(
    "/v1/consultations", consultations.ConsultationsAsk, consultations.ConsultationsAnswer
)
RECALLS = Call("/v1/recalls", recalls.RecallsAsk, recalls.RecallsAnswer)
OBJECTIONS = Call("/v1/objections", objections.ObjectionsAsk, objections.ObjectionsAnswer)
OBJECTION = Call("/v1/objection", objections.ObjectionAsk, objections.ObjectionAnswer)
CASE = Call("/v1/case", p.CaseAsk, p.CaseAnswer)
REVIEW_FILE = Call("/v1/review-file", reviewing.ReviewFileAsk, reviewing.ReviewFileAnswer)
QUEUE = Call("/v1/queue", p.QueueAsk, p.QueueAnswer)
BOARD = Call("/v1/board", board.BoardAsk, board.BoardAnswer)
BOARD_CASES = Call("/v1/board-cases", board_cases.BoardCasesAsk, board_cases.BoardCasesAnswer)
BULLETIN = Call("/v1/bulletin", bulletin.BulletinAsk, bulletin.BulletinAnswer, held_s=_LONG_S)
SECOND_LOOKS = Call("/v1/second-looks", second_looks.SecondLooksAsk, second_looks.SecondLooksAnswer)
LOOK_RECORD = Call(
    "/v1/second-look-record", second_looks.LookRecordAsk, second_looks.LookRecordAnswer
)
ELSEWHERE = Call("/v1/elsewhere", elsewhere.ElsewhereAsk, elsewhere.ElsewhereAnswer, writes=True)
COPY_ELSEWHERE = Call("/v1/copy-elsewhere", elsewhere.CopyAsk, elsewhere.CopyAnswer, writes=True)
CHECK_FILES = Call("/v1/check-files", check_files.CheckFilesAsk, check_files.CheckFilesAnswer)
VERIFY = Call("/v1/verify", p.VerifyAsk, p.VerifyAnswer)
WATCH = Call("/v1/watch", watch.WatchAsk, watch.WatchAnswer)

BLOB_STATE = Call("/v1/blob/state", blobs.BlobAsk, blobs.BlobAnswer)
# A chunk is a third larger as text.
BLOB_PUT = Call(
    "/v1/blob/chunk",
    blobs.ChunkAsk,
    blobs.BlobAnswer,
    writes=True,
    repeatable=True,
    most=blobs.CHUNK * 3 // 2,
)
BLOB_PROVE = Call("/v1/blob/prove", blobs.ProveAsk, blobs.BlobAnswer, writes=True)
SCAN = Call("/v1/scan", blobs.ScanAsk, blobs.BlobAnswer, writes=True)
BLOB_READ = Call("/v1/blob/read", blobs.PaperAsk, blobs.ReadAnswer)

SERVICES = Call("/v1/services", services.MunicipalAsk, services.ServicesAnswer)
SERVICE_VERSION = Call("/v1/service-version", services.VersionAsk, services.VersionAnswer)
SERVICE_CHECK = Call("/v1/check-service", services.ServiceAsk, services.CheckAnswer, most=_WHOLE)
SERVICE_LETTERS = Call(
    "/v1/service-letters", services.ServiceAsk, services.LettersAnswer, most=_WHOLE
)
SERVICE_TRY = Call(
    "/v1/try-service", services.ServiceAsk, services.TryAnswer, most=_WHOLE, held_s=_LONG_S
)

WEIGH = Call(
    "/v1/weigh-publication",
    publishing.WeighAsk,
    publishing.WeighAnswer,
    most=_WHOLE,
    held_s=_LONG_S,
)
PUBLICATIONS = Call("/v1/publications", publishing.PublicationsAsk, publishing.PublicationsAnswer)
PUBLISHED_BY = Call("/v1/published-by", publishing.PublishedByAsk, publishing.PublishedByAnswer)
PREPARE = Call(
    "/v1/prepare-publication",
    publishing.PrepareAsk,
    publishing.PublicationBody,
    writes=True,
    most=_WHOLE,
    held_s=_LONG_S,
)
SIGN = Call(
    "/v1/sign-publication",
    publishing.SignAsk,
    publishing.PublicationBody,
    writes=True,
    held_s=_LONG_S,
)
DECLINE = Call(
    "/v1/decline-publication", publishing.SignAsk, publishing.PublicationBody, writes=True
)
WITHDRAW = Call(
    "/v1/withdraw-published", publishing.WithdrawAsk, publishing.WithdrawAnswer, writes=True
)

STOP = Call("/v1/stop", offices.StopAsk, offices.StopAnswer, writes=True)
STOP_WHOLLY = Call("/v1/stop-wholly", offices.StopWhollyAsk, offices.StopAnswer, writes=True)
HEIR = Call("/v1/heir", offices.HeirAsk, offices.HeirAnswer, writes=True)
OPEN_CASES = Call("/v1/open-cases", offices.OpenCasesAsk, offices.OpenCasesAnswer)
LESSON = Call("/v1/lesson", offices.LessonAsk, offices.LessonAnswer, writes=True)
OFFICES = Call("/v1/offices", registry.OfficesAsk, registry.OfficesAnswer)
OFFICE_LIST = Call("/v1/office-list", office_list.OfficeListAsk, office_list.OfficeListAnswer)
PEOPLE = Call("/v1/people", people.PeopleAsk, people.PeopleAnswer)
ENROL_CODE = Call("/v1/enrol-code", registry.CodeAsk, registry.CodeAnswer, writes=True)
NEWCOMERS = Call("/v1/newcomers", newcomers.NewcomersAsk, newcomers.NewcomersAnswer, writes=True)
CODE_BACK = Call("/v1/code-back", newcomers.CodeBackAsk, newcomers.CodeBackAnswer, writes=True)
REVOKE = Call("/v1/revoke", registry.RevokeAsk, registry.RevokeAnswer, writes=True)
CONVERSION = Call("/v1/conversion", registry.ConversionAsk, registry.ConversionAnswer)
CONVERSION_STEP = Call(
    "/v1/conversion-step", registry.ConversionStepAsk, registry.ConversionAnswer, writes=True
)
ANNOUNCE = Call(
    "/v1/announce", notices.AnnounceAsk, notices.AnnounceAnswer, writes=True, most=512 * 1024
)
NOTICES_READ = Call(
    "/v1/notices-read", notices.NoticesReadAsk, notices.NoticesReadAnswer, writes=True
)
MESSAGES = Call("/v1/messages", messages.MessagesAsk, messages.MessagesAnswer)
NOTICE_READERS = Call("/v1/notice-readers", notices.ReadersAsk, notices.ReadersAnswer)

READINGS = Call(
    "/v1/readings",
    readings.TellReadingsAsk,
    readings.TellReadingsAnswer,
    writes=True,
    repeatable=True,
    most=readings.MOST_LINES * readings.LONGEST_LINE * 3,
)
READING_LOG = Call("/v1/reading-log", readings.ReadingsAsk, readings.ReadingsAnswer)
READER = Call("/v1/reader", readings.ReaderAsk, readings.ReaderAnswer)
ASK_READER = Call("/v1/ask-reader", readings.AskReaderAsk, readings.AskedAnswer, writes=True)
REPLY_READING = Call(
    "/v1/reply-reading", readings.ReplyReadingAsk, readings.AskedAnswer, writes=True
)

RECORDS_UPLOAD = Call(
    "/v1/records/upload",
    records.UploadAsk,
    records.UploadAnswer,
    writes=True,
    repeatable=True,
    most=records.CHUNK * 3 // 2,
)
RECORDS_READ = Call("/v1/records/read", records.ReadAsk, records.ImportAnswer, writes=True)
RECORDS_STOP = Call("/v1/records/stop", records.ExportAsk, records.Done, writes=True)
RECORDS_STATE = Call("/v1/records/state", records.ActorAsk, records.StateAnswer)
RECORDS_ROWS = Call("/v1/records/rows", records.RowsAsk, records.RowsAnswer)
RECORDS_FORCE = Call(
    "/v1/records/force",
    records.ForceAsk,
    records.Done,
    writes=True,
    most=_WHOLE,
    held_s=_LONG_S,
)
RECORDS_BACK = Call("/v1/records/back", records.BackAsk, records.Done, writes=True, held_s=_LONG_S)
RECORDS_KEPT = Call("/v1/records/kept", records.ActorAsk, records.KeptAnswer)
RECORDS_LIFT = Call("/v1/records/lift", records.LiftAsk, records.Done, writes=True)

ALL: tuple[Call[Any, Any], ...] = tuple(
    each for each in tuple(globals().values()) if isinstance(each, Call)
)
