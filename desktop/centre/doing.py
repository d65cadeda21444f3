"""One command at the centre: checked, handled, decided upon, appended; or told why not."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from desktop.centre import (
    assigning,
    blobs,
    objecting,
    office_acts,
    passing,
    plausible,
    promises,
    stamped_sheets,
)
from desktop.centre.closing import managers
from desktop.centre.completing import completed
from desktop.centre.conflicts import Overtaken, demand_fresh, note_sent
from desktop.centre.context import CENTRE_ACTOR, Centre, day_of
from desktop.centre.deciding import consequences
from desktop.centre.hands import in_one_hand
from desktop.centre.lookers import looker_of, owners_of
from desktop.centre.office_act import OfficeAct
from desktop.centre.people import admitted, ids_of, of_office, staff_of
from desktop.centre.projecting import project
from desktop.centre.releasing import demand_own_release
from desktop.centre.standing_in import in_roles
from desktop.centre.streams import append, know_case, load_case, load_facts
from desktop.centre.tables import CommandRow, StreamRow, is_settled
from desktop.centre.ties import tie_of
from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.applying import apply
from desktop.domain.case import Case
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.lawful import handle
from desktop.domain.people import Role, Staff
from desktop.domain.recommendation import Proposal
from desktop.domain.request import DocumentFile
from desktop.domain.service import Service
from desktop.domain.setting import Facts, Setting
from desktop.domain.stream import CommandHeld, CommandRefused, Fact, office_stream
from desktop.domain.transitions import ACTS
from desktop.forms import permits
from desktop.forms.answers import OTHERWISE, check_amendment, check_request, read_entered
from desktop.forms.documents import demand_whole, demand_whole_file, not_whole
from desktop.sql import memo

_MOST_ROUNDS = 4
HELD = "held"
# What a second person says of another one's word.
_SECONDS = frozenset(
    act.kind
    for act in (c.Countersign, c.Challenge, c.UpholdLetter, c.VoidRecalled, c.SignObjection)
)
_HELD = (
    select(CommandRow.case_id, CommandRow.command_id)
    .where(
        CommandRow.case_id.in_(bindparam("cases", expanding=True)),
        CommandRow.state == HELD,
        ~is_settled(),
    )
    .order_by(CommandRow.received_at, CommandRow.device_id, CommandRow.device_seq)
)


class Behind(Exception):
    """An earlier command of the case is held: this one waits behind it, unlost and in order."""


def do(
    session: Session,
    centre: Centre,
    command: c.Command,
    actor: Staff,
    home: StreamRow,
    streams: dict[str, StreamRow],
    at: datetime,
    came: plausible.Came | None = None,
) -> None:
    """The command's facts and what follows from them, in the locked streams.

    A new case is of the stream `home`. `came` tells of a desk's command how it came; None for the
    centre's own. Raises Refusal when it is not lawful.
    """
    acted = plausible.acted_at(command, came) if came is not None else at
    if isinstance(command.payload, c.OfficePayload):
        if came is not None:
            plausible.demand(session, centre, command, None, actor, came)
        office_acts.do(OfficeAct(session, centre, command, actor, home, acted, at))
        return
    case = load_case(session, command.case_id)
    if came is not None:
        # First: who may not see the case learns of no change in it either.
        plausible.demand(session, centre, command, case, actor, came)
    if case is not None:
        demand_fresh(session, command, actor, load_facts(session, command.case_id))
    if isinstance(command.payload, c.ReleaseLetter) and case is not None:
        demand_own_release(centre.identity.centre, case, command.payload, actor)
    actor, setting, facts = _handled(session, centre, case, command, actor, at, came)
    facts = completed(session, centre, case, setting, facts, actor, at, acted)
    if came is not None and isinstance(facts[0], f.Registered):
        facts = (replace(facts[0], late=plausible.is_late(command, came)), *facts[1:])
    stream = passing.locked(streams, case.stream) if case else home
    case_id, cause = command.case_id, command.command_id
    case, told = _append(session, stream, case, facts, case_id, cause, actor, at)
    passing.tell_tills(session, streams, case, told)
    if isinstance(facts[-1], f.PassedOn):
        case = passing.take_over(session, centre, streams, case, cause, at)
    note_sent(session, command)
    follow(session, centre, streams[case.stream], case, command.command_id, at)


def _handled(
    session: Session,
    centre: Centre,
    case: Case | None,
    command: c.Command,
    actor: Staff,
    at: datetime,
    came: plausible.Came | None,
) -> tuple[Staff, Setting, Facts]:
    """The facts of the command, with the actor in the first of his roles in which it is lawful.

    What his own role allows nobody does as a deputy. Raises the Refusal of the first role whose act
    it is.
    """

    def handled(as_one: Staff) -> tuple[Staff, Setting, Facts]:
        setting = _setting(session, centre, case, command, as_one, at, came)
        return as_one, setting, handle(case, command, as_one, setting)

    may = [
        each for each in in_roles(session, centre, actor) if each.role in ACTS[command.kind].roles
    ]
    first, *others = may or [actor]
    try:
        return handled(first)
    except Refusal:
        for each in others:
            with suppress(Refusal):
                return handled(each)
        raise


def would_do(
    session: Session, centre: Centre, command: c.Command, case: Case, actor: Staff, at: datetime
) -> Facts:
    """The facts that the command would make of the case now; none is kept.

    Raises Refusal when it is not lawful.
    """
    _, _, facts = _handled(session, centre, case, command, actor, at, None)
    return facts


def follow(
    session: Session,
    centre: Centre,
    stream: StreamRow,
    case: Case,
    cause: str,
    at: datetime,
) -> Case:
    """What follows by itself from the case as it stands, in its locked stream."""
    for _ in range(_MOST_ROUNDS):
        following = consequences(session, centre, case, at)
        if not following:
            break
        case, _ = _append(session, stream, case, following, case.case_id, cause, CENTRE_ACTOR, at)
    promises.keep(session, centre, case, day_of(at))
    return case


def demand_none_held(session: Session, case_id: str, command_id: str = "") -> None:
    """Raise Behind when another command of the case is held and not settled since."""
    # What is held is told after the savepoint of its command: that forgets what was asked before.
    first = memo.once(session, ("held", case_id), lambda: _first_held(session, case_id))
    if first is not None and first != command_id:
        raise Behind(first)


def _first_held(session: Session, case_id: str) -> str | None:
    found = session.execute(_HELD, {"cases": [case_id]}).first()
    return None if found is None else found.command_id


def read_held_ahead(session: Session, case_ids: Collection[str]) -> None:
    """Ask at once which of these cases have a held command."""
    first: dict[str, str] = {}
    for case_id, command_id in session.execute(_HELD, {"cases": list(case_ids)}):
        first.setdefault(case_id, command_id)
    for case_id in case_ids:
        memo.put(session, ("held", case_id), first.get(case_id))


def tell(
    session: Session,
    home: StreamRow,
    command: c.Command | None,
    ident: str,
    refusal: Refusal | None,
    report: str,
    at: datetime,
) -> None:
    """In the actor's home stream: why the command was refused, or that it is held."""
    kind, case_id = (command.kind, command.case_id) if command else ("", "")
    if refusal is None:
        told: CommandHeld | CommandRefused = CommandHeld(kind, case_id, report)
    elif isinstance(refusal, Overtaken):
        told = CommandRefused(
            kind, case_id, refusal.words, refusal.key, refusal.mine, refusal.theirs
        )
    else:
        told = CommandRefused(kind, case_id, refusal.words, refusal.field or "")
    if isinstance(told, CommandRefused) and command is not None:
        # Whatever the letter is: that paper is out.
        told = replace(told, sheets=stamped_sheets.use_refused(session, home.name, command, at))
    append(session, home, [told], case_id="", rev=0, cause=ident, actor=CENTRE_ACTOR, at=at)


