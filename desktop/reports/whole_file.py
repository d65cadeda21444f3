"""A file that a person asked for: it stands at its name once all of it is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate


@contextmanager
def whole_file(path: Path, *faults: type[Exception]) -> Iterator[Path]:
    """Where to write it in the block; a file that is there is replaced after that.

    Raises Refusal where it can't be written: for an OSError, and for the writer's own `faults`.
    """
    partial = path.with_name(f".{path.name}.partial")
    told: tuple[type[Exception], ...] = (OSError, *faults)
    try:
        # Whether it can be written is known before anything is made for it.
        partial.touch()
        yield partial
        os.replace(partial, path)
    except told as fault:
        raise Refusal(f"{isolate(path.name)}: در این پوشه نمی‌توان نوشت.") from fault
    finally:
        # Where nothing could be written nothing is left, and asking may fail as writing did.
        with suppress(OSError):
            partial.unlink(missing_ok=True)
