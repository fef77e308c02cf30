"""Forms of a project: what it is called and for, its plan, its next stage, when something is a finding."""

from dataclasses import asdict
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks import project_words, words
from handlers.blocks.document import Bold, Document, Rendered, Span
from handlers.blocks.forms import (
    amount_input,
    channel_select,
    date_picker,
    field,
    modal,
    number_input,
    select,
    text_input,
)
from handlers.blocks.text import sentence, shortened
from handlers.ids import Form
from handlers.project_refs import ProjectRef
from models.domain.findings.kinds import Thresholds
from models.domain.metric import Goal, entered_as
from models.domain.project import Stage
from models.domain.project_facts import Moved, ProjectFacts
from models.domain.stages import LABEL, NEXT, STAGES, following, is_back

THRESHOLDS = {
    "silent_standups": "No word: standups missed",
    "unmeasured_days": "No number yet: working days",
    "blocked_days": "Something in the way: working days",
    "idle_days": "Nothing running: working days",
    "patience": "Flat stretch: tries without a real gain",
    "plateau_days": "Flat stretch: and days without one",
    "unacknowledged_days": "Not acknowledged: working days",
    "review_days": "Review not held: working days",
    "review_decision_days": "Review not decided: working days",
    "decision_days": "Decision open: working days",
    "production_values": "Live value too low: values in a row",
}
"""The findings' settings in the order in which they are asked."""


def goal_form(facts: ProjectFacts, ref: ProjectRef) -> dict[str, Any]:
    """What the project is called, what it is for, and where it is talked about."""
    blocks: list[Block] = [
        field(
            "name",
            "What is the project called?",
            text_input(initial=facts.name, limit=80),
            hint=f"Its key stays {facts.key}.",
        ),
        field(
            "business_goal",
            "What should be better for the business, in one line?",
            text_input(initial=facts.business_goal, limit=300),
            hint="Stands at the top of every standup.",
        ),
        field(
            "channel",
            "Which channel is it talked about in?",
            channel_select(facts.channel_id),
            hint="Its stages are told there. Invite me to it first.",
            optional=True,
        ),
        field(
            "stakeholders",
            "Which channel do its users read?",
            channel_select(facts.stakeholders_channel_id),
            hint="Incidents, and that it ends, are said there in plain words; else in the channel above.",
            optional=True,
        ),
    ]
    return modal(
        "Name and goal", blocks, callback_id=Form.PROJECT_GOAL, submit="Save", metadata=ref.value
    )


def plan_form(facts: ProjectFacts, ref: ProjectRef) -> dict[str, Any]:
    """Estimate, stop mark, touchpoint, effort: one view (S0-25, S0-28)."""
    plan, numbers = facts.plan, facts.numbers
    head = Document()
    if numbers:
        head.context(f"{shortened(numbers.phrase, 200)}: {words.as_typed(numbers)}")
    unit = numbers.unit if numbers else ""
    worse = "below" if numbers is None or numbers.goal is Goal.MAX else "above"
    blocks: list[Block] = [
        *head.blocks(),
        field(
            "touchpoint",
            "Next touchpoint: when does somebody decide?",
            date_picker(_iso(plan.touchpoint)),
            hint="Within six weeks. Go on, turn, or stop.",
            optional=True,
        ),
        field(
            "earliest",
            "Live: at the earliest",
            date_picker(_iso(plan.earliest)),
            hint="A range, never a date: nobody knows it better.",
            optional=True,
        ),
        field("latest", "At the latest", date_picker(_iso(plan.latest)), optional=True),
        field(
            "stop",
            "Stop mark: which value must be reached …",
            amount_input(initial=None if plan.stop is None else entered_as(plan.stop, unit)),
            hint=f"If it is still {worse} that on the day, the project ends. Decided before, it is easier.",
            optional=True,
        ),
        field("stop_by", "… by when?", date_picker(_iso(plan.stop_by)), optional=True),
        field(
            "effort",
            "Effort, in person-weeks a week",
            number_input(initial=plan.effort, placeholder="1.5"),
            optional=True,
        ),
        field(
            "repair",
            "Once it is live: an incident is over within … hours",
            number_input(initial=plan.repair, placeholder="24"),
            hint="Where you have agreed on that with its users. Incidents then say until when.",
            optional=True,
        ),
    ]
    return modal("Plan", blocks, callback_id=Form.PROJECT_PLAN, submit="Save", metadata=ref.value)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def thresholds_form(facts: ProjectFacts, ref: ProjectRef) -> dict[str, Any]:
    """From when on something could use a hand here."""
    usual, mine = asdict(Thresholds()), asdict(facts.thresholds)
    head = Document().paragraph(
        Bold(shortened(facts.name, 80)), ": from when on does something count as standing still?"
    )
    blocks: list[Block] = [*head.blocks()]
    blocks += [
        field(name, label, number_input(initial=mine[name]), hint=f"Usually {usual[name]}")
        for name, label in THRESHOLDS.items()
    ]
    return modal(
        "Thresholds", blocks, callback_id=Form.THRESHOLDS, submit="Save", metadata=ref.value
    )


