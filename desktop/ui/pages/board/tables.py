"""The board's tables as lines: the same on screen, in a file and on paper; each opens its cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from desktop.actions.spreadsheet import Heading, WorkbookSheet
from desktop.domain.cash import SumKind
from desktop.domain.money import format_number
from desktop.domain.office_words import called
from desktop.domain.persian import sort_key, to_persian_digits
from desktop.domain.state import State
from desktop.domain.step import Step
from desktop.ui import places
from desktop.ui.city_words import district_name
from desktop.ui.pages.board.figures import NEAR, down_now, percent
from desktop.ui.standing.chips import chip_of_state
from desktop.ui.times import ago, length, moment, time_of
from desktop.ui.widgets.lists.table_cells import Cell, TableColumn, named, quiet, timed
from desktop.wire.board import (
    BoardAnswer,
    ClerkRow,
    OfficeRow,
    OutageBody,
    OutageDeskBody,
    PartRow,
    ServedRow,
)
from desktop.wire.board_cases import Figure

_MILLION = 1_000_000
# A clerk's requests came back so much oftener than the city's, of so many that it tells something.
_OFTEN, _MANY = 2, 100
_NO_DISTRICT = "0"
# One desk of an office has nothing to open to.
_SEVERAL = 2
_NOTHING = "—"
Value = int | str
_Told = tuple[Cell, Value, Any]
"""What is told in a column: the cell, what stands in a file, what it is sorted by."""


@dataclass(frozen=True)
class Line:
    """A row: its cells, what stands in a file, what it is sorted by, and which cases it opens, or
    (`place`) which page.

    `weight` is how much it counts; it opens to its `parts` where it has any.
    """

    key: str
    cells: tuple[Cell, ...]
    values: tuple[Value, ...]
    order: tuple[Any, ...]
    weight: int
    opens: Figure | None
    title: str
    narrowed: Mapping[str, Any] = field(default_factory=dict)
    place: places.Place | None = None
    parts: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A table: its name, its columns on screen and in a file, how its lines are made.

    `sorted_by` is the column in whose order it begins, its greatest first.
    """

    name: str
    columns: tuple[TableColumn, ...]
    headings: tuple[Heading, ...]
    lines: Callable[[BoardAnswer, Told], list[Line]]
    sorted_by: int
    empty: str = "در این بازه درخواستی نیست."

    def sheet(self, board: BoardAnswer, told: Told) -> WorkbookSheet:
        """For other programs and paper, in the order in which it begins."""
        return self.sheet_of(ordered(self.lines(board, told), self.sorted_by, ascending=False))

    def sheet_of(self, lines: Sequence[Line]) -> WorkbookSheet:
        """These lines for other programs and paper."""
        return WorkbookSheet(self.name, self.headings, tuple(line.values for line in lines))


@dataclass(frozen=True)
class Told:
    """What else is known: the services' titles by code, and the moment."""

    services: Mapping[str, str]
    now: datetime


def ordered(lines: Sequence[Line], column: int, *, ascending: bool) -> list[Line]:
    """The lines in the order of a column; equals with the greatest first, then by the first one."""
    known = sorted(lines, key=lambda line: (-line.weight, line.order[0]))
    return sorted(known, key=lambda line: line.order[column], reverse=not ascending)


def _share(part: int, whole: int, *, bar: bool = False) -> Cell:
    words = percent(part, whole) or "۰٪"
    return Cell(words, share=part / whole if whole else 0.0) if bar else Cell(words)


def _late(count: int) -> Cell:
    words = to_persian_digits(count)
    return Cell(words, "refuse", 500, icon="clock-exclamation") if count else quiet(words)


def _waited(answered: int, waited: int) -> Cell:
    return Cell(to_persian_digits(waited)) if answered else quiet(_NOTHING)


def _number(code: str) -> tuple[int, str]:
    return (int(code) if code.isdigit() else 0, code)


def heard(at: datetime | None, now: datetime, *, down: bool) -> Cell:
    """When the office was last heard of; red where its line is down."""
    if at is None:
        words = "قطع، هنوز نه" if down else "هنوز نه"
        return Cell(words, "refuse" if down else "text2", icon="wifi-off", wraps=True)
    if now - at < NEAR:
        return Cell("اکنون", "ok", icon="circle-check")
    if down:
        return Cell(f"قطع، {ago(at, now)}", "refuse", icon="wifi-off", wraps=True)
    return Cell(ago(at, now), "text2", icon="clock")


