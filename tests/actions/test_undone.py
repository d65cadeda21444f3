"""What earlier registers told of money and stands otherwise since is taken back once, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import count
from random import Random

import pytest

from desktop.actions import cash, counter_acts, day_close, office_day, payments
from desktop.centre import bills
from desktop.centre.people import enrol_person
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, pay
from desktop.domain import lawful_money
from desktop.domain.cash import Entry, Match, entries_of
from desktop.domain.commands import CloseDay, VoidPayment
from desktop.domain.day_register import DayRegister, Explanation
from desktop.domain.errors import Refusal
from desktop.domain.lawful_money import voidable
from desktop.domain.people import Role, Staff
from desktop.domain.tool import Tool
from desktop.domain.undone import Undoing, Undone, undone_sum
from desktop.keys import PersonKeys, new_key
from desktop.store import closings, meta, outbox
from desktop.store import facts as kept
from desktop.store.view import of_case
from desktop.trial.counters import Act, Person, new_counter
from desktop.wire.link import public_hex
from tests.actions.test_day_close import FEE, TODAY, close, said, settled, told
from tests.reports.reading import text_of
from tests.town import Town

TOMORROW = TODAY + timedelta(days=1)
WHY = "رسید کارت‌خوان ناموفق بود."


@pytest.fixture
def town(small_town: Town) -> Town:
    return small_town


def paid(town: Town, number: int = 0) -> tuple[str, str]:
    """A request with its fee: the case's id, and the mark of the payment."""
    case_id = town.register(town.record(Scenario.CLEAN, number))
    return case_id, next(iter(case_now(town.crew.clerk, case_id).takings))


def void(town: Town, case_id: str, mark: str) -> None:
    cash.void_payment(town.crew.manager, case_id, mark, WHY)


def book(town: Town) -> list[Entry]:
    """All that ever came into the till, as this desk knows it."""
    desk, found = town.crew.manager.desk, list[Entry]()
    with desk.store.reading() as session:
        home = meta.get(session).identity.home
        for case_id in {*kept.case_ids(session), *outbox.case_ids(session)}:
            view = of_case(session, case_id, desk.reference.setting_for)
            found += entries_of((*view.confirmed, *view.provisional), home)
    return found


def stands(town: Town) -> dict[Tool, int]:
    return {tool: sum(e.counted for e in book(town) if e.tool is tool) for tool in Tool}


def registered(town: Town) -> dict[Tool, int]:
    """What all registers together tell."""
    with town.crew.manager.desk.store.reading() as session:
        registers = [each.register for each in closings.closings(session, None)]
    return {
        tool: sum(r.purse(tool).booked + undone_sum(r.undone, tool) for r in registers)
        for tool in Tool
    }


def next_close(town: Town) -> DayRegister:
    """Tomorrow's register, which the centre takes."""
    town.clock.moment += timedelta(days=1)
    day, before = office_day.look(town.crew.manager), stands(town)
    found = {each.name: Explanation.FOUND for each in day.carried}
    register = close(town.crew.manager, day.today, answers=found, note="سنجیده شد").register
    assert settled(town)[0].register == register
    assert not settled(town)[0].waiting
    assert registered(town) == before
    return register


@pytest.mark.slow
def test_a_payment_voided_after_its_day_was_sealed_is_named_in_the_next_register(
    quick_town: Town,
) -> None:
    town = quick_town
    case_id, mark = paid(town)
    first = close(town.crew.manager, counted={Tool.TERMINAL: 0, Tool.BANK: 0}, note="نرسید")
    assert first.register.undone == ()
    void(town, case_id, mark)
    town.clock.moment += timedelta(days=1)
    day = office_day.look(town.crew.manager)
    (named,) = day.undone
    assert (named.case_id, named.mark, named.day) == (case_id, mark, TODAY)
    assert (named.how, named.why) == (Undoing.VOIDED, WHY)
    assert named.by == town.crew.manager.staff.signed
    assert (named.tool, named.signed) == (Tool.TERMINAL, -FEE)
    drawn = " ".join(text_of(day_close.draft(town.crew.manager, day, said(day))))
    assert "تغییر در پرداخت‌های روزهای پیش" in drawn
    register = close(town.crew.manager, TOMORROW).register
    assert register.undone == day.undone
    assert register.purse(Tool.TERMINAL).booked == 0
    assert settled(town)[0].register == register
    assert told(town) == []
    assert registered(town)[Tool.TERMINAL] == 0
    assert next_close(town).undone == ()


