"""A house with two supervisors, and the files that they put into force."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from desktop.authoring.data import prepare_data, show_data
from desktop.authoring.publishing import (
    prepare_file,
    sign_publication,
)
from desktop.cli import main
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.people import PASSWORD
from desktop.forms.catalogue import SERVICES
from desktop.forms.sheets import SHEETS
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House
from tests.houses import MORNING, PROPERTIES, copied_house

ROOT = Path(__file__).parents[2]
TODAY = MORNING.date()
FIRST = TODAY + timedelta(days=28)  # 1405/10/01
WHY = "به دستور شهردار، نامهٔ ۱۲۳"
Row = Sequence[object]


class Town:
    """A house with its clock, two supervisors at its municipal desk."""

    def __init__(self, folder: Path) -> None:
        self.clock = SteppingClock(MORNING.astimezone(UTC))
        self.house: House = copied_house(folder, self.clock, PROPERTIES)
        ring_at_once(self.house)
        crew = seat_crew(self.house)
        self.first, self.second = crew.supervisor, crew.second
        self.desk = self.first.desk

    def publish(self, path: Path, since: date, replaces: str = "") -> list[str]:
        """Prepared by one, signed by the other: what the first was told."""
        return self._sign(list(prepare_file(self.first, path, since, replaces=replaces)))

    def data(self, kind: str, path: Path) -> list[str]:
        """The same, of a sheet."""
        lines = list(prepare_data(self.first, kind, path))
        return self._sign(lines) if len(lines) > 1 else lines

    def _sign(self, lines: list[str]) -> list[str]:
        list(sign_publication(self.second, lines[-1].split()[-1]))
        return lines

    def show(self, on: date) -> list[str]:
        """What holds on the day."""
        return list(show_data(self.desk, on))


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A house at work."""
    at_work = Town(tmp_path / "house")
    yield at_work
    at_work.house.close()


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A house to which nothing is published: what is refused leaves it as it is."""
    at_work = Town(tmp_path_factory.mktemp("still") / "house")
    yield at_work
    at_work.house.close()


def sheet(path: Path, kind: str, *rows: Row) -> Path:
    """A workbook as somebody fills it in, with cells of any type."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.write_row(0, 0, [column.heading for column in SHEETS[kind].columns])
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(number, at, cell, day)
            else:
                page.write(number, at, cell)
    book.close()
    return path


def walling(tmp_path: Path, old: str, new: str) -> Path:
    """The shipped file of walls, changed in one place."""
    text = (SERVICES / "walling.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "walling.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine at that morning whose demo house was founded, and whose program is closed."""
    monkeypatch.setenv("PISHKHAN_HOME", str(tmp_path))
    clock = SteppingClock(MORNING.astimezone(UTC))
    monkeypatch.setattr("desktop.authoring.municipality.SystemClock", lambda: clock)
    copied_house(tmp_path / "demo", clock, PROPERTIES).close()
    return tmp_path


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command of this machine: exit code, output, errors; the passwords come on the input."""

    def command(*arguments: str, password: str = f"{PASSWORD}\n{PASSWORD}") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))
        code = main(list(arguments))
        told = capsys.readouterr()
        return code, told.out, told.err

    return command
