"""Counts and sums of an import beside the one in force: line by line, and as a paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from desktop.actions.desk import Seat
from desktop.domain.calendar import TEHRAN, format_jalali, format_time
from desktop.domain.import_causes import CauseKind
from desktop.domain.letter import Table
from desktop.domain.money import format_number
from desktop.domain.papers import RecordSums
from desktop.domain.persian import isolate, to_persian_digits
from desktop.reports import record_sums
from desktop.store import meta
from desktop.wire.records import CauseBody, ImportBody, StateAnswer

_MILLION = 1_000_000
# Sums that stand under the sheet whose money they are.
_SUMS = {"debt": ("debt_rial", "بدهی، میلیون ریال"), "file": ("fine_rial", "جریمه، میلیون ریال")}
_DOUBTED = ("doubted", "ملک‌های مشکوک")
_BY_KIND = {
    CauseKind.PROPERTIES_END: "property",
    CauseKind.DEBTS_END: "debt",
    CauseKind.DEBT_SUM_ENDS: "debt_rial",
}
# Sheets whose rows that end are told in a cause: the same number stands in their line.
_ENDING = {
    "debt": CauseKind.DEBTS_END,
    "hold": CauseKind.HOLDS_END,
    "file": CauseKind.FILES_END,
}


@dataclass(frozen=True)
class SumLine:
    """A count or sum in force and in the import; None where there is no such import.

    `over` says that a limit is passed there. Of rows that end one by one `ended` and `new` are told
    in place of the difference, and `cause` is the key of the cause whose rows they are.
    """

    title: str
    present: int | None
    staged: int | None
    over: bool = False
    ended: int | None = None
    new: int = 0
    cause: str = ""
    limited: bool = True

    @property
    def difference(self) -> str:
        """«۱۷ کمتر», «برابر», or «پایان‌یافته ۱۷، تازه ۰»; empty with nothing to compare."""
        if self.present is None or self.staged is None:
            return ""
        if self.ended is not None:
            return f"پایان‌یافته {format_number(self.ended)}، تازه {format_number(self.new)}"
        more = self.staged - self.present
        if not more:
            return "برابر"
        return f"{format_number(abs(more))} {'بیشتر' if more > 0 else 'کمتر'}"

    @property
    def measure(self) -> str:
        """«در حد مجاز», «بیش از حد مجاز», or that no limit is set for it."""
        if not self.limited:
            return "مرزی ندارد"
        return "بیش از حد مجاز" if self.over else "در حد مجاز"


def sum_lines(state: StateAnswer) -> list[SumLine]:
    """The lines for what is staged beside what is in force; either may be missing."""
    staged = staged_of(state)
    return list(_lines(dict(state.sheets), state.in_force, staged))


def staged_of(state: StateAnswer) -> ImportBody | None:
    """The import that was read and waits."""
    staged = state.staged
    return staged if staged is not None and staged.state == "read" else None


def _lines(
    sheets: Mapping[str, str], present: ImportBody | None, staged: ImportBody | None
) -> Iterator[SumLine]:
    causes = staged.causes if staged is not None else []
    over = {_key_of(cause, sheets) for cause in causes}
    for kind, title in sheets.items():
        line = _line(kind, title, present, staged, over)
        ending = _ENDING.get(kind)
        if ending is not None and present is not None and staged is not None:
            told = next((cause for cause in causes if cause.kind == ending), None)
            # A debt that a word settles ends too, and is no row that the export lost.
            ended = staged.ended.get(kind, 0) if told is None else told.count
            new, cause = staged.new.get(kind, 0), told.key if told is not None else ""
            line = replace(line, ended=ended, new=new, cause=cause)
        yield line
        if kind in _SUMS:
            yield _line(*_SUMS[kind], present, staged, over, _MILLION)
    yield replace(_line(*_DOUBTED, present, staged, over), limited=False)


def _key_of(cause: CauseBody, sheets: Mapping[str, str]) -> str:
    """The line that a cause is about."""
    by_title = {title: kind for kind, title in sheets.items()}
    return _BY_KIND.get(CauseKind(cause.kind)) or by_title.get(cause.sheet, "")


def _line(
    key: str,
    title: str,
    present: ImportBody | None,
    staged: ImportBody | None,
    over: set[str],
    unit: int = 1,
) -> SumLine:
    def value(export: ImportBody | None) -> int | None:
        return None if export is None else round(export.totals.get(key, 0) / unit)

    return SumLine(title, value(present), value(staged), key in over)


_FOLDER = "پوشه"


def source_of(export: ImportBody) -> tuple[str, str]:
    """What was sent, and its name as a person knows it; both empty for what nobody sent."""
    if not export.source:
        return "", ""
    name = export.source.removesuffix(".zip")
    stem = name.removesuffix(".xlsx")
    return _FOLDER if stem == name else "فایل اکسل", isolate(to_persian_digits(stem))


def source_words(export: ImportBody) -> str:
    """«فایل اکسل «خروجی»»; empty for what nobody sent."""
    kind, name = source_of(export)
    # «پوشه» alone, «پوشهٔ» before its name.
    of = f"{kind}ٔ" if kind == _FOLDER else kind
    return f"{of} «{name}»" if name else ""


def paper(seat: Seat, state: StateAnswer) -> bytes:
    """The sheet of sums: what is staged beside what is in force, else that alone."""
    staged, present = staged_of(state), state.in_force
    shown = staged or present
    desk = seat.desk
    with desk.store.reading() as session:
        today = desk.today(session)
        card = desk.reference.office(session, meta.get(session).identity.office, today)
    pairs = []
    if staged is not None:
        pairs += [
            ("خروجی", source_words(staged)),
            ("سوابق تا", format_jalali(staged.as_of)),
            ("خوانده شد", f"{_moment(staged)}، {staged.reader}"),
        ]
    if present is not None:
        pairs.append(("سوابق جاری تا", format_jalali(present.as_of)))
    return record_sums.draw(
        RecordSums(
            head=card.head,
            pairs=tuple(pairs),
            sums=_table(sum_lines(state), compared=staged is not None and present is not None),
            causes=tuple(f"{cause.cause}؛ {cause.limit}." for cause in shown.causes)
            if shown
            else (),
            told=tuple(
                f"{group.sheet}: {format_number(group.count)} سطر، {group.reason.rstrip('.')}؛"
                f" {group.fate}."
                for group in shown.told
            )
            if shown
            else (),
            supervisor=seat.staff.name,
            told_on=today,
            sample=card.sample,
        )
    )


def _moment(export: ImportBody) -> str:
    day = format_jalali(export.begun_at.astimezone(TEHRAN).date())
    return f"{day} {format_time(export.begun_at)}"


def _table(lines: list[SumLine], *, compared: bool) -> Table:
    if not compared:
        rows = tuple((line.title, _number(line.staged, line.present)) for line in lines)
        return Table(("برگه", "تعداد یا مبلغ"), rows, numeric=(1,))
    return Table(
        ("برگه", "سوابق جاری", "این خروجی", "تفاوت", "سنجش"),
        tuple(
            (
                line.title,
                _number(line.present),
                _number(line.staged),
                line.difference,
                line.measure,
            )
            for line in lines
        ),
        numeric=(1, 2),
    )


def _number(*values: int | None) -> str:
    """The first that is there."""
    return next((format_number(value) for value in values if value is not None), "—")
