"""Chromium by its driver's own HTTP: a page at a moment, in a size, given a file, and gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from desktop.trial.browser import browser

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
_AT = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where what is made for a while is made."""
    with TemporaryDirectory(prefix="t") as folder:
        monkeypatch.setattr("tempfile.tempdir", folder)
        yield Path(folder)


def test_a_page_is_read_at_its_moment_in_its_size_and_nothing_is_left(
    tmp_path: Path, temporary: Path
) -> None:
    page = tmp_path / "صفحه.html"
    page.write_text("<!doctype html><input type=file id=given>", encoding="utf-8")
    with browser() as opened:
        opened.open(page, _AT, 390, 844)
        seen = opened.run("return [Date.now(), innerWidth, innerHeight]")
        assert seen == [_AT.timestamp() * 1000, 390, 844]
        assert opened.run("return Promise.resolve(arguments[0] + 1)", 1) == 2
        opened.choose("#given", page)
        assert opened.run("return document.getElementById('given').files[0].name") == page.name
        assert opened.picture().startswith(b"\x89PNG")
        with pytest.raises(RuntimeError, match="torn"):
            opened.run("throw new Error('torn')")
    with pytest.raises(RuntimeError):
        opened.picture()
    assert list(temporary.iterdir()) == []
