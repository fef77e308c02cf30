"""Who has muted nudges is not reminded and not asked between standups; what concerns them still comes."""

from datetime import timedelta

from models import agenda, asking, notices, settings
from models.domain.notices import AskedAbout, BlockerToClear
from models.notices import ToTell
from models.settings import Wish
from models.tables import Member, Prompt
from tests.clock import MORNING
from tests.models.conftest import Team
from tests.rows import make_blocker


async def mute(team: Team) -> None:
    wish = Wish(None, ("mon", "tue", "wed", "thu", "fri"), None, None, None, nudges=False)
    async with team.writing() as session:
        ana = await session.get_one(Member, team.ana.id)
        await settings.change(session, ana, wish)
        assert not settings.settings_of(ana, MORNING.date()).nudges


async def ask_both(team: Team) -> None:
    async with team.writing() as session:
        for who, experiment in ((team.ana, team.of_ana), (team.ben, team.of_ben)):
            about = AskedAbout(experiment_id=experiment.id, by_id=team.ben.id)
            await notices.give(session, [ToTell(team.workspace_id, who.id, about)], MORNING)


async def test_who_has_muted_them_is_not_asked_between_standups(team: Team) -> None:
    await mute(team)
    await ask_both(team)
    async with team.writing() as session:
        assert await notices.tell_due(session, MORNING) == 1
        assert (await agenda.read(session, MORNING)).get(agenda.Step.TELL) is None, (
            "what is muted makes nothing due"
        )
    (told,) = await team.sent(kind="notices")
    assert told.destination == "UBEN"


async def test_what_concerns_them_still_comes(team: Team) -> None:
    await mute(team)
    async with team.writing() as session:
        blocker = await make_blocker(session, team.of_ben, team.ana)
        about = BlockerToClear(blocker_id=blocker.id)
        await notices.give(session, [ToTell(team.workspace_id, team.ana.id, about)], MORNING)
        assert await notices.tell_due(session, MORNING) == 1
    (told,) = await team.sent(kind="notices")
    assert told.destination == "UANA"


async def test_no_reminder_of_a_standup(team: Team) -> None:
    await mute(team)
    async with team.writing() as session:
        for prompt_id in (team.asks_ana.id, team.asks_ben.id):
            (await session.get_one(Prompt, prompt_id)).remind_at = MORNING
        await session.flush()
        await asking.remind_due(session, MORNING + timedelta(minutes=1))
    (told,) = await team.sent(kind="standup_reminder")
    assert told.payload["prompt_id"] == team.asks_ben.id
