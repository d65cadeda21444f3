"""The code of a letter: what it carries, its squares, and the short code to read aloud."""

from __future__ import annotations

from reportlab.lib.units import mm

from desktop.domain.calendar import compact
from desktop.domain.letter import Letter, Proof
from desktop.reports.letter.v1.page import Pen
from desktop.reports.letter.v1.qr import draw as draw_squares
from desktop.reports.letter.v1.qr import to_code as line_code
from desktop.wire.essence import is_line
from desktop.wire.letter_code import LetterCode, encode, to_text

SIZE = 33 * mm
EDGE = 2.6 * mm
"""The white around a code: four of its squares, and a hair more."""
# The longest code still fits: read from pages that were printed and scanned (decision 103).
_LEAST_MODULE = 0.47 * mm


def text(letter: Letter, proof: Proof | None, copy: int) -> str:
    """What the QR of a released copy says.

    Raises ValueError for a letter that nobody's proof goes with; what an earlier program issued has
    none.
    """
    essence = bytes.fromhex(letter.essence)
    if is_line(essence):
        return line_code(essence + bytes.fromhex(letter.signature))
    if proof is None:
        raise ValueError(f"letter {letter.number}: released, and nobody signed it")
    code = LetterCode(
        essence,
        letter.key_id,
        letter.signature,
        proof.key_id,
        compact(proof.on),
        copy,
        proof.signature,
    )
    return to_text(encode(code))


def draw(pen: Pen, said: str, x: float, y: float) -> None:
    """The squares with their lower left corner at x, y, on white."""
    draw_squares(pen, said, x, y, SIZE, _LEAST_MODULE)
