"""What the page of the city's records says in each state: phase, words, cells of the sums."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from desktop.actions.record_sums import SumLine, source_of, source_words, staged_of
from desktop.actions.records import ForcedBody, ImportBody, RowBody, StateAnswer, UnknownBody
from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.import_causes import CauseKind
from desktop.domain.money import format_number
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.ui.palette import Tone
from desktop.ui.times import time_of
from desktop.ui.widgets.lists.table_cells import Cell, TableColumn, named, quiet
from desktop.ui.widgets.told.chip import ChipLook
from desktop.ui.work import NO_LINE

NO_RECORDS = "هنوز سوابقی به کار گرفته نشده است؛ درخواست‌ها ثبت می‌شود و منتظر سوابق می‌ماند."
OFF_LINE = "به مرکز وصل نیستیم؛ خواندن و اعمال سوابق به خط نیاز دارد."
# So many rows of a cause or a group are shown; the list has them all.
SHOWN = 200


class Phase(StrEnum):
    """How far the next import is."""

    NONE = "none"
    READING = "reading"
    ENDED = "ended"
    READY = "ready"
    HELD = "held"


def phase_of(state: StateAnswer) -> Phase:
    """Nothing staged, being read, ended otherwise than well, ready, or held back."""
    staged = state.staged
    if staged is None:
        return Phase.NONE
    if staged.state == "reading" and not staged.silent:
        return Phase.READING
    if staged.state == "read":
        return Phase.HELD if staged.causes else Phase.READY
    return Phase.ENDED if staged.fault else Phase.NONE


def unknown_of(state: StateAnswer) -> list[UnknownBody]:
    """The words that mean nothing yet: of the import that waits, else of the one in force."""
    shown = staged_of(state) or state.in_force
    return shown.unknown if shown is not None else []


def shape_of(state: StateAnswer) -> tuple[object, ...]:
    """What decides which cards stand on the page; while it is the same, what is typed stays."""
    staged, present, forced = state.staged, state.in_force, state.forced
    return (
        phase_of(state),
        staged and (staged.export_id, staged.state, staged.fault),
        present and present.export_id,
        forced and (forced.at, forced.may_go_back),
        (state.kept, state.lifted),
        tuple(each.word for each in unknown_of(state)),
        state.alarm,
    )


CHIPS = {
    Phase.READING: ChipLook("در حال خواندن", "clock", "neutral"),
    Phase.READY: ChipLook("آمادهٔ به‌کارگیری", "circle-check", "ok"),
    Phase.HELD: ChipLook("نگه داشته شد", "alert-triangle", "pay"),
}
IN_USE = ChipLook("جاری", "database", "ok")


def banner_of(state: StateAnswer) -> tuple[str, Tone] | None:
    """What stands on top, and how it is meant; None where the page says it all."""
    staged, phase = state.staged, phase_of(state)
    if staged is None or phase in (Phase.NONE, Phase.READING):
        return None
    if phase is Phase.ENDED:
        return staged.fault, "refuse" if staged.state in ("failed", "reading") else "neutral"
    until = (
        "درخواست‌ها ثبت می‌شود و منتظر سوابق می‌ماند"
        if state.in_force is None
        else f"سوابق {isolate(format_jalali(state.in_force.as_of))} مبنای پاسخ است"
    )
    if phase is Phase.READY:
        return f"این خروجی در حد مجاز است. تا به کار گرفتن آن، {until}.", "ok"
    count = format_number(len(staged.causes))
    words = f"این خروجی نگه داشته شد؛ {count} علت دارد. تا تصمیم شما {until}"
    return f"{words} و کار دفترها نمی‌ایستد.", "pay"


def reading_words(staged: ImportBody) -> str:
    """«خواندن بدهی‌ها، ۶۲٬۴۰۰ از ۱۰۰٬۰۰۰ سطر»."""
    if not staged.sheet:
        return "خواندن خروجی آغاز شد"
    if not staged.rows:
        return "سنجش با سوابق جاری"
    rows = f"{format_number(staged.rows)} از {format_number(staged.of)} سطر"
    return f"خواندن {staged.sheet}، {rows}"


def sending_words(name: str, done: int, whole: int) -> str:
    """«ارسال «خروجی»، ۱٫۵ از ۲۱ مگابایت»."""
    if not whole:
        return f"آماده کردن {name} برای ارسال"
    return f"ارسال {name}، {megabytes(done)} از {megabytes(whole)} مگابایت"


def name_of(source: Path) -> str:
    """«خروجی نوسازی»: a file or folder as a person calls it."""
    return f"«{isolate(to_persian_digits(source.stem if source.suffix else source.name))}»"


def megabytes(size: int) -> str:
    """«۲۱٫۴»: a file's size to a tenth, never 0."""
    tenths = max(1, round(size * 10 / 1_000_000))
    whole, part = divmod(tenths, 10)
    return format_number(whole) + (f"٫{to_persian_digits(part)}" if part else "")


