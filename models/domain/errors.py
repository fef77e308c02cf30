"""What can go wrong by the user's doing. The docstring is the sentence that the person reads.

The layout is procrastinate's: one root, and a class whose docstring is its message.
"""

import inspect
from collections.abc import Iterable
from typing import NamedTuple


class BotError(Exception):
    """That did not work."""

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or inspect.cleandoc(type(self).__doc__ or BotError.__doc__ or ""))

    @property
    def sentence(self) -> str:
        """What the person is told: says what happened and what to do instead."""
        return str(self)


class NotYours(BotError):
    """Only the person who was asked can answer this one. Your own questions are in your messages."""


class RunClosed(BotError):
    """This standup is closed. What you have to say now belongs to the next one: you will be asked again."""


class ExperimentConcluded(BotError):
    """This experiment is concluded already. Go on with a new hypothesis that follows it up."""


class AskedAlready(BotError):
    """Somebody has asked already. The answer is still to come."""


class CalledAlready(BotError):
    """Somebody was asked for help with this before: once is all. Its owner can hand it on."""


class OwnerIsGone(BotError):
    """That person can't be asked here any more."""


class NothingToMeasure(BotError):
    """This project has no metric yet that a number could stand for."""


class ExtendedAlready(BotError):
    """This one was extended before: once is all. Conclude it, with what is known by now."""


class Unknown(BotError):
    """That is not here any more. Somebody may have changed it; open the list again."""


class NoProject(BotError):
    """There is no project yet. Start one with /lab project: it takes a minute."""


class KeyTaken(BotError):
    """Another project has this key already. Choose another one."""


class NameTaken(BotError):
    """This channel has a standup of that name already. Give this one another name, or change that one."""


class NothingAhead(BotError):
    """No next standup that asks you is planned: it is paused or has ended, or it asks others."""


class DayIsOver(BotError):
    """On that day somebody's time to be asked has passed already. Choose a later one."""


class DayIsPast(BotError):
    """That day is past. Choose today or a later one."""


class NobodyToAsk(BotError):
    """Nobody is left to ask: choose people, or a channel that somebody is in."""


class GuestsMayNot(BotError):
    """Guests and people from other companies can read here, but not change the record."""


class NotMetYet(BotError):
    """Slack has not told me yet who you are. Please close this form and open it once more."""


class NotInUnit(BotError):
    """That number is not in the metric's unit."""

    # `short` is the sentence for a field that takes figures only: what to do `otherwise` can't be done there.
    def __init__(self, sentence: str, otherwise: str = "") -> None:
        super().__init__(f"{sentence} {otherwise}".strip())
        self.short = sentence


class CannotImport(BotError):
    """That can't be imported."""


class Problem(NamedTuple):
    """What is wrong with a field of a line of a file; `field` is empty where the whole line is."""

    line: int
    field: str
    said: str

    def __str__(self) -> str:
        return f"line {self.line}{self.field and f', {self.field}'}: {self.said}."


class LogRefused(BotError):
    """The file has lines that can't be imported."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        shown = [str(problem) for problem in self.problems[:20]]
        more = len(self.problems) - len(shown)
        super().__init__("\n".join([*shown, f"and {more} more."] if more else shown))


class MayNotClear(BotError):
    """Only who can clear it, who raised it, or the PM says so. It may be somebody else's by now."""


class NotToldOfIt(BotError):
    """Nobody asked you to confirm this one. You may read it all the same."""


class NoGoodBenchmark(BotError):
    """That can't be what a good result is. `field` says what can't be taken."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class MayNotConfirm(BotError):
    """A second person confirms: somebody technical in the project, or who runs an experiment in it."""


class AlreadyLookedAt(BotError):
    """Somebody has looked at this number already."""


class NotAhead(BotError):
    """A new version begins today or later: what was said of a past day stays."""


class NotBetter(BotError):
    """Today's value is that good already. From which value is it better?"""


class AcceptanceChanged(BotError):
    """It is another value by now. Please open the numbers again, and agree to what you see there."""


class SignedAlready(BotError):
    """Somebody has signed for this side already."""


class OneSignature(BotError):
    """You have agreed for the other side: a second person signs for this one."""


class MetricTaken(BotError):
    """The project has a metric of that name already."""


class TooManyMetrics(BotError):
    """A project has at most 20 metrics: more guide nobody."""


class NotComputed(BotError):
    """The four counts don't give this metric. Please write the number."""


class SetAsideAlready(BotError):
    """This number was set aside before. It stays in the record."""


class GuardrailBroken(BotError):
    """It breaks a guardrail. Please say in one sentence why it stands all the same."""


class NoRound(BotError):
    """Nobody has scored since the last time. Give your scores, and a round is open."""


class NotYourRound(BotError):
    """The project's PM shows the scores, or who scored first."""


class IncidentIsOpen(BotError):
    """An incident of this project is open already. Say there what you have seen."""


class IncidentIsClosed(BotError):
    """This incident is closed. Open another one if it has come back."""


class StillToCome(BotError):
    """That day is still to come."""
