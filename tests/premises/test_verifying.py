"""Letters checked on the command line: what was asked about is named whole."""

from __future__ import annotations

from pathlib import Path

from desktop.premises.verifying import verdict_on
from desktop.wire.verdicts import Trust


def test_a_path_is_named_whole_and_a_code_by_its_beginning(tmp_path: Path) -> None:
    file = tmp_path / f"{'نامهٔ بانک ملی شعبهٔ مرکزی یزد ' * 3}.pdf"
    file.write_bytes(b"%PDF-1.4")
    for item, named in ((str(file), str(file)), ("GF6DIZRQ" * 20, f"{('GF6DIZRQ' * 8)[:60]}…")):
        told = verdict_on(item, Trust())
        assert told.exit_code == 1
        assert told.lines[0].startswith(f"{named}: ")
