"""What the bench measures of an import: how long it takes, and how long it keeps others waiting."""

from __future__ import annotations

import csv
import time
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from desktop.centre.records import overlay
from desktop.centre.records.importer import Rules, import_export
from desktop.centre.signing import CentreKeys
from desktop.demo.city import make_city
from desktop.demo.export import write_folder
from desktop.domain.calendar import TEHRAN
from desktop.forms.shipped import shipped_city
from desktop.premises.clocks import SystemClock
from desktop.premises.embedded import open_centre
from desktop.sql.held import held_open

# Of so many properties one was paid for at a counter between two exports.
_LEARNT, _PAID = 50, "1404|نوسازی"


class ImportBench:
    """A centre of its own on SQLite, and two exports of a made-up city, a week apart."""

    def __init__(self, folder: Path, properties: int, seed: int) -> None:
        self._centre = open_centre(folder / "centre.db", CentreKeys.new(demo=True), SystemClock())
        self._today = datetime.now(UTC).astimezone(TEHRAN).date()
        self.exports = {"first import": folder / "first", "newer import": folder / "newer"}
        # Another city's days and sums stand in the newer one: most rows change.
        for number, export in enumerate(self.exports.values()):
            day = self._today - timedelta(days=7 * (1 - number))
            city = make_city(properties, seed, day)
            write_folder(city, export)
        self._learnt = [each.record.code for each in islice(city, 0, None, _LEARNT)]

    def cells(self) -> float:
        """Seconds to read the cells of the first export, and nothing more."""
        begun = time.perf_counter()
        for path in sorted(self.exports["first import"].glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as file:
                for _ in csv.reader(file):
                    pass
        return time.perf_counter() - begun

    def lay(self) -> None:
        """The counter learns what the newer export will hold itself, of some properties."""
        with self._centre.writer.begin() as connection:
            for code in self._learnt:
                overlay.settle(connection, code, _PAID, self._today)

    def bring(self, export: Path) -> tuple[float, float]:
        """Seconds that the import takes, and the longest that it holds the write lock at once."""
        newest = [*self.exports.values()].index(export)
        as_of = self._today - timedelta(days=7 * (1 - newest) + 1)
        begun = time.perf_counter()
        with held_open(self._centre.writer) as held:
            import_export(self._centre.writer, export, as_of, Rules.of(shipped_city()))
        return time.perf_counter() - begun, max(held)
