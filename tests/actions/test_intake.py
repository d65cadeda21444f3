"""What a registration asks of both databases: a line is short, but a disk and a CPU are not."""

from __future__ import annotations

from sqlalchemy import Engine

from desktop.actions import intake
from desktop.demo.city import Scenario
from desktop.demo.filling import Asker, fill
from desktop.demo.following import case_now
from desktop.domain.calendar import TEHRAN
from desktop.domain.decision import Outcome
from desktop.domain.people import Applicant
from desktop.sql.asked import Asked, asked
from tests.town import Town

MOST = 60  # DESIGN.md §7 asks for at most 70
_FRAMES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def _engines(town: Town) -> list[Engine]:
    house = town.house
    stores = [running.desk.store for running in (house.office, house.municipality)]
    kept = [engine for store in stores for engine in (store._writer, store.reader)]
    return [house.centre.writer, house.centre.reader, *kept]


def _counted(statements: list[Asked]) -> list[str]:
    return [each.words for each in statements if not each.words.startswith(_FRAMES)]


def test_a_registration_with_its_fee_and_answer_asks_little(small_town: Town) -> None:
    clerk = small_town.crew.clerk
    service = intake.services(clerk.desk)["no-violation"]
    figures, day = intake.figures(clerk.desk), small_town.clock.moment.astimezone(TEHRAN).date()

    def register(number: int) -> str:
        record = small_town.record(Scenario.CLEAN, number)
        asker = Asker(Applicant.OWNER, record.owners[0], record, str(record.code))
        fee = intake.FeePayment("terminal", f"{700_000 + number}")
        return intake.register(clerk, service, fill(service, asker, figures, day), fee).case_id

    # The first one of a day reads the day's figures and services besides.
    register(0)
    with asked(*_engines(small_town)) as statements:
        case_id = register(1)
    assert case_now(clerk, case_id).outcome is Outcome.ANSWER
    assert len(_counted(statements)) <= MOST, "\n".join(_counted(statements))
