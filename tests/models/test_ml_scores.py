"""The ML Test Score of a launch check, on both databases: by section, with its day, shown next time."""

import pytest
from sqlalchemy import select

from models import ml_scores, reviewing
from models.checklists import ml_tests
from models.closing import Wanted
from models.domain.decision import DecisionKind
from models.domain.errors import Unknown
from models.domain.facts_checklists import MlScorePage
from models.domain.permissions import NotAllowed
from models.domain.project import Role
from models.domain.review import Answer, ReviewKind
from models.ml_scores import OnlyAtLaunch
from models.tables import Membership
from tests.models.conftest import NOW, Team
from tests.models.reviewed import closed, opened, shown
from tests.scenarios import scenarios

GIVEN = scenarios()["ml_test_score_answers"]["scores"]
EXPECTED = scenarios()["expected"]["ml_test_score"]


async def give(
    team: Team, review_id: int, section: str, points: dict[str, float], who: str = "UBEN"
) -> None:
    """Somebody fills in a section."""
    async with team.writing() as session:
        taking = await reviewing.take_part(session, review_id, who)
        await ml_scores.give(session, taking, section, points, NOW.now)


async def page(team: Team, review_id: int) -> MlScorePage:
    """As its page reads."""
    async with team.writing() as session:
        return await ml_scores.page(session, review_id)


def of(section: str) -> dict[str, float]:
    """The scenario's points of a section."""
    tests = ml_tests().sections[section]
    return {test.key: float(one) for test, one in zip(tests, GIVEN[section], strict=True)}


async def scored(team: Team) -> int:
    """A launch check with the scenario's answers."""
    review_id = await opened(team, ReviewKind.DEPLOYMENT)
    for section in GIVEN:
        await give(team, review_id, section, of(section))
    return review_id


async def test_the_scenario_s_score_stands_on_the_card_and_answers_its_item(led: Team) -> None:
    facts = await shown(led, await scored(led))
    assert facts.ml_score is not None
    found = facts.ml_score.scored
    assert (found.sections, found.score) == (EXPECTED["sections"], EXPECTED["score"])
    assert (found.weakest, found.band.range) == ("monitor", "over 1, up to 2")
    assert facts.ml_score.next == (
        "Training and serving features agree",
        "The model is not too old",
        "Numerically stable",
    )
    item = next(line for line in facts.lines if line.item.key == "ml_test_score")
    assert (item.answer, item.note, item.known) == (
        Answer.YES,
        "2 of 7, first pass at production; weakest: Monitoring",
        True,
    )


async def test_a_section_is_given_alone_and_changed(led: Team) -> None:
    review_id = await opened(led, ReviewKind.DEPLOYMENT)
    assert (await page(led, review_id)).score is None
    await give(led, review_id, "data", of("data"))
    await give(led, review_id, "data", dict.fromkeys(of("data"), 1.0))
    found = (await shown(led, review_id)).ml_score
    assert found is not None
    assert found.scored.sections["data"] == 7
    assert found.missing == ("model", "infra", "monitor")
    assert next(
        one for one in (await shown(led, review_id)).lines if one.item.key == "ml_test_score"
    ).is_open


async def test_the_last_one_stands_in_the_form_of_the_next(led: Team) -> None:
    first = await scored(led)
    await closed(led, first, Wanted(DecisionKind.NO_GO, "Not yet"))
    assert not (await page(led, first)).is_open
    second = await opened(led, ReviewKind.DEPLOYMENT)
    found = await page(led, second)
    assert found.here is None
    assert found.before is not None
    assert (found.before.on, found.points("data_1")) == (NOW.today, 1.0)
    await give(led, second, "data", dict.fromkeys(of("data"), 0.5))
    found = await page(led, second)
    assert (found.points("data_1"), found.points("model_2")) == (0.5, 0.0)


@pytest.mark.parametrize(
    ("section", "points"),
    [
        ("else", {"data_1": 1.0}),
        ("data", {"model_1": 1.0}),
        ("data", {"data_1": 0.7}),
        ("data", {}),
    ],
)
async def test_only_tests_and_points_that_there_are(
    led: Team, section: str, points: dict[str, float]
) -> None:
    review_id = await opened(led, ReviewKind.DEPLOYMENT)
    with pytest.raises(Unknown):
        await give(led, review_id, section, points)


async def test_it_belongs_to_launch_checks_and_to_those_who_build_it(led: Team) -> None:
    review_id = await opened(led)
    with pytest.raises(OnlyAtLaunch):
        await give(led, review_id, "data", of("data"))
    with pytest.raises(OnlyAtLaunch):
        await page(led, review_id)
    with pytest.raises(Unknown):
        await page(led, 10**6)
    launch = await opened(led, ReviewKind.DEPLOYMENT)
    async with led.writing() as session:
        roles = select(Membership).where(Membership.member_id == led.ben.id)
        (await session.scalars(roles)).one().role = Role.STAKEHOLDER
    with pytest.raises(NotAllowed):
        await give(led, launch, "data", of("data"))
