"""What is signed of a letter: that the centre issued it, that a person released it."""

from __future__ import annotations

import json

from desktop.wire.canon import canon
from desktop.wire.frame import Purpose, frame
from desktop.wire.link import verifies


def issued(centre: str, essence: bytes) -> bytes:
    """What the centre's key for letters signs of an essence."""
    return frame(Purpose.LETTER, centre, essence.hex())


def released(centre: str, number: str, layout: int, copy: int, sha256: str) -> bytes:
    """What the releaser's own key signs of the drawn copy (its bytes' sha256, hex)."""
    return frame(Purpose.RELEASE, centre, number, layout, copy, sha256)


def is_released(
    public: str, signature: str, centre: str, number: str, layout: int, copy: int, sha256: str
) -> bool:
    """Whether the releaser's key (hex) signed that drawn copy (signature in hex)."""
    return verifies(public, signature, released(centre, number, layout, copy, sha256))


def is_issued(public: str, centre: str, signature: str, essence: bytes) -> bool:
    """Whether the key (hex) of the centre with that id signed the essence (signature in hex).

    An earlier program had no id: its key, which signed all else too, signed the bare essence.
    """
    return verifies(public, signature, issued(centre, essence) if centre else essence)


def key_text(public: str, centre: str) -> str:
    """A centre's key for letters as it is published."""
    return canon({"centre": centre, "key": public})


def published_key(text: str) -> tuple[str, str]:
    """The public half and the centre's id in a published text; no id in an earlier program's."""
    if not text.startswith("{"):
        return text, ""
    said = json.loads(text)
    return said["key"], said["centre"]
