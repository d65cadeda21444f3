"""What the frozen program proves of itself: that the page that checks letters is whole in it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import Refusal
from desktop.reports import verify_page
from desktop.trial import selftest
from tests.town import Town

pytestmark = pytest.mark.slow
Damage = Callable[[str, str], str]


def test_the_page_that_checks_letters_is_looked_through(
    small_town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre, said = small_town.house.centre, list[str]()
    file = tmp_path / "verify.html"
    selftest._verify_page(centre, file, said.append)
    assert said[0].startswith("the page that checks letters: ok")
    whole = verify_page._built
    damages: dict[str, Damage] = {
        "another drawer": lambda name, text: f"{text};" if name == "drawn.js" else text,
        "no reader in it": lambda name, text: (
            text.replace("zA", "!") if name == "page.js" else text
        ),
    }
    for damage in damages.values():
        monkeypatch.setattr(verify_page, "_built", lambda name, d=damage: d(name, whole(name)))
        with pytest.raises(AssertionError, match="not whole"):
            selftest._verify_page(centre, file, said.append)
    monkeypatch.undo()

    def unbuilt(name: str) -> str:
        raise Refusal(f"{name} ./run centre verify-page")

    monkeypatch.setattr(verify_page, "_built", unbuilt)
    selftest._verify_page(centre, file, said.append)
    assert "./run centre verify-page" in said[-1]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(Refusal):
        selftest._verify_page(centre, file, said.append)
