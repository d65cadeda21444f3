"""Writes holidays.csv: Iran's official holidays of the Jalali years 1403 to 1410.

For whoever renews the table, once a year: `python resources/calendar/make.py` in the environment
of the checks. The program itself reads the file only.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import holidays
from persiantools.digits import en_to_fa
from persiantools.jdatetime import JalaliDate

FIRST_YEAR, LAST_YEAR = 1403, 1410
TARGET = Path(__file__).parent / "holidays.csv"
_ESTIMATED = " (تخمینی)"


def rows() -> Iterator[tuple[str, str, str]]:
    """(Jalali day as `1405/09/03`, Persian title, `official` or `estimated`) in order of days.

    Fridays and Thursdays stand here only when a holiday falls on them. A day is estimated when
    nothing but a lunar feast rests on it whose sighting has not been announced yet.
    """
    years = range(FIRST_YEAR + 621, LAST_YEAR + 623)
    official = holidays.country_holidays("IR", years=years, language="fa_IR")
    for day in sorted(official):
        jalali = JalaliDate(day)
        if not FIRST_YEAR <= jalali.year <= LAST_YEAR:
            continue
        titles = official.get_list(day)
        estimated = all(title.endswith(_ESTIMATED) for title in titles)
        words = "؛ ".join(title.removesuffix(_ESTIMATED) for title in titles)
        words = en_to_fa(
            words.replace("؛ ", "؛").replace("؛", "؛ ").replace("عیدنوروز", "عید نوروز")
        )
        yield f"{jalali:%Y/%m/%d}", words, "estimated" if estimated else "official"


def main() -> None:
    """Write the table anew."""
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("date", "title", "kind"))
        table.writerows(rows())


if __name__ == "__main__":
    main()
