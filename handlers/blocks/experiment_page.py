"""One experiment in full: `/lab show KEY`, and the modal over the Home. Its parts stand in PARTS."""

from collections.abc import Callable

from slack_sdk.models.blocks import InteractiveElement

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Italic, Rendered, Span, Spans, button
from handlers.blocks.document import Link as Way
from handlers.blocks.forms import select
from handlers.blocks.history import happened
from handlers.blocks.lab import state_words
from handlers.blocks.text import clipped, sentence, shortened
from handlers.ids import Click
from models.domain.address import is_address
from models.domain.experiment import Status
from models.domain.experiment_facts import ExperimentPage, InTheWay, Link, NumberLine, Relative
from models.domain.metric import written
from models.domain.moves import Move

LABELS = {
    Move.START: "Start",
    Move.NUMBER: "Add a number",
    Move.CONCLUDE: "Conclude",
    Move.RESUME: "Go on",
    Move.PAUSE: "Pause",
    Move.EXTEND: "More time",
    Move.CRITERION: "Criterion",
    Move.HAND_ON: "Hand on",
    Move.CATEGORY: "Kind of work",
    Move.LINK: "Add a link",
    Move.KEEP: "Keep the change?",
    Move.DROP: "Drop it",
    Move.FOLLOW_UP: "Follow up",
}
BUTTONS = {
    Move.START: Click.EXPERIMENT_START,
    Move.RESUME: Click.EXPERIMENT_RESUME,
    Move.NUMBER: Click.EXPERIMENT_NUMBER,
    Move.CONCLUDE: Click.EXPERIMENT_CONCLUDE,
    Move.FOLLOW_UP: Click.EXPERIMENT_FOLLOW_UP,
}
"""What stands as buttons; the rest is behind a menu."""


def experiment(page: ExperimentPage) -> Rendered:
    """Everything about it, and what its reader can do."""
    document = Document()
    for part in PARTS:
        part(document, page)
    return document.rendered()


def _head(document: Document, page: ExperimentPage) -> None:
    document.heading(f"{page.key} · {page.title}")
    state = state_words(page.status, page.outcome, page.day, page.timebox)
    if page.status is Status.PAUSED and page.paused_until:
        state += f", goes on {words.short_day(page.paused_until)}"
    document.context(
        f"{shortened(page.project_name, 80)} · {shortened(page.who.name, 60)}"
        f" · {page.category.label} · {state}"
    )


def _hypothesis(document: Document, page: ExperimentPage) -> None:
    spans: list[Span] = [Bold("We believe that "), clipped(page.change, 2_000)]
    if page.criterion:
        value = written(page.criterion.threshold, page.criterion.unit)
        spans += [
            Bold(" will bring "),
            shortened(page.criterion.metric_name, 100),
            Bold(" to "),
            value,
        ]
    elif page.expected:
        spans += [Bold(" will "), clipped(page.expected, 600)]
    if page.because:
        spans += [Bold(" because "), clipped(page.because, 2_000)]
    days = words.count_of(page.timebox, "working day")
    document.paragraph(*spans, Bold(". We will know within "), f"{days}.")
    if page.replays:
        document.context(f"Replays a change in the data: {shortened(page.replays, 200)}")


def _criterion(document: Document, page: ExperimentPage) -> None:
    """What it needs, and what that says of the best number so far."""
    if page.criterion is None:
        if page.status is not Status.CONCLUDED:
            document.context("No criterion yet: which value would support it?")
        return
    said = []
    if page.suggested is not None:
        said.append(f"By its criterion so far: {page.suggested.label.lower()}")
    if page.criterion_edited:
        said.append("The criterion was changed after the first number")
    document.context(" · ".join(said))


def _outcome(document: Document, page: ExperimentPage) -> None:
    if page.learning:
        document.paragraph(Bold("Learned: "), clipped(page.learning, 6_000))
    if page.outcome is not None and page.adopted is not None:
        document.context("The change is kept." if page.adopted else "The change is not kept.")
    if page.planned and page.status is not Status.CONCLUDED:
        document.paragraph(Bold("Next: "), clipped(page.planned, 600))


