"""The commands as they are typed: at a closed house, beside an open window, without a display."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest

from desktop.authoring.holding import in_force
from desktop.authoring.municipality import member, onlooker, open_municipality, sit_down
from desktop.demo.house import open_house
from desktop.demo.people import PASSWORD, STAFF
from desktop.domain.calendar import iso_jalali
from desktop.domain.errors import Refusal
from desktop.forms.catalogue import SERVICES
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import Opening
from desktop.store.lock import InUse
from tests.authoring.conftest import FIRST, ROOT, WHY, Run, sheet, walling
from tests.houses import MORNING


@pytest.mark.long
def test_the_commands_take_a_service_from_its_file_into_force(run: Run, home: Path) -> None:
    path = walling(home, 'purpose = "', 'purpose = "مجوز ')
    since = ("--from", "1450/01/01")
    code, out, err = run("service", "publish", str(path), *since, "--by", "حمید میرجلیلی")
    assert (code, err) == (0, "")
    waits = out.split()[-1]
    assert waits in run("service", "waiting")[1]
    code, _, err = run("service", "sign", waits, "--by", "hamid-mirjalili")
    assert code == 1
    assert "کس دیگری" in err
    code, _, err = run("data", "sign", waits, "--by", "maryam-shayegh", password="wrong")
    assert code == 1
    assert "گذرواژه درست نیست" in err
    code, _, err = run("service", "sign", waits, "--by", "زهرا فلاح")
    assert code == 1
    assert "در میز شهرداری نیست؛ هستند" in err
    assert run("service", "sign", waits, "--by", "maryam-shayegh")[0] == 0
    assert "برقرار خواهد شد" in run("service", "list")[1]
    away = ("service", "withdraw", "walling", *since, "--by", "hamid-mirjalili")
    assert "دلیل را دست‌کم" in run(*away)[2]
    assert run(*away, "--reason", WHY)[0] == 0
    assert "پس گرفته شد" in run("service", "list")[1]
    again = run("service", "publish", str(path), *since, "--by", "hamid-mirjalili")[1].split()[-1]
    gone = run("service", "decline", again, "--by", "سعید نوری", "--reason", WHY)
    assert gone[0] == 0
    assert "پس گرفته شده است" in run("service", "sign", again, "--by", "maryam-shayegh")[2]


@pytest.mark.long
def test_the_commands_of_data(run: Run, home: Path) -> None:
    path = home / "rates.xlsx"
    assert run("data", "sheet", "rates", str(path))[0] == 0
    by = ("--by", "hamid-mirjalili")
    assert "چیزی عوض نشد" in run("data", "publish", "rates", str(path), *by)[1]
    assert "مراجع استعلام" in run("data", "show", "--on", "1405/09/03")[1]
    assert "یکی از این‌ها" in run("data", "publish", "wishes", str(path), *by)[2]
    row = ("restoration", "asphalt", "7000000", "1450/01/01")
    changed = sheet(home / "changed.xlsx", "rates", row)
    waits = run("data", "publish", "rates", str(changed), *by)[1].split()[-1]
    assert run("data", "sign", waits, "--by", "سعید نوری")[0] == 0
    held = run("data", "withdraw", "rates", "restoration[asphalt]", "--from", "1450/01/01", *by)
    assert "دلیل را دست‌کم" in held[2]


@pytest.mark.slow
def test_while_the_window_is_open_a_command_says_where_to_work(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the centre's database beside the open window was touched")

    with open_municipality(home / "demo"), monkeypatch.context() as closed:
        closed.setattr("desktop.premises.embedded.open_centre", never)
        for command in (("service", "list"), ("data", "show")):
            code, out, err = run(*command)
            assert (code, out) == (1, "")
            assert "باز است" in err
            assert "«خدمت‌ها»" in err
        with pytest.raises(InUse):
            in_force(home / "demo", FIRST)
    assert run("service", "list")[0] == 0


@pytest.mark.long
def test_a_house_of_an_earlier_program_gets_its_second_supervisor(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = home / "earlier"
    clock = SteppingClock(MORNING.astimezone(UTC))
    with monkeypatch.context() as earlier:
        earlier.setattr("desktop.demo.house.STAFF", STAFF[:-1])
        open_house(folder, Opening(clock), properties=60).close()
    with open_municipality(folder, clock, properties=60) as house:
        seat = sit_down(house, "maryam-shayegh", PASSWORD)
        assert seat.staff.name == "مریم شایق"
        assert member(house.municipality.desk, "مريم شايق") == seat.staff
        with pytest.raises(Refusal, match="--by"):
            onlooker(house).signer(b"anything")


# As on a machine without the libraries that Qt is linked to, at the morning of the house.
_NO_QT = """
import io, json, sys
from datetime import datetime

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(f"{name}: libEGL.so.1: cannot open shared object file")

sys.meta_path.insert(0, Missing())
from desktop.cli import main
from desktop.authoring import municipality
from desktop.premises.clocks import SteppingClock

clock = SteppingClock(datetime.fromisoformat(sys.argv[1]))
municipality.SystemClock = lambda: clock
for command in json.loads(sys.argv[2]):
    sys.stdin = io.StringIO(sys.argv[3] + chr(10))
    print("exit", main(command), flush=True)
"""


@pytest.mark.long
def test_what_draws_nothing_needs_no_display_and_no_qt(home: Path) -> None:
    sheet(home / "c.xlsx", "calendar", (iso_jalali(FIRST), "تعطیل", "رسمی"))
    text = (SERVICES / "walling.toml").read_text(encoding="utf-8")
    text = text.replace('"walling"', '"fence"', 1).replace("مجوز دیوارکشی", "مجوز حصار", 1)
    (home / "fence.toml").write_text(text, encoding="utf-8")
    by = ["--by", "hamid-mirjalili"]
    sample = ROOT / "tests" / "data" / "export-sample"
    past = ["--records", f"{sample}/csv", "--requests", f"{sample}/requests.csv"]
    commands = [
        ["data", "show"],
        ["data", "sheet", "tariffs", f"{home}/t.xlsx"],
        ["data", "publish", "tariffs", f"{home}/t.xlsx", *by],
        ["data", "publish", "calendar", f"{home}/c.xlsx", *by],
        ["data", "waiting"],
        ["service", "new", f"{home}/harim.toml"],
        ["service", "check", f"{home}/fence.toml"],
        ["service", "try", f"{home}/harim.toml", *past, "--on", "1405/09/03"],
        ["service", "publish", f"{home}/fence.toml", "--from", "1405/10/01", *by],
        ["service", "list"],
    ]
    bare = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")}
    arguments = [MORNING.isoformat(), json.dumps(commands), PASSWORD]
    done = subprocess.run(
        [sys.executable, "-c", _NO_QT, *arguments],
        cwd=ROOT,
        env={**bare, "PYTHONUTF8": "1", "PISHKHAN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    codes = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("exit ")]
    # One sheet is refused, as it should: its only day would take the place of a whole year's.
    assert codes == ["0", "0", "0", "1", *["0"] * 6], done.stderr
    assert "گذشته است" in done.stderr
    assert "fence: مجوز حصار" in done.stdout
