"""An experiment is one hypothesis under test: its states, its outcome, its sentence."""

from enum import StrEnum

from models.domain.errors import ExperimentConcluded
from models.domain.metric import Goal, reaches

DEFAULT_TIMEBOX = 8
"""Working days (S0-2)."""


class Category(StrEnum):
    """The five kinds of work (S4-6)."""

    PROBLEM = "problem"
    DATA = "data"
    MODELING = "modeling"
    PRODUCTIONIZATION = "productionization"
    QUALITY_CHECK = "quality_check"

    @property
    def label(self) -> str:
        """As people read it."""
        return {
            Category.PROBLEM: "Problem definition",
            Category.DATA: "Data exploration and quality",
            Category.MODELING: "Modeling",
            Category.PRODUCTIONIZATION: "Productionization",
            Category.QUALITY_CHECK: "Quality check",
        }[self]


class Status(StrEnum):
    """proposed → running ⇄ paused → concluded; going on after that is a new experiment (domain §2.3)."""

    PROPOSED = "proposed"
    RUNNING = "running"
    PAUSED = "paused"
    CONCLUDED = "concluded"

    @property
    def label(self) -> str:
        """As people read it, within a line."""
        return "for later" if self is Status.PROPOSED else self.value


class Outcome(StrEnum):
    """How a hypothesis came out. None of them is a failure."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        """As people read it (domain §3.6: ruled out, never failed)."""
        return {
            Outcome.SUPPORTED: "Supported",
            Outcome.REFUTED: "Ruled out",
            Outcome.INCONCLUSIVE: "Can't tell",
            Outcome.ABANDONED: "Dropped",
        }[self]


class AbandonReason(StrEnum):
    """Why an experiment was dropped."""

    INVALID_SETUP = "invalid_setup"
    DEPRIORITISED = "deprioritised"
    SUPERSEDED = "superseded"
    BLOCKED = "blocked"
    OUT_OF_TIME = "out_of_time"

    @property
    def label(self) -> str:
        """As people read it."""
        return {
            AbandonReason.INVALID_SETUP: "The set-up could not answer it",
            AbandonReason.DEPRIORITISED: "Something else matters more now",
            AbandonReason.SUPERSEDED: "Another experiment answers it",
            AbandonReason.BLOCKED: "Could not go on",
            AbandonReason.OUT_OF_TIME: "Out of time",
        }[self]


class Split(StrEnum):
    """Which data a number was measured on; only like is compared with like (S0-9)."""

    VALIDATION = "validation"
    TEST = "test"
    SHADOW = "shadow"
    PRODUCTION = "production"


OPEN = (Status.PROPOSED, Status.RUNNING, Status.PAUSED)
ASKED_ABOUT = (Status.RUNNING,)
"""What a standup asks about: neither what is for later nor what is paused."""


def require_open(status: Status) -> None:
    """Raise unless the experiment can still be worked on.

    Raises:
        ExperimentConcluded: it is concluded; a concluded one is never reopened (domain §2.3).
    """
    if status is Status.CONCLUDED:
        raise ExperimentConcluded


def suggested_outcome(
    value: float | None,
    threshold: float | None,
    *,
    goal: Goal,
    low: float | None = None,
    high: float | None = None,
) -> Outcome | None:
    """What the criterion says (domain §2.4-2); None without a number or without a criterion.

    Interval ends belong to the interval. A person may choose otherwise; the difference is kept.
    """
    if value is None or threshold is None:
        return None
    if reaches(goal, value, threshold):
        return Outcome.SUPPORTED
    if low is not None and high is not None and low <= threshold <= high:
        return Outcome.INCONCLUSIVE
    return Outcome.REFUTED


def experiment_key(project_key: str, number: int) -> str:
    """“FRAUD-12”."""
    return f"{project_key}-{number}"


def title_of(change: str, limit: int = 80) -> str:
    """A short name from the change: its first words, cut at a word unless that leaves too little."""
    line = " ".join(change.split())
    if len(line) <= limit:
        return line
    whole = line[: limit - 1].rsplit(" ", 1)[0]
    cut = whole if len(whole) > limit // 2 else line[: limit - 1]
    return cut.rstrip(" ,;:–-") + "…"
