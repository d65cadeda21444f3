"""«سایه‌بان», own tariff, row formula, tenant, expert's value and all: from file to letter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from desktop.actions import intake, publishing
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.house import open_house
from desktop.domain.calendar import iso_jalali
from desktop.domain.errors import Refusal
from desktop.domain.stream import Topic
from desktop.domain.tariff import Purse
from desktop.forms.dated import DatedTariff
from desktop.premises.clocks import SteppingClock
from desktop.premises.heard import municipal_data, services_and_data
from desktop.premises.open import House, Opening
from desktop.store.lock import InUse
from desktop.trial.day import run_day
from tests.awning import FILE
from tests.houses import CHEAP, MORNING, PROPERTIES, copied_house
from tests.publish import figures, in_force
from tests.reports.reading import codes_of, text_of

ROOT = Path(__file__).parents[2]
TODAY = MORNING.date()
LATER = TODAY + timedelta(days=30)


@pytest.mark.long
def test_it_goes_from_its_file_to_a_printed_letter(tmp_path: Path) -> None:
    folder = tmp_path / "preview"
    environment = {**os.environ, "PISHKHAN_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "desktop", "service", "preview", str(FILE), str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, env=environment, stdout=subprocess.DEVNULL)
    kept = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    papers = {f"{one['outcome']}/{one['name']}": folder / one["file"] for one in kept}

    def words(paper: str) -> set[str]:
        return set(text_of(papers[paper].read_bytes()))

    assert {"۴٬۸۸۷٬۰۰۰", "سایه‌بان"} <= words("review/debt-after")
    answer = {"۱٬۳۵۷٬۶۱۰", "۶۳۵٬۳۶۰", "۷۲۲٬۲۵۰", "۱۲۰", "مستأجر"}
    assert answer <= words("review/answer-after")
    assert {"سرقفلی", "۱۸۰"} <= words("refuse/refuse-copy-1")
    assert len(codes_of(papers["review/answer-after"].read_bytes(), 150)) == 1


@contextmanager
def at_work(folder: Path) -> Iterator[House]:
    """The house in the folder, open; founded where it is not there."""
    clock = SteppingClock(MORNING.astimezone(UTC))
    if folder.exists():
        house = open_house(folder, Opening(clock, cost=CHEAP), properties=PROPERTIES)
    else:
        house = copied_house(folder, clock, PROPERTIES)
    ring_at_once(house)
    try:
        yield house
    finally:
        house.close()


@pytest.mark.long
def test_a_day_knows_what_was_published_at_this_machine(tmp_path: Path) -> None:
    folder = tmp_path / "house"

    def day() -> dict[str, object]:
        return run_day(
            PROPERTIES, 4, lambda done, whole: None, only=("awning",), published_at=folder
        )

    # What an open house has is nobody else's to read beside it.
    with at_work(folder), pytest.raises(InUse):
        day()
    with pytest.raises(Refusal, match="«awning» شناخته نیست"):
        day()
    # A service whose day is still to come is tried all the same.
    with at_work(folder) as house:
        text = FILE.read_text(encoding="utf-8")
        in_force(seat_crew(house), publishing.service_draft(FILE.name, text, LATER))
    told = day()
    assert told["states"] == {"handed-over": 4}
    assert [*told["services"]] == ["awning"]  # type: ignore[misc]


@pytest.mark.long
def test_another_house_is_told_the_figures_that_hold_on_the_day(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    dearer = DatedTariff(
        key="office", title="کارمزد دفتر", purse=Purse.OFFICE, amount="520000",
        since=iso_jalali(LATER),
    )  # fmt: skip
    with at_work(folder) as house:
        crew = seat_crew(house)
        in_force(crew, figures(crew, Topic.TARIFF, dearer))
    with at_work(tmp_path / "other") as other:
        for on, rial in ((TODAY, 450_000), (LATER, 520_000)):
            other.put_in_force(municipal_data(folder, on, TODAY))
            desk = other.office.desk
            service = intake.services(desk)["clearance"]
            assert intake.office_fee(intake.figures(desk), service) == rial


def test_without_a_centre_there_is_nothing_to_tell(tmp_path: Path) -> None:
    assert municipal_data(tmp_path, TODAY, TODAY) == []
    assert services_and_data(tmp_path, TODAY, TODAY) == []
