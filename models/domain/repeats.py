"""When people say the same again: the same blocker ages, the same next step is asked about (domain §3.4)."""

from collections.abc import Sequence

from models.domain.searching import words_of
from models.domain.similar import stem


def normal(words: str) -> str:
    """The words, whatever their case and their spaces, without a full stop at the end."""
    return " ".join(words.split()).casefold().rstrip(" .!…")


def same(one: str, other: str) -> bool:
    """Whether two people, or one person twice, said the same."""
    return normal(one) == normal(other)


def same_step(one: str, other: str) -> bool:
    """Whether a next step is the one of last time: “train to epoch 20” is followed by “… to epoch 30”."""
    return same(one, other) or _stems(one) == _stems(other) != set()


def _stems(words: str) -> set[str]:
    """What is to be done, without how far it got."""
    return {stem(word) for word in words_of(words) if not word.isdecimal()}


def said_twice(before: Sequence[str | None]) -> str | None:
    """What was said in both of the last two standups; `before` is newest first, None said nothing."""
    last_two = [words for words in before[:2] if words]
    if len(last_two) == 2 and same_step(*last_two):
        return last_two[0]
    return None
