"""What remains of the case form, line by line: errors, untouched fields by part, documents, fee."""

from __future__ import annotations

from collections.abc import Mapping, Set, Sized

from desktop.actions.intake import FEE
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.form.body import FormBody
from desktop.ui.pages.form.details import UNCHANGED
from desktop.ui.pages.form.double import DUPLICATE
from desktop.ui.pages.form.part import Part
from desktop.ui.widgets.lists.remains import Missing

Line = tuple[str, str, Missing]
# So many untouched fields of a part, and documents, are named one by one; more are counted.
_NAMED, _NAMED_DOCUMENTS = 2, 3


def lines(body: FormBody, told: Mapping[str, str], shown: Set[str], unread: Set[str]) -> list[Line]:
    """(key, words, kind) of everything that stands against registering, in the form's order.

    `unread` are documents of which a page can't be read: no fault, they can be taken as they are.
    """
    found: list[Line] = []
    if DUPLICATE in told:
        found.append((DUPLICATE, "دلیل درخواست دوباره", "error"))
    for part in body.parts:
        cells = part.cells()
        keys = [key for key in cells if key in told]
        untouched = [key for key in keys if key not in shown]
        if part is body.documents:
            if len(keys) > _NAMED_DOCUMENTS:
                found.append((keys[0], _counted(part, keys), "document"))
            else:
                found += [(key, cells[key].words(), "document") for key in keys]
            found += [
                (key, f"ناخوانا: {cell.words()}", "document")
                for key, cell in cells.items()
                if key in unread
            ]
            continue
        counted = len(untouched) > _NAMED
        for key in keys:
            # Its own words are a whole sentence.
            words = "خوداظهاری مالک" if key == UNCHANGED else cells[key].words()
            if key in shown:
                found.append((key, words, "error"))
            elif not counted:
                found.append((key, words, "field"))
            elif key == untouched[0]:
                found.append((key, _counted(part, untouched), "field"))
    if body.fee.amount and body.fee.payment() is None:
        found.append((FEE, "دریافت کارمزد دفتر", "fee"))
    return found


def _counted(part: Part, keys: Sized) -> str:
    return to_persian_digits(f"{part.heading.words()}: {len(keys)} مورد")
