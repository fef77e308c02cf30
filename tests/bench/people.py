"""Rows for benchmarks: a standup that asks many people about one experiment each."""

from datetime import datetime, timedelta
from typing import NamedTuple

from bot.seed import team
from models.db import Database
from models.workspaces import settle_in
from tests import rows


class Asked(NamedTuple):
    """Somebody who has been asked, and about what."""

    user: str
    prompt_id: int
    experiment_id: int


class Standup(NamedTuple):
    """An open run; `workspace_id` is that of the playground's seeded team."""

    workspace_id: int
    run_id: int
    asked: list[Asked]


async def ask(db: Database, people: int, now: datetime) -> Standup:
    """Write an open run in the playground's workspace that has asked so many people."""
    async with db.writing(None) as session:
        home = await settle_in(
            session, slack_id=team.TEAM, name="Lab", bot_user_id=team.BOT, tz="UTC", now=now
        )
        members = [
            await rows.make_member(session, home, slack_id=slack_id(n), described=True)
            for n in range(people)
        ]
        project = await rows.make_project(session, home, channel_id=team.CHANNEL)
        ceremony = await rows.make_ceremony(
            session,
            members,
            project,
            channel_id=team.CHANNEL,
            next_day=now.date() + timedelta(days=7),
            opens_at=now + timedelta(days=7),
        )
        later = now + timedelta(hours=12)
        run = await rows.make_run(
            session,
            ceremony,
            day=now.date(),
            opened_at=now,
            summary_at=later,
            closes_at=later + timedelta(hours=1),
        )
        asked = []
        for member in members:
            experiment = await rows.make_experiment(session, project, member, started_on=now.date())
            prompt = await rows.make_prompt(session, run, member)
            asked.append(Asked(member.slack_id, prompt.id, experiment.id))
    return Standup(home.id, run.id, asked)


def slack_id(number: int) -> str:
    """The Slack id of the person with this number."""
    return f"U0ASKED{number:04}"