def _numbers(document: Document, page: ExperimentPage) -> None:
    document.bullets(
        "Numbers, newest first", [_number(line) for line in page.numbers], where="of them"
    )
    if page.breaks:
        document.paragraph(Bold(words.broken_words(page.breaks)))


def _number(line: NumberLine) -> Spans:
    interval = ""
    if line.low is not None and line.high is not None:
        interval = f" ({written(line.low, line.unit)} to {written(line.high, line.unit)})"
    excluded = f", not counted: {line.excluded}" if line.excluded else ""
    value = f"{written(line.value, line.unit)}{interval}"
    metric = shortened(line.metric_name, 100)
    return [f"{words.short_day(line.on)}: {value} {metric}{excluded}"]


def _in_the_way(document: Document, page: ExperimentPage) -> None:
    document.bullets("In the way", [_blocker(one) for one in page.in_the_way])


def _blocker(one: InTheWay) -> Spans:
    owner = one.blocker.owner
    who = f", with {shortened(owner.name, 60)}" if owner else ""
    since = f", for {words.count_of(one.days, 'working day')}" if one.days else ""
    return [f"{words.needs(one.blocker)}{who}{since}"]


def _links(document: Document, page: ExperimentPage) -> None:
    document.bullets("Links", [_link(link) for link in page.links])


def _link(link: Link) -> Spans:
    what = f"{shortened(link.what, 100)}: " if link.what else ""
    return [what, Way(link.address, link.address) if is_address(link.address) else link.address]


def _chain(document: Document, page: ExperimentPage) -> None:
    document.bullets("Follows", [_relative(one) for one in page.relatives if one.before])
    document.bullets("Followed by", [_relative(one) for one in page.relatives if not one.before])


def _relative(one: Relative) -> Spans:
    state = one.outcome.label.lower() if one.outcome else one.status.label
    return [Bold(one.key), f" {shortened(one.title, 100)}: ", Italic(state)]


def _history(document: Document, page: ExperimentPage) -> None:
    dates = [f"started {words.short_day(page.started)}"] if page.started else []
    if page.concluded:
        dates.append(f"concluded {words.short_day(page.concluded)}")
    document.context(", ".join(dates))
    document.bullets(
        "What happened, newest first",
        [
            [f"{words.short_day(one.on)}: ", sentence(said)]
            for one in page.history
            if (said := happened(one))
        ],
        left_out=page.history_more,
        where="before that",
    )


def _moves(document: Document, page: ExperimentPage) -> None:
    """What its reader may do now."""
    ident = page.experiment_id
    now = [move for move in BUTTONS if move in page.moves]
    controls: list[InteractiveElement] = [
        button(
            LABELS[move],
            BUTTONS[move],
            f"{move}:{ident}",
            style="primary" if move is now[0] else None,
        )
        for move in now
    ]
    behind = [(f"{move}:{ident}", LABELS[move]) for move in page.moves if move not in BUTTONS]
    if page.numbers:
        controls.append(button("Its numbers", Click.MEASURED, str(ident)))
        controls.append(button("Chart", Click.CHART, str(page.project_id)))
    if page.moves and page.status is not Status.CONCLUDED:
        place = f"{page.project_id}|0|experiment:{ident}"
        controls.append(button("Something in the way", Click.BLOCKER_RAISE, place))
    if behind:
        controls.append(select(behind, placeholder="More …", action_id=Click.EXPERIMENT_MORE))
    document.actions(f"moves_{ident}", controls)


PARTS: tuple[Callable[[Document, ExperimentPage], None], ...] = (
    _head,
    _hypothesis,
    _criterion,
    _outcome,
    _numbers,
    _in_the_way,
    _links,
    _chain,
    _history,
    _moves,
)
"""The page from top to bottom; a part that has nothing to say says nothing."""
