"""The monthly bulletin as one HTML file without anything outside it, and as CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from desktop.domain import bulletin_words as w
from desktop.domain.bulletin import Bulletin, Line
from desktop.domain.calendar import format_jalali
from desktop.domain.office import ORGANISATION
from desktop.domain.persian import strip_isolates, to_latin_digits
from desktop.reports.whole_file import whole_file
from desktop.settings import resources

_OF_MONTH = "دربارهٔ ماه"


def write(told: Bulletin, path: Path) -> None:
    """Write it as the name ends: as CSV, else as a page. A file that is there is replaced, once all
    of the new one is written. Raises Refusal where it can't be written."""
    # Programs take CSV for UTF-8 by its first bytes.
    is_csv = path.suffix.lower() == ".csv"
    content = csv_text(told).encode("utf-8-sig") if is_csv else html(told).encode()
    with whole_file(path) as partial:
        partial.write_bytes(content)


def html(told: Bulletin) -> str:
    """The whole file."""
    folder = resources() / "bulletin"
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string((folder / "bulletin.html").read_text(encoding="utf-8"))
    return template.render(
        city=ORGANISATION,
        month=told.month,
        first=format_jalali(told.first),
        last=format_jalali(told.last),
        heads=w.heads(told),
        whole=w.words(told.whole) if told.whole is not None else None,
        saved=w.saved(told),
        said=w.said(told),
        too_few=w.TOO_FEW,
        tables=[(each.heading, [w.words(line) for line in each.lines]) for each in told.tables],
        untold=w.UNTOLD,
        note=w.NOTE,
        hidden=w.HIDDEN,
    )


def csv_text(told: Bulletin) -> str:
    """The same for programs: a line each, Latin digits; empty where nothing is told.

    What is told of the month beside its tables stands last: what it is, then its value.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["جدول", "نام", *w.heads(told)])
    if told.whole is not None:
        writer.writerow([told.month, *_cells(told.whole)])
    for each in told.tables:
        for line in each.lines:
            writer.writerow([each.heading, *_cells(line)])
    if told.whole is not None:
        for name, value in w.facts(told):
            rest = [""] * (len(w.heads(told)) - 1)
            writer.writerow([_OF_MONTH, name, to_latin_digits(str(value)), *rest])
    return out.getvalue()


def _cells(line: Line) -> list[str]:
    counts = (w.HIDDEN if count is None else str(count) for count in line.counts)
    rest = ("" if value is None else str(value) for value in w.shares(line))
    return [strip_isolates(line.name), *counts, *rest]
