"""A team's own questions: what it doesn't change is as usual, and what the record needs is always asked."""

import pytest

from models.domain.questions import DEFAULT, MOST, Kind, Question, Questions, kept, questions_of

OWN = Questions(
    learned=Question("What did the data say?", "One surprise"),
    value=Question(asked=False),
    blocker=Question(hint="Say who helps"),
)


def test_only_what_differs_is_kept() -> None:
    assert kept(DEFAULT) == {}
    assert set(kept(OWN)) == {"learned", "value", "blocker"}
    assert questions_of(kept(OWN)) == OWN
    assert questions_of({}) == DEFAULT


@pytest.mark.parametrize("kind", [Kind.LEARNED, Kind.STATUS])
def test_what_the_record_needs_cannot_be_left_out(kind: Kind) -> None:
    assert questions_of({kind.value: {"asked": False}}).of(kind).asked
    left_out = Questions(learned=Question(asked=False), status=Question(asked=False))
    assert questions_of(kept(left_out)) == DEFAULT


def test_what_is_not_understood_is_as_usual() -> None:
    odd: dict[str, object] = {
        "learned": "x",
        "status": {"wording": 7, "hint": "  "},
        "mood": {"wording": "How?"},
    }
    assert questions_of(odd) == DEFAULT
    long = questions_of({"value": {"wording": "x" * 200}}).value.wording
    assert long is not None
    assert len(long) == MOST
