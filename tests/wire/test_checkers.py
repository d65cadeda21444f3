"""A checker that was written from SPEC.md alone, in another language, says the same as ours."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import Random

import pytest

from desktop.wire.letter_code import encode, to_text
from desktop.wire.verdicts import Verdict
from tests.wire.letter_vectors import ESSENCE, TODAY, code, early, files, vectors
from tests.wire.test_letter_code import PUBLISHED, said, touched

CHECKER = Path(__file__).with_name("checker.mjs")
_LONGEST = 300


def asked(*arguments: str, lines: list[str] | None = None) -> list[str]:
    """What the other checker prints."""
    told = subprocess.run(
        ("node", CHECKER, *arguments),
        input="\n".join(json.dumps(line) for line in lines or []),
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.split("\n")[:-1]


def test_it_says_of_each_published_letter_what_must_be_said() -> None:
    told = [line.partition(" ")[2] for line in asked(str(PUBLISHED))]
    assert told == [each.verdict.value for each in vectors()]


@pytest.mark.slow
@pytest.mark.parametrize("many", [2_000, pytest.param(10_000, marks=pytest.mark.long)])
def test_of_letters_that_were_touched_both_say_the_same(many: int) -> None:
    chance = Random(many)
    texts = [to_text(each) for each in touched(encode(code()), chance, many)]
    # Of what an earlier program wrote, too.
    line = early(ESSENCE.number)
    texts += [line[:at] + chance.choice("ABCXYZ27") + line[at + 1 :] for at in range(len(line))]
    keys, ended = (file.hex() for file in files())
    told = asked("--stdin", keys, ended, TODAY, lines=texts)
    assert told == [said(text).value for text in texts]
    assert Verdict.VALID.value not in told


def test_it_is_short_enough_to_be_read() -> None:
    assert len(CHECKER.read_text(encoding="utf-8").splitlines()) <= _LONGEST
