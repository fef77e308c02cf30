"""The product's number beside the experiment's: the hand-over reads both, and says so at once (S4-12)."""

import pytest
from sqlalchemy import delete, select

from handlers.blocks import parity as blocks
from handlers.forms import InvalidForm, parse
from handlers.forms_metrics import ParityForm
from models import comparing
from models.comparing import Pair
from models.domain.errors import NothingToMeasure, NotMetYet
from models.domain.experiment import Split
from models.domain.parity import Parity, ParityFacts
from models.domain.project import Role
from models.domain.review import Answer
from models.tables import Benchmark, Measurement
from tests.handlers.test_any_text import showable
from tests.models.conftest import NOW, Team
from tests.models.reviewed import opened, shown
from tests.models.test_benchmarks import roles
from tests.queries import count_queries
from tests.rows import make_measurement
from tests.stories.reading import shown as text_of


@pytest.fixture
async def team(team: Team) -> Team:
    """Ana is the PM, Ben an engineer; the best so far is 71 of 100."""
    await roles(team, ana=Role.PM, ben=Role.ML_ENGINEER)
    async with team.writing() as session:
        await make_measurement(session, team.of_ana, 0.71)
    return team


async def compare(team: Team, experiment: float, product: float) -> Parity:
    async with team.writing() as session:
        hand = await comparing.take(session, team.project.id, "UBEN", NOW.today)
        return await comparing.compare(session, hand, Pair(experiment, product), NOW)


async def same_numbers(team: Team, review_id: int) -> tuple[Answer | None, str | None]:
    lines = (await shown(team, review_id)).lines
    return next((one.answer, one.note) for one in lines if one.item.key == "same_numbers")


async def test_the_hand_over_reads_both_numbers(team: Team) -> None:
    review_id = await opened(team)
    assert await same_numbers(team, review_id) == (None, None)
    assert not (await compare(team, 0.71, 0.65)).same
    assert await same_numbers(team, review_id) == (
        Answer.NO,
        "Experiment 71 of 100, product 65 of 100",
    )
    assert (await compare(team, 0.652, 0.65)).same, "both measured anew, on the same data"
    assert await same_numbers(team, review_id) == (
        Answer.YES,
        "Experiment 65.2 of 100, product 65 of 100",
    )
    async with team.db.reading(team.workspace_id) as session:
        rows = await session.scalars(
            select(Measurement).where(Measurement.split == Split.SHADOW).order_by(Measurement.id)
        )
        assert [(one.value, one.beside, one.by_id) for one in rows] == [
            (0.65, 0.71, team.ben.id),
            (0.65, 0.652, team.ben.id),
        ]


async def test_the_form_knows_the_best_so_far(team: Team) -> None:
    async with team.db.reading(team.workspace_id) as session:
        with count_queries(team.db) as statements:
            facts = await comparing.facts(session, team.project.id, "UBEN", NOW.today)
        assert len(statements) <= 5
        assert facts.best == 0.71
        with pytest.raises(NotMetYet):
            await comparing.take(session, team.project.id, "USTRANGER", NOW.today)


async def test_without_a_number_there_is_nothing_to_compare(team: Team) -> None:
    async with team.writing() as session:
        await session.execute(delete(Measurement))
        await session.execute(delete(Benchmark))
        with pytest.raises(NothingToMeasure):
            await comparing.take(session, team.project.id, "UBEN", NOW.today)


def test_what_they_come_to_is_said_at_once() -> None:
    assert blocks.result(Parity(0.54, 0.536, 0.01), "share") == [
        "Experiment 54 of 100, product 53.6 of 100: the same.",
        "A difference counts above 1 of 100.",
    ]
    assert blocks.result(Parity(0.54, 0.52, 0.01, assumed=True), "share") == [
        "Experiment 54 of 100, product 52 of 100: they differ by 2 of 100.",
        "A difference counts above 1 of 100 (assumed). Worth a look before it goes on.",
    ]


def test_the_form_can_always_be_shown() -> None:
    for text in ("Fraud", "<!channel> *x* " * 300):
        facts = ParityFacts(10**17, text, text, "share", 0.54, 0.01, assumed=True)
        view = blocks.form(facts)
        showable(view)
        assert "both on the same data" in text_of(view["blocks"])
    assert parse(ParityForm, {"experiment": "54", "product": "53,6"}).product == 53.6
    with pytest.raises(InvalidForm) as refused:
        parse(ParityForm, {"experiment": "54", "product": None})
    assert set(refused.value.fields) == {"product"}
