"""What a desk asks to check letters with: the city's keys and its list, as anybody gets them."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from desktop.wire.payloads import Body

_Tag = Annotated[str, StringConstraints(max_length=64)]


class CheckFilesAsk(Body):
    """`/v1/check-files`: the files, unless they are those of the tag, which the desk has."""

    tag: _Tag


class CheckFilesAnswer(Body):
    """Both files in base64, and their tag; nothing where the desk has them."""

    tag: str
    keys: str = ""
    ended: str = ""
