"""What a person is told outside the standup, in one message (domain §10); the forms behind its buttons."""

from handlers.blocks import (
    decisions,
    deprecating,
    leaders_notices,
    number_notices,
    project_people,
    review_notices,
    trouble,
    words,
)
from handlers.blocks.asks import answer_buttons, blocker_buttons
from handlers.blocks.document import Bold, Document, Rendered, button
from handlers.blocks.incidents import add_fell, add_late
from handlers.blocks.number_notices import where
from handlers.blocks.scope_changes import add_adopted, add_told
from handlers.blocks.text import shortened
from handlers.ids import Click
from models.domain.facts_live import EndTold, Fell, LateTold
from models.domain.facts_notices import (
    BlockerFacts,
    Called,
    Cleared,
    DraftTold,
    Expected,
    Handed,
    ItemsOwed,
    NewsOf,
    NobodyLooks,
    NoticesFacts,
    ReviewComing,
    ReviewDone,
    ReviewHomeless,
    SetAside,
    ToClear,
    ToClose,
    ToConfirm,
    Told,
    ToMeet,
    Untold,
    ValueAsked,
    Wondered,
)
from models.domain.facts_scope import Adopted, ScopeTold
from models.domain.facts_scores import LikelyAsked
from models.domain.facts_trouble import TroubleFacts


def notices(facts: NoticesFacts) -> Rendered:
    """Everything that one person is told today; what was acted on says so and has no buttons."""
    first_name = shortened(facts.person.name, 60).split(" ")[0]
    many = len(facts.parts) > 1
    opening = f"{len(facts.parts)} things for you, when you find the time." if many else ""
    document = Document().paragraph(f"Hello {first_name}. ", Bold(opening))
    for part in facts.parts:
        if many:
            document.divider()
        _part(document, part)
    return document.rendered()


def _part(document: Document, part: Told) -> None:
    match part:
        case ToClear() | Cleared() | NewsOf():
            _of_blocker(document, part)
        case ToConfirm() | NobodyLooks() | SetAside():
            number_notices.part(document, part)
        case Wondered() | Handed():
            _of_experiment(document, part)
        case Called():
            _called(document, part)
        case ItemsOwed() | ToClose() | ReviewComing() | ReviewHomeless() | ReviewDone() | ToMeet():
            _of_review(document, part)
        case ValueAsked() | DraftTold() | Untold() | LikelyAsked():
            leaders_notices.part(document, part)
        case (
            Expected() | ScopeTold() | Adopted() | Fell() | LateTold() | EndTold() | TroubleFacts()
        ):
            _of_project(document, part)


def _of_review(document: Document, part: review_notices.OfReview | ToMeet) -> None:
    match part:
        case ToMeet():
            decisions.told(document, part)
        case _:
            review_notices.part(document, part)


def _of_project(
    document: Document,
    part: Expected | ScopeTold | Adopted | Fell | LateTold | EndTold | TroubleFacts,
) -> None:
    match part:
        case Expected():
            project_people.expected(document, part)
        case Fell():
            add_fell(document, part)
        case LateTold():
            add_late(document, part)
        case EndTold():
            deprecating.add_told(document, part)
        case ScopeTold():
            add_told(document, part)
        case Adopted():
            add_adopted(document, part)
        case TroubleFacts():
            trouble.add(document, part)


def _of_experiment(document: Document, part: Wondered | Handed) -> None:
    match part:
        case Wondered():
            _wondered(document, part)
        case Handed():
            _handed(document, part)


def _of_blocker(document: Document, part: ToClear | Cleared | NewsOf) -> None:
    match part:
        case ToClear(about):
            _to_clear(document, about)
        case Cleared(about):
            _cleared(document, about)
        case NewsOf(about, by_name):
            _news_of(document, about, by_name)


def _to_clear(document: Document, about: BlockerFacts) -> None:
    """“Tom needs invoices before 2024 (data access). Can you clear it?”."""
    end = "Can you look after it?" if about.risk else "Can you clear it?"
    if about.resolved:
        end = "✓ It is cleared."
    elif not about.mine:
        owner = about.blocker.owner
        end = (
            f"✓ It is with {shortened(owner.name, 60)} now." if owner else "✓ Somebody else has it."
        )
    elif about.acknowledged:
        end = "✓ You are on it."
    says = "sees a risk" if about.risk else "needs"
    document.paragraph(
        Bold(shortened(about.raised_by.name, 60)),
        f" {says}: {words.needs(about.blocker)}. ",
        Bold(end),
    )
    document.context(f"{where(about)}{_age(about)}", _latest(about))
    if about.resolved or not about.mine:
        return
    blocker_buttons(document, about.blocker_id, acknowledged=about.acknowledged)


