"""An answer is stored with everything that follows from it; said again, it is corrected (domain §3.4)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from models import answers, numbers, prompts
from models.answers import Remembered, Said
from models.domain.errors import (
    ExperimentConcluded,
    NotInUnit,
    NotYours,
    RunClosed,
    Unknown,
)
from models.domain.experiment import AbandonReason, Outcome, Status
from models.domain.facts import Pending
from models.domain.metric import MetricKind
from models.domain.standup import BlockerKind, EntryStatus, PromptState
from models.tables import Event, Experiment, Measurement, Metric, Prompt, Run, StandupEntry
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, at, make_team
from tests.rows import make_experiment

STILL = Said(
    EntryStatus.STILL_TESTING, learned="Old months hurt", typed=57, next_step="weight them"
)
REFUTED = replace(STILL, status=EntryStatus.REFUTED)
TOMORROW = at(MORNING + timedelta(days=1))


async def say(team: Team, said: Said = STILL, **changes: object) -> Pending | None:
    given = {
        "prompt_id": team.asks_ana.id,
        "experiment_id": team.of_ana.id,
        "slack_id": "UANA",
        "at": NOW,
        **changes,
    }
    async with team.writing() as session:
        return await answers.answer(session, said=said, **given)  # type: ignore[arg-type]


async def conclude(team: Team, remembered: Remembered, slack_id: str = "UANA") -> None:
    async with team.writing() as session:
        await answers.conclude(
            session, team.asks_ana.id, team.of_ana.id, slack_id, remembered, at=TOMORROW
        )


async def entry_of(team: Team) -> StandupEntry:
    async with team.db.reading(team.workspace_id) as session:
        return (await session.scalars(select(StandupEntry))).one()


async def measured(team: Team) -> list[tuple[float, str | None]]:
    async with team.db.reading(team.workspace_id) as session:
        rows = await session.scalars(select(Measurement).order_by(Measurement.id))
        return [(round(row.value, 9), row.excluded_reason) for row in rows]


async def prompt_of(team: Team) -> Prompt:
    async with team.db.reading(team.workspace_id) as session:
        return await session.get_one(Prompt, team.asks_ana.id)


async def experiment_of(team: Team) -> Experiment:
    async with team.db.reading(team.workspace_id) as session:
        return await session.get_one(Experiment, team.of_ana.id)


async def test_an_answer_is_stored_with_its_number_and_shown_next(team: Team) -> None:
    assert await say(team) is None
    entry, prompt = await entry_of(team), await prompt_of(team)
    assert (entry.learned, entry.next_step, entry.edited_at) == (
        "Old months hurt",
        "weight them",
        None,
    )
    assert await measured(team) == [(0.57, None)]
    assert (prompt.state, prompt.answered_at, prompt.shown) == (
        PromptState.ANSWERED,
        MORNING,
        False,
    )
    assert (await experiment_of(team)).next_step == "weight them"


async def test_said_again_it_is_corrected_and_so_is_its_number(team: Team) -> None:
    await say(team)
    await say(team, replace(STILL, learned="Old months help", typed=58.5), at=TOMORROW)
    entry = await entry_of(team)
    assert (entry.learned, entry.edited_at) == ("Old months help", TOMORROW.now)
    assert entry.answered_at == MORNING
    assert await measured(team) == [(0.57, "corrected"), (0.585, None)]
    async with team.db.reading(team.workspace_id) as session:
        before = await numbers.standing(session, [team.project.id], NOW.today)
        after = await numbers.standing(session, [team.project.id], TOMORROW.today)
    assert before[team.project.id].best == 0.57
    assert after[team.project.id].best == 0.585


async def test_the_same_number_again_is_no_correction(team: Team) -> None:
    await say(team)
    await say(team, replace(STILL, learned="Better words"), at=TOMORROW)
    assert await measured(team) == [(0.57, None)]


async def test_a_number_that_is_taken_back_no_longer_counts(team: Team) -> None:
    await say(team)
    await say(team, replace(STILL, typed=None))
    assert await measured(team) == [(0.57, "corrected")]
    assert (await entry_of(team)).measurement_id is None
    await say(team, STILL)
    assert await measured(team) == [(0.57, "corrected"), (0.57, None)]


async def test_an_answer_without_a_number_measures_nothing(team: Team) -> None:
    await say(team, Said(EntryStatus.STILL_TESTING, no_change=True))
    assert await measured(team) == []
    assert (await entry_of(team)).no_change


async def test_a_number_in_the_wrong_unit_stores_nothing(team: Team) -> None:
    with pytest.raises(NotInUnit, match="did you mean 57"):
        await say(team, replace(STILL, typed=0.57))
    assert await measured(team) == []
    assert (await prompt_of(team)).state is PromptState.ASKED


async def test_without_a_criterion_the_number_is_the_projects(team: Team) -> None:
    async with team.writing() as session:
        row = await session.get_one(Experiment, team.of_ana.id)
        row.criterion_metric_id = row.criterion_threshold = None
    await say(team)
    assert await measured(team) == [(0.57, None)]


async def test_a_project_without_a_metric_keeps_the_words(team: Team) -> None:
    async with team.writing() as session:
        row = await session.get_one(Experiment, team.of_ana.id)
        row.criterion_metric_id = row.criterion_threshold = None
        await session.execute(update(Metric).values(kind=MetricKind.GUARDRAIL))
    await say(team)
    assert await measured(team) == []
    assert (await entry_of(team)).learned == "Old months hurt"


async def test_who_has_two_open_experiments_has_answered_with_the_second(team: Team) -> None:
    async with team.writing() as session:
        second = await make_experiment(session, team.project, team.ana)
    await say(team)
    prompt = await prompt_of(team)
    assert (prompt.state, prompt.shown) == (PromptState.ASKED, False)
    await say(team, experiment_id=second.id)
    assert (await prompt_of(team)).state is PromptState.ANSWERED


async def test_what_is_in_the_way_is_kept_with_who_can_clear_it(team: Team) -> None:
    blocked = replace(
        STILL,
        blocker_kind=BlockerKind.DATA_ACCESS,
        blocker_text="Invoices",
        blocker_owner_id=team.ben.id,
    )
    await say(team, blocked)
    async with team.db.reading(team.workspace_id) as session:
        card = (await prompts.facts(session, team.asks_ana.id, NOW.today)).cards[0]
    assert card.answer is not None
    assert card.answer.blocker is not None
    assert card.answer.blocker.owner is not None
    assert (card.answer.blocker.text, card.answer.blocker.owner.name) == ("Invoices", "Ben")
    await say(team, STILL)
    assert (await entry_of(team)).blocker_kind is None


async def test_an_outcome_is_pending_until_it_is_said_what_to_remember(team: Team) -> None:
    pending = await say(team, REFUTED)
    key = f"FRAUD-{team.of_ana.number}"
    assert pending == Pending(key, team.of_ana.title, Outcome.REFUTED, "Old months hurt")
    assert (await experiment_of(team)).status is Status.RUNNING
    await conclude(team, Remembered("Old months hurt", adopted=False))
    experiment = await experiment_of(team)
    assert (experiment.status, experiment.outcome, experiment.pending_outcome) == (
        Status.CONCLUDED,
        Outcome.REFUTED,
        None,
    )
    assert (experiment.learning, experiment.adopted) == ("Old months hurt", False)
    assert experiment.concluded_on == TOMORROW.today


@pytest.mark.parametrize(
    ("typed", "suggested"), [(57.0, "refuted"), (60.0, "supported"), (None, None)]
)
async def test_what_the_criterion_says_is_kept_beside_what_the_person_says(
    team: Team, typed: float | None, suggested: str | None
) -> None:
    await say(team, replace(REFUTED, typed=typed))
    await conclude(team, Remembered("x"))
    async with team.db.reading(team.workspace_id) as session:
        (event,) = await session.scalars(select(Event))
    assert event.kind == "experiment_concluded"
    assert (event.data["outcome"], event.data["suggested"]) == ("refuted", suggested)


async def test_without_a_criterion_nothing_is_suggested(team: Team) -> None:
    async with team.writing() as session:
        row = await session.get_one(Experiment, team.of_ana.id)
        row.criterion_metric_id = row.criterion_threshold = None
    await say(team, REFUTED)
    await conclude(team, Remembered("x"))
    async with team.db.reading(team.workspace_id) as session:
        (event,) = await session.scalars(select(Event))
    assert event.data["suggested"] is None


async def test_a_dropped_experiment_keeps_its_reason(team: Team) -> None:
    await say(team, replace(STILL, status=EntryStatus.ABANDONED))
    await conclude(team, Remembered(None, abandon_reason=AbandonReason.OUT_OF_TIME))
    experiment = await experiment_of(team)
    assert (experiment.outcome, experiment.abandon_reason) == (
        Outcome.ABANDONED,
        AbandonReason.OUT_OF_TIME,
    )


async def test_another_answer_takes_a_pending_outcome_back(team: Team) -> None:
    await say(team, REFUTED)
    assert await say(team, STILL) is None
    with pytest.raises(Unknown):
        await conclude(team, Remembered("x"))


async def test_a_conclusion_can_be_finished_when_the_run_is_closed(team: Team) -> None:
    await say(team, REFUTED)
    async with team.writing() as session:
        (await session.get_one(Run, team.run.id)).closed_at = MORNING
    await conclude(team, Remembered("x"))
    assert (await experiment_of(team)).status is Status.CONCLUDED


async def test_what_is_concluded_takes_no_more_answers(team: Team) -> None:
    await say(team, REFUTED)
    await conclude(team, Remembered("x"))
    with pytest.raises(ExperimentConcluded):
        await say(team)
    with pytest.raises(ExperimentConcluded):
        await conclude(team, Remembered("y"))


async def test_a_closed_run_takes_no_more_answers(team: Team) -> None:
    async with team.writing() as session:
        (await session.get_one(Run, team.run.id)).closed_at = MORNING
    with pytest.raises(RunClosed):
        await say(team)
    async with team.writing() as session:
        with pytest.raises(RunClosed):
            await answers.not_experimenting(session, team.asks_ana.id, "UANA", "review", at=NOW)


async def test_only_who_was_asked_answers_and_only_about_their_own(team: Team) -> None:
    with pytest.raises(NotYours):
        await say(team, slack_id="UBEN")
    with pytest.raises(NotYours):
        await conclude(team, Remembered("x"), slack_id="UBEN")
    with pytest.raises(Unknown):
        await say(team, experiment_id=team.of_ben.id)
    with pytest.raises(Unknown):
        await say(team, prompt_id=10_000)
    async with team.writing() as session:
        with pytest.raises(NotYours):
            await answers.not_experimenting(session, team.asks_ana.id, "UBEN", "x", at=NOW)


async def test_another_workspaces_prompt_is_unknown(team: Team) -> None:
    theirs = await make_team(team.db)
    with pytest.raises(Unknown):
        await say(team, prompt_id=theirs.asks_ana.id, experiment_id=theirs.of_ana.id)
    with pytest.raises(Unknown):
        await say(team, experiment_id=theirs.of_ana.id)


async def test_who_does_not_experiment_says_what_else(team: Team) -> None:
    for doing in ("review", "hand-over"):
        async with team.writing() as session:
            await answers.not_experimenting(session, team.asks_ana.id, "UANA", doing, at=NOW)
    entry = await entry_of(team)
    assert (entry.status, entry.learned, entry.experiment_id) == (
        EntryStatus.NOT_EXPERIMENTING,
        "hand-over",
        None,
    )
    assert (await prompt_of(team)).state is PromptState.ANSWERED
