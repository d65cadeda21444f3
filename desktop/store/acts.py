"""What a person does, as one unit: checked as lawful, put in the outbox, shown in the view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from desktop.domain.case import Case
from desktop.domain.commands import (
    Amend,
    Command,
    EnterReply,
    HandOver,
    MissVisit,
    Payload,
    PrintLetter,
    Register,
    ReportVisit,
)
from desktop.domain.errors import Refusal
from desktop.domain.lawful import handle
from desktop.domain.people import Staff
from desktop.domain.request import DocumentFile
from desktop.domain.setting import Facts
from desktop.store import blobs, outbox, view
from desktop.store.outbox import Signer
from desktop.store.steps import Step, go_on
from desktop.store.view import SettingFor, View

_NEWER = (
    "این پرونده را نسخهٔ تازه‌تری از برنامه نوشته است؛ برنامه را به‌روز کنید تا بتوان با آن کار کرد."
)
_UNCONFIRMED = "تأیید این نامه هنوز به مرکز نرسیده است؛ پس از وصل شدن خط، نامه چاپ و تحویل می‌شود."


def act(
    session: Session,
    payloads: Sequence[Payload],
    *,
    case_id: str,
    actor: Staff,
    at: datetime,
    setting_for: SettingFor,
    signer: Signer | None = None,
    shown: Case | None = None,
    step: Step = go_on,
) -> list[Command]:
    """Check and outbox for each, then the view, in the caller's one writing transaction.

    `at` is the desk's corrected moment (`Meta.corrected`). `shown` is the case as a municipal desk
    was shown it by the centre; an office's own cases are read here. Raises Refusal, in words for
    the actor, when an act is not lawful as the case stands here.
    """
    step("write:begun")
    seen = view.of_case(session, case_id, setting_for)
    made = []
    for payload in payloads:
        case = seen.case if shown is None else shown
        if shown is None:
            _demand_readable(seen, payload)
        command = outbox.frame(
            session,
            payload,
            case_id=case_id,
            actor=actor.staff_id,
            at=at,
            signer=signer,
            base_rev=seen.rev if shown is None else shown.rev,
        )
        caused = _lawful(session, case, command, actor, setting_for)
        step("write:checked")
        outbox.keep(session, command)
        if named := _files(payload):
            blobs.name(session, named)
        step("write:outbox")
        if shown is None:
            seen = view.and_then(session, seen, command, actor, caused, setting_for)
        made.append(command)
    view.show(session, seen)
    step("write:view")
    return made


FILES: Mapping[type[Payload], Callable[[Any], Iterable[DocumentFile | None]]] = {
    Register: lambda told: (document.file for document in told.request.documents),
    Amend: lambda told: (document.file for document in told.documents),
    ReportVisit: lambda told: told.report.files,
    MissVisit: lambda told: (told.photo,),
    EnterReply: lambda told: (told.reply.scan,),
}
"""The documents' files that an act tells of."""


def _files(payload: Payload) -> list[str]:
    """Their names."""
    told = FILES.get(type(payload), lambda _: ())(payload)
    return [file.sha256 for file in told if file is not None]


def _demand_readable(seen: View, payload: Payload) -> None:
    if seen.needs_update:
        raise Refusal(_NEWER)
    if isinstance(payload, PrintLetter | HandOver):
        letters = seen.settled.letters if seen.settled else ()
        released = {held.letter.letter_id for held in letters if held.release is not None}
        if payload.letter_id not in released:
            raise Refusal(_UNCONFIRMED)


def _lawful(
    session: Session, case: Case | None, command: Command, actor: Staff, setting_for: SettingFor
) -> Facts:
    """What the act brings about. Raises Refusal when it is not lawful."""
    if isinstance(command.payload, Register):
        request = command.payload.request
    elif case is not None:
        request = case.request
    else:
        raise Refusal("چنین پرونده‌ای نیست.")
    return handle(case, command, actor, setting_for(session, request, actor, command.made_at))