def move_form(facts: ProjectFacts, ref: ProjectRef) -> dict[str, Any]:
    """Another stage; what is missing is said, and asks for a reason."""
    after = following(facts.stage)
    document = Document().paragraph(
        Bold(shortened(facts.name, 80)), f" is in {LABEL[facts.stage].lower()}."
    )
    if after and facts.missing:
        needs: list[list[Span]] = [[one] for one in facts.missing]
        document.bullets(f"For {after.value} it still needs", needs)
        document.context("It can move without; then please say why.")
    elif after:
        document.context(f"Nothing is missing for {after.value}.")
    stages = [stage for stage in STAGES if stage is not facts.stage]
    blocks: list[Block] = [
        *document.blocks(),
        field(
            "stage",
            "Move it to",
            select(
                [(stage.value, _way(facts, stage)) for stage in stages],
                initial=(after or stages[-1]).value,
            ),
        ),
        field(
            "reason",
            "Why?",
            text_input(lines=True, limit=300),
            hint="Needed when something is missing, or when it goes back. The channel reads it.",
            optional=True,
        ),
    ]
    return modal("Stage", blocks, callback_id=Form.PROJECT_STAGE, submit="Move", metadata=ref.value)


def _way(facts: ProjectFacts, stage: Any) -> str:
    return f"{LABEL[stage]} (back)" if is_back(facts.stage, stage) else LABEL[stage]


def moved(facts: Moved) -> Rendered:
    """One line for the channel: where it is now, why, what comes next, what was left open (S1-24)."""
    back = is_back(facts.before, facts.after)
    spans: list[Span] = [
        Bold(shortened(facts.name, 80)),
        " goes back to " if back else " is now in ",
        Bold(LABEL[facts.after].lower()),
        f" (was {LABEL[facts.before].lower()}).",
    ]
    if facts.first:
        spans.append(f" {facts.first}, its first hypothesis, is running.")
    if facts.reason:
        spans.append(f" {sentence(shortened(facts.reason, 300))}")
    spans.append(f" Next: {NEXT[facts.after]}.")
    if facts.missing:
        missing = words.listed_within(facts.missing, 300, between="; ")
        spans.append(f" Still open: {missing}.")
    return Document().paragraph(*spans).rendered()


def estimate_words(facts: ProjectFacts) -> str:
    """When it could be live, when it ends, when somebody decides next."""
    plan = facts.plan
    touchpoint = words.full_day(plan.touchpoint) if plan.touchpoint else "none yet"
    lines = [f"Next touchpoint: {touchpoint}"]
    if facts.stage not in {Stage.PRODUCTION, Stage.DEPRECATION}:
        lines.append(f"Live: {project_words.estimate(plan)}")
    lines.append(f"Stop mark: {project_words.stop_mark(plan, facts.numbers)}")
    if plan.effort is not None:
        lines.append(f"Effort: {plan.effort:g} person-weeks a week")
    return "\n".join(lines)
