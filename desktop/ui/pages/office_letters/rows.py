"""How letters to offices stand in their list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from desktop.actions.office_letters import ToldLetter
from desktop.domain.calendar import format_jalali
from desktop.domain.office_letter import OfficeLetter, OfficeLetterKind
from desktop.domain.persian import fold, isolate, to_latin_digits, to_persian_digits
from desktop.ui.times import moment
from desktop.ui.widgets.lists.table_cells import Cell, TableColumn, named, quiet
from desktop.ui.widgets.told.chip import ChipLook
from desktop.wire.notices import ReaderBody

_NUMBER = TableColumn("شماره", 92, sortable=False)
_OFFICE = TableColumn("دفتر", 150, stretch=2, sortable=False)
_KIND = TableColumn("موضوع", 142, sortable=False)
_WHAT = TableColumn("خدمت", 140, stretch=3, sortable=False)
_SINCE = TableColumn("از روز", 96, drop=1, sortable=False)
_DATED = TableColumn("تاریخ نامه", 96, drop=2, sortable=False)
_STATE = TableColumn("وضعیت", 184, sortable=False)
CITY_COLUMNS = (_NUMBER, _OFFICE, _KIND, _WHAT, _SINCE, _DATED, _STATE)
"""At the unit."""
OWN_COLUMNS = (_NUMBER, _KIND, _WHAT, _SINCE, _DATED, _STATE)
"""At an office, all of whose letters are its own."""
KINDS = {
    OfficeLetterKind.DELEGATION: ChipLook("واگذاری", "arrows-exchange", "ok"),
    OfficeLetterKind.WITHDRAWAL: ChipLook("پایان واگذاری", "file-off", "refuse"),
}
_TAKEN_BACK = Cell(chip=ChipLook("پس گرفته شد", "file-off", "refuse"))
_UNREAD = Cell(chip=ChipLook("نخوانده", "mail", "pay"))


def cells(told: ToldLetter, state: Cell, *, city: bool) -> list[Cell]:
    """One letter's row."""
    letter = told.letter
    office = [named(letter.addressee)] if city else []
    return [
        Cell(isolate(to_persian_digits(letter.number))),
        *office,
        Cell(chip=KINDS[letter.kind]),
        Cell(services_words(letter), wraps=True),
        quiet(isolate(format_jalali(letter.since))),
        quiet(isolate(format_jalali(letter.dated))),
        state,
    ]


def services_words(letter: OfficeLetter) -> str:
    """The service, or the first of several and how many more."""
    first, more = letter.services[0].title, len(letter.services) - 1
    return to_persian_digits(f"{first} و {more} خدمت دیگر" if more else first)


def state_at_unit(
    told: ToldLetter, readers: Mapping[str, ReaderBody] | None, now: datetime
) -> Cell:
    """Who read it and when; without a line nobody knows."""
    if told.taken_back:
        return _TAKEN_BACK
    if readers is None:
        return quiet("—")
    read = readers.get(told.letter.key)
    if read is None:
        return _UNREAD
    words = f"{read.name}، {moment(read.read_at, now)}"
    return Cell(words, "ok", kind="small", icon="eye-check", said="خوانده شد:", wraps=True)


def state_at_office(told: ToldLetter, now: datetime) -> Cell:
    """Whether somebody here has read it."""
    if told.taken_back:
        return _TAKEN_BACK
    if told.read_at is None:
        return _UNREAD
    words = f"خوانده شد، {moment(told.read_at, now)}"
    return Cell(words, "text2", kind="small", icon="eye-check")


def found(letters: Sequence[ToldLetter], typed: str) -> list[ToldLetter]:
    """Those whose number, office or service has what is typed."""
    if not typed.strip():
        return list(letters)
    latin, words = to_latin_digits(typed).strip(), fold(typed)
    return [
        each
        for each in letters
        if each.letter.number.startswith(latin)
        or each.letter.code == latin
        or words in fold(each.letter.addressee)
        or any(words in fold(service.title) for service in each.letter.services)
    ]
