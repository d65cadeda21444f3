"""Says where everything stands on the real pages on this machine's fonts, as one JSON object."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from desktop.chance import drawn_from
from desktop.domain.people import Role
from desktop.trial.hands import Hands
from desktop.trial.stage import SEED
from tests.ui.fonts_child import Place, begin, places
from tests.ui.pages.conftest import opened_office
from tests.ui.pages.states import cases_by_state, every_state
from tests.ui.pages.test_every_page import WALKS


def walk(folder: Path) -> dict[str, list[Place]]:
    """Every page of those whose pages have every kind of part."""
    found: dict[str, list[Place]] = {}
    with opened_office(folder, every_state) as office:
        cases = cases_by_state(office)
        for role in (Role.CLERK, Role.EXPERT):
            steps = WALKS[role]
            office.sit(role)
            hands = Hands(office.window)
            for number, (name, act) in enumerate(steps(office, cases)):
                act()
                hands.rest()
                found[f"{role} {number} {name}"] = places(office.window)
            office.window.lock()
    return found


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    begin(folder / "settings")
    # The same names on either machine: which cases are looked at again follows from them.
    with drawn_from(SEED):
        json.dump(walk(folder), sys.stdout)
