"""The program of the version before this one, kept whole but for its window (`tests.keep`)."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
(PACKED,) = (Path(__file__).parent / "data" / "before").glob("*.tar.xz")


@dataclass(frozen=True)
class Program:
    """A program by the folder of its code."""

    folder: Path

    @property
    def environment(self) -> Mapping[str, str]:
        """In which Python takes this program's code, wherever it is begun."""
        return {
            **os.environ,
            "PYTHONPATH": str(self.folder),
            "PYTHONSAFEPATH": "1",
            "PYTHONUTF8": "1",
        }

    def run(self, script: Path, *arguments: str, told: str = "") -> str:
        """What the script prints, begun with this program's code and told so much."""
        command = [sys.executable, str(script), *arguments]
        ended = subprocess.run(
            command, env=self.environment, input=told, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout


THIS = Program(ROOT)


def program_before(folder: Path) -> Program:
    """That program, unpacked there."""
    with tarfile.open(PACKED) as packed:
        packed.extractall(folder, filter="data")
    # Letters have been drawn with them since layout 1: they are no version's own.
    (folder / "resources" / "fonts").symlink_to(ROOT / "resources" / "fonts")
    return Program(folder)
