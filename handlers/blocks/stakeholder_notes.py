"""What stakeholders are told of a change: one plain message, in words that need no machine learning."""

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Rendered, Span
from handlers.blocks.text import sentence, shortened
from models.domain.plain_numbers import plain
from models.domain.project import Stage
from models.domain.stakeholder_facts import NeededNow, ScopeNow, StageNow, ToldStakeholders

NOW = {
    Stage.CONCEPTION: "is being thought through",
    Stage.DATA: "is looking at its data",
    Stage.PROTOTYPE: "is trying out whether it can work",
    Stage.DEVELOPMENT: "is being made to work well enough",
    Stage.READINESS: "is good enough and is being prepared for use",
    Stage.DEPLOYMENT: "is being put into use",
    Stage.PRODUCTION: "is in use",
    Stage.DEPRECATION: "will be stopped",
}
"""A stage, for somebody who uses what comes of it."""


def message(facts: ToldStakeholders) -> Rendered:
    """One message, once a change."""
    return Document().paragraph(Bold(shortened(facts.name, 80)), *_said(facts)).rendered()


def _said(facts: ToldStakeholders) -> list[Span]:
    match facts.change:
        case StageNow(stage, reason):
            why = f" {sentence(shortened(reason, 300))}" if reason else ""
            return [f" {NOW[stage]} now.{why}"]
        case ScopeNow(before, after, because):
            return [
                " does something else from now on: ",
                sentence(shortened(after, 600)),
                f" Until now: {sentence(shortened(before, 600))}",
                f" Why: {sentence(shortened(because, 600))}",
            ]
        case NeededNow():
            return _needed(facts.change)


def _needed(change: NeededNow) -> list[Span]:
    before, after = plain(
        [change.before], change.after, unit=change.unit, phrase=change.phrase, goal=change.goal
    )
    phrase = shortened(change.phrase, 200).rstrip(" .:?")
    of = f" ({phrase})" if phrase else ""
    why = f" Why: {sentence(shortened(change.reason, 300))}"
    if change.anew_on is not None:
        return [
            f" is measured anew from {words.long_day(change.anew_on)} on{of}: {after} is needed then, "
            f"until then it is {before}. The two are not compared.",
            why,
        ]
    return [
        f" counts as good enough from another value on{of}: {after} is needed, it was {before}.",
        why,
    ]
