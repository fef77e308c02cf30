"""One's own file: every word that erasing knows as theirs, and not a word of anybody else."""

from typing import Any

import pytest

from models import erasing, own_words
from models.erasing import HYPOTHESES, PERSONAL, Wish
from models.own_words import PLACES
from models.tables import Member
from tests.clock import MORNING
from tests.models.conftest import Team, make_team
from tests.models.test_erasing import MINE, THEIRS, write
from tests.queries import count_queries

CHRONICLE = {("chronicle", "reason"), ("chronicle", "note"), ("help asked for", "ask")}


def personal() -> set[tuple[str, str]]:
    """What erasing knows as a person's own, as the file calls it."""
    own = [column for _, _, these in PERSONAL for column in these]
    return {
        (PLACES[column.class_].what, column.key.replace("_", " ")) for column in (*own, *HYPOTHESES)
    }


async def words_of(team: Team, member: Member) -> list[dict[str, Any]]:
    async with team.db.reading(team.workspace_id) as session:
        return [row async for row in own_words.own_words(session, member.id)]


def test_every_table_that_erasing_knows_has_a_name() -> None:
    assert {table for table, _, _ in PERSONAL} | {HYPOTHESES[0].class_} == set(PLACES)


async def test_all_that_somebody_wrote_and_nothing_of_others(team: Team) -> None:
    elsewhere = await make_team(team.db)
    await write(team, team.ana, MINE)
    await write(team, team.ben, THEIRS)
    await write(elsewhere, elsewhere.ana, "in another workspace")
    rows = await words_of(team, team.ana)
    assert {row["text"] for row in rows} == {MINE}
    assert {(row["what"], row["field"]) for row in rows} == personal() | CHRONICLE
    about = {(row["what"], row["about"]) for row in rows}
    assert {("standup answer", "FRAUD-1"), ("charter", "FRAUD"), ("review", "FRAUD")} <= about
    assert all(row["at"] for row in rows)
    assert set(own_words.FIELDS) == set(rows[0])
    assert {row["text"] for row in await words_of(team, team.ben)} == {THEIRS}


async def test_nothing_of_a_person_in_another_workspace(team: Team) -> None:
    elsewhere = await make_team(team.db)
    await write(elsewhere, elsewhere.ana, MINE)
    async with team.db.reading(team.workspace_id) as session:
        assert [row async for row in own_words.own_words(session, elsewhere.ana.id)] == []


async def test_what_was_erased_is_gone(team: Team) -> None:
    await write(team, team.ana, MINE)
    async with team.writing() as session:
        ana = await session.get_one(Member, team.ana.id)
        await erasing.erase(session, ana, Wish(hypotheses=True), by=ana, now=MORNING)
    assert await words_of(team, team.ana) == []


async def test_statements_are_constant_and_chunks_lose_nothing(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    await words_of(team, team.ana)
    with count_queries(team.db) as few:
        await words_of(team, team.ana)
    await write(team, team.ana, MINE)
    with count_queries(team.db) as much:
        whole = await words_of(team, team.ana)
    assert len(few) == len(much) == len(PERSONAL) + 3
    monkeypatch.setattr(own_words, "CHUNK", 1)
    assert await words_of(team, team.ana) == whole
