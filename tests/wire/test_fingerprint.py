"""The six words by which two people see that they look at one certificate."""

from __future__ import annotations

import hashlib

from desktop.settings import resources
from desktop.wire.fingerprint import words_of

LOOK_ALIKE = ("بپتثنی", "جچحخ", "دذ", "رزژ", "سش", "صض", "طظ", "عغ", "فق", "کگ", "آا")
SOUND_ALIKE = ("تط", "سصث", "زذضظ", "هح", "قغ", "اعآ")


def read() -> list[str]:
    """The list as it is kept."""
    return (resources() / "fingerprint" / "words.txt").read_text(encoding="utf-8").split()


def alike(words: list[str], groups: tuple[str, ...]) -> list[set[str]]:
    """The words that differ only in letters of one group."""
    one = {ord(letter): group[0] for group in groups for letter in group}
    found: dict[str, set[str]] = {}
    for word in words:
        found.setdefault(word.translate(one), set()).add(word)
    return [each for each in found.values() if len(each) > 1]


def test_the_list_has_2048_plain_words_and_no_two_alike() -> None:
    words = read()
    assert len(set(words)) == len(words) == 2048
    assert all(3 <= len(word) <= 7 for word in words)
    assert set("".join(words)) <= set("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآ")
    assert alike(words, LOOK_ALIKE) == []
    assert alike(words, SOUND_ALIKE) == []


def test_a_fingerprint_has_its_words_for_ever() -> None:
    words, known = read(), hashlib.sha256(b"pishkhan").digest()
    told = words_of(known)
    assert told == ("پاندا", "فلک", "کنسرو", "کمان", "ریحان", "وجود")
    # Eleven bits a word, from the first on.
    assert told[0] == words[int.from_bytes(known[:2], "big") >> 5]
    assert words_of(b"\x00" * 32) == (words[0],) * 6
    assert words_of(b"\xff" * 32) == (words[-1],) * 6


def test_each_of_the_first_66_bits_counts() -> None:
    known = hashlib.sha256(b"pishkhan").digest()
    number = int.from_bytes(known, "big")
    for bit in range(66):
        other = (number ^ 1 << (255 - bit)).to_bytes(32, "big")
        assert words_of(other) != words_of(known)
