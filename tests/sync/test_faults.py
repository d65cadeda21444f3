"""What the centre refuses, and what of its answers is not believed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.commands import PayFee, Register, Withdraw
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.line import Why
from desktop.domain.persian import to_persian_digits
from desktop.domain.state import State
from desktop.domain.stream import Published, Topic
from desktop.store import facts, outbox, published, queue, work_items
from desktop.store.open import Store
from desktop.sync.status import SyncState, status
from desktop.ui.standing.work_items import item_words
from desktop.wire.canon import GENESIS, canon
from desktop.wire.link import FORK, REVOKED, Reply, SignedRequest, sign
from desktop.wire.payloads import Fault, PushAsk, Slice, attested
from tests.desk import Desk
from tests.fakes import FakeCentre, SetClock
from tests.office import MANAGER, NOW, TODAY, payment

NewDesk = Callable[..., Desk]


def test_a_copied_store_is_a_fork_and_sends_nothing(
    desk: Desk, centre: FakeCentre, tmp_path: Path
) -> None:
    desk.register(1)
    desk.store.close()
    copy = tmp_path / "copy" / "office.sqlite"
    copy.parent.mkdir()
    shutil.copy(desk.store.path, copy)
    desk.reopen()
    desk.register(4)
    assert desk.sync().well
    clone = Desk(Store(copy, reserve=4096), desk.key, centre, desk.clock)
    clone.register(2)
    clone.register(3)

    report = clone.sync()

    assert report.stopped == "fork"
    assert not report.well
    assert clone.meta().stopped == "fork"
    assert len(centre.devices["device-1"].seen) - 1 == 2
    with clone.store.reading() as session:
        assert outbox.waiting(session).count == 3
        told = status(session, NOW, connected=True)
    assert told.state is SyncState.HELD
    assert told.trouble is not None
    assert told.trouble.why is Why.FORK
    assert clone.sync().stopped == "fork"
    clone.store.close()


def test_a_copy_that_went_on_meets_the_chain(desk: Desk, centre: FakeCentre) -> None:
    desk.register(1)
    assert desk.sync().well
    # The centre holds another command under the next number than the one this desk will send.
    centre.devices["device-1"].seen.append(GENESIS)
    desk.register(2)
    assert desk.sync().stopped == "fork"


def test_a_revoked_device_is_told_so_until_it_is_taken_back(desk: Desk, centre: FakeCentre) -> None:
    case_id = desk.register()
    centre.devices["device-1"].revoked = True
    assert desk.sync().stopped == "revoked"
    assert desk.sync().stopped == "revoked"
    assert desk.meta().acked_to == 0
    centre.devices["device-1"].revoked = False
    assert desk.sync().well
    assert desk.meta().stopped == ""
    assert desk.see(case_id).rev == 2


@pytest.mark.parametrize("apart", [timedelta(hours=3), -timedelta(hours=5)])
def test_a_wrong_clock_is_put_right_and_nobody_waits(
    apart: timedelta, desk: Desk, centre: FakeCentre
) -> None:
    desk.clock.moment = NOW + apart
    case_id = desk.register()
    assert desk.sync().well
    assert desk.see(case_id).rev == 2
    assert desk.meta().clock_offset_ms == -apart / timedelta(milliseconds=1)
    later = desk.act(case_id, PayFee("office", payment()))
    assert later.made_at == NOW


def _alarm(desk: Desk, centre: FakeCentre, tamper: Callable[[Slice], Slice]) -> str:
    centre.tamper = tamper
    case_id = desk.register()
    report = desk.sync()
    assert not report.well
    assert desk.see(case_id).rev == 0
    with desk.store.reading() as session:
        assert facts.cursors(session, ["office:21"])["office:21"].pos == 2
        assert status(session, NOW, connected=True).state is SyncState.HELD
    assert desk.meta().alarm == report.alarm
    centre.tamper = lambda piece: piece
    assert desk.sync().well
    assert desk.meta().alarm == ""
    assert desk.see(case_id).rev == 2
    desk.check()
    return report.alarm


def _resigned(centre: FakeCentre, piece: Slice, **changes: object) -> Slice:
    changed = piece.model_copy(update=changes)
    signed = attested(
        centre.name, changed.stream, changed.pos, changed.hash, changed.epoch, changed.time
    )
    return changed.model_copy(update={"signature": sign(centre.heads, signed)})


def _touched(text: str) -> str:
    envelope = json.loads(text)
    envelope["actor_name"] = "کس دیگر"
    return canon(envelope)


def _office(change: Callable[[Slice], Slice]) -> Callable[[Slice], Slice]:
    return lambda piece: change(piece) if piece.stream != "city" and piece.facts else piece


def test_a_changed_fact_breaks_the_chain(desk: Desk, centre: FakeCentre) -> None:
    change = _office(lambda p: p.model_copy(update={"facts": [_touched(x) for x in p.facts]}))
    assert _alarm(desk, centre, change) == "chain"


def test_a_left_out_fact_is_noticed(desk: Desk, centre: FakeCentre) -> None:
    change = _office(lambda p: p.model_copy(update={"facts": p.facts[1:]}))
    assert _alarm(desk, centre, change) == "position"


def test_a_renumbered_slice_is_noticed_even_when_signed(desk: Desk, centre: FakeCentre) -> None:
    change = _office(lambda p: _resigned(centre, p, facts=p.facts[1:], pos=p.pos - 1))
    assert _alarm(desk, centre, change) == "position"


def test_a_slice_that_is_not_signed_by_the_centre_is_refused(
    desk: Desk, centre: FakeCentre
) -> None:
    change = _office(lambda p: p.model_copy(update={"signature": "00" * 64}))
    assert _alarm(desk, centre, change) == "signature"


def test_another_epoch_is_an_alarm(desk: Desk, centre: FakeCentre) -> None:
    change = _office(lambda p: _resigned(centre, p, epoch="epoch-2"))
    assert _alarm(desk, centre, change) == "epoch"


@pytest.mark.slow
def test_a_stream_that_was_not_asked_for_is_refused(desk: Desk, centre: FakeCentre) -> None:
    change = _office(lambda p: _resigned(centre, p, stream="office:22"))
    assert _alarm(desk, centre, change) == "stream"


def test_more_that_never_comes_is_no_endless_round(desk: Desk, centre: FakeCentre) -> None:
    centre.tamper = lambda piece: piece.model_copy(update={"more": True})
    assert desk.sync().alarm == "position"


def test_a_centre_with_another_key_is_no_centre(desk: Desk, centre: FakeCentre) -> None:
    desk.reopen_rounds()
    other = FakeCentre(SetClock(NOW))
    centre.answers = other.answers
    assert desk.sync().alarm == "signature"


Changed = Callable[[SignedRequest, Reply], Reply]


class Between:
    """Somebody in the line who changes what passes."""

    def __init__(self, centre: FakeCentre, change: Changed) -> None:
        self._centre, self._change = centre, change

    def call(self, request: SignedRequest) -> Reply:
        """The reply as it arrives."""
        return self._change(request, self._centre.call(request))


def _revoked(request: SignedRequest, _: Reply) -> Reply:
    return Reply(REVOKED, Fault(code="revoked", words="").encode(), request.time, "00" * 64)


def _portal(*_: object) -> Reply:
    return Reply(200, b"<html>", "", "")


@pytest.mark.parametrize(
    "change",
    [
        lambda _, reply: replace(reply, body=reply.body.replace(b'"head_seq":0', b'"head_seq":1')),
        lambda _, reply: replace(reply, status=FORK),
        lambda _, reply: replace(reply, time="2026-11-24T00:00:00.000+00:00"),
        lambda _, reply: replace(reply, signature=""),
        lambda _, reply: replace(reply, signature="0" * 128),
        _revoked,
        _portal,
    ],
)
@pytest.mark.slow
def test_an_answer_that_somebody_changed_is_believed_in_nothing(
    change: Changed, new_desk: NewDesk, centre: FakeCentre
) -> None:
    """Neither what it holds, nor that the device is revoked, a fork, or the clock wrong."""
    desk = new_desk()
    desk.link = Between(centre, change)
    desk.reopen_rounds()
    report = desk.sync()
    assert (report.alarm, report.stopped, report.facts) == ("signature", "", 0)
    assert desk.meta().clock_offset_ms == 0
    with desk.store.reading() as session:
        assert status(session, NOW, connected=True).state is SyncState.HELD
    desk.link = centre
    desk.reopen_rounds()
    assert desk.sync().well


def test_a_true_answer_to_another_call_is_none(new_desk: NewDesk, centre: FakeCentre) -> None:
    desk, said = new_desk(), list[Reply]()

    def repeated(_: SignedRequest, reply: Reply) -> Reply:
        said.append(reply)
        return said[0]

    desk.link = Between(centre, repeated)
    desk.reopen_rounds()
    assert desk.sync().alarm == "signature"
    assert len(said) == 2
    second = new_desk(2)
    second.link = Between(centre, lambda _, __: said[0])
    second.reopen_rounds()
    assert second.sync().alarm == "signature"


def test_a_centre_that_began_anew_is_told_apart_from_a_stranger(
    desk: Desk, centre: FakeCentre
) -> None:
    centre.epoch = "epoch-2"
    assert desk.sync().alarm == "epoch"
    centre.answers = FakeCentre(SetClock(NOW)).answers
    assert desk.sync().alarm == "signature"


def test_an_answer_that_is_none_is_tried_again(desk: Desk, centre: FakeCentre) -> None:
    class Garbling:
        def call(self, request: SignedRequest) -> Reply:
            return Reply(502, b"<html>", "", "")

    desk.link = Garbling()
    desk.reopen_rounds()
    assert desk.sync().alarm == "unanswered"
    desk.link = centre
    desk.reopen_rounds()
    assert desk.sync().well


@pytest.mark.slow
def test_batches_are_halved_when_the_line_is_too_slow(desk: Desk, centre: FakeCentre) -> None:
    sizes: list[int] = []

    class Slow:
        def call(self, request: SignedRequest) -> Reply:
            if request.path == "/v1/push":
                sizes.append(len(PushAsk.model_validate_json(request.body).commands))
                if sizes[-1] > 5:
                    raise LineDown("timed out")
            return centre.call(request)

    desk.link = Slow()
    desk.reopen_rounds()
    cases = [desk.register(serial) for serial in range(1, 13)]
    while not desk.sync().well:
        assert len(sizes) < 20
    assert sizes[0] == 12
    assert sum(size for size in sizes if size <= 5) == 12
    assert {desk.see(case_id).rev for case_id in cases} == {2}


def test_a_long_stream_comes_in_pieces(centre: FakeCentre, new_desk: NewDesk) -> None:
    centre.slice_size = 3
    for number in range(10):
        centre.tell("city", Published("tariff", str(number), "a", TODAY, "متن", "00"))
    desk = new_desk()
    report = desk.sync()
    assert (report.well, report.facts) == (True, 12)
    with desk.store.reading() as session:
        assert len(published.in_force(session, Topic.TARIFF, TODAY)) == 10


def test_two_desks_of_an_office_see_one_case(new_desk: NewDesk, centre: FakeCentre) -> None:
    first, second = new_desk(1), new_desk(2)
    assert first.sync().well
    assert second.sync().well
    case_id = first.register()
    assert first.sync().well
    assert second.sync().cases == {case_id}
    first.act(case_id, Withdraw("منصرف شد"), MANAGER)
    second.act(case_id, PayFee("office", payment()))
    assert first.sync().well

    assert second.sync().well

    # The first at the centre stands; the second is told in plain words, and its screen shows it.
    assert second.see(case_id).case == first.see(case_id).case == centre.cases[case_id]
    assert second.see(case_id).case.state is State.WITHDRAWN  # type: ignore[union-attr]
    with second.store.writing() as session:
        (item,) = work_items.waiting(session)
        assert (item.case_id, item.command_kind) == (case_id, "pay-fee")
        assert item.centre_words
        row = queue.one(session, case_id)
        assert row
        assert row.refused
        assert row.rank == 0
    second.check()


def test_a_refused_registration_leaves_no_case_but_a_work_item(
    desk: Desk, centre: FakeCentre
) -> None:
    case_id = desk.register()
    centre.clock.moment = NOW - timedelta(days=1)
    assert desk.sync().well
    with desk.store.reading() as session:
        assert queue.one(session, case_id) is None
        assert list(queue.ids(session)) == []
        (item,) = work_items.waiting(session)
        made = outbox.find(session, item.command_id)
    assert made
    assert isinstance(made.payload, Register)
    # The applicant holds a receipt of it.
    request = made.payload.request
    assert item.detail == {"applicant": request.party.name, "tracking": request.tracking}
    assert request.party.name in item_words(item)
    assert to_persian_digits(request.tracking) in item_words(item)
    desk.check()


_NEWER = {
    "a kind": {"kind": "dreamt"},
    "a field": {
        "kind": "amended",
        "payload": {"changes": {"party.email": "a@b"}, "documents": []},
    },
}


@pytest.mark.parametrize("changes", _NEWER.values(), ids=_NEWER)
def test_a_fact_of_a_newer_program_is_kept_and_told(
    changes: dict[str, object], desk: Desk, centre: FakeCentre
) -> None:
    case_id = desk.register()
    assert desk.sync().well
    envelope = json.loads(centre.streams["office:21"][-1][0])
    place = {"pos": envelope["pos"] + 1, "rev": 3, "fact_id": "new"}
    centre.tell_text("office:21", canon({**envelope, **changes, **place}))
    assert desk.sync().well
    seen = desk.see(case_id)
    assert (seen.needs_update, seen.rev) == (True, 3)
    with desk.store.reading() as session:
        row = queue.one(session, case_id)
    assert row
    assert row.needs_update
    with pytest.raises(Refusal, match="به‌روز"):
        desk.act(case_id, PayFee("office", payment()))
    other = desk.register(2)
    assert desk.sync().well
    assert desk.see(other).rev == 2
    desk.check()