def _append(
    session: Session,
    stream: StreamRow,
    case: Case | None,
    payloads: Facts,
    case_id: str,
    cause: str,
    actor: Staff,
    at: datetime,
) -> tuple[Case, list[Fact]]:
    """The case after the facts, and what they change beside: the next decision rests on it."""
    facts = append(
        session,
        stream,
        payloads,
        case_id=case_id,
        rev=case.rev if case else 0,
        cause=cause,
        actor=actor,
        at=at,
    )
    for fact in facts:
        case = apply(case, fact)
    if case is None:
        raise ValueError("a command made no fact")
    know_case(session, case)
    project(session, case, facts)
    return case, facts


def _setting(
    session: Session,
    centre: Centre,
    case: Case | None,
    command: c.Command,
    actor: Staff,
    at: datetime,
    came: plausible.Came | None,
) -> Setting:
    day = day_of(at)
    acted = plausible.acted_at(command, came) if came is not None else at
    payload = command.payload
    if isinstance(payload, c.Amend):
        demand_whole(payload.documents)
    for file, title, field in _attached(payload):
        if file is None:
            continue
        demand_whole_file(file, title, field)
        if not blobs.may_be_pictures(session, file):
            raise Refusal(not_whole(title), field=field)
    if isinstance(payload, c.Register):
        request = payload.request
        service = centre.reference.service(session, request.service, request.version)
        current = centre.reference.in_force(session, request.service, request.received_on)
        if service.version != current.version:
            raise Refusal("فرم این خدمت تغییر کرده است؛ درخواست را با فرم تازه ثبت کنید.")
        faults = check_request(service, request, day)
        if faults:
            raise Refusals(list(faults))
        demand_whole(request.documents)
        if service.contests:
            objecting.demand_new(session, request, office_stream(actor.office))
    elif case is not None:
        service = centre.reference.service(session, case.request.service, case.request.version)
        entered = _entered(payload)
        if entered is not None:
            read, wrong = read_entered(service, case.conditions, entered, day)
            wrong += _otherwise(service, entered, read, [each.field for each in wrong])
            if wrong:
                raise Refusals(wrong)
        if isinstance(payload, c.Amend):
            amended = f.Amended(payload.changes, payload.documents)
            # By the day on which the clerk saw it: it may have waited for a line.
            faults = check_amendment(service, case.request, amended, day_of(acted))
            if faults:
                raise Refusals(list(faults))
    else:
        raise Refusal("چنین پرونده‌ای نیست.")
    city = centre.reference.city(session, day)
    find = centre.reference.finding(session)
    received = payload.request.received_on if isinstance(payload, c.Register) else day
    looks = isinstance(payload, c.SecondLook) and case is not None
    tells = isinstance(payload, c.Escalate) and case is not None
    releasers = list(_releasers(session, actor.office))
    return Setting(
        service=service,
        city=city,
        now=at,
        acted_at=plausible.told_at(command, came) if came is not None else at,
        # By the day on which it was done, as of `permit`: it may have waited for a line.
        releasers=permits.working(find, releasers, day_of(acted), acted),
        seconds=permits.at_work(find, releasers, day_of(acted), acted),
        authorised=permits.may_release(
            find, managers(session, actor.office), actor.staff_id, service.code, day_of(acted)
        ),
        permit=permits.permit(find, service, city, actor, received, acted),
        colleagues=permits.colleagues(find, _admitted(session, actor.office), actor, day_of(acted)),
        known_as=ids_of(session, actor) if case is not None else frozenset(),
        one_hand=in_one_hand(session, actor) if command.kind in _SECONDS else frozenset(),
        tie=tie_of(session, case, actor) if case is not None and actor.role.decides else None,
        closes=permits.deputises(
            find, managers(session, actor.office), actor.staff_id, day_of(acted)
        ),
        stands_in_for=assigning.stood_in_for(session, find, actor, day, at),
        looker=looker_of(session, actor) if looks else None,
        owners=owners_of(session, case) if looks and case is not None else frozenset(),
        clock=promises.clock(session, centre, case, day) if tells and case is not None else None,
    )


