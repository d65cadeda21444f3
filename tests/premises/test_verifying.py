"""Letters checked on the command line: what was asked about is named whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.calendar import parse_jalali
from desktop.premises import verifying
from desktop.premises.verifying import verdict_on
from desktop.wire.verdicts import Trust, Verdict
from tests.reports.paper_folder import papers
from tests.wire.letter_vectors import TODAY
from tests.wire.test_letter_code import TRUST


def test_a_path_is_named_whole_and_a_code_by_its_beginning(tmp_path: Path) -> None:
    file = tmp_path / f"{'نامهٔ بانک ملی شعبهٔ مرکزی یزد ' * 3}.pdf"
    file.write_bytes(b"%PDF-1.4")
    for item, named in ((str(file), str(file)), ("GF6DIZRQ" * 20, f"{('GF6DIZRQ' * 8)[:60]}…")):
        told = verdict_on(item, Trust())
        assert told.exit_code == 1
        assert told.lines[0].startswith(f"{named}: ")


@pytest.mark.long
def test_a_folder_of_papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "_today", lambda: parse_jalali(TODAY))
    told = {}
    wanted = {}
    for paper in papers(tmp_path):
        file = tmp_path / paper.name
        file.write_bytes(paper.content)
        told[paper.name] = verdict_on(str(file), TRUST).exit_code
        wanted[paper.name] = (paper.verdict or Verdict.FALSE).exit_code
    assert len(told) >= 60
    assert told == wanted
