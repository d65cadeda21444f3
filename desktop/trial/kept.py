"""The folder of a long trial: a new one that stays, or one that goes with it."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from desktop.domain.errors import Refusal

_NOT_NEW = "پوشهٔ «{}» خالی نیست؛ نام پوشهٔ تازه‌ای را بدهید."


def kept_folder(keep: Path | None, trial: str, ends: ExitStack) -> Path:
    """`keep`, made where it is not there; without one a folder named after the trial, until `ends`.

    Debian's user of PostgreSQL goes through it to a part of its own. Raises Refusal where `keep`
    holds anything, or can't be made.
    """
    if keep is None:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix=f"pishkhan-{trial}-")))
    else:
        folder = keep
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise Refusal(f"پوشهٔ «{folder}» ساخته نمی‌شود: {fault.strerror}") from fault
        if any(folder.iterdir()):
            raise Refusal(_NOT_NEW.format(folder))
    folder.chmod(0o711)
    return folder
