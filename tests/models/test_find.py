"""Finding in the notebook, on both databases alike (S3-28)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from models.domain.experiment import Outcome, Status
from models.domain.project import Role
from models.find import PAGE, find, tried_before
from models.tables import Experiment, Member, Membership
from models.visible import read_as
from tests.models.conftest import Team, make_team
from tests.queries import count_queries
from tests.rows import make_experiment

DONE: dict[str, Any] = {
    "status": Status.CONCLUDED,
    "outcome": Outcome.REFUTED,
    "concluded_on": date(2026, 2, 5),
}


async def tried(team: Team, title: str, learning: str = "", **columns: Any) -> Experiment:
    async with team.writing() as session:
        said = {"title": title, "change": title, "because": "", "learning": learning, **DONE}
        return await make_experiment(session, team.project, team.ana, **{**said, **columns})


async def keys(team: Team, words: str, reader: str | None = None, offset: int = 0) -> list[str]:
    async with team.db.reading(team.workspace_id) as session:
        if reader is not None:
            read_as(session, reader)
        page = await find(session, words, offset=offset)
    return [one.key for one in page.found]


async def test_words_are_found_in_every_text_whatever_their_endings(team: Team) -> None:
    await tried(team, "Boosted trees", next_step="Read the missed cases")
    await tried(team, "Label delay", "Chargebacks arrive late; 3.5 weeks, in Łódź and Zürich")
    for words, found in (
        ("boosting", ["FRAUD-3"]),
        ("TREE", ["FRAUD-3"]),
        ("miss case", ["FRAUD-3"]),
        ("chargeback labels", ["FRAUD-4"]),
        ("zurich", ["FRAUD-4"]),
        ("Zürich", ["FRAUD-4"]),
        ("label-delay", ["FRAUD-4"]),
        ("charge", ["FRAUD-4"]),
        ("nothing of the kind", []),
        ("…", []),
    ):
        assert await keys(team, words) == found, words


async def test_title_and_change_weigh_more(team: Team) -> None:
    await tried(team, "Focal loss", "graph")
    await tried(team, "Links in a graph", "rings")
    await tried(team, "Class weights", "graph", because="graph")
    assert (await keys(team, "graph"))[0] == "FRAUD-4"


async def test_some_of_the_words_will_do_where_none_has_all(team: Team) -> None:
    await tried(team, "Boosted trees")
    await tried(team, "Focal loss")
    async with team.db.reading(team.workspace_id) as session:
        page = await find(session, "boosted unicorns")
        assert page.some
        assert [one.key for one in page.found] == ["FRAUD-3"]
        assert not (await find(session, "boosted trees")).some


async def test_page_by_page(team: Team) -> None:
    for n in range(PAGE + 2):
        await tried(team, f"Sampling scheme {n}")
    first, second = await keys(team, "sampling"), await keys(team, "sampling", offset=PAGE)
    assert (len(first), len(second)) == (PAGE, 2)
    assert not set(first) & set(second)
    assert await keys(team, "sampling", offset=100) == []


async def test_what_changes_is_found_anew_and_what_is_gone_isnt(team: Team) -> None:
    row = await tried(team, "Quaternions")
    async with team.writing() as session:
        found = await session.get_one(Experiment, row.id)
        found.learning = "Merchants matter"
        await session.flush()
        await session.execute(
            update(Experiment).where(Experiment.id == row.id).values(title="Forests", change="x")
        )
    assert await keys(team, "quaternions") == []
    assert await keys(team, "forests merchants") == ["FRAUD-3"]
    async with team.writing() as session:
        await session.execute(delete(Experiment).where(Experiment.id == row.id))
    assert await keys(team, "forests") == []


async def test_another_workspace_and_other_peoples_projects_stay_unseen(team: Team) -> None:
    theirs = await make_team(team.db)
    await tried(theirs, "Boosted trees")
    assert await keys(team, "boosted") == []
    assert await keys(theirs, "boosted") == ["FRAUD-3"]
    async with team.db.reading(team.workspace_id) as session:
        assert await tried_before(session, "Boosted trees", "") is None
    await tried(team, "Boosted trees")
    async with team.writing() as session:
        (await session.get_one(Member, team.ben.id)).described = True
        session.add(guest := Member(**_guest(team)))
        await session.flush()
    assert await keys(team, "boosted", reader="UGUS") == []
    async with team.writing() as session:
        session.add(
            Membership(project_id=team.project.id, member_id=guest.id, role=Role.STAKEHOLDER)
        )
    assert await keys(team, "boosted", reader="UGUS") == ["FRAUD-3"]
    assert await keys(team, "boosted", reader="UBEN") == ["FRAUD-3"]


def _guest(team: Team) -> dict[str, Any]:
    kept = ("workspace_id", "tz", "workdays", "created_at")
    copied = {name: getattr(team.ben, name) for name in kept}
    return {**copied, "slack_id": "UGUS", "name": "Gus", "limited": True, "described": True}


async def test_what_was_tried_before_is_shown_but_not_what_runs_or_is_followed(team: Team) -> None:
    old = await tried(team, "Blend of three models", "They agree on what they miss")
    await tried(team, "Blending three models", status=Status.RUNNING, outcome=None)
    async with team.db.reading(team.workspace_id) as session:
        with count_queries(team.db) as statements:
            before = await tried_before(session, "Ensemble of several models", "errors differ")
        assert len(statements) == 2
        assert before is not None
        (one,) = before.close
        assert (one.key, one.outcome, one.learning) == (
            "FRAUD-3",
            Outcome.REFUTED,
            "They agree on what they miss",
        )
        followed = await tried_before(session, "Blend of three models", "", follows_id=old.id)
        assert followed is None
        assert await tried_before(session, "Something entirely new", "") is None
        assert await tried_before(session, "Blend", "") is not None
        assert await tried_before(session, "?!", "…") is None


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'",
        "a'b",
        'NEAR("x" y, 2)',
        "title: x",
        "a & | ! b:*",
        "-x",
        "^x",
        "x*",
        "(",
        "\\",
        "%",
    ],
)
async def test_signs_are_no_operators(team: Team, typed: str) -> None:
    await keys(team, typed)
    async with team.db.reading(team.workspace_id) as session:
        await tried_before(session, typed, typed)


async def test_any_text_is_a_query(team: Team) -> None:
    @settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.lists(st.text(max_size=80), min_size=25, max_size=25))
    def texts(found: list[str]) -> None:
        typed.extend(found)

    typed: list[str] = []
    texts()
    async with team.db.reading(team.workspace_id) as session:
        for words in typed[:400]:
            await find(session, words.replace("\x00", ""))
