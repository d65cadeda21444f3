"""`./run records` at the municipal desk: an export brought in, held, forced, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from desktop.actions import records
from desktop.authoring import records as brought
from desktop.authoring.municipality import open_municipality, sit_down
from desktop.centre.records import importer
from desktop.cli import main
from desktop.demo.city import make_city
from desktop.demo.people import PASSWORD
from desktop.domain.calendar import iso_jalali
from desktop.domain.errors import Refusal
from desktop.domain.property import PropertyRecord
from desktop.premises.clocks import SteppingClock
from desktop.trial.later import Later
from tests.authoring.conftest import Run
from tests.centre.records.writing import write_records
from tests.houses import MORNING, PROPERTIES, copied_house

AS_OF = ("--as-of", iso_jalali(MORNING.date()))
BY = ("--by", "hamid-mirjalili")
SECOND = ("--second", "سعید نوری")
REASON = ("--reason", "با مسئول درآمد سنجیده شد و درست است.")


def everything() -> list[PropertyRecord]:
    """The records of the house as they are in force."""
    return [item.record for item in make_city(PROPERTIES, 1405, MORNING.date())]


def export(folder: Path, found: Sequence[PropertyRecord]) -> str:
    write_records(found, folder / "export")
    return str(folder / "export")


@pytest.mark.slow
def test_a_clean_export_is_in_force_by_one_persons_command_and_goes_back(
    run: Run, home: Path
) -> None:
    source = export(home, everything())
    code, out, err = run("records", source, *AS_OF, *BY)
    assert (code, err) == (0, "")
    assert "املاک: ۳۰۰ (در سوابق جاری ۳۰۰)، برابر، در حد مجاز" in out
    assert "به کار گرفته شد: خروجی شمارهٔ ۲، سوابق تا ۱۴۰۵/۰۹/۰۳" in out
    assert "در انتظار نیست" in run("records", "--force", "2", *BY)[2]
    assert "دست‌کم" in run("records", "--back", "2", *BY, "--reason", "اشتباه")[2]
    back = run("records", "--back", "2", *BY, *REASON)
    assert (back[0], back[1]) == (0, "سوابق تا ۱۴۰۵/۰۹/۰۲ دوباره به کار است.\n")


@pytest.mark.long
def test_what_is_held_waits_and_two_people_put_it_into_force_knowingly(
    run: Run, home: Path
) -> None:
    lost = [replace(record, holds=()) for record in everything()]
    source = export(home, [replace(record, debts=()) for record in lost])
    listed = home / "told.xlsx"
    code, out, _ = run("records", source, *AS_OF, *BY, "--report", str(listed))
    assert code == 3
    assert listed.is_file()
    assert "import 2 waits: --force 2" in out
    key = next(line for line in out.splitlines() if "#" in line).split(":")[0].strip()
    force = ("records", "--force", "2", *BY)
    for given, words in (
        ((), "دست‌کم با ۲۰ نویسه"),
        (REASON, "گذرواژهٔ نفر دوم"),
        ((*REASON, "--second", "hamid-mirjalili"), "از کس دیگری"),
        ((*REASON, "--second", "زهرا فلاح"), "در میز شهرداری نیست"),
        ((*REASON, *SECOND, "--lift", "1-1#x=۱۲"), "کلید ردیفی نیست"),
        ((*REASON, *SECOND, "--lift", key), "KEY=NUMBER"),
    ):
        code, out, err = run(*force, *given)
        assert code in (1, 2)
        assert words in err
    assert run(*force, *REASON, *SECOND, password=f"{PASSWORD}\nنه")[0] == 1
    code, out, err = run(*force, *REASON, *SECOND, "--lift", f"{key}=۱۲/۳۴")
    assert (code, err) == (0, "")
    holds = sum(len(record.holds) for record in everything())
    with open_municipality(home / "demo", properties=PROPERTIES) as house:
        seat = sit_down(house, "hamid-mirjalili", PASSWORD)
        state = records.look(seat)
        assert state.forced is not None
        assert (state.forced.by, state.forced.second) == ("حمید میرجلیلی", "سعید نوری")
        assert (state.kept, [each.number for each in records.kept(seat).lifted]) == (
            holds - 1,
            ["۱۲/۳۴"],
        )


@pytest.mark.parametrize(
    "given",
    [
        (),
        BY,
        ("--force", "2"),
        ("--force", "2", "--back", "2", *BY),
        ("somewhere", *BY),
        ("somewhere", *AS_OF, *BY, "--back", "2"),
        ("somewhere", *AS_OF, *BY, "--into", "centre.db"),
    ],
)
def test_what_was_meant_is_asked_for(
    capsys: pytest.CaptureFixture[str], given: Sequence[str]
) -> None:
    assert main(["records", *given]) == 2
    assert "--" in capsys.readouterr().err


@pytest.mark.slow
def test_nothing_is_read_of_what_is_no_export(run: Run, home: Path) -> None:
    (home / "empty").mkdir()
    for source, words in (("nowhere", "چنین فایل"), ("empty", "فایل CSV نیست")):
        code, _, err = run("records", str(home / source), *AS_OF, *BY)
        assert code == 1
        assert words in err
    assert "گذرواژه" in run("records", str(home / "empty"), *AS_OF, *BY, password="نه")[2]


@pytest.mark.slow
def test_after_an_interruption_nothing_goes_on_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So small an export is read before anybody looks whether it shall stop, however slowly.
    monkeypatch.setattr(importer, "_HEARD_EVERY", 3_600)
    later, clock = Later(), SteppingClock(MORNING.astimezone(UTC))
    house = copied_house(tmp_path / "house", clock, PROPERTIES, later=later)
    source = export(tmp_path, everything())
    seat = sit_down(house, "hamid-mirjalili", PASSWORD)
    later.waits = True
    seen: list[int] = []

    def progress(done: int, whole: int) -> None:
        seen.append(done)
        if len(seen) == 1:
            raise KeyboardInterrupt
        later.run()

    with pytest.raises(Refusal, match="به درخواست شما متوقف شد"):
        brought.bring_in(seat, Path(source), MORNING.date(), progress)
    staged = records.look(seat).staged
    assert staged is not None
    assert brought.waiting(seat, staged.export_id) == staged
    house.close()
