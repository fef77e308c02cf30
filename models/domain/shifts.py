"""Changes in the data that a project expects, and what it does when they are replayed (S0-20, S0-22).

The charter asks for them, one a line; experiments of the kind *quality check* replay them one by one, and the
launch check reads what came of it: models that are alike on the test set can part ways in use.
"""

from collections.abc import Iterable
from hashlib import blake2s
from typing import NamedTuple

from models.domain.errors import BotError

MOST = 20
"""Lines that are read of an answer."""
_MARKS = " \t-*•·–—"


class OnlyQualityChecks(BotError):
    """Only a quality check replays a change: choose that kind of work, or leave this open."""


class Replayed(NamedTuple):
    """An experiment that replays a change, by its key; `outcome` in words, None while it is open."""

    line: str
    key: str
    outcome: str | None


def expected(answer: str) -> tuple[str, ...]:
    """The changes that the charter's answer names: its lines, without marks, each once."""
    lines = (line.strip(_MARKS) for line in answer.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))[:MOST]


def name_of(line: str) -> str:
    """A short name of a line that stays the same while its words do."""
    return blake2s(line.encode(), digest_size=8).hexdigest()


def summed_up(lines: Iterable[str], replayed: Iterable[Replayed]) -> str:
    """What the launch check reads: of each change, which experiments replayed it, and what came of it."""
    by_line: dict[str, list[str]] = {}
    for one in replayed:
        by_line.setdefault(one.line, []).append(f"{one.key}, {one.outcome or 'not concluded'}")
    return "\n".join(f"{line}: {'; '.join(by_line.get(line, ['not replayed']))}" for line in lines)
