"""Three pieces of work done through the accessibility tree alone, as with a screen reader.

Beside the window stands a reader in Debian's own interpreter, on a display and a bus of their own.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

import pytest

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]
_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
_LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
_DEBIANS = "/usr/bin/python3"
# A minute and a half on a machine that does nothing else; beside other tests several times that.
_STORY_S = 450


@contextmanager
def _beside(
    command: Sequence[str | Path],
    environment: Mapping[str, str],
) -> Iterator[subprocess.Popen[str]]:
    """A process that ends, with all that it has begun, when the test does."""
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            # Its group is its own: it may have gone, what it began may not.
            os.killpg(process.pid, signal.SIGTERM)


def _line(stream: IO[str] | None) -> str:
    assert stream is not None
    words = stream.readline().strip()
    assert words, "it ended without a word"
    return words


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a display with its own bus, on which readers and programs meet."""
    assert _LAUNCHER.exists(), "at-spi2-core is missing; ./check --long installs what is needed"
    environment = {
        **os.environ,
        "XDG_RUNTIME_DIR": str(tmp_path),
        "PYTHONPATH": str(_ROOT),
        "LC_ALL": "C.UTF-8",
    }
    tmp_path.chmod(0o700)
    with ExitStack() as stack:
        bus = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        daemon = stack.enter_context(_beside(bus, environment))
        environment["DBUS_SESSION_BUS_ADDRESS"] = _line(daemon.stdout)
        screen = ["Xvfb", "-displayfd", "1", "-noreset", "-screen", "0", "1600x900x24"]
        server = stack.enter_context(_beside(screen, environment))
        environment["DISPLAY"] = f":{_line(server.stdout)}"
        stack.enter_context(_beside([_LAUNCHER, "--launch-immediately"], environment))
        yield environment


@pytest.fixture
def waiting(desk: dict[str, str]) -> Iterator[str]:
    """The window is open; what there is to do in it, as JSON."""
    child: list[str | Path] = [sys.executable, _HERE / "window_child.py"]
    # Qt's own word for «somebody reads the tree», without a desktop that would say so.
    environment = {**desk, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    with _beside(child, environment) as window:
        yield _line(window.stdout)


def _read(desk: dict[str, str], waiting: str, story: str) -> dict[str, Any]:
    """What the reader was told, once it has done the story."""
    done = subprocess.run(
        [_DEBIANS, "-W", "ignore", _HERE / "stories.py", story],
        env=desk,
        input=waiting,
        capture_output=True,
        text=True,
        timeout=_STORY_S,
        check=False,
    )
    assert not done.returncode, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_a_clerk_registers_and_hears_the_answer(desk: dict[str, str], waiting: str) -> None:
    read = _read(desk, waiting, "register")
    assert "بازداشت" in read["told"]
    assert read["heard"].count(read["told"]) == 1


def test_a_manager_stamps_several_letters_from_home(desk: dict[str, str], waiting: str) -> None:
    read = _read(desk, waiting, "stamp")
    office = json.loads(waiting)
    assert len(office["to_stamp"]) == 3
    assert read["told"] == f"{office['printed']}."
    # Each stage was said, and the password was asked for once.
    assert [words for words in read["heard"] if words.startswith(office["batch"])] == [
        office["batch"],
        f"{office['batch']}، در حال مهر",
        f"{office['batch']}، مهر شد؛ در حال چاپ",
        f"{office['batch']}، پایان یافت",
    ]


def test_an_expert_decides(desk: dict[str, str], waiting: str) -> None:
    read = _read(desk, waiting, "decide")
    name = json.loads(waiting)["in_review"]
    assert name in read["told"]