def _cleared(document: Document, about: BlockerFacts) -> None:
    owner = about.blocker.owner
    if about.mine:
        who = shortened(about.raised_by.name, 60)
        said = "✓ This risk is over" if about.risk else f"✓ No longer in {who}'s way"
    else:
        said = f"✓ {shortened(owner.name, 60)} says it is cleared" if owner else "✓ It is cleared"
    document.paragraph(f"{said}: ", Bold(f"{words.needs(about.blocker)}."))
    document.context(where(about))


def _news_of(document: Document, about: BlockerFacts, by_name: str) -> None:
    """“Sofía says: “with legal until Friday”, about what you need: …”."""
    who = shortened(by_name, 60)
    asked = "the risk that you see" if about.risk else "what you need"
    document.paragraph(
        Bold(f"{who} says: “{shortened(about.said or '', 300)}”"),
        f", about {asked}: {words.needs(about.blocker)}.",
    )
    document.context(f"{where(about)}{_age(about)}", "✓ It is cleared." if about.resolved else "")


def _age(about: BlockerFacts) -> str:
    """“ · open for 4 working days”; nothing on the first day, or when it is cleared."""
    if not about.days or about.resolved:
        return ""
    return f" · open for {words.count_of(about.days, 'working day')}"


def _latest(about: BlockerFacts) -> str:
    return f"Last said: “{shortened(about.said, 120)}”" if about.said else ""


def _wondered(document: Document, part: Wondered) -> None:
    """“Ana would like to know how FRAUD-12 stands.”."""
    what = "whether there is a number yet" if part.wants_number else "how it stands"
    document.paragraph(
        Bold(shortened(part.asker.name, 60)),
        f" would like to know {what}: ",
        Bold(f"{part.key} · {shortened(part.title, 120)}"),
        f" ({shortened(part.project_name, 80)}).",
    )
    if part.answered:
        document.context("✓ Answered.")
        return
    document.context("“Still testing” is a full answer, and so is what you ruled out.")
    answer_buttons(document, part.experiment_id)


def _handed(document: Document, part: Handed) -> None:
    """“Jonas has handed FRAUD-12 on to you.”: what it is, and what was planned next."""
    document.paragraph(
        Bold(shortened(part.by.name, 60)),
        " has handed an experiment on to you: ",
        Bold(f"{part.key} · {shortened(part.title, 120)}"),
        f" ({shortened(part.project_name, 80)}).",
    )
    if not part.mine:
        document.context("✓ Somebody else has it now.")
        return
    planned = f"Planned next: “{shortened(part.planned, 200)}”" if part.planned else ""
    document.context("You are asked about it from now on.", planned)
    show = button("Show", Click.SHOW_EXPERIMENT, part.key)
    document.actions(f"handed_{part.key}", [show])


def _called(document: Document, part: Called) -> None:
    """“Jonas asks for your help: …”."""
    about = part.about
    if part.asker is None:
        _leader_is_asked(document, about)
    else:
        document.paragraph(
            Bold(shortened(part.asker.name, 60)),
            f" asks for your help: “{shortened(part.ask, 300)}”",
        )
        document.context(f"In the way: {words.needs(about.blocker)}", where(about))
    if about.resolved:
        document.context("✓ It is cleared.")
    elif part.taken:
        document.context("✓ You are on it.")
        document.actions(
            f"help_{about.blocker_id}",
            [button("It's cleared", Click.BLOCKER_CLEARED, str(about.blocker_id))],
        )
    else:
        document.actions(
            f"help_{about.blocker_id}",
            [button("I take it", Click.BLOCKER_TAKE, str(about.blocker_id), style="primary")],
        )


def _leader_is_asked(document: Document, about: BlockerFacts) -> None:
    """The one ask that goes to the named leader: what it blocks, since when, who has it (S3-7)."""
    since = f" since {words.long_day(about.since)}" if about.since else ""
    document.paragraph(
        Bold(f"{shortened(about.project_name, 80)} could use your help. "),
        f"In the way{since}: {words.needs(about.blocker)}.",
    )
    owner = about.blocker.owner
    has_it = f"{shortened(owner.name, 60)} is to clear it." if owner else "Nobody has it yet."
    document.context(
        f"It holds up {where(about)}{_age(about)}",
        f"{has_it} {_latest(about)}".strip(),
        "You are asked once, as the one who leads the project.",
    )
