"""The protocol as OpenAPI 3.1: every call with its bodies, so that others can read and try it."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from desktop.wire import headers
from desktop.wire.calls import ALL, Call
from desktop.wire.payloads import Fault

_COMPONENT = "#/components/schemas/{model}"
_ASKED = {
    headers.DEVICE: "The device's id, a UUID.",
    headers.TIME: "When it was signed: ISO 8601, UTC.",
    headers.CENTRE: "The centre's id that the device was enrolled at.",
    headers.EPOCH: "The centre's epoch as the device last heard it.",
    headers.SIGNATURE: "The device's Ed25519 signature over the request's frame, hex.",
}
_ANSWERED = {
    headers.TIME: "When it was answered: ISO 8601, UTC.",
    headers.SIGNATURE: "The centre's Ed25519 signature over the answer's frame, hex.",
}
# What is no answer to the question: its status, and what the device does about it.
_FAULTS = {
    "400": "Not understood, or lawfully refused in words.",
    "401": "The device is not known, or its signature is wrong.",
    "403": "The device was revoked.",
    "404": "This centre knows no such call.",
    "405": "A call is a POST.",
    "408": "The body came too slowly.",
    "409": "The device's store is a copy or was put back: it stops.",
    "413": "The body is larger than this call takes.",
    "421": "It is for another centre or epoch: the centre's own is in the answer.",
    "425": "The device's clock is wrong: the centre's time is in the answer.",
    "426": "The device's program is too old.",
    "500": "A bug, logged under the report code.",
    "503": "The centre is busy: ask again.",
}


def document(version: str) -> dict[str, Any]:
    """The document, as of the program's version."""
    bodies = {model for call in ALL for model in (call.ask, call.answer)} | {Fault}
    ordered = sorted(bodies, key=lambda model: (model.__module__, model.__name__))
    named, schemas = models_json_schema(
        [(model, "validation") for model in ordered], ref_template=_COMPONENT
    )
    refs = {model: named[(model, "validation")] for model in ordered}
    return {
        "openapi": "3.1.0",
        "info": {"title": "The centre of Yazd's counter offices", "version": version},
        "paths": {call.path: {"post": _operation(call, refs)} for call in ALL},
        "components": {"schemas": schemas["$defs"]},
    }


def _operation(call: Call[Any, Any], refs: dict[Any, Any]) -> dict[str, Any]:
    fault = {"application/json": {"schema": refs[Fault]}}
    return {
        "operationId": call.path.removeprefix("/v1/").replace("/", "-"),
        "summary": (call.ask.__doc__ or "").strip().splitlines()[0],
        "description": f"At most {call.most} bytes.",
        "parameters": [
            {
                "name": name,
                "in": "header",
                "required": True,
                "description": told,
                "schema": {"type": "string"},
            }
            for name, told in _ASKED.items()
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": refs[call.ask]}},
        },
        "responses": {
            "200": {
                "description": (call.answer.__doc__ or "").strip().splitlines()[0],
                "headers": {
                    name: {"description": told, "schema": {"type": "string"}}
                    for name, told in _ANSWERED.items()
                },
                "content": {"application/json": {"schema": refs[call.answer]}},
            },
            **{status: {"description": told, "content": fault} for status, told in _FAULTS.items()},
        },
    }
