"""What the counter does with a case under way: tells what lacks, amends, withdraws."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.actions.desk import Seat
from desktop.domain.commands import Amend, ReturnCase, Withdraw
from desktop.domain.papers import Defect
from desktop.domain.request import SeenDocument


def lack_documents(seat: Seat, case_id: str, comment: str, defects: tuple[Defect, ...]) -> None:
    """The counter tells which documents are missing. Raises Refusal."""
    seat.do_one(case_id, ReturnCase(comment, defects))


def amend(
    seat: Seat, case_id: str, changes: Mapping[str, str], documents: tuple[SeenDocument, ...] = ()
) -> None:
    """Changed answers and documents. Raises Refusal."""
    seat.do_one(case_id, Amend(dict(changes), documents))


def withdraw(seat: Seat, case_id: str, reason: str) -> None:
    """The applicant withdraws. Raises Refusal."""
    seat.do_one(case_id, Withdraw(reason))
