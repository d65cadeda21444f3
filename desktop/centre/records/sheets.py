"""Opens an export, a workbook or a folder of CSV files, to hand its rows on one by one."""

from __future__ import annotations

import lzma
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from desktop.centre.records.cells import shown
from desktop.centre.records.folder import Folder
from desktop.centre.records.naming import CONTROL
from desktop.centre.records.reading import Export
from desktop.centre.records.workbook import Workbook
from desktop.domain.errors import Refusal
from desktop.domain.persian import fold, join_and
from desktop.forms.workbook import open_workbook
from desktop.forms.workbook_parts import MAIN_PART, refuse_too_large

_READ = (".csv", ".xlsx")
_NAMED = 3
_LONGEST_NAME = 255
"""Bytes of a file's name."""
_DAMAGED = "«{}» آسیب دیده است؛ آن را دوباره بگیرید."


@contextmanager
def open_export(source: Path) -> Iterator[Export]:
    """The export in the workbook, the folder, or the folder that was packed as a zip file.

    Raises Refusal, naming what is wrong, when it is none of them, is empty or cut, lacks a sheet or
    has one twice.
    """
    if source.is_dir():
        yield Folder(source)
    elif not source.is_file():
        raise Refusal(f"چنین فایل یا پوشه‌ای نیست: «{source.name}»")
    elif source.suffix.lower() == ".csv":
        raise Refusal(
            f"«{source.name}» یک فایل CSV است؛ پوشه‌ای را بدهید که هفت فایل خروجی در آن است."
        )
    elif _is_packed(source):
        with _unpacked(source) as folder, open_export(_within(folder)) as export:
            yield export
    else:
        with open_workbook(source) as workbook:
            yield Workbook(workbook, source)


def _within(folder: Path) -> Path:
    """The workbook that was packed, alone or with its control totals; else the folder itself.

    Raises Refusal where more was packed than one export.
    """
    books = [path for path in folder.iterdir() if path.suffix.lower() == ".xlsx"]
    texts = [path for path in folder.iterdir() if path.suffix.lower() == ".csv"]
    if len(books) > 1 or (books and any(fold(path.stem) != fold(CONTROL) for path in texts)):
        names = join_and([f"«{path.name}»" for path in sorted((*books, *texts))[:_NAMED]])
        raise Refusal(f"در «{folder.name}» بیش از یک خروجی هست: {names}؛ تنها یکی را بگذارید.")
    return books[0] if books else folder


def _is_packed(source: Path) -> bool:
    if not zipfile.is_zipfile(source):
        return False
    try:
        with zipfile.ZipFile(source) as packed:
            names = packed.namelist()
    except zipfile.BadZipFile as fault:
        raise Refusal(_DAMAGED.format(source.name)) from fault
    return MAIN_PART not in names and any(name.lower().endswith(_READ) for name in names)


def _is_beside(name: str) -> bool:
    """Whether the system that packed the file wrote this one beside another, for itself."""
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name.startswith("._")


@contextmanager
def _unpacked(source: Path) -> Iterator[Path]:
    with (
        tempfile.TemporaryDirectory(prefix="pishkhan-export-") as name,
        zipfile.ZipFile(source) as packed,
    ):
        # Its name is said to a person.
        folder = Path(name) / source.stem
        folder.mkdir()
        refuse_too_large(source, packed)
        for part in packed.infolist():
            file = PurePosixPath(part.filename).name
            if part.is_dir() or not file.lower().endswith(_READ) or _is_beside(part.filename):
                continue
            if len(file.encode()) > _LONGEST_NAME:
                raise Refusal(f"نام «{shown(file)}…» در «{source.name}» بلندتر از نام پرونده است.")
            # Only the name counts: a path within a packed file may point anywhere.
            if (folder / file).exists():
                raise Refusal(f"در «{source.name}» دو فایل «{file}» هست؛ کدام به کار می‌آید؟")
            try:
                with packed.open(part) as inside, (folder / file).open("wb") as outside:
                    shutil.copyfileobj(inside, outside)
            except NotImplementedError as fault:
                words = "به روشی فشرده شده است که خوانده نمی‌شود؛ آن را ساده (zip) فشرده کنید."
                raise Refusal(f"«{source.name}» {words}") from fault
            except RuntimeError as fault:
                words = "گذرواژه دارد؛ آن را بی‌گذرواژه فشرده کنید و دوباره بخوانید."
                raise Refusal(f"«{source.name}» {words}") from fault
            except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError) as fault:
                raise Refusal(_DAMAGED.format(source.name)) from fault
        yield folder
