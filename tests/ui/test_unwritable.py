"""A folder that can't be written: a window with a sentence, and Enter tries again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_CHILD = Path(__file__).with_name("unwritable_child.py")
_NO = "در پوشهٔ برنامه نمی‌توان نوشت"


def _told(home: Path, *before: str) -> list[str]:
    done = subprocess.run(
        [*before, sys.executable, str(_CHILD)],
        env={
            **os.environ,
            "PISHKHAN_HOME": str(home),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(_ROOT),
        },
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    told: list[str] = json.loads(done.stdout)
    return told


@pytest.mark.long
def test_it_is_told_and_enter_tries_again(tmp_path: Path) -> None:
    """A folder that points nowhere can't be made; mended, the same window opens the office."""
    home = tmp_path / "home"
    home.symlink_to(tmp_path / "away" / "nowhere")
    first, then = _told(home)
    assert _NO in first
    assert str(home) in first
    assert then == "open"


@pytest.mark.slow
def test_a_disk_that_only_reads(tmp_path: Path) -> None:
    home = tmp_path / "disk"
    home.mkdir()
    enter = ["unshare", "-rm"]
    if subprocess.run([*enter, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a disk of their own")
    mount = 'mount -t tmpfs -o ro disk "$PISHKHAN_HOME" && exec "$@"'
    (told,) = _told(home, *enter, "sh", "-c", mount, "sh")
    assert _NO in told
