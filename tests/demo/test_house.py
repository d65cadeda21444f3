"""A house that stands is opened again: what people put into force there is theirs."""

from __future__ import annotations

import logging
from datetime import UTC
from pathlib import Path

import pytest

from desktop.demo.house import open_house
from desktop.domain.stream import Topic
from desktop.forms.catalogue import SERVICES, whole_text
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House, Opening
from tests.houses import CHEAP, MORNING, copied_house


def _title(house: House) -> str:
    with house.centre.reading() as session:
        return house.centre.reference.services(session, MORNING.date())["walling"].title


@pytest.mark.slow
def test_a_later_program_puts_nothing_into_force_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = SteppingClock(MORNING.astimezone(UTC))
    copied_house(tmp_path / "house", clock, 30).close()
    text = whole_text(SERVICES / "walling.toml").replace("دیوارکشی", "حصارکشی")
    monkeypatch.setattr(
        "desktop.centre.shipping.whole_text",
        lambda path: text if path.stem == "walling" else whole_text(path),
    )
    with caplog.at_level(logging.WARNING):
        house = open_house(tmp_path / "house", Opening(clock, cost=CHEAP), properties=30)
    assert _title(house) == "مجوز دیوارکشی"
    assert f"{Topic.SERVICE.value}:walling" in caplog.text
    house.close()
    caplog.clear()
    monkeypatch.undo()
    with caplog.at_level(logging.WARNING):
        open_house(tmp_path / "house", Opening(clock, cost=CHEAP), properties=30).close()
    assert "not in force" not in caplog.text
