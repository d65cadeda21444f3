"""A first start that ends anywhere, by a kill or on a full disk, is finished or begun again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import Refusal
from desktop.premises import founding
from desktop.premises.founding import found
from tests.sizes import size

_ROOT = Path(__file__).resolve().parents[2]
_CHILD = Path(__file__).with_name("first_start_child.py")
_WINDOW = _ROOT / "tests" / "ui" / "start_child.py"
_MOMENTS = size(7, 20)
_FEW, _BARE = ("30", "queue"), ("30", "bare")


def _begin(home: Path, *command: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *map(str, command)],
        env={
            **os.environ,
            "PISHKHAN_HOME": str(home),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(_ROOT),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _told(child: subprocess.Popen[str]) -> dict[str, Any]:
    out, faults = child.communicate(timeout=100)
    assert child.returncode in (0, 3), faults
    told: dict[str, Any] = json.loads(out)
    return told


def _kill_when(child: subprocess.Popen[str], due: Callable[[], bool]) -> None:
    while not due():
        assert child.poll() is None, "it was over before its moment came"
        time.sleep(0.002)
    child.kill()
    child.communicate()


def _kill_after(child: subprocess.Popen[str], seconds: float) -> None:
    """However far it has come by then: how fast it gets on is never twice the same."""
    try:
        child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()


def _demand_one_folder(home: Path) -> None:
    assert sorted(path.name for path in home.iterdir() if path.name.startswith("demo")) == [
        "demo",
        "demo.new.lock",
    ]


@pytest.mark.long
def test_killed_while_it_is_made(tmp_path: Path) -> None:
    home = tmp_path / "home"
    child = _begin(home, _CHILD, home / "demo", *_FEW)
    _kill_when(child, (home / "demo.new" / "municipality.device").exists)
    assert not (home / "demo").exists()
    told = _told(_begin(home, _CHILD, home / "demo", *_FEW))
    assert told["people"] > 5
    assert told["cases"] > 10
    _demand_one_folder(home)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_killed_at_moments_all_over_its_making(tmp_path: Path) -> None:
    """Whenever the power goes, the next start makes it whole, and everybody signs in."""
    child = _making(tmp_path / "whole")
    begun = time.monotonic()
    founded = _told(child)
    whole = time.monotonic() - begun
    half = 0
    for moment in range(_MOMENTS):
        home = tmp_path / str(moment)
        _kill_after(_making(home), whole * moment / _MOMENTS)
        half += (home / "demo.new").exists()
        assert _told(_begin(home, _CHILD, home / "demo", *_BARE)) == founded, moment
        _demand_one_folder(home)
    assert half >= _MOMENTS // 2, "most were killed after it was made"


def _making(home: Path) -> subprocess.Popen[str]:
    """A child whose folder has just appeared."""
    child = _begin(home, _CHILD, home / "demo", *_BARE)
    while not (home / "demo.new").exists():
        assert child.poll() is None, "it was over and made nothing"
        time.sleep(0.002)
    return child


@pytest.mark.long
@pytest.mark.timeout(600)
def test_the_window_killed_in_the_middle_of_its_first_start(tmp_path: Path) -> None:
    """The next start leads to the first page of who signs in."""
    begun = time.monotonic()
    assert _told(_begin(tmp_path / "whole", _WINDOW))["page"] == "Home"
    whole = time.monotonic() - begun
    home = tmp_path / "killed"
    _kill_after(_begin(home, "-m", "desktop"), whole * 0.6)
    told = _told(_begin(home, _WINDOW))
    assert told["page"] == "Home"
    assert told["connected"]
    _demand_one_folder(home)


@pytest.mark.long
def test_a_disk_that_is_full_says_so_and_gives_the_room_back(tmp_path: Path) -> None:
    home = tmp_path / "home"
    told = _told(_begin(home, _CHILD, home / "demo", *_FEW, 300_000))
    assert "روی دیسک جا نیست" in told["refused"]
    assert [path.name for path in home.iterdir()] == ["demo.new.lock"]
    assert "refused" not in _told(_begin(home, _CHILD, home / "demo", *_FEW))
    _demand_one_folder(home)


@pytest.mark.long
@pytest.mark.parametrize("megabytes", [8, 20])
def test_a_small_disk(tmp_path: Path, megabytes: int) -> None:
    """On a disk of its own: it is made, or its want of room is told, whatever broke by it.

    With room given to the same disk the next start opens it, whatever the first had left there.
    """
    home = tmp_path / "disk"
    home.mkdir()
    few = " ".join(_FEW)
    command = (
        f'mount -t tmpfs -o size={megabytes}m disk "$1" && "$2" "$3" "$1/home/demo" {few}; '
        'ls "$1/home" >&2; mount -o remount,size=200m "$1" && echo && '
        f'"$2" "$3" "$1/home/demo" {few}'
    )
    enter = ["unshare", "-rm", "sh", "-c", command, "sh", str(home), sys.executable, str(_CHILD)]
    if subprocess.run([*enter[:2], "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a disk of their own")
    done = subprocess.run(
        enter,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        check=False,
        capture_output=True,
        text=True,
        timeout=100,
    )
    first, again = done.stdout.splitlines()
    told, left = json.loads(first), done.stderr.split()
    assert "refused" not in json.loads(again)
    if "refused" in told:
        assert "روی دیسک جا نیست" in told["refused"]
        assert "demo.new" not in left
        # What was whole and found no room to be opened is kept; nothing half made is.
        assert "demo" not in left or megabytes > 8
    else:
        assert megabytes > 4
        assert "demo" in left


def test_what_broke_for_want_of_room_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The centre parks what it could not keep: what then breaks names the disk in no word."""

    def make(_: Path) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        found(tmp_path / "demo", make)
    monkeypatch.setattr(founding, "_LEAST_FREE", 10**18)
    with pytest.raises(Refusal, match="روی دیسک جا نیست"):
        found(tmp_path / "demo", make)
