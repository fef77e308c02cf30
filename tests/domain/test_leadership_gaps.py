"""What a block lacks before leaders read it, and of which projects they have heard nothing for six weeks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.domain.leadership_facts import Asked, Place, ProjectFacts, Worth
from models.domain.leadership_gaps import SILENCE, Lacks, lacks, silent
from models.domain.project import Stage
from tests.domain.test_leadership_since import FRAUD, MONDAY, WHAT

BARE = replace(FRAUD, what=replace(WHAT, phrase=""))
WHOLE = replace(
    FRAUD,
    worth=Worth("EUR", (1, 2)),
    earliest=date(2026, 12, 1),
    latest=date(2026, 12, 31),
    likely=7,
)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (WHOLE, ()),
        (BARE, (Lacks.PHRASE, Lacks.VALUE, Lacks.WHEN, Lacks.LIKELY)),
        (replace(BARE, what=None), (Lacks.RESULT, Lacks.WHEN, Lacks.LIKELY)),
        (replace(BARE, place=Place.IDLE), ()),
        (replace(WHOLE, overrun=True), (Lacks.WHEN,)),
        (replace(WHOLE, likely=None, approved=True), ()),
        (replace(WHOLE, latest=None, decision=Asked(MONDAY, None, None)), ()),
        (replace(FRAUD, place=Place.LIVE, stage=Stage.PRODUCTION), (Lacks.VALUE,)),
        (
            replace(FRAUD, place=Place.NEEDS_ATTENTION, what=replace(WHAT, live=True)),
            (Lacks.VALUE,),
        ),
    ],
)
def test_what_is_missing_is_named(facts: ProjectFacts, missing: tuple[Lacks, ...]) -> None:
    assert lacks(facts) == missing


def test_six_weeks_without_a_word_are_a_silence() -> None:
    long_ago, lately = MONDAY - SILENCE, MONDAY - SILENCE + timedelta(days=1)
    projects = [(1, long_ago), (2, lately), (3, date(2026, 1, 5)), (4, date(2026, 1, 5))]
    mentioned = {3: lately, 4: long_ago, 2: date(2026, 1, 1)}
    assert silent(projects, mentioned, MONDAY) == {1: long_ago, 4: long_ago}
