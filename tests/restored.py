"""A town whose centre is lost and restored from an older copy, and what it kept before."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, select
from sqlalchemy.orm import Session

from desktop.actions import letters, office_day, stamped_sheets
from desktop.actions.day_close import CloseCount, close_day
from desktop.centre import people
from desktop.centre.context import Centre, day_of
from desktop.centre.couriering import KEY
from desktop.centre.metadata import METADATA
from desktop.centre.recovering import standing
from desktop.centre.reference import publication
from desktop.centre.tick import DEVICE
from desktop.demo import following
from desktop.demo.beginning import fill_queue, ring_at_once, seat_crew
from desktop.demo.city import Scenario
from desktop.demo.following import Crew, case_now, release
from desktop.demo.house import open_house
from desktop.demo.people import PASSWORD
from desktop.domain.day_register import COUNTED
from desktop.domain.office import MUNICIPALITY
from desktop.domain.stamped_sheets import SheetRun
from desktop.domain.stream import Topic
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House
from desktop.sql.engine import Place, writer
from tests.actions.printing_child import PRINTER
from tests.servers import create, libpq
from tests.town import PROPERTIES, Town, all_properties

# How long a desk waits until it asks a centre that is busy once more is tried elsewhere.
pytest.MonkeyPatch().setattr("desktop.sync.call._PAUSES_S", (0.0, 0.0, 0.0))

HOME = "office:21"
Rows = Mapping[str, frozenset[tuple[Any, ...]]]


@dataclass
class Copy:
    """A copy of a town's centre, made while it is at work; on PostgreSQL a database beside it that
    the file's name only names."""

    file: Path

    @classmethod
    def of(cls, town: Town, file: Path) -> Copy:
        """As `centre backup` makes one."""
        copy, url = cls(file), town.house.centre.writer.url
        if url.get_backend_name() == "sqlite":
            own = str(url.database)
            with closing(sqlite3.connect(own)) as source, closing(sqlite3.connect(file)) as to:
                source.backup(to)
        else:
            for engine in (town.house.centre.writer, town.house.centre.reader):
                engine.dispose()
            create(_server(url), copy._database(url), str(url.database))
        return copy

    def restore(self, town: Town, begin: Callable[..., object] = standing.begin) -> Town:
        """The town with the copy as its centre; its desks as they are."""
        url, folder = town.house.centre.writer.url, _folder(town)
        town.close()
        if url.get_backend_name() == "sqlite":
            place: Place = Path(str(url.database))
            for beside in folder.glob(f"{Path(str(url.database)).name}-*"):
                beside.unlink()
            shutil.copy(self.file, str(url.database))
        else:
            place = url.render_as_string(hide_password=False)
            create(_server(url), str(url.database), self._database(url))
        # Before anything opens it: what is due would be done once more.
        engine = writer(place)
        with Session(engine) as session, session.begin():
            begin(session, town.clock.now())
        engine.dispose()
        house = open_house(folder, town.house.opening, properties=PROPERTIES)
        ring_at_once(house)
        return Town(house, town.clock, seat_crew(house), town.properties)

    def _database(self, url: URL) -> str:
        return f"{url.database}_{self.file.stem}"


def _server(url: URL) -> str:
    return libpq(url.set(database="postgres").render_as_string(hide_password=False))


def _folder(town: Town) -> Path:
    return town.house.office.desk.store.path.parent


def sync(town: Town, rounds: int = 2) -> None:
    """So many rounds of both desks."""
    for _ in range(rounds):
        town.house.office.sync()
        town.house.municipality.sync()


def publish_once(session: Session, at: datetime) -> None:
    """Something is published at that moment of the centre's clock."""
    people.publish(session, [publication(Topic.COURIER_KEY, KEY, day_of(at), "ab" * 32)], at)


# What a restored centre can't know, or does not need to: of its restores and its own life; when an
# act came; what desks told of themselves; whom it told what itself; what it weighs anew; how it
# answered calls of its former life; when lines were down.
_OWN = {
    "adopted_fact", "answered", "given_fact", "gave_back", "giving_turn",
    "recovery", "centre", "reading_line",
    "daily_head", "skipped_numbers", "outage", "outage_desk",
}  # fmt: skip
_LEFT_OUT = {
    "command": {"received_at"},
    "device": {"heard_at", "told_disk_mb", "emptied_at"},
    "standing_letter": {"due"},
    "reading_head": {"seq", "hash"},
    "citizen_message": {"message_id"},
}
_COUNTS = {"case_count", "clerk_state_sum", "state_sum"}


