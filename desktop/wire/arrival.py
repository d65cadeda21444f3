"""A command's text as it arrives at the centre: its place, and whether we would have written it so.

What is kept is what was signed and chained, byte for byte. So a text is taken only if it is the one
way in which what it says is written; an earlier program may have left out what it did not know.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, NoReturn

from desktop.domain import commands
from desktop.domain.calendar import LAST_DAY
from desktop.domain.request import SeenViolation, Side
from desktop.wire.bounds import FIRST_DAY, MOST, UUID, sound
from desktop.wire.canon import canon
from desktop.wire.codec import Unreadable, command_in, encode_command

LONGEST = 256 * 1024
"""Bytes of a command's text: more than any form holds."""
_DEEPEST = 32
# A table of a form, which is one answer.
_LONGEST_WORDS = 60_000
_MOST_ITEMS = 1_000
_DEAREST = 10**15
"""Rial."""
_SUMS = frozenset({"amount", "taken", "back", "counted", "fine"})
_TOO_LONG = "بخشی از این کار بلندتر از آن است که مرکز می‌پذیرد؛ کوتاه‌ترش کنید."
_BEYOND = "عدد یا تاریخی در این کار هست که نمی‌تواند درست باشد."
_NO_AREA = "مساحت یا اندازه‌ای در این کار عدد نیست."

# As long as the centre keeps them; whatever is not named here is a person's words.
_LENGTHS = {
    "service": 40,
    "version": 60,
    "tracking": 40,
    "code": 60,
    "linked_to": 36,
    "letter_id": 36,
    "letter_number": 60,
    "sha256": 64,
    "chain": 64,
    "before": 64,
    "signature": 128,
    "method": 10,
    "reference": 60,
    "key": 200,
    "mark": 200,
    "fee": 20,
    "consultation_id": 36,
    "message_id": 36,
    "case_id": 36,
    "person_id": 36,
    "represented_id": 36,
    "postal_code": 20,
}
# Decimal text in what an inspector reports (m, m², degrees).
_MEASURES = frozenset(
    {"land", "built", "lane_width", "advance", "violation_area", "latitude", "longitude"}
)
# Of these only their own fields: an answer of the same key may be a longer word, or no number.
_OWN: Mapping[type, Mapping[str, int]] = {
    commands.AssignCase: {"expert": 36},
    commands.MoveVisit: {"inspector": 36},
    commands.BookVisit: {"mobile": 11},
    commands.ResendMessage: {"mobile": 11},
}
_MEASURED: Mapping[type, tuple[str, ...]] = {Side: ("deed", "length"), SeenViolation: ("area",)}
_MEASURE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,10})?")


class Misread(Unreadable):
    """A text that says what can't be; `words` tell a person which."""

    def __init__(self, words: str, detail: str) -> None:
        super().__init__(detail)
        self.words = words


@dataclass(frozen=True)
class Placed:
    """A text that has its place in a device's chain; `envelope` is all that it says."""

    device_id: str
    seq: int
    envelope: Mapping[str, Any]


def demand_short(text: str) -> None:
    """Raise Misread for a command's text that has no place at the centre for its length."""
    if len(text.encode()) > LONGEST:
        raise Misread(_TOO_LONG, f"{len(text)} characters")


def place(text: str) -> Placed | None:
    """Whose the text is and which number it has, if that much can be read of it."""
    if len(text) > LONGEST or len(text.encode(errors="replace")) > LONGEST:
        return None
    try:
        envelope = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    if not isinstance(envelope, dict):
        return None
    device_id, seq = envelope.get("device_id"), envelope.get("device_seq")
    # A bool is an int to Python and would be one to the database.
    if not isinstance(device_id, str) or type(seq) is not int or not 0 < seq <= MOST:
        return None
    return Placed(device_id, seq, envelope)


def read(placed: Placed, text: str) -> commands.Command:
    """The command. Raises Unreadable; Misread where there are words of its own for it."""
    envelope = dict(placed.envelope)
    _demand_sound(envelope)
    command = command_in(envelope)
    if command.schema != commands.SCHEMA:
        raise Unreadable(f"schema {command.schema}")
    for name in (command.command_id, command.case_id, command.device_id):
        if not UUID.fullmatch(name):
            raise Unreadable("an id that is none")
    if not FIRST_DAY <= command.made_at.date() <= LAST_DAY:
        raise Misread(_BEYOND, "made at a moment beyond any calendar")
    demand_bounded(command.payload)
    try:
        written = encode_command(command)
        # As this program writes it, most are; an earlier one knew less to say.
        if written == text:
            return command
        if canon(envelope) != text:
            raise Unreadable("written otherwise than it says")
    except TypeError as fault:
        raise Unreadable(str(fault)) from fault
    if not _says_no_more(envelope, json.loads(written)):
        raise Unreadable("says what would not be written")
    return command


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _demand_sound(value: Any, depth: int = 1) -> None:
    if depth > _DEEPEST:
        raise Unreadable("nested too deep")
    if isinstance(value, str):
        try:
            sound(value).encode()
        except ValueError as fault:
            raise Unreadable("no sound text") from fault
    elif isinstance(value, dict):
        for key, item in value.items():
            _demand_sound(key, depth)
            _demand_sound(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _demand_sound(item, depth + 1)


def _says_no_more(said: Any, written: Any) -> bool:
    """Whether all that was said would be written again, the same to the type."""
    if isinstance(said, dict) and isinstance(written, dict):
        return all(
            key in written and _says_no_more(item, written[key]) for key, item in said.items()
        )
    if isinstance(said, list) and isinstance(written, list):
        return len(said) == len(written) and all(map(_says_no_more, said, written))
    return type(said) is type(written) and bool(said == written)


def demand_bounded(payload: commands.Payload) -> None:
    """Raise Misread for what no form, calendar or till could hold."""
    for name, value in _values("", payload):
        if isinstance(value, bool):
            continue
        if isinstance(value, str):
            if len(value) > _LENGTHS.get(name, _LONGEST_WORDS):
                raise Misread(_TOO_LONG, f"{name} is too long")
            if name in _MEASURES and value and not _MEASURE.fullmatch(value):
                raise Misread(_NO_AREA, f"{name} is no measure")
        elif isinstance(value, int):
            if not 0 <= value <= (_DEAREST if name in _SUMS else MOST):
                raise Misread(_BEYOND, f"{name} is beyond any count")
        elif isinstance(value, datetime) and value.tzinfo is None:
            # Each machine would take it for its own hour.
            raise Misread(_BEYOND, f"{name} is in no time zone")
        elif isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            if not FIRST_DAY <= day <= LAST_DAY:
                raise Misread(_BEYOND, f"{name} is beyond any calendar")
        elif isinstance(value, Mapping | tuple) and len(value) > _MOST_ITEMS:
            raise Misread(_TOO_LONG, f"{name} has too many items")
        for named, most in _OWN.get(type(value), {}).items():
            if len(getattr(value, named)) > most:
                raise Misread(_TOO_LONG, f"{name}: {named} is too long")
        for measured in _MEASURED.get(type(value), ()):
            text = getattr(value, measured)
            if text and not _MEASURE.fullmatch(text):
                raise Misread(_NO_AREA, f"{name}: {measured} is no measure")


def _values(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Every value in a payload, each with the name of its field or key."""
    yield name, value
    if is_dataclass(value):
        for field in fields(value):
            yield from _values(field.name, getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield "key", key
            yield from _values(str(key), item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _values(name, item)
