"""Desks give back what a restored centre lacks, and nothing else is done before that."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.metadata import METADATA
from desktop.centre.recovering import giving, standing
from desktop.centre.recovering.account import account
from desktop.centre.recovering.opening import confirm, open_up
from desktop.centre.recovery_tables import GivenFactRow, GivingTurnRow
from desktop.centre.tables import DeviceRow
from desktop.centre.tick import tick
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain.line import Why
from desktop.domain.state import State
from desktop.domain.stream import CITY, office_of
from desktop.keys import new_key
from desktop.store import facts as store_facts
from desktop.sync import recovering
from desktop.wire import calls, link
from desktop.wire.canon import GENESIS, link_hash
from desktop.wire.heads import SignedHead
from desktop.wire.link import Reply, SignedRequest
from desktop.wire.recovery import GiveBackAnswer, GiveBackAsk, HeadBody
from tests.centre.calling import Caller, code_of
from tests.restored import HOME, Lost, is_as, sync
from tests.town import Town

pytestmark = pytest.mark.slow


def test_nothing_but_giving_back_is_done_before_all_desks_came(small_loss: Lost) -> None:
    town = small_loss.restored()
    assert town.house.office.sync().why is Why.RECOVERING
    assert code_of(Caller(town).call(calls.SLOTS.path, b"{}")) == "recovering"
    # At the counter work goes on; it goes up when the centre is open.
    case_id = town.register(town.record(Scenario.CLEAN, 6))
    assert not town.house.office.sync().well
    assert tick(town.house.centre) == 0
    town.house.municipality.sync()
    assert town.house.office.sync().well
    assert case_now(town.crew.clerk, case_id).rev > 0


def test_nothing_is_answered_at_once_before_a_person_confirmed(small_loss: Lost) -> None:
    town = small_loss.restored()
    sync(town)
    case_id = town.register(town.record(Scenario.CLEAN, 6))
    sync(town)
    assert case_now(town.crew.clerk, case_id).state is State.DECIDING
    tick(town.house.centre)
    assert confirm(town.house.centre, "مدیر سامانه")
    assert not confirm(town.house.centre, "دیگری")
    tick(town.house.centre)
    sync(town)
    assert case_now(town.crew.clerk, case_id).letters


def test_a_desk_that_comes_too_late_is_told_loudly_and_keeps_what_it_has(small_loss: Lost) -> None:
    town = small_loss.restored()
    with town.house.office.desk.store.reading() as session:
        held = store_facts.cursors(session, [HOME, CITY])
    town.house.municipality.sync()
    assert open_up(town.house.centre, "مدیر سامانه")
    assert town.house.office.sync().alarm == "epoch"
    with town.house.office.desk.store.reading() as session:
        assert store_facts.cursors(session, [HOME, CITY]) == held
    with town.house.centre.reading() as session:
        told = account(session)
    assert told is not None
    assert [(office, desk) for office, desk, _ in told.absent] == [("21", 2)]


def test_a_centre_that_never_was_the_desks_own_is_not_given_anything(small_loss: Lost) -> None:
    def begin(session: Any, at: Any) -> None:
        standing.begin(session, at).lives = new_id()

    town = small_loss.copy.restore(small_loss.town, begin)
    assert town.house.office.sync().alarm == "epoch"
    with town.house.centre.reading() as session:
        told = account(session)
    assert told is not None
    assert (told.came, told.adopted) == (0, 0)


@pytest.mark.long
def test_a_cut_line_is_gone_on_with_where_it_was(
    small_loss: Lost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovering, "MOST_BYTES", 4_000)
    town = small_loss.restored()
    given: list[int] = []
    own = town.house.own_centre.call

    def cut(request: SignedRequest) -> Reply:
        if request.path == calls.GIVE_BACK.path:
            given.append(GiveBackAsk.model_validate_json(request.body).after)
            if len(given) % 4 == 3:
                # Here and away again: the answer is lost.
                own(request)
                return Reply(link.BROKEN, b"", "", "")
        return own(request)

    monkeypatch.setattr(town.house.own_centre, "call", cut)
    for _ in range(40):
        sync(town, 1)
    assert given == sorted(given)
    assert len(given) > 10
    is_as(town.house.centre, small_loss.before)


def _ask(town: Town, **changes: Any) -> GiveBackAsk:
    """All that the office's desk has behind the copy, as it would give it back."""
    with town.house.centre.reading() as session:
        at = dict(session.execute(select(_STREAM.c.name, _STREAM.c.pos)).all())[HOME]
    with town.house.office.desk.store.reading() as session:
        cursor = store_facts.cursors(session, [HOME])[HOME]
        texts = store_facts.texts_between(session, HOME, at, cursor.pos, 500)
    assert cursor.signed is not None
    ask = GiveBackAsk(stream=HOME, after=at, facts=texts, head=_body(cursor.signed))
    return ask.model_copy(update=changes)


_STREAM = METADATA.tables["stream"]


def _body(head: SignedHead) -> HeadBody:
    return HeadBody(
        pos=head.pos, hash=head.hash, epoch=head.epoch, at=head.at, signature=head.signature
    )


