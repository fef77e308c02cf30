"""What was tried, by three real or realistic teams, and what somebody might write who doesn't know of it."""

import csv
import json
from pathlib import Path
from typing import NamedTuple

from models.domain.experiment import title_of
from models.domain.searching import words_of
from models.domain.similar import stem

DATA = Path(__file__).parent / "data"


class Entry(NamedTuple):
    """An experiment of the logs."""

    key: str
    title: str
    change: str
    because: str
    learning: str


class Pair(NamedTuple):
    """A hypothesis in other words than those of the experiment that it should find.

    What isn't held out was in sight while the rule was made: see `about` in the file.
    """

    finds: str
    change: str
    because: str
    held_out: bool
    round: int = 1


class Idea(NamedTuple):
    """A hypothesis that nobody has tried."""

    change: str
    held_out: bool
    round: int = 1


def corpus() -> list[Entry]:
    """Every experiment of `scenarios.json`, nanochat's and modded-nanogpt's logs: 188 of them."""
    scenarios = json.loads((DATA / "scenarios.json").read_text())["experiments"]
    found = [
        Entry(
            one["id"],
            one["title"],
            one["hypothesis"]["change"],
            one["hypothesis"]["because"],
            one["learning"] or "",
        )
        for one in scenarios
    ]
    for name, key, said in (
        ("nanochat_log", "id", "hypothesis"),
        ("modded_nanogpt_track1", "seq", "change"),
    ):
        with (DATA / f"{name}.csv").open() as file:
            found += [
                Entry(row[key], title_of(row[said]), row[said], "", row.get("learning") or "")
                for row in csv.DictReader(file)
            ]
    return found


CORPUS = corpus()
_SAID = json.loads((DATA / "paraphrases.json").read_text())
PARAPHRASES = [Pair(**one) for one in _SAID["pairs"]]
NEW = [Idea(**one) for one in _SAID["new"]]
"""Hypotheses that nobody of the corpus has tried."""


def shares_a_title_word(pair: Pair) -> bool:
    """Whether a pair could be found by a word of the title, whatever its ending."""
    title = next(one.title for one in CORPUS if one.key == pair.finds)
    said, stands = ({stem(word) for word in words_of(text)} for text in (pair.change, title))
    return not said.isdisjoint(stands)
