"""What was checked at this desk today, what the paper had otherwise, and the slip of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from desktop.actions import checking
from desktop.actions.checking import FoundLetter, Short
from desktop.actions.desk import Seat
from desktop.domain import told_paper
from desktop.domain.calendar import TEHRAN
from desktop.domain.commands import TellPaper
from desktop.domain.errors import Refusal
from desktop.domain.lawful import demand_drawable
from desktop.domain.papers import CheckSlip
from desktop.domain.persian import join_and
from desktop.reports import check_slip
from desktop.reports.bundle import bundle
from desktop.scans import opening, page
from desktop.store import checked, meta
from desktop.store.checked import CheckedLetter
from desktop.store.open import Session

__all__ = ["CheckedLetter"]

DIFFERS = "کاغذ با رمزینه یکسان نیست"
_PAPER = "کاغذ نامه"
_NO_PICTURE = "تصویر این کاغذ در این رایانه نیست."


@dataclass(frozen=True)
class KeptCheck:
    """What was found of a letter, and under which id that is kept here."""

    found: FoundLetter
    check_id: int
    at: datetime


def keep(seat: Seat, found: FoundLetter) -> KeptCheck:
    """Keep what was found among those of today."""
    judged = found.checked.judged
    number = checking.number_of(judged)

    def write(session: Session) -> KeptCheck:
        check_id = _note(seat, session, number, judged.verdict.value)
        return KeptCheck(found, check_id, seat.desk.moment(session))

    return seat.desk.store.write(write)


def keep_short(seat: Seat, told: Short) -> None:
    """Keep that a letter was found by its short code among those that have ended."""
    seat.desk.store.write(lambda session: _note(seat, session, told.number, told.kind))


def _note(seat: Seat, session: Session, number: str, verdict: str) -> int:
    return checked.note(
        session,
        staff=seat.staff.staff_id,
        number=number,
        verdict=verdict,
        at=seat.desk.moment(session),
    )


def differ(seat: Seat, kept: KeptCheck, names: Sequence[str], content: bytes) -> None:
    """These are not the same on the paper; none of them is, when it was said by mistake.

    The office's manager and the municipality are told; the picture of the paper, where there is one
    (`content`), stays at this desk. Raises Refusal.
    """
    judged = kept.found.checked.judged
    number = checking.number_of(judged)
    copy = judged.code.copy if judged.code is not None else 0
    scan = _scan(content) if names else b""
    told = TellPaper(number, copy, tuple(names), scanned=bool(scan))
    told_paper.told(told)
    demand_drawable(told)

    def work(session: Session) -> None:
        checked.note_differing(session, kept.check_id, names, scan)
        seat.do_of_office(session, told)

    seat.desk.store.write(work)
    seat.desk.nudge()


def _scan(content: bytes) -> bytes:
    """The paper's pages as one PDF; nothing of a picture too large to be kept: what was seen is
    told all the same."""
    if not content:
        return b""
    try:
        opened = opening.open_pages(content, _PAPER)
    except Refusal as no:
        logging.getLogger(__name__).info("no picture of the paper is kept: %s", no.words)
        return b""
    try:
        return bundle([page.page_of(image).jpeg for image in opened.pages], page.DPI)
    except Refusal as no:
        logging.getLogger(__name__).info("no picture of the paper is kept: %s", no.words)
        return b""
    finally:
        opened.close()


def picture(seat: Seat, check: CheckedLetter) -> bytes:
    """The paper as it is kept at this desk, as PDF. Raises Refusal where it is not."""
    with seat.desk.store.reading() as session:
        found = checked.scan_of(session, check.check_id)
    if found is None:
        raise Refusal(_NO_PICTURE)
    return found


def of_today(seat: Seat) -> list[CheckedLetter]:
    """What was checked at this desk since midnight, the newest first."""
    desk = seat.desk
    with desk.store.reading() as session:
        return checked.since(session, datetime.combine(desk.today(session), time(), TEHRAN))


def differing_words(names: Sequence[str]) -> str:
    """What is not the same on the paper, as a sentence; empty where all is."""
    if not names:
        return ""
    named = join_and([f"«{name}»" for name in names])
    return f"{named} روی کاغذ همان نیست که امضا شده است؛ این کاغذ را نپذیرید."


def slip(seat: Seat, kept: KeptCheck, differing: Sequence[str]) -> bytes:
    """What was found, as PDF. Raises Refusal on an unprintable character."""
    desk, found = seat.desk, kept.found
    judged = found.checked.judged
    with desk.store.reading() as session:
        office = meta.get(session).identity.office
        card = desk.reference.office(session, office, desk.today(session))
    return check_slip.draw(
        CheckSlip(
            head=card.head,
            verdict=DIFFERS if differing else checking.headline(judged, found.on),
            why="" if differing else checking.reason(judged),
            file=checking.file_sentence(found.checked),
            differing=differing_words(differing),
            voids=checking.voids(judged),
            rows=tuple(checking.lines(judged, checking.titles(desk))),
            checked_at=kept.at,
            checked_by=seat.staff.name,
            sample=card.sample,
        )
    )
