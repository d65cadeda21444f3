"""A sheet of the municipality's data, looked at: what it changes, or every fault by its row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.actions.desk import Seat
from desktop.actions.municipal_data import SheetDraft
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.forms.sheets import sheet_of
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.figures.data_form import DataForm
from desktop.ui.pages.records.parts import name_of
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.told.banner import Banner

_MOST = 60
"""So many rows are named; the others are counted."""
_NOTHING = "در این برگه چیزی عوض نشده است؛ همه همان است که برقرار است."
_FAULTY = "ردیف‌های زیر خوانده نشد و چیزی ثبت نمی‌شود؛ برگه را اصلاح و دوباره وارد کنید."


class SheetForm(DataForm):
    """Whole or not at all: `takes` where there is something to be put forward."""

    name = "municipal-data-sheet"

    def __init__(
        self, kind: str, source: Path, read: SheetDraft | None, faults: Sequence[Refusal]
    ) -> None:
        title = sheet_of(kind).title
        super().__init__(f"{title} از فایل", name_of(source))
        self.subject = f"{kind}:{source.name}"
        self._read = read
        self.takes = read is not None and bool(read.draft.items)
        if faults:
            self.card.add(Banner(_FAULTY, "refuse"))
            for no in faults[:_MOST]:
                self.card.add(Label(no.words, wrap=True))
            more = len(faults) - _MOST
            if more > 0:
                self.card.add(Label(to_persian_digits(f"و {more} ردیف دیگر"), role="text2"))
        elif read is None or not self.takes:
            self.card.add(Banner(_NOTHING, "neutral"))
        else:
            rows = to_persian_digits(f"{len(read.draft.items)} تغییر در برگه")
            self.card.add(Label(rows, weight=500))
        for words in read.notes if read is not None else ():
            self.card.add(Banner(words, "neutral"))
        self.put_signing()

    def typed_faults(self) -> Faults:
        """Nothing to put forward."""
        return [] if self.takes else [("", _NOTHING)]

    def drafting(self, seat: Seat) -> Callable[[], SheetDraft]:
        """The sheet as it was read."""
        read = self._read
        assert read is not None
        return lambda: read
