"""Which sheet or file of an export is which, and what its control sheet «جمع» says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from desktop.centre.records.cells import shown
from desktop.centre.records.columns import SHEETS, ExportSheet
from desktop.centre.records.reading import Control
from desktop.domain.errors import Refusal
from desktop.domain.money import read_area, read_rial
from desktop.domain.persian import clean, fold, join_and

CONTROL = "جمع"
_SHEET, _ROWS, _TOTAL = ("برگه", "نام برگه"), ("تعداد", "ردیف", "سطر"), ("جمع", "مبلغ")


def place_sheets(names: Sequence[str], source: str, word: str) -> dict[ExportSheet, str]:
    """The name of each sheet among these. Raises Refusal where one is missing or there twice."""
    by_fold: dict[str, list[str]] = {}
    for name in names:
        by_fold.setdefault(fold(name), []).append(name)
    wanted = {fold(sheet.title): sheet for sheet in SHEETS}
    twice = [same for key, same in by_fold.items() if len(same) > 1 and key in wanted]
    if twice:
        shown = join_and([f"«{name}»" for name in twice[0]])
        raise Refusal(
            f"دو {word} یک نام دارند: {shown}. یکی را حذف یا آن دو را یکی کنید و دوباره بخوانید."
        )
    for key, name in ((fold(name), name) for name in names):
        like = [sheet.title for known, sheet in wanted.items() if known in key and known != key]
        if like:
            # A second part of it, a copy, an older one: whichever it is, its rows are not nothing.
            raise Refusal(
                f"{word} «{name}» نامی چون «{like[0]}» دارد و خوانده نمی‌شود؛ اگر دنبالهٔ آن است"
                " دو را یکی کنید، وگرنه آن را بردارید."
            )
    lacking = [f"«{sheet.title}»" for key, sheet in wanted.items() if key not in by_fold]
    if lacking:
        raise Refusal(f"در «{source}» این {word} نیست: {join_and(lacking)}")
    return {sheet: by_fold[key][0] for key, sheet in wanted.items()}


def refuse_alike(name: str, word: str, rows: Iterable[Sequence[str]]) -> None:
    """Raises Refusal where a sheet or file that none asked for has all the headings of one."""
    for row in rows:
        said = {fold(cell) for cell in row}
        for sheet in SHEETS:
            if said.issuperset(map(fold, sheet.columns)):
                raise Refusal(
                    f"{word} «{name}» ستون‌های «{sheet.title}» را دارد و خوانده نمی‌شود؛ اگر دنبالهٔ"
                    " آن است دو را یکی کنید، وگرنه آن را بردارید."
                )


def control_of(rows: Sequence[Sequence[str]]) -> Iterator[Control]:
    """The control totals in the rows of the sheet «جمع»: a line for a sheet, rows and sum.

    Raises Refusal for a line that names no sheet or has no number: what can't be held against the
    rows is no control.
    """
    place: dict[tuple[str, ...], int] | None = None
    sheets = {fold(sheet.title): sheet for sheet in SHEETS}
    for row in rows:
        cells = [clean(cell) for cell in row]
        if not any(cells):
            continue
        if place is None:
            found = {names: _place(cells, names) for names in (_SHEET, _ROWS, _TOTAL)}
            place = {names: at for names, at in found.items() if at is not None}
            if _SHEET not in place or len(place) == 1:
                raise Refusal(
                    f"برگهٔ «{CONTROL}» خوانده نشد؛ سرستون‌های آن «برگه»، «تعداد» و «جمع» است."
                )
            continue
        told = {names: cells[at] if at < len(cells) else "" for names, at in place.items()}
        sheet = sheets.get(fold(told[_SHEET]))
        if sheet is None:
            raise Refusal(
                f"برگهٔ «{CONTROL}» از «{shown(told[_SHEET])}» می‌گوید که برگه‌ای از خروجی نیست."
            )
        try:
            count = read_rial(told[_ROWS]) if told.get(_ROWS) else None
            total = _total(told[_TOTAL]) if told.get(_TOTAL) else None
        except Refusal:
            raise Refusal(f"عدد «{sheet.title}» در برگهٔ «{CONTROL}» خوانده نشد.") from None
        yield Control(sheet, count, total)


def _total(text: str) -> Decimal:
    try:
        return Decimal(read_rial(text))
    except Refusal:
        return read_area(text)


def _place(cells: Sequence[str], names: tuple[str, ...]) -> int | None:
    wanted = {fold(name) for name in names}
    return next((i for i, cell in enumerate(cells) if fold(cell) in wanted), None)
