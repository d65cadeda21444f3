"""On from a case that is done with to the next one that waits for the office."""

from __future__ import annotations

from functools import partial

from desktop.actions import board
from desktop.ui import places
from desktop.ui.page import Page
from desktop.ui.work import Job


async def go_on(page: Page, case_id: str) -> None:
    """To the case that waits next; where none does, to the list of all."""
    found = await Job(partial(board.after, page.shell.seat.desk, case_id))
    page.shell.go(places.Case(found) if found else places.Queue())
