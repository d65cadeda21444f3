"""`./run service try`: past requests put to a changed file and to the one in force."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from desktop.authoring.fresh import write_fresh
from desktop.authoring.holding import in_force
from desktop.authoring.trying import COLUMNS, try_file
from desktop.cli import main
from desktop.domain.errors import Refusal
from desktop.forms.catalogue import SERVICES
from desktop.forms.faults import FaultyFile

DAY = date(2026, 11, 24)
SAMPLE = Path(__file__).parents[1] / "data" / "export-sample"
SHIPPED = in_force(SAMPLE, DAY)
EXPORT, REQUESTS = SAMPLE / "csv", SAMPLE / "requests.csv"


def _quiet(done: int, whole: int) -> None:
    """Nobody looks at the progress here."""


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The no-violation certificate, with a look not older than a month."""
    text = (SERVICES / "no-violation.toml").read_text(encoding="utf-8")
    assert "months = 12" in text
    path = tmp_path / "no-violation.toml"
    path.write_text(text.replace("months = 12", "months = 1"), encoding="utf-8")
    return path


@pytest.mark.slow
def test_what_would_change_is_told_and_written(changed: Path, tmp_path: Path) -> None:
    out = tmp_path / "changes.csv"
    tried = try_file(changed, EXPORT, REQUESTS, DAY, out, _quiet, against=SHIPPED)
    turned = [c for c in tried.changes if c.before and c.before.outcome == "answer"]
    assert turned
    assert {c.after.outcome for c in turned} == {"visit"}
    assert all("recent-visit:visit" in c.after.gates for c in tried.changes)
    lines = tried.lines()
    assert "درخواست" in lines[0]
    assert any("answer ← visit" in line for line in lines)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row[0] for row in rows[1:]] == [c.request_id for c in tried.changes]


@pytest.mark.long
def test_the_file_in_force_changes_nothing() -> None:
    tried = try_file(
        SERVICES / "no-violation.toml", EXPORT, REQUESTS, DAY, None, _quiet, against=SHIPPED
    )
    assert (tried.asked > 100, tried.changes) == (True, ())


@pytest.mark.long
def test_a_new_service_has_nothing_before(tmp_path: Path) -> None:
    path = tmp_path / "harim.toml"
    write_fresh(path, DAY)
    requests = tmp_path / "requests.csv"
    text = REQUESTS.read_text(encoding="utf-8")
    requests.write_text(text.replace(",clearance,", ",harim,"), encoding="utf-8")
    tried = try_file(path, EXPORT, requests, DAY, None, _quiet, against=SHIPPED)
    assert tried.asked == len(tried.changes) > 50
    assert all(change.before is None for change in tried.changes)
    assert any(change.after.outcome == "answer" for change in tried.changes)


def test_what_cannot_be_read_is_refused(changed: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="خوانده نشد"):
        try_file(tmp_path / "no.toml", EXPORT, REQUESTS, DAY, None, _quiet, against=SHIPPED)
    with pytest.raises(Refusal, match="request_id"):
        try_file(changed, EXPORT, SAMPLE / "expected.csv", DAY, None, _quiet, against=SHIPPED)
    changed.write_text("code = 1", encoding="utf-8")
    with pytest.raises(FaultyFile):
        try_file(changed, EXPORT, REQUESTS, DAY, None, _quiet, against=SHIPPED)


@pytest.mark.long
def test_the_command_tells_it(
    changed: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PISHKHAN_HOME", str(tmp_path / "home"))
    options = ["--records", str(EXPORT), "--requests", str(REQUESTS), "--on", "1405/09/03"]
    assert main(["service", "try", str(changed), *options]) == 0
    assert "answer ← visit" in capsys.readouterr().out
