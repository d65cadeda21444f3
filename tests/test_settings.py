"""Where the program keeps its things."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.settings import data_folder


def test_the_data_folder_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PISHKHAN_HOME", str(tmp_path))
    assert data_folder() == tmp_path
