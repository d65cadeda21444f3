"""A question of a page that stands once at a time, however often something wants it asked."""

from __future__ import annotations

from collections.abc import Callable

from desktop.ui.work import Steps


class AskedOnce:
    """Goes through the steps of `question`; wanted meanwhile, they are gone through once more.

    So whoever asked last is answered by what holds then. `flow` goes through steps for as long as
    the page lives; they take a Refusal themselves.
    """

    def __init__(self, flow: Callable[[Steps], None], question: Callable[[], Steps]) -> None:
        self._flow, self._question = flow, question
        self._wanted = self._under_way = False

    def ask(self) -> None:
        """Now, or once what is under way has ended."""
        self._wanted = True
        if not self._under_way:
            self._flow(self._ask())

    async def _ask(self) -> None:
        self._under_way = True
        try:
            while self._wanted:
                self._wanted = False
                await self._question()
        finally:
            # Also after a bug: the page must not stay silent.
            self._under_way = False
