"""The office's day: each number from the store, what hinders the close, a chain of registers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text

from desktop.actions import board, cash, day_close, letters, office_day, payments, staffing
from desktop.actions.day_close import CloseCount
from desktop.actions.desk import Seat
from desktop.actions.office_day import Day
from desktop.centre.closing_tables import ClosedDayRow
from desktop.demo.beginning import fill_queue
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.demo.people import PASSWORD
from desktop.domain.calendar import TEHRAN
from desktop.domain.cash import Match
from desktop.domain.commands import CloseDay
from desktop.domain.day_register import Closing, Explanation, Numbered
from desktop.domain.errors import Refusal
from desktop.domain.request import Payment
from desktop.domain.staffing import Leave, StaffTerm
from desktop.domain.tool import Tool
from desktop.reports import day_register as paper
from desktop.store import closings, outbox
from desktop.ui.standing.work_items import item_words
from tests.delegated import put
from tests.houses import MORNING
from tests.reports.reading import text_of
from tests.town import PROPERTIES, Town

TODAY = MORNING.date()
FEE = 450_000


def said(day: Day, answers: Mapping[str, Explanation] | None = None, **changed: Any) -> CloseCount:
    """All counted as it should be, but for what the answers say is missing."""
    answers = answers or {}
    missing = {name for name, answer in answers.items() if answer.lacking}
    counted = {
        tool: day.book.total(tool) - day.book.lacking(tool, missing)
        for tool in (Tool.TERMINAL, Tool.BANK)
    }
    begin = day.last.register.sheets.left if day.last is not None else 200
    left = begin - sum(day.printed)
    return replace(CloseCount(counted, begin, 0, 0, left, answers), **changed)


def close(seat: Seat, day: date = TODAY, **changed: Any) -> Closing:
    return day_close.close_day(seat, PASSWORD, day, said(office_day.look(seat, day), **changed))


def settled(town: Town) -> list[Closing]:
    town.house.office.sync()
    return day_close.earlier(town.crew.manager.desk)


def told(town: Town) -> list[str]:
    return [item_words(item) for item in board.items(town.house.office.desk)]


@pytest.mark.slow
def test_the_days_numbers_are_counted_and_the_day_is_closed_once(town: Town) -> None:
    manager = town.crew.manager
    town.register(town.record(Scenario.CLEAN, 0))
    town.register(town.record(Scenario.DEBT))
    town.register(town.record(Scenario.CLEAN, 1), pay=False)
    day = office_day.look(manager)
    assert (day.day, day.closed, day.unclosed) == (TODAY, None, ())
    figures = day.figures
    assert (figures.received, figures.answered, figures.waiting) == (3, 1, 2)
    assert day.book.total(Tool.TERMINAL) == 2 * FEE
    assert day.letters.issued == 2
    assert not day.gaps
    closing = close(manager)
    assert closing.register.purse(Tool.TERMINAL).counted == 2 * FEE
    (there,) = settled(town)
    assert not there.waiting
    assert there.register == closing.register
    assert there.by == manager.staff.name
    with town.house.centre.reading() as session:
        row = session.get_one(ClosedDayRow, ("21", TODAY))
        assert (row.digest, row.name) == (closing.register.digest, manager.staff.name)
    with pytest.raises(Refusal, match=f"روز ۳ آذر را {manager.staff.name} در .* بسته است"):
        close(manager)
    assert cash.till(manager.desk, TODAY).book.settled


@pytest.mark.long
def test_the_register_is_kept_as_it_was_sealed_and_drawn_the_same_elsewhere(
    small_town: Town,
) -> None:
    manager = small_town.crew.manager
    small_town.register(small_town.record(Scenario.CLEAN, 0))
    closing = close(manager)
    pdf = day_close.sealed(manager, closing)
    again = day_close.paper_of(manager, closing.register, closing.by)
    assert paper.draw(again) == pdf


def test_who_closes_and_for_which_day(small_town: Town) -> None:
    clerk, manager = small_town.crew.clerk, small_town.crew.manager
    with pytest.raises(Refusal, match="مسئول دفتر می‌بندد"):
        close(clerk)
    with pytest.raises(Refusal, match="۴ آذر هنوز نیامده است"):
        close(manager, TODAY + timedelta(days=1))
    with pytest.raises(Refusal):
        day_close.close_day(manager, "نادرست", TODAY, said(office_day.look(manager)))
    assert day_close.earlier(manager.desk) == []


@pytest.mark.long
def test_a_day_closed_years_ago_is_still_closed(
    small_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many closed days only the newest are read at once; an older one is looked for."""
    manager, clock = small_town.crew.manager, small_town.clock
    for ahead in range(3):
        close(manager, TODAY + timedelta(days=ahead))
        clock.moment += timedelta(days=1)
    settled(small_town)
    few = partial(closings.closings, limit=1)
    monkeypatch.setattr(closings, "closings", few)
    for ahead in range(3):
        closed = office_day.look(manager, TODAY + timedelta(days=ahead)).closed
        assert closed is not None
        assert closed.register.day == TODAY + timedelta(days=ahead)
    assert office_day.look(manager, TODAY - timedelta(days=1)).closed is None


