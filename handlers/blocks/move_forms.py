"""Forms of what becomes of an experiment: start, pause, go on, another owner, criterion, link, dropped."""

from collections.abc import Callable, Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks.course_forms import head
from handlers.blocks.document import Document
from handlers.blocks.forms import (
    Choice,
    amount_input,
    date_picker,
    field,
    modal,
    number_input,
    radio,
    select,
    text_input,
    user_select,
)
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.address import LONGEST
from models.domain.course_facts import CourseFacts, MetricChoice, ShiftChoices
from models.domain.experiment import AbandonReason, Category
from models.domain.metric import entered_as
from models.domain.moves import Move
from models.domain.shifts import name_of


def form(move: Move, facts: CourseFacts, metrics: Sequence[MetricChoice] = ()) -> dict[str, Any]:
    """The form of one move; `metrics` are those that a criterion may be about."""
    title, submit, fields = FORMS[move]
    blocks = [*head(facts), *fields(facts), *_criterion(move, facts, metrics)]
    return modal(
        title,
        blocks,
        callback_id=Form.EXPERIMENT_MOVE,
        submit=submit,
        metadata=f"{move}:{facts.experiment_id}",
    )


def _start(facts: CourseFacts) -> list[Block]:
    days = field(
        "timebox", "We will know within (working days)", number_input(initial=facts.timebox)
    )
    if facts.criterion is not None:
        return [days]
    asked = field(
        "threshold",
        shortened(f"From which value is it supported? {facts.measures}", 150),
        amount_input(),
        hint="Best said before the first number. Left empty, it runs without a criterion.",
        optional=True,
    )
    return [asked, days]


def _pause(facts: CourseFacts) -> list[Block]:  # noqa: ARG001  (all forms are made alike)
    return [
        field(
            "until",
            "Until when?",
            date_picker(),
            hint="It goes on by itself on that day. Nobody asks about it before, and no day counts.",
        ),
        field("reason", "Why does it rest?", text_input(limit=300, focus=True)),
    ]


def _resume(facts: CourseFacts) -> list[Block]:  # noqa: ARG001  (all forms are made alike)
    return Document().paragraph("It goes on today; its days count again.").blocks()


def _hand_on(facts: CourseFacts) -> list[Block]:
    owner = shortened(facts.owner.name, 60) if facts.owner else "its owner"
    return [
        field(
            "person",
            "Whose is it from now on?",
            user_select(placeholder="A person"),
            hint=f"They are asked about it in place of {owner}.",
        )
    ]


def _nothing(facts: CourseFacts) -> list[Block]:  # noqa: ARG001  (all forms are made alike)
    return []


def _criterion(move: Move, facts: CourseFacts, metrics: Sequence[MetricChoice]) -> list[Block]:
    if move is not Move.CRITERION:
        return []
    known = next((one for one in metrics if one.is_its), None)
    initial = None
    if facts.criterion and known:
        initial = entered_as(facts.criterion.threshold, known.unit)
    late = "There is a number already: the change is kept as such." if facts.measured else None
    chosen = (known or metrics[0]) if metrics else None
    choices = [(str(one.metric_id), one.name) for one in metrics]
    which = field("metric", "Which number?", select(choices, initial=_id(chosen)))
    value = field(
        "threshold", "From which value is it supported?", amount_input(initial=initial), hint=late
    )
    return [which, value] if len(choices) > 1 else [value]


def _id(metric: MetricChoice | None) -> str | None:
    return str(metric.metric_id) if metric else None


def _category(facts: CourseFacts) -> list[Block]:
    choices = [(kind.value, kind.label) for kind in Category]
    return [field("category", "Which kind of work is it?", select(choices, initial=facts.category))]


def kind_of_work(facts: CourseFacts, shifts: ShiftChoices) -> dict[str, Any]:
    """Which kind of work it is, and which expected change in the data it replays, where there are any."""
    opened = form(Move.CATEGORY, facts)
    if shifts.lines:
        names = [(name_of(line), shortened(line, 75)) for line in shifts.lines]
        chosen = shifts.replayed if shifts.replayed in shifts.lines else None
        asked = field(
            "replays",
            "Does it replay a change in the data?",
            select(names, placeholder="No", initial=name_of(chosen) if chosen else None),
            hint="Quality checks do. The launch check shows what came of each.",
            optional=True,
        )
        opened["blocks"].append(asked.to_dict())
    return opened


def _link(facts: CourseFacts) -> list[Block]:  # noqa: ARG001  (all forms are made alike)
    return [
        field("address", "Address", text_input(placeholder="https://", limit=LONGEST, focus=True)),
        field("what", "What is there?", text_input(placeholder="Run 42, seed 3", limit=300)),
    ]


def _keep(facts: CourseFacts) -> list[Block]:
    choices = [("yes", "Yes, from now on"), ("no", "No")]
    initial = "yes" if facts.adopted else "no"
    return [field("adopted", "Keep this change?", radio(choices, initial=initial))]


def _drop(facts: CourseFacts) -> list[Block]:  # noqa: ARG001  (all forms are made alike)
    return [
        field(
            "reason",
            "Why is it dropped?",
            radio([(reason.value, reason.label) for reason in AbandonReason]),
        ),
        field(
            "learning",
            "What should the team remember?",
            text_input(lines=True, limit=300),
            optional=True,
        ),
    ]


FORMS: dict[Move, tuple[str, str, Callable[[CourseFacts], list[Block]]]] = {
    Move.START: ("Start", "Start", _start),
    Move.PAUSE: ("Pause", "Pause", _pause),
    Move.RESUME: ("Go on", "Go on", _resume),
    Move.HAND_ON: ("Hand on", "Hand on", _hand_on),
    Move.CRITERION: ("Criterion", "Save", _nothing),
    Move.CATEGORY: ("Kind of work", "Save", _category),
    Move.LINK: ("Add a link", "Add", _link),
    Move.KEEP: ("Keep this change?", "Save", _keep),
    Move.DROP: ("Drop it", "Drop", _drop),
}


def which(mine: Sequence[Choice], more: int) -> dict[str, Any]:
    """Which of one's own experiments is concluded: a menu that leads to its form."""
    document = Document().paragraph("Which one is concluded?")
    menu = select(mine, placeholder="An experiment of yours", action_id=Click.CONCLUDE_WHICH)
    document.actions("which", [menu])
    if more:
        document.context(f"{more} more: write the key behind the command")
    return modal("Conclude", document.blocks(), callback_id=Form.NOTE)
