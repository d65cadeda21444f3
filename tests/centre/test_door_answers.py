"""What the door does with an answer that was made for a device revoked since, or made wrongly."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from desktop.centre import serve as door
from desktop.centre.tables import DeviceRow
from desktop.wire import link
from desktop.wire.payloads import HelloAsk, PushAnswer
from tests.centre.calling import Caller, code_of
from tests.town import Town


def test_what_a_device_asked_as_it_was_revoked_is_not_kept(
    postgres_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, caller = postgres_town, Caller(postgres_town)
    whole = door._unfit

    def unfit(device: Any, *rest: Any) -> Any:
        refused = whole(device, *rest)
        with town.house.centre.writing() as session:
            own = DeviceRow.device_id == caller.device_id
            revoked = update(DeviceRow).where(own).values(revoked_at=town.clock.now())
            session.execute(revoked)
        return refused

    monkeypatch.setattr(door, "_unfit", unfit)
    told = HelloAsk(protocol=1, client="9.9.9", device_seq=0, cursors={}).encode()
    assert caller.call("/v1/hello", told).status == link.REVOKED
    with town.house.centre.reading() as session:
        assert session.get_one(DeviceRow, caller.device_id).told_version != "9.9.9"


def test_what_the_centre_makes_wrongly_is_its_bug_and_not_the_askers(
    small_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> PushAnswer:
        return PushAnswer.model_validate({"head": "none"})

    route = replace(door.ROUTES["/v1/slots"], handler=broken)
    monkeypatch.setitem(door.ROUTES, "/v1/slots", route)
    reply = Caller(small_town).call("/v1/slots", b'{"district":1,"count":1}')
    assert (reply.status, code_of(reply)) == (link.BROKEN, "bug")
