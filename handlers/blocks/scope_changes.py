"""A scope change: the message in the channel, what its addressees are told, the form (S0-36)."""

from typing import Any

from handlers.blocks import words
from handlers.blocks.acknowledging import SCOPE
from handlers.blocks.document import Bold, Document, Rendered
from handlers.blocks.forms import (
    amount_input,
    date_picker,
    field,
    modal,
    radio,
    text_input,
    users_select,
)
from handlers.blocks.text import clipped, sentence, shortened
from handlers.ids import Form
from models.domain.facts_home import MyScope
from models.domain.facts_scope import (
    Adopted,
    Effect,
    NewVersion,
    ScopeFacts,
    ScopeFormFacts,
    ScopeTold,
)
from models.domain.metric import amount, written
from models.domain.scope_change import ScopeReason

TITLE = "Scope change"
LONG = 1_000
"""Characters of each text: all of them fit into one message."""


def message(facts: ScopeFacts) -> Rendered:
    """The one message in the channel, brought up to date as people confirm it."""
    document = _whole(facts)
    if facts.waiting:
        SCOPE.add_confirm(document, facts.scope_id)
    return document.rendered()


def in_full(facts: ScopeFacts, reader: str) -> dict[str, Any]:
    """All of it, from a direct message; who has not confirmed it (a Slack id) does so below it."""
    document = _whole(facts)
    if any(one.slack_id == reader for one in facts.waiting):
        SCOPE.add_confirm(document, facts.scope_id)
    return modal(TITLE, document.blocks(), callback_id=Form.NOTE, close="Close")


def _whole(facts: ScopeFacts) -> Document:
    document = Document().heading(f"Scope change: {facts.project_name}")
    document.context(f"{words.long_day(facts.on)} · {shortened(facts.by.name, 60)} · {facts.key}")
    document.paragraph(Bold("Until now: "), clipped(facts.before, LONG))
    document.paragraph(Bold("From now on: "), clipped(facts.after, LONG))
    document.paragraph(Bold(f"{facts.reason.label}: "), clipped(facts.because, LONG))
    if facts.for_design:
        document.paragraph(Bold("For design: "), clipped(facts.for_design, LONG))
    if facts.for_engineering:
        document.paragraph(Bold("For engineering: "), clipped(facts.for_engineering, LONG))
    if facts.version:
        document.paragraph(Bold("A good result: "), _version(facts.version))
    safe = [[shortened(one, 300)] for one in facts.safe_to_build]
    document.bullets("Safe to build now", safe, where="in its form")
    document.context(SCOPE.who(facts.confirmed, facts.waiting))
    return document


def _version(version: NewVersion) -> str:
    """“from 12 October version 2: baseline 24%, needed 14%. Results …”."""
    baseline, needed = (
        written(value, version.unit) for value in (version.baseline, version.acceptance)
    )
    return (
        f"from {words.long_day(version.effective)} on version {version.version} of "
        f"{shortened(version.metric_name, 100)}: baseline {baseline} "
        f"({shortened(version.source, 300)}), needed {needed}. "
        "Results are not compared with those of before."
    )


def add_told(document: Document, part: ScopeTold) -> None:
    """What one addressee reads of it among their notices; the whole is one click away."""
    about = part.about
    still = f"{SCOPE.still}: the" if part.again else "The"
    document.paragraph(
        Bold(f"{still} scope of {shortened(about.project_name, 80)} has changed. "),
        f"From now on: {sentence(shortened(about.after, 200))}\n",
        f"{about.reason.label}: {sentence(shortened(about.because, 120))}",
    )
    safe = [shortened(one, 60) for one in about.safe_to_build]
    listed = f"Safe to build now: {words.listed_within(safe, 150)}" if safe else ""
    read = SCOPE.you if part.confirmed else ""
    document.context(f"{shortened(about.by.name, 60)}, {words.short_day(about.on)}", listed, read)
    where = f"_{int(part.again)}"
    SCOPE.add_buttons(document, about.scope_id, where, ask=not part.confirmed)


