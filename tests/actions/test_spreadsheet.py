"""A table that is written to a file of its own, or is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.actions import spreadsheet
from desktop.actions.spreadsheet import Heading
from desktop.domain.errors import Refusal


def _under_a_file(folder: Path) -> Path:
    (folder / "پرونده").touch()
    return folder / "پرونده" / "فهرست.xlsx"


def _in_a_loop(folder: Path) -> Path:
    (folder / "حلقه").symlink_to(folder / "حلقه")
    return folder / "حلقه" / "فهرست.csv"


def _of_a_long_name(folder: Path) -> Path:
    return folder / f"{'ن' * 122}.xlsx"


@pytest.mark.parametrize("place", [_under_a_file, _in_a_loop, _of_a_long_name])
def test_where_nothing_can_be_written_it_is_said(
    tmp_path: Path, place: Callable[[Path], Path]
) -> None:
    with pytest.raises(Refusal, match="نمی‌توان نوشت"):
        spreadsheet.write(place(tmp_path), "فهرست", [Heading("نام", 10)], [("زهرا",)])
    assert not [*tmp_path.glob(".*.partial")]