@pytest.mark.slow
def test_an_empty_day_is_closed_and_one_on_which_nobody_worked_is_not_asked_for(
    small_town: Town,
) -> None:
    manager, clock = small_town.crew.manager, small_town.clock
    assert close(manager).register.figures.received == 0
    clock.moment += timedelta(days=2)
    day = office_day.look(manager)
    assert day.day == TODAY + timedelta(days=2)
    assert day.unclosed == ()


@pytest.mark.slow
def test_a_day_that_was_not_closed_comes_first(small_town: Town) -> None:
    manager, clock = small_town.crew.manager, small_town.clock
    close(manager)
    clock.moment += timedelta(days=1)
    small_town.register(small_town.record(Scenario.CLEAN, 0))
    clock.moment += timedelta(days=1)
    small_town.register(small_town.record(Scenario.CLEAN, 1))
    first = office_day.look(manager)
    assert first.day == TODAY + timedelta(days=1)
    assert first.figures.received == 1
    assert office_day.look(manager, first.today).unclosed == (first.day,)
    closing = close(manager, first.day)
    assert closing.register.closed_on == first.today
    assert office_day.look(manager).day == first.today
    assert close(manager, first.today).register.figures.received == 1
    days = [each.register.day for each in settled(small_town)]
    assert days == [TODAY + timedelta(days=n) for n in (2, 1, 0)]


@pytest.mark.long
def test_what_comes_after_the_close_is_in_the_next_register_only(town: Town) -> None:
    manager, clock = town.crew.manager, town.clock
    town.register(town.record(Scenario.CLEAN, 0))
    first = close(manager)
    late = town.register(town.record(Scenario.CLEAN, 1))
    assert case_now(town.crew.clerk, late).request.received_on == TODAY
    clock.moment += timedelta(days=1)
    town.register(town.record(Scenario.CLEAN, 2))
    second = close(manager, TODAY + timedelta(days=1))
    assert second.register.before == first.register.digest
    assert (second.register.figures.received, second.register.figures.earlier) == (2, 1)
    assert second.register.purse(Tool.TERMINAL).taken == 2 * FEE
    assert second.register.letters.issued == 2
    assert len(settled(town)) == 2
    assert told(town) == []


@pytest.mark.long
def test_what_waits_for_the_line_is_counted_once(town: Town) -> None:
    """Closed with no line: the register tells what waits, and the next does not count it again."""
    manager, house = town.crew.manager, town.house
    town.register(town.record(Scenario.CLEAN, 0))
    house.cut_line(True)
    town.register(town.record(Scenario.CLEAN, 1))
    closing = close(manager)
    assert closing.waiting
    register = closing.register
    assert (register.figures.received, register.figures.unsent) == (2, 1)
    assert len(register.ahead) == 2
    assert register.letters.issued == 1
    house.cut_line(False)
    assert not settled(town)[0].waiting
    assert told(town) == []
    town.clock.moment += timedelta(days=1)
    after = close(manager, TODAY + timedelta(days=1)).register
    assert after.figures.received == 0
    assert after.purse(Tool.TERMINAL).taken == 0
    # The letter itself was issued when the line came back.
    assert after.letters.issued == 1
    assert len(settled(town)) == 2


