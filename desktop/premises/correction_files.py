"""Corrections for the records' owner as files: `corrections-000012.csv`, UTF-8 with a mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from desktop.centre.feeding_back import FedCorrection
from desktop.domain.calendar import TEHRAN, iso_jalali
from desktop.domain.errors import Refusal
from desktop.forms.csv_text import csv_text
from desktop.keys import write_private

_HEAD = (
    "کد نوسازی", "قلم", "مقدار پیشین", "مقدار درست", "از تاریخ", "دلیل", "مستند",
    "کد رهگیری اعتراض", "روز اصلاح", "پاسخ‌دهنده", "امضای دوم",
)  # fmt: skip
_NO_FOLDER = "{}: چنین پوشه‌ای نیست."
_UNWRITABLE = "{}: در این پوشه نمی‌توان نوشت."


class CorrectionFiles:
    """The records' owner over one folder."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise Refusal(_NO_FOLDER.format(folder))
        self._folder = folder

    def give(self, batch: int, corrections: Sequence[FedCorrection]) -> None:
        """Write the batch whole or not at all. Raises Refusal where it can't be written."""
        text = io.StringIO(newline="")
        lines = csv.writer(text)
        lines.writerow(_HEAD)
        lines.writerows([csv_text(cell) for cell in _cells(each)] for each in corrections)
        try:
            # Names and ids of owners: nobody else on this machine reads them.
            content = text.getvalue().encode("utf-8-sig")
            write_private(self._folder / f"corrections-{batch:06}.csv", content)
        except OSError as fault:
            raise Refusal(_UNWRITABLE.format(self._folder)) from fault


def _cells(each: FedCorrection) -> tuple[str, ...]:
    return (
        each.code,
        each.what,
        each.former,
        each.value,
        iso_jalali(each.since),
        each.reason,
        each.paper,
        each.tracking,
        iso_jalali(each.made_at.astimezone(TEHRAN).date()),
        each.by,
        each.second,
    )
