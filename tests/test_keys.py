"""Keys: what a password opens, what a keyring holds, and what a demo's key says of itself."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from desktop.domain.errors import Refusal
from desktop.keys import COST, Cost, DeviceKeys, is_demo, new_key, unwrap, wrap

CHEAP = Cost(passes=1, memory=8, lanes=1)


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self, *, locked: bool = False) -> None:
        """Open, or locked."""
        self.held: dict[tuple[str, str], str] = {}
        self.locked = locked

    def get_password(self, service: str, username: str) -> str | None:
        """What is held."""
        if self.locked:
            raise KeyringLocked
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Hold it."""
        if self.locked:
            raise KeyringLocked
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Nothing is ever deleted here."""
        raise PasswordDeleteError


def no_ring() -> KeyringBackend:
    """What the library gives where the system has no keyring."""
    return NoKeyring()  # type: ignore[no-untyped-call]


def same(one: Ed25519PrivateKey | None, other: Ed25519PrivateKey) -> bool:
    return one is not None and one.private_bytes_raw() == other.private_bytes_raw()


def test_the_password_opens_and_another_does_not() -> None:
    key = new_key()
    wrapped = wrap(key, "گذرواژهٔ من", CHEAP)
    assert key.private_bytes_raw().hex() not in wrapped
    assert same(unwrap(wrapped, "گذرواژهٔ من"), key)
    for wrong in ("", "گذرواژهٔ من ", "گذرواژه"):
        with pytest.raises(Refusal, match="گذرواژه درست نیست") as refusal:
            unwrap(wrapped, wrong)
        assert refusal.value.field == "password"
    assert wrap(key, "a", CHEAP) != wrap(key, "a", CHEAP)


@pytest.mark.parametrize("change", [{"demo": False}, {"passes": 2}, {"salt": "00" * 16}])
def test_what_is_said_of_a_key_is_sealed_with_it(change: dict[str, object]) -> None:
    wrapped = wrap(new_key(), "a", CHEAP, demo=True)
    touched = json.dumps({**json.loads(wrapped), **change})
    with pytest.raises(Refusal):
        unwrap(touched, "a")


@pytest.mark.parametrize("text", ["", "{}", "[]", "x", '{"box": "zz"}', "null"])
def test_a_text_that_wraps_nothing(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        unwrap(text, "a")


def test_a_wrapped_key_of_a_later_version_is_not_guessed_at() -> None:
    held = json.loads(wrap(new_key(), "a", CHEAP)) | {"version": 3}
    with pytest.raises(ValueError, match="version"):
        unwrap(json.dumps(held), "a")


@pytest.mark.slow
def test_the_real_cost_is_the_articles() -> None:
    assert Cost(3, 65536, 4) == COST
    assert same(unwrap(wrap(key := new_key(), "a"), "a"), key)


def test_a_device_key_is_in_the_keyring_and_nowhere_else(tmp_path: Path) -> None:
    ring, key = Ring(), new_key()
    keys = DeviceKeys(tmp_path / "keys", ring=ring, cost=CHEAP)
    assert not keys.needs_passphrase
    assert keys.find("desk") is None
    keys.keep("desk", key)
    assert same(keys.find("desk"), key)
    assert list(tmp_path.rglob("*")) == []
    ring.set_password("pishkhan-yazd", "desk", "no key")
    with pytest.raises(Refusal, match="خوانده نمی‌شود"):
        keys.find("desk")
    ring.locked = True
    with pytest.raises(Refusal, match="خوانده نمی‌شود"):
        keys.find("desk")


@pytest.mark.parametrize("ring", [no_ring(), Ring(locked=True)])
def test_without_a_keyring_a_passphrase_is_asked_for(ring: KeyringBackend, tmp_path: Path) -> None:
    key = new_key()
    keys = DeviceKeys(tmp_path, ring=ring, cost=CHEAP)
    assert keys.needs_passphrase is isinstance(ring, NoKeyring)
    with pytest.raises(Refusal, match="عبارت رمز برگزینید"):
        keys.keep("desk", key)
    keys.keep("desk", key, "عبارت")
    assert same(keys.find("desk", "عبارت"), key)
    with pytest.raises(Refusal, match="درست نیست"):
        keys.find("desk")
    (path,) = tmp_path.iterdir()
    assert key.private_bytes_raw().hex() not in path.read_text(encoding="utf-8")
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0


def test_no_key_and_no_keyring(tmp_path: Path) -> None:
    assert DeviceKeys(tmp_path, ring=no_ring(), cost=CHEAP).find("desk") is None


def test_a_demo_key_needs_nobody_and_says_what_it_is(tmp_path: Path) -> None:
    ring, key = Ring(), new_key()
    keys = DeviceKeys(tmp_path, ring=ring, cost=CHEAP)
    keys.keep_demo("desk", key)
    assert same(keys.find("desk"), key)
    assert ring.held == {}
    assert is_demo((tmp_path / "desk.key").read_text(encoding="utf-8"))


def test_a_damaged_key_file_is_told(tmp_path: Path) -> None:
    keys = DeviceKeys(tmp_path, ring=no_ring(), cost=CHEAP)
    for damaged in (b"", b"{", b'{"demo": true}', b"[]", b"\xff\xfe\x00"):
        (tmp_path / "desk.key").write_bytes(damaged)
        with pytest.raises(Refusal, match="خوانده نمی‌شود"):
            keys.find("desk")