@pytest.mark.slow
def test_a_difference_is_explained_at_its_payment_and_comes_up_again(town: Town) -> None:
    manager, clock = town.crew.manager, town.clock
    good = town.register(town.record(Scenario.CLEAN, 0))
    bad = town.register(town.record(Scenario.CLEAN, 1))
    day = office_day.look(manager)
    entry = next(each for each in day.book.entries if each.case_id == bad)
    short = {Tool.TERMINAL: FEE, Tool.BANK: 0}
    with pytest.raises(Refusal, match="برابر نیست") as lacking:
        close(manager, counted=short)
    assert lacking.value.field == "note"
    assert cash.till(manager.desk, TODAY).book.open(Tool.TERMINAL)
    closing = close(manager, answers={entry.name: Explanation.LATER})
    assert closing.register.unexplained(Tool.TERMINAL) == 0
    matches = {e.case_id: e.match for e in cash.till(manager.desk, TODAY).book.entries}
    assert matches == {good: Match.MATCHED, bad: Match.DOUBTED}
    town.house.office.sync()
    assert case_now(manager, bad).doubts == ("تا فردا در کارت‌خوان ثبت می‌شود.",)
    clock.moment += timedelta(days=1)
    (again,) = office_day.look(manager).carried
    assert (again.name, again.day, again.answer) == (entry.name, TODAY, Explanation.LATER)
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(Refusal, match="یکی از پاسخ‌ها"):
        close(manager, tomorrow)
    close(manager, tomorrow, answers={entry.name: Explanation.FOUND})
    assert case_now(manager, bad).doubts == ()
    clock.moment += timedelta(days=1)
    assert office_day.look(manager).carried == ()


@pytest.mark.long
def test_what_the_terminal_has_a_day_later_is_no_difference_of_that_day(town: Town) -> None:
    """Its sum of that day has it too: nobody's payment is doubted for it, and no note is wanted."""
    manager, clock = town.crew.manager, town.clock
    town.register(town.record(Scenario.CLEAN, 0))
    (entry,) = office_day.look(manager).book.entries
    close(manager, answers={entry.name: Explanation.LATER})
    clock.moment += timedelta(days=1)
    town.register(town.record(Scenario.CLEAN, 1))
    tomorrow = TODAY + timedelta(days=1)
    both = {Tool.TERMINAL: 2 * FEE, Tool.BANK: 0}
    with pytest.raises(Refusal, match="برابر نیست"):
        close(manager, tomorrow, answers={entry.name: Explanation.LATER}, counted=both)
    register = close(
        manager, tomorrow, answers={entry.name: Explanation.FOUND}, counted=both
    ).register
    assert (register.unexplained(Tool.TERMINAL), register.found(Tool.TERMINAL)) == (0, 1)
    assert not register.note
    assert len(settled(town)) == 2
    assert told(town) == []
    entries = [e for day in (TODAY, tomorrow) for e in cash.till(manager.desk, day).book.entries]
    assert [each.match for each in entries] == [Match.MATCHED] * 2


@pytest.mark.slow
def test_a_payment_entered_by_mistake_is_voided_with_the_close(small_town: Town) -> None:
    manager = small_town.crew.manager
    bad = small_town.register(small_town.record(Scenario.CLEAN, 0))
    (entry,) = office_day.look(manager).book.entries
    close(manager, answers={entry.name: Explanation.MISTAKE})
    (after,) = cash.till(manager.desk, TODAY).book.entries
    assert after.match is Match.VOIDED
    small_town.house.office.sync()
    assert case_now(manager, bad).struck
    small_town.clock.moment += timedelta(days=1)
    assert office_day.look(manager).carried == ()


@pytest.mark.long
def test_the_bank_may_be_counted_tomorrow_and_the_terminal_not(small_town: Town) -> None:
    manager = small_town.crew.manager
    small_town.register(small_town.record(Scenario.CLEAN, 0))
    with pytest.raises(Refusal, match="جمع کارت‌خوان"):
        close(manager, counted={Tool.BANK: 0})
    small_town.register(small_town.record(Scenario.DEBT))
    owing = small_town.register(small_town.record(Scenario.DEBT, 1))
    case = case_now(manager, owing)
    sum_ = case.unpaid[0]
    paid = Payment(sum_.amount, "bill", "660204", TODAY)
    payments.pay_due(small_town.crew.clerk, owing, sum_.key, paid)
    register = close(manager, counted={Tool.TERMINAL: 3 * FEE}).register
    assert register.purse(Tool.BANK).counted is None
    assert register.purse(Tool.BANK).taken == sum_.amount
    small_town.clock.moment += timedelta(days=1)
    assert office_day.look(manager).banks == (TODAY,)
    till = cash.till(manager.desk, TODAY)
    counted = {Tool.TERMINAL: 3 * FEE, Tool.BANK: till.book.total(Tool.BANK)}
    cash.close_day(manager, TODAY, counted, (), "")
    assert office_day.look(manager).banks == ()


