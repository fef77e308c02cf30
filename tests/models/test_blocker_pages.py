"""Blockers and risks outside the standup: raised, said something about, become, cleared (S3-3)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select, update

from models import blocker_pages, blockers, stalled, telling, visible
from models.blocker_pages import News, Raised, Step
from models.domain.errors import (
    ExperimentConcluded,
    GuestsMayNot,
    MayNotClear,
    NotMetYet,
    OwnerIsGone,
    Unknown,
)
from models.domain.experiment import Outcome, Status
from models.domain.facts_blockers import BlockersPage
from models.domain.facts_notices import Cleared, NewsOf, ToClear, Told
from models.domain.findings.kinds import Blocked
from models.domain.project import Role
from models.domain.standup import BlockerKind
from models.search import AsOf
from models.tables import Blocker, Event, Experiment, Member, Membership, Notice, Participant
from tests.clock import MORNING
from tests.models.conftest import Team
from tests.queries import count_queries
from tests.rows import make_blocker, make_entry

LATER = MORNING + timedelta(days=2)
ZONE = ZoneInfo("Europe/Berlin")
LABELS = Raised(BlockerKind.DATA_QUALITY, "Labels of March", risk=False, owner="UBEN")
RISK = Raised(BlockerKind.PRIVACY, "Consent may be withdrawn", risk=True, owner="UBEN")


@pytest.fixture
async def met(team: Team) -> Team:
    """Slack has described both."""
    async with team.writing() as session:
        await session.execute(update(Member).values(described=True))
    return team


async def raise_one(team: Team, raised: Raised, ref: str = "", by: str = "UANA") -> int:
    async with team.writing() as session:
        ref = ref or f"project:{team.project.id}"
        row = await blocker_pages.raise_one(session, ref, raised, by, MORNING)
        return row.id


async def say(team: Team, blocker_id: int, news: News, by: str = "UBEN") -> None:
    async with team.writing() as session:
        await blocker_pages.change(session, blocker_id, by, news, LATER)


async def page(team: Team, by: str = "UANA", offset: int = 0) -> BlockersPage:
    async with team.db.reading(team.workspace_id) as session:
        visible.read_as(session, by)
        as_of = AsOf(LATER.date(), ZONE)
        return await blocker_pages.page(session, team.project.id, as_of, offset)


async def told(team: Team, member: Member) -> list[Told]:
    """What the member's message of the day would say."""
    async with team.writing() as session:
        for row in await session.scalars(select(Notice).where(Notice.member_id == member.id)):
            row.told_on = row.told_on or LATER.date()
        facts = await telling.notices_facts(session, member.id, LATER.date())
    return list(facts.parts)


async def kinds(team: Team) -> list[str]:
    async with team.db.reading(team.workspace_id) as session:
        return list(await session.scalars(select(Event.kind).order_by(Event.id)))


async def test_one_is_raised_and_who_can_clear_it_is_told(met: Team) -> None:
    blocker_id = await raise_one(met, LABELS)
    (part,) = await told(met, met.ben)
    assert isinstance(part, ToClear)
    assert (part.about.key, part.about.title, part.about.days) == ("FRAUD", "Fraud detection", 2)
    (line,) = (await page(met)).lines
    assert (line.about.blocker_id, line.about.risk, line.about.days) == (blocker_id, False, 2)
    assert await kinds(met) == ["blocker_opened"]


async def test_of_an_experiment_it_shows_in_the_summary_that_stands(met: Team) -> None:
    async with met.writing() as session:
        await make_entry(session, met.run, met.ana, met.of_ana)
    await raise_one(met, LABELS, f"experiment:{met.of_ana.id}")
    await raise_one(met, RISK, f"experiment:{met.of_ana.id}")
    facts = await page(met)
    assert [(line.about.key, line.about.risk) for line in facts.lines] == [
        ("FRAUD-1", False),
        ("FRAUD-1", True),
    ]


async def test_who_raised_it_learns_what_was_said_each_time(met: Team) -> None:
    blocker_id = await raise_one(met, LABELS)
    await say(met, blocker_id, News(Step.ON_IT, "With legal until Friday"))
    (part,) = await told(met, met.ana)
    assert isinstance(part, NewsOf)
    assert (part.by_name, part.about.said) == ("Ben", "With legal until Friday")
    assert part.about.acknowledged
    await say(met, blocker_id, News(Step.STAYS, "On Monday"))
    async with met.db.reading(met.workspace_id) as session:
        of_ana = (await session.scalars(select(Notice).where(Notice.member_id == met.ana.id))).one()
        assert (of_ana.told_on, of_ana.done_at) == (None, None), "to be told anew"
    await say(met, blocker_id, News(Step.STAYS, "Ana says so herself"), by="UANA")
    await say(met, blocker_id, News(Step.CLEARED))
    parts = await told(met, met.ana)
    assert Cleared in map(type, parts)
    assert await kinds(met) == [
        "blocker_opened",
        "blocker_taken",
        "blocker_said",
        "blocker_said",
        "blocker_resolved",
    ]
    assert (await page(met)).lines == ()


async def test_a_risk_is_not_in_the_way_until_it_has_become_one(met: Team) -> None:
    risk_id = await raise_one(met, RISK)
    (part,) = await told(met, met.ben)
    assert isinstance(part, ToClear)
    assert part.about.risk
    assert await blocked_on(met, 9) == []
    with pytest.raises(Unknown):
        async with met.db.reading(met.workspace_id) as session:
            await stalled.open_blocker(session, f"project:{met.project.id}")
    await say(met, risk_id, News(Step.IN_THE_WAY))
    async with met.db.reading(met.workspace_id) as session:
        row = (await session.scalars(select(Blocker))).one()
        assert (row.risk, row.opened_at) == (False, LATER), "it ages from when it is in the way"
    assert await blocked_on(met, 1) == [], "nor was it, as of a day before"
    assert await blocked_on(met, 9) == [risk_id]
    await say(met, risk_id, News(Step.IN_THE_WAY))
    assert await kinds(met) == ["risk_raised", "risk_became_blocker", "risk_became_blocker"]


