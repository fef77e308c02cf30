"""What a person is asked: their open experiments, with what they said last time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from models import prompt_forms, prompts
from models.domain.errors import ExperimentConcluded, NotYours, RunClosed, Unknown
from models.domain.experiment import Outcome, Status
from models.domain.facts import FormFacts, PromptFacts
from models.tables import Ceremony, Experiment, Member, Run, Workspace
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, make_team
from tests.models.test_answers import STILL, say
from tests.rows import make_entry, make_experiment, make_project, make_run

TODAY = MORNING.date()


async def facts(team: Team, today: date = TODAY) -> PromptFacts:
    async with team.db.reading(team.workspace_id) as session:
        return await prompts.facts(session, team.asks_ana.id, today)


async def form(team: Team, experiment: Experiment, slack_id: str = "UANA") -> FormFacts:
    async with team.db.reading(team.workspace_id) as session:
        return await prompt_forms.form_facts(
            session, team.asks_ana.id, experiment.id, slack_id, TODAY
        )


async def earlier(team: Team, *entries: dict[str, object]) -> None:
    """Answers of Ana in runs before this one, oldest first."""
    async with team.db.writing(None) as session:
        ceremony = await session.get_one(Ceremony, team.ceremony.id)
        ana = await session.get_one(Member, team.ana.id)
        experiment = await session.get_one(Experiment, team.of_ana.id)
        for n, columns in enumerate(entries, start=-len(entries)):
            run = await make_run(session, ceremony, day=TODAY + timedelta(days=2 * n))
            await make_entry(session, run, ana, experiment, **columns)


async def test_only_ones_own_open_experiments_are_asked_about(team: Team) -> None:
    async with team.db.writing(None) as session:
        await make_experiment(
            session,
            team.project,
            team.ana,
            status=Status.CONCLUDED,
            outcome=Outcome.REFUTED,
            concluded_on=TODAY,
        )
        await make_experiment(session, team.project, team.ana, status=Status.PAUSED)
        older = await make_experiment(session, team.project, team.ana, started_on=date(2026, 2, 20))
        await make_experiment(
            session, team.project, team.ana, status=Status.PROPOSED, started_on=None
        )
    found = await facts(team)
    assert [card.experiment_id for card in found.cards] == [older.id, team.of_ana.id]
    assert (found.person.name, found.closed, found.doing_else) == ("Ana", False, None)


async def test_a_projects_standup_asks_about_that_project(team: Team) -> None:
    async with team.db.writing(None) as session:
        other = await make_project(
            session, await session.get_one(Workspace, team.workspace_id), key="OTHER", name="Other"
        )
        await make_experiment(session, other, team.ana)
    assert len((await facts(team)).cards) == 2
    async with team.db.writing(None) as session:
        await session.execute(update(Ceremony).values(project_id=other.id))
    assert [card.project_name for card in (await facts(team)).cards] == [other.name]


async def test_it_recalls_what_was_planned_and_how_often_nothing_changed(team: Team) -> None:
    await earlier(
        team,
        {"next_step": "older plan", "no_change": True},
        {"next_step": "compare months"},
        {"next_step": None, "no_change": True},
        {"next_step": None, "no_change": True},
    )
    (card,) = (await facts(team)).cards
    assert (card.planned, card.no_changes) == ("compare months", 2)
    assert card.last_heard == TODAY - timedelta(days=2)


async def test_without_an_earlier_answer_there_is_nothing_to_recall(team: Team) -> None:
    (card,) = (await facts(team)).cards
    assert (card.planned, card.no_changes, card.last_heard, card.answer) == (None, 0, None, None)


async def test_the_day_counts_working_days(team: Team) -> None:
    (card,) = (await facts(team, date(2026, 3, 9))).cards  # a Monday, begun on Tuesday
    assert (card.day, card.timebox) == (5, 8)


async def test_what_was_said_in_this_run_stays_in_sight_when_it_is_concluded(team: Team) -> None:
    await say(team)
    async with team.db.writing(None) as session:
        row = await session.get_one(Experiment, team.of_ana.id)
        row.status, row.outcome, row.concluded_on = Status.CONCLUDED, Outcome.REFUTED, TODAY
    (card,) = (await facts(team)).cards
    assert card.answer is not None
    assert card.answer.learned == STILL.learned


async def test_a_form_opens_with_what_was_said(team: Team) -> None:
    await say(team)
    found = await form(team, team.of_ana)
    assert found.prompt_id == team.asks_ana.id
    assert found.card.answer is not None
    assert found.card.answer.next_step == STILL.next_step


async def test_a_form_opens_only_for_who_was_asked_about_what_is_open(team: Team) -> None:
    theirs = await make_team(team.db)
    with pytest.raises(NotYours):
        await form(team, team.of_ana, "UBEN")
    with pytest.raises(ExperimentConcluded):
        await form(team, team.of_ben)
    async with team.db.reading(team.workspace_id) as session:
        with pytest.raises(Unknown):
            await prompts.facts(session, theirs.asks_ana.id, NOW.today)


async def test_a_closed_run_opens_a_form_only_for_a_conclusion_that_is_owed(team: Team) -> None:
    async with team.db.writing(None) as session:
        (await session.get_one(Run, team.run.id)).closed_at = MORNING
    assert (await facts(team)).closed
    with pytest.raises(RunClosed):
        await form(team, team.of_ana)
    async with team.db.writing(None) as session:
        (await session.get_one(Experiment, team.of_ana.id)).pending_outcome = Outcome.REFUTED
    assert (await form(team, team.of_ana)).card.pending is Outcome.REFUTED
