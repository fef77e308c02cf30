"""The charter in small pieces: its topics, and the form for one; the four governance tracks."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block, InputInteractiveElement

from handlers.blocks import project_words
from handlers.blocks.document import Bold, Document, button
from handlers.blocks.forms import field, modal, radio, text_input, user_select
from handlers.blocks.project_people import to_page
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from handlers.project_refs import Back, ProjectRef
from models.domain import charter
from models.domain.charter import Kind, Question, Topic
from models.domain.project import GovernanceState
from models.domain.project_facts import GovernanceFacts, ProjectFacts

CHOICES = {
    Kind.RISK: [(tier.value, label) for tier, label in project_words.RISK.items()],
    Kind.SERVING: [(one.value, label) for one, label in project_words.SERVING.items()],
    Kind.YES_NO: [("yes", "Yes"), ("no", "No")],
}


def topics(facts: ProjectFacts) -> dict[str, Any]:
    """The topics in the order in which they matter now; the next one stands out."""
    answered, of = facts.production
    document = Document().paragraph(
        Bold(shortened(facts.name, 80)),
        ": what is worth knowing early, a few questions at a time. The reviews read it again.",
    )
    document.context(f"About production: {answered} of {of} answered")
    after = charter.next_topic(facts.stage, facts.answered)
    for topic in charter.in_order(facts.stage):
        done, of = charter.of_topic(topic, facts.answered)
        when = "" if charter.is_due(topic, facts.stage) else f", from stage {topic.stage.value} on"
        said = f"{topic.label}\n{done} of {of} answered{when}"
        ref = ProjectRef(facts.project_id, topic.key, Back.CHARTER)
        document.row(
            said,
            button(
                "Answer" if done < of and facts.may_change else "Open",
                Click.CHARTER_TOPIC,
                ref.value,
                style="primary" if topic is after and facts.may_change else None,
            ),
        )
    document.actions("back", [to_page(facts.project_id)])
    return modal(
        "Charter",
        document.blocks(),
        callback_id=Form.NOTE,
        close="Close",
        metadata=str(facts.project_id),
    )


def topic_form(
    facts: ProjectFacts, topic: Topic, answers: Mapping[str, str], ref: ProjectRef
) -> dict[str, Any]:
    """A topic's questions, at most four; each can wait."""
    head = Document().paragraph(
        Bold(shortened(facts.name, 80)), ": leave open what nobody knows yet."
    )
    blocks: list[Block] = [*head.blocks()]
    blocks += [_question(one, answers.get(one.key)) for one in topic.questions]
    shown = tuple(one.key for one in topic.questions if one.key in answers)
    return modal(
        topic.label,
        blocks,
        callback_id=Form.CHARTER,
        submit="Save",
        metadata=ref._replace(about=topic.key, shown=shown).value,
    )


def _question(one: Question, answer: str | None) -> Block:
    element: InputInteractiveElement
    if one.kind is Kind.TEXT:
        element = text_input(initial=answer, lines=True)
    else:
        element = radio(CHOICES[one.kind], initial=answer)
    return field(one.key, one.text, element, hint=one.hint, optional=True)


def topic_page(facts: ProjectFacts, topic: Topic, answers: Mapping[str, str]) -> dict[str, Any]:
    """A topic for those who only read it."""
    document = Document().paragraph(Bold(shortened(facts.name, 80)), f" ({facts.key})")
    for one in topic.questions:
        said = answers.get(one.key)
        if said is not None and one.kind is not Kind.TEXT:
            said = dict(CHOICES[one.kind]).get(said, said)
        document.paragraph(Bold(f"{one.text}\n"), shortened(said, 2_000) if said else "Open")
    return modal(topic.label, document.blocks(), callback_id=Form.NOTE, close="Close")


def tracks(facts: ProjectFacts) -> dict[str, Any]:
    """The four tracks: begun early they cost a talk, found late they cost the launch (S2-6, S2-7)."""
    document = Document().paragraph(
        Bold(shortened(facts.name, 80)),
        ": who sees to it, and how far it is. Begun early it is a talk, found late it is a wall.",
    )
    for one in facts.governance:
        said = f"{project_words.TRACK[one.kind]}: {project_words.track(one)}"
        if one.link:
            said += f"\n{shortened(one.link, 300)}"
        if facts.may_change:
            ref = ProjectRef(facts.project_id, one.kind.value, Back.GOVERNANCE)
            document.row(said, button("Change", Click.GOVERNANCE_TRACK, ref.value))
        else:
            document.paragraph(said)
    document.context("Before development each is under way, or not needed")
    document.actions("back", [to_page(facts.project_id)])
    return modal(
        "Governance",
        document.blocks(),
        callback_id=Form.NOTE,
        close="Close",
        metadata=str(facts.project_id),
    )


def track_form(facts: ProjectFacts, track: GovernanceFacts, ref: ProjectRef) -> dict[str, Any]:
    """One track: how far it is, who sees to it, where it is written down."""
    head = Document().paragraph(
        Bold(shortened(facts.name, 80)), f": {project_words.TRACK[track.kind].lower()}"
    )
    blocks = [
        *head.blocks(),
        field(
            "state",
            "How far is it?",
            radio(
                [(state.value, project_words.STATE[state]) for state in GovernanceState],
                initial=track.state.value,
            ),
        ),
        field(
            "owner",
            "Who sees to it?",
            user_select(
                placeholder="A person", initial=track.owner.slack_id if track.owner else None
            ),
            optional=True,
        ),
        field(
            "link",
            "Where is it written down?",
            text_input(initial=track.link, placeholder="https://…", limit=300),
            optional=True,
        ),
    ]
    return modal(
        project_words.TRACK[track.kind],
        blocks,
        callback_id=Form.GOVERNANCE,
        submit="Save",
        metadata=ref.value,
    )