@pytest.mark.slow
def test_sheets_that_are_missing_want_a_word(small_town: Town) -> None:
    manager = small_town.crew.manager
    with pytest.raises(Refusal, match="برگه‌های شمرده‌شده"):
        close(manager, left=190)
    register = close(manager, left=190, note="ده برگ خیس شد").register
    assert register.sheets.expected == 200
    small_town.clock.moment += timedelta(days=1)
    assert office_day.look(manager).last is not None


@pytest.mark.slow
def test_a_register_on_other_facts_than_the_centres_is_refused(town: Town) -> None:
    """A desk that lies: its chain, or which register was before."""
    manager = town.crew.manager
    town.register(town.record(Scenario.CLEAN, 0))
    honest = day_close.register_of(day := office_day.look(manager), said(day))
    for wrong in (
        replace(honest, chain="0" * 64),
        replace(honest, before="f" * 64),
        replace(honest, day=TODAY + timedelta(days=1)),
        replace(honest, purses=honest.purses[:1]),
        replace(honest, letters=Numbered("هفت", "هشت", 1, 0)),
    ):
        with manager.desk.store.writing() as session:
            outbox.put(
                session,
                CloseDay(wrong, "0" * 64),
                case_id=day.book.entries[0].case_id[:-1] + "f",
                actor=manager.staff.staff_id,
                at=wrong.closed_at,
                signer=manager.signer,
                base_rev=0,
            )
    assert settled(town) == []
    assert len(told(town)) == 5


@pytest.mark.slow
def test_two_desks_do_not_close_one_day_twice(small_town: Town) -> None:
    """The second close reaches the centre after the first: it is refused in words."""
    manager = small_town.crew.manager
    first = close(manager)
    with manager.desk.store.writing() as session:
        outbox.put(
            session,
            CloseDay(first.register, "0" * 64),
            case_id="01a21f94-b596-74ce-a290-0bd2d4a006cf",
            actor=manager.staff.staff_id,
            at=first.register.closed_at,
            signer=manager.signer,
            base_rev=0,
        )
    assert [each.register.day for each in settled(small_town)] == [TODAY]
    assert any("بسته است" in words for words in told(small_town))


@pytest.mark.slow
def test_printed_letters_are_sheets(small_town: Town) -> None:
    manager = small_town.crew.manager
    case_id = small_town.register(small_town.record(Scenario.CLEAN, 0))
    held = case_now(manager, case_id).answer
    assert held is not None
    letters.release(manager, case_id, held.letter, PASSWORD)
    small_town.house.office.sync()
    for reason in ("", "گم شد"):
        held = case_now(manager, case_id).answer
        assert held is not None
        begun = letters.begin_print(manager, case_id, held, "چاپگر", reason)
        letters.end_print(manager, case_id, held.letter.letter_id, begun, "چاپگر", reason, out=True)
        small_town.house.office.sync()
    assert office_day.look(manager).printed == (1, 1, 0)
    assert close(manager).register.sheets.left == 198


@pytest.mark.long
def test_a_deputy_closes_in_the_managers_name_and_it_says_so(town: Town) -> None:
    """Only for the days on which the manager is away, at the desk and at the centre alike."""
    clerk, manager = town.crew.clerk, town.crew.manager
    tomorrow = TODAY + timedelta(days=1)
    leave = Leave(tomorrow, tomorrow, clerk.staff.staff_id)
    term = StaffTerm(
        manager.staff.staff_id, "21", manager.staff.role, TODAY - timedelta(days=30), None, (leave,)
    )
    put(town, staffing.terms_draft([term], tomorrow))
    with pytest.raises(Refusal, match="جانشین"):
        close(clerk)
    town.clock.moment += timedelta(days=1)
    # Money came: each payment is matched by who closes.
    paid = town.register(town.record(Scenario.CLEAN, 0))
    day = office_day.look(clerk, tomorrow)
    assert day.may
    register = close(clerk, tomorrow).register
    assert register.stands_in_for == manager.staff.name
    (there,) = settled(town)
    assert (there.by, there.register.stands_in_for) == (clerk.staff.name, manager.staff.name)
    assert [told.right for told in case_now(clerk, paid).matched.values()] == [True]
    town.clock.moment += timedelta(days=1)
    assert not office_day.look(clerk).may


