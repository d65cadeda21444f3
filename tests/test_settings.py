"""The office file: none is a demo office, and every wrong key is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors import Refusal
from desktop.settings import OfficeFile, data_folder, office_file


def test_without_a_file_it_is_a_demo_office(tmp_path: Path) -> None:
    assert office_file(tmp_path) == OfficeFile(centre=None)


def test_what_the_file_says(tmp_path: Path) -> None:
    (tmp_path / "office.toml").write_text('centre = "https://markaz.example"\n', encoding="utf-8")
    assert office_file(tmp_path) == OfficeFile(centre="https://markaz.example")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('center = "x"\ncolour = "y"\n', "center، colour"),
        ("centre = 5\n", "centre"),
        ('centre = "x\n', "خوانده نشد"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "office.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Refusal, match=named):
        office_file(tmp_path)


def test_the_data_folder_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PISHKHAN_HOME", str(tmp_path))
    assert data_folder() == tmp_path
