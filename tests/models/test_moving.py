"""An experiment's course outside the standup: every move, who may do it, and what is written down."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import course, criteria, moving
from models.answers import Remembered
from models.course import InHand
from models.domain.clock import Moment
from models.domain.errors import DayIsPast, ExperimentConcluded, GuestsMayNot, NotInUnit, Unknown
from models.domain.experiment import Category, Outcome, Status
from models.domain.experiment_facts import ExperimentPage, Link
from models.domain.moves import EVENTS, Move, NotNow
from models.domain.permissions import NotAllowed
from models.domain.project import Role
from models.experiment_page import Reader, Which, page_of
from models.moving import MOST_LINKS, EnoughLinks
from models.resting import Rest
from models.tables import Event, Experiment, Member, Membership
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, at
from tests.rows import make_experiment, make_measurement

LATER = at(MORNING + timedelta(days=7))
NEXT_WEEK = LATER.today


@pytest.fixture(autouse=True)
async def known(team: Team) -> None:
    """Slack has said who everybody is."""
    async with team.writing() as session:
        await session.execute(update(Member).values(described=True))


async def hand(team: Team, session: AsyncSession, move: Move, when: Moment = NOW) -> InHand:
    return await course.take(session, team.of_ana.id, "UANA", move, when)


def has(session: AsyncSession, team: Team, role: Role) -> None:
    """Ben has a role."""
    columns = {"workspace_id": team.workspace_id, "project_id": team.project.id}
    session.add(Membership(**columns, member_id=team.ben.id, role=role))


async def page(team: Team, today: date = NOW.today, reader: str = "UANA") -> ExperimentPage:
    async with team.db.reading(team.workspace_id) as session:
        return await page_of(
            session,
            Which(experiment_id=team.of_ana.id),
            Reader(reader, today, ZoneInfo("Europe/Berlin")),
        )


async def test_a_pause_is_not_counted_and_ends_by_itself(team: Team) -> None:
    async with team.writing() as session:
        held = await hand(team, session, Move.PAUSE)
        with pytest.raises(DayIsPast):
            moving.pause(session, held, Rest(NOW.today, "x"), at=NOW)
        moving.pause(session, held, Rest(NEXT_WEEK, "The cluster is away"), at=NOW)
    paused = await page(team)
    assert (paused.status, paused.paused_until, paused.day) == (Status.PAUSED, NEXT_WEEK, 1)
    on = await page(team, NEXT_WEEK)
    assert (on.status, on.paused_until, on.day) == (Status.RUNNING, None, 1)
    async with team.writing() as session:
        await hand(team, session, Move.EXTEND, LATER)
    assert [line.kind for line in (await page(team, NEXT_WEEK)).history] == [
        "experiment_resumed",
        "experiment_paused",
    ]


async def test_a_second_pause_folds_the_first(team: Team) -> None:
    async with team.writing() as session:
        held = await hand(team, session, Move.PAUSE)
        moving.pause(session, held, Rest(None), at=NOW)
    first_over = at(MORNING + timedelta(days=2))
    async with team.writing() as session:
        held = await hand(team, session, Move.RESUME, first_over)
        moving.resume(session, held, at=first_over)
        with pytest.raises(NotNow):
            moving.resume(session, held, at=first_over)
    async with team.writing() as session:
        held = await hand(team, session, Move.PAUSE, LATER)
        moving.pause(session, held, Rest(None), at=LATER)
        assert held.experiment.paused_days == 2
    assert (await page(team, NEXT_WEEK + timedelta(days=30))).day == 4
    async with team.writing() as session:
        held = await hand(team, session, Move.CONCLUDE, LATER)
        await course.conclude(session, held, Outcome.REFUTED, Remembered("It does not"), at=LATER)
        assert held.experiment.paused_until == NEXT_WEEK


async def test_what_is_for_later_is_started_or_dropped(team: Team) -> None:
    async with team.writing() as session:
        row = await session.get_one(Experiment, team.of_ana.id)
        row.status, row.started_on = Status.PROPOSED, None
    assert (await page(team)).day is None
    async with team.writing() as session:
        with pytest.raises(NotNow):
            await hand(team, session, Move.CONCLUDE)
        held = await hand(team, session, Move.START, LATER)
        await moving.start(session, held, 5, at=LATER)
        assert (held.experiment.started_on, held.experiment.timebox) == (NEXT_WEEK, 5)
        with pytest.raises(NotNow):
            await hand(team, session, Move.START, LATER)
    assert (await page(team, NEXT_WEEK)).day == 1
    async with team.writing() as session:
        held = await hand(team, session, Move.DROP, LATER)
        await course.conclude(session, held, Outcome.ABANDONED, Remembered(None), at=LATER)
        with pytest.raises(ExperimentConcluded):
            await hand(team, session, Move.PAUSE, LATER)


async def test_a_criterion_that_is_changed_after_the_first_number_is_kept_as_such(
    team: Team,
) -> None:
    async with team.writing() as session:
        held = await hand(team, session, Move.CRITERION)
        assert await criteria.set_criterion(session, held, None, 60, at=NOW), "as it is"
        assert await criteria.set_criterion(session, held, None, 62, at=LATER)
        assert held.experiment.criterion_set_at == LATER.now
        with pytest.raises(NotInUnit):
            await criteria.set_criterion(session, held, None, 0.6, at=NOW)
        with pytest.raises(Unknown):
            await criteria.set_criterion(session, held, 10_000, 60, at=NOW)
    async with team.writing() as session:
        await make_measurement(session, team.of_ana, 0.61)
    async with team.writing() as session:
        held = await hand(team, session, Move.CRITERION, LATER)
        (metric,) = await criteria.choices(session, held.experiment)
        assert metric.is_its
        assert not await criteria.set_criterion(session, held, metric.metric_id, 61, at=LATER)
        assert held.experiment.criterion_edited_at == LATER.now
        assert not await criteria.set_criterion(session, held, None, 61, at=LATER)
    said = await page(team)
    assert (said.criterion_edited, said.suggested) == (True, Outcome.SUPPORTED)
    assert said.history[0].data["before"]["threshold"] == pytest.approx(0.62)
    assert said.history[0].data["measured"]


async def test_one_without_a_criterion_gets_one_late(team: Team) -> None:
    async with team.writing() as session:
        row = await session.get_one(Experiment, team.of_ana.id)
        await make_measurement(session, row, 0.61)
        row.criterion_metric_id = row.criterion_threshold = row.criterion_set_at = None
    async with team.writing() as session:
        held = await hand(team, session, Move.CRITERION)
        assert not await criteria.set_criterion(session, held, None, 60, at=LATER)
        assert held.experiment.criterion_set_at == LATER.now
        assert held.experiment.criterion_edited_at is None, "it was never set in advance"


async def test_links_and_the_kind_of_work(team: Team) -> None:
    async with team.writing() as session:
        held = await hand(team, session, Move.LINK)
        for what in ("Run 41", "Run 42"):
            moving.add_link(session, held, Link("https://example.org/1", what), at=NOW)
        assert held.experiment.links == [["https://example.org/1", "Run 42"]]
        for n in range(2, MOST_LINKS + 1):
            moving.add_link(session, held, Link(f"https://example.org/{n}", "x"), at=NOW)
        with pytest.raises(EnoughLinks):
            moving.add_link(session, held, Link("https://example.org/0", "x"), at=NOW)
        moving.categorise(session, held, held.experiment.category, at=NOW)
        moving.categorise(session, held, Category.DATA, at=NOW)
        held.experiment.link = "https://example.org/old"
    said = await page(team)
    assert said.links[:2] == (
        Link("https://example.org/old", ""),
        Link("https://example.org/1", "Run 42"),
    )
    assert said.category is Category.DATA
    assert (len(said.history), said.history_more) == (12, MOST_LINKS + 2 - 12)


async def test_whether_a_change_is_kept_can_be_said_later(team: Team) -> None:
    async with team.writing() as session:
        held = await hand(team, session, Move.CONCLUDE)
        remembered = Remembered("It helps", unmeasured="The data showed it")
        await course.conclude(session, held, Outcome.SUPPORTED, remembered, at=NOW)
    async with team.writing() as session:
        held = await hand(team, session, Move.KEEP)
        await moving.keep(session, held, adopted=True, at=NOW)
        await moving.keep(session, held, adopted=True, at=NOW)
    said = await page(team)
    assert said.adopted
    assert [line.kind for line in said.history] == ["experiment_adopted", "experiment_concluded"]
    assert said.history[1].data["unmeasured"] == "The data showed it"
    assert said.moves == (Move.FOLLOW_UP, Move.LINK, Move.KEEP)


async def test_the_chain_shows_what_came_before_and_after(team: Team) -> None:
    async with team.db.writing(None) as session:
        project = await session.merge(team.project, load=False)
        await session.refresh(project, ["metrics"])
        ana = await session.get_one(Member, team.ana.id)
        second = await make_experiment(session, project, ana, follows_id=team.of_ana.id)
        third = await make_experiment(session, project, ana, follows_id=second.id)
        await make_experiment(session, project, ana, follows_id=team.of_ana.id)
    first = await page(team)
    assert [(one.key, one.before) for one in first.relatives] == [
        ("FRAUD-3", False),
        ("FRAUD-4", False),
        ("FRAUD-5", False),
    ]
    async with team.db.reading(team.workspace_id) as session:
        reader = Reader("UANA", NOW.today, ZoneInfo("Europe/Berlin"))
        last = await page_of(session, Which("FRAUD", third.number), reader)
    assert [(one.key, one.before) for one in last.relatives] == [
        ("FRAUD-1", True),
        ("FRAUD-3", True),
    ]


async def test_only_its_owner_the_pm_or_an_admin_changes_it(team: Team) -> None:
    async with team.writing() as session:
        with pytest.raises(NotAllowed, match="its owner, the project's PM or an admin"):
            await course.take(session, team.of_ana.id, "UBEN", Move.PAUSE, NOW)
        with pytest.raises(Unknown):
            await course.take(session, 10_000, "UANA", Move.PAUSE, NOW)
    assert (await page(team, reader="UBEN")).moves == ()
    async with team.writing() as session:
        has(session, team, Role.DATA_SCIENTIST)
    assert (await page(team, reader="UBEN")).moves == (Move.NUMBER,)
    async with team.writing() as session:
        has(session, team, Role.PM)
        await session.flush()
        await course.take(session, team.of_ana.id, "UBEN", Move.PAUSE, NOW)
    async with team.writing() as session:
        (await session.get_one(Member, team.ben.id)).limited = True
    async with team.writing() as session:
        with pytest.raises(GuestsMayNot):
            await course.take(session, team.of_ana.id, "UBEN", Move.PAUSE, NOW)
    assert (await page(team, reader="UBEN")).moves == ()
    assert (await page(team, reader="UNOBODY")).moves == ()


async def test_every_kind_of_its_history_is_a_known_one(team: Team) -> None:
    async with team.writing() as session:
        held = await hand(team, session, Move.EXTEND)
        await course.extend(session, held, 3, "One seed more", at=NOW)
        kinds = {row.kind for row in await session.scalars(select(Event))}
    assert kinds <= set(EVENTS)
    assert Move.EXTEND not in (await page(team)).moves, "once is all"
