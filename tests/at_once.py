"""Several at the same moment, each in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable


def at_once(*acts: Callable[[], object]) -> None:
    """All of them at the same moment, each in a thread of its own. Raises what one of them does."""
    ready = threading.Barrier(len(acts))
    failed: list[BaseException] = []

    def run(act: Callable[[], object]) -> None:
        ready.wait()
        try:
            act()
        # Told to whoever waits for all of them.
        except BaseException as fault:  # noqa: BLE001
            failed.append(fault)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
