"""Copies on paper: each comes out once, none of a recalled letter, and what is out is on record."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from desktop.actions import letters, second_looks
from desktop.actions.desk import Seat
from desktop.demo.following import case_now, release
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.errors import Refusal
from desktop.store import ledger
from desktop.store.ledger import PrintState
from tests.town import Town

PRINTER = "باجهٔ ۲"


@pytest.fixture
def stamped(town: Town) -> Case:
    """An answer that is stamped and on no paper yet."""
    case_id = town.register(None, "no-violation")
    release(town.crew, case_now(town.crew.clerk, case_id))
    return case_now(town.crew.clerk, case_id)


def held(case: Case) -> CaseLetter:
    assert case.answer is not None
    return case.answer


def print_it(seat: Seat, case: Case, letter: CaseLetter) -> letters.PrintCopy:
    """The spooler took it."""
    begun = letters.begin_print(seat, case.case_id, letter, PRINTER, "")
    letter_id = letter.letter.letter_id
    letters.end_print(seat, case.case_id, letter_id, begun, PRINTER, "", out=True)
    return begun


def states(town: Town, case: Case) -> list[PrintState]:
    with town.crew.manager.desk.store.reading() as session:
        return [each.state for each in ledger.of_letter(session, held(case).letter.letter_id)]


@pytest.mark.slow
def test_a_page_that_looked_before_the_paper_came_prints_no_second_first_copy(
    town: Town, stamped: Case
) -> None:
    looked = held(stamped)
    print_it(town.crew.manager, stamped, looked)
    with pytest.raises(Refusal, match="پیش از این چاپ شده است"):
        letters.begin_print(town.crew.clerk, stamped.case_id, looked, PRINTER, "")
    assert states(town, stamped) == [PrintState.PRINTED]


@pytest.mark.slow
def test_of_a_letter_that_is_to_be_voided_nothing_more_is_printed(
    town: Town, stamped: Case
) -> None:
    second_looks.look_again(town.crew.supervisor, stamped, right=False, comment="متراژ نادرست است.")
    town.house.office.sync()
    now = case_now(town.crew.manager, stamped.case_id)
    assert now.recalled
    with pytest.raises(Refusal, match="ابطال این نامه خواسته شده است"):
        letters.begin_print(town.crew.manager, stamped.case_id, held(now), PRINTER, "")
    assert states(town, stamped) == []


@pytest.mark.long
def test_what_is_out_is_on_record_also_when_the_case_takes_no_print_any_more(
    town: Town, stamped: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat, letter = town.crew.manager, held(stamped)
    begun = letters.begin_print(seat, stamped.case_id, letter, PRINTER, "")

    def refuse(_: Seat, _session: Session, _case_id: str, _command: object) -> None:
        raise Refusal("نامه ابطال شده است.")

    monkeypatch.setattr(Seat, "do", refuse)
    letter_id = letter.letter.letter_id
    with pytest.raises(Refusal, match="ابطال شده است"):
        letters.end_print(seat, stamped.case_id, letter_id, begun, PRINTER, "", out=True)
    assert states(town, stamped) == [PrintState.PRINTED]
