"""This program and the one before it at one city's desks and centre, each with the other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.centre.schema import HEAD
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.stream import Topic
from desktop.trial.machines import PROPERTIES, Service, free_port, own_id
from tests.before import THIS, Program, program_before
from tests.record import LATER_TOPICS, sampled
from tests.servers import libpq

_DESK = Path(__file__).with_name("desk_at_work.py")
_EXPERTS = Path(__file__).with_name("expert_at_work.py")
_READING = Path(__file__).with_name("reading.py")
_OFFICE, _MANAGER, _CLERK, _EXPERT = "41", "محمد زارع", "زهرا فلاح", "سعید نوری"
_REQUESTS = 3


class ServiceOf(Service):
    """The centre's machine, by a program."""

    def __init__(self, home: Path, port: int, program: Program) -> None:
        super().__init__(home, port)
        self._program = program
        if program is not THIS:
            # It knows of no other way.
            self.founding = ()

    def _environment(self) -> dict[str, str]:
        return {**super()._environment(), **self._program.environment}


@dataclass
class Desk:
    """A machine of the office and the person at it; `cases` are those that it knew last."""

    home: Path
    name: str
    cases: Mapping[str, str]

    def work(self, program: Program, *joining: str) -> None:
        """Some requests more, by a program: all are sent, and nothing that was known is gone."""
        told: dict[str, Any] = json.loads(
            program.run(_DESK, str(self.home), self.name, str(_REQUESTS), *joining)
        )
        assert (told["unsent"], told["stopped"]) == (0, "")
        assert told["states"].keys() > self.cases.keys()
        assert len(told["states"]) >= len(self.cases) + _REQUESTS
        self.cases = told["states"]


@dataclass
class Review:
    """The municipality's machine, and the expert at it."""

    home: Path

    def work(self, program: Program, what: str, *joining: str) -> None:
        """A case that waits for an expert, by a program: what is done with it is sent, and takes
        effect."""
        told: dict[str, Any] = json.loads(
            program.run(_EXPERTS, str(self.home), _EXPERT, what, *joining)
        )
        assert (told["unsent"], told["stopped"], told["moved"]) == (0, "", True)
        assert (told["state"] == "consulting") is (what == "ask")


@pytest.fixture
def before(tmp_path: Path) -> Program:
    return program_before(tmp_path / "program")


@pytest.mark.slow
def test_no_topic_but_those_that_came_later_is_unknown_to_it(before: Program) -> None:
    told = (before.folder / "desktop" / "domain" / "stream.py").read_text(encoding="utf-8")
    assert {topic.value for topic in Topic if f' = "{topic}"\n' not in told} == LATER_TOPICS


@pytest.mark.slow
def test_the_program_before_reads_what_this_one_says(before: Program) -> None:
    """Every call, answer, act and fact that it knows, with all that can be said and bare."""
    wrong = json.loads(before.run(_READING, told=json.dumps(sampled())))
    assert wrong == {}


@pytest.mark.long
@pytest.mark.timeout(900)
def test_centre_and_desks_of_two_versions_work_together(
    tmp_path: Path, before: Program, postgres_place: str
) -> None:
    port = free_port()
    former = ServiceOf(tmp_path / "centre", port, before)
    service = ServiceOf(tmp_path / "centre", port, THIS)
    words = former.found(libpq(postgres_place))
    former.add_office(_OFFICE)
    former.take_records(tmp_path / "export", PROPERTIES)

    def joining(
        by: Service, name: str, number: int, office: str = _OFFICE, *role: str
    ) -> tuple[str, ...]:
        code = by.code("enrol", office, "--manager", name, *role, *own_id(number))
        return (former.address, code, *words)

    old = Desk(tmp_path / "old", _MANAGER, {})
    new = Desk(tmp_path / "new", _CLERK, {})
    review = Review(tmp_path / "review")
    former.begin(1)
    try:
        old.work(before, *joining(former, _MANAGER, 1))
        review.work(
            before, "propose", *joining(former, _EXPERT, 9, MUNICIPALITY, "--role", "expert")
        )
        # Beside the old centre at work, which goes on; a process of it that ends begins anew.
        assert HEAD in service.command("migrate")
        with pytest.raises(Refusal, match="نسخهٔ تازه‌تر"):
            former.command("migrate")
        old.work(before)
        former.end()
        former.begin(1)
        new.work(THIS, *joining(former, _CLERK, 2))
        former.end()
        service.begin(1)
        old.work(before)
        review.work(before, "propose")
        # Its machine gets this program.
        old.work(THIS)
        new.work(THIS)
        review.work(THIS, "ask")
    finally:
        former.end()
        service.end()
    assert old.cases.keys() <= new.cases.keys()
    assert "handed-over" in old.cases.values()
    assert "all that is kept is as it was written" in service.command("verify")
