"""Says where everything stands on the real pages on this machine's fonts, as one JSON object.

`walk` goes through an office's pages, `tour` plays the tour.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from desktop.chance import drawn_from
from desktop.trial.album import About, Album
from desktop.trial.hands import Hands
from desktop.trial.stage import SEED
from desktop.trial.tour import run_tour
from desktop.ui.palette import Theme
from tests.trial.tours import FEW
from tests.ui.fonts_child import Place, begin, places
from tests.ui.pages.conftest import opened_office
from tests.ui.pages.states import cases_by_state, every_state
from tests.ui.pages.test_every_page import WALKS


def walk(folder: Path) -> dict[str, list[Place]]:
    """Every page that somebody of the demo office sees."""
    found: dict[str, list[Place]] = {}
    with opened_office(folder, every_state) as office:
        cases = cases_by_state(office)
        for role, steps in WALKS.items():
            office.sit(role)
            hands = Hands(office.window)
            for number, (name, act) in enumerate(steps(office, cases)):
                act()
                hands.rest()
                found[f"{role} {number} {name}"] = places(office.window)
            office.window.lock()
    return found


def tour(folder: Path) -> dict[str, list[Place]]:
    """Every page that the tour takes a picture of."""
    found: dict[str, list[Place]] = {}
    take = Album.page

    def page(album: Album, widget: QWidget, name: str, about: About) -> str:
        file = take(album, widget, name, about)
        found[file] = places(widget)
        return file

    pytest.MonkeyPatch().setattr(Album, "page", page)
    for _ in run_tour(folder / "album", 100, Theme.LIGHT, FEW):
        pass
    return found


if __name__ == "__main__":
    folder = Path(sys.argv[2])
    begin(folder / "settings")
    # The same names on either machine: which cases are looked at again follows from them.
    with drawn_from(SEED):
        json.dump({"walk": walk, "tour": tour}[sys.argv[1]](folder), sys.stdout)