def _forged(town: Town) -> dict[str, GiveBackAsk]:
    good = _ask(town)
    first, *others = good.facts
    head = good.head
    own = [first.replace('"actor_name":"', '"actor_name":"x'), *others]
    with town.house.centre.reading() as session:
        chain = dict(session.execute(select(_STREAM.c.name, _STREAM.c.hash)).all())[HOME]
    for text in own:
        chain = link_hash(chain, text)
    return {
        "a chain and a head of its own making": good.model_copy(
            update={"facts": own, "head": head.model_copy(update={"hash": chain})}
        ),
        "a word changed": good.model_copy(update={"facts": own}),
        "one left out": good.model_copy(update={"facts": [first, *others[1:]]}),
        "two changed about": good.model_copy(update={"facts": [others[0], first, *others[1:]]}),
        "another head": good.model_copy(
            update={"head": head.model_copy(update={"hash": "0" * 64})}
        ),
        "a head of an epoch that never was": good.model_copy(
            update={"head": head.model_copy(update={"epoch": new_id()})}
        ),
        "more than the head": good.model_copy(
            update={"head": head.model_copy(update={"pos": head.pos - 1})}
        ),
        "another office's": good.model_copy(update={"stream": "office:33"}),
        "no fact": good.model_copy(update={"facts": ["{}", *others]}),
    }


def test_what_the_centre_never_signed_is_not_taken(small_loss: Lost) -> None:
    town = small_loss.restored()
    with town.house.centre.reading() as session:
        own = standing.current(session)
        assert own is not None
        epoch = own.epoch
    desk = Caller(town)
    desk.own = replace(desk.own, epoch=epoch)
    for name, ask in _forged(town).items():
        reply = desk.call(calls.GIVE_BACK.path, ask.encode())
        assert reply.status == link.UNREADABLE, name
        with town.house.centre.reading() as session:
            told = account(session)
        assert told is not None
        assert told.adopted == 0, name
    good = _ask(town)
    reply = desk.call(calls.GIVE_BACK.path, good.encode())
    assert GiveBackAnswer.model_validate_json(reply.body).pos == good.head.pos
    # The same once more changes nothing.
    again = desk.call(calls.GIVE_BACK.path, good.encode())
    assert again.body == reply.body


class _Colleague(Caller):
    """Another desk of the office, with the same facts; the restored centre knows it."""

    def __init__(self, town: Town, desk: int) -> None:
        super().__init__(town)
        self.device_id, self.key = new_id(), new_key()
        with town.house.centre.reading() as session:
            now = standing.current(session)
            assert now is not None
            self.own = replace(self.own, epoch=now.epoch)
        row = DeviceRow(
            device_id=self.device_id,
            office=office_of(HOME),
            desk=desk,
            key=self.key.public_key().public_bytes_raw().hex(),
            head_hash=GENESIS,
        )
        with Session(town.house.centre.writer) as session, session.begin():
            session.add(row)

    def give(self, first: int, last: int) -> Reply:
        """Of what the copy lacks the facts from the first to the last, counted from 0."""
        all_ = _ask(self.town)
        part = {"after": all_.after + first, "facts": all_.facts[first:last]}
        return self.call(calls.GIVE_BACK.path, all_.model_copy(update=part).encode())


def _reached(reply: Reply) -> int:
    return GiveBackAnswer.model_validate_json(reply.body).pos


def test_of_desks_that_have_the_same_one_gives_and_the_others_wait(small_loss: Lost) -> None:
    town = small_loss.restored()
    one, other = _Colleague(town, 8), _Colleague(town, 9)
    begin, end = _ask(town).after, len(_ask(town).facts)
    assert end > 3
    assert _reached(one.give(0, 2)) == begin + 2
    assert code_of(other.give(0, end)) == "recovering"
    assert _reached(one.give(2, end)) == begin + end
    # Nothing is left to be given; nobody is waited for.
    assert _reached(other.give(0, end)) == begin + end
    with town.house.centre.reading() as session:
        assert not session.scalars(select(GivingTurnRow)).all()
        assert not session.scalars(select(GivenFactRow)).all()


def test_one_that_falls_silent_is_not_waited_for(small_loss: Lost) -> None:
    town = small_loss.restored()
    one, other = _Colleague(town, 8), _Colleague(town, 9)
    begin, end = _ask(town).after, len(_ask(town).facts)
    one.give(0, 1)
    town.clock.moment += timedelta(seconds=9.5)
    assert code_of(other.give(0, end)) == "recovering"
    town.clock.moment += timedelta(seconds=1)
    assert _reached(other.give(0, end)) == begin + end
    assert _reached(one.give(1, 2)) == begin + end


def test_one_that_comes_to_no_end_is_not_waited_for(
    small_loss: Lost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving, "_AWAITED_S", 25.0)
    town = small_loss.restored()
    one, other = _Colleague(town, 8), _Colleague(town, 9)
    begin, end = _ask(town).after, len(_ask(town).facts)
    for given in range(3):
        assert _reached(one.give(given, given + 1)) == begin + given + 1
        town.clock.moment += timedelta(seconds=8)
        assert code_of(other.give(0, end)) == "recovering"
    town.clock.moment += timedelta(seconds=2)
    assert _reached(other.give(0, end)) == begin + end


def test_one_that_gave_what_was_never_signed_is_not_waited_for(small_loss: Lost) -> None:
    town = small_loss.restored()
    one, other = _Colleague(town, 8), _Colleague(town, 9)
    end = len(_ask(town).facts)
    for name, ask in _forged(town).items():
        one.call(calls.GIVE_BACK.path, ask.encode())
        with town.house.centre.reading() as session:
            assert not session.scalars(select(GivingTurnRow)).all(), name
    assert _reached(other.give(0, end)) == _ask(town).head.pos


def test_a_centre_that_was_never_restored_takes_nothing_back(small_town: Town) -> None:
    town = small_town
    town.register(town.record(Scenario.CLEAN))
    sync(town)
    ask = _ask(town)
    ask = ask.model_copy(update={"after": ask.after - 1})
    assert code_of(Caller(town).call(calls.GIVE_BACK.path, ask.encode())) == "refused"
