"""Service files under way at the municipality's desk: kept by themselves, read with no line."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from desktop.actions import drafts, intake, publishing
from desktop.actions.desk import Desk, Seat
from desktop.domain.calendar import LAST_DAY
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.service import Service
from desktop.forms.charges import charge_faults, placed
from desktop.forms.differing import differences
from desktop.forms.examples import faults_of, tested
from desktop.forms.faults import FaultyFile
from desktop.forms.loader import load
from desktop.forms.source import Source
from desktop.forms.untested import untested
from desktop.settings import resources
from desktop.store.drafts import Draft
from desktop.wire.bounds import FIRST_DAY
from desktop.wire.services import CheckAnswer, ExampleBody, FaultBody

KIND = "service-file"
"""What a draft of a service's file is kept as, among the person's other drafts."""
_CODE = re.compile(r'(?m)^code\s*=\s*"([^"\n]*)"')
_TITLE = re.compile(r'(?m)^title\s*=\s*"([^"\n]*)"')
_EFFECTIVE = re.compile(r"(?m)^effective\s*=\s*(\d{4}-\d{2}-\d{2})")
_NEW = "خدمت تازه"


@dataclass(frozen=True)
class FileDraft:
    """A file as its author left it; `version` is the one it was begun from, empty for a new one."""

    draft_id: str
    text: str
    version: str
    updated_at: datetime

    @property
    def code(self) -> str:
        """The code that the text names, readable or not."""
        return code_of(self.text)

    @property
    def title(self) -> str:
        """The title that the text names, or «خدمت تازه»."""
        return title_of(self.text)


def code_of(text: str) -> str:
    """The code that a file's text names, also of one that can't be read; empty for none."""
    found = _CODE.search(text)
    return found[1] if found else ""


def title_of(text: str) -> str:
    """The title that a file's text names, also of one that can't be read."""
    found = _TITLE.search(text)
    return found[1] if found and found[1] else _NEW


def day_of(text: str) -> date | None:
    """The day from which a file's text says it holds; None where no day can be read, or asked of
    the centre: of such a day the file's own check tells."""
    found = _EFFECTIVE.search(text)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
    return day if day is not None and FIRST_DAY <= day <= LAST_DAY else None


def name_of(text: str) -> str:
    """The file's name, as faults give it."""
    return f"{code_of(text) or 'new'}.toml"


def pattern(today: date) -> str:
    """The commented pattern of a new service, from tomorrow on."""
    text = (resources() / "service" / "new.toml").read_text(encoding="utf-8")
    return text.replace("EFFECTIVE", (today + timedelta(days=1)).isoformat())


def keep(seat: Seat, draft_id: str, text: str, version: str) -> None:
    """Keep the file as it is written now, with its person and desk."""
    body = json.dumps({"text": text, "version": version}, ensure_ascii=False)
    drafts.save(seat, draft_id, KIND, title_of(text), body)


def begin(seat: Seat, text: str, version: str = "") -> str:
    """A new draft of the text; gives its id."""
    draft_id = drafts.new_draft_id()
    keep(seat, draft_id, text, version)
    return draft_id


def kept(seat: Seat) -> list[FileDraft]:
    """The person's files under way, the last touched first."""
    return [_file(draft) for draft in drafts.mine(seat) if draft.service == KIND]


def opened(seat: Seat, draft_id: str) -> FileDraft:
    """A file under way. Raises Refusal when it was published or deleted."""
    draft = drafts.open_draft(seat.desk, draft_id)
    if draft is None:
        raise Refusal("این پیش‌نویس دیگر نیست؛ منتشر یا حذف شده است.")
    return _file(draft)


def _file(draft: Draft) -> FileDraft:
    held = json.loads(draft.body)
    return FileDraft(draft.draft_id, held["text"], held["version"], draft.updated_at)


@dataclass(frozen=True)
class Formed:
    """What a file's text makes of itself at this desk: the service and its office fee, Rial.

    Without a service the faults say why; the cautions are of what no example tries.
    """

    service: Service | None
    fee: int
    faults: tuple[FaultBody, ...] = ()
    cautions: tuple[FaultBody, ...] = ()


def formed(desk: Desk, text: str) -> Formed:
    """Read the file with no line: its form, or all that is wrong with its text."""
    try:
        service = load(text, name_of(text))
    except FaultyFile as no:
        told = [FaultBody(line=f.line, key=f.key, words=f.advice) for f in no.file_faults]
        return Formed(None, 0, tuple(told))
    try:
        fee = intake.office_fee(publishing.held(desk).city, service)
    except Refusal:
        # Which tariff lacks is told by the check.
        fee = 0
    cautions = [FaultBody(line=c.line, key=c.key, words=c.words) for c in untested(text, service)]
    return Formed(service, fee, cautions=tuple(cautions))


@dataclass(frozen=True)
class Looked:
    """All that was found wrong, and the examples; `whole` unless the line was down for it."""

    faults: tuple[FaultBody, ...]
    examples: tuple[ExampleBody, ...]
    whole: bool


def look_over(seat: Seat, text: str) -> Looked:
    """The centre's check of the file for its day; with no line what can be checked here."""
    today = publishing.held(seat.desk).day
    day = day_of(text) or today
    try:
        told: CheckAnswer = publishing.check(seat, name_of(text), text, day)
    except LineDown:
        return _looked_here(seat.desk, text, day)
    return Looked(tuple(told.faults), tuple(told.examples), whole=True)


def _looked_here(desk: Desk, text: str, day: date) -> Looked:
    found = formed(desk, text)
    service = found.service
    if service is None:
        return Looked(found.faults, (), whole=False)
    name = name_of(text)
    known = publishing.held(desk, max(day, publishing.held(desk).day))
    source = Source(text, name)
    came = tested(service, day, known.city)
    charged = charge_faults(service, known.city, known.services.get(service.code))
    told = source.placed(
        [
            *placed(charged, source.text, name),
            *(source.fault(("example", each.number), each.words) for each in faults_of(came)),
        ]
    )
    faults = FaultyFile(told).file_faults
    examples = tuple(
        ExampleBody.model_validate({**asdict(each), "gates": list(each.gates)}) for each in came
    )
    bodies = tuple(FaultBody(line=each.line, key=each.key, words=each.advice) for each in faults)
    return Looked(bodies, examples, whole=False)


@dataclass(frozen=True)
class FileDifference:
    """What a file says otherwise than the version in force the day before it holds."""

    before: Service | None
    lines: tuple[str, ...]


def difference(desk: Desk, service: Service, day: date) -> FileDifference:
    """The file against the version that it would follow; told by this desk, with no line."""
    with desk.store.reading() as session:
        earlier = max(desk.today(session), day - timedelta(days=1))
        before = desk.reference.services(session, earlier).get(service.code)
    return FileDifference(before, tuple(differences(before, service)))
