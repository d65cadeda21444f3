"""What keeps a person of the municipality from deciding a case: what they have to do with it, or
with who had the first word."""

from __future__ import annotations

from enum import StrEnum


class Tie(StrEnum):
    """How a person belongs together with a case, or with another person; its code in refusals."""

    APPLICANT = "own-request"
    OWNER = "own-property"
    OFFICE = "own-office"
    OPINION = "own-opinion"
    CHALLENGE = "own-challenge"
    RECALL = "own-recall"
    CODE = "own-code"

    @property
    def words(self) -> str:
        """Why another person has to do it."""
        return _WORDS[self]


_WORDS = {
    Tie.APPLICANT: "متقاضی این پرونده خود شمایید.",
    Tie.OWNER: "این ملک از آنِ خود شماست.",
    Tie.OFFICE: "این پرونده از دفتری است که خودتان در آن کار می‌کنید.",
    Tie.OPINION: "این نظر از خود شماست؛ کس دیگری باید امضا کند.",
    Tie.CHALLENGE: "با این نظر خودتان مخالفت کرده‌اید؛ حرف آخر با ناظر دیگری است.",
    Tie.RECALL: "این نامه را خود شما فراخوانده‌اید؛ نفر دوم کس دیگری است.",
    Tie.CODE: (
        "کد یک‌بارمصرف یکی از این دو نفر از دیگری است، یا هر دو از یک نفر؛ این دو امضا دو نفر "
        "نمی‌شود. کس دیگری امضا کند، یا یکی از این دو از شخص سوم یا از مرکز کد تازه بگیرد."
    ),
}