def add_owed(document: Document, owed: MyScope) -> None:
    """A scope change in the Home of who has not confirmed it yet."""
    document.paragraph(
        Bold(f"The scope of {shortened(owed.project_name, 80)} has changed: "),
        sentence(shortened(owed.after, 200)),
    )
    SCOPE.add_buttons(document, owed.scope_id, ask=True)


def add_adopted(document: Document, part: Adopted) -> None:
    """A change that is kept, with its effect: before and after, baseline and needed (S4-2)."""
    document.paragraph(
        Bold(f"Kept from now on in {shortened(part.project_name, 80)}: "),
        f"{sentence(shortened(part.change, 200))} {_effect(part.effect)}",
    )
    learned = f"Learned: {shortened(part.learning, 200)}" if part.learning else ""
    document.context(f"{part.key} · {shortened(part.who.name, 60)}", learned)


def _effect(effect: Effect | None) -> str:
    """“Out of 100 frauds, how many we stop: 54 → 65 of 100 (baseline 41, needed 60).”."""
    if effect is None:
        return "It was not measured."
    baseline, needed = (amount(v, effect.unit) for v in (effect.baseline, effect.acceptance))
    return (
        f"{shortened(effect.phrase, 120)}: {amount(effect.before, effect.unit)} → "
        f"{written(effect.after, effect.unit)} (baseline {baseline}, needed {needed})."
    )


def form(facts: ScopeFormFacts) -> dict[str, Any]:
    """A scope change: what, why, what it means, what goes on meanwhile, whom to tell."""
    document = Document().paragraph(Bold(f"{shortened(facts.name, 80)} ({facts.key})"))
    document.context("One message in the channel; those you choose below confirm that they know.")
    reasons = [(reason.value, reason.label) for reason in ScopeReason]
    blocks = [
        *document.blocks(),
        field(
            "before",
            "Until now",
            text_input(initial=facts.before, lines=True, limit=LONG, focus=not facts.before),
        ),
        field("after", "From now on", text_input(lines=True, limit=LONG)),
        field("reason", "Why does it move?", radio(reasons)),
        field("because", "Because …", text_input(lines=True, limit=LONG)),
        field(
            "for_design",
            "What does it mean for design?",
            text_input(lines=True, limit=LONG),
            optional=True,
        ),
        field(
            "for_engineering",
            "What does it mean for engineering?",
            text_input(lines=True, limit=LONG),
            optional=True,
        ),
        field(
            "safe_to_build",
            "What is safe to build now?",
            text_input(lines=True),
            hint="One thing a line: nobody has to wait for the model with these.",
            optional=True,
        ),
        field(
            "told",
            "Who has to know?",
            users_select(placeholder="People", initial=facts.told),
            hint="They are asked to confirm it, and once more after three working days.",
            optional=True,
        ),
    ]
    if facts.unit is not None:
        blocks += _version_fields(facts)
    return modal(
        TITLE,
        blocks,
        callback_id=Form.SCOPE_CHANGE,
        submit="Announce",
        metadata=str(facts.project_id),
    )


def _version_fields(facts: ScopeFormFacts) -> list[Any]:
    """Another benchmark, where what a good result is changes too: all four, or none."""
    now = ""
    if facts.baseline is not None and facts.acceptance is not None:
        now = f"Today: baseline {facts.baseline:g}, needed {facts.acceptance:g}. "
    return [
        field(
            "effective",
            "If a good result changes: from which day?",
            date_picker(),
            hint=f"{now}Results of before are never compared with those after it.",
            optional=True,
        ),
        field("baseline", "Its baseline", amount_input(), optional=True),
        field("source", "How do you know the baseline?", text_input(limit=300), optional=True),
        field("acceptance", "Needed from then on", amount_input(), optional=True),
    ]
