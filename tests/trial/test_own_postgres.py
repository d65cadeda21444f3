"""The server of a trial is one that a centre runs on, or it is said why there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors import Refusal
from desktop.trial import postgres


@pytest.mark.parametrize(
    ("programs", "version", "words"),
    [([], 17, "PostgreSQL نیست"), (["/usr/lib/postgresql/15/bin/initdb"], 15, "نسخهٔ ۱۵")],
)
def test_none_and_one_that_is_too_old_are_told_before_anything_is_made(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    programs: list[str],
    version: int,
    words: str,
) -> None:
    monkeypatch.setattr("desktop.trial.postgres.shutil.which", lambda _: None)
    monkeypatch.setattr("desktop.trial.postgres.Path.glob", lambda *_: map(Path, programs))
    monkeypatch.setattr(postgres, "_version", lambda _: version)
    with pytest.raises(Refusal, match=words), postgres.own_postgres(tmp_path / "postgres"):
        pass
    assert list(tmp_path.iterdir()) == []
