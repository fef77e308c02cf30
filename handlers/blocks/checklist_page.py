"""A workspace's checklists as an admin changes them: the page of one, and the form of an item."""

from typing import Any

from slack_sdk.models.blocks import Block, InteractiveElement

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, button
from handlers.blocks.forms import field, modal, radio, select, sure_of, text_input
from handlers.blocks.project_words import ROLE, in_text
from handlers.blocks.review_card import GATES
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.checklist import Gate, Item, ItemKind
from models.domain.checklist_edit import Place
from models.domain.facts_checklists import ChecklistPage
from models.domain.project import Role
from models.domain.review import ReviewKind

KINDS = (
    (ItemKind.CONFIRM.value, "Yes, partly or no"),
    (ItemKind.STATEMENT.value, "An open question"),
)
APPLIES = (("no", "It always applies"), ("yes", "It may not apply, with a reason"))
KEEP = (("yes", "Keep it"), ("no", "Take it out, from the next review on"))


def page(facts: ChecklistPage) -> dict[str, Any]:
    """Which kind, its items by level, who changed what."""
    document = Document().actions(
        "checklist_kinds",
        [
            select(
                [(kind.value, kind.label) for kind in ReviewKind],
                initial=facts.kind.value,
                placeholder="Which review?",
                action_id=Click.CHECKLIST_KIND,
            )
        ],
    )
    whose = f"Version {facts.checklist.version}, yours" if facts.is_own else "As Labmate has it"
    asks = words.count_of(len(facts.checklist.items), "item")
    document.context(f"{whose}: {asks}. A review keeps the version that it began with.")
    for gate, title in GATES.items():
        items = [item for item in facts.checklist.items if item.gate is gate]
        if items:
            document.paragraph(Bold(title))
        for item in items:
            _row(document, facts, item)
    document.bullets(
        "Last changes",
        [
            [
                Bold(words.long_day(one.on)),
                f" {shortened(one.by.name, 60)}: {shortened('; '.join(one.what), 300)}",
            ]
            for one in facts.changes
        ],
        where="in the record",
    )
    document.actions("checklist_steps", _steps(facts))
    return modal("Checklists", document.blocks(), callback_id=Form.NOTE, close="Close")


def _row(document: Document, facts: ChecklistPage, item: Item) -> None:
    minimum = " · minimum check" if item.locked else ""
    said = f"{item.label}\n{_asked_of(item)}{minimum} · {shortened(item.text, 70)}"
    if facts.may_change:
        value = f"{facts.kind.value}|{item.key}"
        document.row(said, button("Change", Click.CHECKLIST_ITEM, value))
    else:
        document.paragraph(said)


def _asked_of(item: Item) -> str:
    """“Data scientist and ML engineer”."""
    return ROLE[item.asked_of] + (f" and {in_text(item.and_of)}" if item.and_of else "")


def _steps(facts: ChecklistPage) -> list[InteractiveElement]:
    if not facts.may_change:
        return []
    add = button("Add an item", Click.CHECKLIST_ADD, facts.kind.value, style="primary")
    if not facts.is_own:
        return [add]
    sure = sure_of(
        "Back to Labmate's own?",
        "The next review begins with it. Yours stays in the record.",
        "Yes, back",
    )
    return [
        add,
        button("Back to Labmate's own", Click.CHECKLIST_RESTORE, facts.kind.value, sure=sure),
    ]


def item_form(kind: ReviewKind, item: Item | None) -> dict[str, Any]:
    """A new item, or one as it is; of a minimum check only the evidence and its place."""
    locked = item is not None and item.locked
    document = Document()
    if locked and item is not None:
        document.paragraph(Bold(item.label), f"\n{item.text}")
        document.context(
            f"A minimum check, asked of: {_asked_of(item)}. "
            "That, its words and its level stay, and it can't be taken out."
        )
    blocks = [
        *document.blocks(),
        *([] if locked else [*_words(item), _whom(item)]),
        _evidence(item),
        *([] if item is None else _place(locked=locked)),
    ]
    return modal(
        "Change the item" if item else "Add an item",
        blocks,
        callback_id=Form.CHECKLIST_ITEM,
        submit="Save",
        metadata=f"{kind.value}|{item.key if item else ''}",
    )


def _words(item: Item | None) -> list[Block]:
    return [
        field(
            "label",
            "In a few words",
            text_input(
                initial=item.label if item else None, limit=60, placeholder="Support is on call"
            ),
        ),
        field(
            "text",
            "The question",
            text_input(initial=item.text if item else None, lines=True, limit=300),
            hint="One that a yes answers well.",
        ),
        field(
            "gate",
            "How far does it matter for a go?",
            radio(
                [(gate.value, label) for gate, label in GATES.items()],
                initial=item.gate.value if item else Gate.SHOULD.value,
            ),
        ),
        field(
            "kind",
            "How is it answered?",
            radio(KINDS, initial=item.kind.value if item else ItemKind.CONFIRM.value),
        ),
        field(
            "na_allowed",
            "Does it always apply?",
            radio(APPLIES, initial="yes" if item and item.na_allowed else "no"),
        ),
    ]


def _whom(item: Item | None) -> Block:
    return field(
        "asked_of",
        "Who is asked?",
        select(
            [(role.value, ROLE[role]) for role in Role],
            initial=item.asked_of.value if item else Role.PM.value,
        ),
    )


def _evidence(item: Item | None) -> Block:
    return field(
        "evidence",
        "What shows it?",
        text_input(initial=item.evidence if item else None, limit=200),
        hint="A link, a date, a name.",
        optional=True,
    )


def _place(*, locked: bool) -> list[Block]:
    blocks: list[Block] = [
        field(
            "place",
            "Where does it stand?",
            select([(one.value, one.label) for one in Place], initial=Place.STAYS.value),
        )
    ]
    if not locked:
        blocks.append(field("keep", "Is it still asked?", radio(KEEP, initial="yes")))
    return blocks
