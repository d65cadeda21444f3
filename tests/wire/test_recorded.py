"""The first protocol over a line as it was: whoever changes a byte of it makes another protocol."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.keys import letter_key_of
from desktop.wire import blobs, link
from desktop.wire.assent import Purpose, assented
from desktop.wire.codec import acted
from desktop.wire.letters import issued_line, released, sealed
from desktop.wire.payloads import attested

CENTRE = "01a21f94-b596-74ce-a290-0bd2d4a006cf"
EPOCH = "01a21f94-b596-74ce-a290-0bd2d4a006d0"
DEVICE = "01a21f94-b596-74ce-a290-0bd2d4a006d1"
AT = datetime(2026, 11, 24, 7, 12, tzinfo=UTC)
TIME = "2026-11-24T07:12:00.000+00:00"
SHA = "ab" * 32
QUESTION = link.asked("/v1/pull", b'{"cursors":{"city":0}}', DEVICE, TIME, CENTRE, EPOCH)

FRAMES = {
    "request": (
        QUESTION,
        f'["pishkhan",1,"request","{CENTRE}","{EPOCH}","/v1/pull",'
        '"2e0baa338fe8ff8aa430e8df7d2f5f4a556f1e61521ea76c8b90b947374814dc",'
        f'"{DEVICE}","{TIME}"]',
    ),
    "answer": (
        link.answered(QUESTION, 200, b'{"streams":[]}', TIME, CENTRE, EPOCH),
        f'["pishkhan",1,"answer","{CENTRE}","{EPOCH}",'
        '"8ce05509cb2f55b13116fd4ad6d93bfe6120dd4cbbd2e45bc8a0247180262783",200,'
        f'"b48108c5ebff13b6ff249409b4d2356397417e29a15268d5bf9296aa19edf599","{TIME}"]',
    ),
    "head": (
        attested(CENTRE, "city", 7, SHA, EPOCH, AT),
        f'["pishkhan",1,"head","{CENTRE}","{EPOCH}","city",7,"{SHA}","2026-11-24T07:12:00+00:00"]',
    ),
    "an act": (
        acted(CENTRE, '{"actor":"a"}'),
        f'["pishkhan",1,"person","{CENTRE}","","act",'
        '"003d2e33666896901095b9ca7b8fec700dd407740fac6ae638485762a81f079a"]',
    ),
    "an assent": (
        assented(CENTRE, Purpose.SIGN, "s", "a", "چون", AT),
        f'["pishkhan",1,"person","{CENTRE}","","assent","sign-publication","s","a","چون",'
        '"2026-11-24T07:12:00+00:00"]',
    ),
    "letter": (
        issued_line(CENTRE, b"1|k|n"),
        f'["pishkhan",1,"letter","{CENTRE}","","317c6b7c6e"]',
    ),
    "seal": (
        sealed("1405/21/7", 1, SHA),
        f'["pishkhan",1,"seal","","","1405/21/7",1,"{SHA}"]',
    ),
    "release": (
        released(CENTRE, "1405/21/7", 2, 1, SHA),
        f'["pishkhan",1,"release","{CENTRE}","","1405/21/7",2,1,"{SHA}"]',
    ),
}


@pytest.mark.parametrize("name", FRAMES)
def test_what_is_signed_is_what_was_signed(name: str) -> None:
    made, recorded = FRAMES[name]
    assert made.decode() == recorded


def test_a_signature_of_either_kind_is_the_same_each_time() -> None:
    plain = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    letters = letter_key_of(bytes(range(1, 33)))
    assert link.public_hex(plain) == (
        "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
    )
    assert link.public_hex(letters) == (
        "02515c3d6eb9e396b904d3feca7f54fdcd0cc1e997bf375dca515ad0a6c3b4035f"
    )
    assert link.sign(plain, QUESTION) == (
        "98cfb30152338b114d3c2bf4bcfc54d69c1a9e36000db29670d2bcc1fcee639d"
        "e22e4d6b344763806a2387c6923f372456426d162d55ff6ea7849a86fccf510a"
    )
    assert link.sign(letters, issued_line(CENTRE, b"1|k|n")) == (
        "2be1aca510fae6521dc3876164f29536db70d141702d8ac13940b6aa2ffe1b18"
        "58a84a9d5f752a79bf009b23dc5d99a9dfc233f2f33adc9c7a28f63dfa525850"
    )


def test_a_proof_of_a_content_is_the_same_each_time() -> None:
    assert blobs.proof_of(CENTRE, "office:21", "w", b"content") == (
        "584b93e7778a5d0aef318c41ce4735f615318c4f9d72ecb92d09e23a81d4634d"
    )
