"""Messages to citizens wait at the centre, go once, and what did not arrive comes to its case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.actions import board, messages
from desktop.centre.message_tables import CitizenMessageRow
from desktop.centre.messaging import Failure, Outgoing, Round, carry
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain.errors import Refusal
from desktop.premises.message_files import MessageFiles
from desktop.store.work_items import ItemKind, WorkItem
from tests.town import Town


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where whoever sends messages puts and takes files."""
    made = tmp_path / "gateway"
    made.mkdir()
    return made


@dataclass
class Telephone:
    """A gateway in memory: what it was given by batch, and what it says did not arrive."""

    given: dict[int, list[Outgoing]] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)
    closed: bool = False

    def give(self, batch: int, messages: Sequence[Outgoing]) -> None:
        self.given[batch] = list(messages)
        if self.closed:
            raise Refusal("درگاه پیامک بسته است.")

    def failures(self) -> Iterable[Failure]:
        return list(self.failed)

    def heard(self) -> None:
        self.failed.clear()

    @property
    def all(self) -> list[Outgoing]:
        return [one for batch in self.given.values() for one in batch]


def registered(town: Town, number: int = 0) -> str:
    case_id = town.register(town.record(Scenario.CLEAN, number))
    town.house.office.sync()
    return case_id


def of_case(town: Town, case_id: str) -> list[WorkItem]:
    return [item for item in board.items(town.crew.clerk.desk) if item.case_id == case_id]


def kept(town: Town) -> list[tuple[str, str]]:
    with town.house.centre.reading() as session:
        rows = session.scalars(select(CitizenMessageRow).order_by(CitizenMessageRow.made_at))
        return [(row.occasion, row.state) for row in rows]


def test_a_registration_is_told_once_with_its_code_alone(town: Town) -> None:
    case_id, telephone = registered(town), Telephone()
    assert carry(town.house.centre, telephone) == Round(1, 0, 0)
    assert carry(town.house.centre, telephone) == Round(0, 0, 0)
    case = case_now(town.crew.clerk, case_id)
    (told,) = telephone.all
    assert told.mobile == case.request.party.mobile
    assert case.request.party.last_name not in told.words
    assert kept(town) == [("registered", "sent")]


@pytest.mark.slow
def test_a_gateway_that_is_closed_gets_the_same_batch_again(town: Town) -> None:
    registered(town)
    telephone = Telephone(closed=True)
    with pytest.raises(Refusal):
        carry(town.house.centre, telephone)
    before = dict(telephone.given)
    registered(town, 1)
    telephone.closed = False
    assert carry(town.house.centre, telephone).given == 2
    assert {number: telephone.given[number] for number in before} == before
    assert len(telephone.given) == 2


@pytest.mark.slow
def test_the_unit_reads_what_did_not_arrive_until_it_goes_again(town: Town) -> None:
    clerk, supervisor, telephone = town.crew.clerk, town.crew.supervisor, Telephone()
    case_id = registered(town)
    waits = messages.of_the_city(supervisor)
    assert (waits.waiting, waits.failed) == (1, [])
    assert waits.oldest is not None
    carry(town.house.centre, telephone)
    (told,) = telephone.all
    telephone.failed.append(Failure(told.message_id, "شماره در شبکه نیست"))
    carry(town.house.centre, telephone)
    seen = messages.of_the_city(supervisor)
    (one,) = seen.failed
    assert (one.case_id, one.occasion.value) == (case_id, "registered")
    assert (one.cause, one.office_id) == ("شماره در شبکه نیست", "21")
    assert (seen.waiting, seen.oldest, seen.offices) == (0, None, {"21": 1})
    # No name and no number travels with it.
    case = case_now(clerk, case_id)
    assert case.request.party.mobile not in seen.encode().decode()
    assert case.request.party.last_name not in seen.encode().decode()
    town.house.office.sync()
    town.clock.moment += timedelta(minutes=1)
    messages.resend(clerk, case_now(clerk, case_id), told.message_id, "09131111111")
    town.house.office.sync()
    after = messages.of_the_city(supervisor)
    assert (after.waiting, after.failed, after.offices) == (1, [], {})
    for other in (town.crew.expert, town.crew.inspector, clerk):
        with pytest.raises(Refusal):
            messages.of_the_city(other)


@pytest.mark.slow
def test_what_did_not_arrive_is_mended_at_the_counter_and_sent_again(town: Town) -> None:
    clerk, telephone = town.crew.clerk, Telephone()
    case_id = registered(town)
    carry(town.house.centre, telephone)
    (told,) = telephone.all
    telephone.failed.append(Failure(told.message_id, "شماره در شبکه نیست"))
    assert carry(town.house.centre, telephone) == Round(0, 1, 0)
    # The same once more changes nothing.
    telephone.failed.append(Failure(told.message_id, "شماره در شبکه نیست"))
    assert carry(town.house.centre, telephone) == Round(0, 0, 0)
    town.house.office.sync()
    case = case_now(clerk, case_id)
    assert list(case.unreached) == [told.message_id]
    (item,) = of_case(town, case_id)
    assert item.kind is ItemKind.MESSAGE

    with pytest.raises(Refusal) as caught:
        messages.resend(clerk, case, told.message_id, "12345")
    assert caught.value.field == "mobile"
    messages.resend(clerk, case, told.message_id, "09351112233")
    town.house.office.sync()
    mended = case_now(clerk, case_id)
    assert (mended.request.party.mobile, mended.unreached) == ("09351112233", {})
    assert of_case(town, case_id) == []
    assert carry(town.house.centre, telephone).given == 1
    assert telephone.all[-1].mobile == "09351112233"
    assert telephone.all[-1].words == told.words
    # What is said once more of the first one does not undo what was mended.
    telephone.failed.append(Failure(told.message_id, "شماره در شبکه نیست"))
    assert carry(town.house.centre, telephone) == Round(0, 0, 0)


def test_strange_failures_are_counted_and_harm_nobody(town: Town) -> None:
    registered(town)
    telephone = Telephone(failed=[Failure("nobody", ""), Failure("", "؟")])
    assert carry(town.house.centre, telephone) == Round(1, 0, 2)


def test_the_folder_gets_batches_and_gives_back_what_did_not_arrive(
    town: Town, folder: Path
) -> None:
    case_id = registered(town)
    gateway = MessageFiles(folder)
    assert carry(town.house.centre, gateway).given == 1
    (batch,) = folder.iterdir()
    head, line = batch.read_text(encoding="utf-8-sig").splitlines()
    name, mobile, words = line.split(",", 2)
    assert head == "id,mobile,text"
    assert mobile == case_now(town.crew.clerk, case_id).request.party.mobile
    assert words
    answer = folder / "failed-1.csv"
    answer.write_text(f"id,cause\r\n{name},خاموش\r\n", encoding="utf-8-sig")
    assert carry(town.house.centre, gateway) == Round(0, 1, 0)
    assert not answer.exists()
    assert {path.name for path in folder.iterdir()} == {batch.name, "failed-1.csv.done"}


@pytest.mark.parametrize("bad", [b"\xff\xfe\x00", b"name,why\n1,2\n", b""])
def test_a_file_that_is_none_is_told_and_stays(town: Town, folder: Path, bad: bytes) -> None:
    answer = folder / "failed-2.csv"
    answer.write_bytes(bad)
    with pytest.raises(Refusal) as caught:
        carry(town.house.centre, MessageFiles(folder))
    assert "failed-2.csv" in caught.value.words
    assert answer.exists()


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        MessageFiles(tmp_path / "nowhere")