def staged_words(staged: ImportBody, today: date) -> str:
    """What was read, how many rows, of which day, when, how long, by whom."""
    rows = sum(sheet for key, sheet in staged.totals.items() if key in _ROWS)
    kind, _ = source_of(staged)
    day = isolate(format_jalali(staged.as_of))
    parts = [kind, f"{format_number(rows)} سطر", f"سوابق تا {day}"]
    took = round((staged.heard_at - staged.begun_at).total_seconds())
    by = [f"{_when(staged.begun_at, today)} خوانده شد"]
    by += [to_persian_digits(f"{took} ثانیه")] if took else []
    by += [staged.reader] if staged.reader else []
    return "؛ ".join(part for part in ("، ".join(filter(None, parts)), "، ".join(by)) if part)


_ROWS = ("property", "owner", "permit", "certificate", "file", "debt", "hold", "refused")


def _when(at: datetime, today: date) -> str:
    day = at.astimezone(TEHRAN).date()
    return time_of(at) if day == today else f"{isolate(format_jalali(day))} ساعت {time_of(at)}"


def present_words(present: ImportBody, forced: ForcedBody | None, today: date) -> str:
    """Where the records in force come from, who put them there and when."""
    parts = [source_words(present)]
    if forced is not None:
        did = "دوباره به کار گرفته شد" if forced.taken_back else "به کار گرفته شد"
        parts.append(f"{_when(forced.at, today)} {did}")
        parts.append(join_and([name for name in (forced.by, forced.second) if name]))
    return "، ".join(filter(None, parts))


def left_words(days: int) -> str:
    """How long answers still rest on the records in force."""
    if not days:
        return "سوابق قدیمی است و همهٔ درخواست‌ها به کارشناس می‌رود."
    return f"تا {format_number(days)} روز دیگر مبنای پاسخ است."


def row_words(row: RowBody) -> str:
    """A row of an export, or one of the records in force that would end."""
    said = to_persian_digits(row.about or "خالی")
    if not row.number:
        code = isolate(to_persian_digits(row.heading))
        return f"{said}، کد نوسازی {code}"
    return f"سطر {format_number(row.number)}، ستون «{row.heading}»: {said}"


def is_loss(kind: str) -> bool:
    """Whether somebody would be taken for free of what stands against them."""
    return CauseKind(kind) in _LOSSES


_LOSSES = (
    CauseKind.ORPHANS,
    CauseKind.DEBTS_END,
    CauseKind.DEBT_SUM_ENDS,
    CauseKind.CONTROL,
)

COMPARED = (
    TableColumn("برگه", 140, stretch=1, sortable=False),
    TableColumn("سوابق جاری", 94, stretch=1, sortable=False),
    TableColumn("این خروجی", 94, stretch=1, sortable=False),
    TableColumn("تفاوت", 170, stretch=1, sortable=False),
    TableColumn("سنجش", 136, stretch=1, sortable=False),
)
COUNTED = (
    # The number stands beside its name, however wide the card is.
    TableColumn("برگه", 190, sortable=False),
    TableColumn("تعداد یا مبلغ", 100, stretch=1, sortable=False),
)


def compared_cells(line: SumLine) -> list[Cell]:
    """A line of the sums beside the import in force."""
    measure = Cell(line.measure, "refuse", icon="alert-circle")
    if not line.limited:
        measure = quiet(line.measure)
    elif not line.over:
        measure = Cell(line.measure, "ok", icon="circle-check")
    difference = Cell(line.difference, "text2")
    if line.over:
        difference = Cell(line.difference, "refuse", 700)
    if line.cause:
        difference = Cell(f"{line.difference}؛ دیدن", "link", 500)
    return [
        named(line.title),
        quiet(_number(line.present)),
        Cell(_number(line.staged)),
        difference,
        measure,
    ]


def counted_cells(line: SumLine) -> list[Cell]:
    """A line of the sums of one import."""
    value = line.present if line.staged is None else line.staged
    return [named(line.title), Cell(_number(value))]


def _number(value: int | None) -> str:
    return "—" if value is None else format_number(value)


def words_of(no: Refusal) -> str:
    """A refusal as this page says it: nothing here is sent by itself when the line is back."""
    return OFF_LINE if no.words == NO_LINE else no.words
