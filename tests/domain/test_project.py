"""A project's key is made of its name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.project import KEY_PATTERN, key_from


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Card fraud alerts", "CARD"),
        ("fraud", "FRAUD"),
        ("3D scenes", "SCENES"),
        ("A model of churn", "MODEL"),
        ("Recommendations", "RECOMMENDA"),
        ("gpt2-speedrun", "GPT2"),
        ("Évaluation des alertes", "EVALUATION"),
        ("Šprint", "SPRINT"),
        ("Прогноз", ""),
        ("予測 v2", "V2"),
        ("", ""),
        ("7", ""),
    ],
)
def test_the_first_word_of_letters_and_digits(name: str, key: str) -> None:
    assert key_from(name) == key


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_a_key_that_is_made_is_one_that_is_taken(name: str) -> None:
    key = key_from(name)
    assert not key or KEY_PATTERN.fullmatch(key)
