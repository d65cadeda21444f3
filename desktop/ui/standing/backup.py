"""The desk's daily backup in words: where it lies and since when, and what hinders it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.domain.backup import BackupFault
from desktop.domain.persian import isolate
from desktop.ui.times import moment

if TYPE_CHECKING:
    from desktop.actions.desk import SyncStatus

HELP = "desk.backup"
"""The entry in the help that says what to do."""
NOT_MADE = "پشتیبان گرفته نشد"
FAULTS: Mapping[BackupFault, str] = {
    BackupFault.GONE: "پوشهٔ آن در دسترس نیست",
    BackupFault.UNWRITABLE: "در پوشهٔ آن نمی‌توان نوشت",
    BackupFault.FULL: "در دیسک آن جا نیست",
    BackupFault.DAMAGED: "آنچه نوشته شد درست خوانده نشد؛ شاید دیسک آسیب دیده است",
}


def fault_words(status: SyncStatus, now: datetime) -> str:
    """Why there is no backup of today, and from when the last one is; empty where all is well."""
    if status.backup_fault is None:
        return ""
    why = FAULTS[status.backup_fault]
    return f"پشتیبان امروز این رایانه گرفته نشد: {why}. {_last(status.backup_at, now)}."


def place_words(status: SyncStatus, folder: str, now: datetime) -> str:
    """«آخرین پشتیبان این رایانه: ۰۹:۱۲، در پوشهٔ …»."""
    return f"{_last(status.backup_at, now)}؛ پوشهٔ پشتیبان: {isolate(folder)}"


def _last(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "این رایانه هنوز پشتیبان ندارد"
    return f"آخرین پشتیبان این رایانه: {moment(at, now)}"
