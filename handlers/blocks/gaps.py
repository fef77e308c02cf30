"""What projects still lack, each with a way to fill it (S3-5)."""

from typing import Any

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Rendered, Spans, button
from handlers.blocks.forms import modal
from handlers.blocks.project_people import to_page
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from handlers.project_refs import Back, ProjectRef
from models.domain.gaps import Gap
from models.domain.project_facts import GapsFacts, Overview, ProjectFacts


def overview(facts: Overview, command: str) -> Rendered:
    """One project's gaps in full, or the first gaps of several."""
    if len(facts.projects) == 1 and not facts.more:
        return of_one(facts.projects[0])
    document = Document().paragraph(Bold("What projects still lack"))
    rows: list[Spans] = [_row(one) for one in facts.projects]
    document.bullets("By project", rows, left_out=facts.more, where="with their key behind it")
    document.context(f"One of them: {command} gaps KEY")
    return document.rendered()


def _row(one: GapsFacts) -> Spans:
    if not one.gaps:
        return [Bold(one.key), f" {shortened(one.name, 80)}: nothing"]
    first = shortened(one.gaps[0].said, 120)
    more = f", and {len(one.gaps) - 1} more" if len(one.gaps) > 1 else ""
    return [Bold(one.key), f" {shortened(one.name, 80)}: {first}{more}"]


def of_one(facts: GapsFacts) -> Rendered:
    """Everything that one project lacks by its stage, and a button to fill the first."""
    document = Document().paragraph(Bold(f"{shortened(facts.name, 80)} ({facts.key})"))
    if not facts.gaps:
        document.paragraph(f"Nothing is missing at the stage {facts.stage.value}.")
    rows: list[Spans] = [[gap.said] for gap in facts.gaps]
    document.bullets(f"Still to fill in ({len(facts.gaps)})", rows, where="of them")
    controls = [button("Project", Click.PROJECT_PAGE, str(facts.project_id))]
    if facts.gaps:
        ref = _ref(facts.project_id, facts.gaps[0])
        fill = button("Fill the first", Click.GAP_FILL, ref.value, style="primary")
        controls.insert(0, fill)
    return document.actions("gaps", controls).rendered()


def page(facts: ProjectFacts) -> dict[str, Any]:
    """The same in the project's page's place: each gap with its button."""
    document = Document().paragraph(Bold(shortened(facts.name, 80)), f": {said(facts)}")
    for n, gap in enumerate(facts.gaps):
        if not facts.may_change:
            document.paragraph(gap.said)
            continue
        ref = _ref(facts.project_id, gap)
        style = "primary" if n == 0 else None
        document.row(gap.said, button("Fill in", Click.GAP_FILL, ref.value, style=style))
    document.actions("back", [to_page(facts.project_id)])
    return modal(
        "Still to fill in",
        document.blocks(),
        callback_id=Form.NOTE,
        close="Close",
        metadata=str(facts.project_id),
    )


def said(facts: ProjectFacts) -> str:
    """How much is missing."""
    if not facts.gaps:
        return "nothing is missing at this stage."
    return f"{words.count_of(len(facts.gaps), 'thing')} still to fill in."


def _ref(project_id: int, gap: Gap) -> ProjectRef:
    return ProjectRef(project_id, f"{gap.part}.{gap.about}", Back.GAPS)
