"""A program of its own that stamps and prints three letters, for a test that ends it midway."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.look import place_settings
from desktop.ui.palette import Theme
from tests.ui.pages.conftest import opened_office
from tests.ui.pages.stamping_hands import give_password, letters_waiting, open_batch


def main(folder: Path) -> None:
    """The manager's batch, as at a desk."""
    app = QApplication([])
    place_settings(folder.with_name("settings"))
    theme.prepare(app)
    theme.apply(app, Theme.LIGHT, 100, motion=False)
    with opened_office(folder, letters_waiting) as office:
        open_batch(office, 3)
        give_password(office)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
