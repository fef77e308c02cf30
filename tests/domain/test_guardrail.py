"""Guardrails: what a better result must not cost (S4-5)."""

from models.domain.guardrail import Broken, Limit, asks_for_a_word, broken
from models.domain.metric import Goal

LATENCY = Limit("Answer time", "ms", Goal.MIN, 60)


def test_beyond_its_limit_a_guardrail_is_broken_and_at_it_it_holds() -> None:
    assert broken(60, LATENCY) is None
    assert broken(60.5, LATENCY) == Broken("Answer time", "ms", Goal.MIN, 60.5, 60)
    fair = Limit("Equal treatment", "share", Goal.MAX, 0.8)
    assert broken(0.8, fair) is None
    assert broken(0.79, fair) is not None


def test_only_what_is_built_upon_asks_for_a_word() -> None:
    assert asks_for_a_word(supported=True, adopted=False, breaks=True)
    assert asks_for_a_word(supported=False, adopted=True, breaks=True)
    assert not asks_for_a_word(supported=False, adopted=False, breaks=True)
    assert not asks_for_a_word(supported=True, adopted=True, breaks=False)
