"""People as Slack describes them."""

from typing import Any

import pytest

from handlers.deps import Ask
from handlers.directory import Directory, introduce, profile_of
from models.domain.errands import ReadChannel, ReadPerson
from models.domain.messages import (
    StandupPrompt,
)
from models.domain.sending import Parcel
from models.people import Profile, known, remember
from tests.clock import MORNING
from tests.handlers.conftest import Bot, Json, RecordedSlack
from tests.handlers.test_sender_answers import PARCEL
from tests.queries import count_queries


def user(slack_id: str = "U1", **changes: Any) -> Json:
    return {"id": slack_id, "name": "ana", "tz": "Europe/Berlin", "profile": {}, **changes}


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "ana"),
        ({"real_name": "Ana Ruiz"}, "Ana Ruiz"),
        ({"profile": {"display_name": "Ana", "real_name": "Ana Ruiz"}}, "Ana"),
        ({"profile": {"display_name": "", "real_name": "Ana Ruiz"}}, "Ana Ruiz"),
        ({"name": "", "profile": None}, "U1"),
    ],
)
def test_a_person_is_called_as_they_want(changes: Json, name: str) -> None:
    profile = profile_of(user(**changes))
    assert profile == Profile("U1", name, "Europe/Berlin", active=True, limited=False)


def test_bots_are_nobody() -> None:
    assert profile_of(user(is_bot=True)) is None
    assert profile_of(user("USLACKBOT")) is None


@pytest.mark.parametrize("flag", ["is_restricted", "is_ultra_restricted", "is_stranger"])
def test_guests_and_strangers_are_limited(flag: str) -> None:
    profile = profile_of({**user(), flag: True})
    assert profile is not None
    assert profile.limited


def test_who_is_gone_is_not_active_and_who_has_no_zone_is_in_utc() -> None:
    profile = profile_of(user(deleted=True, tz=None))
    assert profile is not None
    assert (profile.active, profile.tz) == (False, "UTC")


def asked(message: Any, bot: Bot) -> Parcel:
    return Parcel(
        **{
            **vars(PARCEL),
            "workspace_id": bot.home.workspace_id,
            "message": message,
            "destination": "C1",
        }
    )


async def test_strangers_are_asked_for_one_by_one_known_people_are_not(
    bot: Bot, slack: RecordedSlack
) -> None:
    met = Profile("U1", "Ana", "Asia/Tokyo", active=True, limited=False)
    async with bot.deps.db.writing(bot.home.workspace_id) as session:
        await remember(session, [met], MORNING)
    slack.answers = {
        "conversations.members": [
            {"ok": True, "members": ["U1"], "response_metadata": {"next_cursor": "more"}},
            {"ok": True, "members": ["U2", "UBOT"]},
        ],
        "users.info": [
            {"ok": True, "user": user("U2", name="Ben")},
            {"ok": True, "user": user("UBOT", is_bot=True)},
        ],
    }
    directory = Directory(bot.deps.db, bot.deps.interactive)
    found = await directory.read(asked(ReadChannel(ceremony_id=1), bot))
    assert [(one.slack_id, one.tz) for one in found] == [
        ("U1", "Asia/Tokyo"),
        ("U2", "Europe/Berlin"),
    ]


async def test_many_strangers_are_read_from_the_list_of_all(bot: Bot, slack: RecordedSlack) -> None:
    ids = [f"U{n}" for n in range(31)]
    page = [user(slack_id) for slack_id in [*ids[:20], "UOTHER"]]
    slack.answers = {
        "conversations.members": [{"ok": True, "members": ids}],
        "users.list": [
            {"ok": True, "members": page, "response_metadata": {"next_cursor": "more"}},
            {
                "ok": True,
                "members": [user(slack_id) for slack_id in ids[20:]],
                "response_metadata": {"next_cursor": "more"},
            },
        ],
    }
    directory = Directory(bot.deps.db, bot.deps.interactive)
    found = await directory.read(asked(ReadChannel(ceremony_id=1), bot))
    assert [one.slack_id for one in found] == ids
    assert slack.calls.qsize() == 3  # who is complete is not asked for on


async def test_a_person_is_asked_for_by_id(bot: Bot, slack: RecordedSlack) -> None:
    slack.answers = {
        "users.info": [
            {"ok": True, "user": user("U7")},
            {"ok": True, "user": user("U8", is_bot=True)},
        ]
    }
    directory = Directory(bot.deps.db, bot.deps.interactive)
    found = await directory.read(asked(ReadPerson(slack_id="U7"), bot))
    assert [one.slack_id for one in found] == ["U7"]
    assert await directory.read(asked(ReadPerson(slack_id="U8"), bot)) == []


async def test_only_reads_are_read(bot: Bot) -> None:
    directory = Directory(bot.deps.db, bot.deps.interactive)
    with pytest.raises(TypeError, match="standup_prompt reads nothing"):
        await directory.read(asked(StandupPrompt(prompt_id=1), bot))


async def known_now(bot: Bot) -> list[str]:
    async with bot.deps.db.reading(bot.home.workspace_id) as session:
        return list(await known(session, ["U1"]))


async def test_who_opens_a_form_for_the_first_time_is_asked_for(
    bot: Bot, slack: RecordedSlack
) -> None:
    slack.answers = {"users.info": [{"ok": True, "user": user("U1")}]}
    ask = Ask(bot.home, "U1", "ana", MORNING)
    with count_queries(bot.deps.db) as statements:
        met = await introduce(bot.deps.db, bot.deps.interactive, ask)
    assert len(statements) == 1
    assert met is not None
    assert (met.slack_id, met.described) == ("U1", True)
    assert await known_now(bot) == ["U1"]


@pytest.mark.parametrize(
    "answer", [{"ok": False, "error": "user_not_found"}, {"ok": True, "user": user(is_bot=True)}]
)
async def test_who_can_not_be_looked_up_stays_unknown(
    bot: Bot, slack: RecordedSlack, answer: Json
) -> None:
    slack.answers = {"users.info": [answer]}
    ask = Ask(bot.home, "U1", "ana", MORNING)
    assert await introduce(bot.deps.db, bot.deps.interactive, ask) is None
    assert await known_now(bot) == []


@pytest.mark.parametrize("flag", ["is_admin", "is_owner", "is_primary_owner"])
def test_slacks_owners_and_admins_are_admins_guests_never(flag: str) -> None:
    profile = profile_of({**user(), flag: True})
    guest = profile_of({**user(), flag: True, "is_restricted": True})
    assert profile is not None
    assert guest is not None
    assert (profile.admin, guest.admin) == (True, False)
