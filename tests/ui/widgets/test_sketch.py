"""The sketch of the city: where places lie, which are one disc, what a click chooses."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.place import metres
from desktop.forms.outline import shipped_outline
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.sketch import marks
from desktop.ui.widgets.sketch.marks import Mark
from desktop.ui.widgets.sketch.sheet import clusters, fitted, scale_bar
from desktop.ui.widgets.sketch.sketch import Sketch, SketchName, SketchPlace

CENTRE = (31.897, 54.36)


def place(key: str, north: float = 0, east: float = 0, number: int = 0) -> SketchPlace:
    """A place so many degrees from the middle of the city."""
    return SketchPlace(key, CENTRE[0] + north, CENTRE[1] + east, Mark.DISC, number)


@pytest.fixture
def sketch(qtbot: QtBot) -> Sketch:
    shown = Sketch("جای دفترها")
    qtbot.addWidget(shown)
    shown.resize(312, 290)
    shown.set_outline(shipped_outline())
    shown.show()
    return shown


def spot(sketch: Sketch, key: str) -> QPointF:
    """Where a place is drawn."""
    at = sketch.spot(key)
    assert at is not None
    return at


def press(sketch: Sketch, key: str) -> None:
    """A click on the mark of a place."""
    QTest.mouseClick(sketch, Qt.MouseButton.LeftButton, pos=spot(sketch, key).toPoint())


def test_north_is_above_and_east_at_the_right_also_in_a_window_from_right_to_left(
    sketch: Sketch,
) -> None:
    sketch.set_places([place("middle"), place("north", 0.03), place("east", 0, 0.03)])
    middle, north, east = (spot(sketch, key) for key in ("middle", "north", "east"))
    assert north.y() < middle.y() == pytest.approx(east.y())
    assert east.x() > middle.x() == pytest.approx(north.x())


def test_one_scale_both_ways(sketch: Sketch) -> None:
    sketch.set_places([place("middle"), place("north", 0.02), place("east", 0, 0.02)])
    middle, north, east = (spot(sketch, key) for key in ("middle", "north", "east"))
    ends = [
        (f"{CENTRE[0] + n:.6f}", f"{CENTRE[1] + e:.6f}") for n, e in ((0, 0), (0.02, 0), (0, 0.02))
    ]
    up, across = metres(ends[0], ends[1]), metres(ends[0], ends[2])
    assert (middle.y() - north.y()) / up == pytest.approx(
        (east.x() - middle.x()) / across, rel=0.01
    )


def test_a_click_chooses_the_place_and_elsewhere_nothing(qtbot: QtBot, sketch: Sketch) -> None:
    sketch.set_places([place("one"), place("other", 0.02)])
    with qtbot.waitSignal(sketch.chosen) as told:
        press(sketch, "other")
    assert told.args == ["other"]
    with qtbot.assertNotEmitted(sketch.chosen):
        QTest.mouseClick(sketch, Qt.MouseButton.LeftButton, pos=QPoint(3, 150))


def test_places_that_would_touch_are_one_disc_and_clicks_go_through_them(sketch: Sketch) -> None:
    sketch.set_places([place("a"), place("b", 0.0004), place("c", 0.0008), place("far", 0.03)])
    assert sorted(sketch.counts()) == [1, 3]
    told: list[str] = []
    sketch.chosen.connect(told.append)
    sketch.chosen.connect(sketch.choose)
    for _ in range(4):
        press(sketch, "a")
    assert sorted(told[:3]) == ["a", "b", "c"]
    assert told[3] == told[0]


def test_beside_ranks_no_count_is_drawn(
    sketch: Sketch, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Mark] = []
    counts: list[str] = []
    monkeypatch.setattr(marks, "draw_mark", lambda _, mark, at: drawn.append(mark))

    def count(_: object, words: str, _at: object) -> float:
        counts.append(words)
        return 9.0

    monkeypatch.setattr(marks, "draw_many", count)
    near = [replace(place("a"), mark=Mark.DOT), replace(place("b", 0.0001), mark=Mark.RING)]
    ranked = Sketch("جای دفترها", counted=False)
    qtbot.addWidget(ranked)
    for shown in (sketch, ranked):
        shown.resize(312, 290)
        shown.set_outline(shipped_outline())
        shown.set_places(near)
        shown.grab()
    assert counts == ["۲"]
    # Who does it hides who doesn't.
    assert drawn == [Mark.RING]


def test_numbered_places_stay_apart(sketch: Sketch) -> None:
    sketch.set_places([place("1", number=1), place("2", number=2), place("3", 0.0002, number=3)])
    assert sketch.counts() == [1, 1, 1]
    points = [spot(sketch, key) for key in "123"]
    assert (points[0] - points[1]).manhattanLength() > 15


def test_names_are_apart_and_no_way_crosses_them_out(
    sketch: Sketch, monkeypatch: pytest.MonkeyPatch
) -> None:
    sketch.set_places([place("1", 0.02, -0.03, number=1), place("2", -0.02, 0.03, number=2)])
    sketch.set_way(["1", "2"])
    sketch.set_names([SketchName(f"محلهٔ {n}", CENTRE[0] + n / 2000, CENTRE[1]) for n in range(12)])
    written: list[QRect] = []
    draw = strokes.text

    def note(painter: QPainter, rect: QRect, words: str, *rest: Any, **more: Any) -> None:
        if words.startswith("محلهٔ"):
            written.append(rect)
        draw(painter, rect, words, *rest, **more)

    monkeypatch.setattr(strokes, "text", note)
    sketch.grab()
    assert len(written) > 3
    way = QLineF(spot(sketch, "1"), spot(sketch, "2"))
    for one, other in combinations(written, 2):
        assert not one.adjusted(-3, 0, 3, 0).intersects(other)
    for rect in written:
        assert not any(rect.contains(way.pointAt(n / 500).toPoint()) for n in range(501))


def test_near_a_place_only_its_surroundings_are_seen(sketch: Sketch) -> None:
    sketch.set_places([place("near", 0.005), place("far", 0.05)])
    sketch.look_around(*CENTRE, 1500)
    assert sketch.spot("near") is not None
    assert sketch.spot("far") is None
    sketch.look_at_all()
    assert sketch.spot("far") is not None


def test_without_an_outline_the_places_are_seen_all_the_same(qtbot: QtBot) -> None:
    bare = Sketch("جای دفترها")
    qtbot.addWidget(bare)
    bare.resize(300, 290)
    bare.set_places([place("only")])
    assert bare.spot("only") is not None
    bare.grab()
    bare.set_places([])
    bare.grab()


def test_no_place_of_five_thousand_is_lost_and_no_marks_touch() -> None:
    chance = Random(17)
    spots = [(chance.uniform(20, 290), chance.uniform(20, 270)) for _ in range(5000)]
    found = clusters(spots, 5, 10)
    assert sorted(each for cluster in found for each in cluster.members) == list(range(5000))
    for number, one in enumerate(found):
        for other in found[number + 1 :]:
            apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
            assert apart >= one.reach(5, 10) + other.reach(5, 10)


def test_the_scale_bar_is_a_round_number_that_fits() -> None:
    sheet = fitted([(31.80, 54.27), (31.96, 54.44)], 312, 290, 14)
    assert scale_bar(sheet, 78) == 5000
    assert sheet.pixels(5000) <= 78 < sheet.pixels(10_000)
