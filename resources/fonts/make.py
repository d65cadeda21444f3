"""Writes window/: Vazirmatn as the window draws it, made from the files beside this one.

For whoever renews Vazirmatn: `python resources/fonts/make.py` in the environment of the checks.
Paper keeps the files beside this one; the program itself reads both and makes neither.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
FROM, TO = "Vazirmatn", "Vazirmatn Pishkhan"
_EMPTY = 0x200C
# Controls that Vazirmatn has no glyph for: without one Qt takes another font's, where there is one.
CONTROLS = (0x061C, *range(0x2060, 0x2065), *range(0x2066, 0x2070))
_NAMES = (1, 3, 4, 16)
_POSTSCRIPT = 6


def window_font(path: Path) -> bytes:
    """The file with an empty glyph for each control, under a name that no machine has a font of."""
    with TTFont(path, recalcBBoxes=False, recalcTimestamp=False) as font:
        for table in font["cmap"].tables:
            table.cmap.update(dict.fromkeys(CONTROLS, table.cmap[_EMPTY]))
        for record in font["name"].names:
            words = record.toUnicode()
            if record.nameID in _NAMES:
                record.string = words.replace(FROM, TO)
            elif record.nameID == _POSTSCRIPT:
                record.string = words.replace(FROM, TO.replace(" ", ""))
        made = BytesIO()
        font.save(made)
    return made.getvalue()


def main() -> None:
    """Write the files anew."""
    for path in sorted(HERE.glob("*.ttf")):
        target = HERE / "window" / path.name.replace(FROM, TO.replace(" ", ""))
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(window_font(path))


if __name__ == "__main__":
    main()
