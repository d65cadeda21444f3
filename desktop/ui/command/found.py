"""What the box of commands finds: groups in a fixed order, each with its most telling rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from desktop.domain.persian import fold, folded_words, to_persian_digits
from desktop.help.entry import Entry
from desktop.ui.offered import Offered
from desktop.ui.pages.search.found_list import Line
from desktop.ui.pages.search.parts import LIMIT, SHAPES, Hits
from desktop.ui.places import Place
from desktop.ui.widgets.told.chip import ChipLook

_ACTS, _SERVICES, _CASES, _PEOPLE, _HELP = 3, 2, 3, 2, 2
_FIRST_ACTS = 8


@dataclass(frozen=True)
class Hit:
    """A row: words, what stands beside them, icon, key, chip, and what Enter does."""

    words: str
    about: str
    icon: str
    do: Callable[[], object]
    keys: str = ""
    chip: ChipLook | None = None


@dataclass(frozen=True)
class Group:
    """Rows under a heading; `whole` are the words of the link that shows all of them."""

    heading: str
    hits: tuple[Hit, ...]
    count: int
    whole: str = ""


def acts(offered: Sequence[Offered], typed: str) -> Group:
    """The acts whose words hold what is typed, those whose words begin so first."""
    wanted = folded_words(typed)
    held = [act for act in offered if all(word in fold(act.words) for word in wanted)]
    begun = [act for act in held if wanted and fold(act.words).startswith(wanted[0])]
    rows = [*begun, *(act for act in held if act not in begun)]
    most = _ACTS if wanted else _FIRST_ACTS
    hits = [Hit(act.words, act.about, act.icon, act.do, act.keys) for act in rows[:most]]
    return Group("کارها", tuple(hits), len(rows))


def services(lines: Sequence[Line], go: Callable[[Place], None]) -> Group:
    """The services found, each with the keys that open it from anywhere."""
    hits = [
        Hit(
            line.words,
            "درخواست جدید",
            line.icon,
            _to(line, go),
            f"F2+{line.keys}" if line.keys else "",
        )
        for line in lines[:_SERVICES]
    ]
    return Group("خدمت‌ها", tuple(hits), len(lines))


def cases(found: Hits, go: Callable[[Place], None]) -> Group:
    """The cases found, and how many there are in all."""
    count = len(found.cases)
    hits = [_case(line, go) for line in found.cases[:_CASES]]
    taken = "" if found.shape == "words" else f"، با {SHAPES[found.shape]}"
    words = f"بیش از {LIMIT} پرونده" if found.more else f"همهٔ {count} پرونده"
    whole = to_persian_digits(words) if found.more or count > _CASES else ""
    return Group(f"پرونده‌ها{taken}", tuple(hits), count, whole)


def people(found: Hits, go: Callable[[Place], None]) -> Group:
    """The applicants found; each leads to their cases."""
    hits = [
        Hit(line.words, line.detail, line.icon, _to(line, go)) for line in found.people[:_PEOPLE]
    ]
    return Group("اشخاص", tuple(hits), len(found.people))


def help_entries(entries: Sequence[Entry], open_entry: Callable[[Entry], None]) -> Group:
    """The entries of the help found."""
    hits = [
        Hit(entry.title, "راهنما", "help-circle", partial(open_entry, entry))
        for entry in entries[:_HELP]
    ]
    return Group("راهنما", tuple(hits), len(entries))


def ordered(groups: Sequence[Group], *, known: bool) -> list[Group]:
    """The groups that hold something; cases known by their shape stand on top."""
    full = [group for group in groups if group.hits]
    if not known:
        return full
    first = [group for group in full if group.heading.startswith("پرونده‌ها")]
    return [*first, *(group for group in full if group not in first)]


def marks(words: str, typed: str) -> list[tuple[int, int]]:
    """Where the words typed stand in these: (start, length) each, in characters."""
    places = [at for at, char in enumerate(words) for _ in fold(char)]
    folded = "".join(fold(char) for char in words)
    found = []
    for word in folded_words(typed):
        at = folded.find(word)
        if at >= 0:
            start, end = places[at], places[at + len(word) - 1] + 1
            found.append((start, end - start))
    return found


def _case(line: Line, go: Callable[[Place], None]) -> Hit:
    icon = line.chip.icon if line.chip else "file-text"
    return Hit(line.words, line.detail, icon, _to(line, go), chip=line.chip)


def _to(line: Line, go: Callable[[Place], None]) -> Callable[[], None]:
    return lambda: go(line.place)
