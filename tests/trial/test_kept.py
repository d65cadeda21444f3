"""The folder of a long trial: new where it is named, gone where it is not."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from desktop.domain.errors import Refusal
from desktop.trial.kept import kept_folder


def test_a_named_folder_stays_and_one_without_a_name_goes(tmp_path: Path) -> None:
    with ExitStack() as ends:
        named = kept_folder(tmp_path / "deep" / "one", "soak", ends)
        unnamed = kept_folder(None, "soak", ends)
        assert {named.stat().st_mode & 0o777, unnamed.stat().st_mode & 0o777} == {0o711}
    assert named.is_dir()
    assert not unnamed.exists()


def test_what_another_trial_left_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "diary").write_text("of yesterday", encoding="utf-8")
    with ExitStack() as ends, pytest.raises(Refusal, match="خالی نیست"):
        kept_folder(tmp_path, "ha", ends)
    with ExitStack() as ends, pytest.raises(Refusal, match="ساخته نمی‌شود"):
        kept_folder(tmp_path / "diary", "ha", ends)
