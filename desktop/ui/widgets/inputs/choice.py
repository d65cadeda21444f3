"""The fitting input for a choice of one: segments for a few short options, else a list."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.segments import Option, Segments

_MOST_SEGMENTS, _LONGEST_SEGMENT = 4, 14


def choice(options: Sequence[Option]) -> Segments | ListChoice:
    """The fitting input for (key, words) options: segments up to four short ones, else a list."""
    few = len(options) <= _MOST_SEGMENTS
    short = all(len(words) <= _LONGEST_SEGMENT for _, words in options)
    return Segments(options) if few and short else ListChoice(options)
