"""Decisions: the form that records one, the line that announces it, the list, and their conditions."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, InteractiveElement

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Link, Rendered, Span, Spans, button
from handlers.blocks.forms import date_picker, field, modal, radio, select, text_input
from handlers.blocks.text import sentence, shortened
from handlers.ids import Click, Form
from models.domain.advice import Advice, Rule
from models.domain.decision import DecisionKind
from models.domain.decision_facts import (
    ConditionFacts,
    DecisionFacts,
    DecisionForm,
    DecisionsPage,
    Replacement,
)
from models.domain.facts_home import MyCondition
from models.domain.facts_notices import ToMeet
from models.domain.stages import LABEL

MEANS = {
    DecisionKind.CONTINUE: "Continue as it is",
    DecisionKind.GO: "Go",
    DecisionKind.PIVOT: "Pivot: another way to the goal",
    DecisionKind.HOLD: "Hold for now",
    DecisionKind.STOP: "Stop",
    DecisionKind.NO_GO: "No go",
}
BECAUSE = {
    Rule.STOP_MARK_MISSED: "the stop mark is not reached",
    Rule.GOOD_ENOUGH: "it is good enough, and the last tries added little",
    Rule.NO_REAL_GAIN: "no real gain for a while, and not good enough yet",
    Rule.STILL_MOVING: "the search still moves",
}
"""Which rule has recommended it (domain §5.4)."""
MEANWHILE = {
    Rule.STOP_MARK_MISSED: "stop",
    Rule.GOOD_ENOUGH: "go: hold the launch check",
    Rule.NO_REAL_GAIN: "pivot, or look at labels and data",
    Rule.STILL_MOVING: "continue",
}
PROJECT = "project"
MOST_CONDITIONS, IN_A_LIST = 12, 3
"""Conditions in the line that announces a decision, and in each of a list of them."""


def advised(advice: Advice) -> str:
    """“continue to 16 December: the search still moves.”."""
    until = f" to {words.long_day(advice.until)}" if advice.until else ""
    return f"{MEANWHILE[advice.rule]}{until}: {BECAUSE[advice.rule]}."


def form(
    facts: DecisionForm, *, metadata: str, typed: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What was decided and why, below what the rule recommends; `typed` is what stands in it already."""
    said = typed or {}
    document = Document().paragraph(Bold("By the rule: "), advised(facts.advice))
    if facts.numbers:
        document.context(words.three_numbers(facts.numbers))
    document.actions("brief", [button("Show the brief", Click.BRIEF, str(facts.chosen.project_id))])
    kinds = [(kind.value, _label(kind, facts)) for kind in MEANS]
    blocks: list[Block] = [
        _project(facts),
        *document.blocks(),
        field("kind", "What was decided?", radio(kinds, initial=said.get("kind"))),
        field(
            "reason",
            "Why?",
            text_input(initial=said.get("reason"), lines=True),
            hint="One or two sentences that still make sense in a year.",
        ),
        field("next_on", "Looked at again on", date_picker(said.get("next_on")), optional=True),
        field(
            "said",
            "What it rests on",
            text_input(initial=said.get("said"), limit=300, placeholder="A link, or a few words"),
            optional=True,
        ),
        field(
            "dissent",
            "Did somebody see it otherwise?",
            text_input(initial=said.get("dissent"), limit=300),
            optional=True,
        ),
        *_replaces(facts),
    ]
    return modal("Decide", blocks, callback_id=Form.DECISION, submit="Record", metadata=metadata)


def _label(kind: DecisionKind, facts: DecisionForm) -> str:
    if kind is DecisionKind.GO and facts.leads_to:
        return f"Go: on to {LABEL[facts.leads_to].lower()}"
    return MEANS[kind]


def _project(facts: DecisionForm) -> Block:
    return field(
        PROJECT,
        "Project",
        select(
            [(str(one.project_id), one.name) for one in facts.projects],
            initial=str(facts.chosen.project_id),
            action_id=Click.DECISION_PROJECT,
        ),
        dispatch=True,
    )


def _replaces(facts: DecisionForm) -> Sequence[Block]:
    """Which earlier decision it takes the place of, where there is one."""
    if not facts.standing:
        return ()
    choices = [
        (str(one.decision_id), f"{one.kind.label}, {words.short_day(one.on)}: {one.reason}")
        for one in facts.standing
    ]
    return (
        field("replaces", "It replaces", select(choices, placeholder="Nothing"), optional=True),
    )


def made(facts: DecisionFacts) -> Rendered:
    """One line in the project's channel; what stands in its way below it."""
    document = Document()
    if (later := facts.replaced_by) is not None:
        document.paragraph(Bold(replaced(later)), *_to(later.link))
    document.paragraph(*line(facts))
    document.context(*notes(facts))
    _conditions(document, facts.conditions, over=later is not None)
    return document.rendered()


def replaced(later: Replacement) -> str:
    """“Replaced on 5 Nov: hold.”."""
    return f"Replaced on {words.short_day(later.on)}: {later.kind.label.lower()}."


def _to(link: str | None) -> Spans:
    return [" ", Link(link, "message")] if link else []


def line(facts: DecisionFacts) -> list[Span]:
    """“Card fraud alerts: hold. The labels come in May. (Mira, 5 Feb; again on 5 May) message”."""
    of = f", {facts.of.label.lower()}" if facts.of else ""
    spans: list[Span] = [Bold(f"{shortened(facts.project_name, 80)}{of}: {_what(facts)}. ")]
    return [*spans, *_why(facts)]


def _what(facts: DecisionFacts) -> str:
    open_ones = [one for one in facts.conditions if one.met_on is None]
    under = f" with {words.count_of(len(open_ones), 'condition')}" if open_ones else ""
    return f"{facts.kind.label.lower()}{under}"


