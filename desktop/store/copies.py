"""Copies of other offices' letters under way here: under which question each was asked for.

A copy is asked for once more under the same question until paper of it is out that can be used:
after a lost answer, a crash, a sheet that was spoiled.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from desktop.chance import new_id
from desktop.sql.missing import put_rows
from desktop.store import ledger
from desktop.store.ledger import PrintState, SheetSaid
from desktop.store.open import Session
from desktop.store.tables import CopyElsewhereRow


def question(session: Session, letter_id: str, number: str) -> str:
    """Under which question the letter's next copy is asked for; kept before it is."""
    known = session.get(CopyElsewhereRow, letter_id)
    if known is not None and not is_out(session, letter_id, known.copy):
        return known.ask_id
    ask_id = new_id()
    row = {"letter_id": letter_id, "ask_id": ask_id, "number": number, "copy": 0}
    put_rows(session, CopyElsewhereRow, row)
    return ask_id


def given(session: Session, letter_id: str, copy: int) -> None:
    """The centre has given that number to the question."""
    row = session.get(CopyElsewhereRow, letter_id)
    if row is not None:
        row.copy = copy


def is_out(session: Session, letter_id: str, copy: int) -> bool:
    """Whether paper of that copy came out here that was not spoiled."""
    return any(
        each.copy == copy
        and each.state is PrintState.PRINTED
        and each.said is not SheetSaid.SPOILED
        for each in ledger.of_letter(session, letter_id)
    )


def numbers(session: Session, letter_ids: Collection[str]) -> dict[str, str]:
    """The numbers of these letters, as far as copies of them were asked for here."""
    row = CopyElsewhereRow
    found = session.execute(select(row.letter_id, row.number).where(row.letter_id.in_(letter_ids)))
    return {each.letter_id: each.number for each in found}