def rows_of(centre: Centre) -> Rows:
    """All that the centre keeps for good, by table; a count of nothing is none."""
    found: dict[str, frozenset[tuple[Any, ...]]] = {}
    with centre.reading() as session:
        for table in METADATA.sorted_tables:
            if table.name in _OWN:
                continue
            left = _LEFT_OUT.get(table.name, set())
            columns = [each for each in table.c if each.name not in left]
            asked = select(*columns)
            if "device_id" in table.c:
                # What the centre did by itself no desk gives back: its facts they do.
                asked = asked.where(table.c.device_id != DEVICE)
            if table.name == "number":
                # The municipality's own go on behind what may have been read in the lost time.
                asked = asked.where(table.c.office != MUNICIPALITY)
            rows = [tuple(row) for row in session.execute(asked)]
            if table.name in _COUNTS:
                rows = [row for row in rows if row[-1]]
            found[table.name] = frozenset(rows)
    return found


def is_as(centre: Centre, before: Rows) -> None:
    """The centre keeps what was kept before, table by table."""
    after = rows_of(centre)
    for name, rows in before.items():
        assert after[name] == rows, (name, after[name] ^ rows)


def busy_hour(town: Town) -> None:
    """Letters stamped, printed on numbered sheets, handed over, voided; the day closed."""
    crew, office = town.crew, town.house.office
    stamped_sheets.take(crew.manager, PASSWORD, SheetRun("الف", 101, 200), "۱۴۰۵/۷۷")
    for number in range(2):
        case_id = town.register(town.record(Scenario.CLEAN, number))
        release(crew, case_now(crew.clerk, case_id))
        office.sync()
        held = case_now(crew.clerk, case_id).letters[0]
        begun = letters.begin_print(crew.clerk, case_id, held, PRINTER, "")
        letter_id = held.letter.letter_id
        letters.end_print(crew.clerk, case_id, letter_id, begun, PRINTER, "", out=True)
        if number:
            following.void(crew.manager, case_id, letter_id, "نشانی اشتباه است")
        else:
            receiver = ("مالک", "9994201239", ("کارت ملی",), PASSWORD)
            letters.hand_over(crew.clerk, case_id, letter_id, *receiver)
        office.sync()
    day = office_day.look(crew.manager)
    counted = {tool: day.book.total(tool) for tool in COUNTED}
    close_day(crew.manager, PASSWORD, day.day, CloseCount(counted, 100, 0, 0, 98, note="شمرده شد"))


@dataclass
class Lost:
    """A town, the copy of its centre, and what the centre kept when it was lost an hour later."""

    town: Town
    copy: Copy
    before: Rows

    def restored(self) -> Town:
        """The town with the copy as its centre."""
        self.town = self.copy.restore(self.town)
        return self.town

    def close(self) -> None:
        """Close the town as it is by now."""
        self.town.close()


@dataclass(frozen=True)
class BusyHour:
    """A busy hour after a copy of the centre was made beside it, with so many requests each half
    on its way."""

    requests: int

    def __call__(self, house: House, crew: Crew, clock: SteppingClock) -> None:
        """Lead them there."""
        # A real clock is more exact than the texts of facts; what is given back is these.
        clock.moment = clock.moment.replace(microsecond=64_000)
        town = Town(house, clock, crew, all_properties(), slips=count(618_204))
        fill_queue(house, crew, clock, properties=PROPERTIES, today=self.requests)
        sync(town)
        Copy.of(town, _copy(town))
        fill_queue(house, crew, clock, properties=PROPERTIES, today=self.requests)
        clock.moment += timedelta(hours=1)
        busy_hour(town)
        sync(town)


def _copy(town: Town) -> Path:
    return _folder(town) / "copy.db"


def lost(make_town: Callable[..., Town], requests: int, place: Place | None = None) -> Lost:
    """A town whose centre, on a file or at that place, is lost after such an hour."""
    hour = BusyHour(requests)
    town = make_town(place, filling=hour if place is None else None)
    if place is not None:
        hour(town.house, town.crew, town.clock)
    # Opened, the centre told what was due.
    sync(town)
    return Lost(town, Copy(_copy(town)), rows_of(town.house.centre))


@pytest.fixture
def small_loss(make_town: Callable[..., Town]) -> Lost:
    """A town whose centre is lost after a short hour."""
    return lost(make_town, 4)
