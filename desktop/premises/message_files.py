"""A gateway of files: batches are written into a folder, what did not arrive is read from it.

Whoever sends messages for the municipality takes `messages-000012.csv` (id, mobile, text) and puts
`failed-….csv` (id, cause) beside it; both are UTF-8 with a mark that Excel knows. A file that was
read is called `failed-….csv.done`.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.centre.messaging import Failure, Outgoing
from desktop.domain.errors import Refusal
from desktop.keys import write_private

_HEAD = ("id", "mobile", "text")
_FAILED, _DONE = "failed-*.csv", ".done"
_NO_FOLDER = "{}: چنین پوشه‌ای نیست."
_UNWRITABLE = "{}: در این پوشه نمی‌توان نوشت."
_UNREAD = "{}: خوانده نشد؛ پرونده باید CSV و به رمز UTF-8 باشد و ستون‌های id و cause داشته باشد."


class MessageFiles:
    """The gateway over one folder."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise Refusal(_NO_FOLDER.format(folder))
        self._folder = folder
        self._read: list[Path] = []

    def give(self, batch: int, messages: Sequence[Outgoing]) -> None:
        """Write the batch whole or not at all. Raises Refusal where it can't be written."""
        text = io.StringIO(newline="")
        lines = csv.writer(text)
        lines.writerow(_HEAD)
        lines.writerows((each.message_id, each.mobile, each.words) for each in messages)
        path = self._folder / f"messages-{batch:06}.csv"
        try:
            # Mobiles of citizens: nobody else on this machine reads them.
            write_private(path, text.getvalue().encode("utf-8-sig"))
        except OSError as fault:
            raise Refusal(_UNWRITABLE.format(self._folder)) from fault

    def failures(self) -> Iterator[Failure]:
        """The rows of all files of failures. Raises Refusal for one that is no such file."""
        self._read = sorted(self._folder.glob(_FAILED))
        for path in self._read:
            yield from _rows(path)

    def heard(self) -> None:
        """Put the files that were read aside."""
        for path in self._read:
            os.replace(path, path.with_name(path.name + _DONE))
        self._read = []


def _rows(path: Path) -> list[Failure]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if not {"id", "cause"} <= set(reader.fieldnames or ()):
                raise Refusal(_UNREAD.format(path.name))
            rows = [(row["id"], row["cause"]) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise Refusal(_UNREAD.format(path.name)) from fault
    return [Failure((name or "").strip(), cause or "") for name, cause in rows]
