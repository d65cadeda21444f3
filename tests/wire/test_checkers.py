"""A checker that was written from SPEC.md alone, in another language, says the same as ours."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.wire.letter_code import encode, to_text
from desktop.wire.verdicts import Verdict
from tests.reports import paper_vectors
from tests.wire.letter_vectors import (
    ESSENCE,
    TODAY,
    code,
    early,
    file_vectors,
    files,
    vectors,
)
from tests.wire.test_letter_code import PUBLISHED, said, touched

CHECKER = Path(__file__).with_name("checker.mjs")
_LONGEST = 300


def asked(given: dict[str, Any], folder: Path | None = None) -> dict[str, list[str]]:
    """What the other checker says of what it is given; names of files are of the folder."""
    told = subprocess.run(
        ("node", CHECKER),
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    found: dict[str, list[str]] = json.loads(told.stdout)
    return found


def published(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def test_it_says_of_each_published_letter_and_file_what_must_be_said() -> None:
    told = asked(published(PUBLISHED))
    assert told["letters"] == [each.verdict.value for each in vectors()]
    assert told["files"] == [each.renewal.value for each in file_vectors()]


@pytest.mark.slow
def test_it_says_of_each_published_paper_what_may_be_said_of_one_that_is_not_drawn() -> None:
    papers = published(paper_vectors.PUBLISHED)["papers"]
    told = asked({**published(PUBLISHED), "papers": papers}, paper_vectors.FOLDER)
    assert told["papers"] == [each["undrawn"] for each in papers]


@pytest.mark.slow
@pytest.mark.parametrize("many", [2_000, pytest.param(10_000, marks=pytest.mark.long)])
def test_of_letters_that_were_touched_both_say_the_same(many: int) -> None:
    chance = Random(many)
    texts = [to_text(each) for each in touched(encode(code()), chance, many)]
    # Of what an earlier program wrote, too.
    line = early(ESSENCE.number)
    texts += [line[:at] + chance.choice("ABCXYZ27") + line[at + 1 :] for at in range(len(line))]
    keys, ended = (file.hex() for file in files())
    letters = [{"text": text, "today": TODAY} for text in texts]
    told = asked({"keys": keys, "list": ended, "letters": letters})["letters"]
    assert told == [said(text).value for text in texts]
    assert Verdict.VALID.value not in told


def test_it_is_short_enough_to_be_read() -> None:
    assert len(CHECKER.read_text(encoding="utf-8").splitlines()) <= _LONGEST
