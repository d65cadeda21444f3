"""«سایه‌بان», own tariff, row formula, tenant, expert's value and all: from file to letter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from desktop.actions import intake
from desktop.authoring.publishing import publish_file
from desktop.centre.publishing import publish_dated
from desktop.domain.calendar import iso_jalali
from desktop.domain.errors import Refusal
from desktop.domain.stream import Topic
from desktop.domain.tariff import Purse
from desktop.forms.dated import DatedTariff
from desktop.trial.day import SteppingClock, run_day
from desktop.trial.house import House
from desktop.trial.standing import municipal_data, services_and_data
from tests.awning import FILE
from tests.houses import MORNING, PROPERTIES, copied_house
from tests.reports.reading import codes_of, text_of

ROOT = Path(__file__).parents[2]
TODAY = MORNING.date()
LATER = TODAY + timedelta(days=30)


@pytest.mark.slow
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


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house whose centre stands at this machine."""
    at_work = copied_house(tmp_path / "house", SteppingClock(MORNING.astimezone(UTC)), PROPERTIES)
    yield at_work
    at_work.close()


@pytest.mark.slow
def test_a_day_knows_what_was_published_at_this_machine(house: House, tmp_path: Path) -> None:
    folder = tmp_path / "house"

    def day() -> dict[str, object]:
        return run_day(
            PROPERTIES, 4, lambda done, whole: None, only=("awning",), published_at=folder
        )

    with pytest.raises(Refusal, match="«awning» شناخته نیست"):
        day()
    # A service whose day is still to come is tried all the same.
    list(publish_file(FILE, LATER, folder, house.clock))
    told = day()
    assert told["states"] == {"handed-over": 4}
    assert [*told["services"]] == ["awning"]  # type: ignore[misc]


def test_another_house_is_told_the_figures_that_hold_on_the_day(
    house: House, tmp_path: Path
) -> None:
    dearer = DatedTariff(
        key="office", title="کارمزد دفتر", purse=Purse.OFFICE, amount="520000",
        since=iso_jalali(LATER),
    )  # fmt: skip
    publish_dated(house.centre, Topic.TARIFF, [dearer])
    other = copied_house(tmp_path / "other", SteppingClock(MORNING.astimezone(UTC)), PROPERTIES)
    try:
        for on, rial in ((TODAY, 450_000), (LATER, 520_000)):
            other.put_in_force(municipal_data(tmp_path / "house", on, TODAY))
            desk = other.office.desk
            service = intake.services(desk)["clearance"]
            assert intake.office_fee(intake.figures(desk), service) == rial
    finally:
        other.close()


def test_without_a_centre_there_is_nothing_to_tell(tmp_path: Path) -> None:
    assert municipal_data(tmp_path, TODAY, TODAY) == []
    assert services_and_data(tmp_path, TODAY, TODAY) == []
