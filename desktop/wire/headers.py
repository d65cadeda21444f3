"""What of a call and its answer is no body travels over HTTPS as headers, both ways."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.wire.link import Reply, SignedRequest

DEVICE = "Pishkhan-Device"
TIME = "Pishkhan-Time"
CENTRE = "Pishkhan-Centre"
EPOCH = "Pishkhan-Epoch"
SIGNATURE = "Pishkhan-Signature"


def headers_of(request: SignedRequest) -> dict[str, str]:
    """The headers that a request is sent with."""
    return {
        DEVICE: request.device_id,
        TIME: request.time,
        CENTRE: request.centre,
        EPOCH: request.epoch,
        SIGNATURE: request.signature,
    }


def request_of(path: str, body: bytes, headers: Mapping[str, str]) -> SignedRequest:
    """The request as it came; a header that is missing is empty, and nothing is believed yet."""
    return SignedRequest(
        path=path,
        body=body,
        device_id=headers.get(DEVICE, ""),
        time=headers.get(TIME, ""),
        signature=headers.get(SIGNATURE, ""),
        centre=headers.get(CENTRE, ""),
        epoch=headers.get(EPOCH, ""),
    )


def answer_headers(reply: Reply) -> dict[str, str]:
    """The headers that an answer is sent with."""
    return {TIME: reply.time, SIGNATURE: reply.signature}


def reply_of(status: int, body: bytes, headers: Mapping[str, str]) -> Reply:
    """The answer as it came; nothing is believed yet."""
    return Reply(status, body, headers.get(TIME, ""), headers.get(SIGNATURE, ""))
