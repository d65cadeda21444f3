"""What holds an import back is said in figures that agree with those beside them."""

from __future__ import annotations

import pytest

from desktop.domain.import_causes import Cause, CauseKind


@pytest.mark.parametrize(
    ("count", "of", "share"),
    [(24, 390, "۶٫۲٪"), (1, 16, "۶٫۳٪"), (3, 100, "۳٪"), (2, 300, "۰٫۷٪"), (5, 0, "۱۰۰٪")],
)
def test_a_share_is_told_to_the_nearest_tenth(count: int, of: int, share: str) -> None:
    words = Cause(CauseKind.DEBTS_END, count=count, of=of, limit=2).words
    assert words.cause.startswith(f"{share} بدهی‌ها")
