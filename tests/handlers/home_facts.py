"""Facts for the Home and the standup's page."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from models.domain.experiment import Outcome, Status
from models.domain.facts_home import (
    HomeFacts,
    MyBlocker,
    MyEnd,
    MyExperiment,
    MyExperiments,
    MyIncident,
    MyLive,
    MyNotice,
    MyProject,
    MyReview,
    MyScope,
    MyStandup,
    OpenExperiment,
    Question,
    Settings,
)
from models.domain.facts_standup import Place, RunState, StandupDetails
from models.domain.project import Stage
from models.domain.review import ReviewKind
from models.domain.standup import BlockerKind, PromptState
from tests.handlers.facts import DAY, FRAUD, JONAS, NEEDS_55, PRIYA, SOFIA, standup

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 15, 9, 40, tzinfo=BERLIN)
ASKED_AT = datetime(2026, 10, 15, 7, 30, tzinfo=UTC)
SETTINGS = Settings("Europe/Berlin", None, ("mon", "tue", "wed", "thu", "fri"), None, None, None)
CHANGED = Settings(
    "Europe/Berlin", time(11, 0), ("mon", "tue"), date(2026, 11, 2), date(2026, 11, 6), "DE"
)


def open_one(ident: int = 11, **facts: Any) -> OpenExperiment:
    """F11, waiting for an answer."""
    first = OpenExperiment(
        ident, f"FRAUD-{ident}", "18 months of history", "Card fraud alerts", 5, 8, None, False
    )
    return replace(first, **facts)


def question(*experiments: OpenExperiment, prompt_id: int = 7, **facts: Any) -> Question:
    """Jonas is asked about these."""
    first = Question(
        prompt_id, 4, "Fraud", DAY, ASKED_AT, False, PromptState.ASKED, tuple(experiments)
    )
    return replace(first, **facts)


def mine(ident: int = 11, **facts: Any) -> MyExperiment:
    """F11 in the list."""
    first = MyExperiment(
        experiment_id=ident,
        key=f"FRAUD-{ident}",
        title="18 months of history",
        project_name="Card fraud alerts",
        status=Status.RUNNING,
        day=5,
        timebox=8,
        criterion=NEEDS_55,
        numbers=FRAUD,
        pending=None,
        prompt_id=None,
    )
    return replace(first, **facts)


def my_standup(ceremony_id: int = 4, **facts: Any) -> MyStandup:
    """The fraud standup, on Tuesday again."""
    first = MyStandup(
        ceremony_id=ceremony_id,
        name="Fraud",
        channel_id="C1",
        days=("tue", "thu"),
        local_time="09:30",
        next_day=date(2026, 10, 20),
        next_at=datetime(2026, 10, 20, 9, 30, tzinfo=BERLIN),
        paused=False,
        asked=True,
    )
    return replace(first, **facts)


BLOCKER = MyBlocker(
    3, BlockerKind.DATA_ACCESS, "Invoices before 2024", "Tom", "Cash flow", 8, acknowledged=False
)
NOTICES = (MyNotice(7, "FRAUD-7", "A deeper net", 12), MyNotice(8, "FRAUD-8", "A wider net", None))
REVIEW = MyReview(4, ReviewKind.DEPLOYMENT, "Card fraud alerts", DAY, is_open=True, leads=True)
SCOPE = MyScope(9, "Cash flow", "Invoices only")
END = MyEnd(3, "De-duplication", DAY, "The list in the console")
FELL = MyLive(6, "De-duplication", DAY)
INCIDENT = MyIncident(8, "De-duplication", DAY)
PROJECT = MyProject(5, "FRAUD", "Card fraud alerts", Stage.DEVELOPMENT, 3, FRAUD)
PENDING = {"pending": Outcome.REFUTED, "answered": True}


def home(**facts: Any) -> HomeFacts:
    """Jonas at 09:40 on that Thursday, with one question."""
    first = HomeFacts(
        person=JONAS,
        now=NOW,
        questions=(question(open_one()),),
        mine=MyExperiments((mine(),), 0, 1),
        blockers=(),
        notices=(),
        standups=(my_standup(),),
        standups_more=0,
        settings=SETTINGS,
    )
    return replace(first, **facts)


def details(**facts: Any) -> StandupDetails:
    """The fraud standup's page."""
    moments = (
        (datetime(2026, 10, 19, 20, 30, tzinfo=UTC), SOFIA),
        (datetime(2026, 10, 20, 7, 30, tzinfo=UTC), JONAS),
        (datetime(2026, 10, 20, 7, 30, tzinfo=UTC), PRIYA),
    )
    places = (
        Place(JONAS, PromptState.ANSWERED, NOW),
        Place(PRIYA, PromptState.ASKED, NOW.replace(hour=20)),
        Place(SOFIA, PromptState.AWAY, NOW),
    )
    page = standup(JONAS, PRIYA, SOFIA, name="Fraud", moments=moments)
    run = RunState(DAY, closed=False, places=places, now=NOW)
    return replace(StandupDetails(page, JONAS, "Card fraud alerts", run), **facts)