def _offices(board: BoardAnswer, told: Told) -> list[Line]:
    down = {each.office for each in down_now(board)}
    return [_office(row, told.now, down=row.office in down) for row in board.offices]


def _office(row: OfficeRow, now: datetime, *, down: bool) -> Line:
    contact = heard(row.heard_at, now, down=down)
    cells, values, order = _across(
        (quiet(to_persian_digits(row.office)), row.office, _number(row.office)),
        (named(row.name), row.name, sort_key(row.name)),
        _plain(row.received),
        _instant(row, bar=True),
        *_shared(row),
        _plain(row.waiting),
        (_late(row.overdue), row.overdue, row.overdue),
        (contact, contact.words, row.heard_at.timestamp() if row.heard_at else 0.0),
    )
    return Line(
        key=row.office,
        cells=cells,
        values=values,
        order=order,
        weight=row.received,
        opens=Figure.RECEIVED,
        title=f"درخواست {called(row.office, row.name)}",
        narrowed={"office": row.office},
    )


def _across(*told: _Told) -> tuple[tuple[Cell, ...], tuple[Value, ...], tuple[Any, ...]]:
    cells, values, order = zip(*told, strict=True)
    return cells, values, order


def _plain(count: int) -> _Told:
    return Cell(to_persian_digits(count)), count, count


