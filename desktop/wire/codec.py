"""Commands and facts to canonical text and back; values are checked on the way in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from desktop.domain import commands, stream
from desktop.domain.facts import TakenOver
from desktop.wire.canon import canon, content_hash
from desktop.wire.frame import Purpose, frame

_Read = TypeVar("_Read")
# What every reader of JSON holds exactly (RFC 8259 §6), and every database.
_MOST = 2**53


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


def _moment(envelope: dict[str, Any], key: str) -> datetime:
    moment = datetime.fromisoformat(_word(envelope, key).replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError(f"{key} without a zone")
    # What has no moment in UTC (within hours of the first and the last year) can't be written.
    moment.astimezone(UTC)
    return moment


def _word(envelope: dict[str, Any], key: str) -> str:
    if not isinstance(word := envelope[key], str):
        raise TypeError(f"{key} is no text")
    return word


def _count(envelope: dict[str, Any], key: str) -> int:
    # A bool is an int to Python and would be one to the database.
    if type(count := envelope[key]) is not int:
        raise TypeError(f"{key} is no whole number")
    if abs(count) > _MOST:
        raise ValueError(f"{key} is beyond any count")
    return count


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


def acted(centre: str, unsigned_text: str) -> bytes:
    """What a person signs of an act at the centre with that id: its text without the signature."""
    return frame(Purpose.PERSON, centre, "act", content_hash(unsigned_text.encode()))


def decode_command(text: str) -> commands.Command:
    """The command in the text. Raises Unreadable."""
    return command_in(_envelope(text))


def command_in(envelope: dict[str, Any]) -> commands.Command:
    """The command of an envelope that was read already. Raises Unreadable."""
    return _read(
        lambda: commands.Command(
            command_id=_word(envelope, "command_id"),
            case_id=_word(envelope, "case_id"),
            device_id=_word(envelope, "device_id"),
            device_seq=_count(envelope, "device_seq"),
            actor=_word(envelope, "actor"),
            base_rev=_count(envelope, "base_rev"),
            made_at=_moment(envelope, "made_at"),
            payload=_payload(commands.PAYLOADS, envelope),
            schema=_count(envelope, "schema"),
            person_signature=_word({"person_signature": "", **envelope}, "person_signature"),
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
            fact_id=_word(envelope, "fact_id"),
            stream=_word(envelope, "stream"),
            pos=_count(envelope, "pos"),
            case_id=_word(envelope, "case_id"),
            rev=_count(envelope, "rev"),
            cause=_word(envelope, "cause"),
            actor=_word(envelope, "actor"),
            actor_name=_word(envelope, "actor_name"),
            at=_moment(envelope, "at"),
            payload=_payload(stream.PAYLOADS, envelope),
            schema=_count(envelope, "schema"),
        )
    )


def unfolded(told: Iterable[tuple[str, str]]) -> list[str]:
    """Kind and text of a case's facts in one stream, in `rev` order, as texts of all its facts.

    What a taking over carried stands before it, in the place of all that the stream told earlier;
    it itself stands there without. Raises Unreadable for one that can't be read.
    """
    texts: list[str] = []
    for kind, text in told:
        if kind == TakenOver.kind:
            fact = decode_fact(text)
            assert isinstance(fact.payload, TakenOver)
            bare = replace(fact, payload=replace(fact.payload, facts=()))
            texts = [*fact.payload.facts, encode_fact(bare)]
        else:
            texts.append(text)
    return texts


def read_as(kind: type[_Read], text: str) -> _Read:
    """The dataclass in its canonical text. Raises Unreadable for any other text."""
    value: _Read = _read(lambda: adapter(kind).validate_json(text))
    if canon(plain(value)) != text:
        raise Unreadable("not canonical")
    return value


def _envelope(text: str) -> dict[str, Any]:
    try:
        envelope = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise Unreadable(str(fault)) from fault
    if not isinstance(envelope, dict):
        raise Unreadable("no envelope")
    return envelope


def _payload(kinds: Mapping[str, Any], envelope: dict[str, Any]) -> Any:
    kind = kinds.get(_word(envelope, "kind"))
    if kind is None:
        raise Unreadable(f"unknown kind {envelope['kind']!r}")
    return adapter(kind).validate_python(envelope["payload"])


def _read(make: Callable[[], _Read]) -> _Read:
    try:
        return make()
    except ValidationError as fault:
        raise Unreadable(str(fault)) from fault
    except (KeyError, TypeError, ValueError, OverflowError) as fault:
        raise Unreadable(repr(fault)) from fault
