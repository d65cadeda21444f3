"""A sheet of former training over offices: whose each row is, and what is put forward of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.actions import act_scans, people, publishing, readiness, staffing
from desktop.actions.desk import Seat
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.identifiers import mask_id
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.persian import fold, to_persian_digits
from desktop.domain.training import Training
from desktop.forms.sheet_files import read_sheet, write_sheet
from desktop.forms.sheet_rows import SheetRow
from desktop.forms.training_sheet import COLUMNS, MOST, TITLE, TrainingRow, example, read_trainings
from desktop.wire.people import OfOfficeBody

_NOBODY = "کسی با این نام و مشخصات در دفترها کار نمی‌کند؛ نخست او را در «کارکنان» معرفی کنید."
_SEVERAL = (
    "بیش از یک نفر با این مشخصات هست؛ کد دفتر و کد ملی را هر دو بنویسید، یا کارنامه را در صفحهٔ "
    "دفترش ثبت کنید."
)
_TWICE = "همین شخص و خدمت در ردیف {} هم آمده است؛ یکی را پاک کنید."


@dataclass(frozen=True)
class TrainingLook:
    """A sheet as it would be taken: the records with the numbers of their rows, of how many people
    and offices they are, how many rows tell nothing new.

    `faults` tell of the rows left out. Of a long sheet the first rows come first: `later` counts
    those that the same sheet brings once these are signed.
    """

    source: Path
    records: tuple[Training, ...]
    numbers: tuple[int, ...]
    people: int
    offices: int
    same: int
    faults: tuple[Refusal, ...]
    later: int = 0


def write_pattern(seat: Seat, path: Path) -> None:
    """Write a workbook to fill in, with one row that shows how. Raises Refusal."""
    with seat.desk.store.reading() as session:
        today = seat.desk.today(session)
        cards = seat.desk.reference.cards(session, today)
        services = seat.desk.reference.services(session, today)
    codes = sorted(card.code for of, card in cards.items() if of != MUNICIPALITY)
    title = next((service.title for service in services.values()), "")
    write_sheet(path, TITLE, COLUMNS, [example(next(iter(codes), ""), title, today)])


def look(seat: Seat, path: Path) -> TrainingLook:
    """What the sheet says, held against who works where and what is known of them.

    Raises LineDown; Refusal for a file that is no such sheet.
    """
    rows = read_sheet(path, COLUMNS)
    desk = seat.desk
    with desk.store.reading() as session:
        today = desk.today(session)
        cards = desk.reference.cards(session, today)
        services = desk.reference.services(session, today)
        services |= desk.reference.services_to_come(session, today)
    offices = {card.code: office for office, card in cards.items() if office != MUNICIPALITY}
    read, faults = read_trainings(rows, offices, services, today)
    known = _by_name(people.ask(seat).people)
    first: dict[tuple[str, str], int] = {}
    found: list[tuple[TrainingRow, OfOfficeBody]] = []
    for row in read:
        try:
            person = _meant(row, known)
            other = first.setdefault((person.staff_id, row.service), row.number)
            if other != row.number:
                raise Refusal(_TWICE.format(to_persian_digits(other)))
        except Refusal as no:
            faults.append(_fault(row.number, no.words))
            continue
        found.append((row, person))
    told = [_told(row, person.staff_id) for row, person in found]
    records = readiness.former_records(desk, told, again=False)
    news = [
        (row, person, record)
        for (row, person), record in zip(found, records, strict=True)
        if record is not None
    ]
    taken = news[:MOST]
    return TrainingLook(
        source=path,
        records=tuple(record for _, _, record in taken),
        numbers=tuple(row.number for row, _, _ in taken),
        people=len({person.staff_id for _, person, _ in taken}),
        offices=len({person.office for _, person, _ in taken}),
        same=len(found) - len(news),
        faults=tuple(faults),
        later=len(news[MOST:]),
    )


def put_forward(seat: Seat, told: TrainingLook, scan: str, reason: str) -> str:
    """The records with their paper, for a second signature; under which id they wait.

    Raises LineDown; Refusals that stand by a row where the centre hinders it; Refusal for what it
    doubts while no reason is given.
    """
    act_scans.send(seat, scan)
    records = [readiness.with_scan(record, scan) for record in told.records]
    told_since = readiness.told_since(seat.desk, records)
    draft = staffing.trainings_draft(records, told_since=told_since)
    weighed = publishing.weigh(seat, draft)
    if weighed.hindrances:
        placed = [(told.numbers[each.item], each.words) for each in weighed.hindrances]
        raise Refusals([_fault(number, words) for number, words in placed])
    if weighed.warnings and not reason:
        raise Refusal(" ".join(each.words for each in weighed.warnings), field="reason")
    publishing.prepare(seat, draft, weighed.warnings, reason if weighed.warnings else "")
    return draft.publication


def _by_name(everybody: Iterable[OfOfficeBody]) -> Mapping[str, Sequence[OfOfficeBody]]:
    found: dict[str, list[OfOfficeBody]] = {}
    for one in everybody:
        if one.role in (Role.CLERK, Role.MANAGER):
            found.setdefault(fold(one.name), []).append(one)
    return found


def _meant(row: TrainingRow, known: Mapping[str, Sequence[OfOfficeBody]]) -> OfOfficeBody:
    """Whose row it is: who has that name, at the office and by the id that are written.

    The centre tells ids masked; beside the name nobody else's is taken for it.
    """
    masked = mask_id(row.national_id) if row.national_id else ""
    same = [
        one
        for one in known.get(fold(row.name), ())
        if row.office in ("", one.office) and masked in ("", one.national_id)
    ]
    if not same:
        raise Refusal(_NOBODY)
    if len(same) > 1:
        raise Refusal(_SEVERAL)
    return same[0]


def _told(row: TrainingRow, staff: str) -> readiness.Former:
    return readiness.Former(staff, row.service, row.on, row.by, row.score)


def _fault(number: int, words: str) -> Refusal:
    return SheetRow(number, {}).fault(words)
