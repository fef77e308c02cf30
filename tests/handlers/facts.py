"""Facts for messages, after the made-up standup of 15 October 2026 (domain §3.5)."""

from dataclasses import replace
from datetime import date
from typing import Any

from models.domain.experiment import Category, Outcome, Status
from models.domain.experiment_facts import (
    ExperimentPage,
    ExperimentRow,
    Happened,
    InTheWay,
    Link,
    NumberLine,
    ProjectPage,
    Relative,
)
from models.domain.facts import (
    Answer,
    Blocker,
    Criterion,
    ExperimentCard,
    Numbers,
    Person,
    ProjectChoice,
    PromptFacts,
)
from models.domain.facts_notices import BlockerFacts, NumberFacts
from models.domain.facts_standup import StandupPage
from models.domain.facts_summary import Help, Line, SummaryFacts
from models.domain.metric import Goal
from models.domain.moves import possible
from models.domain.standup import BlockerKind, EntryStatus

DAY = date(2026, 10, 15)
JONAS = Person(1, "U1", "Jonas Brandt")
PRIYA = Person(2, "U2", "Priya Raman")
SOFIA = Person(3, "U3", "Sofía Álvarez")
FRAUD = Numbers(
    metric_id=1,
    name="Fraud caught (9 in 10 alerts genuine)",
    phrase="Out of 100 frauds, how many we stop",
    unit="share",
    goal=Goal.MAX,
    baseline=0.41,
    best=0.538,
    acceptance=0.6,
    since=date(2026, 10, 6),
    last_gain=date(2026, 9, 8),
    tries=7,
    benchmark_version=1,
)
NEEDS_55 = Criterion(0.55, FRAUD.name, "share", Goal.MAX, is_primary=True)
LATENCY = Criterion(60, "Latency", "ms", Goal.MIN, is_primary=False)
STILL = Answer(EntryStatus.STILL_TESTING, False, "More history hurts", None, "", None, None)
NO_CHANGE = Answer(EntryStatus.STILL_TESTING, True, None, None, "", None, None)
RULED_OUT = Answer(EntryStatus.REFUTED, False, "Says the same", 0.46, "share", "drop it", None)
NEEDS_DATA = Blocker(BlockerKind.DATA_ACCESS, "Invoices before 2024", SOFIA)


def card(**facts: Any) -> ExperimentCard:
    """F11 on its fifth day, not answered yet."""
    first = ExperimentCard(
        experiment_id=11,
        key="FRAUD-11",
        title="18 months of history",
        project_name="Card fraud alerts",
        business_goal="Stop more fraud without more false alerts",
        day=5,
        timebox=8,
        criterion=NEEDS_55,
        numbers=FRAUD,
        planned="compare 6, 12 and 18 months",
        status=Status.RUNNING,
        pending=None,
        no_changes=0,
        last_heard=date(2026, 10, 13),
    )
    return replace(first, **facts)


def prompt(*cards: ExperimentCard, **facts: Any) -> PromptFacts:
    """Jonas' DM."""
    return replace(PromptFacts(7, JONAS, DAY, False, cards, None), **facts)


def line(answer: Answer = STILL, **facts: Any) -> Line:
    """What Jonas said of F11."""
    first = Line(
        JONAS, "FRAUD-11", "18 months of history", "Card fraud alerts", 5, 8, NEEDS_55, answer
    )
    return replace(first, **facts)


def wanted(**facts: Any) -> Help:
    """Jonas waits for invoices, since today."""
    first = Help(1, JONAS, "FRAUD-11", NEEDS_DATA, None, acknowledged=False, cleared=False)
    return replace(first, **facts)


def blocked(**facts: Any) -> BlockerFacts:
    """Jonas waits for invoices; Sofía can clear it."""
    first = BlockerFacts(
        blocker_id=1,
        key="FRAUD-11",
        title="18 months of history",
        project_name="Card fraud alerts",
        blocker=NEEDS_DATA,
        raised_by=JONAS,
        acknowledged=False,
        resolved=False,
    )
    return replace(first, **facts)


def leap(**facts: Any) -> NumberFacts:
    """Jonas measured a good deal more than anybody before."""
    first = NumberFacts(
        measurement_id=1,
        key="FRAUD-11",
        title="18 months of history",
        project_name="Card fraud alerts",
        who=JONAS,
        metric_name="Recall",
        value=0.71,
        unit="share",
        baseline=0.41,
        acceptance=0.6,
        on=DAY,
        confirmed_by=None,
        excluded=None,
    )
    return replace(first, **facts)