def _why(facts: DecisionFacts) -> list[Span]:
    next_on = again_on(facts)
    again = f"; again on {next_on}" if next_on else ""
    who = f" ({shortened(facts.by.name, 60)}, {words.short_day(facts.on)}{again})"
    spans: list[Span] = [sentence(shortened(facts.reason, 600)), who]
    return [*spans, " ", Link(facts.link, "message")] if facts.link else spans


def again_on(facts: DecisionFacts) -> str:
    """“5 May”, with its year where that is another one; empty where no day was named."""
    if facts.next_on is None:
        return ""
    same_year = facts.next_on.year == facts.on.year
    return words.short_day(facts.next_on) if same_year else words.full_day(facts.next_on)


def notes(facts: DecisionFacts) -> list[str]:
    """What a reader should know beside it: that it differs, what was missing, who saw it otherwise."""
    said = []
    if facts.differs:
        source = "the checklist" if facts.of else "the rule"
        advice = f" says: {facts.recommended.label.lower()}" if facts.recommended else ""
        said.append(f"Differs from {source}{',' if advice else ''}{advice and ' which' + advice}.")
    if facts.lacking:
        said.append(f"Not met: {words.listed_within(facts.lacking, 300)}.")
    if facts.evidence:
        said.append(f"It rests on: {shortened(facts.evidence, 300)}")
    if facts.dissent:
        said.append(f"Seen otherwise: {shortened(facts.dissent, 300)}")
    if facts.waits_for and not facts.replaced_by:
        said.append(f"It launches with a go on the {facts.waits_for.label.lower()} as well.")
    if facts.replaces:
        kind, on = facts.replaces
        said.append(f"In place of: {kind.label.lower()}, {words.short_day(on)}.")
    return said


def _conditions(
    document: Document,
    conditions: Sequence[ConditionFacts],
    most: int = MOST_CONDITIONS,
    *,
    over: bool = False,
) -> None:
    """The open ones first; of many the rest is counted. Where the decision is `over` nobody is asked."""
    shown = sorted(conditions, key=lambda one: one.met_on is not None)
    for one in shown[:most]:
        if one.met_on is None and not over:
            met = button("It's met", Click.CONDITION_MET, f"0|{one.condition_id}")
            document.row(condition_words(one), met)
        else:
            document.paragraph(condition_words(one))

    if len(shown) > most:
        document.context(f"{words.count_of(len(shown) - most, 'more condition')}.")


def condition_words(one: ConditionFacts) -> str:
    """“Contract signed: Sofía, by 4 December”; “✓ Contract signed: Sofía, 2 December: link”."""
    who = shortened(one.owner.name, 60)
    if one.met_on is None:
        return f"{shortened(one.text, 200)}: {who}, by {words.long_day(one.due)}"
    proof = f": {shortened(one.evidence, 200)}" if one.evidence else ""
    return f"✓ {shortened(one.text, 200)}: {who}, {words.long_day(one.met_on)}{proof}"


def page(facts: DecisionsPage) -> dict[str, Any]:
    """All decisions of a project, the newest first; one that was replaced says so."""
    document = Document().paragraph(Bold(shortened(facts.name, 120)))
    value = str(facts.project_id)
    steps: list[InteractiveElement] = [
        button("Decide", Click.DECIDE, value, style="primary"),
        button("Brief", Click.BRIEF, value),
    ]
    document.actions("decide", steps)
    if not facts.decisions:
        document.context("Nothing is decided yet. A decision keeps its reason and its next date.")
    for one in facts.decisions:
        document.divider()
        document.paragraph(*_listed(one))
        document.context(*notes(one))
        _conditions(document, one.conditions, IN_A_LIST, over=one.replaced_by is not None)
    if facts.more:
        document.context(f"{words.count_of(facts.more, 'earlier one')} in the history.")
    return modal("Decisions", document.blocks(), callback_id=Form.NOTE, close="Close")


def _listed(one: DecisionFacts) -> Spans:
    of = f" ({one.of.label.lower()})" if one.of else ""
    old = "Replaced: " if one.replaced_by else ""
    what = _what(one)
    return [Bold(f"{old}{what[:1].upper()}{what[1:]}{of}. "), *_why(one)]


def met_form(one: ConditionFacts, metadata: str) -> dict[str, Any]:
    """How a condition is met."""
    document = Document().paragraph(Bold(condition_words(one)))
    blocks = [
        *document.blocks(),
        field(
            "evidence",
            "What shows it?",
            text_input(limit=300, focus=True, placeholder="A link, or a few words"),
        ),
    ]
    return modal(
        "Condition met", blocks, callback_id=Form.CONDITION, submit="It's met", metadata=metadata
    )


def owed(document: Document, one: MyCondition) -> None:
    """In its owner's App Home."""
    said = f"{shortened(one.project_name, 80)} may go on if: {shortened(one.text, 200)}"
    met = button("It's met", Click.CONDITION_MET, f"0|{one.condition_id}")
    document.row(f"{said}\nby {words.long_day(one.due)}", met)


def told(document: Document, part: ToMeet) -> None:
    """“Churn may launch on a condition that you see to: …”."""
    one = part.condition
    opening = "is due today" if part.today else "is with you"
    document.paragraph(
        f"A condition of the go on {shortened(part.project_name, 80)} {opening}: ",
        Bold(condition_words(one)),
    )
    if part.replaced:
        document.context("✓ Another decision has replaced it: nothing to do.")
    elif one.met_on is None:
        document.actions(
            f"condition_{one.condition_id}{'_due' if part.today else ''}",
            [button("It's met", Click.CONDITION_MET, f"0|{one.condition_id}", style="primary")],
        )
