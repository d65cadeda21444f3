"""Who else counts money that the program books: the terminal, the bank, or nobody."""

from __future__ import annotations

from enum import StrEnum


class Tool(StrEnum):
    """Who else counts the sum: the terminal, the bank, or nobody, where only a paper came."""

    TERMINAL = "terminal"
    BANK = "bill"
    PAPER = "paper"

    @property
    def word(self) -> str:
        """The word on screen."""
        return {"terminal": "کارت‌خوان", "bill": "بانک", "paper": "سپرده و مالی"}[self.value]


def tool_of(method: str) -> Tool:
    """Who counts what was paid by that method."""
    return Tool(method) if method in (Tool.TERMINAL, Tool.BANK) else Tool.PAPER
