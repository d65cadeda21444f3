"""Commands and facts to canonical text and back; values are checked on the way in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from desktop.domain import commands, stream
from desktop.wire.canon import canon

_Read = TypeVar("_Read")


class Unreadable(ValueError):
    """A text that is no command or fact of a kind and schema we know."""


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """The checker and writer of a dataclass, made once."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def plain(value: Any) -> Any:
    """A dataclass as JSON values (dates ISO, decimals text)."""
    return adapter(type(value)).dump_python(value, mode="json")


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def encode_command(command: commands.Command, *, signed: bool = True) -> str:
    """The canonical envelope; without the person's signature when `signed` is false."""
    envelope = {
        "actor": command.actor,
        "base_rev": command.base_rev,
        "case_id": command.case_id,
        "command_id": command.command_id,
        "device_id": command.device_id,
        "device_seq": command.device_seq,
        "kind": command.kind,
        "made_at": _stamp(command.made_at),
        "payload": plain(command.payload),
        "schema": command.schema,
    }
    if signed and command.person_signature:
        envelope["person_signature"] = command.person_signature
    return canon(envelope)


def unsigned(text: str) -> str:
    """What the person signed of a command in its canonical text. Raises Unreadable."""
    envelope = _envelope(text)
    envelope.pop("person_signature", None)
    return canon(envelope)


def decode_command(text: str) -> commands.Command:
    """The command in the text. Raises Unreadable."""
    envelope = _envelope(text)
    return _read(
        lambda: commands.Command(
            command_id=envelope["command_id"],
            case_id=envelope["case_id"],
            device_id=envelope["device_id"],
            device_seq=int(envelope["device_seq"]),
            actor=envelope["actor"],
            base_rev=int(envelope["base_rev"]),
            made_at=_moment(envelope["made_at"]),
            payload=_payload(commands.PAYLOADS, envelope),
            schema=int(envelope["schema"]),
            person_signature=envelope.get("person_signature", ""),
        )
    )


def encode_fact(fact: stream.Fact) -> str:
    """The canonical text of a fact, as chained in its stream."""
    return canon(
        {
            "actor": fact.actor,
            "actor_name": fact.actor_name,
            "at": _stamp(fact.at),
            "case_id": fact.case_id,
            "cause": fact.cause,
            "fact_id": fact.fact_id,
            "kind": fact.kind,
            "payload": plain(fact.payload),
            "pos": fact.pos,
            "rev": fact.rev,
            "schema": fact.schema,
            "stream": fact.stream,
        }
    )


def decode_fact(text: str) -> stream.Fact:
    """The fact in the text. Raises Unreadable for a kind of a newer program."""
    envelope = _envelope(text)
    return _read(
        lambda: stream.Fact(
            fact_id=envelope["fact_id"],
            stream=envelope["stream"],
            pos=int(envelope["pos"]),
            case_id=envelope["case_id"],
            rev=int(envelope["rev"]),
            cause=envelope["cause"],
            actor=envelope["actor"],
            actor_name=envelope["actor_name"],
            at=_moment(envelope["at"]),
            payload=_payload(stream.PAYLOADS, envelope),
            schema=int(envelope["schema"]),
        )
    )


def _envelope(text: str) -> dict[str, Any]:
    try:
        envelope = json.loads(text)
    except ValueError as fault:
        raise Unreadable(str(fault)) from fault
    if not isinstance(envelope, dict):
        raise Unreadable("no envelope")
    return envelope


def _payload(kinds: Mapping[str, Any], envelope: dict[str, Any]) -> Any:
    kind = kinds.get(envelope["kind"])
    if kind is None:
        raise Unreadable(f"unknown kind {envelope['kind']!r}")
    return adapter(kind).validate_python(envelope["payload"])


def _read(make: Callable[[], _Read]) -> _Read:
    try:
        return make()
    except ValidationError as fault:
        raise Unreadable(str(fault)) from fault
    except (KeyError, TypeError, ValueError) as fault:
        raise Unreadable(repr(fault)) from fault
