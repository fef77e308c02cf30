"""What a person reads when something can't be done: whole sentences that say what to do instead."""

import pytest

from models.domain.errors import BotError, NotInUnit, RunClosed


class Undocumented(BotError):
    pass


Undocumented.__doc__ = None


@pytest.mark.parametrize("kind", BotError.__subclasses__())
def test_every_refusal_is_a_sentence(kind: type[BotError]) -> None:
    sentence = kind().sentence if kind.__init__ is BotError.__init__ else kind.__doc__ or ""
    assert sentence[0].isupper()
    assert sentence.endswith((".", "?"))
    assert "\n" not in sentence


def test_the_sentence_is_the_docstring() -> None:
    assert RunClosed().sentence == RunClosed.__doc__ == str(RunClosed())


def test_a_sentence_about_the_case_goes_before() -> None:
    assert NotInUnit("Did you mean 54?").sentence == "Did you mean 54?"


def test_a_refusal_without_words_says_the_least() -> None:
    assert Undocumented().sentence == "That did not work."