async def blocked_on(team: Team, days: int) -> list[int]:
    as_of = AsOf((MORNING + timedelta(days=days)).date(), ZONE)
    async with team.db.reading(team.workspace_id) as session:
        facts = await stalled.stalled(session, as_of)
    reasons = [reason for one in facts.findings for reason in one.reasons]
    return [one.blocker_id for one in reasons if isinstance(one, Blocked)]


async def test_it_is_given_to_somebody_else_who_is_told(met: Team) -> None:
    blocker_id = await raise_one(met, LABELS)
    await say(met, blocker_id, News(Step.STAYS, "Not mine", owner="UCARL"))
    async with met.db.reading(met.workspace_id) as session:
        carl = (await session.scalars(select(Member).where(Member.slack_id == "UCARL"))).one()
    (part,) = await told(met, carl)
    assert isinstance(part, ToClear)
    with pytest.raises(MayNotClear):
        await say(met, blocker_id, News(Step.CLEARED))
    async with met.writing() as session:
        session.add(Membership(project_id=met.project.id, member_id=met.ben.id, role=Role.PM))
    await say(met, blocker_id, News(Step.ON_IT))
    async with met.db.reading(met.workspace_id) as session:
        assert (await session.get_one(Blocker, blocker_id)).owner_id == met.ben.id


async def test_who_has_left_is_not_asked(met: Team) -> None:
    async with met.writing() as session:
        await session.execute(update(Member).where(Member.id == met.ben.id).values(active=False))
    with pytest.raises(OwnerIsGone, match="Ben can't be asked here any more"):
        await raise_one(met, LABELS)


async def test_what_is_gone_and_who_may_not(met: Team) -> None:
    async with met.writing() as session:
        ended = await session.get_one(Experiment, met.of_ben.id)
        ended.status, ended.outcome = Status.CONCLUDED, Outcome.REFUTED
    for ref in ("project:999", "experiment:999", "project:x", "poem:1", ":", "experiment:²"):
        with pytest.raises(Unknown):
            await raise_one(met, LABELS, ref)
    with pytest.raises(ExperimentConcluded):
        await raise_one(met, LABELS, f"experiment:{met.of_ben.id}")
    with pytest.raises(NotMetYet):
        await raise_one(met, LABELS, by="USTRANGER")
    with pytest.raises(NotMetYet):
        await page(met, by="USTRANGER")
    async with met.writing() as session:
        await session.execute(update(Member).where(Member.id == met.ben.id).values(limited=True))
    with pytest.raises(GuestsMayNot):
        await raise_one(met, LABELS, by="UBEN")
    async with met.writing() as session:
        for experiment in await session.scalars(select(Experiment)):
            experiment.owner_id = met.ana.id
        await session.execute(delete(Participant).where(Participant.member_id == met.ben.id))
    with pytest.raises(Unknown):
        await page(met, by="UBEN")
    async with met.writing() as session:
        session.add(
            Membership(project_id=met.project.id, member_id=met.ben.id, role=Role.STAKEHOLDER)
        )
    assert (await page(met, by="UBEN")).total == 0


async def test_pages_of_eight_with_who_was_asked_for_help(met: Team) -> None:
    async with met.writing() as session:
        for n in range(10):
            await make_blocker(session, met.of_ana, met.ben, text=f"{n}", escalated_at=MORNING)
        first = (await session.scalars(select(Blocker).order_by(Blocker.id))).first()
        assert first is not None
        session.add(
            Event(
                kind="blocker_escalated",
                project_id=met.project.id,
                data={"blocker": first.id, "to": met.ana.id},
                at=MORNING,
            )
        )
    with count_queries(met.db) as statements:
        whole = await page(met)
    assert len(statements) == 4, statements
    assert (len(whole.lines), whole.total) == (8, 10)
    assert [line.asked.name if line.asked else None for line in whole.lines][:2] == ["Ana", None]
    assert len((await page(met, offset=8)).lines) == 2


async def test_an_answer_leaves_risks_alone_and_a_conclusion_ends_them(met: Team) -> None:
    await raise_one(met, RISK, f"experiment:{met.of_ana.id}")
    async with met.writing() as session:
        experiment = await session.get_one(Experiment, met.of_ana.id)
        await blockers.experiment_ended(session, experiment, met.ana.id, LATER)
    assert (await page(met)).lines == ()


async def test_changing_one_asks_the_database_eight_times_at_most(met: Team) -> None:
    async with met.writing() as session:
        await make_entry(session, met.run, met.ana, met.of_ana)
    blocker_id = await raise_one(met, LABELS, f"experiment:{met.of_ana.id}")
    await told(met, met.ben)
    async with met.writing() as session:
        with count_queries(met.db) as raising:
            ref = f"experiment:{met.of_ana.id}"
            await blocker_pages.raise_one(session, ref, LABELS, "UANA", LATER)
            await session.flush()
    async with met.writing() as session:
        news = News(Step.STAYS, "Ana knows", owner="UANA")
        with count_queries(met.db) as changing:
            await blocker_pages.change(session, blocker_id, "UBEN", news, LATER)
            await session.flush()
    assert max(len(raising), len(changing)) <= 8, (raising, changing)
