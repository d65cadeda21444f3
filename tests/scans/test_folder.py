"""The scanner's folder: a file is taken when its writing has ended, once, and put away."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from desktop.domain.errors import Refusal
from desktop.scans.folder import ATTACHED, ScanFolder


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_a_file_counts_once_it_stands_still(tmp_path: Path) -> None:
    folder = ScanFolder(tmp_path)
    scan = tmp_path / "scan0001.jpg"
    scan.write_bytes(b"half")
    assert folder.arrived() == []
    scan.write_bytes(b"half and more")
    assert folder.arrived() == []
    assert names(folder.arrived()) == ["scan0001.jpg"]
    assert folder.arrived() == []
    scan.write_bytes(b"scanned anew under the old name")
    assert folder.arrived() == []
    assert names(folder.arrived()) == ["scan0001.jpg"]


def test_what_is_no_scan_or_old_is_left_alone(tmp_path: Path) -> None:
    for name in ("notes.txt", ".hidden.jpg", "~tmp.jpg", "scan.jpg.part"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "empty.jpg").touch()
    old = tmp_path / "last-week.jpg"
    old.write_bytes(b"x")
    os.utime(old, (time.time() - 7 * 86_400,) * 2)
    (tmp_path / "folder.jpg").mkdir()
    folder = ScanFolder(tmp_path)
    assert [folder.arrived() for _ in range(3)] == [[], [], []]


def test_several_come_in_the_order_of_their_scanning(tmp_path: Path) -> None:
    for age, name in ((3, "b.pdf"), (2, "a.jpg"), (1, "c.png")):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    folder = ScanFolder(tmp_path)
    folder.arrived()
    assert names(folder.arrived()) == ["b.pdf", "a.jpg", "c.png"]


def test_what_is_attached_is_put_away(tmp_path: Path) -> None:
    (tmp_path / ATTACHED).mkdir()
    (tmp_path / ATTACHED / "a.jpg").write_bytes(b"an earlier citizen's")
    scan = tmp_path / "a.jpg"
    scan.write_bytes(b"x")
    folder = ScanFolder(tmp_path)
    folder.put_away([scan, tmp_path / "gone.jpg"])
    assert sorted(path.name for path in (tmp_path / ATTACHED).iterdir()) == ["a-2.jpg", "a.jpg"]
    assert ScanFolder(tmp_path).arrived() == []


def test_a_link_that_leads_nowhere_hides_no_scan(tmp_path: Path) -> None:
    (tmp_path / "حلقه.jpg").symlink_to(tmp_path / "حلقه.jpg")
    scan = tmp_path / "سند.jpg"
    scan.write_bytes(b"whole")
    folder = ScanFolder(tmp_path)
    folder.arrived()
    assert folder.arrived() == [scan]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    watched = tmp_path / "scans"
    watched.mkdir()
    folder = ScanFolder(watched)
    assert folder.arrived() == []
    shutil.rmtree(watched)
    with pytest.raises(Refusal, match="در دسترس نیست"):
        folder.arrived()
