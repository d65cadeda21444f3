"""Records the protocol's bytes: every call, act and fact, once with all that it can say, once bare.

    python -m tests.record

adds what is not recorded yet. What is recorded stays: bytes that were sent once are never changed.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.chance import drawn_from, new_id
from desktop.domain import commands, stream
from desktop.domain.signed_acts import SIGNED_BY_PERSON, SIGNED_LATER
from desktop.wire import calls, headers, link
from desktop.wire.canon import canon
from desktop.wire.codec import acted, adapter, encode_command, encode_fact
from desktop.wire.payloads import Body, Fault

KEPT = Path(__file__).parent / "data" / "protocol" / "v1.json.gz"
AT = datetime(2026, 11, 24, 7, 12, 30, 120_000, tzinfo=UTC)
CENTRE = "01a21f94-b596-74ce-a290-0bd2d4a006cf"
EPOCH = "01a21f94-b596-74ce-a290-0bd2d4a006d0"
DEVICE = "01a21f94-b596-74ce-a290-0bd2d4a006d1"
DEVICE_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PERSON_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
ANSWERS_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
STATUSES = (
    link.UNREADABLE,
    link.UNSIGNED,
    link.REVOKED,
    link.FORK,
    link.ELSEWHERE,
    link.CLOCK,
    link.TOO_OLD,
    link.BROKEN,
    link.BUSY,
)
"""Those of an answer that is a fault."""
_SEED = 1405
_NAMED = {
    **dict.fromkeys(("sha256", "hash", "head_hash", "essence"), "ab" * 32),
    **dict.fromkeys(("signature", "person_signature"), "ef" * 64),
    **dict.fromkeys(("case_id", "letter_id", "linked_to", "replaces", "device_id"), CENTRE),
    **dict.fromkeys(("person_id", "represented_id", "carrier_id", "trusted_id"), "4420123456"),
    **dict.fromkeys(("land", "built", "lane_width", "advance", "violation_area"), "240.50"),
    **dict.fromkeys(("deed", "length", "area"), "240.50"),
    **dict.fromkeys(("latitude", "longitude"), "31.8974"),
    **dict.fromkeys(("actor", "clerk", "staff_id"), "zahra-fallah"),
    **dict.fromkeys(("mobile", "phone"), "09131234567"),
    "postal_code": "8915818411",
    "code": "2-14-308-27-1-0-0",
    "epoch": EPOCH,
    "home": "office:21",
    "key_id": "ab12cd34",
    "number": "1405/21/7",
    "office": "21",
    "service": "no-violation",
    "stream": "office:21",
    "tracking": "21-050903-01-0001-7",
    "unchanged": "yes",
    "version": "0123456789ab",
}
"""What stands in fields of these names."""
# Topics that the program before does not know: published once desks have this one
# (decisions/120, 138).
LATER_TOPICS = frozenset({"limit", "bounds", "half-day", "district-name"})
_WORDS = ("یزد، کوچهٔ شهید زارع", "می‌خواهد «نقشه» را", "پلاک ۲۷", "حسن یزدی", "1405/09/03")
# Numbers, names, hashes and keys, for what has a form of its own.
_FORMED = ("240.50", CENTRE, "ab" * 32, "02" + "cd" * 32, "ef" * 64, "2")


class _Sampler:
    """Draws a value of a JSON schema: with `whole` all that it can hold, else as little.

    `texts` are acts and facts, by the keys under which bodies carry them.
    """

    def __init__(
        self,
        schema: Mapping[str, Any],
        drawn: Random,
        texts: Mapping[str, list[str]],
        *,
        whole: bool,
    ) -> None:
        self._texts = texts
        self._named: Mapping[str, Any] = schema.get("$defs", {})
        self._drawn = drawn
        self._whole = whole

    def of(self, schema: Mapping[str, Any], name: str = "") -> Any:
        """A value of the (part of a) schema, for a field of that name."""
        if "$ref" in schema:
            return self.of(self._named[schema["$ref"].rpartition("/")[2]], name)
        if "anyOf" in schema:
            return self._one_of(schema["anyOf"], name)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._drawn.choice([each for each in schema["enum"] if each not in LATER_TOPICS])
        match schema.get("type"):
            case "string":
                return self._text(schema, name)
            case "integer":
                return min(schema.get("minimum", 0) + self._drawn.randrange(1, 99), _most(schema))
            case "boolean":
                return self._whole
            case "array":
                return self._items(schema)
            case "object":
                return self._object(schema)
        return None

    def _one_of(self, kinds: list[Mapping[str, Any]], name: str) -> Any:
        # A number with a fraction travels as text.
        wanted = [kind for kind in kinds if kind.get("type") not in ("null", "number")]
        bare = not self._whole and {"type": "null"} in kinds
        return None if bare else self.of(wanted[0], name)

    def _text(self, schema: Mapping[str, Any], name: str) -> str:
        if schema.get("format") == "date":
            return AT.date().isoformat()
        if schema.get("format") == "date-time":
            return AT.isoformat()
        if "pattern" in schema:
            return next(text for text in _FORMED if re.search(schema["pattern"], text))
        return _NAMED.get(name, self._drawn.choice(_WORDS))[: schema.get("maxLength")]

    def _items(self, schema: Mapping[str, Any]) -> list[Any]:
        if "prefixItems" in schema:
            return [self.of(item) for item in schema["prefixItems"]]
        least = schema.get("minItems", 0)
        return [self.of(schema["items"]) for _ in range(max(least, 2 if self._whole else 0))]

    def _object(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        asked = schema.get("properties", {})
        if not asked and self._whole and schema.get("additionalProperties"):
            return {"city": self.of(schema["additionalProperties"])}
        needed = asked if self._whole else schema.get("required", ())
        return {
            key: self._texts[key]
            if self._whole and key in self._texts
            else self.of(asked[key], key)
            for key in needed
        }


def _most(schema: Mapping[str, Any]) -> int:
    return int(schema.get("maximum", 2**31))


def _sample(
    schema: Mapping[str, Any],
    name: str,
    texts: Mapping[str, list[str]] | None = None,
    *,
    whole: bool,
) -> Any:
    # By its name, so that one more kind changes nothing of the others.
    return _Sampler(schema, Random(f"{_SEED} {name}"), texts or {}, whole=whole).of(schema)


def _command(kind: str, *, whole: bool) -> str:
    schema = adapter(commands.PAYLOADS[kind])
    payload = schema.validate_python(_sample(schema.json_schema(), kind, whole=whole))
    command = commands.Command(
        command_id=new_id(), case_id=new_id(), device_id=DEVICE, device_seq=7,
        actor="zahra-fallah", base_rev=3, made_at=AT, payload=payload,
    )  # fmt: skip
    text = encode_command(command)
    # As it was first said: a text that was recorded stays.
    if kind not in SIGNED_BY_PERSON - SIGNED_LATER:
        return text
    signature = link.sign(PERSON_KEY, acted(CENTRE, text))
    return canon({**json.loads(text), "person_signature": signature})


def _fact(kind: str, *, whole: bool) -> str:
    schema = adapter(stream.PAYLOADS[kind])
    payload = schema.validate_python(_sample(schema.json_schema(), kind, whole=whole))
    fact = stream.Fact(
        fact_id=new_id(), stream="office:21", pos=12, case_id=new_id(), rev=3, cause=new_id(),
        actor="zahra-fallah", actor_name="زهرا فلاح", at=AT, payload=payload,
    )  # fmt: skip
    return encode_fact(fact)


def _body(kind: type[Body], name: str, *, whole: bool) -> bytes:
    with drawn_from(_SEED):
        texts = {
            "commands": [_command("register", whole=True)],
            "facts": [_fact("registered", whole=True)],
        }
    said = _sample(kind.model_json_schema(), name, texts, whole=whole)
    return kind.model_validate_json(json.dumps(said), strict=True).encode()


def _conversation(path: str, ask: bytes, status: int, answer: bytes) -> dict[str, Any]:
    request = link.sign_request(DEVICE_KEY, DEVICE, path, ask, AT, centre=CENTRE, epoch=EPOCH)
    time, question = link.iso(AT), link.question_of(request)
    said = link.answered(question, status, answer, time, CENTRE, EPOCH)
    reply = link.Reply(status, answer, time, link.sign(ANSWERS_KEY, said))
    return {
        "path": path,
        "request": {"headers": headers.headers_of(request), "body": ask.decode()},
        "answer": {
            "status": status,
            "headers": headers.answer_headers(reply),
            "body": answer.decode(),
        },
    }


def sampled() -> dict[str, dict[str, Any]]:
    """What this program says: by «calls», «commands» and «facts», by name, whole and bare."""
    made: dict[str, dict[str, Any]] = {"calls": {}, "commands": {}, "facts": {}}
    for word, whole in (("whole", True), ("bare", False)):
        for kind in commands.PAYLOADS:
            with drawn_from(_SEED):
                made["commands"][f"{kind} {word}"] = _command(kind, whole=whole)
        for kind in stream.PAYLOADS:
            with drawn_from(_SEED):
                made["facts"][f"{kind} {word}"] = _fact(kind, whole=whole)
        for call in calls.ALL:
            ask = _body(call.ask, call.path, whole=whole)
            answer = _body(call.answer, call.path, whole=whole)
            told = _conversation(call.path, ask, link.OK, answer)
            made["calls"][f"{call.path} {word}"] = told
    for status in STATUSES:
        ask = _body(calls.PULL.ask, calls.PULL.path, whole=True)
        fault = _body(Fault, str(status), whole=True)
        told = _conversation(calls.PULL.path, ask, status, fault)
        made["calls"][f"{calls.PULL.path} {status}"] = told
    return made


def recorded() -> dict[str, dict[str, Any]]:
    """What is recorded, arranged as `sampled`; nothing where there is no record."""
    if not KEPT.exists():
        return {}
    told: dict[str, dict[str, Any]] = json.loads(gzip.decompress(KEPT.read_bytes()))
    return told


def as_said(written: Any, said: Any) -> Any:
    """What is written, without what a later program says besides."""
    if isinstance(said, dict) and isinstance(written, dict):
        return {key: as_said(written[key], said[key]) for key in said if key in written}
    if isinstance(said, list) and isinstance(written, list) and len(said) == len(written):
        return [as_said(one, other) for one, other in zip(written, said, strict=True)]
    return written


def demand_same(text: str, again: str) -> None:
    """The text is written again, to the byte, with whatever has been added since left out."""
    assert canon(as_said(json.loads(again), json.loads(text))) == text


if __name__ == "__main__":
    before = recorded()
    added = {part: {**named, **before.get(part, {})} for part, named in sampled().items()}
    KEPT.parent.mkdir(exist_ok=True)
    # Without a moment in it the same record is the same file.
    KEPT.write_bytes(gzip.compress(canon(added).encode(), mtime=0))
