"""Saying the same again is noticed, whatever the case and the spaces."""

import pytest

from models.domain.repeats import normal, said_twice, same


def test_the_same_words_are_the_same() -> None:
    assert same("Compare 6 and  12 months.", " compare 6 AND 12 months")
    assert not same("Compare 6 and 12 months", "Compare 6 months")
    assert normal("Straße …") == normal("STRASSE")


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ([], None),
        (["a"], None),
        (["a", "b"], None),
        (["a", None, "a"], None),
        (["A ", "a", "b"], "A "),
    ],
)
def test_twice_is_in_both_of_the_last_two(before: list[str | None], said: str | None) -> None:
    assert said_twice(before) == said
