"""Printers and what goes to them; the only place that speaks to a spooler."""

from __future__ import annotations

import errno
import logging
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count as count_from
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSettings, QSizeF, QStandardPaths
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import print_stop
from desktop.ui.pdf import pages_at

NO_PRINTER = "چاپگر را برگزینید."
# Where it goes, as long as nobody has said which printers there are.
LOOKING = "در جست‌وجوی چاپگر"
# What stands in for a printer where there is none: the file itself, in the documents folder.
PDF = "پروندهٔ PDF"
PAPERLESS = "بدون کاغذ (نمونه)"
FOLDER = "نامه‌های پیشخوان"
_NO_FOLDER = "ببینید که آن پوشه هست و می‌توان در آن نوشت"
_NO_ROOM = "جای خالی دیسک را ببینید"
_WHY_NOT = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.ENAMETOOLONG: "نام آن بلندتر از آن است که بتوان نوشت",
}
_PATIENCE = 20
_DPI = 600
_MM_AN_INCH = 25.4
_SETTING = "printer"
_log = logging.getLogger(__name__)

Receive = Callable[[bytes, str], None]


class NoAnswer(Refusal):
    """The queue said nothing in time: it may have taken the paper, or not."""


# While one stands here it is the only printer: a tour must never reach a real spooler.
_stand_ins: dict[str, Receive] = {}


@dataclass(frozen=True)
class Printer:
    """A printer by the name that the system knows it by; `standard` is the system's own choice."""

    name: str
    standard: bool = False


def printers(*, demo: bool = False) -> tuple[Printer, ...]:
    """The printers of this machine: the last used first, else the system's own choice first.

    Where there is none, or the spooler is not running, it is `PDF`, in a demo `PAPERLESS`.
    """
    if _stand_ins:
        return tuple(Printer(name, standard=True) for name in _stand_ins)
    found = _of_spooler() if _has_spooler() else _of_qt()
    if not found:
        return (Printer(PAPERLESS if demo else PDF),)
    last = str(QSettings().value(_SETTING, ""))
    return tuple(sorted(found, key=lambda p: (p.name != last, not p.standard, p.name)))


def stand_in(name: str, receive: Receive) -> None:
    """From now on the only printer is this one; `receive` gets every file and its title."""
    _stand_ins.clear()
    _stand_ins[name] = receive


def remember(printer: str) -> None:
    """The printer to be offered first from now on."""
    QSettings().setValue(_SETTING, printer)


def print_pdf(pdf: bytes, printer: str, title: str) -> None:
    """Hand the file to the printer's queue as it is; where there is no `lp`, page by page drawn.

    Never laid out anew. Not from the window's thread. Raises Refusal when the queue did not take
    it, or nothing may be printed now: then no paper comes out; NoAnswer when nobody knows.
    """
    print_stop.demand_free()
    if printer in _stand_ins:
        _stand_ins[printer](pdf, title)
    elif is_file(printer):
        _keep(pdf, title)
    elif _has_spooler():
        _ask(["lp", "-d", printer, "-t", title, "-o", "print-scaling=none"], pdf, printer)
    else:
        _draw(pdf, printer, title)


def is_file(printer: str) -> bool:
    """Whether what goes to it becomes a file and no paper."""
    return printer in (PDF, PAPERLESS)


def gone(title: str, printer: str) -> str:
    """Where the paper of that title went, for a person."""
    if is_file(printer):
        return f"{title} در پوشهٔ اسناد، «{FOLDER}»، نوشته شد."
    return f"{title} به چاپگر {isolate(printer)} فرستاده شد."


def _keep(pdf: bytes, title: str) -> None:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(documents) / FOLDER
    name = "".join("-" if char in '/\\:*?"<>|' else char for char in title)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Papers of one title are many citizens': none takes the place of another's.
        paths = (folder / f"{name}{_number(count)}.pdf" for count in count_from(1))
        path = next(path for path in paths if not path.exists())
        path.write_bytes(pdf)
    except OSError as fault:
        why = _WHY_NOT.get(fault.errno or 0, _NO_FOLDER)
        raise Refusal(f"پرونده در پوشهٔ اسناد نوشته نشد؛ {why}.") from fault


def _number(count: int) -> str:
    return to_persian_digits(f" ({count})") if count > 1 else ""


def _has_spooler() -> bool:
    return shutil.which("lp") is not None and shutil.which("lpstat") is not None


def _of_spooler() -> list[Printer]:
    try:
        names = _run(["lpstat", "-e"])
        standard = _run(["lpstat", "-d"])
    except subprocess.TimeoutExpired:
        return []
    if names.returncode:
        return []
    chosen = standard.stdout.decode(errors="replace").strip().rpartition(": ")[2]
    lines = names.stdout.decode(errors="replace").splitlines()
    return [Printer(line.strip(), line.strip() == chosen) for line in lines if line.strip()]


def _of_qt() -> list[Printer]:
    standard = QPrinterInfo.defaultPrinterName()
    return [Printer(name, name == standard) for name in QPrinterInfo.availablePrinterNames()]


def _run(command: list[str], given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    # What the spooler says is read by this program, so it must not depend on the desk's language.
    speaking = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        command, input=given, capture_output=True, timeout=_PATIENCE, check=False, env=speaking
    )


def _ask(command: list[str], pdf: bytes, printer: str) -> None:
    try:
        done = _run(command, pdf)
    except subprocess.TimeoutExpired:
        raise NoAnswer(
            f"چاپگر {isolate(printer)} پاسخ نمی‌دهد؛ کابل و روشن بودن آن را ببینید."
        ) from None
    if done.returncode:
        _log.warning("lp: %s", done.stderr.decode(errors="replace").strip())
        raise Refusal(_refused(printer, "نپذیرفت"))


def _refused(printer: str, what: str) -> str:
    return f"چاپگر {isolate(printer)} {what}؛ روشن بودن و کاغذ آن را ببینید و دوباره بزنید."


def _draw(pdf: bytes, printer: str, title: str) -> None:
    info = QPrinterInfo.printerInfo(printer)
    if info.isNull():
        raise Refusal(_refused(printer, "پیدا نشد"))
    device = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    device.setResolution(_DPI)
    device.setDocName(title)
    device.setFullPage(True)
    paint_pages(device, pages_at(pdf, _DPI))


def paint_pages(device: QPrinter, images: list[QImage]) -> None:
    """Each image as one whole page of its own size. Raises Refusal when the device fails."""
    painter = QPainter()
    for number, image in enumerate(images):
        millimetres = QSizeF(image.width(), image.height()) * (_MM_AN_INCH / _DPI)
        size = QPageSize(millimetres, QPageSize.Unit.Millimeter)
        layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF())
        device.setPageLayout(layout)
        begun = device.newPage() if number else painter.begin(device)
        if not begun:
            raise Refusal(_refused(device.printerName(), "نپذیرفت"))
        painter.drawImage(QRectF(0, 0, device.width(), device.height()), image)
    painter.end()