def _entered(payload: c.Payload) -> Mapping[str, str] | None:
    """What the expert says of what the service asks of him; None of an act that says nothing."""
    if isinstance(payload, c.ClearGates):
        return payload.entered
    if isinstance(payload, c.Recommend):
        proposed = payload.recommendation
        # What is proposed to be refused or given back rests on no value.
        if proposed.proposal is Proposal.LETTER or proposed.entered:
            return proposed.entered
    return None


def _otherwise(
    service: Service,
    entered: Mapping[str, str],
    read: Mapping[str, str],
    told: Container[str | None],
) -> list[Refusal]:
    """What an expert entered and is kept otherwise, or not at all, but for what is told already."""
    own = {field.key for field in service.fields if field.by_expert}
    # What he left empty is kept nowhere.
    wrong = [key for key, text in entered.items() if key not in own or read.get(key, "") != text]
    return [Refusal(OTHERWISE, field=key) for key in wrong if key not in told]


def _attached(payload: c.Payload) -> Iterator[tuple[DocumentFile | None, str, str]]:
    """What pictures the act brings, what people call each, beside which field it stands."""
    if isinstance(payload, c.ReportVisit):
        yield payload.report.photos, "عکس‌های محل", "photos"
        yield payload.report.sketch, "کروکی", "sketch"
    elif isinstance(payload, c.MissVisit):
        yield payload.photo, "عکس در", "door"
    elif isinstance(payload, c.EnterReply):
        yield payload.reply.scan, "تصویر نامهٔ پاسخ", "scan"


def _admitted(session: Session, office: str) -> list[Staff]:
    return [staff_of(row) for row in admitted(session, of_office(session, office).values())]


def _releasers(session: Session, office: str) -> Iterator[Staff]:
    """Who of the office's people can release at all; without keys nobody can."""
    for row in of_office(session, office).values():
        if row.role in (Role.CLERK, Role.MANAGER) and row.key:
            yield staff_of(row)