@pytest.mark.long
def test_a_mistake_that_is_voided_with_the_close_is_undone_in_the_next_register_once(
    town: Town,
) -> None:
    case_id, _ = paid(town)
    (entry,) = office_day.look(town.crew.manager).book.entries
    register = close(town.crew.manager, answers={entry.name: Explanation.MISTAKE}).register
    assert (register.purse(Tool.TERMINAL).booked, register.undone) == (FEE, ())
    (named,) = next_close(town).undone
    assert (named.case_id, named.day, named.signed) == (case_id, TODAY, -FEE)
    assert next_close(town).undone == ()


@pytest.mark.slow
def test_what_was_voided_on_its_own_day_no_register_told_and_none_takes_back(town: Town) -> None:
    case_id, mark = paid(town)
    void(town, case_id, mark)
    register = close(town.crew.manager).register
    assert (register.purse(Tool.TERMINAL).booked, register.undone) == (0, ())
    assert next_close(town).undone == ()


@pytest.mark.long
@pytest.mark.parametrize("sent", [True, False])
def test_a_day_that_is_closed_late_does_not_tell_what_was_voided_since(
    town: Town, *, sent: bool
) -> None:
    """Its register counts the payment no more, so the one of the void's day has nothing to undo."""
    close(town.crew.manager, TODAY - timedelta(days=1))
    case_id, mark = paid(town)
    town.clock.moment += timedelta(days=1)
    town.house.cut_line(not sent)
    void(town, case_id, mark)
    late = close(town.crew.manager, TODAY).register
    assert (late.purse(Tool.TERMINAL).booked, late.undone) == (0, ())
    town.house.cut_line(False)
    assert settled(town)[0].register == late
    register = close(town.crew.manager, TOMORROW).register
    assert register.undone == ()
    assert registered(town) == stands(town)


@pytest.mark.long
def test_a_void_that_waits_for_the_line_is_told_once(town: Town) -> None:
    case_id, mark = paid(town)
    close(town.crew.manager)
    other, doubted = paid(town, 1)
    town.clock.moment += timedelta(days=1)
    town.house.cut_line(True)
    void(town, other, doubted)
    register = close(town.crew.manager, TOMORROW).register
    assert register.undone == ()
    assert register.purse(Tool.TERMINAL).booked == 0
    assert mark in case_now(town.crew.manager, case_id).takings
    town.house.cut_line(False)
    assert settled(town)[0].register == register
    assert next_close(town).undone == ()


def refusing(*_: object) -> None:
    raise Refusal("مرکز این را نمی‌پذیرد.")


