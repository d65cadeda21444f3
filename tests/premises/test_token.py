"""The city's key in a PKCS#11 token (SoftHSM): it never leaves it, and anybody checks its word."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import Refusal
from desktop.premises.centre_keys import (
    Keeper,
    copy_keys,
    keepers_of,
    lay_ready,
    make_in_token,
    make_keys,
    open_key,
    read_keys,
)
from desktop.premises.token import Token
from desktop.wire.link import verifies

pytestmark = pytest.mark.slow
MODULE = "/usr/lib/softhsm/libsofthsm2.so"
ALI, SARA = Keeper("علی رضایی", "گذرعبارت دراز علی"), Keeper("سارا کریمی", "گذرعبارت دراز سارا")


@pytest.fixture(scope="module")
def made_token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A token of this module's own, its label: its driver reads where it is once a process."""
    folder = tmp_path_factory.mktemp("softhsm")
    config = folder / "softhsm2.conf"
    (folder / "tokens").mkdir()
    config.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(config))
        program = shutil.which("softhsm2-util")
        assert program is not None
        numbers = ("--pin", "271828", "--so-pin", "314159")
        init = (program, "--init-token", "--free", "--label", "pishkhan", *numbers)
        subprocess.run(init, check=True, capture_output=True)
        yield "pishkhan"


@pytest.fixture
def token(made_token: str, tmp_path: Path) -> Token:
    """It with its PIN in a file."""
    pin = tmp_path / "token.pin"
    pin.write_text("271828\n")
    pin.chmod(0o600)
    return Token(MODULE, made_token, pin)


def test_a_key_of_a_token_is_made_by_two_and_signs_what_anybody_checks(
    token: Token, tmp_path: Path
) -> None:
    make_keys(tmp_path)
    made = make_in_token(tmp_path, token, ALI, SARA)
    assert keepers_of(tmp_path, made.key_id) == (ALI.name, SARA.name)
    with pytest.raises(Refusal, match="باز نمی‌کند"):
        open_key(tmp_path, made.key_id, ALI, Keeper(SARA.name, "گذرعبارت کس دیگر"), token)
    key = open_key(tmp_path, made.key_id, SARA, ALI, token)
    lay_ready(tmp_path, key)
    # Nothing of it lies in a file, and no copy of the others has it.
    assert not list((tmp_path / "keys").glob("letters-*.pem"))
    copied = copy_keys(tmp_path, tmp_path / "safe", "گذرواژه")
    assert not [path for path in copied if path.suffix == ".pem" and made.key_id in path.name]
    found = read_keys(tmp_path, token).find(made.key_id)
    assert found is not None
    assert found.public == key.public == made.public
    for message in (b"", b"essence", b"x" * 5_000):
        signature = found.sign(message)
        assert len(signature) == 128
        assert verifies(made.public, signature, message)
        assert not verifies(made.public, signature, message + b"!")
    # Without the token it is nobody's.
    assert read_keys(tmp_path).find(made.key_id) is None
    assert read_keys(tmp_path, token).find("00000000") is None


def test_a_token_that_is_not_there_says_so_and_signs_again_when_it_is_back(
    token: Token, tmp_path: Path
) -> None:
    key = token.make()
    pin = token.pin.read_text()
    token.pin.write_text("000000")
    with pytest.raises(Refusal, match="در دسترس نیست"):
        key.sign(b"essence")
    token.pin.write_text(pin)
    assert verifies(key.public, key.sign(b"essence"), b"essence")
    token.pin.chmod(0o644)
    with pytest.raises(Refusal, match="chmod 600"):
        key.sign(b"essence")
    token.pin.unlink()
    with pytest.raises(Refusal, match="رمز توکن"):
        key.sign(b"essence")
    for absent in (replace(token, label="دیگر"), replace(token, module="/nowhere.so")):
        absent.pin.write_text(pin)
        absent.pin.chmod(0o600)
        with pytest.raises(Refusal, match="در دسترس نیست"):
            absent.find(key.key_id)
