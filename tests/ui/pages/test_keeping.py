"""What is typed is kept by itself, also where it could not be at first."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.errors import Refusal
from desktop.ui.pages.acts.keeping import Keeper
from tests.ui.pages.conftest import Office

FULL = "روی دیسک جا نیست."


def test_what_could_not_be_kept_is_tried_again_without_a_key_and_told_once(office: Office) -> None:
    kept: list[str] = []
    told: list[str] = []
    room = False

    def state() -> Callable[[], object]:
        def keep() -> None:
            if not room:
                raise Refusal(FULL)
            kept.append("typed")

        return keep

    keeper = Keeper(office.window, office.window, state)
    keeper.refused.connect(told.append)
    keeper.touch()
    keeper._clock.timeout.emit()
    for _ in range(2):
        assert (keeper._again.isActive(), keeper.is_dirty(), told) == (True, True, [FULL])
        keeper._again.timeout.emit()
    # Somebody types on, and is told again.
    keeper.touch()
    keeper._clock.timeout.emit()
    assert told == [FULL, FULL]
    room = True
    keeper._again.timeout.emit()
    assert kept == ["typed"]
    assert (keeper._again.isActive(), keeper.is_dirty(), told) == (False, False, [FULL, FULL])
    keeper.finish()
