"""The citizens' page in a tour: pictures where there is a browser, a line where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors import Refusal
from desktop.trial import tour_verify_page
from desktop.trial.album import Album

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
_NAMES = ("start", "valid", "replaced", "void", "changed")


def played(folder: Path, theme: str = "light") -> tuple[Album, list[str]]:
    album = Album(folder, 100, theme)
    return album, list(tour_verify_page.play(album))


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> tuple[Album, list[str]]:
    """In the light theme, once for all."""
    return played(tmp_path_factory.mktemp("light"))


@pytest.mark.long
def test_each_verdict_is_kept_for_a_desk_and_for_a_phone(light: tuple[Album, list[str]]) -> None:
    first, told = light
    assert told == ["letters checked by the page that citizens have"]
    assert [line.name for line in first.kept] == [
        f"verify-page-{name}{form}" for form in ("", "-phone") for name in _NAMES
    ]
    sums = [line.sha256 for line in first.kept]
    # No two are alike: each letter had its verdict.
    assert len(set(sums)) == len(sums)


@pytest.mark.long
def test_it_is_the_same_each_time(light: tuple[Album, list[str]], tmp_path: Path) -> None:
    again, _ = played(tmp_path)
    assert [line.sha256 for line in light[0].kept] == [line.sha256 for line in again.kept]


@pytest.mark.long
def test_a_dark_tour_has_a_dark_page(light: tuple[Album, list[str]], tmp_path: Path) -> None:
    dark, _ = played(tmp_path, "dark")
    assert not {line.sha256 for line in light[0].kept} & {line.sha256 for line in dark.kept}


@pytest.mark.parametrize("driver", ["chromedriver-that-there-is-not", "true"])
def test_a_machine_without_a_browser_says_so_and_the_tour_goes_on(
    driver: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is none, or it does not start."""
    monkeypatch.setattr("desktop.trial.browser._DRIVER", driver)
    album, told = played(tmp_path)
    assert album.kept == []
    (line,) = told
    assert line.startswith("no pictures of the page that checks letters: ")
    assert driver in line


def test_a_page_that_was_not_built_is_told_with_how_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unbuilt(city: str, keys: bytes, ended: bytes) -> str:
        raise Refusal("صفحهٔ بررسی نامه‌ها با ./run centre verify-page ساخته می‌شود.")

    monkeypatch.setattr(tour_verify_page, "draw", unbuilt)
    album, told = played(tmp_path)
    assert album.kept == []
    (line,) = told
    assert "./run centre verify-page" in line