def summary(*lines: Line, **facts: Any) -> SummaryFacts:
    """The summary of that Thursday."""
    first = SummaryFacts(
        run_id=3,
        day=DAY,
        since=date(2026, 10, 13),
        asked=len(lines),
        answered=len(lines),
        lines=lines,
        elsewhere=(),
        no_answer=(),
        still_to_come=(),
        started=(),
        started_in_all=0,
        projects=(),
        closed=False,
    )
    return replace(first, **facts)


def project(**facts: Any) -> ProjectChoice:
    """The fraud project in a menu."""
    first = ProjectChoice(
        5, "FRAUD", "Card fraud alerts", "Stop more fraud without more false alerts", "C1", FRAUD
    )
    return replace(first, **facts)


def project_page(*rows: ExperimentRow, more: int = 0, **facts: Any) -> ProjectPage:
    """The fraud project in the list."""
    return ProjectPage(project(**facts), rows, more)


def row(**facts: Any) -> ExperimentRow:
    """F11 in the list."""
    first = ExperimentRow(
        "FRAUD-11", "18 months of history", "Jonas Brandt", Status.RUNNING, None, 5, 8, None
    )
    return replace(first, **facts)


def page(**facts: Any) -> ExperimentPage:
    """F11 in full, concluded."""
    first = ExperimentPage(
        project_id=3,
        experiment_id=11,
        key="FRAUD-11",
        title="18 months of history",
        project_name="Card fraud alerts",
        who=JONAS,
        category=Category.DATA,
        change="training on 18 months instead of 6",
        expected="rise",
        because="it has seen more kinds of fraud",
        status=Status.CONCLUDED,
        outcome=Outcome.REFUTED,
        day=7,
        timebox=8,
        criterion=NEEDS_55,
        numbers=(
            NumberLine(date(2026, 10, 15), 0.527, 0.519, 0.535, FRAUD.name, "share", None),
            NumberLine(date(2026, 10, 14), 0.712, None, None, FRAUD.name, "share", "leak"),
        ),
        learning="Contactless fraud behaves differently; old months hurt.",
        planned="Weight recent months more",
        started=date(2026, 10, 8),
        concluded=date(2026, 10, 16),
    )
    return replace(first, **facts)


def full_page(**facts: Any) -> ExperimentPage:
    """F11 at its fullest: whatever a page can show."""
    history = (
        Happened(
            DAY, "experiment_paused", {"until": "2026-10-20", "reason": "The cluster"}, "Jonas"
        ),
        Happened(DAY, "experiment_resumed", {"by_itself": True}, None),
        Happened(DAY, "timebox_extended", {"days": 3, "reason": "One seed more"}, "Jonas"),
        Happened(
            DAY,
            "criterion_changed",
            {
                "before": {"metric": "Recall", "unit": "share", "threshold": 0.5},
                "after": {"metric": "Recall", "unit": "share", "threshold": 0.55},
                "measured": True,
            },
            "Jonas",
        ),
        Happened(DAY, "experiment_handed_on", {"before": "Priya", "after": "Jonas"}, "Priya"),
        Happened(DAY, "experiment_linked", {"text": "Run 42"}, "Jonas"),
    )
    first = page(
        status=Status.PAUSED,
        outcome=None,
        paused_until=date(2026, 10, 20),
        criterion_edited=True,
        suggested=Outcome.REFUTED,
        links=(Link("https://example.org/run?a=1&b=2", "Run 42"), Link("ftp://x", "")),
        in_the_way=(InTheWay(NEEDS_DATA, "Jonas Brandt", 8), InTheWay(NEEDS_DATA, "Tom", 0)),
        relatives=(
            Relative(9, "FRAUD-9", "6 months", Status.CONCLUDED, Outcome.REFUTED, before=True),
            Relative(12, "FRAUD-12", "Recent weights", Status.PROPOSED, None, before=False),
        ),
        history=history,
        history_more=30,
        moves=tuple(possible(Status.PAUSED)),
    )
    return replace(first, **facts)


def standup(*people: Person, **facts: Any) -> StandupPage:
    """A standup of these people on Tuesdays and Thursdays."""
    first = StandupPage(
        ceremony_id=4,
        channel_id="C1",
        project_id=None,
        days=("tue", "thu"),
        local_time="09:30",
        tz="Europe/Berlin",
        people=people,
        next_day=date(2026, 10, 20),
        whole_channel=True,
    )
    return replace(first, **facts)
