"""What has to be true whatever was killed, looked at from the outside: in Slack and in the tables."""

from collections import Counter
from typing import Any, NamedTuple

from sqlalchemy import select

from models.db import Database
from models.domain.delivery import DeliveryState
from models.tables import Ceremony, Delivery, Experiment, Member, Prompt, Run, StandupEntry
from tests.fire.scene import Scene
from tests.fire.standup import Answers
from tests.stories import team
from tests.stories.people import Said

JSON = dict[str, Any]


class Verdict(NamedTuple):
    """`broken` promises, in words; how often a message of the bot's stands in a channel once more.

    That may happen: the bot may not read channels, so it can't look whether an interrupted post arrived.
    """

    broken: list[str]
    twice_in_channel: int


async def judged(scene: Scene, answers: Answers, *, cut: int = 0) -> Verdict:
    """Whether all was kept, though processes were killed and so many posts `cut` off."""
    direct = {handle: await scene.person(handle).dms() for handle in team.ZONES}
    channel = [one for one in await scene.person("jonas").reads(team.CHANNEL) if _by_bot(one)]
    threads = [await scene.person("jonas").reads(team.CHANNEL, root.ts) for root in channel]
    again = _again(channel) + sum(_again(thread[1:]) for thread in threads)
    thread = [said for one in threads for said in one[1:]]
    return Verdict(
        [
            *await _in_tables(scene, answers),
            *_in_dms(direct, answers),
            *_in_channel(channel, thread, answers),
            *_too_often(again, len(scene.killed_at) + cut),
        ],
        again,
    )


async def _in_tables(scene: Scene, answers: Answers) -> list[str]:
    db = Database(scene.begins.database_url)
    async with db.reading(None) as session:
        people = {row.id: row.slack_id for row in await session.scalars(select(Member))}
        entries = (await session.scalars(select(StandupEntry))).all()
        runs = (await session.scalars(select(Run))).all()
        prompts = Counter(await session.scalars(select(Prompt.member_id)))
        ceremonies = (await session.scalars(select(Ceremony))).all()
        deliveries = (await session.scalars(select(Delivery))).all()
        learnings = set(await session.scalars(select(Experiment.learning)))
    await db.close()
    stored = {people[one.member_id]: one.learned or "no change" for one in entries}
    lost = [
        f"{handle}: accepted {words!r}, stored {stored.get(team.user(handle))!r}"
        for handle, words in answers.accepted.items()
        if stored.get(team.user(handle)) != words
    ]
    done = {DeliveryState.SENT, DeliveryState.CANCELLED}
    left = [
        f"{one.subject} {one.state}: {one.error}" for one in deliveries if one.state not in done
    ]
    return [
        *lost,
        *left,
        *([] if len(ceremonies) == 1 else [f"{len(ceremonies)} standups"]),
        *([] if len(runs) == 1 else [f"runs {[run.slot for run in runs]}"]),
        *([] if set(prompts.values()) == {1} and len(prompts) == 4 else [f"asked: {prompts}"]),
        *([] if "jonas remembers" in learnings else [f"remembered: {learnings}"]),
    ]


def _in_dms(direct: dict[str, list[Said]], answers: Answers) -> list[str]:
    """One question each, which shows the answer in the end and can't be answered any more.

    What is left to click belongs to the next one.
    """
    broken = []
    for handle, said in direct.items():
        questions = [one for one in said if "Card fraud alerts: Stop more fraud" in one.shown]
        if len(questions) != 1:
            broken.append(f"{handle} was asked {len(questions)} times")
            continue
        words = answers.accepted.get(handle, "?")
        shown = questions[0].shown
        if words not in shown or questions[0].buttons != ["Update"]:
            broken.append(f"{handle} reads {shown!r}, {questions[0].buttons}")
        if again := _again(said):
            broken.append(f"{handle} got {again} messages twice")
    told = [one for one in direct["jonas"] if "4 people are asked" in one.shown]
    return broken if len(told) == 1 else [*broken, f"jonas was told {len(told)} times"]


def _in_channel(channel: list[Said], thread: list[Said], answers: Answers) -> list[str]:
    """The summary that stands last says that all have answered; all answers stand below one of them."""
    if not channel:
        return ["no summary"]
    last = channel[-1]
    below = "\n".join(said.shown for said in thread)
    words = [said for said in answers.accepted.values() if said != "no change"]
    missing = [f"not in a thread: {said}" for said in words if said not in below]
    if "4 of 4 people answered" in last.shown and "Still to come" not in last.shown:
        return missing
    return [*missing, f"the summary is {last.shown!r}"]


def _too_often(again: int, interrupted: int) -> list[str]:
    """Each interruption may leave one post in the channel of which nobody knows."""
    return [f"{again} posts twice, {interrupted} interrupted"] if again > interrupted else []


def _again(messages: list[Said]) -> int:
    """How many messages are there once more, by the id that they carry."""
    ids = Counter(
        one.raw["metadata"]["event_payload"]["id"] for one in messages if "metadata" in one.raw
    )
    return sum(ids.values()) - len(ids)


def _by_bot(said: Said) -> bool:
    return not said.raw.get("ephemeral") and said.raw["user"] == team.BOT
