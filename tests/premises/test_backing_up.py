"""A centre's backup by pgbackrest: what it says is read, also where it says that it failed."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.domain.errors import Refusal
from desktop.premises.backing_up import back_up, last_backup
from desktop.premises.centre_file import CentreFile

AT = datetime(2026, 11, 28, 4, 7, tzinfo=UTC)
FILE = CentreFile(database="postgresql:///nowhere", pgbackrest="centre")
LABEL = "20261128-040512F"
# As 2.55 says it, on its output: the hint stands last.
FAULT = """\
2026-11-28 04:05:12.816 P00   WARN: unable to check pg1: [DbQueryError] unable to select some rows
                                    HINT: is the backup running as the postgres user?
2026-11-28 04:05:12.816 P00  ERROR: [056]: unable to find primary cluster - cannot proceed
                                    HINT: are all available clusters in recovery?
"""


def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, code: int, stop: int) -> None:
    """A pgbackrest whose last backup ended then, or that fails with that code."""
    told = [{"name": "centre", "backup": [{"label": LABEL, "timestamp": {"stop": stop}}]}]
    (tmp_path / "info.json").write_text(json.dumps(told), encoding="utf-8")
    (tmp_path / "fault.txt").write_text(FAULT, encoding="utf-8")
    script = tmp_path / "pgbackrest"
    script.write_text(
        f'#!/bin/sh\ncase "$*" in *info*) cat "{tmp_path}/info.json" ;; '
        f'*) cat "{tmp_path}/fault.txt"; exit {code} ;; esac\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)


def test_its_own_report_says_what_was_backed_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, monkeypatch, code=0, stop=int(AT.timestamp()) + 5)
    assert back_up(tmp_path, FILE, "", AT).name == LABEL
    assert last_backup(tmp_path) == AT


def test_what_went_wrong_is_said_in_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, monkeypatch, code=56, stop=0)
    with pytest.raises(Refusal, match="unable to find primary cluster"):
        back_up(tmp_path, FILE, "", AT)
    assert last_backup(tmp_path) is None


def test_a_report_without_a_new_backup_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, monkeypatch, code=0, stop=int(AT.timestamp()) - 60)
    with pytest.raises(Refusal, match="stanza centre"):
        back_up(tmp_path, FILE, "", AT)
