"""A service file as people will meet it: its form, its answers and its papers, before it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from desktop.actions import intake
from desktop.authoring.checking import whole
from desktop.authoring.holding import in_force
from desktop.centre.reference import publication
from desktop.demo.beginning import seat_crew
from desktop.demo.following import follow
from desktop.demo.wanted_cases import CaseSource, outcomes_of
from desktop.domain.calendar import TEHRAN
from desktop.domain.decision import Outcome
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.service import Service
from desktop.domain.stream import Topic
from desktop.domain.words import OUTCOMES
from desktop.premises.heard import municipal_data
from desktop.reports.letter import LAYOUT, draw
from desktop.trial.album import Drawn
from desktop.trial.stage import MORNING, PROPERTIES, SEED, SIZE, Stage, open_stage
from desktop.trial.tour_counter import Counter
from desktop.trial.tour_letters import Letters
from desktop.ui.pages.form.page import CaseForm

_WRITTEN = (Outcome.ANSWER, Outcome.REFUSE, Outcome.PAY)


def run_preview(path: Path, folder: Path, house: Path) -> Iterator[str]:
    """Put the file into force at a made-up office, and a request for each of its outcomes.

    The folder gets the form in one tall picture, each outcome's pages, receipts, and letters from
    proof to print. The municipality's figures are those of the centre in the folder `house`, the
    ones that ship where there is none.

    Raises Refusals for a file with faults, Refusal for a folder that can't be written.
    """
    day, today = MORNING.date(), datetime.now(TEHRAN).date()
    service, text = whole(path, in_force(house, today), day)
    with open_stage(folder, 100, "light") as stage:
        published = publication(Topic.SERVICE, service.code, day, text)
        stage.house.put_in_force([*municipal_data(house, today, day), published])
        preview = _Preview(stage, service)
        yield from preview.form()
        for outcome in outcomes_of(service):
            try:
                yield preview.outcome(outcome)
            except (RuntimeError, LookupError) as fault:
                words = f"درخواستی که به «{OUTCOMES[outcome]}» برسد از این پرونده ساخته نشد"
                raise Refusal(f"{words}: {fault}") from fault
        yield f"{len(stage.album.kept)} pictures and papers: {stage.album.write()}"


class _Preview:
    def __init__(self, stage: Stage, service: Service) -> None:
        self._stage, self._service = stage, service
        self._counter, self._letters = Counter(stage), Letters(stage)
        figures = intake.figures(stage.house.office.desk)
        self._source = CaseSource(
            stage.house, figures, properties=PROPERTIES, seed=SEED, day=MORNING.date()
        )
        self._crew = seat_crew(stage.house)

    def form(self) -> Iterator[str]:
        """The empty form, whole."""
        stage = self._stage
        stage.sit(Role.CLERK)
        stage.new_form(self._service)
        page = stage.page
        if not isinstance(page, CaseForm) or page.body is None:
            raise RuntimeError("no form opened")
        wide, high = SIZE
        stage.window.resize(wide, high + page.body.verticalScrollBar().maximum())
        stage.shoot("form")
        stage.window.resize(*SIZE)
        stage.hands.press("Esc")
        yield "form"

    def outcome(self, outcome: Outcome) -> str:
        """A request that comes out so, to its end."""
        wanted = self._source.request(self._service, outcome)
        case_id = self._counter.register(wanted)
        self._counter.receipt(case_id)
        if outcome in _WRITTEN:
            self._counter.proof(case_id)
            self._stage.sit(Role.MANAGER)
            owed = outcome is Outcome.PAY
            held = self._letters.debt_of(case_id) if owed else self._letters.answer_of(case_id)
            self._letters.release_and_print(case_id, held)
            self._stage.sit(Role.CLERK)
        else:
            self._answer(case_id)
        return f"{outcome}"

    def _answer(self, case_id: str) -> None:
        """What is written after a visit or an expert's word, money that is asked then too."""
        stage = self._stage
        ended = follow(self._crew, case_id, stage.clock.moment)
        if ended.answer is None:
            raise RuntimeError(f"{case_id} ended without a letter")
        about = stage.about(case_id)
        for held in ended.letters:
            drawn = Drawn(held.letter, held.release, LAYOUT, 1)
            pdf = draw(held.letter, held.release, layout=LAYOUT, copy=1)
            stage.album.paper(pdf, f"{held.letter.kind.value}-after", about, drawn)
