"""The glossary: two sentences a word, found however it is spelled."""

import re

import pytest

from models.domain.glossary import WORDS, find, here, lacking

KNOWN = {"needed": "60 of 100", "agreed": "proposed"}


def test_every_word_is_said_in_two_sentences() -> None:
    for word in WORDS:
        sentences = re.split(r"(?<=[.?!])\s+", word.says.strip())
        assert len(sentences) == 2, word.name
        assert len(word.says) < 260, word.name


def test_words_are_in_order_and_each_name_stands_once() -> None:
    names = [name for word in WORDS for name in (word.name, *word.also)]
    assert len(names) == len(set(names))
    assert [word.name for word in WORDS] == sorted(word.name for word in WORDS)
    assert len(WORDS) >= 50


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("precision", "precision"),
        ("Precison", "precision"),
        ("MIN-DELTA", "min_delta"),
        ("min_delta", "min_delta"),
        ("guardrails", "guardrail"),
        ("false alarm", "false alarm"),
        ("kill criterion", "stop criterion"),
        ("refuted", "ruled out"),
        ("sensitivity", "recall"),
        ("AUC", "auc"),
        ("Leakage", "leak"),
        ("pre-registered", "set in advance"),
        ("calibrated", "calibration"),
        ("time box", "timebox"),
        ("stand-up", "standup"),
        ("oversampling", None),
        ("ROC AUC", "auc"),
        ("MAE", "mean absolute error"),
        ("dropped", "abandoned"),
        ("follow-ups", "follow up"),
    ],
)
def test_a_word_is_found_however_it_is_spelled(asked: str, meant: str | None) -> None:
    word = find(asked)
    assert (word and word.name) == meant


def test_what_is_like_nothing_is_nothing() -> None:
    assert find("quarterly offsite") is None


def test_a_project_has_its_own_numbers_where_it_has_them() -> None:
    acceptance, ceiling = find("acceptance"), find("ceiling")
    assert acceptance is not None
    assert ceiling is not None
    assert here(acceptance, KNOWN) == "Here: 60 of 100, proposed."
    assert here(ceiling, KNOWN) == ""


def test_what_a_project_lacks_is_said_with_where_it_comes_from() -> None:
    recall, ceiling, drift = find("recall"), find("ceiling"), find("drift")
    assert recall is not None
    assert ceiling is not None
    assert drift is not None
    assert lacking(recall).endswith("It comes from the four counts that a number may have.")
    assert lacking(ceiling) == "Here: not said yet."
    assert lacking(drift) == ""
