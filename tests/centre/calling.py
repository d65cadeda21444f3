"""Calls to a town's centre, signed as one of its desks signs, and changed on their way."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.chance import new_id
from desktop.keys import DeviceKeys, new_key
from desktop.premises.desks import Running
from desktop.store import meta
from desktop.wire import link
from desktop.wire.payloads import Fault
from tests.town import Town

_OUTSIDE = (404, 408, 413)


class Caller:
    """Signs calls as a desk of the town does (the office's, unless another is named)."""

    def __init__(self, town: Town, running: Running | None = None) -> None:
        self.town = town
        self.store = (running or town.house.office).desk.store
        with self.store.reading() as session:
            self.own = meta.get(session).identity
        self.device_id = self.own.device_id
        found = DeviceKeys(town.house.stores["office"].parent / "keys").find(self.device_id)
        assert found is not None
        self.key = found

    def as_stranger(self) -> Caller:
        """A machine that is no desk yet, with a key of its own."""
        found = copy(self)
        found.device_id, found.key = new_id(), new_key()
        return found

    def call(self, path: str, body: bytes, /, **changes: Any) -> link.Reply:
        """The reply to a call signed now, changed on its way; it is signed, whatever it says."""
        at = self.town.clock.now() + changes.pop("late", timedelta())
        key = changes.pop("key", self.key)
        request = replace(self.signed(path, body, at, key), **changes)
        reply = self.town.line.call(request)
        # What a line says before it believes a request is signed by nobody.
        assert self.signs(request, reply) or (reply.signature == "" and reply.status in _OUTSIDE)
        return reply

    def signs(self, request: link.SignedRequest, reply: link.Reply) -> bool:
        """Whether the centre signed the reply to the request, as what it is itself."""
        own, question = self.own, link.question_of(request)
        said = link.answered(question, reply.status, reply.body, reply.time, own.centre, own.epoch)
        return link.verifies(own.answers_key, reply.signature, said)

    def signed(
        self, path: str, body: bytes, at: datetime, key: Ed25519PrivateKey | None = None
    ) -> link.SignedRequest:
        """The request signed at the moment."""
        own = self.own
        return link.sign_request(
            key or self.key, self.device_id, path, body, at, centre=own.centre, epoch=own.epoch
        )


def code_of(reply: link.Reply) -> str:
    """The fault's code."""
    return Fault.model_validate_json(reply.body).code
