"""Houses for tests, made once and copied: founding one and importing its records takes a second."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from desktop.domain.calendar import TEHRAN
from desktop.keys import Cost
from desktop.trial.day import SteppingClock
from desktop.trial.house import House, open_house

CHEAP = Cost(passes=1, memory=8, lanes=1)
MORNING = datetime(2026, 11, 24, 10, 42, tzinfo=TEHRAN)  # 1405/09/03


def copied_house(folder: Path, clock: SteppingClock, properties: int) -> House:
    """A house of so many properties on 1405/09/03, in a folder of its own."""
    shutil.copytree(_founded(properties), folder)
    return open_house(folder, clock, properties=properties, cost=CHEAP)


@cache
def _founded(properties: int) -> Path:
    folder = Path(mkdtemp(prefix="pishkhan-tests-")) / "house"
    clock = SteppingClock(MORNING.astimezone(UTC))
    open_house(folder, clock, properties=properties, cost=CHEAP).close()
    return folder
