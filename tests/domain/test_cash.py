"""The till's book: sums that fit, a close that never calls a difference right."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cash import Book, Entry, Match, SumKind, close, difference, kind_of
from desktop.domain.tool import Tool

DAY = date(2026, 11, 24)
ENTRY = Entry(
    case_id="a", mark="office/1", at=datetime(2026, 11, 24, 7, tzinfo=UTC), clerk="c",
    clerk_name="زهرا فلاح", tracking="21", applicant="علی دهقان", service="clearance",
    title="کارمزد دفتر", kind=SumKind.OFFICE, amount=450_000, method="terminal", reference="1",
    match=Match.OPEN, note="", letters=(), waiting=False,
)  # fmt: skip


def entry(number: int, amount: int = 450_000, method: str = "terminal", **changes: object) -> Entry:
    made = replace(ENTRY, case_id=f"case-{number}", mark=f"office/{number}", amount=amount)
    return replace(made, method=method, **changes)  # type: ignore[arg-type]


entries = st.lists(
    st.builds(
        entry,
        st.integers(0, 10**6),
        st.integers(-(10**9), 10**9),
        st.sampled_from(["terminal", "bill", "deposit", "finance"]),
        clerk_name=st.sampled_from(["زهرا فلاح", "مریم کریمی"]),
        kind=st.sampled_from(list(SumKind)),
    ),
    max_size=12,
    unique_by=lambda made: made.name,
)


@pytest.mark.slow
@given(entries)
def test_purses_together_are_the_whole_and_so_are_clerks(made: list[Entry]) -> None:
    book = Book(DAY, tuple(made))
    whole = sum(one.amount for one in made)
    assert sum(book.total(tool) for tool in Tool) == whole
    assert sum(sum(kinds.values()) for kinds in book.by_clerk().values()) == whole


@pytest.mark.slow
@given(entries, st.data())
def test_a_close_speaks_of_every_open_entry_once_and_a_difference_makes_none_right(
    made: list[Entry], data: st.DataObject
) -> None:
    book = Book(DAY, tuple(made))
    counted = {
        tool: data.draw(st.sampled_from([book.total(tool), book.total(tool) - 1]))
        for tool in (Tool.TERMINAL, Tool.BANK)
    }
    said = close(book, counted, (), "نمی‌دانیم")
    assert sorted(verdict.entry.name for verdict in said) == sorted(one.name for one in made)
    for verdict in said:
        tool = verdict.entry.tool
        right = tool is Tool.PAPER or not difference(book, counted, tool)
        assert verdict.right is right
        assert bool(verdict.note) is not right


def test_what_is_marked_explains_the_difference_and_only_it_is_doubted() -> None:
    book = Book(DAY, (entry(1), entry(2), entry(3, 700, "bill"), entry(4, 900, "deposit")))
    counted = {Tool.TERMINAL: 450_000, Tool.BANK: 700}
    said = {v.entry.name: v for v in close(book, counted, ["case-2/office/2"], "رسید نداشت")}
    assert [name for name, verdict in said.items() if not verdict.right] == ["case-2/office/2"]
    assert said["case-2/office/2"].note == "در کارت‌خوان نیست. رسید نداشت"


def test_a_mark_that_explains_too_little_leaves_everything_of_the_tool_in_doubt() -> None:
    book = Book(DAY, (entry(1), entry(2), entry(3, 700, "bill")))
    counted = {Tool.TERMINAL: 0, Tool.BANK: 700}
    said = close(book, counted, ["case-2/office/2"], "نمی‌دانیم")
    doubted = {verdict.entry.name for verdict in said if not verdict.right}
    assert doubted == {"case-1/office/1", "case-2/office/2"}


def test_what_was_matched_is_not_said_again_but_counts() -> None:
    matched = entry(1, match=Match.MATCHED)
    book = Book(DAY, (matched, entry(2)))
    said = close(book, {Tool.TERMINAL: 900_000, Tool.BANK: 0}, (), "")
    assert [(verdict.entry.name, verdict.right) for verdict in said] == [("case-2/office/2", True)]


@pytest.mark.parametrize(
    ("what", "kind"),
    [("office", SumKind.OFFICE), ("visit", SumKind.VISIT), ("debt:1404:نوسازی::", SumKind.DEBT),
     ("fine:اضافه بنا:12:5", SumKind.FINE), ("restoration", SumKind.RESTORATION),
     ("deposit", SumKind.DEPOSIT), ("else", SumKind.OTHER)],
)  # fmt: skip
def test_a_key_tells_its_kind(what: str, kind: SumKind) -> None:
    assert kind_of(what) is kind
