"""A spooler that keeps what it is handed, in place of the system's `lp` and `lpstat`."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

PRINTER = "باجه-۲"
_LPSTAT = """#!/bin/sh
if [ "$1" = "-e" ]; then cat "{folder}/queues"; else echo "system default destination: {name}"; fi
"""
_LP = """#!/bin/sh
echo "$@" >> "{folder}/asked"
taken=$(ls "{folder}" | grep -c job-)
if [ -e "{folder}/most" ] && [ "$taken" -ge "$(cat "{folder}/most")" ]; then
    echo "lp: error" >&2; exit 1
fi
cat > "{folder}/job-$taken.pdf"
if [ -e "{folder}/deadly" ]; then kill -9 $PPID; fi
if [ -e "{folder}/broken" ]; then echo "lp: error" >&2; exit 1; fi
echo "request id is {name}-1 (1 file(s))"
"""


class Spooler:
    """Its queues, the jobs it took, and whether it refuses."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, *queues: str) -> None:
        self._folder = folder / "spool"
        programs = folder / "programs"
        for each in (self._folder, programs):
            each.mkdir()
        self.set_queues(*(queues or (PRINTER,)))
        for name, text in (("lpstat", _LPSTAT), ("lp", _LP)):
            program = programs / name
            script = text.format(folder=self._folder, name=PRINTER)
            program.write_text(script, encoding="utf-8")
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")

    def set_queues(self, *names: str) -> None:
        """The printers there are."""
        text = "".join(f"{name}\n" for name in names)
        (self._folder / "queues").write_text(text, encoding="utf-8")

    def break_down(self) -> None:
        """Refuse from now on."""
        (self._folder / "broken").touch()

    def break_after(self, jobs: int) -> None:
        """Take so many jobs in all and no more."""
        (self._folder / "most").write_text(str(jobs), encoding="ascii")

    def kill_who_prints(self) -> None:
        """Take the next job and end the program that handed it over."""
        (self._folder / "deadly").touch()

    def mend(self) -> None:
        """Take jobs again."""
        for trouble in ("broken", "most", "deadly"):
            (self._folder / trouble).unlink(missing_ok=True)

    def jobs(self) -> list[bytes]:
        """The files handed over, in order."""
        jobs = sorted(self._folder.glob("job-*.pdf"), key=lambda p: int(p.stem.split("-")[1]))
        return [job.read_bytes() for job in jobs]

    def asked(self) -> str:
        """With which words."""
        return (self._folder / "asked").read_text(encoding="utf-8")
