"""Writes the demo city's export as one workbook."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from desktop.centre.records.columns import SHEETS
from desktop.demo.city import MadeUpCity
from desktop.demo.export import lines


def write_workbook(city: MadeUpCity, path: Path) -> None:
    """Writes the workbook of seven sheets, row by row."""
    # Row by row, with texts in the cells: memory does not grow with the city.
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheets = {sheet.kind: workbook.add_worksheet(sheet.title) for sheet in SHEETS}
        places = dict.fromkeys(sheets, 1)
        for sheet in SHEETS:
            sheets[sheet.kind].right_to_left()
            sheets[sheet.kind].write_row(0, 0, sheet.headings)
        for item in city:
            for kind, line in lines(item.record):
                write = sheets[kind]
                place = places[kind]
                for column, cell in enumerate(line):
                    if isinstance(cell, int):
                        write.write_number(place, column, cell)
                    elif cell:
                        write.write_string(place, column, cell)
                places[kind] = place + 1
