"""The glossary: one word for one thing, each in two sentences (S1-15, S1-17), and what it is here.

`here` is filled with the project's own numbers, by name; it is left out where one of them is missing.
"""

from collections.abc import Mapping
from difflib import get_close_matches

from models.domain.glossary_field import FIELD_WORDS
from models.domain.glossary_words import TEAM_WORDS, Word

WORDS: tuple[Word, ...] = tuple(sorted((*TEAM_WORDS, *FIELD_WORDS), key=lambda word: word.name))
OF_COUNTS = "last measured"
"""What `here` says of numbers that come from the four counts."""


def find(asked: str) -> Word | None:
    """The word that was meant, spelled about right; None when there is none like it."""
    plain = " ".join(asked.casefold().replace("-", " ").split())
    names = {
        spelled.replace("_", " "): word for word in WORDS for spelled in (word.name, *word.also)
    }
    plain = plain.replace("_", " ")
    close = get_close_matches(plain, names, n=1, cutoff=0.72)
    return (
        names.get(plain)
        or names.get(plain.removesuffix("s"))
        or (names[close[0]] if close else None)
    )


def here(word: Word, known: Mapping[str, str]) -> str:
    """What the word is in a project; empty where its numbers are missing."""
    try:
        return word.here.format_map(dict(known))
    except KeyError:
        return ""


def lacking(word: Word) -> str:
    """What is said where a project doesn't have the word's numbers yet: how they come to be there."""
    if not word.here:
        return ""
    if OF_COUNTS in word.here:
        return "Here: not known yet. It comes from the four counts that a number may have."
    return "Here: not said yet."