def _millions(rial: int) -> _Told:
    return Cell(format_number(rial // _MILLION)), rial, rial


def _instant(row: ServedRow, *, bar: bool = False) -> _Told:
    share = row.instant / row.received if row.received else 0.0
    return _share(row.instant, row.received, bar=bar), row.instant, share


def _shared(row: ServedRow, back: _Told | None = None) -> tuple[_Told, ...]:
    """What is told alike of all, in the order of the columns; `back` of what was sent back, where
    more than its count is told."""
    return (
        _plain(row.visits_no_record),
        _plain(row.visits - row.visits_no_record),
        _plain(sum(row.states.values())),
        _awaited(row.states),
        (
            _waited(row.answered, row.waited),
            row.waited if row.answered else "",
            row.waited,
        ),
        _plain(row.issued),
        _plain(row.released),
        _plain(row.voided),
        _plain(row.copies),
        back or _plain(row.sent_back),
        _millions(row.taken),
        (_late(row.late), row.late, row.late),
    )


def _awaited(states: Mapping[str, int]) -> _Told:
    """What most of the open ones wait for; in a file all of it."""
    most = sorted(states.items(), key=lambda each: (-each[1], each[0]))
    told = [to_persian_digits(f"{chip_of_state(State(state)).words} {n}") for state, n in most]
    if not told:
        return quiet(_NOTHING), "", (0, "")
    return Cell(told[0], wraps=True), "، ".join(told), (most[0][1], told[0])


def _clerks(board: BoardAnswer, told: Told) -> list[Line]:
    usual = board.sent_back / board.received if board.received else 0.0
    return [_clerk(row, usual) for row in board.clerks]


def _clerk(row: ClerkRow, usual: float) -> Line:
    share = row.sent_back / row.received if row.received else 0.0
    back = Cell(percent(row.sent_back, row.received) or _NOTHING)
    if row.received >= _MANY and share > _OFTEN * usual:
        back = Cell(f"{back.words} زیاد", "pay", 500, icon="alert-triangle")
    where = f"{row.clerk}، {row.office}"
    cells, values, order = _across(
        (named(to_persian_digits(where)), where, (sort_key(row.clerk), row.office)),
        _plain(row.received),
        _instant(row),
        *_shared(row, (back, row.sent_back, share)),
    )
    return Line(
        key=f"{row.office}/{row.clerk}",
        cells=cells,
        values=values,
        order=order,
        weight=row.received,
        opens=Figure.RECEIVED,
        title=to_persian_digits(f"درخواستی که {row.clerk} ثبت کرد"),
        narrowed={"office": row.office, "clerk": row.clerk},
    )


def _services(board: BoardAnswer, told: Told) -> list[Line]:
    return [
        _part(row, told.services.get(row.part, row.part), {"service": row.part})
        for row in board.services
    ]


def _districts(board: BoardAnswer, told: Told) -> list[Line]:
    # Of a request without a property's code no district is known, and none can be asked for.
    return [
        _part(row, district_name(int(row.part)), {"district": int(row.part)})
        if row.part != _NO_DISTRICT
        else _part(row, "بی‌کد نوسازی", None)
        for row in board.districts
    ]


def _part(row: PartRow, words: str, narrowed: Mapping[str, Any] | None) -> Line:
    cells, values, order = _across(
        (named(words), words, sort_key(words)),
        _plain(row.received),
        _instant(row),
        *_shared(row),
    )
    return Line(
        key=row.part,
        cells=cells,
        values=values,
        order=order,
        weight=row.received,
        opens=Figure.RECEIVED if narrowed is not None else None,
        title=f"درخواست {words}",
        narrowed=narrowed or {},
    )


def _waiting(board: BoardAnswer, told: Told) -> list[Line]:
    lines = []
    for state, count in board.open.items():
        look = chip_of_state(State(state))
        lines.append(
            _count(state, Cell(look.words, icon=look.icon), count, Figure.OPEN, {"state": state})
        )
    for step, count in board.late_steps.items():
        what = Cell(f"بیش از مهلت: {Step(step).word}", icon="clock-exclamation")
        lines.append(_count(f"step-{step}", what, count, Figure.STEP_LATE, {"step": step}))
    for figure, count, words, icon in (
        (Figure.ESCALATED, board.escalated, "ارجاع به ناظر پس از مهلت بازدید", "clock-exclamation"),
        (Figure.SENT_BACK, board.sent_back, "یک‌بار برگشته به دفتر", "arrow-back-up"),
    ):
        if count:
            lines.append(_count(figure.value, Cell(words, icon=icon), count, figure, {}))
    return lines


def _count(key: str, what: Cell, count: int, figure: Figure, narrowed: Mapping[str, Any]) -> Line:
    return Line(
        key=key,
        cells=(what, Cell(format_number(count))),
        values=(what.words, count),
        order=(sort_key(what.words), count),
        weight=count,
        opens=figure,
        title=what.words,
        narrowed=narrowed,
    )


def _letters(board: BoardAnswer, told: Told) -> list[Line]:
    counts = (
        (Figure.ISSUED, board.letters, "نامهٔ صادره", "file-certificate"),
        (Figure.RELEASED, board.released, "مهرشده", "rubber-stamp"),
        (Figure.VOIDED, board.voided, "ابطال‌شده", "file-off"),
        (Figure.COPIED, board.copies, "نسخهٔ دوم و پس از آن", "copy"),
    )
    lines = [
        _count(figure.value, Cell(words, icon=icon), count, figure, {})
        for figure, count, words, icon in counts
    ]
    lines += [
        _count(
            f"taken-{what}",
            Cell(f"{SumKind(what).word}، ریال", icon="coins"),
            amount,
            Figure.TAKEN,
            {"what": what},
        )
        for what, amount in sorted(board.taken.items())
    ]
    return lines


def _outages(board: BoardAnswer, told: Told) -> list[Line]:
    lines = [_outage(each, told.now) for each in board.outages]
    if rest := board.outages_ended - sum(each.until is not None for each in board.outages):
        words = to_persian_digits(f"و {rest} قطعی پیش‌تر")
        nothing = ((0, ""), (False, 0.0), timedelta(0), 0, 0)
        lines.append(
            Line("rest", _only(quiet(words)), (words, "", "", "", ""), nothing, 0, None, words)
        )
    return lines


def _only(what: Cell, late: str = "") -> tuple[Cell, ...]:
    """A line of the outages that tells this, and perhaps how much came late."""
    return (what, *(quiet("") for _ in range(3)), quiet(late))


def _desk(each: OutageDeskBody, key: str, *, alone: bool) -> Line:
    """What an outage delayed at one desk; of an office's own only the desk is named."""
    words = f"میز {each.desk}" if alone else f"{each.office}، {each.name}، میز {each.desk}"
    words = to_persian_digits(words)
    return Line(
        key=f"{key}/{each.office_id}/{each.desk}",
        cells=_only(Cell(words, "text2", wraps=True), to_persian_digits(each.delayed)),
        values=(),
        order=(),
        weight=each.delayed,
        opens=None,
        title=words,
        place=places.Office(each.office_id),
    )


def _desks(each: OutageBody, key: str) -> tuple[Line, ...]:
    """The desks of an outage, where it is not one desk's of an office."""
    if each.office_id and each.desk_count < _SEVERAL:
        return ()
    lines = [_desk(desk, key, alone=bool(each.office_id)) for desk in each.desks]
    if rest := each.desk_count - len(each.desks):
        words = to_persian_digits(f"و {rest} میز دیگر")
        lines.append(Line(f"{key}/rest", _only(quiet(words)), (), (), 0, None, words))
    return tuple(lines)


def _outage(each: OutageBody, now: datetime) -> Line:
    """One that goes on stands before those that are over; the office's card is a key away, or the
    desks are whose acts came late.

    Nights do not count, where the office's hours are known.
    """
    lasted = (each.until or now) - each.since
    if each.open_minutes is not None:
        lasted = timedelta(minutes=each.open_minutes)
    live = each.until is None
    whose = called(each.office, each.name) if each.office_id else "مرکز"
    late = to_persian_digits(each.delayed) if each.delayed else _NOTHING
    if live:
        late = f"نفرستاده از {time_of(each.unsent_since)}" if each.unsent_since else _NOTHING
    words, icon = length(lasted), "wifi-off" if live else ""
    since, key = moment(each.since, now), f"{each.office_id}/{each.since.isoformat()}"
    return Line(
        key=key,
        cells=(
            named(whose),
            timed(since),
            Cell(
                words,
                "refuse" if live else "text",
                icon=icon,
                said="اکنون قطع" if live else "",
                wraps=True,
            ),
            Cell(to_persian_digits(each.desk_count)) if each.desk_count else quiet(_NOTHING),
            Cell(late, wraps=True),
        ),
        values=(
            whose,
            since,
            f"{words} تا اکنون" if live else words,
            each.desk_count or "",
            late if live else each.delayed,
        ),
        order=(
            _number(each.office),
            (live, each.since.timestamp()),
            lasted,
            each.desk_count,
            each.delayed,
        ),
        weight=lasted // timedelta(minutes=1),
        opens=None,
        title=whose,
        place=places.Office(each.office_id) if each.office_id else None,
        parts=_desks(each, key),
    )


_NO_RECORD = (
    TableColumn("بازدید، نبود سابقه", 82, drop=2, wraps=True),
    Heading("بازدید، نبود سابقه", 18),
)
_OTHER_VISITS = (
    TableColumn("بازدید دیگر", 62, drop=3, wraps=True),
    Heading("بازدید، دلایل دیگر", 18),
)
_ISSUED = (TableColumn("نامهٔ صادره", 84, drop=8), Heading("نامهٔ صادره", 12))
_RELEASED = (TableColumn("مهرشده", 66, drop=10), Heading("مهرشده", 10, printed=False))
_COPIES = (
    TableColumn("نسخهٔ دوم", 74, drop=14),
    Heading("نسخهٔ دوم و پس از آن", 16, printed=False),
)
_TAKEN = (
    TableColumn("وصولی (میلیون\u00a0ریال)", 96, drop=5, wraps=True),
    Heading("وصولی (ریال)", 18),
)
_SHARED = (
    _NO_RECORD,
    _OTHER_VISITS,
    (TableColumn("در جریان", 70, drop=6), Heading("در جریان", 10, printed=False)),
    (
        TableColumn("بیشتر در", 120, stretch=1, drop=7),
        Heading("در جریان، در چه گام", 40, printed=False),
    ),
    (TableColumn("روز انتظار", 74, drop=4), Heading("روز انتظار، میانه", 16)),
    _ISSUED,
    _RELEASED,
    (TableColumn("ابطال", 56, drop=9), Heading("ابطال", 10)),
    _COPIES,
    (TableColumn("برگشت", 62, drop=11), Heading("برگشت به دفتر", 12, printed=False)),
    _TAKEN,
    (TableColumn("دیرکرد", 66), Heading("دیرکرد", 10)),
)
"""What stands alike of all of them: on screen, and in a file."""
_SHARED_COLUMNS = tuple(column for column, _ in _SHARED)
_SHARED_HEADINGS = tuple(heading for _, heading in _SHARED)
_OFFICE_COLUMNS = (
    TableColumn("دفتر", 52),
    TableColumn("نام", 100, stretch=2),
    TableColumn("دریافت", 64),
    TableColumn("پاسخ آنی", 136, stretch=1),
    *_SHARED_COLUMNS,
)
OFFICES = Kept(
    "دفترها",
    (
        *_OFFICE_COLUMNS,
        TableColumn("در جریان اکنون", 78, drop=13, wraps=True),
        TableColumn("دیرکرد اکنون", 78, drop=12, wraps=True),
        TableColumn("تماس", 110, stretch=2, drop=1),
    ),
    (
        Heading("دفتر", 8),
        Heading("نام", 24),
        Heading("دریافت", 10),
        Heading("پاسخ آنی", 10),
        *_SHARED_HEADINGS,
        Heading("در جریان اکنون، هر روز دریافت", 18, printed=False),
        Heading("دیرکرد اکنون، هر روز دریافت", 18, printed=False),
        Heading("تماس", 18),
    ),
    _offices,
    len(_OFFICE_COLUMNS) - 1,
)
_PART_COLUMNS = (
    TableColumn("دریافت", 64),
    TableColumn("پاسخ آنی", 68),
    *_SHARED_COLUMNS,
)
_PART_HEADINGS = (Heading("دریافت", 10), Heading("پاسخ آنی", 10), *_SHARED_HEADINGS)
# How often a clerk's requests came back stands always, on paper too.
_OF_CLERK = {
    "برگشت": (TableColumn("برگشت", 70), Heading("برگشت", 10)),
    _TAKEN[0].title: (replace(_TAKEN[0], drop=1), _TAKEN[1]),
}
_CLERK = (
    (TableColumn("متصدی، دفتر", 126, stretch=1), Heading("متصدی، دفتر", 30)),
    (TableColumn("ثبت", 54), Heading("ثبت", 10)),
    (TableColumn("پاسخ آنی", 68, drop=12), Heading("پاسخ آنی", 10)),
    *(_OF_CLERK.get(column.title, (column, heading)) for column, heading in _SHARED),
)
"""What is told of a clerk: on screen, and in a file."""
CLERKS = Kept(
    "متصدی‌ها",
    tuple(column for column, _ in _CLERK),
    tuple(heading for _, heading in _CLERK),
    _clerks,
    1,
)
SERVICES = Kept(
    "خدمت‌ها",
    (TableColumn("خدمت", 108, stretch=1), *_PART_COLUMNS),
    (Heading("خدمت", 34), *_PART_HEADINGS),
    _services,
    1,
)
DISTRICTS = Kept(
    "منطقه‌ها",
    (TableColumn("منطقه", 88, stretch=1), *_PART_COLUMNS),
    (Heading("منطقه", 18), *_PART_HEADINGS),
    _districts,
    1,
)
WAITING = Kept(
    "انتظار برای",
    (TableColumn("انتظار برای", 200, stretch=1), TableColumn("پرونده", 90)),
    (Heading("انتظار برای", 40), Heading("پرونده", 12)),
    _waiting,
    1,
    "پرونده‌ای در انتظار نیست.",
)
LETTERS = Kept(
    "نامه و پول",
    (TableColumn("نامه و دریافت", 200, stretch=1), TableColumn("شمار یا مبلغ", 130)),
    (Heading("نامه و دریافت", 40), Heading("شمار یا مبلغ", 18)),
    _letters,
    1,
    "در این بازه نامه‌ای صادر نشده است.",
)
OUTAGES = Kept(
    "قطعی‌ها",
    (
        TableColumn("دفتر", 84, stretch=1),
        TableColumn("از", 122),
        TableColumn("مدت", 104),
        TableColumn("میز", 46, drop=1),
        TableColumn("دیر رسید", 78),
    ),
    (
        Heading("دفتر", 30),
        Heading("از", 20),
        Heading("مدت", 18),
        Heading("میز", 8),
        Heading("کار دیررسیده", 18),
    ),
    _outages,
    1,
    "در این بازه خطی قطع نبوده است.",
)
BESIDE = (CLERKS, SERVICES, DISTRICTS, WAITING, LETTERS, OUTAGES)
"""The tabs beside the offices."""
