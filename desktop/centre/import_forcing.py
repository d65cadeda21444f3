"""Puts a staged import into force by people's word, takes it back, ends what was kept active."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from desktop.centre import assents
from desktop.centre.context import Centre, day_of
from desktop.centre.doubt_rows import note_property
from desktop.centre.import_state import causes_of, row_key
from desktop.centre.records import in_force, lifting, overlay
from desktop.centre.records.changes import NEW, RowChange, counted_by
from desktop.centre.records.columns import RowKind
from desktop.centre.records.importer import (
    DROPPED,
    READ,
    Rules,
    demand_none_read,
    put_in_force,
)
from desktop.centre.records.tables import CHANGE, EXPORT
from desktop.centre.tables import DeviceRow
from desktop.centre.tick import decide_waiting, take_back
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import renewal_code
from desktop.domain.import_causes import Cause, CauseKind
from desktop.domain.people import Staff
from desktop.domain.record_words import RecordWords
from desktop.wire import records as w
from desktop.wire.assent import Assent, Purpose

_CHANGING = "کس دیگری هم‌اکنون سوابق را عوض می‌کند؛ اندکی بعد دوباره تلاش کنید."


def force(
    session: Session, centre: Centre, device: DeviceRow, ask: w.ForceAsk, at: datetime
) -> w.Done:
    """Put a staged import into force, by who may, over causes that were seen and answered for.

    Holds and Article 100 files that it no longer has stay active, unless a letter lifts them or
    two people sign that they end. Raises Refusal.
    """
    _hold(session)
    row = session.execute(select(EXPORT).where(EXPORT.c.id == ask.export_id)).mappings().first()
    if row is None or row["state"] != READ or row["base"] != in_force.number(session):
        raise Refusal("این خروجی دیگر آمادهٔ به‌کار گرفتن نیست؛ آن را دوباره بخوانید.")
    subject = w.force_subject(
        ask.export_id, row["sha256"], ask.seen, ask.lifted, end_rest=ask.end_rest
    )
    person = assents.demand(
        session, centre, device, ask.assent, Purpose.PUT_IN_FORCE, subject, assents.PREPARERS
    )
    causes = causes_of(row)
    second = ""
    if ask.second is not None:
        purpose = Purpose.PUT_IN_FORCE
        second = _another(session, centre, device, ask.second, purpose, subject, person).name
    _demand_answered(causes, ask, second)
    words = {
        "by": person.signed,
        "second": second,
        "reason": ask.assent.reason,
        "causes": [cause.key for cause in causes],
        "lifted": ask.lifted,
        "end_rest": ask.end_rest,
        "signatures": [a.signature for a in (ask.assent, ask.second) if a is not None],
    }
    rules = Rules.of(centre.reference.city(session, day_of(at)))
    put_in_force(session, ask.export_id, rules.words, at, words)
    _answer_for_lost(session, ask, causes, rules.words, person, second, at)
    centre.after(session, lambda: decide_waiting(centre))
    centre.after(session, partial(centre.note_beside, centre))
    return w.Done()


def _hold(session: Session) -> None:
    if not in_force.hold(session):
        raise Refusal(_CHANGING)


def _demand_answered(causes: list[Cause], ask: w.ForceAsk, second: str) -> None:
    if not causes:
        return
    unseen = [cause for cause in causes if cause.key not in ask.seen]
    if unseen:
        raise Refusal(f"هنوز دیده نشده است: {unseen[0].words.cause}.", field="seen")
    assents.demand_reason(ask.assent)
    # A hold or file that nobody answers for is kept: nothing of it ends by one person's word.
    if ask.end_rest and not second:
        words = "ردیف‌هایی بی‌نامه پایان می‌یابد؛ گذرواژهٔ نفر دوم هم لازم است."
        raise Refusal(words, field="second")
    ends = [c for c in causes if c.needs_two and not c.kind.liftable]
    if ends and not second:
        words = "بدهی‌هایی پرداخت‌شده شمرده می‌شود؛ گذرواژهٔ نفر دوم هم لازم است."
        raise Refusal(words, field="second")


_LOST = {CauseKind.HOLDS_END: RowKind.HOLD, CauseKind.FILES_END: RowKind.FILE}


def _answer_for_lost(
    session: Session,
    ask: w.ForceAsk,
    causes: Iterable[Cause],
    words: RecordWords,
    person: Staff,
    second: str,
    at: datetime,
) -> None:
    """Each hold and file that the export lost: ended by its letter or by two, else kept."""
    counts = {_LOST[cause.kind].value: counted_by(cause) for cause in causes if cause.kind in _LOST}
    changed = select(CHANGE).where(
        CHANGE.c.export_id == ask.export_id, CHANGE.c.change != NEW, CHANGE.c.kind.in_([*counts])
    )
    for row in session.execute(changed).mappings().all():
        difference = RowChange(RowKind(row["kind"]), row["change"], row["before"], row["after"])
        if not counts[row["kind"]](difference, words):
            continue
        code, kind, before = row["code"], row["kind"], json.loads(row["before"])
        number = ask.lifted.get(row_key(code, row["before"]), "").strip()
        if number or (ask.end_rest and second):
            word = _word(person, number, "" if number else second, (ask.assent, ask.second), at)
            lifting.note(session, ask.export_id, code, kind, before, word)
        else:
            overlay.keep(session, code, kind, before, day_of(at), ask.export_id)


def _word(
    person: Staff, number: str, second: str, assents_: Iterable[Assent | None], at: datetime
) -> lifting.Word:
    signatures = tuple(a.signature for a in assents_ if a is not None)
    return lifting.Word(number, person.signed, second, signatures, at)


def back(
    session: Session, centre: Centre, device: DeviceRow, ask: w.BackAsk, at: datetime
) -> w.Done:
    """The import that came into force today is taken back; letters issued since are recalled.

    Raises Refusal on another day, or where there is none before it.
    """
    _hold(session)
    act = in_force.last_act(session)
    person = assents.demand(
        session,
        centre,
        device,
        ask.assent,
        Purpose.TAKE_BACK,
        str(ask.export_id),
        assents.PREPARERS,
    )
    if act is None or act.export_id != ask.export_id or act.kind != in_force.FORCED:
        raise Refusal("این سوابق اکنون به کار نیست.")
    if act.former_id is None:
        raise Refusal("سوابق پیشینی نیست که به آن بازگردیم.")
    if day_of(act.at) != day_of(at):
        raise Refusal("بازگشت به سوابق پیشین تنها در همان روز به‌کار گرفتن ممکن است.")
    # What is read is laid on what is in force now.
    demand_none_read(session, at)
    assents.demand_reason(ask.assent)
    words = {
        "by": person.signed,
        "reason": ask.assent.reason,
        "signatures": [ask.assent.signature],
    }
    in_force.note(session, act.former_id, act.export_id, in_force.BACK, at, words)
    overlay.unprune(session, act.export_id)
    overlay.forget_kept(session, act.export_id)
    own = EXPORT.c.id == act.export_id
    session.execute(update(EXPORT).where(own).values(state=DROPPED, fault=ask.assent.reason))
    centre.after(session, lambda: take_back(centre))
    centre.after(session, partial(centre.note_beside, centre))
    return w.Done()


def lift(
    session: Session, centre: Centre, device: DeviceRow, ask: w.LiftAsk, at: datetime
) -> w.Done:
    """End a kept row by its letter's number or a second person's word, which is kept.

    Raises Refusal.
    """
    subject = f"{ask.overlay_id}|{ask.number}"
    purpose, roles = Purpose.LIFT, assents.PREPARERS
    person = assents.demand(session, centre, device, ask.assent, purpose, subject, roles)
    number, second = ask.number.strip(), ""
    if not number:
        if ask.second is None:
            raise Refusal("شمارهٔ نامهٔ رفع را بنویسید یا نفر دوم امضا کند.", field="number")
        second = _another(session, centre, device, ask.second, purpose, subject, person).name
    row = overlay.lift(session, ask.overlay_id)
    note_property(session, renewal_code(row.code))
    word = _word(person, number, second, (ask.assent, ask.second), at)
    import_id = in_force.number(session) or row.export_id
    lifting.note(session, import_id, row.code, row.kind, row.row, word)
    return w.Done()


def _another(
    session: Session,
    centre: Centre,
    device: DeviceRow,
    second: Assent,
    purpose: Purpose,
    subject: str,
    first: Staff,
) -> Staff:
    """The second person, who is not the first under another name."""
    return assents.another(
        session,
        centre,
        device,
        second,
        purpose,
        subject,
        assents.SIGNERS,
        first=first.staff_id,
        key=first.key,
    )
