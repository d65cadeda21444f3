"""The city's key for letters on the command line: made by two, announced, taken back, copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.centre.context import day_of
from desktop.centre.letter_keys import signing_key, terms
from desktop.domain.calendar import iso_jalali
from desktop.premises.served import open_centre
from desktop.wire.verdicts import FRESH_DAYS
from tests.cli.conftest import Run

pytestmark = pytest.mark.slow
WORDS = {"علی رضایی": "گذرعبارت دراز علی", "سارا کریمی": "گذرعبارت دراز سارا"}
MADE = re.compile("key ([0-9a-f]{8}), made by")
BOTH = ("--first", "علی رضایی", "--second", "سارا کریمی")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What each person types, by name."""
    words = dict(WORDS)
    monkeypatch.setattr("desktop.cli.keys.password_of", words.__getitem__)
    return words


def made(run: Run) -> str:
    code, said = run("key", "new", *BOTH)
    found = MADE.search(said)
    assert code == 0
    assert found is not None
    # Six words for the minutes.
    assert len(re.findall(r"^  \d\. ", said, re.M)) == 6
    return found[1]


def signing(folder: Path, after: int = 0) -> str:
    """The id of the key that signs so many days from today."""
    centre = open_centre(folder)
    try:
        day = day_of(centre.clock()) + timedelta(days=after)
        with centre.reading() as session:
            return signing_key(session, centre, day).key_id
    finally:
        centre.close()


def day(folder: Path, after: int) -> str:
    centre = open_centre(folder)
    try:
        return iso_jalali(day_of(centre.clock()) + timedelta(days=after)).replace("-", "/")
    finally:
        centre.close()


def test_a_key_is_made_announced_and_signs_from_its_day(
    run: Run, founded: str, folder: Path, typed: dict[str, str]
) -> None:
    first = signing(folder)
    key = made(run)
    assert f"{key}: sealed" in run("key", "list")[1]
    code, said = run("key", "use", key, "--from", day(folder, FRESH_DAYS - 1))
    assert (code, "زودترین روز" in said) == (1, True)
    typed["سارا کریمی"] = "گذرعبارت کس دیگری"
    code, said = run("key", "use", key, "--from", day(folder, FRESH_DAYS))
    assert (code, "باز نمی‌کند" in said) == (1, True)
    typed.update(WORDS)
    assert run("key", "use", key, "--from", day(folder, FRESH_DAYS))[0] == 0
    assert (signing(folder), signing(folder, FRESH_DAYS)) == (first, key)
    said = run("key", "list")[1]
    assert f"{key}: from" in said
    assert "sealed" not in said


def test_a_stolen_key_goes_and_another_signs_at_once(
    run: Run, founded: str, folder: Path, tmp_path: Path, typed: dict[str, str]
) -> None:
    first, key = signing(folder), made(run)
    code, said = run("key", "revoke", first, "--from", day(folder, 0), "--by", "00000000")
    assert (code, "مهروموم" in said) == (1, True)
    assert run("key", "revoke", first, "--from", day(folder, 0), "--by", key)[0] == 0
    assert signing(folder) == key
    centre = open_centre(folder)
    try:
        with centre.reading() as session:
            gone = terms(session, centre)[0]
    finally:
        centre.close()
    assert (gone.key_id, gone.revoked is not None) == (first, True)


@pytest.mark.long
def test_later_and_sealed_keys_are_copied_too(
    run: Run,
    founded: str,
    folder: Path,
    tmp_path: Path,
    typed: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used, waits = made(run), made(run)
    assert run("key", "use", used, "--from", day(folder, FRESH_DAYS))[0] == 0
    monkeypatch.setattr("desktop.cli.keeping.password_of", lambda _: "گذرواژه")
    assert run("backup-keys", str(tmp_path / "safe"))[0] == 0
    copied = {str(path.relative_to(tmp_path / "safe")) for path in _files(tmp_path / "safe")}
    assert copied == {
        "letters.pem",
        "heads.pem",
        "answers.pem",
        f"letters-{used}.pem",
        *(f"sealed/letters-{key}.{end}" for key in (used, waits) for end in ("pem", "json")),
    }


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