@pytest.mark.slow
def test_a_void_that_the_centre_refused_after_a_register_told_it_stands_again(
    quick_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One payment of an earlier register, one of the same: either is counted again."""
    town = quick_town
    manager = town.crew.manager
    early, mark = paid(town)
    close(manager, counted={Tool.TERMINAL: 0, Tool.BANK: 0}, note="نرسید")
    town.clock.moment += timedelta(days=1)
    late, doubted = paid(town, 1)
    town.house.cut_line(True)
    void(town, early, mark)
    void(town, late, doubted)
    register = close(manager, TOMORROW).register
    assert [each.how for each in register.undone] == [Undoing.VOIDED]
    assert registered(town) == stands(town)
    monkeypatch.setattr(bills, "free", refusing)
    town.house.cut_line(False)
    assert settled(town)[0].register == register
    assert stands(town)[Tool.TERMINAL] == 2 * FEE
    undone = next_close(town).undone
    assert {(e.case_id, e.how, e.day, e.signed, e.by) for e in undone} == {
        (early, Undoing.RESTORED, TODAY, FEE, ""),
        (late, Undoing.RESTORED, TOMORROW, FEE, ""),
    }
    assert {each.why for each in undone} == {"مرکز این را نمی‌پذیرد."}
    assert next_close(town).undone == ()


@pytest.mark.long
def test_a_payment_that_a_register_counted_and_the_centre_refused_is_taken_back(
    quick_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it never heard of the request; with a void of it, both together make nothing."""
    town = quick_town
    manager, clerk = town.crew.manager, town.crew.clerk
    waiting = town.register(town.record(Scenario.CLEAN, 0), pay=False)
    town.house.cut_line(True)
    payments.pay_fee(clerk, case_now(clerk, waiting), "office", "terminal", "4711")
    unheard, _ = paid(town, 1)
    voided, mark = paid(town, 2)
    void(town, voided, mark)
    close(manager)
    assert registered(town)[Tool.TERMINAL] == 2 * FEE
    monkeypatch.setattr(bills, "spend_reference", refusing)
    town.house.cut_line(False)
    assert not settled(town)[0].waiting
    undone = next_close(town).undone
    assert {(each.case_id, each.how, each.signed) for each in undone} == {
        (waiting, Undoing.REFUSED, -FEE),
        (unheard, Undoing.REFUSED, -FEE),
        (voided, Undoing.REFUSED, -FEE),
        (voided, Undoing.RESTORED, FEE),
    }
    assert all(each.title == "کارمزد دفتر" and each.applicant for each in undone)
    assert next_close(town).undone == ()


@pytest.mark.long
def test_what_was_given_back_and_the_centre_refused_is_in_the_till_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = town.register(town.record(Scenario.DEBT))
    mark = next(iter(case_now(town.crew.clerk, case_id).takings))
    counter_acts.withdraw(town.crew.clerk, case_id, "منصرف شد")
    town.house.cut_line(True)
    cash.refund(town.crew.manager, case_id, mark, "منصرف شد", "99")
    assert close(town.crew.manager).register.purse(Tool.TERMINAL).booked == 0
    monkeypatch.setattr(lawful_money, "refundable", lambda case: {})
    town.house.cut_line(False)
    assert not settled(town)[0].waiting
    (named,) = next_close(town).undone
    assert (named.how, named.back, named.signed) == (Undoing.REFUSED, True, FEE)
    assert named.title == "کارمزد دفتر، بازگشت"
    assert next_close(town).undone == ()


@pytest.mark.long
def test_a_void_of_another_desk_of_the_office_is_named(town: Town) -> None:
    case_id, mark = paid(town)
    close(town.crew.manager, counted={Tool.TERMINAL: 0, Tool.BANK: 0}, note="نرسید")
    other, keys = new_counter(town.house.centre, "21", 7), PersonKeys(new_key())
    boss = Staff("manager-2", "ناصر ابویی", Role.MANAGER, "21", public_hex(keys.acts))
    with town.house.centre.writing() as session:
        enrol_person(session, boss, town.house.centre.clock())
    other.push(Act(case_id, VoidPayment(mark, WHY), Person(boss, keys)))
    town.house.office.sync()
    (named,) = next_close(town).undone
    assert (named.case_id, named.by) == (case_id, boss.signed)


@pytest.mark.long
def test_a_payment_of_long_ago_is_found_in_its_register(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, mark = paid(town)
    close(town.crew.manager, counted={Tool.TERMINAL: 0, Tool.BANK: 0}, note="نرسید")
    next_close(town)
    next_close(town)
    void(town, case_id, mark)
    town.clock.moment += timedelta(days=1)
    newest = closings.closings
    monkeypatch.setattr(closings, "closings", lambda session, limit=1: newest(session, limit and 1))
    (named,) = office_day.look(town.crew.manager).undone
    assert named.day == TODAY


LIES: dict[str, Callable[[Undone], tuple[Undone, ...]]] = {
    "twice": lambda told: (told, told),
    "another sum": lambda told: (replace(told, amount=2 * FEE),),
    "of no sum": lambda told: (replace(told, amount=0),),
    "another purse": lambda told: (replace(told, tool=Tool.BANK),),
    "given back": lambda told: (replace(told, back=True),),
    "another payment": lambda told: (replace(told, mark="office/1"),),
    "another act": lambda told: (replace(told, cause=new_id()),),
    "another case": lambda told: (replace(told, case_id=new_id()),),
    "stands again": lambda told: (replace(told, how=Undoing.RESTORED),),
    "refused": lambda told: (replace(told, how=Undoing.REFUSED),),
    "of today": lambda told: (replace(told, day=TOMORROW),),
    "of a day that nobody closed": lambda told: (replace(told, day=TODAY - timedelta(3)),),
    "in no zone": lambda told: (replace(told, undone_at=told.undone_at.replace(tzinfo=None)),),
}


@pytest.mark.slow
@pytest.mark.parametrize("lie", LIES)
def test_a_desk_that_lies_of_what_was_undone_is_refused(town: Town, lie: str) -> None:
    manager = town.crew.manager
    case_id, mark = paid(town)
    close(manager, counted={Tool.TERMINAL: 0, Tool.BANK: 0}, note="نرسید")
    void(town, case_id, mark)
    town.clock.moment += timedelta(days=1)
    honest = day_close.register_of(day := office_day.look(manager), said(day))
    lied = replace(honest, undone=LIES[lie](honest.undone[0]))
    assert not _sealed(town, lied)
    assert _sealed(town, honest)


def _sealed(town: Town, register: DayRegister) -> bool:
    """Whether the centre takes it, or nobody even sends it."""
    manager = town.crew.manager
    with manager.desk.store.writing() as session:
        put = partial(outbox.put, session, CloseDay(register, "0" * 64), case_id=new_id())
        try:
            put(
                actor=manager.staff.staff_id,
                at=register.closed_at,
                signer=manager.signer,
                base_rev=0,
            )
        except Refusal:
            return False
    return settled(town)[0].register == register


@pytest.mark.slow
def test_what_a_register_undid_no_later_one_may_undo_again(town: Town) -> None:
    case_id, mark = paid(town)
    close(town.crew.manager, counted={Tool.TERMINAL: 0, Tool.BANK: 0}, note="نرسید")
    void(town, case_id, mark)
    undone = next_close(town).undone
    town.clock.moment += timedelta(days=1)
    honest = day_close.register_of(day := office_day.look(town.crew.manager), said(day))
    assert not _sealed(town, replace(honest, undone=undone))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(8))
def test_all_registers_together_have_what_stands(
    town: Town, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A week of payments, voids, mistakes, cut lines, refusals and days that are closed late."""
    close(town.crew.manager, TODAY - timedelta(days=1))
    play = _Play(town, Random(seed))
    for name in ("spend_reference", "free"):
        monkeypatch.setattr(bills, name, play.or_refused(getattr(bills, name)))
    while play.days < 7:
        play.do()
    town.house.cut_line(False)
    play.refuses = False
    town.house.office.sync()
    for _ in range(2):
        next_close(town)
    assert registered(town) == stands(town)
    # The centre's words for what it refused, and no register among it.
    assert not any("دفتر" in words and "روز" in words for words in told(town))


class _Play:
    """An office at work, by chance."""

    def __init__(self, town: Town, chance: Random) -> None:
        self.town, self.chance = town, chance
        self.days, self.refuses, self.cases = 0, False, count()

    def or_refused(self, do: Callable[..., None]) -> Callable[..., None]:
        def may(*args: object) -> None:
            if self.refuses:
                refusing()
            do(*args)

        return may

    def do(self) -> None:
        """One thing that happens."""
        town, manager = self.town, self.town.crew.manager
        match self.chance.choice(["pay", "pay", "owed", "void", "void", "line", "close", "night"]):
            case "pay":
                town.register(town.record(Scenario.CLEAN, next(self.cases) % 20))
            case "owed":
                self._pay_owed()
            case "void":
                self._void()
            case "line":
                self.refuses = self.chance.random() < 0.4
                town.house.cut_line(self.chance.random() < 0.6)
                town.house.office.sync()
            case "close":
                day = office_day.look(manager)
                if day.closed is None:
                    self._close(day.day, day.today)
            case "night":
                self.days += 1
                town.clock.moment += timedelta(days=1)

    def _pay_owed(self) -> None:
        case_id = self.town.register(self.town.record(Scenario.DEBT, next(self.cases) % 8))
        case = case_now(self.town.crew.clerk, case_id)
        if case.unpaid:
            pay(self.town.crew, case, self.town.clock.moment)

    def _void(self) -> None:
        manager = self.town.crew.manager
        entries = [each for each in book(self.town) if each.match is not Match.VOIDED]
        self.chance.shuffle(entries)
        for entry in entries:
            if entry.mark in voidable(case_now(manager, entry.case_id)):
                void(self.town, entry.case_id, entry.mark)
                return

    def _close(self, day: date, today: date) -> None:
        shown, before = office_day.look(self.town.crew.manager, day), stands(self.town)
        answers = {
            each.name: self.chance.choice([a for a in each.answers if a.lacking])
            for each in shown.doubts(
                e.name for e in shown.book.entries if self.chance.random() < 0.4 and not e.back
            )
        }
        close(self.town.crew.manager, day, answers=answers, note="سنجیده شد")
        if day == today:
            assert registered(self.town) == before
