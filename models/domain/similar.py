"""Whether a hypothesis was tried before in other words (S3-28): a rule over what the search finds.

A word counts by how rare it is in the workspace. Words agree by their stems, a little less when only their
meaning does (`alike`), and less again outside the title and the change. The measure is a cosine: 1 says the
same, 0 shares nothing. `python -m tests.bench recall` shows what the thresholds find and miss.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt
from typing import NamedTuple

from models.domain.alike import PHRASES, alike
from models.domain.searching import folded, words_of

SHOWN = 3
CLOSE = 0.28
"""From here on a hypothesis is called similar; chosen on the pairs of `tests/data/paraphrases.json` that
are not held out."""
LESS_CLOSE, AGREEING = 0.2, 3
"""From there on it is called similar too, if so many words agree: one rare word alone is often chance."""
IN_OTHER_WORDS = 0.7
"""What a word is worth that only means the same."""
IN_THE_REASON = 0.5
"""What a word is worth that stands in the reason, the learning or the next step."""
READ = 600
"""Characters of a text that are compared: what it is about is said by then."""
_SAID_ALWAYS = """
use used using add added adding try tried make made give given take get new help helps better instead
model models train trained training
"""
EMPTY = frozenset(_SAID_ALWAYS.split())
"""What nearly every hypothesis says; left out, unless it says nothing else."""
ENDINGS = re.compile(
    r"(?<=...)(?:isations?|izations?|ations?|ions?|ised|ized|ising|izing|ise|ize|ings?|edly|ed|ies|es|s|ers?|ly|e|y)$"
)


class Tried(NamedTuple):
    """What an experiment says, for comparing."""

    experiment_id: int
    title: str
    change: str
    because: str = ""
    learning: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class Match:
    """An experiment that a hypothesis resembles, and how much (0 to 1)."""

    experiment_id: int
    score: float


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its ending: “clipping”, “clipped” and “clips” are “clip”."""
    bare = ENDINGS.sub("", folded(word))
    return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] else bare


@lru_cache(maxsize=20_000)
def _meanings(word: str) -> frozenset[str]:
    """The stems of everything else that the word may be called."""
    return frozenset(stem(other) for other in alike(word)) - {stem(word)}


def _read(text: str) -> dict[str, frozenset[str]]:
    """The stems of a text, each with the stems that mean the same."""
    small = text[:READ].lower()
    for phrase, word in PHRASES.items():
        small = small.replace(phrase, word)
    words = words_of(small)
    telling = [word for word in words if word not in EMPTY] or words
    return {stem(word): _meanings(word) for word in telling}


class _Words(NamedTuple):
    """A hypothesis taken apart: what it would change, and what is said around it."""

    core: Mapping[str, frozenset[str]]
    around: Mapping[str, frozenset[str]]

    def weight(self, rarity: Mapping[str, float]) -> float:
        """Its length as a vector, squared."""
        return sum(rarity[word] ** 2 for word in self.core) + sum(
            (rarity[word] * IN_THE_REASON) ** 2 for word in self.around
        )


def _words(core: str, around: Iterable[str]) -> _Words:
    first = _read(core)
    rest = {word: others for text in around for word, others in _read(text).items()}
    return _Words(first, {word: others for word, others in rest.items() if word not in first})


def similar(
    change: str, because: str, tried: Sequence[Tried], *, total: int, close: float = CLOSE
) -> list[Match]:
    """Those of the `tried` experiments that the hypothesis resembles, the closest first, at most three.

    `total` is how many experiments the workspace has: `tried` are the ones that share a word with it.
    """
    asked = _words(change, [because])
    others = [_words(f"{one.title} {one.change}", one[3:]) for one in tried]
    rarity = _rarity([asked, *others], max(total, len(tried)))
    own = asked.weight(rarity)
    found = [
        (Match(one.experiment_id, score), agreeing)
        for one, other in zip(tried, others, strict=True)
        for score, agreeing in [_cosine(asked, other, rarity, own)]
    ]
    ranked = sorted(found, key=lambda one: (-one[0].score, -one[0].experiment_id))
    return [
        match
        for match, agreeing in ranked[:SHOWN]
        if match.score >= close or (match.score >= LESS_CLOSE and agreeing >= AGREEING)
    ]


def _rarity(texts: Sequence[_Words], total: int) -> dict[str, float]:
    """How much each word tells: the logarithm of how many texts there are for each that has it."""
    count: dict[str, int] = {}
    for text in texts:
        for word in (*text.core, *text.around):
            count[word] = count.get(word, 0) + 1
    return {word: log(1 + (total + 1) / times) for word, times in count.items()}


def _cosine(
    asked: _Words, other: _Words, rarity: Mapping[str, float], own: float
) -> tuple[float, int]:
    """How close the two are, and how many words agree."""
    shared = [
        _agreement(word, meanings, place, other, rarity)
        for words, place in ((asked.core, 1.0), (asked.around, IN_THE_REASON))
        for word, meanings in words.items()
    ]
    agreeing = sum(one > 0 for one in shared)
    length = own * sum(rarity[word] ** 2 for word in other.core)
    return (min(sum(shared) / sqrt(length), 1.0) if length else 0.0), agreeing


def _agreement(
    word: str,
    meanings: frozenset[str],
    place: float,
    other: _Words,
    rarity: Mapping[str, float],
) -> float:
    """What one word adds: the best of where it stands in the other text, and under which name."""
    best = 0.0
    for words, worth in ((other.core, 1.0), (other.around, IN_THE_REASON)):
        if word in words:
            best = max(best, place * worth * rarity[word] ** 2)
        else:
            same = [rarity[word] * rarity[name] for name in meanings & words.keys()]
            best = max([best, *(place * worth * IN_OTHER_WORDS * one for one in same)])
    return best
