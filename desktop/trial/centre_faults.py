"""What a centre answers when it will not serve: any of its faults, signed as its own."""

from __future__ import annotations

from collections.abc import Callable

from desktop.centre.context import Centre
from desktop.wire import link
from desktop.wire.link import Reply, SignedRequest
from desktop.wire.payloads import Fault


def always(centre: Centre, status: int) -> Callable[[SignedRequest], Reply]:
    """Answers every request with that fault, at the centre's moment."""

    def answer(request: SignedRequest) -> Reply:
        at, own = centre.clock(), centre.identity
        body = Fault(code="told", words="", time=at).encode()
        question, time = link.question_of(request), link.iso(at)
        said = link.answered(question, status, body, time, own.centre, own.epoch)
        return Reply(status, body, time, centre.keys.answers.sign(said))

    return answer
