"""What a search found, page by page; and what was tried before a hypothesis is started."""

from typing import Any

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Italic, button
from handlers.blocks.forms import field, modal, text_input
from handlers.blocks.text import sentence, shortened
from handlers.ids import Click, Form
from models.domain.experiment import Outcome, Status
from models.domain.find_facts import Found, FoundPage, TriedBefore

CAME_OUT = {
    Outcome.SUPPORTED: "it held",
    Outcome.REFUTED: "ruled out",
    Outcome.INCONCLUSIVE: "it couldn't tell",
    Outcome.ABANDONED: "dropped",
}


def form() -> dict[str, Any]:
    """What is looked for."""
    typed = text_input(placeholder="label delay", limit=300, focus=True)
    hint = "In hypotheses, learnings and next steps of every project."
    return modal(
        "Find",
        [field("words", "Which words?", typed, hint=hint)],
        callback_id=Form.FIND,
        submit="Find",
    )


def page(facts: FoundPage, command: str) -> dict[str, Any]:
    """One page: what each was about, how it came out, what was learned."""
    asked = shortened(facts.words, 60)
    document = Document()
    if not facts.found:
        return _nothing(document, facts, asked, command)
    if facts.some:
        document.paragraph("Nothing has all of these words. These have some of them: ", Bold(asked))
    else:
        document.paragraph("What has these words: ", Bold(asked))
    for one in facts.found:
        document.row(_row(one), button("Show", Click.SHOW_EXPERIMENT, one.key))
    return _modal(_turning(document, facts))


def _nothing(document: Document, facts: FoundPage, asked: str, command: str) -> dict[str, Any]:
    if facts.offset:
        return _modal(_turning(document.paragraph("That was all."), facts))
    document.paragraph("Nothing in the notebook says ", Bold(asked), ".")
    document.paragraph(
        "Try fewer or other words, such as the name of a data source, a feature or a method: ",
        Italic(f"{command} find label delay"),
        f". {command} list shows every project.",
    )
    return _modal(document)


def _turning(document: Document, facts: FoundPage) -> Document:
    size = len(facts.found)
    pages = []
    if facts.offset:
        pages.append(("Back", max(facts.offset - 8, 0)))
    if facts.more:
        pages.append(("More", facts.offset + size))
    # Two buttons of one block need ids of their own.
    clicks = (Click.FIND_PAGE, Click.FIND_PAGE_MORE)
    return document.actions(
        "find_pages",
        [
            button(label, clicks[label == "More"], f"{offset}:{facts.words[:300]}")
            for label, offset in pages
        ],
    )


def _modal(document: Document) -> dict[str, Any]:
    return modal("Found", document.blocks(), callback_id=Form.NOTE, close="Close")


def _row(one: Found) -> str:
    about = f"{one.key} · {shortened(one.title, 120)}"
    state = _state(one)
    day = f", {words.short_day(one.on)} {one.on.year}" if one.on else ""
    lines = [about, f"{shortened(one.project_name, 80)} · {state}{day}"]
    if one.learning:
        lines.append(f"Learned: {shortened(one.learning, 240)}")
    elif one.planned and one.status is not Status.CONCLUDED:
        lines.append(f"Next: {shortened(one.planned, 240)}")
    return "\n".join(lines)


def _state(one: Found) -> str:
    if one.status is Status.CONCLUDED and one.outcome is not None:
        return one.outcome.label.lower()
    return one.status.value


def tried_before(facts: TriedBefore, metadata: str) -> dict[str, Any]:
    """Before a hypothesis is stored: who tried something close, and what came of it (domain §3.3)."""
    document = Document()
    document.paragraph("Your hypothesis: ", Italic(shortened(facts.change, 200)))
    for one in facts.close:
        when = f" in {one.on:%B %Y}" if one.on else ""
        came_out = f": {CAME_OUT[one.outcome]}" if one.outcome else ""
        said = f"{one.key} tried something close{when}{came_out}.\n{shortened(one.title, 120)}"
        if one.learning:
            said += f"\nLearned: {sentence(shortened(one.learning, 300))}"
        document.row(said, button("Show", Click.SHOW_EXPERIMENT, one.key))
    document.context("Ideas come back: what is different this time is worth a word. Go on?")
    document.actions("tried_before", [button("Back to my words", Click.HYPOTHESIS_BACK)])
    return modal(
        "Tried before",
        document.blocks(),
        callback_id=Form.TRIED_BEFORE,
        submit="Start it all the same",
        metadata=metadata,
    )
