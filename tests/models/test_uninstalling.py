"""Uninstalled: nothing is asked or released any more; installed again, it goes on, and says nothing old."""

from datetime import timedelta

from models import uninstalling
from models.domain.messages import StandupIsSet
from models.domain.standup import CeremonyKind, PromptState
from models.opening import open_due
from models.outbox import post
from models.release import release
from models.tables import Ceremony, Prompt, Workspace
from tests.clock import MORNING
from tests.models.conftest import Team
from tests.rows import make_ceremony

LATER = MORNING + timedelta(days=10)


async def uninstall(team: Team) -> None:
    async with team.writing() as session:
        ana = await session.merge(team.ana)
        await make_ceremony(
            session, [ana], kind=CeremonyKind.DIGEST_STALLED, channel_id="C00000009"
        )
        (await session.get_one(Prompt, team.asks_ana.id)).state = PromptState.WAITING
        await post(session, StandupIsSet(ceremony_id=team.ceremony.id), to="UANA", now=MORNING)
        await session.flush()
        for _ in range(2):  # Slack sends both events, and sends again
            await uninstalling.stop(session, MORNING)


async def test_nothing_is_asked_or_released(team: Team) -> None:
    await uninstall(team)
    async with team.db.writing(None) as session:
        assert await open_due(session, LATER) == 0
        assert (await release(session, LATER)).ids == []
        assert (await session.get_one(Prompt, team.asks_ana.id)).state is PromptState.PASSED_OVER


async def test_installed_again_it_goes_on_and_says_nothing_old(team: Team) -> None:
    await uninstall(team)
    async with team.writing() as session:
        (await session.get_one(Workspace, team.workspace_id)).bot_user_id = "UBOT2"
        await uninstalling.go_on(session, LATER)
        ceremony = await session.get_one(Ceremony, team.ceremony.id)
        assert (ceremony.paused, ceremony.pause_reason) == (False, None)
        assert ceremony.opens_at is not None
        assert ceremony.opens_at > LATER
    (sent,) = await team.sent(kind="standup_is_set")
    assert (sent.state, sent.error) == ("cancelled", "app_uninstalled")


async def test_what_somebody_paused_stays_paused(team: Team) -> None:
    async with team.writing() as session:
        (await session.get_one(Ceremony, team.ceremony.id)).paused = True
    await uninstall(team)
    async with team.writing() as session:
        await uninstalling.go_on(session, LATER)
        assert (await session.get_one(Ceremony, team.ceremony.id)).paused
