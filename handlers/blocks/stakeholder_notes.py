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
    Stage.READINESS: "is being prepared for use",
    Stage.DEPLOYMENT: "is being put into use",
    Stage.PRODUCTION: "is in use",
    Stage.DEPRECATION: "will be stopped",
}
"""A stage, for somebody who uses what comes of it."""
NEXT = {
    Stage.CONCEPTION: "what it is to do, and for whom",
    Stage.DATA: "a first try whether it can work",
    Stage.PROTOTYPE: "a decision whether to go on",
    Stage.DEVELOPMENT: "getting from the best so far to what is needed",
    Stage.READINESS: "the launch check",
    Stage.DEPLOYMENT: "its first users",
    Stage.PRODUCTION: "it is watched, and you hear when something changes",
    Stage.DEPRECATION: "you hear when it ends, and what takes its place",
}
"""What comes after that (S1-24)."""


def message(facts: ToldStakeholders) -> Rendered:
    """One message, once a change."""
    return Document().paragraph(Bold(shortened(facts.name, 80)), *_said(facts)).rendered()


def _said(facts: ToldStakeholders) -> list[Span]:
    match facts.change:
        case StageNow(stage, reason):
            why = f" {sentence(shortened(reason, 300))}" if reason else ""
            return [f" {NOW[stage]} now.{why} Next: {NEXT[stage]}."]
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
    of = f" {phrase[:1].upper()}{phrase[1:]}:" if phrase else ""
    why = f" Why: {sentence(shortened(change.reason, 300))}"
    if change.anew_on is not None:
        return [
            f" is measured anew from {words.long_day(change.anew_on)} on.{of} {after} needed then, "
            f"{before} until then. The two are not compared.",
            why,
        ]
    return [
        f" gets another mark for good enough, still to be agreed.{of} {after}, until now {before}.",
        why,
    ]
