"""The charter: what is asked about a project once, in small pieces, each where it matters (domain §4.7).

Answers are kept by key and read again by the reviews. Three answers are choices, kept with the project; the
problem is kept there, too, since every brief begins with it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from models.domain.project import Stage


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    RISK = "risk"
    SERVING = "serving"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Question:
    """One question. `short` names it in lists; `production` ones count for S2-15."""

    key: str
    short: str
    text: str
    hint: str
    production: bool = False
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Topic:
    """Questions that are asked in one form: at most four. `stage` is where they matter first."""

    key: str
    label: str
    stage: Stage
    questions: tuple[Question, ...]


WHY = Topic(
    "why",
    "Why we do it",
    Stage.CONCEPTION,
    (
        Question(
            "problem",
            "the problem",
            "What is the problem, in the words of the person who has it?",
            "Who is it, and what do they do today?",
        ),
        Question(
            "without_ml",
            "a way without ML",
            "Is there a way without ML, and is the gain worth the extra time and money?",
            "A rule, a report, a better form: what would it reach?",
        ),
        Question(
            "if_wrong",
            "when it is wrong",
            "How badly is the user hurt when it is wrong?",
            "Think of one bad case, from start to end.",
        ),
    ),
)
USE = Topic(
    "use",
    "Who uses it",
    Stage.CONCEPTION,
    (
        Question(
            "users",
            "its users",
            "Who uses the output, and what do they do with it?",
            "A team, a customer, another system.",
            production=True,
        ),
        Question(
            "notice",
            "time to act",
            "How soon must they have it, and how long do they need to act?",
            "A forecast of three months is of no use to a team that needs six.",
            production=True,
        ),
        Question(
            "delivery",
            "the delivery statement",
            "In one sentence: what is delivered where, to whom, and when?",
            "“A list of 200 customers, in the call tool, for the call team, every Monday at 7.”",
            production=True,
        ),
    ),
)
SYSTEMS = Topic(
    "systems",
    "How it gets there",
    Stage.CONCEPTION,
    (
        Question(
            "output",
            "format and system",
            "In which format and in which system must the output arrive?",
            "A column, a screen, an alert, a file.",
            production=True,
        ),
        Question(
            "serving",
            "batch or real time",
            "Batch, or real time?",
            "Real time costs more to build and to run.",
            production=True,
            kind=Kind.SERVING,
        ),
        Question(
            "frequency",
            "how often it runs",
            "How often will it run, and from when to when?",
            "And what if one run is missed?",
            production=True,
        ),
        Question(
            "sources",
            "sources and targets",
            "Which systems do we read from and write to, and who owns them?",
            "By table, file or API; who tells us when an input changes?",
            production=True,
        ),
    ),
)
HARM = Topic(
    "harm",
    "When it is wrong",
    Stage.CONCEPTION,
    (
        Question(
            "risk_tier",
            "the risk",
            "How much harm can a wrong result do?",
            "High makes validation, and a way to be put right, must-haves.",
            kind=Kind.RISK,
        ),
        Question(
            "errors",
            "errors that are bearable",
            "Which errors can the business live with, and how many of each?",
            "Which one is dearer: a false alarm, or a miss?",
        ),
        Question(
            "explainability",
            "explaining decisions",
            "Must single decisions be explained?",
            "It narrows the choice of methods, so it is asked first.",
            kind=Kind.YES_NO,
        ),
        Question(
            "fairness",
            "fair treatment",
            "Which groups of people must be treated alike?",
            "By law, by your own rules, or by decency.",
        ),
    ),
)
WORTH = Topic(
    "worth",
    "What it is worth",
    Stage.CONCEPTION,
    (
        Question(
            "value",
            "what it is worth",
            "What is a right, and what a wrong, prediction worth?",
            "A rough range in money is enough.",
        ),
        Question(
            "costs",
            "what it costs",
            "What do data, research and running cost?",
            "Roughly, a month.",
        ),
        Question(
            "feedback",
            "the way back",
            "How do results come back into the data?",
            "Without it the model stays as it is on its first day.",
            production=True,
        ),
    ),
)
DATA = Topic(
    "data",
    "The data",
    Stage.DATA,
    (
        Question(
            "data_quality",
            "quality of the data",
            "Is the data good enough?",
            "What did you look at, and what is missing?",
        ),
        Question("labels", "the labels", "Are the labels right?", "A hundred looked at by hand."),
        Question(
            "access", "access", "What blocks access to the data?", "“Nothing” is a full answer."
        ),
        Question(
            "shift",
            "what may change",
            "What could change in the data later? One a line.",
            "A vendor, a season, a new product; quality checks replay them before the launch.",
        ),
    ),
)
PROTOTYPE = Topic(
    "prototype",
    "What the prototype says",
    Stage.PROTOTYPE,
    (
        Question(
            "limits",
            "what it can and can't",
            "What can it do, what can't it, and what are the risks?",
            "As you would say it to somebody who will use it.",
        ),
        Question(
            "assumptions",
            "the assumptions",
            "Do the assumptions hold? If not, why go on?",
            "Stopping here is a good result, too.",
        ),
        Question(
            "helpers",
            "who helps",
            "Who has agreed to help, and with what?",
            "People, data, machines, money.",
        ),
    ),
)
TOPICS = (WHY, USE, SYSTEMS, HARM, WORTH, DATA, PROTOTYPE)
QUESTIONS = {one.key: one for topic in TOPICS for one in topic.questions}
PRODUCTION = frozenset(key for key, one in QUESTIONS.items() if one.production)
DATA_PROMPTS = ("data_quality", "labels", "access")
"""The three that a project answers before it leaves the stage *data* (S3-15)."""
STAGES = tuple(Stage)


class Share(NamedTuple):
    """So many of so many."""

    answered: int
    of: int


def topic_of(key: str) -> Topic | None:
    """The topic with this key."""
    return next((topic for topic in TOPICS if topic.key == key), None)


def share(keys: Collection[str], answered: Collection[str]) -> Share:
    """How many of these questions are answered."""
    return Share(sum(key in answered for key in keys), len(keys))


def of_topic(topic: Topic, answered: Collection[str]) -> Share:
    """How many of a topic's questions are answered."""
    return share([one.key for one in topic.questions], answered)


def is_due(topic: Topic, stage: Stage) -> bool:
    """Whether its questions matter by this stage."""
    return STAGES.index(topic.stage) <= STAGES.index(stage)


def open_questions(topics: Iterable[Topic], answered: Collection[str]) -> tuple[Question, ...]:
    """Those that nobody has answered."""
    return tuple(one for topic in topics for one in topic.questions if one.key not in answered)


def in_order(stage: Stage) -> tuple[Topic, ...]:
    """The topics, those of the project's stage first, then the earlier ones, then those to come."""
    here = STAGES.index(stage)
    place = {topic.key: here - STAGES.index(topic.stage) for topic in TOPICS}
    return tuple(sorted(TOPICS, key=lambda one: (place[one.key] < 0, abs(place[one.key]))))


def next_topic(stage: Stage, answered: Collection[str]) -> Topic | None:
    """The topic to ask about next: the first that matters by now and has an open question."""
    return next(
        (
            topic
            for topic in in_order(stage)
            if is_due(topic, stage) and open_questions([topic], answered)
        ),
        None,
    )
