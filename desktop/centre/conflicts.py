"""What others did to a case since the actor last saw it (SYNC.md "Conflicts")."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.tables import CommandRow
from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.calendar import TEHRAN
from desktop.domain.consultation import ConsultationDropped, ConsulteeReplied
from desktop.domain.errors import Refusal
from desktop.domain.people import Role, Staff
from desktop.domain.stream import Fact
from desktop.sql import memo

_OVERTAKEN = "پس از آنچه دیده‌اید، درخواست اصلاح شده است؛ پرونده را دوباره ببینید."
_BY_COLLEAGUE = "همکار شما این مورد را پیش از شما تغییر داده است؛ مقدار او مانده است."
_AT_OTHER_DESK = "این مورد را خود شما در باجهٔ دیگری تغییر داده‌اید؛ مقدار آن باجه مانده است."
_MOVED = "نوبت این بازدید پس از آنچه دیده‌اید جابه‌جا شده است؛ نوبت تازه را ببینید."
_SENT = "sent now"
DECIDES = (
    c.ClearGates,
    c.RefuseCase,
    c.SendToCommission,
    c.Consult,
    c.EnterCommissionResult,
    c.EndRulingTerm,
    c.AnswerObjection,
    c.OrderVisit,
    c.SignObjection,
    c.ReleaseLetter,
)
"""What rests on the request as it was seen: an amendment that was not overtakes it."""
PROPOSES = (c.Recommend, c.Countersign, c.Challenge)
WEIGHED = (
    f.Amended,
    f.AmountPaid,
    f.AllSettled,
    f.PaymentVoided,
    f.PaymentClaimed,
    f.ClaimAnswered,
    f.RecordsTakenBack,
    f.DoubleTold,
    f.CommissionDecided,
    f.FineCleared,
    f.Recommended,
    f.Challenged,
    ConsulteeReplied,
    ConsultationDropped,
    f.RulingObjected,
    f.RulingFinal,
)
"""What a proposal weighs: none is made or signed beside one of these that was not seen."""
_COUNTER = (Role.CLERK, Role.MANAGER)
_LOOKED_AT = (f.Decided, f.LetterIssued, f.LetterVoided)
"""What a second look is at: it says nothing of an answer that was not seen."""
_ANSWERS = (c.AnswerObjection, c.SignObjection)
_ANSWERED = (f.ObjectionAnswered, f.ObjectionSigned, f.VisitReported)
"""What the word on an objection is about: none is given beside one of these that was not seen."""
_ANOTHER_ANSWER = "پاسخ این پرونده پس از آنچه دیده‌اید تغییر کرده است؛ پاسخ تازه را ببینید."
_OTHER_PAPER = "«{}» را همکارتان زودتر پیوست کرد؛ آن را ببینید و اگر باید، دوباره پیوست کنید."
_GONE_ON = "این پرونده پس از آنچه دیده‌اید تغییر کرد؛ نظر شما نگه داشته شد، پرونده را دوباره ببینید."


@dataclass
class Overtaken(Refusal):
    """The same field was changed elsewhere; both values are told, side by side.

    `own` tells that the same person did it, at another desk.
    """

    key: str
    mine: str
    theirs: str
    own: bool = False

    def __post_init__(self) -> None:
        super().__init__(_AT_OTHER_DESK if self.own else _BY_COLLEAGUE, field=self.key)


def demand_fresh(session: Session, command: c.Command, actor: Staff, facts: Sequence[Fact]) -> None:
    """Raise Refusal when the command rests on a revision that an amendment has overtaken, or moves
    a visit that somebody else has moved meanwhile: its citizen was told of another day.

    Amendments of different fields both stand; of the same field the first at the centre stands.
    What the same desk sent before was on its screen though it was not confirmed: that is no
    conflict. `facts` are the case's.
    """
    since = [fact for fact in facts if fact.rev > command.base_rev]
    if isinstance(command.payload, PROPOSES) and any(
        isinstance(fact.payload, WEIGHED) for fact in since
    ):
        raise Refusal(_GONE_ON, field="changed")
    if isinstance(command.payload, _ANSWERS) and any(
        isinstance(fact.payload, _ANSWERED) for fact in since
    ):
        raise Refusal(_GONE_ON, field="changed")
    if isinstance(command.payload, c.SecondLook) and any(
        isinstance(fact.payload, _LOOKED_AT) for fact in since
    ):
        raise Refusal(_ANOTHER_ANSWER)
    if _moves_on(command, actor):
        moved = {fact.cause for fact in since if isinstance(fact.payload, f.SlotMoved)}
        if moved - _sent_before(session, command, moved):
            raise Refusal(_MOVED, field="slot")
    later = [fact for fact in since if isinstance(fact.payload, f.Amended)]
    if not later:
        return
    seen = _sent_before(session, command, {fact.cause for fact in later})
    # At the counter who sends back has the citizen and his papers there.
    sends_back = isinstance(command.payload, c.ReturnCase) and actor.role not in _COUNTER
    decides = isinstance(command.payload, DECIDES) or sends_back
    if decides and any(fact.cause not in seen for fact in later):
        raise Refusal(_OVERTAKEN)
    if isinstance(command.payload, c.Amend):
        for key, mine in command.payload.changes.items():
            _demand_own(command, later, seen, key, mine)
        _demand_own_papers(command.payload, later, seen)


def _moves_on(command: c.Command, actor: Staff) -> bool:
    """Whether a visit to come is moved: on which day one took place an inspector tells anyway."""
    payload = command.payload
    if not isinstance(payload, c.MoveVisit):
        return False
    today = command.made_at.astimezone(TEHRAN).date()
    # A planner also moves to later today.
    return actor.role is Role.PLANNER or payload.slot.day > today


def _demand_own(
    command: c.Command, later: Sequence[Fact], seen: Collection[str], key: str, mine: str
) -> None:
    """Raise Overtaken when what stands in the field is another value that was not on the screen."""
    for fact in reversed(later):
        if not isinstance(fact.payload, f.Amended) or key not in fact.payload.changes:
            continue
        theirs = fact.payload.changes[key]
        if fact.cause not in seen and theirs != mine:
            raise Overtaken(key, mine, theirs, own=fact.actor == command.actor)
        return


def _demand_own_papers(payload: c.Amend, later: Sequence[Fact], seen: Collection[str]) -> None:
    """Raise Refusal where a paper was put in the place of one that was not on the screen: the first
    at the centre stands, and neither is lost unseen."""
    own = {document.key: document for document in payload.documents}
    for fact in later:
        if not isinstance(fact.payload, f.Amended) or fact.cause in seen:
            continue
        for theirs in fact.payload.documents:
            mine = own.get(theirs.key)
            if mine is not None and mine != theirs:
                raise Refusal(_OTHER_PAPER.format(theirs.title), field=f"document.{theirs.key}")


def note_sent(session: Session, command: c.Command) -> None:
    """The command is done now, and is not written yet."""
    memo.put(session, (_SENT, command.command_id), command.device_id)


def _sent_before(session: Session, command: c.Command, causes: Collection[str]) -> set[str]:
    """Which of these commands came earlier from the same desk."""
    now = {cause for cause in causes if memo.known(session, (_SENT, cause)) == command.device_id}
    sent = select(CommandRow.command_id).where(
        CommandRow.command_id.in_(set(causes) - now),
        CommandRow.device_id == command.device_id,
        CommandRow.device_seq < command.device_seq,
    )
    return now | set(session.scalars(sent))
