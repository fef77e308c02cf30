"""Saying the same again is noticed, whatever the case and the spaces."""

import pytest

from models.domain.repeats import normal, said_twice, same, same_step


def test_the_same_words_are_the_same() -> None:
    assert same("Compare 6 and  12 months.", " compare 6 AND 12 months")
    assert not same("Compare 6 and 12 months", "Compare 6 months")
    assert normal("Straße …") == normal("STRASSE")


def test_a_next_step_is_the_same_however_far_it_got() -> None:
    assert same_step("Train to epoch 20", "training until epoch 30.")
    assert not same_step("Train to epoch 20", "Read the missed cases")
    assert not same_step("20", "30")


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ([], None),
        (["a"], None),
        (["a", "b"], None),
        (["a", None, "a"], None),
        (["A ", "a", "b"], "A "),
        (["still training", "Still train"], "still training"),
    ],
)
def test_twice_is_in_both_of_the_last_two(before: list[str | None], said: str | None) -> None:
    assert said_twice(before) == said
