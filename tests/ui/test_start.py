"""The start: painted before anything heavy is loaded, and at the home page from a fresh folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_CHILD = Path(__file__).with_name("start_child.py")
_ROOT = Path(__file__).resolve().parents[2]


def _start(home: Path, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(_CHILD), *arguments],
        cwd=home.parent,
        env={
            **os.environ,
            "PISHKHAN_HOME": str(home),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(_ROOT),
        },
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.long
def test_a_fresh_folder_reaches_home_and_the_second_start_prepares_nothing(tmp_path: Path) -> None:
    """Nothing heavy is loaded at the first paint; a person who is early is let in when it opens.

    The centre that the program carries is loaded behind the home page, and then heard of.
    """
    first = _start(tmp_path / "home")
    assert first["heavy"] == []
    assert first["focus"], "the first letter typed must not be lost"
    assert first["prepared"], "a first start says what it is doing"
    assert first["page"] == "Home"

    second = _start(tmp_path / "home", "early")
    assert second["heavy"] == []
    assert not second["prepared"]
    assert not second["centre"]
    assert second["paper"] == []
    assert second["connected"]
    assert second["page"] == "Home"
    assert not second["hooked"], "Qt's binding looks at every import"
    assert second["sources"] < 10, "something reads and keeps the sources of what is loaded"
    assert second["home"] < first["home"]
