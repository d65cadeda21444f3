"""The spool gives back every row in order."""

from __future__ import annotations

from random import Random

from desktop.sql.spool import Spool


def test_rows_come_back_in_order() -> None:
    random = Random(1)
    rows = [
        (group, random.choice("abc"), place, f"متن {group}")
        for place, group in enumerate(random.choices(range(700), k=12_000))
    ]
    with Spool() as spool:
        for row in rows:
            spool.add(*row)
        assert list(spool.ordered()) == sorted(rows)


def test_an_empty_spool_has_no_rows() -> None:
    with Spool() as spool:
        assert list(spool.ordered()) == []
