"""What a desk's greeting tells of its people: who is locked out of it, who takes lessons there."""

from __future__ import annotations

from datetime import datetime

from desktop.wire.payloads import Body, HelloAsk, LearningBody, LockedBody


class _Told(Body):
    locked: list[LockedBody] = []
    learning: list[LearningBody] = []


def text_of(ask: HelloAsk) -> str:
    """What of it is kept with the desk; empty where there is nothing."""
    if not ask.locked and not ask.learning:
        return ""
    return _Told(locked=ask.locked, learning=ask.learning).encode().decode()


def locked(text: str, at: datetime) -> dict[str, datetime]:
    """By staff id, until when a person is kept out of the desk whose text that is."""
    told = _read(text).locked
    return {each.staff: each.until for each in told if each.until > at}


def learning(text: str) -> list[LearningBody]:
    """Who takes lessons of which service at that desk."""
    return _read(text).learning


def _read(text: str) -> _Told:
    return _Told.model_validate_json(text) if text else _Told()
