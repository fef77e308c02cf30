"""What waits for a person, and when they are asked next, as their Home says it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.domain.experiment import Outcome, Status
from models.domain.facts import Person
from models.domain.facts_home import (
    HomeFacts,
    MyExperiment,
    MyExperiments,
    MyStandup,
    OpenExperiment,
    Question,
    Settings,
)
from models.domain.facts_standup import Place, RunState, StandupDetails, StandupPage
from models.domain.standup import PromptState

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 13, 9, 0, tzinfo=BERLIN)
TODAY = NOW.date()
JONAS = Person(1, "U1", "Jonas")


def experiment(ident: int = 11, *, answered: bool = False, **facts: Any) -> OpenExperiment:
    first = OpenExperiment(ident, f"F-{ident}", "x", "Fraud", 2, 8, None, answered)
    return replace(first, **facts)


def question(
    state: PromptState, *experiments: OpenExperiment, ahead: bool = False, day: date = TODAY
) -> Question:
    return Question(7, 4, "Fraud", day, NOW.astimezone(UTC), ahead, state, experiments)


def mine(ident: int, prompt_id: int | None) -> MyExperiment:
    return MyExperiment(
        *(ident, f"F-{ident}", "x", "Fraud", Status.RUNNING, 2, 8, None, None),
        pending=Outcome.REFUTED if prompt_id else None,
        prompt_id=prompt_id,
    )


def standup(ceremony_id: int, at: datetime | None) -> MyStandup:
    day = at.date() if at else None
    return MyStandup(ceremony_id, "Fraud", "C1", ("tue",), "09:30", day, at, False, True)


def home(*questions: Question, **facts: Any) -> HomeFacts:
    settings = Settings("Europe/Berlin", None, ("mon",), None, None, None)
    none = MyExperiments((), 0, 0)
    first = HomeFacts(JONAS, NOW, questions, none, (), (), (), 0, settings)
    return replace(first, **facts)


@pytest.mark.parametrize(
    ("state", "experiments", "due"),
    [
        (PromptState.ASKED, [], True),
        (PromptState.ASKED, [experiment()], True),
        (PromptState.ASKED, [experiment(answered=True)], False),
        (PromptState.ASKED, [experiment(answered=True, pending=Outcome.REFUTED)], True),
        (PromptState.WAITING, [experiment()], False),
        (PromptState.ANSWERED, [experiment(answered=True, pending=Outcome.REFUTED)], True),
        (PromptState.AWAY, [experiment()], False),
    ],
)
def test_what_was_asked_and_is_not_all_said_is_due(
    state: PromptState, experiments: list[OpenExperiment], due: bool
) -> None:
    asked = question(state, *experiments)
    assert asked.is_due is due
    assert home(asked).due == ((asked,) if due else ())


def test_conclusions_that_no_question_holds_are_owed() -> None:
    pending = experiment(answered=True, pending=Outcome.REFUTED)
    rows = (mine(11, 7), mine(12, 8), mine(13, None))
    of_home = home(question(PromptState.ANSWERED, pending), mine=MyExperiments(rows, 0, 3))
    assert [one.experiment_id for one in of_home.owed] == [12]


def test_the_next_question_is_the_earliest_that_is_not_answered() -> None:
    soon, later = NOW + timedelta(hours=1), NOW + timedelta(days=2)
    standups = (standup(4, soon), standup(5, later), standup(6, None))
    assert home().next_question is None
    assert home(standups=standups).next_question == (soon, 4)
    early = question(PromptState.WAITING, experiment(answered=True), ahead=True)
    of_home = home(early, standups=standups)
    assert of_home.next_question == (later, 5)
    assert of_home.answered_early == TODAY
    waiting = home(question(PromptState.WAITING, experiment()), standups=standups)
    assert waiting.next_question == (NOW, 4)
    assert waiting.answered_early is None


def test_a_run_says_who_has_answered_and_whose_time_is_over() -> None:
    people = [Person(n, f"U{n}", f"P{n}") for n in range(7)]
    soon, over = NOW + timedelta(hours=1), NOW
    states = [
        (PromptState.ANSWERED, soon),
        (PromptState.ASKED, soon),
        (PromptState.WAITING, soon),
        (PromptState.ASKED, over),
        (PromptState.AWAY, soon),
        (PromptState.SKIPPED, soon),
        (PromptState.PASSED_OVER, over),
    ]
    places = tuple(Place(who, *state) for who, state in zip(people, states, strict=True))
    run = RunState(TODAY, closed=False, places=places, now=NOW)
    assert (run.answered, run.still_to_come) == ((people[0],), (people[1], people[2]))
    assert (run.no_answer, run.away, run.sitting_out) == (
        (people[3],),
        (people[4],),
        (people[5],),
    )
    closed = replace(run, closed=True)
    assert (closed.still_to_come, len(closed.no_answer)) == ((), 3)
    page = StandupPage(4, "C1", None, ("tue",), "09:30", "UTC", (), None, True)
    assert StandupDetails(page, JONAS, None, run).page.active