@pytest.mark.long
def test_every_number_is_what_sql_counts_of_the_centres_facts(small_town: Town) -> None:
    """A morning with all that an office does, counted on another path than the program's own."""
    house, crew, manager = small_town.house, small_town.crew, small_town.crew.manager
    fill_queue(house, crew, small_town.clock, properties=PROPERTIES, today=14)
    house.office.sync()
    begin = datetime.combine(TODAY, time(), TEHRAN).astimezone(UTC)
    since = begin.isoformat(timespec="microseconds").replace("+00:00", "Z")
    with house.centre.reader.connect() as connection:
        of_day = "FROM fact WHERE stream = 'office:21' AND at >= :since"
        rows = connection.execute(
            text(f"SELECT kind, count(*) {of_day} GROUP BY kind"), {"since": since}
        ).all()
        kinds = {str(kind): int(count) for kind, count in rows}
        pages = connection.execute(
            text(
                "SELECT coalesce(sum(json_extract(canon, '$.payload.pages')), 0) "
                f"{of_day} AND kind = 'letter-printed'"
            ),
            {"since": since},
        ).scalar_one()
        money = connection.execute(
            text(
                "SELECT coalesce(sum(json_extract(canon, '$.payload.payment.amount')), 0) "
                f"{of_day} AND kind IN ('fee-paid', 'amount-paid')"
            ),
            {"since": since},
        ).scalar_one()
    register = close(manager).register
    figures = register.figures
    assert figures.received == kinds["registered"] > 10
    assert figures.handed_over == kinds.get("handed-over", 0)
    assert register.letters.issued == kinds["letter-issued"] > 5
    assert register.letters.voided == kinds.get("letter-voided", 0)
    assert register.sheets.printed + register.sheets.copies == pages > 0
    assert sum(purse.taken for purse in register.purses) == money > 0
    parts = (figures.answered, figures.visited, figures.refused, figures.waiting)
    assert sum(parts) == figures.received


@pytest.mark.long
def test_what_a_refused_act_took_is_named_and_is_what_the_terminal_has_more(town: Town) -> None:
    """One slip was typed for two citizens: the centre takes it once, the terminal took both."""
    clerk, manager = town.crew.clerk, town.crew.manager
    for number in (0, 1):
        case_id = town.register(town.record(Scenario.CLEAN, number), pay=False)
        payments.pay_fee(clerk, case_now(clerk, case_id), "office", "terminal", "4711")
    town.house.office.sync()
    day = office_day.look(manager)
    (refused,) = day.refused
    assert (refused.amount, refused.tool, refused.reference) == (FEE, Tool.TERMINAL, "4711")
    assert day.book.total(Tool.TERMINAL) == FEE
    with_both = {Tool.TERMINAL: 2 * FEE, Tool.BANK: 0}
    drawn = " ".join(text_of(day_close.draft(manager, day, said(day, counted=with_both))))
    assert "۴۷۱۱" in drawn
    # Nothing need be written about it, and what the book has is matched.
    closing = close(manager, counted=with_both)
    assert closing.register.refused == (refused,)
    assert closing.register.unexplained(Tool.TERMINAL) == 0
    assert {entry.match for entry in office_day.look(manager, TODAY).book.entries} == {
        Match.MATCHED
    }
    assert settled(town)[0].register == closing.register
    # Once it is settled no register names it any more.
    (item,) = [each for each in board.items(clerk.desk) if each.case_id == refused.case_id]
    board.finish_item(clerk, item.item_id)
    assert office_day.look(manager, TODAY).refused == ()


@pytest.mark.slow
def test_a_register_of_before_keeps_its_digest(town: Town) -> None:
    """It told of no money of refused acts and of nothing undone: its digest is the one it had."""
    register = close(town.crew.manager).register
    parts = asdict(register)
    assert (parts.pop("refused"), parts.pop("undone")) == ((), ())

    def plain(value: date) -> str:
        return (value.astimezone(UTC) if isinstance(value, datetime) else value).isoformat()

    text = json.dumps(
        parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=plain
    )
    assert register.digest == hashlib.sha256(text.encode()).hexdigest()
