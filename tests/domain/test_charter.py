"""The charter is asked in small pieces, each where it matters; production counts by itself."""

import pytest

from models.domain import charter
from models.domain.project import Stage

ALL = frozenset(charter.QUESTIONS)
CONCEPTION = [topic for topic in charter.TOPICS if topic.stage is Stage.CONCEPTION]


def test_no_form_asks_more_than_four_and_no_key_comes_twice() -> None:
    assert all(1 <= len(topic.questions) <= 4 for topic in charter.TOPICS)
    assert sum(len(topic.questions) for topic in charter.TOPICS) == len(charter.QUESTIONS)
    assert len({topic.key for topic in charter.TOPICS}) == len(charter.TOPICS)
    assert all(len(key) <= 40 for key in charter.QUESTIONS)
    assert all(len(topic.label) <= 24 for topic in charter.TOPICS)


def test_the_prompts_of_the_stage_data_are_questions_of_its_topic() -> None:
    assert set(charter.DATA_PROMPTS) <= {one.key for one in charter.DATA.questions}


def test_the_way_without_ml_and_the_harm_are_asked_at_conception() -> None:
    asked = {one.key for topic in CONCEPTION for one in topic.questions}
    assert {"without_ml", "if_wrong", "explainability", "delivery"} <= asked
    assert asked >= charter.PRODUCTION


@pytest.mark.parametrize(
    ("stage", "first"),
    [
        (Stage.CONCEPTION, "why"),
        (Stage.DATA, "data"),
        (Stage.PROTOTYPE, "prototype"),
        (Stage.PRODUCTION, "prototype"),
    ],
)
def test_those_of_the_stage_come_first(stage: Stage, first: str) -> None:
    assert charter.in_order(stage)[0].key == first
    assert set(charter.in_order(stage)) == set(charter.TOPICS)


def test_those_to_come_stand_last() -> None:
    keys = [topic.key for topic in charter.in_order(Stage.DATA)]
    assert keys == ["data", "why", "use", "systems", "harm", "worth", "prototype"]


def test_the_next_topic_is_the_first_that_is_due_and_open() -> None:
    why = {one.key for one in charter.WHY.questions}
    assert charter.next_topic(Stage.CONCEPTION, frozenset()) is charter.WHY
    assert charter.next_topic(Stage.CONCEPTION, why) is charter.USE
    assert charter.next_topic(Stage.DATA, frozenset()) is charter.DATA
    of_conception = {one.key for topic in CONCEPTION for one in topic.questions}
    assert charter.next_topic(Stage.CONCEPTION, of_conception) is None
    assert charter.next_topic(Stage.DEPRECATION, ALL) is None


def test_shares_and_open_questions() -> None:
    assert charter.share(charter.PRODUCTION, {"users", "problem"}) == (1, len(charter.PRODUCTION))
    assert charter.of_topic(charter.WHY, {"problem", "users"}) == (1, 3)
    left = charter.open_questions([charter.WHY], {"problem"})
    assert [one.key for one in left] == ["without_ml", "if_wrong"]
    assert not charter.is_due(charter.DATA, Stage.CONCEPTION)
    assert charter.is_due(charter.DATA, Stage.DATA)


def test_a_topic_is_found_by_its_key() -> None:
    assert charter.topic_of("harm") is charter.HARM
    assert charter.topic_of("nothing") is None
