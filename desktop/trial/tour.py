"""The tour: the real window driven through every service and outcome, page by page."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

from desktop.actions import intake
from desktop.demo.requests import BUSIEST, chosen
from desktop.demo.wanted_cases import CaseSource, WantedCase, outcomes_of
from desktop.domain.calendar import TEHRAN
from desktop.domain.decision import Outcome
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.premises.heard import services_and_data
from desktop.trial import tour_recalls, tour_verify_page
from desktop.trial.blocks import Blocks
from desktop.trial.presses import presses_of, presses_told
from desktop.trial.stage import MORNING, PROPERTIES, SEED, Stage, open_stage
from desktop.trial.tour_city import CityHall
from desktop.trial.tour_counter import Counter
from desktop.trial.tour_letters import Letters
from desktop.trial.tour_line import LineTour
from desktop.trial.tour_money import Money
from desktop.trial.tour_offices import DESKS, OfficesTour
from desktop.trial.tour_pages import Pages
from desktop.trial.tour_records import Records
from desktop.trial.tour_services import Services
from desktop.trial.tour_stamping import Stamping
from desktop.trial.tour_wizard import WizardTour
from desktop.ui import places
from desktop.ui.palette import Theme

_ANSWERED = (Outcome.ANSWER, Outcome.REFUSE)
_MOST_LOOKS = 4
_BATCH = 5
_OF_THE_FIRST = {Outcome.ANSWER, Outcome.VISIT, Outcome.PAY}


def run_tour(
    folder: Path,
    scale: int,
    look: str,
    only: Collection[str] = BUSIEST,
    published_at: Path | None = None,
    blocks: Blocks | None = None,
    desk: str = "",
) -> Iterator[str]:
    """Play the tour of these services (all for none) into the folder; a line for each step.

    With a `desk` (`tour_offices.DESKS`) only that one's day is played, in a city of many offices.

    What was published at the centre in the folder `published_at` is told to the tour's house first.
    `blocks` hears how long the window's thread is held, with the work on threads as on a desk.

    Raises Refusal for a folder that can't be written, a theme or service that there is not, or
    services too few for a day.
    """
    if look not in tuple(Theme):
        raise Refusal(f"نمای «{look}» شناخته نیست: {'، '.join(Theme)}.")
    if desk and desk not in DESKS:
        raise Refusal(f"میز «{desk}» شناخته نیست: {'، '.join(DESKS)}.")
    with open_stage(folder, scale, look, blocks) as stage:
        if published_at is not None:
            today = datetime.now(TEHRAN).date()
            facts = services_and_data(published_at, today, MORNING.date(), only)
            stage.house.put_in_force(facts)
        tour = Tour(stage, only)
        if blocks is not None:
            stage.collect_as_at_work()
        yield from DESKS[desk](OfficesTour(stage)) if desk else tour.play()
        path = stage.album.write()
        if not desk:
            yield presses_told(presses_of(stage.album.kept))
        yield f"{len(stage.album.kept)} pictures and papers: {path}"


class Tour:
    """A day at the office and the city hall, one person after the other at the same window."""

    def __init__(self, stage: Stage, only: Collection[str]) -> None:
        self._stage = stage
        self._counter, self._letters = Counter(stage), Letters(stage)
        self._stamping = Stamping(stage)
        self._city, self._pages = CityHall(stage), Pages(stage)
        self._money, self._records, self._files = Money(stage), Records(stage), Services(stage)
        self._cases: dict[str, WantedCase] = {}
        desk = stage.house.office.desk
        self._services = _enough(chosen(intake.services(desk), only))
        self._source = CaseSource(
            stage.house,
            intake.figures(desk),
            properties=PROPERTIES,
            seed=SEED,
            day=MORNING.date(),
        )

    def play(self) -> Iterator[str]:
        """The whole day."""
        WizardTour(self._stage).play()
        yield "set up a desk"
        self._stage.shoot("sign-in")
        self._stage.sit(Role.CLERK)
        self._stage.shoot("home")
        yield "signed in"
        for service in self._services.values():
            for outcome in outcomes_of(service):
                yield self._register(self._source.request(service, outcome))
        yield from self._stamp_first()
        yield from self._stamp_batch()
        yield from self._pay(self._of(Outcome.PAY))
        yield from self._visit()
        yield from self._review()
        yield from self._settle_rest()
        yield from self._stamp_rest()
        yield from self._oversee()
        yield from self._recall()
        yield from tour_verify_page.play(self._stage.album)
        yield from self._look_round()

    def _of(self, outcome: Outcome) -> list[str]:
        return [case_id for case_id, case in self._cases.items() if case.outcome is outcome]

    def _register(self, wanted: WantedCase) -> str:
        case_id = self._counter.register(wanted)
        self._cases[case_id] = wanted
        self._counter.receipt(case_id)
        match wanted.outcome:
            case Outcome.ANSWER | Outcome.REFUSE | Outcome.PAY:
                self._counter.proof(case_id)
            case Outcome.VISIT:
                self._counter.book(case_id)
        return f"registered: {wanted.service.code}: {wanted.outcome}"

    def _stamp_first(self) -> Iterator[str]:
        """The manager's morning: debt letters, instant answers and refusals."""
        self._stage.sit(Role.MANAGER)
        self._stage.shoot("home-manager")
        self._pages.queue("queue-manager")
        for case_id in self._of(Outcome.PAY):
            self._letters.release_and_print(case_id, self._letters.debt_of(case_id))
            yield f"debt letter: {self._cases[case_id].service.code}"
        refused = self._of(Outcome.REFUSE)[:1]
        for place, case_id in enumerate(c for o in _ANSWERED for c in self._of(o)):
            held = self._letters.answer_of(case_id)
            if case_id in refused:
                self._letters.stamp_only(case_id, held)
                self._letters.print_stamped(case_id, self._letters.answer_of(case_id))
            else:
                self._letters.release_and_print(case_id, held)
            if not place:
                self._letters.print_again(case_id, self._letters.answer_of(case_id))
                self._letters.check(case_id, self._letters.answer_of(case_id))
            if place % 2 == 0:
                self._letters.hand_over(case_id, self._letters.answer_of(case_id))
            yield f"letter: {self._cases[case_id].service.code}: {self._cases[case_id].outcome}"

    def _stamp_batch(self) -> Iterator[str]:
        """The manager's morning goes on: the rest under one password, until no letter waits."""
        self._stage.sit(Role.CLERK)
        service = next(iter(self._services.values()))
        for _ in range(_BATCH):
            self._counter.register(self._source.request(service, Outcome.ANSWER))
        self._stage.sit(Role.MANAGER)
        self._stamping.play()
        yield f"{_BATCH} letters under one password"

    def _settle_rest(self) -> Iterator[str]:
        """What the expert cleared but for its money: the debt letter, then the payment."""
        owing = [c for c in self._cases if self._stage.case(c).state is State.PAY_DUE]
        self._stage.sit(Role.MANAGER)
        for case_id in owing:
            self._letters.release_and_print(case_id, self._letters.debt_of(case_id))
            yield f"debt letter: {self._cases[case_id].service.code}"
        yield from self._pay(owing)

    def _pay(self, owing: list[str]) -> Iterator[str]:
        self._stage.sit(Role.CLERK)
        for case_id in owing:
            self._counter.pay(case_id)
            self._stage.go(places.Outcome(case_id))
            self._stage.shoot("outcome-settled", case_id)
            yield f"paid: {self._cases[case_id].service.code}"

    def _visit(self) -> Iterator[str]:
        visits = self._of(Outcome.VISIT)
        self._pages.move(visits[0])
        self._stage.sit(Role.INSPECTOR)
        self._city.queue("queue-inspector")
        self._city.round_of_day()
        for case_id in visits:
            self._city.report(case_id)
            yield f"visited: {self._cases[case_id].service.code}"

    def _review(self) -> Iterator[str]:
        """The expert clears, refuses, returns, and sends to the commission."""
        self._stage.sit(Role.EXPERT)
        self._city.queue("queue-expert")
        # An objection is its unit's, on a page of its own: its own day plays it.
        objections = {c for c in self._cases if self._stage.case(c).laid is not None}
        reviews = [c for c in self._of(Outcome.REVIEW) if c not in objections]
        for place, case_id in enumerate(reviews):
            if place == 1:
                self._city.refuse(case_id)
            elif place == 2:
                self._city.send_back(case_id)
            elif not place:
                self._city.to_commission(case_id)
                self._commission_paper("referral", case_id)
                self._city.ruling(case_id)
                self._commission_paper("ruling", case_id)
            yield f"reviewed: {self._cases[case_id].service.code}"
        self._stage.sit(Role.CLERK)
        for case_id in reviews:
            if self._stage.case(case_id).state is State.RETURNED:
                self._pages.amend(case_id)
        self._stage.sit(Role.EXPERT)
        for case_id in self._cases:
            if case_id not in objections:
                self._clear(case_id)
        yield "every review decided"

    def _commission_paper(self, name: str, case_id: str) -> None:
        """The counter gives the applicant what the commission has said so far."""
        self._stage.sit(Role.CLERK)
        self._pages.commission(name, case_id)
        self._stage.sit(Role.EXPERT)

    def _clear(self, case_id: str) -> None:
        for _ in range(_MOST_LOOKS):
            case = self._stage.case(case_id)
            if case.state is not State.IN_REVIEW:
                return
            if case.fine_asked:
                self._stage.sit(Role.FINANCE)
                self._money.find_fine(case_id)
                self._stage.sit(Role.EXPERT)
                continue
            self._city.decide(case_id)
        raise RuntimeError(f"the review of {case_id} never ends")

    def _stamp_rest(self) -> Iterator[str]:
        self._stage.sit(Role.MANAGER)
        for case_id, case in self._cases.items():
            if self._stage.case(case_id).state is not State.ISSUED:
                continue
            self._letters.release_and_print(case_id, self._letters.answer_of(case_id))
            yield f"letter: {case.service.code}: {case.outcome}"

    def _oversee(self) -> Iterator[str]:
        """The second look: one right, one returned; its letter voided and replaced."""
        first, second = self._of(Outcome.VISIT)[:2]
        self._stage.sit(Role.SUPERVISOR)
        self._pages.day()
        self._city.queue("queue-supervisor")
        self._city.look_again(first, right=True)
        self._city.look_again(second, right=False)
        yield "looked again"
        self._stage.sit(Role.MANAGER)
        self._pages.waiting()
        self._stage.go(places.Case(second))
        self._stage.shoot("case-recalled", second)
        self._letters.void(second, self._letters.answer_of(second))
        yield "voided"
        self._stage.sit(Role.EXPERT)
        self._clear(second)
        self._stage.sit(Role.MANAGER)
        self._letters.release_and_print(second, self._letters.answer_of(second))
        self._stage.go(places.Case(second))
        self._stage.shoot("case-replaced", second)
        yield "replaced"

    def _recall(self) -> Iterator[str]:
        """Two letters of their own: one that is doubted and ends, one of which copies run out."""
        stage = self._stage
        service = next(iter(self._services.values()))
        taken = []
        for number in range(2):
            stage.sit(Role.CLERK)
            case_id = self._counter.register(self._source.request(service, Outcome.ANSWER))
            stage.sit(Role.MANAGER)
            self._letters.release_and_print(case_id, self._letters.answer_of(case_id))
            if not number:
                tour_recalls.spoiled(stage, self._letters, case_id)
            self._letters.hand_over(case_id, self._letters.answer_of(case_id))
            taken.append(case_id)
        yield from tour_recalls.more_copies(stage, self._letters, taken[1])
        yield from tour_recalls.play(stage, self._letters, taken[0])

    def _look_round(self) -> Iterator[str]:
        """The clerk's afternoon: what no single request leads through."""
        stage, pages = self._stage, self._pages
        service = next(iter(self._services.values()))
        stage.sit(Role.CLERK)
        lacking = self._counter.register(self._source.request(service, Outcome.ANSWER), fee=False)
        pages.lack(lacking)
        pages.amend(lacking)
        self._counter.take_fee(lacking)
        yield "documents lacked and came"
        withdrawn = self._counter.register(self._source.request(service, Outcome.VISIT))
        pages.double(self._cases[self._of(Outcome.VISIT)[0]])
        pages.withdraw(withdrawn)
        yield "withdrawn"
        pages.queue("queue")
        pages.case(self._of(Outcome.PAY)[0])
        name = stage.case(lacking).request.party.last_name
        pages.search(name)
        pages.commands(name)
        pages.help(service)
        pages.services()
        pages.checklist(service)
        pages.faults(service)
        yield "searched, mistyped, left a draft"
        pages.without_line(self._source.request(service, Outcome.VISIT, record="none"))
        yield "worked without a line"
        line = LineTour(stage)
        line.play(
            self._counter.register(self._source.request(service, Outcome.VISIT)),
            self._counter.register(self._source.request(service, Outcome.VISIT), fee=False),
        )
        line.loud()
        line.arrived()
        yield "two wrote the same; every state of the line"
        claimed = self._counter.register(self._source.request(service, Outcome.PAY))
        self._money.claim(claimed)
        stage.sit(Role.FINANCE)
        self._city.queue("queue-finance")
        self._money.answer(claimed)
        stage.sit(Role.MANAGER)
        self._money.give_back(withdrawn)
        self._money.close_till()
        yield "closed the till"
        self._records.play()
        yield "read the city's records"
        stage.sit(Role.CLERK)
        stage.go(places.Home())
        stage.shoot("home-afternoon")
        yield from self._new_service()
        pages.keys_and_lock()

    def _new_service(self) -> Iterator[str]:
        """A service of its own: written, signed by two, asked for by a tenant, to its letter."""
        self._files.write()
        yield "wrote a service"
        self._files.sign()
        yield "signed it"
        service = self._files.offered()
        self._stage.sit(Role.CLERK)
        yield self._register(self._source.request(service, Outcome.REVIEW))
        case_id = next(reversed(self._cases))
        self._stage.sit(Role.EXPERT)
        self._clear(case_id)
        yield "the expert entered his value"
        yield from self._settle_rest()
        yield from self._stamp_rest()


def _enough(services: dict[str, Service]) -> dict[str, Service]:
    """These services, where they make up the tour's day. Raises Refusal."""
    each = [set(outcomes_of(service)) for service in services.values()]
    visited = sum(Outcome.VISIT in outcomes for outcomes in each)
    if visited >= 2 and each[0] >= _OF_THE_FIRST:
        return services
    raise Refusal(
        "برای تور دست‌کم دو خدمت با بازدید لازم است و نخستین آن‌ها باید پاسخ، بازدید و پرداخت داشته "
        f"باشد؛ مانند «{','.join(BUSIEST[:2])}»."
    )
