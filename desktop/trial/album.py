"""What a tour keeps: numbered pictures of pages, papers as PDF, and a list of both."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Refusal
from desktop.domain.letter import Letter, Release
from desktop.wire.canon import canon
from desktop.wire.codec import plain

MANIFEST = "manifest.json"
# Of Qt's 0 (smallest) to 100: half the time for a twentieth more bytes; no pixel is lost.
_QUICKER = 60
Kind = Literal["page", "paper"]


@dataclass(frozen=True)
class About:
    """Which case a picture or a paper belongs to: service, outcome and state; empty for none."""

    service: str = ""
    outcome: str = ""
    state: str = ""


@dataclass(frozen=True)
class Drawn:
    """What a letter's paper was drawn from; a proof has no release and is copy 1."""

    letter: Letter
    release: Release | None
    layout: int
    copy: int


@dataclass(frozen=True)
class AlbumLine:
    """A line of the list; `values` names the file with what a letter was drawn from.

    Of a receipt, a slip, a letter as it is stamped, a payment taken and a letter handed over,
    `presses` counts the keys from home until then that only lead on, `typed` those that say
    something: letters, ticks, choices.
    """

    file: str
    kind: Kind
    name: str
    service: str
    outcome: str
    state: str
    scale: int
    theme: str
    sha256: str
    values: str = ""
    presses: int = 0
    typed: int = 0


class Album:
    """A folder with the files and `manifest.json`; what an earlier tour left there goes.

    Raises Refusal when the folder can't be written.
    """

    def __init__(self, folder: Path, scale: int, theme: str) -> None:
        self.theme = theme
        self._folder, self._scale = folder, scale
        self.kept: list[AlbumLine] = []
        self._number = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._clear()
        except OSError as fault:
            raise Refusal(f"در پوشهٔ «{folder}» نمی‌توان نوشت.") from fault

    def page(self, widget: QWidget, name: str, about: About) -> str:
        """A picture of the window; gives its file's name."""
        file = self._next(name, "png")
        widget.grab().save(str(self._folder / file), "PNG", _QUICKER)
        content = (self._folder / file).read_bytes()
        return self._keep(file, "page", name, about, content)

    def picture(self, png: bytes, name: str) -> str:
        """A picture that another program drew; gives its file's name."""
        file = self._next(name, "png")
        (self._folder / file).write_bytes(png)
        return self._keep(file, "page", name, About(), png)

    def paper(self, pdf: bytes, name: str, about: About, drawn: Drawn | None = None) -> str:
        """A paper as printed or proofed; gives its file's name."""
        file = self._next(name, "pdf")
        (self._folder / file).write_bytes(pdf)
        values = ""
        if drawn is not None:
            values = str(Path(file).with_suffix(".json"))
            (self._folder / values).write_text(canon(plain(drawn)), encoding="utf-8")
        return self._keep(file, "paper", name, about, pdf, values)

    def count_keys(self, presses: int, typed: int) -> None:
        """Say of what was kept last how many keys it took from home."""
        self.kept[-1] = replace(self.kept[-1], presses=presses, typed=typed)

    def write(self) -> Path:
        """Write the list."""
        lines = [asdict(kept) for kept in self.kept]
        path = self._folder / MANIFEST
        path.write_text(json.dumps(lines, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return path

    def _next(self, name: str, ending: str) -> str:
        self._number += 1
        return f"{self._number:03d}-{name}.{ending}"

    def _keep(
        self, file: str, kind: Kind, name: str, about: About, content: bytes, values: str = ""
    ) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        self.kept.append(
            AlbumLine(
                file,
                kind,
                name,
                about.service,
                about.outcome,
                about.state,
                self._scale,
                self.theme,
                sha256,
                values,
            )
        )
        return file

    def _clear(self) -> None:
        # Only what the list names: the folder may be somebody's.
        path = self._folder / MANIFEST
        if not path.exists():
            return
        try:
            lines = json.loads(path.read_text(encoding="utf-8"))
            names = [name for line in lines for name in (line["file"], line["values"]) if name]
        except (ValueError, KeyError, TypeError):
            return
        for name in names:
            (self._folder / Path(name).name).unlink(missing_ok=True)
        path.unlink()
