"""Every command and fact, of every kind, survives its trip as text; what is none is unreadable."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.chance import new_id
from desktop.domain import commands, facts, stream
from desktop.domain.letter import Release
from desktop.wire.canon import canon
from desktop.wire.codec import (
    Unreadable,
    decode_command,
    decode_fact,
    encode_command,
    encode_fact,
    unsigned,
)
from desktop.wire.payloads import PullAnswer, PushAnswer, PushAsk, Slice

AT = datetime(2026, 11, 24, 7, 12, 30, 120_000, tzinfo=UTC)
NO_MOMENT = ("0001-01-01T00:00:00.000+14:00", "9999-12-31T23:59:59.999-14:00")
"""What Python reads, and can't say in UTC."""
_TEXT = st.text("آبپتیکگ‌ ۱۲۳12/-«»", max_size=12)
st.register_type_strategy(str, _TEXT)
st.register_type_strategy(
    Decimal, st.decimals(0, 10**12, places=2, allow_nan=False, allow_infinity=False)
)
st.register_type_strategy(
    Mapping, lambda kind: st.dictionaries(*map(st.from_type, get_args(kind)), max_size=3)
)
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))


def command_of(payload: Any) -> commands.Command:
    """A command with that payload."""
    return commands.Command(
        command_id=new_id(), case_id=new_id(), device_id=new_id(), device_seq=7,
        actor="zahra", base_rev=3, made_at=AT, payload=payload, person_signature="ab" * 64,
    )  # fmt: skip


def fact_of(payload: Any) -> stream.Fact:
    """A fact with that payload."""
    return stream.Fact(
        fact_id=new_id(), stream="office:21", pos=12, case_id=new_id(), rev=3, cause=new_id(),
        actor="zahra", actor_name="زهرا فلاح", at=AT, payload=payload,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(commands.PAYLOADS))
def test_a_command_comes_back_as_it_went(kind: str) -> None:
    @settings(max_examples=20)
    @given(st.from_type(commands.PAYLOADS[kind]))
    def trip(payload: Any) -> None:
        command = command_of(payload)
        text = encode_command(command)
        assert decode_command(text) == command
        assert unsigned(text) == encode_command(command, signed=False)
        assert encode_command(decode_command(text)) == text

    trip()


@pytest.mark.parametrize("kind", sorted(stream.PAYLOADS))
@pytest.mark.slow
def test_a_fact_comes_back_as_it_went(kind: str) -> None:
    @settings(max_examples=20)
    @given(st.from_type(stream.PAYLOADS[kind]))
    def trip(payload: Any) -> None:
        fact = fact_of(payload)
        text = encode_fact(fact)
        assert decode_fact(text) == fact
        assert encode_fact(decode_fact(text)) == text

    trip()


@given(st.lists(st.text('اهی\u0653\u0654e\u0301"\\ ', max_size=12), max_size=4))
def test_what_carries_canonical_texts_is_canonical_itself(words: list[str]) -> None:
    texts = [canon({"words": each}) for each in words]
    piece = Slice(
        stream="office:21", after=0, facts=texts, pos=len(texts), hash="ab" * 32, more=False,
        epoch=new_id(), time=AT, signature="cd" * 64,
    )  # fmt: skip
    for body in (
        PushAsk(commands=texts, cursors={"office:21": 0, "city": 7}),
        PushAnswer(accepted_to=7, streams=[piece]),
        PullAnswer(streams=[piece]),
    ):
        assert body.encode() == canon(body.model_dump(mode="json")).encode()


def test_whatever_is_cut_out_or_put_elsewhere_is_unreadable_never_a_bug() -> None:
    whole = json.loads(encode_command(command_of(commands.Withdraw("نمی‌خواهد"))))
    assert decode_command(canon(whole))
    spoiled: list[Any] = [None, 7, [], "متن", {}]
    for key in whole:
        # Whether somebody signed is asked where the command is put into force.
        if key != "person_signature":
            spoiled.append({name: value for name, value in whole.items() if name != key})
        wrong: tuple[Any, ...] = (None, True, [], {"a": 1})
        spoiled += [{**whole, key: each} for each in wrong]
    spoiled.append({**whole, "made_at": "2026-11-24T10:00:00"})
    spoiled += [{**whole, "made_at": moment} for moment in NO_MOMENT]
    spoiled.append({**whole, "device_seq": 2**63})
    for each in spoiled:
        with pytest.raises(Unreadable):
            decode_command(canon(each))
    for text in ("", "{", "[1,2", "\x00", "[" * 100_000):
        with pytest.raises(Unreadable):
            decode_command(text)


def test_a_kind_of_a_newer_program_is_unreadable() -> None:
    envelope = json.loads(encode_fact(fact_of(facts.Withdrawn("دیگر نمی‌خواهد"))))
    envelope["kind"] = "dreamt"
    with pytest.raises(Unreadable, match="dreamt"):
        decode_fact(canon(envelope))


def test_a_stamp_of_before_unseen_letters_were_told_reads_as_it_did() -> None:
    released = facts.LetterReleased(
        "letter", Release("زارع", "مسئول", AT.date(), "office"), "ab", 2
    )
    envelope = json.loads(encode_fact(fact_of(released)))
    del envelope["payload"]["unseen"]
    assert decode_fact(canon(envelope)).payload == released
    asked = commands.ReleaseLetter("letter", "ab" * 32, 2, "office", AT.date())
    envelope = json.loads(encode_command(command_of(asked)))
    del envelope["payload"]["unseen"]
    assert decode_command(canon(envelope)).payload == asked


@pytest.mark.slow
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | _TEXT,
        lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner),
        max_leaves=12,
    )
)
def test_one_value_has_one_text(value: Any) -> None:
    text = canon(value)
    assert unicodedata.is_normalized("NFC", text)
    assert canon(json.loads(text)) == text


@pytest.mark.parametrize("value", [1.5, [1.5], {"a": {"b": [1.5]}}, (0.0,), float("nan")])
def test_no_float_is_ever_signed(value: Any) -> None:
    with pytest.raises(TypeError):
        canon(value)
